"""Conftest: one browser for the session, a fresh context for every page, and the real service."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, sync_playwright

from ..web.house import House, house
from .site import Site, site

CHROMIUM = "/usr/bin/chromium"
SWITCHES = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]

Opened = Callable[..., Page]


@dataclass
class Log:
    """Every request that a page made, as the browser tells it, and everything that went wrong in it."""

    requests: list[Request] = field(default_factory=list)
    urls: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)

    def hears(self, request: Request) -> None:
        """Write a request down."""
        self.requests.append(request)
        self.urls.append(request.url)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, started once."""
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        try:
            yield found
        finally:
            found.close()


@pytest.fixture
def opened(browser: Browser) -> Iterator[Opened]:
    """Makes a page in a fresh context; keyword arguments are the context's (timezone_id, locale, color_scheme …).

    The page carries `requested` (addresses, in order) and `log`.
    """
    contexts: list[BrowserContext] = []

    def made(**settings: Any) -> Page:
        context = browser.new_context(**settings)
        contexts.append(context)
        context.set_default_timeout(10_000)
        page = context.new_page()
        log = Log()
        page.on("request", log.hears)
        page.on("pageerror", lambda error: log.errors.append(str(error)))
        page.on("console", lambda message: log.messages.append(message.text))
        page.log = log  # type: ignore[attr-defined]
        page.requested = log.urls  # type: ignore[attr-defined]
        return page

    yield made
    for context in contexts:
        context.close()


@pytest.fixture
def page(opened: Opened) -> Page:
    """A page in a fresh context, with its request log as `page.requested`."""
    return opened()


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The real service, one worker, on the rules that ship with it; nobody may change its rules."""
    with house(tmp_path_factory.mktemp("service"), 1) as found:
        yield found


@pytest.fixture
def website(service: House) -> Iterator[Site]:
    """A publisher's website with the real service behind `/_r/`."""
    with site(service.port) as found:
        yield found
