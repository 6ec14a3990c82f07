"""Region: the places that a question about place tells apart, grouped and named for a person.

A country that the rules hold as a whole is one answer, a country through which they draw a line is several, and all
other countries together are one. Every part of a country is in exactly one answer of that country.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from babel import Locale
from babel.lists import format_list

from ..law.cases import Places
from ..page.phrases import phrases
from .words import Words

LISTED = 8
"""How many whole countries are answers of their own; if there are more, those that no rule tells apart become one."""

UKRAINE: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "en": {"UA-43": "Crimea", "UA-40": "Sevastopol", "UA-30": "Kyiv (city)", "UA-05": "Vinnytsia region",
               "UA-07": "Volyn region", "UA-09": "Luhansk region", "UA-12": "Dnipropetrovsk region",
               "UA-14": "Donetsk region", "UA-18": "Zhytomyr region", "UA-21": "Zakarpattia region",
               "UA-23": "Zaporizhzhia region", "UA-26": "Ivano-Frankivsk region", "UA-32": "Kyiv region",
               "UA-35": "Kirovohrad region", "UA-46": "Lviv region", "UA-48": "Mykolaiv region",
               "UA-51": "Odesa region", "UA-53": "Poltava region", "UA-56": "Rivne region", "UA-59": "Sumy region",
               "UA-61": "Ternopil region", "UA-63": "Kharkiv region", "UA-65": "Kherson region",
               "UA-68": "Khmelnytskyi region", "UA-71": "Cherkasy region", "UA-74": "Chernihiv region",
               "UA-77": "Chernivtsi region"},
        "ru": {"UA-43": "Крым", "UA-40": "Севастополь", "UA-30": "Киев", "UA-05": "Винницкая область",
               "UA-07": "Волынская область", "UA-09": "Луганская область", "UA-12": "Днепропетровская область",
               "UA-14": "Донецкая область", "UA-18": "Житомирская область", "UA-21": "Закарпатская область",
               "UA-23": "Запорожская область", "UA-26": "Ивано-Франковская область", "UA-32": "Киевская область",
               "UA-35": "Кировоградская область", "UA-46": "Львовская область", "UA-48": "Николаевская область",
               "UA-51": "Одесская область", "UA-53": "Полтавская область", "UA-56": "Ровенская область",
               "UA-59": "Сумская область", "UA-61": "Тернопольская область", "UA-63": "Харьковская область",
               "UA-65": "Херсонская область", "UA-68": "Хмельницкая область", "UA-71": "Черкасская область",
               "UA-74": "Черниговская область", "UA-77": "Черновицкая область"},
        "be": {"UA-43": "Крым", "UA-40": "Севастопаль", "UA-30": "Кіеў", "UA-05": "Вінніцкая вобласць",
               "UA-07": "Валынская вобласць", "UA-09": "Луганская вобласць", "UA-12": "Днепрапятроўская вобласць",
               "UA-14": "Данецкая вобласць", "UA-18": "Жытомірская вобласць", "UA-21": "Закарпацкая вобласць",
               "UA-23": "Запарожская вобласць", "UA-26": "Івана-Франкоўская вобласць", "UA-32": "Кіеўская вобласць",
               "UA-35": "Кіраваградская вобласць", "UA-46": "Львоўская вобласць", "UA-48": "Мікалаеўская вобласць",
               "UA-51": "Адэская вобласць", "UA-53": "Палтаўская вобласць", "UA-56": "Ровенская вобласць",
               "UA-59": "Сумская вобласць", "UA-61": "Цярнопальская вобласць", "UA-63": "Харкаўская вобласць",
               "UA-65": "Херсонская вобласць", "UA-68": "Хмяльніцкая вобласць", "UA-71": "Чаркаская вобласць",
               "UA-74": "Чарнігаўская вобласць", "UA-77": "Чарнавіцкая вобласць"},
        "uk": {"UA-43": "Крим", "UA-40": "Севастополь", "UA-30": "Київ", "UA-05": "Вінницька область",
               "UA-07": "Волинська область", "UA-09": "Луганська область", "UA-12": "Дніпропетровська область",
               "UA-14": "Донецька область", "UA-18": "Житомирська область", "UA-21": "Закарпатська область",
               "UA-23": "Запорізька область", "UA-26": "Івано-Франківська область", "UA-32": "Київська область",
               "UA-35": "Кіровоградська область", "UA-46": "Львівська область", "UA-48": "Миколаївська область",
               "UA-51": "Одеська область", "UA-53": "Полтавська область", "UA-56": "Рівненська область",
               "UA-59": "Сумська область", "UA-61": "Тернопільська область", "UA-63": "Харківська область",
               "UA-65": "Херсонська область", "UA-68": "Хмельницька область", "UA-71": "Черкаська область",
               "UA-74": "Чернігівська область", "UA-77": "Чернівецька область"},
        "fa": {"UA-43": "کریمه", "UA-40": "سواستوپل", "UA-30": "کی‌یف", "UA-05": "استان وینیتسیا",
               "UA-07": "استان ولین", "UA-09": "استان لوهانسک", "UA-12": "استان دنیپروپتروفسک",
               "UA-14": "استان دونتسک", "UA-18": "استان ژیتومیر", "UA-21": "استان زاکارپاتیا",
               "UA-23": "استان زاپوریژیا", "UA-26": "استان ایوانو-فرانکیفسک", "UA-32": "استان کی‌یف",
               "UA-35": "استان کیرووهراد", "UA-46": "استان لویو", "UA-48": "استان میکولایف",
               "UA-51": "استان اودسا", "UA-53": "استان پولتاوا", "UA-56": "استان ریونه", "UA-59": "استان سومی",
               "UA-61": "استان ترنوپیل", "UA-63": "استان خارکیف", "UA-65": "استان خرسون",
               "UA-68": "استان خملنیتسکی", "UA-71": "استان چرکاسی", "UA-74": "استان چرنیهیف",
               "UA-77": "استان چرنیوتسی"},
        "ar": {"UA-43": "القرم", "UA-40": "سيفاستوبول"},
        "zh-Hans": {"UA-43": "克里米亚", "UA-40": "塞瓦斯托波尔"},
        "zh-Hant": {"UA-43": "克里米亞", "UA-40": "塞瓦斯托波爾"},
    }
)  # fmt: skip
"""Regions that the shipped rules tell apart; no CLDR data that Python has names any. Others are named by ISO 3166-2."""


@dataclass(frozen=True, slots=True)
class Region:
    """One answer: the code that speaks for it, its name, and every code that it stands for."""

    place: str
    name: str
    members: frozenset[str]


def regions(places: Places, words: Words) -> tuple[Region, ...]:
    """The answers to a question about place, by name; last the one for all that no rule tells apart."""
    ground = _Ground(places, words)
    split: list[Region] = []
    whole: dict[str, list[str]] = {}
    others: set[str] = set()
    for country in sorted(code for code, above in places.gazetteer.parents.items() if not above):
        kind = ground.whole(country)
        if kind is None:
            split += ground.split(country)
        elif kind == places.elsewhere:
            others |= ground.below(country)
        else:
            whole.setdefault(kind, []).append(country)
    single = sum(map(len, whole.values())) <= LISTED
    groups = [[code] for codes in whole.values() for code in codes] if single else list(whole.values())
    found = [ground.region(codes, listed(codes, words.language)) for codes in groups]
    found = sorted(found, key=lambda region: region.name) + split
    found.sort(key=lambda region: region.name.partition(":")[0])
    if others:
        found.append(Region(places.elsewhere, words.elsewhere, frozenset(others)))
    return tuple(found)


class _Ground:
    """The codes of a partition, as a tree."""

    def __init__(self, places: Places, words: Words) -> None:
        self.places, self.words = places, words
        self.children: dict[str, list[str]] = {}
        for code, above in places.gazetteer.parents.items():
            self.children.setdefault(above, []).append(code)

    def below(self, code: str) -> set[str]:
        """A code and all that lie in it."""
        return {code}.union(*(self.below(part) for part in self.children.get(code, ())))

    def whole(self, code: str) -> str | None:
        """The class in which a code lies with all that lies in it, or None where a line runs through it."""
        kinds = {self.places.class_of.get(part, self.places.elsewhere) for part in self.below(code)}
        return kinds.pop() if len(kinds) == 1 else None

    def split(self, country: str) -> list[Region]:
        """The parts of a country through which a line runs; the group of most parts is the rest of it."""
        groups: dict[str, list[str]] = {}
        inside = list(self.children.get(country, ()))
        while inside:
            part = inside.pop()
            kind = self.whole(part)
            if kind is None:
                inside += self.children[part]
            else:
                groups.setdefault(kind, []).append(part)
        ordered = sorted((sorted(parts) for parts in groups.values()), key=lambda parts: (len(parts), parts))
        name = country_name(country, self.words.language)
        if len(ordered) == 1:
            return [self.region(ordered[0], name)]
        found = [self.region(parts, f"{name}: {listed(parts, self.words.language)}") for parts in ordered[:-1]]
        return [*found, self.region(ordered[-1], self.words.rest.format(country=name))]

    def region(self, codes: Sequence[str], name: str) -> Region:
        return Region(codes[0], name, frozenset().union(*map(self.below, codes)))


def listed(codes: Iterable[str], language: str) -> str:
    """Some countries and regions as a list in words, in the order of their names."""
    named = [region_name(code, language) if "-" in code else country_name(code, language) for code in codes]
    return format_list(sorted(named), style="or", locale=Locale.parse(language, sep="-"))


def country_name(code: str, language: str) -> str:
    """A country's name by CLDR; a code that it does not have is its own name."""
    return phrases(language).country(code)


def region_name(code: str, language: str) -> str:
    """A region's name in a language, else as ISO 3166-2 spells it."""
    return UKRAINE.get(language, {}).get(code) or _iso_names().get(code, code)


@lru_cache(maxsize=1)
def _iso_names() -> Mapping[str, str]:
    import pycountry

    return {part.code: part.name for part in pycountry.subdivisions}
