"""Choice: what is looked at: a way of embedding, and for which publisher, place, language and day.

All of it stands in the address, and nothing else: what a reader is, never does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from .almanac import TODAY

PLACES = {
    "any": "not known",
    "RU": "Russia",
    "UA-43": "Crimea",
    "UA-14": "Donetsk region",
    "UA": "Ukraine",
    "BY": "Belarus",
    "KG": "Kyrgyzstan",
    "IR": "Iran",
    "HK": "Hong Kong",
    "DE": "Germany",
}
"""Places to choose from, one at least of every kind that the shipped rules tell apart."""

USUAL = {"en": "rferl", "ru": "meduza", "fa": "iran-international"}
"""The languages of the newspaper, each with the publisher whose notices it shows first."""

_PLACE = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,63}")


@dataclass(frozen=True, slots=True)
class Choice:
    """One page of the demonstration; `day` is None for today, whatever day that is."""

    publisher: str = USUAL["en"]
    place: str = "any"
    language: str = "en"
    way: str = "included"
    day: date | None = None

    @property
    def before(self) -> str:
        """What stands before every path of the day."""
        return f"/on/{self.day.isoformat()}" if self.day else ""

    @property
    def path(self) -> str:
        """The address of the page."""
        return f"{self.before}/{self.publisher}/{self.place}/{self.language}/{self.way}/"

    def but(self, **changed: str | date | None) -> Choice:
        """The same but for what is named."""
        return replace(self, **changed)  # type: ignore[arg-type]

    def source(self, rest: str, fault: str = "") -> str:
        """A path under which the newspaper's own server passes a question on to the service."""
        return f"{self.before}{'/fault/' + fault if fault else ''}/_r/{self.publisher}/{rest}"


def day_of(text: str) -> date | None:
    """The day that a text names, None for today. Raises `ValueError`."""
    if text in ("", TODAY):
        return None
    day = date.fromisoformat(text)
    if day.isoformat() != text or not 1900 <= day.year <= 2100:
        raise ValueError("not a day")
    return day


def is_place(text: str) -> bool:
    """Whether a text may stand as a place in an address; the service knows what it means."""
    return bool(_PLACE.fullmatch(text))
