"""Look-alike: to whoever sees lengths and no words, every answer to a POST is the same."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from pathlib import Path

import pytest

from service.assembly import open_library, read_settings
from service.web.crowd import Crowd

from ..web.house import House, free_ports
from .front import nginx
from .observer import certificate, watched
from .pressure import built
from .welch import TRIES

Amount = Callable[[int, int], int]

NOTICE = "/v1/rferl/notice"
LANGUAGES = ("en", "ru", "be", "uk", "fa", "ky", "de", "zh-Hant", "xx")
READERS: Mapping[str, dict[str, object]] = {
    "nobody": {},
    "russian": {"citizen_of": ["RU"], "resident_of": "RU", "age": 34},
    "german": {"citizen_of": ["DE"], "not_citizen_of": ["other"], "stateless": False, "resident_of": "DE", "age": 34},
    "stateless": {"stateless": True},
    "many": {"citizen_of": ["BY", "IR", "RU"], "occupation": ["journalist"]},
}
PLACES = ("RU", "BY", "IR", "KG", "DE", "UA-43", "UA-14", "unknown")


@dataclass(frozen=True)
class Lengths:
    """What an answer looks like in an encrypted connection: bytes of its head and of its body."""

    head: int
    body: int


@dataclass(frozen=True)
class Seen:
    """An answer as it came: what an observer sees of it, and what it was."""

    lengths: Lengths
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str:
        """The values of a header."""
        return ", ".join(value for key, value in self.headers if key.lower() == name.lower())


def posted(
    body: bytes, path: str = NOTICE, more: Mapping[str, str] | None = None, media: str = "application/json"
) -> bytes:
    """A POST as it is sent."""
    headers = {"Host": "x", "Content-Length": str(len(body)), **({"Content-Type": media} if media else {})}
    lines = [f"POST {path} HTTP/1.1", *(f"{name}: {value}" for name, value in {**headers, **(more or {})}.items())]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def asked(more: Mapping[str, object], path: str = NOTICE) -> bytes:
    """An inquiry as it is sent."""
    return posted(json.dumps(more).encode(), path)


VERDICTS: Mapping[str, bytes] = {
    f"{name} in {place}, {language}, {publisher}": asked(
        {"place": place, "language": language, "reader": reader}, f"/v1/{publisher}/notice"
    )
    for publisher in ("rferl", "svaboda", "meduza", "iran-international")
    for place in PLACES
    for language in LANGUAGES[: 9 if publisher == "rferl" else 2]
    for name, reader in READERS.items()
}

_CHUNKED = posted(b"").replace(b"Content-Length: 0", b"Transfer-Encoding: chunked")
ERRORS: Mapping[str, tuple[int, bytes]] = {
    "no json": (400, posted(b"{")),
    "no object": (400, posted(b"[]")),
    "no text": (400, posted(b"\xff\xfe")),
    "too deep": (400, posted(b"[" * 400)),
    "a field twice": (400, posted(b'{"place": "RU", "place": "DE"}')),
    "no number": (400, posted(b'{"reader": {"age": NaN}}')),
    "unknown field": (400, asked({"x": 1})),
    "misspelt field": (400, asked({"reader": {"citizenhip": "RU"}})),
    "unknown act": (400, asked({"act": "x"})),
    "unknown tag": (400, asked({"content": ["x"]})),
    "no country": (400, asked({"reader": {"citizen_of": "Kanarienvogel"}})),
    "no day": (400, asked({"on": "yesterday"})),
    "status in the address": (400, posted(b"{}", f"{NOTICE}?citizen_of=RU")),
    "bad chunk": (400, _CHUNKED + b"zz\r\n"),
    "from a browser": (403, posted(b"{}", more={"Sec-Fetch-Site": "cross-site"})),
    "unknown publisher": (404, posted(b"{}", "/v1/nobody/notice")),
    "no such address": (404, posted(b"{}", "/nowhere")),
    "no such fragment": (404, posted(b"{}", "/v1/rferl/nowhere.html")),
    "no such text": (404, posted(b"{}", "/v1/rferl/nowhere.txt")),
    "not for POST": (405, posted(b"{}", "/v1/rferl/RU/en/notice.html")),
    "not for POST at all": (405, posted(b"{}", "/")),
    "too large": (413, posted(b" " * 4097)),
    "much too large": (413, posted(b" " * 200_000)),
    "not json": (415, posted(b"place=RU", media="application/x-www-form-urlencoded")),
    "no type": (415, posted(b"{}", media="")),
    "a failure of ours": (500, posted(b"{}", "/v1/kloop/notice")),
}
"""Every kind of mistake, by the status that says which it was."""


def seen(port: int, request: bytes) -> Seen:
    """Send a request, again if a busy service turns it away; the whole of its answer."""
    answer = _sent(port, request)
    for _ in range(TRIES):
        if answer.status != HTTPStatus.SERVICE_UNAVAILABLE:
            break
        time.sleep(0.1)
        answer = _sent(port, request)
    return answer


def _sent(port: int, request: bytes) -> Seen:
    with socket.create_connection(("127.0.0.1", port), 20) as connection:
        connection.sendall(request)
        received = b""
        while b"\r\n\r\n" not in received:
            received += _part(connection)
        head, _, body = received.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        headers = tuple((name, value) for name, _, value in (line.partition(": ") for line in lines[1:]))
        length = next((int(value) for name, value in headers if name.lower() == "content-length"), None)
        if length is None:
            raise ValueError("an answer without a length")
        while len(body) < length:
            body += _part(connection)
        return Seen(Lengths(len(head) + 4, len(body)), int(lines[0].split()[1]), headers, body)


def _part(connection: socket.socket) -> bytes:
    part = connection.recv(65536)
    if not part:
        raise ConnectionError
    return part


def every(port: int, requests: Collection[bytes]) -> list[Seen]:
    """The answers to some requests, several at once."""
    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(partial(seen, port), requests))


def classes(port: int, requests: Mapping[str, bytes]) -> dict[Lengths, list[str]]:
    """What an observer can tell apart: the names of the answers by their lengths."""
    found: dict[Lengths, list[str]] = {}
    for name, answer in zip(requests, every(port, requests.values()), strict=True):
        found.setdefault(answer.lengths, []).append(name)
    return found


def one_in(number: int, requests: Mapping[str, bytes]) -> dict[str, bytes]:
    """Some of many."""
    return dict(list(requests.items())[::number])


MISTAKES = {name: request for name, (_, request) in ERRORS.items()}


BROKEN = """
from service.answer.edition import Edition
record = Edition.record
def broken(self, visit, *more):
    if visit.publisher == "kloop":
        raise ZeroDivisionError
    return record(self, visit, *more)
Edition.record = broken
"""
"""The service, but that it breaks over one publisher, so that a failure can be looked at too."""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with built(tmp_path_factory.mktemp("look"), BROKEN, workers=1) as running:
        yield running


def test_every_verdict_in_every_language_and_every_mistake_have_one_length(served: House, amount: Amount) -> None:
    """Of the head and of the body, so of the records in which they travel."""
    found = classes(served.port, {**one_in(amount(3, 1), VERDICTS), **MISTAKES})
    print([(lengths, len(names)) for lengths, names in found.items()])
    assert len(found) == 1, found


def test_the_answers_of_one_length_are_of_every_kind(served: House) -> None:
    """Else the test above would prove little: nothing applies, may apply, applies; and each mistake is that mistake."""
    answers = every(served.port, one_in(11, VERDICTS).values())
    assert {answer.header("Notice-State") for answer in answers} == {"live", "none"}
    verdicts = {notice["verdict"] for answer in answers for notice in json.loads(answer.body)["notices"]}
    assert verdicts >= {"applies", "may_apply"}
    assert len({json.loads(answer.body)["language"] for answer in answers}) > 4
    answers = every(served.port, MISTAKES.values())
    for (name, (status, _)), answer in zip(ERRORS.items(), answers, strict=True):
        assert (name, answer.status, answer.header("Content-Type")) == (name, status, "application/problem+json")
        assert json.loads(answer.body)["status"] == status


def test_only_these_headers_differ_and_what_pads_them(served: House) -> None:
    answers = every(served.port, (*one_in(40, VERDICTS).values(), *MISTAKES.values()))
    values: dict[str, set[str]] = {}
    for answer in answers:
        for name, value in answer.headers:
            values.setdefault(name, set()).add(value if name != "Date" else "now")
    assert {name for name, found in values.items() if len(found) > 1} == {
        "Content-Type",
        "Notice-State",
        "Notice-Padding",
        "Vary",  # two lines, the same two on each
    }
    assert {name for answer in answers for name in values if not answer.header(name)} == {"Allow"}


def test_nothing_is_ever_compressed_whatever_is_asked_for(served: House) -> None:
    wanted = "gzip, br, zstd, deflate, *;q=1"
    for path in ("/v1/rferl/notice.html", "/v1/rferl/RU/ru/notice.json", "/v1/rferl/table/en.json", "/"):
        answers = [served.ask(path), served.ask(path, **{"Accept-Encoding": wanted})]  # type: ignore[arg-type]
        assert all("Content-Encoding" not in answer.headers for answer in answers)
        assert answers[0].body == answers[1].body
    inquiry = json.dumps({"place": "RU"}).encode()
    plain, packed = (seen(served.port, posted(inquiry, more=more)) for more in ({}, {"Accept-Encoding": wanted}))
    assert (packed.lengths, packed.body) == (plain.lengths, plain.body)
    assert packed.header("Content-Encoding") == ""
    assert "no-transform" in packed.header("Cache-Control")


def test_behind_the_documented_proxy_an_observer_of_records_sees_one_length(served: House, tmp_path: Path) -> None:
    """Real TLS, by a real nginx as documented; the records are counted, not the plain text."""
    found, plain = _watched(served, tmp_path, ())
    assert len(found) == 1, found
    assert len(plain) > 20, "they do not say the same"


def test_a_proxy_that_compresses_is_found_by_the_same_observer(served: House, tmp_path: Path) -> None:
    """It must first be told to forget `no-transform`, which nginx itself does not know."""
    packing = "gzip on; gzip_proxied any; gzip_types application/json application/problem+json;"
    found, _ = _watched(served, tmp_path, (("gzip off;", packing),))
    assert len(found) > 5


def _watched(
    served: House, folder: Path, changes: Sequence[tuple[str, str]]
) -> tuple[dict[int, list[str]], set[bytes]]:
    """The names of some answers by the bytes that TLS carried for them, and what they said."""
    (port,) = free_ports(1)
    chain, key = certificate(folder)
    ends = {name: request for name, request in MISTAKES.items() if name not in ("much too large", "bad chunk")}
    tls = f"listen 127.0.0.1:{port} ssl; ssl_certificate {chain}; ssl_certificate_key {key};"
    with nginx(folder / "front", served, ("server_name _;", f"{tls} ssl_protocols TLSv1.3;"), *changes):
        found: dict[int, list[str]] = {}
        said = set()
        for name, request in {**one_in(30, VERDICTS), **ends}.items():
            closing = b"\r\nConnection: close\r\nAccept-Encoding: gzip\r\n\r\n"
            answer = watched(port, request.replace(b"\r\n\r\n", closing, 1))
            found.setdefault(answer.length, []).append(name)
            said.add(answer.plain.partition(b"\r\n\r\n")[2])
        return found, said


def test_whoever_is_turned_away_gets_as_many_bytes(served: House) -> None:
    """An answer of a busy service, which is also the last of its connection."""
    library = open_library(read_settings({"rules": str(served.rules)}, {}), str)
    busy = Crowd(library).answer("POST", NOTICE)
    head, end, body = busy.partition(b"\r\n\r\n")
    assert b" 503 " in head
    answered = seen(served.port, posted(b"{}", more={"Connection": "close"}))
    assert answered.status == HTTPStatus.OK
    assert Lengths(len(head + end), len(body)) == answered.lengths


UNPADDED = """
from service.answer import problem
from service.web import response
problem.padded = lambda text, size: text.encode()
response.evened = lambda answer: answer
"""


def test_a_build_that_does_not_pad_is_found(tmp_path: Path) -> None:
    with built(tmp_path, UNPADDED, workers=1) as found:
        told_apart = classes(found.port, {**one_in(11, VERDICTS), **MISTAKES})
    assert len({lengths.body for lengths in told_apart}) > 30
    assert len({lengths.head for lengths in told_apart}) > 5


def test_a_padded_inquiry_is_the_same_inquiry(served: House) -> None:
    plain, padded = (json.dumps({"place": "RU"}).encode().ljust(length) for length in (0, 4096))
    assert seen(served.port, posted(plain)).body == seen(served.port, posted(padded)).body
