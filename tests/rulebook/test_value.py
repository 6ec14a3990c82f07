"""Value: texts with a type, and what is said of those that have another."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.law.place import Gazetteer
from service.law.standing import PartialDate
from service.rulebook.date import decimal_number, partial_day, span, term, whole_day, whole_number
from service.rulebook.gazetteer import candidate, country, gazetteer, language, place
from service.rulebook.problem import Mistake, closest, quoted
from service.rulebook.scalar import SCALARS, area, currency, flag, link, tag
from service.rulebook.text import gate


@pytest.mark.parametrize(
    ("text", "day"),
    [("2026-06-03", PartialDate(2026, 6, 3)), ("2026-06", PartialDate(2026, 6)), ("2026", PartialDate(2026)),
     ("2024-02-29", PartialDate(2024, 2, 29))],
)  # fmt: skip
def test_a_date_may_be_partial(text: str, day: PartialDate) -> None:
    assert partial_day(text) == day


@pytest.mark.parametrize(
    ("text", "write"),
    [
        ("2023-31-01", "day and month swapped? write 2023-01-31"),
        ("2023-02-29", "February 2023 has 28 days"),
        ("2023-13-31", "a year has 12 months; write year-month-day, such as 2026-06-03"),
        ("2023-13", "a year has 12 months; write year-month-day, such as 2026-06-03"),
        ("2024-2-3", "write 2024-02-03"),
        ("2024/02/03", "write 2024-02-03"),
        ("3.2.2024", "write 2024-02-03"),
        ("3 February 2024", "write 2024-02-03"),
        ("Feb 3, 2024", "write 2024-02-03"),
        ("2024-02-03T10:00:00Z", "write 2024-02-03"),
        ("02/03/2024", "a date is written 2026-06-03, 2026-06 or 2026"),
        ("1024", "a date is written 2026-06-03"),
        ("٢٠٢٤-٠٢-٠٣", "a date is written 2026-06-03, 2026-06 or 2026"),
        ("yesterday", "a date is written 2026-06-03, 2026-06 or 2026"),
    ],
)
def test_what_is_no_date_says_which_is_meant(text: str, write: str) -> None:
    read = partial_day(text)
    assert isinstance(read, Mistake)
    assert read.write == write


@given(st.dates(date(1800, 1, 1), date(2199, 12, 31)))
def test_every_date_is_read_as_itself(day: date) -> None:
    assert whole_day(day.isoformat()) == day


@pytest.mark.parametrize(
    ("text", "write"),
    [("eighteen", "write 18"), ("twenty-one", "write 21"), ("5 000", "write 5000"), ("5,000", "write 5000"),
     ("1_000", "write 1000"), ("١٨", "write 18"), ("-3", "write it in digits, such as 18"),
     ("1e3", "write it in digits, such as 18"), ("9" * 5000, "write it in digits, such as 18")],
)  # fmt: skip
def test_what_is_no_number_says_which_is_meant(text: str, write: str) -> None:
    read = whole_number(text)
    assert isinstance(read, Mistake)
    assert read.write == write


def test_numbers_are_read_in_tens_and_never_in_eights() -> None:
    assert whole_number("010") == 10
    assert decimal_number("45.5") == "45.5"


def test_terms_have_a_unit() -> None:
    assert term("1 year") == "1 year"
    assert term("15 day") == "15 days"
    assert span("2 weeks") == span("14 days")
    assert isinstance(span("1 month"), Mistake)
    assert term("two years") == Mistake('"two years" is no term', "write 2 years")


@pytest.mark.parametrize(("text", "write"), [("true", "write yes"), ("Yes", "write yes"), ("off", "write no")])
def test_a_flag_is_yes_or_no_and_nothing_else(text: str, write: str) -> None:
    assert flag("yes") is True
    assert flag("no") is False
    assert flag(text) == Mistake(f'"{text}" is neither yes nor no', write)


@pytest.mark.parametrize(
    ("text", "write"),
    [
        ("XQ", "Kosovo is XK, Iraq is IQ"),
        ("Russia", "Russia is RU"),
        ("Rusia", "Russia is RU"),
        ("Russian Federation", "Russia is RU"),
        ("RUS", "Russia is RU"),
        ("ru", "write RU"),
        ("UK", "United Kingdom is GB"),
        ("UA-43", "write UA"),
    ],
)
def test_an_unknown_country_says_which_is_meant(text: str, write: str) -> None:
    read = country(text)
    assert isinstance(read, Mistake)
    assert read.write == write


def test_kosovo_and_norway_are_countries() -> None:
    assert country("XK") == "XK"
    assert country("NO") == "NO"


@pytest.mark.parametrize(
    ("text", "write"),
    [
        ("CN-HK", "write HK"),
        ("US-PR", "write PR"),
        ("FR-GP", "write GP"),
        ("ua-43", "write UA-43"),
        ("UA-34", "did you mean UA-43 (Avtonomna Respublika Krym)?"),
        ("UA-99", "write UA, or one of its parts in ISO 3166-2"),
        ("XK-01", "write XK"),
        ("Kyiv", "write UA-30"),
        ("RU-Moskva", "did you mean RU-MOW (Moskva)?"),
    ],
)
def test_an_unknown_place_says_which_is_meant(text: str, write: str) -> None:
    read = place(text)
    assert isinstance(read, Mistake)
    assert read.write == write


def test_a_place_of_two_codes_is_refused_for_the_one_that_exists() -> None:
    from service.law.place import TWINS

    known = gazetteer()
    assert {code for code in TWINS.values() if not known.knows(code)} == set()


def test_the_gazetteer_has_kosovo_and_both_levels_of_subdivisions() -> None:
    known = gazetteer()
    assert isinstance(known, Gazetteer)
    assert known is gazetteer()
    assert known.parents["XK"] == ""
    assert known.parents["UA-43"] == "UA"
    assert known.parents["FR-75C"] == "FR-IDF"
    assert known.within("AZ-BAB", "AZ-NX")
    assert {above for above in known.parents.values() if above and above not in known.parents} == set()


@pytest.mark.parametrize(
    ("text", "write"),
    [("ua", "Ukrainian is uk"), ("by", "Belarusian is be and Russian is ru"), ("cn", "Chinese is zh"),
     ("Persian", "Persian is fa"), ("RU", "write ru"), ("zh-hant", "write zh-Hant"),
     ("und", "write a code of ISO 639, such as ru")],
)  # fmt: skip
def test_an_unknown_language_says_which_is_meant(text: str, write: str) -> None:
    read = language(text)
    assert isinstance(read, Mistake)
    assert read.write == write


def test_languages_of_the_rules_are_known() -> None:
    for tag_ in ("ru", "tt", "ba", "ce", "crh", "be", "uk", "fa", "zh", "yue", "ky", "kk", "zh-Hant", "sr-Latn-RS"):
        assert language(tag_) == tag_


@pytest.mark.parametrize(
    "text",
    ["http://example.org", "//example.org", "javascript:alert(1)", "https://", "https://user@example.org/",
     "https://example.org:0/", "https://example.org:99999/", "https://exa mple.org", "https://пример.рф/",
     "https://localhost/", "https://example.org/\u202e", "https://[::1]/", "https://example.org/<b>",
     "https://example.org\\@evil.org/", "https://127.0.0.1/"],
)  # fmt: skip
def test_a_link_leads_to_a_host_by_https_and_carries_nobody(text: str) -> None:
    assert isinstance(link(text), Mistake)


def test_a_link_is_read_as_it_is_written() -> None:
    for text in ("https://www.rferl.org/", "https://xn--e1afmkfd.xn--p1ai/a?b=c&d=%20#e", "https://a.b.org:8443/x"):
        assert link(text) == text


def test_an_area_is_a_territory_or_a_code() -> None:
    assert area("russia-controlled") == "russia-controlled"
    assert area("UA-43") == "UA-43"
    assert area("ru") == Mistake('"ru" is no country\'s code', "write RU")
    assert candidate("unknown") == "unknown"
    assert candidate("any") == Mistake('"any" is no place', "write unknown")


def test_names_have_folders_and_no_way_up() -> None:
    assert tag("ru/federal-list") == "ru/federal-list"
    for text in ("../x", "/x", "x/", "x//y", "Ru/x", "a_b", "x\n", "a" * 65, "ru/é"):
        assert isinstance(tag(text), Mistake)
    assert currency("BYR") == Mistake('unknown currency "BYR"', "did you mean BYN?")


@given(st.sampled_from(sorted(SCALARS)), st.text())
def test_no_text_makes_a_reader_of_values_raise(type_: str, text: str) -> None:
    SCALARS[type_](text)


@pytest.mark.parametrize(
    "text",
    ["a\u202eb", "a\u2066b", "a\u200eb", "a\u200bb", "a\u00adb", "a\ue000b", "a\x07b", "a\x85b", "a\u2028b", "\ufeffa",
     "a\U000e0041b", "a\u200cb", "a\u200d", "e\u0301", "Rоskomnadzor", "иnой", "a\u034fb", "\ufffe"],
)  # fmt: skip
def test_the_gate_refuses_what_looks_like_something_else_or_like_nothing(text: str) -> None:
    assert len(list(gate(text))) == 1


@pytest.mark.parametrize(
    "text",
    ["نمی\u200cخواهم", "क्\u200dष", "Wi-Fi-сеть", "RFE/RL и Радыё Свабода", "«Reuters»: новость", "13ЭК", "Zürich",
     "日本語", "MP3-плеер", "d’être — …", "§ 5 №7"],
)  # fmt: skip
def test_the_gate_lets_every_language_through(text: str) -> None:
    assert list(gate(text)) == []


def test_suggestions_are_close_and_messages_are_on_one_line() -> None:
    assert closest("publiser", ["publisher", "person"]) == "publisher"
    assert closest("xyz", ["publisher", "person"]) == ""
    assert quoted("a\nb\u202e") == '"a b\\u202e"'
    assert len(quoted("x" * 1000)) < 50
