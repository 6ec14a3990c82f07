"""Telling: what a publisher's page shows of one notice to every case of a space, as sets of cases.

The publisher's part of the meaning (RULES.md section 2, lines 7 to 9): whom the notice concerns, what is shown, whose
words are used, and how the dates of a moment are put together.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from ...law.doubt import Doubt
from ...law.notice import Kind
from ...law.publisher import Publisher
from ...law.standing import State
from ...law.verdict import Shown, Verdict
from .chart import Chart, Law
from .space import NOWHERE_KNOWN, Candidates, Space

Speaking: TypeAlias = tuple[tuple[str, Verdict, frozenset[str]], ...]
"""A publisher's own texts of a notice: language, verdict, and the cases for which each speaks."""


class Choices(NamedTuple):
    """Everything of a publisher on which it can depend what is told of one notice; equal ones tell the same.

    `universal`: whether a reader of whose place nothing is known gets the notice in full.
    """

    may_carry: frozenset[str]
    hides: bool
    carries: bool
    universal: bool
    own: Speaking

    @classmethod
    def of(cls, publisher: Publisher, notice: str) -> Choices:
        """A publisher's choices about a notice."""
        own = publisher.own.get(notice)
        speeches = () if own is None else tuple(
            (language, verdict, speech.speaks_for)
            for language, texts in sorted(own.texts.items())
            for verdict, speech in sorted(texts.items(), key=lambda text: text[0].loudness)
        )  # fmt: skip
        universal = publisher.universal is None or notice in publisher.universal
        return cls(publisher.may_carry, publisher.hides, notice in publisher.carries, universal, speeches)


CERTAINLY: frozenset[frozenset[Doubt]] = frozenset({frozenset()})
"""That a notice is about a publisher hangs on nothing."""


class View(NamedTuple):
    """A notice as it looks to a publisher on one date; `listed`: the ways in which it may be about the publisher."""

    law: Law
    listed: frozenset[frozenset[Doubt]]

    @property
    def key(self) -> Hashable:
        """What tells this view from another."""
        return id(self.law), self.listed


class Told(NamedTuple):
    """What a reader is told: the verdict and how much of it is shown."""

    verdict: Verdict
    shown: Shown

    @property
    def words(self) -> str:
        """The same in words."""
        if self.verdict is Verdict.DOES_NOT_APPLY:
            return "nothing"
        shown = {Shown.FULL: "in full", Shown.FOLDED: "folded", Shown.NONE: "not shown"}[self.shown]
        return f"{'applies' if self.verdict is Verdict.APPLIES else 'may apply'}, {shown}"


NOTHING = Told(Verdict.DOES_NOT_APPLY, Shown.NONE)


@dataclass(slots=True)
class Telling:
    """Sets of cases: of which the notice applies, may apply or applies (`open`), is shown in full, or at all.

    `own`: for each language, the cases told in the publisher's own words if they are shown in full;
    `doubts`: for each subject, the cases whose answer hangs on it.
    """

    space: Space
    sure: int = 0
    open: int = 0
    full: int = 0
    visible: int = 0
    own: dict[str, int] = field(default_factory=dict)
    doubts: dict[str, int] = field(default_factory=dict)

    def parts(self) -> Iterator[tuple[Told, int]]:
        """What is told, each with the cases that are told it; together all cases."""
        for verdict, cases in (
            (Verdict.APPLIES, self.sure),
            (Verdict.MAY_APPLY, self.open & ~self.sure),
        ):
            for shown, among in (
                (Shown.FULL, self.full),
                (Shown.FOLDED, self.visible & ~self.full),
                (Shown.NONE, ~self.visible),
            ):
                if found := cases & among:
                    yield Told(verdict, shown), found
        if nothing := self.space.all & ~self.open:
            yield NOTHING, nothing

    def same(self, other: Telling) -> int:
        """The cases that are told the same: verdict and shown."""
        differ = self.sure ^ other.sure | self.open ^ other.open | self.full ^ other.full | self.visible ^ other.visible
        return self.space.all & ~differ

    def with_(self, other: Telling) -> Telling:
        """Two dates of one moment: the louder verdict with its doubts and words, the louder shown."""
        alike = ~(self.sure ^ other.sure) & ~(self.open ^ other.open)
        louder = (self.sure & ~other.sure | self.open & ~other.open) & ~alike
        quieter = ~alike & ~louder
        spoken = _union(self.own)
        own = {
            language: mine & (louder | alike) | theirs & (quieter | alike & ~spoken)
            for language, mine, theirs in _both(self.own, other.own)
        }
        doubts = {
            subject: mine & (louder | alike) | theirs & (quieter | alike)
            for subject, mine, theirs in _both(self.doubts, other.doubts)
        }
        return Telling(
            self.space,
            self.sure | other.sure,
            self.open | other.open,
            self.full | other.full,
            self.visible | other.visible,
            own,
            doubts,
        )

    def chosen(self, cases: int) -> Telling:
        """The same for a reader of whose place nothing is known: what is open in full in some cases, else folded."""
        may = self.open & ~self.sure
        full = self.full & ~may | may & cases
        return Telling(self.space, self.sure, self.open, full, self.visible | may, self.own, self.doubts)


def tell(chart: Chart, view: View, choices: Choices, candidates: Candidates, *, hung: bool) -> Telling:
    """What one notice tells every case with these candidate places on one date; `hung` asks on what it hangs."""
    space = chart.space
    sure, possible = space.all, 0
    for place in candidates:
        sure, possible = sure & chart.sure[place], possible | chart.open[place]
    open_readings = {doubt.subject for way in view.listed for doubt in way}
    if view.law.state is State.IN_DOUBT:
        open_readings.add(Doubt.LAW.subject)
    if open_readings:
        sure = 0
    may = possible & ~sure
    if view.law.kind is Kind.PUBLISHER_DUTY:
        full = visible = possible if choices.carries else 0
    else:
        nearby = any(chart.nearby[place] for place in candidates)
        full = sure | (may if nearby else may & chart.unsure(candidates))
        visible = full if choices.hides else possible
    own: dict[str, int] = {}
    for language, verdict, speaks_for in choices.own:
        told = {Verdict.APPLIES: sure, Verdict.MAY_APPLY: may}.get(verdict, 0)
        if speaks_for:
            told &= _union({name: _open(chart, name, candidates) for name in speaks_for})
        own[language] = own.get(language, 0) | told
    doubts: dict[str, int] = {}
    if hung and len(candidates) == 1:
        doubts = {subject: told & may for subject, told in chart.doubts(*candidates).items()}
        doubts |= {subject: doubts.get(subject, 0) | may for subject in open_readings}
    return Telling(space, sure, possible, full, visible, own, doubts)


def told(
    views: Sequence[View],
    charts: Sequence[Chart],
    choices: Choices | None,
    space: Space,
    candidates: Candidates,
    *,
    doubts: bool = False,
) -> Telling:
    """What one notice tells every case over the dates of a moment."""
    whole: Telling | None = None
    if choices is not None:
        for view, chart in zip(views, charts, strict=True):
            day = tell(chart, view, choices, candidates, hung=doubts)
            whole = day if whole is None else whole.with_(day)
    if whole is None or choices is None:
        return Telling(space)
    if candidates == NOWHERE_KNOWN and views[0].law.kind is Kind.READER_RISK:
        whole = whole.chosen(space.all if choices.universal else 0)
    return whole


def _open(chart: Chart, name: str, candidates: Candidates) -> int:
    """The cases in which a named case of the law is not ruled out; one that the law does not have is none that is."""
    known = chart.open_cases.get(name)
    if known is None:
        return chart.space.all
    found = 0
    for place in candidates:
        found |= known[place]
    return found


def _both(one: dict[str, int], other: dict[str, int]) -> Iterator[tuple[str, int, int]]:
    for key in sorted(one.keys() | other.keys()):
        yield key, one.get(key, 0), other.get(key, 0)


def _union(sets: dict[str, int]) -> int:
    found = 0
    for each in sets.values():
        found |= each
    return found
