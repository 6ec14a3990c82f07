"""City files: regions with codes, regions with names alone, and places that contradict each other."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.locate import Locator
from service.locate.region import code_of

from .conftest import Write, city

NET = "81.162.64.0/24"
HERE = "81.162.64.1"


@pytest.mark.parametrize(
    ("record", "places"),
    [
        (city("UA", "43", "Crimea", "Europe/Simferopol", "Yalta"), {"UA-43"}),
        (city("UA", "40", "Sebastopol City", "Europe/Simferopol"), {"UA-40"}),
        (city("UA", "14", "Donetsk", "Europe/Kyiv"), {"UA-14"}),
        (city("UA", zone="Europe/Simferopol"), {"UA", "UA-43"}),
        (city("RU", zone="Europe/Simferopol"), {"RU", "UA-43"}),
        (city("UA", zone="Europe/Kyiv"), {"UA"}),
        (city("RU", "MOW", "Moscow", "Europe/Moscow"), {"RU-MOW"}),
        (city("RU", "ROS", "Rostov", "Europe/Moscow", "Donetsk"), {"RU-ROS"}),
        (city("RU", town="Sevastopol'"), {"RU"}),
        (city("CN", "HK", "Hong Kong"), {"HK"}),
        (city("US", "PR", "Puerto Rico"), {"PR"}),
        (city("RU", "QQQ", "Nowhere"), {"RU"}),
        (city("EU"), {"unknown"}),
        ({"registered_country": {"iso_code": "RU"}}, {"unknown"}),
        (city("RU") | {"traits": {"is_anonymous_proxy": True}}, {"RU", "unknown"}),
        (city("UA", "43") | {"traits": {"is_satellite_provider": True}}, {"UA-43", "unknown"}),
    ],
)
def test_a_record_of_a_maxmind_city_file_gives_its_region(
    write: Write, record: dict[str, object], places: set[str]
) -> None:
    assert Locator([write({NET: record})]).candidates(HERE) == places


@pytest.mark.parametrize(
    ("country", "name", "places"),
    [
        ("RU", "Crimea", {"RU", "UA-43"}),
        ("RU", "Sebastopol City", {"RU", "UA-40"}),
        ("RU", "Sevastopol", {"RU", "UA-40"}),
        ("RU", "Luhansk", {"RU", "UA-09"}),
        ("RU", "Moscow", {"RU"}),
        ("RU", "Kharkiv", {"RU"}),
        ("UA", "Crimea", {"UA-43"}),
        ("UA", "Luhansk", {"UA-09"}),
        ("UA", "Donetsk", {"UA-14"}),
        ("UA", "Donetsk Oblast", {"UA-14"}),
        ("UA", "Zaporizhzhia", {"UA-23"}),
        ("UA", "Zaporizhzhya Oblast", {"UA-23"}),
        ("UA", "Zaporizhia", {"UA-23"}),
        ("UA", "Kherson", {"UA-65"}),
        ("UA", "Khersons\u2019ka Oblast\u2019", {"UA-65"}),
        ("UA", "Kharkivs\u2019ka Oblast\u2019", {"UA-63"}),
        ("UA", "Odesa", {"UA-51"}),
        ("UA", "Odessa", {"UA-51"}),
        ("UA", "Kyiv City", {"UA"}),
        ("UA", "Kyiv", {"UA"}),
        ("UA", "Kyiv Oblast", {"UA-32"}),
        ("PL", "Crimea", {"PL"}),
    ],
)
def test_a_region_named_without_a_code_is_known_by_its_country_and_spelling(
    write: Write, country: str, name: str, places: set[str]
) -> None:
    locator = Locator([write({NET: city(country, name=name)}, "DBIP-City-Lite")])
    assert locator.candidates(HERE) == places
    assert locator.sources[0].notes == ()
    assert locator.new_spellings() == {}


REGIONS = """
    Vinnytsia Volyn Luhansk Dnipropetrovsk Donetsk Zhytomyr Zakarpattia Zaporizhzhia Ivano-Frankivsk Kirovohrad
    Lviv Mykolaiv Odesa Poltava Rivne Sumy Ternopil Kharkiv Kherson Khmelnytskyi Cherkasy Chernihiv Chernivtsi
    Crimea Sevastopol
"""


@pytest.mark.parametrize("name", REGIONS.split())
def test_every_region_of_ukraine_has_a_code_by_name(name: str) -> None:
    assert str(code_of("UA", name)).startswith("UA-")
    assert code_of("UA", f"{name} Oblast") == code_of("UA", name)


@pytest.mark.parametrize("record", [city("UA", name="Novyj Krai"), city("UA", "99", "Novyj Krai")])
def test_a_new_spelling_is_reported_and_its_reader_may_be_anywhere_in_ukraine(
    write: Write, record: dict[str, object]
) -> None:
    path = write({NET: record, "5.5.5.0/24": city("RU", "MOW")}, "DBIP-City-Lite")
    locator = Locator([path])
    assert locator.new_spellings() == {"DBIP-City-Lite.mmdb": ("Novyj Krai",)}
    assert locator.candidates("5.5.5.5") == {"RU-MOW"}
    assert locator.sources[0].notes == ()
    assert locator.candidates(HERE) == {"UA"}
    (note,) = locator.sources[0].notes
    assert "spells a region of Ukraine in a new way" in note
    assert "Novyj" not in note


def test_two_city_files_that_disagree_give_both_places(write: Write) -> None:
    maxmind = write({NET: city("UA", "43", "Crimea", "Europe/Simferopol")})
    dbip = write({NET: city("RU", name="Krasnodar Krai")}, "DBIP-City-Lite")
    assert Locator([maxmind, dbip]).candidates(HERE) == {"UA-43", "RU"}


def test_two_levels_of_region_give_the_most_specific_one_that_has_a_code(write: Write) -> None:
    record = {
        "country": {"iso_code": "GB"},
        "subdivisions": [{"iso_code": "ENG", "names": {"en": "England"}}, {"names": {"en": "Somewhere"}}],
    }
    assert Locator([write({NET: record})]).candidates(HERE) == {"GB-ENG"}


def test_an_anonymous_network_may_be_anywhere_and_the_others_keep_their_place(write: Write) -> None:
    place = write({NET: city("DE"), "5.5.5.0/24": city("DE")})
    hidden = write({NET: {"is_anonymous": True, "is_anonymous_vpn": True}}, "GeoIP2-Anonymous-IP")
    locator = Locator([place, hidden])
    assert locator.candidates(HERE) == {"DE", "unknown"}
    assert locator.candidates("5.5.5.5") == {"DE"}


def test_two_sources_make_an_ipv6_place_certain_and_one_does_not(write: Write) -> None:
    net = {"2a00:1148::/32": city("RU")}
    one, other = write(net, name="one.mmdb"), write(net, "DBIP-City-Lite")
    assert Locator([one, other]).candidates("2a00:1148::1") == {"RU"}
    assert Locator([one]).candidates("2a00:1148::1") == {"RU", "unknown"}


def test_the_same_file_twice_is_one_source(write: Write, tmp_path: Path) -> None:
    one = write({"2a00:1148::/32": city("RU")})
    copy = tmp_path / "copy.mmdb"
    copy.write_bytes(one.read_bytes())
    assert Locator([one, copy]).candidates("2a00:1148::1") == {"RU", "unknown"}
