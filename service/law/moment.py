"""Moment: an instant, and the dates that it is somewhere on earth.

A reader's own calendar is not known, so the engine looks at every date that it can be: UTC-12 to UTC+14. What
is loud on one of them counts, so warnings begin early and end late, and silences the reverse.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from .zone import Zone

WESTMOST = timedelta(hours=12)
EASTMOST = timedelta(hours=14)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Moment:
    """The dates under which a rule set is asked, two or three of them, oldest first; and the instant, if it is one."""

    dates: tuple[date, ...]
    instant: datetime | None = None

    @classmethod
    def at(cls, instant: datetime) -> Moment:
        """The dates that it is somewhere at an instant; a naive instant is a mistake of the caller's."""
        if instant.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        instant = instant.astimezone(UTC)
        first, last = (instant - WESTMOST).date(), (instant + EASTMOST).date()
        return cls(tuple(first + _DAY * step for step in range((last - first).days + 1)), instant)

    @classmethod
    def on(cls, day: date) -> Moment:
        """One date alone, as examples are dated."""
        return cls((day,))

    def within(self, zone: Zone | None) -> Moment:
        """The moment for a law whose days are a zone's: its one date of an instant."""
        if zone is None or self.instant is None:
            return self
        return Moment((zone.day(self.instant),), self.instant)


def starts(day: date) -> datetime:
    """The instant at which a date begins somewhere: 10:00Z the day before."""
    return datetime.combine(day, time(), UTC) - EASTMOST


def ends(day: date) -> datetime:
    """The instant at which a date is over everywhere: 12:00Z the day after."""
    return datetime.combine(day, time(), UTC) + _DAY + WESTMOST


def boundaries(changes: Iterable[date], zones: Collection[Zone] = ()) -> list[datetime]:
    """The instants at which the set of dates gains the first day of a new state or loses the last of the old.

    `changes` are the first days of new states, which begin in `zones` at their midnights. Sorted, without repeats.
    """
    instants = set[datetime]()
    for day in changes:
        instants.add(starts(day))
        if day > date.min:
            instants.add(ends(day - _DAY))
        instants.update(zone.starts(day) for zone in zones)
    return sorted(instants)
