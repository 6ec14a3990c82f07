"""Act: something that a reader can do with a page, and what the law says of it.

An act that a notice leaves out is *not stated*, never safe.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from .position import NOWHERE, Position
from .standing import Timeline

ACTS: tuple[str, ...] = (
    "read", "read_habitually", "search", "bypass_block", "possess_device", "follow", "pay_subscribe", "like", "tag",
    "comment", "share", "share_privately", "link", "save", "import", "contact", "send_material", "appear",
    "screen_publicly", "wear_symbol", "join", "advertise", "mention", "donate", "collect_money", "receive_money",
    "work_with", "travel",
)  # fmt: skip
"""The closed list of acts."""


class Risk(Enum):
    """What an act can lead to."""

    NONE = "none"
    UNCLEAR = "unclear"
    ADMINISTRATIVE = "administrative"
    CRIMINAL = "criminal"

    @property
    def loudness(self) -> int:
        """Criminal is the loudest."""
        return list(Risk).index(self)


class Basis(Enum):
    """On what a statement rests: a norm, a warning by an authority, what is done in practice, a publisher's word."""

    STATUTE = "statute"
    OFFICIAL_WARNING = "official-warning"
    PRACTICE = "practice"
    PUBLISHER = "publisher"


class Mind(Enum):
    """The mental element that the law asks for; shown, never decided."""

    STRICT = "strict"
    RECKLESS = "reckless"
    KNOWING = "knowing"
    PURPOSE = "purpose"


@dataclass(frozen=True, slots=True)
class Exposure:
    """The risk of one act over one span of time; `see` names another notice that states it instead."""

    risk: Risk = Risk.NONE
    repeated: Risk | None = None
    basis: Basis | None = None
    mind: Mind | None = None
    see: str = ""
    because: str = ""
    note: str = ""
    stated: bool = True
    at: Position = NOWHERE

    @property
    def loudness(self) -> int:
        """The risk's; a reference is as loud as unclear, and what is not stated louder than "none"."""
        if not self.stated:
            return 1
        if self.see:
            return Risk.UNCLEAR.loudness + 1
        return self.risk.loudness + 1 if self.risk is not Risk.NONE else 0


NOT_STATED = Exposure(stated=False)
"""What stands before the first dated step of an act: the notice says nothing of it yet."""

Exposures = Timeline[Exposure]
