"""Arrival: every key of a rule file arrives under its own name."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from service.law.act import Basis, Mind, Risk
from service.law.citation import Seen
from service.law.condition import Age, AllOf, CitizenOf, Everyone, LocatedIn, Not, PageLanguage, Stateless
from service.law.notice import Kind
from service.law.penalty import Amount, Whom
from service.law.ruleset import RuleSet
from service.law.standing import PartialDate, State
from service.law.verdict import Shown, Verdict
from service.rulebook import read

from .whole import FILES


@pytest.fixture(scope="module")
def whole() -> RuleSet:
    """A set in which every key stands somewhere."""
    loaded = read(FILES)
    assert [str(problem) for problem in loaded.errors] == []
    assert loaded.ruleset is not None
    return loaded.ruleset


def test_what_a_notice_says_of_itself_arrives(whole: RuleSet) -> None:
    notice = whole.notices["ru/law"]
    assert (notice.id, dict(notice.title), notice.kind, notice.basis) == (
        "ru/law", {"en": "A law", "ru": "Zakon"}, Kind.READER_RISK, Basis.PRACTICE,
    )  # fmt: skip
    assert (notice.concerns.register, notice.concerns.measure, notice.concerns.content) == ("ru/all", "funds", ())
    assert str(notice.concerns.at) == "notices/ru/law.yaml:4:11"
    assert str(notice.at) == "notices/ru/law.yaml:1:1"
    assert notice.standing.values == (State.NOT_YET, State.IN_FORCE)
    assert notice.warn_when_unsure == PageLanguage(names=("ru",), at=notice.warn_when_unsure.at)  # type: ignore[union-attr]


def test_what_a_condition_says_arrives(whole: RuleSet) -> None:
    tree = whole.notices["ru/law"].applies_when
    assert isinstance(tree, AllOf)
    inside, stateless, age, no = tree.of
    assert isinstance(inside, LocatedIn)
    assert (inside.case, inside.because, inside.note, inside.names) == ("inside", "one", "Where it counts", ("RU",))
    assert inside.standing.days == (date(2021, 2, 1), date(2030, 4, 1))
    assert isinstance(stateless, Stateless)
    assert stateless.expected is False
    assert isinstance(age, Age)
    assert (age.least, age.most) == (16, 99)
    assert isinstance(no, Not)
    assert isinstance(no.of, CitizenOf)
    assert no.of.names == ("DE", "FR")


def test_what_an_act_risks_arrives(whole: RuleSet) -> None:
    (share,) = whole.notices["ru/law"].acts["share"].values
    assert (share.risk, share.repeated, share.basis, share.mind, share.because, share.note, share.at.line) == (
        Risk.CRIMINAL, Risk.CRIMINAL, Basis.STATUTE, Mind.KNOWING, "one", "About sharing", 15,
    )  # fmt: skip


def test_what_is_threatened_arrives(whole: RuleSet) -> None:
    official, company = whole.notices["ru/law"].penalties
    assert (official.whom, official.followers_over, official.acts, official.sources_differ, official.repeated) == (
        Whom.OFFICIAL, 1000, ("share", "like"), True, False,
    )  # fmt: skip
    assert official.kinds == {"fine": Amount("10", "20", "", "ru/unit"), "confiscation": Amount()}
    assert (official.because, official.note, official.at.line) == ("one", "About the fine", 17)
    assert (official.when, official.choices, official.together) == (None, (), ())
    assert company.whom is Whom.COMPANY
    assert company.together == ({"blocking": Amount("15 days", "1 year")}, {"asset_freeze": Amount()})
    assert isinstance(company.when, CitizenOf)
    assert (company.followers_over, company.sources_differ, company.kinds) == (None, False, {})


def test_the_sources_and_the_review_of_a_file_arrive(whole: RuleSet) -> None:
    notice = whole.notices["ru/law"]
    (one,) = notice.citations
    assert (one.key, one.title, one.url, one.seen, one.checked, one.quote, one.at.line) == (
        "one", "The law", "https://law.example.org/", Seen.OFFICIAL, date(2026, 11, 22), "Its words", 36,
    )  # fmt: skip
    review = notice.review
    assert review is not None
    assert (review.by, review.last, review.next, review.approved_by, review.note, review.at.line) == (
        "legal desk", date(2026, 11, 23), date(2027, 2, 24), "counsel", "Read it again", 37,
    )  # fmt: skip
    assert notice.wording.approved
    assert whole.publishers["site"].own["ru/law"].approved


def test_what_is_known_of_the_reader_of_an_example_arrives(whole: RuleSet) -> None:
    (example,) = whole.notices["ru/law"].examples
    assert (example.name, example.publisher, example.on, example.page_language, example.content, example.expect) == (
        "somebody", "site", date(2026, 11, 20), "ru", frozenset({"ru/list"}), Verdict.MAY_APPLY,
    )  # fmt: skip
    assert (example.shown, example.doubts, example.at.line) == (Shown.FULL, frozenset({"place"}), 39)
    reader = example.reader
    assert (reader.located_in, reader.citizen_of) == (frozenset({"RU", "unknown"}), frozenset({"KZ"}))
    assert (reader.not_citizen_of, reader.stateless) == (frozenset({"RU", "other"}), False)
    assert (reader.resident_of, reader.age, reader.occupation) == ("RU-MOW", 34, frozenset({"teacher", "editor"}))


def test_what_a_publisher_says_of_itself_arrives(whole: RuleSet) -> None:
    site = whole.publishers["site"]
    assert (site.id, site.name, site.languages) == ("site", {"en": "Site"}, ("en", "ru"))
    assert site.fallback == {"be": ("ru",), "uk": ("ru", "en")}
    assert (site.run_by, site.site, site.may_carry) == (("ru/editor",), frozenset({"paper"}), frozenset({"ru/list"}))
    assert (site.universal, site.carries, site.hides, site.part_of) == (None, frozenset(), False, "")
    assert (site.heading_level, site.class_prefix, site.browsers_keep) == (2, "rdr", 120)
    speech = site.universal_text["ru"]
    assert (speech.text, speech.draft, speech.links) == ("[More].", True, {"More": "https://site.example.org/"})
    assert str(speech.at) == "publishers/site.yaml:8:11"
    own = site.own["ru/law"].texts["ru"][Verdict.APPLIES]
    assert (own.text, own.draft, own.links) == ("Our [own] words.", True, {"own": "https://site.example.org/own"})
    assert (own.speaks_for, own.leaves_out, own.reason, own.at.line) == (frozenset({"inside"}), frozenset(), "", 20)


def test_what_a_register_says_arrives(whole: RuleSet) -> None:
    register = whole.registers["ru/all"]
    assert (register.title, register.kept_by, register.checked, register.stale_after) == (
        "The list", "The ministry", date(2026, 11, 21), timedelta(days=14),
    )  # fmt: skip
    site, editor = register.entries
    assert (site.publisher, site.person, site.covers_parts, site.measures) == ("site", "", False, ("funds",))
    assert (site.decided, site.listed, site.name, site.because, site.note, site.at.line) == (
        "2024-02-20", "2024-02-02", "SITE", "press", "Seen", 6,
    )  # fmt: skip
    assert site.standing.days == (date(2024, 2, 2),)
    assert (editor.person, editor.publisher, editor.ends_when) == ("ru/editor", "", "they resign")
    assert editor.standing.values == (State.NOT_YET, State.IN_FORCE, State.ENDED)
    assert editor.standing.days == (date(2024, 1, 1), date(2025, 6, 30))
    assert (editor.decided, editor.listed) == ("", "")


def test_what_a_unit_and_a_territory_say_arrives(whole: RuleSet) -> None:
    unit = whole.units["ru/unit"]
    (value,) = unit.values
    assert (unit.id, unit.title, unit.at.file) == ("ru/unit", "The unit", "units/ru/unit.yaml")
    assert (value.since, value.value, value.currency, value.because) == (
        PartialDate(2025, 1, 1), "42.5", "BYN", "etalon",
    )  # fmt: skip
    area = whole.territories["area"]
    (held,) = area.partly
    assert (area.id, area.title, area.about, area.wholly) == ("area", "The area", "claim", ())
    assert (held.place, held.share, held.because, held.at.line) == ("UA-14", "78 %", "press", 4)
    assert held.standing.days == (date(2022, 2, 1), date(2025, 4, 1))
    for one in (unit, area):
        assert [source.title for source in one.citations] != []
        assert one.review is not None


def test_a_law_for_everyone_asks_nothing() -> None:
    text = FILES["notices/ru/law.yaml"].decode()
    start, end = text.index("applies_when:"), text.index("warn_when_unsure:")
    files = {
        **FILES,
        "notices/ru/law.yaml": f"{text[:start]}applies_when: {{everyone: yes, case: inside}}\n{text[end:]}".encode(),
    }
    loaded = read(files)
    assert loaded.errors == ()
    assert loaded.ruleset is not None
    tree = loaded.ruleset.notices["ru/law"].applies_when
    assert isinstance(tree, Everyone)
    assert tree.case == "inside"
