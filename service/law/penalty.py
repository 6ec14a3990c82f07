"""Penalty: what a law threatens, as data; shown, never decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from .citation import Citations, Review
from .condition import Condition
from .position import NOWHERE, Position
from .standing import PartialDate


class Whom(Enum):
    """Whom a penalty is for."""

    INDIVIDUAL = "individual"
    OFFICIAL = "official"
    COMPANY = "company"


KINDS: tuple[str, ...] = (
    "fine", "prison", "arrest", "labour", "forced_labour", "death", "life", "confiscation", "asset_freeze",
    "citizenship_loss", "expulsion", "blocking", "restricted_liberty", "activity_ban", "warning",
)  # fmt: skip
"""The closed list of kinds of penalty; an `activity_ban` is one on holding posts or doing certain work."""

TERMS: frozenset[str] = frozenset(
    {"prison", "arrest", "labour", "forced_labour", "blocking", "restricted_liberty", "activity_ban"}
)
"""The kinds that last for a time."""


@dataclass(frozen=True, slots=True)
class Amount:
    """How much: a sum in a currency or a unit, a term ("1 year"), or nothing more than that it can happen.

    `percent_of`: the sum is in hundredths of this.
    """

    least: str = ""
    most: str = ""
    currency: str = ""
    unit: str = ""
    percent_of: str = ""


@dataclass(frozen=True, slots=True)
class Penalty:
    """One threat: all of `kinds` together, and one of each set of `choices`."""

    whom: Whom
    kinds: Mapping[str, Amount] = field(default_factory=dict)
    choices: tuple[Mapping[str, Amount], ...] = ()
    together: tuple[Mapping[str, Amount], ...] = ()
    repeated: bool = False
    followers_over: int | None = None
    when: Condition | None = None
    acts: tuple[str, ...] = ()
    sources_differ: bool = False
    because: str = ""
    note: str = ""
    at: Position = NOWHERE


@dataclass(frozen=True, slots=True)
class UnitValue:
    """What a unit of account is worth from a date on."""

    since: PartialDate
    value: str
    currency: str
    because: str = ""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of account in which a country writes its fines."""

    id: str
    title: str
    values: tuple[UnitValue, ...] = ()
    citations: Citations = field(default_factory=Citations)
    review: Review | None = None
    at: Position = NOWHERE

    def value(self, day: date) -> UnitValue | None:
        """The value in force on a day, if one is recorded."""
        past = [value for value in self.values if value.since.first() <= day]
        return max(past, key=lambda value: value.since.first(), default=None)
