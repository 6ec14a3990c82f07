"""Concern: whom a register names, and what an entry for a part, a parent or a person means."""

from __future__ import annotations

from dataclasses import replace

import pytest

from service.law.act import Basis
from service.law.condition import CitizenOf, Everyone
from service.law.examination import Finding, UnknownPublisher, Visit, examine
from service.law.moment import Moment
from service.law.notice import Concern, Kind, Notice
from service.law.publisher import Publisher
from service.law.reader import Reader
from service.law.register import Entry, Register
from service.law.ruleset import RuleSet
from service.law.standing import State, Timeline, between

from .seed import TODAY, day
from .strategies import GAZETTEER

PEOPLE = {
    publisher.id: publisher
    for publisher in (
        Publisher(id="group", name={}),
        Publisher(id="house", name={}, part_of="group"),
        Publisher(id="brand", name={}, part_of="house"),
        Publisher(id="twin", name={}, part_of="house"),
        Publisher(id="run", name={}, run_by=("editor", "owner")),
        Publisher(id="run-brand", name={}, part_of="run"),
        Publisher(id="stranger", name={}),
        Publisher(id="ring", name={}, part_of="ring-2"),
        Publisher(id="ring-2", name={}, part_of="ring"),
    )
}
DOUBTED = Timeline.always(State.IN_DOUBT)


def said(publisher: str, *entries: Entry, measure: str = "", tree: object = None) -> Finding | None:
    """What a law about a register says of one publisher's page."""
    concern = Concern(register="list", measure=measure)
    law = Notice("a/law", {"en": "Law"}, Kind.READER_RISK, Basis.STATUTE, concern, tree or Everyone())  # type: ignore[arg-type]
    register = Register("list", "List", "Somebody", TODAY, entries=entries)
    ruleset = RuleSet({"a/law": law}, {"list": register}, {}, PEOPLE, gazetteer=GAZETTEER).linked()
    found = examine(ruleset, Visit(publisher, Moment.on(TODAY))).findings
    return found[0] if found else None


def verdict(publisher: str, *entries: Entry, measure: str = "") -> str:
    found = said(publisher, *entries, measure=measure)
    return "no" if found is None else found.verdict.value


HOUSE, COVERING = Entry(publisher="house"), Entry(publisher="house", covers_parts=True)
BRAND = Entry(publisher="brand")
EDITOR = Entry(person="editor")

TABLE = [
    # the entry, the publisher, what a law about everybody then says
    ("the publisher itself", HOUSE, "house", "applies"),
    ("itself, covering its parts", COVERING, "house", "applies"),
    ("a part of a parent that covers its parts", COVERING, "brand", "applies"),
    ("a part of a parent that does not say so", HOUSE, "brand", "may_apply"),
    ("the parent of a part", BRAND, "house", "may_apply"),
    ("the grandparent of a part", BRAND, "group", "may_apply"),
    ("the sister of a part", BRAND, "twin", "no"),
    ("a part's part, by a covering grandparent", Entry(publisher="group", covers_parts=True), "brand", "applies"),
    ("a part's part, by a grandparent", Entry(publisher="group"), "brand", "may_apply"),
    ("a covering part does not cover its parent", COVERING, "group", "may_apply"),
    ("a stranger", COVERING, "stranger", "no"),
    ("somebody who runs it", EDITOR, "run", "applies"),
    ("somebody who runs something else", EDITOR, "house", "no"),
    ("what the brand does not say is not so", EDITOR, "run-brand", "no"),
    ("a publisher of no rule set", Entry(publisher="nobody", covers_parts=True), "house", "no"),
    ("an empty entry", Entry(), "house", "no"),
    ("a circle of parts", Entry(publisher="ring"), "ring", "applies"),
]


@pytest.mark.parametrize(("what", "entry", "publisher", "expected"), TABLE, ids=[row[0] for row in TABLE])
def test_a_register_names_whom_the_table_says(what: str, entry: Entry, publisher: str, expected: str) -> None:
    assert verdict(publisher, entry) == expected


@pytest.mark.parametrize(
    ("entries", "publisher", "expected"),
    [
        ((BRAND, HOUSE), "house", "applies"),
        ((BRAND, HOUSE), "brand", "applies"),
        ((HOUSE, COVERING), "brand", "applies"),
        ((HOUSE, COVERING), "twin", "applies"),
        ((HOUSE, EDITOR), "run", "applies"),
        ((), "house", "no"),
    ],
)
def test_the_surest_of_several_entries_counts(entries: tuple[Entry, ...], publisher: str, expected: str) -> None:
    assert verdict(publisher, *entries) == expected
    assert verdict(publisher, *reversed(entries)) == expected


@pytest.mark.parametrize(
    ("measures", "measure", "expected"),
    [
        ((), "", "applies"),
        (("funds",), "", "applies"),
        (("funds",), "funds", "applies"),
        (("funds", "travel"), "funds", "applies"),
        (("travel",), "funds", "no"),
        ((), "funds", "no"),
    ],
)
def test_a_law_about_a_measure_looks_only_at_entries_under_it(
    measures: tuple[str, ...], measure: str, expected: str
) -> None:
    assert verdict("house", Entry(publisher="house", measures=measures), measure=measure) == expected


@pytest.mark.parametrize(
    ("standing", "expected"),
    [
        (between(day("2026-11-23"), None), "applies"),
        (between(day("2026-11-24"), None), "no"),
        (between(None, day("2026-11-23")), "applies"),
        (between(None, day("2026-11-22")), "no"),
        (DOUBTED, "may_apply"),
        (Timeline.always(State.SUSPENDED), "no"),
        (Timeline.always(State.ENDED), "no"),
        (Timeline.always(State.NOT_YET), "no"),
    ],
)
def test_an_entry_counts_while_it_stands(standing: object, expected: str) -> None:
    assert verdict("house", Entry(publisher="house", standing=standing)) == expected  # type: ignore[arg-type]


def test_a_parent_that_is_not_said_to_be_covered_is_a_doubt_about_the_publisher() -> None:
    found = said("brand", HOUSE)
    assert found is not None
    assert found.subjects == {"publisher"}


def test_a_part_leaves_its_parent_in_doubt_beside_the_readers_own_doubts() -> None:
    found = said("house", BRAND, tree=CitizenOf(names=("A",)))
    assert found is not None
    assert found.subjects == {"publisher", "nationality"}


def test_an_entry_in_doubt_is_a_doubt_about_the_law() -> None:
    """Line 5: `law` (possibly, in doubt) is such an f; the publisher is the one that the entry names."""
    found = said("house", Entry(publisher="house", standing=DOUBTED))
    assert found is not None
    assert found.subjects == {"law"}


def test_a_register_that_the_set_does_not_have_names_nobody() -> None:
    law = Notice("a/law", {"en": "Law"}, Kind.READER_RISK, Basis.STATUTE, Concern(register="gone"), Everyone())
    ruleset = RuleSet({"a/law": law}, publishers=PEOPLE, gazetteer=GAZETTEER).linked()
    assert examine(ruleset, Visit("house", Moment.on(TODAY))).findings == ()


def test_a_publisher_that_the_set_does_not_have_is_the_only_thing_that_raises() -> None:
    with pytest.raises(UnknownPublisher):
        examine(RuleSet(publishers=PEOPLE), Visit("gone", Moment.on(TODAY), Reader()))


def test_one_law_serves_every_publisher_on_its_register() -> None:
    entries = [Entry(publisher=name) for name in PEOPLE]
    assert {verdict(name, *entries) for name in PEOPLE} == {"applies"}


def test_a_brand_may_have_an_entry_of_its_own() -> None:
    assert verdict("brand", BRAND) == "applies"
    assert verdict("brand", replace(BRAND, standing=between(None, day("2020"))), HOUSE) == "may_apply"
