"""Element: with the real service behind the site's own path, and by the eyes of an accessibility checker."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from service.device.element import ASSETS, INTEGRITY, NAME

from .conftest import Opened
from .press import BAKED, NOTHING_STORED, TABLE, WORDS, document, notice, shown, stored, until_decided
from .site import STRICT, Site

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
LASTING = next(name for name, asset in ASSETS.items() if asset.lasting)


def scripted(integrity: str = INTEGRITY, name: str = NAME) -> str:
    return f'<script src="/embed/{name}" integrity="{integrity}" defer></script>'


@pytest.mark.parametrize("name", [NAME, LASTING])
def test_with_the_service_behind_the_site_only_the_site_is_asked(opened: Opened, website: Site, name: str) -> None:
    page = opened(timezone_id="Europe/Moscow", locale="ru-RU")
    url = website.add("/", document(notice('place="DE"'), head=scripted(name=name)), Content_Security_Policy=STRICT)
    page.goto(url)
    until_decided(page)
    assert 'RFE/RL has been declared an "undesirable organization"' in shown(page)
    assert page.requested == [website.url(path) for path in ("/", f"/embed/{name}", TABLE)]  # type: ignore[attr-defined]
    assert stored(page) == NOTHING_STORED
    assert page.log.messages == page.log.errors == []  # type: ignore[attr-defined]


def test_a_file_that_was_changed_on_its_way_is_not_run_and_the_baked_text_stays(page: Page, website: Site) -> None:
    head = scripted(INTEGRITY[:-4] + "AAAA")
    page.goto(website.add("/", document(notice(), head=head), Content_Security_Policy=STRICT))
    page.wait_for_load_state("networkidle")
    assert page.get_by_text(WORDS).is_visible()
    assert TABLE not in website.paths()


@pytest.mark.parametrize(
    ("src", "place", "length"),
    [
        (TABLE, "RU", "full"),
        (TABLE, "DE", "short"),
        ("/_r/svaboda/table/be.json", "", "full"),
        ("/_r/iran-international/table/fa.json", "IR", "full"),
        ("/_r/iran-international/table/fa.json", "DE", "label"),
    ],
)
def test_an_accessibility_checker_finds_nothing_in_any_light(
    opened: Opened, website: Site, src: str, place: str, length: str
) -> None:
    assert AXE.exists(), "first: npm ci"
    page = opened(viewport={"width": 320, "height": 640})
    website.add("/own.css", ":root{color-scheme:light dark}", "text/css")
    head = '<link rel="stylesheet" href="/own.css">' + scripted()
    attributes = f'place="{place}" length="{length}"'
    body = f"<main>{notice(attributes, BAKED, src)}</main>"
    page.goto(website.add("/", document(body, head=head)))
    until_decided(page)
    page.evaluate(AXE.read_text())
    for light in ({"color_scheme": "light"}, {"color_scheme": "dark"}, {"forced_colors": "active"}):
        page.emulate_media(**light)  # type: ignore[arg-type]
        found = page.evaluate(
            "async () => (await axe.run('reader-notice')).violations.map(v => [v.id, v.nodes[0].html])"
        )
        assert found == [], light
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_it_shows_the_words_that_the_address_of_the_place_gives(page: Page, website: Site) -> None:
    page.goto(website.add("/", document(notice('place="UA-43"'), head=scripted())))
    until_decided(page)
    fragment = website.answer("/_r/rferl/UA-43/en/notice.html")
    assert fragment is not None
    words = page.evaluate(
        "html => new DOMParser().parseFromString(html, 'text/html').body.textContent",
        fragment.body.decode(),  # type: ignore[union-attr]
    )
    assert shown(page).split() == words.split()
