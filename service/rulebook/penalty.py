"""Penalty: what a law threatens, and what acts risk."""

from __future__ import annotations

from collections.abc import Mapping

from ..law.act import NOT_STATED, Basis, Exposure, Exposures, Mind, Risk
from ..law.penalty import KINDS, Amount, Penalty, Whom
from ..law.standing import Timeline
from .citation import in_order
from .condition import condition
from .condition_forms import LEAVES
from .reading import Reading
from .record import Record

_PUNISHED = (Risk.ADMINISTRATIVE, Risk.CRIMINAL)
_DAYS = {"hour": 1 / 24, "day": 1, "week": 7, "month": 30, "year": 365}


def acts(written: Record | None, reading: Reading) -> dict[str, Exposures]:
    """What each act risks, over time."""
    found: dict[str, Exposures] = {}
    for act in written or ():
        if written and (record := written.record(act)):
            found[str(act)] = Timeline.always(_exposure(record, reading))
        elif written:
            rows = written.records(act)
            in_order(rows, reading)
            steps = [(since, _exposure(row, reading)) for row in rows if (since := row.partial("from"))]
            found[str(act)] = Timeline.of(NOT_STATED, steps, lambda exposure: exposure.loudness)
    return found


def _exposure(record: Record, reading: Reading) -> Exposure:
    risk = Risk(record.text("risk") or Risk.NONE)
    repeated = Risk(record.text("repeated")) if record.text("repeated") else None
    if "because" not in record and "from" not in record and (risk in _PUNISHED or repeated in _PUNISHED):
        at = record.place("risk" if risk in _PUNISHED else "repeated")
        reading.source.tell(
            at, "a penal statement without its source", "write because: and the key of a citation beside it"
        )
    return Exposure(
        risk=risk,
        repeated=repeated,
        basis=Basis(record.text("basis")) if record.text("basis") else None,
        mind=Mind(record.text("mind")) if record.text("mind") else None,
        see=record.text("see"),
        because=record.text("because"),
        note=record.text("note"),
        at=record.at,
    )


def penalty(record: Record, reading: Reading) -> Penalty:
    """One threat."""
    when = record.record("when")
    followers = when.record("followers") if when else None
    return Penalty(
        whom=Whom(record.text("for") or Whom.INDIVIDUAL),
        kinds=_kinds(record, reading),
        choices=tuple(_kinds(option, reading) for option in record.records("one_of")),
        together=tuple(_kinds(option, reading) for option in record.records("all_of")),
        repeated=bool(when and when.flag("repeated")),
        followers_over=followers.get("over", int) if followers else None,
        when=condition(when, reading) if when and any(leaf in when.values for leaf in LEAVES) else None,
        acts=record.plain("acts"),
        sources_differ=record.flag("sources_differ"),
        because=record.text("because"),
        note=record.text("note"),
        at=record.at,
    )


def _kinds(record: Record, reading: Reading) -> Mapping[str, Amount]:
    return {kind: _amount(record.record(kind), reading) for kind in record if kind in KINDS}


def _amount(record: Record | None, reading: Reading) -> Amount:
    if record is None:
        return Amount()
    least, most = record.text("from"), record.text("to")
    if least and most and _size(least) > _size(most):
        reading.source.tell(record.place("to"), f"from {least} to {most} is nothing", "swap the two")
    return Amount(least, most, record.text("currency"), record.text("unit"), record.text("percent_of"))


def _size(amount: str) -> float:
    """A sum, or the length of a term in days, so that two can be compared."""
    number, _, unit = amount.partition(" ")
    return float(number) * _DAYS.get(unit.rstrip("s"), 1)
