"""Grade: how much checking a wording needs before it may be served. It limits the wording, never the warning."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from enum import Enum

from ..law.notice import Kind, Notice
from ..law.publisher import Publisher
from ..law.ruleset import RuleSet
from ..law.truth import NO
from ..law.verdict import Verdict
from ..law.wording import Speech, Wording
from .language import chain


class Grade(Enum):
    """`sourced`: every statement names its source. `approved`: counsel approved the text as well."""

    SOURCED = "sourced"
    APPROVED = "approved"

    def admits(self, wording: Wording) -> bool:
        """Whether an author's texts may be served."""
        return self is Grade.SOURCED or wording.approved


def grade_of(wording: Wording) -> Grade:
    """The grade that a wording has."""
    return Grade.APPROVED if wording.approved else Grade.SOURCED


def stand_in(publisher: Publisher, languages: Sequence[str]) -> tuple[str, Speech] | None:
    """The publisher's own universal text, in the first language that has it; a draft is none."""
    for language in languages:
        speech = publisher.universal_text.get(language)
        if speech is not None and not speech.draft:
            return language, speech
    return None


def servable(ruleset: RuleSet, grade: Grade) -> tuple[str, ...]:
    """What is missing before a rule set may be served under a grade, a sentence each; empty if nothing is.

    A notice needs English texts of the grade for both verdicts, or the publisher a universal text in its stead.
    """
    return tuple(_missing(ruleset, grade))


def may_concern(ruleset: RuleSet, notice: Notice, publisher: Publisher) -> bool:
    """Whether a notice is or may be about a publisher's pages on any day, whatever they carry."""
    tags = frozenset(notice.concerns.content) or None
    return any(ruleset.concerned(notice, publisher, tags, day) is not NO for day in _days(ruleset))


def _missing(ruleset: RuleSet, grade: Grade) -> Iterator[str]:
    for notice in ruleset.notices.values():
        if notice.kind is Kind.PUBLISHER_DUTY or _speaks(notice, grade):
            continue
        for publisher in ruleset.publishers.values():
            if stand_in(publisher, chain("", publisher)) is None and may_concern(ruleset, notice, publisher):
                yield (
                    f"{publisher.id}: {notice.id} has no {grade.value} wording, "
                    "and the publisher has no universal text to stand in for it"
                )


def _speaks(notice: Notice, grade: Grade) -> bool:
    return grade.admits(notice.wording) and all(
        notice.wording.speech("en", verdict) is not None for verdict in (Verdict.APPLIES, Verdict.MAY_APPLY)
    )


def _days(ruleset: RuleSet) -> list[date]:
    """One day of every edition of the law."""
    changes = ruleset.history.changes
    return [changes[0] - timedelta(days=1), *changes] if changes else [date(2000, 1, 1)]
