"""Date: days, months and years, terms and numbers, as authors write them."""

from __future__ import annotations

import re
from calendar import month_name, monthrange
from datetime import date, timedelta

from ..law.standing import PartialDate
from .problem import Mistake, closest, quoted

_DAY, _MONTH, _YEAR = (re.compile(form, re.ASCII) for form in (r"(\d{4})-(\d\d)-(\d\d)", r"(\d{4})-(\d\d)", r"(\d{4})"))
_LOOSE = re.compile(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?:[T ].*)?", re.ASCII)
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", re.ASCII)
_WORDED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)? +([A-Za-z]+),? +(\d{4})|([A-Za-z]+) +(\d{1,2}),? +(\d{4})", re.ASCII)
_TERM = re.compile(r"(\d{1,4}) (day|week|month|year|hour)s?", re.ASCII)
_LIFE = re.compile(r"([0-9]{1,4}) (seconds?|minutes?)")
_DIGITS, _DECIMAL = re.compile(r"\d{1,15}", re.ASCII), re.compile(r"\d{1,15}(?:\.\d{1,6})?", re.ASCII)
_YEARS = range(1800, 2200)
_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def partial_day(text: str) -> PartialDate | Mistake:
    """A day, a month of a year, or a year."""
    for form in (_DAY, _MONTH, _YEAR):
        if found := form.fullmatch(text):
            return _checked(text, *(int(part) for part in found.groups()))
    return _unread(text, "a date is written 2026-06-03, 2026-06 or 2026")


def whole_day(text: str) -> date | Mistake:
    """A day."""
    read = partial_day(text)
    if isinstance(read, Mistake):
        return read if "2026-06 or" not in read.write else Mistake(read.wrong, "a day is written 2026-06-03")
    if read.day is None:
        return Mistake(f"{quoted(text)} is no whole date", "write the day as well, such as 2026-06-03")
    return read.first()


def _checked(text: str, year: int, month: int = 1, day: int = 1) -> PartialDate | Mistake:
    if year not in _YEARS:
        return Mistake(f"the year of {quoted(text)} cannot be", "a date is written 2026-06-03")
    parts = text.count("-")
    if 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]:
        return PartialDate(year, month if parts > 0 else None, day if parts > 1 else None)
    if parts > 1 and month > 12 and 1 <= day <= 12 and month <= monthrange(year, day)[1]:
        write = f"day and month swapped? write {year}-{day:02}-{month:02}"
        return Mistake(f"{quoted(text)} is no date", write)
    if 1 <= month <= 12:
        last = monthrange(year, month)[1]
        return Mistake(f"{quoted(text)} does not exist", f"{month_name[month]} {year} has {last} days")
    return Mistake(f"{quoted(text)} does not exist", "a year has 12 months; write year-month-day, such as 2026-06-03")


def _unread(text: str, otherwise: str) -> Mistake:
    year = month = day = 0
    if found := _LOOSE.fullmatch(text):
        year, month, day = (int(part) for part in found.groups())
    elif found := _DOTTED.fullmatch(text):
        day, month, year = (int(part) for part in found.groups())
    elif found := _WORDED.fullmatch(text):
        day, year = int(found[1] or found[5]), int(found[3] or found[6])
        name = (found[2] or found[4]).lower()
        month = next((at for at in range(1, 13) if len(name) > 2 and month_name[at].lower().startswith(name)), 0)
    if year in _YEARS and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]:
        return Mistake(f"{quoted(text)} is not written as a date", f"write {year}-{month:02}-{day:02}")
    return Mistake(f"{quoted(text)} is no date", otherwise)


def term(text: str) -> str | Mistake:
    """A length of time, such as "15 days" or "1 year"."""
    if found := _TERM.fullmatch(text):
        return f"{int(found[1])} {found[2]}{'' if int(found[1]) == 1 else 's'}"
    number, _, unit = text.partition(" ")
    if unit.lower().rstrip("s") in ("day", "week", "month", "year", "hour"):
        read = whole_number(number)
        if isinstance(read, Mistake) and read.write.startswith("write "):
            return Mistake(f"{quoted(text)} is no term", f"{read.write} {unit.lower()}")
    elif isinstance(whole_number(text), int):
        return Mistake(f"{quoted(text)} has no unit", f"write {text} days, {text} months or {text} years")
    return Mistake(f"{quoted(text)} is no term", "a term is written 15 days, 6 months or 1 year")


def span(text: str) -> timedelta | Mistake:
    """A term in days or weeks, which alone have one length."""
    read = term(text)
    if isinstance(read, Mistake):
        return read
    number, _, unit = read.partition(" ")
    if unit.startswith(("day", "week")):
        return timedelta(days=int(number) * (7 if unit.startswith("week") else 1))
    return Mistake(f"{quoted(text)} has no certain length", "write it in days, such as 30 days")


def life(text: str) -> timedelta | Mistake:
    """A time of seconds or minutes, 5 minutes at most: longer would outlive the caches before it."""
    found = _LIFE.fullmatch(text)
    if not found:
        return Mistake(f"{quoted(text)} is no time in seconds or minutes", "write it in seconds, such as 60 seconds")
    read = timedelta(seconds=int(found[1]) * (60 if found[2].startswith("minute") else 1))
    if read > timedelta(minutes=5):
        return Mistake(f"{quoted(text)} is longer than 5 minutes", "write 5 minutes or less")
    return read


def whole_number(text: str) -> int | Mistake:
    """A number in digits."""
    if _DIGITS.fullmatch(text):
        return int(text)
    return _uncounted(text)


def decimal_number(text: str) -> str | Mistake:
    """A number in digits, with a point if it has a fraction; its digits as written."""
    return text if _DECIMAL.fullmatch(text) else _uncounted(text)


def _uncounted(text: str) -> Mistake:
    bare = re.sub(r"[\s,_'\u202f\u00a0]", "", text)
    if bare.isdecimal() and len(bare) < 16:
        return Mistake(f"{quoted(text)} is not written as a number", f"write {int(bare)}")
    meant = _in_words(text.lower().replace("-", " ").split())
    if meant is not None:
        return Mistake(f"{quoted(text)} is a number in words", f"write {meant}")
    return Mistake(f"{quoted(text)} is no number", "write it in digits, such as 18")


def _in_words(words: list[str]) -> int | None:
    """A number up to ninety-nine in English."""
    if len(words) == 1 and words[0] in _ONES:
        return _ONES.index(words[0])
    if words and words[0] in _TENS:
        rest = _in_words(words[1:]) if len(words) > 1 else 0
        return None if rest is None or rest > 9 else 20 + 10 * _TENS.index(words[0]) + rest
    return None


DAY_ITSELF = "election day"
_NEAR = re.compile(r"(\d{1,4}) days? (before|after)")


def near(text: str) -> int | Mistake:
    """Days before (negative) or after a calendar's day."""
    if text == DAY_ITSELF:
        return 0
    if found := _NEAR.fullmatch(text):
        return int(found[1]) * (-1 if found[2] == "before" else 1)
    write = DAY_ITSELF if closest(text, [DAY_ITSELF]) else f"a day such as 90 days before, or {DAY_ITSELF}"
    return Mistake(f"{quoted(text)} is no number of days before or after", f"write {write}")
