"""Library: the edition that is served, and how a new one takes its place.

Rules are read aside; one reference is swapped; what is broken, empty or not to be served keeps the last good.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from ..answer.edition import Edition, Unservable
from ..law.ruleset import RuleSet
from ..page.grade import Grade
from .counter import Counters
from .watch import QUIET, Snapshot, Watch

TOLD = 20
"""How many mistakes are printed; `caveat check` tells all."""


class Reading(Protocol):
    """What a folder was read as: a rule set, or None and the mistakes."""

    @property
    def ruleset(self) -> RuleSet | None: ...
    @property
    def problems(self) -> Sequence[object]: ...


Load = Callable[[Path], Reading]


def clock() -> datetime:
    """The instant that it is."""
    return datetime.now(UTC)


class Library:
    """Serves one folder. `tell` prints a line about rules for the operator; nothing of a reader ever reaches it."""

    def __init__(
        self,
        folder: Path,
        load: Load,
        grade: Grade = Grade.SOURCED,
        *,
        now: Callable[[], datetime] = clock,
        counters: Counters | None = None,
        tell: Callable[[str], object] = str,
    ) -> None:
        self.now = now
        self.counters = counters or Counters()
        self.leads = True
        """Whether this process tells and counts reloads: one of those that serve a folder together does."""
        self.refused = ""
        self._tell = tell
        self._load = load
        self._grade = grade
        self.watch = Watch(folder)
        self._edition: Edition | None = None

    @property
    def edition(self) -> Edition:
        """The edition that is served now; whoever answers takes it once and keeps it to the end of the answer."""
        if self._edition is None:
            raise LookupError("the library has not been opened")
        return self._edition

    def open(self) -> None:
        """Read the folder for the first time. Raises `Unservable`: without rules there is nothing to serve."""
        snapshot = Snapshot.of(self.watch.folder)
        self._edition = self._read(snapshot)
        self._edition.warm(self.now())
        self.watch.take(snapshot)

    def refresh(self) -> bool:
        """Take the folder if it has changed and is sound; whether it was taken. Never raises."""
        try:
            taken = self._refresh()
            self.edition.warm(self.now())
        except Exception as error:  # what breaks here must not end the watch over the folder
            self.refused = type(error).__name__
            return False
        return taken

    def _refresh(self) -> bool:
        snapshot = self.watch.look()
        if snapshot is None:
            return False
        edition: Edition | None = None
        kind, reasons = "", tuple[str, ...]()
        try:
            edition = self._read(snapshot)
        except Unservable as unservable:
            kind, reasons = "Unservable", unservable.reasons
        except Exception as error:  # a rule set that breaks its reader must not break the service
            kind = type(error).__name__
        if Snapshot.of(self.watch.folder) != snapshot:
            return False  # it was written to while it was read: the next look waits until it is quiet again
        self.watch.take(snapshot)
        self.refused = kind
        if edition is not None:
            self._edition = edition
        if self.leads:
            self._report(edition, kind, reasons)
        return edition is not None

    def settle(self, seconds: float = 2.0) -> None:
        """Wait for a change that is under way, so that whoever is born now does not begin with what was before."""
        until = time.monotonic() + seconds
        while not self.refresh() and self.watch.waits and time.monotonic() < until:
            time.sleep(QUIET / 6)

    def _read(self, snapshot: Snapshot) -> Edition:
        if not snapshot.files:
            raise Unservable([f"there is no rule file in {self.watch.folder}"])
        reading = self._load(Path(snapshot.target))
        if reading.ruleset is None:
            raise Unservable([str(problem) for problem in reading.problems] or ["the rules could not be read"])
        return Edition(reading.ruleset, self._grade, self.now(), self._edition)

    def _report(self, edition: Edition | None, kind: str, reasons: Sequence[str]) -> None:
        self.counters.count("reloads" if edition is not None else "refused-reloads")
        if edition is not None:
            self._tell(f"rules {edition.fingerprint} taken")
            return
        self._tell(f"the rules were refused ({kind}, {len(reasons)} reasons); the last good ones stay")
        for reason in reasons[:TOLD]:
            self._tell(f"  {reason}")
