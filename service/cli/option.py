"""Option: the flags that several commands share, each with its `CAVEAT_*` variable."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from ..assembly import BadSetting, Settings, read_settings

Command = TypeVar("Command", bound=Callable[..., Any])

rules = click.option("--rules", metavar="FOLDER", help="The rule files. [CAVEAT_RULES]")
geo = click.option("--geo", metavar="FILES", help="Location databases, separated by commas. [CAVEAT_GEO]")
place_from = click.option(
    "--place-from", metavar="SOURCE", help="address, or the CDN whose header says the place. [CAVEAT_PLACE_FROM]"
)
trusted_proxies = click.option(
    "--trusted-proxies", metavar="NETWORKS", help="Whose headers are believed. [CAVEAT_TRUSTED_PROXIES]"
)
grade = click.option("--grade", metavar="GRADE", help="sourced or approved wording. [CAVEAT_GRADE]")
bind = click.option("--bind", metavar="HOST:PORT", help="Where to listen. [CAVEAT_BIND]")
admin_bind = click.option("--admin-bind", metavar="HOST:PORT", help="Where to tell counters. [CAVEAT_ADMIN_BIND]")
workers = click.option("--workers", metavar="NUMBER", help="Processes; one a core. [CAVEAT_WORKERS]")
trusted_keys = click.option("--trusted-keys", metavar="FILES", help="Who may sign bundles. [CAVEAT_TRUSTED_KEYS]")
as_json = click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="For people or for machines."
)


def settings(**given: str | None) -> Settings:
    """The settings, or an end with the mistake in words."""
    try:
        return read_settings(given)
    except BadSetting as mistake:
        raise click.UsageError(str(mistake)) from None
