"""Audit: how far location sources agree, whom they miss, whom they warn needlessly, and what an update would change.

There is no ground truth in location files. What can be measured is what one of them would have missed if another
were right; they share their inputs, so even that is a lower bound. Source of the method: DESIGN.md section 6.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from service.locate.region import CRIMEAN
from service.locate.tally import Tally

MOST_LOST = 0.01
"""The share of a country's addresses that an update may lose."""

Said = tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of the addresses that both of two sources list, the share on whose country they agree."""

    one: str
    other: str
    share: float


@dataclass(frozen=True, slots=True)
class Coverage:
    """The addresses that any source places in a country: how many, the share that each, all and just one give it."""

    country: str
    addresses: int
    each: tuple[float, ...]
    all: float
    one: float


@dataclass(frozen=True, slots=True)
class Miss:
    """What a policy would get wrong if `truth` were right.

    `missed` is the share of the country's addresses, `needless` how many of a million others would be warned.
    """

    country: str
    truth: str
    policy: tuple[str, ...]
    addresses: int
    missed: float
    needless: float


@dataclass(frozen=True, slots=True)
class Loss:
    """What an update would change: the share of a country's addresses that would no longer be taken for it."""

    country: str
    addresses: int
    lost: float

    @property
    def is_too_much(self) -> bool:
        """Whether the update is to be refused."""
        return self.lost > MOST_LOST


def agreements(tally: Tally, names: Sequence[str]) -> list[Agreement]:
    """Every pair of sources."""
    found: list[Agreement] = []
    for one, other in combinations(range(len(names)), 2):
        both = same = 0
        for said, number in tally.items():
            if said[one] and said[other]:
                both += number
                same += number if _lands(said[one]) & _lands(said[other]) else 0
        found.append(Agreement(names[one], names[other], _share(same, both)))
    return found


def coverage(tally: Tally, sources: int, country: str) -> Coverage:
    """How the sources divide a country's addresses among them."""
    counts = [0] * (sources + 1)
    each = [0] * sources
    for said, number in tally.items():
        having = [index for index in range(sources) if country in _lands(said[index])]
        counts[len(having)] += number
        for index in having:
            each[index] += number
    union = sum(counts[1:])
    return Coverage(
        country, union, tuple(_share(part, union) for part in each), _share(counts[sources], union),
        _share(counts[1], union),
    )  # fmt: skip


def miss(tally: Tally, names: Sequence[str], truth: int, policy: Sequence[int], country: str) -> Miss:
    """What taking each of some sources at its word would miss, and whom it would warn needlessly."""
    there = missed = elsewhere = needless = 0
    for said, number in tally.items():
        if not said[truth]:
            continue
        flagged = any(country in _lands(said[index]) for index in policy)
        if country in _lands(said[truth]):
            there += number
            missed += 0 if flagged else number
        else:
            elsewhere += number
            needless += number if flagged else 0
    rate = 1e6 * needless / elsewhere if elsewhere else 0.0
    return Miss(country, names[truth], tuple(names[index] for index in policy), there, _share(missed, there), rate)


def losses(tally: Tally, before: int, countries: Iterable[str]) -> list[Loss]:
    """What changes from the first `before` sources to those after them, for each country."""
    found: list[Loss] = []
    for country in countries:
        was = gone = 0
        for said, number in tally.items():
            if country in _together(said[:before]):
                was += number
                gone += 0 if country in _together(said[before:]) else number
        found.append(Loss(country, was, _share(gone, was)))
    return found


def moved_crimea(tally: Tally, before: int) -> tuple[int, int]:
    """How many addresses were placed in Crimea, and for how many of them less would now be warned of."""
    was = moved = 0
    for said, number in tally.items():
        old, new = said[:before], said[before:]
        if _places(old) & CRIMEAN:
            was += number
            kept = _places(new) & CRIMEAN and _together(old) <= _together(new)
            moved += 0 if kept else number
    return was, moved


def _lands(places: Collection[str]) -> frozenset[str]:
    """The countries that places lie in; what is not known is none."""
    return frozenset(place[:2] for place in places if place.isupper())


def _places(said: Said) -> frozenset[str]:
    return frozenset[str]().union(*said)


def _together(said: Said) -> frozenset[str]:
    return _lands(_places(said))


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
