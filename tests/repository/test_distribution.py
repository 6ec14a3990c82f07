"""Distribution: what is built has every file of the service in it, and the command."""

from __future__ import annotations

import zipfile
from importlib.metadata import entry_points
from pathlib import Path

import pytest
from flit_core import buildapi


@pytest.fixture
def built(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    monkeypatch.chdir(root)
    with zipfile.ZipFile(tmp_path / buildapi.build_wheel(str(tmp_path))) as wheel:
        return set(wheel.namelist())


def test_every_file_of_the_service_is_in_what_is_built(built: set[str], files: tuple[str, ...]) -> None:
    assert {name for name in files if name.startswith("service/")} - built == set()


def test_what_is_built_carries_its_licence(built: set[str]) -> None:
    assert {Path(name).name for name in built if "/licenses/" in name} == {"LICENSE", "NOTICE"}


def test_the_command_starts_something() -> None:
    (command,) = entry_points(group="console_scripts", name="caveat")
    assert callable(command.load())
