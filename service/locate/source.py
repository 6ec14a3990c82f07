"""Source: one location file, held in memory, and what it says of an address."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import maxminddb
from geoip2.database import Reader
from geoip2.errors import AddressNotFoundError
from geoip2.models import City, Country
from maxminddb import InvalidDatabaseError

from service.locate import record
from service.locate.address import Address
from service.locate.held import Held
from service.locate.manifest import MOST_WRONG, Golden, pin
from service.locate.record import NOT_KNOWN
from service.locate.tally import NOTHING, Stretch, joined

_KINDS = {
    "GeoIP2-Anonymous-IP": "anonymous_ip",
    "GeoIP-Anonymous-Plus": "anonymous_plus",
    "Enterprise": "enterprise",
    "City": "city",
    "Country": "country",
}
"""What a database's type must contain for geoip2 to answer → which of its questions to ask."""

OLD = 730
"""Days after which a file is no longer believed alone: networks move from one country to another."""

_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Status:
    """A source for `/readyz` and `caveat locate`: `trouble` is empty if it answers, `notes` never stop it."""

    file: str
    kind: str
    built: str
    sha256: str
    has_ipv6: bool
    trouble: str
    notes: tuple[str, ...]


class Source:
    """One file through geoip2. Neither making nor asking it raises: a broken file answers `unknown`."""

    def __init__(self, path: Path, golden: Sequence[Golden] = ()) -> None:
        """Read, check and hold the file; `trouble` then says what is wrong with it, if anything is."""
        self.file = path.name
        self.kind = self.built = self.sha256 = ""
        self.has_ipv6 = False
        self._epoch = 0
        self._failed = self._met_new_spelling = False
        self._held: Held | None = None
        self._reader: Reader | None = None
        self._records: maxminddb.Reader | None = None
        try:
            content = path.read_bytes()
            self.sha256 = hashlib.sha256(content).hexdigest()
            self.trouble = _no_database(content) or self._differs(path) or self._open(content)
        except FileNotFoundError:
            self.trouble = "there is no such file"
        except (OSError, ValueError) as error:
            self.trouble = f"cannot be read ({type(error).__name__})"
        if not self.trouble and self.tells_places:
            self.trouble = self._examine(golden)

    @property
    def tells_places(self) -> bool:
        """Whether it names places: a list of anonymous networks only takes certainty away."""
        return not self.kind.startswith("anonymous")

    @property
    def status(self) -> Status:
        """How the source stands, without any reader's facts."""
        notes: list[str] = []
        if self._is_old:
            notes.append(f"is older than {OLD} days: every address is uncertain until it is renewed")
        if not self.trouble and self.tells_places and not self.has_ipv6:
            notes.append("has IPv4 only: every IPv6 address is unknown to it")
        if self._met_new_spelling:
            notes.append("spells a region of Ukraine in a new way: `caveat locate --spellings` lists it")
        if self._failed:
            notes.append("has failed on a look-up: the file may be damaged")
        about = (self.file, self.kind, self.built, self.sha256, self.has_ipv6)
        return Status(*about, self.trouble, tuple(notes))

    @property
    def _is_old(self) -> bool:
        return time.time() > self._epoch + OLD * _DAY and not self.trouble and self.tells_places

    def places(self, address: Address) -> frozenset[str]:
        """What the source says of a public address: candidates, nothing, or `unknown` if it cannot answer.

        What an old file says is as good a candidate as before, and `unknown` stands beside it.
        """
        said = self._places(address)
        return said | NOT_KNOWN if self._is_old else said

    def _places(self, address: Address) -> frozenset[str]:
        if self.trouble or self._reader is None:
            return NOT_KNOWN
        if address.version == 6 and not self.has_ipv6:
            return NOT_KNOWN if self.tells_places else NOTHING
        try:
            if self._records is not None:
                entry = self._records.get(address)
                said = NOTHING if entry is None else record.alone(entry)
                if said is not None:
                    return said
            return self._ask(self._reader, address)
        except AddressNotFoundError:
            return NOTHING
        except Exception:  # a damaged record raises whatever it likes; warn all the same
            self._failed = True
            return NOT_KNOWN

    def stretches(self, version: int) -> Iterator[Stretch]:
        """Everything that the source lists of one version of the protocol, in order, neighbours joined.

        What it answers to a look-up, for every address at once. Raises InvalidDatabaseError on a damaged record.
        """
        if self._held is None or self._reader is None or not self.tells_places:
            return iter(())
        kept: dict[str, frozenset[str]] = {}

        def said(entry: object) -> frozenset[str]:
            key = repr(entry)
            if key not in kept:
                made = City if self.kind in ("city", "enterprise") else Country
                about = made(["en"], **entry) if isinstance(entry, dict) else made(["en"])
                kept[key] = record.city(about) if isinstance(about, City) else record.country(about)
            return kept[key]

        networks = (found for found in self._held.networks() if found[0].version == version)
        return joined(
            (int(network.network_address), int(network.broadcast_address), said(entry)) for network, entry in networks
        )

    def new_spellings(self) -> tuple[str, ...]:
        """Every name of a Ukrainian region, in the whole file, that no table knows; may take minutes."""
        if self._held is None or self.kind not in ("city", "enterprise"):
            return ()
        found: set[str] = set()
        for entry in self._held.records():
            if isinstance(entry, dict) and (entry.get("country") or {}).get("iso_code") == "UA":
                found.update(record.new_spellings(City(["en"], **entry)))
        return tuple(sorted(found))

    def _differs(self, path: Path) -> str:
        try:
            pinned = pin(path)
        except ValueError as error:
            return str(error)
        return "is not the pinned file: its SHA-256 differs" if pinned and pinned != self.sha256 else ""

    def _open(self, content: bytes) -> str:
        held = Held(content)
        try:
            reader = held.reader()
            about = reader.metadata()
        except (InvalidDatabaseError, OSError, ValueError):
            return "is cut off, damaged or no MaxMind database"
        self.kind = next((kind for word, kind in _KINDS.items() if word in about.database_type), "")
        if not self.kind:
            wanted = "…-Country, …-City, …-Enterprise or Anonymous-IP"
            return f"is of type {about.database_type[:60]!r}; geoip2 reads {wanted} databases here"
        self._epoch = about.build_epoch
        self.built = datetime.fromtimestamp(about.build_epoch, UTC).date().isoformat()
        self.has_ipv6 = about.ip_version == 6
        self._held, self._reader = held, reader
        if self.kind == "country":
            self._records = held.database()
        return ""

    def _examine(self, golden: Sequence[Golden]) -> str:
        """Ask the known addresses; trouble if too many are wrong, IPv4 only if no IPv6 one is answered."""
        troubles: list[str] = []
        for version in (4, 6):
            asked = [known for known in golden if known.address.version == version]
            said = [self.places(known.address) for known in asked]
            pairs = zip(asked, said, strict=True)
            wrong = sum(known.country not in {place[:2] for place in places} for known, places in pairs)
            if version == 6 and asked and all(places <= NOT_KNOWN for places in said):
                self.has_ipv6 = False
            elif wrong > len(asked) * MOST_WRONG:
                troubles.append(f"is wrong on {wrong} of {len(asked)} known IPv{version} addresses")
        return "; ".join(troubles)

    def _ask(self, reader: Reader, address: Address) -> frozenset[str]:
        match self.kind:
            case "country":
                return record.country(reader.country(address))
            case "city" | "enterprise":
                model = reader.city(address) if self.kind == "city" else reader.enterprise(address)
                self._met_new_spelling = self._met_new_spelling or bool(record.new_spellings(model))
                return record.city(model)
            case "anonymous_ip":
                return NOT_KNOWN if record.is_anonymous(reader.anonymous_ip(address)) else NOTHING
            case _:
                return NOT_KNOWN if record.is_anonymous(reader.anonymous_plus(address)) else NOTHING


def _no_database(content: bytes) -> str:
    start = content[:512].lstrip().lower()
    if not content:
        return "is empty"
    if start.startswith((b"<!doctype", b"<html", b"<?xml")):
        return "is a web page, not a database"
    if content.startswith((b"\x1f\x8b", b"PK\x03\x04")):
        return "is compressed: unpack it first"
    return ""
