"""Record: what one record of a location file means as candidate places."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from geoip2.models import City, Country

from service.law.place import UNKNOWN
from service.locate import codes, region

NOT_KNOWN = frozenset({UNKNOWN})

_ANONYMOUS = (
    "is_anonymous",
    "is_anonymous_proxy",
    "is_anonymous_vpn",
    "is_hosting_provider",
    "is_public_proxy",
    "is_residential_proxy",
    "is_satellite_provider",
    "is_tor_exit_node",
)
"""Traits under which the reader may be anywhere, whatever the network's own place."""


_BESIDE = frozenset({"country", "continent", "registered_country"})
_OF_A_LAND = frozenset({"iso_code", "code", "geoname_id", "names", "is_in_european_union"})


@cache
def _lands() -> Mapping[str, frozenset[str]]:
    return {code: frozenset({code}) for code in codes.assigned() if len(code) == 2}


def is_anonymous(traits: object) -> bool:
    """Whether a record's traits, or a record of an anonymous-networks file, hide where the reader is."""
    return any(getattr(traits, trait, False) for trait in _ANONYMOUS)


def country(model: Country) -> frozenset[str]:
    """The record's country; `unknown` in its stead if it is not assigned, beside it if it is anonymous."""
    found = frozenset({codes.country(model.country.iso_code)})
    return found | NOT_KNOWN if is_anonymous(model.traits) else found


def alone(entry: object) -> frozenset[str] | None:
    """What `country` makes of a record, read without geoip2 where it says nothing but countries; None for any other.

    A model costs several times the look-up itself.
    """
    if type(entry) is not dict or not entry.keys() <= _BESIDE or "country" not in entry:
        return None
    for part in entry.values():
        if type(part) is not dict or not part.keys() <= _OF_A_LAND:
            return None
    code = entry["country"].get("iso_code")
    return _lands().get(code) if type(code) is str else None


def city(model: City) -> frozenset[str]:
    """The record's region, else its country; a region that contradicts the country stands beside it."""
    found = _parts(model)
    if found is None:
        found = country(model)
    elif is_anonymous(model.traits):
        found |= NOT_KNOWN
    if model.location.time_zone == region.SIMFEROPOL and not found & region.CRIMEAN:
        found |= {region.CRIMEA}
    return found


def new_spellings(model: City) -> tuple[str, ...]:
    """The names of a Ukrainian record's region if no table knows one of them, else none."""
    if codes.country(model.country.iso_code) != "UA" or _parts(model) is not None:
        return ()
    spelled = (name or part.iso_code or "" for part in model.subdivisions for name in _names(part))
    return tuple(dict.fromkeys(spelled))


def _names(part: object) -> tuple[str, ...]:
    names = getattr(part, "names", None) or {}
    return tuple(str(name) for name in names.values()) or ("",)


def _parts(model: City) -> frozenset[str] | None:
    """The most specific region that has a code, by its ISO code or its name; None if no region has one."""
    land = codes.country(model.country.iso_code)
    for part in reversed(tuple(model.subdivisions)):
        code = codes.place(land, part.iso_code)
        if code not in (land, UNKNOWN):
            return frozenset({code})
        for name in _names(part):
            named = region.code_of(land, name)
            if named is not None:
                return frozenset({named}) if land == "UA" else frozenset({land, named})
    return None
