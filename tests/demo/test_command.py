"""Command: `caveat demo` shows the newspaper without any configuration, and writes down nothing about who looks."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from service.demo.choice import Choice

from ..web.house import free_ports

COMMAND = [sys.executable, "-c", "from service.cli import main; main()", "demo"]


def surroundings() -> dict[str, str]:
    found = {name: value for name, value in os.environ.items() if not name.startswith("CAVEAT_")}
    return {**found, "PYTHONDONTWRITEBYTECODE": "1"}


def test_the_newspaper_is_served_without_configuration_and_in_silence(tmp_path: Path) -> None:
    (port,) = free_ports(1)
    output = tmp_path / "output.txt"
    with output.open("wb") as stream:
        command = [*COMMAND, "--bind", f"127.0.0.1:{port}"]
        process = subprocess.Popen(command, cwd=tmp_path, env=surroundings(), stdout=stream, stderr=stream)
    try:
        text, until = "", time.monotonic() + 30
        while not text and time.monotonic() < until:
            try:
                address = f"http://127.0.0.1:{port}{Choice(place='RU').path}"
                with urllib.request.urlopen(address, timeout=5) as answer:
                    text = answer.read().decode()
            except OSError:
                assert process.poll() is None, output.read_text()
                time.sleep(0.05)
        assert "The Evening Ferry" in text
        assert 'declared an "undesirable organization"' in text
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)
    (line,) = output.read_text(encoding="utf-8").splitlines()
    assert f"http://127.0.0.1:{port}/" in line


def test_an_address_that_is_none_is_told_so() -> None:
    told = subprocess.run([*COMMAND, "--bind", "everywhere"], env=surroundings(), capture_output=True, text=True)
    assert told.returncode != 0
    assert "127.0.0.1:8080" in told.stderr
