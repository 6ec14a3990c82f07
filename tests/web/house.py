"""House: the real service in a process of its own, on the rules that ship with it, over loopback."""

from __future__ import annotations

import http.client
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-c", "from service.cli import main; main()", "serve"]
EDITED = Path("notices/ru/undesirable-organization.yaml")
ENDING = "Reading is not punished."
"""The last words of the notice that the tests edit."""


@dataclass
class Answer:
    """What came back, and after how many seconds."""

    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass
class House:
    """A running service."""

    process: subprocess.Popen[bytes]
    port: int
    admin_port: int
    rules: Path
    output: Path

    def ask(
        self, path: str, method: str = "GET", *, body: bytes | None = None, source: str = "127.0.0.1",
        port: int | None = None, timeout: float = 10, **headers: str,
    ) -> Answer:  # fmt: skip
        """One request on a connection of its own. Raises OSError or HTTPException where none comes back."""
        began = time.monotonic()
        connection = http.client.HTTPConnection(
            "127.0.0.1", port or self.port, timeout=timeout, source_address=(source, 0)
        )
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            content = answer.read()
            return Answer(answer.status, dict(answer.getheaders()), content, time.monotonic() - began)
        finally:
            connection.close()

    def raw(self, sent: bytes, source: str = "127.0.0.1", timeout: float = 5) -> bytes:
        """What comes back on some bytes, to the end of the connection."""
        with socket.create_connection(("127.0.0.1", self.port), timeout, (source, 0)) as connection:
            connection.sendall(sent)
            received = b""
            try:
                while part := connection.recv(65536):
                    received += part
            except (TimeoutError, ConnectionError):
                pass
            return received

    def workers(self) -> list[int]:
        """The process ids of the workers."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(child) for child in children.split()]

    def written(self) -> str:
        """Everything that the service wrote to its standard streams."""
        return self.output.read_text(errors="replace")

    def edit(self, ending: str) -> None:
        """Save a new ending of the notice, in place."""
        path = self.rules / EDITED
        path.write_text((ROOT / "tests/seed" / EDITED).read_text().replace(ENDING, ending))


def free_ports(number: int) -> list[int]:
    """Ports that are free now, below those that the system gives to whoever connects."""
    found: list[int] = []
    while len(found) < number:
        port = random.randrange(20_000, 32_000)
        try:
            socket.create_server(("127.0.0.1", port)).close()
        except OSError:
            continue
        found.append(port)
    return found


@contextmanager
def house(folder: Path, workers: int = 2, **settings: str) -> Iterator[House]:
    """Start the service over a copy of the rules, and end it."""
    rules = folder / "rules"
    if not rules.exists():
        shutil.copytree(ROOT / "tests/seed", rules)
    port, admin_port = free_ports(2)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("CAVEAT_")}
    environment |= {
        "CAVEAT_RULES": str(rules),
        "CAVEAT_BIND": f"127.0.0.1:{port}",
        "CAVEAT_ADMIN_BIND": f"127.0.0.1:{admin_port}",
        "CAVEAT_WORKERS": str(workers),
        "PYTHONDONTWRITEBYTECODE": "1",
        **settings,
    }
    output = folder / "output.txt"
    with output.open("wb") as stream:
        process = subprocess.Popen(COMMAND, cwd=ROOT, env=environment, stdout=stream, stderr=stream)
    found = House(process, port, admin_port, rules, output)
    try:
        until(lambda: answers(found) and len(found.workers()) == workers, 30, found)
        yield found
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def answers(found: House) -> bool:
    """Whether the service answers now."""
    try:
        return found.ask("/readyz", timeout=2).text == "ready\n"
    except (OSError, http.client.HTTPException):
        return False


def until(holds: Callable[[], bool], seconds: float, found: House) -> float:
    """Wait until something holds; how long it took. Fails with what the service wrote."""
    began = time.monotonic()
    while not holds():
        assert found.process.poll() is None, found.written()
        assert time.monotonic() - began < seconds, found.written()
        time.sleep(0.02)
    return time.monotonic() - began
