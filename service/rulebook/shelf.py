"""Shelf: the files of a rule set side by side, while their names are looked up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from ..law.calendar import Calendar
from ..law.condition import Condition, During, Naming, SameAs, walk
from ..law.notice import Notice
from ..law.penalty import Unit
from ..law.publisher import Publisher
from ..law.register import Register
from ..law.ruleset import RuleSet
from ..law.territory import Territory
from .gazetteer import gazetteer
from .node import Source
from .reading import Mention, Reading
from .record import Record

T = TypeVar("T")

HEAVIEST = 400
"""Parts of a condition with all that `same_as` brings into it, beyond which it is refused."""
NAMES = 10
"""Names in a list that weigh as much as a part."""


@dataclass(slots=True)
class Volume:
    """One file: what its path says, what it says itself, and what was made of it; None where it cannot be read."""

    form: str
    id: str
    source: Source
    reading: Reading
    record: Record | None = None
    made: object = None

    @property
    def sound(self) -> bool:
        """Whether no mistake was found in it so far."""
        return self.made is not None and all(problem.severity != "error" for problem in self.source.problems)

    @property
    def mentions(self) -> list[Mention]:
        """The names by which it speaks of others."""
        return self.reading.mentions


@dataclass(slots=True)
class Shelf:
    """All files by form and name, the broken ones too: what is broken is not missing as well."""

    volumes: dict[tuple[str, str], Volume] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Volume]:
        return iter(self.volumes.values())

    def names(self, form: str) -> list[str]:
        """The names of all files of a form."""
        return [id for kind, id in self.volumes if kind == form]

    def all_sound(self, *forms: str) -> bool:
        """Whether every file of some forms could be read."""
        return all(volume.sound for volume in self if volume.form in forms)

    def sound(self, form: str, kind: type[T]) -> Iterator[tuple[Volume, Record, T]]:
        """Every file of a form without mistakes, with what was made of it."""
        for volume in self:
            if volume.form == form and volume.sound and volume.record and isinstance(volume.made, kind):
                yield volume, volume.record, volume.made

    def made(self, form: str, kind: type[T]) -> Mapping[str, T]:
        """What was made of every sound file of a form, by name."""
        return {volume.id: made for volume, _, made in self.sound(form, kind)}

    def weights(self) -> dict[str, int]:
        """The parts of every notice's condition with what `same_as` brings in; 0 where that leads nowhere or round."""
        notices = self.made("notice", Notice)
        found: dict[str, int] = {}
        waiting = [(id, False) for id in notices]
        path: set[str] = set()
        while waiting:  # not by recursion: a chain of notices may be long
            id, below_done = waiting.pop()
            if id in found:
                continue
            nodes = list(walk(notices[id].applies_when))
            targets = [node.notice for node in nodes if isinstance(node, SameAs)]
            if below_done:
                path.discard(id)
                whole = all(found.get(target) for target in targets)
                found[id] = sum(map(_weight, nodes)) + sum(found[target] for target in targets) if whole else 0
            else:
                path.add(id)
                waiting.append((id, True))
                for target in targets:
                    if target in path or target not in notices:
                        found.setdefault(target, 0)
                    else:
                        waiting.append((target, False))
        return found

    def ruleset(self) -> RuleSet:
        """The linked rule set of everything that is sound."""
        weights = self.weights()
        notices, calendars = self.made("notice", Notice), self.made("calendar", Calendar)
        datable = {id for id, one in notices.items() if calendars.keys() >= {*_calendars(one.applies_when)}}
        return RuleSet(
            notices={id: notices[id] for id in sorted(notices) if 0 < weights[id] <= HEAVIEST and id in datable},
            registers=dict(sorted(self.made("register", Register).items())),
            territories=dict(sorted(self.made("territory", Territory).items())),
            publishers=dict(sorted(self.made("publisher", Publisher).items())),
            calendars=dict(sorted(calendars.items())),
            units=dict(sorted(self.made("unit", Unit).items())),
            gazetteer=gazetteer(),
        ).linked()


def _calendars(tree: Condition) -> Iterator[str]:
    return (node.calendar for node in walk(tree) if isinstance(node, During))


def _weight(node: Condition) -> int:
    return 1 + (len(node.names) // NAMES if isinstance(node, Naming) else 0)
