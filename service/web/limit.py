"""Limit: how long a plain text may be, as a path says it."""

from __future__ import annotations

from ..page.phrases import LABEL

MOST = 65536
"""UTF-16 code units; no channel that we know takes more."""

CONVERTER = f"int(min={LABEL}, max={MOST})"
"""The numbers that a path may say: from one that any label has room in."""


def is_usual(path: str, most: int) -> bool:
    """Whether a path says the number in the one way that may be stored: in ASCII, and without leading zeros."""
    return path.endswith(f".{most}.txt")
