"""Conftest: the repository as the next commit would leave it."""

from __future__ import annotations

import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository's top folder."""
    return Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def files(root: Path) -> tuple[str, ...]:
    """Every file that is tracked or would be, so that a mistake is seen before it is committed."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=root, check=True, capture_output=True, text=True).stdout.split("\0")
    return tuple(sorted(name for name in listed if name and (root / name).is_file()))


@pytest.fixture(scope="session")
def texts(root: Path, files: tuple[str, ...]) -> dict[str, str]:
    """The files that are text, by name."""
    found = {}
    for name in files:
        try:
            found[name] = (root / name).read_bytes().decode()
        except UnicodeDecodeError:
            continue
    return found


@pytest.fixture(scope="session")
def modules(texts: dict[str, str]) -> dict[str, str]:
    """The service's own source files, by name."""
    return {name: text for name, text in texts.items() if name.startswith("service/") and name.endswith(".py")}


@pytest.fixture(scope="session")
def project(root: Path) -> dict[str, Any]:
    """What pyproject.toml says."""
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
