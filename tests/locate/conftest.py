"""Real location files for the tests: the shipped ones, and small city files written with mmdb-writer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from mmdb_writer import MMDBWriter
from netaddr import IPSet

from service.locate import Locator

DATA = Path(__file__).resolve().parents[2] / "data"
SHIPPED = (DATA / "iptoasn-country.mmdb", DATA / "geo-whois-asn-country.mmdb")

Write = Callable[..., Path]


def city(country: str, region: str = "", name: str = "", zone: str = "", town: str = "") -> dict[str, Any]:
    """A record as GeoLite2-City (region with a code) or DB-IP (region with a name alone) has it."""
    record: dict[str, Any] = {"country": {"iso_code": country, "names": {"en": country}}}
    if region or name:
        part: dict[str, Any] = {"names": {"en": name}}
        record["subdivisions"] = [part | {"iso_code": region} if region else part]
    if zone:
        record["location"] = {"time_zone": zone, "latitude": 45.0, "longitude": 34.0}
    if town:
        record["city"] = {"names": {"en": town}}
    return record


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a database of network → record and returns its path."""

    def make(networks: Mapping[str, Any], kind: str = "GeoLite2-City", name: str = "", version: int = 6) -> Path:
        writer = MMDBWriter(version, kind, ["en"], "test", ipv4_compatible=version == 6)
        for network, record in networks.items():
            writer.insert_network(IPSet([network]), record)
        path = tmp_path / (name or f"{kind}.mmdb")
        writer.to_db_file(str(path))
        return path

    return make


@pytest.fixture(scope="session")
def shipped() -> Locator:
    """The two shipped files, opened as the service opens them."""
    return Locator(SHIPPED, DATA / "golden.txt")
