"""Edge: what each CDN's headers mean, and that only a trusted proxy is believed."""

from __future__ import annotations

from collections.abc import Mapping

import pycountry
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.law.place import TWINS
from service.locate import Edge, edge, networks
from service.locate.codes import assigned, country, place, spelled

TRUSTED = networks("10.0.0.0/8")


def ask(setting: str, headers: Mapping[str, str], peer: str = "10.0.0.1") -> set[str]:
    found = edge(setting)
    assert found is not None
    lower = {name.lower(): value for name, value in headers.items()}
    return set(found.candidates(peer, lambda name: lower.get(name.lower()), TRUSTED))


@pytest.mark.parametrize(
    ("setting", "headers", "places"),
    [
        ("cloudflare", {"CF-IPCountry": "RU"}, {"RU"}),
        ("cloudflare", {"CF-IPCountry": "US", "cf-region-code": "TX"}, {"US-TX"}),
        ("cloudflare", {"CF-IPCountry": "UA", "cf-region-code": "43"}, {"UA-43"}),
        ("cloudflare", {"CF-IPCountry": " ua ", "cf-region-code": " 40\t"}, {"UA-40"}),
        ("cloudflare", {"CF-IPCountry": "XX"}, {"unknown"}),
        ("cloudflare", {"CF-IPCountry": "T1"}, {"unknown"}),
        ("cloudflare", {"cf-region-code": "43"}, {"unknown"}),
        ("cloudflare", {}, {"unknown"}),
        ("cloudflare", {"CF-IPCountry": ""}, {"unknown"}),
        ("cloudflare", {"CF-IPCountry": "RU, DE"}, {"unknown"}),
        ("cloudflare", {"CF-IPCountry": "RU", "cf-region-code": "\\u00c3"}, {"RU"}),
        ("cloudflare", {"CF-IPCountry": "RU", "X-Vercel-IP-Country": "DE"}, {"RU"}),
        ("cloudflare", {"CF-IPCountry": "XK"}, {"XK"}),
        ("cloudfront", {"CloudFront-Viewer-Country": "GB", "CloudFront-Viewer-Country-Region": "ENG"}, {"GB-ENG"}),
        ("cloudfront", {"CloudFront-Viewer-Country": "UA", "CloudFront-Viewer-Country-Region": "14"}, {"UA-14"}),
        ("cloudfront", {"CloudFront-Viewer-Country": "CN", "CloudFront-Viewer-Country-Region": "HK"}, {"HK"}),
        ("cloudfront", {}, {"unknown"}),
        ("fastly", {"Fastly-Geo-Country": "GB", "Fastly-Geo-Region": "BNH"}, {"GB-BNH"}),
        ("fastly", {"Fastly-Geo-Country": "**", "Fastly-Geo-Region": "NO REGION"}, {"unknown"}),
        ("fastly", {"Fastly-Geo-Country": "RU", "Fastly-Geo-Region": "NO REGION"}, {"RU"}),
        ("fastly", {"Fastly-Geo-Country": "RU", "Fastly-Geo-Region": "?"}, {"RU"}),
        ("fastly", {"Fastly-Geo-Country": "NO", "Fastly-Geo-Region": "21"}, {"SJ"}),
        ("fastly", {"Fastly-Geo-Country": "SJ", "Fastly-Geo-Region": "22"}, {"SJ"}),
        ("akamai", {"X-Akamai-Edgescape": "georegion=246,country_code=US,region_code=CA,city=SF"}, {"US-CA"}),
        ("akamai", {"X-Akamai-Edgescape": "country_code=RU"}, {"RU"}),
        ("akamai", {"X-Akamai-Edgescape": "country_code=UA,region_code=43"}, {"UA-43"}),
        ("akamai", {"X-Akamai-Edgescape": "country_code=UA,region_code=05"}, {"UA", "UA-05"}),
        ("akamai", {"X-Akamai-Edgescape": "country_code=reserved,region_code=reserved"}, {"unknown"}),
        ("akamai", {"X-Akamai-Edgescape": "region_code=43"}, {"unknown"}),
        ("akamai", {"X-Akamai-Edgescape": "country_code=DE,areacode=1+2,country_code=RU"}, {"unknown"}),
        ("akamai", {"X-Akamai-Edgescape": "city=country_code"}, {"unknown"}),
        ("akamai", {"X-Akamai-Edgescape": "country_code=RU," + "x" * 1024}, {"unknown"}),
        ("akamai", {}, {"unknown"}),
        ("appengine", {"X-Appengine-Country": "US", "X-Appengine-Region": "ca"}, {"US-CA"}),
        ("appengine", {"X-Appengine-Country": "ZZ", "X-Appengine-City": "?"}, {"unknown"}),
        ("appengine", {"X-Appengine-Country": "ua", "X-Appengine-Region": "?"}, {"UA"}),
        ("vercel", {"x-vercel-ip-country": "BY", "x-vercel-ip-country-region": "HM"}, {"BY-HM"}),
        ("vercel", {"x-vercel-ip-country-region": "HM"}, {"unknown"}),
        ("header:X-Client-Region", {"X-Client-Region": "USCA"}, {"US-CA"}),
        ("header:X-Client-Region", {"X-Client-Region": "UA43"}, {"UA-43"}),
        ("header:X-Client-Region", {"X-Client-Region": "RU"}, {"RU"}),
        ("header:X-Client-Region", {"X-Client-Region": "ua-43"}, {"UA-43"}),
        ("header:X-Client-Region", {"X-Client-Region": "UA-99"}, {"UA"}),
        ("header:X-Client-Region", {"X-Client-Region": "unknown"}, {"unknown"}),
        ("header:X-Client-Region", {"X-Client-Region": "RUSSIA"}, {"unknown"}),
        ("header:X-Client-Region", {"X-Client-Region": "IRAQ"}, {"unknown"}),
        ("header:X-Client-Region", {"X-Client-Region": "ARE"}, {"unknown"}),
        ("header:X-Client-Region", {"X-Client-Region": "\ufb01"}, {"unknown"}),
        ("header:X-Client-Region", {}, {"unknown"}),
    ],
)
def test_a_trusted_edge_gives_its_place(setting: str, headers: dict[str, str], places: set[str]) -> None:
    assert ask(setting, headers) == places
    assert ask(setting, headers, peer="95.24.0.1") == {"unknown"}
    assert ask(setting, headers, peer="") == {"unknown"}


@pytest.mark.parametrize("code", ["XX", "T1", "ZZ", "**", "?", "reserved", "NO REGION", "", "EU", "AP", "UK", "RUS"])
def test_a_special_value_is_unknown_as_country_and_nothing_as_region(code: str) -> None:
    assert country(code) == place(code, "43") == "unknown"
    assert place("UA", code) == "UA"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *(("CN-HK", "HK"), ("CN-MO", "MO"), ("CN-TW", "TW"), ("US-PR", "PR"), ("US-GU", "GU"), ("US-VI", "VI")),
        *(("US-AS", "AS"), ("US-MP", "MP"), ("US-UM", "UM"), ("FR-GP", "GP"), ("FR-971", "GP"), ("FR-MQ", "MQ")),
        *(("FR-GF", "GF"), ("FR-RE", "RE"), ("FR-YT", "YT"), ("FR-NC", "NC"), ("FR-PF", "PF"), ("FR-MF", "MF")),
        *(("NL-AW", "AW"), ("NL-CW", "CW"), ("NL-SX", "SX"), ("NL-BQ1", "BQ-BO"), ("FI-01", "AX")),
        *(("NO-21", "SJ"), ("NO-22", "SJ"), ("US-CA", "US-CA"), ("CN-SD", "CN-SD"), ("NL-FR", "NL-FR")),
    ],
)
def test_a_place_with_two_codes_has_one_spelling(text: str, code: str) -> None:
    assert spelled(text) == spelled(text.lower()) == place(*text.split("-")) == place(text[:2], text) == code


def test_every_outlying_subdivision_that_is_a_country_too_is_in_the_table() -> None:
    countries = {entry.alpha_2 for entry in pycountry.countries}
    outlying = {"Outlying area", "Special administrative region", "Country", "Arctic region"}
    found = {
        part.code
        for part in pycountry.subdivisions
        if (part.type in outlying and part.country_code in ("CN", "NL", "NO", "US"))
        or (part.type.startswith("Overseas") and part.country_code == "FR" and part.code != "FR-CP")
    }
    assert found - set(TWINS) == set()
    assert {code.split("-")[0] for code in TWINS.values()} <= countries
    assert set(TWINS.values()) <= assigned()


def test_the_assigned_codes_hold_kosovo_and_ukraines_regions() -> None:
    assert {"XK", "RU", "UA-43", "UA-40", "UA-14", "UA-09", "UA-23", "UA-65"} <= assigned()
    assert not {"XX", "ZZ", "EU", "AP", "T1", "SU", "unknown"} & assigned()


def test_a_set_of_codes_may_be_passed_in() -> None:
    assert place("UA", "43", frozenset({"UA"})) == "UA"
    assert spelled("UA43", frozenset({"UA", "UA-43"})) == "UA-43"


@given(st.sampled_from(["cloudflare", "akamai", "header:Place"]), st.text(), st.text())
def test_no_header_raises_and_every_answer_is_an_assigned_code_or_unknown(name: str, one: str, two: str) -> None:
    values = iter((one, two))
    found = edge(name)
    assert isinstance(found, Edge)
    places = found.candidates("10.0.0.1", lambda _: next(values), TRUSTED)
    assert places
    assert places <= assigned() | {"unknown"}


@given(st.text(alphabet="ABCRUuaxz0123-*? ", max_size=7))
def test_a_text_spells_an_assigned_code_or_nothing(text: str) -> None:
    assert spelled(text) in assigned() | {"unknown"}


def test_an_address_setting_names_no_edge() -> None:
    assert edge("address") is None


@pytest.mark.parametrize(
    ("setting", "hint"),
    [
        ("cloudfare", "did you mean cloudflare"),
        ("fastley", "did you mean fastly"),
        ("nothing like it", "one of address"),
        ("header:", "no way to find a place"),
        ("header:X Y", "no way to find a place"),
        ("header:Fly-Region", "not the reader's place"),
        ("", "one of address"),
    ],
)
def test_a_setting_that_names_nothing_stops_the_start_with_a_suggestion(setting: str, hint: str) -> None:
    with pytest.raises(ValueError, match=hint):
        edge(setting)
