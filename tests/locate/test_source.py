"""Source: what a location file is, what it must answer, and by what it is known to be sound."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from service.locate import Locator, Shipped, networks
from service.locate import shipped as listed
from service.locate.manifest import MOST_WRONG, golden, pin
from service.locate.source import OLD, Source

from .conftest import Write, city

HERE = "81.162.64.1"
NET = {"81.162.64.0/24": city("UA", "43"), "2a00:1148::/32": city("RU")}


def aged(write: Write, days: float, monkeypatch: pytest.MonkeyPatch) -> Source:
    """A source of which it is so many days since it was built."""
    source = Source(write(NET))
    built = source._epoch
    monkeypatch.setattr(time, "time", lambda: built + days * 86_400)
    return source


@pytest.mark.parametrize(("days", "old"), [(0, False), (729.999, False), (730, False), (730.001, True)])
def test_a_file_is_old_after_two_years_and_then_not_believed_alone(
    write: Write, monkeypatch: pytest.MonkeyPatch, days: float, old: bool
) -> None:
    source = aged(write, days, monkeypatch)
    told = ("is older than 730 days: every address is uncertain until it is renewed",) if old else ()
    assert OLD == 730
    assert source.status.notes == told
    (address,) = (known.address for known in golden_of(write, f"{HERE} UA"))
    assert source.places(address) == ({"UA-43", "unknown"} if old else {"UA-43"})


def golden_of(write: Write, text: str) -> tuple[object, ...]:
    """The known addresses that a text lists."""
    path = write(NET, name="beside.mmdb").with_name("golden.txt")
    path.write_text(text, encoding="ascii")
    return golden(path)


def test_a_status_says_what_the_file_is(write: Write) -> None:
    path = write(NET)
    status = Source(path).status
    today = datetime.now(UTC).date()
    assert (status.file, status.kind, status.sha256) == (path.name, "city", sha256(path.read_bytes()).hexdigest())
    assert 0 <= (today - datetime.fromisoformat(status.built).date()).days <= 1
    assert (status.has_ipv6, status.trouble, status.notes) == (True, "", ())
    broken = Source(path.with_name("gone")).status
    assert (broken.kind, broken.built, broken.sha256, broken.has_ipv6, broken.notes) == ("", "", "", False, ())


@pytest.mark.parametrize(
    ("kind", "read"),
    [
        ("GeoLite2-Country", "country"), ("GeoIP2-City", "city"), ("GeoIP2-Enterprise", "enterprise"),
        ("DBIP-City-Lite", "city"), ("GeoIP2-Anonymous-IP", "anonymous_ip"), ("GeoIP-Anonymous-Plus", "anonymous_plus"),
    ],
)  # fmt: skip
def test_the_type_of_a_file_says_which_questions_it_answers(write: Write, kind: str, read: str) -> None:
    hidden = read.startswith("anonymous")
    source = Source(write({"5.5.5.0/24": {"is_anonymous": True} if hidden else city("RU", "MOW")}, kind))
    assert (source.kind, source.trouble, source.tells_places) == (read, "", not hidden)
    known = networks("5.5.5.5")[0].network_address
    assert source.places(known) == {"unknown" if hidden else "RU" if read == "country" else "RU-MOW"}
    assert source.places(networks("6.6.6.6")[0].network_address) == frozenset()
    listed = [(5 << 24 | 5 << 16 | 5 << 8, 5 << 24 | 5 << 16 | 5 << 8 | 255, source.places(known))]
    assert list(source.stretches(4)) == ([] if hidden else listed)
    assert list(source.stretches(6)) == []


def test_a_type_that_is_not_read_is_told_and_not_at_length(write: Write) -> None:
    read = "; geoip2 reads …-Country, …-City, …-Enterprise or Anonymous-IP databases here"
    for kind, shown in (("ASN", "ASN"), ("x" * 60, "x" * 60), ("x" * 61, "x" * 60)):
        (status,) = Locator([write({"5.5.5.0/24": {"a": "b"}}, kind, "other.mmdb")]).sources
        assert status.trouble == f"is of type {shown!r}{read}"


def test_an_anonymous_list_without_ipv6_says_nothing_of_ipv6(write: Write) -> None:
    address = networks("2a00:1148::1")[0].network_address
    hidden = {"5.5.5.0/24": {"is_anonymous": True}}
    assert Source(write(hidden, "GeoIP2-Anonymous-IP", version=4)).places(address) == frozenset()
    assert Source(write({"5.5.5.0/24": city("RU")}, version=4)).places(address) == {"unknown"}
    assert Source(write(hidden, "GeoIP2-Anonymous-IP", version=4)).status.notes == ()


@pytest.mark.parametrize(
    "trait",
    ["is_anonymous", "is_anonymous_vpn", "is_hosting_provider", "is_public_proxy", "is_residential_proxy",
     "is_tor_exit_node"],
)  # fmt: skip
def test_every_way_of_hiding_makes_the_place_uncertain(write: Write, trait: str) -> None:
    source = Source(write({"5.5.5.0/24": {trait: True}, "6.6.6.0/24": {trait: False}}, "GeoIP2-Anonymous-IP"))
    assert source.places(networks("5.5.5.5")[0].network_address) == {"unknown"}
    assert source.places(networks("6.6.6.6")[0].network_address) == frozenset()


@pytest.mark.parametrize(
    "trait",
    ["is_anonymous", "is_anonymous_proxy", "is_anonymous_vpn", "is_hosting_provider", "is_public_proxy",
     "is_residential_proxy", "is_satellite_provider", "is_tor_exit_node"],
)  # fmt: skip
def test_every_trait_that_hides_a_reader_leaves_their_place_uncertain(write: Write, trait: str) -> None:
    for kind, place in (("GeoIP2-City", "RU-MOW"), ("GeoIP2-Country", "RU")):
        source = Source(write({"5.5.5.0/24": city("RU", "MOW") | {"traits": {trait: True}}}, kind))
        assert source.places(networks("5.5.5.5")[0].network_address) == {place, "unknown"}


# ---- what a file must answer -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("wrong", "trouble"), [(1, ""), (2, "is wrong on 2 of 10 known IPv4 addresses")])
def test_a_file_may_miss_one_known_address_in_ten(write: Write, wrong: int, trouble: str) -> None:
    assert MOST_WRONG == 0.1
    said = {f"5.5.{number}.0/24": city("DE" if number < wrong else "RU") for number in range(10)}
    known = golden_of(write, "".join(f"5.5.{number}.1 RU\n" for number in range(10)))
    assert Source(write(said), known).trouble == trouble


def test_one_known_ipv6_address_that_is_answered_is_enough_for_ipv6(write: Write) -> None:
    known = golden_of(write, "5.5.5.5 RU\n2a00:1148::1 RU\n2a00:1149::1 RU\n")
    path = write({"5.5.5.0/24": city("RU"), "2a00:1148::/32": city("RU")})
    source = Source(path, known)
    assert (source.trouble, source.has_ipv6) == ("is wrong on 1 of 2 known IPv6 addresses", True)
    silent = Source(write({"5.5.5.0/24": city("RU")}), known)
    assert (silent.trouble, silent.has_ipv6) == ("", False)


@pytest.mark.parametrize("line", ["95.24.0.1", "95.24.0 RU", "95.24.0.1 RU extra"])
def test_a_line_that_is_no_known_address_is_told_by_its_number(tmp_path: Path, line: str) -> None:
    path = tmp_path / "golden.txt"
    path.write_text(f"# known\n\n8.8.8.8 US # Google\n{line}\n")
    with pytest.raises(ValueError, match=r"^golden\.txt:4: not an address and a country$"):
        golden(path)


def test_known_addresses_are_read_past_comments_and_empty_lines(tmp_path: Path) -> None:
    (tmp_path / "golden.txt").write_text("# known\n\n8.8.8.8 US # Google\n  2a00:1148::1\tRU\n")
    assert [(str(one.address), one.country) for one in golden(tmp_path / "golden.txt")] == [
        ("8.8.8.8", "US"), ("2a00:1148::1", "RU"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("start", "trouble"),
    [
        (b"", "is empty"),
        (b"<?xml version='1.0'?>", "is a web page, not a database"),
        (b" \n<HTML>", "is a web page, not a database"),
        (b"<!DocType html>", "is a web page, not a database"),
        (b" " * 511 + b"<html>", "is cut off, damaged or no MaxMind database"),
        (b"\x1f\x8b", "is compressed: unpack it first"),
        (b"PK\x03\x04", "is compressed: unpack it first"),
        (b"<htm", "is cut off, damaged or no MaxMind database"),
    ],
)
def test_what_stands_in_the_place_of_a_database_is_named(tmp_path: Path, start: bytes, trouble: str) -> None:
    (tmp_path / "geo.mmdb").write_bytes(start)
    assert Source(tmp_path / "geo.mmdb").trouble == trouble


# ---- pins ------------------------------------------------------------------------------------------------------


def test_a_hash_beside_a_file_is_read_in_any_case_and_only_if_it_is_one(tmp_path: Path) -> None:
    path, beside = tmp_path / "geo.mmdb", tmp_path / "geo.mmdb.sha256"
    assert pin(path) is None
    beside.write_text("AB" * 32 + "  geo.mmdb")
    assert pin(path) == "ab" * 32
    for words in ("", "ab" * 31 + "a", "ab" * 33):
        beside.write_text(words)
        with pytest.raises(ValueError, match=r"^geo\.mmdb\.sha256 holds no SHA-256$"):
            pin(path)
    beside.write_bytes(b"\xff" * 64)
    with pytest.raises(ValueError, match=r"^geo\.mmdb\.sha256 cannot be read \(UnicodeDecodeError\)$"):
        pin(path)


def test_a_manifest_is_read_whole_or_not_at_all(tmp_path: Path) -> None:
    assert listed(tmp_path) == ()
    manifest = tmp_path / "sources.json"
    manifest.write_text('{"sources": [{"name": "a"}]}')
    with pytest.raises(ValueError, match=r"^sources\.json cannot be read \(KeyError\)$"):
        listed(tmp_path)
    manifest.write_text("{")
    with pytest.raises(ValueError, match=r"^sources\.json cannot be read \(JSONDecodeError\)$"):
        listed(tmp_path)
    fields = ("name", "file", "built", "licence", "licence_url", "attribution", "attribution_url", "sha256")
    entry = ", ".join(f'"{field}": "{field} \u00e9"' for field in fields)
    manifest.write_text(f'{{"sources": [{{{entry}, "more": 1}}]}}', encoding="utf-8")
    assert listed(tmp_path) == (Shipped(*(f"{field} \u00e9" for field in fields)),)
    assert pin(tmp_path / "file \u00e9") == "sha256 \u00e9"


def test_a_manifest_that_may_not_be_read_loses_no_pin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sources.json").write_text("{}")

    def refuse(*_: object, **__: object) -> str:
        raise PermissionError

    monkeypatch.setattr(Path, "read_text", refuse)
    with pytest.raises(ValueError, match=r"^sources\.json cannot be read \(PermissionError\)$"):
        pin(tmp_path / "geo.mmdb")
