"""Words: what the check page says of its own, in the languages in which we have it.

All but the English are drafts. Names of countries stand after a colon or alone, because CLDR gives the nominative.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ..page.lexicon import part, spoken


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language. A question is a legend and a hint; an empty line parts the paragraphs of `limits`."""

    language: str
    title: str
    intro: str
    declined: str
    place: tuple[str, str]
    passport: tuple[str, str]
    second: tuple[str, str]
    home: tuple[str, str]
    age: tuple[str, str]
    work: tuple[str, str]
    elsewhere: str
    rest: str
    stranger: str
    stateless: str
    single: str
    also: str
    also_stranger: str
    under: str
    between: str
    over: str
    other_work: str
    results: str
    applies: str
    may_apply: str
    does_not_apply: str
    nothing: str
    old: str
    clear: str
    limits_heading: str
    limits: str


WORDS: Mapping[str, Words] = MappingProxyType(
    {language: Words(language, **words) for language, words in part("check").items()}
)
"""By language: some of those of the page's other words."""


def words_in(language: str) -> Words:
    """The words in a language or, where we have none, in English; `language` of the result says which."""
    return spoken(WORDS, language)
