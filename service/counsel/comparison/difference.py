"""Difference: what two looks of one notice tell differently, by groups of readers; and how many cases were compared."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from ...law.cases import Atlas, Places, named_places
from ...law.condition import Leaf
from .audience import Audience, cover
from .change import Begun, Ended, Rehung, Retold, Revoiced, What
from .chart import Chart, Law
from .space import NOWHERE_KNOWN, Candidates, Space
from .telling import Telling, Told, told
from .version import Look

Sets: TypeAlias = dict[What, dict[Candidates, int]]


class Group(NamedTuple):
    """Readers who are told something else; `after` is what the smallest of them is told, where that differs.

    `number` stands for what is told and who is told it, whatever space they were found in.
    """

    number: int
    what: What
    audience: Audience
    after: Told | None


@dataclass(frozen=True, slots=True)
class Difference:
    """The groups of readers who are told something else, and the number of cases that were asked about."""

    groups: tuple[Group, ...]
    cases: int


class Differences:
    """Finds differences, each only once: notices and publishers that look alike share them."""

    def __init__(self, atlas: Atlas, doubts: bool = False) -> None:
        self.atlas, self._doubts = atlas, doubts
        self._places: dict[Hashable, Places] = {}
        self._spaces: dict[Hashable, Space] = {}
        self._charts: dict[Hashable, Chart] = {}
        self._found: dict[Hashable, Difference] = {}
        self._numbers: dict[Hashable, int] = {}

    def between(self, before: Look, after: Look, *, nowhere: bool = True) -> Difference:
        """What two looks tell differently; without `nowhere`, readers of whose place nothing is known are left out."""
        key = before.key, after.key, nowhere
        if key not in self._found:
            self._found[key] = self._compare(before, after, nowhere)
        return self._found[key]

    def space(self, laws: Sequence[Law]) -> Space:
        """The common refinement of what some laws ask."""
        asked = {leaf.question: leaf for law in laws for leaf in law.asked}
        return self.spread(list(asked.values()), self.parted(laws, list(asked.values())))

    def spread(self, asked: Sequence[Leaf], places: Places) -> Space:
        """The space of some different questions in places that are already parted."""
        key = frozenset(leaf.question for leaf in asked), id(places)
        if key not in self._spaces:
            self._spaces[key] = Space(self.atlas.gazetteer, asked, places)
        return self._spaces[key]

    def parted(self, laws: Sequence[Law], asked: Sequence[Leaf]) -> Places:
        """The places that questions tell apart, on the ground of each of some laws."""
        names = named_places(asked)
        grounds = {(id(law.ground.held), id(law.ground.territories)): law.ground for law in laws} if names else {}
        key = names, frozenset(grounds)
        if key not in self._places:
            self._places[key] = self.atlas.places([(ground, names) for ground in grounds.values()])
        return self._places[key]

    def charts(self, look: Look, space: Space) -> list[Chart]:
        """The chart of each of a look's laws on a space."""
        carried = look.choices.may_carry if look.choices is not None else frozenset[str]()
        found = []
        for view in look.views:
            key = id(view.law), id(space), carried
            if key not in self._charts:
                self._charts[key] = Chart(view.law, space, carried)
            found.append(self._charts[key])
        return found

    def groups(self, space: Space, sets: Sets, silent: tuple[bool, bool]) -> tuple[Group, ...]:
        """The sets as groups of readers; `silent` says before and after which nobody is told anything."""
        joined = _joined(sets, silent)
        return tuple(
            Group(self._numbers.setdefault((what, audience.key), len(self._numbers)), what, audience,
                  _after(sets, audience))
            for what, audience in grouped(space, joined)
        )  # fmt: skip

    def _compare(self, before: Look, after: Look, nowhere: bool) -> Difference:
        space = self.space([view.law for look in (before, after) for view in look.views])
        old, new = self.charts(before, space), self.charts(after, space)
        sets: Sets = {}
        told_otherwise: dict[str, int] = {}
        singles = [place for place in space.singles if nowhere or place != NOWHERE_KNOWN]
        for place in (*singles, *space.pairs):
            one = told(before.views, old, before.choices, space, place, doubts=self._doubts)
            two = told(after.views, new, after.choices, space, place, doubts=self._doubts)
            among = space.all
            if len(place) == 1:
                told_otherwise[min(place)] = space.all & ~one.same(two) | _revoiced(one, two)
            else:  # where one of two places already shows the change, both together show nothing new
                for each in place:
                    among &= ~told_otherwise.get(each, 0)
            collect(sets, place, one, two, among)
        silent = not before.views, not after.views
        return Difference(self.groups(space, sets, silent), len(space.cases) * (len(singles) + len(space.pairs)))


def collect(sets: Sets, place: Candidates, one: Telling, two: Telling, among: int) -> None:
    """Sort some cases by what is told differently."""
    same = one.same(two)
    changed = among & ~same
    if changed:
        for before, cases in one.parts():
            if found := cases & changed:
                for after, others in two.parts():
                    if both := found & others:
                        sets.setdefault(Retold(before, after), {})[place] = both
    for kind, mine, theirs, where in (
        (Revoiced, _in_full(one), _in_full(two), among & same),
        (Rehung, one.doubts, two.doubts, among & same if len(place) == 1 else 0),
    ):
        if where:
            for gained, lost, cases in _signatures(mine, theirs, where):
                if gained or lost:
                    sets.setdefault(kind(gained, lost), {})[place] = cases


def _joined(sets: Sets, silent: tuple[bool, bool]) -> Sets:
    """The sets with all that begins, or ends, as one."""
    retold = [what for what in sets if isinstance(what, Retold)]
    if silent[0] is silent[1] or not retold:
        return sets
    told_so = tuple(sorted({what.after if silent[0] else what.before for what in retold}, key=_loudest_first))
    whole: dict[Candidates, int] = {}
    for what in retold:
        for place, cases in sets[what].items():
            whole[place] = whole.get(place, 0) | cases
    joined: Sets = {what: places for what, places in sets.items() if not isinstance(what, Retold)}
    joined[Begun(told_so) if silent[0] else Ended(told_so)] = whole
    return joined


def _loudest_first(told_so: Told) -> tuple[int, int]:
    return -told_so.verdict.loudness, -told_so.shown.loudness


def _after(sets: Sets, audience: Audience) -> Told | None:
    """What the smallest reader of an audience is told, where it is not the same as before."""
    place, case = audience.smallest
    at = audience.space.at(case)
    retold = (what for what, places in sets.items() if isinstance(what, Retold) and places.get(place, 0) & at)
    return next((what.after for what in retold), None)


def grouped(space: Space, sets: Sets) -> Iterator[tuple[What, Audience]]:
    """The sets as groups of readers; those with one candidate place and those with two are kept apart."""
    for what, told_so in sorted(sets.items(), key=lambda item: (type(item[0]).__name__, str(item[0]))):
        for size in (1, 2):
            of_size = {place: cases for place, cases in told_so.items() if len(place) == size}
            for audience in cover(space, of_size):
                yield what, audience


def _in_full(telling: Telling) -> dict[str, int]:
    return {language: cases & telling.full for language, cases in telling.own.items()}


def _revoiced(one: Telling, two: Telling) -> int:
    found, mine, theirs = 0, _in_full(one), _in_full(two)
    for language in mine.keys() | theirs.keys():
        found |= mine.get(language, 0) ^ theirs.get(language, 0)
    return found


def _signatures(
    mine: Mapping[str, int], theirs: Mapping[str, int], among: int
) -> Iterator[tuple[frozenset[str], frozenset[str], int]]:
    """The cases parted by what they gain and what they lose."""
    parts: list[tuple[frozenset[str], frozenset[str], int]] = [(frozenset(), frozenset(), among)]
    for name in sorted(mine.keys() | theirs.keys()):
        old, new = mine.get(name, 0), theirs.get(name, 0)
        if among & (old ^ new):
            parts = [
                (gained | more, lost | less, rest)
                for gained, lost, cases in parts
                for more, less, rest in (
                    (frozenset({name}), frozenset[str](), cases & new & ~old),
                    (frozenset[str](), frozenset({name}), cases & old & ~new),
                    (frozenset[str](), frozenset[str](), cases & ~(old ^ new)),
                )
                if rest
            ]
    yield from parts
