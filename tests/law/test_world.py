"""World: the facts that are open in a law, each with all that it could be."""

from __future__ import annotations

import pytest

from service.law.condition import (
    Age,
    AllOf,
    CitizenOf,
    Condition,
    Content,
    LocatedIn,
    Occupation,
    PageLanguage,
    Possibly,
    ResidentOf,
    Stateless,
)
from service.law.doubt import Doubt
from service.law.reader import NOBODY_IN_PARTICULAR, Reader
from service.law.situation import Ground, Situation
from service.law.standing import State, Step, standing
from service.law.truth import MAYBE, NO, YES
from service.law.world import Axis, Table, age_marks, axes

from .seed import GAZETTEER, day
from .small import TODAY

HERE, HOME, PASSPORT = LocatedIn(names=("RU", "BY")), ResidentOf(names=("RU",)), CitizenOf(names=("RU", "KZ"))
GROWN, TRADE, TAG = Age(least=18, most=65), Occupation(names=("editor",)), Content(names=("list",))
TONGUE, WIDE = PageLanguage(names=("ru", "tt")), Possibly(of=Stateless())


def asked(*trees: Condition, reader: Reader = NOBODY_IN_PARTICULAR, **page: object) -> Situation:
    carried = frozenset(name for tree in trees if isinstance(tree, Content) for name in tree.names)
    return Situation(Ground(TODAY, {}, GAZETTEER), reader, may_carry=carried, **page)  # type: ignore[arg-type]


Options = list[frozenset[str]]
"""For each way in which a fact could be, the kinds of questions that it makes true."""


def opened(*trees: Condition, reader: Reader = NOBODY_IN_PARTICULAR, **page: object) -> dict[Doubt, Options]:
    return {
        axis.doubt: [frozenset(str(key[0]) for key in truths if isinstance(key, tuple)) for truths in axis.truths]
        for axis in axes(trees, asked(*trees, reader=reader, **page))
    }


def kinds(*names: str) -> Options:
    return [frozenset(name.split()) for name in names]


@pytest.mark.parametrize(
    ("tree", "reader", "page", "fact", "options"),
    [
        (HERE, {}, {}, Doubt.PLACE, kinds("", "LocatedIn")),
        (HERE, {"located_in": frozenset({"DE"})}, {}, Doubt.PLACE, kinds("")),
        (HERE, {"located_in": frozenset({"DE", "BY"})}, {}, Doubt.PLACE, kinds("", "LocatedIn")),
        (HERE, {"located_in": frozenset({"RU-MOW", "BY"})}, {}, Doubt.PLACE, kinds("LocatedIn")),
        (HOME, {}, {}, Doubt.RESIDENCE, kinds("", "ResidentOf")),
        (HOME, {"resident_of": "RU-MOW"}, {}, Doubt.RESIDENCE, kinds("ResidentOf")),
        (HOME, {"resident_of": "DE"}, {}, Doubt.RESIDENCE, kinds("")),
        (PASSPORT, {}, {}, Doubt.NATIONALITY, kinds("", "", "CitizenOf")),
        (PASSPORT, {"citizen_of": frozenset({"KZ"})}, {}, Doubt.NATIONALITY, kinds("CitizenOf")),
        (PASSPORT, {"stateless": True}, {}, Doubt.NATIONALITY, kinds("")),
        (PASSPORT, {"stateless": False}, {}, Doubt.NATIONALITY, kinds("", "CitizenOf")),
        (PASSPORT, {"stateless": True, "citizen_of": frozenset({"RU"})}, {}, Doubt.NATIONALITY, kinds("CitizenOf")),
        (Stateless(), {}, {}, Doubt.NATIONALITY, kinds("", "Stateless")),
        (Stateless(expected=False), {}, {}, Doubt.NATIONALITY, kinds("Stateless", "")),
        (Stateless(), {"citizen_of": frozenset({"RU"})}, {}, Doubt.NATIONALITY, kinds("")),
        (GROWN, {}, {}, Doubt.AGE, kinds("", "Age")),
        (GROWN, {"age": 65}, {}, Doubt.AGE, kinds("Age")),
        (GROWN, {"age": 66}, {}, Doubt.AGE, kinds("")),
        (TRADE, {}, {}, Doubt.OCCUPATION, kinds("", "Occupation")),
        (TRADE, {"occupation": frozenset({"editor"})}, {}, Doubt.OCCUPATION, kinds("Occupation")),
        (TRADE, {"occupation": frozenset({"lawyer"})}, {}, Doubt.OCCUPATION, kinds("", "Occupation")),
        (TAG, {}, {}, Doubt.CONTENT, kinds("", "Content")),
        (TAG, {}, {"content": frozenset()}, Doubt.CONTENT, kinds("")),
        (TAG, {}, {"content": frozenset({"list"})}, Doubt.CONTENT, kinds("Content")),
        (TONGUE, {}, {}, Doubt.PAGE_LANGUAGE, kinds("", "PageLanguage")),
        (TONGUE, {}, {"page_language": "tt-RU"}, Doubt.PAGE_LANGUAGE, kinds("PageLanguage")),
        (TONGUE, {}, {"page_language": "en"}, Doubt.PAGE_LANGUAGE, kinds("")),
    ],
)  # fmt: skip
def test_a_fact_is_open_as_far_as_it_is_not_known(
    tree: Condition, reader: dict[str, object], page: dict[str, object], fact: Doubt, options: Options
) -> None:
    found = opened(tree, reader=Reader(**reader), **page)  # type: ignore[arg-type]
    assert found.keys() == {fact}
    assert sorted(map(sorted, found[fact])) == sorted(map(sorted, options))


def test_every_fact_that_a_law_asks_for_is_open_in_one_order_and_no_other() -> None:
    doubted = standing([Step(day("2020"), State.IN_DOUBT)])
    tree = AllOf((WIDE, TONGUE, TAG, TRADE, GROWN, PASSPORT, HOME, HERE, LocatedIn(names=("DE",), standing=doubted)))
    assert [axis.doubt for axis in axes([tree], asked(TAG))] == [
        Doubt.PLACE, Doubt.RESIDENCE, Doubt.NATIONALITY, Doubt.AGE, Doubt.OCCUPATION, Doubt.CONTENT,
        Doubt.PAGE_LANGUAGE, Doubt.LAW, Doubt.LAW,
    ]  # fmt: skip
    assert axes([AllOf(())], asked()) == []
    assert axes([], asked()) == []


def test_a_language_and_its_kind_are_asked_for_together_or_the_language_alone() -> None:
    kind = PageLanguage(names=("ru-RU",))
    found = opened(PageLanguage(names=("ru",)), kind)[Doubt.PAGE_LANGUAGE]
    assert len(found) == 3, "none of them, Russian, and the Russian of Russia"
    (axis,) = axes([PageLanguage(names=("ru",)), kind], asked())
    assert sorted(map(len, axis.truths)) == [0, 1, 2]


def test_one_age_of_every_span_is_tried() -> None:
    assert age_marks([Age(least=18, most=65)]) == [0, 18, 66]
    assert age_marks([Age(least=18), Age(most=17), Age(least=21, most=21)]) == [0, 18, 21, 22]
    assert age_marks([]) == [0]


def test_a_value_is_certain_where_it_holds_in_all_worlds_and_hangs_on_what_changes_it() -> None:
    one = Axis(Doubt.AGE, (0, 1, 2), (frozenset(), frozenset({"b"}), frozenset({"c"})))
    two = Axis(Doubt.PLACE, (False, True), (frozenset({"x"}), frozenset({"y"})))
    table = Table(asked(), [one, two])
    assert (table.size, table.everywhere, table.strides) == (6, 0b111111, [1, 3])
    assert [table.bit(key) for key in ("b", "c", "x", "y", "z")] == [0b010010, 0b100100, 0b000111, 0b111000, 0]
    assert [table.truth(value) for value in (0, 1, 0b111111)] == [NO, MAYBE, YES]
    assert table.all_of([]) == table.everywhere
    assert table.any_of([]) == 0
    assert (table.all_of([0b011, 0b110]), table.any_of([0b001, 0b100]), table.invert(0b000111)) == (2, 5, 0b111000)
    assert table.doubts(0) == table.doubts(0b111111) == ()
    assert table.doubts(table.bit("b")) == (Doubt.AGE,)
    assert table.doubts(table.bit("y")) == (Doubt.PLACE,)
    both = table.bit("b") & table.bit("y")
    assert table.doubts(both) == (Doubt.AGE, Doubt.PLACE), "two of three ages settle it, and one of two places"
    law = Axis(Doubt.LAW, (False, True), (frozenset(), frozenset({"law"})))
    asking = Table(asked(), [law, two])
    assert asking.doubts(asking.bit("law") & asking.bit("y")) == (Doubt.PLACE, Doubt.LAW)
