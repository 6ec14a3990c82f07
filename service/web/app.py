"""App: the addresses of the service."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Mapping
from typing import NoReturn

from flask import Flask, Request, Response
from werkzeug.exceptions import NotFound
from werkzeug.routing import RequestRedirect

from ..answer.body import Form
from ..page.sheet import Length
from . import inquiry, limit
from .desk import FRAME, Desk, PlaceSource
from .handout import Handouts
from .hatch import Hatch
from .library import Library
from .office import Office

OWN = "/v1/<publisher>"
NEGOTIATED = f"{OWN}/notice"
STANDING = f"{OWN}/<place>/<language>"
CANONICAL = f"{STANDING}/notice"


class _Addresses(Flask):
    """Everything has one address: a redirect would repeat the host and the path that were sent."""

    def raise_routing_exception(self, request: Request) -> NoReturn:
        if isinstance(request.routing_exception, RequestRedirect):
            raise NotFound
        super().raise_routing_exception(request)


def create_app(
    library: Library,
    places: PlaceSource,
    *,
    attributions: str = "",
    admin: Collection[tuple[str, int]] = (),
    alarm: Callable[[str], object] = str,
) -> Flask:
    """The service as a WSGI application.

    `library` has been opened. `attributions` is the plain text that /about prints. `admin` are the host and port of
    the sockets at which /metrics and the details of readiness may be asked for. `alarm` prints a line when something
    of ours breaks, with the class of the error and nothing else.
    """
    app = _Addresses("caveat", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = inquiry.LONGEST
    app.url_map.merge_slashes = False
    _silence(app)
    desk = Desk(library, places, alarm)
    handouts = Handouts(desk)
    office = Office(library, attributions, frozenset((host, str(port)) for host, port in admin))
    for form in Form:
        for length in Length:
            dot = "" if length is Length.FULL else f".{length.value}"
            kind = {"form": form, "length": length}
            _get(app, f"{CANONICAL}{dot}.{form.value}", desk.canonical, kind)
            _get(app, f"{NEGOTIATED}{dot}.{form.value}", desk.negotiated, kind)
    _get(app, f"{CANONICAL}.<{limit.CONVERTER}:most>.txt", desk.limited, {})
    _get(app, f"{STANDING}/acts.json", desk.acts, {})
    _get(app, f"{OWN}{FRAME}", handouts.frame, {"form": Form.HTML})
    _get(app, f"{OWN}/table/<language>.json", handouts.table, {})
    _get(app, f"{OWN}/check/<language>/", handouts.check, {"form": Form.HTML})
    _get(app, f"{OWN}/check/<language>/inside.html", handouts.inside, {"form": Form.HTML})
    _get(app, f"{OWN}/reader.css", handouts.style, {})
    _get(app, "/embed/<name>", office.asset, {})
    for path, view in (
        ("/", office.front),
        ("/embed/", office.embed),
        ("/about", office.about),
        ("/openapi.json", office.openapi),
        ("/reference", office.reference),
        ("/healthz", office.health),
        ("/readyz", office.ready),
        ("/metrics", office.metrics),
    ):
        _get(app, path, view, {})
    app.add_url_rule(
        NEGOTIATED, "inquire", desk.inquire, methods=["POST"], provide_automatic_options=False, strict_slashes=True
    )
    app.before_request(desk.begin)
    app.after_request(desk.finish)
    app.register_error_handler(Exception, desk.failed)
    app.wsgi_app = Hatch(app.wsgi_app, desk)  # type: ignore[method-assign, assignment]
    return app


def _get(app: Flask, path: str, view: Callable[..., Response], defaults: Mapping[str, object]) -> None:
    app.add_url_rule(path, path, view, methods=["GET"], defaults=dict(defaults), provide_automatic_options=False)


def _silence(app: Flask) -> None:
    """Nothing about a request is ever logged: a traceback's last line may be a reader's passport."""
    for logger in (app.logger, logging.getLogger("werkzeug")):
        logger.handlers = [logging.NullHandler()]
        logger.propagate = False
        logger.disabled = True
