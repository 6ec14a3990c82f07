"""Cover: a few products of sets that together are exactly a set of cells of a table.

The cells are the combinations of answers to some questions. A product is one selector, so a small cover is a small
page. Sets of cells are integers with a bit a cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, permutations
from math import prod
from typing import TypeAlias

Product: TypeAlias = tuple[frozenset[int], ...]
"""For every question the options of which one is chosen."""

TRIED = 24
"""In how many orders of the questions a product is made larger; the best is taken. All orders of four questions."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of a table whose axes have these sizes; the last axis runs fastest."""

    sizes: tuple[int, ...]
    slices: tuple[tuple[int, ...], ...] = field(init=False)

    def __post_init__(self) -> None:
        cells = prod(self.sizes)
        everywhere = (1 << cells) - 1
        slices: list[tuple[int, ...]] = []
        stride = cells
        for size in self.sizes:
            period, stride = stride, stride // size
            first = ((1 << stride) - 1) * (everywhere // ((1 << period) - 1))
            slices.append(tuple(first << (number * stride) for number in range(size)))
        object.__setattr__(self, "slices", tuple(slices))

    def cells(self, product: Product) -> int:
        """The cells of a product."""
        found = -1
        for slices, chosen in zip(self.slices, product, strict=True):
            found &= sum(slices[option] for option in chosen)
        return found

    def cover(self, wanted: int) -> tuple[Product, ...]:
        """Products whose cells together are exactly the wanted ones: the largest first, none without need."""
        found: list[Product] = []
        left = wanted
        while left:
            best = max(self._grown(left & -left, wanted), key=lambda product: self._worth(product, left))
            found.append(best)
            left &= ~self.cells(best)
        return tuple(self._needed(found, wanted))

    def _worth(self, product: Product, left: int) -> tuple[int, int, list[list[int]]]:
        """What a product newly covers, then how little it says; the rest makes the choice the same every time."""
        told = sum(len(chosen) for chosen, size in zip(product, self.sizes, strict=True) if len(chosen) < size)
        return (self.cells(product) & left).bit_count(), -told, [sorted(chosen) for chosen in product]

    def _grown(self, cell: int, wanted: int) -> Iterator[Product]:
        """Products around a cell that cannot be made larger within the wanted ones."""
        corner = tuple(frozenset(number for number, mask in enumerate(slices) if mask & cell) for slices in self.slices)
        for order in islice(permutations(range(len(self.sizes))), TRIED):
            product = list(corner)
            for axis in order:
                for option in range(self.sizes[axis]):
                    larger = [*product]
                    larger[axis] = product[axis] | {option}
                    if not self.cells(tuple(larger)) & ~wanted:
                        product = larger
            yield tuple(product)

    def _needed(self, found: Sequence[Product], wanted: int) -> list[Product]:
        kept = list(found)
        for product in reversed(found):
            others = 0
            for other in kept:
                if other is not product:
                    others |= self.cells(other)
            if others == wanted:
                kept = [other for other in kept if other is not product]
        return kept
