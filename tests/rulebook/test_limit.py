"""Limit: the first and the last of what a value can be, and what is said just beyond."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from service.rulebook.date import decimal_number, life, partial_day, span, term, whole_day, whole_number
from service.rulebook.gazetteer import candidate, country, language, place
from service.rulebook.problem import Mistake
from service.rulebook.scalar import choice, flag, identifier, other_country, tag


@pytest.mark.parametrize(
    ("text", "days"),
    [("1 day", 1), ("1 week", 7), ("3 weeks", 21), ("30 days", 30), ("9999 days", 9999)],
)
def test_a_span_is_counted_in_days(text: str, days: int) -> None:
    assert span(text) == timedelta(days=days)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("1 second", 1), ("60 seconds", 60), ("1 minute", 60), ("5 minutes", 300), ("300 seconds", 300)],
)
def test_a_life_is_counted_in_seconds(text: str, seconds: int) -> None:
    assert life(text) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("text", "wrong", "write"),
    [
        ("301 seconds", '"301 seconds" is longer than 5 minutes', "write 5 minutes or less"),
        ("an hour", '"an hour" is no time in seconds or minutes', "write it in seconds, such as 60 seconds"),
    ],
)
def test_a_life_that_would_outlive_the_caches_is_refused(text: str, wrong: str, write: str) -> None:
    assert life(text) == Mistake(wrong, write)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("1 year", "1 year"), ("1 years", "1 year"), ("2 year", "2 years"), ("15 days", "15 days"),
        ("48 hours", "48 hours"),
        ("15", Mistake('"15" has no unit', "write 15 days, 15 months or 15 years")),
        ("two years", Mistake('"two years" is no term', "write 2 years")),
        ("long", Mistake('"long" is no term', "a term is written 15 days, 6 months or 1 year")),
        ("some years", Mistake('"some years" is no term', "write it in digits, such as 18 years")),
    ],
)  # fmt: skip
def test_a_term_is_a_number_and_a_unit(text: str, read: str | Mistake) -> None:
    assert term(text) == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("nineteen", 19),
        ("twenty", 20),
        ("ninety-nine", 99),
        ("twenty one", 21),
        ("zero", 0),
        ("1 000", 1000),
        ("1'000", 1000),
    ],
)
def test_a_number_in_words_says_which_is_meant(text: str, read: int) -> None:
    found = whole_number(text)
    assert isinstance(found, Mistake)
    assert found.write == f"write {read}"


@pytest.mark.parametrize("text", ["twenty ten", "twenty twenty", "one two", "hundred", "ninety nine nine", ""])
def test_what_is_no_number_up_to_a_hundred_is_not_guessed(text: str) -> None:
    found = whole_number(text)
    assert isinstance(found, Mistake)
    assert found.write == "write it in digits, such as 18"


@pytest.mark.parametrize(
    ("text", "wrong", "write"),
    [
        ("2026-06", '"2026-06" is no whole date', "write the day as well, such as 2026-06-03"),
        ("soon", '"soon" is no date', "a day is written 2026-06-03"),
        ("1799-01-01", 'the year of "1799-01-01" cannot be', "a date is written 2026-06-03"),
        ("2200-01-01", 'the year of "2200-01-01" cannot be', "a date is written 2026-06-03"),
        ("3rd June, 2026", '"3rd June, 2026" is not written as a date', "write 2026-06-03"),
        ("June 31, 2026", '"June 31, 2026" is no date', "a day is written 2026-06-03"),
    ],
)
def test_what_is_no_day_says_what_is(text: str, wrong: str, write: str) -> None:
    assert whole_day(text) == Mistake(wrong, write)


@pytest.mark.parametrize("day", [date(1800, 1, 1), date(2199, 12, 31), date(2024, 2, 29), date(2023, 12, 1)])
def test_the_first_and_the_last_day_that_can_be_are_days(day: date) -> None:
    assert whole_day(day.isoformat()) == day


@pytest.mark.parametrize(
    ("text", "wrong", "write"),
    [
        ("ru", '"ru" is no country\'s code', "write RU"),
        ("RU-MOW", "RU-MOW is a part of a country", "write RU"),
        ("Burma", 'unknown country "Burma"', "Myanmar (Burma) is MM"),
        ("UR", 'unknown country "UR"', "Russia is RU"),
    ],
)
def test_a_country_that_is_none_says_which_is_meant(text: str, wrong: str, write: str) -> None:
    assert country(text) == Mistake(wrong, write)


@pytest.mark.parametrize(
    ("text", "wrong", "write"),
    [
        ("ua-43", '"ua-43" is no code', "write UA-43"),
        ("FR-RE", "FR-RE has a code of its own, under which readers are looked for", "write RE"),
        ("RU-MWO", 'unknown part of Russia, "RU-MWO"', "did you mean RU-MOW (Moskva)?"),
        ("AQ-1", "Antarctica has no parts with a code", "write AQ"),
        ("UA-999", 'unknown part of Ukraine, "UA-999"', "write UA, or one of its parts in ISO 3166-2"),
    ],
)
def test_a_place_that_is_none_says_which_is_meant(text: str, wrong: str, write: str) -> None:
    assert place(text) == Mistake(wrong, write)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("sr-Latn-RS", "sr-Latn-RS"),
        ("es-419", "es-419"),
        ("SR-latn-rs", Mistake('"SR-latn-rs" is not how the tag is written', "write sr-Latn-RS")),
        ("Persian", Mistake('unknown language "Persian"', "Persian is fa")),
        ("UA", Mistake('unknown language "UA"', "Ukrainian is uk")),
        ("qqq", Mistake('unknown language "qqq"', "write a code of ISO 639, such as ru")),
    ],
)
def test_a_language_is_a_tag_in_its_usual_spelling(text: str, read: str | Mistake) -> None:
    assert language(text) == read


ONES = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def test_every_number_up_to_a_hundred_is_understood_in_words() -> None:
    words = [*ONES, *(f"{ten}-{one}" if one != "zero" else ten for ten in TENS for one in ONES[:10])]
    assert len(words) == 100
    for number, word in enumerate(words):
        assert whole_number(word) == Mistake(f'"{word}" is a number in words', f"write {number}")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("5", 5), ("9" * 15, 10**15 - 1), ("007", 7),
        ("1,000", "write 1000"), ("1_000", "write 1000"), ("1\u00a0000", "write 1000"), ("1\u202f000", "write 1000"),
        ("9" * 16, "write it in digits, such as 18"), ("-1", "write it in digits, such as 18"),
    ],
)  # fmt: skip
def test_a_number_has_up_to_fifteen_digits_and_nothing_between_them(text: str, read: int | str) -> None:
    found = whole_number(text)
    assert (found.write if isinstance(found, Mistake) else found) == read


@pytest.mark.parametrize("text", ["42", "42.5", "0.123456"])
def test_a_sum_keeps_its_digits(text: str) -> None:
    assert decimal_number(text) == text
    assert isinstance(decimal_number(f"{text}."), Mistake)
    assert isinstance(decimal_number("0.1234567"), Mistake)


@pytest.mark.parametrize(
    "text",
    ["2026/6/3", "2026.06.03", "2026-6-3", "2026-06-03T10:00", "2026-06-03 10:00", "3.6.2026", "03.06.2026",
     "3 June 2026", "3rd June, 2026", "June 3, 2026", "Jun 3 2026", "june 03 2026"],
)  # fmt: skip
def test_a_date_that_is_written_otherwise_is_understood(text: str) -> None:
    assert partial_day(text) == Mistake(f'"{text}" is not written as a date', "write 2026-06-03")


@pytest.mark.parametrize("text", ["Ju 3 2026", "3 Juno 2026", "31.6.2026", "3.13.2026", "3.6.26", "1799/1/1", "June"])
def test_what_could_be_several_dates_or_none_is_not_guessed(text: str) -> None:
    assert partial_day(text) == Mistake(f'"{text}" is no date', "a date is written 2026-06-03, 2026-06 or 2026")


@pytest.mark.parametrize(
    ("text", "wrong", "write"),
    [
        ("2026-02-30", "does not exist", "February 2026 has 28 days"),
        ("2024-02-30", "does not exist", "February 2024 has 29 days"),
        ("2026-00-10", "does not exist", "a year has 12 months; write year-month-day, such as 2026-06-03"),
        ("2026-13", "does not exist", "a year has 12 months; write year-month-day, such as 2026-06-03"),
        ("2026-31-12", "is no date", "day and month swapped? write 2026-12-31"),
        ("2026-13-01", "is no date", "day and month swapped? write 2026-01-13"),
        ("2026-31-02", "does not exist", "a year has 12 months; write year-month-day, such as 2026-06-03"),
    ],
)
def test_a_day_that_the_calendar_does_not_have_is_told_why(text: str, wrong: str, write: str) -> None:
    assert partial_day(text) == Mistake(f'"{text}" {wrong}', write)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("UK", "GB"), ("EL", "GR"), ("SU", "RU"), ("UAE", "AE"), ("Great Britain", "GB"), ("England", "GB"),
        ("Turkey", "TR"), ("Czech Republic", "CZ"), ("Burma", "MM"), ("Belorussia", "BY"), ("Kirghizia", "KG"),
        ("Soviet Union", "RU"), ("Macau", "MO"), ("Kosovo", "XK"), ("RUS", "RU"), ("Russian Federation", "RU"),
        ("Bolivia", "BO"), ("Plurinational State of Bolivia", "BO"), ("russia", "RU"), ("Rusia", "RU"),
        ("Germnay", "DE"), ("ru", "RU"),
    ],
)  # fmt: skip
def test_a_country_may_be_meant_by_any_of_its_names(text: str, code: str) -> None:
    found = country(text)
    assert isinstance(found, Mistake)
    assert found.write.endswith(f" is {code}") or found.write == f"write {code}"


@pytest.mark.parametrize(
    ("read", "text", "found"),
    [
        (flag, "yes", True), (flag, "no", False),
        *((flag, text, Mistake(f'"{text}" is neither yes nor no', "write yes"))
          for text in ("Yes", "true", "y", "on", "1", "да")),
        *((flag, text, Mistake(f'"{text}" is neither yes nor no', "write no"))
          for text in ("No", "false", "n", "off", "0", "нет")),
        (flag, "maybe", Mistake('"maybe" is neither yes nor no', "write yes or no")),
        (identifier, "a" * 64, "a" * 64),
        (identifier, "a" * 65, Mistake(f'the name "{"a" * 39}…" has more than 64 characters', "write a shorter one")),
        (identifier, "a/b", Mistake('the name "a/b" has more than small letters, digits and hyphens',
                                    "write another name")),
        (tag, "a/b", "a/b"),
        (tag, "A b", Mistake('the name "A b" has more than small letters, digits and hyphens, with / between folders',
                             "write a-b")),
        (tag, "?", Mistake('the name "?" has more than small letters, digits and hyphens, with / between folders',
                           "write another name")),
        (other_country, "other", "other"),
        (candidate, "unknown", "unknown"),
        *((candidate, text, Mistake(f'"{text}" is no place', "write unknown"))
          for text in ("any", "Unknown", "anywhere", "?")),
    ],
)  # fmt: skip
def test_a_value_is_read_or_told_in_these_words(read: Callable[[str], object], text: str, found: object) -> None:
    assert read(text) == found


def test_a_word_of_a_closed_list_is_told_with_what_it_is_or_where_it_stands() -> None:
    options = ("in force", "in doubt", "ended")
    assert choice("ended", options) == "ended"
    assert choice("in_force", options, key="is") == Mistake('is cannot be "in_force"', "did you mean in force?")
    assert choice("x", options, "a state", "is") == Mistake('"x" is not a state', "write in force, in doubt or ended")
    words = "one of the words that can stand here"
    assert choice("x", options) == Mistake(f'"x" is not {words}', "write in force, in doubt or ended")


@pytest.mark.parametrize(
    ("text", "write"),
    [("1.6.2026", "2026-06-01"), ("30.6.2026", "2026-06-30"), ("1.1.1800", "1800-01-01"), ("31.12.2199", "2199-12-31")],
)
def test_the_first_and_the_last_day_are_understood_with_points(text: str, write: str) -> None:
    assert partial_day(text) == Mistake(f'"{text}" is not written as a date', f"write {write}")


@pytest.mark.parametrize(("text", "shown"), [("QQ-12", "QQ"), ("QQ-1234", "QQ-1234")])
def test_of_a_code_without_a_country_the_country_is_told(text: str, shown: str) -> None:
    found = place(text)
    assert isinstance(found, Mistake)
    assert found.wrong == f'unknown country "{shown}"'
