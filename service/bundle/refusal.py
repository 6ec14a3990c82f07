"""Refusal: why a bundle is not taken, and what whoever pulled it can do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Reason(Enum):
    """The kind of a refusal; what is printed beside it says more."""

    UNREADABLE = "unreadable"
    TOO_LARGE = "too large"
    NO_BUNDLE = "no bundle"
    CUT = "cut"
    DAMAGED = "damaged"
    BAD_NAME = "bad name"
    SAME_NAME = "same name"
    NO_SIGNATURE = "no signature"
    UNKNOWN_KEY = "unknown key"
    WRONG_SIGNATURE = "wrong signature"
    UNKNOWN_FORMAT = "unknown format"
    BAD_MANIFEST = "bad manifest"
    MISSING_FILE = "missing file"
    EXTRA_FILE = "extra file"
    CHANGED_FILE = "changed file"
    SAME_BUNDLE = "same bundle"
    OLD_NUMBER = "old number"
    SAME_NUMBER = "same number"
    GAP = "gap"
    BROKEN_CHAIN = "broken chain"
    BACKDATED = "backdated"
    BAD_RULES = "bad rules"
    FALSE_MANIFEST = "false manifest"
    TOO_FEW_KEYS = "too few keys"
    FAULT = "fault"


class Flaw(Exception):
    """What is wrong with a bundle, before it is known in which file it is."""

    def __init__(self, reason: Reason, wrong: str, write: str) -> None:
        super().__init__(reason.value)
        self.reason, self.wrong, self.write = reason, wrong, write


@dataclass(frozen=True, slots=True)
class Refused:
    """A bundle that was not taken: in which file, why, and what to do. The last good one stays."""

    file: str
    reason: Reason
    wrong: str
    write: str

    def __str__(self) -> str:
        return f"{self.file}: {self.wrong}; {self.write}"


def shown(name: str, longest: int = 60) -> str:
    """A name from a file of a stranger's, as a message repeats it: short, and nothing that a terminal would obey."""
    plain = "".join(sign if " " < sign <= "~" else f"\\x{ord(sign):02x}" for sign in name[: longest + 1])
    return f'"{plain if len(plain) <= longest else plain[: longest - 1] + "…"}"'
