"""Register: a list that an authority keeps, from its file."""

from __future__ import annotations

from datetime import timedelta

from ..law.register import Entry, Register
from ..law.standing import Standing, between
from .citation import NEVER, citations, review, steps, until_after
from .prescribed import ordered
from .reading import Reading
from .record import Record


def register(id: str, record: Record, reading: Reading) -> Register:
    """The register that a file describes."""
    return Register(
        id=id,
        title=record.text("title"),
        kept_by=record.text("kept_by"),
        checked=record.day("checked") or NEVER,
        stale_after=record.get("stale_after", timedelta),
        entries=tuple(_entry(one, reading) for one in record.records("entries")),
        citations=citations(record, reading),
        review=review(record, reading),
        at=record.at,
    )


def _entry(record: Record, reading: Reading) -> Entry:
    return Entry(
        publisher=record.text("publisher"),
        person=record.text("person"),
        covers_parts=bool(record.text("covers")),
        standing=_standing(record, reading),
        decided=str(record.partial("decided") or ""),
        listed=str(record.partial("listed") or ""),
        measures=record.plain("measures"),
        name=record.text("name"),
        ends_when=record.text("ends_when"),
        ordered=ordered(record, reading),
        language=record.text("language"),
        because=record.text("because"),
        note=record.text("note"),
        at=record.at,
    )


def _standing(record: Record, reading: Reading) -> Standing:
    """From the earlier of decision and listing to the removal, unless the entry has steps of its own."""
    begun = [since for since in (record.partial("decided"), record.partial("listed")) if since]
    since = min(begun, key=lambda day: day.first(), default=None)
    until_after(record, reading, since, "removed", "the designation")
    if "standing" in record:
        if "removed" in record:
            write = "write the removal as a step of standing:"
            reading.source.tell(record.place("removed"), "removed beside standing", write)
        return steps(record, reading)
    return between(since, record.partial("removed"))
