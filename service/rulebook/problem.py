"""Problem: an author's mistake, where it stands, and what to write instead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal, TypeAlias

from ..law.position import Position

Severity: TypeAlias = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake of an author's; a rule set with an error is not loaded, a warning only asks to be read."""

    position: Position
    wrong: str
    write: str
    severity: Severity = "error"

    def __str__(self) -> str:
        return f"{self.position}: {self.wrong}; {self.write}"


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong with a value and what to write, before it is known where the value stands."""

    wrong: str
    write: str


LONGEST = 100
"""Characters of a word for which another is looked for; what is longer is no slip of the pen."""

MANY = 1000
"""Known words among which one is looked for; to go through more would take longer than it helps."""


def closest(word: str, known: Iterable[str], cutoff: float = 0.6) -> str:
    """The known word that was probably meant, or ""."""
    known = list(known)
    if len(word) > LONGEST or len(known) > MANY:
        return ""
    known.sort()
    lower = {name.lower(): name for name in known}
    if word.lower() in lower:
        return lower[word.lower()]
    return next(iter(get_close_matches(word, known, 1, cutoff)), "")


def guess(word: str, known: Iterable[str], otherwise: str) -> str:
    """A suggestion for a word that is not known: the closest one, else what is said otherwise."""
    found = closest(word, known)
    return f"did you mean {found}?" if found else otherwise


MOST_LISTED = 60
"""Words of a row that are told; nobody reads more."""


def listed(words: Iterable[str], last: str = "or") -> str:
    """Words in a row: "a, b or c"."""
    row = list(words)
    if len(row) > MOST_LISTED:
        return f"{', '.join(row[:MOST_LISTED])}, …"
    return f"{', '.join(row[:-1])} {last} {row[-1]}" if len(row) > 1 else "".join(row)


def quoted(text: str, longest: int = 40) -> str:
    """A text as a message repeats it: on one line, shortened, and nothing that a terminal would obey."""
    line = "".join(letter if letter.isprintable() else f"\\u{ord(letter):04x}" for letter in " ".join(text.split()))
    return f'"{line if len(line) <= longest else line[: longest - 1] + "…"}"'


def told(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems in the order of the files, each once."""
    once = dict.fromkeys(problems)
    return tuple(sorted(once, key=lambda problem: (problem.position, problem.severity, problem.wrong)))
