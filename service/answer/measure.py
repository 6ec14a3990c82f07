"""Measure: the one length of every answer to a POST, so that the length tells nothing of the verdict.

It is worked out from the rule set: for each publisher the sum of every notice that may concern its pages, each with
the longest of its texts in its longest language, in full and in the folded line as well. A real answer has each
notice in one of the two ways. What a page declares of its content counts with the longest tags that it may declare.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import product

from ..law.act import Exposure
from ..law.doubt import Doubt
from ..law.examination import Examination, Finding, Visit
from ..law.moment import Moment
from ..law.notice import Notice
from ..law.publisher import Publisher
from ..law.ruleset import RuleSet
from ..law.truth import NO
from ..law.verdict import Shown, Verdict
from ..page.grade import Grade
from ..page.html import fragment
from ..page.plain import text
from ..page.record import exposure_record, written
from ..page.sheet import Sheet, compose

STEP = 1 << 12
"""The length is a multiple of this many bytes."""

ROOM = 1 << 13
"""Bytes for the longest problem document, and for what could be longer beside the notices than was thought of."""

_LATEST = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)


MOST_TAGS = 8
"""How many tags a page may declare: were it any number, every answer would be as long as the whole library."""


def largest(ruleset: RuleSet, grade: Grade) -> int:
    """Bytes that any answer of a rule set fits into, a multiple of `STEP`."""
    named = max(ruleset.publishers.values(), key=lambda one: max(map(len, one.name.values())), default=None)
    if named is None:
        return -(-ROOM // STEP) * STEP
    measured: dict[str, int] = {}

    def bytes_of(notice: Notice, publisher: Publisher) -> int:
        """What a notice takes; unless a publisher words or fills it, as much as before the longest name."""
        if notice.prescribed is not None or notice.id in publisher.own:
            return _largest(ruleset, notice, publisher, grade)
        if notice.id not in measured:
            measured[notice.id] = _largest(ruleset, notice, named, grade)
        return measured[notice.id]

    most = max(_page(ruleset, publisher, bytes_of) for publisher in ruleset.publishers.values())
    return -(-(most + ROOM) // STEP) * STEP


def _page(ruleset: RuleSet, publisher: Publisher, bytes_of: Callable[[Notice, Publisher], int]) -> int:
    """Bytes of everything that may stand on a publisher's page at once."""
    days, always, by_tag = (date.min, *ruleset.history.changes), 0, Counter[str]()
    for notice in ruleset.notices.values():
        if notice.prescribed is not None and notice.id not in publisher.carries:
            continue
        tags = notice.concerns.content
        if tags and publisher.may_carry.isdisjoint(tags):
            by_tag.update(dict.fromkeys(tags, bytes_of(notice, publisher)))
        elif tags or any(ruleset.concerned(notice, publisher, None, day) is not NO for day in days):
            always += bytes_of(notice, publisher)
    return always + sum(size for _, size in by_tag.most_common(MOST_TAGS))


def _largest(ruleset: RuleSet, notice: Notice, publisher: Publisher, grade: Grade) -> int:
    """Bytes of a notice on a page of its own, with all that stands around it, in its longest language."""
    languages = (publisher.languages[0], *notice.wording.languages)

    def words(question: tuple[str, Finding]) -> int:
        language, found = question
        speeches = (wording.speech(tag, found.verdict) for wording in found.wordings for tag in ("en", language))
        return sum(len(speech.text.encode()) for speech in speeches if speech)

    asked = list(product(dict.fromkeys(languages), _findings(notice, publisher)))
    sizes = []
    for language, found in asked if notice.prescribed else [max(asked, key=words)]:
        full = _sheet(ruleset, publisher, [found], language, grade)
        folded = _sheet(ruleset, publisher, [replace(found, shown=Shown.FOLDED)], language, grade)
        # Twice, because JSON writes quotation marks and line ends with a backslash before them.
        sizes.append(len(written(full).encode()) + 2 * len((fragment(folded) + text(folded)).encode()))
    return max(sizes)


def _findings(notice: Notice, publisher: Publisher) -> Iterator[Finding]:
    """The notice with either verdict, in the publisher's own words or in its own."""
    own = publisher.own.get(notice.id)
    exposures = {act: max(timeline.values, key=_bulk) for act, timeline in notice.acts.items()}
    for verdict in (Verdict.APPLIES, Verdict.MAY_APPLY):
        for wordings in ((own, notice.wording), (notice.wording,)) if own else ((notice.wording,),):
            for version in notice.prescribed.versions if notice.prescribed else (None,):
                then = replace(notice, prescribed=replace(version, later=()) if version else None)
                yield Finding(then, verdict, Shown.FULL, tuple(Doubt), wordings=wordings, exposures=exposures)


def _sheet(ruleset: RuleSet, publisher: Publisher, findings: Sequence[Finding], language: str, grade: Grade) -> Sheet:
    every = Moment((*ruleset.history.changes, _LATEST.date()))  # the texts of all orders that there ever were
    visit = Visit(publisher.id, every)
    examination = Examination(visit, publisher, ruleset.fingerprint, tuple(findings))
    return compose(ruleset, examination, language, grade, _LATEST)


def _bulk(exposure: Exposure) -> int:
    return len(str(exposure_record(exposure)))
