"""Cases: the finite partition of readers, places and periods that a rule set can tell apart.

However many places, passports and days there are, a rule set asks a finite number of questions, so readers fall
into finitely many classes within which every answer is the same. Comparison, coverage, the table for deciding on
the device, the export and prebuilt answers all read this one object.

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
    Occupation,
    PageLanguage,
    ResidentOf,
    Stateless,
    leaves,
)
from .examination import Visit
from .moment import Moment
from .notice import Notice
from .place import UNKNOWN
from .publisher import Publisher
from .reader import Reader
from .ruleset import RuleSet
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

    def of(self, candidates: Collection[str]) -> frozenset[str]:
        """The classes of a candidate set, by the places that speak for them; of none, `unknown`."""
        return frozenset(self.class_of.get(place, self.elsewhere) for place in candidates) or frozenset({UNKNOWN})


class Cases:
    """The partition of one rule set."""

    def __init__(self, ruleset: RuleSet) -> None:
        self.ruleset = ruleset
        self._places: dict[tuple[int, ...], Places] = {}

    @cached_property
    def periods(self) -> tuple[Period, ...]:
        """Every period, in order; together they are all of time."""
        changes = self.ruleset.transitions
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
        asked = (leaf for notice in self.ruleset.notices.values() for leaf in questions(notice))
        return tuple(
            sorted({name for leaf in asked if isinstance(leaf, (LocatedIn, ResidentOf)) for name in leaf.names})
        )

    def places(self, moment: Moment) -> Places:
        """The place classes at a moment."""
        editions = tuple(self.ruleset.edition(day) for day in self.ruleset.editions(moment))
        if editions not in self._places:
            self._places[editions] = self._partition(moment)
        return self._places[editions]

    def _partition(self, moment: Moment) -> Places:
        grounds = [self.ruleset.ground(day) for day in self.ruleset.editions(moment)]

        def truths(place: str) -> tuple[Truth, ...]:
            return tuple(ground.holds(name, place) for ground in grounds for name in self.named_places)

        related = self._related()
        found: dict[tuple[Truth, ...], set[str]] = {}
        for place in related:
            found.setdefault(truths(place), set()).add(place)
        codes = sorted(self.ruleset.gazetteer.parents)
        rest = [code for code in codes if code not in related]
        if rest:
            found.setdefault(truths(rest[0]), set()).update(rest)
        classes = [PlaceClass(min(members, key=_plainest), key, frozenset(members)) for key, members in found.items()]
        elsewhere = next((kind.place for kind in classes if rest and rest[0] in kind.members), UNKNOWN)
        classes.append(PlaceClass(UNKNOWN, truths(UNKNOWN), frozenset({UNKNOWN})))
        class_of = {place: kind.place for kind in classes for place in kind.members if kind.place != elsewhere}
        return Places(tuple(sorted(classes, key=lambda kind: _plainest(kind.place))), elsewhere, class_of)

    def _related(self) -> set[str]:
        """The codes that lie in, or contain, a place that a rule asks about; all others are told apart by none."""
        gazetteer, heads = self.ruleset.gazetteer, set[str]()
        for name in self.named_places:
            territory = self.ruleset.territories.get(name)
            heads |= {held.place for held in (*territory.wholly, *territory.partly)} if territory else {name}
        related = set[str]()
        for code in gazetteer.parents:
            line = [code]
            while above := gazetteer.above(line[-1]):
                line.append(above)
            if not heads.isdisjoint(line):
                related.add(code)
        for head in heads:
            while head:
                related.add(head)
                head = gazetteer.above(head)
        return related

    def statuses(self, notice: Notice, moment: Moment) -> tuple[Reader, ...]:
        """Everything that can be known of a reader's status and that a notice can tell apart; place left open."""
        asked = list(questions(notice))
        nations = _groups(leaf.names for leaf in asked if isinstance(leaf, CitizenOf))
        trades = _groups(leaf.names for leaf in asked if isinstance(leaf, Occupation))
        ages: list[int | None] = [None]
        if spans := [leaf for leaf in asked if isinstance(leaf, Age)]:
            ages += age_marks(spans)
        without: tuple[bool | None, ...] = (None,)
        if nations or any(isinstance(leaf, Stateless) for leaf in asked):
            without = (None, True, False)
        homes: list[str | None] = [None]
        if any(isinstance(leaf, ResidentOf) for leaf in asked):
            homes += [kind.place for kind in self.places(moment).classes if kind.place != UNKNOWN]
        found: dict[tuple[object, ...], Reader] = {}
        choices = product(product((None, True, False), repeat=len(nations)), without, homes, ages, _subsets(trades))
        for held, stateless, home, age, works in choices:
            yes = frozenset(group[0] for group, answer in zip(nations, held, strict=True) if answer is True)
            no = frozenset(
                name for group, answer in zip(nations, held, strict=True) if answer is False for name in group
            )
            reader = Reader(frozenset(), yes, no, stateless, home, age, works)
            told = tuple(reader.citizenship(group[0]) for group in nations)
            found.setdefault((told, reader.statelessness, home, age, works), reader)
        return tuple(found.values())

    def languages(self, notice: Notice) -> tuple[str | None, ...]:
        """Not given, one of every group of languages that a notice names, and any other."""
        groups = _groups(leaf.names for leaf in questions(notice) if isinstance(leaf, PageLanguage))
        return (None, *(group[0] for group in groups), OTHER_LANGUAGE) if groups else (None,)

    def contents(self, notice: Notice) -> tuple[frozenset[str] | None, ...]:
        """Not declared, and every set of tags that a notice can tell apart."""
        named = [leaf.names for leaf in questions(notice) if isinstance(leaf, Content)]
        if notice.concerns.content:
            named.append(notice.concerns.content)
        return (None, *_subsets(_groups(named))) if named else (None,)

    def walk(self, notice: Notice, publisher: Publisher, moment: Moment) -> Iterator[Visit]:
        """Every reader that a notice can tell apart at a moment, each once: one candidate place each."""
        statuses = self.statuses(notice, moment)
        kinds = self.places(moment).classes
        for kind, language, content in product(kinds, self.languages(notice), self.contents(notice)):
            for reader in statuses:
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
