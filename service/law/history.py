"""History: how loud everything dated in a law is from day to day, and when an answer can change.

A notice's *stage* on a day is the loudness of all that is dated in it: its standing, its cases, the entries of its
register, the holdings of the territories that it names. Where one day's stage is at most as loud in everything as
another's, the other day alone is the law's state (RULES.md section 2, line 9).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TypeAlias

from .act import Exposure
from .condition import Naming, Not, walk
from .moment import Moment, boundaries
from .notice import Notice
from .register import Entry, Register
from .standing import ALWAYS, Standing, Timeline
from .territory import Territory

Stage: TypeAlias = tuple[int, ...]
Lists: TypeAlias = Callable[[Entry], bool]

_TICK = timedelta(microseconds=1)


class History:
    """The dated parts of a rule set."""

    def __init__(
        self, notices: Mapping[str, Notice], registers: Mapping[str, Register], territories: Mapping[str, Territory]
    ) -> None:
        self._notices = notices
        self._registers = registers
        self._territories = territories
        self._stages: dict[tuple[str, str, int], Stage] = {}

    @cached_property
    def changes(self) -> tuple[date, ...]:
        """The first days of all new states, in order."""
        days = {day for _, acts in self._exposures for day in acts.days}
        days |= {day for _, versions in self._versions for day in versions}
        for notice in self._notices.values():
            days |= {day for timeline, _ in (*self._own[notice.id], *self._listing(notice)) for day in timeline.days}
        return tuple(sorted(days))

    @cached_property
    def boundaries(self) -> list[datetime]:
        """The instants at which the dates gain the first day of a new state or lose the last of an old one."""
        return boundaries(self.changes, {notice.zone for notice in self._notices.values() if notice.zone})

    @cached_property
    def _exposures(self) -> tuple[tuple[Notice, Timeline[Exposure]], ...]:
        return tuple((notice, acts) for notice in self._notices.values() for acts in notice.acts.values())

    @cached_property
    def _versions(self) -> tuple[tuple[Notice, tuple[date, ...]], ...]:
        """The first days on which the prescribed text of a notice is another."""
        return tuple(
            (notice, tuple(sorted(later.since.first() for later in notice.prescribed.later if later.since)))
            for notice in self._notices.values()
            if notice.prescribed
        )

    @cached_property
    def _own(self) -> Mapping[str, tuple[tuple[Standing, bool], ...]]:
        """By notice, what is dated in it whoever publishes; and whether a louder state can only raise an answer."""
        return {notice.id: tuple(self._dated(notice)) for notice in self._notices.values()}

    def _dated(self, notice: Notice) -> Iterator[tuple[Standing, bool]]:
        yield notice.standing, True
        for tree in filter(None, (notice.applies_when, notice.warn_when_unsure)):
            negated = {id(part) for node in walk(tree) if isinstance(node, Not) for part in walk(node)}
            for node in walk(tree):
                raising = id(node) not in negated
                if node.standing is not ALWAYS:
                    yield node.standing, raising
                if isinstance(node, Naming):
                    named = (self._territories[name] for name in node.names if name in self._territories)
                    for territory in named:
                        holdings = (*territory.wholly, *territory.partly)
                        yield from ((holding.standing, raising) for holding in holdings)

    def _listing(self, notice: Notice, lists: Lists | None = None) -> Iterator[tuple[Standing, bool]]:
        register = self._registers.get(notice.concerns.register)
        for entry in register.entries if register else ():
            if lists is None or lists(entry):
                yield entry.standing, True

    def edition(self, day: date) -> int:
        """The number of the span of days, between two changes, in which a day lies."""
        return bisect_right(self.changes, day)

    def dates(self, moment: Moment) -> tuple[date, ...]:
        """One date of every edition that a moment touches, oldest first."""
        return tuple({self.edition(day): day for day in reversed(moment.dates)}.values())[::-1]

    def loudest(self, notice: Notice, moment: Moment, publisher: str = "", lists: Lists | None = None) -> list[date]:
        """The dates of a moment that no other outdoes for a notice, one of each stage, oldest first.

        `lists` picks the entries of the register that name `publisher`; without it, all of them count.
        """
        dates = self.dates(moment.within(notice.zone))
        if len(dates) == 1:
            return list(dates)
        stages: dict[Stage, date] = {}
        for day in dates:
            stages.setdefault(self._stage(notice, day, publisher, lists), day)
        return [day for stage, day in stages.items() if not any(_outdoes(other, stage) for other in stages)]

    def _stage(self, notice: Notice, day: date, publisher: str = "", lists: Lists | None = None) -> Stage:
        key = (notice.id, publisher, self.edition(day))
        if key not in self._stages:
            dated = (*self._own[notice.id], *self._listing(notice, lists))
            self._stages[key] = tuple(_loudnesses(dated, day))
        return self._stages[key]

    def _state(self, instant: datetime) -> object:
        """All that can be seen of the law at an instant."""
        moment = Moment.at(instant)
        stages = [
            frozenset(self._stage(notice, day) for day in self.loudest(notice, moment))
            for notice in self._notices.values()
        ]
        acts = [
            id(max((acts.at(day) for day in moment.within(notice.zone).dates), key=lambda one: one.loudness))
            for notice, acts in self._exposures
        ]
        versions = [bisect_right(days, moment.within(notice.zone).dates[-1]) for notice, days in self._versions]
        return stages, acts, versions

    @cached_property
    def transitions(self) -> tuple[datetime, ...]:
        """Every instant at which an answer can change, in order."""
        return tuple(at for at in self.boundaries if self._state(at) != self._state(at - _TICK))

    def next_change(self, instant: datetime) -> datetime | None:
        """The least later instant at which an answer can differ, or None."""
        now = self._state(instant)
        later = self.boundaries[bisect_right(self.boundaries, instant) :]
        return next((boundary for boundary in later if self._state(boundary) != now), None)

    def last_change(self, instant: datetime) -> datetime | None:
        """The instant since which answers are what they are, or None where they never differed before."""
        now = self._state(instant)
        earlier = reversed(self.boundaries[: bisect_right(self.boundaries, instant)])
        return next((boundary for boundary in earlier if self._state(boundary - _TICK) != now), None)


def _loudnesses(dated: Iterable[tuple[Standing, bool]], day: date) -> Iterator[int]:
    """What can only silence counts both ways, so that nothing outdoes it."""
    for timeline, raising in dated:
        loudness = timeline.at(day).loudness
        yield loudness
        if not raising:
            yield -loudness


def _outdoes(stage: Stage, other: Stage) -> bool:
    return stage != other and all(mine >= theirs for mine, theirs in zip(stage, other, strict=True))
