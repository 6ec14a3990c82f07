"""Truth: NO, MAYBE or YES, ordered, and never a bool.

Kleene's strong three-valued logic. "Not known" is never "no", so a `Truth` refuses to stand where Python
wants a bool: `if truth:` would quietly read MAYBE as one of the other two.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from typing import NoReturn


class Truth(IntEnum):
    """One of three answers; `min` is *and*, `max` is *or*."""

    NO = 0
    MAYBE = 1
    YES = 2

    def __bool__(self) -> NoReturn:
        raise TypeError("a Truth is not a bool: compare it with NO, MAYBE or YES")

    def __invert__(self) -> Truth:
        """Kleene's *not*: MAYBE stays MAYBE."""
        return Truth(2 - self.value)

    def __str__(self) -> str:
        return self.name.lower()


NO, MAYBE, YES = Truth.NO, Truth.MAYBE, Truth.YES


def known(value: bool) -> Truth:
    """The truth of something that is known."""
    return YES if value else NO


def all_of(truths: Iterable[Truth]) -> Truth:
    """Kleene's *and*; of nothing, YES."""
    return min(truths, default=YES)


def any_of(truths: Iterable[Truth]) -> Truth:
    """Kleene's *or*; of nothing, NO."""
    return max(truths, default=NO)
