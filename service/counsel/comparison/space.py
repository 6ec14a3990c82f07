"""Space: every case that some questions can tell apart, numbered, so that a set of cases is one integer.

A case is what is known of a reader's status, of the page's language and of its content; the candidate places stand
beside it. Bit `n` of a set stands for case `n`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property, partial
from itertools import combinations, product
from math import prod
from typing import NamedTuple, TypeAlias

from ...law.cases import OTHER_LANGUAGE, Places, alike, contents, languages, statuses, tongues
from ...law.condition import Age, CitizenOf, Content, Leaf, Occupation, ResidentOf, Stateless
from ...law.doubt import Doubt
from ...law.place import UNKNOWN, Gazetteer
from ...law.reader import Reader
from ...law.situation import covers
from ...law.truth import Truth, any_of
from ...law.world import age_marks

Candidates: TypeAlias = frozenset[str]
"""One place class, or two where sources disagree, by the places that speak for them."""

NOWHERE_KNOWN: Candidates = frozenset({UNKNOWN})


class Fact(Enum):
    """The kinds of facts that tell cases apart, in the order in which a sentence names them."""

    CITIZENSHIP = "citizenship"
    STATELESS = "stateless"
    RESIDENCE = "residence"
    AGE = "age"
    OCCUPATION = "occupation"
    LANGUAGE = "language"
    CONTENT = "content"


class Case(NamedTuple):
    """What is known of a reader, their place apart, and of the page."""

    status: Reader
    language: str | None
    content: frozenset[str] | None

    @property
    def weight(self) -> int:
        """How many facts are known: the fewer, the smaller the reader."""
        reader = self.status
        return (
            len(reader.citizen_of)
            + bool(reader.not_citizen_of)
            + sum(fact is not None for fact in (reader.stateless, reader.resident_of, reader.age))
            + len(reader.occupation)
            + (self.language is not None)
            + (self.content is not None)
        )


@dataclass(frozen=True, slots=True)
class Dimension:
    """One fact: its values in order, and the set of cases in which it has each.

    `about`: the names that rules ask about, those together that none tells apart; the first speaks for the others.
    """

    fact: Fact
    about: tuple[tuple[str, ...], ...]
    values: tuple[Hashable, ...]
    cases: Mapping[Hashable, int] = field(repr=False)
    value: Callable[[Case], Hashable] = field(repr=False)


class Space:
    """All cases of some questions, in places that are parted by the grounds of every version and date."""

    def __init__(self, gazetteer: Gazetteer, asked: Collection[Leaf], places: Places) -> None:
        self.asked, self.places, self._normal = asked, places, gazetteer.normal
        self.languages = languages(asked)
        choices = product(statuses(asked, self.places), self.languages, contents(asked))
        self.cases: tuple[Case, ...] = tuple(Case(*choice) for choice in choices)
        self.all = (1 << len(self.cases)) - 1
        self.singles: tuple[Candidates, ...] = tuple(frozenset({kind.place}) for kind in self.places.classes)
        self.dimensions = tuple(self._dimensions())
        self.parts = [list(dimension.cases.values()) for dimension in self.dimensions]
        weights = [case.weight for case in self.cases]
        self.by_weight = sorted(range(len(self.cases)), key=weights.__getitem__)
        self._parted: dict[Doubt, dict[Hashable, tuple[Case, int]]] = {}

    @cached_property
    def pairs(self) -> tuple[Candidates, ...]:
        """Every two place classes, as when sources disagree."""
        return tuple(one | other for one, other in combinations(self.singles, 2))

    def _dimensions(self) -> Iterator[Dimension]:
        groups = alike(self.asked, CitizenOf)
        for group in groups:
            yield self._dimension(Fact.CITIZENSHIP, [group], partial(_citizen, group))
        if groups or any(isinstance(leaf, Stateless) for leaf in self.asked):
            yield self._dimension(Fact.STATELESS, [], lambda case: case.status.statelessness)
        if any(isinstance(leaf, ResidentOf) for leaf in self.asked):
            yield self._dimension(Fact.RESIDENCE, [], self._home)
        if spans := [leaf for leaf in self.asked if isinstance(leaf, Age)]:
            marks = age_marks(spans)
            yield self._dimension(Fact.AGE, [], lambda case: _mark(case.status.age, marks))
        if trades := alike(self.asked, Occupation):
            yield self._dimension(Fact.OCCUPATION, trades, lambda case: _first(trades, case.status.occupation))
        if spoken := tongues(self.asked):
            yield self._dimension(Fact.LANGUAGE, spoken, lambda case: _tongue(spoken, case.language))
        if tags := alike(self.asked, Content):
            yield self._dimension(
                Fact.CONTENT, tags, lambda case: None if case.content is None else _first(tags, case.content)
            )

    def _home(self, case: Case) -> str | None:
        home = self._normal(case.status.resident_of or UNKNOWN)
        return None if home == UNKNOWN else self.places.class_of.get(home, self.places.elsewhere)

    def candidates(self, reader: Reader) -> Candidates:
        """The classes of the places where a reader may be; a code that is not assigned is what the engine makes it."""
        return self.places.of(frozenset(map(self._normal, reader.candidates)))

    def _dimension(self, fact: Fact, about: Sequence[tuple[str, ...]], value: Callable[[Case], Hashable]) -> Dimension:
        found: dict[Hashable, int] = {}
        for number, case in enumerate(self.cases):
            at = value(case)
            found[at] = found.get(at, 0) | 1 << number
        return Dimension(fact, tuple(about), tuple(found), found, value)

    def parted(self, doubt: Doubt) -> Mapping[Hashable, tuple[Case, int]]:
        """The cases parted by what is known of a fact, each part with a case that has that fact and no other."""
        if doubt not in self._parted:
            found: dict[Hashable, list[int]] = {}
            for number, case in enumerate(self.cases):
                found.setdefault(FACTS[doubt](case), []).append(number)
            self._parted[doubt] = {
                value: (_only(doubt, self.cases[numbers[0]]), sum(1 << number for number in numbers))
                for value, numbers in found.items()
            }
        return self._parted[doubt]

    def at(self, case: Case) -> int:
        """The set of the one case in which a reader stands; what nothing asks about is left aside."""
        at = self.all
        for dimension in self.dimensions:
            at &= dimension.cases.get(dimension.value(case), 0)
        return at


def size(asked: Collection[Leaf], places: int) -> int:
    """At most how many cases a space of these questions has, without building it."""
    spans = [leaf for leaf in asked if isinstance(leaf, Age)]
    return prod(
        (
            3 ** (len(alike(asked, CitizenOf)) + 1),
            places + 1 if any(isinstance(leaf, ResidentOf) for leaf in asked) else 1,
            len(age_marks(spans)) + 1 if spans else 1,
            2 ** len(alike(asked, Occupation)),
            len(languages(asked)),
            2 ** len(alike(asked, Content)) + 1,
        )
    )


def _citizen(nations: tuple[str, ...], case: Case) -> Truth:
    """Whether a reader is a citizen of one of several countries that no question tells apart."""
    return any_of(map(case.status.citizenship, nations))


def _mark(age: int | None, marks: Sequence[int]) -> int | None:
    return None if age is None else max(mark for mark in marks if mark <= age)


def _first(groups: Sequence[tuple[str, ...]], named: frozenset[str]) -> frozenset[str]:
    return frozenset(group[0] for group in groups if not named.isdisjoint(group))


def _tongue(groups: Sequence[tuple[str, ...]], language: str | None) -> str | None:
    """The tag that speaks for a language: that of the longest named tag that covers it."""
    if language is None:
        return None
    covering = [(len(tag), group[0]) for group in groups for tag in group if covers(tag, language)]
    return max(covering)[1] if covering else OTHER_LANGUAGE


def _only(doubt: Doubt, case: Case) -> Case:
    """A case with one of its facts and no other."""
    status = case.status
    if doubt is Doubt.RESIDENCE:
        return Case(Reader(resident_of=status.resident_of), None, None)
    if doubt is Doubt.NATIONALITY:
        reader = Reader(frozenset(), status.citizen_of, status.not_citizen_of, status.stateless)
        return Case(reader, None, None)
    if doubt is Doubt.AGE:
        return Case(Reader(age=status.age), None, None)
    if doubt is Doubt.OCCUPATION:
        return Case(Reader(occupation=status.occupation), None, None)
    return Case(Reader(), case.language, None) if doubt is Doubt.PAGE_LANGUAGE else Case(Reader(), None, case.content)


FACTS: Mapping[Doubt, Callable[[Case], Hashable]] = {
    Doubt.RESIDENCE: lambda case: case.status.resident_of,
    Doubt.NATIONALITY: lambda case: (case.status.citizen_of, case.status.not_citizen_of, case.status.stateless),
    Doubt.AGE: lambda case: case.status.age,
    Doubt.OCCUPATION: lambda case: case.status.occupation,
    Doubt.CONTENT: lambda case: case.content,
    Doubt.PAGE_LANGUAGE: lambda case: case.language,
}
"""What is known of each fact that a question can hang on, the place apart."""
