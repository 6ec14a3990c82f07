"""Pull: what whoever pulls a bundle does with it: verify it, unpack it, or render a page from it without us."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from ..bundle import BadKey, Refused, Shelf, Taken, known_bundle, open_bundle, read_trust
from ..counsel.account import weigh
from ..law.examination import UnknownPublisher
from ..law.moment import Moment
from ..page.grade import Grade
from ..page.language import normal
from ..page.sheet import Length
from . import option

Command = TypeVar("Command", bound=Callable[..., Any])

PLACE = click.Path(exists=True, path_type=Path)


def pulled(command: Command) -> Command:
    """A command about a bundle that was pulled: which one, whose keys are trusted, and which was taken before."""
    for decorate in (
        click.option("--previous", type=PLACE, help="The bundle that was taken before it."),
        click.option("--trust", required=True, multiple=True, type=PLACE, help="A public key, or a folder of them."),
        click.argument("file", type=PLACE),
    ):
        command = decorate(command)
    return command


@click.command()
@pulled
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day; without it, today.")
@option.as_json
def verify(file: Path, trust: tuple[Path, ...], previous: Path | None, on: datetime | None, form: str) -> None:
    """Whether FILE, or the newest bundle in a folder, may be taken. Ends with 1 if not, and says why."""
    taken = _opened(file, trust, previous)
    today = (on or datetime.now(UTC)).date()
    if form == "json":
        click.echo(json.dumps(_as_data(taken, today), ensure_ascii=False, indent=2))
    elif isinstance(taken, Taken):
        if not taken.worked_out:
            click.echo("Its predecessor is not at hand, so nothing was worked out. By its own account:")
        for line in taken.account.lines:
            click.echo(line)
        click.echo(f"May be taken: {taken.line(today)}.")
    else:
        click.echo(f"Refused: {taken}.", err=True)
    sys.exit(0 if isinstance(taken, Taken) else 1)


@click.command()
@pulled
@click.option("--into", required=True, type=click.Path(path_type=Path), help="The folder, which must not exist yet.")
def unpack(file: Path, trust: tuple[Path, ...], previous: Path | None, into: Path) -> None:
    """Verify FILE and write its rules into a folder, which `caveat serve --rules` and every other command read."""
    taken = _verified(file, trust, previous)
    if into.exists():
        raise click.UsageError(f"{into} exists already")
    beside = Path(tempfile.mkdtemp(prefix=f".{into.name}.", dir=into.parent))
    try:
        for name, content in taken.bundle.files.items():
            path = beside / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        beside.chmod(0o755)
        beside.rename(into)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    click.echo(f"{into}: {taken.line(datetime.now(UTC).date())}.")


@click.command()
@pulled
@click.option("--publisher", required=True, help="Whose page it is: rferl.")
@click.option("--place", default="any", help="Where the reader may be: RU, UA-43; without it, anywhere.")
@click.option("--language", default="en", help="The language of the page.")
@click.option("--form", type=click.Choice(["html", "txt", "json"]), default="html", help="The form of the answer.")
@click.option("--length", type=click.Choice([each.value for each in Length]), default="full", help="How much of it.")
@click.option("--grade", type=click.Choice([each.value for each in Grade]), default="sourced", help="Which texts.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%SZ"]), help="The instant; without it, now.")
def render(
    file: Path,
    trust: tuple[Path, ...],
    previous: Path | None,
    publisher: str,
    place: str,
    language: str,
    form: str,
    length: str,
    grade: str,
    on: datetime | None,
) -> None:
    """Verify FILE and print what the service would answer from it, byte for byte. Prints nothing that is not verified.

    The same as GET /v1/PUBLISHER/PLACE/LANGUAGE/notice.FORM.
    """
    from ..answer import address
    from ..answer.body import Form
    from ..answer.edition import Edition, Unservable

    ruleset = _verified(file, trust, previous).ruleset
    instant = on.replace(tzinfo=UTC) if on else datetime.now(UTC)
    tag = normal(language)
    if not tag:
        raise click.UsageError(f"{language} is no language; write one such as ru")
    try:
        edition = Edition(ruleset, Grade(grade), instant)
        candidates = address.place(place, ruleset, Moment.at(instant)).candidates
        found = edition.body(
            publisher, candidates, instant, Form(form), Length(length), language=tag, page_language=tag
        )
    except Unservable as unservable:
        raise click.ClickException("these rules cannot be served: " + "; ".join(unservable.reasons)) from None
    except UnknownPublisher:
        known = ", ".join(sorted(ruleset.publishers))
        raise click.UsageError(f"there is no publisher {publisher}; there are {known}") from None
    click.echo(found.content, nl=False)


def _verified(place: Path, trust: tuple[Path, ...], previous: Path | None) -> Taken:
    taken = _opened(place, trust, previous)
    if isinstance(taken, Refused):
        raise click.ClickException(f"refused: {taken}")
    return taken


def _opened(place: Path, trust: tuple[Path, ...], previous: Path | None) -> Taken | Refused:
    """A bundle, or the newest of a folder of them that may be served."""
    try:
        trusted = read_trust(trust)
    except BadKey as wrong:
        raise click.UsageError(str(wrong)) from None
    if place.is_dir():
        if previous:
            raise click.UsageError("--previous is for one file; in a folder each follows on another")
        shelf = Shelf(trusted, weigh)
        problems = shelf.load(place).problems
        for problem in problems if shelf.last else ():
            click.echo(f"Refused: {problem}.", err=True)
        return shelf.last or problems[0]
    last = known_bundle(previous, trusted, weigh) if previous else None
    return last if isinstance(last, Refused) else open_bundle(place, trusted, last, weigh)


def _as_data(taken: Taken | Refused, today: date) -> dict[str, object]:
    if isinstance(taken, Refused):
        return {"taken": False, "file": taken.file, "reason": taken.reason.value, "wrong": taken.wrong,
                "write": taken.write}  # fmt: skip
    manifest = taken.manifest
    return {
        "taken": True,
        "number": manifest.number,
        "created": manifest.created.isoformat(),
        "renew_by": manifest.renew_by.isoformat(),
        "late": taken.late(today),
        "ruleset": manifest.ruleset,
        "manifest": manifest.digest,
        "signers": list(taken.signers),
        "strangers": list(taken.strangers),
        "worked_out": taken.worked_out,
        **asdict(taken.account),
    }
