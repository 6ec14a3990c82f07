"""Shape: what may stand as a value in a rule file.

Shapes are data: the reader of files and the schemas for editors are both made from them, so neither can say what
the other does not. `wanted` ends the sentence "here should stand ...".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Shape:
    """What may stand as a value."""

    wanted: str = field(default="", kw_only=True)


@dataclass(frozen=True, slots=True)
class Words(Shape):
    """A text of a few words, plain or quoted, read only by people."""

    wanted: str = field(default="a text", kw_only=True)


@dataclass(frozen=True, slots=True)
class Prose(Shape):
    """A text that readers see; it stands after `|`."""

    wanted: str = field(default="a text after |", kw_only=True)


@dataclass(frozen=True, slots=True)
class Scalar(Shape):
    """A text with a type: `type` names one of the readers in `scalar.py`."""

    type: str


@dataclass(frozen=True, slots=True)
class Choice(Shape):
    """One of a closed list of words."""

    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Name(Shape):
    """The name of something that is written elsewhere: `of` is "notice", "register", "citation" and so on."""

    of: str


@dataclass(frozen=True, slots=True)
class Row(Shape):
    """A list; `least` is how many items it has at least."""

    item: Shape
    least: int = 0


@dataclass(frozen=True, slots=True)
class Several(Shape):
    """One value, or a list of such values, any one of which will do."""

    item: Shape


@dataclass(frozen=True, slots=True)
class Open(Shape):
    """A map whose keys are no vocabulary but names; `must` are keys that it has to have."""

    key: Shape
    value: Shape
    must: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Either(Shape):
    """One of several shapes, told apart by whether it is a text, a list or a map."""

    text: Shape | None = None
    row: Shape | None = None
    map: Shape | None = None


@dataclass(frozen=True, slots=True)
class Of(Shape):
    """The closed map of that name in the vocabulary."""

    form: str


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a closed map: what it says, in a line, and what may stand there.

    `blank` allows it to have no value; `needed_with` makes it a must beside any of these keys; `beside` lets it
    stand only where that key stands.
    """

    about: str
    shape: Shape
    must: bool = False
    blank: bool = False
    needed_with: tuple[str, ...] = ()
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A closed map. Of `one` exactly one key must stand there, of `some` at least one."""

    about: str
    keys: Mapping[str, Key]
    one: tuple[str, ...] = ()
    some: tuple[str, ...] = ()


WORDS, PROSE = Words(), Prose()
FLAG = Scalar("flag", wanted="yes or no")
NUMBER = Scalar("number", wanted="a number, such as 18")
DECIMAL = Scalar("decimal", wanted="a number, such as 5000")
NEAR = Scalar("near", wanted="a day such as 90 days before, or election day")
ZONE = Scalar("zone", wanted="a time zone, such as Asia/Seoul")
DAY = Scalar("day", wanted="a date, such as 2026-06-03")
PARTIAL_DAY = Scalar("partial day", wanted="a date, such as 2026-06-03, 2026-06 or 2026")
TERM = Scalar("term", wanted="a term, such as 15 days or 1 year")
SPAN = Scalar("span", wanted="a number of days, such as 30 days")
LIFE = Scalar("life", wanted="a time of at most 5 minutes, such as 60 seconds")
PREFIX = Scalar("prefix", wanted="small letters, digits and hyphens, such as rdr")
COUNTRY = Scalar("country", wanted="a country's code, such as RU")
OTHER_COUNTRY = Scalar("other country", wanted="a country's code, such as RU, or other")
PLACE = Scalar("place", wanted="a code of ISO 3166, such as RU or UA-43")
CANDIDATE = Scalar("candidate", wanted="a code of ISO 3166, such as RU or UA-43, or unknown")
AREA = Scalar("area", wanted="the name of a territory, or a code of ISO 3166")
LANGUAGE = Scalar("language", wanted="a language, such as ru")
LABEL_LANGUAGE = Scalar("label language", wanted="a language, such as ru, or: same as the material")
LINK = Scalar("link", wanted="an address that begins with https://")
ID = Scalar("id", wanted="a name of small letters, digits and hyphens")
TAG = Scalar("tag", wanted="a name of small letters, digits and hyphens, such as ru/federal-list")
YES = Choice(("yes",), wanted="yes")
BECAUSE = Name("citation", wanted="the key of a citation in this file")
NOTICE = Name("notice", wanted="the name of a notice, such as ru/undesirable-organization")
PUBLISHER = Name("publisher", wanted="the name of a publisher's file")
CONTENT = Name("content", wanted=TAG.wanted)
CURRENCY = Scalar("currency", wanted="a currency's code, such as RUB")
VERBATIM = Scalar("verbatim", wanted="a text in quotes")
