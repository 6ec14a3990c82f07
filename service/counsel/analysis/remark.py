"""Remark: something in a rule set that is no mistake and that its author should look at."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from ...law.position import NOWHERE, Position


class Severity(Enum):
    """A warning is probably not meant; a note may well be right as it stands."""

    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Remark:
    """Where, how grave, what is so, and what to write instead or to check."""

    at: Position
    severity: Severity
    what: str
    write: str

    def __str__(self) -> str:
        return f"{self.at}: {self.what}; {self.write}"

    @property
    def rank(self) -> tuple[Position, str, str]:
        """Orders remarks by file, line and column."""
        return self.at, self.severity.value, self.what

    def as_data(self) -> dict[str, object]:
        """The same for machines, with the keys of a problem."""
        return {"file": self.at.file, "line": self.at.line, "column": self.at.column,
                "severity": self.severity.value, "wrong": self.what, "write": self.write}  # fmt: skip


def place(at: Position, file: str) -> Position:
    """A position, or the start of the file where none is known."""
    return Position(file, 1, 1) if at is NOWHERE or not at.file else at
