"""Account: what a set of rules removes, alters and adds, compared with its predecessor, as data and in words.

It is worked out from the rules by whoever makes a bundle, again by whoever signs it, and again by whoever takes it.
Two versions of the program may put the same into other words, so accounts are compared by what they are about.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

from ..law.ruleset import RuleSet


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that readers are told otherwise: of which notice, by which file and what in it, to whom and when.

    Empty words where they do not matter: a text that reads otherwise does so for all of its readers, always.
    """

    notice: str
    file: str
    subject: str
    publishers: tuple[str, ...]
    place: str
    readers: str
    change: str
    when: str

    @property
    def keys(self) -> Iterable[tuple[str, str, str, str]]:
        """What it is about, once for each publisher."""
        return [(self.notice, self.file, self.subject, publisher) for publisher in self.publishers or ("",)]

    def __str__(self) -> str:
        where = ", ".join(filter(None, (self.notice or self.file, ", ".join(self.publishers))))
        when = f" ({self.when})" if self.when else ""
        return f"{where}: {f'{self.readers}: ' if self.readers else ''}{self.change}{when}"


@dataclass(frozen=True, slots=True)
class Account:
    """`removes`: who is warned less. `alters`: what is told in other words or otherwise. `adds`: who is warned more."""

    removes: tuple[Entry, ...] = ()
    alters: tuple[Entry, ...] = ()
    adds: tuple[Entry, ...] = ()

    @property
    def keys_needed(self) -> int:
        """Two people sign what warns less or says it otherwise; one is enough for what only adds."""
        return 2 if self.removes or self.alters else 1

    @property
    def lines(self) -> Iterator[str]:
        """The account for people."""
        for heading, entries in (("Removes", self.removes), ("Alters", self.alters), ("Adds", self.adds)):
            if entries:
                yield f"{heading}:"
                yield from (f"  {entry}" for entry in entries)
        if not (self.removes or self.alters or self.adds):
            yield "Nothing that readers are told changes."

    def untold(self, told: Account) -> tuple[Entry, ...]:
        """What it removes or alters and another account, of the same rules, says nothing of."""
        found: list[Entry] = []
        for mine, theirs in ((self.removes, told.removes), (self.alters, told.alters)):
            known = {key for entry in theirs for key in entry.keys}
            found += [entry for entry in mine if not known.issuperset(entry.keys)]
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Weighed:
    """The rule set that some files are, and what it does compared with the one before."""

    ruleset: RuleSet
    account: Account = field(default_factory=Account)


@dataclass(frozen=True, slots=True)
class Unfit:
    """Files that are no rule set, and why not, a sentence each."""

    reasons: tuple[str, ...]


Files: TypeAlias = Mapping[str, bytes]
"""Rule files by their paths below the rules folder."""


class Weigh(Protocol):
    """Reads rule files and compares them with the set before; without one, the account is empty and says nothing."""

    def __call__(self, before: RuleSet | None, files: Files, /) -> Weighed | Unfit: ...
