"""World: one way in which everything that is not known could be, and the truth table over all of them.

The worlds of a situation are the product of its *axes*: where the reader is, their nationality, residence, age
and so on, and a bit for each reading of the law that is open. A condition's value in all worlds at once is one
integer with a bit a world, so *and*, *or* and *not* are single operations and the answer is exact.

Source of the meaning: RULES.md section 2, lines 3 to 6.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from math import prod
from typing import NamedTuple, TypeAlias

from .condition import (
    Age,
    CitizenOf,
    Condition,
    Content,
    Everyone,
    Leaf,
    LocatedIn,
    Naming,
    Occupation,
    PageLanguage,
    Possibly,
    ResidentOf,
    Stateless,
    fold,
    leaves,
    walk,
)
from .doubt import Doubt
from .situation import Situation, covers
from .standing import State
from .truth import MAYBE, NO, YES, Truth

LIMIT = 1 << 16
"""Worlds beyond which a rule is not examined but answered with caution; the rulebook refuses such rules."""

Question: TypeAlias = tuple[object, ...]


class TooManyWorlds(Exception):
    """A rule that tells more worlds apart than can be examined; whoever asks answers with caution."""


@dataclass(frozen=True, slots=True)
class Axis:
    """One fact that is not known: its possible values, and the questions that each of them makes true."""

    doubt: Doubt
    options: tuple[Hashable, ...]
    truths: tuple[frozenset[Hashable], ...]


class Nationality(NamedTuple):
    """One possible nationality: which questions of citizenship it answers with yes, and statelessness."""

    held: tuple[bool, ...]
    stateless: bool


def vectors(groups: Sequence[tuple[str, ...]], truth: Callable[[str], Truth]) -> set[tuple[bool, ...]]:
    """Every combination of answers that questions naming several things can have together.

    Each named thing is true, false or free, independently of the others. Things that stand in the same
    questions are one free bit, so a list of thirty countries costs as much as one. Raises `TooManyWorlds`.
    """
    sure = tuple(any(truth(name) is YES for name in group) for group in groups)
    free = {
        tuple(name in group for group in groups)
        for name in {name for group in groups for name in group}
        if truth(name) is MAYBE
    }
    reached = {sure}
    for bit in free:
        reached |= {tuple(a or b for a, b in zip(vector, bit, strict=True)) for vector in reached}
        if len(reached) > LIMIT:
            raise TooManyWorlds
    return reached


def axes(conditions: Iterable[Condition], situation: Situation) -> list[Axis]:
    """The facts that are not known and that the conditions name, each with all its possible values."""
    asked: dict[Question, Leaf] = {}
    bits: list[Axis] = []
    for condition in conditions:
        asked |= {leaf.question: leaf for leaf in leaves(condition)}
        for node in walk(condition):
            if isinstance(node, Possibly):
                bits.append(_bit(Doubt.LAW, ("reading", id(node))))
            if node.standing.at(situation.ground.day) is State.IN_DOUBT:
                bits.append(_bit(Doubt.LAW, ("standing", id(node))))
    places, homes = _naming(asked, LocatedIn), _naming(asked, ResidentOf)
    found = [
        _named(Doubt.PLACE, places, _places(places, situation)),
        _named(Doubt.RESIDENCE, homes, _homes(homes, situation)),
        _nationality(asked, situation),
        _ages(asked, situation),
    ]
    for doubt, kind, truth in (
        (Doubt.OCCUPATION, Occupation, situation.reader.works_as),
        (Doubt.CONTENT, Content, situation.carries),
    ):
        named = _naming(asked, kind)
        found.append(_named(doubt, named, vectors([leaf.names for leaf in named], truth)))
    found.append(_languages(asked, situation))
    return [axis for axis in found if axis is not None] + bits


def _bit(doubt: Doubt, key: Hashable) -> Axis:
    return Axis(doubt, (False, True), (frozenset(), frozenset({key})))


def _naming(asked: dict[Question, Leaf], kind: type[Naming]) -> list[Naming]:
    return [leaf for leaf in asked.values() if isinstance(leaf, kind)]


def _named(doubt: Doubt, named: Sequence[Leaf], reached: set[tuple[bool, ...]]) -> Axis | None:
    if not named:
        return None
    options = tuple(sorted(reached))
    return Axis(
        doubt,
        options,
        tuple(frozenset(leaf.question for leaf, yes in zip(named, vector, strict=True) if yes) for vector in options),
    )


def _places(named: list[Naming], situation: Situation) -> set[tuple[bool, ...]]:
    groups = [leaf.names for leaf in named]
    reached: set[tuple[bool, ...]] = set()
    for place in situation.reader.candidates:
        reached |= vectors(groups, partial(situation.ground.holds, place=place))
    return reached


def _homes(named: list[Naming], situation: Situation) -> set[tuple[bool, ...]]:
    return vectors([leaf.names for leaf in named], situation.resident_of)


def _nationality(asked: dict[Question, Leaf], situation: Situation) -> Axis | None:
    """Citizenships and statelessness are one choice: nobody is stateless and a citizen unless stated."""
    named = _naming(asked, CitizenOf)
    stateless = [leaf for leaf in asked.values() if isinstance(leaf, Stateless)]
    if not named and not stateless:
        return None
    groups, reader = [leaf.names for leaf in named], situation.reader
    choices: set[Nationality] = set()
    if reader.statelessness is not NO:
        listed = vectors(groups, lambda country: YES if country in reader.citizen_of else NO)
        choices |= {Nationality(vector, True) for vector in listed}
    if reader.statelessness is not YES:
        choices |= {Nationality(vector, False) for vector in vectors(groups, reader.citizenship)}
    options = tuple(sorted(choices))
    truths = tuple(
        frozenset(leaf.question for leaf, yes in zip(named, choice.held, strict=True) if yes)
        | frozenset(leaf.question for leaf in stateless if leaf.expected is choice.stateless)
        for choice in options
    )
    return Axis(Doubt.NATIONALITY, options, truths)


def _ages(asked: dict[Question, Leaf], situation: Situation) -> Axis | None:
    named = [leaf for leaf in asked.values() if isinstance(leaf, Age)]
    if not named:
        return None
    ages = [situation.reader.age] if situation.reader.age is not None else age_marks(named)
    truths = {frozenset(leaf.question for leaf in named if leaf.holds(age)): age for age in reversed(ages)}
    return Axis(Doubt.AGE, tuple(truths.values()), tuple(truths))


def age_marks(named: Iterable[Age]) -> list[int]:
    """One age of every span that the leaves tell apart, in order."""
    edges = {leaf.least for leaf in named if leaf.least is not None}
    edges |= {leaf.most + 1 for leaf in named if leaf.most is not None}
    return sorted({0, *edges})


def _languages(asked: dict[Question, Leaf], situation: Situation) -> Axis | None:
    named = _naming(asked, PageLanguage)
    if not named:
        return None
    if situation.page_language is not None:
        choices = {tuple(any(situation.speaks(name) is YES for name in leaf.names) for leaf in named)}
    else:  # a page has one language: one that is named, or another
        languages = {name for leaf in named for name in leaf.names}
        choices = {tuple(any(covers(name, page) for name in leaf.names) for leaf in named) for page in languages}
        choices.add((False,) * len(named))
    return _named(Doubt.PAGE_LANGUAGE, named, choices)


@dataclass(slots=True)
class Table:
    """The truth table of a situation: an algebra whose values are integers with a bit a world.

    `determined`: as if every age that could be determined were.
    """

    situation: Situation
    axes: list[Axis]
    determined: bool = False
    size: int = field(init=False)
    everywhere: int = field(init=False)
    strides: list[int] = field(init=False)
    known: dict[Hashable, int] = field(init=False)

    def __post_init__(self) -> None:
        self.size = prod(len(axis.options) for axis in self.axes)
        if self.size > LIMIT:
            raise TooManyWorlds
        self.everywhere = (1 << self.size) - 1
        self.strides, self.known = [], {}
        stride = 1
        for axis in self.axes:
            self.strides.append(stride)
            for number, truths in enumerate(axis.truths):
                mask = self._slice(stride, len(axis.options)) << (number * stride)
                for key in truths:
                    self.known[key] = self.known.get(key, 0) | mask
            stride *= len(axis.options)

    def _slice(self, stride: int, options: int) -> int:
        """The worlds in which an axis of that stride has its first option."""
        block, period = (1 << stride) - 1, stride * options
        return block * (self.everywhere // ((1 << period) - 1))

    def bit(self, key: Hashable) -> int:
        """The worlds in which an open reading is so."""
        return self.known.get(key, 0)

    def leaf(self, leaf: Leaf) -> int:
        return self.everywhere if isinstance(leaf, Everyone) else self.known.get(leaf.question, 0)

    def all_of(self, parts: Sequence[int]) -> int:
        value = self.everywhere
        for part in parts:
            value &= part
        return value

    def any_of(self, parts: Sequence[int]) -> int:
        value = 0
        for part in parts:
            value |= part
        return value

    def invert(self, part: int) -> int:
        return self.everywhere ^ part

    def possibly(self, node: Possibly, part: int) -> int:
        return part & self.bit(("reading", id(node)))

    def unless_determined(self, part: int) -> int:
        return 0 if part == self.everywhere or (self.determined and part) else self.everywhere

    def gate(self, node: Condition, value: int) -> int:
        state = node.standing.at(self.situation.ground.day)
        if state is State.IN_DOUBT:
            return value & self.bit(("standing", id(node)))
        return value if state is State.IN_FORCE else 0

    def value(self, condition: Condition, seen: dict[int, int] | None = None) -> int:
        """A condition's value in every world."""
        return fold(condition, self, seen)

    def truth(self, value: int) -> Truth:
        """YES if true in all worlds, NO if in none, else MAYBE."""
        return YES if value == self.everywhere else MAYBE if value else NO

    def doubts(self, value: int) -> tuple[Doubt, ...]:
        """The facts on which a value hangs, first the one whose answer would most often settle it."""
        weights: dict[Doubt, float] = {}
        for axis, stride in zip(self.axes, self.strides, strict=True):
            first = self._slice(stride, len(axis.options))
            parts = [(value >> (number * stride)) & first for number in range(len(axis.options))]
            settled = sum(part in (0, first) for part in parts) / len(parts)
            for doubt in _told_apart(axis, parts):
                weights[doubt] = max(weights.get(doubt, 0.0), settled)
        return tuple(sorted(weights, key=lambda doubt: (doubt is Doubt.LAW, -weights[doubt], doubt.rank)))


def _told_apart(axis: Axis, parts: Sequence[int]) -> set[Doubt]:
    """The facts of an axis in which two worlds differ alone and in value."""
    if len(set(parts)) == 1:
        return set()
    if axis.doubt is not Doubt.NATIONALITY:
        return {axis.doubt}
    found: set[Doubt] = set()
    for one, part in zip(axis.options, parts, strict=True):
        for other, value in zip(axis.options, parts, strict=True):
            if part != value and isinstance(one, Nationality) and isinstance(other, Nationality):
                if one.held == other.held:
                    found.add(Doubt.STATELESS)
                elif one.stateless is other.stateless:
                    found.add(Doubt.CITIZENSHIP)
    return found or {Doubt.CITIZENSHIP, Doubt.STATELESS}
