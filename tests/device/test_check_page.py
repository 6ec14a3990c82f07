"""Check page: its bytes, its policy, its words and its names."""

from __future__ import annotations

import re
import string
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest

from service.device import check
from service.device.words import WORDS, Words
from service.law.cases import Cases
from service.page.grade import Grade
from service.page.language import direction
from service.page.phrases import phrases

from .form import Form
from .test_check import CASES, NOW, PUBLISHERS, RULESET
from .test_check import page as english

BLOCKED = re.compile(r"cookie|consent|gdpr|cmp|banner|popup|legal|terms|disclaimer|notice|(?:^|[-_ ])ad")
BUDGET = 30_000
PAGES = [(publisher, "en") for publisher in PUBLISHERS] + [
    ("belsat", "be"), ("belsat", "ru"), ("svaboda", "be"), ("svaboda", "ru"), ("dw", "uk"), ("dw", "ru"),
    ("iran-international", "fa"), ("kloop", "ru"), ("meduza", "ru"),
]  # fmt: skip
"""Every publisher, every language, and in two languages those that most is said of."""


def page(publisher: str, language: str = "en", cases: Cases = CASES, **changes: object) -> str:
    owner = replace(RULESET.publishers[publisher], **changes)  # type: ignore[arg-type]
    return check.written(cases, owner, language, Grade.SOURCED, NOW)


@pytest.fixture(scope="module")
def pages() -> dict[tuple[str, str], str]:
    return {(publisher, language): english(publisher) if language == "en" else page(publisher, language)
            for publisher, language in PAGES}  # fmt: skip


def names(text: str) -> Iterator[str]:
    for tag, attributes in Form(text).tags:
        yield from (attributes[key] or "" for key in ("id", "class", "name") if key in attributes and tag != "meta")


def test_the_pages_looked_at_are_in_every_language_and_of_whom_most_is_said() -> None:
    published = {language for publisher in RULESET.publishers.values() for language in publisher.languages}
    assert {language for _, language in PAGES} == WORDS.keys() & published
    said = {publisher: len(Form(english(publisher)).results) for publisher in PUBLISHERS}
    most = {publisher for publisher in said if said[publisher] == max(said.values())}
    for publisher in most:
        assert {tag for tag in RULESET.publishers[publisher].languages if tag in WORDS} == {
            language for owner, language in PAGES if owner == publisher
        }


@pytest.mark.parametrize("words", WORDS.values(), ids=lambda words: words.language)
def test_every_language_has_every_word_with_the_same_slots(words: Words) -> None:
    for field in fields(Words):
        ours, theirs = getattr(words, field.name), getattr(WORDS["en"], field.name)
        for mine, other in zip(*((text,) if isinstance(text, str) else text for text in (ours, theirs)), strict=True):
            slots = [sorted(name for _, name, _, _ in string.Formatter().parse(text) if name) for text in (mine, other)]
            assert slots[0] == slots[1], field.name
            assert bool(mine.strip()) is bool(other)
            assert len(mine) <= 2 * len(other) + 20, field.name
            assert mine.count("\n\n") == other.count("\n\n")


def test_no_page_is_larger_than_its_budget(pages: dict[tuple[str, str], str]) -> None:
    assert max(len(text.encode()) for text in pages.values()) < BUDGET


def test_every_reader_gets_the_same_bytes_whoever_asked_before(pages: dict[tuple[str, str], str]) -> None:
    fresh = Cases(RULESET)
    for publisher, language in (("rferl", "en"), ("svaboda", "be")):
        assert page(publisher, language, fresh) == pages[publisher, language]


def test_the_bytes_are_the_same_throughout_a_period_and_others_after_a_listing() -> None:
    owner = RULESET.publishers["dw"]
    listed = datetime(2025, 11, 30, 10, tzinfo=UTC)
    tick = timedelta(microseconds=1)

    def at(instant: datetime) -> str:
        return check.written(CASES, owner, "en", Grade.SOURCED, instant)

    before, after = CASES.period(listed - tick), CASES.period(listed)
    assert before.end == after.start == listed
    assert before.start is not None
    assert after.end is not None
    assert at(before.start) == at(before.start + (listed - before.start) / 3) == at(listed - tick) != at(listed)
    assert at(listed) == at(listed + (after.end - listed) / 2) == at(after.end - tick)


def test_a_page_asks_for_nothing_and_runs_nothing(pages: dict[tuple[str, str], str]) -> None:
    for text in pages.values():
        form = Form(text)
        assert {tag for tag, _ in form.tags} <= {
            "html", "head", "meta", "title", "style", "body", "main", "div", "h1", "h2", "h3", "p", "small", "strong",
            "form", "fieldset", "legend", "label", "input", "span", "bdi", "button", "a",
        }  # fmt: skip
        for tag, attributes in form.tags:
            assert not attributes.keys() & {"src", "action", "formaction", "ping", "style", "srcset", "value"}
            assert not any(name.startswith("on") for name in attributes)
            assert "href" not in attributes or (tag == "a" and attributes["rel"] == "noreferrer noopener")
        assert "url(" not in form.style
        assert "@import" not in form.style
        assert "<" not in form.style


def test_the_form_keeps_nothing_and_sends_nothing_even_where_no_policy_stops_it() -> None:
    form = Form(page("rferl"))
    (attributes,) = [attributes for tag, attributes in form.tags if tag == "form"]
    assert attributes == {"method": "dialog", "autocomplete": "off"}
    buttons = [attributes for tag, attributes in form.tags if tag == "button"]
    assert buttons == [{"disabled": None, "hidden": None}, {"type": "reset"}]


def test_no_class_id_or_name_is_one_that_blockers_hide(pages: dict[tuple[str, str], str]) -> None:
    for text in pages.values():
        assert not [name for name in names(text) if BLOCKED.search(name)]
        assert all(name.startswith("rdr-") for name in names(text))


def test_ids_are_unique_and_what_describes_a_question_is_there(pages: dict[tuple[str, str], str]) -> None:
    for text in pages.values():
        tags = Form(text).tags
        found = [attributes["id"] for _, attributes in tags if "id" in attributes]
        assert len(found) == len(set(found))
        assert {a["aria-describedby"] for _, a in tags if "aria-describedby" in a} <= set(found)


def test_the_policy_names_exactly_the_one_style_and_nothing_else() -> None:
    text = page("rferl")
    (style,) = re.findall("<style>(.*?)</style>", text, re.DOTALL)
    digest = b64encode(sha256(style.encode()).digest()).decode()
    assert check.policy(text) == (
        f"default-src 'none'; style-src 'sha256-{digest}'; form-action 'none'; base-uri 'none'; "
        "frame-ancestors 'self'; sandbox"
    )
    assert "style-src 'none';" in check.policy("<p>what stands in when something of ours breaks</p>")


def test_every_question_is_declined_at_first_and_there_are_at_most_six(pages: dict[tuple[str, str], str]) -> None:
    for (_, language), text in pages.items():
        form = Form(text)
        assert 1 <= len(form.questions) <= 6
        for choices in form.questions.values():
            assert [choice.checked for choice in choices] == [True] + [False] * (len(choices) - 1)
            assert choices[0].label == WORDS[language].declined


def test_a_page_is_in_the_language_asked_for_and_says_that_its_words_are_a_draft(
    pages: dict[tuple[str, str], str],
) -> None:
    for (_, language), text in pages.items():
        form = Form(text)
        (root,) = [attributes for tag, attributes in form.tags if tag == "html"]
        assert root == {"lang": language, "dir": direction(language)}
        assert WORDS[language].title in text
        marks = text.count(phrases(language).draft)
        assert (marks > 0) is (language != "en")


def test_a_draft_of_a_text_stands_below_the_english_one() -> None:
    form = Form(page("iran-international", "fa"))
    for paragraphs in form.results.values():
        if len(paragraphs) > 1:
            english = next(place for place, text in enumerate(paragraphs) if text.startswith("Iran's authorities"))
            mark = paragraphs.index(phrases("fa").draft)
            assert english < mark < len(paragraphs) - 1


def test_a_language_that_we_do_not_have_is_served_in_english_words() -> None:
    assert '<html lang="en" dir="ltr">' in page("dw", "de")
    assert '<html lang="en" dir="ltr">' in page("kloop", "ky")


def test_what_does_not_apply_is_never_called_safe(pages: dict[tuple[str, str], str]) -> None:
    quiet = [
        words
        for (_, language), text in pages.items()
        for words in Form(text).results.values()
        if words[0] == WORDS[language].does_not_apply
    ]
    assert len(quiet) > len(pages)
    assert all(len(words) == 1 for words in quiet)
    assert "safe" not in WORDS["en"].does_not_apply


def test_the_limits_of_the_page_stand_on_it(pages: dict[tuple[str, str], str]) -> None:
    for (_, language), text in pages.items():
        for paragraph in WORDS[language].limits.split("\n\n"):
            assert f"<p>{paragraph}</p>" in text


def test_every_language_says_everything_with_the_same_places_to_fill() -> None:
    def slots(words: object) -> dict[str, list[str]]:
        return {key: re.findall(r"\{.*?\}", str(getattr(words, key))) for key in WORDS["en"].__slots__}

    for words in WORDS.values():
        assert slots(words) == slots(WORDS["en"])
        assert all(getattr(words, key) for key in words.__slots__)
        assert len(words.limits.split("\n\n")) == 3


def test_a_publisher_that_hides_what_it_holds_back_still_tells_whoever_asks() -> None:
    assert Form(page("rferl", hides=True)).results == Form(page("rferl")).results


def test_words_of_a_rule_stay_words() -> None:
    hostile = "</style><script>alert(1)</script>"
    text = page("kloop", name={"en": hostile})
    assert "<script" not in text
    assert "&lt;/style&gt;" in text


def test_the_fragment_for_an_ordinary_page_is_the_same_form_under_another_name() -> None:
    owner = RULESET.publishers["kloop"]
    fragment = check.inlined(CASES, owner, "en", Grade.SOURCED, NOW, prefix="mirror", level=3)
    whole, part = Form(page("kloop")), Form(fragment)
    assert [len(choices) for choices in part.questions.values()] == [
        len(choices) for choices in whole.questions.values()
    ]
    assert list(part.results.values()) == list(whole.results.values())
    assert all(name.startswith("mirror-") for name in names(fragment))
    assert {tag for tag, _ in part.tags if re.fullmatch("h[1-6]", tag)} == {"h3", "h4", "h5"}
    assert ":root" not in part.style
    assert "body" not in part.style
    (root,) = [attributes for tag, attributes in part.tags if attributes.get("class") == "mirror-ask"]
    assert root["lang"] == "en"
    digest = b64encode(sha256(part.style.encode()).digest()).decode()
    assert check.digest(fragment) == f"'sha256-{digest}'"


def test_the_fragments_names_and_level_are_the_publishers_unless_others_are_given() -> None:
    owner = replace(RULESET.publishers["kloop"], class_prefix="kl", heading_level=3)
    fragment = check.inlined(CASES, owner, "en", Grade.SOURCED, NOW)
    assert all(name.startswith("kl-") for name in names(fragment))
    assert "<h3>Does this apply to me?</h3>" in fragment


@pytest.mark.parametrize("prefix", ["legal", "my-notice", "ad-x", "x y", '"><script>', "", "Rdr"])
def test_a_prefix_that_blockers_hide_or_that_is_markup_is_refused(prefix: str) -> None:
    with pytest.raises(ValueError, match="prefix"):
        check.inlined(CASES, RULESET.publishers["kloop"], "en", Grade.SOURCED, NOW, prefix=prefix)
    with pytest.raises(ValueError, match="prefix"):
        page("kloop", class_prefix=prefix)


@pytest.mark.parametrize("level", [0, 5])
def test_a_level_that_leaves_no_room_below_it_is_refused(level: int) -> None:
    with pytest.raises(ValueError, match="level"):
        check.inlined(CASES, RULESET.publishers["kloop"], "en", Grade.SOURCED, NOW, level=level)


def test_before_anything_was_listed_there_is_nothing_to_ask() -> None:
    text = check.written(CASES, RULESET.publishers["kloop"], "en", Grade.SOURCED, datetime(2001, 1, 1, tzinfo=UTC))
    assert Form(text).questions == {}
    assert WORDS["en"].nothing in text
