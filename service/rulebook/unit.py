"""Unit: a unit of account in which fines are counted, from its file."""

from __future__ import annotations

from ..law.penalty import Unit, UnitValue
from .citation import citations, in_order, review
from .reading import Reading
from .record import Record


def unit(id: str, record: Record, reading: Reading) -> Unit:
    """The unit that a file describes."""
    values = record.records("values")
    in_order(values, reading)
    return Unit(
        id=id,
        title=record.text("title"),
        values=tuple(
            UnitValue(since, one.text("value"), one.text("currency"), one.text("because"))
            for one in values
            if (since := one.partial("from"))
        ),
        citations=citations(record, reading),
        review=review(record, reading),
        at=record.at,
    )
