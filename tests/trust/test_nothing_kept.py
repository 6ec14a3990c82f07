"""Nothing kept: after thousands of requests of every kind, no trace of what they carried is anywhere."""

from __future__ import annotations

import base64
import http.client
import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest

from ..web.house import ROOT, House, answers, free_ports, house, until
from .canary import BY_NAME, CANARIES, SOURCE, Canary, hits
from .front import nginx
from .shape import BROKEN, WHOLE

Amount = Callable[[int, int], int]


def send(found: House, number: int, *, killing: int = 0, seed: int = 20261123) -> tuple[int, list[str]]:
    """Send so many requests of all shapes; `killing` workers are killed on the way.

    How many answers came back, and what of the reader was in them.
    """
    rng = random.Random(seed)
    shapes = [*WHOLE.values(), *BROKEN.values()]
    told: set[str] = set()
    answered = 0
    kills = {round((index + 1) * number / (killing + 1)) for index in range(killing)}
    for index in range(number):
        shape = shapes[index % len(shapes)] if index < len(shapes) else rng.choice(shapes)
        received = _sent(found, shape)
        answered += bool(received)
        told.update(hits(received))
        if index in kills and (workers := found.workers()):
            os.kill(rng.choice(workers), rng.choice([signal.SIGKILL, signal.SIGABRT, signal.SIGSEGV]))
    return answered, sorted(told)


def _sent(found: House, shape: bytes) -> bytes:
    """One request from the canary's address. Whatever does not end by itself is left by us."""
    try:
        with socket.create_connection(("127.0.0.1", found.port), 2, (SOURCE, 0)) as connection:
            connection.sendall(shape)
            connection.settimeout(0.05 if shape in HANGING else 2)
            received = b""
            while part := connection.recv(65536):
                received += part
            return received
    except OSError:
        return b""


HANGING = {BROKEN[name] for name in ("half a head", "nothing", "short body", "no version", "length and chunks")}


def left(folder: Path, found: House) -> dict[str, list[str]]:
    """Where something of the reader was left: in files, or in what the operator can ask for."""
    traces: dict[str, list[str]] = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and (names := hits(path.read_bytes())):
            traces[str(path.relative_to(folder))] = names
    for asked in ("/metrics", "/readyz"):
        if names := hits(found.ask(asked, port=found.admin_port).body):
            traces[asked] = names
    return traces


def files(folder: Path) -> set[str]:
    """Every file there is."""
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


@pytest.mark.parametrize("canary", CANARIES, ids=lambda canary: canary.name)
@pytest.mark.parametrize(
    "written",
    [
        lambda value: value,
        quote,
        lambda value: quote(value, safe=""),
        lambda value: json.dumps({"a": value}),
        lambda value: base64.b64encode(value.encode()).decode(),
        lambda value: base64.b64encode(b"12" + value.encode() + b"rest").decode(),
        lambda value: base64.b64encode(b"1" + value.encode() + b"rest").decode(),
        lambda value: value.encode().hex(),
    ],
    ids=["plain", "path", "component", "json", "base64", "base64 at 2", "base64 at 1", "hex"],
)
def test_the_search_finds_a_value_however_it_was_written_down(canary: Canary, written: Callable[[str], str]) -> None:
    value = canary.value
    assert hits(f"before {written(value)} after".encode()) == [canary.name]


def test_every_canary_is_sent_and_half_of_the_shapes_are_broken() -> None:
    sent = b"\n".join([*WHOLE.values(), *BROKEN.values()])
    assert set(hits(sent)) == {canary.name for canary in CANARIES} - {"address"}
    assert len(WHOLE) + len(BROKEN) >= 30
    assert len(BROKEN) >= (len(WHOLE) + len(BROKEN)) / 2


def test_nothing_that_a_reader_sends_is_left_anywhere_after_thousands_of_requests(
    tmp_path: Path, amount: Amount
) -> None:
    """Also with nginx before it as documented, and with workers that are killed and crash in between."""
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    settings = {"TMPDIR": str(temporary), "CAVEAT_TRUSTED_PROXIES": "127.0.0.1/32", "HOME": str(temporary)}
    with house(tmp_path, 2, **settings) as found, nginx(tmp_path / "front", found) as before:
        there, core = files(tmp_path), files(ROOT / "service")
        direct, told = send(found, amount(250, 8_000), killing=amount(3, 40))
        passed, told_by_front = send(before, amount(90, 2_000))
        until(lambda: answers(found), 20, found)
        assert (told, told_by_front) == ([], [])
        assert direct > amount(160, 5_500)
        assert passed > amount(50, 1_200)
        assert left(tmp_path, found) == {}
        assert files(tmp_path) - there == set(), "a file was made: a core, a temporary file, a log"
        assert {name for name in files(ROOT / "service") - core if "__pycache__" not in name} == set()
        assert set(found.written().splitlines()[1:]) <= {"caveat: a worker ended; another takes its place"}
        assert before.written() == ""


LEAKY = '''
"""A build that leaks: it writes down what ordinary configurations write down."""
import logging, sys
from pathlib import Path
from service.assembly import open_library, place_source, open_locator, read_settings
from service.web.app import create_app
settings = read_settings({})
app = create_app(open_library(settings, print), place_source(settings, open_locator(settings)))

@app.before_request
def log() -> None:
    from flask import request
    print(request.remote_addr, request.full_path, dict(request.headers), file=sys.stderr, flush=True)
    Path(sys.argv[2]).write_bytes(request.get_data())

from wsgiref.simple_server import make_server
make_server("127.0.0.1", int(sys.argv[1]), app).serve_forever()
'''


def test_a_leaky_build_is_found_by_the_same_search(tmp_path: Path) -> None:
    (port,) = free_ports(1)
    output = tmp_path / "output.txt"
    program = tmp_path / "leaky.py"
    program.write_text(LEAKY)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("CAVEAT_")}
    command = [sys.executable, str(program), str(port), str(tmp_path / "body")]
    with output.open("wb") as stream:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment | {"PYTHONPATH": str(ROOT)}, stdout=stream, stderr=stream
        )
    found = House(process, port, port, tmp_path, output)
    try:
        until(lambda: answers(found), 30, found)
        for name in ("canonical", "status in the address", "wrong facts"):
            _sent(found, WHOLE.get(name) or BROKEN[name])
        traces = {name for path in tmp_path.iterdir() for name in hits(path.read_bytes())}
    finally:
        process.terminate()
        process.wait(20)
    assert traces >= {"address", "forwarded", "agent", "referer", "cookie", "query", "body"}


def test_an_ordinary_nginx_is_found_by_the_same_search(tmp_path: Path) -> None:
    """With its access log off, and its error log as it comes."""
    changes = (
        ("error_log /dev/null emerg;", f"error_log {tmp_path}/error.log info;"),
        ("client_body_buffer_size 16k;", "client_body_buffer_size 16;"),
    )
    with house(tmp_path, workers=1) as found, nginx(tmp_path / "front", found, *changes) as before:
        send(before, len(WHOLE) + len(BROKEN))
        assert "address" in left(tmp_path, found).get("error.log", [])


def test_a_crash_leaves_no_core_though_the_system_would_keep_one(tmp_path: Path) -> None:
    """The limits are the process's own: a shell that allows cores does not bring one about."""
    with house(tmp_path, workers=1) as found:
        _sent(found, WHOLE["inquiry"])
        (worker,) = found.workers()
        limits = Path(f"/proc/{worker}/limits").read_text()
        (line,) = (line for line in limits.splitlines() if line.startswith("Max core file size"))
        assert line.split()[4:6] == ["0", "0"]
        os.kill(worker, signal.SIGSEGV)
        until(lambda: found.workers() not in ([], [worker]) and answers(found), 20, found)
        assert [name for name in files(tmp_path) | set(os.listdir(ROOT)) if "core" in Path(name).name] == []


def test_a_reader_who_goes_away_in_the_middle_is_told_of_to_nobody(tmp_path: Path) -> None:
    with house(tmp_path, workers=1) as found:
        started = found.written()
        for shape in (WHOLE["inquiry"], WHOLE["negotiated"], BROKEN["short body"]):
            for cut in (10, len(shape) // 2, len(shape) - 1):
                with socket.create_connection(("127.0.0.1", found.port), 2, (SOURCE, 0)) as connection:
                    connection.sendall(shape[:cut])
        time.sleep(0.2)
        try:
            assert found.ask("/healthz").status == 200
        except (OSError, http.client.HTTPException):  # pragma: no cover
            pytest.fail(found.written())
        assert found.written() == started
        assert BY_NAME["path"] not in found.written()
