"""The command line: what each command prints, for people and for machines, and how it ends."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from service.cli import main

ROOT = Path(__file__).parents[2]
SEED = ROOT / "tests/seed"
NOTICE = Path("notices/ru/undesirable-organization.yaml")


def run(*words: str, **environment: str) -> Result:
    return CliRunner().invoke(main, words, env=environment, catch_exceptions=False)


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """A copy of the seed, to be edited."""
    return Path(shutil.copytree(SEED, tmp_path / "rules"))


def edited(rules: Path, old: str, new: str) -> Path:
    file = rules / NOTICE
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return rules


def test_check_finds_no_mistake_in_the_seed_and_all_its_examples_hold() -> None:
    result = run("check", CAVEAT_RULES=str(SEED))
    assert result.exit_code == 0
    assert "No mistakes" in result.output


def test_check_tells_every_mistake_of_every_file_at_once_and_fails(rules: Path) -> None:
    edited(rules, "kind: reader-risk", "knid: reader-risk")
    register = rules / "registers/ru/undesirable-organizations.yaml"
    register.write_text(register.read_text(encoding="utf-8").replace("2024-02-02", "2024-31-02"), encoding="utf-8")
    result = run("check", str(rules))
    assert result.exit_code == 1
    assert f"{NOTICE}:3:1: " in result.output
    assert "kind" in result.output
    assert "registers/ru/undesirable-organizations.yaml:" in result.output
    assert "were not run" in result.output


def test_check_names_the_example_that_the_rules_do_not_bear_out(rules: Path) -> None:
    edited(rules, "citizen_of: RU}, expect: applies", "citizen_of: RU}, expect: does_not_apply")
    result = run("check", str(rules))
    assert result.exit_code == 1
    assert '"in Moscow with a Russian passport"' in result.output
    assert "expects does_not_apply" in result.output


def test_check_speaks_to_machines_too(rules: Path) -> None:
    document = json.loads(run("check", str(SEED), "--format", "json").output)
    assert document["ruleset"]
    assert document["failures"] == []
    edited(rules, "basis: statute", "basis: statue")
    broken = run("check", str(rules), "--format", "json")
    assert broken.exit_code == 1
    document = json.loads(broken.output)
    assert document["ruleset"] is None
    (problem,) = [each for each in document["problems"] if each["severity"] == "error"]
    assert (problem["file"], problem["line"]) == (str(NOTICE), 4)
    assert "statute" in problem["write"]


def test_explain_tells_the_verdict_the_doubts_and_the_line() -> None:
    result = run("explain", "rferl", "--place", "DE", "--citizen-of", "DE", "--page-language", "ru")
    assert result.exit_code == 0
    assert "ru/undesirable-organization: may_apply, shown full" in result.output
    assert "It hangs on: which citizenships the reader holds." in result.output
    assert f"Decided by {NOTICE}:" in result.output


def test_explain_answers_for_a_day_in_the_past() -> None:
    words = ("explain", "rferl", "--place", "RU-MOW", "--citizen-of", "RU", "--on", "2015-06-01", "--format", "json")
    before = json.loads(run(*words).output)
    assert [notice for notice in before["notices"] if notice["verdict"] != "does_not_apply"] == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("explain", "rferll"), "there is no publisher rferll"),
        (("explain", "rferl", "--place", "Russia"), "Russia is not an assigned place code"),
        (("check", "--format", "xml"), "xml"),
    ],
)
def test_a_wrong_word_ends_the_command_with_what_to_write(words: tuple[str, ...], said: str) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert said in result.output


def test_locate_tells_what_each_source_says_and_what_follows() -> None:
    result = run("locate", "81.162.64.1")
    assert result.exit_code == 0
    assert "81.162.64.1: RU, UA" in result.output
    assert "iptoasn-country.mmdb: UA" in result.output
    assert "geo-whois-asn-country.mmdb: RU" in result.output


def test_locate_without_an_address_tells_how_the_sources_stand() -> None:
    result = run("locate")
    assert result.exit_code == 0
    assert result.output.count("built 2026-06-17") == 2


def test_locate_fails_loudly_for_a_file_that_is_not_there(tmp_path: Path) -> None:
    result = run("locate", "95.24.0.1", "--geo", str(tmp_path / "gone.mmdb"), "--format", "json")
    assert result.exit_code == 1
    document = json.loads(result.output)
    assert document["sources"][0]["trouble"] == "there is no such file"
    assert document["addresses"][0]["candidates"] == ["unknown"]


def test_locate_searches_for_spellings_that_no_table_knows() -> None:
    assert run("locate", "--spellings").exit_code == 0


def test_a_prescribed_text_changed_by_mistake_is_refused_and_one_changed_on_purpose_is_locked_again(
    rules: Path,
) -> None:
    label = rules / "notices/ru/foreign-agent-label.yaml"
    before = label.read_text(encoding="utf-8")
    label.write_text(before.replace("Настоящий материал", "Данный материал"), encoding="utf-8")
    refused = run("check", str(rules))
    assert refused.exit_code == 1
    assert "the prescribed text has changed" in refused.output
    locked = run("check", str(rules), "--lock")
    assert locked.exit_code == 0
    assert "Данный материал" in locked.stderr
    after = label.read_text(encoding="utf-8")
    changed = [new for old, new in zip(before.splitlines(), after.splitlines(), strict=True) if old != new]
    assert [line.split(":")[0].strip() for line in changed if "Данный" not in line] == ["hash"]
    assert run("check", str(rules)).exit_code == 0


def test_check_marks_mistakes_in_a_pull_request_on_github(rules: Path) -> None:
    edited(rules, "basis: statute", "basis: statue")
    result = run("check", str(rules), "--format", "github")
    assert f"::error file={rules}/{NOTICE},line=4,col=8::" in result.output.replace("%3A", ":")


def test_check_shows_the_line_with_a_caret_under_the_place_and_a_tab_as_an_arrow(rules: Path) -> None:
    edited(rules, "kind: reader-risk", "kind:\treader-risk")
    result = run("check", str(rules))
    assert result.exit_code == 1
    lines = result.output.splitlines()
    number = next(number for number, line in enumerate(lines) if "kind:→reader-risk" in line)
    assert lines[number + 1].index("^") == lines[number].index("→")


def test_check_proves_that_nobody_at_risk_is_left_unwarned() -> None:
    result = run("check", "--prove", str(SEED))
    assert result.exit_code == 0
    assert "readers that differ, 0 missed; rule set" in result.output


def test_due_is_quiet_on_the_day_of_the_review_and_fails_when_a_register_is_stale() -> None:
    assert run("due", "--on", "2026-11-23", CAVEAT_RULES=str(SEED)).exit_code == 0
    late = run("due", "--on", "2027-01-10", CAVEAT_RULES=str(SEED))
    assert late.exit_code == 1
    assert "Past their date:" in late.output
    documents = json.loads(run("due", "--on", "2027-01-10", "--format", "json", CAVEAT_RULES=str(SEED)).output)
    assert any(each["matter"] == "register" and each["overdue"] for each in documents)


def test_memo_prints_a_rule_for_counsel_in_two_languages_and_two_forms() -> None:
    assert run("memo", "ru/undesirable-organization").output.startswith("# Taking part")
    page = run("memo", "by/extremist-materials", "--language", "ru", "--format", "html").output
    assert page.startswith("<!doctype html>")
    assert "Юристом не утверждено." in page
    assert run("memo", "ru/nothing").exit_code == 2


def test_explain_answers_from_other_rules_and_says_which_revision_does_not_exist(rules: Path) -> None:
    edited(rules, "        - located_in: russia-controlled", "        - located_in: DE")
    result = run("explain", "rferl", "--place", "DE", "--citizen-of", "RU", "--rules", str(rules))
    assert f"Decided by {NOTICE}:12:7 ([inside]" in result.output
    missing = run("explain", "rferl", "--rules", "no-such-revision")
    assert missing.exit_code == 2
    assert "no-such-revision is neither a folder nor a git revision" in missing.output
