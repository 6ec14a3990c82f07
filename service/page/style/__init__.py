"""Style: an optional sheet for pages that want the fragment to look like something without any work of theirs."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

from ...law.publisher import fits_as_prefix

NAME = "reader.css"
"""The name under which it is served; blockers hide telling ones."""


@lru_cache(maxsize=64)
def style(prefix: str = "rdr") -> str:
    """The sheet for a class prefix, without comments and without spaces that say nothing; ends with a newline.

    The names of its custom properties stay `--rdr-…` whatever the prefix. Raises ValueError for a prefix that is none.
    """
    if not fits_as_prefix(prefix):
        raise ValueError("a prefix is lower-case letters, digits and hyphens, and no word that blockers hide")
    written = files(__package__).joinpath(NAME).read_text(encoding="utf-8")
    short = re.sub(r"\s+", " ", re.sub(r"/\*.*?\*/", "", written, flags=re.DOTALL))
    short = re.sub(r" ?([{};]) ?", r"\1", short).replace(";}", "}")
    return re.sub(r"\.rdr\b", f".{prefix}", short).strip().replace(": ", ":").replace(", ", ",") + "\n"
