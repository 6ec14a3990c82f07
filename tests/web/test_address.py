"""Addresses: what a path, a query and the headers of a request mean."""

from __future__ import annotations

import random
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.answer.address import tells_status

from .law import BY, RU, Service


def text(service: Service, path: str, **headers: str) -> str:
    return service.client.get(path, headers=headers).text


def shown(service: Service, path: str, **headers: str) -> dict[str, str]:
    data = service.client.get(path, headers=headers).get_json()
    return {notice["id"]: notice["shown"] for notice in data["notices"]}


def test_any_and_unknown_are_the_same_bytes(service: Service) -> None:
    for ending in ("html", "json", "txt", "short.html", "label.json"):
        first, second = (
            service.client.get(f"/v1/rferl/{place}/en/notice.{ending}").data for place in ("any", "unknown")
        )
        assert first == second


@pytest.mark.parametrize(
    "place", ["XX", "T1", "ZZ", "**", "?", "NO REGION", "reserved", "eu", "A1", "USCA", "..", "%00", "%F0", "Россия"]
)
def test_what_names_no_place_is_unknown_and_warns_like_it(service: Service, place: str) -> None:
    found = service.client.get(f"/v1/rferl/{place}/en/notice.html".replace("?", "%3F"))
    assert found.data == service.client.get("/v1/rferl/unknown/en/notice.html").data
    assert found.headers["CDN-Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("spelt", "place"), [("ru", "RU"), ("ua-43", "UA-43"), ("CN-HK", "HK"), ("cn-hk", "HK"), ("FR-GP", "unknown")]
)
def test_another_spelling_of_a_place_is_answered_as_that_place_and_never_stored(
    service: Service, spelt: str, place: str
) -> None:
    found = service.client.get(f"/v1/rferl/{spelt}/en/notice.json")
    assert found.data == service.client.get(f"/v1/rferl/{place}/en/notice.json").data
    assert found.headers["Vary"] == "*"


def test_a_territory_without_a_code_is_all_of_its_places_at_once(service: Service) -> None:
    assert shown(service, "/v1/rferl/held/en/notice.json") == {RU: "full"}
    assert shown(service, "/v1/rferl/DE/en/notice.json") == {RU: "folded"}
    found = service.client.get("/v1/rferl/held/en/notice.json").get_json()
    assert "place" not in found["notices"][0]["depends_on"] or found["notices"][0]["verdict"] == "may_apply"


def test_the_language_asked_for_is_what_the_law_is_told_and_not_the_one_served(service: Service) -> None:
    assert shown(service, "/v1/rferl/DE/ru/notice.json") == {RU: "full"}
    assert shown(service, "/v1/rferl/DE/kk/notice.json") == {RU: "folded"}


@pytest.mark.parametrize("language", ["xx", "russian", "und", "en_US", "🏳️"])
def test_an_unknown_language_is_not_known_and_so_warns_in_full(service: Service, language: str) -> None:
    assert shown(service, f"/v1/rferl/DE/{language}/notice.json") == {RU: "full"}


def test_the_negotiated_answer_is_the_canonical_one_of_the_origin(service: Service) -> None:
    for place in ("RU", "BY", "DE", "unknown"):
        service.origin = (place,)
        for ending in ("html", "json", "txt"):
            negotiated = service.client.get(f"/v1/rferl/notice.{ending}?lang=en")
            assert negotiated.data == service.client.get(f"/v1/rferl/{place}/en/notice.{ending}").data


def test_sources_that_disagree_warn_of_the_louder_place(service: Service) -> None:
    service.origin = ("RU", "DE")
    assert shown(service, "/v1/rferl/notice.json?lang=en") == {RU: "full"}
    service.origin = ("unknown", "DE")
    assert shown(service, "/v1/rferl/notice.json?lang=en") == {RU: "full", BY: "full"}


@pytest.mark.parametrize("origin", [(), ("XX",), ("ru",), RuntimeError("Kanarienvogel")])
def test_an_origin_that_says_nothing_of_use_is_unknown(service: Service, origin: object) -> None:
    service.origin = origin  # type: ignore[assignment]
    found = service.client.get("/v1/rferl/notice.html?lang=en")
    assert found.data == service.client.get("/v1/rferl/unknown/en/notice.html").data


@pytest.mark.parametrize(
    ("header", "expected"),
    [("en-US,en;q=0.9", "folded"), ("ru-RU,ru;q=0.9", "full"), ("en, ru;q=0.3", "full"), ("", "full"), ("*", "full"),
     ("xx", "full"), ("de", "folded")],
)  # fmt: skip
def test_who_may_read_russian_is_warned_as_such(service: Service, header: str, expected: str) -> None:
    assert shown(service, "/v1/rferl/notice.json", **{"Accept-Language": header}) == {RU: expected}


def test_the_language_in_the_query_is_taken_before_the_header(service: Service) -> None:
    found = service.client.get("/v1/svaboda/notice.json?lang=en", headers={"Accept-Language": "ru"}).get_json()
    assert found["language"] == "en"
    found = service.client.get("/v1/svaboda/notice.json", headers={"Accept-Language": "uk"}).get_json()
    assert found["language"] == "en"
    found = service.client.get("/v1/svaboda/notice.json", headers={"Accept-Language": "kk"}).get_json()
    assert found["language"] == "be"


@pytest.mark.parametrize(
    "name",
    ["citizen_of", "citizenship", "Citizenship", "citizen-of", "citizenhip", "stateless", "resident_of", "residence",
     "age", "occupation", "passport", "nationality", "reader", "not_citizen_of", "reader[age]", "birthday"],
)  # fmt: skip
def test_status_in_a_query_is_refused_and_everybody_still_gets_the_notice(service: Service, name: str) -> None:
    for path in ("/v1/rferl/RU/en/notice", "/v1/rferl/notice"):
        html = service.client.get(f"{path}.html", query_string={name: "RU"})
        assert (html.status_code, html.headers["Notice-State"]) == (200, "refused")
        assert "If you are in Russia" in html.text
        data = service.client.get(f"{path}.json", query_string={name: "RU"})
        assert (data.status_code, data.get_json()["type"]) == (400, "/about#status-in-address")


@pytest.mark.parametrize("name", ["lang", "v", "utm_source", "page", "message", "ref"])
def test_other_queries_tell_no_status(name: str) -> None:
    assert not tells_status([name])


@pytest.mark.parametrize("prefix", ["/v1/rferl", "/v1/rferl/RU", "/v1//RU/en", "/v1/a/b/c/d", "/v1"])
def test_a_fragment_at_no_address_is_still_a_fragment(service: Service, prefix: str) -> None:
    for ending in ("notice.html/x.html", "other.html", "notice.htm.html"):
        found = service.client.get(f"{prefix}/{ending}")
        assert found.status_code == 200
        assert "<section" in found.text
        assert found.headers["Notice-State"] in ("refused", "unknown-publisher")


def test_the_unknown_publisher_gets_a_conditional_text_that_names_no_one(service: Service) -> None:
    found = service.client.get("/v1/kanarienvogel/RU/ru/notice.html")
    assert found.headers["Notice-State"] == "unknown-publisher"
    assert "Если вы находитесь в такой стране" in found.text
    assert "kanarienvogel" not in found.text.lower()
    assert service.counters.total("unknown-publisher") == 1


@given(st.text(max_size=40), st.text(max_size=20), st.text(max_size=20))
def test_no_path_breaks_the_service(
    tmp_path_factory: pytest.TempPathFactory, publisher: str, place: str, lang: str
) -> None:
    service = _one(tmp_path_factory)
    found = service.client.get(f"/v1/{publisher}/{place}/{lang}/notice.html")
    assert found.status_code == 200 or found.status_code < 500
    assert service.counters.total("failures") == 0


_SERVICES: list[Service] = []


def _one(factory: pytest.TempPathFactory) -> Service:
    if not _SERVICES:
        _SERVICES.append(Service(factory.mktemp("rules")))
    return _SERVICES[0]


def test_random_queries_and_headers_never_change_a_canonical_answer(service: Service) -> None:
    rng = random.Random(20261123)
    expected = service.client.get("/v1/rferl/DE/en/notice.html").data
    for _ in range(100):
        word = "".join(rng.choices(string.ascii_letters, k=8))
        headers = {"X-Forwarded-For": "77.88.8.8", "CF-IPCountry": "RU", "Accept-Language": "ru", f"X-{word}": word,
                   "Host": word, "Cookie": f"{word}=RU", "Referer": "https://e.org/ru", "Origin": word}  # fmt: skip
        assert service.client.get("/v1/rferl/DE/en/notice.html", headers=headers).data == expected
