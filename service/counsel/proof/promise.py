"""Promise: what is proved of a rule set, where it is broken, and what publishers declare that their texts leave out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from ...law.verdict import Verdict


class Promise(Enum):
    """What is proved."""

    LEARNING = "learning never overturns"
    WARNED = "nobody who may be in a law's place is left unwarned"
    SPEAKS = "the wording shown speaks for every case still open"


@dataclass(frozen=True, slots=True)
class Missed:
    """A promise that is broken: how, for how many readers that differ, and the one of whom least is known."""

    promise: Promise
    notice: str
    publisher: str
    what: str
    readers: int
    days: str
    reader: str

    def __str__(self) -> str:
        return (
            f"{self.publisher} {self.notice}: {self.what}; {self.readers} readers, "
            f"the first on {self.days}: {self.reader} ({self.promise.value})"
        )


@dataclass(frozen=True, slots=True)
class Gap:
    """Cases that are open for somebody who is shown a publisher's own text which, as declared, does not name them."""

    publisher: str
    notice: str
    language: str
    verdict: Verdict
    cases: tuple[str, ...]
    reason: str

    def __str__(self) -> str:
        return f"{self.publisher} {self.notice} ({self.language}) leaves out {', '.join(self.cases)} ({self.reason})"


@dataclass(frozen=True, slots=True)
class Untranslated:
    """A publisher's language in which a notice says nothing, and the language that is served in its stead."""

    publisher: str
    notice: str
    language: str
    instead: str

    def __str__(self) -> str:
        return f"{self.publisher} {self.notice} has no text in {self.language}; {self.instead} is served"
