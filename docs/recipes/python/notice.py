"""Notice: the legal notice for a page, from Caveat, with a copy for when it cannot be asked. Standard library only."""

import hashlib
import os
import re
import tempfile
import time
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from pathlib import Path

# Parameters: where Caveat answers; a folder that only the site can write to; how long nobody asks after a failure.
SERVICE = "http://127.0.0.1:8080"
FOLDER = Path("/var/cache/notices")
PAUSE = 10  # seconds
CONNECT, READ, LONGEST = 0.3, 0.8, 300  # seconds, and the longest life that Caveat gives


def notice(publisher, place, language, baked):
    """The notice as HTML; `baked` is the text for when there is none. Never raises.

    `place` is `any`, or what the site already knows of the reader's country, such as `RU`: never an address.
    """
    if not re.fullmatch(r"[A-Za-z0-9-]{2,40}", place):
        place = "unknown"
    path = f"/v1/{publisher}/{place}/{language}/notice.html"
    copy = FOLDER / hashlib.sha256(path.encode()).hexdigest()
    now = time.time()
    ask_at, good_until, text = _read(copy)
    if not now < ask_at <= now + LONGEST:
        try:
            life, stale, text = _ask(path)
            if life is not None:
                _write(copy, now + life, now + life + stale, text)
            return text
        except (OSError, HTTPException, ValueError):
            _write(copy, now + PAUSE, good_until, text)
    return text if text and now < good_until else baked


def _ask(path):
    """Seconds for which the answer lives, None if it must not be kept; seconds after that; the answer."""
    scheme, _, host = SERVICE.partition("://")
    connection = (HTTPSConnection if scheme == "https" else HTTPConnection)(host, timeout=CONNECT)
    try:
        connection.connect()
        connection.sock.settimeout(READ)
        connection.putrequest("GET", path, skip_accept_encoding=True)
        connection.endheaders()
        answer = connection.getresponse()
        body, until = b"", time.monotonic() + READ
        while (part := answer.read1()) and time.monotonic() < until:
            body += part
    finally:
        connection.close()
    if answer.status != 200 or answer.getheader("Notice-State") not in ("live", "none") or not body or answer.length:
        raise ValueError("not a notice")
    life = _seconds("max-age", answer.getheader("CDN-Cache-Control", ""))
    stale = _seconds("stale-if-error", answer.getheader("CDN-Cache-Control", ""))
    return life, float("inf") if stale is None else stale, body.decode("utf-8")


def _seconds(name, header):
    found = re.search(rf"(?<![\w-]){name}=(\d+)", header)
    return int(found[1]) if found else None


def _read(copy):
    """When to ask again, until when the text may be used, and the text."""
    try:
        times, _, text = copy.read_text("utf-8").partition("\n")
        ask_at, good_until = map(float, times.split())
    except (OSError, ValueError):
        return 0.0, 0.0, ""
    return ask_at, good_until, text


def _write(copy, ask_at, good_until, text):
    """Whole or not at all."""
    try:
        handle, name = tempfile.mkstemp(dir=FOLDER)
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(f"{ask_at} {good_until}\n{text}")
        os.replace(name, copy)
    except OSError:
        pass  # without a copy the page is still right
