"""Alone: the service starts and answers where there is no network at all, and asks nobody for anything."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from ..web.house import ROOT

WATCHED = """
import os, sys
def told(event, given):
    if event in ("socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname"):
        with open(os.environ["ASKED"], "a") as file:
            file.write(f"{event} {given[1] if hasattr(given[0], 'fileno') else given[0]!r}\\n")
sys.addaudithook(told)
"""
"""Writes down whom the service connects to, sends to or looks up, in every process of it."""

CURIOUS = (
    WATCHED
    + """
import threading, urllib.request
def ask():
    try:
        urllib.request.urlopen("http://192.0.2.1/newer", timeout=1)
    except OSError:
        pass
threading.Thread(target=ask).start()
"""
)
"""A build that asks somebody on the internet whether there is something newer, and starts without an answer too."""

DRIVER = """
import fcntl, json, socket, struct, sys
from pathlib import Path
from tests.trust.pressure import built
if sys.argv[3] == "alone":
    with socket.socket() as control:  # a new network has nothing but a loopback that is down
        fcntl.ioctl(control, 0x8914, struct.pack("16sH14x", b"lo", 1))
    assert Path("/proc/net/route").read_text().count("\\n") == 1
    try:
        socket.create_connection(("192.0.2.1", 80), 1).close()
    except OSError:
        pass
    else:
        raise AssertionError("there is a network")
folder = Path(sys.argv[1])
with built(folder, sys.argv[2], 1, ASKED=str(folder / "asked"), CAVEAT_TRUSTED_PROXIES="127.0.0.1/32") as found:
    print(json.dumps({
        "states": [found.ask(path, **{"X-Forwarded-For": "95.24.0.1"}).headers["Notice-State"] for path in (
            "/v1/rferl/RU/en/notice.html", "/v1/rferl/notice.html", "/v1/meduza/check/ru/", "/v1/meduza/table/en.json",
        )],
        "inquiry": found.ask("/v1/rferl/notice", "POST", body=b"{}", **{"Content-Type": "application/json"}).status,
    }))
"""


def asked(folder: Path, program: str, *alone: str) -> tuple[dict[str, object], set[str]]:
    """What a service answers, and whom it asked; `alone` are the words that start it where there is no network."""
    command = [*alone, sys.executable, "-c", DRIVER, str(folder), program, "alone" if alone else ""]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert run.returncode == 0, run.stderr
    notes = folder / "asked"
    return json.loads(run.stdout), set(notes.read_text().splitlines()) if notes.exists() else set()


def isolation() -> tuple[str, ...]:
    """The command that starts another where there is no network; empty where that is not permitted."""
    for command in (("unshare", "--net"), ("unshare", "--map-root-user", "--net")):
        try:
            if subprocess.run([*command, "true"], capture_output=True).returncode == 0:
                return command
        except OSError:
            break
    return ()


def outside(found: set[str]) -> set[str]:
    """Whoever was asked that is not this machine."""
    return {line for line in found if "'127.0.0.1'" not in line}


def test_without_any_network_it_starts_and_answers_and_asks_nobody(tmp_path: Path) -> None:
    alone = isolation()
    said, found = asked(tmp_path, WATCHED, *alone)
    assert said == {"states": ["live"] * 4, "inquiry": 200}
    assert outside(found) == set()
    if not alone:
        pytest.skip("it asked nobody, but no network could be taken away here")


def test_a_build_that_asks_for_something_newer_is_found_out(tmp_path: Path) -> None:
    _, found = asked(tmp_path, CURIOUS, *isolation())
    assert any("192.0.2.1" in line for line in outside(found))
