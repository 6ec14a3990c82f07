"""Element: the script that puts a notice into a page and decides on the reader's device, as it is served.

One small file, built from `element/src`, meant to be copied to the publisher's own site and named there with its
integrity. It is served under a plain name, and under one that has a part of its hash and never changes.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256, sha384
from importlib.resources import files
from types import MappingProxyType

NAME = "reader-notice.js"
"""The plain name."""


@dataclass(frozen=True, slots=True)
class Asset:
    """A file; `integrity` is what `<script integrity>` says, `lasting` whether the name never has another content."""

    content: bytes
    content_type: str
    integrity: str
    lasting: bool = False


def _assets() -> Mapping[str, Asset]:
    content = files(__package__).joinpath("element", "dist", NAME).read_bytes()
    integrity = "sha384-" + b64encode(sha384(content).digest()).decode()
    name = NAME.replace(".", f"-{sha256(content).hexdigest()[:12]}.")
    kinds = {NAME: False, name: True}
    return MappingProxyType(
        {name: Asset(content, "text/javascript; charset=utf-8", integrity, lasts) for name, lasts in kinds.items()}
    )


ASSETS: Mapping[str, Asset] = _assets()
"""The files of `/embed/`, by name."""

INTEGRITY = ASSETS[NAME].integrity
"""What a page that uses the file says of it."""
