"""Welch: whether two kinds of request take different times, as somebody can measure it who is as near as can be.

Both kinds are sent in an order by chance, over connections that are kept open; Welch's t compares their means.
A few slow answers, for which the machine is to blame, hide a difference; so the slowest are also left out, all those
of both kinds that took longer than some share of all did.

Source: O. Reparaz, J. Balasch, I. Verbauwhede, "Dude, is my code constant time?", 2016.
"""

from __future__ import annotations

import os
import random
import socket
import statistics
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from math import inf, sqrt

LIMIT = 4.5
"""The value of t from which a difference counts as found."""

SHARES = (1.0, 0.9, 0.5)
"""The shares of the fastest among all answers that are compared."""

CONNECTIONS = 12
WARMING = 4
"""Requests of each connection that are not counted."""

TRIES = 100
"""Times that a request is sent that a busy service turns away."""

Sample = Sequence[float]


@contextmanager
def foremost() -> Iterator[None]:
    """Whatever is started and measured in the block goes before everything else on the machine, where that is allowed.

    Where others wait for a core as well, the system makes those wait longer who computed more just before; with two
    cores and eight at work that was 70 microseconds, and it is no doing of the service's.
    """
    before = os.sched_getscheduler(0), os.sched_getparam(0)
    with suppress(OSError):
        os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))
    try:
        yield
    finally:
        with suppress(OSError):
            os.sched_setscheduler(0, *before)


def measured(
    port: int, kinds: Sequence[bytes], number: int, *, connections: int = CONNECTIONS, pause: float = 0.0
) -> list[list[float]]:
    """Seconds from the first byte of a request to the last of its answer, at least `number` of each kind.

    The connections begin `pause` seconds after one another.
    """
    each = -(-number // connections)

    def ask(index: int) -> list[list[float]]:
        rng = random.Random(index)
        found: list[list[float]] = [[] for _ in kinds]
        time.sleep(index * pause)
        with closing(_Line(port)) as line:
            for _ in range(WARMING):
                line.seconds(rng.choice(kinds))
            while min(map(len, found)) < each:
                kind = rng.randrange(len(kinds))
                found[kind].append(line.seconds(kinds[kind]))
        return found

    with ThreadPoolExecutor(connections) as pool:
        parts = list(pool.map(ask, range(connections)))
    return [[seconds for part in parts for seconds in part[kind]] for kind in range(len(kinds))]


class _Line:
    """One connection that is kept open; where a busy service turns a request away and hangs up, another."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._connection: socket.socket | None = None

    def seconds(self, request: bytes) -> float:
        """How long an answer took; a request that was turned away is sent again."""
        for _ in range(TRIES):
            if self._connection is None:
                self._connection = socket.create_connection(("127.0.0.1", self._port), 30)
                self._connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            began = time.perf_counter()
            try:
                status = _sent(self._connection, request)
            except OSError:
                status = 0
            took = time.perf_counter() - began
            if status == 200:
                return took
            self.close()
            time.sleep(0.1)
        raise ConnectionError(f"no answer in {TRIES} tries")

    def close(self) -> None:
        """Hang up."""
        if self._connection is not None:
            self._connection.close()
        self._connection = None


def _sent(connection: socket.socket, request: bytes) -> int:
    """The status of the answer to a request, when the whole of it has come."""
    connection.sendall(request)
    received = b""
    while (end := received.find(b"\r\n\r\n")) < 0:
        received += _received(connection)
    head = received[:end].decode("latin-1").lower()
    missing = int(head.partition("content-length:")[2].split("\r\n")[0]) - (len(received) - end - 4)
    while missing > 0:
        missing -= len(_received(connection))
    return int(head.split()[1])


def _received(connection: socket.socket) -> bytes:
    part = connection.recv(65536)
    if not part:
        raise ConnectionError("the connection was closed in the middle of an answer")
    return part


def t(one: Sample, other: Sample) -> float:
    """Welch's t of two samples."""
    error = sqrt(statistics.variance(one) / len(one) + statistics.variance(other) / len(other))
    difference = statistics.fmean(one) - statistics.fmean(other)
    return difference / error if error else inf if difference else 0.0


def greatest(one: Sample, other: Sample) -> float:
    """The greatest |t| over the shares of the fastest of all."""
    everyone = sorted([*one, *other])
    found = 0.0
    for share in SHARES:
        limit = everyone[round(share * (len(everyone) - 1))]
        parts = [[seconds for seconds in sample if seconds <= limit] for sample in (one, other)]
        few = min(map(len, parts))
        # Where almost none of one kind is among the fastest, nothing more need be worked out.
        found = max(found, abs(t(*parts)) if few > len(everyone) * share / 20 else inf)
    return found
