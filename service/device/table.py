"""Table: what every place is told by one publisher in one language, for deciding on the reader's own device.

One file, the same for everyone, from which a page chooses without telling anybody where its reader is. It is read off
the partition of places in `cases`; every answer in it is the engine's own, worked out here, and the device does no
more than look it up.

Two things speak for the reader's place: what the publisher's edge wrote into the page (`classes`), and the time zone
of the device's clock (`zones`). The clock may only raise caution: a reader in Moscow behind a German address is told
what somebody is told who may be in Germany or in Russia. Where the edge says nothing, the clock does not make the
place known: what it names is shown in full, beside what everyone is shown.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from ..law.cases import Cases, Places, named_places, questions
from ..law.examination import Examination, Finding, Visit, examine
from ..law.moment import Moment
from ..law.place import TWINS, UNKNOWN
from ..law.publisher import Publisher
from ..law.reader import Reader
from ..law.verdict import Shown
from ..page.grade import Grade
from ..page.html import fragment
from ..page.risk import CONTROLS, Gate, gates
from ..page.sheet import Length, compose
from .tree import Grove, nodes
from .zone import zones

FORM = 1
"""The version of the table's form; a device passes over a form that it does not know."""

BUDGET = 16_000
"""The most bytes of a table, compressed."""

NOWHERE, ELSEWHERE = 0, 1
"""The numbers of the first two classes: the place is not known, and no law of the table names it."""


class TooLarge(ValueError):
    """A table over its budget."""


def written(cases: Cases, publisher: Publisher, language: str, grade: Grade, instant: datetime) -> str:
    """The table as JSON. Raises `TooLarge`, and `NotBuildable` where a fragment holds what the element cannot build."""
    record = _Map(cases, publisher, language, grade, instant).record()
    text = json.dumps(record, ensure_ascii=False, allow_nan=False, separators=(",", ":")) + "\n"
    if (size := compressed(text)) > BUDGET:
        raise TooLarge(f"{publisher.id} in {language}: {size} bytes compressed, of {BUDGET}")
    return text


def compressed(text: str) -> int:
    """How many bytes a text has on its way to a device."""
    return len(gzip.compress(text.encode(), 9, mtime=0))


@dataclass(frozen=True)
class _Map:
    """The places that one publisher's notices tell apart at an instant, and what each is told."""

    cases: Cases
    publisher: Publisher
    language: str
    grade: Grade
    instant: datetime

    def record(self) -> dict[str, Any]:
        change = self.cases.period(self.instant).end
        answers: list[dict[str, Any]] = []
        rows = [[_index(answers, self._answer(base, zone)) for zone in self.clocks] for base in self.kinds.values()]
        grove = Grove(answer[length.value] for answer in answers for length in Length)
        told = sorted(
            {id for answer in answers for id, (_, shown) in answer["says"].items() if shown != Shown.NONE.value}
        )
        for answer in answers:
            answer["says"] = [answer["says"][id] for id in told]
            answer |= {length.value: grove.shared(answer[length.value]) for length in Length}
        return {
            "form": FORM,
            "publisher": self.publisher.id,
            "language": self.language,
            "ruleset": self.cases.ruleset.fingerprint,
            "until": change.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if change else None,
            "countries": " ".join(sorted(code for code in self.cases.ruleset.gazetteer.parents if "-" not in code)),
            "classes": self._classes(),
            "zones": [" ".join(names) for names in self.clocks.values()],
            "notices": told,
            "cases": rows,
            "answers": answers,
            "nodes": grove.kept,
        }

    @cached_property
    def places(self) -> Places:
        return self.cases.places(self._everywhere.visit.moment)

    @cached_property
    def _everywhere(self) -> Examination:
        return self._examined({UNKNOWN})

    @cached_property
    def kinds(self) -> dict[tuple[object, ...], str]:
        """A place that speaks for each class, by what this publisher's notices ask of it: not known, elsewhere, …"""
        elsewhere = self.places.elsewhere
        found: dict[tuple[object, ...], str] = {self._asked(UNKNOWN): UNKNOWN}
        found[False, self._truths[elsewhere]] = elsewhere
        for kind in self.places.classes:
            found.setdefault(self._asked(kind.place), kind.place)
        return found

    @cached_property
    def clocks(self) -> dict[frozenset[str], list[str]]:
        """The names of zones, by the classes of their places that are not elsewhere; first those of none."""
        speaks = list(self.kinds.values())
        found: dict[frozenset[str], list[str]] = {frozenset(): []}
        for name, codes in zones().items():
            numbers = {self._number(code) for code in codes} - {NOWHERE, ELSEWHERE}
            if numbers:
                found.setdefault(frozenset(speaks[number] for number in numbers), []).append(name)
        return found

    @cached_property
    def _truths(self) -> Mapping[str, tuple[object, ...]]:
        """Of each class of the whole rule set, the answers to what this publisher's notices ask of a place."""
        asked = named_places(leaf for finding in self._everywhere.findings for leaf in questions(finding.notice))
        every = self.cases.named_places
        return {
            kind.place: tuple(truth for at, truth in enumerate(kind.truths) if every[at % len(every)] in asked)
            for kind in self.places.classes
        }

    def _asked(self, speaker: str) -> tuple[object, ...]:
        # `unknown` may be anywhere, and is a class of its own even where no notice asks for a place.
        return (speaker == UNKNOWN, self._truths[speaker])

    def _number(self, code: str) -> int:
        (speaker,) = self.places.of([TWINS.get(code, code)])
        return list(self.kinds).index(self._asked(speaker))

    def _classes(self) -> dict[str, int]:
        """The class of every code that is in another one than its country, or as a country not elsewhere."""
        found: dict[str, int] = {}
        for code in sorted({*self.cases.ruleset.gazetteer.parents, *TWINS}):
            country = code.partition("-")[0]
            usual = ELSEWHERE if code == country else found.get(country, ELSEWHERE)
            if (number := self._number(code)) != usual:
                found[code] = number
        return found

    def _examined(self, candidates: Iterable[str]) -> Examination:
        reader = Reader(frozenset(candidates))
        visit = Visit(self.publisher.id, Moment.at(self.instant), reader, self.language or None)
        return examine(self.cases.ruleset, visit)

    def _answer(self, base: str, zone: frozenset[str]) -> dict[str, Any]:
        united = self._examined({base, *zone})
        marks = gates(united.findings, somewhere=base != UNKNOWN)
        if base == UNKNOWN and zone:
            clock = self._examined(zone)
            united = raised(united, self._everywhere, clock)
            marks = _louder(gates(self._everywhere.findings, somewhere=False), gates(clock.findings, somewhere=True))
        sheet = compose(self.cases.ruleset, united, self.language, self.grade)
        return {
            "says": {found.notice.id: [found.verdict.value, found.shown.value] for found in united.findings},
            "acts": {control: gate.value for control, gate in marks.items()},
            **{length.value: nodes(fragment(sheet, length)) for length in Length},
        }


def raised(united: Examination, everywhere: Examination, clock: Examination) -> Examination:
    """What is said where only the clock speaks: of each notice as much as the louder of the two shows.

    Whoever may be anywhere may be in the place of every law, and would be shown all of them in full; a page with all
    of them would be read by nobody. So what the clock names comes first, then what everyone is shown.
    """
    loud = {finding.notice.id: finding.shown for finding in clock.findings}
    quiet = {finding.notice.id: finding.shown for finding in everywhere.findings}

    def louder(finding: Finding) -> Finding:
        id = finding.notice.id
        return replace(finding, shown=max(loud[id], quiet[id], key=lambda shown: shown.loudness))

    def rank(finding: Finding) -> tuple[int, int]:
        return -finding.shown.loudness, -loud[finding.notice.id].loudness

    return replace(united, findings=tuple(sorted(map(louder, united.findings), key=rank)))


def _louder(one: Mapping[str, Gate], other: Mapping[str, Gate]) -> dict[str, Gate]:
    return {
        control: max((gates[control] for gates in (one, other) if control in gates), key=list(Gate).index)
        for control in CONTROLS
        if control in one or control in other
    }


def _index(answers: list[dict[str, Any]], answer: dict[str, Any]) -> int:
    """The number of an answer among those that differ."""
    if answer not in answers:
        answers.append(answer)
    return answers.index(answer)
