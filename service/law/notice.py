"""Notice: one law and what a reader is told of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from .act import Basis, Exposure, Exposures
from .citation import Citations, Review
from .condition import Condition
from .defence import Defence
from .example import Example
from .forbidden import ForbiddenWord
from .penalty import Penalty
from .position import NOWHERE, Position
from .prescribed import Prescribed
from .standing import ALWAYS, Standing
from .wording import Wording
from .zone import Zone


class Kind(Enum):
    """Whether a notice warns a reader or is a label that a publisher may owe."""

    READER_RISK = "reader-risk"
    PUBLISHER_DUTY = "publisher-duty"


@dataclass(frozen=True, slots=True)
class Concern:
    """Which publishers a notice is about: those in a register, or those with such content or facts, or all."""

    register: str = ""
    measure: str = ""
    content: tuple[str, ...] = ()
    site: str = ""
    at: Position = NOWHERE


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice, as its file says it; `zone`: whose days a duty's dates are."""

    id: str
    title: Mapping[str, str]
    kind: Kind
    basis: Basis
    concerns: Concern
    applies_when: Condition
    standing: Standing = ALWAYS
    warn_when_unsure: Condition | None = None
    acts: Mapping[str, Exposures] = field(default_factory=dict)
    penalties: tuple[Penalty, ...] = ()
    defences: tuple[Defence, ...] = ()
    wording: Wording = field(default_factory=Wording)
    prescribed: Prescribed | None = None
    zone: Zone | None = None
    must_not_say: tuple[ForbiddenWord, ...] = ()
    citations: Citations = field(default_factory=Citations)
    review: Review | None = None
    examples: tuple[Example, ...] = ()
    at: Position = NOWHERE

    @property
    def jurisdiction(self) -> str:
        """The ISO 3166-1 code of the country whose law this is."""
        return self.id.partition("/")[0].upper()

    def called(self, language: str) -> tuple[str, str]:
        """The title, in a language if there is one, else in English; and the language that it is in."""
        return (self.title[language], language) if language in self.title else (self.title["en"], "en")

    def exposures(self, days: tuple[date, ...]) -> dict[str, Exposure]:
        """What the notice states of each act, the loudest over some days; an act not yet stated is left out."""
        stated: dict[str, Exposure] = {}
        for act, timeline in self.acts.items():
            loudest = max((timeline.at(day) for day in days), key=lambda exposure: exposure.loudness)
            if loudest.stated:
                stated[act] = loudest
        return stated
