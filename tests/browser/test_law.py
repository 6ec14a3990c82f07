"""Law: the pages about it; the answers of their slider are the engine's, and everybody can use them."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from service.atlas.timeline import OTHERWISE, SINCE, UNDECLARED, offered, today
from service.law.examination import Visit, examine
from service.law.moment import Moment
from service.law.reader import Reader
from service.law.ruleset import RuleSet
from service.rulebook import load

from .article import examined, overflow
from .conftest import Opened

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs/law"

Question = tuple[str, str, str, str]
"""A publisher, a place, a day and a content, as the page asks."""

ASK = """questions => {
  const data = JSON.parse(document.getElementById("ledger").textContent);
  return questions.map(each => told(data, ...each).map(one => [one.id, one.verdict, one.shown, one.doubts]));
}"""

TWIST = """() => {
  const held = document.getElementById("ledger"), data = JSON.parse(held.textContent);
  const number = data.publishers.findIndex(one => one[0] === "%s");
  const cell = data.cells.find(one => one[1].includes(number) && one[2] === "");
  for (const line of [cell[3], ...Object.keys(cell[4])]) {
    data.lines[line] = data.lines[line].map((value, at) => (at %% 2 || value === 0 ? value : value + 30));
  }
  held.textContent = JSON.stringify(data);
}"""
"""Every answer of one cell begins thirty days late."""


def engine(law: RuleSet, question: Question) -> list[list[Any]]:
    """What the engine has shown to the reader of a question."""
    publisher, place, day, content = question
    declared = None if content == UNDECLARED else frozenset({content} - {OTHERWISE})
    visit = Visit(publisher, Moment.on(date.fromisoformat(day)), Reader(frozenset({place})),
                  law.publishers[publisher].languages[0], declared)  # fmt: skip
    return [
        [one.notice.id, one.verdict.value, one.shown.value, list(dict.fromkeys(doubt.subject for doubt in one.doubts))]
        for one in examine(law, visit).shown
    ]


def questions(law: RuleSet, index: str, count: int) -> list[Question]:
    """Random questions, half of them a day around a change, half about places that some law tells apart."""
    chance = random.Random(2026)
    days = [day for day in law.history.changes if SINCE < day <= today(law)]
    span = (today(law) - SINCE).days
    every = offered(law)
    told_apart = sorted(set(re.findall(r"\b[A-Z]{2}(?:-[A-Z0-9]{1,3})?\b|unknown", index)) & set(every))
    contents = re.findall(r'<option value="([^"]*)"', index.partition('id="content"')[2].partition("</select>")[0])
    found = []
    for number in range(count):
        day = SINCE + timedelta(chance.randint(0, span))
        if number % 2:
            day = max(SINCE, chance.choice(days) - timedelta(chance.randint(0, 1)))
        place = chance.choice(every if number % 4 < 2 else told_apart)
        content = UNDECLARED if number % 3 else chance.choice(contents)
        found.append((chance.choice(sorted(law.publishers)), place, day.isoformat(), content))
    return found


@pytest.fixture(scope="module")
def law() -> RuleSet:
    """The rules that ship."""
    loaded = load(ROOT / "rules")
    assert loaded.ruleset is not None, loaded.errors
    return loaded.ruleset


@pytest.fixture
def index(opened: Opened) -> Page:
    page = opened(viewport={"width": 1000, "height": 800})
    page.goto((FOLDER / "index.html").as_uri())
    return page


def test_the_slider_answers_as_the_engine_does(index: Page, law: RuleSet, amount: Callable[[int, int], int]) -> None:
    asked = questions(law, index.content(), amount(160, 20_000))
    asked += [("rferl", place, day, UNDECLARED) for place in ("RU", "UA-43", "unknown")
              for day in ("2024-02-01", "2024-02-02")]  # fmt: skip
    answers = index.evaluate(ASK, asked)
    assert [one for one, answer in zip(asked, answers, strict=True) if answer != engine(law, one)] == []
    assert sum(map(bool, answers)) > len(asked) / 8


def test_one_interval_that_begins_late_is_noticed(index: Page, law: RuleSet) -> None:
    days = [day.isoformat() for day in law.history.changes if SINCE < day <= today(law)]
    asked = [("rferl", place, day, UNDECLARED) for place in ("RU", "BY") for day in days if day > "2020"]
    expected = [engine(law, one) for one in asked]
    assert index.evaluate(ASK, asked) == expected
    index.evaluate(TWIST % "rferl")
    assert index.evaluate(ASK, asked) != expected


def test_the_slider_moves_by_keyboard_and_says_the_day_and_the_reason(index: Page, law: RuleSet) -> None:
    assert index.get_attribute("#day", "max") == today(law).isoformat() == index.input_value("#day")
    index.select_option("#publisher", "rferl")
    index.select_option("#place", "RU")
    index.focus("#range")
    index.keyboard.press("ArrowLeft")
    assert index.input_value("#day") == (today(law) - timedelta(1)).isoformat()
    assert index.get_attribute("#range", "aria-valuetext") == index.evaluate(
        "day => new Intl.DateTimeFormat('en-GB', {dateStyle: 'long', timeZone: 'UTC'}).format(new Date(day))",
        (today(law) - timedelta(1)).isoformat(),
    )
    assert "told this reader of" in index.inner_text("#summary")
    index.fill("#day", "2024-02-10")
    index.dispatch_event("#day", "change")
    assert "decided 2024-02-02" in index.inner_text("#answers")
    assert "{publisher}" not in index.inner_text("#answers")
    index.click("#earlier")
    assert index.input_value("#day") == "2024-02-02"
    index.click("#earlier")
    index.fill("#day", "2015-01-01")
    index.dispatch_event("#day", "change")
    assert "nothing" in index.inner_text("#summary")


def test_nothing_is_asked_of_anybody_and_nothing_goes_wrong(index: Page) -> None:
    index.click("#later")
    assert {url.rpartition("/")[2] for url in index.requested} == {"index.html", "law.css", "law.js"}  # type: ignore[attr-defined]
    assert all(url.startswith("file:") for url in index.requested)  # type: ignore[attr-defined]
    assert index.log.errors + index.log.messages == []  # type: ignore[attr-defined]


def test_the_pages_are_accessible_in_the_dark_on_a_phone_with_everything_open(opened: Opened) -> None:
    page = opened(color_scheme="dark", reduced_motion="reduce", viewport={"width": 360, "height": 740})
    for name in ("index.html", "kg.html"):
        page.goto((FOLDER / name).as_uri())
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        found = examined(page)
        assert found.violations == [], name
        assert {"color-contrast", "heading-order", "region"} <= found.passed
        assert overflow(page) == 0, name


def test_the_pages_can_be_read_in_the_light_and_a_pale_word_would_be_seen(opened: Opened) -> None:
    page = opened(color_scheme="light")
    page.goto((FOLDER / "index.html").as_uri())
    assert examined(page, "color-contrast").violations == []
    page.evaluate("document.querySelector('h1').style.color = '#bbb'")
    assert len(examined(page, "color-contrast").violations) == 1


def test_without_script_the_tables_say_it(opened: Opened) -> None:
    page = opened(java_script_enabled=False)
    page.goto((FOLDER / "index.html").as_uri())
    assert not page.is_visible("#slider")
    assert page.locator("noscript p").is_visible()
    page.goto((FOLDER / "ru.html").as_uri())
    page.locator("#undesirable-organization summary", has_text="by day").click()
    rows = page.locator("#undesirable-organization tr", has_text="from 2024-02-02")
    assert rows.filter(has_text="RFE/RL").first.is_visible()
