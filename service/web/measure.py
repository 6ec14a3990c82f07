"""Measure: the one length of every answer to a POST, so that the length tells nothing of the verdict.

It is worked out from the rule set: a page on which every notice that may concern a publisher stands with the longest
of its texts, and the folded line with every title as well. A real answer has each notice in one of the two ways.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from ..law.act import Exposure
from ..law.doubt import Doubt
from ..law.examination import Examination, Finding, Visit
from ..law.moment import Moment
from ..law.notice import Notice
from ..law.publisher import Publisher
from ..law.ruleset import RuleSet
from ..law.verdict import Shown, Verdict
from ..page.grade import Grade, may_concern
from ..page.html import fragment
from ..page.plain import text
from ..page.record import exposure_record, written
from ..page.sheet import Sheet, compose

STEP = 1 << 12
"""The length is a multiple of this many bytes."""

ROOM = 1 << 10
"""Bytes for the longest problem document, and for what could be longer beside the notices than was thought of."""

_LATEST = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)


def largest(ruleset: RuleSet, grade: Grade) -> int:
    """Bytes that any answer of a rule set fits into, a multiple of `STEP`."""
    most = max((_largest(ruleset, publisher, grade) for publisher in ruleset.publishers.values()), default=0)
    return -(-(most + ROOM) // STEP) * STEP


def _largest(ruleset: RuleSet, publisher: Publisher, grade: Grade) -> int:
    notices = [
        notice
        for notice in ruleset.notices.values()
        if (notice.prescribed is None or notice.id in publisher.carries) and may_concern(ruleset, notice, publisher)
    ]
    sizes = [0]
    for language in {"", *publisher.languages, *(tag for notice in notices for tag in notice.wording.languages)}:

        def words(found: Finding, language: str = language) -> int:
            sheet = _sheet(ruleset, publisher, [found], language, grade)
            return sum(len(passage.plain.encode()) for item in sheet.items for passage in item.passages)

        longest = [max(_findings(notice, publisher), key=words) for notice in notices]
        full = _sheet(ruleset, publisher, longest, language, grade)
        held = [replace(found, shown=Shown.FOLDED) for found in longest]
        folded = _sheet(ruleset, publisher, held, language, grade)
        # Twice, because JSON writes quotation marks and line ends with a backslash before them.
        sizes.append(len(written(full).encode()) + 2 * len((fragment(folded) + text(folded)).encode()))
    return max(sizes)


def _findings(notice: Notice, publisher: Publisher) -> Iterator[Finding]:
    """The notice with either verdict, in the publisher's own words or in its own."""
    own = publisher.own.get(notice.id)
    exposures = {act: max(timeline.values, key=_bulk) for act, timeline in notice.acts.items()}
    for verdict in (Verdict.APPLIES, Verdict.MAY_APPLY):
        for wordings in ((own, notice.wording) if own else (notice.wording,), (notice.wording,)):
            yield Finding(notice, verdict, Shown.FULL, tuple(Doubt), wordings=wordings, exposures=exposures)


def _sheet(ruleset: RuleSet, publisher: Publisher, findings: Sequence[Finding], language: str, grade: Grade) -> Sheet:
    visit = Visit(publisher.id, Moment((_LATEST.date(),)))
    examination = Examination(visit, publisher, ruleset.fingerprint, tuple(findings))
    return compose(ruleset, examination, language, grade, _LATEST)


def _bulk(exposure: Exposure) -> int:
    return len(str(exposure_record(exposure)))
