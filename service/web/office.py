"""Office: what is answered that is no notice: pages about the service, and what its operator may ask."""

from __future__ import annotations

from flask import Response, request

from . import front, problem, reply, turn
from .library import Library


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
        return reply.page(front.front(turn.edition().ruleset))

    def about(self) -> Response:
        """Attributions, and that this is not advice."""
        return reply.page(front.about(self.attributions))

    def health(self) -> Response:
        """One word: the process answers."""
        return reply.word("ok\n")

    def ready(self) -> Response:
        """One word: there are rules to answer from. Where only the operator can ask, which ones."""
        if not self._is_admin():
            return reply.word("ready\n")
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
        return reply.word("".join(f"{name}: {value}\n" for name, value in lines.items()))

    def metrics(self) -> Response:
        """The counters, where only the operator can ask."""
        if not self._is_admin():
            raise problem.Refused("not-found")
        return reply.word("".join(f"{line}\n" for line in self.library.counters.lines()))

    def _is_admin(self) -> bool:
        return (request.environ.get("SERVER_NAME"), request.environ.get("SERVER_PORT")) in self.admin
