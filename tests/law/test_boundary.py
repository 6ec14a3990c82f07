"""Date boundaries to the second: one before, at, and after; and that no answer changes unannounced."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.law.act import NOT_STATED, Basis, Exposure, Risk
from service.law.condition import CitizenOf, Condition, Everyone, Not
from service.law.examination import Examination, Visit, examine
from service.law.moment import Moment
from service.law.notice import Concern, Kind, Notice
from service.law.publisher import Publisher
from service.law.reader import Reader
from service.law.ruleset import RuleSet
from service.law.standing import State, Step, Timeline, between, standing

from .seed import GAZETTEER, PUBLISHERS, REGISTER, RULESET, RUSSIA_CONTROLLED, day, entry
from .strategies import DAY, Country, countries, times, visits

SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


def law(id: str, tree: Condition | None = None, **changes: object) -> Notice:
    plain = Notice(id, {"en": id}, Kind.READER_RISK, Basis.STATUTE, Concern(), tree or Everyone())
    return replace(plain, **changes)  # type: ignore[arg-type]


def alone(notice: Notice) -> RuleSet:
    """A rule set of one law that concerns everybody."""
    us = Publisher(id="us", name={"en": "Us"})
    return RuleSet(notices={notice.id: notice}, publishers={"us": us}, gazetteer=GAZETTEER).linked()


# A publisher listed since the law exists, so that the law's own dates can be seen.
EARLY = replace(
    RULESET,
    registers={REGISTER.id: replace(REGISTER, entries=(*REGISTER.entries, entry("early", "2015-05-23")))},
    publishers={**RULESET.publishers, "early": Publisher(id="early", name={"en": "Early"})},
)
RUSSIAN_IN_BERLIN = Reader(frozenset({"DE"}), citizen_of=frozenset({"RU"}))
GERMAN_IN_BERLIN = Reader(frozenset({"DE"}), citizen_of=frozenset({"DE"}), not_citizen_of=frozenset({"other"}))

BILL_56 = alone(law("us/bill-56", standing=standing([Step(day("2027-01-01"), State.IN_FORCE)])))
LAST_DAY = alone(law("us/last-day", standing=between(None, day("2028-11-30"))))
BRITAIN_STEPS = [Step(day("2025-07-05"), State.IN_FORCE), Step(day("2026-02-13"), State.IN_DOUBT)]
BRITAIN = alone(law("gb/act", standing=standing(BRITAIN_STEPS)))
RESTORED = alone(law("gb/act", standing=standing([*BRITAIN_STEPS, Step(day("2026"), State.IN_FORCE)])))
SUSPENDED = alone(
    law(
        "us/paused",
        standing=standing(
            [
                Step(day("2020-01-01"), State.IN_FORCE),
                Step(day("2026-03-10"), State.SUSPENDED),
                Step(day("2026-03-20"), State.IN_FORCE),
            ]
        ),
    )
)
REMOVED = replace(
    RULESET,
    registers={
        REGISTER.id: replace(
            REGISTER,
            entries=(replace(entry("rferl", "2024-02-02"), standing=between(day("2024-02-02"), day("2025-06-30"))),),
        )
    },
)
EXEMPT = alone(law("xx/exempt", Not(of=Everyone(standing=between(day("2025-05-14"), None)))))

ANYBODY = Reader()
A, M, N = "applies", "may_apply", "does_not_apply"

ROWS = [
    # what, rules, publisher, reader, the instant of the change, verdict before it, verdict from it on
    ("RFE/RL decided 2024-02-02", RULESET, "rferl", RUSSIAN_IN_BERLIN, "2024-02-01T10:00Z", N, A),
    ("a brand is covered from the same instant", RULESET, "svaboda", RUSSIAN_IN_BERLIN, "2024-02-01T10:00Z", N, A),
    ("administrative case 2021-07-12", EARLY, "early", RUSSIAN_IN_BERLIN, "2021-07-11T10:00Z", N, M),
    ("abroad clause 2022-07-14", EARLY, "early", RUSSIAN_IN_BERLIN, "2022-07-13T10:00Z", M, A),
    ("the law itself 2015-05-23", EARLY, "early", Reader(frozenset({"RU"})), "2015-05-22T10:00Z", N, M),
    ("Crimea held from 2014-03, so always since the law", EARLY, "early", Reader(frozenset({"UA-43"})),
     "2015-05-22T10:00Z", N, M),
    ("AB 56, 2027-01-01", BILL_56, "us", ANYBODY, "2026-12-31T10:00Z", N, A),
    ("a law's last day 2028-11-30", LAST_DAY, "us", ANYBODY, "2028-12-01T12:00Z", A, N),
    ("GB in doubt from 2026-02-13, a step down", BRITAIN, "us", ANYBODY, "2026-02-13T12:00Z", A, M),
    ("suspended from 2026-03-10", SUSPENDED, "us", ANYBODY, "2026-03-10T12:00Z", A, N),
    ("suspended until 2026-03-19", SUSPENDED, "us", ANYBODY, "2026-03-19T10:00Z", N, A),
    ("removed from the list, last day 2025-06-30", REMOVED, "rferl", RUSSIAN_IN_BERLIN, "2025-07-01T12:00Z", A, N),
    ("an exemption from 2025-05-14, a silence", EXEMPT, "us", ANYBODY, "2025-05-14T12:00Z", A, N),
]  # fmt: skip


def verdict(ruleset: RuleSet, publisher: str, reader: Reader, at: datetime) -> str:
    found = examine(ruleset, Visit(publisher, Moment.at(at), reader)).findings
    return found[0].verdict.value if found else N


@pytest.mark.parametrize(("what", "ruleset", "publisher", "reader", "at", "before", "after"), ROWS, ids=lambda x: None)
def test_a_verdict_changes_at_the_second_that_the_table_says(
    what: str, ruleset: RuleSet, publisher: str, reader: Reader, at: str, before: str, after: str
) -> None:
    change = instant(at)
    assert verdict(ruleset, publisher, reader, change - SECOND) == before, what
    assert verdict(ruleset, publisher, reader, change) == after, what
    assert verdict(ruleset, publisher, reader, change + SECOND) == after, what


@pytest.mark.parametrize(("what", "ruleset", "publisher", "reader", "at", "before", "after"), ROWS, ids=lambda x: None)
def test_the_change_is_announced_before_it_and_remembered_after_it(
    what: str, ruleset: RuleSet, publisher: str, reader: Reader, at: str, before: str, after: str
) -> None:
    change = instant(at)
    for early in (change - SECOND, change - timedelta(microseconds=1)):
        assert ruleset.next_change(early) == change, what
        assert ruleset.last_change(early) != change, what
    for late in (change, change + SECOND):
        assert ruleset.last_change(late) == change, what
        assert (ruleset.next_change(late) or datetime.max.replace(tzinfo=UTC)) > change, what


def test_an_instant_in_another_zone_is_the_same_instant() -> None:
    tokyo = instant("2024-02-01T19:00:00+09:00")
    assert verdict(RULESET, "rferl", RUSSIAN_IN_BERLIN, tokyo) == A
    assert RULESET.last_change(tokyo) == instant("2024-02-01T10:00Z")
    assert RULESET.next_change(tokyo - SECOND) == instant("2024-02-01T10:00Z")


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        Moment.at(datetime(2024, 2, 1, 10))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("at", "first", "count"),
    [
        ("2026-06-15T09:59:59Z", date(2026, 6, 14), 2),
        ("2026-06-15T10:00:00Z", date(2026, 6, 14), 3),
        ("2026-06-15T11:59:59Z", date(2026, 6, 14), 3),
        ("2026-06-15T12:00:00Z", date(2026, 6, 15), 2),
        ("2026-06-16T00:00:00Z", date(2026, 6, 15), 2),
    ],
)
def test_today_is_the_two_or_three_dates_that_it_is_somewhere(at: str, first: date, count: int) -> None:
    assert Moment.at(instant(at)).dates == tuple(first + timedelta(days=step) for step in range(count))


def test_a_step_up_is_one_change_and_not_two() -> None:
    """Warnings begin when the first clock reaches the day; nothing more happens when the last one leaves the eve."""
    after = RULESET.next_change(instant("2024-02-01T10:00Z"))
    assert after == instant("2024-07-09T10:00Z"), "the next is The Moscow Times, decided 2024-07-10"


def test_the_seed_changes_exactly_when_its_dates_say() -> None:
    seen: list[datetime] = []
    at = instant("2015-01-01T00:00Z")
    while (change := RULESET.next_change(at)) is not None:
        seen.append(change)
        at = change
    days = ["2015-05-23", "2021-07-12", "2022-02-01", "2022-07-14", "2022-07-15", "2023-01-26", "2023-06-28"]
    days += ["2023-07-25", "2024-02-02", "2024-07-10", "2024-09-11", "2025-12-01"]
    assert seen == [datetime.fromisoformat(d).replace(tzinfo=UTC) - timedelta(hours=14) for d in days]


def test_nothing_changes_after_the_last_change_and_nothing_before_the_first() -> None:
    assert RULESET.next_change(instant("2025-11-30T10:00Z")) is None
    assert RULESET.last_change(instant("2010-01-01T00:00Z")) is None
    assert RULESET.last_change(instant("2030-01-01T00:00Z")) == instant("2025-11-30T10:00Z")
    nothing_dated = alone(law("xx/plain"))
    assert nothing_dated.next_change(instant("2026-01-01T00:00Z")) is None
    assert nothing_dated.last_change(instant("2026-01-01T00:00Z")) is None


# ---- partial dates -------------------------------------------------------------------------------------------


def test_a_law_restored_in_a_year_that_is_all_we_know_was_never_in_doubt() -> None:
    """The restoration follows the step before it: the doubt vanishes, which is the cautious side."""
    at = instant("2025-08-01T00:00Z")
    while at < instant("2027-02-01T00:00Z"):
        assert verdict(RESTORED, "us", ANYBODY, at) == A
        at += timedelta(hours=6)
    assert RESTORED.next_change(instant("2025-08-01T00:00Z")) is None


@pytest.mark.parametrize(
    ("since", "state", "change"),
    [
        ("2026", State.IN_FORCE, "2025-12-31T10:00Z"),
        ("2026-02", State.IN_FORCE, "2026-01-31T10:00Z"),
        ("2026-02-10", State.IN_FORCE, "2026-02-09T10:00Z"),
        ("2026", State.IN_DOUBT, "2025-12-31T10:00Z"),
    ],
)
def test_a_partial_date_of_a_step_up_is_its_first_day(since: str, state: State, change: str) -> None:
    ruleset = alone(law("xx/up", standing=standing([Step(day(since), state)])))
    assert ruleset.next_change(instant("2020-01-01T00:00Z")) == instant(change)


@pytest.mark.parametrize(
    ("since", "state", "change"),
    [
        ("2026", State.SUSPENDED, "2026-12-31T12:00Z"),
        ("2028-02", State.ENDED, "2028-02-29T12:00Z"),
        ("2026-02", State.IN_DOUBT, "2026-02-28T12:00Z"),
        ("2026-02-10", State.ENDED, "2026-02-10T12:00Z"),
    ],
)
def test_a_partial_date_of_a_step_down_is_its_last_day(since: str, state: State, change: str) -> None:
    steps = [Step(day("2015"), State.IN_FORCE), Step(day(since), state)]
    ruleset = alone(law("xx/down", standing=standing(steps)))
    assert ruleset.next_change(instant("2020-01-01T00:00Z")) == instant(change)


def test_until_takes_the_whole_of_a_partial_date() -> None:
    ruleset = alone(law("xx/until", standing=between(day("2015"), day("2026"))))
    assert ruleset.next_change(instant("2020-01-01T00:00Z")) == instant("2027-01-01T12:00Z")


# ---- acts ----------------------------------------------------------------------------------------------------

LIKES = Timeline.of(
    NOT_STATED,
    [
        (day("2018"), Exposure(Risk.CRIMINAL, because="law")),
        (day("2025-05-14"), Exposure(Risk.NONE, because="eased")),
    ],
    lambda exposure: exposure.loudness,
)
TAJIKISTAN = alone(law("tj/likes", acts={"like": LIKES}))


def risk(at: str) -> str:
    (found,) = examine(TAJIKISTAN, Visit("us", Moment.at(instant(at)))).findings
    return found.exposures["like"].risk.value if "like" in found.exposures else "not stated"


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2017-12-31T09:59:59Z", "not stated"),
        ("2017-12-31T10:00:00Z", "criminal"),
        ("2025-05-13T10:00:00Z", "criminal"),
        ("2025-05-14T11:59:59Z", "criminal"),
        ("2025-05-14T12:00:00Z", "none"),
        ("2025-05-14T12:00:01Z", "none"),
    ],
)
def test_an_act_that_became_safe_is_safe_only_when_its_day_has_come_everywhere(at: str, expected: str) -> None:
    assert risk(at) == expected


def test_a_change_of_an_acts_risk_is_announced() -> None:
    assert TAJIKISTAN.next_change(instant("2017-01-01T00:00Z")) == instant("2017-12-31T10:00Z")
    assert TAJIKISTAN.next_change(instant("2017-12-31T10:00Z")) == instant("2025-05-14T12:00Z")
    assert TAJIKISTAN.next_change(instant("2025-05-14T12:00Z")) is None
    assert TAJIKISTAN.last_change(instant("2025-05-14T11:59:59Z")) == instant("2017-12-31T10:00Z")


# ---- a suspension --------------------------------------------------------------------------------------------


@times(1)
@given(st.integers(1, 5), st.integers(0, 24 * 12))
def test_a_suspension_is_never_longer_than_its_days(length: int, hour: int) -> None:
    """Silent only where every date that it is somewhere lies in the suspension."""
    first, after = date(2026, 6, 12), date(2026, 6, 12) + timedelta(days=length)
    steps = [
        Step(day("2020"), State.IN_FORCE),
        Step(day(first.isoformat()), State.SUSPENDED),
        Step(day(after.isoformat()), State.IN_FORCE),
    ]
    at = datetime(2026, 6, 8, tzinfo=UTC) + HOUR * hour
    dates = {(at + timedelta(hours=offset)).date() for offset in range(-12, 15)}
    expected = N if all(first <= one < after for one in dates) else A
    assert verdict(alone(law("xx/paused", standing=standing(steps))), "us", ANYBODY, at) == expected


# ---- no answer changes unannounced ---------------------------------------------------------------------------


def answer(examination: Examination, doubts: bool = True) -> list[object]:
    """Everything of an examination that can be seen by a reader."""
    return [
        (
            found.notice.id,
            found.verdict,
            found.shown,
            sorted(doubt.value for doubt in found.doubts) if doubts else (),
            [dict(wording.texts) for wording in found.wordings],
            dict(found.exposures),
        )
        for found in examination.shown
    ]


def unannounced(
    ruleset: RuleSet, visits: Sequence[Visit], spans: Sequence[tuple[datetime, datetime]], doubts: bool
) -> list[str]:
    """Where an answer differs from one hour to the next and `next_change` or `last_change` does not say so."""
    found = []
    for start, end in spans:
        at, before = start, [answer(examine(ruleset, replace(v, moment=Moment.at(start))), doubts) for v in visits]
        while at < end:
            after = [answer(examine(ruleset, replace(v, moment=Moment.at(at + HOUR))), doubts) for v in visits]
            if after != before:
                which = next(v for v, old, new in zip(visits, before, after, strict=True) if old != new)
                if ruleset.next_change(at) != at + HOUR:
                    found.append(f"{at + HOUR} for {which.reader}: next_change said {ruleset.next_change(at)}")
                if ruleset.last_change(at + HOUR) != at + HOUR:
                    found.append(f"{at + HOUR} for {which.reader}: last_change said {ruleset.last_change(at + HOUR)}")
            at, before = at + HOUR, after
    return found


def around(*days: str) -> list[tuple[datetime, datetime]]:
    return [(instant(f"{d}T00:00Z") - 48 * HOUR, instant(f"{d}T00:00Z") + 60 * HOUR) for d in days]


NEAR = [
    Visit("early", Moment.on(DAY), reader, page)
    for page in ("en", "ru")
    for reader in (
        RUSSIAN_IN_BERLIN,
        GERMAN_IN_BERLIN,
        Reader(frozenset({"DE"})),
        Reader(frozenset({"DE"}), stateless=False),
        Reader(frozenset({"DE"}), stateless=True, resident_of="UA-14"),
        Reader(frozenset({"DE"}), stateless=True, resident_of="RU"),
        Reader(frozenset({"UA-14"}), citizen_of=frozenset({"UA"}), not_citizen_of=frozenset({"other"})),
        Reader(frozenset({"UA-14"})),
        Reader(frozenset({"RU"})),
    )
]
SEED_DAYS = around("2015-05-23", "2021-07-12", "2022-02-01", "2022-07-14")


def test_no_verdict_text_or_risk_of_the_seed_changes_unannounced() -> None:
    assert unannounced(EARLY, NEAR, SEED_DAYS, doubts=False) == []


def test_no_doubt_of_the_seed_changes_unannounced() -> None:
    """A page's bytes are frozen for a period between two changes, and its JSON says what a verdict depends on."""
    assert unannounced(EARLY, NEAR, SEED_DAYS, doubts=True) == []


def test_each_change_of_the_seed_can_be_seen_by_somebody() -> None:
    """`next_change` is the least instant at which the state changes: it does not cry wolf."""
    everybody = [replace(visit, publisher=name) for name in (*(p.id for p in PUBLISHERS), "early") for visit in NEAR]
    born = instant("2015-05-22T10:00Z")  # before the law, only its territory changes, and nobody sees that
    assert RULESET.history.transitions[1] == born
    for change in RULESET.history.transitions[1:]:
        eve = [answer(examine(EARLY, replace(visit, moment=Moment.at(change - SECOND)))) for visit in everybody]
        now = [answer(examine(EARLY, replace(visit, moment=Moment.at(change)))) for visit in everybody]
        assert eve != now, change


def test_doubts_over_two_dates_are_those_of_the_louder_state() -> None:
    """Line 9: over its dates a law is in force where it is in force on one of them, and not also in doubt."""
    steps = [Step(day("2026-02-13"), State.IN_DOUBT), Step(day("2026-06-15"), State.IN_FORCE)]
    ruleset = alone(law("gb/act", CitizenOf(names=("GB",)), standing=standing(steps)))
    both = Visit("us", Moment.at(instant("2026-06-15T00:00Z")))
    (found,) = examine(ruleset, both).findings
    assert found.subjects == {"nationality"}


def test_doubts_over_two_dates_do_not_hang_on_what_else_changes_that_day() -> None:
    steps = [Step(day("2026-02-13"), State.IN_DOUBT), Step(day("2026-06-15"), State.IN_FORCE)]
    ruleset = alone(law("gb/act", CitizenOf(names=("GB",)), standing=standing(steps)))
    other = law("xx/other", standing=between(None, day("2026-06-14")))
    both = Visit("us", Moment.at(instant("2026-06-15T00:00Z")))
    found = {
        one.notice.id: one.subjects
        for one in examine(replace(ruleset, notices={**ruleset.notices, other.id: other}), both).findings
    }
    assert found == {"gb/act": {"nationality"}, "xx/other": frozenset()}


@times(1.5)
@given(countries(), st.lists(visits(), min_size=1, max_size=4))
def test_no_answer_of_a_random_law_changes_unannounced(country: Country, found: list[Visit]) -> None:
    start = datetime(DAY.year, DAY.month, DAY.day, tzinfo=UTC)
    for step in range(-5, 6):
        for hour in (10, 12):
            change = start + timedelta(days=step, hours=hour)
            before, after = Moment.at(change - HOUR), Moment.at(change)
            eve = [answer(examine(country.ruleset, replace(visit, moment=before))) for visit in found]
            now = [answer(examine(country.ruleset, replace(visit, moment=after))) for visit in found]
            if eve != now:
                assert country.ruleset.next_change(change - HOUR) == change
                assert country.ruleset.last_change(change) == change


@times(1)
@given(countries(), st.lists(visits(), min_size=1, max_size=2), st.integers(-100, 100))
def test_an_answer_is_constant_between_two_changes(country: Country, found: list[Visit], hours: int) -> None:
    at = datetime(DAY.year, DAY.month, DAY.day, tzinfo=UTC) + HOUR * hours
    after, before = country.ruleset.next_change(at), country.ruleset.last_change(at)
    assert before is None or before <= at
    assert after is None or after > at
    edges = [before or at - 99 * HOUR, at, (after or at + 99 * HOUR) - SECOND]
    for visit in found:
        answers = [answer(examine(country.ruleset, replace(visit, moment=Moment.at(edge)))) for edge in edges]
        assert answers[0] == answers[1] == answers[2]


@times(2)
@given(countries(), visits())
def test_an_instant_is_answered_as_the_loudest_of_its_dates(country: Country, visit: Visit) -> None:
    for hour in (9, 11, 13):
        moment = Moment.at(datetime(DAY.year, DAY.month, DAY.day, hour, tzinfo=UTC))
        days = [examine(country.ruleset, replace(visit, moment=Moment.on(one))).findings for one in moment.dates]
        together = examine(country.ruleset, replace(visit, moment=moment)).findings
        for notice in country.ruleset.notices:
            single = [one for findings in days for one in findings if one.notice.id == notice]
            both = [one for one in together if one.notice.id == notice]
            assert bool(single) == bool(both)
            if single:
                assert both[0].verdict.loudness == max(one.verdict.loudness for one in single)
                assert both[0].shown.loudness == max(one.shown.loudness for one in single)
                loudest = [one for one in single if one.verdict is both[0].verdict]
                assert any(both[0].wordings == one.wordings for one in loudest)
                assert (len(both[0].wordings) > 1) == any(len(one.wordings) > 1 for one in loudest)


def test_a_territory_is_held_from_the_first_day_of_the_month_that_a_source_gives() -> None:
    held = RUSSIA_CONTROLLED
    assert held.holds("UA-43", date(2014, 2, 28), GAZETTEER) == 0
    assert held.holds("UA-43", date(2014, 3, 1), GAZETTEER) == 2
    assert held.holds("UA-14", date(2022, 1, 31), GAZETTEER) == 0
    assert held.holds("UA-14", date(2022, 2, 1), GAZETTEER) == 1
