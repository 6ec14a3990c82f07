"""Edge: what each CDN's headers mean, and that only a trusted proxy is believed."""

from __future__ import annotations

from collections.abc import Mapping

import pycountry
import pytest
from flask import Flask, request
from hypothesis import given
from hypothesis import strategies as st

from service.law.place import TWINS
from service.locate import Edge, edge, networks
from service.locate.codes import assigned, country, place, spelled
from service.locate.edge import PRESETS

TRUSTED = networks("10.0.0.0/8")


def ask(setting: str, headers: Mapping[str, str], peer: str = "10.0.0.1") -> set[str]:
    found = edge(setting)
    assert found is not None
    lower = {name.lower(): value for name, value in headers.items()}
    return set(found.candidates(peer, lambda name: lower.get(name.lower()), TRUSTED))


# What a CDN may say, and what it must mean. In every table: country, region (None: no such header), places.

WHAT_ANY_OF_THEM_MAY_SAY: list[tuple[str | None, str | None, set[str]]] = [
    # A place.
    ("RU", None, {"RU"}),
    ("RU", "", {"RU"}),
    ("UA", "43", {"UA-43"}),
    ("UA", "40", {"UA-40"}),
    ("UA", "UA-43", {"UA-43"}),
    ("ru", None, {"RU"}),
    ("us", "ca", {"US-CA"}),
    (" ua ", " 40\t", {"UA-40"}),
    ("XK", None, {"XK"}),
    # The level that a CDN has: CloudFront's is the least specific, Fastly's the most.
    ("GB", "ENG", {"GB-ENG"}),
    ("GB", "BNH", {"GB-BNH"}),
    ("BY", "HM", {"BY-HM"}),
    # A region that is none, or another country's, leaves the country.
    ("UA", "99", {"UA"}),
    ("RU", "43", {"RU"}),
    ("DE", "RU-MOW", {"DE"}),
    ("RU", "\\u00c3", {"RU"}),
    # Places with two codes have one.
    ("CN", "HK", {"HK"}),
    ("CN", "CN-MO", {"MO"}),
    ("NO", "21", {"SJ"}),
    ("NO", "22", {"SJ"}),
    ("SJ", "21", {"SJ"}),
    ("SJ", "22", {"SJ"}),
    ("US", "PR", {"PR"}),
    # Nothing, and a region without its country.
    (None, None, {"unknown"}),
    ("", "", {"unknown"}),
    (None, "43", {"unknown"}),
    ("", "43", {"unknown"}),
]

SPECIAL = (
    "XX", "T1", "ZZ", "**", "?", "reserved", "NO REGION", "unknown", "", " ", "-", "--", "null", "None", "(null)", "0",
    "EU", "eu", "AP", "A1", "A2", "O1", "UK", "SU", "AN", "AC", "IC", "EA", "QM", "XA", "AA",
    "RUS", "643", "Russia", "xx", "t1", "zz", "Reserved", "no region",
)  # fmt: skip
"""What stands for no place at some provider, codes that are no country's, and what is spelt as no country is."""

UNREADABLE = (
    "RU, DE", "RU,RU", "RU DE", "RU;DE", "\uff32\uff35", "\u0420\u0424", "\u00c3\u0090", "RU" * 600,
    "USCA", "us-ca", "CN-HK",
)  # fmt: skip
"""Two codes (a header that was sent twice arrives joined by a comma), letters that only look like a code or come from
another alphabet, too long a text, and spellings that no provider of two headers has."""

WHAT_ONE_OF_THEM_MAY_SAY: list[tuple[str, Mapping[str, str], set[str]]] = [
    # Cloudflare: XX is no data, T1 is Tor. Another provider's header beside it is not read.
    ("cloudflare", {"CF-IPCountry": "T1", "cf-region-code": "43"}, {"unknown"}),
    ("cloudflare", {"CF-IPCountry": "XX", "X-Vercel-IP-Country": "DE"}, {"unknown"}),
    ("cloudflare", {"CF-IPCountry": "RU", "X-Vercel-IP-Country": "DE"}, {"RU"}),
    ("cloudflare", {"CF-IPCountry": "RU", "cf-region": "Moscow", "cf-ipcity": "Moscow"}, {"RU"}),
    # CloudFront sends nothing at all for what it does not know, and for its own cloud.
    ("cloudfront", {}, {"unknown"}),
    ("cloudfront", {"CloudFront-Viewer-Country": "UA", "CloudFront-Viewer-City": "Sevastopol"}, {"UA"}),
    ("cloudfront", {"CloudFront-Viewer-Address": "95.24.0.1:443"}, {"unknown"}),
    # Fastly: ** is no country, NO REGION and ? no region; Svalbard and Jan Mayen are SJ, whichever way.
    ("fastly", {"Fastly-Geo-Country": "**", "Fastly-Geo-Region": "NO REGION"}, {"unknown"}),
    ("fastly", {"Fastly-Geo-Country": "**", "Fastly-Geo-Region": "43"}, {"unknown"}),
    ("fastly", {"Fastly-Geo-Country": "RU", "Fastly-Geo-Region": "NO REGION"}, {"RU"}),
    ("fastly", {"Fastly-Geo-Country": "RU", "Fastly-Geo-Region": "?"}, {"RU"}),
    # Akamai: one header; reserved for private ranges; keys may be missing; a key said twice was added to.
    ("akamai", {"X-Akamai-Edgescape": "georegion=246,country_code=US,region_code=CA,city=SF"}, {"US-CA"}),
    ("akamai", {"X-Akamai-Edgescape": "country_code=UA,region_code=05"}, {"UA", "UA-05"}),
    ("akamai", {"X-Akamai-Edgescape": "country_code=UA,region_code=14"}, {"UA", "UA-14"}),
    ("akamai", {"X-Akamai-Edgescape": "country_code=reserved,region_code=reserved"}, {"unknown"}),
    ("akamai", {"X-Akamai-Edgescape": "region_code=43"}, {"unknown"}),
    ("akamai", {"X-Akamai-Edgescape": "country_code=DE,areacode=1+2,country_code=RU"}, {"unknown"}),
    ("akamai", {"X-Akamai-Edgescape": "city=country_code"}, {"unknown"}),
    ("akamai", {"X-Akamai-Edgescape": "COUNTRY_CODE=RU"}, {"unknown"}),
    ("akamai", {"X-Akamai-Edgescape": "country_code=US, RU"}, {"unknown"}),
    ("akamai", {"X-Akamai-Edgescape": "country_code=RU,city=" + "x" * 1024}, {"unknown"}),
    # App Engine: ZZ is unknown; the region means something beside the country only; the city is not read.
    ("appengine", {"X-Appengine-Country": "ZZ", "X-Appengine-Region": "43", "X-Appengine-City": "?"}, {"unknown"}),
    ("appengine", {"X-Appengine-Country": "UA", "X-Appengine-Region": "?"}, {"UA"}),
    ("appengine", {"X-Appengine-Country": "UA", "X-Appengine-City": "simferopol"}, {"UA"}),
    # Vercel sends nothing for what it does not know.
    ("vercel", {}, {"unknown"}),
    ("vercel", {"x-vercel-ip-country": "UA", "x-vercel-ip-timezone": "Europe/Simferopol"}, {"UA"}),
]

IN_ONE_HEADER: list[tuple[str | None, set[str]]] = [
    # Google's load balancer (X-Client-Region) spells a region without a hyphen.
    ("RU", {"RU"}),
    ("ru", {"RU"}),
    ("UA-43", {"UA-43"}),
    ("ua-43", {"UA-43"}),
    (" UA-43\t", {"UA-43"}),
    ("USCA", {"US-CA"}),
    ("us-ca", {"US-CA"}),
    ("UA43", {"UA-43"}),
    ("CN-HK", {"HK"}),
    ("CNHK", {"HK"}),
    ("NO-21", {"SJ"}),
    ("GB-BNH", {"GB-BNH"}),
    ("UA-99", {"UA"}),
    ("RU-", {"RU"}),
    ("UA99", {"unknown"}),
    ("RUSSIA", {"unknown"}),
    ("IRAQ", {"unknown"}),
    ("ARE", {"unknown"}),
    ("RU, DE", {"unknown"}),
    ("RU,RU", {"unknown"}),
    ("UA-43, UA-43", {"unknown"}),
    ("DE-BE, RU", {"unknown"}),
    ("DE-BE,RU-MOW", {"unknown"}),
    ("UA-43;UA-40", {"unknown"}),
    ("UA-43 UA-40", {"unknown"}),
    ("\ufb01", {"unknown"}),
    ("\uff32\uff35", {"unknown"}),
    ("RU" * 600, {"unknown"}),
    (None, {"unknown"}),
]

TWO_HEADERS = tuple(name for name, headers in PRESETS.items() if len(headers) == 2)
OWN = "header:X-Client-Region"


def said(setting: str, country: str | None, region: str | None) -> dict[str, str]:
    """The headers in which a CDN says a country and a region."""
    if setting == "akamai":
        pairs = (("country_code", country), ("region_code", region))
        words = ",".join(f"{key}={value}" for key, value in pairs if value is not None)
        return {"X-Akamai-Edgescape": words} if words else {}
    return {name: value for name, value in zip(PRESETS[setting], (country, region), strict=True) if value is not None}


@pytest.mark.parametrize("setting", PRESETS)
@pytest.mark.parametrize(("country", "region", "places"), WHAT_ANY_OF_THEM_MAY_SAY)
def test_every_cdn_means_the_same_place_by_the_same_codes(
    setting: str, country: str | None, region: str | None, places: set[str]
) -> None:
    assert ask(setting, said(setting, country, region)) == places


@pytest.mark.parametrize("setting", PRESETS)
@pytest.mark.parametrize("code", SPECIAL)
def test_a_code_that_is_no_countrys_is_unknown_whatever_the_region(setting: str, code: str) -> None:
    assert ask(setting, said(setting, code, None)) == {"unknown"}
    assert ask(setting, said(setting, code, "43")) == {"unknown"}


@pytest.mark.parametrize("setting", PRESETS)
@pytest.mark.parametrize("code", SPECIAL)
def test_as_a_region_it_leaves_the_country(setting: str, code: str) -> None:
    assert ask(setting, said(setting, "KG", code)) == {"KG"}


@pytest.mark.parametrize("setting", TWO_HEADERS)
@pytest.mark.parametrize("code", UNREADABLE)
def test_what_is_not_one_code_is_unknown(setting: str, code: str) -> None:
    assert ask(setting, said(setting, code, None)) == {"unknown"}


@pytest.mark.parametrize("setting", PRESETS)
@pytest.mark.parametrize("code", ["\uff32\uff35", "\u0420\u0424", "\u00c3\u0090", "x" * 1025])
def test_a_region_that_is_not_even_ascii_or_too_long_makes_the_whole_doubtful(setting: str, code: str) -> None:
    assert ask(setting, said(setting, "RU", code)) == {"unknown"}


@pytest.mark.parametrize(("setting", "headers", "places"), WHAT_ONE_OF_THEM_MAY_SAY)
def test_each_cdn_is_read_as_its_own_manual_says(setting: str, headers: dict[str, str], places: set[str]) -> None:
    assert ask(setting, headers) == places


@pytest.mark.parametrize(("value", "places"), IN_ONE_HEADER)
def test_one_header_of_the_operators_own_is_read_as_a_whole_code(value: str | None, places: set[str]) -> None:
    assert ask(OWN, {} if value is None else {"X-Client-Region": value}) == places


@pytest.mark.parametrize("code", SPECIAL)
def test_in_one_header_too_a_code_that_is_no_countrys_is_unknown(code: str) -> None:
    assert ask(OWN, {"X-Client-Region": code}) == {"unknown"}


@pytest.mark.parametrize("setting", [*PRESETS, OWN])
@pytest.mark.parametrize("peer", ["95.24.0.1", "11.0.0.1", "2001:db8::1", "::ffff:95.24.0.1", "", "unix:", "10.0.0"])
def test_nobody_but_a_trusted_proxy_is_believed(setting: str, peer: str) -> None:
    headers = {"X-Client-Region": "RU"} if setting == OWN else said(setting, "RU", None)
    assert ask(setting, headers) == {"RU"}
    assert ask(setting, headers, peer="::ffff:10.0.0.1") == {"RU"}
    assert ask(setting, headers, peer=peer) == {"unknown"}


@pytest.mark.parametrize("setting", PRESETS)
def test_a_cdn_that_is_not_configured_is_not_read(setting: str) -> None:
    others = [name for name in PRESETS if name != setting]
    headers = {name: value for other in others for name, value in said(other, "RU", "MOW").items()}
    assert ask(setting, headers) == {"unknown"}


def test_a_header_sent_twice_arrives_as_two_codes_and_is_unknown() -> None:
    app = Flask("asked")
    found = edge("cloudflare")
    assert found is not None
    twice = [("CF-IPCountry", "RU"), ("CF-IPCountry", "DE")]
    with app.test_request_context(headers=twice):
        assert found.candidates("10.0.0.1", request.headers.get, TRUSTED) == {"unknown"}
    with app.test_request_context(headers=twice[:1]):
        assert found.candidates("10.0.0.1", request.headers.get, TRUSTED) == {"RU"}


@pytest.mark.parametrize("code", SPECIAL)
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


EVERY = "one of address, cloudflare, cloudfront, fastly, akamai, appengine, vercel, header:NAME"


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ("cloudfare", "no way to find a place is called 'cloudfare': did you mean cloudflare?"),
        ("nothing like it", f"no way to find a place is called 'nothing like it': {EVERY}"),
        ("header:fly-REGION", "Fly-Region is the city of Fly.io's edge, not the reader's place"),
    ],
)
def test_a_setting_that_names_no_header_is_told_in_these_words(setting: str, told: str) -> None:
    with pytest.raises(ValueError, match=r".") as refused:
        edge(setting)
    assert str(refused.value) == told


def test_these_headers_of_each_cdn_are_read_and_no_others() -> None:
    assert {name: " ".join(headers) for name, headers in PRESETS.items()} == {
        "cloudflare": "CF-IPCountry cf-region-code",
        "cloudfront": "CloudFront-Viewer-Country CloudFront-Viewer-Country-Region",
        "fastly": "Fastly-Geo-Country Fastly-Geo-Region",
        "akamai": "X-Akamai-Edgescape",
        "appengine": "X-Appengine-Country X-Appengine-Region",
        "vercel": "X-Vercel-IP-Country X-Vercel-IP-Country-Region",
    }


def test_a_header_of_1024_characters_is_read_and_a_longer_one_is_not() -> None:
    for length, places in ((1024, {"RU"}), (1025, {"unknown"})):
        assert ask("akamai", {"X-Akamai-Edgescape": "country_code=RU,city=".ljust(length, "x")}) == places
        assert ask("cloudflare", {"CF-IPCountry": "RU", "cf-region-code": "x" * length}) == places


@pytest.mark.parametrize(("region", "places"), [("26", {"UA-26", "UA"}), ("30", {"UA-30"}), (" 05", {"UA-05", "UA"})])
def test_a_number_that_two_lists_of_ukraines_regions_have_leaves_the_country_a_candidate(
    region: str, places: set[str]
) -> None:
    assert ask("akamai", {"X-Akamai-Edgescape": f"country_code=UA,region_code={region}"}) == places


@pytest.mark.parametrize(
    ("text", "known", "code"),
    [("US-CA", None, "US-CA"), ("USCA", None, "US-CA"), ("ARE", None, "unknown"), ("US", frozenset(), "unknown"),
     ("UA43", frozenset({"UA"}), "unknown"), (" ru\t", None, "RU"), ("", None, "unknown"), (None, None, "unknown")],
)  # fmt: skip
def test_what_one_text_spells_is_assigned_or_unknown(text: str | None, known: frozenset[str] | None, code: str) -> None:
    assert spelled(text, known) == code
