"""Look-up: the short way to a place ends where the long way does, which asks each database through geoip2."""

from __future__ import annotations

import ipaddress
import random
from collections.abc import Callable, Iterator
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from pathlib import Path
from typing import Any

import geoip2.database
import maxminddb
import pytest
from geoip2.errors import AddressNotFoundError
from hypothesis import given
from hypothesis import strategies as st

from service.locate import Locator, record
from service.locate.address import Address, bare, of_a_reader, plain
from service.locate.special import BITS, NETWORKS, edges, is_special

from .conftest import DATA, SHIPPED, Write

Amount = Callable[[int, int], int]
UNKNOWN = frozenset({"unknown"})


def number(version: int, value: int) -> Address:
    return IPv4Address(value) if version == 4 else IPv6Address(value)


class LongWay:
    """Each database asked through geoip2, address by address, and what follows as DESIGN.md says it."""

    def __init__(self) -> None:
        self.readers = [geoip2.database.Reader(path) for path in SHIPPED]

    def candidates(self, address: Address) -> frozenset[str]:
        if plain(address) is not address or not of_a_reader(address):
            return self.candidates(plain(address)) if plain(address) is not address else UNKNOWN
        said = [self._one(reader, address) for reader in self.readers]
        together = frozenset[str]().union(*said)
        alone = address.version == 6 and sum(bool(places - UNKNOWN) for places in said) < 2
        return together | UNKNOWN if alone or not together else together

    @staticmethod
    def _one(reader: geoip2.database.Reader, address: Address) -> frozenset[str]:
        try:
            return record.country(reader.country(address))
        except AddressNotFoundError:
            return frozenset()


@pytest.fixture(scope="module")
def long_way() -> LongWay:
    return LongWay()


def addresses(amount: int, rng: random.Random) -> Iterator[Address]:
    """Both ends of networks of the files with their neighbours, and addresses inside; sampled at random."""
    readers = [maxminddb.open_database(path) for path in SHIPPED]
    for _ in range(amount):
        version = rng.choice((4, 6))
        inside = rng.getrandbits(32) if version == 4 else (rng.choice((1, 1, 1, 0)) << 125) | rng.getrandbits(125)
        if version == 6 and rng.random() < 0.8:  # most of the space is empty: begin with a part that is not
            inside = inside & ((1 << 100) - 1) | rng.choice((0x2001, 0x2400, 0x2600, 0x2804, 0x2A00, 0x2C0F)) << 112
        for reader in readers:
            _, bits = reader.get_with_prefix_len(number(version, inside))
            size = 1 << (BITS[version] - bits)
            first = inside // size * size
            for found in (first - 1, first, inside, first + size - 1, first + size):
                if 0 <= found < 1 << BITS[version]:
                    yield number(version, found)


def differing(short: Locator, long: LongWay, asked: Iterator[Address]) -> list[str]:
    return [str(address) for address in asked if short.candidates(address) != long.candidates(address)]


def test_at_the_edges_of_networks_both_ways_end_at_one_place(
    shipped: Locator, long_way: LongWay, amount: Amount
) -> None:
    asked = list(addresses(amount(700, 300_000), random.Random(7)))
    assert differing(shipped, long_way, iter(asked)) == []
    assert len({places for address in asked if len(places := shipped.candidates(address)) == 1}) > 60


def test_at_every_edge_both_ways_end_at_one_place(shipped: Locator, long_way: LongWay, amount: Amount) -> None:
    """All edges of one file of a version in the long form; in the short form those of the first networks."""
    most = amount(800, 1 << 40)
    for path in SHIPPED:
        with maxminddb.open_database(path) as reader:
            for place, (network, _) in enumerate(reader):
                if place >= most:
                    break
                ends = (int(network.network_address), int(network.broadcast_address))
                found = (number(network.version, end) for end in ends)
                assert differing(shipped, long_way, found) == [], network


@pytest.mark.parametrize("wrong", ["RU", None])
def test_a_short_way_that_ends_elsewhere_is_found_out(
    wrong: str | None, shipped: Locator, long_way: LongWay, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One country in two hundred is enough."""
    sound = record.alone
    lands = frozenset({"BE"})
    false = frozenset({wrong}) if wrong else frozenset[str]()
    monkeypatch.setattr(record, "alone", lambda entry: false if sound(entry) == lands else sound(entry))
    assert any(differing(shipped, long_way, iter([found])) for found in addresses(1500, random.Random(7)))


@pytest.mark.parametrize("version", [4, 6])
def test_special_networks_are_those_that_no_reader_has(version: int, amount: Amount) -> None:
    """The networks that this Python knows, and ours, at their edges and inside; and addresses at random."""
    constants: Any = getattr(ipaddress, f"_IPv{version}Constants")
    values = [value if isinstance(value, list) else [value] for value in vars(constants).values()]
    known = [network for value in values for network in value if hasattr(network, "network_address")]
    ours = [ip_network(text) for text in NETWORKS[version].split()]
    assert len(known) > 10
    rng = random.Random(3)
    asked = {rng.getrandbits(BITS[version]) >> rng.choice((0, 0, 1, 16)) for _ in range(amount(500, 1_000_000))}
    for network in (*known, *ours):
        first, last = int(network.network_address), int(network.broadcast_address)
        asked |= {first - 1, first, (first + last) // 2, last, last + 1}
    for value in asked:
        if 0 <= value < 1 << BITS[version]:
            address = number(version, value)
            assert is_special(address) == (plain(address) is not address or not of_a_reader(address)), address
    assert list(edges(version)) == sorted(set(edges(version)))


COUNTRY = {"iso_code": "RU", "geoname_id": 2017370, "names": {"en": "Russia"}}
RECORDS: list[Any] = [
    {"country": {"iso_code": "RU"}},
    {"country": COUNTRY, "continent": {"code": "EU", "names": {"en": "Europe"}}, "registered_country": COUNTRY},
    {"country": {"iso_code": "ru"}},
    {"country": {"iso_code": "EU"}},
    {"country": {"iso_code": ""}},
    {"country": {"iso_code": 7}},
    {"country": {"iso_code": ["RU"]}},
    {"country": {}},
    {"country": "RU"},
    {"country": COUNTRY, "traits": {"is_anonymous_vpn": True}},
    {"country": COUNTRY, "traits": {"is_satellite_provider": True}},
    {"country": COUNTRY, "traits": "x"},
    {"country": {**COUNTRY, "locales": "x"}},
    {"country": COUNTRY, "continent": "EU"},
    {"country": COUNTRY, "represented_country": {"iso_code": "US", "type": "military"}},
    {"registered_country": {"iso_code": "RU"}},
    {"locales": ["en"]},
    {},
    "RU",
]


@pytest.mark.parametrize("entry", RECORDS, ids=str)
def test_a_record_of_any_shape_means_what_geoip2_reads_in_it(
    entry: Any, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write({"95.24.0.0/24": entry}, "GeoLite2-Country")
    short = Locator([path]).candidates("95.24.0.1")
    monkeypatch.setattr(record, "alone", lambda _: None)
    assert short == Locator([path]).candidates("95.24.0.1")
    assert short


@given(st.one_of(st.ip_addresses().map(str), st.text("0123456789abcdef.:%/ ", max_size=20), st.text(max_size=8)))
def test_a_text_that_is_no_address_is_nowhere_and_one_that_is_where_it_is(shipped: Locator, text: str) -> None:
    found = shipped.candidates(text)
    address = bare(text)
    assert found == (shipped.candidates(address) if address else UNKNOWN)


def test_the_golden_addresses_are_asked_by_the_long_way_too(long_way: LongWay) -> None:
    lines = [line.split()[:2] for line in Path(DATA / "golden.txt").read_text().splitlines() if line and line[0] != "#"]
    assert len(lines) > 50
    missed = [land for address, land in lines if land not in long_way.candidates(ip_address(address))]
    assert len(missed) < len(lines) / 10
