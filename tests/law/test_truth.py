"""Truth: the tables of Kleene's strong logic, written out."""

from __future__ import annotations

import pytest

from service.law.truth import MAYBE, NO, YES, Truth, all_of, any_of, known

AND = {
    (NO, NO): NO, (NO, MAYBE): NO, (NO, YES): NO,
    (MAYBE, NO): NO, (MAYBE, MAYBE): MAYBE, (MAYBE, YES): MAYBE,
    (YES, NO): NO, (YES, MAYBE): MAYBE, (YES, YES): YES,
}  # fmt: skip
OR = {
    (NO, NO): NO, (NO, MAYBE): MAYBE, (NO, YES): YES,
    (MAYBE, NO): MAYBE, (MAYBE, MAYBE): MAYBE, (MAYBE, YES): YES,
    (YES, NO): YES, (YES, MAYBE): YES, (YES, YES): YES,
}  # fmt: skip


@pytest.mark.parametrize(("pair", "expected"), AND.items())
def test_and_is_kleenes(pair: tuple[Truth, Truth], expected: Truth) -> None:
    assert all_of(pair) is expected
    assert all_of(iter(pair)) is expected


@pytest.mark.parametrize(("pair", "expected"), OR.items())
def test_or_is_kleenes(pair: tuple[Truth, Truth], expected: Truth) -> None:
    assert any_of(pair) is expected
    assert any_of(iter(pair)) is expected


@pytest.mark.parametrize(("truth", "expected"), [(NO, YES), (MAYBE, MAYBE), (YES, NO)])
def test_not_leaves_maybe_as_it_is(truth: Truth, expected: Truth) -> None:
    assert ~truth is expected


def test_all_of_nothing_is_yes_and_any_of_nothing_is_no() -> None:
    assert all_of([]) is YES
    assert any_of([]) is NO


@pytest.mark.parametrize("truth", [NO, MAYBE, YES])
def test_a_truth_is_never_a_bool(truth: Truth) -> None:
    with pytest.raises(TypeError, match=r"^a Truth is not a bool: compare it with NO, MAYBE or YES$"):
        bool(truth)
    with pytest.raises(TypeError):
        _ = "warned" if truth else "not warned"
    with pytest.raises(TypeError):
        _ = not truth
    with pytest.raises(TypeError):
        any([truth])


def test_truths_are_ordered_from_no_to_yes() -> None:
    assert NO < MAYBE < YES
    assert sorted([YES, NO, MAYBE]) == [NO, MAYBE, YES]
    assert list(Truth) == [NO, MAYBE, YES]


def test_what_is_known_is_yes_or_no() -> None:
    assert known(True) is YES
    assert known(False) is NO


def test_a_truth_is_written_in_small_letters() -> None:
    assert [str(truth) for truth in Truth] == ["no", "maybe", "yes"]
