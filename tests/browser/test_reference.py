"""Reference: the page that explains the service, in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from ..web.house import House
from .article import examined
from .conftest import Opened


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_reference_is_accessible_and_asks_for_nothing_but_itself(
    opened: Opened, service: House, scheme: str
) -> None:
    page: Page = opened(color_scheme=scheme, java_script_enabled=True)
    address = f"http://127.0.0.1:{service.port}/reference"
    page.goto(address)
    assert examined(page).violations == []
    page.get_by_role("link", name="GET /v1/{publisher}/{place}/{language}/acts.json").click()
    assert page.url.startswith(f"{address}#")
    assert page.requested == [address]  # type: ignore[attr-defined]
    assert page.log.messages == []  # type: ignore[attr-defined]
