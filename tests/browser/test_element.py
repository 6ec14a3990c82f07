"""Element: in a real browser, what it shows, what it asks for, and that the baked text outlives every failure."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page

from .conftest import Opened
from .press import NOTHING_STORED, SCRIPT, TABLE, WORDS, document, notice, press, shown, stored, until_decided, written
from .site import STRICT, Site, closed_port, site

UNDESIRABLE = 'RFE/RL has been declared an "undesirable organization"'
FOLDED = "Laws of Russia and Belarus may bind you wherever you are"


@pytest.fixture
def paper() -> Iterator[Site]:
    """A publisher's website."""
    with press(("rferl", "en"), ("iran-international", "fa")) as found:
        yield found


def opens(page: Page, paper: Site, body: str, policy: str = STRICT, **settings: str) -> None:
    page.goto(paper.add("/", document(body, **settings), Content_Security_Policy=policy))


def stays_baked(page: Page, wait: int = 120) -> None:
    page.wait_for_timeout(wait)
    assert page.get_by_text(WORDS).is_visible()
    assert page.evaluate("document.querySelector('reader-notice').shadowRoot") is None
    assert stored(page) == NOTHING_STORED


@pytest.mark.parametrize("theme", ["isolated", "host"])
def test_it_shows_the_notice_for_the_place_under_the_strictest_policy(page: Page, paper: Site, theme: str) -> None:
    opens(page, paper, notice(f'place="RU" theme="{theme}"'))
    until_decided(page)
    assert UNDESIRABLE in shown(page)
    assert page.get_by_text(UNDESIRABLE).is_visible()
    assert not page.get_by_text(WORDS).is_visible()
    assert page.log.messages == page.log.errors == []  # type: ignore[attr-defined]
    assert stored(page) == NOTHING_STORED


def test_a_page_asks_for_one_fixed_file_of_its_own_origin_whatever_the_reader_is(opened: Opened, paper: Site) -> None:
    asked = []
    body = "".join(
        notice(f'place="{place}" length="{length}"') for place in ("RU", "DE") for length in ("full", "label")
    )
    for zone in ("Europe/Moscow", "Europe/Berlin"):
        page = opened(timezone_id=zone, locale="ru-RU")
        page.context.add_cookies([{"name": "reader", "value": "canary", "url": paper.origin}])
        paper.asked.clear()
        opens(page, paper, body)
        until_decided(page)
        page.wait_for_timeout(100)
        assert page.requested == [paper.url(path) for path in ("/", "/reader-notice.js", TABLE)]  # type: ignore[attr-defined]
        (table,) = [request for request in paper.asked if request.path == TABLE]
        asked.append({name.lower(): value for name, value in table.headers.items()})
    assert asked[0] == asked[1]
    assert (asked[0]["accept"], asked[0]["accept-language"]) == ("application/json", "*")
    assert not {"cookie", "referer", "origin", "if-none-match"} & asked[0].keys()


def test_the_baked_text_stays_whatever_the_network_does(page: Page, paper: Site) -> None:
    for paper.fault in ("500", "portal", "broken", "redirect", "elsewhere", "refused", "empty"):
        paper.asked.clear()
        opens(page, paper, notice())
        stays_baked(page)
        assert page.requested.count(paper.url(TABLE)) == 1, paper.fault  # type: ignore[attr-defined]
        assert set(paper.paths()) == {"/", "/reader-notice.js", TABLE}, f"{paper.fault} led somewhere else"
        page.requested.clear()  # type: ignore[attr-defined]
    nobody = f"http://127.0.0.1:{closed_port()}"
    opens(
        page,
        paper,
        notice("other-origin", src=nobody + TABLE),
        STRICT.replace("connect-src 'self'", f"connect-src {nobody}"),
    )
    stays_baked(page)


def test_the_baked_text_stays_when_the_answer_is_too_slow(page: Page, paper: Site) -> None:
    paper.pages[TABLE].seconds = 2.8
    opens(page, paper, notice())
    stays_baked(page, wait=3000)
    assert page.requested.count(paper.url(TABLE)) == 1  # type: ignore[attr-defined]


def test_the_baked_text_stays_when_the_policy_blocks_the_request_or_the_script(page: Page, paper: Site) -> None:
    for allowed, blocked in (("connect-src 'self'", "connect-src 'none'"), ("script-src 'self'", "script-src 'none'")):
        opens(page, paper, notice(), STRICT.replace(allowed, blocked))
        stays_baked(page)
    opens(page, paper, notice(), "sandbox")
    page.wait_for_timeout(120)
    assert page.get_by_text(WORDS).is_visible()
    assert TABLE not in paper.paths()


def test_the_baked_text_stays_without_scripts_and_without_the_file(opened: Opened, paper: Site) -> None:
    page = opened(java_script_enabled=False)
    opens(page, paper, notice())
    assert page.get_by_text(WORDS).is_visible()
    page = opened()
    opens(page, paper, notice(), head='<script src="/missing.js"></script>')
    stays_baked(page)


def test_a_table_of_the_past_or_of_another_is_not_used(page: Page, paper: Site) -> None:
    changes: list[dict[str, Any]] = [
        {"until": "2026-11-20T00:00:00Z"}, {"until": "soon"}, {"until": ...}, {"publisher": "meduza"},
        {"language": "ru"}, {"form": 2}, {"form": ...}, {"answers": []}, {"nodes": []}, {"cases": {}},
        {"countries": ...},
    ]  # fmt: skip
    sources = []
    for number, changed in enumerate(changes):
        table = json.loads(written("rferl", "en")) | changed
        sources.append(f"/{number}{TABLE}")
        kept = {name: value for name, value in table.items() if value is not ...}
        paper.add(sources[-1], json.dumps(kept), "application/json")
    opens(page, paper, "".join(notice(src=source) for source in sources))
    page.wait_for_load_state("networkidle")
    assert set(sources) <= set(paper.paths())
    assert page.get_by_text(WORDS).evaluate_all("found => found.filter(e => e.checkVisibility()).length") == len(
        changes
    )


def test_a_table_is_not_used_after_its_last_day_by_the_clock_of_the_device(page: Page, paper: Site) -> None:
    page.clock.set_fixed_time("2028-11-30T12:00:00Z")
    opens(page, paper, notice())
    until_decided(page)
    page.clock.set_fixed_time("2028-12-01T12:00:01Z")
    opens(page, paper, notice())
    stays_baked(page)


def test_nothing_but_a_table_is_ever_asked_for(page: Page, paper: Site) -> None:
    sources = [
        "/_r/rferl/notice.json", "/_r/rferl/any/en/notice.html", TABLE + "?place=RU", TABLE + "#x", "/_r/rferl/table/",
        "data:application/json,{}", "https://", "",
    ]  # fmt: skip
    opens(page, paper, "<reader-notice>no address</reader-notice>" + "".join(notice(src=src) for src in sources))
    page.wait_for_timeout(200)
    assert paper.paths() == ["/", "/reader-notice.js"]
    assert page.get_by_text(WORDS).evaluate_all("found => found.filter(e => e.checkVisibility()).length") == len(
        sources
    )
    assert page.log.errors == []  # type: ignore[attr-defined]


def test_another_origin_is_asked_only_where_the_page_says_so(page: Page, paper: Site) -> None:
    with site() as other:
        other.add(TABLE, written("rferl", "en"), "application/json", Access_Control_Allow_Origin="*")
        policy = STRICT.replace("connect-src 'self'", f"connect-src {other.origin}")
        opens(page, paper, notice(src=other.url(TABLE)), policy)
        stays_baked(page)
        assert other.paths() == []
        opens(page, paper, notice('place="RU" other-origin', src=other.url(TABLE)), policy)
        until_decided(page)
        assert [(asked.method, asked.path) for asked in other.asked] == [("GET", TABLE)]
        assert "Referer" not in other.asked[0].headers


@pytest.mark.parametrize(
    ("zone", "told"),
    [
        (
            "Europe/Berlin",
            {
                'place="DE"': (False, "inform"),
                'place="RU"': (True, "confirm"),
                'place="ua-43"': (True, "confirm"),
                'place="T1"': (True, "inform"),
                "": (True, "inform"),
            },
        ),
        ("Etc/UTC", {'place="DE"': (False, "inform")}),
        ("Europe/Moscow", {'place="DE"': (True, "confirm"), "": (True, "confirm"), 'place="RU"': (True, "confirm")}),
        ("Europe/Simferopol", {'place="DE"': (True, "confirm"), 'place="US-CA"': (True, "confirm")}),
    ],
)
def test_the_clock_of_the_device_raises_caution_and_never_lowers_it(
    opened: Opened, paper: Site, zone: str, told: dict[str, tuple[bool, str]]
) -> None:
    page = opened(timezone_id=zone)
    for place, (full, share) in told.items():
        opens(page, paper, notice(place))
        until_decided(page)
        assert (UNDESIRABLE in shown(page)) is full, place
        assert (FOLDED in shown(page)) is not full, place
        assert page.locator("html").get_attribute("data-rdr-share") == share, place


def test_a_browser_may_report_the_name_of_old_or_of_today(opened: Opened, paper: Site) -> None:
    page = opened()
    page.add_init_script(
        "const was = Intl.DateTimeFormat.prototype.resolvedOptions; Intl.DateTimeFormat.prototype.resolvedOptions ="
        " function () { return { ...was.call(this), timeZone: decodeURIComponent(location.hash.slice(1)) } }"
    )
    paper.add("/clock", document(notice('place="DE"')))
    for zones in (("Europe/Kiev", "Europe/Kyiv"), ("W-SU", "Europe/Moscow")):
        told = []
        for zone in zones:
            page.goto("about:blank")
            page.goto(paper.url("/clock#" + zone))
            until_decided(page)
            told.append(shown(page))
        assert told[0] == told[1]
        assert UNDESIRABLE in told[0]


def test_a_clock_that_says_nothing_leaves_the_place_to_the_edge(page: Page, paper: Site) -> None:
    page.add_init_script("Intl.DateTimeFormat = () => { throw new Error('no') }")
    opens(page, paper, notice('place="DE"'))
    until_decided(page)
    assert FOLDED in shown(page)


def test_what_a_table_must_not_hold_is_not_built(page: Page, paper: Site) -> None:
    table = json.loads(written("rferl", "en"))
    bad = [
        "section", {"onclick": "alert(1)", "style": "color:red", "class": "x"},
        ["a", {"href": "javascript:alert(1)"}, "one"], ["a", {"href": "http://example.org/"}, "two"],
        ["script", {"src": "/evil.js"}, "three"], ["img", {"src": "/evil.png"}], ["iframe", {"src": "/evil"}],
        ["a", {"href": "https://example.org/", "target": "_blank"}, "four"],
    ]  # fmt: skip
    for answer in table["answers"]:
        answer["full"] = [bad]
    paper.add(TABLE, json.dumps(table), "application/json")
    opens(page, paper, notice())
    until_decided(page)
    html = page.evaluate("document.querySelector('reader-notice').shadowRoot.firstChild.innerHTML")
    assert html == '<section class="x"><a>one</a><a>two</a>three<a href="https://example.org/">four</a></section>'
    assert not any("evil" in path for path in paper.paths())


def test_the_words_of_each_length_are_those_asked_for(page: Page, paper: Site) -> None:
    told = {}
    for length in ("full", "short", "label", "endless"):
        opens(page, paper, notice(f'place="BY" length="{length}"'))
        until_decided(page)
        told[length] = shown(page).strip()
    assert told["label"] == "Legal risk for some readers: Belarus and Russia"
    assert told["full"] == told["endless"] != told["short"]
    assert told["full"].startswith("Legal risks for readers of RFE/RL")


def test_where_nothing_is_to_be_said_the_baked_text_stays_unless_the_page_wants_it_gone(
    page: Page, paper: Site
) -> None:
    table = json.loads(written("rferl", "en"))
    for answer in table["answers"]:
        answer |= {"full": [], "acts": {}}
    paper.add(TABLE, json.dumps(table), "application/json")
    opens(page, paper, notice())
    stays_baked(page)
    assert page.locator("html").get_attribute("data-rdr-share") is None
    opens(page, paper, notice('place="RU" hide-when-none'))
    until_decided(page)
    assert not page.get_by_text(WORDS).is_visible()


def acts(page: Page) -> dict[str, str | None]:
    names = ("share", "comment", "like", "subscribe", "donate")
    return {name: page.locator("html").get_attribute(f"data-rdr-{name}") for name in names}


def test_each_act_is_marked_on_the_page_as_the_table_says(opened: Opened, paper: Site) -> None:
    page = opened(timezone_id="Europe/Berlin")
    opens(page, paper, notice('place="RU"'))
    until_decided(page)
    table = json.loads(written("rferl", "en"))
    levels = table["answers"][table["cases"][table["classes"]["RU"]][0]]["acts"]
    assert acts(page) == levels
    assert "confirm" in levels.values()


def test_as_long_as_nothing_is_decided_every_act_informs(page: Page, paper: Site) -> None:
    paper.fault = "500"
    opens(page, paper, notice())
    stays_baked(page)
    assert set(acts(page).values()) == {"inform"}


def test_what_the_page_itself_says_of_an_act_is_never_lowered(opened: Opened, paper: Site) -> None:
    page = opened(timezone_id="Europe/Berlin")
    marked = 'lang="en" data-rdr-share="confirm" data-rdr-like="inform"'
    opens(page, paper, notice('place="DE"'), attributes=marked)
    until_decided(page)
    assert (acts(page)["share"], acts(page)["like"]) == ("confirm", "inform")
    opens(page, paper, notice('place="RU"'), attributes=marked)
    until_decided(page)
    assert (acts(page)["share"], acts(page)["like"]) == ("confirm", "confirm")


def test_a_persian_notice_runs_from_right_to_left_in_an_english_page(page: Page, paper: Site) -> None:
    opens(page, paper, notice('place="IR"', src="/_r/iran-international/table/fa.json"))
    until_decided(page)
    found = page.evaluate(
        "((s, c) => [s.lang, s.dir, c(s).direction, c(s).borderRightWidth, c(s).borderLeftWidth])"
        "(document.querySelector('reader-notice').shadowRoot.querySelector('section'), getComputedStyle)"
    )
    assert found == ["fa", "rtl", "rtl", "4px", "0px"]


HOSTILE = (
    "html{font-size:4px}body{font-size:2px;line-height:.2;visibility:hidden}"
    "*{color:#ddd!important;background:#ddd!important;opacity:.1!important;font-size:3px!important;"
    "text-transform:uppercase!important;display:none!important;visibility:hidden!important}"
    "section,h2,p,a,details,summary,reader-notice,reader-notice *{display:none!important}"
    "html,body{display:block!important}"
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_style_of_the_page_reaches_the_isolated_notice(opened: Opened, paper: Site, scheme: str) -> None:
    page = opened(color_scheme=scheme)
    paper.add("/hostile.css", ":root{color-scheme:light dark}" + HOSTILE, "text/css")
    opens(page, paper, notice(), head='<link rel="stylesheet" href="/hostile.css">' + SCRIPT)
    until_decided(page)
    looks = page.evaluate(
        "(r => [...r.querySelectorAll('section, h2, p, a')].map(e => (s => [s.color, s.fontSize, s.visibility,"
        " s.opacity, s.textTransform, s.display, e.getClientRects().length > 0])(getComputedStyle(e))))"
        "(document.querySelector('reader-notice').shadowRoot)"
    )
    text, link = (
        ("rgb(35, 33, 29)", "rgb(15, 79, 107)") if scheme == "light" else ("rgb(235, 232, 225)", "rgb(158, 208, 230)")
    )
    assert {look[0] for look in looks} == {text, link}
    assert {float(look[1][:-2]) for look in looks} == {16, 18}
    assert {tuple(look[2:5]) for look in looks} == {("visible", "1", "none")}
    assert {look[5] for look in looks} == {"block", "inline"}
    assert all(look[6] for look in looks)
    assert page.evaluate("getComputedStyle(document.querySelector('reader-notice')).opacity") == "1"


def test_the_page_themes_the_isolated_notice_by_its_custom_properties(page: Page, paper: Site) -> None:
    paper.add(
        "/own.css", ":root{--rdr-text:#010203;--rdr-ground:#fefdfc;--rdr-link:#000080;--rdr-size:20px}", "text/css"
    )
    opens(page, paper, notice(), head='<link rel="stylesheet" href="/own.css">' + SCRIPT)
    until_decided(page)
    look = page.evaluate(
        "(s => [s.color, s.backgroundColor, s.fontSize])(getComputedStyle(document.querySelector('reader-notice')"
        ".shadowRoot.querySelector('section')))"
    )
    assert look == ["rgb(1, 2, 3)", "rgb(254, 253, 252)", "20px"]


def test_in_the_style_of_the_page_no_rule_of_ours_has_any_weight(page: Page, paper: Site) -> None:
    paper.add("/own.css", "section{color:#010203} reader-notice{display:flow-root}", "text/css")
    opens(page, paper, notice('place="RU" theme="host"'), head='<link rel="stylesheet" href="/own.css">' + SCRIPT)
    until_decided(page)
    look = page.evaluate(
        "[getComputedStyle(document.querySelector('section')).color,"
        " getComputedStyle(document.querySelector('reader-notice')).display]"
    )
    assert look == ["rgb(1, 2, 3)", "flow-root"]
