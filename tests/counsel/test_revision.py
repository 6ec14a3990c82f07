"""Revisions: rules as they stand in a folder, or as they stood in a commit."""

from __future__ import annotations

import subprocess
from pathlib import Path
from shutil import copytree

import pytest

from service.counsel.revision import NoSuchRevision, rules_of
from service.rulebook import load

SEED = Path(__file__).parents[1] / "seed"
NOTICE = "notices/ru/undesirable-organization.yaml"


def git(folder: Path, *words: str) -> None:
    who = ("-c", "user.name=legal", "-c", "user.email=legal@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", "-C", str(folder), *who, *words], check=True, capture_output=True)


@pytest.fixture
def history(tmp_path: Path) -> Path:
    """A repository with the shipped rules in a folder, tagged `first`, and another title since."""
    rules = Path(copytree(SEED, tmp_path / "law" / "rules"))
    git(tmp_path, "init")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-m", "rules")
    git(tmp_path, "tag", "first")
    file = rules / NOTICE
    file.write_text(file.read_text(encoding="utf-8").replace("Taking part", "Partaking"), encoding="utf-8")
    git(tmp_path, "commit", "-am", "title")
    return rules


def test_a_folder_is_read_as_it_stands() -> None:
    assert rules_of(str(SEED), SEED) == load(SEED)


def test_a_revision_is_read_as_it_stood(history: Path) -> None:
    first, last = rules_of("first", history).ruleset, rules_of("HEAD", history).ruleset
    now = load(history).ruleset
    assert first is not None
    assert last is not None
    assert now is not None
    assert first.fingerprint == getattr(load(SEED).ruleset, "fingerprint", None)
    assert first.fingerprint != last.fingerprint == now.fingerprint
    assert last.notices[NOTICE[len("notices/") : -len(".yaml")]].title["en"].startswith("Partaking")


@pytest.mark.parametrize("name", ["nothing", "--upload-pack=x", "first:law"])
def test_what_is_neither_folder_nor_revision_is_refused(history: Path, name: str) -> None:
    with pytest.raises(NoSuchRevision, match="neither a folder nor a git revision"):
        rules_of(name, history)


def test_rules_that_no_repository_holds_have_no_revisions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(NoSuchRevision, match="not in a git repository"):
        rules_of("HEAD", tmp_path)
    with pytest.raises(NoSuchRevision, match="there are no rules at"):
        rules_of("HEAD", tmp_path / "none")


def test_a_revision_without_the_folder_says_so(history: Path) -> None:
    (history.parent / "other").mkdir()
    with pytest.raises(NoSuchRevision, match="there is no folder law/other in first"):
        rules_of("first", history.parent / "other")
