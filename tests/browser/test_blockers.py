"""Blockers: no name of ours is hidden, and no address blocked, by the lists that most blockers carry."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path

import pytest
from braveblock import Adblocker
from playwright.sync_api import Page

from service.device import check
from service.device.element import ASSETS
from service.law.cases import Cases
from service.law.publisher import fits_as_prefix
from service.page.frame import frame
from service.page.grade import Grade
from service.page.html import PREFIX, fragment
from service.page.sheet import Length
from service.page.style import NAME

from ..page.law import NOW
from .article import article
from .test_fragment import sheet, shipped

LISTS = Path(__file__).parent / "lists"
RECIPES = Path(__file__).parents[2] / "docs/recipes"
TYPES = ("document", "subdocument", "script", "stylesheet", "xmlhttprequest", "other")
SITE = "https://news.example"
NOT_CSS = 5
"""How many rules in a thousand may be in a language of blockers that no browser knows."""


def rules(name: str) -> list[str]:
    return [line for line in (LISTS / name).read_text().splitlines() if not line.startswith("!")]


@cache
def easylist() -> list[str]:
    """The whole of EasyList, as the matching engine brings it."""
    packed = files("braveblock").joinpath("easylist.txt.gz").read_bytes()
    return gzip.decompress(packed).decode().splitlines()


@cache
def engine(whole: bool) -> Adblocker:
    """The matching engine of Brave with the kept extract, and with all of EasyList and EasyPrivacy as well or not."""
    return Adblocker(rules=rules("blocked.txt"), include_easylist=whole, include_easyprivacy=whole)


def blocked(path: str, whole: bool) -> bool:
    return any(
        engine(whole).check_network_urls(SITE + path, source, kind)
        for source in (f"{SITE}/a/1.html", "https://mirror.example/a/1.html")
        for kind in TYPES
    )


def addresses() -> Iterator[str]:
    """Every address that a reader's browser may see, of the service or of a recipe."""
    yield from ("/", "/about", "/openapi.json", "/healthz", "/readyz", f"/embed/{NAME}")
    yield from (f"/embed/{name}" for name in ASSETS)
    forms = [f"notice{length}.{form}" for length in ("", ".short", ".label") for form in ("html", "json", "txt")]
    for publisher in shipped().publishers:
        for root in (f"/v1/{publisher}", f"/_r/{publisher}"):
            yield from (f"{root}/{form}" for form in forms)
            yield from (f"{root}/{place}/ru/{form}" for place in ("any", "unknown", "RU-MOW") for form in forms)
            yield from (f"{root}/any/en/acts.json", f"{root}/table/en.json", f"{root}/check/en/")
    for code in (code for code in shipped().gazetteer.parents if len(code) == 2):
        yield from (f"/_r/rferl/frame/{code}/en/", f"/_r/rferl/{code}/en/acts.json", f"/_r/rferl/{code}/en/notice.html")
    for file in RECIPES.rglob("*.html"):
        yield from (path for path in re.findall(r"""(?:src|href|virtual|to)=["']([^"']+)["']""", file.read_text())
                    if not path.startswith("http"))  # fmt: skip
    yield from (f"/{file.name}" for file in RECIPES.rglob("*") if file.suffix in (".js", ".css"))


@pytest.mark.parametrize("whole", [False, True], ids=["kept extract", "all of EasyList"])
def test_no_address_of_ours_is_blocked(whole: bool) -> None:
    asked = {path if path.startswith("/") else f"/{path}" for path in addresses()}
    assert len(asked) > 1000
    assert [path for path in sorted(asked) if blocked(path, whole)] == []


@pytest.mark.parametrize(
    "path", ["/cookie-warning.js", "/adnotice.js", "/_r/rferl/gdpr_notice.html", "/consent/message.js"]
)
def test_an_address_with_a_telling_name_is_blocked(path: str) -> None:
    assert blocked(path, whole=False)
    assert blocked(path, whole=True)


class Names(HTMLParser):
    """The classes, ids and names of some markup."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("class", "id") or (name == "name" and tag != "meta"):
                self.found.update((value or "").split())


@cache
def pages() -> dict[str, str]:
    """Every kind of markup that we give to a page."""
    found = {
        f"{length.value} of {publisher}": fragment(sheet(publisher, ""), length)
        for length in Length
        for publisher in shipped().publishers
    }
    cases, publisher = Cases(shipped()), shipped().publishers["rferl"]
    found["check"] = check.written(cases, publisher, "en", Grade.SOURCED, NOW)
    found["frame"] = frame(sheet("rferl", "en"))
    found["element"] = '<reader-notice class="rdr" src="/_r/rferl/table/en.json"><p>Baked text</p></reader-notice>'
    found["holder"] = '<iframe data-reader src="/_r/rferl/frame/any/en/" title="Legal risks"></iframe>'
    return found


def test_every_class_and_id_begins_with_the_prefix_and_has_no_word_that_blockers_hide() -> None:
    names = {name for text in pages().values() for name in Names(text).found}
    assert len(names) > 5
    assert {name for name in names if name != PREFIX and not name.startswith(f"{PREFIX}-")} == set()
    assert {name for name in names if not fits_as_prefix(name[:32])} == set()


def hiding(lines: list[str]) -> list[str]:
    """The selectors of the rules that hide on every website or on all but some."""
    found = (re.fullmatch(r"(?:~[^#,]+(?:,~[^#,]+)*)?##(?!\+js|\^)(.+)", line) for line in lines)
    return [rule[1] for rule in found if rule]


HIDDEN = """selectors => {
    const hit = [], unknown = [];
    for (const selector of selectors) {
        try {
            for (const one of document.querySelectorAll(selector))
                hit.push(`${selector} hides ${one.outerHTML.slice(0, 80)}`);
        } catch { unknown.push(selector) }
    }
    return [hit, unknown.length];
}"""


@pytest.mark.parametrize("whole", [False, True], ids=["kept extract", "all of EasyList"])
def test_nothing_of_ours_is_hidden(page: Page, whole: bool) -> None:
    selectors = hiding(easylist()) if whole else hiding(rules("hidden.txt"))
    assert len(selectors) > (10_000 if whole else 50)
    page.set_content(
        article([text.partition("<body>")[2].partition("<script>")[0] or text for text in pages().values()])
    )
    assert page.locator(".rdr").count() >= 3 * len(shipped().publishers)
    hit, unknown = page.evaluate(HIDDEN, selectors)
    assert hit == []
    assert unknown * 1000 <= NOT_CSS * len(selectors)


@pytest.mark.parametrize("whole", [False, True], ids=["kept extract", "all of EasyList"])
@pytest.mark.parametrize("named", ['class="ad-notice"', 'class="rdr ad-disclaimer"'])
def test_an_element_with_a_telling_name_is_hidden(page: Page, named: str, whole: bool) -> None:
    page.set_content(article([f"<div {named}>If you are in Russia…</div>"]))
    hit, _ = page.evaluate(HIDDEN, hiding(easylist() if whole else rules("hidden.txt")))
    assert len(hit) == 1


def test_a_page_in_which_a_blocker_hides_what_it_knows_still_shows_the_notice(page: Page) -> None:
    sheets = "".join(
        f"{selector} {{ display: none !important }}\n" for selector in hiding(easylist() + rules("hidden.txt"))
    )
    text = fragment(sheet("rferl", "en"))
    page.set_content(article([text, '<p class="ad-notice">Buy now</p>'], style=sheets))
    assert page.get_by_text("you could face fines").is_visible()
    assert page.locator("summary").is_visible()
    assert not page.get_by_text("Buy now").is_visible()
