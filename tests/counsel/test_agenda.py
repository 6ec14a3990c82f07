"""The agenda: what is past its date, what will be, and what waits for counsel."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from service.counsel.agenda import Matter, agenda
from service.rulebook import load

RULES = load(Path(__file__).parents[1] / "seed").ruleset
CHECKED = date(2026, 11, 23)


def test_on_the_day_of_the_review_nothing_is_overdue() -> None:
    assert RULES is not None
    assert [item for item in agenda(RULES, CHECKED) if item.overdue(CHECKED)] == []


def test_no_notice_passes_for_approved_and_no_draft_for_edited() -> None:
    assert RULES is not None
    items = agenda(RULES, CHECKED)
    waiting = {item.file for item in items if item.matter is Matter.NOT_APPROVED}
    assert {f"notices/{id}.yaml" for id in RULES.notices} <= waiting
    drafts = {item.file for item in items if item.matter is Matter.DRAFT}
    assert "notices/by/extremist-materials.yaml" in drafts


def test_a_register_is_due_when_its_check_no_longer_holds() -> None:
    assert RULES is not None
    register = RULES.registers["ru/undesirable-organizations"]
    assert register.stale_after == timedelta(days=30)
    last = register.checked + register.stale_after
    for today, stale in ((last, False), (last + timedelta(days=1), True)):
        overdue = [item for item in agenda(RULES, today) if item.overdue(today) and item.matter is Matter.REGISTER]
        assert (register.at in {item.at for item in overdue}) is stale
        assert register.stale(today) is stale


def test_looking_ahead_finds_what_is_not_yet_due_the_oldest_first() -> None:
    assert RULES is not None
    items = agenda(RULES, CHECKED, timedelta(days=120))
    days = [item.day for item in items if item.day]
    assert days == sorted(days)
    assert date(2027, 2, 23) in days
