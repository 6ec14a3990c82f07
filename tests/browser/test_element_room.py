"""Room: nothing that the reader is looking at moves, and neither focus nor selection is touched."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from .press import BAKED, SCRIPT, TABLE, WORDS, document, notice, press, shown, until_decided
from .site import STRICT, Site
from .site import Page as Answer

WATCHED = (
    "self.moved = []; new PerformanceObserver(list =>"
    " moved.push(...list.getEntries().map(e => e.hadRecentInput ? 0 : e.value)))"
    ".observe({ type: 'layout-shift', buffered: true })"
)
LONG = "<p>" + "Long before it. " * 400 + "</p>"
HIGH = '<section style="display:block"><h2>Baked heading</h2>' + f"<p>{WORDS} </p>" * 12 + "</section>"


@pytest.fixture
def paper() -> Iterator[Site]:
    """A publisher's website whose tables arrive when the page has long been painted."""
    with press(("rferl", "en")) as found:
        found.pages[TABLE].seconds = 0.5
        yield found


def opens(page: Page, paper: Site, body: str, head: str = SCRIPT) -> None:
    page.add_init_script(WATCHED)
    page.goto(paper.add("/", document(body, head=head), Content_Security_Policy=STRICT))


def top(page: Page) -> float:
    return float(page.evaluate("document.getElementById('after').getBoundingClientRect().top"))


def moved(page: Page) -> float:
    page.wait_for_timeout(100)
    return float(page.evaluate("moved.reduce((sum, value) => sum + value, 0)"))


def height(page: Page) -> float:
    return float(page.evaluate("document.querySelector('reader-notice').getBoundingClientRect().height"))


def held(page: Page) -> bool:
    return bool(page.evaluate("document.querySelector('reader-notice').hasAttribute('held')"))


@pytest.mark.parametrize("theme", ["isolated", "host"])
@pytest.mark.parametrize("place", ["RU", "DE"], ids=["longer", "shorter"])
def test_in_view_nothing_below_it_moves(page: Page, paper: Site, theme: str, place: str) -> None:
    opens(page, paper, notice(f'place="{place}" theme="{theme}"', HIGH if place == "DE" else BAKED))
    before = top(page)
    assert WORDS in shown(page)
    until_decided(page)
    assert top(page) == before
    assert moved(page) == 0
    assert held(page) is (place == "RU")


@pytest.mark.parametrize("way", ["click", "focus", "scroll"])
def test_what_does_not_fit_opens_when_the_reader_turns_to_it_or_away(page: Page, paper: Site, way: str) -> None:
    opens(page, paper, notice() + LONG * 3)
    until_decided(page)
    assert held(page)
    assert page.evaluate("(e => e.scrollHeight > e.clientHeight)(document.querySelector('reader-notice'))")
    was = height(page)
    if way == "click":
        page.locator("reader-notice").click(position={"x": 20, "y": 20})
    elif way == "focus":
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.localName") == "reader-notice"
    else:
        page.mouse.wheel(0, 3000)
    page.wait_for_timeout(300)
    assert not held(page)
    assert height(page) > was + 100
    assert page.evaluate("document.querySelector('reader-notice').getAttribute('style')") in ("", None)
    page.locator("button").focus()
    assert page.evaluate("document.querySelector('reader-notice').hasAttribute('tabindex')") is False


def test_out_of_view_it_takes_its_own_height_at_once(page: Page, paper: Site) -> None:
    opens(page, paper, LONG * 2 + notice())
    was = height(page)
    until_decided(page)
    assert not held(page)
    assert height(page) > was + 100
    assert moved(page) == 0


def test_above_the_view_what_is_in_view_stays_where_it_is(page: Page, paper: Site) -> None:
    paper.pages[TABLE].seconds = 1
    opens(page, paper, notice() + LONG * 3)
    page.evaluate("scrollTo(0, 1500)")
    page.wait_for_timeout(100)
    watched = "document.querySelectorAll('p')[2].getBoundingClientRect().top"
    before, was = page.evaluate(watched), height(page)
    until_decided(page)
    page.wait_for_timeout(100)
    assert height(page) > was + 100
    assert page.evaluate(watched) == pytest.approx(before, abs=1)
    assert moved(page) == 0


def test_before_anything_is_painted_it_takes_its_own_height(page: Page, paper: Site) -> None:
    paper.pages[TABLE].seconds = 0
    paper.pages["/look.css"] = Answer("p{color:#111}", "text/css", seconds=0.6)
    opens(page, paper, notice(), head=SCRIPT.replace(" defer", "") + '<link rel="stylesheet" href="/look.css">')
    until_decided(page)
    page.wait_for_timeout(100)
    assert not held(page)
    assert moved(page) == 0


@pytest.mark.parametrize("how", ["", "async", "defer"])
def test_however_the_script_is_loaded_nothing_moves(page: Page, paper: Site, how: str) -> None:
    paper.pages[TABLE].seconds = 0
    for _ in range(5):
        opens(page, paper, notice(), head=SCRIPT.replace("defer", how))
        until_decided(page)
        assert moved(page) == 0


def test_a_baked_text_too_low_to_read_anything_in_its_place_stays_until_the_reader_does_something(
    page: Page, paper: Site
) -> None:
    opens(page, paper, notice(baked=f"<p>{WORDS}</p>"))
    before = top(page)
    page.wait_for_timeout(900)
    assert WORDS in shown(page)
    assert (top(page), moved(page)) == (before, 0)
    page.keyboard.press("a")
    until_decided(page)
    assert moved(page) == 0, "what a key has set off is no surprise"


def test_no_focus_is_taken_and_none_is_disturbed(page: Page, paper: Site) -> None:
    opens(page, paper, notice())
    page.locator("button").focus()
    until_decided(page)
    assert page.evaluate("document.activeElement.textContent") == "Share"
    opens(page, paper, notice())
    page.locator("reader-notice a").focus()
    page.wait_for_timeout(900)
    assert page.evaluate("document.activeElement.textContent") == "Read more"
    page.locator("button").focus()
    until_decided(page)
    assert page.evaluate("document.activeElement.textContent") == "Share"


def test_a_selection_in_the_baked_text_is_not_lost(page: Page, paper: Site) -> None:
    opens(page, paper, notice())
    page.evaluate("getSelection().selectAllChildren(document.querySelector('reader-notice p'))")
    page.wait_for_timeout(900)
    assert WORDS in page.evaluate("String(getSelection())")
    page.evaluate("getSelection().removeAllRanges()")
    until_decided(page)


def test_on_paper_nothing_is_cut_off(page: Page, paper: Site) -> None:
    opens(page, paper, notice())
    until_decided(page)
    assert held(page)
    page.emulate_media(media="print")
    assert page.evaluate("(e => e.scrollHeight <= e.clientHeight)(document.querySelector('reader-notice'))")
