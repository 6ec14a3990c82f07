"""Record: a map as it was read, with typed values and the places where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from ..law.position import Position
from ..law.standing import PartialDate

T = TypeVar("T")


class Said(str):
    """A text that knows where it stands."""

    __slots__ = ("at",)
    at: Position

    @classmethod
    def of(cls, text: str, at: Position) -> Said:
        """The text at a place."""
        said = cls(text)
        said.at = at
        return said


@dataclass(slots=True)
class Record:
    """What a map says. `where` has the place of every key, `broken` the keys whose value could not be read whole."""

    at: Position
    values: dict[str, object] = field(default_factory=dict)
    where: dict[str, Position] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)

    def __contains__(self, key: str) -> bool:
        return key in self.where

    def __iter__(self) -> Iterator[str]:
        return iter(self.values)

    def place(self, key: str) -> Position:
        """Where a key stands, or the map where it is missing."""
        return self.where.get(key, self.at)

    def get(self, key: str, kind: type[T]) -> T | None:
        """A value of a kind, or None where it is missing, broken or of another kind."""
        value = self.values.get(key)
        return value if isinstance(value, kind) else None

    def text(self, key: str) -> str:
        """A text without its place, or ""."""
        value = self.values.get(key)
        return str(value) if isinstance(value, str) else ""

    def said(self, key: str) -> Said | None:
        """A text with its place."""
        return self.get(key, Said)

    def flag(self, key: str) -> bool:
        """Whether a flag is set."""
        return self.values.get(key) is True or self.text(key) == "yes"

    def day(self, key: str) -> date | None:
        """A whole date."""
        return self.get(key, date)

    def partial(self, key: str) -> PartialDate | None:
        """A partial date."""
        return self.get(key, PartialDate)

    def record(self, key: str) -> Record | None:
        """A map below."""
        return self.get(key, Record)

    def row(self, key: str) -> tuple[object, ...]:
        """The items of a list."""
        return self.get(key, tuple) or ()

    def records(self, key: str) -> tuple[Record, ...]:
        """The maps of a list."""
        return tuple(item for item in self.row(key) if isinstance(item, Record))

    def names(self, key: str) -> tuple[Said, ...]:
        """The texts of a list, or the one text that stands in its stead."""
        value = self.values.get(key)
        if isinstance(value, Said):
            return (value,)
        return tuple(item for item in self.row(key) if isinstance(item, Said))

    def plain(self, key: str) -> tuple[str, ...]:
        """The same without their places."""
        return tuple(str(name) for name in self.names(key))
