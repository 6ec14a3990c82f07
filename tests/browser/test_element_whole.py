"""Element: for every place, clock, language and length that ships, what it builds is the fragment, node for node."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Page

from service.device.table import raised
from service.device.zone import zones
from service.law.moment import Moment
from service.law.place import UNKNOWN
from service.law.publisher import Publisher
from service.page.grade import Grade
from service.page.html import fragment
from service.page.sheet import Length, compose

from ..device.test_table import CASES, EVERY_PLACE, NOW, RULES, SHIPPED, class_of, counted, examined, written
from .conftest import Opened
from .press import document, press
from .site import Site

SOURCES = Path(__file__).resolve().parents[2] / "service" / "device" / "element" / "src"
CLOCKS = ("Etc/UTC", "Europe/Moscow", "Europe/Kyiv", "Europe/Minsk", "Asia/Tehran", "Asia/Bishkek", "Asia/Hong_Kong")
PATIENT = "const was = setTimeout; self.setTimeout = (then, after, ...all) => was(then, after && 30000, ...all)"
"""So many tables at once, on a busy machine, are not what the limit of time is for."""

DIFFERENT = """
expected => [...document.querySelectorAll("reader-notice")].flatMap((element, at) => {
  const template = document.createElement("template");
  template.innerHTML = expected[at];
  const comments = document.createTreeWalker(template.content, NodeFilter.SHOW_COMMENT);
  const found = [];
  while (comments.nextNode()) found.push(comments.currentNode);
  for (const comment of found) comment.remove();
  for (const node of [...template.content.childNodes]) if (node.nodeType === 3 && !node.data.trim()) node.remove();
  const box = document.createElement("div");
  box.className = "b";
  box.append(template.content);
  const built = element.shadowRoot?.querySelector(".b");
  return built?.isEqualNode(box) ? [] : [[element.outerHTML, built?.outerHTML, box.outerHTML]];
})
"""


@pytest.fixture(scope="module")
def paper() -> Iterator[Site]:
    """A website with every table that ships."""
    with press(*((publisher.id, language) for publisher, language in SHIPPED)) as found:
        for source in SOURCES.glob("*.js"):
            found.add(f"/src/{source.name}", source.read_bytes(), "text/javascript")
        yield found


def expected(publisher: Publisher, language: str, place: str, zone: str, length: Length) -> str:
    """The fragment for a place and a clock."""
    clock = counted(written(publisher.id, language), zone)
    found = examined(publisher, language, place, *clock)
    if place == UNKNOWN and clock:
        everywhere = examined(publisher, language, UNKNOWN)
        found = raised(found, everywhere, examined(publisher, language, *clock))
    return fragment(compose(RULES, found, language, Grade.SOURCED), length)


@pytest.mark.parametrize("zone", CLOCKS)
def test_what_is_built_is_the_fragment_node_for_node(opened: Opened, paper: Site, zone: str) -> None:
    elements, fragments = [], []
    for publisher, language in SHIPPED:
        table = written(publisher.id, language)
        if zone != CLOCKS[0] and not counted(table, zone):
            continue
        places = {class_of(table, kind.place): kind.place for kind in CASES.places(Moment.at(NOW)).classes}
        assert len(places) == len(table["cases"])
        for place, length in product(places.values(), Length):
            elements.append(
                f'<reader-notice src="/_r/{publisher.id}/table/{language}.json" place="{place}" length="{length.value}"'
                " hide-when-none></reader-notice>"
            )
            fragments.append(expected(publisher, language, place, zone, length))
    page = opened(timezone_id=zone)
    page.add_init_script(PATIENT)
    page.goto(paper.add("/", document("<p style='height:2000px'>Far above.</p>" + "".join(elements))))
    page.wait_for_function("() => [...document.querySelectorAll('reader-notice')].every(e => e.shadowRoot)")
    assert page.evaluate(DIFFERENT, fragments) == []
    assert len(fragments) >= 3 * 3


def test_the_device_finds_the_class_of_every_code_as_the_engine_does(page: Page, paper: Site) -> None:
    places = [
        *EVERY_PLACE,
        "any",
        "",
        "XX",
        "T1",
        "EU",
        "ru",
        " ua-43 ",
        "RU-ZZZ",
        "**",
    ]
    table = written("svaboda", "en")
    page.goto(paper.add("/", "<!DOCTYPE html><title>Codes</title>"))
    found = page.evaluate(
        "async ([table, places, zones]) => { const { classOf, clockOf } = await import('/src/decision.js');"
        " return [places.map(place => classOf(table, place)), zones.map(zone => clockOf(table, zone))] }",
        [table, places, [*zones(), "UTC", ""]],
    )
    assert found[0] == [class_of(table, place) for place in places]
    clocks = [next((at for at, names in enumerate(table["zones"]) if zone in names.split()), 0) for zone in zones()]
    assert found[1] == [*clocks, 0, 0]
