"""Pressure: readers who ask without pause and know the right answers, and builds of the service that are worse."""

from __future__ import annotations

import http.client
import resource
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from unittest import mock

from ..web import house as houses
from ..web.house import House, house

MAIN = "\nfrom service.cli import main; main()"

SLOW = """
import time
from service.web.hatch import Hatch
quick = Hatch.__call__
def slow(self, environ, start):
    until = time.thread_time() + 0.01
    while time.thread_time() < until:
        pass
    return quick(self, environ, start)
Hatch.__call__ = slow
"""
"""Every answer costs ten milliseconds of computing, so a worker bears less than a hundred a second on any machine."""

PATIENT = """
from service.web import crowd
crowd.LATE = 60.0
"""
"""Nobody is turned away, for proofs about something else on a machine that is busy with something else."""

BEARS = 100


@contextmanager
def built(folder: Path, program: str, workers: int = 2, **settings: str) -> Iterator[House]:
    """The service with something of it replaced by a few lines of Python that run first."""
    command = [sys.executable, "-c", program + MAIN, "serve"]
    with mock.patch.object(houses, "COMMAND", command), house(folder, workers, **settings) as found:
        yield found


@dataclass(frozen=True)
class Question:
    """A request, and the bodies that are right answers to it; `right` may grow while readers ask."""

    path: str
    right: set[bytes]
    address: str = ""

    def ask(self, found: House, timeout: float = 10) -> houses.Answer:
        """One request; the address stands in a header that the service is told to believe."""
        headers = {"X-Forwarded-For": self.address} if self.address else {}
        return found.ask(self.path, timeout=timeout, **headers)


@dataclass
class Tally:
    """What readers got: right answers, wrong ones, and connections that broke; `examples` of what was wrong."""

    counts: Counter[str] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)

    @property
    def right(self) -> int:
        return self.counts["right"]

    @property
    def wrong(self) -> int:
        return self.counts["wrong"]

    @property
    def broken(self) -> int:
        return self.counts["broken"]

    def add(self, kind: str, example: str = "") -> None:
        """One more of a kind."""
        self.counts[kind] += 1
        if example and len(self.examples) < 5:
            self.examples.append(example)


@contextmanager
def readers(found: House, questions: Collection[Question], number: int = 4, pause: float = 0.005) -> Iterator[Tally]:
    """Ask the questions in turn for as long as the block lasts."""
    tally, stop = Tally(), threading.Event()

    def read(first: int) -> None:
        asked = list(questions)[first % len(questions) :] + list(questions)[: first % len(questions)]
        while not stop.is_set():
            for question in asked:
                if stop.is_set():
                    return
                try:
                    answer = question.ask(found)
                except (OSError, http.client.HTTPException):
                    tally.add("broken")
                    time.sleep(0.02)
                    continue
                if answer.status == 200 and answer.body in question.right:
                    tally.add("right")
                else:
                    tally.add("wrong", f"{answer.status} {answer.headers.get('Notice-State')} {answer.text[:200]}")
                time.sleep(pause)

    threads = [threading.Thread(target=read, args=(first,)) for first in range(number)]
    for thread in threads:
        thread.start()
    try:
        yield tally
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def soon(holds: Callable[[], bool], seconds: float) -> bool:
    """Whether something comes to hold within some seconds."""
    until = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


def many_descriptors() -> None:
    """Let this process hold as many connections as the system allows."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < 4096 and (hard == resource.RLIM_INFINITY or hard > soft):
        resource.setrlimit(resource.RLIMIT_NOFILE, (4096 if hard == resource.RLIM_INFINITY else min(4096, hard), hard))


def percentile(values: Collection[float], share: float) -> float:
    """The value that a share of them do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
