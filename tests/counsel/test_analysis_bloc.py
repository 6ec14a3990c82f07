"""Bloc: a territory called after the European Union or the European Economic Area has its members, day by day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from service.counsel.analysis.analysis import Severity, analyse
from service.counsel.analysis.bloc import EEA, EU, Bloc, bloc_of
from service.law.citation import Review
from service.law.condition import LocatedIn, ResidentOf
from service.law.ruleset import RuleSet
from service.law.standing import ALWAYS, PartialDate, Standing, between
from service.law.territory import Holding, Territory
from tests.law.strategies import plain_country

TODAY = date(2026, 11, 23)
REVIEW = Review("legal desk", TODAY, TODAY)


def since(day: date | None, until: date | None = None) -> Standing:
    first, last = (PartialDate.of(one) if one else None for one in (day, until))
    return between(first, last) if first or last else ALWAYS


def members(bloc: Bloc) -> tuple[Holding, ...]:
    return tuple(Holding(code, since(one.since, one.until)) for code, one in bloc.members.items())


def said(holdings: tuple[Holding, ...], id: str = "eu", law_since: date = date(2000, 1, 1), **more: Any) -> list[str]:
    """What is said of a territory that a law asks about from a day on."""
    land = Territory(id, "A territory", holdings, review=REVIEW)
    country = plain_country(LocatedIn(names=(id,)), standing=since(law_since))
    ruleset = replace(country.ruleset, territories={id: replace(land, **more)})
    found = analyse(ruleset)
    assert all(remark.severity is Severity.WARNING for remark in found)
    return [remark.what for remark in found]


def changed(holdings: tuple[Holding, ...], code: str, standing: Standing | None) -> tuple[Holding, ...]:
    """The holdings with one of them dated otherwise, or left out."""
    rest = tuple(held for held in holdings if held.place != code)
    return rest if standing is None else (*rest, Holding(code, standing))


@pytest.mark.parametrize(("bloc", "id"), [(EU, "eu"), (EEA, "eea")])
def test_a_bloc_with_all_of_its_members_on_their_days_has_no_remark(bloc: Bloc, id: str) -> None:
    assert said(members(bloc), id, date(1994, 1, 1)) == []


@pytest.mark.parametrize(
    ("day", "many"),
    [(date(1957, 12, 31), 0), (date(1958, 1, 1), 6), (date(1973, 1, 1), 9), (date(1981, 1, 1), 10),
     (date(1986, 1, 1), 12), (date(1995, 1, 1), 15), (date(2004, 4, 30), 15), (date(2004, 5, 1), 25),
     (date(2007, 1, 1), 27), (date(2013, 7, 1), 28), (date(2020, 1, 31), 28), (date(2020, 2, 1), 27)],
)  # fmt: skip
def test_the_union_had_as_many_members_as_its_treaties_say(day: date, many: int) -> None:
    assert sum(member.on(day) for member in EU.members.values()) == many


@pytest.mark.parametrize(
    ("day", "many"),
    [(date(1993, 12, 31), 0), (date(1994, 1, 1), 17), (date(1995, 5, 1), 18), (date(2004, 5, 1), 28),
     (date(2007, 7, 31), 28), (date(2007, 8, 1), 30), (date(2014, 4, 12), 31), (date(2020, 2, 1), 30)],
)  # fmt: skip
def test_the_area_had_as_many_members_as_its_agreements_say(day: date, many: int) -> None:
    assert sum(member.on(day) for member in EEA.members.values()) == many


def test_a_member_that_is_missing_is_found_from_the_day_it_joined() -> None:
    (found,) = said(changed(members(EU), "HR", None))
    assert found == "eu lacks HR from 2013-07-01 on, when it is a member of the European Union"


def test_members_that_joined_together_are_one_remark() -> None:
    without = changed(changed(members(EU), "BG", None), "RO", None)
    (found,) = said(without)
    assert found == "eu lacks BG and RO from 2007-01-01 on, when they are members of the European Union"


def test_a_member_entered_a_day_too_late_is_missing_for_a_day() -> None:
    (found,) = said(changed(members(EU), "HR", since(date(2013, 7, 2))))
    assert found == "eu lacks HR from 2013-07-01 to 2013-07-01, when it is a member of the European Union"


def test_a_member_that_left_is_found_where_it_stays() -> None:
    (found,) = said(changed(members(EU), "GB", since(date(1973, 1, 1))))
    assert found == "eu has GB from 2020-02-01 on, when it is no member of the European Union"


def test_a_state_that_never_joined_is_found() -> None:
    (found,) = said((*members(EU), Holding("CH")))
    assert found == "eu has CH from 2000-01-01 on, when it is no member of the European Union"


def test_norway_belongs_to_the_area_and_not_to_the_union() -> None:
    assert "NO" in EEA.members
    (found,) = said((*members(EU), Holding("NO")))
    assert "eu has NO" in found


def test_days_before_any_law_asks_are_nobodys_concern() -> None:
    undated = tuple(Holding(code) for code, one in EU.members.items() if one.until is None)
    assert said(undated, law_since=date(2020, 2, 1)) == []
    assert said(undated, law_since=date(2020, 1, 31)) != []


def test_a_member_held_in_part_is_not_missing() -> None:
    assert said(changed(members(EU), "CY", None), partly=(Holding("CY", since(date(2004, 5, 1))),)) == []


def test_parts_with_a_code_of_their_own_are_left_to_the_author() -> None:
    assert said((*members(EU), Holding("RE"), Holding("AX"), Holding("PT-20"))) == []


def test_a_territory_that_no_law_asks_about_is_compared_from_its_last_review() -> None:
    land = Territory("eu", "A territory", tuple(Holding(code) for code in EU.members), review=REVIEW)
    ruleset: RuleSet = replace(plain_country(ResidentOf(names=("A",))).ruleset, territories={"eu": land})
    (found,) = (remark for remark in analyse(ruleset) if remark.at.file == "territories/eu.yaml")
    assert found.what == "eu has GB from 2026-11-23 on, when it is no member of the European Union"
    assert found.write == "write from: 1973-01-01, until: 2020-01-31"


@pytest.mark.parametrize(
    ("id", "title", "bloc"),
    [
        ("eu", "", EU), ("eea", "", EEA), ("eu27", "", EU), ("blocs/eu-members", "", EU), ("x", "European Union", EU),
        ("x", "The European Economic Area", EEA), ("x", "Member states of the EU", EU), ("x", "EU and EEA", EEA),
        ("x", "The European Union (27 members)", EU), ("eu-candidates", "", None), ("non-eu", "", None),
        ("neue", "", None), ("x", "European states", None), ("x", "Europe outside the European Union", None),
        ("russia-controlled", "Russia and the parts of Ukraine that it controls", None),
    ],
)  # fmt: skip
def test_a_territory_is_a_bloc_if_its_name_or_its_title_says_so_and_nothing_else(
    id: str, title: str, bloc: Bloc | None
) -> None:
    assert bloc_of(Territory(id, title, ())) is bloc


def test_a_territory_of_another_name_is_not_compared() -> None:
    assert said((Holding("DE"),), "north") == []
