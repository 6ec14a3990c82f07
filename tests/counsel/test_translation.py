"""Translations that are older than their source, read off a real repository."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from service.cli import main

SEED = Path(__file__).parents[1] / "seed"
NOTICE = "notices/kg/extremist-materials.yaml"


def committed(folder: Path, day: str) -> None:
    """Everything in a folder committed, as of a day."""
    environment = {**os.environ, "GIT_COMMITTER_DATE": f"{day}T12:00:00Z", "GIT_AUTHOR_DATE": f"{day}T12:00:00Z"}
    who = ("-c", "user.name=desk", "-c", "user.email=desk@example.org")
    for words in (("add", "--all"), (*who, "commit", "--quiet", "--message", "rules")):
        subprocess.run(["git", "-C", str(folder), *words], check=True, env=environment, capture_output=True)


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """A copy of the rules that ship, with a history of its own."""
    folder = Path(shutil.copytree(SEED, tmp_path / "rules"))
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True, capture_output=True)
    committed(tmp_path, "2026-11-01")
    return folder


def due(rules: Path) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["due", "--rules", str(rules), "--on", "2026-11-23"], catch_exceptions=False)
    return result.exit_code, result.output


def edit(rules: Path, old: str, new: str) -> None:
    file = rules / NOTICE
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    committed(rules.parent, "2026-11-10")


def test_texts_of_one_day_are_not_older_than_each_other(rules: Path) -> None:
    code, output = due(rules)
    assert code == 0
    assert "the English one" not in output


def test_a_translation_is_due_once_its_english_source_was_changed_without_it(rules: Path) -> None:
    edit(rules, "Users in Kyrgyzstan are forbidden", "People in Kyrgyzstan are forbidden")
    code, output = due(rules)
    assert code == 1
    assert "the text in ru (applies) is of 2026-11-01, the English one of 2026-11-10" in output
    assert "the text in ru (may_apply)" not in output


def test_a_translation_that_was_changed_with_its_source_is_not_due(rules: Path) -> None:
    file = rules / NOTICE
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("Пользователям в Кыргызстане", "Людям в Кыргызстане"), encoding="utf-8")
    edit(rules, "Users in Kyrgyzstan are forbidden", "People in Kyrgyzstan are forbidden")
    assert due(rules)[0] == 0


def test_without_a_history_nothing_is_said_of_translations(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(SEED, tmp_path / "rules"))
    assert due(folder)[0] == 0


def test_a_text_locked_again_on_purpose_says_word_by_word_what_changed(rules: Path) -> None:
    label = rules / "notices/ru/foreign-agent-label.yaml"
    text = label.read_text(encoding="utf-8")
    label.write_text(text.replace("Настоящий материал", "Данный материал"), encoding="utf-8")
    result = CliRunner().invoke(main, ["check", "--lock", str(rules)], catch_exceptions=False)
    assert "[-Настоящий-] {+Данный+} материал" in result.stderr
