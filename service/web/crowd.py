"""Crowd: what is answered at once while more ask than can be answered in time.

Whoever has waited too long is given the text for everybody, which is ready, and the next is taken. So those who are
answered in full are answered soon, and nobody is left without a word. The wait is counted from the arrival of the
request, in whatever queue it stood.
"""

from __future__ import annotations

import socket
import struct
from collections.abc import Mapping
from email.utils import formatdate
from http import HTTPStatus
from urllib.parse import parse_qs

from ..answer import body, problem, reply
from ..answer.body import Form
from ..answer.reply import State
from ..page.language import normal, ranges
from .library import Library
from .limit import MOST

LATE = 0.075
"""Seconds that a request may have waited before anybody looked at it."""

FEW = 16
"""Late ones that are answered in full all the same: when the machine pauses a few are late, and that is no crowd."""

PROBES = frozenset({"/healthz", "/readyz"})
"""Addresses that are answered however many ask: a supervisor must not take a crowd for a death."""

_OF_THE_SERVER = 3
"""The headers that come first and that other answers get from the server itself."""

_LAST_RECEIVED = struct.Struct("=I")
_OFFSET = 52
"""Where tcp_info holds `tcpi_last_data_recv`, in milliseconds (tcp(7), linux/tcp.h); the layout is part of its ABI."""

_RETRY: Mapping[str, str] = {"Retry-After": "1"}


def waited(connection: socket.socket) -> float:
    """Seconds since the last bytes of a connection came; 0 where the system does not tell."""
    try:
        told = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _OFFSET + _LAST_RECEIVED.size)
        return float(_LAST_RECEIVED.unpack_from(told, _OFFSET)[0]) / 1000
    except (OSError, AttributeError, struct.error):
        return 0.0


class Crowd:
    """One process's view of those who wait."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._late = 0

    def is_too_much(self, path: str, seconds: float) -> bool:
        """Whether a request that has waited so long is to be turned away; every one must be told of."""
        late = seconds > LATE
        self._late = min(self._late + 1, 2 * FEW) if late else max(self._late - 1, 0)
        return late and self._late > FEW and path not in PROBES

    def answer(self, method: str, path: str, query: str = "", languages: str = "", *, closes: bool = True) -> bytes:
        """The whole answer to one that is turned away; `languages` is its Accept-Language."""
        edition = self._library.edition
        words = path.split("/")
        form = _form(words) if method in ("GET", "HEAD") else None
        status, state = HTTPStatus.OK, State.FALLBACK
        if form is None:
            status, kind, extra = HTTPStatus.SERVICE_UNAVAILABLE, problem.TYPE, _RETRY
            text = problem.document("busy")
            content = problem.padded(text, edition.size) if method == "POST" else text.encode()
        else:
            state = state if words[2] in edition.ruleset.publishers else State.UNKNOWN_PUBLISHER
            found = edition.fallback(words[2], _language(words, query, languages), form)
            most = _most(words[-1])
            content = (body.curt(found, most) if most else found).content
            kind, extra = reply.TYPES[form], {"Content-Language": found.language}
        self._library.counters.count("turned-away")
        self._library.counters.count(state.value)
        headers: Mapping[str, str] = {
            "Server": "caveat",
            "Date": formatdate(usegmt=True),
            "Connection": "close" if closes else "keep-alive",
            "Content-Type": kind,
            "Content-Length": str(len(content)),
            **reply.stated(reply.SECRET if method == "POST" else reply.FLEETING, state),
            **reply.ALWAYS,
            **({"Content-Security-Policy": reply.FRAMED} if words[3:4] == ["frame"] else {}),
            **extra,
            "Notice-Ruleset": reply.token(edition.fingerprint),
            **({"Access-Control-Allow-Origin": "*"} if method in ("GET", "HEAD") else {}),
        }
        line = f"{status.value} {status.phrase}"
        pairs = [*headers.items(), ("Vary", reply.UNKEPT)]
        if method == "POST":
            pairs.append((reply.PADDING, reply.padding(line, pairs[_OF_THE_SERVER:])))
        head = "".join(f"{name}: {value}\r\n" for name, value in pairs)
        start = f"HTTP/1.1 {line}\r\n{head}\r\n".encode("latin-1")
        return start if method == "HEAD" else start + content


def _form(words: list[str]) -> Form | None:
    """What an address of a publisher is included as, where that is a text that people read."""
    if words[:2] != ["", "v1"] or len(words) < 3:
        return None
    if words[3:4] in (["frame"], ["check"]) and words[-1] == "":
        return Form.HTML
    ending = words[-1].rpartition(".")[2]
    return next((form for form in (Form.HTML, Form.TEXT) if form.value == ending), None)


def _language(words: list[str], query: str, languages: str) -> str:
    """The language that is asked for, "" if none is: the last but one part of a path, else as for any notice."""
    standing = words[-2] if len(words) > 4 else ""
    asked = parse_qs(query).get("lang", [""])[0] if "lang=" in query and not standing else ""
    return next(filter(None, map(normal, (standing, asked, *ranges(languages)))), "")


def _most(name: str) -> int:
    """The room that the address of a plain text leaves, 0 if it leaves any."""
    most = name.removeprefix("notice.").removesuffix(".txt")
    return min(int(most), MOST) if most.isascii() and most.isdecimal() and len(most) < 6 else 0
