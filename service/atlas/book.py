"""Book: all pages about the law. Run as a module, this writes them: the folder of the rules, and theirs."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from ..law.ruleset import RuleSet
from ..rulebook import load
from .chapter import chapter
from .cover import cover
from .frame import file_of
from .gallery import gallery
from .timeline import SINCE, cells, today

KEPT = frozenset({"law.css", "law.js"})
"""The files of the folder that are written by hand."""


def book(ruleset: RuleSet) -> Mapping[str, str]:
    """Every page by the name of its file; the same for the same rules."""
    day = today(ruleset)
    told = tuple(cells(ruleset, SINCE, day))
    codes = sorted({notice.jurisdiction for notice in ruleset.notices.values()})
    pages = {file_of(code): chapter(ruleset, code, [cell for cell in told if cell.notice.jurisdiction == code], day)
             for code in codes}  # fmt: skip
    return {"index.html": cover(ruleset, told, day), **pages, "readers.md": gallery(ruleset, day)}


def main(rules: str, folder: str) -> None:
    """Write the pages, and remove those of countries that are gone."""
    loaded = load(Path(rules))
    if loaded.ruleset is None:
        sys.exit("\n".join(map(str, loaded.errors)))
    pages = book(loaded.ruleset)
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    for name, text in pages.items():
        (target / name).write_text(text, encoding="utf-8")
    for path in target.iterdir():
        if path.name not in pages and path.name not in KEPT:
            path.unlink()


if __name__ == "__main__":
    main(*sys.argv[1:])
