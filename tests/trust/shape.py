"""Shape: requests of every kind that a server meets, half of them broken, each carrying the canaries."""

from __future__ import annotations

import json
from collections.abc import Mapping
from urllib.parse import quote

from .canary import BY_NAME

_NEGOTIATED = "/v1/rferl/notice.html"
_STANDING = "/v1/rferl/RU/en/notice.html"
_QUERY, _PATH = quote(BY_NAME["query"], safe=""), BY_NAME["path"]
_HEADERS = {
    "Host": "127.0.0.1",
    "User-Agent": BY_NAME["agent"],
    "Referer": BY_NAME["referer"],
    "Cookie": BY_NAME["cookie"],
    "Accept-Language": BY_NAME["language"],
    "X-Forwarded-For": BY_NAME["forwarded"],
    "CF-IPCountry": BY_NAME["header"],
    "X-Reader": BY_NAME["header"],
    "Connection": "close",
}
_JSON = {"Content-Type": "application/json"}


def _written(method: str, target: str, more: Mapping[str, str] | None = None, body: bytes = b"") -> bytes:
    headers = {**_HEADERS, **(more or {})}
    if body and "Content-Length" not in headers and "Transfer-Encoding" not in headers:
        headers["Content-Length"] = str(len(body))
    lines = [f"{method} {target} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def _inquiry(reader: object) -> bytes:
    return json.dumps({"place": "RU", "reader": reader}, ensure_ascii=False).encode()


def _asked(body: bytes, **more: str) -> bytes:
    return _written("POST", "/v1/rferl/notice", {**_JSON, **{k.replace("_", "-"): v for k, v in more.items()}}, body)


_FULL = _inquiry({"citizen_of": ["RU"], "stateless": False, "resident_of": "RU", "age": 34})
_WRONG = _inquiry({"citizen_of": [BY_NAME["body"]], "citizenhip": BY_NAME["body"]})

WHOLE: Mapping[str, bytes] = {
    "canonical": _written("GET", _STANDING),
    "canonical json": _written("GET", "/v1/rferl/BY/be/notice.json"),
    "canonical text": _written("GET", "/v1/svaboda/unknown/ru/notice.1024.txt"),
    "acts": _written("GET", "/v1/meduza/RU/ru/acts.json"),
    "table": _written("GET", "/v1/rferl/table/en.json"),
    "check": _written("GET", "/v1/rferl/check/ru/"),
    "frame": _written("GET", "/v1/rferl/frame/RU/ru/"),
    "negotiated": _written("GET", _NEGOTIATED),
    "negotiated with a query": _written("GET", f"{_NEGOTIATED}?x={_QUERY}"),
    "negotiated with a language": _written("GET", f"{_NEGOTIATED}?lang={_QUERY}"),
    "head": _written("HEAD", _NEGOTIATED),
    "another path": _written("GET", f"/v1/{_PATH}/RU/en/notice.html"),
    "another place": _written("GET", f"/v1/rferl/{_PATH}/en/notice.html"),
    "another language": _written("GET", f"/v1/rferl/RU/{_PATH}/notice.json"),
    "status in the address": _written("GET", f"{_NEGOTIATED}?citizen_of={_QUERY}"),
    "inquiry": _asked(_FULL),
    "front": _written("GET", "/"),
    "probe": _written("GET", "/readyz"),
}
"""Requests that any client could send."""

BROKEN: Mapping[str, bytes] = {
    "no such address": _written("GET", f"/{_PATH}?{_QUERY}={_QUERY}"),
    "method": _written("PATCH", _STANDING),
    "unknown method": _written(_PATH.upper(), "/"),
    "wrong facts": _asked(_WRONG),
    "facts that are no json": _asked(f'{{"reader": "{BY_NAME["body"]}'.encode()),
    "facts twice": _asked(f'{{"reader": {{}}, "reader": "{BY_NAME["body"]}"}}'.encode()),
    "facts as text": _written("POST", "/v1/rferl/notice", {"Content-Type": "text/plain"}, BY_NAME["body"].encode()),
    "facts too many": _asked(BY_NAME["body"].encode() * 2000),
    "facts in depth": _asked(b'{"reader":' + b"[" * 500 + BY_NAME["body"].encode() + b"]" * 500 + b"}"),
    "from a browser": _asked(_FULL, Sec_Fetch_Site="cross-site"),
    "no version": f"GET /{_PATH}\r\n\r\n".encode(),
    "version 9.9": f"GET /{_PATH} HTTP/9.9\r\nHost: x\r\n\r\n".encode(),
    "bad header": f"GET / HTTP/1.1\r\n{BY_NAME['header']}\r\n\r\n".encode(),
    "long line": f"GET /{'x' * 9000}{_PATH} HTTP/1.1\r\nHost: x\r\n\r\n".encode(),
    "long header": f"GET / HTTP/1.1\r\nHost: x\r\nX-A: {BY_NAME['header'] * 3000}\r\n\r\n".encode(),
    "many headers": b"GET / HTTP/1.1\r\nHost: x\r\n"
    + b"".join(f"X-{n}: {BY_NAME['header']}\r\n".encode() for n in range(300))
    + b"\r\n",
    "two lengths": _asked(_FULL, Content_Length="5\r\nContent-Length: 6"),
    "length and chunks": _asked(_FULL, Content_Length="5", Transfer_Encoding="chunked"),
    "bad chunk": _asked(BY_NAME["body"].encode() + b"\r\n", Transfer_Encoding="chunked"),
    "proxy line": f"PROXY TCP4 {BY_NAME['forwarded']} 127.0.0.1 1 2\r\nGET /{_PATH} HTTP/1.1\r\n\r\n".encode(),
    "tls": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + BY_NAME["body"].encode() + b"\r\n\r\n",
    "expectation": _asked(_FULL, Expect=BY_NAME["header"]),
    "short body": _asked(BY_NAME["body"].encode(), Content_Length="4000"),
    "nul": b"GET /\x00" + _PATH.encode() + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    "half a head": f"GET /{_PATH} HTTP/1.1\r\nX-Reader: {BY_NAME['header']}".encode(),
    "nothing": b"",
}  # fmt: skip
"""Requests that no server should have to meet."""
