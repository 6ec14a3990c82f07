"""Doors: how connections end so that nothing that was sent is lost.

A listening socket that is closed resets whoever has connected and has not been taken in yet. So the system is told
first to let nobody new connect; who waits is taken in; then it is closed.
"""

from __future__ import annotations

import ctypes
import socket
import struct
import time
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

import gevent

SETTLING = 0.5
"""Seconds for connections that were under way when the doors were shut: a round trip to the other end of the world."""

LINGERING = 1.0
"""Seconds in which the other side may finish sending what nobody reads, so that it gets to read its answer."""

_NO_ENTRY = (
    (0x30, 0, 0, 13),  # the flags of a TCP segment
    (0x54, 0, 0, 0x12),  # SYN and ACK of them
    (0x15, 0, 1, 0x02),  # SYN alone begins a connection:
    (0x06, 0, 0, 0),  # drop it; the other side tries again after a second, and is refused
    (0x06, 0, 0, 0xFFFF_FFFF),  # everything else passes
)
"""A classic BPF programme (bpf(4), linux/filter.h): operation, jumps if true and if false, operand."""

_SO_ATTACH_FILTER = 26
_WAITING = struct.Struct("=I")
_OFFSET = 24
"""Where tcp_info of a listening socket holds how many wait to be taken in (`tcpi_unacked`)."""


def shut(listener: Any) -> None:
    """Let nobody new connect. Where the system cannot, connections go on to be taken in until the socket is closed."""
    steps = b"".join(struct.pack("=HBBI", *step) for step in _NO_ENTRY)
    memory = ctypes.create_string_buffer(steps, len(steps))
    with suppress(OSError, ValueError, OverflowError):
        program = struct.pack("@HP", len(_NO_ENTRY), ctypes.addressof(memory))
        listener.setsockopt(socket.SOL_SOCKET, _SO_ATTACH_FILTER, program)


def emptied(listeners: Iterable[Any], seconds: float) -> None:
    """Wait until nobody stands before the doors any more, at most so long."""
    began = time.monotonic()
    while (past := time.monotonic() - began) < seconds and (past < SETTLING or any(map(_waiting, listeners))):
        gevent.sleep(0.05)


def part(connection: Any) -> None:
    """End a connection of which not everything was read, and let the other side read the answer first."""
    with suppress(OSError), gevent.Timeout(LINGERING, False):
        connection.shutdown(socket.SHUT_WR)
        while connection.recv(65536):
            pass


def _waiting(listener: Any) -> int:
    try:
        told = listener.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _OFFSET + _WAITING.size)
        return int(_WAITING.unpack_from(told, _OFFSET)[0])
    except (OSError, AttributeError, struct.error):
        return 0
