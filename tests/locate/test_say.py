"""Say: what a locator tells an operator of an address and of its sources, word for word."""

from __future__ import annotations

from dataclasses import astuple
from pathlib import Path

import pytest

from service.locate import Locator

from .conftest import Write, city

HERE = "81.162.64.1"
NET = {"81.162.64.0/24": city("UA", "43"), "2a00:1148::/32": city("RU")}


def test_what_each_source_says_is_told_in_the_order_given_with_its_state(write: Write, tmp_path: Path) -> None:
    here = write(NET, name="here.mmdb")
    also = write({"81.162.64.0/24": city("RU")}, "DBIP-City-Lite", "also.mmdb")
    silent = write({"5.5.5.0/24": city("RU")}, name="silent.mmdb")
    locator = Locator([here, tmp_path / "gone.mmdb", also, silent])
    assert astuple(locator.say(HERE)) == (
        HERE, ("RU", "UA-43", "unknown"),
        "a source failed, is old, does not know or says that the network is anonymous",
        (
            ("here.mmdb", "city", "says", ("UA-43",), ""),
            ("gone.mmdb", "", "unknown", ("unknown",), "there is no such file"),
            ("also.mmdb", "city", "says", ("RU",), ""),
            ("silent.mmdb", "city", "silent", (), ""),
        ),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("address", "candidates", "because"),
    [
        (HERE, ("UA-43",), ""),
        ("::ffff:81.162.64.1", ("UA-43",), ""),
        ("2a00:1148::1", ("RU", "unknown"), "only one source speaks of this IPv6 address"),
        ("8.8.8.8", ("unknown",), "no source lists it"),
        ("10.0.0.1", ("unknown",), "it is not a public address"),
        ("nowhere", ("unknown",), "it is not a public address"),
    ],
)
def test_why_a_reader_may_be_anywhere_is_told(
    write: Write, address: str, candidates: tuple[str, ...], because: str
) -> None:
    found = Locator([write(NET)]).say(address)
    assert (found.candidates, found.because) == (candidates, because)
    assert found.address == address.removeprefix("::ffff:")
    assert len(found.sayings) == (0 if "not a public" in because else 1)
