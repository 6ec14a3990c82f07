"""Audience: a group of readers, as a box of cases; and how any set of cases is covered by few such boxes."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ...law.reader import Reader
from .space import NOWHERE_KNOWN, Candidates, Case, Dimension, Space


@dataclass(frozen=True)
class Audience:
    """All readers in some places with some values of every fact; `smallest` is the one of whom least is known."""

    space: Space
    places: tuple[Candidates, ...]
    values: tuple[frozenset[Hashable], ...]
    smallest: tuple[Candidates, Case]

    @property
    def asked(self) -> tuple[tuple[Dimension, frozenset[Hashable]], ...]:
        """The facts that tell these readers from others, each with its values."""
        pairs = zip(self.space.dimensions, self.values, strict=True)
        return tuple((dimension, values) for dimension, values in pairs if len(values) < len(dimension.values))

    @property
    def everywhere(self) -> bool:
        """Whether the place does not matter."""
        return frozenset(self.places).issuperset(self.space.singles)

    def members(self, place: str) -> frozenset[str]:
        """All codes for which a place speaks."""
        return self._classes[place]

    @cached_property
    def _classes(self) -> Mapping[str, frozenset[str]]:
        return {kind.place: kind.members for kind in self.space.places.classes}

    @cached_property
    def key(self) -> Hashable:
        """What tells these readers from others, whatever space they were found in."""
        where: Hashable = self.everywhere or frozenset(
            frozenset(self._classes[place] for place in candidates) for candidates in self.places
        )
        facts = frozenset(
            (dimension.fact, dimension.about, frozenset(self._classes.get(str(value), value) for value in values))
            for dimension, values in self.asked
        )
        return where, facts

    def holds(self, reader: Reader, language: str | None, content: frozenset[str] | None) -> bool:
        """Whether a reader of a page is one of these."""
        at = self.space.at(Case(reader, language, content))
        return self.space.candidates(reader) in self.places and at == at & cases(self.space, self.values)


def cases(space: Space, values: tuple[frozenset[Hashable], ...]) -> int:
    """The cases that have one of the given values of every fact."""
    found = space.all
    for dimension, chosen in zip(space.dimensions, values, strict=True):
        if len(chosen) < len(dimension.values):
            among = 0
            for value in chosen:
                among |= dimension.cases[value]
            found &= among
    return found


def cover(space: Space, told: Mapping[Candidates, int]) -> tuple[Audience, ...]:
    """Few audiences that together are exactly the given cases of each candidate set.

    Each begins with the smallest reader who is not in one yet and grows fact by fact as long as everybody in it
    belongs to the set; so they can overlap, and the same set gives the same audiences.
    """
    left = {candidates: found for candidates, found in told.items() if found}
    audiences: list[Audience] = []
    while left:
        candidates, number = _smallest(space, left)
        audience = _grown(space, told, candidates, number)
        inside = cases(space, audience.values)
        left = {place: rest for place, found in left.items()
                if (rest := found & ~inside if place in audience.places else found)}  # fmt: skip
        audiences.append(audience)
    return tuple(audiences)


def known(candidates: Candidates, case: Case) -> int:
    """How many facts are known of a reader, the place among them."""
    return case.weight + (len(candidates) if candidates != NOWHERE_KNOWN else 0)


def _smallest(space: Space, left: Mapping[Candidates, int]) -> tuple[Candidates, int]:
    return min(
        (
            (candidates, next(number for number in space.by_weight if told >> number & 1))
            for candidates, told in left.items()
        ),
        key=lambda found: (known(found[0], space.cases[found[1]]), sorted(found[0]), found[1]),
    )


def _grown(space: Space, told: Mapping[Candidates, int], candidates: Candidates, number: int) -> Audience:
    """The audience of one reader that needs the fewest facts to describe, of several ways to grow it."""
    inside = 1 << number
    every = (*space.singles, *space.pairs)
    places = tuple(place for place in every if len(place) == len(candidates) and inside & ~told.get(place, 0) == 0)
    everybody = space.all
    for place in places:
        everybody &= told[place]
    count = len(space.dimensions)
    ways = [_values(space, everybody, number, [(first + step) % count for step in range(count)])
            for first in range(count)] or [()]  # fmt: skip
    best = min(ways, key=lambda chosen: (_told_apart(space, chosen), -_inside(space, chosen).bit_count()))
    values = tuple(
        frozenset(value for value in dimension.values if dimension.cases[value] & some)
        for dimension, some in zip(space.dimensions, best, strict=True)
    )
    return Audience(space, places, values, (candidates, space.cases[number]))


def _inside(space: Space, chosen: Sequence[int]) -> int:
    found = space.all
    for some in chosen:
        found &= some
    return found


def _told_apart(space: Space, chosen: Sequence[int]) -> int:
    return sum(some != space.all for some in chosen)


def _values(space: Space, everybody: int, number: int, order: Sequence[int]) -> tuple[int, ...]:
    """For every fact the cases of the values to which one case can grow, fact by fact, within `everybody`."""
    chosen = [next(cases for cases in parts if cases >> number & 1) for parts in space.parts]
    outside = ~everybody
    for index in order:
        others = space.all
        for other, some in enumerate(chosen):
            if other != index:
                others &= some
        if others & outside == 0:  # the fact does not matter, even where not all its values can be had
            chosen[index] = space.all
            continue
        for cases in space.parts[index]:
            if others & cases and others & cases & outside == 0:
                chosen[index] |= cases
    return tuple(chosen)
