"""Properties that hold of every law and every reader (RULES.md section 2)."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from service.law.condition import (
    Age,
    AllOf,
    AnyOf,
    CitizenOf,
    Condition,
    Content,
    LocatedIn,
    Not,
    PageLanguage,
    Possibly,
    ResidentOf,
    SameAs,
    Stateless,
)
from service.law.doubt import Doubt
from service.law.examination import Visit, examine
from service.law.moment import Moment
from service.law.notice import Concern
from service.law.reader import Reader
from service.law.ruleset import UnlinkedRule
from service.law.situation import Situation, quick
from service.law.truth import MAYBE
from service.law.verdict import Shown, Verdict

from . import oracle
from .comparison import VISIT, asked, found, nowhere, shown, told, verdict
from .strategies import (
    CANDIDATES,
    CODES,
    COUNTRIES,
    DAY,
    GAZETTEER,
    LAW,
    TRADES,
    Country,
    countries,
    every_node,
    plain_country,
    readers,
    times,
    visits,
)

A_CITIZEN = CitizenOf(names=("A",))


# ---- line 5 --------------------------------------------------------------------------------------------------


@times(2)
@given(countries(), visits())
def test_what_may_apply_has_a_doubt_and_what_is_certain_has_none(country: Country, visit: Visit) -> None:
    for one in examine(country.ruleset, visit).findings:
        assert (one.verdict is Verdict.MAY_APPLY) == bool(one.doubts)


@times(1)
@given(countries(), visits())
def test_an_explanation_says_what_the_answer_says(country: Country, visit: Visit) -> None:
    plain, explained = found(country, visit), found(country, visit, explain=True)
    assert (plain is None) == (explained is None)
    if plain is not None and explained is not None:
        assert (plain.verdict, plain.shown, plain.wordings) == (explained.verdict, explained.shown, explained.wordings)
        assert frozenset(plain.doubts) == frozenset(explained.doubts)
        assert explained.branches


@times(2)
@given(countries(), visits())
def test_the_short_cut_never_contradicts_the_truth_table(country: Country, visit: Visit) -> None:
    question = asked(country.ruleset, visit)
    situation = Situation(
        country.ruleset.ground(question.day), visit.reader, visit.page_language, visit.content, country.us.may_carry
    )
    for node in every_node(country.law.applies_when):
        short = quick(node, situation)
        try:
            assert short is MAYBE or short == oracle.truth_of(node, question)
        except oracle.TooLarge:
            assume(False)


def test_the_doubt_whose_answer_would_settle_most_comes_first_and_the_law_last() -> None:
    """Outside the place nothing else matters; inside it, no single answer settles everything."""
    here, home = LocatedIn(names=("A",)), ResidentOf(names=("A",))
    tree = AllOf(of=(AnyOf(of=(Possibly(of=Age(least=18)), home, CitizenOf(names=("A",)))), here))
    one = found(plain_country(tree), VISIT)
    assert one is not None
    assert one.doubts[0] is Doubt.PLACE
    assert one.doubts[-1] is Doubt.LAW
    assert set(one.doubts) == {Doubt.PLACE, Doubt.CITIZENSHIP, Doubt.RESIDENCE, Doubt.AGE, Doubt.LAW}


# ---- line 6: learning ----------------------------------------------------------------------------------------


@st.composite
def learned(draw: st.DrawFn, reader: Reader) -> Reader:
    """The same reader, of whom one thing more is known that does not contradict what was known."""
    kind = draw(
        st.sampled_from(["candidates", "narrower", "citizen", "not", "other", "stateless", "home", "age", "work"])
    )
    candidates = sorted(reader.candidates)
    denied = reader.not_citizen_of
    if kind == "candidates":
        kept = draw(st.frozensets(st.sampled_from(candidates), min_size=1))
        return replace(reader, located_in=kept)
    if kind == "narrower":
        place = draw(st.sampled_from(candidates))
        inside = [code for code in CODES if place == "unknown" or GAZETTEER.within(code, place)] or [place]
        narrower = draw(st.frozensets(st.sampled_from(inside), min_size=1, max_size=2))
        return replace(reader, located_in=(reader.candidates - {place}) | narrower)
    if kind == "citizen":
        free = [one for one in COUNTRIES if one not in denied]
        assume(free and "other" not in denied and reader.stateless is not True)
        return replace(reader, citizen_of=reader.citizen_of | {draw(st.sampled_from(free))})
    if kind == "not":
        free = [one for one in COUNTRIES if one not in reader.citizen_of]
        assume(free)
        return replace(reader, not_citizen_of=denied | {draw(st.sampled_from(free))})
    if kind == "other":
        return replace(reader, not_citizen_of=denied | {"other"})
    if kind == "stateless":
        assume(reader.stateless is None)
        return replace(reader, stateless=draw(st.booleans()) if not reader.citizen_of else False)
    if kind == "home":
        inside = [code for code in CODES if reader.resident_of is None or GAZETTEER.within(code, reader.resident_of)]
        return replace(reader, resident_of=draw(st.sampled_from(inside)))
    if kind == "age":
        assume(reader.age is None)
        return replace(reader, age=draw(st.integers(0, 120)))
    return replace(reader, occupation=reader.occupation | {draw(st.sampled_from(TRADES))})


@times(4)
@given(st.data(), countries(), visits())
def test_learning_a_fact_never_overturns_a_certain_verdict(data: st.DataObject, country: Country, visit: Visit) -> None:
    before = verdict(country, visit)
    for _ in range(3):
        visit = replace(visit, reader=data.draw(learned(visit.reader)))
        after = verdict(country, visit)
        assert before is Verdict.MAY_APPLY or after is before
        before = after


@times(2)
@given(countries(), visits(), st.sampled_from(["ru", "tt", "en"]))
def test_learning_the_pages_language_never_overturns_a_certain_verdict(
    country: Country, visit: Visit, language: str
) -> None:
    before = verdict(country, replace(visit, page_language=None))
    after = verdict(country, replace(visit, page_language=language))
    assert before is Verdict.MAY_APPLY or after is before


@times(2)
@given(st.data(), countries(), visits())
def test_learning_the_pages_content_never_overturns_a_certain_verdict(
    data: st.DataObject, country: Country, visit: Visit
) -> None:
    content = data.draw(st.frozensets(st.sampled_from(sorted(country.us.may_carry)))) if country.us.may_carry else ()
    before = verdict(country, replace(visit, content=None))
    after = verdict(country, replace(visit, content=frozenset(content)))
    assert before is Verdict.MAY_APPLY or after is before


def test_learning_that_a_page_is_in_a_regional_language_overturns_nothing() -> None:
    """A page asked for in `ru-RU` is a page in `ru`, also while its language is not known."""
    tree = AllOf(of=(PageLanguage(names=("ru",)), PageLanguage(names=("ru-RU",))))
    country = plain_country(tree)
    assert verdict(country, VISIT) is Verdict.MAY_APPLY
    assert verdict(country, replace(VISIT, page_language="ru-RU")) is Verdict.APPLIES


# ---- order ---------------------------------------------------------------------------------------------------


def shuffled(node: Condition, random: Random) -> Condition:
    """The same tree with the parts of every `any_of` and `all_of` in another order."""
    if isinstance(node, (AllOf, AnyOf)):
        parts = [shuffled(part, random) for part in node.of]
        random.shuffle(parts)
        return replace(node, of=tuple(parts))
    if isinstance(node, (Not, Possibly)):
        return replace(node, of=shuffled(node.of, random))
    return node


@times(2)
@given(countries(), visits(), st.randoms(use_true_random=False))
def test_the_order_of_parts_never_matters(country: Country, visit: Visit, random: Random) -> None:
    other = country.with_law(applies_when=shuffled(country.law.applies_when, random))
    assert told(country, visit) == told(other, visit)


@times(1)
@given(countries(), visits(), st.randoms(use_true_random=False))
def test_the_order_of_notices_and_entries_never_matters(country: Country, visit: Visit, random: Random) -> None:
    ruleset = country.ruleset
    mixed = list(ruleset.notices.items())
    random.shuffle(mixed)
    registers = {
        id: replace(register, entries=register.entries[::-1]) for id, register in reversed(ruleset.registers.items())
    }
    backwards = replace(
        ruleset,
        notices=dict(mixed),
        registers=registers,
        publishers=dict(reversed(ruleset.publishers.items())),
        territories=dict(reversed(ruleset.territories.items())),
    )
    assert told(country, visit) == told(Country(backwards), visit)


@times(1)
@given(countries(), visits(), st.lists(st.sampled_from(CANDIDATES), min_size=1, max_size=4))
def test_the_order_of_candidates_never_matters(country: Country, visit: Visit, places: list[str]) -> None:
    answers = [
        told(country, replace(visit, reader=replace(visit.reader, located_in=frozenset(order))))
        for order in (places, places[::-1], sorted(places))
    ]
    assert answers[0] == answers[1] == answers[2]


# ---- unknown places ------------------------------------------------------------------------------------------


@times(2)
@given(countries(), visits())
def test_no_candidate_is_the_same_as_unknown(country: Country, visit: Visit) -> None:
    nothing = replace(visit, reader=replace(visit.reader, located_in=frozenset()))
    unknown = replace(visit, reader=replace(visit.reader, located_in=frozenset({"unknown"})))
    assert told(country, nothing) == told(country, unknown)


def negated_places(node: Condition, negated: bool = False) -> bool:
    """Whether a place stands under an odd number of `not`."""
    if isinstance(node, LocatedIn):
        return negated
    return any(negated_places(part, negated is not isinstance(node, Not)) for part in node.parts)


@times(3)
@given(countries(), visits(), st.sampled_from(CANDIDATES))
def test_one_more_candidate_never_makes_a_warning_quieter(country: Country, visit: Visit, more: str) -> None:
    """Not so where a law spares a place: who may be in the spared place is perhaps spared."""
    assume(not nowhere(visit) and not negated_places(country.law.applies_when))
    assume(country.law.warn_when_unsure is None or not negated_places(country.law.warn_when_unsure))
    wider = replace(visit, reader=replace(visit.reader, located_in=visit.reader.located_in | {more}))
    assume(not nowhere(wider))
    assert shown(country, wider).loudness >= shown(country, visit).loudness


@times(2)
@given(countries(), visits())
def test_adding_unknown_never_makes_a_warning_quieter(country: Country, visit: Visit) -> None:
    assume(not nowhere(visit) and not negated_places(country.law.applies_when))
    wider = replace(visit, reader=replace(visit.reader, located_in=visit.reader.located_in | {"unknown"}))
    assert shown(country, wider).loudness >= shown(country, visit).loudness


# ---- concerned and standing, "as in 4" -----------------------------------------------------------------------


def test_a_tag_that_a_page_may_carry_is_one_fact_wherever_it_is_named() -> None:
    """Concerned by a tag, and exempt where the page carries it: no page is both."""
    country = plain_country(Not(of=Content(names=("x",))), concerns=Concern(content=("x",)))
    may = country.with_us(replace(country.us, may_carry=frozenset({"x"})))
    for content in (frozenset(), frozenset({"x"})):
        assert verdict(may, replace(VISIT, content=content)) is Verdict.DOES_NOT_APPLY
    assert verdict(may, VISIT) is Verdict.DOES_NOT_APPLY


# ---- same_as -------------------------------------------------------------------------------------------------


def test_a_law_that_is_the_same_as_another_says_the_same_and_warns_in_the_same_places() -> None:
    country = plain_country(AllOf(of=(LocatedIn(names=("A",)), CitizenOf(names=("A",)))))
    twin = replace(country.law, id="b/twin", applies_when=SameAs(notice=LAW))
    ruleset = replace(country.ruleset, notices={LAW: country.law, "b/twin": twin}).linked()
    for place in (*CODES, "unknown"):
        both = examine(ruleset, replace(VISIT, reader=Reader(frozenset({place})))).findings
        one, two = sorted(both, key=lambda finding: finding.notice.id)
        assert (one.verdict, one.shown, one.doubts, one.nearby) == (two.verdict, two.shown, two.doubts, two.nearby)


@pytest.mark.parametrize("of", ["a/law", "b/gone"])
def test_a_law_that_is_the_same_as_itself_or_as_none_is_refused(of: str) -> None:
    with pytest.raises(UnlinkedRule):
        plain_country(AnyOf(of=(Not(of=SameAs(notice=of)),)))


# ---- nothing raises ------------------------------------------------------------------------------------------

HOSTILE = st.one_of(
    st.text(max_size=8),
    st.sampled_from(
        ["", "-", "--", "A-", "-A", "A-1-", "A-1X-9", "unknown", "any", "a", "\0", "\ud800", "north", "𐍈" * 9]
    ),
)


@times(3)
@given(
    countries(),
    st.builds(
        Reader,
        located_in=st.frozensets(HOSTILE, max_size=3),
        citizen_of=st.frozensets(HOSTILE, max_size=2),
        not_citizen_of=st.frozensets(st.one_of(HOSTILE, st.just("other")), max_size=2),
        stateless=st.sampled_from([None, True, False]),
        resident_of=st.one_of(st.none(), HOSTILE),
        age=st.one_of(st.none(), st.integers(-(10**9), 10**9)),
        occupation=st.frozensets(HOSTILE, max_size=2),
    ),
    st.one_of(st.none(), HOSTILE),
    st.one_of(st.none(), st.frozensets(HOSTILE, max_size=2)),
    HOSTILE,
)
def test_nothing_that_is_said_of_a_reader_raises(
    country: Country, reader: Reader, page: str | None, content: frozenset[str] | None, act: str
) -> None:
    examine(country.ruleset, Visit("us", Moment.on(DAY), reader, page, content, act), explain=True)


@times(1)
@given(
    readers(), st.sampled_from([CitizenOf(names=("A",)), Stateless(), AllOf(of=(CitizenOf(names=("A",)), Stateless()))])
)
def test_contradictory_facts_are_both_kept(reader: Reader, tree: Condition) -> None:
    """Stateless and a citizen, a citizen and not one: what is said louder is heard."""
    both = replace(
        reader,
        citizen_of=reader.citizen_of | {"A"},
        not_citizen_of=reader.not_citizen_of | {"A", "other"},
        stateless=True,
    )
    assert verdict(plain_country(tree), replace(VISIT, reader=both)) is Verdict.APPLIES


def test_more_worlds_than_can_be_examined_are_answered_with_caution() -> None:
    wide = AnyOf(of=tuple(Possibly(of=CitizenOf(names=(f"country-{number}",))) for number in range(40)))
    one = found(plain_country(wide), VISIT)
    assert one is not None
    assert (one.verdict, one.shown) == (Verdict.MAY_APPLY, Shown.FULL)
    assert one.subjects >= {"nationality", "law"}
