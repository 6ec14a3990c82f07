"""App: the addresses of the demonstration. It needs no configuration, and loads nothing from elsewhere."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from flask import Flask, Response, abort, request

from ..answer.address import tells_status
from ..web.library import Library
from .almanac import Almanac
from .choice import USUAL, Choice, day_of, is_place
from .paper import Paper
from .way import BY_NAME

SLOW = 3.0
"""Seconds that a slow answer takes."""

PASSED = ("Content-Type", "Content-Language", "Cache-Control", "Content-Security-Policy", "Notice-State", "Vary")
"""What a newspaper's server passes on of an answer's headers."""

PRESS = {path.name: path for path in (Path(__file__).parent / "press").iterdir()}
TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
ALWAYS = {"Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff"}


def create_demo(library: Library) -> Flask:
    """The demonstration as a WSGI application; `library` has been opened."""
    app = Flask("caveat-demo", template_folder=str(Path(__file__).parent / "templates"), static_folder=None)
    almanac = Almanac(library)
    paper = Paper(almanac)

    def page(publisher: str, place: str, language: str, way: str, day: str = "") -> Response:
        chosen = Choice(publisher, place, language, way, _day(day))
        if publisher not in almanac.ruleset.publishers or language not in USUAL or way not in BY_NAME:
            abort(404)
        if not is_place(place):
            abort(404)
        found = paper.page(chosen, request.host_url.rstrip("/"))
        headers = {"Cache-Control": "no-store", "Content-Security-Policy": found.policy}
        return Response(found.text, headers=headers)

    def choose() -> Response:
        """The form's answer becomes an address with nothing after it."""
        given = request.args.get
        language = given("language", "en")
        if language not in USUAL:
            abort(404)
        usual = Choice(USUAL[language], language=language)
        publisher = given("publisher", "") or usual.publisher
        place, way = given("place", usual.place), given("way", usual.way)
        if publisher not in almanac.ruleset.publishers or not is_place(place) or way not in BY_NAME:
            abort(404)
        day = _day(given("day", ""))
        chosen = Choice(publisher, place, language, way, day if day != almanac.today() else None)
        return _sent(chosen.path, 303)

    def passed_on(rest: str, day: str = "", fault: str = "") -> Response:
        """What the newspaper's server passes on, and nothing of the reader's with it; or what goes wrong instead."""
        if fault:
            return _failing(fault)
        return _answer(almanac, _day(day), f"/v1/{rest}")

    @app.before_request
    def refuse_status() -> Response | None:
        """What a reader is never stands in an address, not even here."""
        told = tells_status(request.args)
        return Response("What a reader is does not belong in an address.\n", 400) if told else None

    @app.after_request
    def closed(answer: Response) -> Response:
        """An answer that says nothing of what it may load may load nothing."""
        for name, value in {**ALWAYS, "Content-Security-Policy": "default-src 'none'"}.items():
            answer.headers.setdefault(name, value)
        return answer

    _both(app, "/<publisher>/<place>/<language>/<way>/", page)
    _both(app, "/_r/<path:rest>", passed_on)
    _both(app, "/fault/<fault>/_r/<path:rest>", passed_on)
    _get(app, "/embed/<name>", lambda name: _answer(almanac, None, f"/embed/{name}"))
    _get(app, "/press/<name>", _printed)
    _get(app, "/choose", choose)
    _get(app, "/", lambda: _sent(Choice().path, 302))
    return app


def _get(app: Flask, path: str, view: Callable[..., Response]) -> None:
    app.add_url_rule(path, path, view, methods=["GET"], provide_automatic_options=False)


def _both(app: Flask, path: str, view: Callable[..., Response]) -> None:
    """An address for today, and one for every other day."""
    _get(app, path, view)
    _get(app, f"/on/<day>{path}", view)


def _day(text: str) -> date | None:
    try:
        return day_of(text)
    except ValueError:
        abort(404)


def _sent(path: str, status: int) -> Response:
    return Response(status=status, headers={"Cache-Control": "no-store", "Location": path})


def _printed(name: str) -> Response:
    if name not in PRESS:
        abort(404)
    file = PRESS[name]
    return Response(file.read_bytes(), content_type=TYPES[file.suffix], headers={"Cache-Control": "no-cache"})


def _answer(almanac: Almanac, day: date | None, path: str) -> Response:
    found = almanac.ask(day, path)
    headers = {name: value for name, value in found.headers.items() if name in PASSED}
    return Response(found.content, found.status, headers=headers)


def _failing(fault: str) -> Response:
    if fault == "slow":
        time.sleep(SLOW)
    answers = {
        "error": Response("<h1>Internal Server Error</h1>", 500),
        "slow": Response("{}", content_type="application/json"),
        "portal": Response("<!doctype html><title>Log in</title><h1>Welcome to the Hotel Belvedere</h1>"),
        "broken": Response('{"publisher": "', content_type="application/json"),
        "moved": Response("", 302, headers={"Location": "/"}),
    }
    if fault not in answers:
        abort(404)
    answer = answers[fault]
    answer.headers["Cache-Control"] = "no-store"
    return answer
