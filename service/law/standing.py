"""Standing: whether a law, a case or a register entry is in force, and since when.

Dates may be partial: "2026-06" and "2026" are what a source often gives. A step up (towards a warning) is taken
on the first day that the words allow, a step down on the last, and never before the step that precedes it.
"""

from __future__ import annotations

from bisect import bisect_right
from calendar import monthrange
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Generic, TypeAlias, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A year, a month of a year, or a day."""

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def of(cls, day: date) -> PartialDate:
        """The partial date that is a whole one."""
        return cls(day.year, day.month, day.day)

    def first(self) -> date:
        """The first day that the words allow."""
        return date(self.year, self.month or 1, self.day or 1)

    def last(self) -> date:
        """The last day that the words allow."""
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    def __str__(self) -> str:
        parts = [f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part is not None)]
        return "-".join(parts)


class State(Enum):
    """What a law is on a day; the closed list that `standing` takes."""

    NOT_YET = "not yet"
    IN_FORCE = "in force"
    IN_DOUBT = "in doubt"
    SUSPENDED = "suspended"
    ENDED = "ended"

    @property
    def loudness(self) -> int:
        """In force is louder than in doubt, and that than all others."""
        return {State.IN_FORCE: 2, State.IN_DOUBT: 1}.get(self, 0)


@dataclass(frozen=True, slots=True)
class Timeline(Generic[T]):
    """A value that changes on given days: `values[0]` holds before `days[0]`, `values[i]` from `days[i-1]` on."""

    days: tuple[date, ...]
    values: tuple[T, ...]

    @classmethod
    def always(cls, value: T) -> Timeline[T]:
        """The value that never changes."""
        return cls((), (value,))

    @classmethod
    def of(cls, before: T, steps: Iterable[tuple[PartialDate, T]], loudness: Callable[[T], int]) -> Timeline[T]:
        """Steps in the order in which they were written; a later step of one day replaces an earlier one."""
        days: list[date] = []
        values: list[T] = [before]
        for since, value in steps:
            day = since.last() if loudness(value) < loudness(values[-1]) else since.first()
            if days and day <= days[-1]:
                values[-1] = value  # never before the step before it: on that step's day, in its stead
            else:
                days.append(day)
                values.append(value)
        return cls(tuple(days), tuple(values))

    def at(self, day: date) -> T:
        """The value on a day."""
        return self.values[bisect_right(self.days, day)]


@dataclass(frozen=True, slots=True)
class Step:
    """From this date on, a law is in this state, says this citation."""

    since: PartialDate
    state: State
    because: str = ""


Standing: TypeAlias = Timeline[State]

ALWAYS: Standing = Timeline.always(State.IN_FORCE)


def standing(steps: Sequence[Step], before: State = State.NOT_YET) -> Standing:
    """The standing that a list of steps describes."""
    return Timeline.of(before, [(step.since, step.state) for step in steps], lambda state: state.loudness)


def between(since: PartialDate | None, until: PartialDate | None) -> Standing:
    """In force from `since` to `until`, both inclusive; an absent end is open."""
    days: list[date] = []
    values: list[State] = [State.NOT_YET if since else State.IN_FORCE]
    if since:
        days.append(since.first())
        values.append(State.IN_FORCE)
    if until and until.last() < date.max:
        over = until.last() + timedelta(days=1)
        if days and over <= days[-1]:
            return Timeline((), (State.ENDED,))
        days.append(over)
        values.append(State.ENDED)
    return Timeline(tuple(days), tuple(values))
