"""Addresses: hostile text is `unknown`, and nothing that a reader sends raises."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.locate import Locator
from service.locate.address import bare, of_a_reader

from .conftest import SHIPPED

LOCATOR = Locator(SHIPPED)


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "1.2.3", "unknown", "_hidden", "localhost", "010.8.8.8", "0x8.8.8.8"),
        *("8.8.8.8:4711", "[2a00:1148::1]", "1595408385", "9" * 99999),
        *("95.24.0.1\0", "95.24.0.1\n", "95.24.0.1\x0b", " 95.24.0.1", "95.24.0.1 ", "95.24.0.256"),
        *("2a00:1148::1%eth0", "fe80::1%1", "2a00:1148:::1", "::ffff:95.24.0.1%0", "\u0669\u0665.24.0.1"),
        *("10.0.0.1", "172.16.0.1", "192.168.1.1", "127.0.0.1", "169.254.1.1", "100.64.0.1"),
        *("0.0.0.0", "255.255.255.255"),
        *("192.0.2.1", "198.51.100.1", "203.0.113.1", "198.18.0.1", "224.0.0.1", "239.1.1.1", "240.0.0.1"),
        *("::", "::1", "fe80::1", "fc00::1", "2001:db8::1", "ff02::1", "ff0e::1", "::ffff:10.0.0.1", "::8.8.8.8"),
        *("2002:5f18:1::1", "2001:0:5f18:1::1", "64:ff9b::8.8.8.8", "4000::1", "fec0::1"),
    ],
)
def test_text_that_is_no_public_address_is_unknown(text: str) -> None:
    assert LOCATOR.candidates(text) == {"unknown"}
    assert LOCATOR.say(text).candidates == ("unknown",)


@pytest.mark.parametrize(
    "text", ["224.0.0.1", "233.252.1.1", "ff0e::1", "2002:5f18:1::1", "2001:0:5f18:1::1", "::8.8.8.8"]
)
def test_no_source_is_asked_of_an_address_that_is_no_readers_own(text: str) -> None:
    address = bare(text)
    assert address is not None
    assert not of_a_reader(address)


def test_no_origin_is_unknown() -> None:
    assert LOCATOR.candidates(None) == {"unknown"}


@pytest.mark.parametrize("text", ["::ffff:95.24.0.1", "::FFFF:5f18:1", "0:0:0:0:0:ffff:95.24.0.1"])
def test_an_ipv4_mapped_address_is_its_ipv4_address(text: str) -> None:
    assert LOCATOR.candidates(text) == LOCATOR.candidates("95.24.0.1") == {"RU"}


def test_an_address_that_no_source_lists_is_unknown() -> None:
    assert LOCATOR.candidates("155.11.202.22") == {"unknown"}
    assert LOCATOR.say("155.11.202.22").because == "no source lists it"


@given(st.one_of(st.text(), st.ip_addresses().map(str), st.from_regex(r"[0-9a-f:.%\[\]]{1,40}")))
def test_no_text_raises_and_no_answer_is_empty(text: str) -> None:
    assert LOCATOR.candidates(text)
    assert LOCATOR.say(text).candidates


@given(st.ip_addresses())
def test_an_address_and_its_text_have_the_same_candidates(address: object) -> None:
    assert LOCATOR.candidates(str(address)) == LOCATOR.candidates(address)  # type: ignore[arg-type]
