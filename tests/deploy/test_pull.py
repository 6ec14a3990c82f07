"""Pull: the job that brings rules into a cluster takes what two people signed, in order, and nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from ..bundle.press import Press, rules, with_notice
from .manifest import CLUSTER


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def source(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A folder that is published over HTTP."""
    folder = tmp_path / "published"
    folder.mkdir()
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield folder, f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def pull(address: str, here: Path, trusted: Path) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    command = [sys.executable, str(CLUSTER / "pull.py"), str(here), str(trusted)]
    surroundings = {**os.environ, "PATH": path, "SOURCE": address}
    return subprocess.run(command, env=surroundings, capture_output=True, text=True, timeout=60)


def test_bundles_are_pulled_in_order_and_what_one_person_signed_is_left(
    source: tuple[Path, str], tmp_path: Path
) -> None:
    published, address = source
    here, trusted = tmp_path / "rules", tmp_path / "trusted"
    here.mkdir()
    trusted.mkdir()
    press = Press(published)
    for name, key in (("anna", press.anna), ("boris", press.boris)):
        (trusted / f"{name}.pub").write_text(key.public.written())

    first = press.both(rules())
    second = press.made(with_notice(rules()), first, press.anna)  # which adds a warning
    press.saved(first, "bundle-000001.tar").rename(here / "bundle-000001.tar")
    press.saved(second, "bundle-000002.tar")
    press.saved(press.made(rules(), second, press.anna), "bundle-000003.tar")  # which takes it away again
    refused = pull(address, here, trusted)
    assert refused.returncode == 1
    assert refused.stderr.endswith("bundle-000003.tar: refused\n")
    assert sorted(path.name for path in here.iterdir()) == ["bundle-000001.tar", "bundle-000002.tar"]
    assert (here / "bundle-000002.tar").read_bytes() == second.written()


def test_no_newer_bundle_is_well_and_a_source_without_a_first_is_not(source: tuple[Path, str], tmp_path: Path) -> None:
    _, address = source
    nothing = pull(address, tmp_path, tmp_path)
    assert (nothing.returncode, nothing.stderr) == (1, "bundle-000001.tar: 404\n")
    (tmp_path / "bundle-000001.tar").touch()
    assert pull(address, tmp_path, tmp_path).returncode == 0


def test_a_source_that_cannot_be_reached_is_told(tmp_path: Path) -> None:
    ended = pull("http://127.0.0.1:9/", tmp_path, tmp_path)
    assert ended.returncode == 1
    assert "cannot be reached" in ended.stderr
