"""Order: what is to be exported, and the export of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from ipaddress import IPv4Address, IPv6Address
from pathlib import Path

from ..answer.edition import Edition
from ..device.element import ASSETS
from ..law.cases import Cases, Period
from ..law.place import UNKNOWN
from ..law.ruleset import RuleSet
from ..locate.locator import Locator
from ..locate.origin import Network
from ..locate.special import BITS
from ..page.grade import Grade
from .clock import Clock
from .lookup import Lookup
from .nginx import Nginx
from .press import Press
from .range import blocks, is_old, ranges
from .release import Release, new_release
from .spot import Map
from .store import Store

AHEAD = timedelta(days=2)
"""For how long an export is true at least, changes of the law included."""

Tell = Callable[[str, float], object]
"""Hears what is being done and how much of it is, from 0 to 1."""

_NOTHING = {"written": 0, "linked": 0, "is_new": False}

GEO = ("geo4.conf", "geo6.conf")


@dataclass(frozen=True)
class Order:
    """`at` is the instant from which the export must be true; `locator` is None where places come from elsewhere.

    `root` is the export's folder as its server will know it; `listen` and `trusted` are for the server.
    """

    ruleset: RuleSet
    grade: Grade
    at: datetime
    locator: Locator | None = None
    trusted: Sequence[Network] = ()
    ahead: timedelta = AHEAD
    root: str = ""
    listen: str = "127.0.0.1:8080"
    publishers: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Summary:
    """What was exported, as plain values; `next_change` is when it ceases to be true, "" if that is not known."""

    name: str
    folder: str
    ruleset: str
    since: str
    next_change: str
    changes: tuple[str, ...]
    publishers: int
    addresses: int
    contents: int
    written: int
    linked: int
    bytes: int
    ranges: int
    is_new: bool


def export(order: Order, target: Path, tell: Tell = lambda _what, _share: None) -> Summary:
    """Write an export and make it the current one.

    Raises `Unservable`, `NotExportable`, BlockingIOError while another export is made, and OSError.
    """
    with new_release(target) as release:
        return _Making(order, release, tell).summary()


@dataclass
class _Making:
    order: Order
    release: Release
    tell: Tell

    def __post_init__(self) -> None:
        order = self.order
        self.edition = Edition(order.ruleset, order.grade, order.at)
        self.periods = tuple(periods(self.edition.cases, order.at, order.at + order.ahead))
        self.map = Map(self.edition.cases, self.periods, order.ruleset.notices.values())

    def summary(self) -> Summary:
        known = self.release.manifest
        if known.get("key") == self._key:
            return Summary(**{**known["summary"], "changes": tuple(known["summary"]["changes"]), **_NOTHING})
        return self._made()

    @cached_property
    def _ids(self) -> Sequence[str]:
        return self.order.publishers or sorted(self.order.ruleset.publishers)

    @cached_property
    def _values(self) -> Mapping[str, str]:
        root = self.order.root or str(self.release.target.resolve())
        return {"ROOT": root, "LISTEN": self.order.listen, "PID": f"{root}/nginx.pid"}

    @cached_property
    def _key(self) -> str:
        """What an export follows from, this program with it: where it is the same, so is the export."""
        own = Path(__file__).parents[1]
        parts = sorted(path for kind in ("py", "conf", "js") for path in own.rglob(f"*.{kind}"))
        program = sha256(b"".join(path.read_bytes() for path in parts)).hexdigest()
        spans = [(_written(period.start), _written(period.end)) for period in self.periods]
        law = [self.edition.fingerprint, self.order.grade.value, spans, list(self._ids)]
        return _hash([program, law, self._geo_key, dict(self._values)])

    def _made(self) -> Summary:
        order, release = self.order, self.release
        geo, found = self._geo()
        spots = {self.map.name(frozenset({kind.place})) for kind in self.map.places.classes} | {UNKNOWN} | found
        earlier = release.earlier
        store = Store(release.folder / "store", earlier / "store" if earlier else None)
        speakers = {name: self.map.speakers(name) for name in sorted(spots)}
        press = Press(
            self.edition, order.at, self.periods, self.map, speakers, store,
            release.folder / "files", tuple(order.ruleset.publishers[id] for id in self._ids),
        )  # fmt: skip
        for share in press.print():
            self.tell("answers", share)
        for name, asset in ASSETS.items():
            press.add(f"embed/{name}", asset.content)
        louder = {facts.louder for facts in press.facts.values() if facts.louder is not None}
        ends = {period.end for period in self.periods if period.end is not None}
        self.tell("configuration", 0)
        texts = {**geo, **Nginx(press, Clock(self.periods, frozenset(louder | ends)), order.trusted).files()}
        texts |= {"lookup.json": Lookup(press).written(), "worker.js": _file("worker.js")}
        start, end = _written(self.periods[0].start), _written(self.periods[-1].end)
        name = release.name(press.files, texts, self._values)
        summary = Summary(
            name, str(release.target), self.edition.fingerprint, start, end,
            tuple(_written(period.start) for period in self.periods[1:]), len(self._ids), len(press.files),
            store.number, store.written, store.taken, store.size, sum(text.count("\n") for text in geo.values()),
            earlier is None or earlier.name != name,
        )  # fmt: skip
        manifest = {
            "made_by": f"caveat {version('caveat')}",
            "ruleset": summary.ruleset,
            "grade": order.grade.value,
            "since": start,
            "next_change": end,
            "changes": list(summary.changes),
            "publishers": list(self._ids),
            "key": self._key,
            "geo": {"key": self._geo_key, "spots": sorted(found)},
            "summary": asdict(summary),
        }
        release.finish(summary.name, texts, manifest, self._values)
        self.tell("configuration", 1)
        return summary

    @cached_property
    def _geo_key(self) -> str:
        """What the ranges follow from."""
        order = self.order
        sources = (
            [(asdict(status), is_old(status, self._day)) for status in order.locator.sources] if order.locator else []
        )
        classes = sorted((kind.place, sorted(kind.members)) for kind in self.map.places.classes)
        return _hash([sources, sorted(map(str, order.trusted)), classes, self.map.places.elsewhere])

    @property
    def _day(self) -> date:
        """The last day for which the export is meant."""
        return (self.order.at + self.order.ahead).date()

    def _geo(self) -> tuple[dict[str, str], set[str]]:
        """The ranges as nginx reads them, and the spots in them."""
        if self.order.locator is None:
            return dict.fromkeys(GEO, ""), set()
        known, earlier = self.release.manifest.get("geo", {}), self.release.earlier
        if earlier is not None and known.get("key") == self._geo_key:
            try:
                return {name: (earlier / name).read_text(encoding="utf-8") for name in GEO}, set(known["spots"])
            except (OSError, KeyError):
                pass
        spots: set[str] = set()

        def named(candidates: frozenset[str]) -> str:
            spot = self.map.name(self.map.of(candidates))
            spots.add(spot)
            return spot

        texts: dict[str, str] = {}
        for name, protocol in zip(GEO, BITS, strict=True):
            lines: list[str] = []
            for first, last, spot in ranges(self.order.locator, protocol, named, self.order.trusted, self._day):
                lines += _lines(protocol, first, last, spot)
                if len(lines) % 4096 == 0:
                    self.tell(f"IPv{protocol} ranges", last / (1 << BITS[protocol]))
            texts[name] = "".join(lines)
        return texts, spots


def periods(cases: Cases, start: datetime, end: datetime) -> Iterator[Period]:
    """The periods that an export for a span of time must hold."""
    period = cases.period(start)
    yield period
    while period.end is not None and period.end < end:
        period = cases.period(period.end)
        yield period


def _lines(protocol: int, first: int, last: int, spot: str) -> Iterator[str]:
    """One range: of IPv4 as such; nginx knows IPv6 by networks alone."""
    if protocol == 4:
        yield f"{IPv4Address(first)}-{IPv4Address(last)} {spot};\n"
        return
    for start, prefix in blocks(first, last, BITS[protocol]):
        yield f"{IPv6Address(start)}/{prefix} {spot};\n"


def _written(instant: datetime | None) -> str:
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if instant else ""


def _hash(told: object) -> str:
    return sha256(json.dumps(told, default=str).encode()).hexdigest()


def _file(name: str) -> str:
    return files(__package__).joinpath("worker", name).read_text(encoding="utf-8")
