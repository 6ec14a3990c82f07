"""Target: a reader of what others send, and what must hold of its answer whatever the bytes are.

Everything that the harness hands bytes to, each with examples to begin from. What does not hold is raised.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from flask import Flask
from gunicorn.http import RequestParser, wsgi

from service.answer import address
from service.answer.edition import Edition
from service.assembly import Settings, open_library, open_locator, place_source
from service.bundle import BadKey, Flaw, read_key, read_signature
from service.bundle.archive import packed, unpacked
from service.bundle.manifest import read_manifest
from service.law.moment import Moment
from service.law.place import UNKNOWN
from service.locate import codes, edge, networks, origin
from service.locate.address import bare
from service.locate.origin import is_trusted
from service.page import language
from service.rulebook import Loaded, read, scalar
from service.rulebook import date as days
from service.rulebook import text as texts
from service.rulebook.problem import Mistake
from service.web import app, crowd, inquiry
from service.web.library import Library
from service.web.server import Listening, _Service

from . import seed
from .mutator import files
from .vectors import GEOGRAPHY, RUSSIAN

PROXY, STRANGER = "127.0.0.1", "127.0.0.2"
TRUSTED = networks("127.0.0.0/31, 10.0.0.0/8")
MOST_MESSAGES = 64
"""Refusals are constants of ours: whatever is sent, there are not more of them."""


@dataclass(frozen=True, slots=True)
class Target:
    """`ask` is given bytes; `seeds` are bytes to begin from, `words` what stands in them; at most `longest` bytes."""

    ask: Callable[[bytes], object]
    seeds: Callable[[], Iterable[bytes]]
    words: tuple[str, ...] = ()
    longest: int = 4096


# ---- headers -------------------------------------------------------------------------------------------------


def forwarded(data: bytes) -> None:
    """X-Forwarded-For: a stranger's says nothing, and behind a proxy's word nothing before it counts."""
    header = data.decode("latin-1")
    assert origin(STRANGER, header, TRUSTED) == bare(STRANGER)
    found = origin(PROXY, header, TRUSTED)
    assert found is None or not is_trusted(found, TRUSTED)
    assert origin(PROXY, f"{header}, {RUSSIAN}", TRUSTED) in (None, bare(RUSSIAN))


def addressed(data: bytes) -> None:
    """An address, as every location file is asked for it."""
    header = data.decode("latin-1")
    for found in (_locator().candidates(header), _locator().candidates(origin(PROXY, header, TRUSTED))):
        assert found
        assert found <= codes.assigned() | {UNKNOWN}


def edged(data: bytes) -> None:
    """The header of a CDN, chosen by the first byte; of two headers, the second stands on a second line."""
    preset = GEOGRAPHY[data[0] % len(GEOGRAPHY) if data else 0][0]
    cdn = edge(preset)
    assert cdn is not None
    given = dict(zip(cdn.headers, data[1:].decode("latin-1").split("\n"), strict=False))
    assert cdn.candidates(STRANGER, given.get, TRUSTED) == {UNKNOWN}
    found = cdn.candidates(PROXY, given.get, TRUSTED)
    assert found
    assert found <= codes.assigned() | {UNKNOWN}


def spoken(data: bytes) -> None:
    """Accept-Language, and a language in an address."""
    header = data.decode("latin-1")
    wanted = language.ranges(header)
    assert all(language.normal(tag) == tag for tag in wanted)
    assert language.one(wanted) in ("", *wanted[:1])
    tag = language.normal(header)
    assert language.direction(tag) in ("ltr", "rtl")
    for publisher in _edition().ruleset.publishers.values():
        served = {*publisher.languages, *(tag for tags in publisher.fallback.values() for tag in tags)}
        assert language.lookup(wanted, publisher) in served
        assert "en" in language.chain(tag, publisher)


# ---- addresses and bodies ------------------------------------------------------------------------------------


def placed(data: bytes) -> None:
    """The parts of an address: a place, a language, and the names in a query."""
    text, _, query = data.decode(errors="surrogateescape").partition("\n")
    ruleset = _edition().ruleset
    found = address.place(text, ruleset, _MOMENT)
    assert found.candidates
    assert not found.usual or text in ruleset.territories or text in (address.ANYWHERE, UNKNOWN) or text.isupper()
    tag, usual = address.language(text, ruleset)
    assert tag in ("", language.normal(text))
    assert not usual or tag == text
    assert address.tells_status(query.split("\n")) in (True, False)


def inquired(data: bytes) -> None:
    """The body of a POST: an inquiry that JSON can mean in one way only, or one of our refusals."""
    try:
        found = inquiry.read(data, _edition())
    except inquiry.BadInquiry as refusal:
        _messages.add(str(refusal))
        assert len(_messages) <= MOST_MESSAGES
        return
    if not data.strip():
        assert found == inquiry.Inquiry()
        return
    given = json.loads(data.decode(), object_pairs_hook=_once)
    assert set(given) <= set(inquiry.FIELDS)
    assert set(given.get("reader", {})) <= set(inquiry.FACTS)
    assert (found.on is None) is ("on" not in given)
    assert found.reader.age == given.get("reader", {}).get("age")
    assert found.reader.stateless is given.get("reader", {}).get("stateless")


def turned_away(data: bytes) -> None:
    """A request as it is answered while too many ask: method, path, query and languages on a line each."""
    method, path, query, languages, *_ = [*data.decode("latin-1").split("\n"), "", "", ""]
    answer = _crowd().answer(method, f"/{path}", query, languages)
    head, end, body = answer.partition(b"\r\n\r\n")
    assert end
    assert head.startswith((b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 503 Service Unavailable\r\n"))
    lines = [line.partition(b": ") for line in head.split(b"\r\n")[1:]]
    assert all(name and colon for name, colon, _ in lines)
    length = next(int(value) for name, _, value in lines if name == b"Content-Length")
    assert len(body) == (0 if method == "HEAD" else length)


def wired(data: bytes) -> None:
    """Bytes on a connection: whatever the server's parser takes is answered, and a fragment is one."""
    service = _service()
    try:
        request = next(RequestParser(service.cfg, iter([data]), (PROXY, 1)))
        _, environ = wsgi.create(request, None, (PROXY, 1), (PROXY, 80), service.cfg)
    except Exception:  # a refusal: the server answers it with 400, whatever it is
        return
    told: list[str] = []
    body = b"".join(service.flask(environ, lambda status, headers, _=None: told.append(status)))
    status = int(told[0].partition(" ")[0])
    assert status < 500
    path = environ["PATH_INFO"]
    if request.method == "GET" and path.startswith("/v1/") and path.endswith((".html", ".txt")):
        assert status in (200, 304)
        assert body.strip(b" ") or status == 304


# ---- rules ---------------------------------------------------------------------------------------------------


def worded(data: bytes) -> None:
    """A value in a rule file: a day, a term, a number, a place, a link, a text."""
    text = data.decode(errors="surrogateescape")
    read: tuple[Callable[[str], object], ...] = (
        days.partial_day, days.whole_day, days.term, days.span, days.life, days.whole_number, days.decimal_number,
        scalar.flag, scalar.identifier, scalar.tag, scalar.area, scalar.other_country, scalar.currency, scalar.link,
        scalar.verbatim, scalar.prefix,
    )  # fmt: skip
    for found in (reader(text) for reader in read):
        if isinstance(found, Mistake):
            assert found.wrong
            assert found.write
    day = days.whole_day(text)
    assert isinstance(day, Mistake) or day == date.fromisoformat(text)
    for scan in (texts.gate, texts.markup, texts.brackets):
        for at, _ in scan(text):
            assert 0 <= at <= len(text)


def ruled(data: bytes) -> None:
    """A rule file by itself, in the folder that the first byte chooses."""
    paths = sorted(_small())
    path = paths[data[0] % len(paths)] if data else paths[0]
    _harmless(read({path: data[1:]}))


def joined(data: bytes) -> None:
    """A rule file among those that it speaks of."""
    paths = sorted(_small())
    path = paths[data[0] % len(paths)] if data else paths[0]
    _harmless(read({**_small(), path: data[1:]}))


def bundled(data: bytes) -> None:
    """A part of a bundle, chosen by the first byte: its archive, its manifest, a signature, a key."""
    kind, content = data[:1], data[1:]
    try:
        if kind < b"\x40":
            found = unpacked(content)
            assert found
            assert unpacked(packed(found, 0)) == found
        elif kind < b"\x80":
            assert read_manifest(content).written() == content
        elif kind < b"\xc0":
            assert read_signature(read_signature(content).written()) == read_signature(content)
        else:
            key = read_key(content.decode("latin-1"))
            assert read_key(key.written()) == key
    except (Flaw, BadKey):
        pass


def _harmless(loaded: Loaded) -> None:
    assert (loaded.ruleset is None) is bool(loaded.errors)
    for problem in loaded.problems:
        assert "the program failed" not in problem.wrong, problem.wrong
        assert str(problem).isprintable()
        assert problem.position.line >= 1
        assert problem.position.column >= 1
        assert problem.wrong
        assert problem.write


# ---- what they are asked of ----------------------------------------------------------------------------------

_MOMENT = Moment.on(date(2026, 11, 23))
_messages: set[str] = set()


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    assert len(dict(pairs)) == len(pairs)
    return dict(pairs)


@cache
def _small() -> Mapping[str, bytes]:
    return files(seed.SMALL)


@cache
def _locator() -> Any:
    return open_locator(Settings())


@cache
def _library() -> Library:
    return open_library(Settings(), str)


@cache
def _edition() -> Edition:
    return _library().edition


@cache
def _crowd() -> crowd.Crowd:
    return crowd.Crowd(_library())


@cache
def _service() -> _Service:
    """The application and the settings of the server before it, without a socket."""
    settings = Settings(trusted_proxies=TRUSTED)
    flask: Flask = app.create_app(_library(), place_source(settings, _locator()), alarm=_raise)
    return _Service(flask, _library(), Listening("127.0.0.1:1"))


def _raise(line: str) -> None:
    raise AssertionError(line)


_WORDS = ("for=", "unknown", "::ffff:", "127.0.0.1", "10.0.0.7", RUSSIAN, "[2001:db8::1]", "%25", ", ", ":443")
_FACTS = (*inquiry.FIELDS, *inquiry.FACTS, '": ', '{"', '"}', "[[", "\\ud800", "NaN", "true", "null", "1e999")
_HEADERS = (
    "X-Forwarded-For: ", "Accept-Language: ", "Content-Length: ", "Transfer-Encoding: chunked", "Content-Type: ",
    "application/json", "If-None-Match: ", "Sec-Fetch-Site: ", "HTTP/1.1\r\n", "\r\n\r\n", "/v1/rferl/", "notice.html",
    "?lang=", "&citizen_of=", "%2e", "%00",
)  # fmt: skip
_KEYS = ("any_of:", "citizen_of:", "located_in:", "wording:", "because:", "from:", " |\n", "\n  - ", "{}", "&a ", "*a")

TARGETS: Mapping[str, Target] = {
    "forwarded": Target(forwarded, seed.values, _WORDS),
    "addressed": Target(addressed, seed.values, _WORDS, 128),
    "edged": Target(edged, seed.edges, ("country_code=", "region_code=", "UA", "CN-HK", "XX"), 1100),
    "spoken": Target(spoken, seed.languages, (";q=", "-Cyrl"), 600),
    "placed": Target(placed, seed.parts, ("UA-43", "zh-Hant")),
    "inquired": Target(inquired, seed.bodies, _FACTS),
    "turned_away": Target(turned_away, seed.lines, ("/v1/", ".html", "lang=", "frame/")),
    "wired": Target(wired, seed.requests, _HEADERS, 16_384),
    "worded": Target(worded, seed.texts, ("2026-", " days", "https://", "{publisher}", "["), 400),
    "bundled": Target(bundled, seed.bundles, ("ustar", "trusted comment: "), 8192),
    "ruled": Target(ruled, seed.rules, _KEYS, 8192),
    "joined": Target(joined, seed.rules, _KEYS, 8192),
}  # fmt: skip
"""Every target by its name; the last two load rules, the others read what comes with a request or a bundle."""
