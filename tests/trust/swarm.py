"""Swarm: readers who come at a rate of their own, whether or not those before them were answered."""

from __future__ import annotations

import selectors
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

MOST = 3500
"""Readers who wait at one time at most: a process has so many descriptors."""


@dataclass(slots=True)
class Outcome:
    """What one reader got: the status, the head and the body as they came, and after how long; status 0 for nothing."""

    asked: int
    status: int = 0
    head: bytes = b""
    body: bytes = b""
    seconds: float = 0.0

    def header(self, name: str) -> str:
        """The value of a header, "" where it is not there."""
        for line in self.head.split(b"\r\n")[1:]:
            key, _, value = line.partition(b": ")
            if key.decode().lower() == name.lower():
                return value.decode()
        return ""


@dataclass(slots=True)
class _Reader:
    outcome: Outcome
    connection: socket.socket
    began: float
    sent: bool = False
    received: bytearray = field(default_factory=bytearray)


def swarm(port: int, requests: Sequence[bytes], rate: float, seconds: float, patience: float = 15) -> list[Outcome]:
    """Send the requests in turn, so many a second, each on a connection of its own that the server ends.

    Whoever has no whole answer after `patience` seconds has none. An outcome names its request by its place.
    """
    selector = selectors.DefaultSelector()
    found: list[Outcome] = []
    waiting: dict[int, _Reader] = {}
    start = time.monotonic()
    sent = 0

    def leave(reader: _Reader) -> None:
        selector.unregister(reader.connection)
        del waiting[reader.connection.fileno()]
        reader.connection.close()
        reader.outcome.seconds = time.monotonic() - reader.began
        found.append(_whole(reader.outcome, bytes(reader.received)))

    while True:
        now = time.monotonic()
        due = int((min(now - start, seconds)) * rate) - sent
        for _ in range(min(due, 50, MOST - len(waiting))):
            reader = _come(port, sent % len(requests))
            sent += 1
            if reader is None:
                found.append(Outcome((sent - 1) % len(requests)))
                continue
            waiting[reader.connection.fileno()] = reader
            selector.register(reader.connection, selectors.EVENT_WRITE)
        if now - start >= seconds and not waiting:
            break
        for key, _ in selector.select(0.001):
            reader = waiting[key.fd]
            try:
                if not reader.sent:
                    reader.connection.sendall(requests[reader.outcome.asked])
                    reader.sent = True
                    selector.modify(reader.connection, selectors.EVENT_READ)
                    continue
                part = reader.connection.recv(1 << 18)
            except OSError:
                part = b""
            reader.received += part
            if not part:
                leave(reader)
        for reader in [reader for reader in waiting.values() if now - reader.began > patience]:
            reader.received.clear()
            leave(reader)
    selector.close()
    return found


def _come(port: int, asked: int) -> _Reader | None:
    connection = socket.socket()
    connection.setblocking(False)
    began = time.monotonic()
    try:
        connection.connect(("127.0.0.1", port))
    except BlockingIOError:
        pass
    except OSError:
        connection.close()
        return None
    return _Reader(Outcome(asked), connection, began)


def _whole(outcome: Outcome, received: bytes) -> Outcome:
    """An answer counts if all of it came."""
    outcome.head, _, outcome.body = received.partition(b"\r\n\r\n")
    length = outcome.header("Content-Length")
    if length.isdecimal() and int(length) == len(outcome.body):
        outcome.status = int(outcome.head.split(b" ")[1])
    return outcome
