"""Phrases: the few words that are the page's own, in the languages in which we have them.

Countries stand in brackets or after a colon where a language would decline their names: CLDR gives the nominative.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from babel import Locale
from babel.lists import format_list

from .lexicon import part, spoken


@dataclass(frozen=True, slots=True)
class Phrases:
    """The words of one language.

    The folded line is one of `wherever` (a law that follows people) and `perhaps` (a law of which it is not known
    whether the reader is in its place), each for one country and for several, with an example after it. `names` are
    countries' names that are shorter than CLDR's, which add "SAR China".
    """

    language: str
    heading: str
    draft: str
    label: str
    label_long: str
    wherever: tuple[str, str]
    perhaps: tuple[str, str]
    passport: tuple[str, str]
    place: tuple[str, str]
    either: tuple[str, str]
    anonymous_heading: str
    anonymous: str
    names: Mapping[str, str]

    def country(self, code: str) -> str:
        """A country's name by CLDR; a code that it does not have is its own name."""
        return self.names.get(code) or Locale.parse(self.language, sep="-").territories.get(code, code)

    def countries(self, codes: Sequence[str]) -> str:
        """The names of some countries as a list in words."""
        names = [_WITH_ARTICLE.get(code, "") * (self.language == "en") + self.country(code) for code in codes]
        return format_list(names, locale=Locale.parse(self.language, sep="-"))

    def folded(self, codes: Sequence[str], *, place: bool, passport: bool) -> str:
        """The one line that stands for everything that is held back."""
        several = int(len(codes) > 1)
        example = {(True, True): self.either[several], (True, False): self.place[several],
                   (False, True): self.passport[several], (False, False): ""}[place, passport]  # fmt: skip
        line = (self.perhaps if place else self.wherever)[several]
        return line.format(countries=self.countries(codes), example=example)

    def short_label(self, codes: Sequence[str]) -> str:
        """A line of at most 80 characters."""
        line = self.label.format(countries=self.countries(codes))
        return line if len(line) <= LABEL else self.label_long


LABEL = 80
"""The most characters of a label."""

_WITH_ARTICLE = dict.fromkeys(
    ("AE", "BS", "CD", "CF", "CG", "DO", "GB", "GM", "KM", "MH", "MV", "NL", "PH", "SB", "SC", "US"), "the "
)

PHRASES: Mapping[str, Phrases] = MappingProxyType(
    {language: Phrases(language, **words) for language, words in part("page").items()}
)
"""By language."""

NAMES: Mapping[str, Mapping[str, str]] = MappingProxyType({words.language: words.names for words in PHRASES.values()})
"""By language: names of countries that are shorter than CLDR's."""


def phrases(language: str) -> Phrases:
    """The words in a language or, where we have none, in English; `language` of the result says which."""
    return spoken(PHRASES, language)
