"""Question: what the check page asks, at most six things, and the reader that some answers describe.

Asked is only what the notices of a publisher ask for, and offered only what they tell apart. Every question can be
declined, and declining is never quieter than any answer.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise
from typing import TypeAlias

from ..law.cases import Atlas, alike, named_places
from ..law.condition import Age, CitizenOf, Leaf, LocatedIn, Occupation, ResidentOf, Stateless
from ..law.place import Gazetteer
from ..law.reader import OTHER, Reader
from ..law.situation import Ground
from ..law.world import age_marks
from .region import LISTED, Region, listed, regions
from .words import Words

STATELESS = "stateless"
SINGLE = "single"


class Topic(Enum):
    """What a question is about; the letter is what its answers are called on the page."""

    PLACE = "p"
    PASSPORT = "n"
    SECOND = "s"
    HOME = "h"
    AGE = "y"
    WORK = "w"


Fact: TypeAlias = str | int | None
"""What an answer says: a code, `other` (a country that no rule names), `stateless`, `single` (no other passport), an
age, an occupation; None where it is declined."""

Answers: TypeAlias = Mapping[Topic, Fact]


@dataclass(frozen=True, slots=True)
class Option:
    """One answer. `language` is set where the label is in another language than the page; `stands_for` are the codes
    that it speaks for."""

    label: str
    fact: Fact = None
    language: str = ""
    stands_for: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Question:
    """One question; its first option declines it."""

    topic: Topic
    legend: str
    hint: str
    options: tuple[Option, ...]


_ASKED_BY: Mapping[type[Leaf], tuple[Topic, ...]] = {
    LocatedIn: (Topic.PLACE,),
    CitizenOf: (Topic.PASSPORT, Topic.SECOND),
    Stateless: (Topic.PASSPORT, Topic.SECOND),
    ResidentOf: (Topic.HOME,),
    Age: (Topic.AGE,),
    Occupation: (Topic.WORK,),
}


def topics(asked: Collection[Leaf]) -> tuple[Topic, ...]:
    """What has to be asked of a reader so that some questions of the law are answered, in the order of the page."""
    found = {topic for leaf in asked for topic in _ASKED_BY.get(type(leaf), ())}
    return tuple(topic for topic in Topic if topic in found)


def questions(asked: Collection[Leaf], atlas: Atlas, grounds: Sequence[Ground], words: Words) -> tuple[Question, ...]:
    """The questions that some questions of the law come to, in the words of a language."""
    found: list[Question] = []
    for topic in topics(asked):
        legend, hint = _legend(topic, words)
        options = (Option(words.declined), *_options(topic, asked, atlas, grounds, words))
        found.append(Question(topic, legend, hint, options))
    return tuple(found)


def reader(answers: Answers, stranger: str) -> Reader:
    """The reader that answers describe; `stranger` is a country that no rule names.

    One passport alone leaves open what other citizenships there are. "No other", and "only of countries that are not
    named", close them. Answers that contradict each other are both kept.
    """
    first, second = answers.get(Topic.PASSPORT), answers.get(Topic.SECOND)
    held = {str(fact) for fact in (first, second) if fact not in (None, STATELESS, SINGLE)}
    closed = first not in (None, STATELESS) and second in (SINGLE, OTHER)
    place, home, age, work = (answers.get(topic) for topic in (Topic.PLACE, Topic.HOME, Topic.AGE, Topic.WORK))
    return Reader(
        located_in=frozenset() if place is None else frozenset({str(place)}),
        citizen_of=frozenset(stranger if code == OTHER else code for code in held),
        not_citizen_of=frozenset({OTHER}) if closed else frozenset(),
        stateless=True if first == STATELESS else None,
        resident_of=None if home is None else str(home),
        age=age if isinstance(age, int) else None,
        occupation=frozenset() if work in (None, OTHER) else frozenset({str(work)}),
    )


def stranger(asked: Collection[Leaf], gazetteer: Gazetteer) -> str:
    """A country that no question names, to stand for all of them."""
    named = {name for leaf in asked if isinstance(leaf, CitizenOf) for name in leaf.names}
    return next((code for code, above in sorted(gazetteer.parents.items()) if not above and code not in named), "ZZ")


def _legend(topic: Topic, words: Words) -> tuple[str, str]:
    return {
        Topic.PLACE: words.place,
        Topic.PASSPORT: words.passport,
        Topic.SECOND: words.second,
        Topic.HOME: words.home,
        Topic.AGE: words.age,
        Topic.WORK: words.work,
    }[topic]


def _options(
    topic: Topic, asked: Collection[Leaf], atlas: Atlas, grounds: Sequence[Ground], words: Words
) -> list[Option]:
    if topic is Topic.PASSPORT:
        nations = _nations(asked, words)
        return [*nations, Option(words.stranger, OTHER), Option(words.stateless, STATELESS)]
    if topic is Topic.SECOND:
        also = [Option(words.also.format(country=nation.label), nation.fact, stands_for=nation.stands_for)
                for nation in _nations(asked, words)]  # fmt: skip
        return [Option(words.single, SINGLE), *also, Option(words.also_stranger, OTHER)]
    if topic is Topic.AGE:
        return _ages([leaf for leaf in asked if isinstance(leaf, Age)], words)
    if topic is Topic.WORK:
        return _trades(asked, words)
    kind = LocatedIn if topic is Topic.PLACE else ResidentOf
    named = named_places(leaf for leaf in asked if isinstance(leaf, kind))
    places = atlas.places([(ground, named) for ground in grounds])
    return [_placed(region) for region in regions(places, words)]


def _placed(region: Region) -> Option:
    return Option(region.name, region.place, stands_for=region.members)


def _nations(asked: Collection[Leaf], words: Words) -> list[Option]:
    """Each country that is named or, if there are many, those together that no rule tells apart."""
    groups = alike(asked, CitizenOf)
    if sum(map(len, groups)) <= LISTED:
        groups = [(code,) for group in groups for code in group]
    found = [Option(listed(group, words.language), group[0], stands_for=frozenset(group)) for group in groups]
    return sorted(found, key=lambda option: option.label)


def _ages(asked: Collection[Leaf], words: Words) -> list[Option]:
    marks = age_marks(leaf for leaf in asked if isinstance(leaf, Age))
    if len(marks) == 1:
        return []
    found = [Option(words.under.format(to=marks[1]), marks[0])]
    found += [Option(words.between.format(from_=mark, to=after - 1), mark) for mark, after in pairwise(marks[1:])]
    return [*found, Option(words.over.format(from_=marks[-1]), marks[-1])]


def _trades(asked: Collection[Leaf], words: Words) -> list[Option]:
    """As the rules spell them. That a reader does nothing of the kind is told, and makes nothing known: the law's
    reader lists what they do and never what they do not."""
    named = sorted({name for group in alike(asked, Occupation) for name in group})
    return [*(Option(name, name, "en") for name in named), Option(words.other_work, OTHER)]
