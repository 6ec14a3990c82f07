"""Labels: what is printed of a duty is what the law prescribes on the day, in the publisher's words if it has any."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from service.law.examination import Visit, examine
from service.law.moment import Moment
from service.law.prescribed import Label
from service.law.publisher import Publisher
from service.law.reader import Reader
from service.law.ruleset import RuleSet
from service.law.standing import PartialDate, between
from service.page.html import fragment
from service.page.plain import text
from service.page.record import record
from service.page.sheet import Sheet, compose
from service.rulebook import load

TOBACCO, LINK, ORDER = "in/tobacco", "eu/advertising", "sg/order"
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def ruleset() -> RuleSet:
    """The good set of the mistakes, in which a publisher carries a label of every way to prescribe one."""
    loaded = load(Path(__file__).parents[1] / "mistakes" / "good")
    assert loaded.ruleset is not None
    return loaded.ruleset


def with_herald(ruleset: RuleSet, **facts: object) -> RuleSet:
    """The same set with another Herald."""
    herald: Publisher = replace(ruleset.publishers["herald"], **facts)  # type: ignore[arg-type]
    return replace(ruleset, publishers={**ruleset.publishers, "herald": herald})


def sheet(ruleset: RuleSet, asked: str = "en", now: datetime = NOW, place: str = "SG") -> Sheet:
    """What a reader of a page with tobacco gets of the Herald."""
    content = frozenset({TOBACCO})
    visit = Visit("herald", Moment.at(now), Reader(frozenset({place})), asked or None, content)
    return compose(ruleset, examine(ruleset, visit), asked, next_change=ruleset.next_change(now))


def printed(found: Sheet, notice: str) -> list[tuple[str, str]]:
    """The language and text of each passage of a notice."""
    return [
        (passage.language, passage.plain)
        for item in found.items
        if item.finding.notice.id == notice
        for passage in item.passages
    ]


KILLS = "Tobacco kills, says the ministry"


@pytest.mark.parametrize(
    ("label", "asked", "said"),
    [
        (Label(), "en", ("en", KILLS)),
        (Label(chosen="Tobacco kills, says {ministry}"), "en", ("en", KILLS)),
        (Label(chosen="Tobacco causes\n cancer"), "en", ("en", "Tobacco causes cancer")),
        (Label(texts={"de": "Tabak tötet, sagt {ministry}"}), "de", ("de", "Tabak tötet, sagt the ministry")),
        (Label(texts={"de": "Tabak tötet, sagt {ministry}"}), "de-AT", ("de", "Tabak tötet, sagt the ministry")),
        (Label(texts={"de": "Tabak tötet, sagt {ministry}"}), "en", ("en", KILLS)),
        (Label(texts={"de": "Tabak tötet, sagt {ministry}"}), "fr", ("en", KILLS)),
        (Label(), "de", ("en", KILLS)),
        (Label(link="https://www.example.org/"), "en", ("en", KILLS)),
    ],
)
def test_a_text_is_the_one_that_was_chosen_in_the_language_of_the_page(
    ruleset: RuleSet, label: Label, asked: str, said: tuple[str, str]
) -> None:
    assert printed(sheet(with_herald(ruleset, labels={TOBACCO: label}), asked), TOBACCO) == [said]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("en", ("en", "This is political advertising. Paid for by A.")),
        ("de", ("de", "Dies ist politische Werbung. Bezahlt von A. Zur Wahl in B.")),
        ("fr", ("en", "This is political advertising. Paid for by A.")),
    ],
)
def test_elements_are_printed_in_the_order_of_the_law_in_the_language_of_the_page(
    ruleset: RuleSet, asked: str, said: tuple[str, str]
) -> None:
    assert printed(sheet(ruleset, asked), LINK) == [said]


@pytest.mark.parametrize(
    ("instant", "said"),
    [
        ("2025-10-09T09:59", "Who paid for this (https://www.example.org/paid)"),
        ("2025-10-09T10:00", "This is political advertising. Paid for by A."),
        ("2026-11-23T12:00", "This is political advertising. Paid for by A."),
    ],
)
def test_a_new_version_is_printed_once_its_day_begins_somewhere(ruleset: RuleSet, instant: str, said: str) -> None:
    now = datetime.fromisoformat(instant).replace(tzinfo=UTC)
    assert printed(sheet(ruleset, now=now), LINK) == [("en", said)]


def test_a_new_version_is_a_change_after_which_nothing_kept_is_served(ruleset: RuleSet) -> None:
    before = datetime(2025, 10, 9, 9, 59, tzinfo=UTC)
    assert ruleset.next_change(before) == datetime(2025, 10, 9, 10, tzinfo=UTC)
    alone = {id: notice for id, notice in ruleset.notices.items() if id == LINK}
    unversioned = replace(alone[LINK], prescribed=replace(alone[LINK].prescribed, later=()))  # type: ignore[type-var]
    assert replace(ruleset, notices={LINK: unversioned}).next_change(before) is None


def test_a_label_that_has_to_be_a_link_leads_where_the_publisher_says_and_nowhere_unsafe(ruleset: RuleSet) -> None:
    now = datetime(2025, 1, 1, tzinfo=UTC)
    found = fragment(sheet(ruleset, now=now))
    assert '<a href="https://www.example.org/paid" rel="noreferrer noopener">Who paid for this</a>' in found
    unsafe = with_herald(ruleset, labels={LINK: Label(link="javascript:alert(1)")})
    assert "javascript" not in fragment(sheet(unsafe, now=now))
    assert "Who paid for this" in fragment(sheet(unsafe, now=now))


def test_the_text_of_an_order_is_printed_letter_for_letter_while_the_order_stands(ruleset: RuleSet) -> None:
    words = "This site has said what is not so.\n\nRead more at the office."
    assert printed(sheet(ruleset), ORDER) == [("en", words)]
    assert "<p>This site has said what is not so.</p>\n<p>Read more at the office.</p>" in fragment(sheet(ruleset))
    assert words in text(sheet(ruleset))
    assert printed(sheet(ruleset, place="MY"), ORDER) == []
    assert printed(sheet(ruleset, now=datetime(2024, 4, 1, tzinfo=UTC)), ORDER) == []


def test_every_order_that_stands_is_printed_once(ruleset: RuleSet) -> None:
    register = ruleset.registers["sg/orders"]
    (entry,) = register.entries
    assert entry.ordered is not None
    other = replace(entry, ordered=replace(entry.ordered, text="Another order."))
    over = replace(entry, ordered=replace(entry.ordered, text="Gone."), standing=between(None, PartialDate(2025)))
    alien = replace(entry, publisher="gazette", ordered=replace(entry.ordered, text="Not mine."))
    entries = (entry, other, replace(entry), over, alien)
    more = replace(ruleset, registers={**ruleset.registers, register.id: replace(register, entries=entries)})
    assert [words for _, words in printed(sheet(more), ORDER)] == [entry.ordered.text, "Another order."]


def test_what_is_prescribed_of_the_form_is_handed_over_as_data(ruleset: RuleSet) -> None:
    found = {one["id"]: one for one in record(sheet(ruleset))["notices"]}
    assert found[TOBACCO]["form"] == {
        "video": {
            "placement": "at the bottom",
            "colours": "black on white",
            "shows": [{"at": "first use of the day", "for": "10 seconds", "covers": "25 %", "dismiss": "x"}],
        },
        "any": {"every_item": True, "judged_by_hand": ["legible"]},
    }
    assert found[LINK]["elements"] == [
        {"name": "statement", "say": "that it is political advertising"},
        {"name": "sponsor", "say": "who paid"},
        {"name": "process", "say": "for which vote", "when": "there is one"},
    ]
    assert "form" not in found[ORDER]
    assert "elements" not in found[TOBACCO]


def test_nothing_is_printed_of_a_label_that_is_not_carried(ruleset: RuleSet) -> None:
    assert sheet(with_herald(ruleset, carries=frozenset())).items == ()
