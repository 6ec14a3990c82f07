"""Citation: the source on which a statement of law rests, and the review of a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from .position import NOWHERE, Position


class Seen(Enum):
    """How good the source is that was seen."""

    OFFICIAL = "official"
    PRESS = "press"
    WEAK = "weak"


@dataclass(frozen=True, slots=True)
class Citation:
    """One source: what it is, where it stands, how good it is and when it was last looked at."""

    key: str
    title: str
    url: str
    seen: Seen
    checked: date
    quote: str = ""
    at: Position = NOWHERE


@dataclass(frozen=True, slots=True)
class Citations:
    """The sources of one file, by the key that `because` uses."""

    entries: Mapping[str, Citation] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Citation]:
        return iter(self.entries.values())

    def __getitem__(self, key: str) -> Citation:
        return self.entries[key]

    def __len__(self) -> int:
        return len(self.entries)


@dataclass(frozen=True, slots=True)
class Review:
    """Who answers for a file (a role, never a person's name), and when it is to be read again."""

    by: str
    last: date
    next: date
    approved_by: str = ""
    note: str = ""
    at: Position = NOWHERE

    @property
    def approved(self) -> bool:
        """Whether counsel approved the file."""
        return bool(self.approved_by)
