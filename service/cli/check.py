"""Check: every mistake in every rule file, then every example, and what the examples prove."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from ..assembly import load_rules
from ..counsel import excerpt
from ..counsel.analysis.analysis import Remark, analyse
from ..counsel.comparison.wording_change import word_by_word
from ..counsel.examples.coverage import Coverage, cover
from ..counsel.examples.mutation import Mutation, try_mutants
from ..counsel.examples.trial import Trial, hold_trial
from ..counsel.proof.proof import Proof, prove
from ..counsel.revision import NoSuchRevision, rules_of
from ..law.ruleset import RuleSet
from ..rulebook import Loaded, Problem, load
from ..rulebook.lock import lock
from . import option


@click.command()
@option.rules
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    help="For people, for machines, or as annotations of a pull request.",
)
@click.option("--prove", "proving", is_flag=True, help="Walk every case: nobody at risk is left unwarned.")
@click.option("--lock", "locking", is_flag=True, help="First lock prescribed texts again that were changed on purpose.")
@click.argument("folder", required=False)
def check(folder: str | None, rules: str | None, form: str, proving: bool, locking: bool) -> None:
    """Every mistake in every file of FOLDER (or of the rules in use), then all examples and what they prove."""
    settings = option.settings(rules=folder or rules)
    if locking:
        _lock_again(settings.rules)
    loaded = load_rules(settings)
    findings = _Findings(loaded, str(settings.rules), proving)
    if form == "json":
        click.echo(json.dumps(findings.as_data(), ensure_ascii=False, indent=2))
    else:
        for line in findings.annotations() if form == "github" else findings.lines():
            click.echo(line)
    sys.exit(0 if findings.sound else 1)


def _lock_again(folder: Path) -> None:
    """Set the hashes of changed texts anew, each by a rename, and say what they lock now."""
    changed, locked = lock(load(folder).sources)
    for path, content in changed.items():
        beside = folder / f"{path}.new"
        beside.write_bytes(content)
        beside.replace(folder / path)
    before = _last_committed(folder) if locked else {}
    for each in locked:
        click.echo(str(each), err=True)
        click.echo(f"  {each.text}", err=True)
        if each.at.file in before:
            click.echo(f"  {word_by_word(before[each.at.file], each.text)}", err=True)


def _last_committed(folder: Path) -> dict[str, str]:
    """The prescribed texts as they were last committed, by file, where it has one; none where there is no history."""
    try:
        ruleset = rules_of("HEAD", folder).ruleset
    except NoSuchRevision:
        return {}
    notices = ruleset.notices.values() if ruleset is not None else ()
    alone = (notice for notice in notices if (one := notice.prescribed) and not one.others and not one.later)
    return {f"notices/{notice.id}.yaml": notice.prescribed.text for notice in alone if notice.prescribed}


class _Findings:
    """All that a check found; what needs a rule set is asked only if there is one, and examples before proofs."""

    def __init__(self, loaded: Loaded, folder: str, proving: bool) -> None:
        self.loaded = loaded
        self.folder = folder
        self.errors = loaded.errors
        ruleset = loaded.ruleset
        self.trial = hold_trial(ruleset) if ruleset is not None else Trial(0, ())
        held = ruleset if ruleset is not None and not self.trial.failures else RuleSet()
        self.remarks: tuple[Remark, ...] = analyse(held)
        self.coverage: Coverage = cover(held)
        self.mutation: Mutation = try_mutants(held)
        self.proof: Proof | None = prove(held) if proving and held.notices else None

    @property
    def sound(self) -> bool:
        """Whether the rules may be served; what the examples do not see asks to be looked at, no more."""
        return not self.errors and not self.trial.failures and (self.proof is None or self.proof.holds)

    def problems(self) -> Iterator[Problem]:
        """The mistakes, and the failures in the same form."""
        yield from self.loaded.problems
        for failure in self.trial.failures:
            wrong = f'example "{failure.example}" expects {failure.expected}, but the rules say {failure.found}'
            yield Problem(failure.at, wrong, "correct the rule or the example")

    def annotations(self) -> Iterator[str]:
        """For GitHub."""
        for problem in self.problems():
            yield excerpt.for_github(problem, self.folder)
        yield self._summary()

    def lines(self) -> Iterator[str]:
        """For people."""
        for problem in self.problems():
            yield from excerpt.for_people(problem, self.loaded.sources)
        if not self.errors and not self.trial.failures:
            for remark in self.remarks:
                yield f"{remark.severity.value}: {remark}"
            for unseen in self.coverage.unseen:
                yield str(unseen)
            for survivor in self.mutation.survivors:
                yield str(survivor)
            yield str(self.coverage)
            yield str(self.mutation)
        if self.proof is not None:
            yield from self.proof.lines()
        yield self._summary()

    def as_data(self) -> dict[str, object]:
        """For machines."""
        return {
            "ruleset": self.loaded.ruleset.fingerprint if self.loaded.ruleset else None,
            "problems": [excerpt.as_data(problem) for problem in self.problems()],
            "examples": self.trial.examples,
            "failures": [
                {"notice": failure.notice, "example": failure.example, "at": str(failure.at),
                 "expected": failure.expected, "found": failure.found}
                for failure in self.trial.failures
            ],
            "remarks": [remark.as_data() for remark in self.remarks],
            "coverage": self.coverage.as_data(),
            "mutation": self.mutation.as_data(),
            "proof": self.proof.as_data() if self.proof else None,
        }  # fmt: skip

    def _summary(self) -> str:
        if self.errors:
            mistakes = _count(len(self.errors), "mistake")
            return f"{mistakes}; the examples were not run, and these rules would not be served."
        warnings = _count(len(self.loaded.problems), "warning")
        held = self.trial.examples - len(self.trial.failures)
        return f"No mistakes, {warnings}; {held} of {_count(self.trial.examples, 'example')} hold."


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
