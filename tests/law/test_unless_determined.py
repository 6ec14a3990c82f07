"""Unless determined: a duty is owed to whoever is not known to be excepted, and says on whose age it rests."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from service.law.condition import Age, AllOf, AnyOf, CitizenOf, Condition, Everyone, LocatedIn, Not, UnlessDetermined
from service.law.doubt import Doubt
from service.law.examination import Visit, examine
from service.law.moment import Moment
from service.law.notice import Kind
from service.law.reader import Reader
from service.law.standing import State, Timeline
from service.law.verdict import Verdict

from . import oracle
from .comparison import differences
from .strategies import DAY, Country, countries, plain_country, times, visits

OWED = UnlessDetermined(of=Age(least=18))
HERE, CITIZEN = LocatedIn(names=("A",)), CitizenOf(names=("A",))
APPLIES, MAY, NOT = Verdict.APPLIES, Verdict.MAY_APPLY, Verdict.DOES_NOT_APPLY
AGE, PLACE, NATION, LAW = Doubt.AGE, Doubt.PLACE, Doubt.CITIZENSHIP, Doubt.LAW


@pytest.mark.parametrize(
    ("tree", "reader", "verdict", "doubts"),
    [
        (OWED, Reader(), APPLIES, {AGE}),
        (OWED, Reader(age=17), APPLIES, set()),
        (OWED, Reader(age=18), NOT, set()),
        (AllOf(of=(HERE, OWED)), Reader(), MAY, {PLACE, AGE}),
        (AllOf(of=(HERE, OWED)), Reader(frozenset({"A"})), APPLIES, {AGE}),
        (AllOf(of=(HERE, OWED)), Reader(frozenset({"B"})), NOT, set()),
        (AllOf(of=(HERE, OWED)), Reader(age=30), NOT, set()),
        (AnyOf(of=(HERE, OWED)), Reader(frozenset({"A"})), APPLIES, set()),
        (AnyOf(of=(HERE, OWED)), Reader(), APPLIES, {AGE}),
        (AnyOf(of=(CITIZEN, AllOf(of=(HERE, OWED)))), Reader(frozenset({"A"}), frozenset({"A"})), APPLIES, set()),
        (AnyOf(of=(Age(least=18), OWED)), Reader(), APPLIES, {AGE}),
        (AllOf(of=(Age(most=17), OWED)), Reader(), MAY, {AGE}),
        (Not(of=OWED), Reader(), NOT, set()),
        (Not(of=OWED), Reader(age=18), APPLIES, set()),
        (replace(OWED, standing=Timeline.always(State.IN_DOUBT)), Reader(), MAY, {LAW, AGE}),
        (replace(OWED, standing=Timeline.always(State.ENDED)), Reader(), NOT, set()),
        (UnlessDetermined(of=Age(least=18, most=65)), Reader(age=66), APPLIES, set()),
        (AllOf(of=(OWED, UnlessDetermined(of=Age(most=12)))), Reader(age=12), NOT, set()),
        (AllOf(of=(OWED, Everyone())), Reader(citizen_of=frozenset({"B"})), APPLIES, {AGE}),
    ],
)
def test_it_holds_unless_the_age_is_known_and_keeps_its_doubt(
    tree: Condition, reader: Reader, verdict: Verdict, doubts: set[Doubt]
) -> None:
    ruleset = plain_country(tree, kind=Kind.PUBLISHER_DUTY).ruleset
    (found,) = examine(ruleset, Visit("us", Moment.on(DAY), reader), explain=True).findings
    assert (found.verdict, set(found.doubts)) == (verdict, doubts)


def test_a_condition_that_is_not_of_this_kind_keeps_no_doubt_where_it_is_certain() -> None:
    ruleset = plain_country(Not(of=Age(least=18)), kind=Kind.PUBLISHER_DUTY).ruleset
    (found,) = examine(ruleset, Visit("us", Moment.on(DAY), Reader())).findings
    assert (found.verdict, found.doubts) == (MAY, (AGE,))


@st.composite
def owing(draw: st.DrawFn, tree: Condition) -> Condition:
    """A law some of whose parts are replaced by ages that would have to be determined."""
    if isinstance(tree, (AllOf, AnyOf)):
        of = [draw(owing(part)) for part in tree.of]
        if draw(st.booleans()):
            of.append(UnlessDetermined(of=draw(st.sampled_from([Age(least=18), Age(most=17), Age(least=0)]))))
        return replace(tree, of=tuple(of))
    return replace(tree, of=draw(owing(tree.of))) if isinstance(tree, Not) else tree


@times(1)
@given(countries(), visits(), st.data())
def test_in_any_law_the_engine_says_what_all_completions_say(
    country: Country, visit: Visit, data: st.DataObject
) -> None:
    tree = data.draw(owing(AllOf(of=(country.law.applies_when,))))
    duty = country.with_law(applies_when=tree, kind=Kind.PUBLISHER_DUTY)
    try:
        assert differences(duty.ruleset, visit, duty.law) == []
    except oracle.TooLarge:
        assume(False)
