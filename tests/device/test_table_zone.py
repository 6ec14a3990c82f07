"""Zone: every name that a clock may have, old or new, and the place that it names."""

from __future__ import annotations

import zoneinfo
from pathlib import Path

import pytest

from service.device.zone import zones
from service.rulebook.gazetteer import gazetteer

TAB = Path("/usr/share/zoneinfo/zone.tab")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Europe/Kiev", "Europe/Kyiv"),
        ("Asia/Calcutta", "Asia/Kolkata"),
        ("Asia/Rangoon", "Asia/Yangon"),
        ("Asia/Saigon", "Asia/Ho_Chi_Minh"),
        ("W-SU", "Europe/Moscow"),
        ("Iran", "Asia/Tehran"),
        ("PRC", "Asia/Shanghai"),
        ("Hongkong", "Asia/Hong_Kong"),
        ("Asia/Kashgar", "Asia/Urumqi"),
    ],
)
def test_a_name_of_old_is_the_same_place_as_the_name_of_today(one: str, other: str) -> None:
    assert zones()[one] == zones()[other]


def test_the_clock_of_crimea_is_of_both_codes_of_the_peninsula() -> None:
    assert zones()["Europe/Simferopol"] == {"UA-43", "UA-40"}


@pytest.mark.parametrize("zone", ["UTC", "Etc/UTC", "GMT", "Etc/GMT-3", "Factory", "", "+03:00"])
def test_a_clock_of_no_place_names_none(zone: str) -> None:
    assert zone not in zones()


def test_every_place_of_a_clock_is_a_code_that_is_assigned() -> None:
    assert {code for codes in zones().values() for code in codes if not gazetteer().knows(code)} == set()


@pytest.mark.skipif(not TAB.exists(), reason="this machine has no time zone database to compare with")
def test_every_clock_that_this_machine_knows_is_of_the_country_that_its_database_says() -> None:
    rows = [line.split("\t") for line in TAB.read_text().splitlines() if not line.startswith("#")]
    database = {row[2]: row[0] for row in rows}
    assert len(database) > 400
    ours = {zone: {gazetteer().country(code) for code in zones().get(zone, ())} for zone in database}
    assert {zone: (codes, database[zone]) for zone, codes in ours.items() if codes != {database[zone]}} == {}


@pytest.mark.skipif(not zoneinfo.available_timezones(), reason="this machine has no time zone database")
def test_no_name_of_a_clock_is_missing() -> None:
    nowhere = ("Etc/", "GMT", "UTC", "UCT", "Universal", "Zulu", "Greenwich", "localtime", "Factory", "posixrules")
    names = {name for name in zoneinfo.available_timezones() if not name.startswith(nowhere) and "/" in name}
    assert names - zones().keys() == set()
