"""Calendar: the days of something that comes again, from its file, and spans around them."""

from __future__ import annotations

from ..law.calendar import Calendar, Occasion
from ..law.condition import During
from .citation import NEVER, citations, review
from .reading import Reading
from .record import Record


def calendar(id: str, record: Record, reading: Reading) -> Calendar:
    """The calendar that a file describes."""
    rows = record.records("days")
    known, before = record.day("known_until"), None
    for row in rows:
        day = row.day("day")
        if day and before and day <= before:
            wrong = f"{day} stands after {before}" if day < before else f"{day} stands here twice"
            reading.source.tell(row.place("day"), wrong, "write each day once, the earlier first")
        elif day and known and day > known:
            wrong = f"{day} is after the day until which all are known ({known})"
            reading.source.tell(row.place("day"), wrong, "write a later date after known_until:, or remove the day")
        before = day or before
    return Calendar(
        id=id,
        title=record.text("title"),
        occasions=tuple(Occasion(day, row.text("because"), row.at) for row in rows if (day := row.day("day"))),
        known_until=known or NEVER,
        citations=citations(record, reading),
        review=review(record, reading),
        at=record.at,
    )


def during(record: Record, reading: Reading) -> During:
    """The days around those of a calendar."""
    first, last = record.get("from", int), record.get("to", int)
    if first is not None and last is not None and first > last:
        reading.source.tell(record.place("to"), "the span ends before it begins", "swap from: and to:")
    return During(calendar=record.text("calendar"), first=first or 0, last=last or 0)
