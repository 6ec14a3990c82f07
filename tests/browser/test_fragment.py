"""The fragment in a real page: an accessibility checker finds nothing, whatever the reader's settings."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from dataclasses import replace as changed
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from service.law.examination import Visit, examine
from service.law.moment import Moment
from service.law.publisher import Publisher
from service.law.reader import Reader
from service.law.register import Entry
from service.law.ruleset import RuleSet
from service.law.verdict import Verdict
from service.law.wording import Speech, Wording
from service.page.html import fragment
from service.page.sheet import Length, Sheet, compose
from service.page.style import style
from service.rulebook import load

from ..page.law import NOW, RU, RULESET
from .article import article, examined, overflow
from .conftest import Opened

RULES = Path(__file__).parents[1] / "seed"

ARABIC = "إذا كنت في روسيا أو تحمل جواز سفرها فقد تواجه غرامة أو السجن. القراءة غير معاقب عليها."

SPACING = (
    "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"
    "p { margin-block-end: 2em !important }"
)
"""What WCAG 1.4.12 lets a reader set."""


@cache
def shipped() -> RuleSet:
    found = load(RULES).ruleset
    assert found is not None
    return found


@cache
def invented() -> RuleSet:
    """A law whose text is in Arabic."""
    notice = RULESET.notices[RU]
    texts = {**notice.wording.texts, "ar": {verdict: Speech(ARABIC) for verdict in Verdict}}
    publisher = Publisher("arabic", {"en": "Sahifa", "ar": "صحيفة"}, ("ar", "en"), universal=(RU,))
    register = RULESET.registers["ru/register"]
    entries = (*register.entries, Entry(publisher="arabic"))
    return changed(
        RULESET,
        notices={**RULESET.notices, RU: changed(notice, wording=Wording(texts))},
        registers={**RULESET.registers, "ru/register": changed(register, entries=entries)},
        publishers={**RULESET.publishers, "arabic": publisher},
    ).linked()


def sheet(publisher: str, language: str, place: str = "unknown") -> Sheet:
    ruleset = invented() if publisher == "arabic" else shipped()
    visit = Visit(publisher, Moment.at(NOW), Reader(frozenset({place})), language)
    return compose(ruleset, examine(ruleset, visit), language, next_change=ruleset.next_change(NOW))


@dataclass(frozen=True)
class Mode:
    """How a page is looked at: whether it has the style, in a browser that knows less, the context's settings, what is
    imposed on the page, the medium, and the color-scheme that the page declares."""

    styled: bool = True
    older: bool = False
    settings: Mapping[str, Any] = field(default_factory=dict)
    imposed: str = ""
    media: str = ""
    scheme: str = "light dark"


WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 640}

MODES = {
    "styled": Mode(settings={"viewport": WIDE}),
    "unstyled": Mode(styled=False, settings={"viewport": WIDE}),
    "unstyled on a small screen": Mode(styled=False, settings={"viewport": NARROW}),
    "dark": Mode(settings={"color_scheme": "dark"}),
    "dark wanted from a page that is only light": Mode(
        settings={"color_scheme": "dark"}, scheme="", imposed="p { color: #333 } body { background: #fff }"
    ),
    "dark in a browser without light-dark()": Mode(older=True, settings={"color_scheme": "dark"}),
    "forced colours": Mode(settings={"forced_colors": "active"}),
    "forced colours, dark": Mode(settings={"forced_colors": "active", "color_scheme": "dark"}),
    "320 pixels": Mode(settings={"viewport": NARROW}),
    "text at 200 % on a small screen": Mode(settings={"viewport": NARROW}, imposed="html { font-size: 200% }"),
    "text spacing": Mode(settings={"viewport": NARROW}, imposed=SPACING),
    "more contrast, less motion": Mode(settings={"contrast": "more", "reduced_motion": "reduce"}),
    "print": Mode(media="print"),
}

PAGES = {
    "five publishers in one page": (
        "en", (("rferl", "en"), ("svaboda", "be"), ("iran-international", "fa"), ("arabic", "ar"), ("meduza", "ru")),
    ),
    "a page in Persian": ("fa", (("iran-international", "fa"), ("arabic", "ar"), ("rferl", "en"))),
    "a page in Arabic": ("ar", (("arabic", "ar"),)),
}  # fmt: skip

CASES = [
    (named, of)
    for named in MODES
    for of in PAGES
    if of != "a page in Arabic" or named in ("styled", "unstyled", "320 pixels")
]


def laid(opened: Opened, mode: Mode, language: str, fragments: list[str]) -> Page:
    page = opened(**mode.settings)
    sheet = style() if mode.styled else ""
    if mode.older:
        sheet, cuts = re.subn(r"@supports[^{]*{[^}]*}}", "", sheet)
        assert cuts == 1
    page.set_content(article(fragments, language, style=sheet + mode.imposed, scheme=mode.scheme))
    if mode.media:
        page.emulate_media(media=mode.media)  # type: ignore[arg-type]
    return page


@pytest.mark.parametrize(("named", "of"), CASES)
def test_the_checker_finds_nothing_and_no_page_becomes_wider_than_its_window(
    opened: Opened, named: str, of: str
) -> None:
    language, asked = PAGES[of]
    page = laid(opened, MODES[named], language, [fragment(sheet(*one)) for one in asked])
    found = examined(page)
    assert found.violations == []
    assert {"heading-order", "valid-lang", "region"} <= found.passed
    # Of a page that has Arabic letters alone the checker measures no contrast; the colours are those of the others.
    assert "color-contrast" in found.passed or of == "a page in Arabic"
    assert overflow(page) <= 0
    assert page.evaluate("document.activeElement === document.body")


@pytest.mark.parametrize("length", [Length.SHORT, Length.LABEL])
def test_the_shorter_forms_pass_as_well(opened: Opened, length: Length) -> None:
    fragments = [fragment(sheet(*one), length) for one in PAGES["five publishers in one page"][1]]
    page = laid(opened, MODES["320 pixels"], "en", fragments)
    assert examined(page).violations == []
    assert overflow(page) <= 0


@pytest.mark.parametrize("level", range(1, 7))
def test_every_level_of_heading_fits_a_page_that_is_at_that_level(opened: Opened, level: int) -> None:
    page = opened()
    above = "".join(f"<h{n}>Part {n}</h{n}>" for n in range(2, level))
    text = article([above, fragment(sheet("svaboda", "be"), level=level)])
    page.set_content(text if level > 1 else text.replace("<h1>The river at night</h1>", ""))
    found = examined(page, "heading-order", "empty-heading", "page-has-heading-one")
    assert found.violations == []
    assert found.passed == {"heading-order", "empty-heading", "page-has-heading-one"}


SMALL = '<summary style="padding: 0; font-size: 8px; line-height: 1; block-size: 9px">'

BROKEN: dict[str, Callable[[str], str]] = {
    "color-contrast": lambda text: text.replace('class="rdr"', 'class="rdr" style="color: #9a9a9a"'),
    "valid-lang": lambda text: text.replace('class="rdr-text"', 'class="rdr-text" lang="no language!"'),
    "link-name": lambda text: text.replace(">click here<", "><"),
    "heading-order": lambda text: text.replace("h2", "h5"),
    "landmark-unique": lambda text: text + text.replace("rdr-", "rdx-"),
    "empty-heading": lambda text: re.sub(r"(<h2[^>]*>)[^<]*", r"\1", text),
    "list": lambda text: text.replace("<ul>", "<ul><p>A paragraph among its items</p>").replace("details", "div"),
    "target-size": lambda text: text.replace("<summary>", f"{SMALL}A</summary></details><details>{SMALL}"),
}


@pytest.mark.parametrize("rule", BROKEN)
def test_the_checker_catches_a_fragment_that_is_broken(page: Page, rule: str) -> None:
    text = fragment(sheet("rferl", "en"))
    broken = BROKEN[rule](text)
    assert broken != text
    page.set_content(article([broken], style=style()))
    assert rule in {line.partition(":")[0] for line in examined(page, rule).violations}


def test_two_publishers_have_landmarks_of_different_names_even_for_one_and_the_same_notice(page: Page) -> None:
    page.set_content(article([fragment(sheet("rferl", "en")), fragment(sheet("theins", "en"))]))
    names = page.evaluate("""[...document.querySelectorAll('section')].map(one =>
        document.getElementById(one.getAttribute('aria-labelledby')).textContent)""")
    assert names == ["Legal risks for readers of RFE/RL", "Legal risks for readers of The Insider"]
    assert examined(page).violations == []


def test_everything_can_be_reached_and_opened_with_the_keyboard_alone(page: Page) -> None:
    page.set_content(article([fragment(sheet("rferl", "en"))], style=style()))
    reached = []
    for _ in range(2):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.tagName"))
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    assert reached == ["A", "SUMMARY"]
    hidden = page.get_by_text('Taking part in an "extremist formation"')
    assert not hidden.is_visible()
    page.keyboard.press("Enter")
    assert hidden.is_visible()
    assert examined(page).violations == []
    page.keyboard.press("Enter")
    assert not hidden.is_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement === document.body")


@pytest.mark.parametrize("viewport", [WIDE, NARROW])
def test_whatever_is_pressed_is_at_least_24_pixels_high(opened: Opened, viewport: dict[str, int]) -> None:
    page = opened(viewport=viewport)
    page.set_content(article([fragment(sheet("rferl", "en"))], style=style()))
    box = page.locator("summary").bounding_box()
    assert box is not None
    assert box["height"] >= 24
    assert box["width"] >= 24


def test_print_opens_what_is_folded_and_prints_where_links_lead(page: Page) -> None:
    page.set_content(article([fragment(sheet("rferl", "en"))], style=style()))
    assert not page.locator(".rdr-else li").first.is_visible()
    page.emulate_media(media="print")
    assert page.evaluate("document.querySelector('details').open") is False
    assert page.evaluate("""[...document.querySelectorAll('.rdr-else li')].map(one => {
        const box = one.getBoundingClientRect();
        return document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2) === one;
    })""") == [True, True, True]
    after = page.evaluate("getComputedStyle(document.querySelector('.rdr a'), '::after').content")
    assert "https://www.rferl.org/" in after or "attr(href)" in after
    assert page.evaluate("getComputedStyle(document.querySelector('.rdr')).color") == "rgb(0, 0, 0)"


def ground(page: Page) -> str:
    found: str = page.evaluate("getComputedStyle(document.querySelector('.rdr')).backgroundColor")
    return found


def test_the_colours_follow_the_scheme_that_the_page_declares_and_not_the_device_alone(opened: Opened) -> None:
    page = opened(color_scheme="dark")
    text = fragment(sheet("rferl", "en"))
    page.set_content(article([text], style=style(), scheme=""))
    light = ground(page)
    page.set_content(article([text], style=style(), scheme="light dark"))
    assert light == "rgb(246, 244, 239)"
    assert ground(page) == "rgb(30, 33, 36)"


OWN = ":root { --rdr-ground: #fffbe6 } h2 { font-size: 40px } section { padding: 1px }"


def test_a_page_sets_colours_anywhere_above_and_its_own_rules_win(page: Page) -> None:
    text = fragment(sheet("rferl", "en"))
    page.set_content(article([text], style=style() + OWN))
    assert ground(page) == "rgb(255, 251, 230)"
    assert page.evaluate("getComputedStyle(document.querySelector('.rdr-title')).fontSize") == "40px"
    assert page.evaluate("getComputedStyle(document.querySelector('.rdr')).paddingTop") == "1px"


def test_the_style_of_another_prefix_fits_the_fragment_of_that_prefix(page: Page) -> None:
    text = fragment(sheet("rferl", "en"), prefix="mirror")
    page.set_content(article([text], style=style("mirror")))
    assert page.evaluate("getComputedStyle(document.querySelector('.mirror')).backgroundColor") == "rgb(246, 244, 239)"
    page.set_content(article([text], style=style()))
    assert page.evaluate("getComputedStyle(document.querySelector('.mirror')).backgroundColor") == "rgba(0, 0, 0, 0)"


def test_the_style_stays_in_the_text_and_moves_nothing(page: Page) -> None:
    page.set_content(article([fragment(sheet("svaboda", "be"))], style=style()))
    assert page.evaluate("""[...document.querySelectorAll('.rdr, .rdr *')].every(one => {
        const look = getComputedStyle(one);
        return look.position === 'static' && look.animationName === 'none' && look.transitionDuration === '0s';
    })""")


def test_the_fragment_asks_for_nothing_and_keeps_nothing(page: Page) -> None:
    page.set_content(article([fragment(sheet("svaboda", "be")), fragment(sheet("rferl", "en"))], style=style()))
    page.locator("summary").first.click()
    page.wait_for_timeout(100)
    assert page.requested == []  # type: ignore[attr-defined]
    assert page.log.errors == page.log.messages == []  # type: ignore[attr-defined]
    assert page.context.cookies() == []


def test_in_forced_colours_the_rule_at_the_side_stays_and_the_ground_is_the_readers(opened: Opened) -> None:
    page = opened(forced_colors="active")
    page.set_content(article([fragment(sheet("rferl", "en"))], style=style()))
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    look = page.evaluate("""(() => {
        const [own, host] = [getComputedStyle(document.querySelector('.rdr')), getComputedStyle(document.body)];
        return [own.borderInlineStartWidth, own.borderInlineStartStyle,
                own.borderInlineStartColor === host.color, own.color === host.color];
    })()""")
    assert look[0] != "0px"
    assert look[1:] == ["solid", True, True]


def test_right_to_left_text_has_its_rule_on_the_right(page: Page) -> None:
    page.set_content(article([fragment(sheet("arabic", "ar"))], "ar", style=style()))
    assert page.evaluate("getComputedStyle(document.querySelector('.rdr')).borderRightWidth") != "0px"
    assert page.evaluate("getComputedStyle(document.querySelector('.rdr')).borderLeftWidth") == "0px"
    assert ARABIC[:20] in page.locator(".rdr").inner_text()


def test_the_seed_wording_says_who_then_if_then_what_then_where_to_read_more() -> None:
    text = fragment(sheet("rferl", "en"))
    order = ["has been declared", "If you are in Russia", "you could face fines", "To find out more", "<details"]
    assert [text.index(words) for words in order] == sorted(text.index(words) for words in order)
