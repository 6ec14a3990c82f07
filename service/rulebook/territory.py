"""Territory: an area that has no code of its own, from its file."""

from __future__ import annotations

from ..law.standing import ALWAYS, between
from ..law.territory import Holding, Territory
from .citation import citations, review, until_after
from .reading import Reading
from .record import Record


def territory(id: str, record: Record, reading: Reading) -> Territory:
    """The territory that a file describes."""
    return Territory(
        id=id,
        title=record.text("title"),
        wholly=tuple(_holding(one, reading) for one in record.records("wholly")),
        partly=tuple(_holding(one, reading) for one in record.records("partly")),
        about=record.text("about"),
        citations=citations(record, reading),
        review=review(record, reading),
        at=record.at,
    )


def _holding(record: Record, reading: Reading) -> Holding:
    since, until = record.partial("from"), record.partial("until")
    until_after(record, reading, since, "until", "from")
    return Holding(
        place=record.text("place"),
        standing=between(since, until) if since or until else ALWAYS,
        share=record.text("share"),
        because=record.text("because"),
        at=record.at,
    )
