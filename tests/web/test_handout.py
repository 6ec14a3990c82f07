"""Handout: what a browser takes away and decides with: the table, the questions, the frame, the style, the element."""

from __future__ import annotations

from base64 import b64encode
from datetime import timedelta
from hashlib import sha256, sha384

import pytest

from service.device.element import ASSETS, INTEGRITY

from .law import FUTURE, Service, ruleset

LASTING = "public, max-age=300, stale-if-error=604800"
HANDOUTS = (
    "/v1/rferl/table/en.json",
    "/v1/rferl/check/en/",
    "/v1/rferl/check/en/inside.html",
    "/v1/rferl/frame/RU/en/",
    "/v1/rferl/reader.css",
)


@pytest.mark.parametrize("path", HANDOUTS)
def test_it_is_the_same_for_everyone_and_shared_caches_may_keep_it_but_no_browser(service: Service, path: str) -> None:
    answer = service.client.get(path)
    other = service.client.get(path, headers={"Accept-Language": "ru", "X-Forwarded-For": "95.24.0.1", "Cookie": "a=b"})
    assert (answer.status_code, answer.headers["Notice-State"]) == (200, "live")
    assert answer.data == other.data
    assert (answer.headers["Cache-Control"], answer.headers["CDN-Cache-Control"]) == ("no-store", LASTING)
    assert "Vary" not in answer.headers


@pytest.mark.parametrize("path", HANDOUTS)
def test_a_known_tag_gets_304_and_never_a_policy_that_would_break_the_page_that_was_kept(
    service: Service, path: str
) -> None:
    answer = service.client.get(path)
    again = service.client.get(path, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers.get("Content-Security-Policy") in (None, answer.headers["Content-Security-Policy"])


@pytest.mark.parametrize("path", ["/v1/rferl/check/en/", "/v1/rferl/frame/RU/en/"])
def test_the_policy_of_a_page_names_the_style_that_stands_in_it(service: Service, path: str) -> None:
    answer = service.client.get(path)
    style = answer.text.partition("<style>")[2].partition("</style>")[0]
    assert style
    hashed = b64encode(sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{hashed}'" in answer.headers["Content-Security-Policy"]


def test_the_questions_alone_are_a_sign_and_no_publisher_lets_browsers_keep_them(service: Service) -> None:
    edition = service.library.edition
    object.__setattr__(edition.ruleset.publishers["rferl"], "browsers_keep", 60)
    kept = {path: service.client.get(path).headers["Cache-Control"] for path in HANDOUTS}
    assert kept == dict.fromkeys(HANDOUTS, "private, max-age=60") | {
        "/v1/rferl/check/en/": "no-store", "/v1/rferl/check/en/inside.html": "no-store"
    }  # fmt: skip
    assert service.client.get("/v1/rferl/RU/en/notice.html").headers["Cache-Control"] == "private, max-age=60"
    assert service.client.get("/v1/rferl/notice.html").headers["Cache-Control"] == "no-store"


def test_a_browser_keeps_nothing_past_the_next_change(service: Service) -> None:
    service.replace(ruleset(changes_on=FUTURE.date()))
    edition = service.library.edition
    object.__setattr__(edition.ruleset.publishers["rferl"], "browsers_keep", 300)
    change = edition.ruleset.next_change(service.now)
    assert change is not None
    service.now = change - timedelta(seconds=20)
    answer = service.client.get("/v1/rferl/RU/en/notice.html")
    assert answer.headers["Cache-Control"] == "private, max-age=20"
    service.now = change
    assert service.client.get("/v1/rferl/RU/en/notice.html").headers["Cache-Control"] == "private, max-age=300"


def test_the_questions_inside_a_page_name_their_styles_for_its_policy(service: Service) -> None:
    answer = service.client.get("/v1/rferl/check/en/inside.html")
    style = answer.text.partition("<style>")[2].partition("</style>")[0]
    assert answer.headers["Notice-Style"] == f"'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'"
    assert "<html" not in answer.text


def test_a_frame_may_stand_in_any_page_and_the_questions_only_in_the_publishers_own(service: Service) -> None:
    policies = {path: service.client.get(path).headers["Content-Security-Policy"] for path in HANDOUTS}
    assert {path: policy.partition("frame-ancestors ")[2].split(";")[0] for path, policy in policies.items()} == {
        "/v1/rferl/table/en.json": "'none'",
        "/v1/rferl/check/en/": "'self'",
        "/v1/rferl/check/en/inside.html": "'none'",
        "/v1/rferl/frame/RU/en/": "*",
        "/v1/rferl/reader.css": "'none'",
    }


@pytest.mark.parametrize("path", ["/v1/nobody/frame/RU/en/", "/v1/rferl/frame/RU/en/?citizen_of=RU"])
def test_a_frame_that_cannot_be_answered_still_shows_a_notice_in_any_page(service: Service, path: str) -> None:
    answer = service.client.get(path)
    assert answer.status_code == 200
    assert "<section" in answer.text
    assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]
    assert answer.headers["CDN-Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/v1/nobody/table/en.json", 404),
        ("/v1/nobody/reader.css", 404),
        ("/v1/rferl/table/en.json?age=3", 400),
        ("/embed/nothing.js", 404),
        ("/embed/../pyproject.toml", 404),
    ],
)
def test_data_that_are_not_there_say_so(service: Service, path: str, status: int) -> None:
    answer = service.client.get(path)
    assert (answer.status_code, answer.content_type) == (status, "application/problem+json")
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/v1/rferl/table/EN.json", "/v1/rferl/check/xx/", "/v1/rferl/table/en.json?v=2"])
def test_another_spelling_is_answered_and_never_kept(service: Service, path: str) -> None:
    answer = service.client.get(path)
    assert (answer.status_code, answer.headers["CDN-Cache-Control"]) == (200, "no-store")


def test_the_style_is_in_the_classes_that_the_publisher_chose(service: Service) -> None:
    edition = service.library.edition
    object.__setattr__(edition.ruleset.publishers["rferl"], "class_prefix", "zq")
    object.__setattr__(edition.ruleset.publishers["rferl"], "heading_level", 4)
    style = service.client.get("/v1/rferl/reader.css")
    notice = service.client.get("/v1/rferl/RU/en/notice.html").text
    assert style.content_type == "text/css; charset=utf-8"
    assert ".zq" in style.text
    assert ".rdr" not in style.text
    assert 'class="zq"' in notice
    assert "<h4 " in notice


def test_an_asset_is_what_its_integrity_says_and_a_name_with_its_hash_never_changes(service: Service) -> None:
    assert len(ASSETS) == 2
    for name, asset in ASSETS.items():
        answer = service.client.get(f"/embed/{name}")
        assert answer.status_code == 200
        assert "sha384-" + b64encode(sha384(answer.data).digest()).decode() == asset.integrity == INTEGRITY
        assert ("immutable" in answer.headers["Cache-Control"]) == asset.lasting
    page = service.client.get("/embed/").text
    assert f'integrity="{INTEGRITY}"' in page
