"""Clock: how long an answer lives, told by a server that cannot count: by steps that are never too long.

nginx compares no numbers, but a pattern can tell whether the seconds of its clock are below a number.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from ..answer.reply import MOST, WEEK
from ..law.cases import Period

FRESH = (MOST, 60, 10)
"""Seconds that caches keep an answer, as the next change comes nearer; then none."""

STALE = (WEEK, 24 * 3600, 3600)
"""Seconds that they may go on without us, as a change comes nearer that adds a risk; then none."""

EARLY, OVER = "early", "over"


@dataclass(frozen=True)
class Clock:
    """The periods of an export, one after the other, and the changes that add a risk to answers of theirs."""

    periods: Sequence[Period]
    louder: Collection[datetime]

    @cached_property
    def marks(self) -> tuple[int, ...]:
        """The seconds since 1970 at which something that is said of lives changes."""
        found: set[int] = set()
        for period in self.periods:
            if period.start is not None:
                found.add(_seconds(period.start))
            if period.end is not None:
                end = _seconds(period.end)
                found |= {end, *(end - fresh for fresh in FRESH)}
        for louder in self.louder:
            found |= {_seconds(louder) - MOST - stale for stale in STALE}
        first, after = self.periods[0].start, self.periods[-1].end
        low, high = (_seconds(first) if first else 0), (_seconds(after) if after else 10**10)
        return tuple(sorted(mark for mark in found if low <= mark <= high and mark > 0))

    @property
    def stages(self) -> tuple[tuple[int, int], ...]:
        """The first second of each span between two marks, and the first after it; the last one never ends."""
        return tuple(zip((0, *self.marks), (*self.marks, 10**10), strict=True))

    def period(self, stage: int) -> str:
        """The number of the period in which a stage lies; or that the export is not true yet, or not any more."""
        first, _ = self.stages[stage]
        for number, period in enumerate(self.periods):
            start = _seconds(period.start) if period.start else 0
            if start <= first and (period.end is None or first < _seconds(period.end)):
                return str(number)
        return EARLY if first < (self.marks or (0,))[0] else OVER

    def fresh(self, stage: int) -> int:
        """For how many seconds every cache may keep an answer that it gets in a stage."""
        number = self.period(stage)
        end = self.periods[int(number)].end if number.isdecimal() else None
        last = self.stages[stage][1]
        return MOST if end is None else next((fresh for fresh in FRESH if last + fresh <= _seconds(end)), 0)

    def stale(self, stage: int, louder: datetime | None) -> int:
        """For how many seconds it may go on after that where the service cannot be reached."""
        if louder is None:
            return WEEK
        last = self.stages[stage][1] + self.fresh(stage)
        return next((stale for stale in STALE if last + stale <= _seconds(louder)), 0)


def below(number: int) -> str:
    """A pattern for the whole numbers of ten digits that are less than another, at most 10 digits long."""
    digits = f"{number:010d}"
    found = [
        f"{digits[:at]}[0-{int(digit) - 1}]" + (f"[0-9]{{{9 - at}}}" if at < 9 else "")
        for at, digit in enumerate(digits)
        if digit > "0"
    ]
    return f"(?:{'|'.join(found)})"


def _seconds(instant: datetime) -> int:
    return int(instant.timestamp())
