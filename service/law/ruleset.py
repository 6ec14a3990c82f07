"""Ruleset: the whole law as loaded, linked, and when it changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property

from .calendar import Calendar
from .condition import AllOf, AnyOf, Condition, During, Not, Possibly, SameAs
from .doubt import Doubt
from .history import History
from .moment import Moment
from .notice import Notice
from .penalty import Unit
from .place import Gazetteer
from .publisher import Publisher
from .register import Entry, Register
from .situation import Ground
from .standing import ALWAYS
from .territory import Territory
from .truth import MAYBE, NO, YES, Truth, any_of, known


class UnlinkedRule(Exception):
    """A notice that refers to one or to a calendar that is missing, or to itself; the rulebook reports this before."""


@dataclass(frozen=True)
class RuleSet:
    """Everything that legal staff wrote, by id. `fingerprint` names the set in every answer."""

    notices: Mapping[str, Notice] = field(default_factory=dict)
    registers: Mapping[str, Register] = field(default_factory=dict)
    territories: Mapping[str, Territory] = field(default_factory=dict)
    publishers: Mapping[str, Publisher] = field(default_factory=dict)
    units: Mapping[str, Unit] = field(default_factory=dict)
    calendars: Mapping[str, Calendar] = field(default_factory=dict)
    gazetteer: Gazetteer = field(default_factory=Gazetteer)
    fingerprint: str = ""

    def linked(self) -> RuleSet:
        """The same set with the tree behind every `same_as`, and the days of every `during`, in their places.

        Raises `UnlinkedRule`.
        """
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
        if isinstance(node, During) and node.standing is ALWAYS:
            if node.calendar not in self.calendars:
                raise UnlinkedRule(node.calendar)
            return replace(node, standing=self.calendars[node.calendar].around(node.first, node.last))
        return replace(node)  # what two notices borrow is asked twice, and each time in doubt by itself

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
    def history(self) -> History:
        """When what changes."""
        return History(self.notices, self.registers, self.territories)

    def loudest(self, notice: Notice, publisher: Publisher, moment: Moment) -> list[date]:
        """The dates of a moment on which a notice is to be asked about a publisher's page."""
        lineage, parts = self.lineage(publisher.id), self.parts(publisher.id)

        def lists(entry: Entry) -> bool:
            return entry.names(publisher, lineage, parts) is not NO

        return self.history.loudest(notice, moment, publisher.id, lists)

    @cached_property
    def _grounds(self) -> dict[int, Ground]:
        return {}

    def ground(self, day: date) -> Ground:
        """The territories as they are held in a day's edition."""
        edition = self.history.edition(day)
        if edition not in self._grounds:
            self._grounds[edition] = Ground(day, self.territories, self.gazetteer)
        return self._grounds[edition]

    def next_change(self, instant: datetime) -> datetime | None:
        """The least later instant at which an answer can differ, or None."""
        return self.history.next_change(instant)

    def last_change(self, instant: datetime) -> datetime | None:
        """The instant since which answers are what they are, or None where they never differed before."""
        return self.history.last_change(instant)
