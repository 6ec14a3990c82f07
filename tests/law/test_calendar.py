"""Calendar and zone: a span is certain around known days and in doubt beyond them; a zone has days of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from service.law.calendar import Calendar, Occasion
from service.law.condition import AllOf, During, Everyone, LocatedIn, Not
from service.law.doubt import Doubt
from service.law.examination import Visit, examine
from service.law.moment import Moment
from service.law.notice import Kind
from service.law.reader import Reader
from service.law.ruleset import RuleSet, UnlinkedRule
from service.law.standing import State
from service.law.verdict import Verdict
from service.rulebook.zone import zone

from .strategies import plain_country

POLLS = Calendar("xa/polls", "Polls", (Occasion(date(2024, 4, 10)), Occasion(date(2026, 6, 3))), date(2027, 12, 31))
SPAN = During(calendar="xa/polls", first=-90, last=0)
SEOUL, PACIFIC = zone("Asia/Seoul"), zone("America/Los_Angeles")
LABEL, BAN = AllOf(of=(LocatedIn(names=("A",)), Not(of=SPAN))), AllOf(of=(LocatedIn(names=("A",)), SPAN))


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2024, 1, 10), State.NOT_YET),
        (date(2024, 1, 11), State.IN_FORCE),
        (date(2024, 4, 11), State.ENDED),
        (date(2026, 3, 4), State.ENDED),
        (date(2026, 3, 5), State.IN_FORCE),
        (date(2026, 6, 3), State.IN_FORCE),
        (date(2026, 6, 4), State.ENDED),
        (date(2027, 10, 2), State.ENDED),
        (date(2027, 10, 3), State.IN_DOUBT),
        (date(2030, 1, 1), State.IN_DOUBT),
    ],
)
def test_a_span_is_certain_around_known_days_and_in_doubt_where_an_unknown_one_may_be_near(
    day: date, state: State
) -> None:
    assert POLLS.around(-90, 0).at(day) is state


def test_spans_that_touch_are_one_and_a_known_day_is_certain_after_the_doubt_begins() -> None:
    days = (date(2026, 6, 3), date(2026, 6, 5), date(2027, 12, 1))
    near = replace(POLLS, occasions=tuple(map(Occasion, days)))
    span = near.around(-1, 0)
    assert [str(day) for day in span.days] == ["2026-06-02", "2026-06-06", "2027-11-30", "2027-12-02", "2027-12-31"]
    assert near.around(-90, 0).at(date(2027, 11, 1)) is State.IN_FORCE
    assert near.around(-90, 0).at(date(2027, 12, 2)) is State.IN_DOUBT


def country(tree: AllOf, *, local: bool) -> RuleSet:
    """One duty in A, whose days are Seoul's or everybody's."""
    where = {"zone": SEOUL} if local else {}
    found = plain_country(Everyone(), kind=Kind.PUBLISHER_DUTY, **where).with_law(applies_when=tree).ruleset
    return replace(found, calendars={POLLS.id: POLLS}).linked()


def verdict(ruleset: RuleSet, moment: Moment) -> Verdict:
    (found,) = examine(ruleset, Visit("us", moment, Reader(frozenset({"A"})))).findings
    return found.verdict


@pytest.mark.parametrize("start", ["2026-03-04T15:00:00Z", "2026-06-03T15:00:00Z"])
def test_in_a_zone_the_label_ends_where_the_ban_begins_and_they_never_overlap(start: str) -> None:
    label, ban = country(LABEL, local=True), country(BAN, local=True)
    at = datetime.fromisoformat(start)
    for ruleset in (label, ban):
        assert ruleset.next_change(at - timedelta(seconds=1)) == at
        assert ruleset.last_change(at) == at
    for hour in range(-48, 49):
        told = {verdict(ruleset, Moment.at(at + timedelta(hours=hour))) for ruleset in (label, ban)}
        assert told == {Verdict.APPLIES, Verdict.DOES_NOT_APPLY}
    assert verdict(label, Moment.at(at)) is not verdict(label, Moment.at(at - timedelta(seconds=1)))


def test_without_a_zone_both_begin_early_and_end_late_and_so_overlap() -> None:
    at = datetime(2026, 3, 4, 12, tzinfo=UTC)
    assert all(verdict(country(tree, local=False), Moment.at(at)) is Verdict.APPLIES for tree in (LABEL, BAN))


def test_after_what_is_known_it_may_apply_and_hangs_on_the_law() -> None:
    ruleset = country(BAN, local=True)
    assert ruleset.history.transitions[-1] == datetime(2027, 10, 2, 15, tzinfo=UTC)
    for tree in (LABEL, BAN):
        there = Visit("us", Moment.on(date(2028, 4, 1)), Reader(frozenset({"A"})))
        (found,) = examine(country(tree, local=True), there).findings
        assert (found.verdict, found.doubts) == (Verdict.MAY_APPLY, (Doubt.LAW,))


def test_a_calendar_that_is_missing_is_no_silence() -> None:
    with pytest.raises(UnlinkedRule):
        plain_country(SPAN)


@pytest.mark.parametrize(
    ("instant", "seoul", "pacific"),
    [
        ("2026-12-31T15:00:00Z", "2027-01-01", "2026-12-31"),
        ("2027-01-01T07:59:59Z", "2027-01-01", "2026-12-31"),
        ("2027-01-01T08:00:00Z", "2027-01-01", "2027-01-01"),
        ("2027-07-01T06:59:59Z", "2027-07-01", "2027-06-30"),
        ("2027-07-01T07:00:00Z", "2027-07-01", "2027-07-01"),
    ],
)
def test_a_zone_has_one_date_at_an_instant_in_summer_and_in_winter(instant: str, seoul: str, pacific: str) -> None:
    at = datetime.fromisoformat(instant)
    assert [str(one.day(at)) for one in (SEOUL, PACIFIC)] == [seoul, pacific]


@pytest.mark.parametrize("name", ["Asia/Seoul", "America/Los_Angeles", "Australia/Lord_Howe", "Asia/Kathmandu"])
def test_every_day_of_a_zone_begins_at_its_midnight(name: str) -> None:
    one = zone(name)
    for number in range(0, 4000, 7):
        day = date(2020, 1, 1) + timedelta(days=number)
        begins = one.starts(day)
        assert one.day(begins) == day
        assert one.day(begins - timedelta(seconds=1)) == day - timedelta(days=1)
