"""Cases: the finite partition of readers, places and periods that a rule set can tell apart.

However many places, passports and days there are, a rule set asks a finite number of questions, so readers fall
into finitely many classes within which every answer is the same. Comparison, coverage, the table for deciding on
the device, the export and prebuilt answers all read this one object; what compares two versions puts the questions
of both to the same functions (`Atlas.places`, `statuses`, `languages`, `contents`) and so gets their common refinement.

Three things vary independently: the *period* (between two changes of the law), the *place class*, and, for each
notice, what is known of *status*, language and content. Status is kept per notice: a notice cannot see the facts
that only another one asks for, and the product over all of them would be astronomical.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import combinations, product

from .condition import (
    Age,
    CitizenOf,
    Condition,
    Content,
    Leaf,
    LocatedIn,
    Naming,
    Occupation,
    PageLanguage,
    ResidentOf,
    Stateless,
    leaves,
)
from .examination import Visit
from .moment import Moment
from .notice import Notice
from .place import UNKNOWN, Gazetteer
from .publisher import Publisher
from .reader import Reader
from .ruleset import RuleSet
from .situation import Ground, covers
from .truth import Truth
from .world import age_marks

OTHER_LANGUAGE = "und"
"""The language tag that stands for every language that no rule names (ISO 639-2: undetermined)."""


@dataclass(frozen=True, slots=True)
class Period:
    """A span between two changes, `start` inclusive and `end` exclusive; None is open. One moment speaks for it."""

    start: datetime | None
    end: datetime | None
    moment: Moment


@dataclass(frozen=True, slots=True)
class PlaceClass:
    """Places that no rule of the set can tell apart in a period; `place` is the one that speaks for them."""

    place: str
    truths: tuple[Truth, ...]
    members: frozenset[str]


@dataclass(frozen=True, slots=True)
class Places:
    """The partition of all codes and `unknown`; what is not in `class_of` belongs to `elsewhere`."""

    classes: tuple[PlaceClass, ...]
    elsewhere: str
    class_of: Mapping[str, str] = field(repr=False)
    gazetteer: Gazetteer = field(repr=False)

    def of(self, candidates: Collection[str]) -> frozenset[str]:
        """The classes of a candidate set, by the places that speak for them; of none, `unknown`.

        A code that is not assigned counts as its country, or as `unknown`, as it does for the engine.
        """
        codes = map(self.gazetteer.normal, candidates)
        return frozenset(self.class_of.get(code, self.elsewhere) for code in codes) or frozenset({UNKNOWN})


class Atlas:
    """The codes of a gazetteer, ready to be parted by what territories and codes hold them."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self._below: dict[str, list[str]] = {}
        for code, above in gazetteer.parents.items():
            self._below.setdefault(above, []).append(code)
        self._plainest = sorted(gazetteer.parents, key=_plainest)
        self._related: dict[str, frozenset[str]] = {}

    def places(self, asked: Sequence[tuple[Ground, Sequence[str]]]) -> Places:
        """The partition of all codes and `unknown` by the names that are asked about on each ground."""
        related = frozenset[str]().union(
            *(self.related(head) for ground, names in asked for name in names for head in _heads(ground, name))
        )

        def truths(place: str) -> tuple[Truth, ...]:
            return tuple(ground.holds(name, place) for ground, names in asked for name in names)

        found: dict[tuple[Truth, ...], set[str]] = {}
        for place in related:
            found.setdefault(truths(place), set()).add(place)
        spoken_for = {key: min(members, key=_plainest) for key, members in found.items()}
        elsewhere = UNKNOWN
        rest = next((code for code in self._plainest if code not in related), None)
        if rest is not None:
            key = truths(rest)
            elsewhere = spoken_for[key] = min(spoken_for.get(key, rest), rest, key=_plainest)
            found.setdefault(key, set()).update(self.gazetteer.parents.keys() - related)
        classes = [PlaceClass(spoken_for[key], key, frozenset(members)) for key, members in found.items()]
        classes.append(PlaceClass(UNKNOWN, truths(UNKNOWN), frozenset({UNKNOWN})))
        class_of = {place: kind.place for kind in classes for place in kind.members if kind.place != elsewhere}
        return Places(
            tuple(sorted(classes, key=lambda kind: _plainest(kind.place))), elsewhere, class_of, self.gazetteer
        )

    def related(self, head: str) -> frozenset[str]:
        """A code with all in which it lies and all that lie in it; what is asked about it tells no other apart."""
        if head not in self._related:
            codes, inside = {head}, [head]
            while inside:
                inside += self._below.get(inside.pop(), ())
                codes.update(inside)
            above = head
            while above := self.gazetteer.above(above):
                codes.add(above)
            self._related[head] = frozenset(codes)
        return self._related[head]


def _heads(ground: Ground, name: str) -> Iterator[str]:
    territory = ground.territories.get(name)
    if territory is None:
        yield name
    else:
        yield from (held.place for held in (*territory.wholly, *territory.partly))


class Cases:
    """The partition of one rule set."""

    def __init__(self, ruleset: RuleSet) -> None:
        self.ruleset = ruleset
        self._places: dict[tuple[int, ...], Places] = {}

    @cached_property
    def periods(self) -> tuple[Period, ...]:
        """Every period, in order; together they are all of time."""
        changes = self.ruleset.history.transitions
        if not changes:
            return (Period(None, None, _ALWAYS),)
        spans: list[Period] = [Period(None, changes[0], Moment.at(changes[0] - _TICK))]
        for start, end in zip(changes, [*changes[1:], None], strict=True):
            spans.append(Period(start, end, Moment.at(start)))
        return tuple(spans)

    def period(self, instant: datetime) -> Period:
        """The period in which an instant lies, without building the others."""
        return Period(self.ruleset.last_change(instant), self.ruleset.next_change(instant), Moment.at(instant))

    @cached_property
    def named_places(self) -> tuple[str, ...]:
        """Every territory and code that a rule asks about, where the reader is or lives."""
        return named_places(leaf for notice in self.ruleset.notices.values() for leaf in questions(notice))

    @cached_property
    def atlas(self) -> Atlas:
        """The codes of the rule set's gazetteer."""
        return Atlas(self.ruleset.gazetteer)

    def places(self, moment: Moment) -> Places:
        """The place classes at a moment."""
        days = self.ruleset.history.dates(moment)
        editions = tuple(self.ruleset.history.edition(day) for day in days)
        if editions not in self._places:
            self._places[editions] = self.atlas.places([(self.ruleset.ground(day), self.named_places) for day in days])
        return self._places[editions]

    def statuses(self, notice: Notice, moment: Moment) -> tuple[Reader, ...]:
        """Everything that can be known of a reader's status and that a notice can tell apart; place left open."""
        return statuses(tuple(questions(notice)), self.places(moment))

    def languages(self, notice: Notice) -> tuple[str | None, ...]:
        """Not given, one of every group of languages that a notice names, and any other."""
        return languages(tuple(questions(notice)))

    def contents(self, notice: Notice) -> tuple[frozenset[str] | None, ...]:
        """Not declared, and every set of tags that a notice can tell apart."""
        return contents(tuple(questions(notice)), [notice.concerns.content] if notice.concerns.content else [])

    def walk(self, notice: Notice, publisher: Publisher, moment: Moment) -> Iterator[Visit]:
        """Every reader that a notice can tell apart at a moment, each once: one candidate place each."""
        known = self.statuses(notice, moment)
        kinds = self.places(moment).classes
        for kind, language, content in product(kinds, self.languages(notice), self.contents(notice)):
            for reader in known:
                placed = Reader(frozenset({kind.place}), reader.citizen_of, reader.not_citizen_of, reader.stateless,
                                reader.resident_of, reader.age, reader.occupation)  # fmt: skip
                yield Visit(publisher.id, moment, placed, language, content)


def questions(notice: Notice) -> Iterator[Leaf]:
    """Every question that decides what a notice says and whether it is shown."""
    trees: list[Condition] = [notice.applies_when]
    if notice.warn_when_unsure is not None:
        trees.append(notice.warn_when_unsure)
    for tree in trees:
        yield from leaves(tree)


def named_places(asked: Iterable[Leaf]) -> tuple[str, ...]:
    """Every territory and code that questions name, where the reader is or lives."""
    return tuple(sorted({name for leaf in asked if isinstance(leaf, (LocatedIn, ResidentOf)) for name in leaf.names}))


def alike(asked: Iterable[Leaf], kind: type[Naming], also: Iterable[Sequence[str]] = ()) -> list[tuple[str, ...]]:
    """Everything that questions of a kind name, those things together that none of them tells apart."""
    return _groups([*(leaf.names for leaf in asked if isinstance(leaf, kind)), *also])


def statuses(asked: Collection[Leaf], places: Places) -> tuple[Reader, ...]:
    """Everything that can be known of a reader's status and that questions can tell apart; place left open."""
    nations, trades = alike(asked, CitizenOf), alike(asked, Occupation)
    ages: list[int | None] = [None]
    if spans := [leaf for leaf in asked if isinstance(leaf, Age)]:
        ages += age_marks(spans)
    without: tuple[bool | None, ...] = (None,)
    if nations or any(isinstance(leaf, Stateless) for leaf in asked):
        without = (None, True, False)
    homes: list[str | None] = [None]
    if any(isinstance(leaf, ResidentOf) for leaf in asked):
        homes += [kind.place for kind in places.classes if kind.place != UNKNOWN]
    found: dict[tuple[object, ...], Reader] = {}
    choices = product(product((None, True, False), repeat=len(nations)), without, homes, ages, _subsets(trades))
    for held, stateless, home, age, works in choices:
        yes = frozenset(group[0] for group, answer in zip(nations, held, strict=True) if answer is True)
        no = frozenset(name for group, answer in zip(nations, held, strict=True) if answer is False for name in group)
        reader = Reader(frozenset(), yes, no, stateless, home, age, works)
        told = tuple(reader.citizenship(group[0]) for group in nations)
        found.setdefault((told, reader.statelessness, home, age, works), reader)
    return tuple(found.values())


def languages(asked: Iterable[Leaf]) -> tuple[str | None, ...]:
    """Not given, one of every group of languages that questions name, and any other."""
    groups = tongues(asked)
    return (None, *(group[0] for group in groups), OTHER_LANGUAGE) if groups else (None,)


def tongues(asked: Iterable[Leaf]) -> list[tuple[str, ...]]:
    """The languages that questions name, those together that none tells apart; "ru" covers "ru-RU"."""
    named = [leaf.names for leaf in asked if isinstance(leaf, PageLanguage)]
    every = sorted({name for names in named for name in names})
    found: dict[tuple[bool, ...], list[str]] = {}
    for language in every:
        found.setdefault(tuple(any(covers(name, language) for name in names) for names in named), []).append(language)
    return [tuple(group) for group in found.values()]


def contents(asked: Iterable[Leaf], concerned: Iterable[Sequence[str]] = ()) -> tuple[frozenset[str] | None, ...]:
    """Not declared, and every set of tags that questions, and what notices are about, can tell apart."""
    tags = alike(asked, Content, concerned)
    return (None, *_subsets(tags)) if tags else (None,)


def _groups(named: Iterable[Sequence[str]]) -> list[tuple[str, ...]]:
    """Named things, those together that stand in the same questions and so cannot be told apart."""
    sets = [frozenset(names) for names in named]
    found: dict[tuple[bool, ...], list[str]] = {}
    for name in sorted(frozenset().union(*sets)):
        found.setdefault(tuple(name in names for names in sets), []).append(name)
    return [tuple(group) for group in found.values()]


def _subsets(groups: Sequence[tuple[str, ...]]) -> list[frozenset[str]]:
    names = [group[0] for group in groups]
    return [frozenset(chosen) for size in range(len(names) + 1) for chosen in combinations(names, size)]


_TICK = timedelta(microseconds=1)
_ALWAYS = Moment.on(date(2000, 1, 1))
"""Where nothing ever changes, any day speaks for all."""

_plainest: Callable[[str], tuple[bool, bool, str]] = lambda place: (place == UNKNOWN, "-" in place, place)  # noqa: E731
"""Orders places so that countries stand before their parts and `unknown` last."""
