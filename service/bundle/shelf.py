"""Shelf: the bundles in a folder, and the newest of them that may be served.

The folder itself is the memory: a service that starts again reads the same one as before, and needs no disk of its
own to write to. What is served hangs on nothing else, so that every process and every start agree.

A start takes the newest bundle that two people signed, and from there each that follows; a running service goes on
from the one that it has. What is refused ends the walk, as nothing can follow on it. A name ends in the number:
`bundle-000042.tar`; other files are left alone, so a bundle is pulled under another name and renamed when it is whole.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ..law.ruleset import RuleSet
from .account import Weigh
from .refusal import Reason, Refused
from .taking import Taken, known_bundle, open_bundle, signers
from .trust import Trust

_NAME = re.compile(r"(?:.*[^0-9])?([0-9]{1,6})\.tar")


def file_name(number: int) -> str:
    """The name under which a bundle is published."""
    return f"bundle-{number:06}.tar"


@dataclass(frozen=True, slots=True)
class Found:
    """What a folder was read as: the rule set to be served, or None, and everything that was refused."""

    ruleset: RuleSet | None
    problems: tuple[Refused, ...] = ()


class Shelf:
    """Remembers the bundle that was taken last; one of them serves one process."""

    def __init__(self, trusted: Trust, weigh: Weigh) -> None:
        self._trusted, self._weigh = trusted, weigh
        self.last: Taken | None = None

    def load(self, place: Path) -> Found:
        """The newest rule set in a folder of bundles, or in the file of one. Never raises.

        Without a rule set where something was refused and nothing newer could be taken: the last good one stays.
        """
        if not place.is_dir():
            return self._alone(place)
        before = self.last
        files = _files(place)
        problems: list[Refused] = []
        if self.last is None:
            self.last, problems = self._first(files)
            if self.last is None:
                return Found(None, tuple(problems) or (_nothing(place),))
        while path := files.get(self.last.manifest.number + 1):
            taken = _numbered(open_bundle(path, self._trusted, self.last, self._weigh), path)
            if isinstance(taken, Refused):
                problems.append(taken)
                break
            self.last = taken
        problems += self._left_over(self.last, files, {problem.file for problem in problems})
        if self.last is before and problems:
            return Found(None, tuple(problems))
        return Found(self.last.ruleset, tuple(problems))

    def line(self, today: date) -> str:
        """What is served, in a line for the operator."""
        return self.last.line(today) if self.last else "no bundle was taken"

    def _first(self, files: Mapping[int, Path]) -> tuple[Taken | None, list[Refused]]:
        """The newest bundle that two people signed and that may be served; or, without one, why there is none."""
        problems: list[Refused] = []
        for number in sorted(files, reverse=True):
            path = files[number]
            if signers(path, self._trusted) >= 2:
                below = self._below(files, number)
                taken = _numbered(open_bundle(path, self._trusted, below, self._weigh), path)
                if isinstance(taken, Taken):
                    return taken, []
                problems.append(taken)
        if not problems and files:  # none is signed by two: say of the newest what is wrong with it
            path = files[max(files)]
            refused = open_bundle(path, self._trusted, None, self._weigh)
            problems += [refused] if isinstance(refused, Refused) else []
        return None, problems

    def _below(self, files: Mapping[int, Path], number: int) -> Taken | None:
        """The predecessor, if it is at hand: a manifest that lies is then refused at a start as it would be later."""
        path = files.get(number - 1)
        found = known_bundle(path, self._trusted, self._weigh) if path else None
        return found if isinstance(found, Taken) else None

    def _left_over(self, last: Taken, files: Mapping[int, Path], told: set[str]) -> list[Refused]:
        """The newest of those that are newer than what is served, if nothing was said of it yet."""
        newest = max(files, default=0)
        if newest <= last.manifest.number or files[newest].name in told:
            return []
        refused = open_bundle(files[newest], self._trusted, last, self._weigh)
        return [refused] if isinstance(refused, Refused) else []

    def _alone(self, path: Path) -> Found:
        """The bundle in a file that is replaced by its successor, whatever it is called."""
        taken = open_bundle(path, self._trusted, self.last, self._weigh)
        if isinstance(taken, Taken):
            self.last = taken
            return Found(taken.ruleset)
        if self.last is not None and taken.reason is Reason.SAME_BUNDLE:
            return Found(self.last.ruleset)
        return Found(None, (taken,))


def _files(place: Path) -> dict[int, Path]:
    """The bundles of a folder by the numbers in their names."""
    try:
        inside = sorted(place.iterdir())
    except OSError:
        return {}
    found: dict[int, Path] = {}
    for path in inside:
        if name := _NAME.fullmatch(path.name):
            found[int(name[1])] = path
    return found


def _numbered(taken: Taken | Refused, path: Path) -> Taken | Refused:
    name = _NAME.fullmatch(path.name)
    if isinstance(taken, Taken) and name and int(name[1]) != taken.manifest.number:
        wrong = f"its number is {taken.manifest.number}, not that of its name"
        return Refused(path.name, Reason.BAD_NAME, wrong, f"rename it to {file_name(taken.manifest.number)}")
    return taken


def _nothing(place: Path) -> Refused:
    return Refused(place.name, Reason.UNREADABLE, "there is no bundle", "put one there, such as bundle-000001.tar")
