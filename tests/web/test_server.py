"""The server: real processes over loopback, under slow clients, kills, edits and hostile bytes."""

from __future__ import annotations

import http.client
import os
import random
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from .house import COMMAND, EDITED, ENDING, ROOT, House, house, until

CANARY = "Kanarienvogel"
NOTICE = "/v1/meduza/RU/en/notice.txt"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A service that several tests share; none of them changes its rules."""
    with house(tmp_path_factory.mktemp("house"), CAVEAT_TRUSTED_PROXIES="127.0.0.1/32") as found:
        yield found


def test_the_seed_notice_is_there_word_for_word(running: House) -> None:
    answer = running.ask("/v1/rferl/any/en/notice.html")
    assert (answer.status, answer.headers["Notice-State"]) == (200, "live")
    assert 'RFE/RL has been declared an "undesirable organization" by the Russian government.' in answer.text
    assert (
        "If you are in Russia or the Russia-controlled parts of Ukraine and hold a Russian passport or are a stateless "
        "person residing permanently in Russia or the Russia-controlled parts of Ukraine, please note that you could "
        "face fines or imprisonment for sharing, liking, commenting on, or saving our content, or for contacting us."
    ) in answer.text
    assert 'To find out more, <a href="https://www.rferl.org/" rel="noreferrer noopener">click here</a>.' in answer.text


def test_the_server_adds_nothing_that_tells_what_it_is(running: House) -> None:
    headers = running.ask("/healthz").headers
    assert headers["Server"] == "caveat"
    assert set(headers) == {
        "Server", "Date", "Connection", "Content-Type", "Content-Length", "Cache-Control", "CDN-Cache-Control",
        "Surrogate-Control", "Vary", "X-Content-Type-Options", "Referrer-Policy", "Cross-Origin-Resource-Policy",
        "Permissions-Policy", "Content-Security-Policy", "Notice-Ruleset", "Access-Control-Allow-Origin",
    }  # fmt: skip


def test_a_proxy_that_is_trusted_tells_where_the_reader_is(running: House) -> None:
    placed = running.ask("/v1/meduza/notice.json?lang=en", **{"X-Forwarded-For": "95.173.136.70"})
    assert placed.body == running.ask("/v1/meduza/RU/en/notice.json").body
    nowhere = running.ask("/v1/meduza/notice.json?lang=en")
    assert nowhere.body == running.ask("/v1/meduza/unknown/en/notice.json").body


def test_many_connections_stay_open_for_a_proxy_and_answer_in_order(running: House) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", running.port, timeout=5)
    for place in ("RU", "DE", "BY") * 10:
        connection.request("GET", f"/v1/meduza/{place}/en/notice.json")
        assert connection.getresponse().read() == running.ask(f"/v1/meduza/{place}/en/notice.json").body
    connection.close()


def test_twenty_readers_are_served_within_a_second_beside_fifty_slow_connections(tmp_path: Path) -> None:
    with house(tmp_path, workers=1) as found:
        slow = [socket.create_connection(("127.0.0.1", found.port)) for _ in range(50)]
        try:
            for number, connection in enumerate(slow):
                if number % 2:
                    connection.sendall(b"GET /v1/rferl/any/en/notice.html HTTP/1.1\r\nHost: x\r\nX-Slow: ")
                else:
                    connection.sendall(
                        b"POST /v1/rferl/notice HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                        b"Content-Length: 100\r\n\r\n{"
                    )
            expected = found.ask(NOTICE).body
            for _ in range(20):
                for connection in slow:
                    connection.sendall(b" ")
                answer = found.ask(NOTICE, timeout=1)
                assert (answer.status, answer.body) == (200, expected)
                assert answer.seconds < 1
        finally:
            for connection in slow:
                connection.close()


def test_it_comes_back_after_every_worker_was_killed_and_never_answers_wrongly(tmp_path: Path) -> None:
    with house(tmp_path) as found:
        expected = found.ask(NOTICE).body
        found.edit("Edition 1.")
        newer = expected.replace(ENDING.encode(), b"Edition 1.")
        time.sleep(2)
        assert all(found.ask(NOTICE).body == newer for _ in range(20))
        failed = answered = 0
        for _ in range(4):
            for worker in found.workers():
                os.kill(worker, signal.SIGKILL)
                until(lambda worker=worker: worker not in found.workers(), 5, found)
                for _ in range(10):
                    try:
                        assert found.ask(NOTICE, timeout=5).body == newer
                        answered += 1
                    except (OSError, http.client.HTTPException):
                        failed += 1
        until(lambda: len(found.workers()) == 2, 5, found)
        assert all(found.ask(NOTICE).body == newer for _ in range(20))
        assert answered > failed
        assert "a worker ended; another takes its place" in found.written()


def test_a_worker_leaves_no_core_and_cannot_be_looked_into(running: House) -> None:
    for worker in running.workers():
        limits = Path(f"/proc/{worker}/limits").read_text()
        (line,) = (line for line in limits.splitlines() if line.startswith("Max core file size"))
        assert line.split()[4:6] == ["0", "0"]


def test_it_ends_when_it_is_told_to_and_says_nothing(tmp_path: Path) -> None:
    with house(tmp_path) as found:
        found.ask(NOTICE)
        found.process.send_signal(signal.SIGTERM)
        assert found.process.wait(15) == 0
        assert found.written().count("\n") == 1
        assert found.written().startswith("caveat: serving rules ")


def test_an_address_in_use_is_told_and_ends_the_start(running: House, tmp_path: Path) -> None:
    environment = {**os.environ, "CAVEAT_BIND": f"127.0.0.1:{running.port}"}
    ended = subprocess.run(COMMAND, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)
    assert ended.returncode == 1
    assert f"cannot listen at 127.0.0.1:{running.port}: Address already in use" in ended.stderr
    assert "Traceback" not in ended.stderr


SHAPES = [
    b"GARBAGE\r\n\r\n",
    f"GET /{CANARY} HTTP/9.9\r\nHost: x\r\n\r\n".encode(),
    f"GET /{CANARY} HTTP/1.1\r\n{CANARY}\r\n\r\n".encode(),
    f"GET /{'x' * 9000}{CANARY} HTTP/1.1\r\nHost: x\r\n\r\n".encode(),
    f"GET / HTTP/1.1\r\nHost: x\r\nX-A: {CANARY * 1000}\r\n\r\n".encode(),
    b"GET / HTTP/1.1\r\nHost: x\r\n" + b"".join(f"X-{CANARY}-{n}: 1\r\n".encode() for n in range(300)) + b"\r\n",
    f"POST /v1/rferl/notice HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n{CANARY}".encode(),
    f"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n{CANARY}".encode(),
    f"POST /v1/rferl/notice HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n{CANARY}\r\n".encode(),
    f"PROXY TCP4 77.88.8.8 127.0.0.1 1 2\r\nGET /{CANARY} HTTP/1.1\r\nHost: x\r\n\r\n".encode(),
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + CANARY.encode() + b"\r\n\r\n",
    f"GET / HTTP/1.1\r\nHost: x\r\nExpect: {CANARY}\r\nContent-Length: 1\r\n\r\n".encode(),
    f"{CANARY} / HTTP/1.1\r\nHost: x\r\n\r\n".encode(),
    b"GET /\x00 HTTP/1.1\r\nHost: x\r\n\r\n",
]


def test_nothing_about_any_request_reaches_a_stream_a_file_or_an_answer(tmp_path: Path) -> None:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    with house(tmp_path, TMPDIR=str(temporary), CAVEAT_TRUSTED_PROXIES="127.0.0.1/32") as found:
        before = sorted(path for path in tmp_path.rglob("*"))
        started = found.written()
        address = "127.9.8.7"
        names = ("User-Agent", "Referer", "Cookie", "X-Forwarded-For", "CF-IPCountry", "Accept-Language", "Origin")
        headers = dict.fromkeys(names, CANARY)
        paths = [
            NOTICE, "/", f"/{CANARY}", f"/v1/{CANARY}/RU/en/notice.html", f"/v1/rferl/notice.json?citizen_of={CANARY}",
            f"/v1/rferl/{CANARY}/en/notice.html", f"/v1/rferl/RU/en/notice.html?{CANARY}={CANARY}",
        ]  # fmt: skip
        bodies = [f'{{"reader": {{"citizen_of": "{CANARY}"}}}}', CANARY, f'{{"{CANARY}": 1}}', CANARY * 1000]
        json = headers | {"Content-Type": "application/json"}
        received = [found.raw(shape, address, timeout=1) for shape in SHAPES]
        received += [
            found.ask(path, method, source=address, **headers).body
            for path in paths
            for method in ("GET", "PUT", "OPTIONS")
        ]
        received += [
            found.ask("/v1/rferl/notice", "POST", body=body.encode(), source=address, **json).body for body in bodies
        ]
        received += [found.ask(path, port=found.admin_port).body for path in ("/metrics", "/readyz")]
        with socket.create_connection(("127.0.0.1", found.port), 5, (address, 0)) as connection:
            connection.sendall(f"GET /{CANARY} HTTP/1.1\r\nHost".encode())  # and gone
        os.kill(found.workers()[0], signal.SIGABRT)
        until(lambda: "a worker ended" in found.written(), 10, found)
        assert found.ask(NOTICE).status == 200
        for content in received:
            assert CANARY.encode() not in content
            assert b"127.9.8.7" not in content
        assert found.written() == started + "caveat: a worker ended; another takes its place\n"
        assert sorted(path for path in tmp_path.rglob("*")) == before


def test_the_counters_are_told_to_the_operator_and_to_nobody_else(running: House) -> None:
    def count(state: str) -> int:
        text = running.ask("/metrics", port=running.admin_port).text
        (line,) = (line for line in text.splitlines() if f'state="{state}"' in line)
        return int(line.split()[1])

    before = count("unknown-publisher")
    for _ in range(20):
        running.ask("/v1/nobody/RU/en/notice.html")
    assert count("unknown-publisher") == before + 20
    assert running.ask("/metrics").status == 404
    assert "ruleset: " in running.ask("/readyz", port=running.admin_port).text
    assert running.ask("/readyz").text == "ready\n"


BROKEN = ("", "{", "\x00", "kind: [", "title: A\ntitle: B\n", "kind: reader-risk\n")


def stale(found: House, expected: str) -> float:
    """For how many seconds from now somebody who asks may still get an earlier edition."""
    began = last = time.monotonic()
    new = 0
    while new < 10:
        asked = time.monotonic()
        assert asked - began < 10, found.written()
        new += 1
        if found.ask(NOTICE).text != expected:
            new, last = 0, asked
    return last - began


def test_edits_under_load_a_third_of_them_broken_give_no_wrong_answer(
    tmp_path: Path, amount: Callable[[int, int], int]
) -> None:
    """Every answer is that of a sound edition which had been saved; a sound edit is live within seconds."""
    rng = random.Random(20261123)
    with house(tmp_path) as found:
        original = found.ask(NOTICE).text
        assert ENDING in original
        legal = {original}
        wrong: list[str] = []
        count = 0
        stop = threading.Event()

        def read() -> None:
            nonlocal count
            while not stop.is_set():
                try:
                    answer = found.ask(NOTICE)
                except (OSError, http.client.HTTPException) as error:
                    wrong.append(type(error).__name__)
                    continue
                count += 1
                time.sleep(0.01)
                if answer.status != 200 or answer.headers["Notice-State"] != "live" or answer.text not in legal:
                    wrong.append(answer.text)

        readers = [threading.Thread(target=read) for _ in range(3)]
        for reader in readers:
            reader.start()
        times: list[float] = []
        try:
            for number in range(amount(45, 200)):
                if number % 3 == 2:
                    whole = (found.rules / EDITED).read_text()
                    text = rng.choice([*BROKEN, whole[: len(whole) // 2]])
                    (found.rules / EDITED).write_text(text)
                    time.sleep(rng.choice([0.01, 0.1, 0.6]))
                    continue
                expected = original.replace(ENDING, f"Edition {number}.")
                legal.add(expected)
                found.edit(f"Edition {number}.")
                if number % 10 == 0:
                    times.append(stale(found, expected))
                else:
                    time.sleep(rng.choice([0.01, 0.1, 0.4]))
        finally:
            stop.set()
            for reader in readers:
                reader.join()
        assert wrong == []
        assert count > amount(300, 1000)
        assert max(times) < 5, sorted(times)
        found.edit("The last edition.")
        last = original.replace(ENDING, "The last edition.")
        # So many, because one worker alone may answer twenty that come one after another.
        until(lambda: {found.ask(NOTICE).text for _ in range(200)} == {last}, 20, found)
        (found.rules / EDITED).write_text("{")
        until(lambda: "the rules were refused" in found.written(), 5, found)
        assert {found.ask(NOTICE).text for _ in range(20)} == {last}
        assert found.ask("/readyz").text == "ready\n"
