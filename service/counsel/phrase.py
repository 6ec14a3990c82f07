"""Phrase: each node of a condition in plain words, in the languages that counsel reads.

One phrase a node and none for the tree: explanations and memos lay the phrases out as the tree stands, so what a
lawyer reads has the structure that the engine runs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from babel import Locale

from ..law.condition import (
    Age,
    AllOf,
    AnyOf,
    CitizenOf,
    Condition,
    Content,
    During,
    Everyone,
    LocatedIn,
    Naming,
    Not,
    Occupation,
    PageLanguage,
    Possibly,
    ResidentOf,
    SameAs,
    Stateless,
    UnlessDetermined,
)


@dataclass(frozen=True, slots=True)
class Phrases:
    """The words of one language; `{}` stands for what is named.

    `near`: a number of days before a calendar's day, after it, and the day itself.
    """

    language: str
    either: str
    naming: Mapping[type[Naming], str]
    groups: Mapping[type[Condition], str]
    stateless: tuple[str, str]
    age: tuple[str, str, str]
    same: str
    everyone: str
    during: str
    near: tuple[str, str, str]


ENGLISH = Phrases(
    language="en",
    either=" or ",
    naming={
        LocatedIn: "the reader is in {}",
        ResidentOf: "the reader lives for good in {}, or holds a permit to",
        CitizenOf: "the reader is a citizen of {}",
        Occupation: "the reader works as {}",
        Content: "the page carries {}",
        PageLanguage: "the page was asked for in {}",
    },
    groups={
        AllOf: "all of these:",
        AnyOf: "at least one of these:",
        Not: "not:",
        Possibly: "possibly, if the law is read so widely:",
        UnlessDetermined: "unless this is known of the reader:",
    },
    stateless=("the reader is stateless", "the reader is not stateless"),
    age=("the reader is {} or older", "the reader is {} or younger", "the reader is from {} to {} years old"),
    same="the same as in {}:",
    everyone="everyone",
    during="it is a day near one of {}: from {} to {}",
    near=("{} days before it", "{} days after it", "the day itself"),
)

RUSSIAN = Phrases(
    language="ru",
    either=" или ",
    naming={
        LocatedIn: "читатель находится здесь: {}",
        ResidentOf: "читатель постоянно живёт здесь или имеет на это разрешение: {}",
        CitizenOf: "у читателя есть гражданство: {}",
        Occupation: "занятие читателя: {}",
        Content: "на странице есть: {}",
        PageLanguage: "язык запрошенной страницы: {}",
    },
    groups={
        AllOf: "верно всё перечисленное:",
        AnyOf: "верно хотя бы одно:",
        Not: "неверно следующее:",
        Possibly: "возможно, если толковать закон так широко:",
        UnlessDetermined: "если только о читателе не известно следующее:",
    },
    stateless=("у читателя нет гражданства", "читатель не является лицом без гражданства"),
    age=("читателю {} лет или больше", "читателю {} лет или меньше", "читателю от {} до {} лет"),
    same="то же, что в {}:",
    everyone="любой читатель",
    during="день близок к одному из дней календаря {}; первый: {}, последний: {}",
    near=("за {} дн. до него", "через {} дн. после него", "сам этот день"),
)

LANGUAGES: Mapping[str, Phrases] = {"en": ENGLISH, "ru": RUSSIAN}

NameOf: TypeAlias = Callable[[str, type[Naming]], str]


def plain(name: str, _kind: type[Naming]) -> str:
    """What is named, as the rule file writes it."""
    return name


def named_by_cldr(language: str, titles: Mapping[str, str]) -> NameOf:
    """Names as people know them: territories by their title, countries and languages by CLDR, with the code."""
    locale = Locale.parse(language)

    def name(code: str, kind: type[Naming]) -> str:
        if code in titles:
            return f"{titles[code]} ({code})"
        known = locale.languages if kind is PageLanguage else locale.territories
        found = known.get(code) if kind in (PageLanguage, LocatedIn, ResidentOf, CitizenOf) else None
        return f"{found} ({code})" if found else code

    return name


def phrase(node: Condition, words: Phrases = ENGLISH, name: NameOf = plain) -> str:
    """One node, without those below it."""
    if isinstance(node, Naming):
        return words.naming[type(node)].format(words.either.join(name(each, type(node)) for each in node.names))
    if isinstance(node, Stateless):
        return words.stateless[0 if node.expected else 1]
    if isinstance(node, Age):
        least, most, between = words.age
        if node.least is None:
            return most.format(node.most)
        return least.format(node.least) if node.most is None else between.format(node.least, node.most)
    if isinstance(node, SameAs):
        return words.same.format(node.notice)
    if isinstance(node, During):
        return words.during.format(node.calendar, *(_near(day, words) for day in (node.first, node.last)))
    return words.everyone if isinstance(node, Everyone) else words.groups[type(node)]


def _near(days: int, words: Phrases) -> str:
    """Days before or after one of a calendar."""
    before, after, itself = words.near
    return (before if days < 0 else after).format(abs(days)) if days else itself
