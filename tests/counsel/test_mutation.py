"""Mutation: a slip of the pen is noticed by an example, or named with a reader who would notice it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.counsel.examples.mutants import Mutant, mutants
from service.counsel.examples.mutation import Laboratory, Mutation, try_mutants
from service.counsel.examples.scene import outcome
from service.law.condition import Age, AllOf, AnyOf, CitizenOf, Everyone, LocatedIn, PageLanguage, Possibly, SameAs
from service.law.examination import Visit
from service.law.ruleset import RuleSet
from service.law.standing import State, Step, standing
from service.law.verdict import Shown, Verdict
from tests.counsel.pasted import example, filled_in, hold, on_lines, reader, with_examples
from tests.law import laws, strategies
from tests.law.seed import NOTICE, RULESET, SEED, day
from tests.law.strategies import LAW, Country, plain_country

HOLLOW = hold(
    with_examples(
        RULESET,
        {
            NOTICE: (
                example("rferl", reader("RU-MOW", "RU"), Verdict.APPLIES),
                example("rferl", reader("DE", "DE", not_citizen_of=frozenset({"other"})), Verdict.DOES_NOT_APPLY),
            )
        },
    )
)

RESULT = try_mutants(HOLLOW)


def only(ruleset: RuleSet, what: str) -> Mutant:
    """The first mutant of that description."""
    return next(mutant for mutant in mutants(ruleset) if mutant.what == what)


def suggested(ruleset: RuleSet, what: str) -> str:
    """The example that would notice one mutant."""
    survivor = Laboratory(ruleset).who_notices(only(ruleset, what))
    assert survivor is not None
    return survivor.example


def unnoticed(ruleset: RuleSet) -> dict[str, str]:
    """What no example notices, with the example that would."""
    result = RESULT if ruleset is HOLLOW else try_mutants(ruleset)
    return {survivor.what: survivor.example for survivor in result.survivors}


def filled(ruleset: RuleSet, result: Mutation) -> RuleSet:
    """The rule set with every example that was suggested, filled in."""
    added = {
        id: tuple(filled_in(ruleset, notice, one.example) for one in result.survivors if one.notice == id)
        for id, notice in ruleset.notices.items()
    }
    notices = {id: replace(one, examples=one.examples + added[id]) for id, one in ruleset.notices.items()}
    return replace(ruleset, notices=notices)


def test_a_hollow_list_of_examples_lets_most_mutants_pass() -> None:
    result = RESULT
    assert result.share < 0.2
    assert not result.enough
    assert len(result.survivors) == result.counted - result.noticed


def test_every_suggested_example_filled_in_notices_every_mutant() -> None:
    result = try_mutants(hold(filled(HOLLOW, RESULT)))
    assert result.survivors == ()
    assert result.noticed == result.counted == RESULT.counted


def test_a_survivor_names_the_slip_its_line_and_a_reader_whose_expectation_is_blank() -> None:
    (said,) = [str(one) for one in RESULT.survivors if one.what == "`case: abroad` were removed"]
    assert said.startswith(f"notices/{NOTICE}.yaml:")
    assert "if `case: abroad` were removed, no example would notice" in said
    assert said.endswith("reader: {citizen_of: RU}, expect: }")


@pytest.mark.parametrize(
    "what",
    [
        "`case: inside` were removed",
        "`stateless: yes` were removed",
        "case inside: `all_of` were `any_of` over `located_in: russia-controlled` and what follows",
        "the word `possibly` before `located_in: russia-controlled` were removed",
        "`warn_when_unsure` were removed",
        "in `warn_when_unsure` `tt` were removed from `page_language: [ru, tt, ba, ce, crh]`",
        "the day 2024-02-02 of the entry of rferl were a day earlier",
        "the day 2024-02-02 of the entry of rferl were a day later",
        "the entry of rferl did not cover all parts",
        "the entry of meduza were removed",
        "UA-43 stood under `partly` and not under `wholly`",
        "UA-48 were removed from russia-controlled",
    ],
)
def test_each_kind_of_slip_is_tried(what: str) -> None:
    assert what in unnoticed(HOLLOW)


def test_what_can_make_no_difference_to_anybody_is_not_counted() -> None:
    # No publisher is listed before 2022, so nobody can see the day on which the law or Crimea's status began.
    tried = {mutant.what for mutant in mutants(HOLLOW)}
    for unseen in (
        "the day 2015-05-23 of its standing were a day later",
        "the day 2014-03-01 of UA-43 were a day later",
    ):
        assert unseen in tried
        assert unseen not in unnoticed(HOLLOW)


@strategies.times(0.1)
@given(strategies.countries(), st.lists(strategies.visits(), min_size=20, max_size=20))
def test_a_mutant_that_is_not_counted_tells_nobody_anything_else(country: Country, asked: list[Visit]) -> None:
    laboratory = Laboratory(country.ruleset)
    for mutant in mutants(country.ruleset):
        if laboratory.who_notices(mutant) is None:
            for id in mutant.notices:
                for visit in asked:  # with several candidate places as well
                    assert outcome(country.ruleset, id, visit) == outcome(mutant.ruleset, id, visit)


@pytest.mark.parametrize("id", sorted(laws.TREES.keys() - {"tj/tangle"}))  # its sixty mutants take as long as all
def test_the_suggestions_for_laws_of_every_shape_notice_what_they_are_for(id: str) -> None:
    bare = with_examples(replace(laws.RULESET, notices={id: laws.RULESET.notices[id]}), {})
    result = try_mutants(bare)
    assert result.survivors
    assert try_mutants(hold(filled(bare, result))).survivors == ()


def test_an_example_notices_only_what_it_states() -> None:
    folded = example("rferl", reader("DE"), Verdict.MAY_APPLY, page_language="en")
    silent = with_examples(RULESET, {NOTICE: (folded,)})
    spoken = with_examples(RULESET, {NOTICE: (replace(folded, shown=Shown.FOLDED),)})
    slip = "`warn_when_unsure` were removed"
    assert not Laboratory(silent).noticed(only(silent, slip))
    assert Laboratory(spoken).noticed(only(spoken, slip))
    assert suggested(silent, slip).endswith("expect: , shown: }")


def test_a_country_removed_from_a_list_is_named_with_its_citizen() -> None:
    law = plain_country(CitizenOf(names=("AM", "BY"))).ruleset
    assert set(unnoticed(with_examples(law, {}))) == {
        "`AM` were removed from `citizen_of: [AM, BY]`",
        "`BY` were removed from `citizen_of: [AM, BY]`",
    }
    assert "citizen_of: BY}" in unnoticed(with_examples(law, {}))["`BY` were removed from `citizen_of: [AM, BY]`"]


def test_an_age_is_tried_a_year_too_low_and_a_year_too_high() -> None:
    law = with_examples(plain_country(Age(least=18)).ruleset, {})
    found = unnoticed(law)
    assert "age: 17" in found["the age 18 were a year lower"]
    assert "age: 18" in found["the age 18 were a year higher"]


def test_a_slip_in_a_notice_that_another_repeats_is_put_to_both() -> None:
    first = plain_country(AnyOf(of=(LocatedIn(names=("A",)), CitizenOf(names=("B",))))).ruleset
    second = replace(first.notices[LAW], id="zz/same", applies_when=SameAs(notice=LAW))
    both = replace(first, notices={**first.notices, "zz/same": second}).linked()
    noticing = (example("us", reader("A"), Verdict.APPLIES), example("us", reader("", "B"), Verdict.APPLIES))
    elsewhere = with_examples(both, {"zz/same": noticing})
    assert only(elsewhere, "`located_in: A` were removed").notices == (LAW, "zz/same")
    assert "`located_in: A` were removed" not in unnoticed(elsewhere)
    assert "`citizen_of: B` were removed" not in unnoticed(elsewhere)


def test_a_repetition_is_not_mutated_a_second_time_behind_same_as() -> None:
    first = plain_country(AnyOf(of=(LocatedIn(names=("A",)), CitizenOf(names=("B",))))).ruleset
    second = replace(first.notices[LAW], id="zz/same", applies_when=SameAs(notice=LAW))
    both = replace(first, notices={**first.notices, "zz/same": second}).linked()
    assert [mutant.file for mutant in mutants(both) if mutant.what == "`located_in: A` were removed"] == [
        f"notices/{LAW}"
    ]


def test_a_shifted_day_keeps_the_order_of_steps() -> None:
    steps = standing([Step(day("2025-01-01"), State.IN_FORCE), Step(day("2025-01-02"), State.ENDED)])
    law = with_examples(plain_country(Everyone(), standing=steps).ruleset, {})
    assert sorted(mutant.what for mutant in mutants(law)) == [
        "the day 2025-01-01 of its standing were a day earlier",
        "the day 2025-01-02 of its standing were a day later",
    ]
    assert "on: 2024-12-31" in unnoticed(law)["the day 2025-01-01 of its standing were a day earlier"]
    assert "on: 2025-01-02" in unnoticed(law)["the day 2025-01-02 of its standing were a day later"]


def test_a_case_keeps_its_name_and_its_dates_under_every_mutant() -> None:
    tree = on_lines(SEED.applies_when, "x")
    for what in ("the word `possibly` before `located_in: russia-controlled` were removed",):
        changed = only(HOLLOW, what).ruleset.notices[NOTICE].applies_when
        assert [part.case for part in changed.parts] == [part.case for part in tree.parts]
        assert [part.standing for part in changed.parts] == [part.standing for part in tree.parts]


def test_the_smallest_reader_is_suggested_in_the_places_and_languages_of_the_examples() -> None:
    used = example("rferl", reader("KZ", "KZ"), Verdict.MAY_APPLY, page_language="kk")
    found = suggested(with_examples(RULESET, {NOTICE: (used,)}), "`warn_when_unsure` were removed")
    assert "reader: {located_in: KZ, page_language: kk}" in found


def test_possibly_inside_a_condition_is_named_with_what_it_stands_before() -> None:
    law = plain_country(AllOf(of=(LocatedIn(names=("A",)), Possibly(of=CitizenOf(names=("B",)))))).ruleset
    assert "the word `possibly` before `citizen_of: B` were removed" in unnoticed(with_examples(law, {}))


def test_the_count_is_given_for_each_file_and_for_machines() -> None:
    result = RESULT
    assert [tally.file for tally in result.tallies] == [
        f"notices/{NOTICE}",
        "registers/ru/undesirable-organizations",
        "territories/russia-controlled",
    ]
    assert result.as_data()["counted"] == result.counted
    assert str(result) == f"{result.noticed} of {result.counted} mutations noticed ({result.share:.1%})"


def test_one_example_is_to_be_pasted_once_however_many_slips_it_would_notice() -> None:
    pasted = RESULT.to_paste[NOTICE]
    assert len(set(pasted)) == len(pasted) < len(RESULT.survivors)
    assert list(RESULT.lines())[-1] == str(RESULT)


def test_page_languages_are_removed_one_by_one_and_never_to_nothing() -> None:
    one = replace(SEED, warn_when_unsure=PageLanguage(names=("ru",)))
    found = [mutant.what for mutant in mutants(with_examples(replace(RULESET, notices={NOTICE: one}), {}))]
    assert "`warn_when_unsure` were removed" in found
    assert not [what for what in found if what.startswith("in `warn_when_unsure`")]
