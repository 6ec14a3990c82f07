"""Day: partial dates, first and last days."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from service.law.moment import boundaries, starts
from service.law.register import Register
from service.law.standing import PartialDate, State, between

from .seed import day


def test_the_last_day_of_the_calendar_ends_nothing() -> None:
    assert between(None, PartialDate(9999)).at(date.max) is State.IN_FORCE
    assert between(PartialDate(2020), PartialDate(9999, 12)).days == (date(2020, 1, 1),)


def test_what_ended_before_it_began_was_never_in_force() -> None:
    assert between(day("2021"), day("2020")).values == (State.ENDED,)
    assert between(day("2021-01-01"), day("2020-12-31")).values == (State.ENDED,)
    one_day = between(day("2021-01-01"), day("2021-01-01"))
    assert [one_day.at(date(2020, 12, 31)), one_day.at(date(2021, 1, 1)), one_day.at(date(2021, 1, 2))] == [
        State.NOT_YET, State.IN_FORCE, State.ENDED,
    ]  # fmt: skip


def test_a_day_begins_in_the_east_and_is_over_in_the_west() -> None:
    assert starts(date(2024, 2, 2)) == datetime(2024, 2, 1, 10, tzinfo=UTC)
    assert boundaries([date(2024, 2, 2)]) == [
        datetime(2024, 2, 1, 10, tzinfo=UTC), datetime(2024, 2, 2, 12, tzinfo=UTC),
    ]  # fmt: skip


def test_a_date_is_written_as_far_as_it_is_known() -> None:
    assert [str(one) for one in (day("2024"), day("2024-02"), day("2024-02-03"), PartialDate(800))] == [
        "2024", "2024-02", "2024-02-03", "0800",
    ]  # fmt: skip
    assert PartialDate.of(date(2024, 2, 3)) == day("2024-02-03")
    assert [day(text).last() for text in ("2024", "2024-02", "2023-02", "2024-02-03")] == [
        date(2024, 12, 31), date(2024, 2, 29), date(2023, 2, 28), date(2024, 2, 3),
    ]  # fmt: skip


def test_a_list_is_stale_only_after_the_days_for_which_its_check_holds() -> None:
    checked = date(2026, 11, 1)
    register = Register("r", "R", "Somebody", checked, day("2026-12-01").first() - checked)
    assert not register.stale(date(2026, 12, 1))
    assert register.stale(date(2026, 12, 2))
    assert not replace(register, stale_after=None).stale(date.max)
