"""Body: the bytes of an answer, before anything is said of how long it lives."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from hashlib import sha256

from ..law.examination import Visit
from ..law.publisher import Publisher
from ..page import frame, html, plain, record, risk
from ..page.phrases import LABEL, phrases
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
    for those who get this answer. Both None where no such change is known. `shorter`: what is said where there is
    less room.
    """

    content: bytes
    language: str
    said: bool
    etag: str
    next_change: datetime | None = None
    louder_at: datetime | None = None
    shorter: Body | None = None


def of_sheet(sheet: Sheet, form: Form, length: Length, louder_at: datetime | None = None) -> Body:
    """A sheet in one of its forms."""
    if form is Form.HTML:
        text = html.fragment(sheet, length)
    elif form is Form.JSON:
        text = record.written(sheet, length)
    else:
        text = plain.text(sheet, length) or EMPTY
    return _of_sheet(sheet, text, sheet.language, louder_at)


def of_steps(sheet: Sheet, _: Visit, louder_at: datetime | None = None) -> Body:
    """The plain text of a sheet, and behind it those that need less and less room."""
    *others, last = plain.steps(sheet) if sheet.items else [EMPTY]
    found = _of_sheet(sheet, last, sheet.language, louder_at)
    for text in reversed(others):
        found = replace(_of_sheet(sheet, text, sheet.language, louder_at), shorter=found)
    return found


def fitting(body: Body, most: int) -> Body:
    """The first of a body and the shorter ones behind it that has no more UTF-16 code units; else the last."""
    while plain.units(body.content.decode()) > most and body.shorter is not None:
        body = body.shorter
    return body


def curt(body: Body, most: int) -> Body:
    """A text that was not made in steps, or where that has no room the one line that is true of any publisher."""
    text = plain.fitting([body.content.decode(), phrases(body.language).anonymous_heading], max(most, LABEL))
    return replace(body, content=text.encode())


def of_frame(sheet: Sheet, _: Visit, louder_at: datetime | None = None) -> Body:
    """A whole page, for an iframe."""
    return _of_sheet(sheet, frame.frame(sheet), sheet.language, louder_at)


def of_acts(sheet: Sheet, visit: Visit, louder_at: datetime | None = None) -> Body:
    """What each act can lead to, for marking the controls of a page."""
    text = risk.written(sheet, somewhere=risk.somewhere(visit))
    return _of_sheet(sheet, text, sheet.words.language, louder_at)


def of_text(text: str, language: str, next_change: datetime | None) -> Body:
    """Something to decide with on the device. Any change may add a risk to it, so nothing of it outlives one."""
    content = text.encode()
    return Body(content, language, True, sha256(content).hexdigest()[:20], next_change, next_change)


def of_block(block: Block, form: Form, publisher: Publisher | None = None) -> Body:
    """One text alone, for when there is no sheet. It is never stored, so it needs no tag."""
    if form is not Form.HTML:
        text = plain.written(block)
    elif publisher is None:
        text = html.section(block)
    else:
        text = html.section(block, publisher.id, level=publisher.heading_level, prefix=publisher.class_prefix)
    return Body(text.encode(), block.passages[0].language, True, "")


def _of_sheet(sheet: Sheet, text: str, language: str, louder_at: datetime | None) -> Body:
    content = text.encode()
    return Body(content, language, bool(sheet.items), sha256(content).hexdigest()[:20], sheet.next_change, louder_at)
