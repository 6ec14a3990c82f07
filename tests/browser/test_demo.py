"""Demonstration: a newspaper that one wants to read, in every way, language and size; and the pictures of the README.

`PICTURES=1 pytest tests/browser/test_demo.py` writes the pictures in docs/ anew. Otherwise the pages are only compared
with them, roughly: fonts and edges differ from machine to machine.
"""

from __future__ import annotations

import os
import struct
import threading
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page
from werkzeug.serving import make_server

from service.demo.app import create_demo
from service.demo.choice import USUAL, Choice
from service.demo.way import WAYS
from service.rulebook import load
from service.web.library import Library

from .article import examined, overflow
from .conftest import Opened

ROOT = Path(__file__).resolve().parents[2]
LARGEST = 200_000
"""Bytes of a picture at most."""


@dataclass(frozen=True)
class Picture:
    """What is shown, how wide and high, by which light, and how far above the notice it begins; 0 for at the top."""

    name: str
    choice: Choice
    width: int
    height: int
    scheme: str = "light"
    above: int = 0


DAY = date(2026, 11, 23)
"""The day of the pictures, so that no change of the law makes others of them."""

PICTURES = (
    Picture("notice", Choice(day=DAY), 1280, 1540),
    Picture("notice-fa", Choice("iran-international", "IR", "fa", "element", DAY), 1280, 1480),
    Picture("notice-phone", Choice("meduza", "any", "ru", "included", DAY), 360, 1100, "dark", 330),
)


@pytest.fixture(scope="module")
def demo() -> Iterator[str]:
    """The demonstration on a free loopback port; its address."""
    library = Library(ROOT / "tests/seed", load)
    library.open()
    server = make_server("127.0.0.1", 0, create_demo(library), threaded=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


def shows(page: Page, demo: str, choice: Choice) -> None:
    page.goto(demo + choice.path)
    if choice.way.startswith("element"):
        page.wait_for_timeout(150)


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.name)
def test_a_page_looks_as_it_is_pictured(opened: Opened, demo: str, picture: Picture) -> None:
    page = opened(
        viewport={"width": picture.width, "height": picture.height},
        color_scheme=picture.scheme,
        timezone_id="Europe/Tallinn",
        locale="en-GB",
    )
    shows(page, demo, picture.choice)
    if picture.above:
        top = page.evaluate("document.querySelector('.placed').getBoundingClientRect().top")
        page.evaluate("top => scrollTo({top, behavior: 'instant'})", top - picture.above)
    taken = page.screenshot()
    file = ROOT / "docs" / f"{picture.name}.png"
    if os.environ.get("PICTURES"):
        file.write_bytes(small(opened(), taken))
    kept = file.read_bytes()
    assert len(kept) < LARGEST
    compared = difference(opened(), kept, taken)
    assert compared["sizes"] == [[picture.width, picture.height]] * 2
    assert compared["apart"] < 24


@pytest.mark.parametrize(("language", "scheme"), [("en", "light"), ("ru", "dark"), ("fa", "dark")])
def test_anybody_can_read_it(opened: Opened, demo: str, language: str, scheme: str) -> None:
    page = opened(viewport={"width": 1280, "height": 900}, color_scheme=scheme)
    for way in ("included", "house", "element", "frame", "acts", "text", "check-inside"):
        shows(page, demo, Choice(USUAL[language], "RU", language, way))
        assert examined(page).violations == [], way


@pytest.mark.parametrize("language", USUAL)
def test_it_fits_the_narrowest_phone(opened: Opened, demo: str, language: str) -> None:
    page = opened(viewport={"width": 320, "height": 640})
    for way in WAYS:
        if way.sheet and not way.fault:
            shows(page, demo, Choice(USUAL[language], "UA-43", language, way.name))
            assert overflow(page) <= 0, way.name


def test_everything_is_asked_of_the_newspaper_and_nothing_is_kept(opened: Opened, demo: str) -> None:
    page = opened()
    for way in WAYS:
        shows(page, demo, Choice(place="BY", way=way.name))
        kept = "[document.cookie.length, localStorage.length, sessionStorage.length]"
        assert page.evaluate(kept) == [0, 0, 0]
    page.wait_for_load_state("networkidle")
    assert page.context.cookies() == []
    requested: list[str] = page.requested  # type: ignore[attr-defined]
    assert [address for address in requested if not address.startswith(demo + "/")] == []
    assert page.log.errors == []  # type: ignore[attr-defined]


def test_a_place_and_a_day_can_be_chosen_without_script(opened: Opened, demo: str) -> None:
    page = opened(java_script_enabled=False)
    shows(page, demo, Choice())
    page.get_by_label("Where the reader may be").select_option("RU")
    page.get_by_label("On the day").fill("2024-01-20")
    page.get_by_role("button", name="Show").click()
    assert page.url == demo + "/on/2024-01-20/rferl/RU/en/included/"
    assert "undesirable organization" not in page.locator("article").inner_text()
    page.get_by_role("link", name="Today").click()
    assert page.url == demo + "/rferl/RU/en/included/"
    assert 'declared an "undesirable organization"' in page.locator("article").inner_text()
    page.get_by_role("link", name="Your own style").click()
    assert page.url == demo + "/rferl/RU/en/house/"


def test_a_control_is_pressed_only_after_its_box_is_ticked_and_then_does_nothing(opened: Opened, demo: str) -> None:
    page = opened(java_script_enabled=False)
    shows(page, demo, Choice(place="RU", way="acts"))
    share = page.get_by_role("link", name="Share", exact=True)
    assert not share.is_visible()
    page.get_by_label("I have read this: Share").check()
    share.click()
    assert page.get_by_text("Nothing happened").is_visible()
    assert page.url.endswith("/acts/#nothing")


@pytest.mark.parametrize("way", [way.name for way in WAYS if way.fault or way.name == "element-blocked"])
def test_what_was_baked_in_stays_in_every_failure(opened: Opened, demo: str, way: str) -> None:
    page = opened()
    page.goto(demo + Choice(place="RU", way=way).path, wait_until="load")
    page.wait_for_timeout(2500 if way.endswith("slow") else 200)
    if way.startswith("element"):
        assert page.evaluate("document.querySelector('reader-notice').shadowRoot") is None
        assert page.get_by_role("heading", name="Legal risks for readers of RFE/RL").is_visible()
    else:
        assert page.locator("iframe").is_visible()
        assert page.get_by_role("link", name="Does this apply to me?").is_visible()


def difference(page: Page, *pictures: bytes) -> dict[str, Any]:
    """Both pictures' sizes, and how far apart they are, from 0 to 255, seen from where no letter can be read."""
    found: dict[str, Any] = page.evaluate(
        """async pictures => {
          const seen = await Promise.all(pictures.map(async picture => {
            const image = new Image();
            image.src = "data:image/png;base64," + picture;
            await image.decode();
            const canvas = new OffscreenCanvas(6, 6).getContext("2d");
            canvas.imageSmoothingQuality = "high";
            canvas.drawImage(image, 0, 0, 6, 6);
            return { size: [image.width, image.height], dots: canvas.getImageData(0, 0, 6, 6).data };
          }));
          const [one, other] = seen;
          const apart = one.dots.map((dot, at) => Math.abs(dot - other.dots[at]));
          return { sizes: seen.map(({ size }) => size), apart: Math.max(...apart) };
        }""",
        [b64encode(picture).decode() for picture in pictures],
    )
    return found


def small(page: Page, picture: bytes) -> bytes:
    """A picture in the 256 colours that it has most of, as a PNG a third as large."""
    width, height, colours, dots = page.evaluate(
        """async picture => {
          const image = new Image();
          image.src = "data:image/png;base64," + picture;
          await image.decode();
          const { width, height } = image;
          const canvas = new OffscreenCanvas(width, height).getContext("2d");
          canvas.drawImage(image, 0, 0);
          const seen = canvas.getImageData(0, 0, width, height).data;
          const counts = new Map();
          const colourAt = at => (seen[at] << 16) | (seen[at + 1] << 8) | seen[at + 2];
          for (let at = 0; at < seen.length; at += 4) counts.set(colourAt(at), (counts.get(colourAt(at)) || 0) + 1);
          const kept = [...counts].sort((one, other) => other[1] - one[1]).slice(0, 256).map(([colour]) => colour);
          const apart = (one, other) =>
            [16, 8, 0].reduce((sum, by) => sum + (((one >> by) & 255) - ((other >> by) & 255)) ** 2, 0);
          const nearest = new Map(kept.map((colour, at) => [colour, at]));
          for (const colour of counts.keys())
            if (!nearest.has(colour)) {
              let best = 0;
              kept.forEach((one, at) => { if (apart(one, colour) < apart(kept[best], colour)) best = at; });
              nearest.set(colour, best);
            }
          const dots = new Uint8Array(width * height);
          for (let at = 0; at < seen.length; at += 4) dots[at / 4] = nearest.get(colourAt(at));
          let text = "";
          for (let at = 0; at < dots.length; at += 8192) text += String.fromCharCode(...dots.subarray(at, at + 8192));
          return [width, height, kept, btoa(text)];
        }""",
        b64encode(picture).decode(),
    )
    rows = b64decode(dots)
    lines = b"".join(b"\0" + rows[at : at + width] for at in range(0, width * height, width))
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
        (b"PLTE", b"".join(colour.to_bytes(3, "big") for colour in colours)),
        (b"IDAT", zlib.compress(lines, 9)),
        (b"IEND", b""),
    )
    chunks = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)
