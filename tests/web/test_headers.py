"""Headers: the exact map over method, path and state, so that nothing appears that nobody meant."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from service.law.moment import ends, starts

from .law import FUTURE, NOW, Service, ruleset

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Permissions-Policy": "geolocation=(), camera=(), microphone=(), browsing-topics=()",
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Notice-Ruleset": "f1",
}
OPEN = {"Access-Control-Allow-Origin": "*"}
FLEETING = {"Cache-Control": "no-store", "CDN-Cache-Control": "no-store", "Surrogate-Control": "no-store", "Vary": "*"}
SECRET = FLEETING | {"Cache-Control": "no-store, no-transform"}
HTML = {"Content-Type": "text/html; charset=utf-8"}
JSON = {"Content-Type": "application/json"}
TEXT = {"Content-Type": "text/plain; charset=utf-8"}
PROBLEM = {"Content-Type": "application/problem+json"}


def lasting(publisher: str) -> dict[str, str]:
    return {
        "Cache-Control": "no-store",
        "CDN-Cache-Control": "public, max-age=300, stale-if-error=604800",
        "Surrogate-Control": "max-age=300, stale-if-error=604800",
        "Surrogate-Key": f"publisher-{publisher} rules-f1",
        "Cache-Tag": f"publisher-{publisher},rules-f1",
    }


def state(name: str) -> dict[str, str]:
    return {"Notice-State": name}


def said(language: str) -> dict[str, str]:
    return {"Content-Language": language}


LIVE = ALWAYS | OPEN | state("live")
UNKNOWN = ALWAYS | OPEN | FLEETING | state("unknown-publisher") | said("en")
REFUSED = ALWAYS | OPEN | FLEETING | state("refused")
STORED = LIVE | lasting("rferl")
NOWHERE = ALWAYS | FLEETING | PROBLEM

TABLE: list[tuple[str, str, int, dict[str, str]]] = [
    ("GET", "/v1/rferl/any/en/notice.html", 200, STORED | HTML | said("en")),
    ("GET", "/v1/rferl/unknown/en/notice.json", 200, STORED | JSON | said("en")),
    ("GET", "/v1/rferl/RU/en/notice.txt", 200, STORED | TEXT | said("en")),
    ("GET", "/v1/rferl/UA-43/ru/notice.html", 200, STORED | HTML | said("ru")),
    ("GET", "/v1/rferl/held/en/notice.html", 200, STORED | HTML | said("en")),
    ("GET", "/v1/rferl/RU/en/notice.short.html", 200, STORED | HTML | said("en")),
    ("GET", "/v1/rferl/RU/en/notice.label.txt", 200, STORED | TEXT | said("en")),
    ("GET", "/v1/quiet/DE/en/notice.html", 200, LIVE | state("none") | lasting("quiet") | HTML | said("en")),
    ("GET", "/v1/quiet/DE/en/notice.json", 200, LIVE | state("none") | lasting("quiet") | JSON | said("en")),
    ("GET", "/v1/quiet/DE/en/notice.txt", 200, LIVE | state("none") | lasting("quiet") | TEXT | said("en")),
    ("GET", "/v1/brazil/DE/pt-BR/notice.txt", 200, LIVE | state("none") | lasting("brazil") | TEXT | said("pt-BR")),
    # Answered, never stored: other spellings, what is not assigned, a query.
    ("GET", "/v1/rferl/ru/en/notice.html", 200, LIVE | FLEETING | HTML | said("en")),
    ("GET", "/v1/rferl/XX/en/notice.html", 200, LIVE | FLEETING | HTML | said("en")),
    ("GET", "/v1/rferl/CN-HK/en/notice.html", 200, LIVE | FLEETING | HTML | said("en")),
    ("GET", "/v1/rferl/Any/en/notice.html", 200, LIVE | FLEETING | HTML | said("en")),
    ("GET", "/v1/rferl/RU/xx/notice.html", 200, LIVE | FLEETING | HTML | said("en")),
    ("GET", "/v1/rferl/RU/EN/notice.html", 200, LIVE | FLEETING | HTML | said("en")),
    ("GET", "/v1/rferl/RU/en-GB/notice.html", 200, LIVE | FLEETING | HTML | said("en")),
    ("GET", "/v1/rferl/RU/en/notice.html?v=3", 200, LIVE | FLEETING | HTML | said("en")),
    # Negotiated.
    ("GET", "/v1/rferl/notice.html", 200, LIVE | FLEETING | HTML | said("en")),
    ("GET", "/v1/rferl/notice.json?lang=ru", 200, LIVE | FLEETING | JSON | said("ru")),
    ("GET", "/v1/rferl/notice.label.txt", 200, LIVE | FLEETING | TEXT | said("en")),
    # Unknown publisher, refused, nowhere.
    ("GET", "/v1/nobody/RU/en/notice.html", 200, UNKNOWN | HTML),
    ("GET", "/v1/nobody/RU/en/notice.txt", 200, UNKNOWN | TEXT),
    ("GET", "/v1/nobody/notice.html", 200, UNKNOWN | HTML),
    ("GET", "/v1/nobody/RU/en/notice.json", 404, ALWAYS | OPEN | FLEETING | PROBLEM | state("unknown-publisher")),
    ("GET", "/v1/rferl/RU/en/notice.html?citizen_of=RU", 200, REFUSED | HTML | said("en")),
    ("GET", "/v1/rferl/notice.txt?passport=RU", 200, REFUSED | TEXT | said("en")),
    ("GET", "/v1/rferl/notice.json?citizenship=RU", 400, REFUSED | PROBLEM),
    ("GET", "/v1/rferl/RU/notice.html", 200, REFUSED | HTML | said("en")),
    ("GET", "/v1/rferl/RU/en/notice.xml", 404, REFUSED | PROBLEM),
    ("GET", "/nowhere", 404, REFUSED | PROBLEM),
    ("GET", "/metrics", 404, REFUSED | PROBLEM),
    # Other methods.
    ("POST", "/v1/rferl/RU/en/notice.html", 405, NOWHERE | SECRET | state("refused") | {"Allow": "GET, HEAD"}),
    ("OPTIONS", "/v1/rferl/RU/en/notice.html", 405, NOWHERE | state("refused") | {"Allow": "GET, HEAD"}),
    ("DELETE", "/v1/rferl/notice.json", 405, NOWHERE | state("refused") | {"Allow": "GET, HEAD"}),
    ("GET", "/v1/rferl/notice", 405, NOWHERE | OPEN | state("refused") | {"Allow": "POST"}),
    ("OPTIONS", "/v1/rferl/notice", 405, NOWHERE | state("refused") | {"Allow": "POST"}),
    ("PUT", "/", 405, NOWHERE | state("refused") | {"Allow": "GET, HEAD"}),
    # Inquiries.
    ("POST", "/v1/rferl/notice", 200, ALWAYS | SECRET | JSON | state("live")),
    ("POST", "/v1/quiet/notice", 200, ALWAYS | SECRET | JSON | state("none")),
    ("POST", "/v1/nobody/notice", 404, ALWAYS | SECRET | PROBLEM | state("unknown-publisher")),
    # For people and probes.
    ("GET", "/", 200, ALWAYS | OPEN | FLEETING | HTML),
    ("GET", "/about", 200, ALWAYS | OPEN | FLEETING | HTML),
    ("GET", "/healthz", 200, ALWAYS | OPEN | FLEETING | TEXT),
    ("GET", "/readyz", 200, ALWAYS | OPEN | FLEETING | TEXT),
]


@pytest.mark.parametrize(("method", "path", "status", "headers"), TABLE, ids=lambda value: str(value)[:60])
def test_every_answer_has_exactly_these_headers(
    service: Service, method: str, path: str, status: int, headers: dict[str, str]
) -> None:
    answer = service.client.open(path, method=method)
    found = dict(answer.headers)
    assert answer.status_code == status
    assert int(found.pop("Content-Length")) == len(answer.data) > 0
    assert (found.pop("Notice-Padding", None) is not None) == (method == "POST")
    assert len(answer.headers.getlist("Vary")) == 2 * ("Vary" in headers)
    if "Surrogate-Key" in headers:
        assert found.pop("ETag") == f'W/"{sha256(answer.data).hexdigest()[:20]}"'
    assert found == headers


@pytest.mark.parametrize("path", [row[1] for row in TABLE if row[0] == "GET" and row[2] != 405])
def test_head_is_get_without_the_body(service: Service, path: str) -> None:
    get, head = service.client.get(path), service.client.head(path)
    assert head.data == b""
    assert (head.status_code, dict(head.headers)) == (get.status_code, dict(get.headers))


def test_a_known_etag_gets_304_with_the_same_life_and_no_body(service: Service) -> None:
    path = "/v1/rferl/RU/en/notice.html"
    first = service.client.get(path)
    again = service.client.get(path, headers={"If-None-Match": f'"other", {first.headers["ETag"]}'})
    assert (again.status_code, again.data) == (304, b"")
    assert dict(again.headers) == ALWAYS | OPEN | state("live") | lasting("rferl") | {"ETag": first.headers["ETag"]}
    assert service.client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


def test_two_places_with_other_texts_have_other_etags(service: Service) -> None:
    tags = {service.client.get(f"/v1/rferl/{place}/en/notice.html").headers["ETag"] for place in ("RU", "BY", "DE")}
    assert len(tags) == 3


def test_a_negotiated_answer_is_never_304(service: Service) -> None:
    stored = service.client.get("/v1/rferl/DE/en/notice.html").headers["ETag"]
    for condition in (stored, "*"):
        answer = service.client.get("/v1/rferl/notice.html?lang=en", headers={"If-None-Match": condition})
        assert answer.status_code == 200
        assert "ETag" not in answer.headers


def life(service: Service, path: str) -> tuple[int, int]:
    control = service.client.get(path).headers["CDN-Cache-Control"]
    fresh, stale = control.removeprefix("public, ").split(", ")
    return int(fresh.removeprefix("max-age=")), int(stale.removeprefix("stale-if-error="))


@pytest.mark.parametrize(
    ("before", "expected"),
    [(timedelta(days=8), 300), (timedelta(seconds=301), 300), (timedelta(seconds=10.5), 10), (timedelta(0), 300)],
)
def test_no_cache_keeps_an_answer_past_the_next_change(tmp_path: Path, before: timedelta, expected: int) -> None:
    change = starts(FUTURE.date())
    service = Service(tmp_path, rules=ruleset(changes_on=FUTURE.date()), now=change - before)
    assert life(service, "/v1/rferl/RU/en/notice.html")[0] == expected


def test_what_is_stale_is_never_served_past_a_change_that_adds_a_risk(tmp_path: Path) -> None:
    change = starts(FUTURE.date())
    service = Service(tmp_path, rules=ruleset(changes_on=FUTURE.date()), now=change - timedelta(seconds=1000))
    assert life(service, "/v1/rferl/BY/en/notice.html") == (300, 700)
    assert life(service, "/v1/svaboda/BY/en/notice.html") == (300, 604800)
    service.now = change - timedelta(seconds=100)
    assert life(service, "/v1/rferl/BY/en/notice.html") == (100, 0)
    service.now = change
    assert life(service, "/v1/rferl/BY/en/notice.html") == (300, 604800)


def test_a_change_that_takes_a_risk_away_does_not_shorten_what_may_be_stale(tmp_path: Path) -> None:
    change = ends(FUTURE.date() - timedelta(days=1))
    service = Service(tmp_path, rules=ruleset(gone_on=FUTURE.date()), now=change - timedelta(seconds=100))
    assert life(service, "/v1/svaboda/BY/be/notice.html") == (100, 604800)


def test_at_a_change_the_answer_changes_and_not_a_second_before(tmp_path: Path) -> None:
    change: datetime = starts(FUTURE.date())
    service = Service(tmp_path, rules=ruleset(changes_on=FUTURE.date()), now=change - timedelta(seconds=1))
    path = "/v1/rferl/BY/en/notice.txt"
    assert "Belarus" not in service.client.get(path).text
    service.now = change
    assert "You are in Belarus." in service.client.get(path).text


def test_the_bytes_are_the_same_for_the_whole_of_a_period(tmp_path: Path) -> None:
    service = Service(tmp_path, rules=ruleset(changes_on=FUTURE.date()))
    first = service.client.get("/v1/rferl/BY/en/notice.json").data
    service.now = NOW + timedelta(hours=30)
    assert service.client.get("/v1/rferl/BY/en/notice.json").data == first
