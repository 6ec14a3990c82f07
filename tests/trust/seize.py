"""Seize: everything about a reader that could be handed over after a run of the live service.

Starts the service with nginx before it as documented, sends it a thousand requests of every shape as one reader, and
then one more of another reader; then takes what whoever seizes the machine would take: the memory of every process,
what they wrote, the files, the counters. Prints what of the two readers was found. `make seize`; needs to be root.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections import Counter
from pathlib import Path

from ..web.house import House, house
from .canary import CANARIES, SOURCE
from .front import nginx
from .shape import BROKEN, WHOLE
from .test_nothing_kept import left, send

LAST = (
    b"GET /v1/rferl/notice.html HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Forwarded-For: 93.125.113.7\r\n"
    b"Connection: close\r\n\r\n"
)
"""The request of the reader who came just before."""


class NotReadable(Exception):
    """The memory of a process that this user may not read."""


def memory(process: int) -> Counter[str]:
    """How often each value stands in what a process holds in memory. Raises `NotReadable`."""
    found: Counter[str] = Counter()
    try:
        maps = Path(f"/proc/{process}/maps").read_text().splitlines()
        held = os.open(f"/proc/{process}/mem", os.O_RDONLY)
    except PermissionError:
        raise NotReadable from None
    try:
        for line in maps:
            span, rights, *_ = line.split()
            if not rights.startswith("rw"):
                continue
            start, end = (int(part, 16) for part in span.split("-"))
            try:
                content = os.pread(held, end - start, start)
            except (OSError, OverflowError):
                continue
            for canary in CANARIES:
                found[canary.name] += content.count(canary.value.encode())
            found["the reader who came last"] += content.count(b"93.125.113.7")
    finally:
        os.close(held)
    return +found


def seize(folder: Path, number: int) -> list[str]:
    """Run, take everything, and say in lines what was found."""
    lines: list[str] = []
    with house(folder, CAVEAT_TRUSTED_PROXIES="127.0.0.1/32") as found, nginx(folder / "front", found) as before:
        send(before, number // 2)
        send(found, number - number // 2)
        before.raw(LAST, SOURCE)
        lines.append(
            f"{number} requests of {len(WHOLE) + len(BROKEN)} shapes, each with {len(CANARIES)} values of one reader"
        )
        lines += _memory(found, before)
        traces = left(folder, found)
        counters = found.ask("/metrics", port=found.admin_port).text
        written = found.written() + before.written()
    lines.append(f"files, logs and counters with anything of a reader: {len(traces)}")
    lines += [f"  {place}: {', '.join(names)}" for place, names in traces.items()]
    lines.append("what the service and nginx wrote down, whole:")
    lines += [f"  {line}" for line in written.splitlines()] or ["  nothing"]
    lines.append("the counters, whole:")
    lines += [f"  {line}" for line in counters.splitlines()]
    return lines


def _memory(found: House, before: House) -> list[str]:
    lines: list[str] = []
    processes = {"the service": [found.process.pid, *found.workers()], "nginx": [before.process.pid, *before.workers()]}
    for name, numbers in processes.items():
        held: Counter[str] = Counter()
        try:
            for number in numbers:
                held += memory(number)
        except NotReadable:
            lines.append(f"memory of {name}: not readable for this user")
            continue
        lines.append(f"memory of {name}, {len(numbers)} processes: {sum(held.values())} copies")
        lines += [f"  {value}: {count}" for value, count in sorted(held.items())]
    return lines


def main() -> None:
    """Print what was found."""
    with tempfile.TemporaryDirectory() as folder:
        for line in seize(Path(folder), 1_000):
            sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
