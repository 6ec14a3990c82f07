"""Change: what some readers are told otherwise by one rule set than by another, for which publishers and when."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import NamedTuple, TypeAlias

from ...law.reader import Reader
from .audience import Audience, known
from .telling import Told
from .version import Span


class Caution(Enum):
    """Whether readers are warned less, more, or otherwise."""

    LESS = "less cautious"
    MORE = "more cautious"
    OTHER = "different"

    @property
    def rank(self) -> int:
        """What silences stands first."""
        return list(Caution).index(self)


@dataclass(frozen=True, slots=True)
class Retold:
    """Another verdict, or more or less of the notice on the page."""

    before: Told
    after: Told

    @property
    def caution(self) -> Caution:
        """Less, if the verdict or what is shown is quieter; else more."""
        quieter = (
            self.after.verdict.loudness < self.before.verdict.loudness
            or self.after.shown.loudness < self.before.shown.loudness
        )
        return Caution.LESS if quieter else Caution.MORE

    def __str__(self) -> str:
        return f"from {self.before.words} to {self.after.words}"


@dataclass(frozen=True, slots=True)
class Begun:
    """A notice that told nobody anything, and now tells these readers one of several things."""

    told: tuple[Told, ...]

    @property
    def caution(self) -> Caution:
        """More."""
        return Caution.MORE

    def __str__(self) -> str:
        return f"from nothing to {_either(self.told)}"


@dataclass(frozen=True, slots=True)
class Ended:
    """A notice that told these readers one of several things, and now tells nobody anything."""

    told: tuple[Told, ...]

    @property
    def caution(self) -> Caution:
        """Less."""
        return Caution.LESS

    def __str__(self) -> str:
        return f"from {_either(self.told)} to nothing"


def _either(told: tuple[Told, ...]) -> str:
    return " or ".join(each.words.replace(", ", " ") if len(told) > 1 else each.words for each in told)


@dataclass(frozen=True, slots=True)
class Revoiced:
    """The same told in somebody else's words: the publisher's own in some languages, or no longer."""

    gained: frozenset[str]
    lost: frozenset[str]

    @property
    def caution(self) -> Caution:
        """Neither more nor less."""
        return Caution.OTHER

    def __str__(self) -> str:
        parts = [
            f"{way} ({', '.join(sorted(languages))})"
            for way, languages in (
                ("from the notice's words to the publisher's own", self.gained),
                ("from the publisher's own words to the notice's", self.lost),
            )
            if languages
        ]
        return "; ".join(parts)


@dataclass(frozen=True, slots=True)
class Rehung:
    """The same told, but it hangs on other facts."""

    gained: frozenset[str]
    lost: frozenset[str]

    @property
    def caution(self) -> Caution:
        """Neither more nor less."""
        return Caution.OTHER

    def __str__(self) -> str:
        parts = [
            f"{way} {' and '.join(sorted(subjects))}"
            for way, subjects in (("it now hangs on", self.gained), ("it no longer hangs on", self.lost))
            if subjects
        ]
        return "; ".join(parts)


What: TypeAlias = Retold | Begun | Ended | Revoiced | Rehung


class Airing(NamedTuple):
    """For which publishers a change holds, and when."""

    publishers: tuple[str, ...]
    spans: tuple[Span, ...]

    def __str__(self) -> str:
        return f"{', '.join(self.publishers)} {', '.join(map(str, self.spans))}"


@dataclass(frozen=True, slots=True)
class Change:
    """One sentence: readers of publishers, in spans of time, whom a notice tells something else.

    `example`: the smallest of these readers as an example to paste, with what the new rules tell them.
    """

    notice: str
    what: What
    audience: Audience
    readers: str
    airings: tuple[Airing, ...]
    example: str

    @property
    def caution(self) -> Caution:
        """Whether these readers are warned less, more or otherwise."""
        return self.what.caution

    @property
    def sentence(self) -> str:
        """The change in words, without publishers and dates."""
        return f"{self.readers}: {self.what}"

    @property
    def publishers(self) -> frozenset[str]:
        """Every publisher whose readers are told something else."""
        return frozenset(publisher for airing in self.airings for publisher in airing.publishers)

    def holds(
        self, publisher: str, at: datetime, reader: Reader, language: str | None, content: frozenset[str] | None
    ) -> bool:
        """Whether a reader of a publisher's page sees this change at an instant."""
        when = any(
            publisher in airing.publishers and any(span.holds(at) for span in airing.spans) for airing in self.airings
        )
        return when and self.audience.holds(reader, language, content)

    @property
    def key(self) -> tuple[Hashable, ...]:
        """The order of a report: what silences first, then by notice, then those first of whom least is known."""
        facts = known(*self.audience.smallest)
        return self.caution.rank, self.notice, facts, self.readers, str(self.what), tuple(map(str, self.airings))
