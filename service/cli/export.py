"""Export: every answer as static files, with what a stock nginx or a CDN needs to find the right one."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from ..assembly import BadSetting, open_library, open_locator
from ..export import AHEAD, NotExportable, Order, Summary, Unservable
from ..export import export as write
from . import option

INSTANT = click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%SZ"])
DAYS = AHEAD.days


@click.command()
@option.rules
@option.geo
@option.place_from
@option.trusted_proxies
@option.grade
@option.bind
@option.trusted_keys
@option.as_json
@click.option("--at", type=INSTANT, help="From when on it must be true, in UTC; without it, from now on.")
@click.option("--days", type=click.FloatRange(0, 366), default=DAYS, show_default=True, help="For how long at least.")
@click.option(
    "--root", default="", metavar="PATH", help="FOLDER as the server will know it, if it is another machine's."
)
@click.option("--publisher", multiple=True, metavar="ID", help="Only this one, and others named so.")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def export(
    form: str,
    at: datetime | None,
    days: float,
    root: str,
    publisher: tuple[str, ...],
    folder: Path,
    **given: str | None,
) -> None:
    """Write every answer into FOLDER, and a configuration for nginx that serves them as the service would.

    What is there already stays in use until the new export is whole, and is taken over where nothing has changed.
    """
    settings = option.settings(**given)
    try:
        edition = open_library(settings, lambda line: click.echo(line, err=True)).edition
    except BadSetting as mistake:
        raise click.UsageError(str(mistake)) from None
    except Unservable as unservable:
        raise click.ClickException("; ".join(unservable.reasons) + ": run caveat check") from None
    if settings.place_from is not None:
        click.echo("nginx will place nobody: the place comes from a CDN. Let its worker read lookup.json.", err=True)
    if missing := sorted(set(publisher) - edition.ruleset.publishers.keys()):
        raise click.UsageError(f"there is no publisher {missing[0]}")
    order = Order(
        edition.ruleset,
        settings.grade,
        at.replace(tzinfo=UTC) if at else datetime.now(UTC),
        None if settings.place_from is not None else open_locator(settings),
        settings.trusted_proxies,
        timedelta(days=days),
        root.rstrip("/"),
        settings.bind,
        sorted(set(publisher)),
    )
    try:
        with _Bar(shows=form == "text" and sys.stderr.isatty()) as bar:
            summary = write(order, folder, bar.tell)
    except NotExportable as wrong:
        raise click.ClickException(str(wrong)) from None
    except BlockingIOError:
        raise click.ClickException(f"another export is being written into {folder}") from None
    if form == "json":
        click.echo(json.dumps(asdict(summary), ensure_ascii=False, indent=2))
    else:
        for line in _lines(summary):
            click.echo(line)


class _Bar:
    """A progress bar on the standard error, anew for each thing that is done."""

    def __init__(self, *, shows: bool) -> None:
        self._shows = shows
        self._what = ""

    def __enter__(self) -> _Bar:
        return self

    def __exit__(self, *_: object) -> None:
        if self._what:
            click.echo("", err=True)

    def tell(self, what: str, share: float) -> None:
        """Show how much of something is done."""
        if not self._shows:
            return
        if self._what and what != self._what:
            click.echo("", err=True)
        self._what = what
        full = int(share * 40)
        click.echo(f"\r{what:<14} [{'#' * full}{' ' * (40 - full)}] {share:4.0%}", err=True, nl=False)


def _lines(summary: Summary) -> list[str]:
    until = f"until {summary.next_change}" if summary.next_change else "for ever"
    found = [
        f"{summary.folder}/current: {summary.addresses} files of {summary.publishers} publishers, "
        f"{summary.contents} different ones; rules {summary.ruleset}, true {until}."
        if summary.is_new
        else f"{summary.folder}/current is as it was; rules {summary.ruleset}, true {until}."
    ]
    found += [f"The law changes at {change}; the answers change with it." for change in summary.changes]
    if summary.next_change:
        found.append("After that nothing of it may be stored any more: export again before.")
    return [*found, "Tell nginx: nginx -s reload"]
