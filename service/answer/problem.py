"""Problem: a mistake as a document (RFC 9457). Its words are constants: what was sent is never repeated."""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType

TYPE = "application/problem+json"

KINDS: Mapping[str, tuple[int, str]] = MappingProxyType(
    {
        "unknown-publisher": (404, "There is no such publisher"),
        "not-found": (404, "There is nothing at this address"),
        "method": (405, "This address does not take this method"),
        "bad-inquiry": (400, "The inquiry is not understood"),
        "status-in-address": (400, "A reader's status must never stand in an address"),
        "from-a-browser": (403, "Inquiries are taken from servers only"),
        "not-json": (415, "The body must be application/json"),
        "too-large": (413, "The body is too large"),
        "failure": (500, "Something of ours broke"),
        "busy": (503, "More is asked than can be answered now"),
        "bad-request": (400, "The request is not understood"),
    }
)
"""What can be wrong: status and title by kind. The type of a problem is its place on the page /about."""

DETAILS: Mapping[str, str] = MappingProxyType(
    {
        "status-in-address": (
            "Addresses end up in logs, histories and referrers. Ask from your server, with a POST to "
            "/v1/{publisher}/notice and the facts in its body."
        ),
        "from-a-browser": (
            "The header Sec-Fetch-Site says that a browser sent this. The connection itself would tell others who "
            "asked: ask from your server, with what the reader says now."
        ),
        "too-large": "An inquiry has at most 4096 bytes.",
        "failure": "Show the notice for everybody: /v1/{publisher}/any/{language}/notice.html.",
        "busy": "Show the notice for everybody: /v1/{publisher}/any/{language}/notice.html; then ask again.",
    }
)


class Refused(Exception):
    """A request that is not answered, and the kind of problem that it is."""

    def __init__(self, kind: str, detail: str = "") -> None:
        super().__init__(kind)
        self.kind = kind
        self.detail = detail


def document(kind: str, detail: str = "") -> str:
    """The document for one kind of mistake."""
    status, title = KINDS[kind]
    found = {"type": f"/about#{kind}", "title": title, "status": status}
    detail = detail or DETAILS.get(kind, "")
    return json.dumps(found | ({"detail": detail} if detail else {}), ensure_ascii=False) + "\n"


def padded(text: str, size: int) -> bytes:
    """JSON with blanks behind it, so that every answer has one length (should one not fit: a multiple of it)."""
    content = text.rstrip("\n").encode()
    return content.ljust(-(-(len(content) + 1) // size) * size - 1) + b"\n"
