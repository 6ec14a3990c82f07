"""Recorder: stands between a recipe and the real service, writes down what comes, and fails as it is told."""

from __future__ import annotations

import http.client
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from ..web.house import free_ports

PASSES = "passes"
FAILURES = ("refused", "500", "hangs", "404", "typo", "empty")
"""`refused`, `500`, `hangs` and `empty` are the recorder's own; the real service gives `404` and answers `typo`."""
ERROR_PAGE = b"<!DOCTYPE html><html><body><h1>Internal Server Error</h1></body></html>"
HOLDS_DOWN = 0.3
"""Seconds for which Varnish does not try again where it was refused (its `backend_remote_error_holddown`), and some."""

HANGS = 3.0
"""Seconds for which it says nothing: longer than any recipe waits."""


@dataclass
class Recorder:
    """`behind` is the service's port. `life` replaces the life that it gives. `moods` are failures by path.

    `drops_stale`: nothing is said of how long a copy may be used after a failure. `mark` is added to every body.
    """

    port: int
    behind: int
    mood: str = PASSES
    moods: dict[str, str] = field(default_factory=dict)
    life: int | None = None
    drops_stale: bool = False
    mark: bytes = b""
    seen: list[str] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)
    _server: ThreadingHTTPServer | None = None
    _thread: threading.Thread | None = None

    def listen(self) -> None:
        """Take connections."""
        if self._server is None:
            self._server = _Server(("127.0.0.1", self.port), _handler(self))
            self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
            self._thread.start()

    def refuse(self) -> None:
        """Take no connections any more."""
        if self._server is not None and self._thread is not None:
            self._server.shutdown()
            self._thread.join()
            self._server.server_close()
            self._server = None

    @contextmanager
    def failing(self, mood: str) -> Iterator[None]:
        """Fail in one way for a while."""
        before = self.mood
        self.mood = mood
        if mood == "refused":
            self.refuse()
        try:
            yield
        finally:
            self.mood = before
            self.released.set()
            self.listen()
            self.released.clear()
            if mood == "refused":
                time.sleep(HOLDS_DOWN)

    def heal(self) -> None:
        """As if nothing had ever happened."""
        self.listen()
        self.mood, self.life, self.drops_stale, self.mark = PASSES, None, False, b""
        self.moods.clear()
        self.seen.clear()


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    request_queue_size = 64


def _handler(recorder: Recorder) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def setup(self) -> None:
            super().setup()
            self.connection.settimeout(5)

        def handle(self) -> None:
            with suppress(OSError, ValueError):  # whoever asked has hung up
                super().handle()

        def answer(self) -> None:
            recorder.seen.append(self.raw_requestline.decode("latin-1") + str(self.headers))
            mood = next((mood for path, mood in recorder.moods.items() if path in self.path), recorder.mood)
            if mood == "drops":
                return
            if mood == "hangs":
                recorder.released.wait(HANGS)
                return
            if mood == "500":
                self.give(500, [("Content-Type", "text/html")], ERROR_PAGE)
                return
            path = self.path
            if mood == "404":
                path = path.replace("/v1/", "/v0/").replace(".html", "")
            if mood == "typo":
                path = path.replace("rferl", "rferk")
            status, headers, body = ask(recorder.behind, self.command, path, dict(self.headers.items()))
            body = b"" if mood == "empty" else body + recorder.mark
            if recorder.life is not None:
                headers = [(name, re.sub(r"max-age=\d+", f"max-age={recorder.life}", text)) for name, text in headers]
            if mood == "strict":
                headers = [(name, re.sub(r"stale-if-error=\d+", "stale-if-error=0", text)) for name, text in headers]
            if recorder.drops_stale:
                headers = [(name, re.sub(r", stale-if-error=\d+", "", text)) for name, text in headers]
            self.give(status, headers, body)

        do_GET = do_HEAD = do_POST = answer  # noqa: N815 - the names that the standard library looks for

        def give(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
            self.send_response_only(status)
            for name, text in headers:
                if name.lower() not in ("connection", "content-length"):
                    self.send_header(name, text)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *words: object) -> None:
            """Say nothing."""

    return Handler


Answer = tuple[int, list[tuple[str, str]], bytes]


def ask(port: int, method: str, path: str, headers: dict[str, str], source: str = "127.0.0.1") -> Answer:
    """One request, with these headers and no other."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5, source_address=(source, 0))
    try:
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        for name, text in headers.items():
            connection.putheader(name, text)
        connection.endheaders()
        answer = connection.getresponse()
        return answer.status, answer.getheaders(), answer.read()
    finally:
        connection.close()


@contextmanager
def recording(behind: int) -> Iterator[Recorder]:
    """A recorder before the service at a port."""
    (port,) = free_ports(1)
    found = Recorder(port, behind)
    found.listen()
    try:
        yield found
    finally:
        found.released.set()
        found.refuse()
