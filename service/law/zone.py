"""Zone: a time zone whose midnights begin the days of a duty.

A warning begins early and ends late, because a reader's calendar is not known. A label that has to fill the screen
does neither: it is owed on the days of the place whose law it is (RULES.md section 1, C12).
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta


@dataclass(frozen=True, slots=True)
class Zone:
    """How far a zone's clocks are ahead of UTC: `offsets[0]` before `since[0]`, `offsets[i]` from `since[i-1]` on."""

    name: str
    since: tuple[datetime, ...]
    offsets: tuple[timedelta, ...]

    def day(self, instant: datetime) -> date:
        """The date that it is there at an instant."""
        return (instant.astimezone(UTC) + self.offsets[bisect_right(self.since, instant)]).date()

    def starts(self, day: date) -> datetime:
        """The first instant at which it is that date there, or a later one where clocks leave it out."""
        midnight = datetime.combine(day, time(), UTC)
        return min(at for offset in set(self.offsets) if self.day(at := midnight - offset) >= day)
