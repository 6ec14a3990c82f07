"""Diff: what the command prints and how it ends."""

from __future__ import annotations

import json
from pathlib import Path
from shutil import copytree

import pytest
from click.testing import CliRunner, Result

from service.cli.diff import diff

SEED = Path(__file__).parents[1] / "seed"
LAND = "territories/russia-controlled.yaml"


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(diff, [str(word) for word in words], catch_exceptions=False)


@pytest.fixture
def fewer(tmp_path: Path) -> Path:
    """The shipped rules without one place."""
    rules = Path(copytree(SEED, tmp_path / "rules"))
    file = rules / LAND
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(line for line in lines if "UA-65" not in line), encoding="utf-8")
    return rules


def test_rules_do_not_differ_from_themselves() -> None:
    result = run(SEED, SEED, "--fail-on", "any")
    assert result.exit_code == 0
    assert "nothing changed" in result.output


def test_the_rules_in_use_are_the_new_ones(fewer: Path) -> None:
    assert run(SEED, "--rules", fewer).output == run(SEED, fewer).output


def test_it_says_who_is_told_less_and_how_many_cases_it_compared(fewer: Path) -> None:
    result = run(SEED, fewer)
    assert result.exit_code == 0
    assert "cases compared" in result.output.splitlines()[0]
    assert "Less cautious\n  ru/undesirable-organization\n    Readers in UA-65" in result.output
    assert f"{LAND}: UA-65 partly: gone" in result.output


def test_a_build_fails_on_less_caution_and_not_on_more(fewer: Path) -> None:
    assert run(SEED, fewer, "--fail-on", "less-cautious").exit_code == 1
    assert run(fewer, SEED, "--fail-on", "less-cautious").exit_code == 0
    assert run(fewer, SEED, "--fail-on", "any").exit_code == 1


def test_machines_read_the_same(fewer: Path) -> None:
    found = json.loads(run(SEED, fewer, "--format", "json").output)
    assert found["less_cautious"] is True
    assert found["cases"] > 10_000
    assert {change["notice"] for change in found["changes"]} >= {"ru/undesirable-organization"}
    assert found["records"][0]["matter"] == "territories"


def test_feeds_are_written_by_publisher_and_country(fewer: Path, tmp_path: Path) -> None:
    run(SEED, fewer, "--feed", tmp_path / "feeds", "--updated", "2026-11-23")
    assert (tmp_path / "feeds/rferl/ru.atom").read_text(encoding="utf-8").count("2026-11-23T00:00:00Z") > 1


def test_a_mistake_of_the_caller_ends_with_two(tmp_path: Path, fewer: Path) -> None:
    assert run(tmp_path / "none", "--rules", fewer).exit_code == 2
    (fewer / LAND).write_text("titel: x\n", encoding="utf-8")
    broken = run(SEED, fewer)
    assert broken.exit_code == 2
    assert f"{LAND}:1:1" in broken.output
