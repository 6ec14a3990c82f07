"""Stand: an export behind a real nginx, side by side with the real service on the same rules and location files."""

from __future__ import annotations

import getpass
import http.client
import os
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

LIBRARIES = sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))

LISTED = (
    "Content-Type", "Cache-Control", "CDN-Cache-Control", "Surrogate-Control", "Surrogate-Key", "Cache-Tag",
    "Content-Language", "Notice-State", "Notice-Ruleset", "Notice-Style", "X-Content-Type-Options", "Referrer-Policy",
    "Cross-Origin-Resource-Policy", "Permissions-Policy", "Content-Security-Policy", "Access-Control-Allow-Origin",
    "Vary", "Allow",
)  # fmt: skip
"""The headers that must be the same of both. A tag both must have or both not: nginx makes its own."""


@dataclass
class Seen:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def listed(self) -> dict[str, str]:
        """The listed headers; that nginx chooses between compressed and not is no difference."""
        found = {name: self.headers.get(name, "") for name in LISTED}
        found["Vary"] = found["Vary"].replace("Accept-Encoding", "")
        return found


@dataclass
class Asker:
    """A connection that is kept."""

    port: int
    _connection: http.client.HTTPConnection = field(init=False)

    def __enter__(self) -> Self:
        self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._connection.close()

    def ask(self, path: str, method: str = "GET", headers: Mapping[str, str] | None = None) -> Seen:
        """One request; on a new connection if the other side has closed this one."""
        for _ in range(2):
            try:
                self._connection.request(method, path, headers=dict(headers or {}))
                answer = self._connection.getresponse()
                found = {name: answer.headers.get_all(name) or [] for name, _ in answer.getheaders()}
                return Seen(answer.status, {name: ", ".join(said) for name, said in found.items()}, answer.read())
            except (http.client.RemoteDisconnected, ConnectionError, BrokenPipeError):
                self._connection.close()
        raise AssertionError(f"nothing came back from {path}")


@contextmanager
def nginx(export: Path, port: int, at: datetime | None = None) -> Iterator[subprocess.Popen[bytes]]:
    """A real nginx under the configuration of an export; for it, it is a certain instant if one is given."""
    environment = dict(os.environ)
    if at is not None:
        told = {"FAKETIME": f"@{at:%Y-%m-%d %H:%M:%S}", "TZ": "UTC", "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
        environment |= {"LD_PRELOAD": str(LIBRARIES[0]), **told}
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    # Started by root it would serve as nobody, who may not read what a test wrote.
    user = f" user {getpass.getuser()};" if os.getuid() == 0 else ""
    command = [program, "-c", str(export / "current" / "nginx.conf"), "-g", f"daemon off;{user}"]
    errors = export / "errors.txt"
    with errors.open("wb") as stream:
        process = subprocess.Popen(command, stderr=stream, stdout=stream, env=environment)
    try:
        until = time.monotonic() + 20
        while not _answers(port):
            assert process.poll() is None, errors.read_text()
            assert time.monotonic() < until, errors.read_text()
            time.sleep(0.05)
        yield process
    finally:
        process.terminate()
        process.wait(10)


def _answers(port: int) -> bool:
    try:
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=2)) as connection:
            connection.request("GET", "/healthz")
            return connection.getresponse().read() == b"ok\n"
    except (OSError, http.client.HTTPException):
        return False
