"""Static: the build step of a site of plain files."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from .printed import RECIPES
from .recorder import FAILURES, Recorder, ask

SCRIPT = RECIPES / "static" / "fragments.py"


def build(recorder: Recorder, folder: Path, *wanted: str) -> subprocess.CompletedProcess[str]:
    wanted = wanted or ("rferl", "any", "en", "ru")
    command = [sys.executable, str(SCRIPT), f"http://127.0.0.1:{recorder.port}", str(folder), *wanted]
    return subprocess.run(command, capture_output=True, text=True, timeout=30)


def test_it_writes_a_file_a_language_and_says_which(recorder: Recorder, tmp_path: Path) -> None:
    done = build(recorder, tmp_path / "partials")
    files = [tmp_path / "partials" / f"rferl.any.{language}.html" for language in ("en", "ru")]
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [str(file) for file in files]
    assert ["undesirable organization" in file.read_text() for file in files] == [True, True]
    assert {seen.partition("\r")[0].split()[1] for seen in recorder.seen} == {
        f"/v1/rferl/any/{language}/notice.{form}" for language in ("en", "ru") for form in ("html", "json")
    }


def test_what_did_not_change_is_not_written_and_not_named(recorder: Recorder, tmp_path: Path) -> None:
    build(recorder, tmp_path)
    before = {file.name: file.stat().st_mtime_ns for file in tmp_path.iterdir()}
    done = build(recorder, tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    assert {file.name: file.stat().st_mtime_ns for file in tmp_path.iterdir()} == before


def test_it_says_when_to_build_again(recorder: Recorder, tmp_path: Path) -> None:
    build(recorder, tmp_path)
    _, _, body = ask(recorder.behind, "GET", "/v1/rferl/any/en/notice.json", {"Host": "service.example"})
    told = json.loads(body)["next_change"]
    assert (tmp_path / "next_change").read_text() == (told or "")


@pytest.mark.parametrize("failure", [mood for mood in FAILURES if mood != "hangs"])
def test_what_cannot_be_had_stays_as_it_was(recorder: Recorder, tmp_path: Path, failure: str) -> None:
    build(recorder, tmp_path)
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    with recorder.failing(failure):
        done = build(recorder, tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.count("the file of before stays") == 2
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == before


@pytest.mark.parametrize("failure", [mood for mood in FAILURES if mood != "hangs"])
def test_what_was_never_had_fails_the_build(recorder: Recorder, tmp_path: Path, failure: str) -> None:
    with recorder.failing(failure):
        done = build(recorder, tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("there is none") == 2
    assert list(tmp_path.iterdir()) == []


def test_one_language_that_fails_keeps_no_other_from_its_file(recorder: Recorder, tmp_path: Path) -> None:
    recorder.moods["/ru/"] = "500"
    done = build(recorder, tmp_path)
    assert done.returncode == 1
    assert (tmp_path / "rferl.any.en.html").exists()
    del recorder.moods["/ru/"]
    assert build(recorder, tmp_path).returncode == 0


def test_a_publisher_typed_wrongly_fails_the_build(recorder: Recorder, tmp_path: Path) -> None:
    assert build(recorder, tmp_path, "rferk", "any", "en").returncode == 1


def test_without_its_arguments_it_says_how_it_is_used() -> None:
    done = subprocess.run([sys.executable, str(SCRIPT)], capture_output=True, text=True, timeout=30)
    assert done.returncode == 1
    assert "fragments.py http" in done.stderr
