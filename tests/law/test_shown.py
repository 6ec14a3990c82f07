"""Shown: what an editor may decide, and what not (RULES.md section 2, line 8, and C16)."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from service.law.condition import AllOf, AnyOf, CitizenOf, Condition, LocatedIn, PageLanguage
from service.law.examination import Visit, examine
from service.law.notice import Kind
from service.law.reader import Reader
from service.law.truth import NO
from service.law.verdict import Shown, Verdict

from . import oracle
from .comparison import VISIT, asked, found, nowhere, shown
from .strategies import (
    CODES,
    LAW,
    PLACES,
    Country,
    case_names,
    countries,
    plain_country,
    publishers,
    times,
    trees,
    visits,
)


@times(3)
@given(st.data(), countries(), visits())
def test_a_verdict_never_depends_on_the_publishers_choices(data: st.DataObject, country: Country, visit: Visit) -> None:
    choices = data.draw(publishers(case_names(country.law.applies_when)))
    facts = country.us
    other = country.with_us(
        replace(
            choices, part_of=facts.part_of, run_by=facts.run_by, may_carry=facts.may_carry, site=facts.site,
        )
    )  # fmt: skip
    one, two = found(country, visit), found(other, visit)
    assert (one is None) == (two is None)
    if one is not None and two is not None:
        assert (one.verdict, frozenset(one.doubts), one.nearby) == (two.verdict, frozenset(two.doubts), two.nearby)


@times(4)
@given(st.data(), countries(), visits(), PLACES, st.sampled_from([AllOf, AnyOf]))
def test_no_publisher_turns_full_into_less_for_who_may_be_in_the_laws_place(
    data: st.DataObject, country: Country, visit: Visit, name: str, kind: type[Condition]
) -> None:
    """`country.us` has every choice that a file can make: its own text, what it hides, its universal list."""
    here = LocatedIn(names=(name,))
    country = country.with_law(applies_when=kind(of=(here, country.law.applies_when)), kind=Kind.READER_RISK)
    question = asked(country.ruleset, visit)
    inside = [code for code in CODES if oracle.membership(name, code, question) != oracle.NO] or ["unknown"]
    candidates = visit.reader.located_in | {data.draw(st.sampled_from(inside))}
    visit = replace(visit, reader=replace(visit.reader, located_in=candidates))
    one = found(country, visit)
    if one is not None and one.verdict is not Verdict.DOES_NOT_APPLY and not nowhere(visit):
        assert one.shown is Shown.FULL
        assert one.nearby is not NO


@times(2)
@given(countries(), trees(same_as=False, depth=2), visits())
def test_what_is_shown_to_the_unsure_is_never_less_than_the_truth_table_asks_for(
    country: Country, unsure: Condition, visit: Visit
) -> None:
    """The short cut decides W; where it is not exact it may only show more."""
    country = country.with_law(warn_when_unsure=unsure)
    one = found(country, visit)
    if one is not None and not nowhere(visit):
        try:
            least = oracle.shown(country.law, asked(country.ruleset, visit), one.verdict.value)
        except oracle.TooLarge:
            return
        assert one.shown.loudness >= oracle.SHOWN[least]


@times(2)
@given(countries(), visits())
def test_what_certainly_applies_is_shown_in_full_whatever_the_publisher_chose(country: Country, visit: Visit) -> None:
    for one in examine(country.ruleset, visit).findings:
        if one.notice.kind is Kind.READER_RISK and one.verdict is Verdict.APPLIES:
            assert one.shown is Shown.FULL


@times(2)
@given(countries(), visits())
def test_a_duty_is_printed_if_and_only_if_it_is_carried_and_may_be_owed(country: Country, visit: Visit) -> None:
    for one in examine(country.ruleset, visit).findings:
        if one.notice.kind is Kind.PUBLISHER_DUTY:
            printed = one.notice.id in country.us.carries and one.verdict is not Verdict.DOES_NOT_APPLY
            assert one.shown is (Shown.FULL if printed else Shown.NONE)


@times(1)
@given(countries(), visits())
def test_nobody_of_unknown_place_has_a_notice_hidden(country: Country, visit: Visit) -> None:
    unknown = replace(visit, reader=replace(visit.reader, located_in=frozenset()))
    for one in examine(country.ruleset, unknown).findings:
        if one.notice.kind is Kind.READER_RISK and one.verdict is not Verdict.DOES_NOT_APPLY:
            assert one.shown is not Shown.NONE


def test_the_universal_list_shows_in_full_what_it_names() -> None:
    """C16: `universal:` lists the notices that `any` and `unknown` show in full, wherever their readers are."""
    country = plain_country(CitizenOf(names=("A",)), warn_when_unsure=PageLanguage(names=("ru",)))
    named = country.with_us(replace(country.us, universal=(LAW,)))
    assert shown(named, replace(VISIT, page_language="en")) is Shown.FULL


def test_the_universal_list_never_hides_what_it_names_while_it_folds_what_it_does_not() -> None:
    country = plain_country(CitizenOf(names=("A",)), warn_when_unsure=PageLanguage(names=("ru",)))
    page = replace(VISIT, page_language="en")
    named = country.with_us(replace(country.us, hides=True, universal=(LAW,)))
    unnamed = country.with_us(replace(country.us, hides=True, universal=()))
    assert shown(unnamed, page) is Shown.FOLDED
    assert shown(named, page).loudness >= Shown.FOLDED.loudness


def test_without_a_universal_list_the_first_three_are_shown_in_full_and_the_rest_folded() -> None:
    country = plain_country(LocatedIn(names=("A",)))
    laws = {id: replace(country.law, id=id) for id in ("a/1", "a/2", "b/1", "b/2", "c/1")}
    many = Country(replace(country.ruleset, notices=laws))
    seen = {one.notice.id: one.shown.value for one in examine(many.ruleset, VISIT).findings}
    assert seen == {"a/1": "full", "a/2": "full", "b/1": "full", "b/2": "folded", "c/1": "folded"}


def test_a_publisher_that_hides_shows_nothing_to_readers_elsewhere_and_everything_to_readers_inside() -> None:
    tree = AnyOf(of=(LocatedIn(names=("A",)), CitizenOf(names=("A",))))
    country = plain_country(tree, warn_when_unsure=PageLanguage(names=("ru",)))
    hiding = country.with_us(replace(country.us, hides=True))
    abroad = replace(VISIT, reader=Reader(frozenset({"B"})), page_language="en")
    assert (shown(country, abroad), shown(hiding, abroad)) == (Shown.FOLDED, Shown.NONE)
    assert shown(hiding, replace(abroad, page_language="ru")) is Shown.FULL
    assert shown(hiding, replace(abroad, reader=Reader(frozenset({"B", "A-1"})))) is Shown.FULL
