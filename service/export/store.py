"""Store: the files of an export, each distinct content once, compressed beside itself.

A server tells one file from another by its size and its seconds: what differs never has both in common.
"""

from __future__ import annotations

import gzip
import os
import shutil
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

LEAST = 200
"""Bytes below which compressing gains nothing."""

_EARLIEST, _SPAN = 1_000_000_000, 700_000_000
"""The seconds since 1970 that a hash is turned into: from 2001 to 2023, for no server believes the future."""


@dataclass
class Store:
    """A folder of contents by their hashes; what an earlier one has is linked and not written again."""

    folder: Path
    earlier: Path | None = None
    written: int = 0
    taken: int = 0
    size: int = 0
    _times: dict[str, int] = field(default_factory=dict)
    _marks: dict[tuple[int, int], str] = field(default_factory=dict)

    def keep(self, content: bytes) -> str:
        """The name under which a content is kept from now on."""
        name = sha256(content).hexdigest()
        if name in self._times:
            return name
        packed = gzip.compress(content, 9, mtime=0) if len(content) >= LEAST else b""
        if len(packed) >= len(content):
            packed = b""
        parts = [(name, content)] + ([(f"{name}.gz", packed)] if packed else [])
        time = _EARLIEST + int(name[:12], 16) % _SPAN
        while any((time, len(data)) in self._marks for _, data in parts):
            time += 1
        for file, data in parts:
            self._marks[time, len(data)] = file
            self._write(file, data, time)
            self.size += len(data)
        self._times[name] = time
        return name

    def link(self, name: str, address: Path, *, packed: bool = True) -> None:
        """Let a content be found at an address."""
        address.parent.mkdir(parents=True, exist_ok=True)
        _link(self._path(name), address)
        if packed and (beside := self._path(f"{name}.gz")).exists():
            _link(beside, address.with_name(f"{address.name}.gz"))

    @property
    def number(self) -> int:
        """How many contents there are."""
        return len(self._times)

    def _path(self, file: str) -> Path:
        return self.folder / file[:2] / file

    def _write(self, file: str, data: bytes, time: int) -> None:
        path = self._path(file)
        path.parent.mkdir(parents=True, exist_ok=True)
        known = self.earlier / file[:2] / file if self.earlier else None
        if known is not None and _is(known, data, time):
            _link(known, path)
            self.taken += 1
            return
        path.write_bytes(data)
        os.utime(path, (time, time))
        self.written += 1


def _is(path: Path, data: bytes, time: int) -> bool:
    try:
        return int(path.stat().st_mtime) == time and path.read_bytes() == data
    except OSError:
        return False


def _link(source: Path, target: Path) -> None:
    """A second name for a file; a copy where a file can have no more, or lies on another disk."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
