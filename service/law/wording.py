"""Wording: what a notice says, by language and verdict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .position import NOWHERE, Position
from .verdict import Verdict


@dataclass(frozen=True, slots=True)
class Speech:
    """One text: paragraphs separated by empty lines, `{publisher}` for its name, bracketed words as links.

    `speaks_for` and `leaves_out` name the cases for which a publisher's own text was written; empty in a notice.
    """

    text: str
    links: Mapping[str, str] = field(default_factory=dict)
    draft: bool = False
    speaks_for: frozenset[str] = frozenset()
    leaves_out: frozenset[str] = frozenset()
    reason: str = ""
    at: Position = NOWHERE


@dataclass(frozen=True, slots=True)
class Wording:
    """The texts of one author; `approved` if counsel approved them."""

    texts: Mapping[str, Mapping[Verdict, Speech]] = field(default_factory=dict)
    approved: bool = False

    def speech(self, language: str, verdict: Verdict) -> Speech | None:
        """The text for a verdict in a language."""
        return self.texts.get(language, {}).get(verdict)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which something is said."""
        return tuple(self.texts)
