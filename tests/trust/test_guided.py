"""Guided: bytes that are made to reach every corner of whatever reads them, and none of them breaks anything.

libFuzzer keeps what reaches new code and goes on from there. Readers of headers are quick and get most of the runs;
to load rules takes a thousand times as long, and the figures say how often it was done.
"""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pytest

from ..web.house import ROOT

RUNS: Mapping[str, int] = {
    "forwarded": 2_000_000, "edged": 1_000_000, "placed": 700_000, "addressed": 300_000, "spoken": 300_000,
    "inquired": 300_000, "turned_away": 200_000, "worded": 200_000, "bundled": 100_000, "wired": 50_000,
    "ruled": 40_000, "joined": 10_000,
}  # fmt: skip
"""How often each target is asked in the long form: the forwarding header of a proxy most, a whole rule set least."""

ALL = 5_000_000
SHORT = 1500
_NOISE = ("INFO: ", "WARNING: ")
_DONE = re.compile(r"^Done (\d+) in (\d+) second", re.MULTILINE)


@dataclass(frozen=True)
class Hunt:
    """What came of a target: how many runs in how many seconds, and what was found, or ""."""

    name: str
    runs: int
    seconds: float
    fault: str

    def __str__(self) -> str:
        return (
            f"{self.name}: {self.runs} runs, {self.runs / self.seconds:.0f} a second{self.fault and ': '}{self.fault}"
        )


def hunted(name: str, runs: int, folder: Path, seed: int = 0) -> Hunt:
    """A target in a process of its own; `seed` is where chance begins, 0 for anywhere."""
    command = [sys.executable, "-m", "tests.trust.harness", name, str(folder), f"-atheris_runs={runs}", f"-seed={seed}"]
    began = time.monotonic()
    with (tmp := folder.with_suffix(".txt")).open("wb") as stream:
        ended = subprocess.run(command, cwd=ROOT, stdout=stream, stderr=stream)
    seconds = time.monotonic() - began
    said = "\n".join(line for line in tmp.read_text(errors="replace").splitlines() if not line.startswith(_NOISE))
    done = _DONE.search(said)
    is_well = ended.returncode == 0 and done is not None and not any((folder / "found").iterdir())
    return Hunt(name, int(done[1]) if done else 0, seconds, "" if is_well else said[-2000:])


@pytest.fixture
def runs(amount: Callable[[int, int], int]) -> Callable[[int, int], int]:
    """How many runs; there is no libFuzzer for some systems and for the newest Python, and then it is said."""
    if find_spec("atheris") is None:
        pytest.skip(f"atheris cannot be installed here: {amount(SHORT, sum(RUNS.values())):,} runs did not happen")
    return amount


def test_no_bytes_break_what_reads_them(tmp_path: Path, runs: Callable[[int, int], int]) -> None:
    if runs(0, 1):
        from .target import TARGETS

        assert set(RUNS) == set(TARGETS)
        hunts = []
        for name, number in RUNS.items():
            hunts.append(hunted(name, number, tmp_path / name))
            print(hunts[-1], flush=True)
    else:
        hunts = [hunted("every", SHORT, tmp_path / "every", seed=20261124)]
    assert [hunt for hunt in hunts if hunt.fault] == []
    assert sum(hunt.runs for hunt in hunts) >= runs(SHORT, ALL)


@pytest.mark.parametrize(
    ("name", "what"),
    [("unguarded", "IndexError"), ("quadratic", "Slow: "), ("leftmost", "AssertionError")],
)
def test_a_reader_with_a_fault_is_found(tmp_path: Path, runs: Callable[[int, int], int], name: str, what: str) -> None:
    if name == "leftmost" and not runs(0, 1):
        pytest.skip("in the long form; two other faults are looked for whenever anything changes")
    hunt = hunted(name, 20_000, tmp_path / name, seed=1)
    assert what in hunt.fault
    assert list((tmp_path / name / "found").iterdir())
