"""Timing: two readers at the same place, asking in the same language, are answered after the same time."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from service.web import quantum

from ..web.house import House
from . import welch
from .pressure import PATIENT, built

Amount = Callable[[int, int], int]

HASTY = """
from service.web import quantum
quantum.held = lambda app: app
"""
"""A build that answers as soon as it can."""

TELLING = """
import time
from service.web import quantum
held = quantum.held
def telling(app):
    inner = held(app)
    def application(environ, start):
        answer = inner(environ, start)
        until = time.monotonic() + {seconds} * (int(environ.get("CONTENT_LENGTH") or 0) > 70)
        while time.monotonic() < until:
            pass
        return answer
    return application
quantum.held = telling
"""
"""A build that takes so many seconds more for those who say more of themselves."""

NOBODY: dict[str, object] = {}
ABROAD = {"citizen_of": ["DE"], "not_citizen_of": ["other"], "stateless": False, "resident_of": "DE", "age": 34}


def asked(reader: dict[str, object], place: str = "DE") -> bytes:
    """An inquiry about one reader."""
    body = json.dumps({"place": place, "language": "ru", "reader": reader}).encode()
    head = f"POST /v1/rferl/notice HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {len(body)}"
    return f"{head}\r\n\r\n".encode() + body


READERS = (asked(NOBODY), asked(ABROAD))
"""In Germany: one of whom nothing is known, who may be told of every law, and one to whom none applies."""


def found(port: int, number: int, connections: int = welch.CONNECTIONS) -> float:
    """How sure it is that the two readers wait for different times, as |t|.

    Three times at most, and the least of them: what is a difference is there every time.
    """
    least = float("inf")
    for _ in range(3):
        pause = quantum.QUANTUM / connections
        samples = welch.measured(port, READERS, number, connections=connections, pause=pause)
        least = min(least, welch.greatest(*samples))
        if least < welch.LIMIT:
            break
    return least


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with welch.foremost(), built(tmp_path_factory.mktemp("timing"), PATIENT, workers=1) as running:
        yield running


def test_nobody_can_tell_two_readers_apart_by_how_long_their_answers_take(served: House, amount: Amount) -> None:
    value = found(served.port, amount(900, 100_000))
    print(f"|t| = {value:.2f}")
    assert value < welch.LIMIT


@pytest.mark.parametrize("kind", ["as soon as it can", "a little longer"])
def test_a_build_that_takes_longer_for_one_of_them_is_found(tmp_path: Path, amount: Amount, kind: str) -> None:
    """A little: 200 microseconds in the long form; in the short one ten milliseconds, which no busy machine hides."""
    program, number, connections = HASTY, 200, 1
    if kind == "a little longer":
        connections = welch.CONNECTIONS
        program = TELLING.replace("{seconds}", str(amount(10_000, 200) / 1_000_000))
        number = amount(120, 10_000)
    with welch.foremost(), built(tmp_path, PATIENT + program, workers=1) as telling:
        values: list[float] = []
        while len(values) < 3 and max(values, default=0) < welch.LIMIT:
            values.append(found(telling.port, number * 2 ** len(values), connections))
    print([round(value, 2) for value in values])
    assert values[-1] > welch.LIMIT


def test_those_who_wait_keep_nobody_from_being_answered(served: House) -> None:
    """Twenty at once wait beside one another, not one after another."""
    with ThreadPoolExecutor(20) as pool:
        least = float("inf")
        for _ in range(5):
            began = time.monotonic()
            answers = list(pool.map(lambda _: served.ask("/v1/rferl/notice", "POST").seconds, range(20), timeout=60))
            least = min(least, time.monotonic() - began)
            assert min(answers) >= quantum.QUANTUM
            if least < 20 * quantum.QUANTUM / 2:
                break
    assert least < 20 * quantum.QUANTUM / 2


def test_where_the_system_has_no_exact_timer_answers_wait_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_: float) -> int:
        raise OSError

    monkeypatch.setattr(quantum, "_timer", missing)
    began = time.monotonic()
    quantum.wait_until(began + 0.02)
    assert time.monotonic() >= began + 0.02


@pytest.mark.parametrize(("method", "least"), [("POST", 0.03), ("GET", 0.0)])
def test_an_answer_that_took_longer_than_a_quantum_waits_for_the_next(method: str, least: float) -> None:
    def app(environ: dict[str, object], start: Callable[..., object]) -> list[bytes]:
        time.sleep(0.016)
        return [b"answer"]

    began = time.monotonic()
    assert list(quantum.held(app, 0.015)({"REQUEST_METHOD": method}, str)) == [b"answer"]
    assert time.monotonic() - began >= least
