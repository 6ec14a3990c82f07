"""Special: the networks of which no source can speak, as edges between which an address is found in one step."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from ipaddress import IPv4Address, IPv6Address, ip_network
from types import MappingProxyType

from service.locate.address import Address, of_a_reader, plain

BITS: Mapping[int, int] = MappingProxyType({4: 32, 6: 128})

NETWORKS: Mapping[int, str] = MappingProxyType(
    {
        4: "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.0.0/29 "
        "192.0.0.8/32 192.0.0.9/32 192.0.0.10/32 192.0.0.170/31 192.0.2.0/24 192.31.196.0/24 192.52.193.0/24 "
        "192.88.99.0/24 192.168.0.0/16 192.175.48.0/24 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 "
        "240.0.0.0/4 255.255.255.255/32",
        6: "::/128 ::1/128 ::ffff:0:0/96 64:ff9b::/96 64:ff9b:1::/48 100::/64 100:0:0:1::/64 2000::/3 2001::/23 "
        "2001::/32 2001:1::1/128 2001:1::2/128 2001:1::3/128 2001:2::/48 2001:3::/32 2001:4:112::/48 2001:10::/28 "
        "2001:20::/28 2001:30::/28 2001:db8::/32 2002::/16 2620:4f:8000::/48 3fff::/20 5f00::/16 fc00::/7 fe80::/10 "
        "fec0::/10 ff00::/8",
    }
)
"""At whose edges addresses may begin or cease to be a reader's: IANA's special-purpose registries."""


def edges(version: int) -> tuple[int, ...]:
    """The first addresses of all stretches in which every address is a reader's or none is, in order."""
    cuts = {0}
    for network in map(ip_network, NETWORKS[version].split()):
        cuts |= {int(network.network_address), int(network.broadcast_address) + 1}
    return tuple(sorted(cuts - {1 << BITS[version]}))


def is_special(address: Address) -> bool:
    """Whether an address is no reader's: not `of_a_reader`, or one of IPv4 that is spelt as IPv6."""
    starts, special = _PARTED[address.version]
    return special[bisect_right(starts, int(address)) - 1]


def _judged(version: int) -> tuple[tuple[int, ...], tuple[bool, ...]]:
    starts = edges(version)
    firsts = [IPv4Address(start) if version == 4 else IPv6Address(start) for start in starts]
    return starts, tuple(plain(first) is not first or not of_a_reader(first) for first in firsts)


_PARTED = {version: _judged(version) for version in BITS}
