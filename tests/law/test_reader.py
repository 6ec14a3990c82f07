"""The thirty readers of RULES.md section 3, worked out by hand before any code existed."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from service.law.act import Basis
from service.law.condition import AllOf, CitizenOf, Content, Everyone, LocatedIn, Not
from service.law.examination import Finding, Visit, examine
from service.law.moment import Moment
from service.law.notice import Concern, Kind, Notice
from service.law.reader import Reader
from service.law.register import Register
from service.law.ruleset import RuleSet

from .seed import NOTICE, OWN_WORDING, PUBLISHERS, RULESET, SEED, TODAY, entry

ALL = frozenset({"place", "nationality", "residence", "law"})
STATUS = frozenset({"nationality", "residence", "law"})
NONE: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Row:
    """One row of the table; `doubts` are all of them, or with `more` some of them."""

    number: int
    reader: Reader
    page: str | None
    verdict: str
    shown: str
    doubts: frozenset[str]
    more: bool = False


def who(*located_in: str, **facts: object) -> Reader:
    """A reader with these candidate places."""
    for name in ("citizen_of", "not_citizen_of"):
        if name in facts:
            facts[name] = frozenset(str(facts[name]).split())
    return Reader(located_in=frozenset(located_in), **facts)  # type: ignore[arg-type]


TABLE = [
    Row(1, who("unknown"), "en", "may_apply", "full", ALL),
    Row(2, who("unknown"), None, "may_apply", "full", ALL),
    Row(3, who("DE"), "en", "may_apply", "folded", STATUS),
    Row(4, who("DE"), "ru", "may_apply", "full", STATUS),
    Row(5, who("DE"), None, "may_apply", "full", STATUS),
    Row(6, who("DE", citizen_of="RU"), "en", "applies", "full", NONE),
    Row(7, who("DE", citizen_of="DE RU"), "en", "applies", "full", NONE),
    Row(8, who("DE", citizen_of="DE"), "ru", "may_apply", "full", frozenset({"nationality"})),
    Row(9, who("DE", citizen_of="DE", not_citizen_of="other"), "ru", "does_not_apply", "none", NONE),
    Row(10, who("RU-MOW", citizen_of="RU"), None, "applies", "full", NONE),
    Row(11, who("RU-MOW"), None, "may_apply", "full", STATUS),
    Row(12, who("RU-MOW", citizen_of="DE", not_citizen_of="other"), None, "may_apply", "full", frozenset({"law"})),
    Row(13, who("RU-MOW", stateless=True), None, "may_apply", "full", frozenset({"residence", "law"})),
    Row(14, who("UA-43", citizen_of="UA"), None, "may_apply", "full", frozenset({"nationality", "law"})),
    Row(15, who("UA-43", stateless=True, resident_of="UA-43"), None, "applies", "full", NONE),
    Row(16, who("UA-14", stateless=True, resident_of="UA-14"), None, "may_apply", "full",
        frozenset({"place", "residence", "law"})),
    Row(17, who("UA-14", citizen_of="UA", not_citizen_of="other"), None, "may_apply", "full",
        frozenset({"place", "law"})),
    Row(18, who("DE", stateless=True), "en", "may_apply", "folded", frozenset({"residence", "law"})),
    Row(19, who("DE", stateless=True), "ru", "may_apply", "full", frozenset({"residence", "law"})),
    Row(20, who("DE", stateless=True, resident_of="RU"), "en", "may_apply", "folded", frozenset({"law"})),
    Row(21, who("RU-MOW", "DE"), "en", "may_apply", "full", frozenset({"place"}), more=True),
    Row(22, who("RU", "UA-43"), "uk", "may_apply", "full", STATUS),
    Row(23, who("RU", "UA-43", citizen_of="RU"), None, "applies", "full", NONE),
    Row(24, who("UA-30", "UA-43"), "uk", "may_apply", "full", frozenset({"place"}), more=True),
    Row(25, who("UA-30"), "uk", "may_apply", "folded", frozenset({"nationality"}), more=True),
    Row(26, who("UA"), "uk", "may_apply", "full", frozenset({"place"}), more=True),
    Row(27, who("DE", "unknown"), "en", "may_apply", "full", frozenset({"place"}), more=True),
    Row(28, who(), None, "may_apply", "full", frozenset({"place"}), more=True),
    Row(29, who("KZ"), "kk", "may_apply", "folded", frozenset({"nationality"}), more=True),
    Row(30, who("DE", stateless=True, citizen_of="RU"), "en", "applies", "full", NONE),
]  # fmt: skip


def seed_of(reader: Reader, page: str | None, publisher: str = "rferl") -> Finding:
    """What the seed says to a reader on the day of the table."""
    (found,) = examine(RULESET, Visit(publisher, Moment.on(TODAY), reader, page)).findings
    assert found.notice.id == NOTICE
    return found


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"row-{row.number}")
def test_each_of_the_thirty_readers_is_told_what_the_table_says(row: Row) -> None:
    found = seed_of(row.reader, row.page)
    assert found.verdict.value == row.verdict
    assert found.shown.value == row.shown
    if row.more:
        assert found.subjects >= row.doubts
    else:
        assert found.subjects == row.doubts


def test_the_table_has_all_thirty_rows() -> None:
    assert [row.number for row in TABLE] == list(range(1, 31))


@pytest.mark.parametrize("number", [1, 11, 14, 16, 21, 22, 26, 27, 28])
def test_the_publishers_own_text_is_used_where_the_case_that_it_speaks_for_is_open(number: int) -> None:
    row = TABLE[number - 1]
    own, *rest = seed_of(row.reader, row.page).wordings
    assert own.texts == OWN_WORDING.texts
    assert rest == [SEED.wording]


@pytest.mark.parametrize("number", [3, 4, 5, 8, 18, 19, 20, 25, 29])
def test_the_notices_own_text_is_used_where_only_other_cases_are_open(number: int) -> None:
    row = TABLE[number - 1]
    assert seed_of(row.reader, row.page).wordings == (SEED.wording,)


@pytest.mark.parametrize("number", [6, 7, 10, 15, 23, 30])
def test_a_publisher_that_has_no_text_for_applies_leaves_it_to_the_notice(number: int) -> None:
    row = TABLE[number - 1]
    assert seed_of(row.reader, row.page).wordings == (SEED.wording,)


def test_a_publisher_without_a_text_of_its_own_uses_the_notices() -> None:
    assert seed_of(who("RU-MOW"), "ru", "meduza").wordings == (SEED.wording,)


def test_the_wide_case_of_a_tourist_is_not_the_one_that_the_publisher_speaks_for() -> None:
    """Row 12: `inside` is NO for a foreigner with no other passport; only `foreigner-inside` is open."""
    found = seed_of(TABLE[11].reader, None)
    assert {case: int(truth) for case, truth in found.cases.items()} == {
        "inside": 0, "abroad-administrative": 0, "abroad": 0, "foreigner-inside": 1,
    }  # fmt: skip
    assert found.wordings == (SEED.wording,)


def law_of(id: str, tree: object, concerns: Concern, kind: Kind = Kind.READER_RISK, unsure: object = None) -> Notice:
    return Notice(id, {"en": id}, kind, Basis.STATUTE, concerns, tree, warn_when_unsure=unsure)  # type: ignore[arg-type]


def several_registers() -> RuleSet:
    """A brand of RFE/RL that Belarus lists twice and Russia also calls a foreign agent."""
    inside = LocatedIn(names=("BY",))
    notices = [
        SEED,
        law_of("by/extremist-materials", inside, Concern(register="by/materials")),
        law_of("by/extremist-formation", inside, Concern(register="by/formations")),
        law_of("ru/foreign-agent-label", Everyone(), Concern(register="ru/agents"), Kind.PUBLISHER_DUTY),
    ]
    lists = {
        id: Register(id, id, "Somebody", TODAY, entries=(entry("svaboda", "2021-01-01"),))
        for id in ("by/materials", "by/formations", "ru/agents")
    }
    return replace(
        RULESET,
        notices={notice.id: notice for notice in notices},
        registers={**RULESET.registers, **lists},
        publishers={publisher.id: publisher for publisher in PUBLISHERS},
    ).linked()


def test_a_brand_read_in_belarus_gets_both_belarusian_notices_and_the_russian_one_folded() -> None:
    found = examine(several_registers(), Visit("svaboda", Moment.on(TODAY), who("BY"), "be")).findings
    assert {finding.notice.id: (finding.verdict.value, finding.shown.value) for finding in found} == {
        "by/extremist-formation": ("applies", "full"),
        "by/extremist-materials": ("applies", "full"),
        "ru/undesirable-organization": ("may_apply", "folded"),
        "ru/foreign-agent-label": ("applies", "none"),
    }


def test_a_page_says_first_what_applies_then_what_may_apply_then_what_is_held_back() -> None:
    shown = examine(several_registers(), Visit("svaboda", Moment.on(TODAY), who("BY"), "be")).shown
    assert [finding.notice.id for finding in shown] == [
        "by/extremist-formation", "by/extremist-materials", "ru/undesirable-organization",
    ]  # fmt: skip


def test_among_what_may_apply_the_readers_own_place_comes_before_other_laws() -> None:
    notices = {
        "aa/abroad": law_of("aa/abroad", CitizenOf(names=("RU",)), Concern()),
        "zz/here": law_of("zz/here", AllOf(of=(LocatedIn(names=("BY",)), CitizenOf(names=("BY",)))), Concern()),
    }
    found = examine(replace(RULESET, notices=notices).linked(), Visit("rferl", Moment.on(TODAY), who("BY"))).findings
    assert [finding.notice.id for finding in found] == ["zz/here", "aa/abroad"]


def test_an_act_in_a_request_orders_and_never_hides() -> None:
    visit = Visit("svaboda", Moment.on(TODAY), who("BY"), "be")
    ruleset = several_registers()
    plain = examine(ruleset, visit)
    asked = examine(ruleset, replace(visit, act="share"))
    assert {(found.notice.id, found.verdict, found.shown) for found in plain.findings} == {
        (found.notice.id, found.verdict, found.shown) for found in asked.findings
    }


def test_undeclared_content_is_possible_only_where_the_publisher_says_that_it_may_carry_it() -> None:
    ruleset = replace(RULESET, notices={"ru/tagged": law_of("ru/tagged", Everyone(), Concern(content=("ru/list",)))})
    publisher = ruleset.publishers["rferl"]
    carrying = replace(publisher, may_carry=frozenset({"ru/list"}))
    for who_asks, content, expected in [
        (publisher, None, None),
        (publisher, frozenset({"ru/list"}), "applies"),
        (carrying, None, "may_apply"),
        (carrying, frozenset(), None),
        (carrying, frozenset({"ru/list"}), "applies"),
    ]:
        asked = replace(ruleset, publishers={"rferl": who_asks}).linked()
        found = examine(asked, Visit("rferl", Moment.on(TODAY), content=content)).findings
        assert [finding.verdict.value for finding in found] == ([expected] if expected else [])
        if expected == "may_apply":
            assert found[0].subjects == {"content"}


def test_a_page_condition_on_handling_is_answered_by_the_page() -> None:
    """`not: {content: human-reviewed}`: an exemption by handling, closed like all that a publisher says."""
    ruleset = replace(
        RULESET, notices={"us/ai": law_of("us/ai", Not(of=Content(names=("human-reviewed",))), Concern())}
    )
    for content, expected in [
        (None, "applies"),
        (frozenset(), "applies"),
        (frozenset({"human-reviewed"}), "does_not_apply"),
    ]:
        (found,) = examine(ruleset.linked(), Visit("rferl", Moment.on(TODAY), content=content)).findings
        assert found.verdict.value == expected
