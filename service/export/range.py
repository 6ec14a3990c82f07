"""Range: all addresses of a version of the protocol, parted by where the location sources together place them.

What a range says of its addresses is what `Locator.candidates` answers to each of them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta
from ipaddress import IPv4Address, IPv6Address
from itertools import pairwise

from ..law.place import UNKNOWN
from ..locate.locator import Locator
from ..locate.origin import Network
from ..locate.record import NOT_KNOWN
from ..locate.source import OLD, Status
from ..locate.special import BITS, edges, is_special
from ..locate.tally import NOTHING, Stretch

Range = tuple[int, int, str]
"""The first and the last address, as numbers, and the name of the spot where they are."""


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
    proxies = [network for network in hidden if network.version == version]
    cuts = {*edges(version), 1 << BITS[version]}
    for network in proxies:
        cuts |= {int(network.network_address), int(network.broadcast_address) + 1}
    found: list[Stretch] = []
    for first, after in pairwise(sorted(cuts)):
        address = IPv4Address(first) if version == 4 else IPv6Address(first)
        if is_special(address) or any(address in network for network in proxies):
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
