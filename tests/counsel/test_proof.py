"""Proof: every case is walked, and an engine or a publisher that is not safe is caught."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given

from service.counsel.proof.learning import Learning
from service.counsel.proof.promise import Promise
from service.counsel.proof.proof import Proof, prove
from service.law.cases import Cases
from service.law.condition import (
    Age,
    AllOf,
    AnyOf,
    CitizenOf,
    Content,
    LocatedIn,
    Occupation,
    Possibly,
    ResidentOf,
    Stateless,
)
from service.law.examination import Examination, Visit, examine
from service.law.moment import Moment
from service.law.notice import Kind
from service.law.place import UNKNOWN
from service.law.prescribed import Prescribed, Slot
from service.law.publisher import Publisher
from service.law.ruleset import RuleSet
from service.law.verdict import Shown, Verdict
from service.law.wording import Speech, Wording
from tests.law import laws, strategies
from tests.law.seed import NOTICE, OWN_WORDING, RFERL, RULESET, TODAY
from tests.law.strategies import LAW, Country, plain_country

ENGLISH = Wording({"en": {Verdict.APPLIES: Speech("It does."), Verdict.MAY_APPLY: Speech("If you are …")}})


def promises(proof: Proof) -> set[Promise]:
    """The promises that are broken."""
    return {missed.promise for missed in proof.missed}


def with_rferl(**changes: Any) -> RuleSet:
    """The seed with another RFE/RL."""
    return replace(RULESET, publishers={**RULESET.publishers, "rferl": replace(RFERL, **changes)})


def own(speech: Speech) -> dict[str, Wording]:
    """A publisher's own text for those whom the law may concern."""
    return {NOTICE: Wording({"en": {Verdict.MAY_APPLY: speech}})}


def test_the_seed_is_proved_and_its_declared_gap_is_printed() -> None:
    proof = prove(replace(RULESET, fingerprint="1a2b3c"))
    assert proof.holds
    assert proof.readers > 500
    assert list(proof.lines())[-1] == f"{proof.readers:,} readers that differ, 0 missed; rule set 1a2b3c"
    assert (
        "gap declared: rferl ru/undesirable-organization (en) leaves out abroad-administrative, abroad, "
        "foreigner-inside (RFE/RL's own footer, word for word)"
    ) in list(proof.lines())


def test_every_case_before_every_kind_of_publisher_is_asked_once() -> None:
    # RFE/RL has a text of its own, the others are alike; and whoever is listed in 2022 or later can see no change of
    # the law after that.
    walked = len(list(Cases(RULESET).walk(RULESET.notices[NOTICE], RFERL, Moment.on(TODAY))))
    assert prove(RULESET).readers == 2 * walked


def test_a_publisher_like_another_adds_no_reader() -> None:
    twin = replace(RULESET.publishers["meduza"], id="twin", part_of="meduza")
    entries = RULESET.registers["ru/undesirable-organizations"].entries
    covered = tuple(replace(entry, covers_parts=True) for entry in entries)
    registers = {id: replace(register, entries=covered) for id, register in RULESET.registers.items()}
    twins = replace(RULESET, registers=registers, publishers={**RULESET.publishers, "twin": twin})
    assert prove(twins).readers == prove(replace(RULESET, registers=registers)).readers


# ---- engines that are not safe ---------------------------------------------------------------------------------


def altered(examination: Examination, **changes: Any) -> Examination:
    """The examination with every finding that may apply told otherwise."""
    return replace(
        examination,
        findings=tuple(
            replace(found, **changes) if found.verdict is Verdict.MAY_APPLY else found for found in examination.findings
        ),
    )


def not_known_is_no(ruleset: RuleSet, visit: Visit) -> Examination:
    return altered(examine(ruleset, visit), verdict=Verdict.DOES_NOT_APPLY, shown=Shown.NONE)


def folds_everything(ruleset: RuleSet, visit: Visit) -> Examination:
    return altered(examine(ruleset, visit), shown=Shown.FOLDED)


def silent_on_the_unknown(ruleset: RuleSet, visit: Visit) -> Examination:
    if visit.reader.candidates == {UNKNOWN}:
        return altered(examine(ruleset, visit), shown=Shown.NONE)
    return examine(ruleset, visit)


def folds_what_applies(ruleset: RuleSet, visit: Visit) -> Examination:
    examination = examine(ruleset, visit)
    return replace(examination, findings=tuple(replace(found, shown=Shown.FOLDED) for found in examination.findings))


def forgets_places_that_are_held_in_part(ruleset: RuleSet, visit: Visit) -> Examination:
    if visit.reader.candidates == {"UA"}:
        return altered(examine(ruleset, visit), shown=Shown.FOLDED)
    return examine(ruleset, visit)


def test_an_engine_that_takes_not_known_for_no_overturns_itself() -> None:
    proof = prove(RULESET, not_known_is_no)
    assert Promise.LEARNING in promises(proof)
    assert not proof.holds
    assert proof.missed_readers > 0
    assert any("does_not_apply becomes applies" in str(missed) for missed in proof.missed)


@pytest.mark.parametrize(
    "engine", [folds_everything, silent_on_the_unknown, folds_what_applies, forgets_places_that_are_held_in_part]
)
def test_an_engine_that_warns_less_is_caught(engine: object) -> None:
    assert promises(prove(RULESET, engine)) == {Promise.WARNED}  # type: ignore[arg-type]


def test_a_broken_promise_names_the_reader_of_whom_least_is_known() -> None:
    (missed,) = [one for one in prove(RULESET, forgets_places_that_are_held_in_part).missed if one.publisher == "rferl"]
    assert missed.reader == "{located_in: UA}"
    assert missed.readers > 1
    assert str(missed).startswith(f"rferl {NOTICE}: it may apply to somebody who may be in the law's place")


# ---- publishers and texts that are not safe --------------------------------------------------------------------


def test_an_own_text_that_is_silent_on_an_open_case_without_saying_so_is_caught() -> None:
    proof = prove(with_rferl(own=own(Speech("Inside only.", speaks_for=frozenset({"inside"})))))
    assert promises(proof) == {Promise.SPEAKS}
    assert {missed.publisher for missed in proof.missed} == {"rferl"}
    assert {missed.what.rpartition(" ")[2] for missed in proof.missed} == {
        "abroad",
        "abroad-administrative",
        "foreigner-inside",
    }


def test_an_own_text_that_says_nothing_of_cases_is_caught() -> None:
    assert promises(prove(with_rferl(own=own(Speech("Beware."))))) == {Promise.SPEAKS}


def test_an_own_text_that_speaks_for_all_cases_leaves_no_gap() -> None:
    named = frozenset({"inside", "abroad-administrative", "abroad", "foreigner-inside"})
    proof = prove(with_rferl(own=own(Speech("All.", speaks_for=named))))
    assert proof.holds
    assert proof.gaps == ()


def test_a_gap_is_declared_only_for_cases_that_are_open_for_somebody() -> None:
    (gap,) = prove(with_rferl(own={NOTICE: OWN_WORDING})).gaps
    assert gap.cases == ("abroad-administrative", "abroad", "foreigner-inside")
    assert gap.reason == "RFE/RL's own footer, word for word"


@pytest.mark.parametrize("hides", [True, False])
@pytest.mark.parametrize("universal", [None, (), (NOTICE,)])
def test_no_choice_of_what_is_folded_or_hidden_breaks_a_promise(hides: bool, universal: tuple[str, ...] | None) -> None:
    assert prove(with_rferl(hides=hides, universal=universal)).holds


@pytest.mark.parametrize(
    "wording",
    [
        Wording(),
        Wording({"ru": ENGLISH.texts["en"]}),
        Wording({"en": {Verdict.MAY_APPLY: Speech("If …")}}),
        Wording({"en": {verdict: replace(text, draft=True) for verdict, text in ENGLISH.texts["en"].items()}}),
    ],
)
def test_a_notice_without_a_finished_english_text_for_what_it_can_say_is_caught(wording: Wording) -> None:
    country = plain_country(LocatedIn(names=("A",)), wording=wording)
    assert promises(prove(country.ruleset)) == {Promise.SPEAKS}
    assert prove(country.with_law(wording=ENGLISH).ruleset).holds


def test_a_publishers_language_without_a_text_is_named_with_the_language_served_instead() -> None:
    country = plain_country(LocatedIn(names=("A",)), wording=ENGLISH)
    us = replace(country.us, languages=("en", "ky", "uk", "be"), fallback={"uk": ("en",)})
    proof = prove(country.with_us(us).ruleset)
    assert proof.holds
    assert [str(one) for one in proof.untranslated] == [
        f"us {LAW} has no text in ky; en is served",
        f"us {LAW} has no text in be; en is served",
    ]


def test_a_duty_that_is_carried_needs_its_text_and_what_stands_in_its_slots() -> None:
    label = Prescribed("ru", "{name}", "", slots={"name": Slot("name")})
    country = plain_country(LocatedIn(names=("A",)), kind=Kind.PUBLISHER_DUTY, prescribed=label)
    carrying = replace(country.us, carries=frozenset({LAW}))
    assert prove(country.ruleset).holds
    assert promises(prove(country.with_us(carrying).ruleset)) == {Promise.SPEAKS}
    assert prove(country.with_us(replace(carrying, slots={LAW: {"name": "Us"}})).ruleset).holds
    assert not prove(country.with_law(prescribed=None).with_us(carrying).ruleset).holds


# ---- any law ---------------------------------------------------------------------------------------------------


@strategies.times(0.3)
@given(strategies.countries())
def test_the_engine_keeps_its_promises_under_any_law(country: Country) -> None:
    assert promises(prove(country.ruleset)) <= {Promise.SPEAKS}


def test_of_laws_of_every_shape_only_the_text_that_is_silent_is_caught() -> None:
    shapes = {id: notice for id, notice in laws.RULESET.notices.items() if id not in ("tj/tangle", "fr/levels")}
    proof = prove(replace(laws.RULESET, notices=shapes))  # without the two that take longest
    assert [(missed.notice, missed.what) for missed in proof.missed] == [
        ("gb/doubted", "the publisher's en text for may_apply is silent on citizen")
    ]


def test_whatever_is_learnt_leads_to_another_case_of_the_same_notice() -> None:
    tree = AnyOf(
        of=(
            AllOf(of=(Age(least=18), Occupation(names=("journalist", "editor")), Content(names=("x",)))),
            Possibly(of=AllOf(of=(Stateless(), ResidentOf(names=("A",))))),
            CitizenOf(names=("A", "B")),
            CitizenOf(names=("B", "C")),
            LocatedIn(names=("A-1",)),
        )
    )
    country = plain_country(tree).with_us(Publisher("us", {}, may_carry=frozenset({"x"})))
    learning = Learning(Cases(country.ruleset), country.law, country.us, Moment.on(TODAY))
    keys = {learning.key(visit) for visit in learning.visits}
    steps = [(visit, step) for visit in learning.visits for step in learning.steps(visit)]
    assert len(keys) == len(learning.visits)
    assert {learning.key(step) for _, step in steps} <= keys
    assert all(learning.key(step) != learning.key(visit) for visit, step in steps)
    reached = {learning.key(step) for _, step in steps}
    beginnings = [visit.reader for visit in learning.visits if learning.key(visit) not in reached]
    contradictory = [reader for reader in beginnings if reader.stateless and reader.citizen_of]
    assert len(beginnings) == len(contradictory) + 1  # all else is learnt from nothing, fact by fact


def test_the_same_is_said_to_machines() -> None:
    proof = prove(with_rferl(own=own(Speech("Beware."))))
    data = proof.as_data()
    assert data["readers"] == proof.readers
    assert isinstance(data["missed"], list)
    assert len(data["missed"]) == len(proof.missed)
