"""Body: the bytes of an answer, before anything is said of how long it lives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from hashlib import sha256

from ..page import html, plain, record
from ..page.sheet import Block, Length, Sheet

EMPTY = "\n"
"""Plain text where nothing is shown. It is a line and not nothing, because page includes take nothing for a failure."""


class Form(Enum):
    """The three forms of an answer, as a path ends."""

    HTML = "html"
    JSON = "json"
    TEXT = "txt"


@dataclass(frozen=True, slots=True)
class Body:
    """Bytes that are the same for the whole of a period.

    `said`: whether anything is. `next_change`: when the period ends. `louder_at`: the next change that adds a risk
    for those who get this answer. Both None where no such change is known.
    """

    content: bytes
    language: str
    said: bool
    etag: str
    next_change: datetime | None = None
    louder_at: datetime | None = None


def of_sheet(sheet: Sheet, form: Form, length: Length, louder_at: datetime | None = None) -> Body:
    """A sheet in one of its forms."""
    if form is Form.HTML:
        text = html.fragment(sheet, length)
    elif form is Form.JSON:
        text = record.written(sheet, length)
    else:
        text = plain.text(sheet, length) or EMPTY
    content = text.encode()
    etag = sha256(content).hexdigest()[:20]
    return Body(content, sheet.language, bool(sheet.items), etag, sheet.next_change, louder_at)


def of_text(text: str, language: str, next_change: datetime | None) -> Body:
    """Something to decide with on the device. Any change may add a risk to it, so nothing of it outlives one."""
    content = text.encode()
    return Body(content, language, True, sha256(content).hexdigest()[:20], next_change, next_change)


def of_block(block: Block, form: Form, publisher: str = "") -> Body:
    """One text alone, for when there is no sheet. It is never stored, so it needs no tag."""
    text = html.section(block, publisher) if form is Form.HTML else plain.written(block)
    return Body(text.encode(), block.passages[0].language, True, "")
