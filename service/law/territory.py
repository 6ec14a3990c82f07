"""Territory: places held wholly or partly, with dates.

What counts is who controls or claims a place on a day, which no code of ISO 3166 says. A place held partly
never gives YES: the line runs through it, and an address or a code cannot tell its sides apart.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from .citation import Citations, Review
from .place import UNKNOWN, Gazetteer
from .position import NOWHERE, Position
from .standing import ALWAYS, Standing, State
from .truth import MAYBE, NO, YES, Truth


@dataclass(frozen=True, slots=True)
class Holding:
    """One place of a territory: since when and until when it is held, and the share of it, as a source gives it."""

    place: str
    standing: Standing = ALWAYS
    share: str = ""
    because: str = ""
    at: Position = NOWHERE


@dataclass(frozen=True, slots=True)
class Territory:
    """A named set of places; `about` says whether it lists control or claims."""

    id: str
    title: str
    wholly: tuple[Holding, ...]
    partly: tuple[Holding, ...] = ()
    about: str = "control"
    citations: Citations = field(default_factory=Citations)
    review: Review | None = None
    at: Position = NOWHERE

    @classmethod
    def of_code(cls, code: str) -> Territory:
        """The territory that a bare ISO code names."""
        return cls(code, code, (Holding(code),))

    def holds(self, place: str, day: date, gazetteer: Gazetteer) -> Truth:
        """Whether a place lies in the territory on a day (RULES.md section 2, line 2)."""
        wholly = [held.place for held in self.wholly if held.standing.at(day).loudness == 2]
        if place != UNKNOWN and any(gazetteer.within(place, held) for held in wholly):
            return YES
        if place == UNKNOWN:
            return MAYBE
        unsure = [held.place for held in self.wholly if held.standing.at(day) is State.IN_DOUBT]
        unsure += [held.place for held in self.partly if held.standing.at(day).loudness > 0]
        if any(gazetteer.within(held, place) for held in wholly):
            return MAYBE
        if any(gazetteer.within(place, held) or gazetteer.within(held, place) for held in unsure):
            return MAYBE
        return NO
