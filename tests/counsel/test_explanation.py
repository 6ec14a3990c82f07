"""The explanation: the verdict, what it hangs on, and the line that decided."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.counsel.explanation import as_data, explain
from service.law.examination import Examination, Visit, examine
from service.law.moment import Moment
from service.law.reader import Reader
from service.rulebook import load
from tests.law.seed import TODAY

SEED = Path(__file__).parents[1] / "seed"
RULES = load(SEED).ruleset
FILE = "notices/ru/undesirable-organization.yaml"


def explained(reader: Reader, publisher: str = "rferl", language: str | None = None) -> Examination:
    assert RULES is not None
    return examine(RULES, Visit(publisher, Moment.on(TODAY), reader, language), explain=True)


def line_with(text: str) -> int:
    """The number of the first line of the rule that has a text, so that the test does not count lines."""
    lines = (SEED / FILE).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in line)


@pytest.mark.parametrize(
    ("reader", "decisive"),
    [
        (Reader(frozenset({"RU-MOW"}), frozenset({"RU"})), "case: inside"),
        (Reader(frozenset({"DE"}), frozenset({"RU"})), "citizen_of: RU"),
        (Reader(frozenset({"RU-MOW"}), frozenset({"DE"}), frozenset({"other"})), "case: foreigner-inside"),
        (Reader(frozenset({"DE"}), frozenset({"DE"}), frozenset({"other"})), "any_of:"),
    ],
)
def test_the_branch_that_decided_is_named_by_file_and_line(reader: Reader, decisive: str) -> None:
    data = as_data(explained(reader))
    found = next(each for each in data["notices"] if each["id"] == "ru/undesirable-organization")  # type: ignore[attr-defined]
    file, line, _ = found["decided_by"].split(":")
    assert file == FILE
    text = (SEED / FILE).read_text(encoding="utf-8").splitlines()[int(line) - 1]
    assert decisive in text


def test_a_doubtful_verdict_says_on_what_it_hangs_in_words() -> None:
    text = "\n".join(explain(explained(Reader(frozenset({"RU-MOW"})))))
    assert "which citizenships the reader holds" in text
    assert "how the law is read" in text


def test_every_branch_is_printed_with_its_line_and_its_answer() -> None:
    examination = explained(Reader(frozenset({"DE"}), frozenset({"RU"})), language="en")
    text = list(explain(examination))
    for branch in examination.findings[0].branches:
        assert any(line.startswith(f"{branch.node.at.line:>6}  ") for line in text)
    assert f"{line_with('citizen_of: RU'):>6}        the reader is a citizen of RU — yes" in text


def test_a_publisher_that_no_notice_concerns_is_told_so() -> None:
    assert RULES is not None
    examination = Examination(Visit("rferl", Moment.on(TODAY)), RULES.publishers["rferl"], "x", ())
    assert list(explain(examination)) == ["No notice concerns rferl."]
