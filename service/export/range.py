"""Range: all addresses of a version of the protocol, parted by where the location sources together place them.

What a range says of its addresses is what `Locator.candidates` answers to each of them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from ipaddress import IPv4Address, IPv6Address, ip_network
from itertools import pairwise

from ..law.place import UNKNOWN
from ..locate.address import of_a_reader, plain
from ..locate.locator import Locator
from ..locate.origin import Network
from ..locate.record import NOT_KNOWN
from ..locate.source import OLD, Status
from ..locate.tally import NOTHING, Stretch

Range = tuple[int, int, str]
"""The first and the last address, as numbers, and the name of the spot where they are."""

BITS: Mapping[int, int] = {4: 32, 6: 128}

_SPECIAL = {
    4: "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.0.0/29 "
    "192.0.0.8/32 192.0.0.9/32 192.0.0.10/32 192.0.0.170/31 192.0.2.0/24 192.31.196.0/24 192.52.193.0/24 "
    "192.88.99.0/24 192.168.0.0/16 192.175.48.0/24 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 "
    "240.0.0.0/4 255.255.255.255/32",
    6: "::/128 ::1/128 ::ffff:0:0/96 64:ff9b::/96 64:ff9b:1::/48 100::/64 100:0:0:1::/64 2000::/3 2001::/23 2001::/32 "
    "2001:1::1/128 2001:1::2/128 2001:1::3/128 2001:2::/48 2001:3::/32 2001:4:112::/48 2001:10::/28 2001:20::/28 "
    "2001:30::/28 2001:db8::/32 2002::/16 2620:4f:8000::/48 3fff::/20 5f00::/16 fc00::/7 fe80::/10 fec0::/10 ff00::/8",
}
"""The networks at whose edges addresses may begin or cease to be a reader's: IANA's special-purpose registries."""


class NotExportable(Exception):
    """Location sources that cannot be written down; the message says why."""


def ranges(
    locator: Locator,
    version: int,
    name: Callable[[frozenset[str]], str],
    hidden: Sequence[Network] = (),
    day: date | None = None,
) -> Iterator[Range]:
    """All ranges in order, without those of which nothing is known. `hidden` are proxies: nobody's own addresses.

    `name` gives the spot of a set of places. Files that are old on a day are not believed alone, as the locator does
    from then on. Raises `NotExportable`.
    """
    sources = _sources(locator, version, day)
    spots: dict[tuple[frozenset[str], ...], str] = {}

    def spot(said: tuple[frozenset[str], ...]) -> str:
        if said not in spots:
            spots[said] = name(united(said, version))
        return spots[said]

    parted = swept([*sources, _barred(version, hidden)])
    known = ((first, last, spot(said)) for first, last, said in parted if not said[-1])
    yield from _joined(found for found in known if found[2] != UNKNOWN)


def is_old(status: Status, day: date) -> bool:
    """Whether a file is not believed alone any more on a day, or nearly so."""
    return bool(status.built) and date.fromisoformat(status.built) + timedelta(days=OLD) <= day


def united(said: Sequence[frozenset[str]], version: int) -> frozenset[str]:
    """The candidates of what sources say: `unknown` beside them where only one speaks of an IPv6 address."""
    together = frozenset[str]().union(*said)
    speaking = sum(1 for places in said if places - NOT_KNOWN)
    return together | NOT_KNOWN if not together or (version == 6 and speaking < 2) else together


def swept(sources: Sequence[Iterable[Stretch]]) -> Iterator[tuple[int, int, tuple[frozenset[str], ...]]]:
    """What each source says of every address of which one says something; their stretches are in order."""
    waiting = [iter(source) for source in sources]
    current = [next(source, None) for source in waiting]
    at = 0
    while pending := [stretch for stretch in current if stretch is not None]:
        at = max(at, min(stretch[0] for stretch in pending))
        said = tuple(stretch[2] if stretch and stretch[0] <= at else NOTHING for stretch in current)
        end = min(stretch[1] if stretch[0] <= at else stretch[0] - 1 for stretch in pending)
        yield at, end, said
        at = end + 1
        for index, stretch in enumerate(current):
            if stretch is not None and stretch[1] < at:
                current[index] = next(waiting[index], None)


def blocks(first: int, last: int, bits: int) -> Iterator[tuple[int, int]]:
    """The fewest networks that make up a range: the first address and the length of the prefix of each."""
    while first <= last:
        size = min((first & -first).bit_length() - 1 if first else bits, (last - first + 1).bit_length() - 1)
        yield first, bits - size
        first += 1 << size


def _sources(locator: Locator, version: int, day: date | None) -> list[Iterable[Stretch]]:
    for status in locator.sources:
        if status.trouble:
            raise NotExportable(f"{status.file}: {status.trouble}")
        if status.kind.startswith("anonymous"):
            raise NotExportable(f"{status.file}: a list of anonymous networks cannot be exported; leave it out")
    files = [status.file for status in locator.sources]
    if len(set(files)) < len(files):
        raise NotExportable("two location files have one name")
    found: list[Iterable[Stretch]] = []
    stretches = locator.stretches(version)
    everywhere = (0, (1 << BITS[version]) - 1, NOT_KNOWN)
    for status in locator.sources:
        if day is not None and is_old(status, day):
            found.append([everywhere])
        mute = version == 6 and not status.has_ipv6
        found.append([everywhere] if mute else stretches[status.file])
    return found


def _barred(version: int, hidden: Collection[Network]) -> list[Stretch]:
    """The addresses that are no reader's."""
    networks = [ip_network(text) for text in _SPECIAL[version].split()]
    proxies = [network for network in hidden if network.version == version]
    cuts = {0, 1 << BITS[version]}
    for network in (*networks, *proxies):
        cuts |= {int(network.network_address), int(network.broadcast_address) + 1}
    edges = sorted(cuts)
    found: list[Stretch] = []
    for first, after in pairwise(edges):
        address = IPv4Address(first) if version == 4 else IPv6Address(first)
        is_proxy = any(address in network for network in proxies)
        if is_proxy or not of_a_reader(plain(address)) or plain(address) is not address:
            found.append((first, after - 1, NOT_KNOWN))
    return found


def _joined(found: Iterable[Range]) -> Iterator[Range]:
    kept: Range | None = None
    for first, last, spot in found:
        if kept is not None and kept[1] + 1 == first and kept[2] == spot:
            kept = (kept[0], last, spot)
            continue
        if kept is not None:
            yield kept
        kept = (first, last, spot)
    if kept is not None:
        yield kept
