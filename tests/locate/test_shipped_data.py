"""The shipped files: what they say of known addresses, and that they are the files that the manifest pins."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from service.locate import Locator
from service.locate import shipped as listed

from .conftest import DATA, SHIPPED

AGREED = [
    ("95.24.0.1", "RU"),
    ("95.173.136.70", "RU"),
    ("87.240.190.67", "RU"),
    ("217.69.139.200", "RU"),
    ("193.232.128.6", "RU"),
    ("2a00:1148::1", "RU"),
    ("2a00:1fa0::1", "RU"),
    ("93.125.0.1", "BY"),
    ("178.120.0.1", "BY"),
    ("2a02:2208::1", "BY"),
    ("2.176.0.1", "IR"),
    ("217.218.127.127", "IR"),
    ("2a06:db80::1", "IR"),
    ("194.44.0.1", "UA"),
    ("37.52.0.1", "UA"),
    ("2a01:9fc0::1", "UA"),
    ("194.25.0.68", "DE"),
    ("2003::1", "DE"),
    ("203.186.0.1", "HK"),
    ("118.140.0.1", "HK"),
    ("2a06:4d80::1", "HK"),
    ("213.145.128.1", "KG"),
    ("158.181.128.1", "KG"),
    ("2a00:7160::1", "KG"),
    ("8.8.8.8", "US"),
]

DISPUTED = [
    ("81.162.64.1", {"UA", "RU"}, "Bakhchysarai in Crimea"),
    ("213.232.68.1", {"UA", "RU"}, "Yalta in Crimea"),
    ("31.131.128.1", {"UA", "RU"}, "Amvrosiivka in the region of Donetsk"),
    ("45.10.32.1", {"UA", "RU"}, "Luhansk"),
    ("77.88.8.8", {"RS", "RU"}, "Yandex, which IPtoASN places in Serbia"),
    ("2a02:6b8::feed:0ff", {"RS", "RU"}, "Yandex"),
    ("178.172.248.1", {"BY", "RU"}, "Belarus"),
    ("80.64.19.1", {"BY", "UA"}, "Belarus"),
    ("95.46.28.1", {"BY", "CZ"}, "Belarus"),
    ("5.160.227.1", {"AE", "IR"}, "Iran"),
    ("43.154.0.1", {"CN", "HK"}, "Hong Kong"),
    ("185.28.173.1", {"KG", "RU"}, "Kyrgyzstan"),
    ("109.248.57.1", {"CZ", "RU"}, "Russia"),
]


@pytest.mark.parametrize(("address", "country"), AGREED)
def test_both_sources_agree_on_a_known_address(shipped: Locator, address: str, country: str) -> None:
    assert shipped.candidates(address) == {country}
    assert [saying.places for saying in shipped.say(address).sayings] == [(country,), (country,)]


@pytest.mark.parametrize(("address", "places", "where"), DISPUTED)
def test_where_sources_disagree_every_answer_is_a_candidate(
    shipped: Locator, address: str, places: set[str], where: str
) -> None:
    assert shipped.candidates(address) == places, where


def test_an_ipv6_address_that_one_source_alone_lists_may_be_anywhere(shipped: Locator) -> None:
    assert shipped.candidates("2001:678:13::1") == {"RU", "unknown"}
    assert shipped.say("2001:678:13::1").because == "only one source speaks of this IPv6 address"


def test_an_ipv4_address_that_one_source_alone_lists_is_taken_at_its_word(shipped: Locator) -> None:
    assert shipped.candidates("141.1.1.1") == {"GB"}


def test_every_known_address_is_among_the_candidates_of_each_source(shipped: Locator) -> None:
    lines = (DATA / "golden.txt").read_text().split("\n")[:-1]
    wrong = [line for line in lines if shipped.candidates(line.split()[0]) != {line.split()[1]}]
    assert len(lines) > 250
    assert wrong == []


def test_the_manifest_pins_every_shipped_file_and_the_readme_shows_its_hash() -> None:
    manifest = {entry.file: entry for entry in listed(DATA)}
    readme = (DATA / "README.md").read_text(encoding="utf-8")
    assert sorted(manifest) == sorted(path.name for path in DATA.glob("*.mmdb"))
    for path in SHIPPED:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        assert manifest[path.name].sha256 == digest
        assert digest in readme
        assert path.stat().st_size < 8_000_000
    golden = json.loads((DATA / "sources.json").read_text())["golden"]
    assert hashlib.sha256((DATA / golden["file"]).read_bytes()).hexdigest() == golden["sha256"]


def test_the_registry_statistics_are_attributed_to_the_nro() -> None:
    (entry,) = (entry for entry in listed(DATA) if entry.licence == "CC-BY-4.0")
    assert "nro.net" in entry.attribution
    assert entry.attribution_url == "https://www.nro.net/"
    assert entry.attribution in " ".join((DATA / "README.md").read_text(encoding="utf-8").split())


def test_a_shipped_file_with_one_bit_changed_is_refused(tmp_path: Path) -> None:
    shutil.copy(DATA / "sources.json", tmp_path)
    content = bytearray(SHIPPED[0].read_bytes())
    content[1_000_000] ^= 1
    (tmp_path / SHIPPED[0].name).write_bytes(content)
    locator = Locator([tmp_path / SHIPPED[0].name, SHIPPED[1]])
    assert locator.sources[0].trouble == "is not the pinned file: its SHA-256 differs"
    assert locator.candidates("95.24.0.1") == {"RU", "unknown"}


@pytest.mark.parametrize("broken", ["{", "[]", '{"sources": [{}]}', '{"sources": 3}'])
def test_a_broken_manifest_refuses_the_file_instead_of_losing_its_pin(tmp_path: Path, broken: str) -> None:
    (tmp_path / "sources.json").write_text(broken)
    shutil.copy(SHIPPED[0], tmp_path)
    (status,) = Locator([tmp_path / SHIPPED[0].name]).sources
    assert status.trouble.startswith("sources.json cannot be read")


def test_a_hash_beside_an_operators_own_file_pins_it(tmp_path: Path) -> None:
    path = tmp_path / "own.mmdb"
    shutil.copy(SHIPPED[0], path)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    path.with_name("own.mmdb.sha256").write_text(f"{digest}  own.mmdb\n")
    assert Locator([path]).sources[0].trouble == ""
    path.with_name("own.mmdb.sha256").write_text("0" * 64)
    assert Locator([path]).sources[0].trouble == "is not the pinned file: its SHA-256 differs"
    path.with_name("own.mmdb.sha256").write_text("")
    assert Locator([path]).sources[0].trouble == "own.mmdb.sha256 holds no SHA-256"
