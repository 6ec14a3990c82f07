"""Zone: where the clock of a device says that it is.

A browser tells its page the name of its time zone. Some report the name of today (Europe/Kyiv, Asia/Kolkata) and some
the name of old (Europe/Kiev, Asia/Calcutta), so every name is here. Territories are CLDR's, as Babel ships them.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from babel.core import get_global

PLACED: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        # CLDR gives the country. The zone is that of the peninsula, which is two codes.
        "Europe/Simferopol": frozenset({"UA-43", "UA-40"}),
        # Younger than the CLDR that Babel has: split from America/Punta_Arenas in 2025.
        "America/Coyhaique": frozenset({"CL"}),
        # A Norwegian station, which CLDR gives no territory.
        "Antarctica/Troll": frozenset({"AQ"}),
    }
)
"""Zones of which CLDR does not say enough."""

_NOWHERE = frozenset({"ZZ", "001"})
"""What CLDR writes for zones that are of no territory, such as UTC: the clock of Tor Browser."""


@cache
def zones() -> Mapping[str, frozenset[str]]:
    """Every name of a zone that is of some place, old names too, and the ISO 3166 codes of the place."""
    territories: Mapping[str, str] = get_global("zone_territories")
    aliases: Mapping[str, str] = get_global("zone_aliases")
    found = {name: frozenset({code}) for name, code in territories.items() if code not in _NOWHERE}
    found |= PLACED
    found |= {old: found[name] for old, name in aliases.items() if name in found}
    return MappingProxyType(dict(sorted(found.items())))
