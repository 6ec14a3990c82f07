"""Pages of the demonstration: each way of embedding, each language, each day, and nothing from elsewhere."""

from __future__ import annotations

import re
import shutil
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from werkzeug.test import Client

from service.demo.almanac import Almanac, first_noon, noon
from service.demo.app import create_demo
from service.demo.article import ARTICLES
from service.demo.choice import PLACES, USUAL, Choice
from service.demo.way import BY_NAME, WAYS
from service.rulebook import load
from service.web.app import create_app
from service.web.library import Library

from .conftest import ROOT

LOADED = {"script": "src", "link": "href", "img": "src", "iframe": "src", "form": "action", "reader-notice": "src"}
EMPTY = {"meta", "link", "input", "br"}
EDITIONS = [Choice(publisher, language=language) for language, publisher in USUAL.items()]


class Reading(HTMLParser):
    """What a page loads, and whether every tag that is opened is closed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.classes: list[str] = []
        self.wrong: list[str] = []
        self._open: list[str] = []
        self.feed(page)
        self.close()
        self.wrong += self._open

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        if LOADED.get(tag) in given:
            self.loads.append(given[LOADED[tag]] or "")
        self.wrong += [f"{tag} {name}" for name in given if name.startswith("on") or name == "style"]
        self.classes += (given.get("class") or "").split()
        if tag not in EMPTY:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attributes)
        if tag not in EMPTY:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.wrong.append(f"/{tag}")


def test_every_way_is_shown_in_every_language(client: Client) -> None:
    assert set(ARTICLES) == set(USUAL)
    for edition in EDITIONS:
        for way in WAYS:
            answer = client.get(edition.but(way=way.name).path)
            assert answer.status_code == 200, (edition, way.name)
            page = Reading(answer.get_data(as_text=True))
            assert page.wrong == [], (edition, way.name)
            assert ARTICLES[edition.language].headline in answer.get_data(as_text=True)


def test_a_page_loads_nothing_from_elsewhere_and_allows_no_more_than_its_way_needs(client: Client) -> None:
    for edition in EDITIONS:
        for way in WAYS:
            answer = client.get(edition.but(way=way.name).path)
            assert all(re.match(r"/(?!/)", address) for address in Reading(answer.get_data(as_text=True)).loads)
            allowed = dict(part.partition(" ")[::2] for part in answer.headers["Content-Security-Policy"].split("; "))
            assert allowed["default-src"] == allowed["base-uri"] == allowed["frame-ancestors"] == "'none'"
            assert allowed["require-trusted-types-for"] == "'script'"
            assert "unsafe" not in answer.headers["Content-Security-Policy"]
            assert ("script-src" in allowed) == any(part.startswith("script-src") for part in way.policy)
            assert "Set-Cookie" not in answer.headers
            assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("place", PLACES)
def test_the_notice_is_the_services_own_byte_for_byte(client: Client, library: Library, place: str) -> None:
    service = Client(create_app(library, lambda *_: frozenset({"unknown"})))
    for edition in EDITIONS:
        there = service.get(f"/v1/{edition.publisher}/{place}/{edition.language}/notice.html").get_data(as_text=True)
        assert there in client.get(edition.but(place=place).path).get_data(as_text=True)


def test_the_newspaper_passes_a_question_on_and_nothing_of_the_readers_with_it(client: Client) -> None:
    path = "/_r/rferl/any/en/notice.html"
    told = {"Accept-Language": "be-BY", "X-Forwarded-For": "95.24.0.1", "Cookie": "reader=1", "If-None-Match": "*"}
    plain, telling = client.get(path), client.get(path, headers=told)
    assert (plain.status_code, plain.get_data()) == (telling.status_code, telling.get_data())
    assert plain.status_code == 200


def test_what_a_reader_is_never_stands_in_an_address(client: Client) -> None:
    assert client.get(f"{Choice().path}?citizen_of=RU").status_code == 400
    assert client.get("/choose?place=RU&passport=RU").status_code == 400
    for edition in EDITIONS:
        page = client.get(edition.path).get_data(as_text=True)
        names = re.findall(r'<(?:input|select)[^>]* name="([a-z]+)"', page)
        assert sorted(set(names)) == ["day", "language", "place", "publisher", "way"]
        assert all("?" not in address for address in re.findall(r'href="(/[^"]*)"', page))


def test_a_choice_becomes_a_path(client: Client) -> None:
    answer = client.get("/choose?publisher=meduza&place=BY&day=2025-02-01&language=ru&way=element")
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/on/2025-02-01/meduza/BY/ru/element/"
    assert client.get("/choose").headers["Location"] == Choice().path
    assert client.get("/").headers["Location"] == Choice().path


@pytest.mark.parametrize(
    "path",
    [
        "/choose?day=yesterday",
        "/choose?day=20240219",
        "/choose?language=de",
        "/choose?way=none",
        "/choose?publisher=nobody",
        "/choose?place=../RU",
        "/on/2024-02-30/rferl/any/en/included/",
        "/rferl/any/en/none/",
        "/rferl/any/de/included/",
        "/nobody/any/en/included/",
        "/press/app.py",
        "/press/..%2fapp.py",
        "/fault/other/_r/rferl/any/en/notice.html",
    ],
)
def test_what_does_not_exist_is_not_found(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'"
    assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_a_day_is_shown_as_the_law_stood_then(client: Client) -> None:
    """RFE/RL was listed in Russia on 20 February 2024, under a decision of 2 February."""
    today = client.get(Choice(place="RU").path).get_data(as_text=True)
    before = client.get(Choice(place="RU", day=date(2024, 1, 20)).path).get_data(as_text=True)
    after = client.get(Choice(place="RU", day=date(2024, 2, 19)).path).get_data(as_text=True)
    words = "has been declared an &#34;undesirable organization&#34;", 'has been declared an "undesirable organization"'
    assert any(word in today for word in words)
    assert any(word in after for word in words)
    assert not any(word in before for word in words)
    assert "20 January 2024" in before


def test_everything_on_a_page_of_another_day_is_asked_of_that_day(client: Client) -> None:
    for way in WAYS:
        chosen = Choice(way=way.name, day=date(2024, 1, 20))
        page = Reading(client.get(chosen.path).get_data(as_text=True))
        asked = [address for address in page.loads if "/_r/" in address]
        assert all(address.startswith("/on/2024-01-20/") for address in asked)
        decided_there = [address for address in asked if not address.endswith("/reader.css")]
        assert bool(decided_there) == (way.shape in ("element", "frame"))


def test_a_page_leads_to_the_days_on_which_its_notice_changes(library: Library) -> None:
    almanac = Almanac(library)
    for edition in EDITIONS:
        for place in ("any", "RU", "IR"):
            days = almanac.changes(edition.publisher, place, edition.language)
            assert days == tuple(sorted(days))
            for day in days:
                path = f"/v1/{edition.publisher}/{place}/{edition.language}/notice.html"
                eve = date.fromordinal(day.toordinal() - 1)
                assert almanac.ask(day, path).content != almanac.ask(eve, path).content
    assert date(2024, 2, 1) in almanac.changes("rferl", "RU", "en")


def test_a_day_begins_to_count_with_its_noon() -> None:
    assert first_noon(noon(date(2024, 2, 19))) == date(2024, 2, 19)
    assert first_noon(noon(date(2024, 2, 19)).replace(minute=1)) == date(2024, 2, 20)


def test_only_so_many_days_are_kept(library: Library) -> None:
    almanac = Almanac(library)
    for number in range(40):
        assert almanac.ask(date(2024, 1, 1 + number % 31), "/healthz").status == 200
    assert almanac._on.cache_info().currsize == 16


def test_a_saved_rule_changes_every_day_at_once(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "tests/seed", tmp_path / "rules")
    library = Library(tmp_path / "rules", load)
    library.open()
    library.watch.quiet = 0
    client = Client(create_demo(library))
    path = Choice(day=date(2025, 1, 1)).path
    assert "Hello, reader." not in client.get(path).get_data(as_text=True)
    file = tmp_path / "rules/publishers/rferl.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("To find out more,", "Hello, reader. To find out more,"))
    library.settle()
    assert "Hello, reader." in client.get(path).get_data(as_text=True)


def test_the_ways_have_lines_to_copy_with_the_choice_in_them(client: Client) -> None:
    for way in WAYS:
        page = client.get(Choice("meduza", "BY", "ru", way.name).path).get_data(as_text=True)
        lines = re.search(r"<code>(.*?)</code></pre>", page, re.DOTALL)
        assert lines
        assert "{" not in lines[1]
        assert "meduza" in lines[1]
    assert set(BY_NAME) == {way.name for way in WAYS}
    assert len(BY_NAME) == len(WAYS)


def test_the_script_of_the_frame_is_the_recipes() -> None:
    recipe = ROOT / "docs/recipes/frame/parent.js"
    assert (ROOT / "service/demo/press/parent.js").read_bytes() == recipe.read_bytes()


def test_nothing_that_a_page_names_is_hidden_by_blockers(client: Client) -> None:
    telling = re.compile(r"cookie|consent|gdpr|cmp|banner|popup|legal|terms|disclaimer|(^|[-_])ads?([-_]|$)")
    for way in WAYS:
        page = Reading(client.get(Choice(way=way.name).path).get_data(as_text=True))
        assert [name for name in page.classes if telling.search(name) or "notice" in name] == []
