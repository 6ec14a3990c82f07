"""Bundle: signed, numbered rule sets: made, and signed by two people."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from ..assembly import load_rules
from ..bundle import (
    BadKey,
    Bundle,
    Flaw,
    Refused,
    SecretKey,
    Signature,
    Unfit,
    file_name,
    new_bundle,
    new_key,
    read_bundle,
    read_key,
    read_secret,
    read_signature,
    review,
    save,
)
from ..counsel.account import account, weigh
from ..counsel.examples.trial import hold_trial
from ..law.ruleset import RuleSet
from . import option
from .pull import render, unpack, verify

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
DAY = click.DateTime(["%Y-%m-%d"])
RENEWED = timedelta(days=31)

password_from = click.option(
    "--password-from", type=click.Path(exists=True, path_type=Path), help="A file whose first line is the password."
)


@click.group()
def bundle() -> None:
    """Signed, numbered rule sets: one file each, whose manifest tells what it removes."""


for command in (verify, unpack, render):
    bundle.add_command(command)


@bundle.command()
@click.argument("name")
@click.option("--into", type=click.Path(file_okay=False, exists=True, path_type=Path), default=".", help="The folder.")
@click.option("--no-password", is_flag=True, help="Do not lock the secret key.")
@password_from
def keys(name: str, into: Path, no_password: bool, password_from: Path | None) -> None:
    """A new pair of keys for the person NAME: NAME.key signs and stays secret, NAME.pub is given to everybody."""
    secret, public = into / f"{name}.key", into / f"{name}.pub"
    if Path(name).name != name or name.startswith("."):
        raise click.UsageError("the name is that of a file, such as anna")
    for file in (secret, public):
        _free(file)
    password = "" if no_password else _password(password_from, confirm=True)
    if not (password or no_password):
        raise click.UsageError("the password is empty; --no-password leaves the key open")
    key = new_key()
    try:
        save(secret, key.written(password).encode(), mode=0o600)
    except BadKey as wrong:
        raise click.ClickException(str(wrong)) from None
    save(public, key.public.written().encode())
    click.echo(f"{secret} signs and stays secret; {public} is given to everybody (minisign key {key.public.name}).")


@bundle.command()
@click.argument("rules", required=False)
@click.option("--previous", type=FILE, help="The bundle before it.")
@click.option("--first", is_flag=True, help="There is none before it.")
@click.option("--created", type=DAY, help="The day that it is of; without it, today.")
@click.option("--renew-by", type=DAY, help="The day by which the next is promised; without it, 31 days later.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="The file; else bundle-NUMBER.tar.")
def make(
    rules: str | None,
    previous: Path | None,
    first: bool,
    created: datetime | None,
    renew_by: datetime | None,
    output: Path | None,
) -> None:
    """The bundle of the folder RULES (or of the rules in use), to be signed; tells what it removes, alters and adds."""
    if (previous is None) is not first:
        raise click.UsageError("name the bundle before it with --previous, or say --first")
    loaded = load_rules(option.settings(rules=rules))
    if loaded.ruleset is None or hold_trial(loaded.ruleset).failures:
        raise click.ClickException("the rules have mistakes: run caveat check")
    before = _whole(previous) if previous else None
    does = account(_ruleset(before) if before else None, loaded.ruleset)
    day = (created or datetime.now(UTC)).date()
    by = renew_by.date() if renew_by else day + RENEWED
    manifest = before.manifest if before else None
    try:
        made = new_bundle(loaded.sources, loaded.ruleset.fingerprint, does, manifest, day, by)
    except Flaw as flaw:
        raise click.ClickException(f"{flaw.wrong}; {flaw.write}") from None
    file = output or Path(file_name(made.manifest.number))
    _free(file)
    save(file, made.written())
    for line in does.lines:
        click.echo(line)
    people = "two people have" if before is None or does.keys_needed == 2 else "one person has"
    click.echo(f"{file}: number {made.manifest.number}; {people} to sign it.")


@bundle.command()
@click.argument("file", type=FILE)
@click.option("--key", type=FILE, help="Your secret key.")
@click.option("--attach", type=FILE, help="Instead: a signature that minisign made over its manifest.json.")
@click.option("--public", type=FILE, help="The public key of that signature.")
@click.option("--previous", type=FILE, help="The bundle before it, as you know it.")
@password_from
@click.option("--yes", is_flag=True, help="Do not ask.")
def sign(
    file: Path,
    key: Path | None,
    attach: Path | None,
    public: Path | None,
    previous: Path | None,
    password_from: Path | None,
    yes: bool,
) -> None:
    """Sign FILE, after working out again, from its predecessor, what it removes, alters and adds."""
    if (key is None) is (attach is None) or (attach is None) is not (public is None):
        raise click.UsageError("name your --key, or a signature to --attach and its --public key")
    unsigned = _whole(file)
    before = _whole(previous) if previous else None
    reviewed = review(unsigned, before, weigh)
    if isinstance(reviewed, Refused):
        raise click.ClickException(str(reviewed))
    does = reviewed.account if before else unsigned.manifest.account
    for line in does.lines:
        click.echo(line)
    if not yes:
        number = f"number {unsigned.manifest.number} of {unsigned.manifest.created}"
        click.confirm(f"{'Attach this signature to' if attach else 'Sign'} {number}?", abort=True)
    try:
        if attach is not None and public is not None:
            signed = unsigned.with_signature(_attached(unsigned, attach, public))
        elif key is not None:
            signed = unsigned.sign(_secret(key, password_from))
        else:
            raise BadKey("there is no key")
    except (BadKey, Flaw) as wrong:
        raise click.ClickException(wrong.wrong if isinstance(wrong, Flaw) else str(wrong)) from None
    save(file, signed.written())
    click.echo(f"{file}: signed with {', '.join(signature.key for signature in signed.signatures)}.")


def _whole(path: Path) -> Bundle:
    found = read_bundle(path)
    if isinstance(found, Refused):
        raise click.ClickException(str(found))
    return found


def _ruleset(bundle: Bundle) -> RuleSet:
    weighed = weigh(None, bundle.files)
    if isinstance(weighed, Unfit):
        raise click.ClickException("the rules of its predecessor have mistakes: " + "; ".join(weighed.reasons))
    return weighed.ruleset


def _attached(unsigned: Bundle, signature: Path, public: Path) -> Signature:
    """A signature that was made elsewhere. Raises `BadKey` or `Flaw`."""
    found = read_signature(signature.read_bytes())
    if not found.is_by(read_key(public.read_text(encoding="ascii")), unsigned.manifest.written()):
        raise BadKey(f"{signature} is not this key's signature over the manifest of this bundle")
    return found


def _secret(key: Path, password_from: Path | None) -> SecretKey:
    """The key in a file. Raises `BadKey`."""
    return read_secret(key.read_text(encoding="ascii"), lambda: _password(password_from))


def _password(file: Path | None, *, confirm: bool = False) -> str:
    if file is not None:
        with file.open(encoding="utf-8") as stream:
            return stream.readline().removesuffix("\n")
    told: str = click.prompt("Password", hide_input=True, confirmation_prompt=confirm, default="", show_default=False)
    return told


def _free(file: Path) -> None:
    if file.exists():
        raise click.UsageError(f"{file} exists already")
