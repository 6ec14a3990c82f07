"""Timeline: what readers of whom only the place is known were told of a notice, from day to day.

Each notice is asked alone, with its own partition of places and its own changes, because one notice sees far fewer
differences than all together. Only what the page makes of all findings is left out: which notices a reader of whom
nothing is known sees in full.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import groupby
from typing import TypeAlias

from ..law.cases import Atlas, Cases, Places, named_places, questions
from ..law.condition import Content, Naming, PageLanguage, leaves
from ..law.examination import Finding, Visit, examine
from ..law.moment import Moment
from ..law.notice import Notice
from ..law.place import UNKNOWN
from ..law.publisher import Publisher
from ..law.reader import Reader
from ..law.ruleset import RuleSet
from ..page.label import printed
from ..page.language import chain

SINCE = date(2015, 1, 1)
"""The first day of the slider."""

UNDECLARED, OTHERWISE = "", "*"
"""Content that was not declared; and content that was, and of which a notice does not speak."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a notice came to: the words of the engine, and the English text with the publisher's name left open."""

    verdict: str
    shown: str
    doubts: tuple[str, ...]
    nearby: int
    text: str


Line: TypeAlias = tuple[tuple[date, Answer | None], ...]
"""Answers, each from a day on; None is silence."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One notice, the publishers for which it comes to the same, a content, and the line of every group of places.

    `elsewhere` is the line of all places that stand in none of `groups`.
    """

    notice: Notice
    publishers: tuple[str, ...]
    content: str
    elsewhere: Line
    groups: tuple[tuple[tuple[str, ...], Line], ...]


def today(ruleset: RuleSet) -> date:
    """The day of the last review in a rule set: the day on which the pages speak."""
    files = (ruleset.notices, ruleset.registers, ruleset.territories, ruleset.publishers)
    return max(one.review.last for kind in files for one in kind.values() if one.review is not None)


def offered(ruleset: RuleSet) -> tuple[str, ...]:
    """The places that can be asked about: `unknown`, every country, and all parts of those that a law divides."""
    parents = ruleset.gazetteer.parents
    named = {
        name
        for notice in ruleset.notices.values()
        for tree in filter(None, (notice.applies_when, notice.warn_when_unsure))
        for leaf in leaves(tree)
        if isinstance(leaf, Naming)
        for name in leaf.names
    }
    held = {holding.place for one in ruleset.territories.values() for holding in (*one.wholly, *one.partly)}
    divided = {code.partition("-")[0] for code in named | held if "-" in code and code in parents}
    codes = [code for code in parents if "-" not in code or code.partition("-")[0] in divided]
    return (UNKNOWN, *sorted(codes))


def cells(ruleset: RuleSet, since: date, until: date, ids: Iterable[str] | None = None) -> Iterator[Cell]:
    """Everything that somebody may be shown between two days, both inclusive, of all notices or of some."""
    places, atlas = offered(ruleset), Cases(ruleset).atlas
    for id in sorted(ruleset.notices if ids is None else ids):
        yield from _Teller(ruleset, ruleset.notices[id], atlas, since, until).cells(places)


class _Teller:
    """One notice on all of its days."""

    def __init__(self, ruleset: RuleSet, notice: Notice, atlas: Atlas, since: date, until: date) -> None:
        self.notice, self.atlas = notice, atlas
        self.ruleset = replace(ruleset, notices={notice.id: notice})
        self.days = (since, *(day for day in self.ruleset.history.changes if since < day <= until))
        asked = tuple(questions(notice))
        self.tags = frozenset(notice.concerns.content).union(
            *(leaf.names for leaf in asked if isinstance(leaf, Content))
        )
        self.named = named_places(asked)
        self.asks_language = any(isinstance(leaf, PageLanguage) for leaf in asked)

    def cells(self, places: Sequence[str]) -> Iterator[Cell]:
        """The cells of the notice that are not silent everywhere."""
        alike: dict[object, list[Publisher]] = {}
        for id in sorted(self.ruleset.publishers):
            publisher = self.ruleset.publishers[id]
            alike.setdefault(self._seen(publisher), []).append(publisher)
        courses = self._courses(places)
        contents = (UNDECLARED, *sorted(self.tags), OTHERWISE) if self.tags else (UNDECLARED,)
        for publishers in alike.values():
            for content in contents:
                lines = self._lines(publishers[0], content, courses)
                if any(answer for line in lines.values() for _, answer in line):
                    yield self._cell(publishers, content, courses, lines)

    def _seen(self, publisher: Publisher) -> object:
        """All of a publisher that the notice can see; two of which it sees the same get the same answers."""
        notice = self.notice
        listed = tuple(self.ruleset.listed(notice, publisher, day) for day in self.days)
        own = publisher.own.get(notice.id)
        return (
            listed, publisher.may_carry & self.tags, notice.concerns.site in publisher.site, publisher.hides,
            notice.id in publisher.carries, publisher.languages[:1] if self.asks_language else (),
            publisher.id if own is not None or notice.id in publisher.carries else "",
        )  # fmt: skip

    def _courses(self, places: Sequence[str]) -> Mapping[tuple[str, ...], tuple[str, ...]]:
        """Places by the place that speaks for them on each of the days."""
        parts = [self.atlas.places([(self.ruleset.ground(day), self.named)]) for day in self.days]
        found: dict[tuple[str, ...], list[str]] = {}
        for place in places:
            found.setdefault(tuple(_speaker(part, place) for part in parts), []).append(place)
        return {course: tuple(members) for course, members in found.items()}

    def _lines(
        self, publisher: Publisher, content: str, courses: Iterable[tuple[str, ...]]
    ) -> Mapping[tuple[str, ...], Line]:
        @cache
        def answer(day: date, place: str) -> Answer | None:
            declared = None if content == UNDECLARED else frozenset({content} - {OTHERWISE})
            reader = Reader(frozenset({place}))
            visit = Visit(publisher.id, Moment.on(day), reader, publisher.languages[0], declared)
            shown = examine(self.ruleset, visit).shown
            return self._answer(shown[0], publisher, day) if shown else None

        def line(course: tuple[str, ...]) -> Line:
            dated = [(day, answer(day, place)) for day, place in zip(self.days, course, strict=True)]
            return tuple(next(group) for _, group in groupby(dated, key=lambda one: one[1]))

        return {course: line(course) for course in courses}

    def _answer(self, finding: Finding, publisher: Publisher, day: date) -> Answer:
        speech = next(filter(None, (one.speech("en", finding.verdict) for one in finding.wordings)), None)
        text = speech.text.strip() if speech else ""
        if self.notice.prescribed is not None:
            passages = printed(self.notice, publisher, self.ruleset, (day,), chain("en", publisher))
            text = "\n\n".join(passage.plain for passage in passages)
        elif speech:
            for words in speech.links:
                text = text.replace(f"[{words}]", words)
        doubts = tuple(dict.fromkeys(doubt.subject for doubt in finding.doubts))
        return Answer(finding.verdict.value, finding.shown.value, doubts, int(finding.nearby), text)

    def _cell(
        self,
        publishers: Sequence[Publisher],
        content: str,
        courses: Mapping[tuple[str, ...], tuple[str, ...]],
        lines: Mapping[tuple[str, ...], Line],
    ) -> Cell:
        grouped: dict[Line, list[str]] = {}
        for course, members in courses.items():
            grouped.setdefault(lines[course], []).extend(members)
        most = max(grouped, key=lambda line: len(grouped[line]))
        groups = tuple((tuple(sorted(members)), line) for line, members in grouped.items() if line is not most)
        return Cell(self.notice, tuple(one.id for one in publishers), content, most, tuple(sorted(groups, key=_first)))


def _first(group: tuple[tuple[str, ...], Line]) -> tuple[str, ...]:
    return group[0]


def _speaker(places: Places, place: str) -> str:
    return next(iter(places.of((place,))))


def spans(line: Line, until: date) -> Iterator[tuple[date, date, Answer]]:
    """What is said on a line, from the first to the last day of each answer."""
    ends = [day for day, _ in line[1:]]
    for (day, answer), end in zip(line, [*ends, None], strict=True):
        if answer is not None:
            yield day, until if end is None else date.fromordinal(end.toordinal() - 1), answer
