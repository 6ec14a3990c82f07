"""Turn: the edition and the instant that one answer keeps to its end, whatever is reloaded meanwhile."""

from __future__ import annotations

from datetime import datetime

from flask import g

from ..answer.edition import Edition
from .library import Library


def begin(library: Library) -> None:
    """One edition and one instant for the whole answer."""
    g.edition = library.edition
    g.now = library.now()


def has_begun() -> bool:
    """Whether an answer is under way; an error can come before it."""
    return hasattr(g, "edition")


def edition() -> Edition:
    """The edition of this answer."""
    found: Edition = g.edition
    return found


def now() -> datetime:
    """The instant of this answer."""
    found: datetime = g.now
    return found
