"""Mutation: which slips of the pen the examples of a rule set would notice, and which they would not.

A mutant that changes nothing for anybody is no slip. This is decided by asking both rule sets about every case
that either of them can tell apart, so it is a finding and not a guess. For every other mutant that no example
notices there is a reader who would; the smallest is given as an example to paste.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from ...law.cases import Atlas
from ...law.examination import Visit
from ...law.example import Example
from ...law.notice import Notice
from ...law.position import Position
from ...law.ruleset import RuleSet
from .example_text import as_the_author_writes, example_text
from .mutants import Mutant, mutants
from .scene import KEYS, Crowd, Outcome, Outlook, alone, outcome, scenes, size, stated, visits

TARGET = 0.95
"""The share of mutants that the examples of a finished rule set notice."""


@dataclass(frozen=True, slots=True)
class Survivor:
    """A mutant that no example notices: what it is, where, and a reader of a notice who would notice it."""

    what: str
    at: Position
    file: str
    notice: str
    example: str

    def __str__(self) -> str:
        return (
            f"{self.at}: if {self.what}, no example would notice; "
            f"this one of {self.notice} would, once you have filled in what the law says:\n  {self.example}"
        )


@dataclass(frozen=True, slots=True)
class Tally:
    """One file's mutants: how many are noticed, of how many that change something; the rest change nothing."""

    file: str
    noticed: int
    counted: int
    without_effect: int


@dataclass(frozen=True, slots=True)
class Mutation:
    """The outcome for a rule set."""

    tallies: tuple[Tally, ...]
    survivors: tuple[Survivor, ...]

    @property
    def noticed(self) -> int:
        """How many mutants an example notices."""
        return sum(tally.noticed for tally in self.tallies)

    @property
    def counted(self) -> int:
        """How many mutants change what some reader is told."""
        return sum(tally.counted for tally in self.tallies)

    @property
    def share(self) -> float:
        """The share of mutants that are noticed, from 0 to 1; of none, 1."""
        return self.noticed / self.counted if self.counted else 1.0

    @property
    def enough(self) -> bool:
        """Whether the share reaches the target."""
        return self.share >= TARGET

    @property
    def to_paste(self) -> dict[str, tuple[str, ...]]:
        """By notice, the examples that would notice what none does; one may do for several mutants."""
        notices = sorted({found.notice for found in self.survivors})
        return {id: tuple(dict.fromkeys(one.example for one in self.survivors if one.notice == id)) for id in notices}

    def lines(self) -> Iterator[str]:
        """Every mutant that no example notices, and the sum, for people."""
        yield from map(str, self.survivors)
        yield str(self)

    def __str__(self) -> str:
        return f"{self.noticed} of {self.counted} mutations noticed ({self.share:.1%})"

    def as_data(self) -> dict[str, object]:
        """The same for machines."""
        return {
            "noticed": self.noticed,
            "counted": self.counted,
            "files": {
                tally.file: {"noticed": tally.noticed, "counted": tally.counted, "without_effect": tally.without_effect}
                for tally in self.tallies
            },
            "unnoticed": [
                {"at": str(found.at), "if": found.what, "notice": found.notice, "example": found.example}
                for found in self.survivors
            ],
        }


Rank: TypeAlias = tuple[bool, bool, int, int]
"""How hard it is to judge a reader: whether only doubts differ, another day than today, facts known, what differs."""


@dataclass(slots=True)
class _Original:
    """One notice of the rule set as it stands, what its examples are told, and what was asked of it before."""

    notice: Notice
    outlook: Outlook
    visits: tuple[tuple[Example, Visit], ...]
    told: dict[Visit, Outcome] = field(default_factory=dict)

    def says(self, visit: Visit) -> Outcome:
        known = self.told.get(visit)
        if known is None:
            known = self.told[visit] = outcome(self.outlook.ruleset, self.notice.id, visit)
        return known


def try_mutants(ruleset: RuleSet) -> Mutation:
    """Run every mutant of a linked rule set against the examples of the notices that it can change."""
    laboratory = Laboratory(ruleset)
    counts: dict[str, list[int]] = {}
    survivors: list[Survivor] = []
    for mutant in mutants(ruleset):
        count = counts.setdefault(mutant.file, [0, 0, 0])
        if laboratory.noticed(mutant):
            count[0] += 1
        elif survivor := laboratory.who_notices(mutant):
            count[1] += 1
            survivors.append(survivor)
        else:
            count[2] += 1
    tallies = [Tally(file, noticed, noticed + missed, rest) for file, (noticed, missed, rest) in counts.items()]
    return Mutation(tuple(tallies), tuple(survivors))


class Laboratory:
    """A linked rule set whose examples, and whose readers, are shown mutants of it."""

    def __init__(self, ruleset: RuleSet) -> None:
        self._atlas = Atlas(ruleset.gazetteer)
        self._originals = {
            id: _Original(notice, Outlook(alone(ruleset, id), id), tuple(visits(ruleset, notice)))
            for id, notice in ruleset.notices.items()
        }

    def noticed(self, mutant: Mutant) -> bool:
        """Whether an example fails under a mutant on something that it states."""
        for id in mutant.notices:
            original, changed = self._originals[id], alone(mutant.ruleset, id)
            for example, visit in original.visits:
                keys = original.says(visit).differing(outcome(changed, id, visit))
                if not stated(example).isdisjoint(keys):
                    return True
        return False

    def who_notices(self, mutant: Mutant) -> Survivor | None:
        """The smallest reader whom a mutant tells something else, or None if there is nobody."""
        found = [one for id in mutant.notices if (one := self._smallest(id, mutant)) is not None]
        if not found:
            return None
        _, id, crowd, visit = min(found, key=lambda one: one[:2])
        return Survivor(mutant.what, mutant.at, mutant.file, id, self._example(id, mutant, crowd, visit))

    def _smallest(self, id: str, mutant: Mutant) -> tuple[Rank, str, Crowd, Visit] | None:
        original, changed = self._originals[id], alone(mutant.ruleset, id)
        before, after = original.outlook, Outlook(changed, id)
        best: tuple[Rank, str, Crowd, Visit] | None = None
        for views, scene in scenes(before, after).items():
            if views[0] == views[1]:
                continue
            another_day = scene.day != _today(original.notice)
            crowd = Crowd.of(self._atlas, (before, scene.day), (after, scene.day))
            for visit in sorted(crowd.visits(scene), key=size):
                if best is not None and (False, another_day, size(visit), 0) >= best[0]:
                    break
                if keys := original.says(visit).differing(outcome(changed, id, visit)):
                    rank = (keys == ("doubts",), another_day, size(visit), KEYS.index(keys[0]))
                    if best is None or rank < best[0]:
                        best = rank, id, crowd, visit
        return best

    def _example(self, id: str, mutant: Mutant, crowd: Crowd, visit: Visit) -> str:
        """The reader as an example, in words that the notice's examples use where these say the same."""
        original, changed = self._originals[id], alone(mutant.ruleset, id)
        keys = original.says(visit).differing(outcome(changed, id, visit))
        plain = as_the_author_writes(visit, original.notice, crowd.places, crowd.asked)
        if original.says(plain).differing(outcome(changed, id, plain)) != keys:
            plain = visit
        (day,) = visit.moment.dates
        on = None if day == _today(original.notice) else day
        return example_text(plain, on, dict.fromkeys(("expect", keys[0])))


def _today(notice: Notice) -> date | None:
    return notice.review.last if notice.review is not None else None
