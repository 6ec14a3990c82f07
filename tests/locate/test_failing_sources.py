"""Sources that fail: a clear report, `unknown` among the candidates, and never an exception."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import maxminddb
import pytest

from service.locate import Locator
from service.locate.held import Held
from service.locate.source import Source

from .conftest import DATA, SHIPPED, Write, city

HALF = SHIPPED[0].read_bytes()[: SHIPPED[0].stat().st_size // 2]


@pytest.mark.parametrize(
    ("content", "trouble"),
    [
        (None, "there is no such file"),
        (b"", "is empty"),
        (b"<!DOCTYPE html><title>Sign in</title>", "is a web page, not a database"),
        (b"\n <html><body>404", "is a web page, not a database"),
        (b"\x1f\x8b\x08rest", "is compressed: unpack it first"),
        (HALF, "is cut off, damaged or no MaxMind database"),
        (b"country,RU\n" * 99, "is cut off, damaged or no MaxMind database"),
        (b"\xab\xcd\xefMaxMind.com", "is cut off, damaged or no MaxMind database"),
        (b"\xab\xcd\xefMaxMind.com\xe1Dnode\xff", "is cut off, damaged or no MaxMind database"),
    ],
)
def test_a_file_that_is_no_database_is_reported_and_makes_every_place_uncertain(
    tmp_path: Path, content: bytes | None, trouble: str
) -> None:
    path = tmp_path / "broken.mmdb"
    if content is not None:
        path.write_bytes(content)
    locator = Locator([SHIPPED[0], path, SHIPPED[1]])
    assert [status.trouble for status in locator.sources] == ["", trouble, ""]
    assert locator.sources[1].file == "broken.mmdb"
    assert locator.candidates("95.24.0.1") == {"RU", "unknown"}
    assert Locator([path]).candidates("95.24.0.1") == {"unknown"}


def test_a_folder_and_an_impossible_path_are_reported(tmp_path: Path) -> None:
    found = [status.trouble for status in Locator([tmp_path, "a\0b"]).sources]
    assert found == ["cannot be read (IsADirectoryError)", "cannot be read (ValueError)"]


def test_a_database_of_another_type_is_refused_with_its_type(write: Write) -> None:
    path = write({"8.8.8.0/24": {"country_code": "US"}}, "country ipv4")
    (status,) = Locator([path]).sources
    assert status.trouble.startswith("is of type 'country ipv4'; geoip2 reads")


def test_a_database_in_another_form_under_the_right_type_fails_the_known_addresses(write: Write) -> None:
    path = write({"0.0.0.0/1": {"country_code": "US"}, "2000::/3": {"country_code": "US"}}, "GeoLite2-Country")
    (status,) = Locator([path], DATA / "golden.txt").sources
    assert status.trouble.startswith("is wrong on ")


def test_a_file_that_puts_the_world_in_one_country_is_refused(write: Write) -> None:
    path = write({"0.0.0.0/0": city("DE"), "2000::/3": city("DE")})
    locator = Locator([path], DATA / "golden.txt")
    assert "known IPv4 addresses; is wrong on" in locator.sources[0].trouble
    assert locator.candidates("95.24.0.1") == {"unknown"}


def test_an_ipv4_only_file_speaks_of_ipv4_and_makes_ipv6_uncertain(write: Write) -> None:
    path = write({"95.24.0.0/13": city("RU")}, version=4)
    locator = Locator([path, *SHIPPED])
    assert locator.sources[0].notes == ("has IPv4 only: every IPv6 address is unknown to it",)
    assert locator.candidates("95.24.0.1") == {"RU"}
    assert locator.candidates("::ffff:95.24.0.1") == {"RU"}
    assert locator.candidates("2a00:1148::1") == {"RU", "unknown"}


def test_a_file_that_holds_no_ipv6_network_counts_as_ipv4_only(write: Write, tmp_path: Path) -> None:
    golden = tmp_path / "golden.txt"
    golden.write_text("95.24.0.1 RU # Moscow\n\n2a00:1148::1 RU\n")
    (status,) = Locator([write({"95.24.0.0/13": city("RU")})], golden).sources
    assert (status.trouble, status.has_ipv6) == ("", False)


@pytest.mark.parametrize("line", ["95.24.0.1", "95.24.0 RU", "95.24.0.1 RU extra"])
def test_a_bad_line_of_known_addresses_stops_the_start(tmp_path: Path, line: str) -> None:
    (tmp_path / "golden.txt").write_text(f"8.8.8.8 US\n{line}\n")
    with pytest.raises(ValueError, match=r"golden\.txt:2"):
        Locator(SHIPPED, tmp_path / "golden.txt")


@pytest.mark.parametrize(
    "record",
    ["RU", 7, ["RU"], {"country": "RU"}, {"country": ["RU"]}, {"subdivisions": 3}, {"traits": "x"}, {"locales": 1}],
)
def test_a_record_of_the_wrong_shape_is_unknown_and_noted(write: Write, record: object) -> None:
    locator = Locator([write({"95.24.0.0/13": record}), *SHIPPED])
    assert locator.candidates("95.24.0.1") == {"RU", "unknown"}
    assert locator.sources[0].notes == ("has failed on a look-up: the file may be damaged",)


def test_no_source_at_all_leaves_every_reader_anywhere() -> None:
    assert Locator([]).candidates("95.24.0.1") == {"unknown"}


def test_bits_flipped_anywhere_never_raise(tmp_path: Path) -> None:
    sound = SHIPPED[0].read_bytes()
    for seed in range(20):
        damaged = bytearray(sound)
        for step in range(20):
            damaged[(seed * 7919 + step * 104729 * 17) % len(sound)] ^= 1 << (seed + step) % 8
        path = tmp_path / "bits.mmdb"
        path.write_bytes(damaged)
        locator = Locator([path, SHIPPED[1]])
        for address in ("95.24.0.1", "2a00:1148::1", "178.120.0.1", "255.1.1.1"):
            assert locator.candidates(address)
        assert "RU" in locator.candidates("95.24.0.1")


TRUNCATED = """
import os, sys
from pathlib import Path
from service.locate import Locator
path, sound = Path(sys.argv[1]), Path(sys.argv[2]).read_bytes()
path.write_bytes(sound)
locator = Locator([path])
for turn in range(200):
    os.truncate(path, turn * 97)
    for address in ("95.24.0.1", "8.8.8.8", "178.120.0.1"):
        print(*locator.candidates(address))
    path.write_bytes((b"\\0" if turn % 2 else b"\\xff") * len(sound) if turn % 3 else sound)
    print(*locator.candidates("2.176.0.1"))
"""


def test_a_file_truncated_and_overwritten_in_place_neither_kills_nor_changes_an_answer(tmp_path: Path) -> None:
    command = [sys.executable, "-c", TRUNCATED, str(tmp_path / "geo.mmdb"), str(SHIPPED[0])]
    root = str(Path(__file__).resolve().parents[2])
    run = subprocess.run(command, capture_output=True, text=True, cwd=root, env={**os.environ, "PYTHONPATH": root})
    assert run.returncode == 0, run.stderr
    assert run.stdout.split() == ["RU", "US", "BY", "IR"] * 200


@pytest.mark.skipif(sys.platform != "linux", reason="memory files are Linux's")
def test_the_copy_is_sealed_against_every_change_and_mapped_by_the_c_reader() -> None:
    held = Held(SHIPPED[0].read_bytes())
    assert held.is_sealed
    with open(held._path, "r+b", buffering=0) as file:
        with pytest.raises(PermissionError):
            file.write(b"x")
        with pytest.raises(PermissionError):
            file.truncate(0)
    assert type(held.reader()._db_reader).__module__ != maxminddb.reader.Reader.__module__


def test_without_memory_files_the_copy_lies_in_memory_and_answers_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(name: str, flags: int) -> int:
        raise OSError(name, flags)

    monkeypatch.setattr(os, "memfd_create", refuse)
    locator = Locator(SHIPPED)
    assert not Held(b"x").is_sealed
    assert locator.candidates("81.162.64.1") == {"RU", "UA"}
    assert locator.candidates("2a00:1148::1") == {"RU"}


def test_the_descriptor_of_a_copy_is_closed_with_it(write: Write) -> None:
    path = write({"95.24.0.0/13": city("RU")})
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(20):
        Source(path)
    assert len(os.listdir("/proc/self/fd")) <= before + 1


def test_workers_share_the_copy_across_fork() -> None:
    locator = Locator(SHIPPED)
    child = os.fork()
    if child == 0:
        os._exit(0 if locator.candidates("95.24.0.1") == {"RU"} else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_a_system_without_memory_files_keeps_the_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "memfd_create")
    held = Held(SHIPPED[0].read_bytes())
    assert not held.is_sealed
    assert held.reader().country("95.24.0.1").country.iso_code == "RU"
    network, record = next(held.networks())
    assert str(network) == "1.0.0.0/24"
    assert next(held.records()) == record


def test_a_system_that_cannot_seal_a_memory_file_keeps_the_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise OSError("seals")

    monkeypatch.setattr("fcntl.fcntl", refuse)
    held = Held(SHIPPED[0].read_bytes())
    assert not held.is_sealed
    assert held.reader().country("95.24.0.1").country.iso_code == "RU"


def test_only_a_file_of_cities_has_spellings_of_regions(write: Write) -> None:
    record = {"81.162.64.0/24": city("UA", name="Novyj Krai"), "5.5.5.0/24": city("RU", name="Kraj"), "6.6.6.0/24": "x"}
    for kind, found in (
        ("GeoIP2-City", ("Novyj Krai",)),
        ("GeoIP2-Enterprise", ("Novyj Krai",)),
        ("GeoIP2-Country", ()),
    ):
        assert Source(write(record, kind)).new_spellings() == found
    assert Source(SHIPPED[0].with_name("gone")).new_spellings() == ()
