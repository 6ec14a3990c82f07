"""Version: one of two rule sets that are compared, as it looks to a publisher at an instant."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Hashable, Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import NamedTuple

from ...law.condition import LocatedIn, ResidentOf, leaves, walk
from ...law.doubt import Doubt
from ...law.history import History
from ...law.moment import Moment, boundaries
from ...law.notice import Notice
from ...law.register import Register
from ...law.ruleset import RuleSet
from ...law.truth import Truth
from ...law.zone import Zone
from .chart import Law, law
from .telling import CERTAINLY, Choices, View

_TICK = timedelta(microseconds=1)
_ALWAYS = Moment.on(date(2000, 1, 1))
"""Where nothing ever changes, any day speaks for all."""


class Span(NamedTuple):
    """A span of time, `start` inclusive and `end` exclusive; None is open."""

    start: datetime | None
    end: datetime | None

    def holds(self, instant: datetime) -> bool:
        """Whether an instant lies within."""
        return (self.start is None or self.start <= instant) and (self.end is None or instant < self.end)

    def __str__(self) -> str:
        if self.start is None:
            return "at all times" if self.end is None else f"until {_instant(self.end)}"
        return f"from {_instant(self.start)}" + ("" if self.end is None else f" until {_instant(self.end)}")


def _instant(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}Z"


class Look(NamedTuple):
    """All on which it depends what one notice tells the readers of a publisher at an instant."""

    views: tuple[View, ...]
    choices: Choices | None

    @property
    def key(self) -> Hashable:
        """Equal ones tell the same, whichever version they are of."""
        return tuple(view.key for view in self.views), self.choices


NOTHING_SAID = Look((), None)


class Version:
    """One rule set; `laws` is shared by both, so that what did not change is one object in both."""

    def __init__(self, ruleset: RuleSet, laws: dict[Hashable, Law]) -> None:
        self.ruleset = ruleset
        self._shapes = laws
        self._laws: dict[tuple[str, int], Law | None] = {}
        self._days: dict[str, tuple[date, ...]] = {}
        self._held: dict[int, dict[tuple[str, str], Truth]] = {}
        self._listed: dict[tuple[str, str], Register] = {}
        self._histories: dict[tuple[str, str], History] = {}
        self._entered: dict[tuple[str, str], tuple[date, ...]] = {}
        self._choices: dict[tuple[str, str], Choices] = {}
        self._ways: dict[Hashable, frozenset[frozenset[Doubt]]] = {}
        self._named: dict[str, dict[str, list[int]]] = {}

    def asks_about(self, notice: Notice) -> frozenset[str]:
        """The territories that a notice names."""
        return frozenset(
            name
            for tree in (notice.applies_when, notice.warn_when_unsure)
            if tree is not None
            for leaf in leaves(tree)
            if isinstance(leaf, (LocatedIn, ResidentOf))
            for name in leaf.names
            if name in self.ruleset.territories
        )

    def days(self, id: str) -> tuple[date, ...]:
        """The days on which the law of a notice changes, whoever the publisher is."""
        if id not in self._days:
            notice = self.ruleset.notices.get(id)
            self._days[id] = () if notice is None else tuple(sorted(set(self._law_days(notice))))
        return self._days[id]

    def _law_days(self, notice: Notice) -> Iterator[date]:
        yield from notice.standing.days
        for tree in (notice.applies_when, notice.warn_when_unsure):
            for node in walk(tree) if tree is not None else ():
                yield from node.standing.days
        for name in self.asks_about(notice):
            land = self.ruleset.territories[name]
            for holding in (*land.wholly, *land.partly):
                yield from holding.standing.days

    @cached_property
    def _land_days(self) -> tuple[date, ...]:
        lands = self.ruleset.territories.values()
        return tuple(
            sorted({day for land in lands for held in (*land.wholly, *land.partly) for day in held.standing.days})
        )

    def law(self, id: str, day: date) -> Law | None:
        """The law of a notice on a day, or None where there is none in force."""
        notice = self.ruleset.notices.get(id)
        if notice is None:
            return None
        key = (id, bisect_right(self.days(id), day))
        if key not in self._laws:
            held = self._held.setdefault(bisect_right(self._land_days, day), {})
            found = law(self.ruleset, notice, day, held)
            self._laws[key] = None if found is None else self._shapes.setdefault(found.shape, found)
        return self._laws[key]

    def _register(self, id: str, publisher: str) -> Register | None:
        """The register that a notice is about, with only the entries that can name a publisher."""
        register = self.ruleset.registers.get(id)
        if register is None:
            return None
        if (id, publisher) not in self._listed:
            us = self.ruleset.publishers[publisher]
            kin = {publisher, *self.ruleset.lineage(publisher), *self.ruleset.parts(publisher)}
            numbers = {number for name in (*kin, *us.run_by) for number in self._index(id).get(name, ())}
            named = tuple(register.entries[number] for number in sorted(numbers))
            self._listed[id, publisher] = replace(register, entries=named)
        return self._listed[id, publisher]

    def _index(self, id: str) -> dict[str, list[int]]:
        """The numbers of a register's entries by the publisher or person that they name."""
        if id not in self._named:
            found: dict[str, list[int]] = {}
            for number, entry in enumerate(self.ruleset.registers[id].entries):
                found.setdefault(entry.person or entry.publisher, []).append(number)
            self._named[id] = found
        return self._named[id]

    def _entry_days(self, register: Register, publisher: str) -> tuple[date, ...]:
        """The days on which something changes in a register that `_register` has cut down for a publisher."""
        key = register.id, publisher
        if key not in self._entered:
            self._entered[key] = tuple(sorted({day for entry in register.entries for day in entry.standing.days}))
        return self._entered[key]

    def days_for(self, id: str, publisher: str) -> set[date]:
        """The days on which something changes in what a notice tells the readers of a publisher."""
        days = set(self.days(id))
        notice = self.ruleset.notices.get(id)
        if notice is not None and publisher in self.ruleset.publishers and notice.concerns.register:
            register = self._register(notice.concerns.register, publisher)
            days.update(self._entry_days(register, publisher) if register is not None else ())
        return days

    def zones(self, ids: Iterable[str]) -> set[Zone]:
        """The zones whose days are those of some notices."""
        found = (self.ruleset.notices.get(id) for id in ids)
        return {notice.zone for notice in found if notice is not None and notice.zone is not None}

    def concerns(self, id: str, publisher: str) -> bool:
        """Whether a notice can ever be about a publisher."""
        notice = self.ruleset.notices.get(id)
        if notice is None or publisher not in self.ruleset.publishers:
            return False
        if notice.concerns.register:
            register = self._register(notice.concerns.register, publisher)
            return register is not None and bool(register.entries)
        site = notice.concerns.site
        return not site or site in self.ruleset.publishers[publisher].site

    def look(self, id: str, publisher: str, moment: Moment) -> Look:
        """A notice as it looks to a publisher at a moment."""
        if not self.concerns(id, publisher):
            return NOTHING_SAID
        notice = self.ruleset.notices[id]
        moment = moment.within(notice.zone)
        views: dict[date, View] = {}
        for day in moment.dates:
            found, listed = self.law(id, day), self._listed_on(notice, publisher, day)
            if found is not None and listed:
                views[day] = View(found, listed)
        seen = {view.key: view for view in views.values()}
        if len(seen) > 1:
            seen = {view.key: view for day in self._loudest(notice, publisher, moment) if (view := views.get(day))}
        if not seen:
            return NOTHING_SAID
        if (id, publisher) not in self._choices:
            self._choices[id, publisher] = Choices.of(self.ruleset.publishers[publisher], id)
        return Look(tuple(seen.values()), self._choices[id, publisher])

    def _loudest(self, notice: Notice, publisher: str, moment: Moment) -> list[date]:
        """The dates of a moment that no other outdoes, as the engine picks them."""
        key = notice.id, publisher
        if key not in self._histories:
            register = self._register(notice.concerns.register, publisher)
            registers = {} if register is None else {register.id: register}
            self._histories[key] = History({notice.id: notice}, registers, self.ruleset.territories)
        return self._histories[key].loudest(notice, moment)

    def _listed_on(self, notice: Notice, publisher: str, day: date) -> frozenset[frozenset[Doubt]]:
        concern = notice.concerns
        if not concern.register:
            return CERTAINLY
        register = self._register(concern.register, publisher)
        if register is None:
            return frozenset()
        days = self._entry_days(register, publisher)
        key = register.id, publisher, concern.measure, bisect_right(days, day)
        if key not in self._ways:
            lineage, parts = self.ruleset.lineage(publisher), self.ruleset.parts(publisher)
            us = self.ruleset.publishers[publisher]
            self._ways[key] = register.hangs_on(us, lineage, parts, concern.measure, day)
        return self._ways[key]


def spans(days: set[date], zones: Collection[Zone] = ()) -> Iterator[tuple[Span, Moment]]:
    """The spans between the instants at which days begin or are over somewhere, with a moment that speaks for each."""
    instants = boundaries(days, zones)
    if not instants:
        yield Span(None, None), _ALWAYS
        return
    yield Span(None, instants[0]), Moment.at(instants[0] - _TICK)
    for start, end in zip(instants, [*instants[1:], None], strict=True):
        yield Span(start, end), Moment.at(start)
