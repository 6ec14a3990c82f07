"""Watch: tells when a folder of rules has changed and is quiet again."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

QUIET = 0.3
"""Seconds without a change after which a folder is taken: an editor that saves several files is done."""

Files: TypeAlias = tuple[tuple[str, int, int, int], ...]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A folder at a moment: where it really stands, and path, inode, time and size of every file."""

    target: str
    files: Files

    @classmethod
    def of(cls, folder: Path) -> Snapshot:
        """The folder, or the one file, as it is now; what cannot be read has no files."""
        target = os.path.realpath(folder)
        found: list[tuple[str, int, int, int]] = []
        folders: Iterable[tuple[str, list[str], list[str]]] = os.walk(target)
        if os.path.isfile(target):
            folders = [(os.path.dirname(target), [], [os.path.basename(target)])]
        for parent, _, names in folders:
            for name in names:
                path = os.path.join(parent, name)
                try:
                    seen = os.stat(path)
                except OSError:  # it went while we looked: the next look will tell
                    found.append((path, 0, 0, -1))
                else:
                    found.append((path, seen.st_ino, seen.st_mtime_ns, seen.st_size))
        return cls(target, tuple(sorted(found)))


class Watch:
    """Compares a folder with what was last taken from it. `clock` counts seconds and never goes back."""

    def __init__(self, folder: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self.folder = folder
        self.quiet = QUIET
        self._clock = clock
        self._taken: Snapshot | None = None
        self._seen: Snapshot | None = None
        self._since = 0.0

    def look(self) -> Snapshot | None:
        """The folder as it is to be read now, or None: it did not change, or is still changing.

        A symlink that moved is taken at once: whoever moves one has finished writing.
        """
        now = Snapshot.of(self.folder)
        if now == self._taken:
            self._seen = None
            return None
        if self._taken is None or now.target != self._taken.target:
            return now
        if now != self._seen:
            self._seen, self._since = now, self._clock()
            return None
        return now if self._clock() - self._since >= self.quiet else None

    @property
    def waits(self) -> bool:
        """Whether a change was seen and the folder is not quiet yet."""
        return self._seen is not None

    def take(self, snapshot: Snapshot) -> None:
        """Remember what was read, whether or not it could be used, so that it is read once."""
        self._taken, self._seen = snapshot, None
