"""Defence: what a law lets one answer with, as text; shown, never decided.

What a law exempts is another thing: it stands under `not:` in the condition, and decides.
"""

from __future__ import annotations

from dataclasses import dataclass

from .position import NOWHERE, Position


@dataclass(frozen=True, slots=True)
class Defence:
    """One defence, such as a reasonable excuse; `includes`: what a source names as an instance of it."""

    what: str
    includes: tuple[str, ...] = ()
    because: str = ""
    note: str = ""
    at: Position = NOWHERE
