"""The trial: examples are run by the engine, and one that the rules do not bear out is named."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from service.counsel.examples.trial import hold_trial
from service.law.example import Example
from service.law.reader import Reader
from service.law.ruleset import RuleSet
from service.law.verdict import Shown, Verdict
from service.rulebook import load
from tests.law.seed import NOTICE, RULESET, TODAY

SEED = Path(__file__).parents[1] / "seed"
IN_MOSCOW = Reader(frozenset({"RU-MOW"}), frozenset({"RU"}))


def with_example(example: Example) -> RuleSet:
    notice = replace(RULESET.notices[NOTICE], examples=(replace(example, on=TODAY),))
    return replace(RULESET, notices={NOTICE: notice})


def test_every_example_of_the_shipped_rules_holds() -> None:
    loaded = load(SEED)
    assert loaded.ruleset is not None, loaded.problems
    trial = hold_trial(loaded.ruleset)
    assert trial.failures == ()
    assert trial.examples > 200


def test_every_notice_that_ships_has_examples_of_readers_near_and_far() -> None:
    ruleset = load(SEED).ruleset
    assert ruleset is not None
    for notice in ruleset.notices.values():
        verdicts = {example.expect for example in notice.examples}
        assert {Verdict.APPLIES, Verdict.DOES_NOT_APPLY} <= verdicts, notice.id


def test_an_example_that_is_borne_out_is_silent() -> None:
    assert hold_trial(with_example(Example("a", "rferl", IN_MOSCOW, Verdict.APPLIES))).failures == ()


@pytest.mark.parametrize(
    ("example", "expected", "found"),
    [
        (Example("a", "rferl", IN_MOSCOW, Verdict.MAY_APPLY), "may_apply", "applies"),
        (Example("a", "rferl", IN_MOSCOW, Verdict.APPLIES, shown=Shown.FOLDED), "shown folded", "shown full"),
        (Example("a", "rferl", IN_MOSCOW, Verdict.APPLIES, doubts=frozenset({"law"})), "doubts law", "doubts none"),
        (Example("a", "nobody", IN_MOSCOW, Verdict.APPLIES), "a known publisher", "there is no nobody"),
    ],
)
def test_an_example_that_is_not_borne_out_says_what_was_expected_and_what_was_found(
    example: Example, expected: str, found: str
) -> None:
    (failure,) = hold_trial(with_example(example)).failures
    assert (failure.expected, failure.found) == (expected, found)
    assert '"a"' in str(failure)
    assert NOTICE in str(failure)
