"""Locate: what each location source says of an address."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click
from maxminddb import InvalidDatabaseError

from ..assembly import open_locator
from ..locate import Locator, Sighting
from . import option
from .audit import audit

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@option.geo
@option.as_json
@click.option("--spellings", is_flag=True, help="Search city files for names of Ukraine's regions that are not known.")
@click.option("--audit", "audits", is_flag=True, help="Measure the sources against each other, over all addresses.")
@click.option("--against", type=FILE, multiple=True, help="With --audit: a country file that is not configured.")
@click.option("--before", metavar="FILES", help="With --audit: the sources that are to be replaced by these.")
@click.option("--countries", metavar="CODES", default="RU,BY,IR,UA", help="With --audit: the countries at risk.")
@click.argument("address", nargs=-1)
def locate(
    address: tuple[str, ...], geo: str | None, form: str, spellings: bool, audits: bool, against: tuple[Path, ...],
    before: str | None, countries: str,
) -> None:  # fmt: skip
    """What each source says of ADDRESS, and what follows; without one, how the sources stand.

    --audit exits with 1 if the sources would lose more than 1 % of a country, or move Crimea, where others were before.
    """
    locator = open_locator(option.settings(geo=geo))
    if audits:
        _audit(locator, against, before, countries, form)
        return
    if spellings:
        _spellings(locator)
        return
    sightings = [locator.say(each) for each in address]
    if form == "json":
        document: object = {
            "sources": [asdict(status) for status in locator.sources],
            "addresses": [asdict(sighting) for sighting in sightings],
        }
        click.echo(json.dumps(document, ensure_ascii=False, indent=2, default=str))
    else:
        for line in _sources(locator) if not sightings else _sightings(sightings):
            click.echo(line)
    if any(status.trouble for status in locator.sources):
        raise SystemExit(1)


def _audit(locator: Locator, against: tuple[Path, ...], before: str | None, countries: str, form: str) -> None:
    for status in locator.sources:
        if status.trouble:
            raise click.ClickException(f"{status.file}: {status.trouble}")
    old = open_locator(option.settings(geo=before)) if before else None
    at_risk = [code.strip().upper() for code in countries.split(",") if code.strip()]
    try:
        click.echo("Reading every network of every source …", err=True)
        found = audit(locator, against, old, at_risk)
    except (OSError, ValueError, InvalidDatabaseError) as error:
        raise click.ClickException(f"a file could not be read to its end ({type(error).__name__})") from None
    if form == "json":
        click.echo(json.dumps(found.record(), ensure_ascii=False, indent=2))
    else:
        for line in found.lines():
            click.echo(line)
    if found.refusals:
        raise SystemExit(1)


def _spellings(locator: Locator) -> None:
    """A region that we cannot place is its whole country to a reader: safe, and to be mended."""
    found = locator.new_spellings()
    for file, names in found.items():
        for name in names:
            click.echo(f"{file}: no table knows the Ukrainian region {name}")
    if found:
        raise SystemExit(1)
    click.echo("Every region of Ukraine is known by its name.")


def _sources(locator: Locator) -> list[str]:
    return [
        f"{status.file}: {status.trouble or '; '.join([f'{status.kind}, built {status.built}', *status.notes])}"
        for status in locator.sources
    ] or ["There is no location source: every reader's place is unknown."]


def _sightings(sightings: list[Sighting]) -> list[str]:
    lines: list[str] = []
    for sighting in sightings:
        lines.append(f"{sighting.address}: {', '.join(sighting.candidates)}")
        lines += [f"  {said.file}: {said.trouble or ', '.join(said.places) or said.state}" for said in sighting.sayings]
        if sighting.because:
            lines.append(f"  unknown, because {sighting.because}")
    return lines
