"""Place: codes, territories, and the places that a law names."""

from __future__ import annotations

from datetime import date

import pytest

from service.law.condition import (
    AllOf,
    AnyOf,
    Everyone,
    LocatedIn,
    Not,
    affirmed_places,
)
from service.law.place import UNKNOWN, Gazetteer
from service.law.situation import Ground
from service.law.standing import State, Step, between, standing
from service.law.territory import Holding, Territory
from service.law.truth import MAYBE, NO, YES

from .seed import GAZETTEER, day
from .small import TODAY


def test_a_code_that_is_not_assigned_lies_in_its_country_and_in_nothing_else() -> None:
    places = Gazetteer({"FR": "", "FR-IDF": "FR", "FR-75": "FR-IDF"})
    assert [places.above(code) for code in ("FR-75", "FR-IDF", "FR", "FR-XX", "XX")] == ["FR-IDF", "FR", "", "FR", ""]
    assert [places.normal(code) for code in ("FR-75", "FR-XX", "XX", "XX-1")] == ["FR-75", "FR", UNKNOWN, UNKNOWN]
    assert [places.country(code) for code in ("FR-75", "FR", UNKNOWN)] == ["FR", "FR", UNKNOWN]
    assert places.within("FR-75", "FR")
    assert not places.within("FR", "FR-75")
    assert places.knows("FR")
    assert not places.knows("XX")


@pytest.mark.parametrize(
    ("place", "expected"),
    [("RU", YES), ("RU-MOW", YES), ("UA-14", MAYBE), ("UA-43", MAYBE), ("UA", MAYBE), ("DE", NO), (UNKNOWN, MAYBE)],
)
def test_what_is_held_in_part_or_in_doubt_is_never_certain(place: str, expected: object) -> None:
    doubted = standing([Step(day("2014"), State.IN_FORCE), Step(day("2020"), State.IN_DOUBT)])
    held = Territory("held", "Held", (Holding("RU"), Holding("UA-43", doubted)), (Holding("UA-14"),))
    assert held.holds(place, TODAY, GAZETTEER) is expected


def test_a_holding_that_is_over_holds_nothing() -> None:
    ended = between(None, day("2020"))
    for held in (Territory("h", "H", (Holding("DE", ended),)), Territory("h", "H", (), (Holding("DE", ended),))):
        assert held.holds("DE", date(2020, 12, 31), GAZETTEER) is not NO
        assert held.holds("DE", date(2021, 1, 1), GAZETTEER) is NO


def test_the_places_of_a_law_are_those_that_it_names_under_an_even_number_of_nots() -> None:
    here, there = LocatedIn(names=("RU", "BY")), LocatedIn(names=("DE", "RU"))
    assert affirmed_places(AllOf((here, Not(there), here))) == ("RU", "BY")
    assert affirmed_places(Not(AnyOf((here, Not(there))))) == ("DE", "RU")
    assert affirmed_places(Everyone()) == ()


def test_a_ground_is_the_same_whatever_was_asked_of_it() -> None:
    one, other = Ground(TODAY, {}, GAZETTEER), Ground(TODAY, {}, GAZETTEER)
    assert [one.holds("RU", place) for place in ("RU-MOW", "DE", "XX-9")] == [YES, NO, MAYBE]
    assert one == other
    assert one != Ground(date(2020, 1, 1), {}, GAZETTEER)
