"""Situation: everything that is known when a rule is asked, and the three-valued answers that it gives.

A reader's facts are open (absent is not known); a publisher's are closed (absent is none), except for tags
that it says its pages may carry while a page does not declare its content.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from .condition import (
    Age,
    CitizenOf,
    Condition,
    Content,
    Everyone,
    Leaf,
    LocatedIn,
    Occupation,
    PageLanguage,
    Possibly,
    ResidentOf,
    Stateless,
    fold,
)
from .place import Gazetteer
from .reader import NOBODY_IN_PARTICULAR, Reader
from .territory import Territory
from .truth import MAYBE, NO, YES, Truth, all_of, any_of, known


@dataclass(frozen=True, slots=True)
class Ground:
    """The territories as they are held on one day."""

    day: date
    territories: Mapping[str, Territory]
    gazetteer: Gazetteer
    held: dict[tuple[str, str], Truth] = field(default_factory=dict, compare=False)

    def holds(self, name: str, place: str) -> Truth:
        """Whether a place lies in a territory, or in the code that the name is; what is no place is `unknown`."""
        key = (name, self.gazetteer.normal(place))
        truth = self.held.get(key)
        if truth is None:
            territory = self.territories.get(name) or Territory.of_code(name)
            truth = self.held[key] = territory.holds(key[1], self.day, self.gazetteer)
        return truth


@dataclass(frozen=True, slots=True)
class Situation:
    """A reader before a page: `content` is None where the page does not declare what it carries."""

    ground: Ground
    reader: Reader = NOBODY_IN_PARTICULAR
    page_language: str | None = None
    content: frozenset[str] | None = None
    may_carry: frozenset[str] = frozenset()

    def located_in(self, name: str) -> Truth:
        """Whether the reader is in a territory, over all candidates."""
        return _agreed([self.ground.holds(name, place) for place in self.reader.candidates])

    def resident_of(self, name: str) -> Truth:
        """Whether the reader lives in a territory."""
        return _agreed([self.ground.holds(name, place) for place in self.reader.residences])

    def carries(self, tag: str) -> Truth:
        """Whether the page carries a tag."""
        if self.content is not None:
            return known(tag in self.content)
        return MAYBE if tag in self.may_carry else NO

    def speaks(self, language: str) -> Truth:
        """Whether the page was asked for in a language; "ru" covers "ru-RU"."""
        return MAYBE if self.page_language is None else known(covers(language, self.page_language))

    def aged(self, leaf: Age) -> Truth:
        """Whether the reader's age lies within the bounds of a leaf."""
        return MAYBE if self.reader.age is None else known(leaf.holds(self.reader.age))

    def answer(self, leaf: Leaf) -> Truth:
        """The truth of one question; a leaf of an unknown kind is MAYBE, so nothing here can raise."""
        if isinstance(leaf, LocatedIn):
            return _agreed(
                [any_of(self.ground.holds(name, place) for name in leaf.names) for place in self.reader.candidates]
            )
        if isinstance(leaf, ResidentOf):
            return any_of(self.resident_of(name) for name in leaf.names)
        if isinstance(leaf, CitizenOf):
            return any_of(self.reader.citizenship(country) for country in leaf.names)
        if isinstance(leaf, Stateless):
            truth = self.reader.statelessness
            return truth if leaf.expected else ~truth
        if isinstance(leaf, Occupation):
            return any_of(self.reader.works_as(name) for name in leaf.names)
        if isinstance(leaf, Content):
            return any_of(self.carries(tag) for tag in leaf.names)
        if isinstance(leaf, PageLanguage):
            return any_of(self.speaks(language) for language in leaf.names)
        if isinstance(leaf, Age):
            return self.aged(leaf)
        return YES if isinstance(leaf, Everyone) else MAYBE


def covers(language: str, tag: str) -> bool:
    """Whether a language tag is a language or one of its kinds: "ru" covers "ru-RU" (RFC 4647, basic filtering)."""
    language, tag = language.lower(), tag.lower()
    return tag == language or tag.startswith(language + "-")


def _agreed(truths: Sequence[Truth]) -> Truth:
    """What all candidates agree on, else MAYBE."""
    return truths[0] if len(set(truths)) == 1 else MAYBE


@dataclass(frozen=True, slots=True)
class Kleene:
    """The short cut: three-valued logic over the leaves, exact wherever it says NO or YES."""

    situation: Situation

    def leaf(self, leaf: Leaf) -> Truth:
        return self.situation.answer(leaf)

    def all_of(self, parts: Sequence[Truth]) -> Truth:
        return all_of(parts)

    def any_of(self, parts: Sequence[Truth]) -> Truth:
        return any_of(parts)

    def invert(self, part: Truth) -> Truth:
        return ~part

    def possibly(self, node: Possibly, part: Truth) -> Truth:
        return min(part, MAYBE)

    def unless_determined(self, part: Truth) -> Truth:
        return ~part  # YES where it is open, but that keeps its doubt, which only the truth table tells

    def gate(self, node: Condition, value: Truth) -> Truth:
        return min(value, Truth(node.standing.at(self.situation.ground.day).loudness))


def quick(condition: Condition, situation: Situation) -> Truth:
    """Kleene's answer: NO and YES are final, MAYBE is not yet known to be one."""
    return fold(condition, Kleene(situation))
