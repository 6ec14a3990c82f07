"""Agenda: what legal staff have to read again, and by when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from ..law.calendar import Calendar
from ..law.citation import Citations, Review
from ..law.condition import During, walk
from ..law.position import NOWHERE, Position
from ..law.ruleset import RuleSet

CITATION_HOLDS = timedelta(days=365)
"""How long a look at a source holds before the source is to be opened again."""
_DAY = timedelta(days=1)


class Matter(Enum):
    """Why something is due; a draft and what is not approved are standing matters, never overdue by themselves."""

    REVIEW = "review"
    REGISTER = "register"
    CALENDAR = "calendar"
    CITATION = "citation"
    DRAFT = "draft"
    TRANSLATION = "translation"
    NOT_APPROVED = "not approved"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to do: what, in which file, for which role, by which day (None: whenever counsel can)."""

    matter: Matter
    file: str
    at: Position
    by: str
    day: date | None
    what: str

    def overdue(self, today: date) -> bool:
        """Whether its day is past."""
        return self.day is not None and self.day < today

    def __str__(self) -> str:
        when = f"by {self.day}" if self.day else "no date"
        return f"{self.at if self.at is not NOWHERE else self.file}: {self.what} ({when}; {self.by or 'nobody named'})"


def agenda(ruleset: RuleSet, today: date, within: timedelta = timedelta()) -> list[Item]:
    """Everything due by `today + within`, and what has no date; the oldest first, then by file."""
    last = today + within
    found = [item for item in _items(ruleset) if item.day is None or item.day <= last]
    return sorted(found, key=lambda item: (item.day or date.max, item.file, item.at, item.what))


def _items(ruleset: RuleSet) -> Iterator[Item]:
    for kind, things in (
        ("notices", ruleset.notices),
        ("registers", ruleset.registers),
        ("territories", ruleset.territories),
        ("publishers", ruleset.publishers),
        ("units", ruleset.units),
        ("calendars", ruleset.calendars),
    ):
        for id, thing in things.items():
            yield from _reviewed(f"{kind}/{id}.yaml", thing.review, thing.citations, kind in ("notices", "publishers"))
    for id, register in ruleset.registers.items():
        if register.stale_after is not None:
            day = register.checked + register.stale_after
            by = register.review.by if register.review else ""
            what = f"the list of {register.kept_by} was last checked on {register.checked}"
            yield Item(Matter.REGISTER, f"registers/{id}.yaml", register.at, by, day, what)
    for id, calendar in ruleset.calendars.items():
        by = calendar.review.by if calendar.review else ""
        what = f"its days are known until {calendar.known_until}, and what is asked of it is in doubt from {{}} on"
        day = _doubted(ruleset, calendar)
        yield Item(Matter.CALENDAR, f"calendars/{id}.yaml", calendar.at, by, day - _DAY, what.format(day))
    for id, notice in ruleset.notices.items():
        drafts = [tag for tag, texts in notice.wording.texts.items() if any(text.draft for text in texts.values())]
        if drafts:
            by = notice.review.by if notice.review else ""
            what = f"a native editor has not read {', '.join(drafts)}"
            yield Item(Matter.DRAFT, f"notices/{id}.yaml", notice.at, by, None, what)


def _doubted(ruleset: RuleSet, calendar: Calendar) -> date:
    """The first day on which some law may be near a day of a calendar that is not known."""
    asked = (node for notice in ruleset.notices.values() for node in walk(notice.applies_when))
    first = (node.first for node in asked if isinstance(node, During) and node.calendar == calendar.id)
    return calendar.known_until + _DAY + timedelta(days=min(0, min(first, default=0)))


def _reviewed(file: str, review: Review | None, citations: Citations, approvable: bool) -> Iterator[Item]:
    by = review.by if review else ""
    if review is not None:
        yield Item(Matter.REVIEW, file, review.at, by, review.next, f"last reviewed on {review.last}")
        if approvable and not review.approved:
            yield Item(Matter.NOT_APPROVED, file, review.at, by, None, "not approved by counsel")
    for citation in citations:
        day = citation.checked + CITATION_HOLDS
        what = f'the source "{citation.title}" was last opened on {citation.checked}'
        yield Item(Matter.CITATION, file, citation.at, by, day, what)
