"""Press: a publisher's website with the element and the tables on it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Page

from service.device.element import ASSETS, NAME

from ..device.test_table import text as written
from .site import Site, settled, site

TABLE = "/_r/rferl/table/en.json"
WORDS = "This is the text that the page was sent with."
BAKED = f'<section><h2>Baked heading</h2><p>{WORDS} <a href="https://example.org/">Read more</a></p></section>'
SCRIPT = f'<script src="/{NAME}" defer></script>'
NOTHING_STORED = ["", 0, 0, 0, 0]


@contextmanager
def press(*tables: tuple[str, str]) -> Iterator[Site]:
    """Start a website with some tables, by publisher and language."""
    with site() as found:
        found.add("/" + NAME, ASSETS[NAME].content, "text/javascript")
        for publisher, language in tables:
            found.add(f"/_r/{publisher}/table/{language}.json", written(publisher, language), "application/json")
        yield found


def notice(attributes: str = 'place="RU"', baked: str = BAKED, src: str = TABLE) -> str:
    """The element as a page writes it."""
    return f'<reader-notice src="{src}" {attributes}>{baked}</reader-notice>'


def document(body: str, *, head: str = SCRIPT, attributes: str = 'lang="en"') -> str:
    """An article with the element in it."""
    return (
        f'<!DOCTYPE html><html {attributes}><head><meta charset="utf-8"><title>Article</title>'
        f'<meta name="viewport" content="width=device-width">{head}</head><body><h1>Article</h1>{body}'
        '<p id="after">After it.</p><p><button>Share</button></p></body></html>'
    )


def shown(page: Page) -> str:
    """The words that the reader sees in the place of the element."""
    return str(page.evaluate("(e => (e.shadowRoot ?? e).textContent)(document.querySelector('reader-notice'))"))


def until_decided(page: Page) -> None:
    """Wait until the element has put its own text, in either theme; the page's policy lets no test wait in the page."""
    assert settled(
        lambda: page.evaluate(
            "(e => !!e.shadowRoot || !e.textContent.includes('Baked heading'))(document.querySelector('reader-notice'))"
        )
    )


def stored(page: Page) -> list[Any]:
    """Whatever is left on the device by a page."""
    assert page.context.cookies() == []
    left: list[Any] = page.evaluate(
        "async () => [document.cookie, localStorage.length, sessionStorage.length,"
        " (await indexedDB.databases()).length, self.caches ? (await caches.keys()).length : 0]"
    )
    return left
