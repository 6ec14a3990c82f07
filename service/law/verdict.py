"""Verdict: what the law says of a reader; and what the page shows of it, which is the editor's."""

from __future__ import annotations

from enum import Enum


class Verdict(Enum):
    """What the law says of a reader."""

    DOES_NOT_APPLY = "does_not_apply"
    MAY_APPLY = "may_apply"
    APPLIES = "applies"

    @property
    def loudness(self) -> int:
        """`applies` is the loudest."""
        return list(Verdict).index(self)


class Shown(Enum):
    """How much of a notice a page gets: nothing, one line, or its text."""

    NONE = "none"
    FOLDED = "folded"
    FULL = "full"

    @property
    def loudness(self) -> int:
        """`full` is the loudest."""
        return list(Shown).index(self)
