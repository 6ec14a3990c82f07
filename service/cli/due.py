"""Due: what legal staff have to read again, and by when."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime, timedelta

import click

from ..assembly import load_rules
from ..counsel.agenda import Item, agenda
from ..counsel.translation import fallen_behind
from . import option


@click.command()
@option.rules
@option.as_json
@click.option("--within", type=click.IntRange(0, 3650), default=0, help="Look so many days ahead.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day; without it, today.")
def due(rules: str | None, form: str, within: int, on: datetime | None) -> None:
    """Reviews, sources and registers past their date, drafts, and what counsel has not approved.

    Ends with 1 if something is past its date.
    """
    settings = option.settings(rules=rules)
    ruleset = load_rules(settings).ruleset
    if ruleset is None:
        raise click.ClickException("the rules have mistakes: run caveat check")
    today = (on or datetime.now(UTC)).date()
    behind = fallen_behind(ruleset, settings.rules)
    items = [*behind, *agenda(ruleset, today, timedelta(days=within))]
    overdue = [item for item in items if item.overdue(today) or item in behind]
    if form == "json":
        click.echo(json.dumps([_as_data(item, item in overdue) for item in items], ensure_ascii=False, indent=2))
    else:
        for heading, found in (
            ("Past their date", overdue),
            ("Due", [item for item in items if item.day and item not in overdue]),
            ("Without a date", [item for item in items if item.day is None]),
        ):
            if found:
                click.echo(f"{heading}:")
                for item in found:
                    click.echo(f"  {item}")
        if not overdue:
            click.echo("Nothing is past its date.")
    sys.exit(1 if overdue else 0)


def _as_data(item: Item, overdue: bool) -> dict[str, object]:
    return {
        "matter": item.matter.value,
        "file": item.file,
        "line": item.at.line,
        "by": item.by,
        "day": item.day.isoformat() if item.day else None,
        "overdue": overdue,
        "what": item.what,
    }
