"""Handout: what a browser takes away and decides with, or is shown as a page of its own."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from http import HTTPStatus

from flask import Response

from ..answer import address, body, reply
from ..answer.body import Body, Form
from ..answer.edition import Handout
from ..device import check, table
from ..law.cases import Cases
from ..law.publisher import Publisher
from ..page import frame
from ..page.grade import Grade
from ..page.style import style
from . import desk, turn
from .desk import Desk


class Handouts:
    """Answers with what is the same for every reader: one method an address."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def frame(self, publisher: str, place: str, language: str, form: Form) -> Response:
        """The notice as a page of its own, that any page may hold."""

        def find(places: Collection[str], tag: str) -> Body:
            return desk.made(body.of_frame, publisher, places, tag)

        answer = self._desk.standing(publisher, place, language, form, find)
        return _guarded(answer, frame.policy)

    def table(self, publisher: str, language: str) -> Response:
        """What every place is told, for deciding on the device."""
        return self._handout(table.written, publisher, language, Form.JSON)

    def check(self, publisher: str, language: str, form: Form) -> Response:
        """Questions that a reader answers on the device: the same page for everyone."""
        answer = self._handout(check.written, publisher, language, form)
        return _unkept(_guarded(answer, check.policy))

    def inside(self, publisher: str, language: str, form: Form) -> Response:
        """The same questions as a fragment, for a page that everyone opens; a header names its styles for a policy."""
        answer = self._handout(check.inlined, publisher, language, form)
        answer.headers["Notice-Style"] = check.digest(answer.get_data(as_text=True))
        return _unkept(answer)

    def style(self, publisher: str) -> Response:
        """How a fragment can look, for the classes that the publisher chose."""
        answer = self._handout(_style, publisher, "en", Form.TEXT)
        answer.content_type = reply.STYLE
        return answer

    def _handout(self, make: Handout, publisher: str, language: str, form: Form) -> Response:
        """The same for every reader of a publisher in a language; caches may keep it if that was spelt in one way."""
        desk.refuse_status()
        edition = turn.edition()
        tag, usual = address.language(language, edition.ruleset)
        return self._desk.public(edition.handout(make, publisher, turn.now(), tag), publisher, form, usual)


def _unkept(answer: Response) -> Response:
    """No browser keeps the questions, whatever the publisher chose: on a device that is searched they are a sign."""
    if answer.headers.get("Cache-Control", "").startswith("private"):
        answer.headers["Cache-Control"] = "no-store"
    return answer


def _guarded(answer: Response, policy: Callable[[str], str]) -> Response:
    """A page under the policy of what stands in it; a 304 has no page, and leaves the policy that was kept."""
    found = answer.status_code == HTTPStatus.OK
    answer.headers["Content-Security-Policy"] = policy(answer.get_data(as_text=True)) if found else ""
    return answer


def _style(_cases: Cases, publisher: Publisher, _language: str, _grade: Grade, _instant: datetime) -> str:
    return style(publisher.class_prefix)
