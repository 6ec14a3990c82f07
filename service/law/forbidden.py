"""Forbidden: what may not be said where a law holds, and what is said instead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from .position import NOWHERE, Position

_LONGER = r"(?:[^\W_]|[\u0300-\u036f])"
"""What makes a word longer: a letter, a digit or an accent. A line below, as addresses have it, does not."""


@dataclass(frozen=True, slots=True)
class ForbiddenWord:
    """One word with its other forms; `say` may be empty, where nothing can be said in its stead."""

    word: str
    also: tuple[str, ...] = ()
    say: str = ""
    because: str = ""
    at: Position = NOWHERE

    def spots(self, text: str) -> Iterator[tuple[int, str]]:
        """Where the word or a form of it stands in a text of Unicode form NFC, whole and in whatever case."""
        return ((found.start(), found[0]) for found in _sought((self.word, *self.also)).finditer(text))


@lru_cache
def _sought(forms: tuple[str, ...]) -> re.Pattern[str]:
    either = "|".join(r"\s+".join(map(re.escape, form.split())) for form in forms)
    return re.compile(f"(?<!{_LONGER})(?:{either})(?!{_LONGER})", re.IGNORECASE)
