"""Examination: the one public question, *what does this rule set say to this reader of this publisher?*

`examine` looks at every date that it is somewhere on earth and keeps the loudest answer, so a warning begins
early and ends late. The verdict is the law's; what is shown is the editor's (RULES.md section 2, lines 7 to 9).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from .act import NOT_STATED, Exposure
from .condition import Condition, Content, affirmed_places, cases
from .doubt import Doubt
from .moment import Moment
from .notice import Kind, Notice
from .place import UNKNOWN
from .publisher import Publisher
from .reader import NOBODY_IN_PARTICULAR, Reader
from .ruleset import RuleSet
from .situation import Situation, quick
from .truth import MAYBE, NO, YES, Truth, any_of
from .verdict import Shown, Verdict
from .wording import Wording
from .world import Axis, Table, TooManyWorlds, axes

UNIVERSAL_IN_FULL = 3
"""How many notices a reader of whom nothing is known sees in full where the publisher does not say which."""


class UnknownPublisher(LookupError):
    """A publisher that the rule set does not have."""


@dataclass(frozen=True, slots=True)
class Visit:
    """Who asks, for which page and when. `page_language` is the language asked for, not the one served."""

    publisher: str
    moment: Moment
    reader: Reader = NOBODY_IN_PARTICULAR
    page_language: str | None = None
    content: frozenset[str] | None = None
    act: str = ""


@dataclass(frozen=True, slots=True)
class Branch:
    """One node of a condition, how deep it stands, and its truth for this reader."""

    node: Condition
    depth: int
    truth: Truth


@dataclass(frozen=True, slots=True)
class Finding:
    """What one notice says to the reader.

    `doubts`: for `may_apply`, what it hangs on, most telling first; otherwise empty, but for the age of a reader to
    whom a duty is owed only while it is not determined. `nearby`: whether the reader
    is in one of the places that the law names. `cases`: the truth of each named case, where it was needed.
    `wordings`: whose texts may be used, the first that has the language and the verdict wins.
    """

    notice: Notice
    verdict: Verdict
    shown: Shown
    doubts: tuple[Doubt, ...] = ()
    nearby: Truth = NO
    cases: Mapping[str, Truth] = field(default_factory=dict)
    wordings: tuple[Wording, ...] = ()
    exposures: Mapping[str, Exposure] = field(default_factory=dict)
    branches: tuple[Branch, ...] = ()

    @property
    def subjects(self) -> frozenset[str]:
        """The doubts as a person would call them."""
        return frozenset(doubt.subject for doubt in self.doubts)


@dataclass(frozen=True, slots=True)
class Examination:
    """The findings of every notice that concerns the publisher, in the order of the page."""

    visit: Visit
    publisher: Publisher
    fingerprint: str
    findings: tuple[Finding, ...]

    @property
    def shown(self) -> tuple[Finding, ...]:
        """The findings that a page gets something of."""
        return tuple(finding for finding in self.findings if finding.shown is not Shown.NONE)


def examine(ruleset: RuleSet, visit: Visit, *, explain: bool = False) -> Examination:
    """What the rule set says; `explain` adds the truth of every branch. Raises only `UnknownPublisher`."""
    publisher = ruleset.publishers.get(visit.publisher)
    if publisher is None:
        raise UnknownPublisher
    findings: dict[str, Finding] = {}
    for notice in ruleset.notices.values():
        for day in ruleset.loudest(notice, publisher, visit.moment):
            ground = ruleset.ground(day)
            situation = Situation(ground, visit.reader, visit.page_language, visit.content, publisher.may_carry)
            finding = _find(ruleset, notice, publisher, situation, explain)
            if finding is not None:
                known = findings.get(notice.id)
                findings[notice.id] = finding if known is None else _louder(known, finding)
    held = _held_back(ruleset, publisher, visit, list(findings.values()))
    dated = [
        replace(found, exposures=found.notice.exposures(visit.moment.within(found.notice.zone).dates)) for found in held
    ]
    ordered = sorted(dated, key=lambda finding: _rank(finding, publisher, visit))
    return Examination(visit, publisher, ruleset.fingerprint, tuple(ordered))


def _find(
    ruleset: RuleSet, notice: Notice, publisher: Publisher, situation: Situation, explain: bool
) -> Finding | None:
    """One notice on one day, or None where it does not concern the publisher."""
    concerned = ruleset.concerned(notice, publisher, situation.content, situation.ground.day)
    if concerned is NO:
        return None
    own = publisher.own.get(notice.id)
    standing = Truth(notice.standing.at(situation.ground.day).loudness)
    truth = min(concerned, standing, quick(notice.applies_when, situation))
    doubts: tuple[Doubt, ...] = ()
    open_cases: dict[str, Truth] = {}
    branches: tuple[Branch, ...] = ()
    if truth is MAYBE or explain or (own is not None and truth is YES):
        try:
            listed = ruleset.listed(notice, publisher, situation.ground.day)
            truth, doubts, open_cases, branches = _exactly(notice, situation, listed, standing, explain)
        except TooManyWorlds:  # caution: nothing is ruled out, and whatever is asked may matter
            doubts = tuple(doubt for doubt in Doubt if doubt is not Doubt.NATIONALITY) if truth is MAYBE else ()
            open_cases = dict.fromkeys(cases(notice.applies_when), MAYBE)
    verdict = {NO: Verdict.DOES_NOT_APPLY, MAYBE: Verdict.MAY_APPLY, YES: Verdict.APPLIES}[truth]
    nearby = any_of(situation.located_in(name) for name in affirmed_places(notice.applies_when))
    wordings: tuple[Wording, ...] = (notice.wording,)
    if own is not None:
        spoken = _spoken(own, verdict, open_cases)
        wordings = (spoken, notice.wording) if spoken is not None else wordings
    shown = _shown(notice, publisher, verdict, nearby, situation)
    return Finding(notice, verdict, shown, doubts, nearby, open_cases, wordings, branches=branches)


def _exactly(
    notice: Notice, situation: Situation, listed: frozenset[frozenset[Doubt]], standing: Truth, explain: bool
) -> tuple[Truth, tuple[Doubt, ...], dict[str, Truth], tuple[Branch, ...]]:
    """The truth table: verdict, doubts and cases over every way in which what is not known could be."""
    carried = Content(names=notice.concerns.content)
    open_axes = axes([notice.applies_when, *([carried] if carried.names else [])], situation)
    bits = {("listed", doubt): doubt for way in listed for doubt in way}
    if standing is MAYBE:
        bits["standing", Doubt.LAW] = Doubt.LAW
    open_axes += [Axis(doubt, (False, True), (frozenset(), frozenset({key}))) for key, doubt in bits.items()]
    table = Table(situation, open_axes)
    seen: dict[int, int] = {}
    about = {NO: 0, MAYBE: table.bit(("standing", Doubt.LAW)), YES: table.everywhere}[standing]
    if carried.names:
        about &= table.leaf(carried)
    elif notice.concerns.register:
        ways = ([table.bit(("listed", doubt)) for doubt in way] for way in listed)
        about &= table.any_of([table.all_of(way) for way in ways])
    value = table.value(notice.applies_when, seen) & about
    verdict = table.truth(value)
    doubts = table.doubts(value) if verdict is MAYBE else ()
    table.determined = True
    if verdict is not NO and table.value(notice.applies_when) & about != value and Doubt.AGE not in doubts:
        doubts = (*doubts, Doubt.AGE)
    named = {name: table.truth(seen[id(node)]) for name, node in cases(notice.applies_when).items()}
    branches = tuple(_branches(notice.applies_when, seen, table)) if explain else ()
    return verdict, doubts, named, branches


def _branches(node: Condition, seen: Mapping[int, int], table: Table, depth: int = 0) -> Iterator[Branch]:
    yield Branch(node, depth, table.truth(seen[id(node)]))
    for part in node.parts:
        yield from _branches(part, seen, table, depth + 1)


def _spoken(own: Wording, verdict: Verdict, open_cases: Mapping[str, Truth]) -> Wording | None:
    """A publisher's own wording, reduced to the texts that speak for a case that is still open."""
    texts = {}
    for language, speeches in own.texts.items():
        speech = speeches.get(verdict)
        if speech is not None and (
            not speech.speaks_for or any(open_cases.get(case) is not NO for case in speech.speaks_for)
        ):
            texts[language] = {verdict: speech}
    return replace(own, texts=texts) if texts else None


def _shown(notice: Notice, publisher: Publisher, verdict: Verdict, nearby: Truth, situation: Situation) -> Shown:
    if verdict is Verdict.DOES_NOT_APPLY:
        return Shown.NONE
    if notice.kind is Kind.PUBLISHER_DUTY:
        return Shown.FULL if notice.id in publisher.carries else Shown.NONE
    if verdict is Verdict.APPLIES:
        return Shown.FULL
    unsure = YES if notice.warn_when_unsure is None else quick(notice.warn_when_unsure, situation)
    if max(nearby, unsure) is not NO:
        return Shown.FULL
    return Shown.NONE if publisher.hides else Shown.FOLDED


def _louder(known: Finding, other: Finding) -> Finding:
    """Two days of one notice: the louder verdict with its doubts, and whatever is open on either."""
    loud, quiet = (known, other) if known.verdict.loudness >= other.verdict.loudness else (other, known)
    doubts = loud.doubts
    if loud.verdict is quiet.verdict:
        doubts = tuple(dict.fromkeys((*loud.doubts, *quiet.doubts)))
    open_cases = {
        name: max(loud.cases.get(name, NO), quiet.cases.get(name, NO)) for name in (*loud.cases, *quiet.cases)
    }
    wordings = max(loud.wordings, quiet.wordings, key=len) if loud.verdict is quiet.verdict else loud.wordings
    return replace(
        loud,
        shown=max(loud.shown, quiet.shown, key=lambda shown: shown.loudness),
        doubts=doubts,
        nearby=max(loud.nearby, quiet.nearby),
        cases=open_cases,
        wordings=wordings,
    )


def _held_back(ruleset: RuleSet, publisher: Publisher, visit: Visit, findings: list[Finding]) -> list[Finding]:
    """For a reader of whose place nothing is known: the publisher's universal notices in full, the rest folded.

    Such a reader may be anywhere, so every law may be theirs; a page with all of them would be read by nobody.
    What certainly applies stays, and nothing is hidden.
    """
    if {ruleset.gazetteer.normal(place) for place in visit.reader.candidates} != {UNKNOWN}:
        return findings
    chosen = publisher.universal
    if chosen is None:
        open_risks = sorted(found.notice.id for found in findings if _is_open_risk(found))
        chosen = tuple(open_risks[:UNIVERSAL_IN_FULL])
    return [
        replace(found, shown=Shown.FULL if found.notice.id in chosen else Shown.FOLDED)
        if _is_open_risk(found)
        else found
        for found in findings
    ]


def _is_open_risk(found: Finding) -> bool:
    return found.notice.kind is Kind.READER_RISK and found.verdict is Verdict.MAY_APPLY


def _rank(finding: Finding, publisher: Publisher, visit: Visit) -> tuple[object, ...]:
    """The order of the page: what applies, then the reader's own place, then other laws, then what is folded."""
    universal = publisher.universal or ()
    place = universal.index(finding.notice.id) if finding.notice.id in universal else len(universal)
    return (
        -finding.shown.loudness,
        finding.notice.kind is Kind.PUBLISHER_DUTY,
        -finding.verdict.loudness,
        -finding.nearby if finding.shown is not Shown.NONE else 0,  # what nobody sees must not change the order
        -finding.exposures.get(visit.act, NOT_STATED).loudness,
        place,
        finding.notice.id,
    )
