"""Whole set: what files say of each other, and what is made of them."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from service.law.act import NOT_STATED, Risk
from service.law.condition import AllOf, AnyOf, LocatedIn, Possibly, cases
from service.law.notice import Kind
from service.law.penalty import Amount
from service.law.ruleset import RuleSet
from service.law.standing import State
from service.law.verdict import Verdict
from service.rulebook import load, read
from service.rulebook.shelf import HEAVIEST

GOOD = Path(__file__).parents[1] / "mistakes" / "good"
RULES = Path(__file__).parents[2] / "rules"


@pytest.fixture
def good() -> dict[str, bytes]:
    """The bytes of the good set, by path."""
    return {path.relative_to(GOOD).as_posix(): path.read_bytes() for path in GOOD.rglob("*.yaml")}


@pytest.fixture(scope="module")
def ruleset() -> RuleSet:
    """The good set."""
    loaded = load(GOOD).ruleset
    assert loaded is not None
    return loaded


def said(files: dict[str, bytes]) -> list[str]:
    """What is said of some files."""
    return [str(problem) for problem in read(files).problems]


def test_the_rules_that_ship_have_no_error() -> None:
    loaded = load(RULES)
    assert loaded.errors == ()
    assert loaded.ruleset is not None
    assert {"ru/undesirable-organization", "by/extremist-formation"} <= set(loaded.ruleset.notices)


def test_a_case_is_law_from_its_first_day(ruleset: RuleSet) -> None:
    abroad = cases(ruleset.notices["ru/listed"].applies_when)["abroad"]
    assert isinstance(abroad, Possibly)
    assert abroad.standing.at(date(2021, 6, 30)) is State.NOT_YET
    assert abroad.standing.at(date(2021, 7, 1)) is State.IN_FORCE
    assert abroad.because == "law"
    assert (abroad.at.file, abroad.at.line) == ("notices/ru/listed.yaml", 13)


def test_a_notice_is_read_as_it_is_written(ruleset: RuleSet) -> None:
    notice = ruleset.notices["ru/listed"]
    assert notice.kind is Kind.READER_RISK
    assert notice.concerns.register == "ru/list"
    assert isinstance(notice.applies_when, AnyOf)
    assert notice.standing.days == (date(2015, 5, 23),)
    assert notice.penalties[0].kinds == {"fine": Amount("5000", "15000", "RUB")}
    assert notice.penalties[1].repeated
    assert notice.penalties[1].choices == ({"forced_labour": Amount()}, {"prison": Amount("1 year", "4 years")})
    assert notice.review is not None
    assert not notice.review.approved
    assert notice.citations["law"].url == "https://law.example.org/"


def test_acts_change_on_their_days_and_are_not_stated_before(ruleset: RuleSet) -> None:
    like = ruleset.notices["ru/listed"].acts["like"]
    assert like.at(date(2017, 12, 31)) == NOT_STATED
    assert like.at(date(2018, 1, 1)).risk is Risk.CRIMINAL
    assert like.at(date(2025, 5, 14)).risk is Risk.NONE
    share = ruleset.notices["ru/listed"].acts["share"]
    assert share.days == ()
    assert share.values[0].repeated is Risk.CRIMINAL
    assert ruleset.notices["ru/listed"].acts["donate"].values[0].see == "by/money"


def test_texts_keep_their_paragraphs_and_lose_the_last_line_break(ruleset: RuleSet) -> None:
    wording = ruleset.notices["ru/listed"].wording
    speech = wording.texts["en"][Verdict.MAY_APPLY]
    assert speech.text.endswith("{publisher} writes.\n\nTo find out more, [click here].")
    assert speech.links == {"click here": "https://law.example.org/more"}
    assert [text.draft for text in wording.texts["ru"].values()] == [True, True]


def test_a_register_entry_lasts_from_the_earlier_day_to_the_last_of_its_removal(ruleset: RuleSet) -> None:
    register = ruleset.registers["ru/list"]
    whole, person = register.entries
    assert register.stale_after == timedelta(days=30)
    assert whole.covers_parts
    assert whole.standing.days == (date(2024, 2, 2),)
    assert person.standing.days == (date(2024, 3, 1), date(2026, 1, 1))
    assert (person.person, person.measures, person.listed) == ("ru/editor", ("funds",), "2024-03")


def test_a_publisher_is_read_as_it_is_written(ruleset: RuleSet) -> None:
    publisher = ruleset.publishers["gazette"]
    assert publisher.called("ru") == "Газета"
    assert publisher.universal == ("ru/listed", "by/money")
    assert publisher.slots["ru/label"] == {"verb": ("произведен", "направлен"), "name": "Газета"}
    speech = publisher.own["ru/listed"].texts["en"][Verdict.MAY_APPLY]
    assert (speech.speaks_for, speech.leaves_out) == (frozenset({"inside"}), frozenset({"abroad"}))
    assert publisher.universal_text["en"].text == "A law may forbid you to share this."
    east = ruleset.publishers["gazette-east"]
    assert east.hides
    assert east.universal is None
    assert east.name == {"en": "The Gazette, east"}


def test_a_territory_and_a_unit_are_read_as_they_are_written(ruleset: RuleSet) -> None:
    north, unit = ruleset.territories["north"], ruleset.units["by/base-unit"]
    assert [held.place for held in (*north.wholly, *north.partly)] == ["RU", "UA-43", "UA-14"]
    assert north.wholly[1].standing.days == (date(2014, 3, 1),)
    value = unit.value(date(2026, 5, 1))
    assert value is not None
    assert (value.value, value.currency) == ("45.5", "BYN")


def test_a_prescribed_text_is_filled(ruleset: RuleSet) -> None:
    prescribed = ruleset.notices["ru/label"].prescribed
    assert prescribed is not None
    filled = prescribed.filled({"verb": ("произведен", "распространен", "направлен"), "name": "Газета"})
    assert filled == "Материал произведен, распространен и (или) направлен агентом Газета"


def test_the_country_no_is_norway_and_not_a_no(good: dict[str, bytes]) -> None:
    path = "notices/by/money.yaml"
    loaded = read({**good, path: good[path].replace(b"[BY, PL-14]", b"[NO, BY]")})
    assert loaded.ruleset is not None
    tree = loaded.ruleset.notices["by/money"].applies_when
    assert isinstance(tree, AllOf)
    assert isinstance(tree.of[0], LocatedIn)
    assert tree.of[0].names == ("NO", "BY")


def test_same_as_is_linked_and_its_cases_can_be_spoken_for(good: dict[str, bytes]) -> None:
    path = "notices/by/money.yaml"
    good[path] = good[path].replace(b"    - not: {occupation: diplomat}\n", b"    - same_as: ru/listed\n")
    loaded = read(good)
    assert loaded.problems == ()
    assert loaded.ruleset is not None
    assert list(cases(loaded.ruleset.notices["by/money"].applies_when)) == ["inside", "abroad"]


def test_a_circle_of_several_is_told_once(good: dict[str, bytes]) -> None:
    money, listed = "notices/by/money.yaml", "notices/ru/listed.yaml"
    good[money] = good[money].replace(b"    - not: {occupation: diplomat}\n", b"    - same_as: ru/listed\n")
    good[listed] = good[listed].replace(b"possibly: {citizen_of: RU}", b"same_as: by/money")
    assert said(good) == [
        (
            "notices/by/money.yaml:12:16: same_as leads in a circle: by/money → ru/listed → by/money; "
            "remove one same_as: of them"
        )
    ]


def test_publishers_that_are_parts_of_each_other_are_told_once(good: dict[str, bytes]) -> None:
    good["publishers/gazette.yaml"] += b"part_of: gazette-east\n"
    assert said(good) == [
        (
            "publishers/gazette.yaml:26:10: part_of leads in a circle: gazette → gazette-east → gazette; "
            "remove one part_of: of them"
        )
    ]


def test_a_condition_that_grows_by_same_as_is_told_where_it_grows_too_large(good: dict[str, bytes]) -> None:
    base = good["notices/by/money.yaml"].decode()
    tree = base[base.index("applies_when:") : base.index("penalties:")]
    for number in range(30):
        below = "by/money" if number == 0 else f"by/money-{number - 1}"
        twice = f"applies_when:\n  any_of: [{{same_as: {below}}}, {{same_as: {below}}}]\n"
        good[f"notices/by/money-{number}.yaml"] = base.replace(tree, twice).encode()
    problems = said(good)
    assert len(problems) == 1
    assert f"with what same_as brings in, the condition has more than {HEAVIEST} parts" in problems[0]


def test_a_long_chain_of_same_as_does_not_end_the_program(good: dict[str, bytes]) -> None:
    base = good["notices/by/money.yaml"].decode()
    start, end = base.index("applies_when:"), base.index("penalties:")
    for number in range(600):
        below = "by/money" if number == 0 else f"by/money-{number - 1}"
        text = f"{base[:start]}applies_when: {{same_as: {below}}}\n{base[end:]}"
        good[f"notices/by/money-{number}.yaml"] = text.encode()
    assert [problem for problem in said(good) if "failed" in problem] == []


def test_a_broken_file_is_not_missing_for_those_that_name_it(good: dict[str, bytes]) -> None:
    for path in list(good):
        broken = {**good, path: b"title: [\n"}
        assert {problem.position.file for problem in read(broken).errors} == {path}


def test_a_missing_file_is_told_once_in_every_file_that_names_it(good: dict[str, bytes]) -> None:
    del good["publishers/gazette.yaml"]
    where = [problem.partition(":")[0] for problem in said(good)]
    assert where == ["notices/by/money.yaml", "notices/eu/advertising.yaml", "notices/in/tobacco.yaml",
                     "notices/ru/listed.yaml", "publishers/gazette-east.yaml", "registers/ru/list.yaml"]  # fmt: skip
    assert 'unknown publisher "gazette" (3 times)' in said(good)[3]


def test_the_bytes_are_kept_for_whoever_shows_a_mistake(good: dict[str, bytes]) -> None:
    assert read(good).sources == good
