"""Words: which language is served, what the folded line says, and the text and data of a page."""

from __future__ import annotations

import json
import string
from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.law.defence import Defence
from service.law.notice import Kind
from service.law.verdict import Verdict
from service.page import plain, record
from service.page.grade import Grade, servable
from service.page.language import chain, direction, lineage, lookup, normal, one, ranges
from service.page.lexicon import FILES
from service.page.phrases import LABEL as LONGEST
from service.page.phrases import PHRASES, Phrases, phrases
from service.page.sheet import Length

from .law import BY, RU, RULESET, sheet

PUBLISHERS = RULESET.publishers


@pytest.mark.parametrize(
    ("publisher", "asked", "expected"),
    [
        ("plain", "", ("en",)),
        ("plain", "uk", ("uk", "en")),
        ("svaboda", "uk", ("uk", "en", "be")),
        ("svaboda", "uk-UA", ("uk-UA", "uk", "en", "be")),
        ("svaboda", "ru-Cyrl-RU", ("ru-Cyrl-RU", "ru-Cyrl", "ru", "be", "en")),
        ("meduza", "be", ("be", "ru", "en")),
    ],
)
def test_a_text_is_looked_for_in_the_language_asked_for_and_in_what_the_publisher_declares(
    publisher: str, asked: str, expected: tuple[str, ...]
) -> None:
    assert chain(asked, PUBLISHERS[publisher]) == expected


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("zh", "zh zh-Hans zh-Hant"),
        ("zh-CN", "zh-CN zh zh-Hans zh-Hant"),
        ("zh-SG", "zh-SG zh zh-Hans zh-Hant"),
        ("zh-MY", "zh-MY zh zh-Hans zh-Hant"),
        ("zh-HK", "zh-HK zh-Hant zh zh-Hans"),
        ("zh-TW", "zh-TW zh-Hant zh zh-Hans"),
        ("zh-MO", "zh-MO zh-Hant zh zh-Hans"),
        ("zh-Hant", "zh-Hant zh zh-Hans"),
        ("zh-Hant-HK", "zh-Hant-HK zh-Hant zh zh-Hans"),
        ("zh-Hans-HK", "zh-Hans-HK zh-Hans zh zh-Hant"),
        ("yue-HK", "yue-HK yue"),
        ("uk-UA", "uk-UA uk"),
        ("ckb", "ckb"),
        ("nb", "nb"),
        ("", ""),
    ],
)
def test_chinese_is_looked_up_in_its_characters_and_nothing_else_has_another_spelling(tag: str, expected: str) -> None:
    assert lineage(tag) == tuple(expected.split())


@pytest.mark.parametrize(
    ("header", "languages", "served"),
    [
        ("zh-HK,zh;q=0.9,en;q=0.8", ["en", "zh-Hans", "zh-Hant"], "zh-Hant"),
        ("zh-CN,zh;q=0.9,en;q=0.8", ["en", "zh-Hant", "zh-Hans"], "zh-Hans"),
        ("zh", ["en", "zh-Hant", "zh-Hans"], "zh-Hans"),
        ("zh-CN", ["en", "zh-Hant"], "zh-Hant"),
        ("zh-TW", ["en", "zh"], "zh"),
        ("prs", ["en", "fa"], "fa"),
        ("iw-IL", ["en", "he"], "he"),
        ("ckb", ["en", "ku"], "en"),
        ("no", ["en", "nb"], "en"),
    ],
)
def test_a_publisher_is_found_to_have_the_characters_and_the_newer_tag(
    header: str, languages: list[str], served: str
) -> None:
    publisher = replace(PUBLISHERS["plain"], languages=tuple(languages))
    assert lookup(ranges(header), publisher) == served


@pytest.mark.parametrize(
    ("header", "publisher", "served"),
    [
        ("uk-UA,uk;q=0.9", "plain", "en"),
        ("uk-UA,uk;q=0.9", "svaboda", "en"),
        ("uk, ru;q=0.5", "svaboda", "en"),
        ("be-BY", "svaboda", "be"),
        ("ru-RU,ru;q=0.9,en-US;q=0.8", "svaboda", "ru"),
        ("de, ru;q=0.2, en;q=0.4", "svaboda", "en"),
        ("ru;q=0, en", "svaboda", "en"),
        ("*", "svaboda", "be"),
        ("", "meduza", "ru"),
        ("fa-AF;q=x,,;;=,en;q=1.5,xx-yy", "svaboda", "be"),
    ],
)
def test_accept_language_is_looked_up_and_never_matched_by_likeness(header: str, publisher: str, served: str) -> None:
    assert lookup(ranges(header), PUBLISHERS[publisher]) == served


@given(st.text(max_size=200))
def test_no_header_breaks_the_lookup(header: str) -> None:
    assert lookup(ranges(header), PUBLISHERS["svaboda"]) in ("be", "ru", "en")


@pytest.mark.parametrize("stranger", ["uk", "uk-UA", "be-BY", "kk", "sr-Cyrl"])
def test_nothing_becomes_russian_that_nobody_declared_russian(stranger: str) -> None:
    assert lookup([stranger], PUBLISHERS["plain"]) == "en"
    assert "ru" not in chain(stranger, PUBLISHERS["plain"])


@pytest.mark.parametrize(
    ("wanted", "page"),
    [(["ru-RU", "ru"], "ru-RU"), (["en-US", "en", "ru"], ""), ([], ""), (["en"], "en")],
)
def test_who_reads_several_languages_may_have_a_page_in_any_of_them(wanted: list[str], page: str) -> None:
    assert one(wanted) == page


@pytest.mark.parametrize(
    ("tag", "usual"),
    [
        ("RU", "ru"), ("uk-ua", "uk-UA"), ("zh-hant-tw", "zh-Hant-TW"), ("xx", ""), ("und", ""), ("russian", ""),
        ("prs", "fa-AF"), ("iw-il", "he-IL"),
        ("tl", "tl"), ("en\n", ""), ("", ""), ("e", ""), ("en-", ""), ("../en", ""),
    ],
)  # fmt: skip
def test_a_tag_has_one_spelling_and_what_names_no_language_is_none(tag: str, usual: str) -> None:
    assert normal(tag) == usual


@pytest.mark.parametrize(
    ("tag", "expected"),
    [(tag, "rtl") for tag in ("fa", "ar-EG", "az-Arab", "he", "ur", "ps", "ckb", "prs")]
    + [(tag, "ltr") for tag in ("ru", "ku", "tg", "zh-Hant", "??")],
)
def test_direction_follows_the_script(tag: str, expected: str) -> None:
    assert direction(tag) == expected


@pytest.mark.parametrize("words", PHRASES.values(), ids=lambda words: words.language)
def test_every_language_has_every_phrase_with_the_same_slots(words: Phrases) -> None:
    english = PHRASES["en"]
    for field in fields(Phrases):
        if field.name == "names":
            continue
        ours, theirs = getattr(words, field.name), getattr(english, field.name)
        for mine, other in zip(*((text,) if isinstance(text, str) else text for text in (ours, theirs)), strict=True):
            slots = [sorted(name for _, name, _, _ in string.Formatter().parse(text) if name) for text in (mine, other)]
            assert mine.strip()
            assert slots[0] == slots[1], field.name
            assert len(mine) <= 2 * len(other) + 20, field.name
            if words is not english and field.name != "language":
                assert mine != other
    assert set(words.names) == set(english.names) == {"HK", "MO"}


@pytest.mark.parametrize("words", PHRASES.values(), ids=lambda words: words.language)
def test_every_language_has_a_tag_and_countries_of_its_own(words: Phrases) -> None:
    assert normal(words.language) == words.language
    assert set(FILES[words.language]) <= set(FILES["en"])
    known = PHRASES["en"].countries(["RU", "UA", "KZ"])
    assert words.language == "en" or words.countries(["RU", "UA", "KZ"]) != known
    assert not any(code in words.countries([code]) for code in ("RU", "HK", "MO"))


@pytest.mark.parametrize(
    ("asked", "spoken"),
    [
        ("de-AT", "de"), ("zh", "zh-Hans"), ("zh-CN", "zh-Hans"), ("zh-TW", "zh-Hant"), ("fa-AF", "fa"),
        ("az-Arab", "az"), ("xh", "en"), ("", "en"),
    ],
)  # fmt: skip
def test_the_pages_own_words_are_looked_up_as_texts_are(asked: str, spoken: str) -> None:
    assert phrases(asked).language == spoken


@pytest.mark.parametrize("words", PHRASES.values(), ids=lambda words: words.language)
def test_a_label_is_at_most_eighty_characters_for_any_number_of_countries(words: Phrases) -> None:
    for codes in (["RU"], ["HK", "KG"], ["RU", "BY", "IR", "KG", "HK", "AE", "GB", "US", "BA", "CD"]):
        assert 10 < len(words.short_label(codes)) <= LONGEST


def test_the_folded_line_is_the_one_that_the_rules_fix() -> None:
    assert sheet("plain", "DE", "en").line == (
        "A law of Russia may bind you wherever you are, for example if you hold its passport. Check before you share."
    )


def test_the_folded_line_names_a_passport_only_where_one_matters() -> None:
    english = PHRASES["en"]
    assert "passport" not in english.folded(["BY"], place=False, passport=False)
    line = english.folded(["RU", "BY", "US"], place=False, passport=True)
    assert line.startswith("Laws of Russia, Belarus, and the United States may bind you wherever you are, for example")


def test_the_folded_line_does_not_say_wherever_of_a_law_that_holds_in_its_place_only() -> None:
    line = sheet("own").line
    assert line == "A law of Belarus may bind you, for example if you are there. Check before you share."


def test_a_draft_is_never_served_without_the_english_text_above_it() -> None:
    for asked in ("ru", "uk", "fa"):
        for item in sheet("plain", "RU", asked).items:
            if item.finding.notice.id == RU:
                assert [passage.language for passage in item.passages] == ["en", asked]
                assert [passage.draft for passage in item.passages] == [False, True]


def test_the_publishers_own_english_words_stand_above_the_draft_of_the_notice() -> None:
    (item,) = (item for item in sheet("own", "RU", "ru").items if not item.folded)
    assert item.passages[0].plain.startswith("RFE/RL was declared undesirable.")
    assert item.passages[1].language == "ru"


def test_a_language_in_which_nothing_is_said_gives_the_publishers_first() -> None:
    assert sheet("svaboda", "RU", "kk").language == "be"
    assert sheet("plain", "RU", "kk").language == "en"
    assert sheet("svaboda", "DE", "uk").language == "uk"


def test_the_text_says_what_the_fragment_says() -> None:
    text = plain.text(sheet("own"))
    assert text == (
        'Taking part in an "undesirable organization"\n\n'
        "RFE/RL was declared undesirable.\n\n"
        "To find out more, click here (https://www.example.org/why?a=1&b=2) or [there].\n\n"
        "A law of Belarus may bind you, for example if you are there. Check before you share.\n"
        "- Sharing extremist materials\n"
    )
    assert plain.text(sheet("quiet")) == ""
    assert plain.text(sheet("own"), Length.LABEL) == "Legal risk for some readers: Russia and Belarus\n"


def test_the_data_are_those_of_the_contract() -> None:
    data = json.loads(record.written(sheet("own")))
    assert list(data) == [
        "publisher", "language", "ruleset", "next_change", "lists_checked", "notices", "html", "text",
    ]  # fmt: skip
    assert (data["publisher"], data["language"], data["ruleset"], data["next_change"]) == ("own", "en", "f1", None)
    assert data["lists_checked"] == "2026-11-10"
    full, folded = data["notices"]
    assert full == {
        "id": RU,
        "kind": "reader-risk",
        "basis": "statute",
        "verdict": "may_apply",
        "shown": "full",
        "depends_on": full["depends_on"],
        "grade": "sourced",
        "text": (
            "RFE/RL was declared undesirable.\n\n"
            "To find out more, click here (https://www.example.org/why?a=1&b=2) or [there]."
        ),
        "acts": {
            "share": {"risk": "administrative", "repeated": "criminal", "because": "fines"},
            "read": {"risk": "none", "basis": "practice"},
            "donate": {"see": "ru/funding"},
        },
        "citations": [
            {
                "key": "fines",
                "title": 'A "source" <b>',
                "seen": "press",
                "url": "https://example.org/?a=1&b=2",
                "checked": "2026-11-01",
            }
        ],
    }
    assert set(full["depends_on"]) == {"place", "citizen_of", "law"}
    assert folded["id"] == BY
    assert folded["shown"] == "folded"
    assert "text" not in folded


def test_a_defence_stands_in_the_data_and_in_no_verdict() -> None:
    without = sheet("own")
    excuses = (Defence("Reasonable excuse", ("journalism",), "fines", "A remark."), Defence("Good faith", (), "fines"))
    items = [
        replace(item, finding=replace(item.finding, notice=replace(item.finding.notice, defences=excuses)))
        for item in without.items
    ]
    told = record.record(replace(without, items=tuple(items)))["notices"]
    for each, bare in zip(told, record.record(without)["notices"], strict=True):
        assert each.pop("defences") == [
            {"what": "Reasonable excuse", "because": "fines", "includes": ["journalism"]},
            {"what": "Good faith", "because": "fines"},
        ]
        assert each == bare


def test_what_certainly_applies_hangs_on_nothing() -> None:
    data = json.loads(record.written(sheet("plain", "DE", "en", citizen_of=frozenset({"RU"}))))
    (notice,) = data["notices"]
    assert (notice["verdict"], notice["shown"], notice["depends_on"]) == ("applies", "full", [])
    assert notice["text"] == "You are bound, reader of Plain & Co."


def test_under_a_grade_the_publishers_own_text_stands_in_and_no_warning_is_lost() -> None:
    before, after = sheet("spoken"), sheet("spoken", grade=Grade.APPROVED)
    assert [item.finding for item in before.items] == [item.finding for item in after.items]
    assert {item.grade for item in after.items} == {"universal"}
    assert [block.passages[0].plain for block in after.blocks] == ["Our own words for Spoken."]


def test_approved_wording_is_served_as_such() -> None:
    notices = dict(RULESET.notices)
    notices[BY] = replace(notices[BY], wording=replace(notices[BY].wording, approved=True))
    found = sheet("spoken", "BY", grade=Grade.APPROVED, ruleset=replace(RULESET, notices=notices))
    assert {item.finding.notice.id: item.grade for item in found.items} == {BY: "approved", RU: "universal"}


def test_what_cannot_be_served_under_a_grade_is_named() -> None:
    assert servable(RULESET, Grade.SOURCED) == ()
    missing = servable(RULESET, Grade.APPROVED)
    assert f"plain: {RU} has no approved wording, and the publisher has no universal text to stand in for it" in missing
    assert not any(line.startswith(("spoken:", "quiet:")) for line in missing)
    assert len(missing) == 2 * (len(PUBLISHERS) - 2)


def test_a_wording_that_lacks_a_verdict_is_missed_under_any_grade() -> None:
    notices = dict(RULESET.notices)
    wording = notices[BY].wording
    texts = {"en": {Verdict.APPLIES: wording.texts["en"][Verdict.APPLIES]}}
    notices[BY] = replace(notices[BY], wording=replace(wording, texts=texts))
    ruleset = replace(RULESET, notices=notices)
    assert any(line.startswith("plain: " + BY) for line in servable(ruleset, Grade.SOURCED))
    shown = {item.finding.notice.id for item in sheet("plain", ruleset=ruleset).items}
    assert BY in shown


def test_a_duty_is_of_any_grade_because_its_letters_are_the_laws() -> None:
    duties = [notice for notice in RULESET.notices.values() if notice.kind is Kind.PUBLISHER_DUTY]
    assert duties
    found = sheet("agent", grade=Grade.APPROVED)
    assert any("МАТЕРИАЛ СОЗДАН И (ИЛИ) ДАН" in block.passages[0].plain for block in found.blocks)
