"""Canary: values that stand for a reader, and the search for them in whatever is left behind."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote, quote_plus

SOURCE = "127.9.8.7"
"""The address from which the requests come."""


@dataclass(frozen=True, slots=True)
class Canary:
    """One value that a reader might have sent, and where."""

    name: str
    value: str

    def spellings(self) -> Iterator[bytes]:
        """The value as it is, and in the ways in which programs write values down."""
        plain = self.value.encode()
        yield plain
        for safe in ("", "/", "/:+?=&"):
            yield quote(self.value, safe=safe).encode()
            yield quote(self.value, safe=safe).lower().encode()
        yield quote_plus(self.value).encode()
        yield json.dumps(self.value)[1:-1].encode()
        yield json.dumps(self.value)[1:-1].replace("/", "\\/").encode()
        yield plain.hex().encode()
        yield from _inside_base64(plain)


def _inside_base64(plain: bytes) -> Iterator[bytes]:
    """What base64 of any text that holds the value must contain, wherever in it the value begins."""
    for shift in range(3):
        written = base64.b64encode(b"\0" * shift + plain + b"\0\0\0")
        start = -(-shift * 8 // 6)
        end = (shift + len(plain)) * 8 // 6
        yield written[start:end]


CANARIES: Sequence[Canary] = (
    Canary("address", SOURCE),
    Canary("forwarded", "95.24.177.201"),
    Canary("agent", "zq7/agent+Lynx 93"),
    Canary("referer", "https://zq7.example/like?post=931"),
    Canary("cookie", "zq7sid=a/b+931"),
    Canary("header", "zq7/head er+931"),
    Canary("query", "zq7/query+931"),
    Canary("path", "zq7-path-931"),
    Canary("body", "zq7/päss port+931"),
    Canary("language", "qz-Zq7a-931"),
)

BY_NAME = {canary.name: canary.value for canary in CANARIES}


def hits(content: bytes) -> list[str]:
    """The names of the canaries that are in some bytes, however they were written down."""
    return [canary.name for canary in CANARIES if any(spelling in content for spelling in canary.spellings())]
