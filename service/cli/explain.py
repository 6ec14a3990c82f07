"""Explain: a reader's verdicts, what they hang on, and the branch and line that decided each."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import click

from ..assembly import load_rules
from ..counsel import explanation
from ..counsel.revision import NoSuchRevision, rules_of
from ..law.examination import UnknownPublisher, Visit, examine
from ..law.moment import Moment
from ..law.place import UNKNOWN
from ..law.reader import Reader
from ..law.ruleset import RuleSet
from . import option


@click.command()
@click.option("--rules", metavar="FOLDER|REVISION", help="Other rules, or those of a git revision.")
@option.as_json
@click.argument("publisher")
@click.option("--place", multiple=True, help="A place where the reader may be: RU, UA-43; may be repeated.")
@click.option("--page-language", help="The language in which the page was asked for.")
@click.option("--citizen-of", multiple=True, help="A citizenship that the reader holds; may be repeated.")
@click.option("--not-citizen-of", multiple=True, help='One that they do not hold, or "other" for all not named.')
@click.option("--stateless/--not-stateless", default=None, help="Whether the reader is stateless.")
@click.option("--resident-of", help="Where the reader lives for good.")
@click.option("--age", type=click.IntRange(0, 150), help="The reader's age in years.")
@click.option("--occupation", multiple=True, help="What the reader works as; may be repeated.")
@click.option("--content", multiple=True, help="A tag that the page carries; may be repeated.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day; without it, now.")
def explain(
    publisher: str,
    rules: str | None,
    form: str,
    place: tuple[str, ...],
    page_language: str | None,
    citizen_of: tuple[str, ...],
    not_citizen_of: tuple[str, ...],
    stateless: bool | None,
    resident_of: str | None,
    age: int | None,
    occupation: tuple[str, ...],
    content: tuple[str, ...],
    on: datetime | None,
) -> None:
    """Why a reader of PUBLISHER is told what they are told. What is not given is not known."""
    ruleset = _ruleset(rules)
    gazetteer = ruleset.gazetteer
    for code in (*place, *((resident_of,) if resident_of else ())):
        if code != UNKNOWN and not gazetteer.knows(code):
            raise click.UsageError(f"{code} is not an assigned place code; write one such as RU or UA-43")
    reader = Reader(
        frozenset(place),
        frozenset(citizen_of),
        frozenset(not_citizen_of),
        stateless,
        resident_of,
        age,
        frozenset(occupation),
    )
    moment = Moment.on(_day(on)) if on else Moment.at(datetime.now(UTC))
    visit = Visit(publisher, moment, reader, page_language, frozenset(content) if content else None)
    try:
        examination = examine(ruleset, visit, explain=True)
    except UnknownPublisher:
        raise click.UsageError(
            f"there is no publisher {publisher}; there are {', '.join(sorted(ruleset.publishers))}"
        ) from None
    if form == "json":
        click.echo(json.dumps(explanation.as_data(examination), ensure_ascii=False, indent=2))
    else:
        for line in explanation.explain(examination):
            click.echo(line)


def _ruleset(name: str | None) -> RuleSet:
    """The rules in use, or those of another folder or of a git revision."""
    in_use = option.settings()
    try:
        loaded = rules_of(name, in_use.rules) if name else load_rules(in_use)
    except NoSuchRevision as missing:
        raise click.UsageError(str(missing)) from None
    if loaded.ruleset is None:
        raise click.ClickException("the rules have mistakes: run caveat check")
    return loaded.ruleset


def _day(on: datetime) -> date:
    return on.date()
