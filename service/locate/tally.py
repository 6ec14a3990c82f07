"""Tally: how many addresses there are of which several sources say the same things.

All networks of all sources are merged, so that every figure is exact over all addresses and nothing is sampled.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

NOTHING: frozenset[str] = frozenset()
"""What a source says of an address that it does not list."""

Stretch = tuple[int, int, frozenset[str]]
"""The first and the last address, as numbers, of a network or of several, and where a source places them."""

Tally = Counter[tuple[frozenset[str], ...]]
"""What each source says, in their order → of how many addresses; of those only of which one says something."""


def tally(sources: Sequence[Iterable[Stretch]]) -> Tally:
    """Merge sources whose stretches are in order and do not overlap."""
    found: Tally = Counter()
    waiting = [iter(source) for source in sources]
    current = [next(source, None) for source in waiting]
    at = 0
    while pending := [stretch for stretch in current if stretch is not None]:
        at = max(at, min(stretch[0] for stretch in pending))
        said = tuple(stretch[2] if stretch and stretch[0] <= at else NOTHING for stretch in current)
        end = min(stretch[1] if stretch[0] <= at else stretch[0] - 1 for stretch in pending)
        found[said] += end - at + 1
        at = end + 1
        for index, stretch in enumerate(current):
            if stretch is not None and stretch[1] < at:
                current[index] = next(waiting[index], None)
    return found


def joined(stretches: Iterable[Stretch]) -> Iterator[Stretch]:
    """The same stretches in order, neighbours of which the same is said made one."""
    kept: Stretch | None = None
    for first, last, places in stretches:
        if kept is not None and kept[1] + 1 == first and kept[2] == places:
            kept = (kept[0], last, places)
            continue
        if kept is not None:
            yield kept
        kept = (first, last, places)
    if kept is not None:
        yield kept
