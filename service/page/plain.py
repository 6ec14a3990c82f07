"""Plain: a sheet as text without markup, whole or as much of it as fits into a limit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..law.notice import Kind
from ..law.verdict import Shown
from .passage import Passage
from .phrases import LABEL, phrases
from .sheet import Block, Item, Length, Sheet


def text(sheet: Sheet, length: Length = Length.FULL, most: int | None = None) -> str:
    """The same content as the fragment; where nothing is shown, nothing.

    `most` is a limit in UTF-16 code units, as Telegram counts, and no less than a label has: the first of `steps`
    that fits, and nothing after it, not even a line end.
    """
    if most is not None:
        return fitting(list(steps(sheet, length)), most)
    if length is Length.LABEL:
        return f"{sheet.label}\n" if sheet.label else ""
    parts = [written(block) for block in sheet.blocks]
    if sheet.line:
        lines = [sheet.line]
        if length is Length.FULL:
            titles = dict.fromkeys(finding.notice.called(sheet.language)[0] for finding in sheet.folded)
            lines += [f"- {title}" for title in titles]
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def units(words: str) -> int:
    """UTF-16 code units: most letters are one, an emoji is two or more."""
    return len(words.encode("utf-16-le")) // 2


def fitting(texts: list[str], most: int) -> str:
    """The first text that fits; ValueError for a limit that is below a label's."""
    if most < LABEL:
        raise ValueError(f"a label can have {LABEL} code units")
    return next((words for words in texts if units(words) <= most), texts[-1] if texts else "")


def steps(sheet: Sheet, length: Length = Length.FULL) -> Iterator[str]:
    """Everything there is to say in less and less room, at last in a label's; nothing is cut within a text.

    First the titles of what is folded go, then whole notices from the end, for which one line stands instead, then
    the drafts below the English texts, at last all but the line.
    """
    least = 0
    for words in _steps(sheet, length):
        shortened = words.rstrip("\n")
        if not least or units(shortened) < least:
            least = units(shortened)
            yield shortened


def _steps(sheet: Sheet, length: Length) -> Iterator[str]:
    if not sheet.items:
        return
    if length is Length.FULL:
        yield text(sheet)
    if length is not Length.LABEL:
        parts = [replace(sheet, items=tuple(kept)) for kept in _kept(sheet)]
        checked = [replace(part, items=tuple(map(_undrafted, part.items))) for part in parts]
        for part in [*parts[:-1], *checked[:-1], *parts[-1:]]:
            if part.items:
                yield text(part, Length.SHORT)
    yield sheet.label


def _kept(sheet: Sheet) -> Iterator[list[Item]]:
    """The items with fewer and fewer in full, at last with none; what is no longer in full is folded."""
    items = list(sheet.items)
    yield list(items)
    for at in reversed(range(len(items))):
        if items[at].folded:
            continue
        if items[at].finding.notice.kind is Kind.PUBLISHER_DUTY:
            del items[at]  # a line about the reader's risk cannot stand for a label that the publisher owes
        else:
            items[at] = Item(replace(items[at].finding, shown=Shown.FOLDED))
        yield list(items)


def _undrafted(item: Item) -> Item:
    checked = tuple(passage for passage in item.passages if not passage.draft)
    return replace(item, passages=checked or item.passages)


def written(block: Block) -> str:
    """One heading and its text."""
    return "\n\n".join([block.heading, *(said(passage) for passage in block.passages)]) + "\n"


def said(passage: Passage) -> str:
    """One passage; a draft is marked as one."""
    return f"{phrases(passage.language).draft}\n\n{passage.plain}" if passage.draft else passage.plain
