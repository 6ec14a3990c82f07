"""Query: what of an address is refused, as a pattern that nginx and browsers read alike."""

from __future__ import annotations

from ..answer.address import STEMS, WORDS


def status() -> str:
    """What fits, in any case, a query that tells, or is meant to tell, something about the reader."""
    between = "[^a-z=&]*"
    stems = "|".join(between.join(stem) for stem in STEMS)
    words = "|".join(between.join(word) for word in sorted(WORDS))
    return f"(?:^|&)(?:[^=&]*(?:{stems})|{between}(?:{words}){between}(?:=|&|$))"
