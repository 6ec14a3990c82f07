"""The frame in a real page: as high as what it says, readable without any script, and silent otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Frame, Page

from service.page.frame import frame, policy

from ..page.law import sheet as made
from .article import examined, overflow
from .conftest import Opened
from .site import Site, settled, site
from .test_fragment import sheet

RECIPE = Path(__file__).parents[2] / "docs/recipes/frame"
STRICT = (
    "default-src 'none'; script-src 'self'; style-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'"
)
NAMES = {"parent.js": "text/javascript", "page.css": "text/css"}


@pytest.fixture
def publisher() -> Iterator[Site]:
    """A website with the recipe's page as it is printed, under a strict policy, and the frames that it shows."""
    with site() as found:
        found.add("/article", (RECIPE / "example.html").read_text(), Content_Security_Policy=STRICT)
        for name, content_type in NAMES.items():
            found.add(f"/{name}", (RECIPE / name).read_text(), content_type)
        written = frame(sheet("rferl", "en"))
        found.add("/_r/rferl/frame/any/en/", written, Content_Security_Policy=policy(written))
        yield found


def framed(page: Page) -> Frame:
    found = page.locator("iframe").element_handle().content_frame()
    assert found is not None
    return found


def height(page: Page) -> float:
    box = page.locator("iframe").bounding_box()
    return box["height"] if box else 0


def inner(page: Page) -> float:
    found: float = framed(page).evaluate("document.documentElement.getBoundingClientRect().height")
    return found


@pytest.mark.parametrize("width", [1280, 320])
def test_the_frame_is_exactly_as_high_as_its_text_and_follows_it(opened: Opened, publisher: Site, width: int) -> None:
    page = opened(viewport={"width": width, "height": 800})
    page.goto(publisher.url("/article"))
    assert settled(lambda: abs(height(page) - inner(page)) < 1)
    closed = height(page)
    framed(page).locator("summary").click()
    assert settled(lambda: height(page) > closed + 50 and abs(height(page) - inner(page)) < 1)
    framed(page).locator("summary").click()
    assert settled(lambda: height(page) == closed)
    page.set_viewport_size({"width": 700, "height": 800})
    assert settled(lambda: height(page) != closed and abs(height(page) - inner(page)) < 1)
    assert overflow(page) <= 0
    assert overflow(framed(page)) <= 0
    assert page.log.errors == page.log.messages == []  # type: ignore[attr-defined]


def test_nobody_is_asked_but_the_publishers_own_website_and_nothing_is_kept(page: Page, publisher: Site) -> None:
    page.goto(publisher.url("/article"))
    assert settled(lambda: abs(height(page) - inner(page)) < 1)
    assert {url.removeprefix(publisher.origin) for url in page.requested} <= {  # type: ignore[attr-defined]
        "/article", "/page.css", "/parent.js", "/_r/rferl/frame/any/en/", "/favicon.ico",
    }  # fmt: skip
    (asked,) = (asked for asked in publisher.asked if asked.path.startswith("/_r/"))
    assert "Referer" not in asked.headers
    assert page.context.cookies() == []


def test_without_any_script_the_text_can_still_be_read_to_its_end(opened: Opened, publisher: Site) -> None:
    page = opened(java_script_enabled=False, viewport={"width": 320, "height": 800})
    page.goto(publisher.url("/article"))
    assert height(page) == 36 * 16
    last = framed(page).locator("summary")
    last.scroll_into_view_if_needed()
    assert last.is_visible()
    last.click()
    assert framed(page).get_by_text('Giving or collecting money for an "undesirable organization"').is_visible()


def test_where_the_page_does_not_listen_the_frame_keeps_a_generous_height(page: Page, publisher: Site) -> None:
    publisher.add("/parent.js", "", "text/javascript")
    page.goto(publisher.url("/article"))
    page.wait_for_timeout(200)
    assert height(page) == 36 * 16


def test_a_frame_that_says_nothing_takes_no_room(page: Page, publisher: Site) -> None:
    written = frame(made("quiet"))
    publisher.add("/_r/rferl/frame/any/en/", written, Content_Security_Policy=policy(written))
    page.goto(publisher.url("/article"))
    assert settled(lambda: page.locator("iframe").is_hidden())


def test_messages_of_others_and_heights_that_are_none_are_not_believed(page: Page, publisher: Site) -> None:
    page.goto(publisher.url("/article"))
    assert settled(lambda: abs(height(page) - inner(page)) < 1)
    right = height(page)
    page.evaluate("window.postMessage({rdrHeight: 7}, '*')")
    for wrong in ("-1", "1e9", "'9'", "null", "NaN", "1.5"):
        framed(page).evaluate(f"parent.postMessage({{rdrHeight: {wrong}}}, '*')")
    framed(page).evaluate("parent.postMessage(null, '*')")
    page.wait_for_timeout(100)
    assert height(page) == right
    framed(page).evaluate("parent.postMessage({rdrHeight: 77}, '*')")
    assert settled(lambda: height(page) == 77)


def test_the_frame_sends_its_height_and_nothing_else(page: Page, publisher: Site) -> None:
    listening = "<script>heard = []; addEventListener('message', event => heard.push(event.data))</script>"
    publisher.add("/article", listening + '<iframe src="/_r/rferl/frame/any/en/"></iframe>')
    page.goto(publisher.url("/article"))
    assert settled(lambda: page.evaluate("heard.length") > 0)
    page.wait_for_timeout(100)
    heard = page.evaluate("heard")
    assert all(list(message) == ["rdrHeight"] and isinstance(message["rdrHeight"], int) for message in heard)
    assert len({message["rdrHeight"] for message in heard}) == len(heard)


def test_the_page_in_the_frame_can_read_nothing_of_the_website(page: Page, publisher: Site) -> None:
    page.goto(publisher.url("/article"))
    assert framed(page).evaluate("self.origin") == "null"
    with pytest.raises(Exception, match=r"cross-origin|SecurityError"):
        framed(page).evaluate("parent.document.title")


def test_a_link_in_the_frame_replaces_the_page_and_says_not_whence(page: Page, publisher: Site) -> None:
    publisher.add("/more", "<title>more</title>more")
    written = frame(sheet("rferl", "en")).replace("https://www.rferl.org/", publisher.url("/more"))
    publisher.add("/_r/rferl/frame/any/en/", written, Content_Security_Policy=policy(written))
    page.goto(publisher.url("/article"))
    framed(page).get_by_text("click here").click()
    page.wait_for_url("**/more")
    (asked,) = (asked for asked in publisher.asked if asked.path == "/more")
    assert "Referer" not in asked.headers


@pytest.mark.parametrize(
    "settings",
    [
        {"viewport": {"width": 1280, "height": 900}},
        {"viewport": {"width": 320, "height": 640}},
        {"color_scheme": "dark"},
        {"forced_colors": "active"},
    ],
)
@pytest.mark.parametrize(("name", "language"), [("rferl", "en"), ("iran-international", "fa")])
def test_the_checker_finds_nothing_in_the_frame_as_a_page_of_its_own(
    opened: Opened, publisher: Site, settings: dict[str, object], name: str, language: str
) -> None:
    page = opened(**settings)
    written = frame(sheet(name, language))
    page.goto(publisher.add("/alone", written, Content_Security_Policy=policy(written)))
    assert examined(page).violations == []
    assert overflow(page) <= 0
    assert page.log.errors == page.log.messages == []  # type: ignore[attr-defined]


def test_the_checker_finds_nothing_in_the_page_that_holds_it(page: Page, publisher: Site) -> None:
    page.goto(publisher.url("/article"))
    assert settled(lambda: abs(height(page) - inner(page)) < 1)
    assert examined(page).violations == []


def test_a_style_or_script_that_is_not_ours_does_nothing_in_the_frame(page: Page, publisher: Site) -> None:
    written = frame(sheet("rferl", "en")).replace(
        "<main>", "<main><script>document.title = 'taken'</script><style>main { display: none }</style>"
    )
    page.goto(publisher.add("/alone", written, Content_Security_Policy=policy(written)))
    assert page.title() == "Legal risks for readers of RFE/RL"
    assert page.locator("main").is_visible()
