"""Edition: one rule set as it is served, with the answers that were prepared for a period between two changes.

Answers are kept by publisher, place class, language and form, and never by an address: what is kept is public law,
the same for everybody. The memory of a period is thrown away whole when the period or the rule set passes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

from ..law.act import NOT_STATED
from ..law.cases import Cases, Period, questions
from ..law.condition import Content, PageLanguage
from ..law.examination import Examination, Finding, UnknownPublisher, Visit, examine
from ..law.moment import Moment
from ..law.publisher import Publisher
from ..law.reader import Reader
from ..law.ruleset import RuleSet
from ..law.situation import covers
from ..law.verdict import Shown
from ..page import sheet
from ..page.grade import Grade, servable
from ..page.language import chain
from ..page.phrases import PHRASES
from ..page.sheet import Length, Sheet, compose
from . import body, measure
from .body import Body, Form

KEPT = 8192
"""How many answers of a period are kept; beyond that the memory starts anew."""

LOOKED_AHEAD = 8
"""How many changes ahead are searched for one that adds a risk; none found among so many counts as one."""


Handout = Callable[[Cases, Publisher, str, Grade, datetime], str]
"""What writes a text for the readers of a publisher in a language, at an instant."""


Voice = tuple[tuple[str, ...], tuple[str, ...] | None]
"""The languages that a text is looked for in, and what the rules are told of the page's language."""

Making = Callable[[Sheet, Visit, datetime | None], Body]
"""What writes a sheet down; the date is that of the next change that adds a risk for those who get it."""


class Unservable(Exception):
    """A rule set that must not be served; `reasons` says why, a sentence each."""

    def __init__(self, reasons: Collection[str]) -> None:
        super().__init__(f"{len(reasons)} reasons")
        self.reasons = tuple(reasons)


@dataclass(frozen=True, slots=True)
class _Prepared:
    """The answers of one period; `universal` are those that stand in when something of ours breaks.

    Until it is `warm` those are of the period or the rule set before.
    """

    period: Period
    universal: Mapping[tuple[str, str, Form], Body]
    warm: bool = False
    memory: dict[tuple[object, ...], Body] = field(default_factory=dict)

    def keep(self, key: tuple[object, ...], made: Body) -> Body:
        """Remember an answer to the end of the period."""
        if len(self.memory) >= KEPT:
            self.memory.clear()
        self.memory[key] = made
        return made

    def holds(self, instant: datetime) -> bool:
        start, end = self.period.start, self.period.end
        return (start is None or start <= instant) and (end is None or instant < end)


class Edition:
    """A rule set, its partition, and what is worked out once for it. Raises `Unservable`."""

    def __init__(self, ruleset: RuleSet, grade: Grade, instant: datetime, before: Edition | None = None) -> None:
        if not ruleset.publishers or not ruleset.notices:
            raise Unservable(["the rule set has no publisher or no notice"])
        if missing := servable(ruleset, grade):
            raise Unservable(missing)
        self.ruleset = ruleset
        self.grade = grade
        self.cases = Cases(ruleset)
        self.since = instant
        self.faults = 0
        self.languages = _languages(ruleset)
        """Every language in which something can be said."""
        self._asked_about = sorted(
            {name for notice in ruleset.notices.values() for leaf in questions(notice)
             if isinstance(leaf, PageLanguage) for name in leaf.names}
        )  # fmt: skip
        kept = before._prepared.universal if before else {}
        self._prepared: _Prepared = _Prepared(self.cases.period(instant), kept)

    @property
    def fingerprint(self) -> str:
        """The name of the rule set in every answer."""
        return self.ruleset.fingerprint

    @cached_property
    def size(self) -> int:
        """The length of every answer to a POST."""
        return measure.largest(self.ruleset, self.grade)

    @cached_property
    def tags(self) -> frozenset[str]:
        """Every content tag that a rule or a publisher names; any other would be a misspelt one."""
        named = {tag for publisher in self.ruleset.publishers.values() for tag in publisher.may_carry}
        for notice in self.ruleset.notices.values():
            named.update(notice.concerns.content)
            named.update(*(leaf.names for leaf in questions(notice) if isinstance(leaf, Content)))
        return frozenset(named)

    def body(
        self,
        publisher: str,
        candidates: Collection[str],
        instant: datetime,
        form: Form,
        length: Length = Length.FULL,
        *,
        language: str = "",
        page_language: str | None = None,
    ) -> Body:
        """What everybody is answered who may be in these places and asks in this language.

        Raises `UnknownPublisher`. `language` chooses the text, `page_language` is what the law is told; "" and None
        stand for not known.
        """

        def make(written: Sheet, _: Visit, louder_at: datetime | None) -> Body:
            return body.of_sheet(written, form, length, louder_at)

        return self.made(
            make, publisher, candidates, instant, (form, length), language=language, page_language=page_language
        )

    def made(
        self,
        make: Making,
        publisher: str,
        candidates: Collection[str],
        instant: datetime,
        sort: tuple[object, ...] = (),
        *,
        language: str = "",
        page_language: str | None = None,
    ) -> Body:
        """As `body`, in another form; `sort` tells apart what a function makes that is not always the same one."""
        prepared = self._at(instant)
        places = self.cases.places(Moment.at(instant)).of(candidates)
        key = (publisher, places, self.voice(publisher, language, page_language), *(sort or (make,)))
        kept = prepared.memory.get(key)
        if kept is None:
            visit = Visit(publisher, Moment.at(instant), Reader(places), page_language)
            examination = examine(self.ruleset, visit)
            written = self.compose(examination, language, prepared.period.end)
            kept = prepared.keep(key, make(written, visit, self._louder_at(examination, instant)))
        return kept

    def voice(self, publisher: str, language: str, page_language: str | None) -> Voice:
        """What languages come to for a publisher: two that have one voice are answered the same."""
        owner = self.ruleset.publishers.get(publisher)
        spoken = tuple(tag for tag in chain(language, owner) if tag in self.languages) if owner else ()
        if page_language is None:
            return spoken, None
        return spoken, tuple(name for name in self._asked_about if covers(name, page_language))

    def handout(self, make: Handout, publisher: str, instant: datetime, language: str) -> Body:
        """What everybody's browser may take away and decide with: a table or a page, the same for all readers.

        Raises `UnknownPublisher`.
        """
        owner = self.ruleset.publishers.get(publisher)
        if owner is None:
            raise UnknownPublisher(publisher)
        prepared = self._at(instant)
        spoken = next((tag for tag in chain(language, owner) if tag in self.languages), "en")
        key = (make, publisher, spoken)
        kept = prepared.memory.get(key)
        if kept is None:
            text = make(self.cases, owner, spoken, self.grade, instant)
            end = prepared.period.end
            kept = prepared.keep(key, body.of_text(text, spoken, end))
        return kept

    def record(self, visit: Visit, instant: datetime, language: str) -> Body:
        """The answer to one reader's facts; nothing of it is kept."""
        examination = examine(self.ruleset, visit)
        written = self.compose(examination, language, self._at(instant).period.end)
        return body.of_sheet(written, Form.JSON, Length.FULL)

    def compose(self, examination: Examination, language: str, next_change: datetime | None = None) -> Sheet:
        """The sheet for an examination, under the grade that is served."""
        return compose(self.ruleset, examination, language, self.grade, next_change)

    def fallback(self, publisher: str, language: str, form: Form) -> Body:
        """What a publisher's readers get when something of ours breaks: its last good answer for everybody."""
        owner = self.ruleset.publishers.get(publisher)
        if owner is not None:
            for tag in chain(language, owner):
                kept = self._prepared.universal.get((publisher, tag, form))
                if kept is not None:
                    return kept
        return self.anonymous(language, form)

    @staticmethod
    def anonymous(language: str, form: Form) -> Body:
        """A conditional text that names no one."""
        return body.of_block(sheet.anonymous(language), form)

    def warm(self, instant: datetime) -> None:
        """Prepare what stands in when something of ours breaks, and the one length of answers about a reader.

        Nothing is done twice in a period, and the length once for a rule set: nobody is to wait for it.
        """
        _ = self.size
        prepared = self._at(instant)
        if prepared.warm:
            return
        universal: dict[tuple[str, str, Form], Body] = {}
        for publisher in self.ruleset.publishers.values():
            examination: Examination | None = None
            with self._broken():
                examination = examine(self.ruleset, Visit(publisher.id, prepared.period.moment))
            for tag in dict.fromkeys([*publisher.languages, "en"]):
                for form in (Form.HTML, Form.TEXT):
                    key = (publisher.id, tag, form)
                    found = self._universal(publisher, tag, form, examination) or prepared.universal.get(key)
                    if found is not None:
                        universal[key] = found
        self._prepared = replace(prepared, universal=universal, warm=True)

    def _at(self, instant: datetime) -> _Prepared:
        prepared = self._prepared
        if not prepared.holds(instant):
            prepared = self._prepared = _Prepared(self.cases.period(instant), prepared.universal)
        return prepared

    def _universal(self, publisher: Publisher, tag: str, form: Form, examination: Examination | None) -> Body | None:
        """What a reader of whom nothing is known gets, else the publisher's own universal text."""
        if examination is not None and examination.shown:
            with self._broken():
                return body.of_sheet(self.compose(examination, tag), form, Length.FULL)
        found = sheet.universal(publisher, self.fingerprint, tag)
        return body.of_block(found[1], form, publisher) if found else None

    @contextmanager
    def _broken(self) -> Iterator[None]:
        """One publisher's page that cannot be built must not keep the others from theirs."""
        try:
            yield
        except Exception:
            self.faults += 1

    def _louder_at(self, now: Examination, instant: datetime) -> datetime | None:
        """The next change after which these readers are told of something that they are not told of now."""
        known = {finding.notice.id: finding for finding in now.findings}
        change: datetime | None = instant
        for _ in range(LOOKED_AHEAD):
            change = self.ruleset.next_change(change) if change else None
            if change is None:
                return None
            later = examine(self.ruleset, replace(now.visit, moment=Moment.at(change)))
            if any(_louder(known.get(finding.notice.id), finding) for finding in later.findings):
                return change
        return change


def _louder(known: Finding | None, later: Finding) -> bool:
    if later.shown is Shown.NONE:
        return False
    if known is None or known.shown.loudness < later.shown.loudness or known.verdict.loudness < later.verdict.loudness:
        return True
    return any(
        exposure.loudness > known.exposures.get(act, NOT_STATED).loudness for act, exposure in later.exposures.items()
    )


def _languages(ruleset: RuleSet) -> frozenset[str]:
    """Every language in which something can be said; no other makes a difference to a page."""
    found = {"en", *PHRASES}
    for notice in ruleset.notices.values():
        found.update(notice.title, notice.wording.languages)
    for publisher in ruleset.publishers.values():
        found.update(publisher.languages, publisher.name, publisher.universal_text, publisher.fallback)
        found.update(*publisher.fallback.values(), *(own.languages for own in publisher.own.values()))
    return frozenset(found)
