"""Floor: imports go down only, and the build breaks on a module that stands on none."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as lint; lint()"]
    return subprocess.run(
        [*command, "--no-cache", "--no-logo"], cwd=folder, capture_output=True, text=True, timeout=120
    )


@pytest.fixture
def copy(root: Path, tmp_path: Path) -> Path:
    """The house and its contracts, to be spoiled."""
    shutil.copytree(root / "service", tmp_path / "service", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(root / "pyproject.toml", tmp_path)
    return tmp_path


def test_every_import_goes_down(root: Path) -> None:
    told = lint(root)
    assert told.returncode == 0, told.stdout + told.stderr


@pytest.mark.parametrize(
    ("module", "line", "told"),
    [
        ("helpers.py", "", "helpers"),
        ("law/helpers.py", "", "helpers"),
        ("law/truth.py", "import yaml", "yaml"),
        ("law/moment.py", "from time import time", "time"),
        ("law/truth.py", "from .ruleset import RuleSet", "service.law.ruleset"),
        ("law/act.py", "from ..rulebook import RuleSet", "service.rulebook"),
        ("page/__init__.py", "from ..web import app", "service.web"),
        ("web/__init__.py", "from ..counsel import trial", "service.counsel"),
        ("export/__init__.py", "from ..web import app", "service.web"),
        ("answer/__init__.py", "from ..web import turn", "service.web"),
        ("answer/reply.py", "from flask import Response", "flask"),
        ("web/__init__.py", "from .. import assembly", "service.assembly"),
    ],
)
def test_a_module_on_no_floor_and_an_import_upwards_break_the_build(
    copy: Path, module: str, line: str, told: str
) -> None:
    with (copy / "service" / module).open("a", encoding="utf-8") as source:
        source.write(f"\n{line}\n")
    answer = lint(copy)
    assert answer.returncode == 1
    assert told in answer.stdout
