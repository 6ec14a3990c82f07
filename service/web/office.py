"""Office: what is answered that is no notice: pages about the service, and what its operator may ask."""

from __future__ import annotations

import json
from importlib.metadata import version
from typing import Any

from flask import Response, current_app, request

from ..answer import problem, reply
from ..device.element import ASSETS
from . import front, openapi, response, turn
from .library import Library
from .reference import POLICY, reference


class Office:
    """Answers for the service itself: one method an address.

    `attributions` is the plain text of /about; `admin` are the host and port at which the operator may ask.
    """

    def __init__(self, library: Library, attributions: str, admin: frozenset[tuple[str, str]]) -> None:
        self.library = library
        self.attributions = attributions
        self.admin = admin

    def front(self) -> Response:
        """A plain page with links to try."""
        return response.page(front.front(turn.edition().ruleset))

    def about(self) -> Response:
        """Attributions, and that this is not advice."""
        return response.page(front.about(self.attributions))

    def openapi(self) -> Response:
        """Every address, for programs."""
        written = json.dumps(_document(), ensure_ascii=False) + "\n"
        return Response(written, content_type=openapi.TYPE, headers=reply.FLEETING)

    def reference(self) -> Response:
        """Every address, for people."""
        answer = response.page(reference(_document()))
        answer.headers["Content-Security-Policy"] = POLICY
        return answer

    def embed(self) -> Response:
        """What a website takes to its own origin, with the hash that a page names it by."""
        return response.page(
            front.embed({name: asset.integrity for name, asset in ASSETS.items() if not asset.lasting})
        )

    def asset(self, name: str) -> Response:
        """A file for a website to take: it says nothing about who takes it."""
        found = ASSETS.get(name)
        if found is None:
            raise problem.Refused("not-found")
        headers = reply.LASTING if found.lasting else reply.COMMON
        return Response(found.content, content_type=found.content_type, headers=headers)

    def health(self) -> Response:
        """One word: the process answers."""
        return response.word("ok\n")

    def ready(self) -> Response:
        """One word: there are rules to answer from. Where only the operator can ask, which ones."""
        if not self._is_admin():
            return response.word("ready\n")
        edition = turn.edition()
        change = edition.ruleset.next_change(turn.now())
        lines = {
            "ready": "yes",
            "ruleset": edition.fingerprint,
            "since": edition.since.isoformat(),
            "next_change": change.isoformat() if change else "",
            "grade": edition.grade.value,
            "last_refusal": self.library.refused,
            "universal_answers_that_failed": edition.faults,
            "stale_registers": ", ".join(
                sorted(id for id, register in edition.ruleset.registers.items() if register.stale(turn.now().date()))
            ),
        }
        return response.word("".join(f"{name}: {value}\n" for name, value in lines.items()))

    def metrics(self) -> Response:
        """The counters, where only the operator can ask."""
        if not self._is_admin():
            raise problem.Refused("not-found")
        return response.word("".join(f"{line}\n" for line in self.library.counters.lines()))

    def _is_admin(self) -> bool:
        return (request.environ.get("SERVER_NAME"), request.environ.get("SERVER_PORT")) in self.admin


def _document() -> dict[str, Any]:
    return openapi.document(current_app, turn.edition(), version("caveat"))
