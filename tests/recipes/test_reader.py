"""Reader: nothing of who reads reaches the service through any recipe, nor stays in nginx's log."""

from __future__ import annotations

import pytest

from .recorder import Recorder
from .site import CANARY, READER, Site

ADDRESS = READER["X-Real-IP"]


def told(recorder: Recorder) -> list[str]:
    """The request lines that reached the service; nothing but a host stood below them."""
    assert recorder.seen
    lines = []
    for seen in recorder.seen:
        line, *headers = filter(None, seen.replace("\r", "").split("\n"))
        assert [header.partition(":")[0] for header in headers] == ["Host"], seen
        assert CANARY not in seen
        assert ADDRESS not in seen
        lines.append(line.rpartition(" ")[0])
    return lines


def test_nothing_of_the_reader_reaches_the_service(site: Site, recorder: Recorder) -> None:
    page = site.get(f"{site.address('rferl/any/en')}?q={CANARY}&citizen_of=RU", **READER)
    assert page.status == 200
    assert told(recorder) == ["GET /v1/rferl/any/en/notice.html"]


def test_one_reader_s_copy_is_every_reader_s(site: Site, recorder: Recorder) -> None:
    mine = site.read(**READER)
    yours = site.read()
    assert mine.notice == yours.notice
    assert len(recorder.seen) == 1


def test_what_the_service_says_may_not_be_kept_is_not(site: Site, recorder: Recorder) -> None:
    for _ in range(2):
        page = site.read("rferl/ru/en")  # a place in small letters is answered, and never cacheable
        assert "<!-- rdr: rules" in page.notice
    assert len(recorder.seen) == 2


def test_a_copy_that_may_not_be_kept_is_not_used_after_a_failure(site: Site, recorder: Recorder) -> None:
    site.read("rferl/ru/en")
    with recorder.failing("500"):
        assert 'id="rdr-baked"' in site.read("rferl/ru/en").notice


@pytest.fixture(params=["nginx", "Varnish"])
def proxy(request: pytest.FixtureRequest, all_sites: dict[str, Site], recorder: Recorder) -> Site:
    """A site that has addresses under /_r/."""
    found: Site = all_sites[request.param]
    found.forget()
    return found


@pytest.mark.parametrize(
    "path",
    [
        "rferl/notice.html",
        "rferl/notice.json",
        "rferl/x/../notice.html",
        "rferl/x/%2e%2e/notice.html",
        "rferl//notice.html",
        "../metrics",
        "",
    ],
)
def test_an_address_that_asks_for_the_place_of_who_asks_goes_nowhere(
    proxy: Site, recorder: Recorder, path: str
) -> None:
    page = proxy.get(f"/_r/{path}")
    assert page.status >= 400
    assert recorder.seen == []


@pytest.mark.parametrize(
    ("path", "begins"),
    [
        ("rferl/any/en/notice.html", "<!-- rdr: rules"),
        ("rferl/RU-MOW/ru/notice.short.txt", ""),
        ("rferl/any/en/acts.json", "{"),
        ("rferl/table/en.json", "{"),
        ("rferl/check/en/", "<!doctype html>"),
        ("rferl/frame/any/en/", "<!doctype html>"),
    ],
)
def test_an_address_that_names_its_place_is_passed_on_without_its_query(
    proxy: Site, recorder: Recorder, path: str, begins: str
) -> None:
    for _ in range(2):
        page = proxy.get(f"/_r/{path}?lang={CANARY}", **READER)
        assert page.status == 200
        assert page.text.lower().startswith(begins)
    assert told(recorder) == [f"GET /v1/{path}"], "the second came from the copy"


def test_facts_cannot_be_posted_through_a_site(proxy: Site, recorder: Recorder) -> None:
    assert proxy.get("/_r/rferl/any/en/notice.html", "POST", **{"Content-Length": "0"}).status >= 400
    assert recorder.seen == []


def test_a_browser_is_told_to_keep_nothing_and_a_cache_in_front_gets_no_second_life(proxy: Site) -> None:
    headers = {name.lower(): text for name, text in proxy.get("/_r/rferl/any/en/notice.html").headers.items()}
    assert headers["cache-control"] == "no-store"
    assert headers["notice-state"] == "live"
    assert {"cdn-cache-control", "surrogate-control", "x-accel-redirect"} & set(headers) == set()


def test_failures_leave_no_line_about_readers_in_the_log_of_nginx(
    all_sites: dict[str, Site], recorder: Recorder
) -> None:
    site = all_sites["nginx"]
    site.forget()
    root = site.folder.parent
    for mood in ("refused", "hangs", "500"):
        with recorder.failing(mood):
            site.read()
            site.get("/_r/rferl/any/en/notice.html")
    logs = (root / "pages.log").read_text() + (root / "error.log").read_text()
    assert "rferl.any.en.html" not in logs
    assert "GET /_r/" not in logs
    assert "/v1/rferl/any/en/notice.html" in logs, "the operator still learns that the service did not answer"
