"""Check: every mistake in every rule file, then every example."""

from __future__ import annotations

import json
import sys

import click

from ..assembly import load_rules
from ..counsel.trial import hold_trial
from . import option


@click.command()
@option.rules
@option.as_json
@click.argument("folder", required=False)
def check(folder: str | None, rules: str | None, form: str) -> None:
    """Every mistake in every file of FOLDER (or of the rules in use), then all examples."""
    loaded = load_rules(option.settings(rules=folder or rules))
    trial = hold_trial(loaded.ruleset) if loaded.ruleset is not None else None
    failures = trial.failures if trial else ()
    errors = [problem for problem in loaded.problems if problem.severity == "error"]
    if form == "json":
        click.echo(
            json.dumps(
                {
                    "ruleset": loaded.ruleset.fingerprint if loaded.ruleset else None,
                    "problems": [
                        {"file": problem.position.file, "line": problem.position.line,
                         "column": problem.position.column, "severity": problem.severity,
                         "wrong": problem.wrong, "write": problem.write}
                        for problem in loaded.problems
                    ],
                    "examples": trial.examples if trial else 0,
                    "failures": [
                        {"notice": failure.notice, "example": failure.example, "at": str(failure.at),
                         "expected": failure.expected, "found": failure.found}
                        for failure in failures
                    ],
                },
                ensure_ascii=False,
                indent=2,
            )
        )  # fmt: skip
    else:
        for problem in loaded.problems:
            click.echo(f"{'warning: ' if problem.severity == 'warning' else ''}{problem}")
        for failure in failures:
            click.echo(str(failure))
        click.echo(_summary(len(errors), len(loaded.problems) - len(errors), trial.examples if trial else 0, failures))
    sys.exit(1 if errors or failures else 0)


def _summary(errors: int, warnings: int, examples: int, failures: tuple[object, ...]) -> str:
    if errors:
        return f"{_count(errors, 'mistake')}; the examples were not run, and these rules would not be served."
    held = examples - len(failures)
    return f"No mistakes, {_count(warnings, 'warning')}; {held} of {_count(examples, 'example')} hold."


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
