"""Condition: what a law asks of a reader, as a tree of questions.

A node says nothing of how it is evaluated: `fold` walks a tree under an `Algebra`, and the three-valued short
cut, the exact truth table and a rendering in words are three algebras over one tree.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from .position import NOWHERE, Position
from .standing import ALWAYS, Standing

V = TypeVar("V")


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One node; `case` names it, and it holds only while its `standing` is in force."""

    case: str = ""
    standing: Standing = ALWAYS
    because: str = ""
    note: str = ""
    at: Position = NOWHERE

    @property
    def parts(self) -> tuple[Condition, ...]:
        """The nodes directly below."""
        return ()


@dataclass(frozen=True, slots=True)
class AllOf(Condition):
    """True where every part is."""

    of: tuple[Condition, ...]

    @property
    def parts(self) -> tuple[Condition, ...]:
        return self.of


@dataclass(frozen=True, slots=True)
class AnyOf(Condition):
    """True where at least one part is."""

    of: tuple[Condition, ...]

    @property
    def parts(self) -> tuple[Condition, ...]:
        return self.of


@dataclass(frozen=True, slots=True)
class Not(Condition):
    """True where the part is not."""

    of: Condition

    @property
    def parts(self) -> tuple[Condition, ...]:
        return (self.of,)


@dataclass(frozen=True, slots=True)
class Possibly(Condition):
    """The part, if the law is read that widely: never more than a possibility, and a doubt about the law."""

    of: Condition

    @property
    def parts(self) -> tuple[Condition, ...]:
        return (self.of,)


@dataclass(frozen=True, slots=True)
class SameAs(Condition):
    """The condition of another notice; `of` is that notice's tree once a rule set has linked it."""

    notice: str
    of: Condition | None = None

    @property
    def parts(self) -> tuple[Condition, ...]:
        return () if self.of is None else (self.of,)


@dataclass(frozen=True, slots=True)
class Leaf(Condition):
    """A question about the reader or the page; two leaves that ask the same are one."""

    @property
    def question(self) -> tuple[object, ...]:
        """What tells this question from another."""
        return (type(self).__name__,)


@dataclass(frozen=True, slots=True)
class Everyone(Leaf):
    """True of everybody."""


@dataclass(frozen=True, slots=True)
class During(Everyone):
    """True of everybody on the days from `first` to `last` around each day of a calendar; negative is before it.

    Once a rule set has linked it, its standing says so: in force on those days, and in doubt where the calendar's
    days are not known. So it is dated, explained and put into programs as everything else that is dated.
    """

    calendar: str = field(kw_only=True)
    first: int = field(kw_only=True)
    last: int = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class Stateless(Leaf):
    """Whether the reader is stateless; `expected` is the answer that makes it true."""

    expected: bool = True

    @property
    def question(self) -> tuple[object, ...]:
        return ("Stateless", self.expected)


@dataclass(frozen=True, slots=True)
class Naming(Leaf):
    """A leaf that names things, any one of which makes it true."""

    names: tuple[str, ...] = field(default=())

    @property
    def question(self) -> tuple[object, ...]:
        return (type(self).__name__, *sorted(self.names))


@dataclass(frozen=True, slots=True)
class LocatedIn(Naming):
    """The reader is in one of these territories or codes."""


@dataclass(frozen=True, slots=True)
class ResidentOf(Naming):
    """The reader lives for good in one of these territories or codes, or holds a permit to."""


@dataclass(frozen=True, slots=True)
class CitizenOf(Naming):
    """The reader holds one of these citizenships, whatever others beside it."""


@dataclass(frozen=True, slots=True)
class Occupation(Naming):
    """The reader has one of these occupations."""


@dataclass(frozen=True, slots=True)
class Content(Naming):
    """The page carries content with one of these tags."""


@dataclass(frozen=True, slots=True)
class PageLanguage(Naming):
    """The page was asked for in one of these languages."""


@dataclass(frozen=True, slots=True)
class Age(Leaf):
    """The reader's age in whole years, both ends inclusive; an absent end is open."""

    least: int | None = None
    most: int | None = None

    @property
    def question(self) -> tuple[object, ...]:
        return ("Age", self.least, self.most)

    def holds(self, age: int) -> bool:
        """Whether an age lies within."""
        return (self.least is None or age >= self.least) and (self.most is None or age <= self.most)


@dataclass(frozen=True, slots=True)
class UnlessDetermined(Condition):
    """False where the reader's age is known to be such, else true: a duty that is owed to whoever is not known."""

    of: Age

    @property
    def parts(self) -> tuple[Condition, ...]:
        return (self.of,)


class Algebra(Protocol[V]):
    """A way to evaluate a tree. None of the methods raises, and no order of parts matters."""

    def leaf(self, leaf: Leaf) -> V: ...
    def all_of(self, parts: Sequence[V]) -> V: ...
    def any_of(self, parts: Sequence[V]) -> V: ...
    def invert(self, part: V) -> V: ...
    def possibly(self, node: Possibly, part: V) -> V: ...
    def unless_determined(self, part: V) -> V: ...
    def gate(self, node: Condition, value: V) -> V:
        """The value of a node under its own standing."""
        ...


def fold(node: Condition, algebra: Algebra[V], seen: dict[int, V] | None = None) -> V:
    """The value of a tree; `seen`, if given, receives the value of every node by its `id`."""
    value: V
    if isinstance(node, Leaf):
        value = algebra.leaf(node)
    elif isinstance(node, Not):
        value = algebra.invert(fold(node.of, algebra, seen))
    elif isinstance(node, Possibly):
        value = algebra.possibly(node, fold(node.of, algebra, seen))
    elif isinstance(node, UnlessDetermined):
        value = algebra.unless_determined(fold(node.of, algebra, seen))
    elif isinstance(node, AnyOf):
        value = algebra.any_of([fold(part, algebra, seen) for part in node.of])
    elif isinstance(node, (AllOf, SameAs)):
        value = algebra.all_of([fold(part, algebra, seen) for part in node.parts])
    else:
        raise TypeError(f"no such condition: {type(node).__name__}")
    if node.standing is not ALWAYS:
        value = algebra.gate(node, value)
    if seen is not None:
        seen[id(node)] = value
    return value


def walk(node: Condition) -> Iterator[Condition]:
    """Every node of a tree, each before those below it."""
    yield node
    for part in node.parts:
        yield from walk(part)


def cases(node: Condition) -> dict[str, Condition]:
    """The named cases of a tree, in the order in which they were written."""
    return {part.case: part for part in walk(node) if part.case}


def leaves(node: Condition) -> Iterator[Leaf]:
    """Every question that a tree asks, repeats included."""
    return (part for part in walk(node) if isinstance(part, Leaf))


def affirmed_places(node: Condition, affirmed: bool = True) -> tuple[str, ...]:
    """The territories that a tree names outside `not` (or under two of them), without repeats: the law's own places."""
    if isinstance(node, LocatedIn):
        return node.names if affirmed else ()
    below = affirmed is not isinstance(node, Not)
    return tuple(dict.fromkeys(name for part in node.parts for name in affirmed_places(part, below)))
