"""Chart: what one law, as it stands on one date, says to every case of a space at once.

The engine examines one reader in all worlds. A chart puts the worlds of all readers into one truth table, so that a
reader is the set of worlds that their facts leave open, and asking about them is one intersection of sets. The
meaning is the engine's own: `axes` and `Table` of `law.world`, and the property tests compare every answer with
`examine`.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ...law.condition import (
    Age,
    AllOf,
    CitizenOf,
    Condition,
    Content,
    Leaf,
    LocatedIn,
    Occupation,
    PageLanguage,
    ResidentOf,
    Stateless,
    UnlessDetermined,
    affirmed_places,
    cases,
    leaves,
    walk,
)
from ...law.doubt import Doubt
from ...law.notice import Kind, Notice
from ...law.place import UNKNOWN
from ...law.reader import Reader
from ...law.ruleset import RuleSet
from ...law.situation import Ground, Situation, quick
from ...law.standing import State
from ...law.truth import MAYBE, NO, YES, Truth, any_of
from ...law.world import LIMIT, Axis, Nationality, Table, TooManyWorlds, axes
from .space import FACTS, Candidates, Case, Space


@dataclass(frozen=True, slots=True, eq=False)
class Law:
    """A notice's conditions as they stand on a date; two that have the same `shape` say the same to everybody.

    What the page must carry for the notice to be about it stands in `tree` like any other question.
    """

    shape: Hashable
    kind: Kind
    state: State
    tree: Condition
    unsure: Condition | None
    ground: Ground

    @property
    def asked(self) -> tuple[Leaf, ...]:
        """Every question of both conditions."""
        return (*leaves(self.tree), *(leaves(self.unsure) if self.unsure is not None else ()))


def law(ruleset: RuleSet, notice: Notice, day: date, held: dict[tuple[str, str], Truth]) -> Law | None:
    """The law of a notice on a day, or None where it is not in force; `held` remembers who holds what that day."""
    state = notice.standing.at(day)
    if state.loudness == 0:
        return None
    about = notice.concerns.content
    applies_when = AllOf(of=(Content(names=about), notice.applies_when)) if about else notice.applies_when
    trees = [applies_when, *([notice.warn_when_unsure] if notice.warn_when_unsure is not None else [])]
    names = sorted({name for tree in trees for leaf in leaves(tree) if isinstance(leaf, (LocatedIn, ResidentOf))
                    for name in leaf.names} & ruleset.territories.keys())  # fmt: skip
    lands = tuple(
        (name, *(frozenset((one.place, one.standing.at(day).loudness) for one in kind if one.standing.at(day).loudness)
                 for kind in (ruleset.territories[name].wholly, ruleset.territories[name].partly)))
        for name in names
    )  # fmt: skip
    shape = (notice.kind, state, tuple(_shape(tree, day) for tree in trees), lands)
    ground = Ground(day, ruleset.territories, ruleset.gazetteer, held)
    return Law(shape, notice.kind, state, trees[0], notice.warn_when_unsure, ground)


def _shape(node: Condition, day: date) -> Hashable:
    """A condition as it stands on a day, without what only people read."""
    asks = node.question if isinstance(node, Leaf) else type(node).__name__
    parts = () if isinstance(node, Leaf) else tuple(_shape(part, day) for part in node.parts)
    return asks, node.standing.at(day).loudness, node.case, parts


_KINDS: tuple[tuple[Doubt, tuple[type[Leaf], ...]], ...] = (
    (Doubt.RESIDENCE, (ResidentOf,)),
    (Doubt.NATIONALITY, (CitizenOf, Stateless)),
    (Doubt.AGE, (Age,)),
    (Doubt.OCCUPATION, (Occupation,)),
    (Doubt.CONTENT, (Content,)),
    (Doubt.PAGE_LANGUAGE, (PageLanguage,)),
)


class Chart:
    """The answers of one law: for each place, the sets of cases of which it is true for certain, and open."""

    def __init__(self, law: Law, space: Space, may_carry: frozenset[str]) -> None:
        self.law, self.space = law, space
        self._may_carry = may_carry
        self.sure: dict[str, int] = {}
        self.open: dict[str, int] = {}
        self.open_cases: dict[str, dict[str, int]] = {name: {} for name in cases(law.tree)}
        self._unsure: dict[Candidates | None, int] = {}
        self._doubts: dict[str, dict[str, int]] = {}
        own_places = affirmed_places(law.tree)
        self.nearby = {
            kind.place: any_of(law.ground.holds(name, kind.place) for name in own_places) is not NO
            for kind in space.places.classes
        }
        self._slices: list[tuple[str, int, list[int]]] = []
        self._reach: dict[str, int] = {}
        self._groups: dict[int, int] = {}
        self._value = 0
        try:
            self._quickly(self._plan())
        except TooManyWorlds:
            self._slowly()

    def _plan(self) -> Table:
        """The truth table of all readers, and which of its worlds each place and each case leaves open."""
        asked = tuple(leaves(self.law.tree))
        if any(isinstance(node, UnlessDetermined) for node in walk(self.law.tree)):
            raise TooManyWorlds  # what is known of one reader decides in all of theirs, so each is asked about alone
        found: list[Axis] = []
        places = [leaf for leaf in asked if isinstance(leaf, LocatedIn)]
        standing_at: dict[Hashable, Situation] = {
            kind.place: self._at(kind.place) for kind in self.space.places.classes
        }
        place_masks = self._axis(found, places, standing_at)
        parted: list[tuple[Mapping[Hashable, tuple[Case, int]], Mapping[Hashable, frozenset[Hashable]]]] = []
        for doubt, kinds in _KINDS:
            named = [leaf for leaf in asked if isinstance(leaf, kinds)]
            if named:
                known = self.space.parted(doubt)
                values = {value: self._situation(case) for value, (case, _) in known.items()}
                parted.append((known, self._axis(found, named, values)))
        bits = [axis for axis in axes([self.law.tree], self._at()) if axis.doubt is Doubt.LAW]
        table = Table(self._at(), [*found, *bits])
        if table.size * 8 > LIMIT:  # the engine adds up to three open readings: of the list and of the standing
            raise TooManyWorlds
        self._slices = list(_slices(table))
        worlds: dict[frozenset[Hashable], int] = {}

        def reached(keys: frozenset[Hashable]) -> int:
            if keys not in worlds:
                worlds[keys] = sum(table.bit(key) for key in keys)
            return worlds[keys]

        for kind in self.space.places.classes:
            keys = place_masks[kind.place]
            self._reach[kind.place] = reached(keys) if keys else table.everywhere
        self._groups = {table.everywhere: self.space.all}
        for known, reach in parted:
            groups: dict[int, int] = {}
            for value, (_, having) in known.items():
                open_worlds = reached(reach[value])
                for mask, members in self._groups.items():
                    if both := members & having:
                        groups[mask & open_worlds] = groups.get(mask & open_worlds, 0) | both
            self._groups = groups
        return table

    def _axis(
        self, found: list[Axis], asked: Sequence[Leaf], situations: Mapping[Hashable, Situation]
    ) -> dict[Hashable, frozenset[Hashable]]:
        """Add the axis on which all situations lie, each option marked; and the marks that each situation reaches."""
        if not asked:
            return {key: frozenset() for key in situations}
        options: dict[Hashable, tuple[Hashable, frozenset[Hashable]]] = {}
        reached: dict[Hashable, frozenset[Hashable]] = {}
        doubt = Doubt.PLACE
        for key, situation in situations.items():
            axis = next(axis for axis in axes(asked, situation) if axis.doubt is not Doubt.LAW)
            doubt = axis.doubt
            marks = []
            for option, truths in zip(axis.options, axis.truths, strict=True):
                mark = ("option", doubt, option if isinstance(option, Nationality) else truths)
                options.setdefault(mark, (option, truths | {mark}))
                marks.append(mark)
            reached[key] = frozenset(marks)
        found.append(Axis(doubt, tuple(one for one, _ in options.values()), tuple(two for _, two in options.values())))
        return reached

    def _at(self, place: str = UNKNOWN) -> Situation:
        return self._situation(Case(Reader(), None, None), place)

    def _situation(self, case: Case, place: str = UNKNOWN) -> Situation:
        reader = replace(case.status, located_in=frozenset({place}))
        return Situation(self.law.ground, reader, case.language, case.content, self._may_carry)

    def _quickly(self, table: Table) -> None:
        seen: dict[int, int] = {}
        self._value = value = table.value(self.law.tree, seen)
        named = {name: seen[id(node)] for name, node in cases(self.law.tree).items()}
        for place, reach in self._reach.items():
            worlds = [(mask & reach, cases) for mask, cases in self._groups.items()]
            self.sure[place] = _union(cases for mask, cases in worlds if value & mask == mask)
            self.open[place] = _union(cases for mask, cases in worlds if value & mask)
            for name, truth in named.items():
                self.open_cases[name][place] = _union(cases for mask, cases in worlds if truth & mask)

    def _slowly(self) -> None:
        """Case by case, with the engine's caution where one reader alone has too many worlds to examine."""
        for kind in self.space.places.classes:
            self.sure[kind.place] = self.open[kind.place] = 0
            for number, case in enumerate(self.space.cases):
                situation = self._situation(case, kind.place)
                truth = quick(self.law.tree, situation)
                if truth is MAYBE:
                    try:
                        table = Table(situation, axes([self.law.tree], situation))
                        truth = table.truth(table.value(self.law.tree))
                    except TooManyWorlds:
                        truth = MAYBE
                self.sure[kind.place] |= (truth is YES) << number
                self.open[kind.place] |= (truth is not NO) << number
            for known in self.open_cases.values():
                known[kind.place] = self.space.all

    def unsure(self, candidates: Candidates) -> int:
        """The cases in which a reader elsewhere is warned in full as well."""
        tree = self.law.unsure
        if tree is None:
            return self.space.all
        where = candidates if any(isinstance(leaf, LocatedIn) for leaf in leaves(tree)) else None
        if where not in self._unsure:
            facts = [FACTS[doubt] for doubt, kinds in _KINDS if any(isinstance(leaf, kinds) for leaf in leaves(tree))]
            told: dict[Hashable, bool] = {}
            cases = 0
            for number, case in enumerate(self.space.cases):
                key = tuple(fact(case) for fact in facts)
                if key not in told:
                    reader = replace(case.status, located_in=candidates)
                    situation = Situation(self.law.ground, reader, case.language, case.content, self._may_carry)
                    told[key] = quick(tree, situation) is not NO
                cases |= told[key] << number
            self._unsure[where] = cases
        return self._unsure[where]

    def doubts(self, place: str) -> dict[str, int]:
        """For each subject, the cases in a place whose answer hangs on it."""
        if place not in self._doubts:
            found: dict[str, int] = {}
            for mask, cases in self._groups.items() if self._slices else ():
                for subject in self._hanging(mask & self._reach[place]):
                    found[subject] = found.get(subject, 0) | cases
            self._doubts[place] = found
        return self._doubts[place]

    def _hanging(self, mask: int) -> Iterator[str]:
        """The facts on which the value hangs in some worlds: two of them differ in that fact alone, and in value."""
        true = self._value & mask
        if true not in (0, mask):
            for subject, stride, options in self._slices:
                parts = {(true & option) >> (number * stride) for number, option in enumerate(options) if mask & option}
                if len(parts) > 1:
                    yield subject


def _slices(table: Table) -> Iterator[tuple[str, int, list[int]]]:
    """For each fact that can be open: its subject, its stride, and the worlds of each of its values."""
    for axis, stride in zip(table.axes, table.strides, strict=True):
        if axis.doubt is Doubt.LAW:
            read = table.bit(*axis.truths[1])
            yield axis.doubt.subject, stride, [table.everywhere ^ read, read]
        else:
            marks = [key for truths in axis.truths for key in truths if isinstance(key, tuple) and key[0] == "option"]
            yield axis.doubt.subject, stride, [table.bit(mark) for mark in marks]


def _union(sets: Iterable[int]) -> int:
    found = 0
    for each in sets:
        found |= each
    return found
