"""Record changes: dates, sources, registers, territories and acts that were entered otherwise."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from service.counsel.comparison.change import Caution
from service.counsel.comparison.record_change import Matter, record_changes
from service.law.act import Exposure, Risk
from service.law.citation import Citation, Citations, Review, Seen
from service.law.condition import AllOf
from service.law.defence import Defence
from service.law.notice import Notice
from service.law.position import Position
from service.law.ruleset import RuleSet
from service.law.standing import State, Step, Timeline, standing
from service.law.territory import Holding
from tests.law.seed import NOTICE, REGISTER, RULESET, RUSSIA_CONTROLLED, SEED, day, entry


def sentences(before: RuleSet, after: RuleSet) -> list[tuple[Matter, str]]:
    return [(change.matter, change.sentence) for change in record_changes(before, after)]


def with_notice(**changes: object) -> RuleSet:
    return replace(RULESET, notices={NOTICE: replace(SEED, **changes)})  # type: ignore[arg-type]


def source(**changes: object) -> Citations:
    known = Citation("law", "The law", "https://law.example/", Seen.PRESS, date(2026, 1, 1))
    return Citations({"law": replace(known, **changes)})  # type: ignore[arg-type]


def test_another_date_of_a_law_is_told() -> None:
    later = standing([Step(day("2015-06-01"), State.IN_FORCE)])
    assert sentences(with_notice(), with_notice(standing=later)) == [
        (Matter.DATES, "the notice: in force from 2015-05-23 became in force from 2015-06-01")
    ]


def test_every_fact_of_a_source_is_told_by_itself() -> None:
    before, after = with_notice(citations=source()), with_notice(
        citations=source(seen=Seen.OFFICIAL, checked=date(2026, 2, 1))
    )  # fmt: skip
    assert sentences(before, after) == [
        (Matter.SOURCES, 'law: grade "press" became "official"'),
        (Matter.SOURCES, "law: opened on 2026-02-01, before on 2026-01-01"),
    ]
    assert sentences(with_notice(), before) == [(Matter.SOURCES, 'law: new source "The law" (press)')]


def test_entries_of_a_register_come_and_go() -> None:
    entries = (*REGISTER.entries[1:], entry("kloop", "2026-02-01"))
    after = replace(RULESET, registers={REGISTER.id: replace(REGISTER, entries=entries, checked=date(2026, 12, 1))})
    assert sentences(RULESET, after) == [
        (Matter.REGISTERS, "kloop: new, in force from 2026-02-01"),
        (Matter.REGISTERS, "the list was checked on 2026-12-01, before on 2026-11-23"),
        (Matter.REGISTERS, "theins: gone, was in force from 2022-07-15"),
    ]


def test_a_place_that_is_held_otherwise_is_told() -> None:
    land = replace(RUSSIA_CONTROLLED, wholly=(*RUSSIA_CONTROLLED.wholly, Holding("UA-65", share="72 %")))
    assert sentences(RULESET, replace(RULESET, territories={land.id: land})) == [
        (Matter.TERRITORIES, "UA-65 wholly: new, always in force, 72 %")
    ]


def test_an_act_that_is_said_to_be_less_dangerous_is_less_cautious() -> None:
    criminal, none = Timeline.always(Exposure(Risk.CRIMINAL)), Timeline.always(Exposure(Risk.NONE))
    quieter = record_changes(with_notice(acts={"like": criminal}), with_notice(acts={"like": none}))
    louder = record_changes(with_notice(acts={"like": none}), with_notice(acts={"like": criminal}))
    forgotten = record_changes(with_notice(acts={"like": criminal}), with_notice())
    assert [(change.sentence, change.caution) for change in quieter] == [("like: criminal became none", Caution.LESS)]
    assert [change.caution for change in louder] == [Caution.OTHER]
    assert [change.sentence for change in forgotten] == ["like: criminal became not stated"]


def test_a_review_and_a_publishers_choices_are_told() -> None:
    review = Review("legal desk", date(2026, 1, 1), date(2026, 4, 1))
    after = with_notice(review=replace(review, next=date(2026, 5, 1)))
    us = replace(RULESET.publishers["rferl"], hides=True)
    after = replace(after, publishers={**RULESET.publishers, "rferl": us})
    assert sentences(with_notice(review=review), after) == [
        (Matter.CHOICES, "held back: fold became hide"),
        (Matter.REVIEWS, "next: 2026-04-01 became 2026-05-01"),
    ]


def test_files_that_come_and_go_are_told_and_moved_lines_are_not() -> None:
    moved = replace(RULESET, notices={NOTICE: replace(SEED, at=Position("x", 9, 9))})
    assert sentences(RULESET, moved) == []
    other: Notice = replace(SEED, id="ru/other")
    assert sentences(RULESET, replace(RULESET, notices={"ru/other": other})) == [
        (Matter.FILES, "new file"),
        (Matter.FILES, "file removed"),
    ]


def test_a_defence_that_comes_goes_or_says_something_else_is_told() -> None:
    excuse = Defence("Reasonable excuse", ("journalism",), "law")
    narrower = replace(excuse, includes=(), at=Position("file", 7, 1))
    without, with_it = with_notice(), with_notice(defences=(excuse,))
    told = "Reasonable excuse: {}"
    assert sentences(without, with_it) == [(Matter.DEFENCES, told.format("new, journalism; because law"))]
    assert sentences(with_it, without) == [(Matter.DEFENCES, told.format("gone, was journalism; because law"))]
    became = told.format("journalism; because law became because law")
    assert sentences(with_it, with_notice(defences=(narrower,))) == [(Matter.DEFENCES, became)]
    assert sentences(with_it, with_notice(defences=(replace(excuse, at=Position("file", 7, 1)),))) == []


def test_a_condition_that_is_written_otherwise_is_told_even_if_it_says_the_same() -> None:
    again = AllOf(of=(SEED.applies_when,))
    assert sentences(with_notice(), with_notice(applies_when=again)) == [
        (Matter.RULES, "applies_when written otherwise")
    ]
    land = replace(RUSSIA_CONTROLLED, title="Another title")
    assert sentences(RULESET, replace(RULESET, territories={land.id: land})) == [(Matter.RULES, "written otherwise")]
