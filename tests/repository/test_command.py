"""Command: what `make` and `.ci/run` do on a machine that has nothing yet."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TARGETS = (
    "setup", "serve", "demo", "test", "soak", "seize", "lint", "format", "data", "schema", "cases", "element", "tools",
    "audit", "sbom", "lock", "clean",
)  # fmt: skip


def make(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    return subprocess.run(["make", *words], cwd=folder, capture_output=True, text=True, timeout=60, env=surroundings)


@pytest.fixture
def fresh(root: Path, tmp_path: Path) -> Path:
    """A clone in which nothing has been built."""
    for name in ("Makefile", "pyproject.toml", "requirements.lock", "requirements-dev.lock"):
        shutil.copy(root / name, tmp_path)
    return tmp_path


@pytest.mark.parametrize("target", TARGETS)
def test_every_target_is_there_and_is_described(root: Path, fresh: Path, target: str) -> None:
    assert make(fresh, "--dry-run", target).returncode == 0
    assert re.search(rf"make {target}\b", make(fresh, "help").stdout)


@pytest.mark.parametrize(("target", "last"), [("serve", "/caveat serve"), ("test", " -m pytest -n 2")])
def test_one_command_builds_everything_first(fresh: Path, target: str, last: str) -> None:
    steps = make(fresh, "--dry-run", target).stdout.strip().splitlines()
    order = [next(n for n, step in enumerate(steps) if word in step) for word in (" -m venv ", "--require-hashes")]
    assert order == sorted(order)
    assert steps[-1].endswith(last)


def test_a_set_up_that_stands_is_not_built_again(fresh: Path) -> None:
    (fresh / ".venv").mkdir()
    for stamp in (".locked", ".ready"):
        (fresh / ".venv" / stamp).touch()
    assert make(fresh, "--dry-run", "serve").stdout.strip().splitlines() == [".venv/bin/caveat serve"]


def test_a_python_that_cannot_make_an_environment_is_told_what_to_install(fresh: Path) -> None:
    python = fresh / "python"
    python.write_text(f'#!/bin/sh\ncase "$*" in *ensurepip*) exit 1;; esac\nexec {sys.executable} "$@"\n')
    python.chmod(0o755)
    told = make(fresh, "setup", f"PYTHON={python}")
    assert told.returncode != 0
    assert "apt-get install python3-venv" in told.stderr


def test_a_python_that_is_too_old_is_told_so(fresh: Path) -> None:
    python = fresh / "python"
    python.write_text('#!/bin/sh\ncase "$*" in *version_info*) exit 1;; esac\n')
    python.chmod(0o755)
    told = make(fresh, "setup", f"PYTHON={python}")
    assert told.returncode != 0
    assert "3.11" in told.stderr


def test_ci_can_be_started_and_ends_with_the_tests(root: Path) -> None:
    script = root / ".ci" / "run"
    lines = script.read_text(encoding="utf-8").splitlines()
    assert os.access(script, os.X_OK)
    assert subprocess.run(["bash", "-n", str(script)]).returncode == 0
    assert "set -euo pipefail" in lines
    assert lines[-1].startswith("exec make test ")


def test_the_commands_of_the_readme_exist(root: Path, texts: dict[str, str]) -> None:
    code = re.findall(r"```.*?```|`[^`]+`", texts["README.md"], re.DOTALL)
    named = set(re.findall(r"\bmake ([a-z]+)\b", "\n".join(code)))
    assert {"serve", "test"} <= named <= {*TARGETS, "help"}
