"""Memo: a rule in plain language, printable, for counsel to sign."""

from __future__ import annotations

import click

from ..assembly import load_rules
from ..counsel.memo.memo import memo as write_memo
from ..counsel.memo.words import WORDS
from . import option


@click.command()
@option.rules
@click.argument("notice")
@click.option("--language", type=click.Choice(list(WORDS)), default="en", help="The language of the memo.")
@click.option(
    "--format", "form", type=click.Choice(["markdown", "html"]), default="markdown", help="html is ready to print."
)
def memo(notice: str, rules: str | None, language: str, form: str) -> None:
    """The rule NOTICE, such as ru/undesirable-organization, in plain language."""
    ruleset = load_rules(option.settings(rules=rules)).ruleset
    if ruleset is None:
        raise click.ClickException("the rules have mistakes: run caveat check")
    found = ruleset.notices.get(notice)
    if found is None:
        raise click.UsageError(f"there is no notice {notice}; there are {', '.join(sorted(ruleset.notices))}")
    document = write_memo(ruleset, found, language)
    click.echo(document.html() if form == "html" else document.markdown(), nl=False)
