"""Conftest: two small location files, an export of the shipped rules, nginx over it, and the service beside it."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from mmdb_writer import MMDBWriter
from netaddr import IPSet

from service.export import Order, Summary, export
from service.law.ruleset import RuleSet
from service.locate import Locator, shipped
from service.locate.manifest import golden
from service.page.grade import Grade
from service.rulebook import load

from ..web.house import ROOT, free_ports, house
from .stand import Asker, nginx

FIRST = {
    "5.8.0.0/16": "RU", "37.17.0.0/17": "BY", "46.4.0.0/16": "DE", "91.200.0.0/22": "UA", "2.144.0.0/14": "IR",
    "2a02:6b8::/32": "RU", "2a0a:7d80::/29": "BY", "2001:67c:1560::/48": "GB", "10.1.0.0/16": "RU",
}  # fmt: skip
SECOND = {
    "5.8.0.0/17": "RU", "5.8.128.0/17": "KZ", "37.17.0.0/16": "BY", "46.4.0.0/16": "RU", "91.200.0.0/21": "RU",
    "1.2.3.4/32": "XX", "2a02:6b8::/33": "RU", "2a0a:7d80::/29": "PL",
}  # fmt: skip
GOLDEN = ROOT / "data" / "golden.txt"
SHORT = ("nathan-law", "svaboda")
TRUSTED = "127.0.0.0/8,198.51.100.0/24"


@dataclass
class Pair:
    """The export behind nginx, and the service."""

    exported: Asker
    served: Asker
    summary: Summary
    folder: Path
    ruleset: RuleSet
    locator: Locator
    publishers: tuple[str, ...]


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory, amount: Callable[[int, int], int]) -> list[Path]:
    """Two country files that agree and disagree; in the long form those that ship."""
    if amount(0, 1):
        return [ROOT / "data" / one.file for one in shipped(ROOT / "data")]
    folder, found = tmp_path_factory.mktemp("geo"), []
    for name, networks in (("one", FIRST), ("other", SECOND)):
        writer = MMDBWriter(6, "GeoLite2-Country", ["en"], "test", ipv4_compatible=True)
        for network, country in networks.items():
            writer.insert_network(IPSet([network]), {"country": {"iso_code": country}})
        for known in golden(GOLDEN):  # the service believes no file that does not know these
            writer.insert_network(IPSet([str(known.address)]), {"country": {"iso_code": known.country}})
        found.append(folder / f"{name}.mmdb")
        writer.to_db_file(str(found[-1]))
    return found


@pytest.fixture(scope="session")
def ruleset() -> RuleSet:
    """The shipped rules."""
    found = load(ROOT / "tests/seed").ruleset
    assert found is not None
    return found


@pytest.fixture(scope="session")
def pair(
    tmp_path_factory: pytest.TempPathFactory, databases: list[Path], ruleset: RuleSet, amount: Callable[[int, int], int]
) -> Iterator[Pair]:
    """Both, on the same rules and location files."""
    folder = tmp_path_factory.mktemp("export")
    (port,) = free_ports(1)
    locator = Locator(databases, GOLDEN)
    networks = tuple(map(ipaddress.ip_network, TRUSTED.split(",")))
    publishers = SHORT if amount(0, 1) == 0 else tuple(sorted(ruleset.publishers))
    order = Order(
        ruleset, Grade.SOURCED, datetime.now(UTC), locator, networks, listen=f"127.0.0.1:{port}", publishers=publishers
    )
    summary = export(order, folder)
    geo = ",".join(map(str, databases))
    with (
        house(tmp_path_factory.mktemp("house"), workers=1, CAVEAT_GEO=geo, CAVEAT_TRUSTED_PROXIES=TRUSTED) as service,
        nginx(folder, port),
        Asker(port) as exported,
        Asker(service.port) as served,
    ):
        yield Pair(exported, served, summary, folder, ruleset, locator, publishers)
