"""Property: what analysis calls superfluous can go without anybody being told less, whatever is known of them."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from service.counsel.analysis.analysis import analyse
from service.counsel.analysis.part import Pruning
from service.counsel.analysis.reach import reach_remarks
from service.counsel.examples.scene import outcome
from service.law.cases import Atlas
from service.law.condition import AllOf, AnyOf, Condition
from service.law.examination import Visit
from service.law.verdict import Verdict
from tests.law.strategies import LAW, Country, countries, times, trees, visits

WIDER = "a/wider"


@given(countries())
@times(0.2)
def test_analysis_says_something_of_any_rule_set_and_always_the_same(country: Country) -> None:
    ruleset = country.ruleset
    found = analyse(ruleset)
    assert all(remark.at.file and remark.what and remark.write for remark in found)
    turned = replace(
        ruleset,
        notices=dict(reversed(list(ruleset.notices.items()))),
        registers=dict(reversed(list(ruleset.registers.items()))),
        publishers=dict(reversed(list(ruleset.publishers.items()))),
    )
    assert analyse(turned) == found


@given(countries(), trees(same_as=False, depth=1), st.booleans(), st.lists(visits(), min_size=8, max_size=8))
@times(0.3)
def test_without_the_parts_in_vain_everybody_is_told_the_same(
    country: Country, more: Condition, either: bool, asked: list[Visit]
) -> None:
    law = country.law
    both = (law.applies_when, replace(more, case=""))
    tree = AnyOf(of=(*both, more)) if either else AllOf(of=(*both, more))
    pruning = Pruning(country.ruleset, replace(law, applies_when=tree), Atlas(country.ruleset.gazetteer))
    pruning.vain()
    pruned = replace(pruning.ruleset, notices={LAW: replace(pruning.law, applies_when=pruning.tree)})
    for visit in asked:
        visit = replace(visit, publisher="anybody")
        assert outcome(pruned, LAW, visit).verdict is outcome(pruning.ruleset, LAW, visit).verdict
        assert outcome(pruned, LAW, visit).shown is outcome(pruning.ruleset, LAW, visit).shown


@given(countries(), trees(same_as=False, depth=1), st.lists(visits(), min_size=8, max_size=8))
@times(0.3)
def test_whoever_is_told_of_a_superfluous_notice_is_told_as_much_by_the_other(
    country: Country, more: Condition, asked: list[Visit]
) -> None:
    wider = replace(country.law, id=WIDER, applies_when=AnyOf(of=(country.law.applies_when, more)))
    ruleset = replace(country.ruleset, notices={LAW: country.law, WIDER: wider})
    for remark in reach_remarks(ruleset):
        for visit in asked:
            said = {id: outcome(ruleset, id, visit) for id in (LAW, WIDER)}
            if "apply to nobody" in remark.what:
                assert said[remark.what.split()[0]].verdict is Verdict.DOES_NOT_APPLY
            elif "at least as much" in remark.what:
                less, more_said = said[LAW], said[WIDER]
                if f"told of {WIDER} " in remark.what:
                    less, more_said = more_said, less
                if less.verdict is not Verdict.DOES_NOT_APPLY:
                    assert more_said.verdict.loudness >= less.verdict.loudness
                    assert more_said.shown.loudness >= less.shown.loudness
