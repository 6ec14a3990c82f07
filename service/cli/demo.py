"""Demo: a made-up newspaper on this machine, in which every way of embedding can be seen and switched."""

from __future__ import annotations

import click

from ..assembly import open_library
from . import option


@click.command()
@option.rules
@option.grade
@click.option("--bind", metavar="HOST:PORT", default="127.0.0.1:8081", show_default=True, help="Where to listen.")
def demo(bind: str, **given: str | None) -> None:
    """Show every way of embedding, in a newspaper that does not exist."""
    from ..answer.edition import Unservable
    from ..demo.app import create_demo
    from ..web.server import CannotListen, Listening, say
    from ..web.server import serve as run

    settings = option.settings(bind=bind, **given)
    try:
        library = open_library(settings, say)
    except Unservable as unservable:
        for reason in unservable.reasons:
            say(reason)
        raise click.ClickException("these rules cannot be served: run caveat check") from None
    try:
        run(create_demo(library), library, Listening(bind, workers=1))
    except CannotListen as error:
        raise click.ClickException(str(error)) from None
