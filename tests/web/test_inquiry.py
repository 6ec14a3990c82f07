"""Inquiries: strict, silent about what was sent, and of one length."""

from __future__ import annotations

import json
from typing import Any

import pytest

from .law import BY, GAY, RU, Service

PATH = "/v1/rferl/notice"


def ask(service: Service, body: object = None, path: str = PATH, **headers: str) -> Any:
    content = json.dumps(body).encode() if not isinstance(body, bytes) else body
    return service.client.post(path, data=content, content_type="application/json", headers=headers)


def verdicts(service: Service, body: object, path: str = PATH) -> dict[str, str]:
    answer = ask(service, body, path)
    assert answer.status_code == 200, answer.text
    return {notice["id"]: notice["verdict"] for notice in answer.get_json()["notices"]}


def test_facts_make_a_verdict_certain(service: Service) -> None:
    assert verdicts(service, {"place": "DE", "reader": {"citizen_of": ["RU"]}}) == {RU: "applies"}
    assert verdicts(service, {"place": "DE", "reader": {"citizen_of": "DE", "not_citizen_of": "other"}}) == {}
    assert verdicts(service, {"place": "DE", "reader": {"stateless": True, "resident_of": "UA-43"}}) == {RU: "applies"}
    assert verdicts(service, {"place": ["DE", "RU"], "language": "en"}) == {RU: "may_apply"}
    assert verdicts(service, {"place": "BY", "reader": {}}, "/v1/svaboda/notice") == {BY: "applies"}


@pytest.mark.parametrize(
    "body", [{}, b"", b" \n", {"place": "unknown"}, {"place": "any"}, {"place": []}, {"reader": {}}]
)
def test_an_empty_inquiry_is_about_somebody_of_whom_nothing_is_known(service: Service, body: object) -> None:
    data = ask(service, body).get_json()
    assert data["notices"] == service.client.get("/v1/rferl/unknown/xx/notice.json").get_json()["notices"]


def test_a_body_without_a_type_is_taken_only_if_it_is_empty(service: Service) -> None:
    assert service.client.post(PATH).status_code == 200
    for kind in ("text/plain", "application/x-www-form-urlencoded", "", "application/jsonx"):
        assert service.client.post(PATH, data=b"{}", content_type=kind).status_code == 415
    assert service.client.post(PATH, data=b"{}", content_type="application/json; charset=utf-8").status_code == 200


def test_a_day_is_asked_for_alone(service: Service) -> None:
    assert verdicts(service, {"on": "2026-11-23", "place": "RU", "act": "share"}) == {RU: "may_apply"}


def test_content_is_open_until_it_is_declared(service: Service) -> None:
    assert verdicts(service, {"place": "RU", "content": ["lgbt"]}) == {RU: "may_apply", GAY: "applies"}
    assert verdicts(service, {"place": "RU", "content": []}) == {RU: "may_apply"}


def test_the_page_language_is_the_language_unless_it_is_given(service: Service) -> None:
    def shown(body: object) -> list[str]:
        return [notice["shown"] for notice in ask(service, body).get_json()["notices"]]

    assert shown({"place": "DE", "language": "en"}) == ["folded"]
    assert shown({"place": "DE", "language": "en", "page_language": "ru"}) == ["full"]
    assert shown({"place": "DE", "language": "ru"}) == ["full"]
    assert shown({"place": "DE", "language": "en", "page_language": "russian"}) == ["full"]


BAD: list[tuple[bytes | dict[str, Any] | list[Any], str]] = [
    ({"reader": {"citizenhip": ["RU"]}}, "did you mean citizen_of?"),
    ({"citizen_of": "RU"}, "unknown field"),
    ({"plaice": "RU"}, "did you mean place?"),
    ({"reader": {"citizen_of": ["Russia"]}}, "citizen_of must be a country code"),
    ({"reader": {"citizen_of": ["ru"]}}, "citizen_of must be a country code"),
    ({"reader": {"citizen_of": ["RU-MOW"]}}, "citizen_of must be a country code"),
    ({"reader": {"citizen_of": [1]}}, "citizen_of must be a text or a list"),
    ({"reader": {"citizen_of": None}}, "citizen_of must be a text or a list"),
    ({"reader": {"citizen_of": "other"}}, "citizen_of must be a country code"),
    ({"reader": {"not_citizen_of": "all"}}, '"other"'),
    ({"reader": {"stateless": "no"}}, "stateless must be true or false"),
    ({"reader": {"stateless": None}}, "stateless must be true or false"),
    ({"reader": {"age": "34"}}, "age must be a whole number"),
    ({"reader": {"age": True}}, "age must be a whole number"),
    ({"reader": {"age": 34.5}}, "age must be a whole number"),
    ({"reader": {"age": -1}}, "age must be a whole number"),
    ({"reader": {"resident_of": "held"}}, "resident_of must be a code"),
    ({"reader": {"resident_of": ["RU"]}}, "resident_of must be a text"),
    ({"reader": {"occupation": 5}}, "occupation must be a text or a list"),
    ({"reader": ["RU"]}, "reader must be a JSON object"),
    ({"content": ["lgtb"]}, "content must be a list of tags"),
    ({"act": "shares"}, "act must be one of"),
    ({"on": "23.11.2026"}, "on must be a day"),
    ({"on": "20261123"}, "on must be a day"),
    ({"on": 20261123}, "on must be a text"),
    ({"place": {"code": "RU"}}, "place must be a text or a list"),
    ([], "the body must be a JSON object"),
    (b'"RU"', "the body must be a JSON object"),
    (b"{", "one JSON object in UTF-8"),
    (b"\xff\xfe{}", "one JSON object in UTF-8"),
    (b'{"place": "DE", "place": "RU"}', "stands twice"),
    (b'{"reader": {"age": 1, "age": 2}}', "stands twice"),
    (b'{"reader": {"age": NaN}}', "NaN"),
    (b'{"reader": {"age": -Infinity}}', "NaN"),
    (b'{"reader": {"citizen_of": [["RU"]]}}', "text or a list"),
    (b'{"reader": {"citizen_of": [[["RU"]]]}}', "nested deeper"),
    (b"[" * 4000, "nested deeper"),
    (b'{"a":' * 700, "nested deeper"),
    (b'{"reader": {"age": ' + b"9" * 3900 + b"}}", "age must be a whole number"),
]


@pytest.mark.parametrize(("body", "told"), BAD, ids=lambda value: str(value)[:40])
def test_what_is_not_understood_is_refused_in_words_that_repeat_nothing(
    service: Service, body: bytes | dict[str, Any], told: str
) -> None:
    answer = ask(service, body)
    assert answer.status_code == 400
    assert answer.content_type == "application/problem+json"
    assert told in answer.get_json()["detail"]
    assert "Notice-State" in answer.headers
    for word in ("Russia", "RU-MOW", "lgtb", "shares", "23.11", "citizenhip", "plaice"):
        assert word not in answer.get_json()["detail"].replace("such as RU or UA-43", "")


@pytest.mark.parametrize(("body", "status"), [(b" " * 4097, 413), (b" " * 4094 + b"{}", 200)])
def test_a_body_has_at_most_four_kilobytes(service: Service, body: bytes, status: int) -> None:
    assert ask(service, body).status_code == status


@pytest.mark.parametrize(
    ("site", "status"), [("cross-site", 403), ("same-origin", 403), ("same-site", 403), ("none", 200)]
)
def test_a_browser_is_refused_and_told_why(service: Service, site: str, status: int) -> None:
    answer = ask(service, {}, **{"Sec-Fetch-Site": site})
    assert answer.status_code == status
    if status == 403:
        assert "ask from your server" in answer.get_json()["detail"]


def test_no_other_site_may_read_an_answer(service: Service) -> None:
    answer = ask(service, {}, Origin="https://example.org")
    assert not any(name.startswith("Access-Control") for name in dict(answer.headers))


def test_every_answer_has_one_length_whatever_it_says(service: Service) -> None:
    inquiries: list[Any] = [
        {"place": place, "language": language, "reader": reader, "on": "2026-11-23", "content": content}
        for place in ("RU", "BY", "DE", "UA-14", "unknown")
        for language in ("en", "ru", "fa", "be")
        for content in ([], ["lgbt"])
        for reader in ({}, {"citizen_of": "RU"}, {"citizen_of": "DE", "not_citizen_of": "other"})
    ]
    inquiries += [body for body, _ in BAD] + [b" " * 4097]
    answers = [ask(service, body, f"/v1/{name}/notice") for body in inquiries for name in ("rferl", "svaboda")]
    answers += [ask(service, {}, path) for path in ("/v1/nobody/notice", "/v1/quiet/notice")]
    answers.append(ask(service, {}, **{"Sec-Fetch-Site": "cross-site"}))
    answers.append(service.client.post(PATH, data=b"{}", content_type="text/plain"))
    assert {answer.status_code for answer in answers} == {200, 400, 403, 404, 413, 415}
    assert {len(answer.data) for answer in answers} == {service.library.edition.size}
    assert all(json.loads(answer.data) is not None for answer in answers)


def test_nothing_of_an_inquiry_is_kept(service: Service) -> None:
    before = len(service.library.edition._prepared.memory)
    ask(service, {"place": "DE", "reader": {"citizen_of": ["RU"]}})
    assert len(service.library.edition._prepared.memory) == before
