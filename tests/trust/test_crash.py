"""Crash: workers that are killed, rules that are broken and a disk that is full give nobody a wrong answer."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ..web.house import EDITED, ENDING, ROOT, House, answers, free_ports, house, until
from .press import Press, texts
from .pressure import Question, Tally, readers, soon

Amount = Callable[[int, int], int]

NOTICE = "/v1/meduza/RU/en/notice.txt"


def disturbed(found: House, press: Press, kills: int, broken: int) -> Tally:
    """Readers ask while workers are killed and broken rules are published, each of which has been read."""
    question = Question(NOTICE, texts(found, NOTICE, press))
    original = found.ask(NOTICE).body
    refused = 0
    with readers(found, [question]) as tally:
        while kills > 0 or broken > 0:
            if broken > 0:
                before = found.written().count("the rules were refused")
                press.bad()
                broken -= 1
                refused += soon(lambda before=before: found.written().count("the rules were refused") > before, 15)
            if kills > 0 and press.rng.random() < max(0.2, kills / (broken + 1)):
                worker = press.rng.choice(found.workers() or [0])
                if worker:
                    os.kill(worker, signal.SIGKILL)
                    kills -= 1
                    if press.rng.random() < 0.7:
                        until(lambda worker=worker: worker not in found.workers(), 10, found)
            if press.rng.random() < 0.3:
                ending = press.good()
                question.right.add(original.replace(ENDING.encode(), ending.encode()))
                time.sleep(press.rng.choice([0.0, 0.1, 0.8]))
    tally.counts["refused"] = refused
    return tally


def test_workers_killed_and_rules_broken_under_load_give_no_wrong_answer(tmp_path: Path, amount: Amount) -> None:
    kills, broken = amount(4, 120), amount(6, 500)
    press = Press(tmp_path)
    with house(tmp_path) as found:
        tally = disturbed(found, press, kills, broken)
        print(f"{kills} kills, {broken} broken sets, {len(press.sound)} sound ones: {dict(tally.counts)}")
        assert tally.wrong == 0, tally.examples
        assert tally.right > 10 * tally.broken
        assert tally.counts["refused"] == broken
        until(lambda: answers(found) and len(found.workers()) == 2, 20, found)
        assert found.written().count("a worker ended") == kills
        ending = press.good()
        until(lambda: all(ending in found.ask(NOTICE).text for _ in range(10)), 20, found)


@contextmanager
def naive(folder: Path) -> Iterator[House]:
    """A service that takes whatever it finds."""
    (port,) = free_ports(1)
    output = folder / "output.txt"
    with output.open("wb") as stream:
        command = [sys.executable, "-m", "tests.trust.naive", str(folder / "rules"), str(port)]
        process = subprocess.Popen(command, cwd=ROOT, stdout=stream, stderr=stream)
    found = House(process, port, port, folder / "rules", output)
    try:
        until(lambda: answers(found), 30, found)
        yield found
    finally:
        process.kill()
        process.wait()


def test_a_service_that_takes_whatever_it_finds_is_found_out(tmp_path: Path) -> None:
    press = Press(tmp_path)
    with naive(tmp_path) as found:
        question = Question(NOTICE, texts(found, NOTICE, press))
        with readers(found, [question]) as tally:
            for _ in range(3):
                press.bad()
                if soon(lambda: tally.wrong > 0, 3):
                    break
        assert tally.wrong > 0


SAVE = """
import resource, sys
from pathlib import Path
if int(sys.argv[2]):
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]),) * 2)
path = Path(sys.argv[1])
text = path.read_text()
beside = path.with_name(".beside")
for target in (beside, path):
    try:
        target.write_text("# " + "x" * 2_000_000 + "\\n" + text.replace(sys.argv[3], sys.argv[4]))
    except OSError as error:
        print(error.errno)
beside.unlink()
"""
"""Save an edition in which a long remark was added: beside the file, and in place."""


@contextmanager
def small_disk(folder: Path) -> Iterator[bool]:
    """A file system of a megabyte at a folder; False where none may be mounted."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    mounted = subprocess.run(command, capture_output=True).returncode == 0
    try:
        yield mounted
    finally:
        if mounted:
            subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_disk_that_is_full_keeps_the_last_good_rules(tmp_path: Path) -> None:
    """Where nothing may be mounted, whoever saves may write no more than so many bytes, which looks the same."""
    with small_disk(tmp_path / "disk") as mounted:
        shutil.copytree(ROOT / "tests/seed", tmp_path / "disk/rules")
        (tmp_path / "rules").symlink_to("disk/rules")
        with house(tmp_path, TMPDIR=str(tmp_path / "disk")) as found:
            reasons = _fails_to_save(found, 0 if mounted else 100_000)
            assert reasons == {errno.ENOSPC if mounted else errno.EFBIG}


def _fails_to_save(found: House, longest: int) -> set[int]:
    """Why neither way of saving worked, nor changed an answer; `longest` bytes may be written, 0 for as many as go."""
    expected = found.ask(NOTICE).body
    question = Question(NOTICE, {expected})
    path = found.rules / EDITED
    with readers(found, [question], 2) as tally:
        command = [sys.executable, "-c", SAVE, str(path), str(longest), ENDING, "Edition 1."]
        saved = subprocess.run(command, capture_output=True, text=True, check=True)
        numbers = [int(number) for number in saved.stdout.split()]
        assert len(numbers) == 2, "both ways of saving were to fail"
        until(lambda: "the rules were refused" in found.written(), 10, found)
        time.sleep(0.5)
    assert (tally.wrong, tally.broken) == (0, 0), tally.examples
    path.unlink()
    found.edit("Edition 2.")
    until(lambda: found.ask(NOTICE).body == expected.replace(ENDING.encode(), b"Edition 2."), 20, found)
    return set(numbers)
