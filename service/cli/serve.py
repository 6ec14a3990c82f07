"""Serve: the service, with a production server and sane defaults."""

from __future__ import annotations

import click

from ..assembly import BadSetting, attributions, open_library, open_locator, place_source
from . import option


@click.command()
@option.rules
@option.geo
@option.place_from
@option.trusted_proxies
@option.grade
@option.bind
@option.admin_bind
@option.workers
@option.trusted_keys
def serve(**given: str | None) -> None:
    """Run the service until it is told to stop."""
    from ..answer.edition import Unservable
    from ..web.app import create_app
    from ..web.server import CannotListen, Listening, say
    from ..web.server import serve as run

    settings = option.settings(**given)
    locator = open_locator(settings)
    for status in locator.sources:
        for trouble in filter(None, (status.trouble, *status.notes)):
            say(f"location file {status.file}: {trouble}")
    try:
        library = open_library(settings, say)
    except BadSetting as mistake:
        raise click.UsageError(str(mistake)) from None
    except Unservable as unservable:
        for reason in unservable.reasons:
            say(reason)
        raise click.ClickException("these rules cannot be served: run caveat check") from None
    listening = Listening(settings.bind, settings.admin_bind, settings.workers)
    app = create_app(
        library,
        place_source(settings, locator),
        attributions=attributions(),
        admin=listening.admin,
        alarm=say,
    )
    try:
        run(app, library, listening)
    except CannotListen as error:
        raise click.ClickException(str(error)) from None
