"""Question: what one law says to one reader, in all its parts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from service.law.condition import (
    Age,
    AllOf,
    AnyOf,
    CitizenOf,
    Condition,
    Everyone,
    Leaf,
    LocatedIn,
    Not,
    PageLanguage,
    Stateless,
)
from service.law.doubt import Doubt
from service.law.moment import Moment
from service.law.reader import Reader
from service.law.register import Entry
from service.law.situation import Ground, Situation, quick
from service.law.standing import PartialDate, State, Step, between, standing
from service.law.territory import Holding, Territory
from service.law.truth import MAYBE, NO, YES, Truth
from service.law.verdict import Shown, Verdict
from service.law.wording import Speech, Wording
from service.law.world import LIMIT, Axis, Table, TooManyWorlds, vectors

from .seed import GAZETTEER, day
from .small import SPOKEN, TODAY, US, alone, law, only


def test_an_explanation_has_every_branch_with_its_depth_and_truth_in_the_order_of_the_file() -> None:
    inner = AnyOf((Age(least=18), CitizenOf(names=("RU",))))
    tree = AllOf((LocatedIn(names=("DE",)), Not(inner)))
    found = only(alone(law(tree)), Reader(frozenset({"DE"}), age=17), explain=True)
    assert [(type(one.node).__name__, one.depth, one.truth) for one in found.branches] == [
        ("AllOf", 0, MAYBE), ("LocatedIn", 1, YES), ("Not", 1, MAYBE), ("AnyOf", 2, MAYBE), ("Age", 3, NO),
        ("CitizenOf", 3, MAYBE),
    ]  # fmt: skip
    assert only(alone(law(tree)), Reader(frozenset({"DE"}))).branches == ()


def test_a_text_of_the_publishers_is_not_used_where_only_another_case_certainly_applies() -> None:
    tree = AnyOf((CitizenOf(names=("RU",), case="citizen"), LocatedIn(names=("DE",), case="here")))
    own = Wording({"en": {Verdict.APPLIES: Speech("You are a citizen.", speaks_for=frozenset({"citizen"}))}})
    ruleset = alone(law(tree), replace(US, own={"xx/law": own}))
    foreigner = Reader(frozenset({"DE"}), not_citizen_of=frozenset({"other"}))
    assert only(ruleset, foreigner).wordings == (SPOKEN,)
    citizen = only(ruleset, Reader(frozenset({"GB"}), frozenset({"RU"})))
    assert [found.texts["en"][Verdict.APPLIES].text for found in citizen.wordings] == ["You are a citizen.", "A law."]
    assert citizen.cases == {"citizen": YES, "here": NO}


FIRST, SECOND = date(2024, 5, 1), date(2024, 5, 2)
BOTH = Moment((FIRST, SECOND))
"""Two days on which it may be, between which the law changes."""


def test_of_two_days_the_louder_way_of_showing_and_the_nearer_place_count() -> None:
    """On the first day only a citizen is warned, on the second only who is there: neither day outdoes the other."""
    held = Territory("held", "Held", (Holding("GB", between(PartialDate.of(SECOND), None)),))
    tree = AnyOf(
        (
            CitizenOf(names=("RU",), case="citizen", standing=between(None, PartialDate.of(FIRST))),
            AllOf((LocatedIn(names=("held",)), CitizenOf(names=("KZ",))), case="there"),
        )
    )
    unsure = PageLanguage(names=("ru",))
    ruleset = alone(law(tree, warn_when_unsure=unsure), territories={"held": held})
    reader = Reader(frozenset({"GB"}))
    shown = [only(ruleset, reader, moment=Moment.on(day), page_language="en").shown for day in (FIRST, SECOND)]
    assert shown == [Shown.FOLDED, Shown.FULL]
    found = only(ruleset, reader, moment=BOTH, page_language="en")
    assert (found.verdict, found.shown, found.nearby) == (Verdict.MAY_APPLY, Shown.FULL, YES)
    assert found.cases == {"citizen": MAYBE, "there": MAYBE}


def test_a_case_that_is_open_on_neither_of_two_days_is_open_on_none() -> None:
    tree = AnyOf(
        (
            CitizenOf(names=("RU",), case="citizen", standing=between(None, PartialDate.of(FIRST))),
            LocatedIn(names=("DE",), case="there", standing=between(PartialDate.of(SECOND), None)),
        )
    )
    found = only(alone(law(tree)), Reader(frozenset({"GB"})), moment=BOTH)
    assert found.cases == {"citizen": MAYBE, "there": NO}
    assert found.doubts == (Doubt.CITIZENSHIP,)


def test_a_person_who_runs_no_publisher_lists_nobody() -> None:
    entry = Entry(person="ru/editor")
    assert entry.names(replace(US, run_by=("ru/editor",)), (), ()) is YES
    assert entry.names(US, (), ()) is NO


def test_an_age_is_inside_from_the_first_to_the_last_of_its_years() -> None:
    grown = Age(least=18, most=65)
    assert [grown.holds(age) for age in (17, 18, 65, 66)] == [False, True, True, False]
    assert Age(most=65).holds(0)
    assert Age(least=18).holds(120)


@pytest.mark.parametrize(
    ("reader", "doubts"),
    [
        (Reader(stateless=False), (Doubt.CITIZENSHIP,)),
        (Reader(not_citizen_of=frozenset({"RU"})), (Doubt.STATELESS,)),
        (Reader(), (Doubt.CITIZENSHIP, Doubt.STATELESS)),
    ],
)
def test_of_nationality_only_that_is_in_doubt_which_is_not_known(reader: Reader, doubts: tuple[Doubt, ...]) -> None:
    tree = AnyOf((CitizenOf(names=("RU",)), Stateless()))
    assert set(only(alone(law(tree)), reader).doubts) == set(doubts)


def test_a_branch_whose_standing_is_in_doubt_may_apply_and_hangs_on_the_law() -> None:
    doubted = standing([Step(day("2020"), State.IN_DOUBT)])
    citizen = Reader(citizen_of=frozenset({"RU"}))
    found = only(alone(law(CitizenOf(names=("RU",), standing=doubted))), citizen)
    assert (found.verdict, found.doubts) == (Verdict.MAY_APPLY, (Doubt.LAW,))
    two = AllOf((CitizenOf(names=("RU",), standing=doubted), Not(CitizenOf(names=("RU",), standing=doubted))))
    assert only(alone(law(two)), citizen).verdict is Verdict.MAY_APPLY, "each branch is in doubt by itself"


def test_a_question_of_a_kind_that_is_not_known_is_open() -> None:
    class Stranger(Leaf):
        pass

    situation = Situation(Ground(TODAY, {}, GAZETTEER))
    assert [situation.answer(leaf) for leaf in (Stranger(), Everyone())] == [MAYBE, YES]


@pytest.mark.parametrize("spoken_for", ["citizen", "there"])
def test_a_text_of_the_publishers_that_speaks_on_one_of_two_days_is_used(spoken_for: str) -> None:
    tree = AnyOf(
        (
            CitizenOf(names=("RU",), case="citizen", standing=between(None, PartialDate.of(FIRST))),
            CitizenOf(names=("KZ",), case="there", standing=between(PartialDate.of(SECOND), None)),
        )
    )
    own = Wording({"en": {Verdict.MAY_APPLY: Speech("Ours.", speaks_for=frozenset({spoken_for}))}})
    found = only(alone(law(tree), replace(US, own={"xx/law": own})), Reader(frozenset({"GB"})), moment=BOTH)
    assert (found.verdict, len(found.wordings)) == (Verdict.MAY_APPLY, 2)
    assert found.wordings[0].texts["en"][Verdict.MAY_APPLY].text == "Ours."
    assert found.wordings[1] == SPOKEN


def test_a_node_of_a_kind_that_is_not_known_stops_the_program() -> None:
    with pytest.raises(TypeError, match=r"^no such condition: Condition$"):
        quick(Condition(), Situation(Ground(TODAY, {}, GAZETTEER)))


def test_so_many_worlds_are_examined_and_not_one_bit_more() -> None:
    situation = Situation(Ground(TODAY, {}, GAZETTEER))
    bits = [Axis(Doubt.LAW, (False, True), (frozenset(), frozenset({number}))) for number in range(17)]
    assert LIMIT == 2**16
    assert Table(situation, bits[:16]).size == LIMIT
    with pytest.raises(TooManyWorlds):
        Table(situation, bits)
    groups = [(str(number),) for number in range(17)]
    assert len(vectors(groups[:16], lambda _: MAYBE)) == LIMIT
    with pytest.raises(TooManyWorlds):
        vectors(groups, lambda _: MAYBE)


def test_a_thing_is_named_by_the_questions_in_which_it_stands_and_by_no_others() -> None:
    def known(name: str) -> Truth:
        return {"yes": YES, "no": NO}.get(name, MAYBE)

    assert vectors([("yes", "no"), ("no",)], known) == {(True, False)}
    assert vectors([("open", "no"), ("open", "yes")], known) == {(False, True), (True, True)}
    assert vectors([("one",), ("two",)], known) == {(False, False), (True, False), (False, True), (True, True)}
    assert vectors([], known) == {()}
