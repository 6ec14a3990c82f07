"""Server: gunicorn with gevent workers, made to say nothing about anybody and to come back from anything.

Everything is loaded before the workers are forked. The master reads changed rules too, so that a worker that is born
after another died begins with the rules of today and not with those of the start.
"""

from __future__ import annotations

import ctypes
import gc
import os
import resource
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import gevent
import gunicorn.http.wsgi
from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.workers.ggevent import GeventWorker

from . import doors, quantum
from .crowd import Crowd, waited
from .library import Library
from .watch import QUIET

POLL = 0.1
"""Seconds between two looks at the rules."""

SHARE = 20
"""A look may take one part in so many of the time: thousands of files are looked at less often."""

ROOM = 4000
"""Connections that a worker has at most, busy, idle and slow ones."""

PATIENCE = 20
"""Seconds that a client has for sending a request, and again for sending its body and taking the answer."""

GRACE = 10
"""Seconds that a worker has for ending its answers when the service stops."""

_PR_SET_DUMPABLE = 4
_OF_A_BODY = frozenset({"CONTENT-LENGTH", "TRANSFER-ENCODING"})
_SHARED_MEMORY = "/dev/shm"  # noqa: S108 # nosec B108 - memory, not a file: a worker's sign of life, on a read-only root too
_REFUSAL = b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\nCache-Control: no-store\r\nContent-Length: 0\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Listening:
    """Where the service listens, and with how many processes; 0 for one a core."""

    bind: str
    admin_bind: str = ""
    workers: int = 0

    @property
    def admin(self) -> tuple[tuple[str, int], ...]:
        """Host and port of the operator's socket, as the application sees them."""
        if not self.admin_bind:
            return ()
        return tuple((str(address[0]), int(address[1])) for _, address in _addresses(self.admin_bind))


class CannotListen(Exception):
    """An address that cannot be listened at; the message says which and why."""


def serve(app: Flask, library: Library, listening: Listening) -> None:
    """Serve until told to stop. Does not return. Raises `CannotListen`."""
    for bind in filter(None, (listening.bind, listening.admin_bind)):
        _try(bind)
    _close_mouths()
    _Service(app, library, listening).run()


class _Silence:
    """Gunicorn's logger, without words: with its access log off it still writes addresses."""

    loglevel = 100

    def __init__(self, cfg: object) -> None:
        self.cfg = cfg

    def _nothing(self, *words: object, **more: object) -> None:
        """Say nothing."""

    setup = critical = error = warning = info = debug = exception = log = access = _nothing
    reopen_files = close_on_exec = _nothing


class _Worker(GeventWorker):  # type: ignore[misc]
    """A worker that neither logs nor repeats what it was sent, and waits for nobody for ever."""

    def timeout_ctx(self) -> gevent.Timeout:
        return gevent.Timeout(PATIENCE, False)

    def handle_request(self, listener_name: Any, req: Any, sock: Any, addr: object) -> None:
        with gevent.Timeout(PATIENCE):
            if listener_name[:2] not in self.app.admin and self.app.crowd.is_too_much(req.path, waited(sock)):
                self._turn_away(req, sock)
            else:
                super().handle_request(listener_name, req, sock, addr)

    def _turn_away(self, req: Any, sock: Any) -> None:
        """Answer at once. A body is not read, so whatever has one is the last of its connection."""
        headers = dict(req.headers)
        has_body = req.method not in ("GET", "HEAD") or not headers.keys().isdisjoint(_OF_A_BODY)
        closes = has_body or not self.alive or req.should_close()
        languages = headers.get("ACCEPT-LANGUAGE", "")
        sock.sendall(self.app.crowd.answer(req.method, req.path, req.query or "", languages, closes=closes))
        if has_body:
            doors.part(sock)
        if closes:
            raise StopIteration

    def handle_exit(self, sig: object, frame: object) -> None:
        """Take in whoever stands before the doors, which the master has shut, and then end."""
        gevent.spawn(self._leave)

    def _leave(self) -> None:
        doors.emptied(self.sockets, GRACE / 2)
        self.alive = False

    def handle_error(self, req: object, client: Any, addr: object, exc: BaseException) -> None:
        try:
            with gevent.Timeout(1):
                client.sendall(_REFUSAL)
        except (OSError, gevent.Timeout):
            pass  # whoever sent it is gone


class _Arbiter(Arbiter):  # type: ignore[misc]
    """A master that looks at the rules between its looks at the workers."""

    def wait_for_signals(self, timeout: float = 1.0) -> Any:
        return super().wait_for_signals(min(timeout, POLL))

    def handle_hup(self) -> None:
        """Others mean "reload" by it; the rules are watched anyway, and no worker need die for them."""
        self.app.library.refresh()

    def handle_usr2(self) -> None:
        """No second master: a supervisor starts the service."""

    def stop(self, graceful: bool = True) -> None:
        """A request that was sent is answered: let nobody new connect, and then have the workers end."""
        if graceful and not self.systemd:
            for listener in self.LISTENERS:
                doors.shut(listener)
        super().stop(graceful)

    def manage_workers(self) -> None:
        self.app.library.refresh()
        super().manage_workers()


class _Service(BaseApplication):  # type: ignore[misc]
    """The settings of gunicorn, and what happens at the birth and death of a worker."""

    def __init__(self, app: Flask, library: Library, listening: Listening) -> None:
        self.flask = app
        self.library = library
        self.listening = listening
        self.admin = frozenset(listening.admin)
        self.crowd = Crowd(library)
        super().__init__()

    def load_config(self) -> None:
        binds = [self.listening.bind] + [self.listening.admin_bind] * bool(self.listening.admin_bind)
        settings: dict[str, object] = {
            "bind": binds,
            "workers": self.listening.workers or os.cpu_count() or 1,
            "worker_class": _Worker,
            "logger_class": _Silence,
            "preload_app": True,
            "control_socket_disable": True,
            "forwarded_allow_ips": "",
            "worker_connections": _room(),
            "keepalive": PATIENCE,
            "timeout": 30,
            "graceful_timeout": GRACE,
            "limit_request_line": 2048,
            "limit_request_fields": 100,
            "limit_request_field_size": 8190,
            "worker_tmp_dir": _SHARED_MEMORY if os.access(_SHARED_MEMORY, os.W_OK) else None,
            "when_ready": self._started,
            "post_fork": self._forked,
            "post_worker_init": self._born,
            "child_exit": self._died,
        }
        for name, value in settings.items():
            self.cfg.set(name, value)

    def load(self) -> quantum.Application:
        return quantum.held(self.flask)

    def run(self) -> None:
        self.library.watch.quiet = 2 * QUIET  # answers come first: the workers read, then the master
        _Arbiter(self).run()

    def _started(self, arbiter: Any) -> None:
        gc.collect()
        gc.freeze()  # a worker that looked for garbage here would copy all that it shares with the others
        where = f"http://{self.listening.bind}/"
        say(f"serving rules {self.library.edition.fingerprint} at {where} with {arbiter.num_workers} workers")

    def _forked(self, arbiter: Any, worker: Any) -> None:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGQUIT):
            signal.signal(number, signal.SIG_DFL)  # until it has handlers of its own it would queue them for the master
        self.library.counters.row = worker.age
        self.library.leads = False  # the master tells of every reload; once is enough
        self.library.watch.quiet = QUIET
        self.library.settle()
        _close_mouths()

    def _born(self, worker: Any) -> None:
        gevent.get_hub().exception_stream = None
        gevent.spawn(_poll, self.library.refresh)

    def _died(self, arbiter: Any, worker: Any) -> None:
        if arbiter.LISTENERS:  # when the service stops they are closed before the workers end
            say("a worker ended; another takes its place")


def _room() -> int:
    """As many connections as there are descriptors for; the system may give more than it does unasked."""
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    wanted = 2 * ROOM if most == resource.RLIM_INFINITY else min(2 * ROOM, most)
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(wanted, resource.getrlimit(resource.RLIMIT_NOFILE)[0]), most))
    return min(ROOM, max(resource.getrlimit(resource.RLIMIT_NOFILE)[0] // 2, 1))


def _addresses(bind: str) -> list[tuple[socket.AddressFamily, Any]]:
    host, _, port = bind.rpartition(":")
    found = socket.getaddrinfo(host.strip("[]"), int(port), type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    return [(family, address) for family, _, _, _, address in found]


def _try(bind: str) -> None:
    """Listen for an instant: gunicorn would try for five seconds and end without a word."""
    try:
        family, address = _addresses(bind)[0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen()
    except OSError as error:
        raise CannotListen(f"cannot listen at {bind}: {error.strerror}") from None


def say(line: str) -> None:
    """One line for the operator, about the service and never about a reader."""
    sys.stderr.write(f"caveat: {line}\n")
    sys.stderr.flush()


def _poll(refresh: Callable[[], bool]) -> None:
    """Look at the rules in a thread of its own, so that reading them does not hold up an answer."""
    pool = gevent.get_hub().threadpool
    took = 0.0
    while True:
        gevent.sleep(max(POLL, min(1.0, SHARE * took)))
        began = time.monotonic()
        if not pool.apply(refresh):
            took = time.monotonic() - began


def _close_mouths() -> None:
    """No core file and no traceback: both hold what readers sent."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(OSError, AttributeError):  # elsewhere than on Linux the limit above must do
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    gunicorn.http.wsgi.SERVER = "caveat"
    sys.excepthook = _ended
    sys.unraisablehook = threading.excepthook = _unheard


def _ended(kind: type[BaseException], *_: object) -> None:
    say(f"stopped by {kind.__name__}")


def _unheard(_: object) -> None:
    """What fails where nobody waits for it is told to nobody."""
