"""Variation: the other side of a day, another spelling, one fact or many of a trial put differently."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from math import prod
from random import Random
from typing import Any, Final, TypeAlias

from ..law.moment import boundaries
from ..law.zone import Zone
from .trial import Said, Trial, When

Facts: TypeAlias = dict[str, list[Any]]
"""What can be known of each fact, in the order in which it is tried."""

DRAWN: Final = 500
"""How many combinations of facts are tried for a notice."""

SECOND: Final = timedelta(seconds=1)
"""How long before an instant its other side is tried."""

_DAY: Final = timedelta(days=1)


def sides(days: Iterable[date], zones: Collection[Zone] = ()) -> list[tuple[When, When]]:
    """The instants and days at which something dated so can change, each with the one before it."""
    days = sorted(days)
    return [*((at - SECOND, at) for at in boundaries(days, zones)), *((day - _DAY, day) for day in days)]


def spellings(tags: Iterable[str | None]) -> list[str | None]:
    """Languages, and kinds of them in another spelling."""
    return [spelt for tag in tags for spelt in ((tag, f"{tag.upper()}-XX") if tag else (tag,))]


def drawn(start: Trial, facts: Facts) -> Iterator[Trial]:
    """Somebody with each combination of facts, or, of too many, with some that are drawn, the same every time."""
    if prod(map(len, facts.values())) <= DRAWN:
        chosen: Iterable[tuple[Any, ...]] = product(*facts.values())
    else:
        random = Random(DRAWN)  # noqa: S311  # nothing is secret here, and the same rules must give the same trials
        chosen = [tuple(random.choice(values) for values in facts.values()) for _ in range(DRAWN)]
    for values in chosen:
        trial = start
        for fact, value in zip(facts, values, strict=True):
            trial = varied(trial, fact, value)
        yield trial


def varied(trial: Trial, fact: str, value: Any) -> Trial:
    """The same trial, one fact of it another."""
    if fact in ("page_language", "content"):
        return replace(trial, **{fact: value})
    if fact == "nation":
        return replace(trial, reader=replace(trial.reader, citizen_of=value[0], not_citizen_of=value[1]))
    return replace(trial, reader=replace(trial.reader, **{fact: value}))


def change(one: Said | None, other: Said | None) -> Hashable:
    """From which verdict to which, what is shown, and by which doubts the two differ."""
    if one is None or other is None:
        return one, other
    return one[:3], other[:3], frozenset(one[3]) ^ frozenset(other[3])
