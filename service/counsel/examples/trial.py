"""Trial: the examples of a rule set, run by the engine that serves readers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...law.examination import Examination, Finding, UnknownPublisher, examine
from ...law.example import Example
from ...law.notice import Notice
from ...law.position import Position
from ...law.ruleset import RuleSet
from ...law.verdict import Shown, Verdict
from .scene import supposed, visited


@dataclass(frozen=True, slots=True)
class Failure:
    """An example that the rules do not bear out: what it expects and what the engine says."""

    notice: str
    example: str
    at: Position
    expected: str
    found: str

    def __str__(self) -> str:
        return (
            f'{self.at}: example "{self.example}" of {self.notice} expects {self.expected}, '
            f"but the rules say {self.found}; correct the rule or the example"
        )


@dataclass(frozen=True, slots=True)
class Trial:
    """The outcome: how many examples were run, and those that failed, in the order of the files."""

    examples: int
    failures: tuple[Failure, ...]


def hold_trial(ruleset: RuleSet) -> Trial:
    """Run every example of every notice."""
    run, failures = 0, list[Failure]()
    for notice in sorted(ruleset.notices.values(), key=lambda notice: notice.id):
        for example in notice.examples:
            run += 1
            failures.extend(_failures(ruleset, notice, example))
    return Trial(run, tuple(sorted(failures, key=lambda failure: failure.at)))


def examine_example(ruleset: RuleSet, notice: Notice, example: Example) -> Examination:
    """What the rules say to an example's reader, on its day or on that of the file's last review."""
    day = example.on or (notice.review.last if notice.review else None)
    if day is None:
        raise ValueError("an example without a day in a file without a review")
    visit = visited(example, day)
    return examine(supposed(ruleset, notice.id, visit), visit)


def _failures(ruleset: RuleSet, notice: Notice, example: Example) -> Iterator[Failure]:
    try:
        examination = examine_example(ruleset, notice, example)
    except UnknownPublisher:
        yield Failure(notice.id, example.name, example.at, "a known publisher", f"there is no {example.publisher}")
        return
    found = next((found for found in examination.findings if found.notice.id == notice.id), None)
    verdict, shown = _outcome(found)
    if verdict is not example.expect:
        yield Failure(notice.id, example.name, example.at, example.expect.value, verdict.value)
    elif example.shown is not None and shown is not example.shown:
        yield Failure(notice.id, example.name, example.at, f"shown {example.shown.value}", f"shown {shown.value}")
    elif example.doubts is not None and (subjects := found.subjects if found else frozenset()) != example.doubts:
        yield Failure(notice.id, example.name, example.at, _listed(example.doubts), _listed(subjects))


def _outcome(found: Finding | None) -> tuple[Verdict, Shown]:
    """A notice that does not concern the publisher does not apply."""
    return (Verdict.DOES_NOT_APPLY, Shown.NONE) if found is None else (found.verdict, found.shown)


def _listed(doubts: frozenset[str]) -> str:
    return "doubts " + (", ".join(sorted(doubts)) or "none")
