"""Locator: every location source together, as one set of candidate places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from service.law.place import UNKNOWN
from service.locate.address import Address, bare, plain
from service.locate.manifest import Golden
from service.locate.manifest import golden as read_golden
from service.locate.record import NOT_KNOWN
from service.locate.source import Source, Status
from service.locate.special import is_special
from service.locate.tally import NOTHING, Stretch


@dataclass(frozen=True, slots=True)
class Saying:
    """What one source says of an address; `state` is `says`, `silent` (does not list it) or `unknown`."""

    file: str
    kind: str
    state: str
    places: tuple[str, ...]
    trouble: str


@dataclass(frozen=True, slots=True)
class Sighting:
    """All that is known of where an address is, for `caveat locate`; plain values, ready for `asdict`.

    `because` says why `unknown` is among the candidates, empty if it is not.
    """

    address: str
    candidates: tuple[str, ...]
    because: str
    sayings: tuple[Saying, ...]


class Locator:
    """Several location files asked as one. Built once, before the workers start; asking it never raises."""

    def __init__(self, paths: Sequence[Path | str], golden: Path | None = None) -> None:
        """Read every file; `golden` is a file of known addresses that each must answer.

        A file that cannot be used stays in `sources` with its trouble and adds `unknown` to every answer; the
        same bytes named twice count once. Raises ValueError or OSError for a golden file that cannot be read.
        """
        known: tuple[Golden, ...] = read_golden(golden) if golden is not None else ()
        self._sources: list[Source] = []
        seen: set[str] = set()
        for path in paths:
            source = Source(Path(path), known)
            if source.trouble or source.sha256 not in seen:
                self._sources.append(source)
                seen.add(source.sha256)

    @property
    def sources(self) -> tuple[Status, ...]:
        """How every source stands, in the order given."""
        return tuple(source.status for source in self._sources)

    def candidates(self, address: str | Address | None) -> frozenset[str]:
        """Where an address may be: ISO codes, `unknown` or both, never empty.

        `unknown` for None (no origin), text that is no address, one that is not public or that no source
        lists; `unknown` beside others if a source fails or only one speaks of an IPv6 address.
        """
        asked = _public(address)
        if asked is None:
            return NOT_KNOWN
        return self._united(asked, [source.places(asked) for source in self._sources])

    def say(self, address: str) -> Sighting:
        """What each source says of an address, and what follows."""
        asked = _public(address)
        if asked is None:
            return Sighting(address, (UNKNOWN,), "it is not a public address", ())
        said = [source.places(asked) for source in self._sources]
        together = self._united(asked, said)
        sayings = tuple(
            Saying(source.file, source.kind, _state(places), tuple(sorted(places)), source.trouble)
            for source, places in zip(self._sources, said, strict=True)
        )
        because = ""
        if UNKNOWN in together:
            if any(UNKNOWN in places for places in said):
                because = "a source failed, is old, does not know or says that the network is anonymous"
            elif any(said):
                because = "only one source speaks of this IPv6 address"
            else:
                because = "no source lists it"
        return Sighting(str(asked), tuple(sorted(together)), because, sayings)

    def stretches(self, version: int) -> dict[str, Iterator[Stretch]]:
        """File → everything that it lists of a version of the protocol; of the sources that answer and tell places."""
        return {
            source.file: source.stretches(version)
            for source in self._sources
            if source.tells_places and not source.trouble
        }

    def new_spellings(self) -> dict[str, tuple[str, ...]]:
        """File → names of Ukrainian regions in it that no table knows; for `--spellings`, reads every record."""
        found = {source.file: source.new_spellings() for source in self._sources}
        return {file: names for file, names in found.items() if names}

    def _united(self, address: Address, said: Sequence[frozenset[str]]) -> frozenset[str]:
        together = NOTHING.union(*said)
        if not together:
            return NOT_KNOWN
        if address.version == 6 and sum(1 for places in said if places - NOT_KNOWN) < 2:
            return together | NOT_KNOWN
        return together


def _public(address: str | Address | None) -> Address | None:
    found = bare(address) if isinstance(address, str) else address
    if found is None:
        return None
    found = plain(found)
    return None if is_special(found) else found


def _state(places: frozenset[str]) -> str:
    if not places:
        return "silent"
    return "unknown" if places == NOT_KNOWN else "says"
