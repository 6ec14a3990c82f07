"""Load: slow clients, ten times what the service bears, and a stop under load cost nobody a warning."""

from __future__ import annotations

import json
import os
import signal
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from service.rulebook import load
from service.web.crowd import FEW, LATE, Crowd, waited
from service.web.library import Library

from ..web.house import ROOT, House, house
from .pressure import BEARS, SLOW, built, many_descriptors, percentile, soon
from .swarm import Outcome, swarm

Amount = Callable[[int, int], int]

NOTICE = "/v1/meduza/RU/en/notice.html"

FEW_DESCRIPTORS = "import resource as r; r.setrlimit(r.RLIMIT_NOFILE, (256, r.getrlimit(r.RLIMIT_NOFILE)[1]))"
ONE_AFTER_ANOTHER = """
from gunicorn.workers.sync import SyncWorker
from service.web import server
sane = server._Service.load_config
def load_config(self):
    sane(self)
    self.cfg.set("worker_class", SyncWorker)
server._Service.load_config = load_config
"""
"""A worker that waits for each client in turn, as gunicorn's own default does."""

BOUNDLESS = "\nfrom service.web.crowd import Crowd\nCrowd.is_too_much = lambda *_: False\n"
HASTY = """
from service.web import doors, server
doors.shut = lambda *_: None
del server._Worker.handle_exit
"""
"""Closes its doors while readers stand before them, as gunicorn does by itself."""


@contextmanager
def slow_connections(found: House, number: int) -> Iterator[None]:
    """Clients who send a byte now and then: half of them of a head, half of a body; who is dropped comes back."""
    stop = threading.Event()

    def connect(odd: int) -> socket.socket:
        connection = socket.create_connection(("127.0.0.1", found.port), 10)
        if odd:
            connection.sendall(b"GET /v1/meduza/any/en/notice.html HTTP/1.1\r\nHost: x\r\nX-Slow: ")
        else:
            connection.sendall(
                b"POST /v1/meduza/notice HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                b"Content-Length: 4000\r\n\r\n{"
            )
        return connection

    many_descriptors()
    connections = [connect(number % 2) for number in range(number)]

    def trickle() -> None:
        while not stop.wait(0.5):
            for place, connection in enumerate(connections):
                try:
                    connection.sendall(b" ")
                except OSError:
                    connection.close()
                    connections[place] = connect(place % 2)

    thread = threading.Thread(target=trickle)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
        for connection in connections:
            connection.close()


def served(found: House, number: int, seconds: float) -> float:
    """The share of good requests that are answered in full within some seconds."""

    def ask(_: int) -> bool:
        try:
            answer = found.ask(NOTICE, timeout=seconds)
        except OSError:
            return False
        return answer.headers["Notice-State"] == "live" and answer.seconds < seconds

    with ThreadPoolExecutor(4) as pool:
        share = sum(pool.map(ask, range(number))) / number
    print(f"{share:.2%} of {number} within {seconds} s")
    return share


def test_slow_connections_keep_nobody_from_an_answer_within_a_second(tmp_path: Path, amount: Amount) -> None:
    """One worker, which the system gives fewer descriptors than there are slow clients until it asks for more."""
    with built(tmp_path, FEW_DESCRIPTORS, 1) as found, slow_connections(found, amount(200, 1000)):
        assert soon(lambda: served(found, 1, 5) == 1, 20)  # so many who come at once are a crowd, for a moment
        assert served(found, amount(100, 2000), amount(5, 1)) >= 0.99


def test_a_server_that_waits_for_each_client_in_turn_is_found_out(tmp_path: Path, amount: Amount) -> None:
    with built(tmp_path, ONE_AFTER_ANOTHER) as found, slow_connections(found, amount(200, 1000)):
        assert served(found, 4, amount(2, 5)) < 0.99


def request(path: str, body: bytes = b"") -> bytes:
    """A request whose connection ends with its answer."""
    head = f"Host: x\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    return f"{'POST' if body else 'GET'} {path} HTTP/1.1\r\n".encode() + (
        head.encode() + body if body else b"Host: x\r\nConnection: close\r\n\r\n"
    )


REQUESTS = [
    request("/v1/meduza/RU/en/notice.html"),
    request("/v1/meduza/RU/ru/notice.txt"),
    request("/v1/meduza/RU/en/notice.json"),
    request("/v1/meduza/notice", b'{"place": "RU", "reader": {"citizen_of": ["RU"]}}'),
]


def overload(found: House, seconds: float, patience: float = 15) -> tuple[list[Outcome], list[Outcome], list[Outcome]]:
    """Ten times as much as it bears: those answered in full, those turned away, and those left without a word."""
    outcomes = swarm(found.port, REQUESTS, 10 * BEARS, seconds, patience)
    live = [outcome for outcome in outcomes if outcome.header("Notice-State") == "live" and outcome.status == 200]
    away = [outcome for outcome in outcomes if outcome.header("Notice-State") == "fallback" and outcome.status]
    lost = [outcome for outcome in outcomes if not outcome.status]
    for name, some in (("in full", live), ("turned away", away), ("without a word", lost)):
        times = [outcome.seconds for outcome in some] or [0.0]
        print(f"{len(outcomes)} asked; {name}: {len(some)}, "
              f"p50 {percentile(times, 0.5):.3f} s, p99 {percentile(times, 0.99):.3f} s")  # fmt: skip
    assert len(live) + len(away) + len(lost) == len(outcomes)
    return live, away, lost


def test_ten_times_what_it_bears_is_refused_at_once_with_the_cautious_text(tmp_path: Path, amount: Amount) -> None:
    soak = amount(0, 1)
    with built(tmp_path, SLOW, 1, CAVEAT_ADMIN_BIND="") as found:
        everybody = {
            0: found.ask("/v1/meduza/any/en/notice.html").body,
            1: found.ask("/v1/meduza/any/ru/notice.txt").body,
        }
        answered = [found.raw(sent).partition(b"\r\n\r\n")[2] for sent in REQUESTS]
        live, away, lost = overload(found, amount(2, 60))
        assert lost == []
        assert len(away) > len(live) > 0
        for outcome in live:
            assert outcome.body == answered[outcome.asked]
        for outcome in away:
            assert outcome.header("Cache-Control").startswith("no-store")
            assert outcome.header("CDN-Cache-Control") == outcome.header("Surrogate-Control") == "no-store"
            if outcome.asked in everybody:
                assert (outcome.status, outcome.body) == (200, everybody[outcome.asked])
            else:
                assert outcome.status == 503
                assert outcome.header("Retry-After") == "1"
                assert json.loads(outcome.body)["type"] == "/about#busy"
        assert {len(outcome.body) for outcome in live + away if outcome.asked == 3} == {len(answered[3])}
        if soak:
            assert percentile([outcome.seconds for outcome in live], 0.99) < 0.25
            assert percentile([outcome.seconds for outcome in away], 0.5) < 0.25
        assert soon(lambda: found.ask(NOTICE).headers["Notice-State"] == "live", 5)
    (tmp_path / "boundless").mkdir()
    with built(tmp_path / "boundless", SLOW + BOUNDLESS, 1) as found:
        live, away, lost = overload(found, amount(1, 10), amount(3, 15))
        for process in (found.process.pid, *found.workers()):  # it would answer for long whoever has left
            os.kill(process, signal.SIGKILL)
        assert away == []
        assert lost
        assert percentile([outcome.seconds for outcome in live], 0.99) > 0.25


def test_a_stop_under_load_loses_no_request(tmp_path: Path, amount: Amount) -> None:
    for turn in range(amount(1, 50)):
        (tmp_path / str(turn)).mkdir()
        with house(tmp_path / str(turn)) as found:
            counts = stopped(found)
        print(dict(counts))
        assert counts["lost"] == 0, counts
        assert counts["answered"] > 20


def test_a_server_that_closes_its_doors_on_those_who_wait_is_found_out(tmp_path: Path) -> None:
    with built(tmp_path, HASTY) as found:
        assert stopped(found)["lost"] > 0


def stopped(found: House) -> Counter[str]:
    """Stop the service while sixteen readers ask, until they are refused; what became of every request sent."""
    counts: Counter[str] = Counter()

    def read(kept: bool) -> None:
        connection: socket.socket | None = None
        while True:
            try:
                if connection is None:
                    connection = socket.create_connection(("127.0.0.1", found.port), 15)
            except OSError:
                counts["refused"] += 1
                return
            try:
                more = b"" if kept else b"Connection: close\r\n"
                connection.sendall(f"GET {NOTICE} HTTP/1.1\r\nHost: x\r\n".encode() + more + b"\r\n")
                head, body = _answer(connection)
            except OSError:
                head, body = b"", b""
            whole = b"Content-Length: %d\r\n" % len(body) in head
            counts["answered" if whole else "lost"] += 1
            if not kept or not whole or b"Connection: close" in head:
                connection.close()
                connection = None

    threads = [threading.Thread(target=read, args=(number % 4 == 0,)) for number in range(16)]
    for thread in threads:
        thread.start()
    time.sleep(0.5)
    found.process.send_signal(signal.SIGTERM)
    for thread in threads:
        thread.join()
    assert found.process.wait(20) == 0
    return counts


def _answer(connection: socket.socket) -> tuple[bytes, bytes]:
    received = b""
    while b"\r\n\r\n" not in received and (part := connection.recv(65536)):
        received += part
    head, _, body = received.partition(b"\r\n\r\n")
    length = int(head.partition(b"Content-Length: ")[2].partition(b"\r\n")[0] or 0)
    while len(body) < length and (part := connection.recv(65536)):
        body += part
    return head, body


@pytest.fixture(scope="module")
def library() -> Library:
    found = Library(ROOT / "tests/seed", load)
    found.open()
    return found


@pytest.fixture
def crowd(library: Library) -> Crowd:
    return Crowd(library)


def test_a_pause_of_the_machine_turns_nobody_away_and_a_crowd_does(crowd: Crowd) -> None:
    assert not any(crowd.is_too_much(NOTICE, 2 * LATE) for _ in range(FEW))
    assert crowd.is_too_much(NOTICE, 2 * LATE)
    assert not crowd.is_too_much(NOTICE, LATE / 2)
    assert not crowd.is_too_much("/healthz", 9.0)
    assert crowd.is_too_much("/openapi.json", 9.0)
    for _ in range(2 * FEW):
        crowd.is_too_much(NOTICE, 0.0)
    assert not crowd.is_too_much(NOTICE, 2 * LATE)


@pytest.mark.parametrize(
    ("path", "query", "languages", "state", "type_", "language", "text"),
    [
        ("/v1/meduza/RU/ru/notice.html", "", "en", "fallback", "text/html", "ru", "«Медуза»"),
        ("/v1/meduza/DE/xx/notice.label.txt", "", "", "fallback", "text/plain", "ru", "«Медуза»"),
        ("/v1/meduza/notice.html", "lang=en", "ru", "fallback", "text/html", "en", "Meduza"),
        ("/v1/meduza/notice.txt", "", "de;q=0.1, en", "fallback", "text/plain", "en", "Meduza"),
        ("/v1/meduza/frame/RU/en/", "", "", "fallback", "text/html", "en", "Meduza"),
        ("/v1/meduza/check/en/", "", "", "fallback", "text/html", "en", "Meduza"),
        ("/v1/meduza/nothing.html", "", "", "fallback", "text/html", "ru", "«Медуза»"),
        ("/v1/nobody/RU/en/notice.html", "", "", "unknown-publisher", "text/html", "en", "<section"),
        ("/v1/x.html", "", "", "unknown-publisher", "text/html", "en", "<section"),
    ],
)
def test_whoever_reads_is_turned_away_with_the_text_for_everybody(
    crowd: Crowd, path: str, query: str, languages: str, state: str, type_: str, language: str, text: str
) -> None:
    answer = Outcome(0)
    answer.head, _, answer.body = crowd.answer("GET", path, query, languages).partition(b"\r\n\r\n")
    assert answer.head.startswith(b"HTTP/1.1 200 OK\r\n")
    assert (answer.header("Notice-State"), answer.header("Content-Language")) == (state, language)
    assert answer.header("Content-Type").startswith(type_)
    assert ("frame-ancestors *" in answer.header("Content-Security-Policy")) == ("/frame/" in path)
    assert text in answer.body.decode()
    head = crowd.answer("HEAD", path, query, languages)
    assert head.endswith(b"\r\n\r\n")
    assert f"Content-Length: {len(answer.body)}\r\n".encode() in head


def test_a_text_for_a_message_is_cut_to_its_room_for_those_turned_away_too(crowd: Crowd) -> None:
    whole = crowd.answer("GET", "/v1/meduza/RU/en/notice.txt").partition(b"\r\n\r\n")[2]
    cut = crowd.answer("GET", "/v1/meduza/RU/en/notice.80.txt").partition(b"\r\n\r\n")[2]
    assert len(cut) <= 80
    assert 0 < len(cut) <= len(whole)


@pytest.mark.parametrize(("method", "path"), [("GET", "/v1/meduza/RU/en/notice.json"), ("POST", "/v1/meduza/notice"),
                                              ("GET", "/openapi.json"), ("PUT", NOTICE)])  # fmt: skip
def test_programs_are_told_truly_that_too_many_ask(crowd: Crowd, method: str, path: str) -> None:
    answer = Outcome(0)
    answer.head, _, answer.body = crowd.answer(method, path, closes=False).partition(b"\r\n\r\n")
    assert answer.head.startswith(b"HTTP/1.1 503 Service Unavailable\r\n")
    assert answer.header("Retry-After") == "1"
    assert answer.header("Connection") == "keep-alive"
    assert json.loads(answer.body)["status"] == 503
    if method == "POST":
        assert len(answer.body) == crowd._library.edition.size


def test_the_wait_of_a_request_is_counted_from_its_arrival() -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    with listener, socket.create_connection(listener.getsockname()) as client:
        client.sendall(b"GET")
        time.sleep(0.3)
        connection, _ = listener.accept()
        with connection:
            assert waited(connection) >= 0.2
            client.sendall(b" /")
            assert soon(lambda: waited(connection) < 0.2, 5)
    one, other = socket.socketpair()
    with one, other:
        assert waited(one) == 0
