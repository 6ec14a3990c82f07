"""Condition: what a law asks of a reader, from its map to the tree that the engine evaluates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ..law.condition import (
    Age,
    AllOf,
    AnyOf,
    CitizenOf,
    Condition,
    Content,
    Everyone,
    LocatedIn,
    Naming,
    Not,
    Occupation,
    PageLanguage,
    Possibly,
    ResidentOf,
    SameAs,
    Stateless,
    UnlessDetermined,
    walk,
)
from ..law.standing import ALWAYS, Standing, between
from .calendar import during
from .citation import steps, until_after
from .condition_forms import CONDITIONS
from .reading import Reading
from .record import Record

_NAMING: Mapping[str, type[Naming]] = {
    "located_in": LocatedIn,
    "resident_of": ResidentOf,
    "citizen_of": CitizenOf,
    "occupation": Occupation,
    "content": Content,
    "page_language": PageLanguage,
}


def condition(record: Record, reading: Reading) -> Condition:
    """The tree of a condition; what could not be read stands in it as everyone, and is told already."""
    return replace(
        _node(record, reading),
        case=record.text("case"),
        standing=_standing(record, reading),
        because=record.text("because"),
        note=record.text("note"),
        at=record.at,
    )


def _standing(record: Record, reading: Reading) -> Standing:
    since, until = record.partial("from"), record.partial("until")
    if "standing" in record:
        dated = next((key for key in ("from", "until") if key in record), "")
        if dated:
            reading.source.tell(
                record.place(dated), f"{dated} beside standing", "write the date as a step of standing:"
            )
        return steps(record, reading)
    until_after(record, reading, since, "until", "from")
    return between(since, until) if since or until else ALWAYS


def _node(record: Record, reading: Reading) -> Condition:
    key = next((key for key in CONDITIONS if key in record.values), "everyone")
    if key in _NAMING:
        names = record.plain(key)
        if not names and key not in record.broken:
            reading.source.tell(record.place(key), f"{key} names nothing", "write at least one name in the list")
        return _NAMING[key](names=names)
    if key in ("any_of", "all_of"):
        parts = tuple(condition(part, reading) for part in record.records(key))
        return AnyOf(of=parts) if key == "any_of" else AllOf(of=parts)
    if part := record.record(key):
        if key == "age":
            return _age(part, reading)
        if key == "unless_determined":
            age = part.record("age")
            return UnlessDetermined(of=_age(age, reading) if age else Age())
        if key == "during":
            return _during(part, record, reading)
        below = condition(part, reading)
        return Not(of=below) if key == "not" else Possibly(of=below)
    if key == "stateless":
        return Stateless(expected=record.flag(key))
    return SameAs(notice=record.text(key)) if key == "same_as" else Everyone()


def _age(record: Record, reading: Reading) -> Age:
    least, most = record.get("from", int), record.get("to", int)
    if least is not None and most is not None and least > most:
        reading.source.tell(record.place("to"), f"the ages from {least} to {most} are none", "swap them")
    return Age(least=least, most=most, at=record.at)


def _during(part: Record, record: Record, reading: Reading) -> Condition:
    if dated := next((key for key in ("from", "until", "standing") if key in record), ""):
        reading.source.tell(record.place(dated), f"{dated} beside during", "put both under all_of:")
    return during(part, reading)


def once_named(tree: Condition, reading: Reading) -> None:
    """Tell every case whose name another case of the notice has."""
    seen: set[str] = set()
    for node in walk(tree):
        if node.case in seen:
            reading.source.tell(node.at, f"two cases are called {node.case}", "give one of them another name")
        if node.case:
            seen.add(node.case)
