"""Site: a publisher's website on loopback, with the service behind its own path and faults to switch on."""

from __future__ import annotations

import http.client
import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

STRICT = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; require-trusted-types-for 'script'; "
    "trusted-types 'none'; base-uri 'none'; form-action 'none'"
)
"""The strictest policy under which an embedding page can be expected to work."""

PORTAL = "<!doctype html><title>Log in</title><h1>Please log in to this network</h1>"
"""What a hotel's network answers to everything."""

FAULTS = ("500", "slow", "portal", "broken", "redirect", "refused", "empty", "elsewhere")
_PASSED = ("content-type", "cache-control", "content-security-policy", "notice-state", "notice-ruleset", "vary", "etag")


@dataclass
class Page:
    """One answer of the site, and how many seconds it takes."""

    body: str | bytes
    content_type: str = "text/html; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)
    status: int = 200
    seconds: float = 0.0


@dataclass
class Asked:
    """One request that reached the site."""

    method: str
    path: str
    headers: dict[str, str]


@dataclass
class Site:
    """A running website. Everything but `port` may be changed while it runs.

    `pages` maps paths to answers; `upstream` is the port of a running service: `/_r/rferl/any/en/notice.html` is
    passed on as `/v1/rferl/any/en/notice.html`, and nothing of the reader's request with it, and `/embed/…` as it is.
    `fault` is one of FAULTS and is what then happens to every request for `/_r/` alone; `seconds` is how long a slow
    answer takes.
    """

    port: int = 0
    pages: dict[str, Page] = field(default_factory=dict)
    upstream: int = 0
    fault: str = ""
    seconds: float = 3.0
    asked: list[Asked] = field(default_factory=list)
    ending: Event = field(default_factory=Event)

    @property
    def origin(self) -> str:
        """The address without a path."""
        return f"http://127.0.0.1:{self.port}"

    def url(self, path: str = "/") -> str:
        """The address of a page."""
        return self.origin + path

    def add(self, path: str, body: str | bytes, content_type: str = "text/html; charset=utf-8", **headers: str) -> str:
        """Serve a page, its headers spelt with underscores; the page's address."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages[path] = Page(body, content_type, named)
        return self.url(path)

    def paths(self) -> list[str]:
        """What was asked for, in order."""
        return [asked.path for asked in self.asked]

    def answer(self, path: str) -> Page | None:
        """What the site says to a path; None closes the connection without a word."""
        if path.startswith("/_r/") and self.fault:
            return self._failing(path)
        if (page := self.pages.get(path.partition("?")[0])) is not None:
            self.ending.wait(page.seconds)
            return page
        if self.upstream and path.startswith("/_r/"):
            return self._passed_on("/v1/" + path.removeprefix("/_r/"))
        if self.upstream and path.startswith("/embed/"):
            return self._passed_on(path)
        return Page("not found", "text/plain", status=404)

    def _failing(self, path: str) -> Page | None:
        if self.fault == "slow":
            self.ending.wait(self.seconds)
        if self.fault == "refused":
            return None
        return {
            "slow": Page("{}", "application/json"),
            "500": Page("<h1>Internal Server Error</h1>", status=500),
            "portal": Page(PORTAL),
            "broken": Page('{"publisher": "rferl", "places": {', "application/json"),
            "empty": Page("", "application/json"),
            "redirect": Page("", headers={"Location": self.url("/login")}, status=302),
            "elsewhere": Page("", headers={"Location": f"http://localhost:{self.port}{path}"}, status=302),
        }[self.fault]

    def _passed_on(self, path: str) -> Page:
        connection = http.client.HTTPConnection("127.0.0.1", self.upstream, timeout=10)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            headers = {name: value for name, value in answer.getheaders() if name.lower() in _PASSED}
            content_type = headers.pop("Content-Type", "text/plain")
            return Page(answer.read(), content_type, headers, answer.status)
        finally:
            connection.close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    site: Site

    def do_GET(self) -> None:
        self.site.asked.append(Asked(self.command, self.path, dict(self.headers)))
        page = self.site.answer(self.path)
        if page is None:
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        body = page.body.encode() if isinstance(page.body, str) else page.body
        try:
            self.send_response(page.status)
            for name, value in {"Content-Type": page.content_type, **page.headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)
        except OSError:  # the browser gave up waiting, which is what some tests are about
            self.close_connection = True

    do_HEAD = do_POST = do_GET  # noqa: N815 - the names that the standard library looks for

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A connection that a browser drops is no fault of the site."""


@contextmanager
def site(upstream: int = 0, pages: Mapping[str, Page] | None = None) -> Iterator[Site]:
    """Start a website on a free loopback port, and end it; `upstream` is the port of a running service."""
    found = Site(pages=dict(pages or {}), upstream=upstream)
    handler = type("Handler", (_Handler,), {"site": found})
    server = _Server(("127.0.0.1", 0), handler)
    found.port = server.server_address[1]
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield found
    finally:
        found.ending.set()
        server.shutdown()
        server.server_close()
        thread.join(5)


def closed_port() -> int:
    """A port at which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def settled(holds: Any, seconds: float = 5) -> bool:
    """Whether something comes to hold in a while."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.02)
    return bool(holds())
