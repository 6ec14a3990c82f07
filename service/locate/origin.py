"""Origin: whose address a request comes from, behind none, one or several trusted proxies."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv4Network, IPv6Network, collapse_addresses, ip_network

from service.locate.address import Address, bare, hop

Network = IPv4Network | IPv6Network

MOST_ENTRIES = 16
LONGEST_HEADER = 2048
_MAPPED = IPv6Network("::ffff:0:0/96")


def networks(setting: str) -> tuple[Network, ...]:
    """The networks of CAVEAT_TRUSTED_PROXIES, divided by commas or spaces.

    Raises ValueError for what is no network, for IPv4 networks spelt as IPv6, and for networks that together hold
    every address: trusting the world lets each client choose its country.
    """
    found = tuple(ip_network(word) for word in setting.replace(",", " ").split())
    four = [network for network in found if isinstance(network, IPv4Network)]
    six = [network for network in found if isinstance(network, IPv6Network)]
    if any(network.subnet_of(_MAPPED) for network in six):
        raise ValueError("write networks of IPv4 as such, without ::ffff:")
    together: list[Network] = [*collapse_addresses(four), *collapse_addresses(six)]
    for network in together:
        if network.prefixlen == 0:
            raise ValueError(f"{network} holds every address: name the proxies' own networks")
    return found


def is_trusted(address: Address, trusted: Sequence[Network]) -> bool:
    """Whether the address lies in one of the trusted networks."""
    return any(address.version == network.version and address in network for network in trusted)


def from_trusted(peer: str, trusted: Sequence[Network]) -> bool:
    """Whether the peer of a connection is a trusted proxy, so that its headers may be believed."""
    address = bare(peer)
    return address is not None and is_trusted(address, trusted)


def origin(peer: str, forwarded_for: str | None, trusted: Sequence[Network]) -> Address | None:
    """The reader's address, or None where it is not known.

    A peer that is not trusted is the reader, and its header is ignored. Behind trusted ones X-Forwarded-For
    (several headers joined by commas) is walked from the right to the first address that is not trusted. An
    entry that is no address, more than 16 entries or 2,048 characters, nothing left: None, never the proxy.
    """
    address = bare(peer)
    if address is None or not is_trusted(address, trusted):
        return address
    if forwarded_for is None or len(forwarded_for) > LONGEST_HEADER:
        return None
    entries = forwarded_for.split(",")
    if len(entries) > MOST_ENTRIES:
        return None
    for entry in reversed(entries):
        address = hop(entry)
        if address is None or not is_trusted(address, trusted):
            return address
    return None
