"""Address: an IP address as text, read strictly; what is not exactly one address is none."""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

Address = IPv4Address | IPv6Address

_WITH_PORT = re.compile(r"(?:\[([0-9A-Fa-f:.]{2,45})\]|([0-9.]{7,15}))(?::([0-9]{1,5}))?", re.ASCII)
_UNICAST = IPv6Network("2000::/3")
_LONGEST = 64


def bare(text: str) -> Address | None:
    """The address that a text spells, IPv4-mapped ones as IPv4; None for ports, zones, octal and the rest."""
    if len(text) > _LONGEST or "%" in text:
        return None
    try:
        return plain(ip_address(text))
    except ValueError:
        return None


def hop(text: str) -> Address | None:
    """The address in an X-Forwarded-For entry: `IP`, `IP:port`, `[IPv6]`, `[IPv6]:port`; else None."""
    entry = text.strip(" \t")
    match = _WITH_PORT.fullmatch(entry)
    if match is None:
        return bare(entry)
    bracketed, dotted, port = match.groups()
    if port is not None and int(port) > 65535:
        return None
    found = bare(bracketed or dotted)
    return None if bracketed and ":" not in bracketed else found


def plain(address: Address) -> Address:
    """The IPv4 address inside an IPv4-mapped one (RFC 4291 2.5.5.2), else the address itself."""
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        return address.ipv4_mapped
    return address


def of_a_reader(address: Address) -> bool:
    """Whether a source can speak of this address: global unicast, and no relay that hides an IPv4 address.

    Excluded by the IANA special-purpose registries: private, loopback, link-local, shared (CGNAT),
    documentation, reserved; and multicast, 6to4, Teredo, NAT64.
    """
    if address.is_multicast or not address.is_global:
        return False
    if isinstance(address, IPv6Address):
        return address in _UNICAST and address.sixtofour is None and address.teredo is None
    return True
