"""Codes: which ISO 3166 codes are assigned, and one spelling for each place.

ISO 3166-1 alpha-2 with `XK`, and ISO 3166-2, as pycountry has them. Every function is total: text in, an
assigned code or `unknown` out.
"""

from __future__ import annotations

from functools import cache

import pycountry

from service.law.place import TWINS, UNKNOWN


@cache
def assigned() -> frozenset[str]:
    """Every assigned code: ISO 3166-1 alpha-2, `XK` (user-assigned, in general use), ISO 3166-2."""
    countries = {country.alpha_2 for country in pycountry.countries}
    return frozenset(countries | {"XK"} | {part.code for part in pycountry.subdivisions})


@cache
def _alpha_3() -> frozenset[str]:
    return frozenset(country.alpha_3 for country in pycountry.countries)


def _upper(text: str | None) -> str:
    # Outside ASCII, upper case makes codes of what is none: the ligature \ufb01 would be Finland.
    return text.strip(" \t").upper() if text and text.isascii() else ""


def country(text: str | None, known: frozenset[str] | None = None) -> str:
    """The alpha-2 code that a text spells, else `unknown`: `XX`, `T1`, `ZZ`, `**`, `EU` are not assigned."""
    code = _upper(text)
    return code if len(code) == 2 and code in (assigned() if known is None else known) else UNKNOWN


def place(land: str | None, region: str | None = None, known: frozenset[str] | None = None) -> str:
    """The one code of a country and its subdivision, bare (`43`) or whole (`UA-43`).

    An unassigned or foreign region leaves the country alone; without a country the region means nothing.
    """
    known = assigned() if known is None else known
    code = country(land, known)
    bare = _upper(region).removeprefix(f"{code}-")
    if code == UNKNOWN or not bare:
        return code
    whole = f"{code}-{bare}"
    if whole in TWINS:
        return TWINS[whole]
    return whole if whole in known else code


def spelled(text: str | None, known: frozenset[str] | None = None) -> str:
    """The place that one text spells: `RU`, `UA-43`, or the Unicode form `USCA`; else `unknown`.

    Without a hyphen the subdivision must be assigned and the text no alpha-3 code: `IRAQ` is not Iran, `ARE`
    is not an Argentine province.
    """
    code = _upper(text)
    land, hyphen, region = code.partition("-")
    if hyphen or len(code) <= 2:
        return place(land, region, known)
    if code in _alpha_3():
        return UNKNOWN
    found = place(code[:2], code[2:], known)
    return UNKNOWN if found == code[:2] else found
