"""Reference: a country file that is not configured, read only to measure those that are.

Read as it is packaged: records with `country.iso_code`, or with `country_code` as in the open country packages.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from service.law.place import UNKNOWN
from service.locate import codes
from service.locate.held import Held
from service.locate.tally import NOTHING, Stretch, joined


def stretches(path: Path, version: int) -> Iterator[Stretch]:
    """Everything that it lists of one version of the protocol. Raises OSError, InvalidDatabaseError, ValueError."""
    networks = (found for found in Held(path.read_bytes()).networks() if found[0].version == version)
    return joined(
        (int(network.network_address), int(network.broadcast_address), _places(entry)) for network, entry in networks
    )


def _places(entry: object) -> frozenset[str]:
    if not isinstance(entry, dict):
        return NOTHING
    nested = entry.get("country")
    told = nested.get("iso_code") if isinstance(nested, dict) else entry.get("country_code")
    country = codes.country(told if isinstance(told, str) else None)
    return NOTHING if country == UNKNOWN else frozenset({country})
