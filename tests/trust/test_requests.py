"""Requests: whatever is sent, what comes back is a refusal or a usable fragment, soon, and nothing of it is repeated.

Hosts, paths, methods and bodies as they are forged; each carries a word that must not come back.
"""

from __future__ import annotations

import json
import socket
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any
from urllib.parse import quote

import pytest

from service.web import inquiry
from service.web.inquiry import FACTS, FIELDS

from ..web.house import House
from .pressure import PATIENT, built

WORD = "zq7canary"
"""Stands somewhere in every request."""

SLOWEST = 1.0
TRIES = 4
"""How often something must be slow before it is: the machine may be busy with something else."""
AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class Sent:
    """Some bytes, whether an include would print what comes back into a page, and the status that alone is right."""

    name: str
    content: bytes
    fragment: bool = False
    status: int = 0


@dataclass(frozen=True, slots=True)
class Got:
    """What came back, taken apart."""

    status: int
    headers: dict[str, str]
    body: bytes


def request(
    path: str | bytes, method: str = "GET", *lines: str | bytes, body: bytes = b"", version: str = "HTTP/1.1"
) -> bytes:
    """A request, with whatever is said of it; a body has its length unless a line says how long it is."""
    head = [method.encode() + b" " + _bytes(path) + b" " + version.encode(), *map(_bytes, lines)]
    names = {line.partition(b":")[0].lower() for line in head[1:]}
    if b"host" not in names:
        head.append(b"Host: localhost")
    if body and not names & {b"content-length", b"transfer-encoding"}:
        head.append(b"Content-Length: %d" % len(body))
    return b"\r\n".join([*head, b"Connection: close", b"", body])


def _bytes(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode("latin-1")


# ---- what is sent --------------------------------------------------------------------------------------------

TRICKS: tuple[str, ...] = (
    "..", ".", "...", "%2e%2e", "%2E%2E%2F%2e%2e", "..%2f..%2fetc%2fpasswd", "..\\..", "%5c..%5c", "%252e%252e",
    "%c0%ae",
    "..;", ";a=b", ";jsessionid=1", "%00", "a%00.html", "%0a", "%0d%0aSet-Cookie:%20a=b", "%09", "%20", "+", "%7f",
    "%80",
    "%ff", "%F0%9F%8F%B3", "%E2%80%AE", "%ED%A0%80", "%", "%2", "%zz", "%u0052", "\u00e9", "\u0439", "\u0661\u0662",
    "９５", "*", "?", "#", "&", "'", '"', "<script>alert(1)</script>", "%3Cscript%3E", "{publisher}", "{{7*7}}",
    "$(id)", "`id`", "|id", "~root", "__class__", "-", "_", ":", "@", "a:b@c", "//", "/", "[", "]", "\\", "^", "null",
    "undefined",
    "true", "0", "-1", "1e999", "9" * 400, "RU-" + "9" * 40, "%52%55", "RU,BY", "RU.html", "x" * 1000, "%41" * 300,
    "x" * 10_000, "%2e" * 3500,
)  # fmt: skip


def paths() -> Iterator[Sent]:
    """A trick in the place of every part of an address."""
    for trick in TRICKS:
        for part, parts in {
            "publisher": f"/v1/{trick}{WORD}/RU/en/notice.html", "place": f"/v1/rferl/{trick}{WORD}/en/notice.html",
            "language": f"/v1/rferl/RU/{trick}{WORD}/notice.html", "name": f"/v1/rferl/RU/en/{trick}{WORD}.html",
            "end": f"/v1/rferl/RU/en/notice.html{trick}{WORD}", "start": f"/{trick}{WORD}/rferl/RU/en/notice.txt",
            "data": f"/v1/rferl/{trick}{WORD}/{trick}/notice.json", "frame": f"/v1/rferl/frame/{trick}{WORD}/en/",
            "frame without its slash": f"/v1/rferl/frame/{trick}{WORD}/en", "check": f"/v1/rferl/check/{trick}{WORD}",
            "table": f"/v1/rferl/table/{trick}{WORD}.json", "embed": f"/embed/{trick}{WORD}",
            "query": f"/?{trick}{WORD}",
            "language in the query": f"/v1/rferl/notice.html?lang={trick}{WORD}",
            "query of data": f"/v1/rferl/notice.json?lang=en&{trick}{WORD}={trick}",
            "length": f"/v1/rferl/RU/en/notice.{trick}{WORD}.txt",
        }.items():  # fmt: skip
            plain = parts.isascii() and not set(trick) & set(' ?#"<>{}|\\^`') and len(parts) < 1900
            fragment = plain and parts.startswith("/v1/") and parts.partition("?")[0].endswith((".html", ".txt"))
            yield Sent(f"{part}: {trick[:30]}", request(parts.encode()), fragment)
            if not parts.isascii():
                yield Sent(f"{part}, quoted: {trick[:30]}", request(quote(parts, safe="/?=&:;.")))
    for path in (
        f"/v1/rferl/RU/en/notice.html/{WORD}", f"/v1//rferl//RU//en//notice.html//{WORD}", f"//{WORD}/v1/rferl",
        f"/v1/rferl/RU/en/NOTICE.HTML?{WORD}", f"/V1/rferl/RU/en/notice.html?{WORD}", f"http://{WORD}.example/embed",
        f"http://{WORD}.example/v1/rferl/RU/en/notice.html", f"https://{WORD}@localhost/", f"ftp://{WORD}/",
        f"*{WORD}",
        f"{WORD}", f"{WORD}:80", f"/{'a/' * 900}{WORD}", f"/about/{WORD}", f"/metrics?{WORD}", f"/embed?{WORD}",
        f"/.git/config?{WORD}", f"/healthz/../metrics?{WORD}", f"/v1/rferl/notice?{WORD}", f"/v1/rferl/?{WORD}",
    ):  # fmt: skip
        yield Sent(f"path {path[:60]}", request(path))


def hosts() -> Iterator[Sent]:
    """Names of the host, one of which would be believed by a service that writes addresses of its own."""
    names: tuple[str | bytes, ...] = (
        f"{WORD}.example", f"{WORD}.example:80", f"localhost:{WORD}", f"{WORD}@localhost", f"localhost@{WORD}",
        f"[{WORD}]",
        f"{WORD}/..", f"{WORD}\\", f'"{WORD}"', f"{WORD} localhost", f"localhost {WORD}", f"localhost, {WORD}", "[::1",
        f"{WORD}\tlocalhost", f"{WORD}\0", f"{WORD}\x7f", WORD.encode() + b"\xff", f"{WORD}.".encode() + "й".encode(),
        f"{WORD}." * 500, "", f"xn--{WORD}", f"{WORD}%00", f"<{WORD}>", "0", f"localhost#{WORD}", f"localhost?{WORD}",
    )  # fmt: skip
    for name in names:
        for path in ("/v1/rferl/RU/en/notice.html", "/v1/rferl/check/en", "/embed", "/", "/openapi.json", "/about"):
            yield Sent(f"host {name!r:.40} for {path}", request(path, "GET", b"Host: " + _bytes(name)))
    for line in (
        f"X-Forwarded-Host: {WORD}.example", f"X-Host: {WORD}", f"Forwarded: host={WORD}", f"X-Original-Host: {WORD}",
        f"X-Forwarded-Server: {WORD}", f"X-HTTP-Host-Override: {WORD}", f"X-Forwarded-Prefix: /{WORD}",
        f"X-Forwarded-Proto: {WORD}", f"X-Original-URL: /{WORD}", f"SCRIPT_NAME: /{WORD}", f"Script-Name: /{WORD}",
    ):  # fmt: skip
        for path in ("/v1/rferl/RU/en/notice.html", "/v1/rferl/check/en", "/embed", "/"):
            yield Sent(f"{line[:30]} for {path}", request(path, "GET", line))
    yield Sent("two hosts", request("/", "GET", "Host: localhost", f"Host: {WORD}"))
    yield Sent("no host", f"GET /embed?{WORD} HTTP/1.1\r\nConnection: close\r\n\r\n".encode())


METHODS = (
    "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "SEARCH", "get", "Get",
    "GETGET",
    WORD, WORD.upper(), "G" * 500, "GET\0", "G\tT", '"GET"', "GET,POST", "ГЕТ", "PRI", "M-SEARCH", "_", "1",
)  # fmt: skip


def methods() -> Iterator[Sent]:
    """Methods that an address does not take or nobody has, versions, and lines that are no request."""
    for method in METHODS:
        for path in ("/v1/rferl/RU/en/notice.html", "/v1/rferl/notice", "/", f"/{WORD}"):
            sent = request(path, "GET", f"X-{WORD}: {WORD}")
            yield Sent(f"{method[:20]} {path}", method.encode() + sent.removeprefix(b"GET"))
    for version in (
        "HTTP/1.0",
        "HTTP/0.9",
        "HTTP/2.0",
        "HTTP/3",
        "HTTP/9.9",
        "HTTP/1.10",
        "http/1.1",
        "HTTP/",
        WORD,
        "HTTP/１.1",
    ):
        sent = request(f"/?{WORD}")
        yield Sent(f"version {version}", sent.replace(b"HTTP/1.1", version.encode(), 1))
    for name, content in {
        "nothing but lines": b"\r\n" * 20, "one word": WORD.encode() + b"\r\n\r\n",
        "two words": f"GET /{WORD}\r\n\r\n".encode(),
        "a greeting in TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + WORD.encode() * 20 + b"\r\n\r\n",
        "a preface of HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "bytes": bytes(range(256)) * 4 + b"\r\n\r\n",
        "a line of 10 kB": b"GET /" + b"x" * 10_000 + WORD.encode() + b" HTTP/1.1\r\n\r\n",
        "a header of 20 kB": request("/", "GET", f"X-{WORD}: " + "x" * 20_000),
        "300 headers": request("/", "GET", *(f"X-{WORD}-{count}: x" for count in range(300))),
        "a header without a name": request("/", "GET", f": {WORD}"),
        "a header without a colon": request("/", "GET", WORD),
        "a header with a blank": request("/", "GET", f"X {WORD}: x"),
        "a bare return": request("/", "GET", f"X: {WORD}\rY: x"),
        "an upgrade": request("/", "GET", "Upgrade: websocket", "Connection: Upgrade", f"Sec-WebSocket-Key: {WORD}"),
        "an upgrade to HTTP/2": request("/", "GET", "Upgrade: h2c", f"HTTP2-Settings: {WORD}"),
        "an expectation": request("/v1/rferl/notice", "POST", f"Expect: {WORD}", "Content-Length: 0"),
        "a range": request("/v1/rferl/RU/en/notice.html", "GET", f"Range: bytes=0-1,{WORD}"),
        "a condition": request("/v1/rferl/RU/en/notice.html", "GET", f'If-None-Match: "{WORD}"', f"If-Match: {WORD}"),
        "a date": request("/v1/rferl/RU/en/notice.html", "GET", f"If-Modified-Since: {WORD}", f"If-Range: {WORD}"),
        "what is accepted": request("/", "GET", f"Accept: {WORD}/x;q=9", f"Accept-Encoding: {WORD}"),
        "languages": request(
            "/v1/rferl/notice.html", "GET", f"Accept-Language: {WORD};q=NaN, ru;q=1e999, *;q=-1, en;q={WORD}"),
        "many languages": request("/v1/rferl/notice.html", "GET", "Accept-Language: " + f"ru;q=0.1{WORD}," * 400),
        "cookies": request("/v1/rferl/notice.html", "GET", f"Cookie: {WORD}={WORD}; a; =; {WORD}" + ";" * 3000),
        "an origin": request("/", "GET", f"Origin: https://{WORD}", "Access-Control-Request-Method: PUT"),
        "a password": request("/metrics", "GET", f"Authorization: Basic {WORD}", f"Proxy-Authorization: {WORD}"),
    }.items():  # fmt: skip
        yield Sent(name, content)


WRONG: tuple[Any, ...] = (
    None, True, 0, -1, 1.5, 10**40, 10**3000, 1e300, "", WORD, WORD * 100, "\0" + WORD, "\u202e" + WORD, "ru", "RU",
    "RU-ZZZ",
    [], {}, [None], [1], [""], [WORD], [[WORD]], [["RU"]], {"a": WORD}, {"": ""}, ["RU"] * 500, [True, False],
    "9" * 3000,
    "2026-02-30", "2026-11-23T00:00:00Z", "0000-00-00", "9999-12-31", "١٢٣٤-٠١-٠١", ["RU", WORD],
    {"citizen_of": "RU"},
)  # fmt: skip
JSON = "Content-Type: application/json"


def inquiries() -> Iterator[Sent]:
    """Every field with everything that it is not, and bodies that are no JSON or more than one."""
    for value in WRONG:
        for name in FIELDS:
            yield _inquiry(f"{name}: {value!r:.40}", {name: value, WORD: 1} if value == {} else {name: value})
        for name in FACTS:
            yield _inquiry(f"reader.{name}: {value!r:.40}", {"reader": {name: value}})
    for name in (
        WORD,
        "citizenhip",
        "citizen_of",
        "__proto__",
        "constructor",
        "",
        "\0",
        "reader ",
        "Reader",
        "re\u0430der",
        "x" * 3000,
    ):
        yield _inquiry(f"an unknown field {name!r:.40}", {name: WORD})
        yield _inquiry(
            f"an unknown fact {name!r:.40}", {"reader": {name: WORD}} if name != "citizen_of" else {"reader": WORD}
        )
    bodies: dict[str, bytes] = {
        "a field twice": b'{"place": "DE", "place": "%b"}',
        "a fact twice": b'{"reader": {"age": 1, "age": 2}, "a": "%b"}',
        "a field twice, once escaped": b'{"place": "DE", "pl\\u0061ce": "%b"}',
        "NaN": b'{"reader": {"age": NaN}, "%b": 1}', "Infinity": b'{"reader": {"age": Infinity}}',
        "minus Infinity": b'{"reader": {"age": -Infinity}}', "a number without end": b'{"reader": {"age": 1e999}}',
        "a number of 4,000 digits": b'{"reader": {"age": ' + b"9" * 4000 + b"}}",
        "a fraction of 4,000 digits": b'{"reader": {"age": 0.' + b"9" * 4000 + b"}}",
        "an exponent of 3,000 digits": b'{"reader": {"age": 1e' + b"9" * 3000 + b"}}",
        "a zero first": b'{"reader": {"age": 012}}', "a hexadecimal number": b'{"reader": {"age": 0x12}}',
        "half of a character": b'{"place": "\\ud800%b"}', "the other half": b'{"place": "\\udfff%b"}',
        "half of a character as a name": b'{"\\ud800%b": 1}',
        "half of a character as a passport": b'{"reader": {"citizen_of": "\\ud800"}}',
        "half of a character as a trade": b'{"reader": {"occupation": "\\udc00%b"}}',
        "half of a character as a language": b'{"language": "\\ud800"}',
        "half of a character as a day": b'{"on": "\\ud800\\ud800\\ud800\\ud800\\ud800"}',
        "a mark of the order of bytes": b"\xef\xbb\xbf{}", "UTF-16": '{"place": "RU"}'.encode("utf-16"),
        "UTF-16 without a mark": '{"place": "RU"}'.encode("utf-16-le"), "UTF-32": '{"place": "RU"}'.encode("utf-32"),
        "Latin-1": '{"place": "é%b"}'.encode("latin-1"), "UTF-7": b'{"place": "+AGE-%b"}', "NUL": b'{"place": "RU"}\0',
        "half of a character in UTF-8": b'{"place": "\xed\xa0\x80%b"}',
        "too long in UTF-8": b'{"place": "\xc0\xae%b"}',
        "4,000 brackets": b"[" * 4000, "1,000 objects": b'{"a":' * 800, "five levels": b'{"place": [[[["%b"]]]]}',
        "brackets in a text": b'{"place": "' + b"[" * 3000 + b'"}', "one bracket": b"[", "a closing one": b"]",
        "a quotation mark": b'"', "a text": b'"%b"', "a number": b"1", "null": b"null",
        "true": b"true", "a list": b'["%b"]',
        "two objects": b'{}{"place": "%b"}', "an object and more": b"{} %b", "a comma": b'{"place": "DE",}',
        "apostrophes": b"{'place': '%b'}", "a comment": b'{"place": "DE" /* %b */}', "no quotes": b"{place: %b}",
        "a line break in a text": b'{"place": "%b\n"}', "an escape that is none": b'{"place": "\\x%b"}',
        "an escape that is cut": b'{"place": "\\u00"}',
        "XML": b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY %b 'x'>]><a/>",
        "YAML": b"place: %b", "a form": b"place=%b", "4,096 bytes": b" " * 4090 + b'"%b"'[:6],
        "5,000 bytes": b" " * 5000 + b"{}",
        "a megabyte": b'{"place": "' + b"x" * (1 << 20) + b'"}', "bytes": bytes(range(256)),
    }  # fmt: skip
    for name, body in bodies.items():
        yield Sent(name, request("/v1/rferl/notice", "POST", JSON, body=body.replace(b"%b", WORD.encode())))
    good = b'{"place": "RU", "reader": {"citizen_of": "RU"}}'
    for kind in (
        "text/plain", "application/x-www-form-urlencoded", f"multipart/form-data; boundary={WORD}",
        "application/jsonx",
        "application/json; charset=utf-16", "application/json; charset=utf-7", f"application/json; charset={WORD}", "",
        "application/problem+json", "text/json", "application/JSON", f"application/json;{WORD}", "*/*", "json",
        f"{WORD}/{WORD}",
        "application/json, text/plain", "application/json\0", "application/json; a=" + "x" * 4000,
    ):  # fmt: skip
        yield Sent(f"as {kind[:40]}", request("/v1/rferl/notice", "POST", f"Content-Type: {kind}", body=good))
    for line in (
        "Content-Length: -1", "Content-Length: +47", "Content-Length: 4 7", "Content-Length: 0x2f",
        f"Content-Length: {WORD}",
        "Content-Length: " + "9" * 400, "Content-Length: ٤٧", "Content-Length: 47, 47", "Content-Length:",
        "Content-Length: 1e2",
        f"Transfer-Encoding: {WORD}", "Transfer-Encoding: chunked, identity", "Transfer-Encoding: xchunked",
        "Content-Length: 47\r\nContent-Length: 0", "Content-Length: 3", "Transfer-Encoding: identity",
        f"Content-Encoding: gzip\r\nX: {WORD}",
        "Content-Encoding: br", f"Sec-Fetch-Site: {WORD}",
    ):  # fmt: skip
        yield Sent(f"length {line[:50]!r}", request("/v1/rferl/notice", "POST", JSON, line.encode(), body=good))
    for name, chunks in {
        "chunks": b"2\r\n{}\r\n0\r\n\r\n", "a chunk with more to say": b"2;%b=%b\r\n{}\r\n0\r\n\r\n",
        "no size": b"\r\n{}\r\n0\r\n\r\n",
        "a size that is none": b"%b\r\n{}\r\n0\r\n\r\n", "a size below zero": b"-2\r\n{}\r\n0\r\n\r\n",
        "a size without end": b"F" * 400 + b"\r\n{}\r\n", "a size with 0x": b"0x2\r\n{}\r\n0\r\n\r\n",
        "a chunk that is longer": b"1\r\n{}\r\n0\r\n\r\n", "a trailer": b"2\r\n{}\r\n0\r\nX-%b: a\r\n\r\n",
        "5,000 chunks": b"1\r\n \r\n" * 5000 + b"0\r\n\r\n",
        "cut off": b"2\r\n{}\r\n", "a chunk cut off": b"F\r\n{}",
    }.items():  # fmt: skip
        sent = request(
            "/v1/rferl/notice", "POST", JSON, "Transfer-Encoding: chunked", body=chunks.replace(b"%b", WORD.encode())
        )
        yield Sent(f"in chunks: {name}", sent)
    # An inquiry, and behind it more of the body: the first part alone would be about somebody else.
    whole = good.ljust(inquiry.LONGEST)
    for name, body, status in (
        ("an inquiry of 4,096 bytes", whole, 200), ("an inquiry of 4,097 bytes", whole + b" ", 413),
        ("an inquiry of 4,097 bytes, the last one a brace", whole + b"}", 413),
        ("an inquiry of 100,000 bytes", good.ljust(100_000), 413),
    ):  # fmt: skip
        head = (b"/v1/rferl/notice", "POST", JSON)
        for size in (1000, len(body)):
            parts = [body[start : start + size] for start in range(0, len(body), size)]
            chunks = b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"
            sent = request(*head, "Transfer-Encoding: chunked", body=chunks)
            yield Sent(f"{name}, in chunks of {size}", sent, status=status)
        yield Sent(name, request(*head, body=body), status=status)
    for length in (3, 4096):
        sent = request("/v1/rferl/notice", "POST", JSON, f"Content-Length: {length}", body=b"{}")
        yield Sent(f"two bytes instead of {length}", sent, status=400)
    for line in (
        "Transfer-Encoding: gzip, chunked", "Transfer-Encoding: chunked\r\nContent-Length: 12",
        "Transfer-Encoding: CHUNKED",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", "Transfer-Encoding: chunked, chunked",
    ):  # fmt: skip
        yield Sent(line, request("/v1/rferl/notice", "POST", JSON, line, body=b"2\r\n{}\r\n0\r\n\r\n"))
    smuggled = f"GET /v1/{WORD}/notice.json HTTP/1.1\r\nHost: a\r\n\r\n".encode()
    yield Sent(
        "a request behind a body", request("/v1/rferl/notice", "POST", JSON, "Content-Length: 2", body=b"{}" + smuggled)
    )
    yield Sent("a request in a body", request("/v1/rferl/RU/en/notice.html", "GET", body=smuggled))


def _inquiry(name: str, body: object) -> Sent:
    return Sent(name, request("/v1/rferl/notice", "POST", JSON, body=json.dumps(body).encode()))


# ---- what comes back -----------------------------------------------------------------------------------------


def exchanged(found: House, content: bytes, timeout: float = 15) -> bytes:
    """What comes back on some bytes: to the end of the answer, or of the connection where that has no length.

    Nothing more will be sent, and the service is told so: whoever has promised more is not waited for.
    """
    received = b""
    with socket.create_connection(("127.0.0.1", found.port), timeout) as connection:
        with suppress(OSError):  # what is too long is refused before it has all been sent
            connection.sendall(content)
            connection.shutdown(socket.SHUT_WR)
        with suppress(TimeoutError, ConnectionError):
            while part := connection.recv(65536):
                received += part
                got = taken_apart(received) if b"\r\n\r\n" in received else None
                if got and len(got.body) >= int(got.headers.get("content-length", 1 << 30)):
                    break
    return received


def taken_apart(answer: bytes) -> Got | None:
    """The first answer, or None where nothing came that is one."""
    head, _, body = answer.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    words = first.split(" ")
    if not first.startswith("HTTP/1.") or len(words) < 2 or not words[1].isdecimal():
        return None
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    return Got(int(words[1]), headers, body)


def fault(sent: Sent, answer: bytes) -> str:
    """What is wrong with an answer, or ""."""
    if WORD.encode() in answer.lower() or quote(WORD).encode() in answer:
        return "repeats what was sent"
    got = taken_apart(answer)
    if got is None:
        return f"is none: {answer[:40]!r}"
    if sent.status and got.status != sent.status:
        return f"has the status {got.status} instead of {sent.status}"
    if got.status >= 500 or (300 <= got.status < 400 and got.status != 304):
        return f"has the status {got.status}"
    if sent.fragment and (got.status != 200 or not got.body.strip() or "notice-state" not in got.headers):
        return f"is no fragment: {got.status}"
    if got.status == 200 and not got.body.strip() and not sent.content.startswith(b"HEAD"):
        return "is empty"
    return ""


def asked(found: House, sent: Sent, tries: int) -> tuple[bytes, bool]:
    """What comes back, and whether it is slow again and again."""
    for _ in range(tries):
        began = monotonic()
        answer = exchanged(found, sent.content)
        if monotonic() - began < SLOWEST:
            return answer, False
    return answer, True


def faults(found: House, requests: Sequence[Sent], seen: Counter[int], tries: int = TRIES) -> list[str]:
    """Everything that is wrong with what comes back; `seen` counts the statuses."""
    wrong = []
    with ThreadPoolExecutor(AT_ONCE) as threads:  # an answer to a POST waits, whatever it says
        answers = list(threads.map(lambda sent: asked(found, sent, tries), requests))
    for sent, (answer, is_slow) in zip(requests, answers, strict=True):
        got = taken_apart(answer)
        seen[got.status if got else 0] += 1
        if is_slow:
            wrong.append(f"{sent.name}: the answer is slow")
        if what := fault(sent, answer):
            wrong.append(f"{sent.name}: the answer {what}")
    return wrong


@contextmanager
def served(folder: Path, program: str = "") -> Iterator[House]:
    with built(folder, PATIENT + program, 1) as found:
        yield found


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with served(tmp_path_factory.mktemp("asked")) as found:
        yield found


@pytest.mark.parametrize(
    ("table", "least", "statuses"),
    [(paths, 1000, {200, 400, 404}), (hosts, 150, {200, 400, 404}), (methods, 120, {200, 400, 405}),
     (inquiries, 500, {200, 400, 413, 415})],
)  # fmt: skip
def test_whatever_is_sent_is_refused_or_answered_usably_and_nothing_is_repeated(
    service: House, table: Any, least: int, statuses: set[int]
) -> None:
    requests, seen = list(table()), Counter[int]()
    assert len(requests) >= least
    assert faults(service, requests, seen) == []
    assert statuses <= set(seen), seen
    assert service.process.poll() is None
    assert "failed" not in service.written()
    print(table.__name__, sum(seen.values()), dict(seen))


CARELESS = """
import json, time
from flask import request
from service.answer import address, problem
from service.web import inquiry
def document(kind, detail="", plain=problem.document):
    return plain(kind, detail or "nothing is at " + request.path)
problem.document = document
inquiry._parsed = json.loads
def normal(tag, plain=address.normal):
    if tag.startswith("x" * 1000):
        time.sleep(1.1)
    return plain(tag)
address.normal = normal
"""
"""Repeats a path, reads JSON as it comes, and takes its time over one language."""


def test_a_careless_build_is_found(tmp_path: Path) -> None:
    wanted = {"4,000 brackets", "embed: null"}
    slow = "language in the query: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
    requests = [sent for table in (paths, inquiries) for sent in table() if sent.name in wanted]
    requests.append(next(sent for sent in paths() if sent.name == slow))
    with served(tmp_path, CARELESS) as found:
        told = faults(found, requests, Counter(), tries=2)
    assert f"{slow}: the answer is slow" in told
    assert "4,000 brackets: the answer has the status 500" in told
    assert "embed: null: the answer repeats what was sent" in told
