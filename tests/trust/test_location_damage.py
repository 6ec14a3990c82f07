"""Location damage: files that are cut, overwritten, replaced, lost, old or of another kind cost nobody a warning."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

import pytest
from click.testing import CliRunner
from mmdb_writer import MMDBWriter
from netaddr import IPSet

from service.assembly import Settings, open_locator, place_source
from service.cli import main
from service.law.place import UNKNOWN
from service.locate import Locator
from service.locate.manifest import golden
from service.rulebook import load
from service.web.app import create_app
from service.web.library import Library

from ..web.house import ROOT, House, house
from .pressure import Question, Tally, built, readers

Amount = Callable[[int, int], int]

DATA = ROOT / "data"
SHIPPED = ("iptoasn-country.mmdb", "geo-whois-asn-country.mmdb")
READERS = ("95.24.0.1", "178.120.0.1", "2.176.0.1", "8.8.8.8", "2a00:1148::1", "193.0.6.139")
PLACED = "/v1/rferl/notice.json?lang=en"
PLACELESS = "/v1/rferl/unknown/en/notice.json"
TRUSTED = "127.0.0.1/32"

MAPPED = """
from pathlib import Path
import maxminddb
from geoip2.database import Reader
from service.locate import source
class Mapped(source.Held):
    def __init__(self, content):
        self.content = content
    def reader(self):
        from service.assembly import read_settings
        path = next(path for path in read_settings({}).geo if Path(path).read_bytes() == self.content)
        return Reader(path, mode=maxminddb.MODE_MMAP)
    def database(self):
        from service.assembly import read_settings
        path = next(path for path in read_settings({}).geo if Path(path).read_bytes() == self.content)
        return maxminddb.open_database(path, maxminddb.MODE_MMAP)
source.Held = Mapped
"""
"""Maps each file where it lies."""


@dataclass
class Store:
    """A folder with copies of the shipped files, and the damage that is done to them."""

    folder: Path
    rng: random.Random

    def __post_init__(self) -> None:
        for name in SHIPPED:
            shutil.copy(DATA / name, self.folder)

    @property
    def setting(self) -> str:
        return ",".join(str(self.folder / name) for name in SHIPPED)

    def truncate(self) -> None:
        """Cut a file short where it lies, in half of the cases to nothing, and write it anew a moment later."""
        path = self.folder / self.rng.choice(SHIPPED)
        os.truncate(path, self.rng.choice([0, self.rng.randrange(path.stat().st_size + 1)]))
        time.sleep(self.rng.choice([0, 0.005, 0.02]))
        with path.open("r+b") as file:
            file.write((DATA / path.name).read_bytes())

    def replace(self) -> None:
        """Put a file with twenty flipped bits in the place of a sound one."""
        path = self.folder / self.rng.choice(SHIPPED)
        beside = path.with_suffix(".new")
        beside.write_bytes(flipped((DATA / path.name).read_bytes(), self.rng))
        beside.replace(path)


def flipped(content: bytes, rng: random.Random, bits: int = 20) -> bytes:
    """The same with some bits turned over."""
    damaged = bytearray(content)
    for _ in range(bits):
        damaged[rng.randrange(len(damaged))] ^= 1 << rng.randrange(8)
    return bytes(damaged)


def damaged(found: House, store: Store, truncations: int, replacements: int) -> tuple[Tally, int]:
    """What readers at known addresses are told while the files are damaged, and how many workers died."""
    first = {address: Question(PLACED, set(), address).ask(found).body for address in READERS}
    assert len({*first.values(), found.ask(PLACELESS).body}) == 4
    questions = [Question(PLACED, {body}, address) for address, body in first.items()]
    before = found.workers()
    with readers(found, questions, 3, 0.005) as tally:
        for _ in range(truncations):
            store.truncate()
            time.sleep(0.01)
        for _ in range(replacements):
            store.replace()
            time.sleep(0.01)
        time.sleep(0.2)
    return tally, len(set(before) - set(found.workers())) + found.written().count("a worker ended")


def test_files_cut_overwritten_and_replaced_under_load_kill_nobody_and_change_no_answer(
    tmp_path: Path, amount: Amount
) -> None:
    store = Store(tmp_path, random.Random(20261123))
    with house(tmp_path, CAVEAT_GEO=store.setting, CAVEAT_TRUSTED_PROXIES=TRUSTED) as found:
        tally, deaths = damaged(found, store, amount(25, 200), amount(10, 200))
    print(f"{dict(tally.counts)}, {deaths} deaths")
    assert (tally.wrong, tally.broken, deaths) == (0, 0, 0), tally.examples
    assert tally.right > 100


def test_a_build_that_maps_the_files_where_they_lie_is_found_out(tmp_path: Path) -> None:
    store = Store(tmp_path, random.Random(20261123))
    with built(tmp_path, MAPPED, CAVEAT_GEO=store.setting, CAVEAT_TRUSTED_PROXIES=TRUSTED) as found:
        tally, deaths = damaged(found, store, 25, 0)
    print(f"{dict(tally.counts)}, {deaths} deaths")
    assert tally.wrong + deaths > 0


def test_flipped_bits_are_refused_by_their_hash_and_would_else_place_some_readers_wrongly(
    tmp_path: Path, amount: Amount
) -> None:
    rng = random.Random(20261123)
    sound = (DATA / SHIPPED[0]).read_bytes()
    pinned, loose = tmp_path / "pinned.mmdb", tmp_path / "loose.mmdb"
    pinned.with_name("pinned.mmdb.sha256").write_text(hashlib.sha256(sound).hexdigest())
    known = golden(DATA / "golden.txt")
    whole = Locator([DATA / SHIPPED[0]])
    misplaced = 0
    for number in range(amount(12, 200)):
        damaged = flipped(sound, rng)
        if number % 2:  # where it is hardest to notice: in the tree of networks
            damaged = flipped(sound[: len(sound) // 2], rng, 400) + sound[len(sound) // 2 :]
        pinned.write_bytes(damaged)
        loose.write_bytes(damaged)
        refusing, trusting = Locator([pinned]), Locator([loose])
        assert refusing.sources[0].trouble == "is not the pinned file: its SHA-256 differs"
        for each in known:
            assert refusing.candidates(each.address) == {UNKNOWN}
            said = trusting.candidates(each.address)
            misplaced += UNKNOWN not in said and not whole.candidates(each.address) <= said
    assert misplaced > 0


def written(path: Path, networks: Mapping[str, object], kind: str, version: int = 6, days: float = 0) -> Path:
    """A database that was built some days ago."""
    with mock.patch("time.time", return_value=time.time() - days * 86400):
        writer = MMDBWriter(version, kind, ["en"], "test", ipv4_compatible=version == 6)
        for network, record in networks.items():
            writer.insert_network(IPSet([network]), record)
        writer.to_db_file(str(path))
    return path


RUSSIA = {"95.24.0.0/13": {"country": {"iso_code": "RU"}}}
WORLD = {"0.0.0.0/1": {"country": {"iso_code": "DE"}}, "128.0.0.0/1": {"country": {"iso_code": "DE"}}}
KNOWN = {f"{each.address}/32": {"country": {"iso_code": each.country}}
         for each in golden(DATA / "golden.txt") if each.address.version == 4}  # fmt: skip
SOUND = (DATA / SHIPPED[0]).read_bytes()


def _flipped(path: Path) -> None:
    path.write_bytes(flipped(SOUND, random.Random(1)))
    path.with_name(path.name + ".sha256").write_text(hashlib.sha256(SOUND).hexdigest())


CASES: Mapping[str, tuple[Callable[[Path], object], str, str]] = {
    "missing": (lambda path: path, "there is no such file", "95.24.0.1"),
    "empty": (lambda path: path.write_bytes(b""), "is empty", "95.24.0.1"),
    "cut": (lambda path: path.write_bytes(SOUND[:-300_000]), "is cut off, damaged or no MaxMind database", "8.8.8.8"),
    "flipped": (_flipped, "is not the pinned file: its SHA-256 differs", "95.24.0.1"),
    "page": (lambda path: path.write_text("<!DOCTYPE html>"), "is a web page, not a database", "95.24.0.1"),
    "wrong type": (lambda path: written(path, RUSSIA, "GeoLite2-ASN"), "is of type 'GeoLite2-ASN'", "95.24.0.1"),
    "one country": (lambda path: written(path, WORLD, "GeoLite2-Country"), "is wrong on ", "95.24.0.1"),
    "old": (lambda path: written(path, KNOWN, "GeoLite2-Country", 4, 800), "is older than 730 days", "95.24.0.1"),
    "IPv4 only": (lambda path: written(path, KNOWN, "GeoLite2-Country", 4), "has IPv4 only", "2a00:1148::1"),
}
"""What is wrong with a file: how it is made, what is said of it, and an address of which it cannot be believed."""


@pytest.fixture(scope="module")
def library() -> Library:
    found = Library(ROOT / "tests/seed", load)
    found.open()
    return found


def asked(library: Library, geo: Path, address: str) -> bytes:
    """The answer of a service with this file as its only source to a reader at an address."""
    settings = Settings(geo=(geo,))
    app = create_app(library, place_source(settings, open_locator(settings)))
    return app.test_client().get(PLACED, environ_overrides={"REMOTE_ADDR": address}).data


@pytest.mark.parametrize("case", CASES)
def test_a_file_that_cannot_be_believed_is_reported_and_its_readers_are_warned_most_cautiously(
    tmp_path: Path, library: Library, case: str
) -> None:
    make, said, address = CASES[case]
    path = tmp_path / "places.mmdb"
    make(path)
    told = CliRunner().invoke(main, ["locate", "--geo", str(path)])
    assert f"places.mmdb: {said}" in told.output or f"; {said}" in told.output
    (status,) = Locator([path], DATA / "golden.txt").sources
    assert told.exit_code == (1 if status.trouble else 0)
    cautious = create_app(library, lambda *_: {UNKNOWN}).test_client().get(PLACELESS).data
    assert asked(library, path, address) == cautious
    assert asked(library, DATA / SHIPPED[0], "8.8.8.8") != cautious


def test_a_service_that_starts_on_a_damaged_file_says_so_and_warns_everybody(tmp_path: Path, amount: Amount) -> None:
    if not amount(0, 1):
        pytest.skip("a part of make soak: the files above are refused in the same way")
    _flipped(tmp_path / "places.mmdb")
    with house(tmp_path, 1, CAVEAT_GEO=str(tmp_path / "places.mmdb"), CAVEAT_TRUSTED_PROXIES=TRUSTED) as found:
        assert "location file places.mmdb: is not the pinned file: its SHA-256 differs" in found.written()
        for address in READERS:
            assert Question(PLACED, set(), address).ask(found).body == found.ask(PLACELESS).body
