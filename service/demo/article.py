"""Article: what the made-up newspaper printed, in three languages. Neither the paper nor the island exists."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Article:
    """A page of the newspaper. `acts` are the words on its controls, by the act that each is."""

    language: str
    paper: str
    motto: str
    section: str
    sections: tuple[str, ...]
    dateline: str
    headline: str
    lead: str
    byline: str
    caption: str
    paragraphs: tuple[str, ...]
    check: str
    sure: str
    nothing_happened: str
    acts: Mapping[str, str]


def _articles() -> Mapping[str, Article]:
    found = {}
    for language in ("en", "ru", "fa"):
        text = files(__package__).joinpath("articles", f"{language}.toml").read_text(encoding="utf-8")
        found[language] = Article(language, **tomllib.loads(text))
    return MappingProxyType(found)


ARTICLES: Mapping[str, Article] = _articles()
"""The article, by language."""
