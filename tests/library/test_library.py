"""Library: every notice that ships can be served, to whom it concerns, in every language that it speaks."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from service.device import check, table
from service.law.cases import Cases
from service.law.condition import Content, walk
from service.law.examination import Visit, examine
from service.law.moment import Moment
from service.law.notice import Kind
from service.law.place import UNKNOWN
from service.law.reader import Reader
from service.law.ruleset import RuleSet
from service.page import html, plain
from service.page.grade import Grade, servable
from service.page.sheet import compose
from service.rulebook import load

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
SLOT = re.compile(r"\{\w+\}|\[|\]\(")
"""What a text must have been rid of when a reader sees it."""


@pytest.fixture(scope="module")
def shipped() -> RuleSet:
    found = load(Path(__file__).parents[2] / "rules").ruleset
    assert found is not None
    return found


@pytest.fixture(scope="module")
def cases(shipped: RuleSet) -> Cases:
    return Cases(shipped)


def test_every_publisher_is_served_everywhere_in_each_of_its_languages(
    shipped: RuleSet, cases: Cases, amount: Callable[[int, int], int]
) -> None:
    """The reader of whom nothing is known, and one of every class of places; in short, of every so manieth."""
    moment = Moment.at(NOW)
    places = [kind.place for kind in cases.places(moment).classes]
    assert UNKNOWN in places
    step = amount(12, 1)
    for number, publisher in enumerate(shipped.publishers.values()):
        for language in publisher.languages:
            told = set()
            for place in (UNKNOWN, *places[number % step :: step]):
                visit = Visit(publisher.id, moment, Reader(frozenset({place})), language)
                sheet = compose(shipped, examine(shipped, visit), language, Grade.SOURCED)
                told.add(plain.text(sheet))
                fragment = html.fragment(sheet)
                assert fragment.count("<section") == fragment.count("</section>"), (publisher.id, place)
            for text in told:
                assert not SLOT.search(text), (publisher.id, language, text)


def test_nothing_stands_in_the_way_of_serving_any_publisher(shipped: RuleSet) -> None:
    assert servable(shipped, Grade.SOURCED) == ()


def test_every_risk_is_told_in_english_and_in_a_language_of_those_at_risk(shipped: RuleSet) -> None:
    """English alone is enough where it is a language of the country."""
    english = {"gb", "au", "nz", "zw"}
    risks = [notice for notice in shipped.notices.values() if notice.kind is Kind.READER_RISK]
    assert len(risks) >= 40
    assert len({notice.id.partition("/")[0] for notice in risks}) >= 30
    alone = {notice.id for notice in risks if notice.wording.languages == ("en",)}
    assert {id for id in alone if id.partition("/")[0] not in english} == set()
    assert all("en" in notice.wording.languages for notice in risks)


def test_no_notice_passes_for_approved(shipped: RuleSet) -> None:
    for notice in shipped.notices.values():
        assert not notice.review.approved_by, notice.id
        for language, speeches in notice.wording.texts.items():
            assert all(speech.draft is (language != "en") for speech in speeches.values()), (notice.id, language)


@pytest.mark.parametrize("id", ["rferl", "svaboda", "iran-international"])
def test_a_device_can_carry_the_table_and_the_check_page_of_a_publisher(
    shipped: RuleSet, cases: Cases, id: str
) -> None:
    publisher = shipped.publishers[id]
    language = publisher.languages[0]
    assert len(table.written(cases, publisher, language, Grade.SOURCED, NOW)) < 60_000
    assert len(check.written(cases, publisher, language, Grade.SOURCED, NOW)) < 100_000


def asked(ruleset: RuleSet) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """The content tags, and the site facts, that notices ask for, each with these notices."""
    tags: dict[str, set[str]] = {}
    facts: dict[str, set[str]] = {}
    for notice in ruleset.notices.values():
        conditions = [one for one in (notice.applies_when, notice.warn_when_unsure) if one is not None]
        leaves = [leaf for one in conditions for leaf in walk(one) if isinstance(leaf, Content)]
        for tag in (*notice.concerns.content, *(name for leaf in leaves for name in leaf.names)):
            tags.setdefault(tag, set()).add(notice.id)
        if notice.concerns.site:
            facts.setdefault(notice.concerns.site, set()).add(notice.id)
    return tags, facts


def told(page: str, heading: str) -> dict[str, set[str]]:
    """The rows below a heading: what each is about, and the notices to which it leads."""
    part = page.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    return {
        row[1]: set(re.findall(r"\]\(\.\./rules/notices/([^)]+)\.yaml\)", row[2]))
        for row in re.finditer(r"^\| `([^`]+)` \|(.*)$", part, re.MULTILINE)
    }


def test_publishers_are_told_of_every_content_tag_and_site_fact_and_of_no_other(shipped: RuleSet) -> None:
    page = (Path(__file__).parents[2] / "docs" / "content-tags.md").read_text(encoding="utf-8")
    tags, facts = asked(shipped)
    assert tags
    assert facts
    assert told(page, "Content tags") == tags
    assert told(page, "Site facts") == facts
    for without in ("| `lgbt` |", "| `israeli-outlet` |"):
        short = "\n".join(line for line in page.splitlines() if not line.startswith(without))
        assert (told(short, "Content tags"), told(short, "Site facts")) != (tags, facts), without
