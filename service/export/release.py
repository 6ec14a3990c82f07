"""Release: one export as a folder, that takes the place of the one before it at once or not at all.

`releases/NAME` holds everything; `current` is a link to the newest. A release's name is its content's: what is
exported twice is there once. The two newest are kept, because servers may still read the one before.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from .directive import filled

CURRENT, RELEASES, MANIFEST = "current", "releases", "export.json"
KEPT = 2


@dataclass
class Release:
    """A release that is being made in a folder of its own."""

    target: Path
    folder: Path

    @property
    def earlier(self) -> Path | None:
        """The release before it, or None."""
        current = self.target / CURRENT
        return current.resolve() if current.is_dir() else None

    @property
    def manifest(self) -> dict[str, Any]:
        """What the release before it says of itself; nothing where there is none."""
        earlier = self.earlier
        if earlier is None:
            return {}
        try:
            found: dict[str, Any] = json.loads((earlier / MANIFEST).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found

    def name(self, files: Mapping[str, str], texts: Mapping[str, str], values: Mapping[str, str]) -> str:
        """The name of what has these files, by address and hash, and texts in which `values` stand."""
        told = [sorted(files.items()), sorted(texts.items()), sorted(values.items())]
        return sha256(json.dumps(told).encode()).hexdigest()[:16]

    def finish(
        self, name: str, texts: Mapping[str, str], manifest: Mapping[str, object], values: Mapping[str, str]
    ) -> None:
        """Let the release be the current one. In `texts` `values`, and its own folder, stand for names between `@`."""
        place = self.target / RELEASES / name
        told = self.folder / MANIFEST
        told.write_text(json.dumps({"name": name, **manifest}, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        if place.exists():
            told.replace(place / MANIFEST)
        else:
            at = {"RELEASE": f"{values['ROOT']}/{RELEASES}/{name}", "CURRENT": f"{values['ROOT']}/{CURRENT}"}
            for file, text in texts.items():
                (self.folder / file).write_text(filled(text, {**values, **at}), encoding="utf-8")
            self.folder.rename(place)
        os.utime(place)
        link = self.target / f".{CURRENT}"
        link.unlink(missing_ok=True)
        link.symlink_to(Path(RELEASES) / name)
        link.replace(self.target / CURRENT)
        self._prune(place)

    def _prune(self, newest: Path) -> None:
        found = sorted((self.target / RELEASES).iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in [path for path in found if path != newest][KEPT - 1 :]:
            shutil.rmtree(path)


@contextmanager
def new_release(target: Path) -> Iterator[Release]:
    """A release to be filled; what is not finished is thrown away. Raises BlockingIOError while another is made."""
    (target / RELEASES).mkdir(parents=True, exist_ok=True)
    with (target / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        folder = target / ".new"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        try:
            yield Release(target, folder)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
