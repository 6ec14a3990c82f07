"""Naive: a service over the same rules that takes whatever it finds, for the tests that must find it out.

Run as a program: the folder of the rules and a port.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask, Response, request
from werkzeug.serving import WSGIRequestHandler, run_simple

from service.answer.body import Form
from service.answer.edition import Edition, Unservable
from service.page.grade import Grade
from service.page.sheet import Length
from service.rulebook import load
from service.web.watch import Snapshot


def create_app(folder: Path) -> Flask:
    """Reads the folder whenever it has changed; what cannot be read is no rules, and no rules are no notice."""
    app = Flask("naive")
    kept: list[tuple[Snapshot, Edition | None]] = []

    def edition() -> Edition | None:
        snapshot = Snapshot.of(folder)
        if not kept or kept[0][0] != snapshot:
            rules = load(folder).ruleset
            try:
                found = Edition(rules, Grade.SOURCED, datetime.now(UTC)) if rules else None
            except Unservable:
                found = None
            kept[:] = [(snapshot, found)]
        return kept[0][1]

    @app.get("/v1/<publisher>/<place>/<language>/notice.txt")
    def notice(publisher: str, place: str, language: str) -> Response:
        found = edition()
        if found is None:
            return Response("\n", headers={"Notice-State": "none"})
        body = found.body(publisher, {place}, datetime.now(UTC), Form.TEXT, Length.FULL, language=language)
        return Response(body.content, headers={"Notice-State": "live"})

    @app.get("/readyz")
    def ready() -> str:
        assert request
        return "ready\n"

    return app


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:
        """Nothing."""


if __name__ == "__main__":
    run_simple("127.0.0.1", int(sys.argv[2]), create_app(Path(sys.argv[1])), threaded=True, request_handler=_Quiet)
