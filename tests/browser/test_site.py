"""Site: the tests' own website does what the browser tests rely on."""

from __future__ import annotations

import http.client

import pytest
from playwright.sync_api import Page

from .conftest import Opened
from .site import FAULTS, STRICT, Site


def asked(site: Site, path: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=5)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def test_the_path_of_the_site_leads_to_the_service(website: Site) -> None:
    status, body = asked(website, "/_r/rferl/any/en/notice.html")
    assert (status, b"undesirable organization" in body) == (200, True)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_touches_only_the_path_of_the_service(website: Site, fault: str) -> None:
    website.add("/", "<p>page")
    website.fault, website.seconds = fault, 0.05
    assert asked(website, "/") == (200, b"<p>page")
    try:
        body = asked(website, "/_r/rferl/any/en/notice.html")[1]
    except http.client.HTTPException:
        body = b""
    assert b"undesirable organization" not in body


def test_a_page_has_a_log_of_its_own_and_the_policy_it_was_given(page: Page, opened: Opened, website: Site) -> None:
    website.add("/", "<script>document.title = 'ran'</script><p>page", Content_Security_Policy=STRICT)
    page.goto(website.url())
    assert page.title() == ""
    assert page.requested[0] == website.url()  # type: ignore[attr-defined]
    other = opened(timezone_id="Europe/Moscow")
    assert other.requested == []  # type: ignore[attr-defined]
    assert other.evaluate("Intl.DateTimeFormat().resolvedOptions().timeZone") == "Europe/Moscow"
