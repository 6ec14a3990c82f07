"""Ruleset: the whole law as loaded, linked, and when it changes."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cached_property

from .act import Exposure
from .condition import AllOf, AnyOf, Condition, Not, Possibly, SameAs, walk
from .doubt import Doubt
from .moment import Moment, boundaries
from .notice import Notice
from .penalty import Unit
from .place import Gazetteer
from .publisher import Publisher
from .register import Register
from .situation import Ground
from .standing import State, Timeline
from .territory import Territory
from .truth import MAYBE, NO, YES, Truth, any_of, known


class UnlinkedRule(Exception):
    """A notice that refers to one that is missing, or to itself; the rulebook reports this before."""


@dataclass(frozen=True)
class RuleSet:
    """Everything that legal staff wrote, by id. `fingerprint` names the set in every answer."""

    notices: Mapping[str, Notice] = field(default_factory=dict)
    registers: Mapping[str, Register] = field(default_factory=dict)
    territories: Mapping[str, Territory] = field(default_factory=dict)
    publishers: Mapping[str, Publisher] = field(default_factory=dict)
    units: Mapping[str, Unit] = field(default_factory=dict)
    gazetteer: Gazetteer = field(default_factory=Gazetteer)
    fingerprint: str = ""

    def linked(self) -> RuleSet:
        """The same set with the tree behind every `same_as` in its place. Raises `UnlinkedRule`."""
        notices = {id: replace(notice, applies_when=self._link(notice.applies_when, (id,)))
                   for id, notice in self.notices.items()}  # fmt: skip
        return replace(self, notices=notices)

    def _link(self, node: Condition, path: tuple[str, ...]) -> Condition:
        if isinstance(node, SameAs):
            if node.notice in path or node.notice not in self.notices:
                raise UnlinkedRule(node.notice)
            return replace(node, of=self._link(self.notices[node.notice].applies_when, (*path, node.notice)))
        if isinstance(node, (AllOf, AnyOf)):
            return replace(node, of=tuple(self._link(part, path) for part in node.of))
        if isinstance(node, (Not, Possibly)):
            return replace(node, of=self._link(node.of, path))
        return node

    def lineage(self, publisher: str) -> tuple[str, ...]:
        """The publishers of which one is a part, nearest first; a circle ends where it closes."""
        above: list[str] = []
        while (found := self.publishers.get(publisher)) and (publisher := found.part_of) and publisher not in above:
            above.append(publisher)
        return tuple(above)

    @cached_property
    def _parts(self) -> Mapping[str, frozenset[str]]:
        below: dict[str, set[str]] = {}
        for id in self.publishers:
            for parent in self.lineage(id):
                below.setdefault(parent, set()).add(id)
        return {parent: frozenset(parts) for parent, parts in below.items()}

    def parts(self, publisher: str) -> frozenset[str]:
        """The publishers that are parts of one, at any depth."""
        return self._parts.get(publisher, frozenset())

    def concerned(self, notice: Notice, publisher: Publisher, content: frozenset[str] | None, day: date) -> Truth:
        """Whether a notice is about a publisher's page on a day (RULES.md section 1, C7): closed."""
        concern = notice.concerns
        if concern.register:
            hangs_on = self.listed(notice, publisher, day)
            return NO if not hangs_on else YES if frozenset() in hangs_on else MAYBE
        if concern.content:
            if content is not None:
                return known(not content.isdisjoint(concern.content))
            return any_of(MAYBE if tag in publisher.may_carry else NO for tag in concern.content)
        return known(concern.site in publisher.site) if concern.site else YES

    def listed(self, notice: Notice, publisher: Publisher, day: date) -> frozenset[frozenset[Doubt]]:
        """The ways in which a publisher may stand in a notice's register on a day, by what each hangs on."""
        register = self.registers.get(notice.concerns.register)
        if register is None:
            return frozenset()
        lineage, parts = self.lineage(publisher.id), self.parts(publisher.id)
        return register.hangs_on(publisher, lineage, parts, notice.concerns.measure, day)

    @cached_property
    def changes(self) -> tuple[date, ...]:
        """The first days of all new states, in order."""
        return tuple(sorted({day for timeline, _ in self._timelines for day in timeline.days}
                            | {day for acts in self._exposures for day in acts.days}))  # fmt: skip

    @cached_property
    def _timelines(self) -> tuple[tuple[Timeline[State], bool], ...]:
        """Everything that has a standing, and whether a louder state of it can only make answers louder."""
        return tuple(self._standings())

    def _standings(self) -> Iterator[tuple[Timeline[State], bool]]:
        silencing: set[str] = set()
        for notice in self.notices.values():
            yield notice.standing, True
            for tree in (notice.applies_when, notice.warn_when_unsure):
                if tree is not None:
                    for node in walk(tree):
                        if isinstance(node, Not):
                            silencing |= {name for part in walk(node) for name in getattr(part, "names", ())}
                    negated = {id(part) for node in walk(tree) if isinstance(node, Not) for part in walk(node)}
                    yield from ((node.standing, id(node) not in negated) for node in walk(tree) if node.standing.days)
        for register in self.registers.values():
            yield from ((entry.standing, True) for entry in register.entries)
        for territory in self.territories.values():
            for holding in (*territory.wholly, *territory.partly):
                yield holding.standing, territory.id not in silencing

    @cached_property
    def _exposures(self) -> tuple[Timeline[Exposure], ...]:
        return tuple(acts for notice in self.notices.values() for acts in notice.acts.values())

    def edition(self, day: date) -> int:
        """The number of the span of days, between two changes, in which a day lies."""
        return bisect_right(self.changes, day)

    def editions(self, moment: Moment) -> tuple[date, ...]:
        """One date of every edition that a moment touches and that another does not outdo, oldest first.

        Where all that can be seen of one date is at most as loud as on another, the other alone is the law's state
        (RULES.md section 2, line 9).
        """
        stages: dict[tuple[int, ...], date] = {}
        for day in moment.dates:
            stages.setdefault(self._stage(day), day)
        return tuple(
            day
            for stage, day in stages.items()
            if not any(stage != other and _quieter(stage, other) for other in stages)
        )

    @cached_property
    def _grounds(self) -> dict[int, Ground]:
        return {}

    def ground(self, day: date) -> Ground:
        """The territories as they are held in a day's edition."""
        edition = self.edition(day)
        if edition not in self._grounds:
            self._grounds[edition] = Ground(day, self.territories, self.gazetteer)
        return self._grounds[edition]

    @cached_property
    def boundaries(self) -> list[datetime]:
        """The instants at which the dates gain the first day of a new state or lose the last of an old one."""
        return boundaries(self.changes)

    def _state(self, instant: datetime) -> object:
        """What of the set can be seen at an instant: the loudest stages over its dates, and the act risks."""
        moment = Moment.at(instant)
        loudest = frozenset(self._stage(day) for day in self.editions(moment))
        acts = tuple(
            id(max((acts.at(day) for day in moment.dates), key=lambda exposure: exposure.loudness))
            for acts in self._exposures
        )
        return loudest, acts

    @cached_property
    def _stages(self) -> dict[int, tuple[int, ...]]:
        return {}

    def _stage(self, day: date) -> tuple[int, ...]:
        """How loud everything dated is on a day; what only silences counts both ways, so nothing outdoes it."""
        edition = self.edition(day)
        if edition not in self._stages:
            stage: list[int] = []
            for timeline, raising in self._timelines:
                loudness = timeline.at(day).loudness
                stage += [loudness] if raising else [loudness, -loudness]
            self._stages[edition] = tuple(stage)
        return self._stages[edition]

    @cached_property
    def transitions(self) -> tuple[datetime, ...]:
        """Every instant at which an answer can change, in order."""
        tick = timedelta(microseconds=1)
        return tuple(at for at in self.boundaries if self._state(at) != self._state(at - tick))

    def next_change(self, instant: datetime) -> datetime | None:
        """The least later instant at which an answer can differ, or None."""
        now = self._state(instant)
        for boundary in self.boundaries[bisect_right(self.boundaries, instant) :]:
            if self._state(boundary) != now:
                return boundary
        return None

    def last_change(self, instant: datetime) -> datetime | None:
        """The instant since which answers are what they are, or None where they never differed before."""
        now = self._state(instant)
        for boundary in reversed(self.boundaries[: bisect_right(self.boundaries, instant)]):
            if self._state(boundary - timedelta(microseconds=1)) != now:
                return boundary
        return None


def _quieter(stage: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return all(mine <= theirs for mine, theirs in zip(stage, other, strict=True))
