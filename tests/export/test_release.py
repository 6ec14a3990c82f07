"""Examination of exports as folders: whole or not at all, and written anew only where something changed."""

from __future__ import annotations

import gzip
import json
import os
import re
from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from service.cli import main
from service.export import NotExportable, Order, export
from service.export.store import Store
from service.law.ruleset import RuleSet
from service.locate import Locator
from service.page.grade import Grade

from ..web.law import NOW
from ..web.law import ruleset as small


def order(rules: RuleSet | None = None, **changed: object) -> Order:
    return replace(Order(rules or small(), Grade.SOURCED, NOW, publishers=("quiet", "svaboda")), **changed)  # type: ignore[arg-type]


def test_what_has_not_changed_is_there_once(tmp_path: Path) -> None:
    first = export(order(), tmp_path)
    inode = (tmp_path / "current" / "files/0/quiet/hand/en/table.json").resolve()
    again = export(order(), tmp_path)
    assert first.is_new
    assert not again.is_new
    assert (again.name, again.written) == (first.name, 0)
    assert len(list((tmp_path / "releases").iterdir())) == 1
    assert inode.exists()


def test_only_what_is_new_is_written(tmp_path: Path) -> None:
    first = export(order(publishers=("quiet",)), tmp_path)
    second = export(order(), tmp_path)
    third = export(order(small("f3", gone_on=date(2025, 11, 1)), publishers=("quiet",)), tmp_path)
    assert second.is_new
    assert second.written > 0
    assert second.linked == first.written
    kept = sorted(path.name for path in (tmp_path / "releases").iterdir())
    assert kept == sorted([second.name, third.name])
    assert os.readlink(tmp_path / "current") == f"releases/{third.name}"


def test_an_export_that_fails_leaves_the_one_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = export(order(), tmp_path)
    before = sorted(str(path) for path in tmp_path.rglob("*"))

    def full(*_: object) -> str:
        raise OSError("the disk is full")

    monkeypatch.setattr(Store, "keep", full)
    with pytest.raises(OSError, match="full"):
        export(order(small("f2")), tmp_path)
    assert sorted(str(path) for path in tmp_path.rglob("*")) == before
    assert os.readlink(tmp_path / "current") == f"releases/{first.name}"


def test_no_two_contents_have_one_size_and_one_second(tmp_path: Path) -> None:
    export(order(), tmp_path)
    found: dict[tuple[int, int], set[bytes]] = defaultdict(set)
    for path in (tmp_path / "current" / "files").rglob("*"):
        if path.is_file():
            about = path.stat()
            found[int(about.st_mtime), about.st_size].add(path.read_bytes())
    assert all(len(contents) == 1 for contents in found.values())
    assert max(time for time, _ in found) < NOW.timestamp()


def test_a_clash_of_seconds_is_settled(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    contents = [f"{number:04d}".encode() for number in range(200)]
    store._marks |= {(time, 4): "taken" for time in range(1_000_000_000, 1_000_000_003)}
    for content in contents:
        store.keep(content)
    times = [int(path.stat().st_mtime) for path in (tmp_path / "store").rglob("*") if path.is_file()]
    assert len(set(times)) == len(contents)


def test_what_is_compressed_is_the_same_and_smaller(tmp_path: Path) -> None:
    export(order(), tmp_path)
    packed = list((tmp_path / "current" / "files").rglob("*.gz"))
    assert packed
    for path in packed:
        plain = path.with_suffix("")
        assert gzip.decompress(path.read_bytes()) == plain.read_bytes()
        assert path.stat().st_size < plain.stat().st_size


def test_the_command_writes_names_the_next_change_and_speaks_to_machines(tmp_path: Path, databases: list[Path]) -> None:
    command = ["export", "--publisher", "nathan-law", "--geo", str(databases[0]), "--at", "2026-11-24"]
    result = CliRunner().invoke(main, [*command, "--format", "json", str(tmp_path / "out")])
    assert result.exit_code == 0, result.output
    summary = json.loads(result.stdout)
    assert re.fullmatch(r"[0-9a-f]{16}", summary["name"])
    assert (
        json.loads((tmp_path / "out" / "current" / "export.json").read_text())["next_change"] == summary["next_change"]
    )


def test_a_location_file_that_is_broken_ends_the_export(tmp_path: Path) -> None:
    (tmp_path / "broken.mmdb").write_bytes(b"nothing")
    with pytest.raises(NotExportable, match=r"broken\.mmdb"):
        export(order(locator=Locator([tmp_path / "broken.mmdb"])), tmp_path / "out")


def test_two_exports_into_one_folder_do_not_meet(tmp_path: Path) -> None:
    def second(_what: str, _share: float) -> None:
        with pytest.raises(BlockingIOError):
            export(order(), tmp_path)

    export(order(), tmp_path, second)


def test_a_span_of_time_holds_every_change_in_it(tmp_path: Path) -> None:
    rules = small(changes_on=date(2026, 11, 25), gone_on=date(2026, 11, 29))
    summary = export(order(rules, ahead=timedelta(days=10)), tmp_path)
    assert len(summary.changes) == 2
    assert {path.name for path in (tmp_path / "current" / "files").iterdir()} == {"0", "1", "2", "embed"}
