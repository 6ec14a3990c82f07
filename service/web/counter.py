"""Counter: how often something happened, over all workers; nothing in it can single out a reader.

The numbers stand in memory that the workers share, each in a row of its own, so that they survive a worker's death
and need no lock.
"""

from __future__ import annotations

import mmap
import struct
import time
from collections.abc import Iterator

NAMES = (
    "live", "none", "fallback", "unknown-publisher", "refused", "other", "failures", "reloads", "refused-reloads",
    "turned-away",
)  # fmt: skip
"""The first five are answers by state, `other` all other answers, `failures` exceptions of ours, `turned-away` those
of the answers that were given because too many asked."""

ROWS = 64
_CELL = struct.Struct("q")


class Counters:
    """All counters; `row` is the one that this process writes to."""

    def __init__(self) -> None:
        self._memory = mmap.mmap(-1, ROWS * len(NAMES) * _CELL.size)
        self._started = time.monotonic()
        self.row = 0

    def count(self, name: str) -> None:
        """One more of something."""
        offset = self._offset(self.row, name)
        (value,) = _CELL.unpack_from(self._memory, offset)
        _CELL.pack_into(self._memory, offset, value + 1)

    def total(self, name: str) -> int:
        """The sum over all workers that are or were."""
        return sum(int(_CELL.unpack_from(self._memory, self._offset(row, name))[0]) for row in range(ROWS))

    @property
    def uptime(self) -> float:
        """Seconds since the service started."""
        return time.monotonic() - self._started

    def lines(self) -> Iterator[str]:
        """The numbers in the text format that Prometheus reads."""
        yield "# TYPE caveat_answers counter"
        for name in NAMES[:6]:
            yield f'caveat_answers_total{{state="{name}"}} {self.total(name)}'
        for name in NAMES[6:]:
            metric = f"caveat_{name.replace('-', '_')}"
            yield f"# TYPE {metric} counter"
            yield f"{metric}_total {self.total(name)}"
        yield "# TYPE caveat_uptime_seconds gauge"
        yield f"caveat_uptime_seconds {self.uptime:.0f}"

    def _offset(self, row: int, name: str) -> int:
        return (row % ROWS * len(NAMES) + NAMES.index(name)) * _CELL.size
