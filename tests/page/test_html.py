"""The fragment: markup that can stand in any page, and nothing that a page must not carry."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from service.law.wording import Speech
from service.page import html
from service.page import sheet as sheets
from service.page.phrases import LABEL as LONGEST
from service.page.phrases import PHRASES
from service.page.sheet import Length

from .law import BY, LABEL, RU, RULESET, sheet

VOID = {"br", "hr", "img", "input", "link", "meta"}
ALLOWED = {
    "section",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "div",
    "p",
    "small",
    "a",
    "bdi",
    "details",
    "summary",
    "ul",
    "li",
    "span",
}
BLOCKED = re.compile(r"cookie|consent|gdpr|cmp|banner|popup|legal|terms|disclaimer|notice|(?:^|[-_ ])ad")


class Tree(HTMLParser):
    """Reads a fragment strictly: every tag closed in order; what stands in it as lists."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.comments: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in VOID
        self.open.append(tag)
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)

    def attributes(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", "".join(self.words)).strip()


CASES = [
    ("plain", "unknown", ""), ("plain", "DE", "en"), ("plain", "BY", "ru"), ("own", "unknown", "en"),
    ("svaboda", "unknown", "uk"), ("svaboda", "DE", "be"), ("meduza", "RU", "ru"), ("agent", "RU", "fa"),
    ("spoken", "unknown", "fa"), ("svaboda", "RU", "kk"),
]  # fmt: skip


@pytest.mark.parametrize(("publisher", "place", "asked"), CASES)
@pytest.mark.parametrize("length", Length)
def test_every_fragment_is_well_formed_and_of_harmless_tags_only(
    publisher: str, place: str, asked: str, length: Length
) -> None:
    tree = Tree(html.fragment(sheet(publisher, place, asked), length))
    assert {tag for tag, _ in tree.tags} <= ALLOWED
    for tag, attributes in tree.tags:
        names = set(attributes)
        assert names <= {"class", "id", "lang", "dir", "data-nosnippet", "aria-labelledby", "href", "rel"}, tag
        for name in ("class", "id"):
            assert not BLOCKED.search(attributes.get(name) or "")


@pytest.mark.parametrize(("publisher", "place", "asked"), CASES)
def test_one_section_is_named_by_its_visible_heading(publisher: str, place: str, asked: str) -> None:
    tree = Tree(html.fragment(sheet(publisher, place, asked)))
    (section,) = tree.attributes("section")
    assert "data-nosnippet" in section
    assert [heading["id"] for heading in tree.attributes("h2")] == [section["aria-labelledby"]]


@pytest.mark.parametrize(("publisher", "place", "asked"), CASES)
def test_whatever_has_a_language_of_its_own_has_a_direction_too(publisher: str, place: str, asked: str) -> None:
    tree = Tree(html.fragment(sheet(publisher, place, asked)))
    for tag, attributes in tree.tags:
        if "lang" in attributes and tag != "bdi":
            assert attributes["dir"] == ("rtl" if attributes["lang"] == "fa" else "ltr")


def test_one_notice_is_headed_in_the_publishers_voice_and_several_are_sub_headings_of_one_section() -> None:
    single = Tree(html.fragment(sheet("own")))
    assert single.text.startswith("Legal risks for readers of RFE/RL RFE/RL was declared undesirable.")
    assert single.attributes("h3") == []
    several = Tree(html.fragment(sheet("plain")))
    assert len(several.attributes("h2")) == 1
    assert len(several.attributes("h3")) == 2
    assert "Legal risks for readers of Plain & Co" in several.text


def test_a_label_that_a_publisher_must_carry_is_headed_by_its_own_title_and_not_as_a_risk_of_readers() -> None:
    findings = [item.finding for item in sheet("agent", "RU", "ru").items if item.finding.notice.id == LABEL]
    (carried,) = [item for item in sheet("agent", "RU", "ru").items if item.finding in findings]
    tree = Tree(html.fragment(replace(sheet("agent", "RU", "ru"), items=(carried,))))
    assert tree.text.startswith("Label of a foreign agent")


def test_the_names_of_two_publishers_landmarks_differ_for_one_and_the_same_notice() -> None:
    headings = {re.findall(r"<h2[^>]*>(.*?)</h2>", html.fragment(sheet(name, "RU")))[0] for name in ("own", "meduza")}
    assert len(headings) == 2


def test_the_level_of_the_heading_and_the_prefix_are_the_publishers_to_set() -> None:
    own = sheet("plain")
    own = replace(own, publisher=replace(own.publisher, heading_level=4, class_prefix="mirror"))
    for tree in (Tree(html.fragment(own)), Tree(html.fragment(sheet("plain"), level=4, prefix="mirror"))):
        assert len(tree.attributes("h4")) == 1
        assert len(tree.attributes("h5")) == 2
        classes = {attributes["class"] or "" for _, attributes in tree.tags if attributes.get("class")}
        assert {name.split("-")[0] for name in classes} == {"mirror"}
        assert tree.comments[-1] == " mirror: end "


@pytest.mark.parametrize("level", [1, 6])
def test_a_heading_is_of_the_first_level_to_the_sixth(level: int) -> None:
    tree = Tree(html.fragment(sheet("plain"), level=level))
    assert len(tree.attributes(f"h{level}")) == (1 if level == 1 else 3)
    assert len(tree.attributes("h2")) == (2 if level == 1 else 0)


@pytest.mark.parametrize("level", [0, 7, -1])
def test_another_level_is_refused(level: int) -> None:
    with pytest.raises(ValueError, match="level"):
        html.fragment(sheet("plain"), level=level)


@pytest.mark.parametrize("length", Length)
def test_two_comments_say_where_it_begins_and_ends_and_of_which_rules_it_is(length: Length) -> None:
    text = html.fragment(sheet("plain"), length)
    assert text.startswith("<!-- rdr: rules f1 -->\n<")
    assert text.endswith(">\n<!-- rdr: end -->\n")
    assert len(Tree(text).comments) == 2


@pytest.mark.parametrize("length", Length)
def test_nothing_in_it_tells_one_reader_or_place_from_another_that_gets_the_same_texts(length: Length) -> None:
    assert html.fragment(sheet("plain", "DE", "en"), length) == html.fragment(sheet("plain", "HK", "en"), length)
    russian = frozenset({"RU"})
    texts = [html.fragment(sheet("plain", place, "en", citizen_of=russian), length) for place in ("DE", "HK", "UA")]
    assert len(set(texts)) == 1
    for _, attributes in Tree(texts[0]).tags:
        assert not re.search(r"\b(RU|BY|DE|HK|UA)\b|/", " ".join(value or "" for value in attributes.values()))


@pytest.mark.parametrize("language", PHRASES)
def test_a_label_has_at_most_80_characters_whatever_the_countries(language: str) -> None:
    words = PHRASES[language]
    codes = ["RU", "BY", "IR", "KG", "HK", "CF", "GB", "KP"]
    for number in range(1, len(codes) + 1):
        assert 0 < len(words.short_label(codes[:number])) <= LONGEST == 80


@pytest.mark.parametrize("prefix", ["cookie-box", "legal", "my-notice", "ad-x", "x y", '"><script>', "", "Rdr"])
def test_a_prefix_that_blockers_hide_or_that_is_markup_is_refused(prefix: str) -> None:
    with pytest.raises(ValueError, match="prefix"):
        html.fragment(sheet("plain"), prefix=prefix)


def test_text_is_escaped_once_and_quotation_marks_stand_as_written() -> None:
    text = html.fragment(sheet("plain", "BY"))
    assert "You are in Belarus." in text
    text = html.fragment(sheet("plain"))
    assert "If you are in Belarus &lt;i&gt;now&lt;/i&gt; &amp; share…" in text
    assert "&amp;amp;" not in text
    assert '<h3 class="rdr-subtitle">Taking part in an "undesirable organization"</h3>' in text


@pytest.mark.parametrize(
    "hostile",
    ["<script>alert(1)</script>", "{{7*7}}", "{0.__class__}", "{publisher.__class__}", '"><img src=x>', "--><b>"],
)
def test_hostile_words_from_a_rule_stay_words(hostile: str) -> None:
    notices = dict(RULESET.notices)
    wording = notices[BY].wording
    texts = {"en": {verdict: replace(speech, text=hostile) for verdict, speech in wording.texts["en"].items()}}
    notices[BY] = replace(notices[BY], title={"en": hostile}, wording=replace(wording, texts=texts))
    ruleset = replace(RULESET, notices=notices, fingerprint=hostile)
    tree = Tree(html.fragment(sheet("plain", ruleset=ruleset)))
    assert tree.words.count(hostile) == 2
    assert {tag for tag, _ in tree.tags} <= ALLOWED
    nothing = Tree(html.fragment(sheet("quiet", ruleset=ruleset)))
    assert nothing.comments == [f" rdr: nothing to say; rules {re.sub(r'[^A-Za-z0-9._]', '', hostile)} "]
    assert nothing.tags == []


def test_the_publishers_own_words_are_printed_with_their_links() -> None:
    text = html.fragment(sheet("own"))
    assert "<p>RFE/RL was declared undesirable.</p>" in text
    address = 'href="https://www.example.org/why?a=1&amp;b=2"'
    assert f'<p>To find out more, <a {address} rel="noreferrer noopener">click here</a> or [there].</p>' in text


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/", "//example.org/", "/path", "javascript:alert(1)", "data:text/html,x", "https://a@b.org/",
        "https://", "https://exa mple.org", "https://пример.рф/", "https://example.org/\u202e", 'https://e.org/"x', "",
    ],
)  # fmt: skip
def test_only_plain_https_addresses_become_links(url: str) -> None:
    speech = Speech("See [here].", {"here": url})
    block = sheets.Block("T", "en", (sheets.spoken(speech, "en", RULESET.publishers["plain"]),))
    text = html.section(block)
    assert "<a" not in text
    assert "See [here]." in text


def test_a_name_in_another_language_is_set_apart() -> None:
    text = html.fragment(sheet("own", "RU", "ru"))
    assert 'читаете «<bdi lang="en">RFE/RL</bdi>»' in text
    assert "<p>RFE/RL was declared" in text


def test_a_draft_stands_below_the_english_text_with_a_mark_in_its_own_language() -> None:
    text = html.fragment(sheet("plain", "RU", "fa"))
    tree = Tree(text)
    assert tree.attributes("section")[0]["lang"] == "fa"
    assert tree.attributes("section")[0]["dir"] == "rtl"
    english, draft = text.index("If you are in Russia…"), text.index("اگر در روسیه هستید")
    assert english < text.index("ترجمهٔ پیش‌نویس") < draft
    assert '<div class="rdr-text" lang="en" dir="ltr">\n<p>If you are in Russia…</p>' in text
    assert '<div class="rdr-draft">' in text


def test_what_is_held_back_is_one_line_with_the_titles_behind_it() -> None:
    tree = Tree(html.fragment(sheet("own")))
    assert len(tree.attributes("details")) == len(tree.attributes("summary")) == 1
    assert "Sharing extremist materials" in tree.text
    assert "You are in Belarus" not in tree.text
    assert "If you are in Belarus" not in tree.text


def test_where_nothing_is_shown_there_is_a_comment_and_not_nothing() -> None:
    assert html.fragment(sheet("quiet")) == "<!-- rdr: nothing to say; rules f1 -->\n"


def test_a_prescribed_text_is_printed_letter_for_letter_with_the_publishers_words() -> None:
    text = html.fragment(sheet("agent"))
    assert (
        '<div class="rdr-text" lang="ru" dir="ltr">\n<p>МАТЕРИАЛ СОЗДАН И (ИЛИ) ДАН &lt;АГЕНТОМ&gt; ООО «А»</p>' in text
    )


def test_a_label_of_the_state_is_not_printed_for_who_does_not_carry_it() -> None:
    assert LABEL in RULESET.notices
    assert "МАТЕРИАЛ" not in html.fragment(sheet("own", "RU", "ru"))


def test_the_short_form_keeps_every_warning_and_the_label_is_one_line() -> None:
    short = Tree(html.fragment(sheet("plain", "DE", "en"), Length.SHORT))
    assert short.attributes("details") == []
    assert "A law of Russia may bind you wherever you are" in short.text
    label = Tree(html.fragment(sheet("plain"), Length.LABEL))
    assert label.text == "Legal risk for some readers: Russia and Belarus"
    assert RU in RULESET.notices
