"""Feeds: well-formed Atom, one for each publisher and country, the same on every run."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from xml.etree.ElementTree import fromstring

from service.counsel.comparison.comparison import Comparison, compare
from service.counsel.comparison.feed import ATOM, feeds
from service.law.ruleset import RuleSet
from tests.law.seed import REGISTER, RULESET, entry

NEWS = {"a": ATOM}
LATER = replace(
    RULESET,
    fingerprint="after",
    registers={REGISTER.id: replace(REGISTER, entries=(*REGISTER.entries, entry("svaboda", "2024-02-01")))},
)
DAY = date(2026, 11, 23)


def written(before: RuleSet = RULESET, after: RuleSet = LATER) -> tuple[Comparison, dict[str, bytes]]:
    comparison = compare(before, after)
    return comparison, feeds(comparison, before, after, DAY)


def test_a_feed_has_every_sentence_about_its_publisher_and_country() -> None:
    comparison, found = written()
    (file,) = (content for path, content in found.items() if path == "svaboda/ru.atom")
    said = [node.text or "" for node in fromstring(file).findall("a:entry/a:content", NEWS)]
    about = [change for change in comparison.changes if "svaboda" in change.publishers]
    assert about
    for change in about:
        assert any(text.startswith(change.sentence) for text in said)
    assert any("svaboda: new, in force from 2024-02-01" in text for text in said)


def test_a_feed_has_all_that_atom_demands() -> None:
    for content in written()[1].values():
        feed = fromstring(content)
        entries = feed.findall("a:entry", NEWS)
        for node in (feed, *entries):
            for name in ("id", "title", "updated"):
                assert [part.text for part in node.findall(f"a:{name}", NEWS)] != []
        ids = [node.findtext("a:id", "", NEWS) for node in (feed, *entries)]
        assert all(id.startswith("urn:uuid:") for id in ids)
        assert len(set(ids)) == len(ids)
        assert feed.findtext("a:updated", "", NEWS) == "2026-11-23T00:00:00Z"
        assert feed.findtext("a:author/a:name", "", NEWS)


def test_the_same_comparison_gives_the_same_bytes() -> None:
    assert written()[1] == written()[1] != {}


def test_where_nothing_changed_there_is_no_feed() -> None:
    assert written(RULESET, RULESET)[1] == {}
