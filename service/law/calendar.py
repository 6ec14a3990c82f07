"""Calendar: the days of something that comes again, such as elections, and how far ahead they are known."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from .citation import Citations, Review
from .position import NOWHERE, Position
from .standing import Standing, State, Timeline


@dataclass(frozen=True, slots=True)
class Occasion:
    """One day of a calendar."""

    day: date
    because: str = ""
    at: Position = NOWHERE


@dataclass(frozen=True, slots=True)
class Calendar:
    """Every day of its kind up to `known_until`, inclusive; what comes later is not known."""

    id: str
    title: str
    occasions: tuple[Occasion, ...]
    known_until: date
    citations: Citations = field(default_factory=Citations)
    review: Review | None = None
    at: Position = NOWHERE

    def around(self, first: int, last: int) -> Standing:
        """In force from `first` to `last` days after each day, both inclusive; negative is before.

        In doubt where a day that is not known yet could lie so near: ninety days ahead, from ninety days before the
        end of what is known.
        """
        spans = [(_moved(one.day, first), _moved(one.day, last)) for one in self.occasions]
        unknown = _moved(self.known_until, first + 1)
        marks = {mark for start, end in spans for mark in (start, _moved(end, 1))} | {unknown}
        days: list[date] = []
        values = [State.NOT_YET]
        for day in sorted(marks):
            within = any(start <= day <= end for start, end in spans)
            state = State.IN_FORCE if within else State.IN_DOUBT if day >= unknown else State.ENDED
            if state is not values[-1]:
                days.append(day)
                values.append(state)
        return Timeline(tuple(days), tuple(values))


def _moved(day: date, by: int) -> date:
    """A day so many days later, as far as there are dates."""
    ordinal = min(max(day.toordinal() + by, date.min.toordinal()), date.max.toordinal())
    return date.fromordinal(ordinal)
