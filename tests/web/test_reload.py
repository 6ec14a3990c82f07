"""Reload: a folder is taken when it is quiet and sound, and nothing else changes what is served."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from service.answer.edition import Unservable
from service.page.grade import Grade
from service.web.library import Library
from service.web.watch import QUIET, Watch

from .law import NOW, Read, ruleset, without


@dataclass
class Clock:
    """Seconds that pass when a test says so."""

    seconds: float = 100.0

    def __call__(self) -> float:
        return self.seconds


@dataclass
class Shelf:
    """A library over a folder whose one file is the fingerprint of its rules."""

    folder: Path
    clock: Clock = field(default_factory=Clock)
    told: list[str] = field(default_factory=list)
    loads: int = 0

    def __post_init__(self) -> None:
        self.library = Library(self.folder, self.load, Grade.SOURCED, now=lambda: NOW, tell=self.told.append)
        self.library.watch = Watch(self.folder, self.clock)

    def load(self, folder: Path) -> Read:
        self.loads += 1
        text = (folder / "rules.yaml").read_text()
        if text == "crash":
            raise MemoryError(text)
        if text == "empty":
            return Read(without(without(without(ruleset(), "ru/undesirable"), "by/extremist"), "ru/content"))
        return Read(None, ("rules.yaml:1:1: no such key",)) if text == "broken" else Read(ruleset(text))

    def write(self, text: str) -> None:
        (self.folder / "rules.yaml").write_text(text)

    def settle(self) -> None:
        self.library.refresh()
        self.clock.seconds += QUIET * 1.01
        self.library.refresh()

    @property
    def served(self) -> str:
        return self.library.edition.fingerprint


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    found = Shelf(tmp_path)
    found.write("first")
    found.library.open()
    return found


def test_an_edit_is_taken_when_the_folder_has_been_quiet(shelf: Shelf) -> None:
    shelf.write("second")
    assert not shelf.library.refresh()
    shelf.clock.seconds += QUIET / 2
    assert not shelf.library.refresh()
    shelf.clock.seconds += QUIET / 2
    assert shelf.library.refresh()
    assert shelf.served == "second"
    assert shelf.told == ["rules second taken"]


def test_a_folder_that_keeps_changing_is_not_taken(shelf: Shelf) -> None:
    for number in range(10):
        shelf.write(f"edit{number}" + "x" * number)
        shelf.clock.seconds += QUIET * 0.9
        assert not shelf.library.refresh()
    assert shelf.served == "first"
    shelf.clock.seconds += QUIET * 1.01
    assert shelf.library.refresh()


def test_a_folder_that_did_not_change_is_not_read_again(shelf: Shelf) -> None:
    for _ in range(5):
        shelf.settle()
    assert shelf.loads == 1


@pytest.mark.parametrize(
    ("text", "kind"), [("broken", "Unservable"), ("empty", "Unservable"), ("crash", "MemoryError")]
)
def test_what_is_broken_empty_or_breaks_the_reader_keeps_the_last_good(shelf: Shelf, text: str, kind: str) -> None:
    shelf.write(text)
    shelf.settle()
    assert shelf.served == "first"
    assert shelf.library.refused == kind
    assert shelf.library.counters.total("refused-reloads") == 1
    assert shelf.told[0].startswith(f"the rules were refused ({kind}")
    shelf.settle()
    assert shelf.loads == 2
    shelf.write("third")
    shelf.settle()
    assert shelf.served == "third"
    assert shelf.library.refused == ""


def test_a_folder_that_is_gone_or_has_no_file_keeps_the_last_good(shelf: Shelf) -> None:
    (shelf.folder / "rules.yaml").unlink()
    shelf.settle()
    assert shelf.served == "first"
    shelf.folder.rmdir()
    shelf.settle()
    assert shelf.served == "first"


def test_a_folder_that_is_written_to_while_it_is_read_is_read_again(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = shelf.load

    def meanwhile(folder: Path) -> Read:
        found = read(folder)
        if shelf.loads == 2:
            shelf.write("changed meanwhile")
        return found

    shelf.library._load = meanwhile
    shelf.write("second")
    shelf.settle()
    assert shelf.served == "first"
    shelf.settle()
    assert shelf.served == "changed meanwhile"


def test_a_symlink_that_moved_is_taken_at_once(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "rules.yaml").write_text(name)
    link = tmp_path / "current"
    link.symlink_to("one")
    shelf = Shelf(link)
    shelf.library.open()
    (tmp_path / "new").symlink_to("two")
    os.replace(tmp_path / "new", link)
    assert shelf.library.refresh()
    assert shelf.served == "two"


def test_a_save_that_changes_neither_size_nor_content_is_noticed_by_its_time(shelf: Shelf) -> None:
    shelf.write("ffirst")
    shelf.write("first"[::-1])
    shelf.settle()
    assert shelf.served == "tsrif"


def test_without_rules_there_is_nothing_to_open(tmp_path: Path) -> None:
    with pytest.raises(Unservable) as refusal:
        Shelf(tmp_path).library.open()
    assert "no rule file" in refusal.value.reasons[0]
    shelf = Shelf(tmp_path)
    shelf.write("broken")
    with pytest.raises(Unservable) as refusal:
        shelf.library.open()
    assert refusal.value.reasons == ("rules.yaml:1:1: no such key",)


def test_a_grade_that_cannot_be_served_is_refused_at_the_start_and_at_a_reload(shelf: Shelf) -> None:
    strict = Library(shelf.folder, shelf.load, Grade.APPROVED, now=lambda: NOW)
    with pytest.raises(Unservable) as refusal:
        strict.open()
    assert any("has no approved wording" in reason for reason in refusal.value.reasons)
    shelf.library._grade = Grade.APPROVED
    shelf.write("second")
    shelf.settle()
    assert shelf.served == "first"
