"""Shipped examples: those of the rules in this repository prove something, and what is printed can be pasted."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

import pytest

from service.counsel.examples.coverage import cover
from service.counsel.examples.mutation import try_mutants
from service.counsel.examples.trial import hold_trial
from service.counsel.proof.proof import prove
from service.law.ruleset import RuleSet
from service.rulebook import load

RULES = Path(__file__).parents[2] / "rules"


@pytest.fixture(scope="module")
def shipped() -> RuleSet:
    loaded = load(RULES)
    assert loaded.ruleset is not None
    assert hold_trial(loaded.ruleset).failures == ()
    return loaded.ruleset


def test_the_examples_see_both_answers_of_every_condition_and_both_sides_of_every_date(shipped: RuleSet) -> None:
    assert list(map(str, cover(shipped).unseen)) == []


def test_the_examples_notice_nearly_every_slip_of_the_pen(shipped: RuleSet) -> None:
    result = try_mutants(shipped)
    assert result.enough, "\n".join(result.lines())


def test_every_promise_is_kept_for_every_reader(shipped: RuleSet) -> None:
    proof = prove(shipped)
    assert proof.holds, "\n".join(proof.lines())
    assert proof.readers > 1_000
    assert shipped.fingerprint in str(proof)


def test_an_example_pasted_as_it_is_printed_is_refused_until_it_is_filled_in(shipped: RuleSet, tmp_path: Path) -> None:
    copytree(RULES, tmp_path / "rules")
    file = tmp_path / "rules" / "notices" / "hk" / "absconder-funds.yaml"
    head = file.read_text("utf-8").partition("\nexamples:\n")[0] + "\nexamples:\n"
    one = "  - {name: one, publisher: nathan-law, reader: {located_in: HK}, expect: applies}\n"
    file.write_text(head + one, "utf-8")
    bare = load(tmp_path / "rules").ruleset
    assert bare is not None
    suggested = try_mutants(bare).to_paste["hk/absconder-funds"]
    assert len(suggested) > 3
    file.write_text(head + one + "".join(f"  {text}\n" for text in suggested), "utf-8")
    wrong = [problem.wrong for problem in load(tmp_path / "rules").problems if problem.severity == "error"]
    assert set(wrong) == {"expect is blank", "shown is blank"}
    assert wrong.count("expect is blank") == len(suggested)
    agreed = [text.replace("expect: ", "expect: may_apply").replace("shown: ", "shown: full") for text in suggested]
    file.write_text(head + one + "".join(f"  {text}\n" for text in agreed), "utf-8")
    assert load(tmp_path / "rules").ruleset is not None
