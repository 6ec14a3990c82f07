"""Proof: three promises of a rule set, kept for every reader whom it can tell apart.

Learning a fact never overturns a certain verdict. Nobody who may be in one of a law's places is left with less
than the full warning, nor anybody to whom it certainly applies; only of a reader of whose place nothing is known a
publisher may choose which notices stand in full. Every text that is shown exists in English, and where it is the
publisher's own it speaks for every case that is still open, or the publisher says which it leaves out.

Readers with one candidate place are walked: with several, the verdict is what those of each have in common.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from ...law.cases import Cases
from ...law.condition import UnlessDetermined, affirmed_places, cases, walk
from ...law.examination import Examination, Finding, Visit, examine
from ...law.moment import Moment
from ...law.notice import Kind, Notice
from ...law.place import UNKNOWN
from ...law.publisher import Publisher
from ...law.ruleset import RuleSet
from ...law.truth import NO
from ...law.verdict import Shown, Verdict
from ...law.wording import Speech
from ...page.label import printed
from ...page.language import chain, shorter
from ..examples.example_text import reader_text
from ..examples.scene import NOTHING_SAID, Outlook, alone, size
from .learning import Key, Learning
from .promise import Gap, Missed, Promise, Untranslated

Ask: TypeAlias = Callable[[RuleSet, Visit], Examination]
"""An engine: the one that serves readers, or another that is to be shown to be unsafe."""


@dataclass(frozen=True, slots=True)
class Proof:
    """The outcome: how many readers that differ were asked about, and for how many of them a promise is broken."""

    readers: int
    missed_readers: int
    fingerprint: str
    missed: tuple[Missed, ...] = ()
    gaps: tuple[Gap, ...] = ()
    untranslated: tuple[Untranslated, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether every promise is kept for everybody."""
        return not self.missed

    def __str__(self) -> str:
        return f"{self.readers:,} readers that differ, {self.missed_readers:,} missed; rule set {self.fingerprint}"

    def lines(self) -> Iterator[str]:
        """What is wrong, the declared gaps, and the sum, for people."""
        yield from map(str, self.missed)
        yield from (f"gap declared: {gap}" for gap in self.gaps)
        yield from (f"not translated: {one}" for one in self.untranslated)
        yield str(self)

    def as_data(self) -> dict[str, object]:
        """The same for machines."""
        return {
            "ruleset": self.fingerprint,
            "readers": self.readers,
            "missed_readers": self.missed_readers,
            "missed": [
                {"promise": one.promise.value, "notice": one.notice, "publisher": one.publisher, "what": one.what,
                 "readers": one.readers, "days": one.days, "reader": one.reader}
                for one in self.missed
            ],
            "gaps": [
                {"publisher": gap.publisher, "notice": gap.notice, "language": gap.language,
                 "verdict": gap.verdict.value, "leaves_out": list(gap.cases), "reason": gap.reason}
                for gap in self.gaps
            ],
            "untranslated": [
                {"publisher": one.publisher, "notice": one.notice, "language": one.language, "instead": one.instead}
                for one in self.untranslated
            ],
        }  # fmt: skip


def prove(ruleset: RuleSet, ask: Ask = examine) -> Proof:
    """Ask an engine about every case of every notice, for every publisher, in all of time.

    Publishers and periods before which a notice says the same to everybody are walked once.
    """
    books = [_Book(ruleset, id, ask) for id in sorted(ruleset.notices)]
    for book in books:
        book.walk()
    return Proof(
        sum(book.readers for book in books),
        sum(book.missed_readers for book in books),
        ruleset.fingerprint,
        tuple(missed for book in books for missed in book.missed()),
        tuple(gap for book in books for gap in book.gaps()),
        tuple(dict.fromkeys(one for book in books for one in book.untranslated)),
    )


@dataclass(slots=True)
class _Tally:
    """How many readers a promise is broken for in one way, and the one of whom least is known."""

    first: Visit
    readers: int = 0


class _Book:
    """What was found of one notice."""

    def __init__(self, ruleset: RuleSet, id: str, ask: Ask) -> None:
        self.whole, self.ask = ruleset, ask
        self.cut = alone(ruleset, id)
        self.notice: Notice = self.cut.notices[id]
        self.lands = affirmed_places(self.notice.applies_when)
        self._supposes = any(isinstance(node, UnlessDetermined) for node in walk(self.notice.applies_when))
        self.readers = self.missed_readers = 0
        self.untranslated: list[Untranslated] = []
        self._broken: dict[tuple[Promise, str, str], _Tally] = {}
        self._gaps: dict[tuple[str, str, Verdict], tuple[set[str], Speech]] = {}

    def walk(self) -> None:
        """Ask about every case once."""
        outlook, partition = Outlook(self.cut, self.notice.id), Cases(self.cut)
        alike: dict[object, tuple[Moment, list[Publisher]]] = {}
        for period in partition.periods:
            days = self.cut.history.dates(period.moment)
            for publisher in self.whole.publishers.values():
                views = frozenset(outlook.view(publisher, day) for day in days) - {NOTHING_SAID}
                if views:
                    key = views, id(publisher.own.get(self.notice.id)), id(publisher.slots.get(self.notice.id))
                    alike.setdefault(key, (period.moment, []))[1].append(publisher)
        for moment, publishers in alike.values():
            self._walk(Learning(partition, self.notice, publishers[0], moment), publishers)

    def _walk(self, learning: Learning, publishers: list[Publisher]) -> None:
        found: dict[Key, Finding | None] = {}
        for visit in learning.visits:
            found[learning.key(visit)] = self._find(visit)
        texts: dict[frozenset[str], None] = {}
        for visit in learning.visits:
            finding = found[learning.key(visit)]
            broken = [
                *self._overturned(finding, (found[learning.key(step)] for step in learning.steps(visit))),
                *self._unwarned(visit, finding),
                *self._unspoken(visit, finding),
            ]
            self.readers += 1
            self.missed_readers += bool(broken)
            for promise, what in broken:
                self._record(promise, what, visit)
            if finding is not None and finding.shown is Shown.FULL:
                texts[_languages(finding)] = None
        if self.notice.kind is Kind.READER_RISK:
            for publisher in dict.fromkeys(one.id for one in publishers):
                self._translate(self.whole.publishers[publisher], texts)

    def _find(self, visit: Visit) -> Finding | None:
        """What the engine says; of a reader whose place is unknown it depends on the other notices what is shown."""
        asked = self.whole if visit.reader.candidates == {UNKNOWN} else self.cut
        findings = self.ask(asked, visit).findings
        return next((found for found in findings if found.notice.id == self.notice.id), None)

    def _record(self, promise: Promise, what: str, visit: Visit) -> None:
        tally = self._broken.setdefault((promise, visit.publisher, what), _Tally(visit))
        tally.readers += 1
        if size(visit) < size(tally.first):
            tally.first = visit

    def _overturned(self, finding: Finding | None, learnt: Iterable[Finding | None]) -> Iterator[tuple[Promise, str]]:
        verdict = _verdict(finding)
        if verdict is Verdict.MAY_APPLY:
            return
        if verdict is Verdict.APPLIES and finding and finding.doubts and self._supposes:
            return  # `unless_determined` holds until it is known, and keeps its doubt
        for other in {_verdict(one) for one in learnt} - {verdict}:
            yield Promise.LEARNING, f"{verdict.value} becomes {other.value} when one more fact is known"

    def _unwarned(self, visit: Visit, finding: Finding | None) -> Iterator[tuple[Promise, str]]:
        if finding is None or self.notice.kind is not Kind.READER_RISK:
            return
        verdict, shown = finding.verdict, finding.shown
        if verdict is Verdict.DOES_NOT_APPLY or shown is Shown.FULL:
            return
        if verdict is Verdict.APPLIES:
            yield Promise.WARNED, f"it applies and is shown {shown.value}"
        elif visit.reader.candidates == {UNKNOWN}:
            if shown is Shown.NONE:
                yield Promise.WARNED, "it may apply to a reader of whom nothing is known and is not shown at all"
        elif self._near(visit):
            yield Promise.WARNED, f"it may apply to somebody who may be in the law's place and is shown {shown.value}"

    def _near(self, visit: Visit) -> bool:
        """Whether a reader is or may be in one of the law's places, on a date that it is somewhere."""
        grounds = [self.cut.ground(day) for day in self.cut.history.dates(visit.moment)]
        places = visit.reader.candidates
        return any(ground.holds(name, place) is not NO for ground in grounds for name in self.lands for place in places)

    def _unspoken(self, visit: Visit, finding: Finding | None) -> Iterator[tuple[Promise, str]]:
        if finding is None or finding.shown is not Shown.FULL:
            return
        if self.notice.kind is Kind.PUBLISHER_DUTY:
            yield from self._unfilled(visit)
            return
        verdict = finding.verdict
        english = _spoken(finding, "en")
        if english is None or english[0].draft:
            yield Promise.SPEAKS, f"there is no English text for {verdict.value}" + (" but a draft" if english else "")
        still_open = {case for case, truth in finding.cases.items() if truth is not NO}
        for language in sorted(_languages(finding)):
            spoken = _spoken(finding, language)
            if spoken is None or not spoken[1]:
                continue
            silent = still_open - spoken[0].speaks_for
            for case in sorted(silent - spoken[0].leaves_out):
                yield Promise.SPEAKS, f"the publisher's {language} text for {verdict.value} is silent on {case}"
            if declared := silent & spoken[0].leaves_out:
                gap = self._gaps.setdefault((visit.publisher, language, verdict), (set(), spoken[0]))
                gap[0].update(declared)

    def _unfilled(self, visit: Visit) -> Iterator[tuple[Promise, str]]:
        prescribed = self.notice.prescribed
        publisher = self.whole.publishers[visit.publisher]
        dates = visit.moment.within(self.notice.zone).dates
        if prescribed and not printed(self.notice, publisher, self.whole, dates, chain("", publisher)):
            yield Promise.SPEAKS, "nothing is printed of it: an order or the publisher's file does not word it"
        filled = self.whole.publishers[visit.publisher].slots.get(self.notice.id, {})
        for slot in prescribed.fields if prescribed else ():
            if not filled.get(slot):
                yield Promise.SPEAKS, f"the prescribed text has nothing in its slot {slot}"
        if prescribed is None:
            yield Promise.SPEAKS, "there is no prescribed text"

    def _translate(self, publisher: Publisher, texts: Iterable[frozenset[str]]) -> None:
        for said in texts:
            for language in publisher.languages:
                meant = {*shorter(language), *publisher.fallback.get(language, ())}
                instead = next((tag for tag in chain(language, publisher) if tag in said), None)
                if instead is not None and instead not in meant:
                    self.untranslated.append(Untranslated(publisher.id, self.notice.id, language, instead))

    def missed(self) -> Iterator[Missed]:
        """The broken promises."""
        for (promise, publisher, what), tally in self._broken.items():
            dates = tally.first.moment.dates
            days = " to ".join(dict.fromkeys((str(dates[0]), str(dates[-1]))))
            yield Missed(promise, self.notice.id, publisher, what, tally.readers, days, reader_text(tally.first))

    def gaps(self) -> Iterator[Gap]:
        """What publishers declare that their own texts leave out, where it is open for somebody."""
        order = cases(self.notice.applies_when)
        for (publisher, language, verdict), (left_out, speech) in self._gaps.items():
            named = tuple(case for case in order if case in left_out)
            yield Gap(publisher, self.notice.id, language, verdict, named, speech.reason)


def _verdict(finding: Finding | None) -> Verdict:
    return Verdict.DOES_NOT_APPLY if finding is None else finding.verdict


def _languages(finding: Finding) -> frozenset[str]:
    """The languages in which there is a text for a finding."""
    return frozenset(
        language
        for wording in finding.wordings
        for language in wording.texts
        if wording.speech(language, finding.verdict) is not None
    )


def _spoken(finding: Finding, language: str) -> tuple[Speech, bool] | None:
    """The text that is used in a language, and whether it is the publisher's own."""
    for wording in finding.wordings:
        speech = wording.speech(language, finding.verdict)
        if speech is not None:
            return speech, wording is not finding.notice.wording
    return None
