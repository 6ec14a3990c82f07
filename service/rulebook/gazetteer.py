"""Gazetteer: ISO 3166 codes with `XK`, and languages, and what was probably meant by one that does not exist."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType

from ..law.place import TWINS, UNKNOWN, Gazetteer
from .problem import Mistake, closest, listed, quoted

KOSOVO = "XK"
"""User-assigned in ISO 3166-1, and in general use."""

_CODE = re.compile(r"[A-Z]{2}(?:-[A-Z0-9]{1,3})?")
_TAG = re.compile(r"([A-Za-z]{2,3})(?:-([A-Za-z]{4}))?(?:-([A-Za-z]{2}|[0-9]{3}))?")
_ALIASES = {
    "UK": "GB", "EL": "GR", "SU": "RU", "UAE": "AE", "Great Britain": "GB", "England": "GB", "Turkey": "TR",
    "Czech Republic": "CZ", "Burma": "MM", "Belorussia": "BY", "Kirghizia": "KG", "Soviet Union": "RU", "Macau": "MO",
}  # fmt: skip


@cache
def gazetteer() -> Gazetteer:
    """Every assigned code and the code above it."""
    import pycountry

    parents = dict.fromkeys((country.alpha_2 for country in pycountry.countries), "") | {KOSOVO: ""}
    for part in pycountry.subdivisions:
        parents[part.code] = part.parent_code or part.country_code
    return Gazetteer(MappingProxyType(parents))


@cache
def _countries() -> Mapping[str, str]:
    """English names of all countries, by code."""
    import pycountry
    from babel import Locale

    cldr = Locale("en").territories
    official = {country.alpha_2: str(country.name) for country in pycountry.countries} | {KOSOVO: "Kosovo"}
    return {code: cldr.get(code, name) for code, name in official.items()}


@cache
def _called() -> Mapping[str, str]:
    """The code of everything that a country is called, in lower case."""
    import pycountry

    names = {name.lower(): code for code, name in _countries().items()}
    for country in pycountry.countries:
        for field in ("name", "common_name", "official_name", "alpha_3"):
            if name := getattr(country, field, ""):
                names.setdefault(str(name).lower(), country.alpha_2)
    return names | {alias.lower(): code for alias, code in _ALIASES.items()}


@cache
def _parts(country: str) -> Mapping[str, str]:
    """The names of a country's subdivisions, by code."""
    import pycountry

    return {part.code: str(part.name) for part in pycountry.subdivisions if part.country_code == country}


def country(text: str) -> str | Mistake:
    """An ISO 3166-1 code."""
    known = gazetteer()
    if "-" not in text and known.knows(text):
        return text
    if known.knows(text):
        return Mistake(f"{text} is a part of a country", f"write {text[:2]}")
    return _no_country(text)


def place(text: str) -> str | Mistake:
    """An ISO 3166-1 or -2 code, in the one spelling under which readers are looked for."""
    if text in TWINS:
        return Mistake(f"{text} has a code of its own, under which readers are looked for", f"write {TWINS[text]}")
    if gazetteer().knows(text):
        return text
    land, hyphen, part = text.partition("-")
    if not hyphen or not gazetteer().knows(land.upper()):
        return _named_part(text) or _no_country(land if _CODE.fullmatch(text) else text)
    land = land.upper()
    if gazetteer().knows(text.upper()):
        return Mistake(f"{quoted(text)} is no code", f"write {text.upper()}")
    parts = _parts(land)
    if not parts:
        return Mistake(f"{_countries()[land]} has no parts with a code", f"write {land}")
    named = {name.lower(): code for code, name in parts.items()}
    near = [code for code in sorted(parts) if _one_slip(code.partition("-")[2], part.upper())]
    code = named.get(closest(part.lower(), named, 0.75)) or next(iter(near), "")
    write = f"did you mean {code} ({parts[code]})?" if code else f"write {land}, or one of its parts in ISO 3166-2"
    return Mistake(f"unknown part of {_countries()[land]}, {quoted(text)}", write)


def _one_slip(code: str, text: str) -> bool:
    """Whether a code of three letters has one other letter, or any code has its letters in another order."""
    if sorted(code) == sorted(text):
        return True
    return len(code) == len(text) == 3 and sum(one != other for one, other in zip(code, text, strict=True)) == 1


def _named_part(text: str) -> Mistake | None:
    """What to write for a part of a country that is called by its name."""
    import pycountry

    codes = [part.code for part in pycountry.subdivisions if part.name.lower() == text.lower()]
    if not codes or text.lower() in _called():
        return None
    return Mistake(f"{quoted(text)} is a name and no code", f"write {listed(sorted(codes)[:3])}")


def looks_like_code(text: str) -> bool:
    """Whether a text is meant as an ISO code and not as the name of a territory."""
    return bool(_CODE.fullmatch(text))


def _no_country(text: str) -> Mistake:
    if gazetteer().knows(text.upper()):
        return Mistake(f"{quoted(text)} is no country's code", f"write {text.upper()}")
    names, countries = _called(), _countries()
    near = closest(text.lower(), [name for name in names if len(name) > 3], 0.8) if len(text) > 3 else ""
    if code := names.get(text.lower()) or names.get(near):
        return Mistake(f"unknown country {quoted(text)}", f"{countries[code]} is {code}")
    meant: list[str] = []
    if len(text) == 2 and text.isascii():
        code = text.upper()
        if code[::-1] in countries:
            meant = [code[::-1]]
        else:
            meant = [_shortest(kind) for kind in (
                [one for one in countries if one[0] == code[0]], [one for one in countries if one[1] == code[1]]
            ) if kind]  # fmt: skip
    said = ", ".join(f"{countries[one]} is {one}" for one in dict.fromkeys(meant))
    return Mistake(f"unknown country {quoted(text)}", said or "write a code of ISO 3166, such as RU")


def _shortest(codes: Iterable[str]) -> str:
    """Of several codes the country with the shortest name: the one that most people would mean."""
    return min(codes, key=lambda code: (len(_countries()[code]), code))


@cache
def _languages() -> Mapping[str, str]:
    """English names of languages, by code."""
    from babel import Locale

    return {
        code: str(name)
        for code, name in Locale("en").languages.items()
        if code not in ("und", "mul", "zxx", "root") and "_" not in code
    }


def language(text: str) -> str | Mistake:
    """A tag of a language that exists, in its usual spelling (RFC 5646 section 2.1.1)."""
    found = _TAG.fullmatch(text)
    if found is not None and found[1].lower() in _languages():
        parts = (found[1].lower(), (found[2] or "").title(), (found[3] or "").upper())
        usual = "-".join(filter(None, parts))
        return text if text == usual else Mistake(f"{quoted(text)} is not how the tag is written", f"write {usual}")
    return Mistake(f"unknown language {quoted(text)}", _language_meant(text))


def _language_meant(text: str) -> str:
    from babel.languages import get_official_languages

    named = {name.lower(): code for code, name in _languages().items()}
    if code := named.get(closest(text.lower(), named, 0.8) if len(text) > 3 else ""):
        return f"{_languages()[code]} is {code}"
    land = text.upper() if text.upper() in _countries() else _called().get(text.lower(), "")
    spoken = [code for code in get_official_languages(land) if code in _languages()] if land else []
    if spoken:
        return f"{listed([f'{_languages()[code]} is {code}' for code in spoken[:3]], 'and')}"
    return "write a code of ISO 639, such as ru"


def candidate(text: str) -> str | Mistake:
    """A place where a reader may be: a code, or `unknown`."""
    if text == UNKNOWN:
        return text
    if text.lower() in ("any", "unknown", "anywhere", "?"):
        return Mistake(f"{quoted(text)} is no place", f"write {UNKNOWN}")
    return place(text)


def area_meant(text: str) -> str:
    """What to write for an area that is no territory, or "" where it is none of the places known here either."""
    read = place(text)
    return read.write if isinstance(read, Mistake) and "ISO 3166" not in read.write else ""
