"""Citation: the sources of a file, its review, and the statements that rest on them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ..law.citation import Citation, Citations, Review, Seen
from ..law.position import Position
from ..law.standing import ALWAYS, PartialDate, Standing, State, Step, standing
from .problem import closest, quoted
from .reading import Reading
from .record import Record

NEVER = date(1, 1, 1)
"""Stands for a date that could not be read; a set with such a date is never served."""


def citations(record: Record, reading: Reading, *, all_used: bool = True) -> Citations:
    """The sources of a file; a key that is not there is told, and so is one that nothing uses."""
    written = record.record("citations")
    known = written.where if written else {}
    asked: dict[str, int] = {}
    spots: dict[str, Position] = {}
    for mention in reading.mentions:
        if mention.of == "citation":
            asked[mention.name] = asked.get(mention.name, 0) + 1
            spots.setdefault(mention.name, mention.at)
    unknown = [key for key in asked if key not in known]
    unused = [key for key in known if key not in asked]
    if unknown and not known:
        if "citations" not in record:
            at = spots[unknown[0]]
            reading.source.tell(at, "the file has no citations", "write citations: with the sources, by key")
    elif unknown and written and "" not in written.broken:
        for key in unknown:
            meant = closest(key, unused) or closest(key, known)
            times = f" ({asked[key]} times)" if asked[key] > 1 else ""
            write = f"did you mean {meant}?" if meant else f"write {key}: under citations:"
            reading.source.tell(spots[key], f"unknown citation {quoted(key)}{times}", write)
            if meant in unused:
                unused.remove(meant)
    if all_used and not unknown:
        for key in unused:
            reading.source.warn(
                known[key], f"nothing rests on the citation {key}", "write because: where it does, or remove it"
            )
    return Citations(
        {str(key): _citation(str(key), one) for key in written if (one := written.record(key))} if written else {}
    )


def _citation(key: str, record: Record) -> Citation:
    return Citation(
        key=key,
        title=record.text("title"),
        url=record.text("url"),
        seen=Seen(record.text("seen") or Seen.WEAK),
        checked=record.day("checked") or NEVER,
        quote=record.text("quote"),
        at=record.at,
    )


def review(record: Record, reading: Reading) -> Review | None:
    """Who answers for a file."""
    written = record.record("review")
    if written is None:
        return None
    last, following = written.day("last"), written.day("next")
    if last and following and following <= last:
        wrong = f"the next review ({following}) is not after the last ({last})"
        reading.source.tell(written.place("next"), wrong, "write a later date after next:")
    return Review(
        by=written.text("by"),
        last=last or NEVER,
        next=following or NEVER,
        approved_by=written.text("approved_by"),
        note=written.text("note"),
        at=written.at,
    )


def steps(record: Record, reading: Reading) -> Standing:
    """What `standing:` says; without it, always in force."""
    if "standing" not in record:
        return ALWAYS
    rows = record.records("standing")
    in_order(rows, reading)
    return standing(
        [
            Step(since, State(row.text("is")), row.text("because"))
            for row in rows
            if (since := row.partial("from")) and row.text("is")
        ]
    )


def in_order(rows: Sequence[Record], reading: Reading) -> None:
    """Tell each dated statement that stands after a later one."""
    before: PartialDate | None = None
    for row in rows:
        since = row.partial("from")
        if since and before and since.last() < before.first():
            reading.source.tell(row.place("from"), f"{since} stands after {before}", "write the earlier date first")
        elif since and before and since == before:
            reading.source.tell(row.place("from"), f"{since} stands here twice", "write each date once")
        before = since or before


def until_after(record: Record, reading: Reading, first: PartialDate | None, key: str, words: str) -> None:
    """Tell an end that comes before its beginning."""
    end = record.partial(key)
    if first and end and end.last() < first.first():
        reading.source.tell(
            record.place(key), f"{key} ({end}) is before {words} ({first})", "correct one of the two dates"
        )
