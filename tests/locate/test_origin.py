"""Origin: a client cannot choose its address, and no proxy lends its own to a reader."""

from __future__ import annotations

from ipaddress import ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.locate import from_trusted, networks, origin
from service.locate.address import bare, hop

TRUSTED = networks("10.0.0.0/8, 203.0.113.0/24 2001:db8::/32")


@pytest.mark.parametrize(
    ("peer", "header", "found"),
    [
        # The peer is not trusted: it is the reader, whatever it claims.
        ("95.24.0.1", None, "95.24.0.1"),
        ("95.24.0.1", "8.8.8.8", "95.24.0.1"),
        ("95.24.0.1", "garbage", "95.24.0.1"),
        ("192.168.1.1", "8.8.8.8", "192.168.1.1"),
        ("::ffff:95.24.0.1", "8.8.8.8", "95.24.0.1"),
        # One trusted proxy.
        ("10.0.0.1", "95.24.0.1", "95.24.0.1"),
        ("::ffff:10.0.0.1", "95.24.0.1", "95.24.0.1"),
        ("2001:db8::1", "2a00:1148::1", "2a00:1148::1"),
        ("10.0.0.1", "8.8.8.8, 95.24.0.1", "95.24.0.1"),
        ("10.0.0.1", "unknown, 95.24.0.1", "95.24.0.1"),
        ("10.0.0.1", " 8.8.8.8 ,\t95.24.0.1\t", "95.24.0.1"),
        ("10.0.0.1", "95.24.0.1:4711", "95.24.0.1"),
        ("10.0.0.1", "[2a00:1148::1]:443", "2a00:1148::1"),
        ("10.0.0.1", "[2a00:1148::1]", "2a00:1148::1"),
        ("10.0.0.1", "[::ffff:95.24.0.1]:443", "95.24.0.1"),
        ("10.0.0.1", "::ffff:95.24.0.1", "95.24.0.1"),
        # Several trusted proxies.
        ("10.0.0.1", "95.24.0.1, 203.0.113.7", "95.24.0.1"),
        ("10.0.0.1", "8.8.8.8, 95.24.0.1, 203.0.113.7, 10.9.9.9:80", "95.24.0.1"),
        ("10.0.0.1", "95.24.0.1, [2001:db8::5]:80", "95.24.0.1"),
        ("10.0.0.1", ", ".join(["10.1.1.1"] * 15 + ["95.24.0.1"]), "95.24.0.1"),
        # Nothing left: never the proxy's own place.
        ("10.0.0.1", None, None),
        ("10.0.0.1", "", None),
        ("10.0.0.1", "10.0.0.2", None),
        ("10.0.0.1", "10.0.0.2, 203.0.113.1", None),
        ("10.0.0.1", "::ffff:10.0.0.2", None),
        # Entries that are no address stop the walk.
        ("10.0.0.1", "95.24.0.1, unknown", None),
        ("10.0.0.1", "95.24.0.1, _hidden", None),
        ("10.0.0.1", "95.24.0.1,", None),
        ("10.0.0.1", "95.24.0.1,,10.0.0.2", None),
        ("10.0.0.1", "95.24.0.1, 10.0.0.2 10.0.0.3", None),
        ("10.0.0.1", "1.2.3", None),
        ("10.0.0.1", "010.8.8.8", None),
        ("10.0.0.1", "95.24.0.1\0", None),
        ("10.0.0.1", "95.24.0.1\x0b", None),
        ("10.0.0.1", "95.24.0.1\x85", None),
        ("10.0.0.1", "95.24.0.1:", None),
        ("10.0.0.1", "95.24.0.1:http", None),
        ("10.0.0.1", "95.24.0.1:65536", None),
        ("10.0.0.1", "95.24.0.1:\u0661", None),
        ("10.0.0.1", "2a00:1148::1%eth0", None),
        ("10.0.0.1", "[2a00:1148::1%eth0]:80", None),
        ("10.0.0.1", "[95.24.0.1]:80", None),
        ("10.0.0.1", "[2a00:1148::1", None),
        ("10.0.0.1", "2a00:1148::1]:80", None),
        ("10.0.0.1", '"[2a00:1148::1]"', None),
        ("10.0.0.1", "for=95.24.0.1", None),
        ("10.0.0.1", "reader.example", None),
        # Too much.
        ("10.0.0.1", ", ".join(["95.24.0.1"] * 17), None),
        ("10.0.0.1", " " * 2048 + "95.24.0.1", None),
        # No peer address, as behind a socket file.
        ("", "95.24.0.1", None),
        ("unix:", "95.24.0.1", None),
        ("fe80::1%eth0", "95.24.0.1", None),
    ],
)
def test_the_origin_is_the_first_untrusted_address_from_the_right(
    peer: str, header: str | None, found: str | None
) -> None:
    assert origin(peer, header, TRUSTED) == (None if found is None else ip_address(found))


@given(st.one_of(st.none(), st.text(), st.lists(st.ip_addresses().map(str)).map(", ".join)))
def test_no_header_of_an_untrusted_peer_changes_its_origin(header: str | None) -> None:
    assert origin("95.24.0.1", header, TRUSTED) == ip_address("95.24.0.1")


@given(st.text(), st.one_of(st.none(), st.text(alphabet="0123456789abcdef.:[]%, \x00\x0b")))
def test_no_peer_and_no_header_raise_and_no_trusted_address_comes_out(peer: str, header: str | None) -> None:
    origin(peer, header, TRUSTED)
    found = origin("10.0.0.1", header, TRUSTED)
    assert found is None or not from_trusted(str(found), TRUSTED)


@given(st.text(alphabet="0123456789.:, \x00x", max_size=200))
def test_what_a_client_writes_left_of_its_address_never_moves_it(forged: str) -> None:
    found = origin("10.0.0.1", f"{forged}, 95.24.0.1", TRUSTED)
    assert found == (ip_address("95.24.0.1") if forged.count(",") < 15 else None)


def test_networks_are_divided_by_commas_or_spaces() -> None:
    assert networks("10.0.0.0/8,2001:db8::/32  192.0.2.1") == (
        ip_network("10.0.0.0/8"),
        ip_network("2001:db8::/32"),
        ip_network("192.0.2.1/32"),
    )
    assert networks("") == ()


@pytest.mark.parametrize("setting", ["10.0.0.1/8", "10.0.0.0/33", "proxy.example", "0.0.0.0/0", "::/0", "*"])
def test_a_network_that_is_none_or_trusts_the_world_stops_the_start(setting: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        networks(setting)


def test_a_network_that_holds_every_address_is_told_by_its_name() -> None:
    with pytest.raises(ValueError, match=r"^0\.0\.0\.0/0 holds every address: name the proxies' own networks$"):
        networks("10.0.0.0/8 0.0.0.0/0")


def test_a_chain_of_16_entries_and_2048_characters_is_walked_and_a_longer_one_is_not() -> None:
    here = ip_address("95.24.0.1")
    for entries, found in ((16, here), (17, None)):
        assert origin("10.0.0.1", ",".join(["95.24.0.1", *["10.0.0.2"] * (entries - 1)]), TRUSTED) == found
    for length, found in ((2048, here), (2049, None)):
        assert origin("10.0.0.1", "95.24.0.1".rjust(length), TRUSTED) == found


@pytest.mark.parametrize(
    ("entry", "found"),
    [("95.24.0.1:65535", "95.24.0.1"), ("95.24.0.1:65536", None), ("95.24.0.1:0", "95.24.0.1"), ("[::1]:1", "::1"),
     ("\t 95.24.0.1 \t", "95.24.0.1"), ("[95.24.0.1]", None), ("[2a00::1]x", None), ("1.1.1.1:123456", None)],
)  # fmt: skip
def test_an_entry_is_an_address_and_perhaps_a_port(entry: str, found: str | None) -> None:
    assert hop(entry) == (None if found is None else ip_address(found))


def test_an_address_is_not_read_out_of_a_longer_text() -> None:
    assert str(bare("0:0:0:0:0:ffff:255.255.255.255")) == "255.255.255.255"
    assert bare("1::" + "0" * 62) is None
