"""Plain: a sheet as text without markup."""

from __future__ import annotations

from .passage import Passage
from .phrases import phrases
from .sheet import Block, Length, Sheet


def text(sheet: Sheet, length: Length = Length.FULL) -> str:
    """The same content as the fragment; where nothing is shown, nothing."""
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


def written(block: Block) -> str:
    """One heading and its text."""
    return "\n\n".join([block.heading, *(said(passage) for passage in block.passages)]) + "\n"


def said(passage: Passage) -> str:
    """One passage; a draft is marked as one."""
    return f"{phrases(passage.language).draft}\n\n{passage.plain}" if passage.draft else passage.plain
