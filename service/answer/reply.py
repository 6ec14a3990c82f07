"""Reply: the headers of an answer: what it is, how long it lives, and that nobody else may look on.

Source: DESIGN.md section 3, "Caching"; RFC 9111, RFC 9213 (CDN-Cache-Control), RFC 5861 (stale-if-error).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import Enum
from types import MappingProxyType

from .body import Body, Form

MOST = 300
"""Seconds that a shared cache keeps an answer at most."""

WEEK = 7 * 24 * 3600
"""Seconds for which a cache may go on after that when we cannot be reached."""


class State(Enum):
    """What an answer is; only the first two may be stored."""

    LIVE = "live"
    NONE = "none"
    FALLBACK = "fallback"
    UNKNOWN_PUBLISHER = "unknown-publisher"
    REFUSED = "refused"


TYPES: Mapping[Form, str] = MappingProxyType(
    {
        Form.HTML: "text/html; charset=utf-8",
        Form.JSON: "application/json",
        Form.TEXT: "text/plain; charset=utf-8",
    }
)

STYLE = "text/css; charset=utf-8"

ALWAYS: Mapping[str, str] = MappingProxyType(
    {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Resource-Policy": "cross-origin",
        "Permissions-Policy": "geolocation=(), camera=(), microphone=(), browsing-topics=()",
        "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    }
)
"""What stands on every answer, whatever it is."""

FRAMED = ALWAYS["Content-Security-Policy"].replace("frame-ancestors 'none'", "frame-ancestors *")
"""The policy of what may stand in a frame and has no page of its own."""

FLEETING: Mapping[str, str] = MappingProxyType(
    {"Cache-Control": "no-store", "CDN-Cache-Control": "no-store", "Surrogate-Control": "no-store", "Vary": "*"}
)
"""Nobody keeps it. Two words for it, because careless caches heed one or the other."""

COMMON: Mapping[str, str] = MappingProxyType(
    {
        "Cache-Control": "no-store",
        "CDN-Cache-Control": f"public, max-age={MOST}",
        "Surrogate-Control": f"max-age={MOST}",
    }
)
"""A file that is the same for everyone and may change with the next version of the service."""

LASTING: Mapping[str, str] = MappingProxyType({"Cache-Control": "public, max-age=31536000, immutable"})
"""A file whose name changes with its content."""

UNKEPT = "-".join(["Never-Keep-This-It-Is-For-One-Reader-Alone"] * 4)
"""What `Vary` says in a second line. Measured: a Varnish whose configuration ends with `return (deliver)` takes the
asterisk for a header that nobody sends, and hands one reader's answer to the next. Of a header whose name has more
than 127 letters it makes no copy, whatever its configuration says; nor does nginx of a list of more than 128."""

SECRET: Mapping[str, str] = MappingProxyType({**FLEETING, "Cache-Control": "no-store, no-transform"})
"""An answer to a reader's facts: compressed, its length would tell the verdict again."""


PADDING = "Notice-Padding"
HEAD = 1 << 10
"""Bytes of the head of every answer to a POST, but for what the server itself writes into it."""


def padding(status: str, headers: Iterable[tuple[str, str]]) -> str:
    """What makes a head as long as any other's; should one not fit: a multiple of it."""
    size = len(status) + sum(len(name) + len(value) + len(": \r\n") for name, value in headers)
    return "-" * (1 + -(size + len(PADDING) + len(": \r\n") + 1) % HEAD)


def lasting(body: Body, publisher: str, fingerprint: str, now: datetime, browsers: int = 0) -> dict[str, str]:
    """Shared caches keep it at most until the law changes, and what is stale never past a new risk.

    Browsers keep nothing, unless the publisher chose that they may for some seconds: a device may be searched.
    """
    left = WEEK + MOST if body.next_change is None else max(0, int((body.next_change - now).total_seconds()))
    fresh = min(MOST, left)
    stale = WEEK
    if body.louder_at is not None:
        stale = min(WEEK, max(0, int((body.louder_at - now).total_seconds()) - fresh))
    own = f"private, max-age={min(browsers, fresh)}" if browsers and fresh else "no-store"
    tags = (f"publisher-{publisher}", f"rules-{token(fingerprint)}")
    return {
        "Cache-Control": own,
        "CDN-Cache-Control": f"public, max-age={fresh}, stale-if-error={stale}",
        "Surrogate-Control": f"max-age={fresh}, stale-if-error={stale}",
        "Surrogate-Key": " ".join(tags),
        "Cache-Tag": ",".join(tags),
        "ETag": f'W/"{body.etag}"',
    }


def is_same(condition: str, body: Body) -> bool:
    """Whether an If-None-Match names the body, compared weakly (RFC 9110 section 13.1.2)."""
    tags = {tag.strip().removeprefix("W/") for tag in condition.split(",")}
    return f'"{body.etag}"' in tags or "*" in tags


def token(text: str) -> str:
    """Text as it may stand in a header: nothing that a rule or a reader wrote gets there otherwise."""
    return re.sub(r"[^A-Za-z0-9._-]", "", text)[:64]


def stated(headers: Mapping[str, str], state: State) -> dict[str, str]:
    """Headers that say what the answer is."""
    return {**headers, "Notice-State": state.value}
