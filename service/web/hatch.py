"""Hatch: where an answer that stands ready is handed out, before Flask is asked.

It hands out what Flask would have: the same bytes, headers and status. Whatever is asked in an unusual way, is refused
or breaks is left to Flask, which answers everything.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from werkzeug.datastructures import EnvironHeaders

from ..answer import address, reply
from ..answer.shelf import Pairs, Ready, Shelf
from .desk import Desk
from .quantum import Application

_LANGUAGE = re.compile(r"lang=([A-Za-z0-9-]{1,12})")
"""The one query that says all that an address without a place can say."""

_STANDING, _NEGOTIATED = 6, 4
"""Parts of an address with a place and a language, and of one without; the first part is empty."""


_Found = tuple[str, Pairs, Ready]
"""The status, the headers, and the answer that they belong to."""


class Hatch:
    """A WSGI application before another, `behind`, which is asked where nothing stands ready."""

    def __init__(self, behind: Application, desk: Desk) -> None:
        self._behind = behind
        self._desk = desk
        self._shelf: Shelf | None = None

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        method = environ["REQUEST_METHOD"]
        if method not in ("GET", "HEAD") or environ.get("SCRIPT_NAME") or "HTTP_UPGRADE" in environ:
            return self._behind(environ, start)
        try:
            found = self._found(environ)
        except Exception:  # what broke here breaks behind it too, where it is told and the reader gets a text
            found = None
        if found is None:
            return self._behind(environ, start)
        status, headers, ready = found
        self._desk.library.counters.count(ready.state.value)
        start(status, [*headers])
        return () if method == "HEAD" or headers is ready.unchanged else (ready.body.content,)

    def _found(self, environ: dict[str, Any]) -> _Found | None:
        """Status, headers and answer, None where nothing stands ready."""
        parts = environ["PATH_INFO"].split("/")
        query = environ.get("QUERY_STRING", "")
        if len(parts) == _STANDING and parts[1] == "v1" and not query:
            return self._standing(parts, environ.get("HTTP_IF_NONE_MATCH", ""))
        if len(parts) == _NEGOTIATED and parts[1] == "v1" and parts[3] != "notice":
            return self._negotiated(parts, query, environ)
        return None

    def _standing(self, parts: list[str], condition: str) -> _Found | None:
        now = self._desk.library.now()
        publisher, place, language, name = parts[2:]
        ready = self._at(now).standing(publisher, place, language, name, now)
        if ready is None:
            return None
        if condition and reply.is_same(condition, ready.body):
            return "304 NOT MODIFIED", ready.unchanged, ready
        return "200 OK", ready.lasting, ready

    def _negotiated(self, parts: list[str], query: str, environ: dict[str, Any]) -> _Found | None:
        asked = _LANGUAGE.fullmatch(query)
        if query and asked is None:
            return None
        now = self._desk.library.now()
        shelf = self._at(now)
        publisher, name = parts[2:]
        owner = shelf.edition.ruleset.publishers.get(publisher)
        if owner is None:
            return None
        wish = address.wish(asked and asked[1], environ.get("HTTP_ACCEPT_LANGUAGE", ""), owner)
        candidates = self._desk.places(environ.get("REMOTE_ADDR") or "", EnvironHeaders(environ).get)
        ready = shelf.negotiated(publisher, candidates, *wish, name, now)
        return ("200 OK", ready.passing, ready) if ready else None

    def _at(self, now: datetime) -> Shelf:
        edition, shelf = self._desk.library.edition, self._shelf
        if shelf is None or not shelf.serves(edition, now):
            shelf = self._shelf = Shelf(edition, now)
        return shelf
