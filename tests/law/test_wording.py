"""Wording: sources, units, titles and prescribed texts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from service.law.citation import Citation, Citations, Review, Seen
from service.law.condition import (
    Everyone,
)
from service.law.penalty import Unit, UnitValue
from service.law.prescribed import Prescribed, Slot
from service.law.publisher import Publisher
from service.law.verdict import Verdict
from service.law.wording import Speech, Wording

from .seed import day
from .small import TODAY, law


def test_the_sources_of_a_file_can_be_counted_looked_up_and_gone_through() -> None:
    one, two = (Citation(key, key.title(), "", Seen.PRESS, TODAY) for key in ("one", "two"))
    citations = Citations({"one": one, "two": two})
    assert len(citations) == 2
    assert list(citations) == [one, two]
    assert citations["two"] is two
    assert len(Citations()) == 0


def test_a_file_is_approved_when_somebody_is_named_who_approved_it() -> None:
    review = Review("legal desk", TODAY, TODAY)
    assert not review.approved
    assert replace(review, approved_by="counsel").approved


@pytest.mark.parametrize(
    ("on", "value"),
    [("2024-12-31", None), ("2025-01-01", "42"), ("2025-12-31", "42"), ("2026-01-01", "45"), ("2030-01-01", "45")],
)
def test_a_unit_is_worth_what_was_recorded_last_from_its_first_day_on(on: str, value: str | None) -> None:
    unit = Unit("by/unit", "Unit", (UnitValue(day("2026"), "45", "BYN"), UnitValue(day("2025-01"), "42", "BYN")))
    found = unit.value(date.fromisoformat(on))
    assert (found.value if found else None) == value


def test_the_words_in_a_slot_are_joined_as_the_text_prescribes() -> None:
    slot = Slot("verb", ("a", "b", "c"), join=" or ", list=", ")
    assert slot.fill("word for word") == "word for word"
    assert slot.fill(()) == ""
    assert slot.fill(("a",)) == "a"
    assert slot.fill(("a", "b")) == "a or b"
    assert slot.fill(("a", "b", "c")) == "a, b or c"
    assert replace(slot, list="").fill(("a", "b", "c")) == "a or b or c"
    text = Prescribed("en", "It {verb} by {name}.", "", {"verb": slot, "name": Slot("name")})
    assert text.filled({"verb": ("a", "b"), "name": "us"}) == "It a or b by us."
    assert text.filled({"name": "us"}) == "It  by us."


def test_a_publisher_and_a_notice_are_called_in_english_where_a_language_is_missing() -> None:
    publisher = Publisher("us", {"en": "Us", "ru": "Мы"})
    assert [publisher.called(language) for language in ("ru", "en", "be")] == ["Мы", "Us", "Us"]
    assert Publisher("us", {"ru": "Мы"}).called("be") == "us"
    notice = law(Everyone(), title={"en": "A law", "ru": "Закон"})
    assert [notice.called(language) for language in ("ru", "be")] == [("Закон", "ru"), ("A law", "en")]


def test_a_notice_belongs_to_the_country_that_its_path_begins_with() -> None:
    assert law(Everyone(), id="by/money/foreign").jurisdiction == "BY"


def test_a_wording_has_the_languages_and_verdicts_for_which_it_has_a_text() -> None:
    one = Speech("One.")
    said = Wording({"ru": {Verdict.APPLIES: one}, "en": {}})
    assert said.languages == ("ru", "en")
    found = [said.speech(language, verdict) for language in ("ru", "en", "be") for verdict in Verdict]
    assert found == [None, None, one, None, None, None, None, None, None]
