"""Prescribed: what a law prescribes for a label, letter for letter or as a check-list, and how it has to look."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from .position import NOWHERE, Position
from .standing import PartialDate

SAME_AS_THE_MATERIAL = "same as the material"
"""What stands for a language where a label has to be in that of what it stands on."""

MEDIA: tuple[str, ...] = (
    "any", "text", "page", "image", "video", "audio", "broadcast", "print", "film", "interactive",
)  # fmt: skip
"""The closed list of media for which a form may be prescribed; `any` is all of them."""

MANNERS: tuple[str, ...] = ("placement", "size", "contrast", "colours", "duration", "dismiss", "appended")
"""What is prescribed of a form in words."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A variable of a prescribed text: free words, or some of a closed list.

    Of several words the last two are joined by `join` and the others by `list`, as the text prescribes.
    """

    name: str
    of: tuple[str, ...] = ()
    join: str = ""
    list: str = ""

    def fill(self, value: str | tuple[str, ...]) -> str:
        """The words that stand in the slot."""
        if isinstance(value, str):
            return value
        return self.join.join(filter(None, ((self.list or self.join).join(value[:-1]), *value[-1:])))


@dataclass(frozen=True, slots=True)
class Fixed:
    """A text of which no letter may change, and the SHA-256 by which a change is seen."""

    text: str
    hash: str
    at: Position = NOWHERE


@dataclass(frozen=True, slots=True)
class Element:
    """Something that a label has to say in words of the publisher's; with `when` only then, as a person judges."""

    name: str
    say: str
    when: str = ""
    because: str = ""
    at: Position = NOWHERE


@dataclass(frozen=True, slots=True)
class Showing:
    """One of the times at which a label has to be seen: when, for how long, over how much, and how it goes away."""

    at: str
    lasts: str = ""
    covers: str = ""
    dismiss: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """How a label has to look or sound in one medium: data for whoever lays it out, of which nothing is computed.

    `manners`: by the words of `MANNERS`, as the law says it. `judged`: what only a person can judge.
    """

    medium: str
    manners: Mapping[str, str] = field(default_factory=dict)
    shows: tuple[Showing, ...] = ()
    every_item: bool = False
    judged: tuple[str, ...] = ()
    because: str = ""

    @property
    def lines(self) -> tuple[str, ...]:
        """All of it as a rule file writes it, a line each."""
        shows = [
            ", ".join(f"{key} {value}" for key, value in (("at", one.at), ("for", one.lasts), ("covers", one.covers),
                                                          ("dismiss", one.dismiss)) if value)
            for one in self.shows
        ]  # fmt: skip
        return (
            *(f"{manner}: {words}" for manner, words in self.manners.items()),
            *(f"shows: {show}" for show in shows),
            *(["every_item: yes"] if self.every_item else []),
            *(f"judged_by_hand: {one}" for one in self.judged),
        )


@dataclass(frozen=True, slots=True)
class Label:
    """How a publisher words a label: which of several texts, where it leads, translations, and words for elements.

    `texts` are by language, `elements` by language and name.
    """

    chosen: str = ""
    link: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    elements: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Prescribed:
    """What a law prescribes: a text, one of several, a text that comes with each order, or a check-list.

    `others`: the texts of which one may stand instead of `text`. `follows`: it has to be in the language of the
    material; `language` is then that of the text as it is given here. `linked`: it has to be a link. `from_order`:
    the texts stand in the entries of the register. `since`, `later`: where it was prescribed otherwise at other
    times, the first day of this version, and the versions after it.
    """

    language: str
    text: str = ""
    hash: str = ""
    slots: Mapping[str, Slot] = field(default_factory=dict)
    because: str = ""
    at: Position = NOWHERE
    others: tuple[Fixed, ...] = ()
    follows: bool = False
    linked: bool = False
    from_order: bool = False
    elements: tuple[Element, ...] = ()
    looks: tuple[Look, ...] = ()
    since: PartialDate | None = None
    later: tuple[Prescribed, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts of which one has to stand there; none where the publisher or an order words it."""
        return (self.text, *(other.text for other in self.others)) if self.text else ()

    @property
    def fields(self) -> Mapping[str, Slot]:
        """The slots of all versions."""
        return {name: slot for version in self.versions for name, slot in version.slots.items()}

    @property
    def versions(self) -> tuple[Prescribed, ...]:
        """This version and those after it, in the order of time."""
        return (self, *self.later)

    def on(self, day: date) -> Prescribed:
        """The version of a day; before the first it is the first."""
        begun = [one for one in self.later if one.since and one.since.first() <= day]
        return begun[-1] if begun else self

    def filled(self, values: Mapping[str, str | tuple[str, ...]], text: str = "") -> str:
        """One of the texts, the first if none is given, with a publisher's values in its slots."""
        text = text or self.text
        for name, slot in self.slots.items():
            text = text.replace("{" + name + "}", slot.fill(values.get(name, "")))
        return text
