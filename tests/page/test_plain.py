"""Plain: a text for a message of limited length, counted as Telegram counts, and never cut."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.law.examination import Finding
from service.law.verdict import Shown, Verdict
from service.page import plain
from service.page.passage import Passage, Run
from service.page.phrases import LABEL, PHRASES
from service.page.sheet import Item, Length, Sheet

from .law import BY, LABELLED, RU, UNDESIRABLE, sheet

FAMILY = "\N{MAN}\N{ZERO WIDTH JOINER}\N{WOMAN}\N{ZERO WIDTH JOINER}\N{GIRL}"
LIGHT = "\N{POLICE CARS REVOLVING LIGHT}"
MANY = tuple(f"{code}/x" for code in ("ru", "by", "ir", "kg", "hk", "ba", "cd", "gb", "us"))
PAGES = [
    ("own", "unknown", ""), ("plain", "RU", "ru"), ("plain", "BY", "fa"), ("svaboda", "unknown", "be"),
    ("svaboda", "DE", "uk"), ("agent", "RU", "en"), ("spoken", "unknown", "en"), ("meduza", "RU", "ru"),
]  # fmt: skip


def item(id: str, *texts: Passage, shown: Shown = Shown.FULL) -> Item:
    notice = replace(UNDESIRABLE, id=id, title={"en": f"Title {id}"})
    return Item(Finding(notice, Verdict.MAY_APPLY, shown), () if shown is Shown.FOLDED else texts, "sourced")


def page(*items: Item, language: str = "en") -> Sheet:
    return replace(sheet("plain", "RU", language), items=items)


def said(text: str, language: str = "en", draft: bool = False) -> Passage:
    return Passage(language, ((Run(text),),), draft)


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("", 0), ("caveat", 6), ("осторожно", 9), ("هشدار", 5), ("می‌خوانید", 9), ("e\N{COMBINING ACUTE ACCENT}", 2),
        ("\N{WARNING SIGN}", 1), ("\N{WARNING SIGN}\N{VARIATION SELECTOR-16}", 2), (LIGHT, 2), (FAMILY, 8),
        ("\N{REGIONAL INDICATOR SYMBOL LETTER B}\N{REGIONAL INDICATOR SYMBOL LETTER Y}", 4), ("𝔞", 2),
    ],
)  # fmt: skip
def test_length_is_counted_in_utf_16_code_units(text: str, units: int) -> None:
    assert plain.units(text) == units


@given(st.text())
def test_the_count_is_a_code_unit_a_letter_and_one_more_above_the_basic_plane(text: str) -> None:
    assert plain.units(text) == sum(2 if ord(letter) > 0xFFFF else 1 for letter in text)


@pytest.mark.parametrize(("publisher", "place", "asked"), PAGES)
@given(most=st.integers(LABEL, 2500), length=st.sampled_from(Length))
def test_every_text_fits_is_a_whole_step_and_the_most_telling_one_that_fits(
    publisher: str, place: str, asked: str, most: int, length: Length
) -> None:
    found = sheet(publisher, place, asked)
    steps = list(plain.steps(found, length))
    text = plain.text(found, length, most)
    assert text in steps
    assert plain.units(text) <= most
    assert all(plain.units(longer) > most for longer in steps[: steps.index(text)])
    assert text == text.strip("\n")


@pytest.mark.parametrize(("publisher", "place", "asked"), PAGES)
def test_with_room_enough_the_text_is_whole_and_with_little_it_is_the_label(
    publisher: str, place: str, asked: str
) -> None:
    found = sheet(publisher, place, asked)
    assert plain.text(found, most=65536) + "\n" == plain.text(found)
    assert plain.text(found, Length.SHORT, 65536) + "\n" == plain.text(found, Length.SHORT)
    assert plain.text(found, Length.LABEL, 65536) == found.label
    steps = list(plain.steps(found))
    assert steps[-1] == found.label
    assert len(set(steps)) == len(steps) > 1


def test_at_the_limit_it_still_fits_and_one_below_it_does_not() -> None:
    for publisher, place, asked in PAGES:
        found = sheet(publisher, place, asked)
        for text in plain.steps(found):
            if plain.units(text) > LABEL:
                assert plain.text(found, most=plain.units(text)) == text
                assert plain.text(found, most=plain.units(text) - 1) != text


def test_an_emoji_counts_as_two_so_that_the_message_is_not_refused() -> None:
    light = LIGHT * 300
    found = page(item("ru/a", said(light)))
    whole = plain.text(found).rstrip("\n")
    assert len(whole) < 400 < plain.units(whole)
    assert light not in plain.text(found, most=400)
    assert light in plain.text(found, most=plain.units(whole))


def test_notices_go_one_by_one_from_the_end_and_a_line_stands_for_them() -> None:
    found = page(*(item(f"{code}/x", said(f"Text of {code}. " * 20)) for code in ("ru", "by", "ir")))
    steps = list(plain.steps(found))
    named = [[code for code in ("ru", "by", "ir") if f"Text of {code}." in text] for text in steps]
    assert named == [["ru", "by", "ir"], ["ru", "by"], ["ru"], [], []]
    assert "A law of Iran may bind you" in steps[1]
    assert "Laws of Belarus and Iran may bind you" in steps[2]
    assert steps[3].startswith("Laws of Russia, Belarus, and Iran may bind you")
    assert all(text.count("Text of") % 20 == 0 for text in steps)


def test_what_is_folded_loses_its_titles_before_anything_else_goes() -> None:
    found = page(item("ru/a", said("Full text.")), item("by/b", shown=Shown.FOLDED))
    first, second, *_ = plain.steps(found)
    assert "- Title by/b" in first
    assert "- Title by/b" not in second
    assert "Full text." in second


def test_a_draft_goes_before_the_english_text_that_it_stands_under() -> None:
    english, draft = said("English. " * 30), said("Русский. " * 30, "ru", draft=True)
    found = page(item("ru/a", english, draft), language="ru")
    both, alone, line, label = plain.steps(found)
    assert ("English." in both, "Русский." in both) == (True, True)
    assert ("English." in alone, "Русский." in alone) == (True, False)
    assert PHRASES["ru"].draft in both
    assert PHRASES["ru"].draft not in alone
    assert "English." not in line + label
    only = page(item("ru/a", draft), language="ru")
    assert all("Русский." in text for text in list(plain.steps(only))[:-2])


def test_no_line_about_the_readers_risk_stands_for_a_label_that_the_publisher_owes() -> None:
    found = sheet("agent", "DE", "en")
    owed = [each for each in found.items if each.finding.notice.id == LABELLED.id]
    (text,) = (passage.plain for each in owed for passage in each.passages)
    alone = replace(found, items=tuple(owed))
    assert list(plain.steps(alone)) == [f"{LABELLED.title['en']}\n\n{text}", alone.label]


def test_where_nothing_is_shown_nothing_is_said_whatever_the_limit() -> None:
    assert list(plain.steps(sheet("quiet"))) == []
    assert plain.text(sheet("quiet"), most=80) == ""


def test_a_limit_that_a_label_may_not_fit_into_is_refused() -> None:
    with pytest.raises(ValueError, match="80"):
        plain.text(sheet("own"), most=LABEL - 1)


@pytest.mark.parametrize("language", PHRASES)
@pytest.mark.parametrize("codes", [(RU, BY), (RU,), MANY])
def test_a_label_has_room_in_eighty_code_units_in_every_language(language: str, codes: tuple[str, ...]) -> None:
    found = page(*(item(code, said("Text.")) for code in codes), language=language)
    found = replace(found, words=PHRASES[language])
    assert 10 < plain.units(found.label) <= LABEL
    assert plain.text(found, most=LABEL) == found.label or plain.units(plain.text(found, most=LABEL)) <= LABEL
