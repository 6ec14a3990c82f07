"""Acts: the recipe for a page's controls, as printed, in a real browser and filled by the real service."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType

import pytest
from playwright.sync_api import Locator, Page

from service.page.caution import CAUTIONS
from service.page.risk import CONTROLS

from .article import examined, overflow
from .conftest import Opened
from .site import Site, closed_port, site

RECIPE = Path(__file__).resolve().parents[2] / "docs" / "recipes" / "acts"
POLICY = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'"
ALL = dict.fromkeys(CONTROLS, "confirm")


@pytest.fixture(scope="module")
def recipe() -> ModuleType:
    spec = importlib.util.spec_from_file_location("acts", RECIPE / "acts.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def article(recipe: ModuleType, marks: Mapping[str, str] | None = None) -> str:
    """The article as it is when nothing was heard, with marks on its outermost element."""
    page: str = recipe.marked((RECIPE / "article.html").read_text(), "http://127.0.0.1:1/")
    attributes = "".join(f' data-rdr-{name}="{gate}"' for name, gate in (marks or {}).items())
    return page.replace('<html lang="en"', f'<html lang="en"{attributes}')


def shown(page: Page, html: str, served: Site, **headers: str) -> Page:
    served.add("/acts.css", (RECIPE / "acts.css").read_text(), "text/css; charset=utf-8")
    page.goto(served.add("/article.html", html, **headers))
    return page


def part(page: Page, control: str, name: str) -> Locator:
    return page.locator(f'[data-rdr-act="{control}"] > [data-rdr-{name}]')


def is_marked(page: Page, control: str) -> bool:
    """Whether the text beside a control has its mark."""
    width: str = part(page, control, "said").evaluate("node => getComputedStyle(node).borderInlineStartWidth")
    return width != "0px"


def seen(page: Page) -> dict[str, tuple[bool, bool, bool]]:
    """Of every control: whether its text is marked, whether the box is there, whether the control is."""
    return {
        control: (
            is_marked(page, control),
            part(page, control, "ask").is_visible(),
            part(page, control, "control").is_visible(),
        )
        for control in CONTROLS
    }


PLAIN, INFORM, CONFIRM = (False, False, True), (True, False, True), (True, True, False)


def test_the_style_has_twelve_lines_and_the_article_no_script(recipe: ModuleType) -> None:
    assert len((RECIPE / "acts.css").read_text().splitlines()) == 12
    assert not re.search(r"<script|\son\w+=|javascript:|https?://", article(recipe))
    assert set(re.findall(r'data-rdr-act="(\w+)"', article(recipe))) == set(CONTROLS)
    assert tuple(CONTROLS) == recipe.CONTROLS


def test_without_a_mark_the_general_text_stands_beside_a_control_that_works(
    page: Page, recipe: ModuleType, website: Site
) -> None:
    shown(page, article(recipe), website)
    assert seen(page) == dict.fromkeys(CONTROLS, PLAIN)
    for control in CONTROLS:
        assert part(page, control, "said").inner_text() == CAUTIONS["en"].general


@pytest.mark.parametrize("javascript", [True, False])
def test_a_mark_touches_its_own_control_and_no_other(
    opened: Opened, recipe: ModuleType, website: Site, javascript: bool
) -> None:
    page = opened(java_script_enabled=javascript)
    for control in CONTROLS:
        for gate, look in (("inform", INFORM), ("confirm", CONFIRM)):
            shown(page, article(recipe, {control: gate}), website, Content_Security_Policy=POLICY)
            assert seen(page) == dict.fromkeys(CONTROLS, PLAIN) | {control: look}
    assert page.log.messages == []  # type: ignore[attr-defined]
    assert {url.partition("/article")[0].partition("/acts.css")[0] for url in page.requested} == {website.origin}  # type: ignore[attr-defined]


@pytest.mark.parametrize("outside", ["confirm", "inform"])
def test_of_two_marks_around_a_control_the_louder_counts(
    page: Page, recipe: ModuleType, website: Site, outside: str
) -> None:
    inside = "inform" if outside == "confirm" else "confirm"
    html = article(recipe, {"share": outside}).replace("<main", f'<main data-rdr-share="{inside}"')
    assert seen(shown(page, html, website))["share"] == CONFIRM


def test_a_confirmed_control_comes_with_the_tick_by_keyboard_and_goes_with_it(
    page: Page, recipe: ModuleType, website: Site
) -> None:
    shown(page, article(recipe, {"share": "confirm"}), website)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.type") == "checkbox"
    page.keyboard.press("Space")
    assert seen(page)["share"] == (True, True, True)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Share by e-mail"
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Space")
    assert seen(page)["share"] == CONFIRM


def test_a_hidden_control_is_not_reached_by_the_keyboard_nor_told_by_a_screen_reader(
    page: Page, recipe: ModuleType, website: Site
) -> None:
    shown(page, article(recipe, ALL), website)
    assert page.get_by_role("link").count() == 0
    assert page.get_by_role("button").count() == 0
    assert page.get_by_role("checkbox").count() == len(CONTROLS)
    assert page.get_by_role("checkbox", name="I have read this and want to donate").count() == 1


def test_a_tick_is_neither_sent_nor_kept(page: Page, recipe: ModuleType, website: Site) -> None:
    shown(page, article(recipe, ALL), website)
    page.get_by_role("checkbox").first.check()
    before = len(page.requested)  # type: ignore[attr-defined]
    page.reload()
    assert page.requested[before:] == [website.url("/article.html"), website.url("/acts.css")]  # type: ignore[attr-defined]
    assert page.get_by_role("checkbox", checked=True).count() == 0
    kept = page.evaluate("[document.cookie, localStorage.length, sessionStorage.length]")
    assert kept == ["", 0, 0]


def test_reading_is_never_gated(page: Page, recipe: ModuleType, website: Site) -> None:
    marks = {**ALL, "read": "confirm", "search": "confirm"}
    html = article(recipe, marks).replace("<article>", '<article data-rdr-act="read"><p data-rdr-control>Read me</p>')
    shown(page, html, website)
    assert page.get_by_text("Read me").is_visible()
    assert page.get_by_text("The ferry left at dawn").is_visible()


@pytest.mark.parametrize("what", ["no style", "refused by policy", "no box"])
def test_where_the_recipe_fails_the_control_stays(page: Page, recipe: ModuleType, website: Site, what: str) -> None:
    html = article(recipe, ALL)
    headers = {"Content_Security_Policy": "default-src 'none'"} if what == "refused by policy" else {}
    if what == "no style":
        html = html.replace("acts.css", "gone.css")
    if what == "no box":
        html = re.sub(r"<label data-rdr-ask>.*\n", "", html)
    shown(page, html, website, **headers)
    for control in CONTROLS:
        assert part(page, control, "control").is_visible()
        assert part(page, control, "said").is_visible()


def test_a_browser_without_has_shows_the_text_and_the_control(page: Page, recipe: ModuleType, website: Site) -> None:
    shown(page, article(recipe, ALL), website)
    website.add("/acts.css", (RECIPE / "acts.css").read_text().replace(":has(", ":nowhere("), "text/css")
    page.goto(website.url("/article.html"))
    assert seen(page) == dict.fromkeys(CONTROLS, INFORM)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("gate", ["inform", "confirm"])
def test_the_marked_article_is_accessible_and_no_wider_than_a_small_window(
    opened: Opened, recipe: ModuleType, website: Site, gate: str, scheme: str
) -> None:
    page = opened(viewport={"width": 320, "height": 600}, color_scheme=scheme)
    shown(page, article(recipe, dict.fromkeys(CONTROLS, gate)), website)
    assert examined(page).violations == []
    assert overflow(page) == 0
    page.emulate_media(forced_colors="active")
    assert examined(page).violations == []


def filled(recipe: ModuleType, website: Site, place: str, language: str = "en", publisher: str = "rferl") -> str:
    page: str = recipe.marked(
        (RECIPE / "article.html").read_text(), website.url(f"/_r/{publisher}/{place}/{language}/acts.json")
    )
    return page


def test_in_russia_the_servers_part_gates_what_is_punished_there(page: Page, recipe: ModuleType, website: Site) -> None:
    shown(page, filled(recipe, website, "RU"), website)
    assert seen(page) == {
        "share": CONFIRM, "like": CONFIRM, "donate": CONFIRM, "comment": INFORM, "subscribe": INFORM,
    }  # fmt: skip
    assert part(page, "share", "said").inner_text() == (
        "Sharing. Under the law of Russia, some readers can face a fine or another penalty and, the second time, "
        "criminal prosecution."
    )
    assert part(page, "comment", "said").inner_text().startswith("Commenting. It is not clear whether")


@pytest.mark.parametrize("place", ["any", "unknown", "XX"])
def test_where_the_place_is_not_known_everything_informs_and_nothing_asks(
    page: Page, recipe: ModuleType, website: Site, place: str
) -> None:
    shown(page, filled(recipe, website, place), website)
    assert seen(page) == dict.fromkeys(CONTROLS, INFORM)


def test_the_texts_stand_in_their_own_language_and_direction(page: Page, recipe: ModuleType, website: Site) -> None:
    shown(page, filled(recipe, website, "IR", "fa", "iran-international"), website)
    said = part(page, "share", "said")
    assert (said.get_attribute("lang"), said.get_attribute("dir")) == ("fa", "rtl")
    assert said.inner_text() == f"هم‌رسانی. {CAUTIONS['fa'].not_stated}"
    assert examined(page).violations == []


@pytest.mark.parametrize("fault", ["500", "portal", "broken", "refused", "empty", "redirect", "nobody", "slow"])
def test_whatever_happens_to_the_data_the_page_has_every_control_and_the_general_text(
    recipe: ModuleType, service: object, fault: str
) -> None:
    with site(closed_port()) as website:
        website.fault = "" if fault == "nobody" else fault
        page = filled(recipe, website, "RU")
    assert "$" not in page
    assert "data-rdr-share=" not in page
    assert page.count(CAUTIONS["en"].general) == len(CONTROLS)


def test_the_general_texts_of_the_page_are_those_of_the_service() -> None:
    readme = (RECIPE / "README.md").read_text()
    for language, words in CAUTIONS.items():
        draft = "" if language == "en" else " (draft)"
        assert f"| {language}{draft} | {words.general} |" in readme


def test_every_mark_that_the_page_explains_is_one_that_the_service_gives() -> None:
    readme = (RECIPE / "README.md").read_text()
    assert all(f"`{control}`" in readme for control in CONTROLS)
    assert set(re.findall(r"^\| `(\w+)` \| (?:the place|everything)", readme, re.MULTILINE)) == {"confirm", "inform"}
