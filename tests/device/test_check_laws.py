"""Check page: laws of every shape, made up, and how places and passports become answers."""

from __future__ import annotations

from datetime import UTC, datetime, time
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.device import check
from service.device.cover import Grid
from service.device.outcome import Inquest
from service.device.question import SINGLE, STATELESS, Topic
from service.device.region import regions
from service.device.words import WORDS
from service.law.cases import Atlas, Cases
from service.law.condition import (
    Age,
    AllOf,
    AnyOf,
    CitizenOf,
    Condition,
    LocatedIn,
    Not,
    Occupation,
    PageLanguage,
    ResidentOf,
    Stateless,
)
from service.law.examination import Visit, examine
from service.law.moment import Moment
from service.law.place import Gazetteer
from service.law.reader import OTHER, Reader
from service.law.situation import Ground
from service.law.territory import Holding, Territory
from service.law.verdict import Verdict
from service.law.wording import Speech, Wording
from service.page.grade import Grade

from ..law.strategies import DAY, Country, countries, plain_country, times
from .form import Form, ids
from .test_check import MOMENT, RULESET

ENGLISH = WORDS["en"]
TEXTS = Wording({"en": {verdict: Speech(verdict.value) for verdict in (Verdict.APPLIES, Verdict.MAY_APPLY)}})


NOON = datetime.combine(DAY, time(11), UTC)
"""It is three dates somewhere, DAY among them."""


def inquest(country: Country) -> Inquest:
    return Inquest(Cases(country.ruleset), country.us, "en", Grade.SOURCED, Moment.at(NOON))


def law(tree: Condition) -> Country:
    return plain_country(tree, wording=TEXTS)


def labels(country: Country) -> dict[str, list[str]]:
    return {question.legend: [option.label for option in question.options] for question in inquest(country).questions}


def page(country: Country) -> Form:
    return Form(check.written(Cases(country.ruleset), country.us, "en", Grade.SOURCED, NOON))


# ---- every law -----------------------------------------------------------------------------------------------


def described(country: Country, answers: dict[Topic, object], member: int) -> Reader:
    """The reader, worked out again, who is in one of the places that the answer stands for."""
    asked = {question.topic: question for question in inquest(country).questions}

    def place(topic: Topic) -> str | None:
        fact = answers.get(topic)
        if fact is None:
            return None
        (option,) = [option for option in asked[topic].options if option.fact == fact]
        return sorted(option.stands_for)[member % len(option.stands_for)]

    first, second = answers.get(Topic.PASSPORT), answers.get(Topic.SECOND)
    passports = {fact for fact in (first, second) if fact not in (None, STATELESS, SINGLE)}
    work, age = answers.get(Topic.WORK), answers.get(Topic.AGE)
    here = place(Topic.PLACE)
    return Reader(
        frozenset({here} if here else ()),
        frozenset("ZZ" if fact == OTHER else str(fact) for fact in passports),
        frozenset({OTHER} if first not in (None, STATELESS) and second in (SINGLE, OTHER) else ()),
        True if first == STATELESS else None,
        place(Topic.HOME),
        age if isinstance(age, int) else None,
        frozenset({str(work)} if work not in (None, OTHER) else ()),
    )


def says(country: Country, reader: Reader) -> dict[str, Verdict]:
    found = examine(country.ruleset, Visit("us", Moment.at(NOON), reader))
    return {finding.notice.id: finding.verdict for finding in found.findings}


@given(countries(), st.randoms(use_true_random=False))
@times(1.0)
def test_of_any_law_each_combination_of_answers_gives_what_the_engine_says_or_the_more_cautious(
    country: Country, random: object
) -> None:
    found = inquest(country)
    facts = {question.topic: [option.fact for option in question.options] for question in found.questions}
    combinations = list(product(*facts.values()))
    for chosen in random.sample(combinations, min(len(combinations), 25)):  # type: ignore[attr-defined]
        answers = dict(zip(facts, chosen, strict=True))
        open_ones = [topic for topic in (Topic.PASSPORT, Topic.SECOND) if topic in facts and answers[topic] is None]
        member = random.randrange(9)  # type: ignore[attr-defined]
        told = [
            says(country, described(country, {**answers, **dict(zip(open_ones, completed, strict=True))}, member))
            for completed in product(*(facts[topic] for topic in open_ones))
        ]
        exact = says(country, described(country, answers, member))
        for notice in found.notices:
            agreed = {verdicts[notice.id] for verdicts in told}
            expected = exact[notice.id] if agreed == {exact[notice.id]} else Verdict.MAY_APPLY
            assert found.outcome(notice, answers).verdict is expected


@given(countries())
@times(0.5)
def test_of_any_law_declining_is_never_quieter_than_any_answer(country: Country) -> None:
    for chart in inquest(country).charts:
        sizes = [range(len(question.options)) for question in chart.questions]
        said = {cell: chart.outcomes[number].verdict for cell, number in zip(product(*sizes), chart.cells, strict=True)}
        for cell, verdict in said.items():
            for axis in range(len(cell)):
                assert said[(*cell[:axis], 0, *cell[axis + 1 :])] in (verdict, Verdict.MAY_APPLY)


@given(countries())
@times(0.5)
def test_of_any_law_the_style_shows_after_every_combination_what_was_worked_out(country: Country) -> None:
    charts = inquest(country).charts
    form = page(country)
    everything = list(form.combinations())
    for chosen in everything[:: max(1, len(everything) // 60)]:
        places = {choice.id.partition("-")[2][0]: int(choice.id.partition("-")[2][1:]) for choice in chosen}
        expected = []
        for number, chart in enumerate(charts):
            cell = 0
            for question in chart.questions:
                cell = cell * len(question.options) + places[question.topic.value]
            expected.append(f"rdr-r{number}-{chart.cells[cell]}")
        assert form.standing(ids(chosen)) == expected


# ---- what is asked -------------------------------------------------------------------------------------------


def test_only_what_a_law_asks_for_is_asked() -> None:
    assert labels(law(LocatedIn(names=("C",)))).keys() == {ENGLISH.place[0]}
    assert labels(law(ResidentOf(names=("C",)))).keys() == {ENGLISH.home[0]}
    assert labels(law(PageLanguage(names=("ru",)))).keys() == set()
    assert labels(law(CitizenOf(names=("C",)))).keys() == {ENGLISH.passport[0], ENGLISH.second[0]}


def test_a_law_that_asks_for_everything_asks_six_things() -> None:
    tree = AnyOf(
        of=(
            LocatedIn(names=("A",)), ResidentOf(names=("B",)), CitizenOf(names=("C",)), Stateless(), Age(least=18),
            Occupation(names=("journalist",)),
        )
    )  # fmt: skip
    assert len(labels(law(tree))) == 6


def test_ages_are_spans_that_the_law_tells_apart() -> None:
    tree = AnyOf(of=(Age(least=18), AllOf(of=(Age(least=14, most=17), Stateless()))))
    assert labels(law(tree))[ENGLISH.age[0]] == [ENGLISH.declined, "Under 14", "14 to 17", "18 or older"]


def test_an_occupation_that_is_not_named_makes_nothing_known() -> None:
    found = inquest(law(Occupation(names=("journalist", "lawyer"))))
    (notice,) = found.notices
    assert labels(law(Occupation(names=("journalist", "lawyer"))))[ENGLISH.work[0]] == [
        ENGLISH.declined, "journalist", "lawyer", ENGLISH.other_work,
    ]  # fmt: skip
    assert found.outcome(notice, {Topic.WORK: "lawyer"}).verdict is Verdict.APPLIES
    assert found.outcome(notice, {Topic.WORK: OTHER}).verdict is Verdict.MAY_APPLY


def test_one_passport_leaves_others_open_until_the_second_question_closes_them() -> None:
    found = inquest(law(AnyOf(of=(CitizenOf(names=("A",)), Stateless()))))
    (notice,) = found.notices

    def verdict(first: str | None, second: str | None) -> Verdict:
        return found.outcome(notice, {Topic.PASSPORT: first, Topic.SECOND: second}).verdict

    assert verdict("A", None) is Verdict.APPLIES
    assert verdict(OTHER, None) is Verdict.MAY_APPLY
    assert verdict(OTHER, SINGLE) is Verdict.DOES_NOT_APPLY
    assert verdict(OTHER, OTHER) is Verdict.DOES_NOT_APPLY
    assert verdict(OTHER, "A") is Verdict.APPLIES
    assert verdict(None, "A") is Verdict.APPLIES
    assert verdict(None, SINGLE) is Verdict.MAY_APPLY
    assert verdict(STATELESS, SINGLE) is Verdict.APPLIES
    assert verdict(STATELESS, None) is Verdict.APPLIES


def test_who_says_stateless_and_does_not_tell_of_another_passport_is_not_taken_to_have_none() -> None:
    found = inquest(law(CitizenOf(names=("A",))))
    (notice,) = found.notices
    stateless = {Topic.PASSPORT: STATELESS}
    assert found.outcome(notice, stateless).verdict is Verdict.MAY_APPLY
    assert found.outcome(notice, {**stateless, Topic.SECOND: SINGLE}).verdict is Verdict.DOES_NOT_APPLY
    assert found.outcome(notice, {**stateless, Topic.SECOND: "A"}).verdict is Verdict.APPLIES


def test_a_law_that_never_holds_at_present_is_not_asked_about() -> None:
    country = law(AllOf(of=(LocatedIn(names=("A",)), Not(of=LocatedIn(names=("A",))))))
    assert inquest(country).notices == ()
    assert page(country).questions == {}


def test_a_text_that_is_missing_is_stood_in_for_and_never_left_out() -> None:
    country = plain_country(LocatedIn(names=("A",)))
    assert all(passages for outcome in inquest(country).charts[0].outcomes for passages in [outcome.passages]
               if outcome.verdict is not Verdict.DOES_NOT_APPLY)  # fmt: skip


# ---- places --------------------------------------------------------------------------------------------------


def split(parents: dict[str, str], *territories: Territory) -> dict[str, frozenset[str]]:
    gazetteer = Gazetteer(parents)
    ground = Ground(DAY, {territory.id: territory for territory in territories}, gazetteer)
    names = [territory.id for territory in territories]
    found = regions(Atlas(gazetteer).places([(ground, names)]), ENGLISH)
    for region in found:
        assert region.place in region.members
        for name in names:
            inner = {ground.holds(name, code) for code in region.members}
            assert len(inner) == 1
    return {region.name: region.members for region in found}


WORLD = {"RU": "", "UA": "", "UA-43": "UA", "UA-14": "UA", "UA-30": "UA", "UA-51": "UA", "DE": "", "DE-BE": "DE",
         "FR": "", "FR-IDF": "FR", "FR-75": "FR-IDF", "FR-77": "FR-IDF", "FR-BRE": "FR"}  # fmt: skip


def test_a_country_through_which_a_line_runs_is_several_answers_and_the_others_are_one() -> None:
    held = Territory("held", "Held", (Holding("RU"), Holding("UA-43")), (Holding("UA-14"),))
    found = split(WORLD, held)
    assert list(found) == ["Russia", "Ukraine: Donetsk region", "Ukraine: Crimea", "Ukraine: elsewhere",
                           "Another country or territory"]  # fmt: skip
    assert found["Ukraine: elsewhere"] == {"UA-30", "UA-51"}
    assert found["Another country or territory"] == WORLD.keys() & {
        "DE", "DE-BE", "FR", "FR-IDF", "FR-75", "FR-77", "FR-BRE",
    }  # fmt: skip


def test_a_region_inside_a_region_is_an_answer_and_everybody_in_the_country_finds_one() -> None:
    found = split(WORLD, Territory("city", "City", (Holding("FR-75"),)))
    in_france = {name: members for name, members in found.items() if name.startswith("France")}
    assert in_france == {"France: FR-75": {"FR-75"}, "France: elsewhere": {"FR-77", "FR-BRE"}}


def test_a_country_named_region_by_region_is_one_answer() -> None:
    found = split(WORLD, Territory("france", "France", (Holding("FR-IDF"), Holding("FR-BRE"))))
    assert "France" in found
    assert "France: elsewhere" not in found


def test_many_countries_that_no_rule_tells_apart_become_one_answer() -> None:
    members = ("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES")
    bloc = Territory("bloc", "Bloc", tuple(map(Holding, members)))
    found = split(dict.fromkeys((*members, "US"), ""), bloc)
    assert len(found) == 2
    assert found["Another country or territory"] == {"US"}
    assert next(iter(found)).startswith("Austria, Belgium, Bulgaria,")


def test_of_the_shipped_rules_every_code_there_is_stands_in_exactly_one_answer_or_is_a_whole_of_answers() -> None:
    cases = Cases(RULESET)
    for publisher in ("rferl", "dw", "kloop"):
        found = Inquest(cases, RULESET.publishers[publisher], "en", Grade.SOURCED, MOMENT)
        grounds = [RULESET.ground(day) for day in RULESET.history.dates(MOMENT)]
        for question in found.questions:
            if question.topic not in (Topic.PLACE, Topic.HOME):
                continue
            kind = LocatedIn if question.topic is Topic.PLACE else ResidentOf
            named = {name for leaf in found.asked if isinstance(leaf, kind) for name in leaf.names}
            codes = [code for option in question.options for code in option.stands_for]
            assert len(codes) == len(set(codes))
            assert RULESET.gazetteer.parents.keys() - set(codes) <= {"UA"}
            for option in question.options[1:]:
                for name, ground in product(named, grounds):
                    assert len({ground.holds(name, code) for code in option.stands_for}) == 1


# ---- covers --------------------------------------------------------------------------------------------------


@st.composite
def tables(draw: st.DrawFn) -> tuple[Grid, int]:
    grid = Grid(tuple(draw(st.lists(st.integers(1, 5), min_size=1, max_size=4))))
    cells = 1
    for size in grid.sizes:
        cells *= size
    return grid, draw(st.integers(0, (1 << cells) - 1))


@given(tables())
def test_a_cover_has_exactly_the_wanted_cells_and_no_product_without_need(table: tuple[Grid, int]) -> None:
    grid, wanted = table
    found = grid.cover(wanted)
    union = 0
    for part in found:
        union |= grid.cells(part)
    assert union == wanted
    for left_out in found:
        rest = 0
        for part in found:
            rest |= grid.cells(part) if part is not left_out else 0
        assert rest != wanted


@pytest.mark.parametrize("cell", range(12))
def test_a_cell_is_where_its_options_cross_and_the_last_question_runs_fastest(cell: int) -> None:
    grid = Grid((2, 3, 2))
    one, two, three = cell // 6, cell // 2 % 3, cell % 2
    assert grid.cells((frozenset({one}), frozenset({two}), frozenset({three}))) == 1 << cell
