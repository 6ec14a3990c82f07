"""Almanac: the service as it answers today, and as it answered or will answer on another day.

Every day is the real service, with a clock that stands still at noon in Greenwich; nothing is worked out here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from flask import Flask

from ..answer.edition import Edition
from ..law.examination import Visit, examine
from ..law.moment import Moment
from ..law.place import UNKNOWN
from ..law.reader import Reader
from ..law.ruleset import RuleSet
from ..page.html import fragment
from ..web.app import create_app
from ..web.library import Library

TODAY = "today"
KEPT = 16
"""How many days stand ready at once."""

ANYWHERE = "any"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the service answered."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.content.decode()


@dataclass(frozen=True, slots=True)
class _Held:
    """A rule set that has been read already."""

    ruleset: RuleSet
    problems: tuple[object, ...] = ()


@dataclass(frozen=True, slots=True)
class _Service:
    """The service of one day."""

    library: Library
    app: Flask


class Almanac:
    """Asks the service of a day. `library` is the one of today; where its rules change, so do those of every day."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._today = _Service(library, create_app(library, _nowhere))
        self._on = lru_cache(KEPT)(self._made)
        self._changes = lru_cache(KEPT * KEPT)(self._searched)

    @property
    def ruleset(self) -> RuleSet:
        """The rules of today's edition."""
        return self.library.edition.ruleset

    def today(self) -> date:
        """The date in Greenwich."""
        return self.library.now().date()

    def edition(self, day: date | None) -> tuple[Edition, datetime]:
        """What is served on a day, on today for None, and the instant that it then is."""
        library = self._service(day).library
        return library.edition, library.now()

    def ask(self, day: date | None, path: str) -> Answer:
        """What the service of a day answers at a path. Nothing of the reader's request goes with the question."""
        answer = self._service(day).app.test_client().get(path)
        return Answer(answer.status_code, dict(answer.headers), answer.get_data())

    def changes(self, publisher: str, place: str, language: str) -> tuple[date, ...]:
        """The days from which readers in a place are told something else than on the day before, oldest first."""
        return self._changes(self.library.edition, publisher, place, language)

    def _service(self, day: date | None) -> _Service:
        return self._today if day is None else self._on(self.library.edition, day)

    def _made(self, edition: Edition, day: date) -> _Service:
        library = Library(
            self.library.watch.folder,
            lambda _: _Held(edition.ruleset),
            edition.grade,
            now=lambda: noon(day),
            counters=self.library.counters,
        )
        library.open()
        return _Service(library, create_app(library, _nowhere))

    @staticmethod
    def _searched(edition: Edition, publisher: str, place: str, language: str) -> tuple[date, ...]:
        ruleset = edition.ruleset
        reader = Reader(frozenset({UNKNOWN if place == ANYWHERE else ruleset.gazetteer.normal(place)}))
        found: list[date] = []
        said: str | None = None
        day = ruleset.history.changes[0] - timedelta(days=2) if ruleset.history.changes else None
        while day is not None:
            visit = Visit(publisher, Moment.at(noon(day)), reader, language)
            says = fragment(edition.compose(examine(ruleset, visit), language))
            if said is not None and says != said:
                found.append(day)
            said = says
            change = ruleset.next_change(noon(day))
            day = first_noon(change) if change is not None else None
        return tuple(found)


def noon(day: date) -> datetime:
    """The instant that stands for a day."""
    return datetime.combine(day, time(12), UTC)


def first_noon(instant: datetime) -> date:
    """The first day whose noon is not before an instant."""
    day = instant.astimezone(UTC).date()
    return day if noon(day) >= instant else day + timedelta(days=1)


def _nowhere(*_: object) -> frozenset[str]:
    """The demonstration looks no address up: a place is chosen."""
    return frozenset({UNKNOWN})
