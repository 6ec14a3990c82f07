"""Zone: the offsets of a time zone, from the database of the machine, as data that the law and every port can read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from ..law.zone import Zone
from .problem import Mistake, guess, quoted

FIRST, LAST = 2015, 2040
"""The years of which every change of the clocks is written down; before and after them the nearest offset holds."""
_HOUR = timedelta(hours=1)


@cache
def zone(name: str) -> Zone | Mistake:
    """A zone by its name, such as `Asia/Seoul`."""
    known = available_timezones()
    if name not in known:
        otherwise = "write its name, such as Asia/Seoul" if known else "install the time zone database (tzdata)"
        return Mistake(f"unknown time zone {quoted(name)}", guess(name, known, otherwise))
    clock = ZoneInfo(name)
    at, end = datetime(FIRST, 1, 1, tzinfo=UTC), datetime(LAST, 1, 1, tzinfo=UTC)
    since: list[datetime] = []
    offsets = [_ahead(clock, at)]
    while at < end:
        later = at + timedelta(days=1)
        if _ahead(clock, later) != offsets[-1]:
            while _ahead(clock, at) == offsets[-1]:  # clocks change on the hour, in UTC on the half at the worst
                at += _HOUR / 2
            since.append(at)
            offsets.append(_ahead(clock, at))
        at = later
    return Zone(name, tuple(since), tuple(offsets))


def _ahead(clock: ZoneInfo, at: datetime) -> timedelta:
    return at.astimezone(clock).utcoffset() or timedelta()
