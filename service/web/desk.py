"""Desk: what is answered at each address."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from http import HTTPStatus

from flask import Response, request

from ..answer import address, body, problem, reply
from ..answer.body import Body, Form
from ..answer.edition import Making
from ..answer.reply import State
from ..law.examination import UnknownPublisher, Visit
from ..law.moment import Moment
from ..law.place import UNKNOWN
from ..page.language import normal, ranges
from ..page.sheet import Length
from . import inquiry, limit, response, turn
from .library import Library

PlaceSource = Callable[[str, Callable[[str], str | None]], Collection[str]]
"""Peer address and a look-up of headers in, candidate places out; from `CAVEAT_PLACE_FROM`."""

FRAME = "/frame/<place>/<language>/"
"""How the address of a page for an iframe ends."""

Find = Callable[[Collection[str], str], Body]
"""Candidate places and a language's tag ("" if it is none) in, the answer out."""


class Desk:
    """Answers requests: one method an address."""

    def __init__(
        self,
        library: Library,
        places: PlaceSource,
        alarm: Callable[[str], object],
    ) -> None:
        self.library = library
        self.places = places
        self._alarm = alarm
        self._alarmed: set[str] = set()

    def begin(self) -> None:
        """One edition and one instant for the whole answer."""
        turn.begin(self.library)

    def canonical(self, publisher: str, place: str, language: str, form: Form, length: Length) -> Response:
        """The notice for a place and a language that stand in the path: the same bytes for everyone."""

        def find(places: Collection[str], tag: str) -> Body:
            return self._body(publisher, places, form, length, tag, tag or None)

        return self.standing(publisher, place, language, form, find)

    def limited(self, publisher: str, place: str, language: str, most: int) -> Response:
        """As much of the plain text as has room in a message."""

        def find(places: Collection[str], tag: str) -> Body:
            return body.fitting(made(body.of_steps, publisher, places, tag), most)

        return self.standing(publisher, place, language, Form.TEXT, find, limit.is_usual(request.path, most))

    def acts(self, publisher: str, place: str, language: str) -> Response:
        """What each act on a page can lead to, for marking its controls."""

        def find(places: Collection[str], tag: str) -> Body:
            return made(body.of_acts, publisher, places, tag)

        return self.standing(publisher, place, language, Form.JSON, find)

    def standing(
        self, publisher: str, place: str, language: str, form: Form, find: Find, usual: bool = True
    ) -> Response:
        """An answer for a place and a language; caches may keep it if both were spelt in the one way.

        `usual`: whether the rest of the address was.
        """
        edition = turn.edition()
        refuse_status()
        where = address.place(place, edition.ruleset, Moment.at(turn.now()))
        tag, is_usual = address.language(language, edition.ruleset)
        return self.public(find(where.candidates, tag), publisher, form, usual and where.usual and is_usual)

    @staticmethod
    def public(found: Body, publisher: str, form: Form, usual: bool) -> Response:
        """An answer that is the same bytes for everyone; `usual` if its address was spelt in the one way."""
        edition = turn.edition()
        if not usual or request.query_string:
            return response.answer(found, form, _state(found))
        browsers = edition.ruleset.publishers[publisher].browsers_keep
        headers = reply.lasting(found, publisher, edition.fingerprint, turn.now(), browsers)
        if reply.is_same(request.headers.get("If-None-Match", ""), found):
            return Response(status=HTTPStatus.NOT_MODIFIED, headers=reply.stated(headers, _state(found)))
        return response.answer(found, form, _state(found), headers)

    def negotiated(self, publisher: str, form: Form, length: Length) -> Response:
        """The notice for wherever the request comes from, in the language that it asks for; never stored."""
        refuse_status()
        owner = turn.edition().ruleset.publishers.get(publisher)
        asked, told = address.wish(request.args.get("lang"), request.headers.get("Accept-Language", ""), owner)
        found = self._body(publisher, self._candidates(), form, length, asked, told)
        return response.answer(found, form, _state(found))

    def inquire(self, publisher: str) -> Response:
        """A question about one reader, from a publisher's server; every answer to it has one length."""
        edition, now = turn.edition(), turn.now()
        refuse_status()
        if request.headers.get("Sec-Fetch-Site", "none") != "none":
            raise problem.Refused("from-a-browser")
        content = _content()
        if (content or request.mimetype) and request.mimetype != "application/json":
            raise problem.Refused("not-json")
        try:
            asked = inquiry.read(content, edition)
        except inquiry.BadInquiry as mistake:
            raise problem.Refused("bad-inquiry", str(mistake)) from None
        moment = Moment.on(asked.on) if asked.on else Moment.at(now)
        candidates = [address.place(name, edition.ruleset, moment).candidates for name in asked.places]
        reader = replace(asked.reader, located_in=frozenset().union(*candidates))
        visit = Visit(publisher, moment, reader, asked.page_language, asked.content, asked.act)
        found = edition.record(visit, now, asked.language)
        return Response(
            problem.padded(found.content.decode(), edition.size),
            content_type=reply.TYPES[Form.JSON],
            headers=reply.stated(reply.SECRET, _state(found)),
        )

    def failed(self, error: Exception) -> Response:
        """Whatever went wrong: a fragment is still a fragment, data say so truly, and nothing is repeated."""
        kind, detail, allowed = _kind(error)
        if kind == "failure":
            self._broke("an answer", error)
        if not turn.has_begun():
            self.begin()
        given = request.view_args or {}
        form = given.get("form") or _form(request.path)
        if form in (Form.HTML, Form.TEXT) and kind != "method" and request.method != "POST":
            answer = self._fragment(kind, form, given)
            if str(request.endpoint).endswith(FRAME):
                answer.headers["Content-Security-Policy"] = reply.FRAMED
            return answer
        status = problem.KINDS[kind][0]
        state = State.UNKNOWN_PUBLISHER if kind == "unknown-publisher" else State.REFUSED
        if kind == "failure":
            state = State.FALLBACK
        text = problem.document(kind, detail)
        content: bytes | str = text
        headers: Mapping[str, str] = reply.FLEETING
        if request.method == "POST":
            content, headers = problem.padded(text, turn.edition().size), reply.SECRET
        answer = Response(content, status, content_type=problem.TYPE, headers=reply.stated(headers, state))
        if allowed:
            answer.headers["Allow"] = allowed
        return answer

    def finish(self, answer: Response) -> Response:
        """What stands on every answer."""
        for name, value in reply.ALWAYS.items():
            answer.headers.setdefault(name, value)
        if not answer.headers["Content-Security-Policy"]:
            del answer.headers["Content-Security-Policy"]
        answer.headers["Notice-Ruleset"] = reply.token(turn.edition().fingerprint)
        if request.method in ("GET", "HEAD"):
            answer.headers["Access-Control-Allow-Origin"] = "*"
        if "Vary" in answer.headers:
            answer.headers.add("Vary", reply.UNKEPT)
        if request.method == "POST":
            response.evened(answer)
        state = answer.headers.get("Notice-State", "")
        self.library.counters.count(state or "other")
        return answer

    def _body(
        self, publisher: str, candidates: Collection[str], form: Form, length: Length, language: str, told: str | None
    ) -> Body:
        return turn.edition().body(
            publisher, candidates, turn.now(), form, length, language=language, page_language=told
        )

    def _candidates(self) -> frozenset[str]:
        """Where the request comes from. A source that fails knows nothing, and says so."""
        try:
            found = frozenset(self.places(request.remote_addr or "", request.headers.get))
        except Exception as error:  # a location source must never cost anybody a warning
            self._broke("a location source", error)
            return frozenset({UNKNOWN})
        gazetteer = turn.edition().ruleset.gazetteer
        return frozenset(gazetteer.normal(place) for place in found) or frozenset({UNKNOWN})

    def _fragment(self, kind: str, form: Form, given: Mapping[str, object]) -> Response:
        """A usable body at status 200, whatever happened; `given` is what the path said."""
        publisher, language, most = str(given.get("publisher", "")), str(given.get("language", "")), given.get("most")
        wanted = [language, request.args.get("lang", ""), *ranges(request.headers.get("Accept-Language", ""))]
        tag = next(filter(None, map(normal, wanted)), "")
        edition = turn.edition()
        if kind == "unknown-publisher" or publisher not in edition.ruleset.publishers:
            state = State.UNKNOWN_PUBLISHER if publisher else State.REFUSED
            found = edition.anonymous(tag, form)
        else:
            state = State.FALLBACK if kind == "failure" else State.REFUSED
            found = edition.fallback(publisher, tag, form)
        return response.answer(body.curt(found, most) if isinstance(most, int) else found, form, state)

    def _broke(self, what: str, error: Exception) -> None:
        """Count it, and name its class once: its words may be a reader's."""
        self.library.counters.count("failures")
        line = f"{what} failed: {type(error).__name__}"
        if line not in self._alarmed:
            self._alarmed.add(line)
            self._alarm(line)


def made(make: Making, publisher: str, places: Collection[str], tag: str) -> Body:
    """What a function writes down for whoever may be in some places and asks in a language."""
    return turn.edition().made(make, publisher, places, turn.now(), language=tag, page_language=tag or None)


def _content() -> bytes:
    """The body, whole: the first part of an inquiry may be an inquiry about somebody else. Raises `Refused`."""
    try:
        found = request.get_data(cache=False)
        more = len(found) == inquiry.LONGEST and request.environ["wsgi.input"].read(1)
    except Exception as error:  # the server finds out about a damaged body only while it is read
        raise problem.Refused(_HTTP.get(_status(error), "bad-request")) from None
    if more:  # in chunks it has no length that could be refused beforehand, and Flask reads no further
        raise problem.Refused("too-large")
    if len(found) < (request.content_length or 0):
        raise problem.Refused("bad-request")
    return found


def refuse_status() -> None:
    """Raise `Refused` if the address tells something about the reader."""
    if address.tells_status(request.args):
        raise problem.Refused("status-in-address")


def _kind(error: Exception) -> tuple[str, str, str]:
    """The kind of problem that an error is, its detail, and the methods that are allowed instead."""
    if isinstance(error, problem.Refused):
        return error.kind, error.detail, ""
    if isinstance(error, UnknownPublisher):
        return "unknown-publisher", "", ""
    status = _status(error)
    if HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR:
        return _HTTP.get(status, "bad-request"), "", ", ".join(sorted(getattr(error, "valid_methods", None) or ()))
    return "failure", "", ""


_HTTP: Mapping[int, str] = {
    HTTPStatus.NOT_FOUND: "not-found",
    HTTPStatus.METHOD_NOT_ALLOWED: "method",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "too-large",
}
"""The problems that Flask finds by itself, by the status that it gives them."""


def _status(error: Exception) -> int:
    """The HTTP status of an error of Flask's; 0 of any other error."""
    status = getattr(error, "code", 0)
    return status if isinstance(status, int) else 0


def _form(path: str) -> Form | None:
    """The form that an address which we do not have would be included as."""
    ending = path.rpartition(".")[2] if path.startswith("/v1/") else ""
    return next((form for form in Form if form.value == ending), None)


def _state(body: Body) -> State:
    return State.LIVE if body.said else State.NONE
