"""Example: a reader worked out by hand, and what the rule must say of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .position import NOWHERE, Position
from .reader import Reader
from .verdict import Shown, Verdict


@dataclass(frozen=True, slots=True)
class Example:
    """One reader of one publisher; `on` None means the day of the file's last review.

    `shown` and `doubts` are None where the author does not say; doubts are subjects ("nationality"). `site` and
    `carries` are the publisher's, had its file said so: facts of its site, and that it prints this label.
    """

    name: str
    publisher: str
    reader: Reader
    expect: Verdict
    page_language: str | None = None
    shown: Shown | None = None
    doubts: frozenset[str] | None = None
    content: frozenset[str] | None = None
    on: date | None = None
    site: frozenset[str] | None = None
    carries: bool = False
    at: Position = NOWHERE
