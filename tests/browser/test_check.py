"""Check page in a real browser: answers decide without script, and nothing of them leaves the page or stays."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from service.device import check
from service.device.words import WORDS
from service.law.reader import Reader
from service.law.verdict import Verdict
from service.page.grade import Grade

from ..device.form import Form
from ..device.test_check import (
    CASES,
    NOW,
    PASSPORT,
    PLACE,
    RULESET,
    SECOND,
    VERDICTS,
    Engine,
    completions,
    described,
)
from ..web.house import House
from .article import article, examined, overflow
from .conftest import Opened
from .site import Site, site

ENGLISH = WORDS["en"]
PATH = "/_r/rferl/check/en/"


@cache
def page_of(publisher: str, language: str = "en") -> str:
    return check.written(CASES, RULESET.publishers[publisher], language, Grade.SOURCED, NOW)


@cache
def fragment(publisher: str, **settings: Any) -> str:
    return check.inlined(CASES, RULESET.publishers[publisher], "en", Grade.SOURCED, NOW, **settings)


@pytest.fixture
def served() -> Iterator[Site]:
    """The page of every publisher looked at, under its policy, and a page that a link leads to."""
    with site() as found:
        for publisher, language in (("rferl", "en"), ("belsat", "be"), ("iran-international", "fa")):
            text = page_of(publisher, language)
            found.add(
                f"/_r/{publisher}/check/{language}/",
                text,
                Content_Security_Policy=check.policy(text),
                Cache_Control="no-store",
                Referrer_Policy="no-referrer",
            )
        found.add("/elsewhere", "<!doctype html><title>Elsewhere</title><p>Elsewhere</p>")
        yield found


def choose(page: Page, answers: dict[str, str]) -> None:
    """Answer questions by legend and label, as a reader does."""
    for legend, label in answers.items():
        page.get_by_role("group", name=legend).get_by_role("radio", name=label, exact=True).check()


def told(page: Page) -> list[list[str]]:
    """What stands in the result region: for every notice the paragraphs that can be seen."""
    seen = page.locator("[role=status] > div:visible").all()
    return [result.locator("p").all_inner_texts() for result in seen]


def combinations(form: Form, count: int) -> list[dict[str, str]]:
    every = [
        {legend: choice.label for legend, choice in zip(form.questions, chosen, strict=True)}
        for chosen in form.combinations()
    ]
    return random.Random(4).sample(every, count)


@pytest.mark.parametrize("scripts", [False, True], ids=["without script", "with script"])
def test_after_some_answers_exactly_what_the_engine_says_can_be_read_and_nothing_else_happens(
    opened: Opened, served: Site, scripts: bool
) -> None:
    page = opened(java_script_enabled=scripts)
    page.goto(served.url(PATH))
    form, engine = Form(page_of("rferl")), Engine("rferl")
    for answers in combinations(form, 8):
        choose(page, answers)
        exact = engine.says(described(answers))
        others = [engine.says(described(completed)) for completed in completions(form, answers)]
        for notice, (first, *paragraphs) in zip(engine.says(Reader()), told(page), strict=True):
            verdict, texts = exact[notice]
            agreed = all(other[notice][0] is verdict for other in others)
            assert VERDICTS.get(first, Verdict.DOES_NOT_APPLY) is (verdict if agreed else Verdict.MAY_APPLY)
            if agreed:
                assert tuple(paragraphs) == texts
    assert page.requested == [served.url(PATH)]  # type: ignore[attr-defined]
    assert page.url == served.url(PATH)
    assert page.log.errors == []  # type: ignore[attr-defined]


def test_nothing_is_sent_or_kept_whatever_is_pressed(opened: Opened, served: Site) -> None:
    page = opened()
    page.goto(served.url(PATH))
    choose(page, {PLACE: "Russia", PASSPORT: "Russia", SECOND: "No"})
    page.keyboard.press("Enter")
    page.locator("button[type=reset]").click()
    choose(page, {PLACE: "Belarus"})
    page.keyboard.press("Enter")
    assert page.requested == [served.url(PATH)]  # type: ignore[attr-defined]
    assert served.paths() == [PATH]
    assert page.url == served.url(PATH)
    assert page.context.storage_state(indexed_db=True) == {"cookies": [], "origins": []}
    assert page.evaluate("history.length") == 2


def test_answers_are_gone_after_a_reload_and_after_coming_back(opened: Opened, served: Site) -> None:
    page = opened()
    page.goto(served.url(PATH))
    first = told(page)
    choose(page, {PLACE: "Russia", PASSPORT: "Russia"})
    assert told(page) != first
    page.reload()
    assert told(page) == first
    choose(page, {PLACE: "Russia", PASSPORT: "Russia"})
    page.goto(served.url("/elsewhere"))
    page.go_back()
    assert told(page) == first


def test_the_reset_button_declines_everything_again(page: Page, served: Site) -> None:
    page.goto(served.url(PATH))
    first = told(page)
    choose(page, {PLACE: "Russia", PASSPORT: "Russia"})
    assert [words[0] for words in told(page)].count(ENGLISH.applies) == 2
    page.get_by_role("button", name=ENGLISH.clear).click()
    assert told(page) == first


def test_the_policy_arrives_as_it_is_and_stops_a_script_a_form_and_an_image_put_into_the_page(
    opened: Opened, served: Site
) -> None:
    text = page_of("rferl")
    hostile = text.replace(
        "</main>",
        '<script>document.title = "ran"</script><img src="/image"><form action="/leak"><button>send</button></form>'
        '<p id="styled" style="color:red">x</p></main>',
    )
    served.add("/hostile", hostile, Content_Security_Policy=check.policy(text))
    page = opened()
    answer = page.goto(served.url("/hostile"))
    assert answer is not None
    assert answer.headers["content-security-policy"] == check.policy(text)
    page.get_by_role("button", name="send").click()
    assert page.title() == ENGLISH.title
    assert page.url == served.url("/hostile")
    assert {"/image", "/leak", "/leak?"}.isdisjoint(served.paths())


def test_a_link_of_a_text_leads_on_in_the_same_tab_and_does_not_say_where_from(opened: Opened, served: Site) -> None:
    text = page_of("rferl").replace("https://www.rferl.org/", served.url("/elsewhere"))
    served.add(PATH, text, Content_Security_Policy=check.policy(text))
    page = opened()
    page.goto(served.url(PATH))
    page.get_by_role("link", name="click here").click()
    expect(page).to_have_title("Elsewhere")
    (asked,) = [asked for asked in served.asked if asked.path == "/elsewhere"]
    assert "Referer" not in asked.headers
    assert len(page.context.pages) == 1


def test_the_keyboard_alone_answers_and_clears(page: Page, served: Site) -> None:
    page.goto(served.url(PATH))
    first = told(page)
    page.keyboard.press("Tab")
    expect(page.get_by_role("group", name=PLACE).get_by_role("radio").first).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("group", name=PLACE).get_by_role("radio", name="Russia", exact=True)).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("group", name=PASSPORT).get_by_role("radio", name="Russia", exact=True)).to_be_checked()
    assert ENGLISH.applies in [words[0] for words in told(page)]
    for _ in range(3):
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name=ENGLISH.clear)).to_be_focused()
    page.keyboard.press("Enter")
    assert told(page) == first


NARROW = {"width": 320, "height": 600}
LOOKS: dict[str, tuple[str, dict[str, Any]]] = {
    "light": (PATH, {"color_scheme": "light"}),
    "dark": (PATH, {"color_scheme": "dark"}),
    "forced colours": (PATH, {"forced_colors": "active"}),
    "narrow and dark, in Belarusian": ("/_r/belsat/check/be/", {"color_scheme": "dark", "viewport": NARROW}),
    "narrow, in Persian": ("/_r/iran-international/check/fa/", {"viewport": NARROW}),
    "forced colours, in Persian": ("/_r/iran-international/check/fa/", {"forced_colors": "active"}),
}


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_window(opened: Opened, served: Site, look: str) -> None:
    path, settings = LOOKS[look]
    page = opened(bypass_csp=True, **settings)
    page.goto(served.url(path))
    page.locator("fieldset").first.get_by_role("radio").nth(1).check()
    assert examined(page).violations == []
    assert overflow(page) <= 0


def test_axe_finds_nothing_without_any_style_and_then_only_the_cautious_texts_stand(
    opened: Opened, served: Site
) -> None:
    served.add("/bare", page_of("rferl"), Content_Security_Policy="style-src 'none'")
    page = opened(bypass_csp=False)
    page.goto(served.url("/bare"))
    choose(page, {PLACE: "Another country or territory", PASSPORT: "Of another country", SECOND: "No"})
    assert {words[0] for words in told(page)} == {ENGLISH.may_apply}
    expect(page.get_by_text(ENGLISH.old)).to_be_visible()
    assert examined(page).violations == []


def test_a_browser_that_does_not_know_has_shows_the_cautious_texts_and_says_why(page: Page, served: Site) -> None:
    served.add("/old", page_of("rferl").replace(":has(", ":hasnt("))
    page.goto(served.url("/old"))
    choose(page, {PLACE: "Another country or territory", PASSPORT: "Of another country", SECOND: "No"})
    assert {words[0] for words in told(page)} == {ENGLISH.may_apply}
    expect(page.get_by_text(ENGLISH.old)).to_be_visible()
    page.goto(served.url(PATH))
    expect(page.get_by_text(ENGLISH.old)).to_be_hidden()


def test_text_of_twice_the_size_and_wide_spacing_still_fits(opened: Opened, served: Site) -> None:
    spacing = "*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}"
    text = page_of("belsat", "be").replace("</style>", spacing + "html{font-size:200%!important}</style>", 1)
    served.add("/large", text)
    page = opened(viewport={"width": 640, "height": 800})
    page.goto(served.url("/large"))
    assert overflow(page) <= 0


def test_every_answer_is_large_enough_to_be_touched_and_persian_stands_from_the_right(page: Page, served: Site) -> None:
    page.goto(served.url("/_r/iran-international/check/fa/"))
    for label in page.locator("label").all():
        box, radio = label.bounding_box(), label.locator("input").bounding_box()
        assert box is not None
        assert radio is not None
        assert box["height"] >= 24
        assert radio["x"] + radio["width"] > box["x"] + box["width"] - 8


def test_what_is_printed_is_the_result_and_not_the_answers(page: Page, served: Site) -> None:
    page.goto(served.url(PATH))
    choose(page, {PLACE: "Russia", PASSPORT: "Russia"})
    page.emulate_media(media="print")
    assert not page.locator("form").is_visible()
    assert ENGLISH.applies in [words[0] for words in told(page)]


def test_in_an_ordinary_page_with_hostile_styles_and_no_policy_it_works_and_sends_nothing(
    opened: Opened, served: Site
) -> None:
    hostile = "[hidden]{display:none!important} label{display:inline} fieldset{min-width:900px}"
    host = article([fragment("kloop", prefix="one"), fragment("rferl", prefix="two", level=3)], style=hostile)
    served.add("/about-us", host)
    page = opened(viewport={"width": 320, "height": 600})
    page.goto(served.url("/about-us"))
    results = page.get_by_role("status")
    first = results.nth(1).inner_text()
    page.locator("#one-p1").check()
    assert ENGLISH.applies in results.nth(0).inner_text()
    assert results.nth(1).inner_text() == first
    page.keyboard.press("Enter")
    page.locator("#two-n2").check()
    page.keyboard.press("Enter")
    assert results.nth(1).inner_text() != first
    assert page.url == served.url("/about-us")
    assert page.requested == [served.url("/about-us")]  # type: ignore[attr-defined]
    assert examined(page).violations == []


def test_the_service_sends_the_page_with_its_policy_and_it_works_there(opened: Opened, service: House) -> None:
    address = f"http://127.0.0.1:{service.port}/v1/rferl/check/en/"
    page = opened(java_script_enabled=False)
    answer = page.goto(address)
    assert answer is not None
    assert answer.headers["content-security-policy"] == check.policy(answer.text())
    assert "no-store" in answer.headers["cache-control"]
    choose(page, {PLACE: "Russia", PASSPORT: "Russia"})
    assert ENGLISH.applies in [words[0] for words in told(page)]
    assert page.requested == [address]  # type: ignore[attr-defined]
