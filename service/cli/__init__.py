"""Command line: `caveat`, which starts things and prints what they found."""

from __future__ import annotations

import click

from .bundle import bundle
from .check import check
from .demo import demo
from .diff import diff
from .due import due
from .explain import explain
from .export import export
from .locate import locate
from .memo import memo
from .serve import serve


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="caveat")
def main() -> None:
    """Caveat tells a website which legal notice its reader needs. It is not legal advice."""


for command in (serve, demo, check, diff, explain, due, memo, locate, bundle, export):
    main.add_command(command)
