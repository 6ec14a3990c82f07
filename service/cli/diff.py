"""Diff: exactly which readers are told something else by one set of rules than by another."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from ..counsel.comparison.comparison import compare
from ..counsel.comparison.feed import feeds
from ..counsel.comparison.report import as_data, report
from ..counsel.revision import NoSuchRevision, rules_of
from ..law.ruleset import RuleSet
from . import option


@click.command()
@option.rules
@option.as_json
@click.option(
    "--fail-on",
    type=click.Choice(["less-cautious", "any"]),
    help="End with 1 if a reader is warned less or a text is gone; or if anything changed.",
)
@click.option("--doubts", is_flag=True, help="Also tell which readers' answers hang on other facts than before.")
@click.option("--feed", type=click.Path(file_okay=False, path_type=Path), help="Write the same as Atom feeds there.")
@click.option("--updated", type=click.DateTime(["%Y-%m-%d"]), help="The date of the feeds; without it, today.")
@click.argument("old")
@click.argument("new", required=False)
def diff(
    old: str,
    new: str | None,
    rules: str | None,
    form: str,
    fail_on: str | None,
    doubts: bool,
    feed: Path | None,
    updated: datetime | None,
) -> None:
    """Which readers are told something else by NEW than by OLD, which texts, dates and sources differ.

    OLD and NEW are folders of rules or git revisions; without NEW, it is the rules in use.
    """
    in_use = option.settings(rules=rules).rules
    before, after = _rules(old, in_use), _rules(new or str(in_use), in_use)
    comparison = compare(before, after, doubts=doubts)
    if form == "json":
        click.echo(json.dumps(as_data(comparison), ensure_ascii=False, indent=2))
    else:
        for line in report(comparison):
            click.echo(line)
    if feed is not None:
        day = (updated or datetime.now(UTC)).date()
        for path, content in feeds(comparison, before, after, day).items():
            file = feed / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
    sys.exit(1 if (fail_on == "any" and not comparison.empty) or (fail_on and comparison.less_cautious) else 0)


def _rules(name: str, in_use: Path) -> RuleSet:
    try:
        loaded = rules_of(name, in_use)
    except NoSuchRevision as missing:
        raise click.UsageError(str(missing)) from None
    if loaded.ruleset is None:
        mistakes = [problem for problem in loaded.problems if problem.severity == "error"]
        raise click.UsageError("\n".join([f"the rules of {name} have mistakes:", *map(str, mistakes)]))
    return loaded.ruleset
