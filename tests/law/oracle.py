"""Oracle: RULES.md section 2, lines 1 to 9, written out naively, one world at a time.

It shares nothing with the engine's evaluation: no `service.law.world`, `situation` or `examination`, no bit
tables, no short cuts, no caches. It reads the law's dataclasses and decides everything else for itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, combinations, product
from typing import Any

from service.law.condition import (
    Age,
    AllOf,
    AnyOf,
    CitizenOf,
    Condition,
    Content,
    Everyone,
    LocatedIn,
    Not,
    Occupation,
    PageLanguage,
    Possibly,
    ResidentOf,
    SameAs,
    Stateless,
    UnlessDetermined,
)
from service.law.notice import Kind, Notice
from service.law.publisher import Publisher
from service.law.reader import Reader
from service.law.ruleset import RuleSet
from service.law.standing import State, Timeline
from service.law.territory import Territory

NO, MAYBE, YES = 0, 1, 2
MOST_WORLDS = 20_000

Path = tuple[int, ...]
World = Mapping[str, Any]
Predicate = Callable[[World], bool]


class TooLarge(Exception):
    """More worlds than a test should walk."""


@dataclass(frozen=True)
class Asked:
    """Everything that a rule is asked with, on one day."""

    ruleset: RuleSet
    publisher: Publisher
    day: date
    reader: Reader
    page_language: str | None = None
    content: frozenset[str] | None = None


@dataclass(frozen=True)
class Answer:
    """What one notice must say; `doubts` by the names of a request, `speaks` whether the publisher's text may stand."""

    verdict: str
    shown: str
    doubts: frozenset[str]
    cases: Mapping[str, int]
    speaks: frozenset[str]


# ---- line 2: places ------------------------------------------------------------------------------------------


def above(code: str, parents: Mapping[str, str]) -> list[str]:
    """A code and everything in which it lies; an unassigned subdivision lies in its country."""
    line = [code]
    while True:
        code = parents[code] if code in parents else (code.split("-", maxsplit=1)[0] if "-" in code else "")
        if not code:
            return line
        line.append(code)


def state(timeline: Timeline[State], day: date) -> State:
    """What a timeline says on a day, by looking at every step."""
    value = timeline.values[0]
    for since, then in zip(timeline.days, timeline.values[1:], strict=True):
        if since <= day:
            value = then
    return value


def membership(name: str, place: str, asked: Asked) -> int:
    """Line 2, word for word."""
    parents = asked.ruleset.gazetteer.parents
    territory = asked.ruleset.territories.get(name) or Territory.of_code(name)
    wholly = [held.place for held in territory.wholly if state(held.standing, asked.day) is State.IN_FORCE]
    partly = [held.place for held in territory.partly if state(held.standing, asked.day) is State.IN_FORCE]
    if any(q in above(place, parents) for q in wholly):
        return YES
    if place == "unknown":
        return MAYBE
    if any(place in above(q, parents) for q in wholly):
        return MAYBE
    if any(q in above(place, parents) or place in above(q, parents) for q in partly):
        return MAYBE
    return NO


# ---- line 3: worlds ------------------------------------------------------------------------------------------


def subsets(things: Iterable[str]) -> list[frozenset[str]]:
    """Every subset."""
    things = sorted(things)
    return [
        frozenset(some) for some in chain.from_iterable(combinations(things, size) for size in range(len(things) + 1))
    ]


def below(node: Condition, notices: Mapping[str, Notice]) -> Sequence[Condition]:
    """The nodes directly below; behind `same_as` stands the other notice's condition."""
    if isinstance(node, (AllOf, AnyOf)):
        return node.of
    if isinstance(node, (Not, Possibly, UnlessDetermined)):
        return (node.of,)
    if isinstance(node, SameAs):
        return (notices[node.notice].applies_when,)
    return ()


def nodes(node: Condition, notices: Mapping[str, Notice], path: Path = ()) -> Iterator[tuple[Path, Condition]]:
    """Every node and the way to it."""
    yield path, node
    for number, part in enumerate(below(node, notices)):
        yield from nodes(part, notices, (*path, number))


def spots(places: Iterable[str], names: Iterable[str], asked: Asked) -> list[frozenset[str]]:
    """One candidate; at that spot YES or NO for each named territory whose membership is MAYBE."""
    found = []
    for place in places:
        truths = {name: membership(name, place, asked) for name in names}
        sure = frozenset(name for name, truth in truths.items() if truth == YES)
        open_names = [name for name, truth in truths.items() if truth == MAYBE]
        if len(open_names) > 10:
            raise TooLarge
        found += [sure | some for some in subsets(open_names)]
    return list(dict.fromkeys(found))


def nationalities(countries: set[str], reader: Reader) -> list[tuple[frozenset[str], bool]]:
    """Line 1: every pair of citizenships (among those named) and statelessness."""
    listed = frozenset(countries & reader.citizen_of)
    found = []
    if reader.stateless is True or (reader.stateless is None and not reader.citizen_of):
        found.append((listed, True))
    if reader.stateless is not True:
        denied = countries if "other" in reader.not_citizen_of else set(reader.not_citizen_of)
        found += [(listed | more, False) for more in subsets(countries - listed - denied)]
    return found


def ages(leaves: Sequence[Age], reader: Reader) -> list[int]:
    """Every age on both sides of every bound."""
    if reader.age is not None:
        return [reader.age]
    marks = {0}
    for leaf in leaves:
        for bound in (leaf.least, leaf.most):
            if bound is not None:
                marks |= {bound - 1, bound, bound + 1}
    return sorted(age for age in marks if age >= 0)


def speaks(asked_for: str, language: str) -> bool:
    """Whether a page asked for in one language counts as one of another: `ru-RU` is `ru`."""
    return asked_for.lower() == language.lower() or asked_for.lower().startswith(language.lower() + "-")


@dataclass
class Facts:
    """The facts that a rule names, each with all the values that it may have; the worlds are their product."""

    asked: Asked
    options: dict[str, list[Any]]
    labels: dict[str, str]

    @classmethod
    def of(cls, trees: Sequence[Condition], asked: Asked, notice: Notice | None = None) -> Facts:
        notices, reader = asked.ruleset.notices, asked.reader
        asked_nodes = [
            ((number, *path), node) for number, tree in enumerate(trees) for path, node in nodes(tree, notices)
        ]

        def named(kind: type[Any]) -> set[str]:
            return {name for _, node in asked_nodes if isinstance(node, kind) for name in node.names}

        tags = named(Content) | (set(notice.concerns.content) if notice else set())
        facts = cls(asked, {}, {})
        facts.add("place", "place", spots(reader.located_in or {"unknown"}, named(LocatedIn), asked))
        facts.add("residence", "resident_of", spots([reader.resident_of or "unknown"], named(ResidentOf), asked))
        facts.add("nationality", "nationality", nationalities(named(CitizenOf), reader))
        facts.add("age", "age", ages([node for _, node in asked_nodes if isinstance(node, Age)], reader))
        unlisted = named(Occupation) - reader.occupation
        facts.add("occupation", "occupation", [reader.occupation | more for more in subsets(unlisted)])
        if asked.content is not None:
            facts.add("content", "content", [asked.content])
        else:
            facts.add("content", "content", subsets(tags & asked.publisher.may_carry))
        if asked.page_language is not None:
            facts.add("page_language", "page_language", [asked.page_language])
        else:
            facts.add("page_language", "page_language", [*sorted(named(PageLanguage)), "und"])
        for path, node in asked_nodes:
            if isinstance(node, Possibly):
                facts.add(("possibly", path), "law", [False, True])
            if state(node.standing, asked.day) is State.IN_DOUBT:
                facts.add(("in doubt", path), "law", [False, True])
        if notice is not None:
            if state(notice.standing, asked.day) is State.IN_DOUBT:
                facts.add("standing", "law", [False, True])
            for number, (named_truth, doubted) in entries(notice, asked).items():
                if named_truth == MAYBE:
                    facts.add(("entry", number), "publisher", [False, True])
                if doubted:
                    facts.add(("entry in doubt", number), "law", [False, True])
        return facts

    def add(self, fact: Any, label: str, options: list[Any]) -> None:
        self.options[fact] = options
        self.labels[fact] = label

    @property
    def size(self) -> int:
        size = 1
        for options in self.options.values():
            size *= len(options)
        return size

    def worlds(self) -> Iterator[tuple[Path, World]]:
        """Every completion, with the number of each fact's value in it."""
        if self.size > MOST_WORLDS:
            raise TooLarge
        names = list(self.options)
        numbers = product(*(range(len(options)) for options in self.options.values()))
        values = product(*self.options.values())
        for coordinates, world in zip(numbers, values, strict=True):
            yield coordinates, dict(zip(names, world, strict=True))

    def doubts(self, values: Mapping[Path, bool]) -> frozenset[str]:
        """Line 5: f is a doubt iff two worlds that differ in f alone differ in value."""
        found: set[str] = set()
        for axis, (fact, label) in enumerate(self.labels.items()):
            if len(self.options[fact]) == 1:
                continue
            sides: dict[Path, tuple[set[int], set[int]]] = {}
            for coordinates, value in values.items():
                rest = coordinates[:axis] + coordinates[axis + 1 :]
                sides.setdefault(rest, (set(), set()))[value].add(coordinates[axis])
            pairs = {
                pair
                for false, true in sides.values()
                if false and true
                for pair in product(sorted(false), sorted(true))
            }
            if pairs and fact == "nationality":
                found |= self._nationality(pairs)
            elif pairs:
                found.add(label)
        return frozenset(found)

    def _nationality(self, pairs: set[tuple[int, int]]) -> set[str]:
        """Which half of a nationality decides alone; both, where neither does."""
        found = set()
        for one, other in pairs:
            (held, stateless), (also_held, also_stateless) = (
                self.options["nationality"][one],
                self.options["nationality"][other],
            )
            if held == also_held:
                found.add("stateless")
            elif stateless == also_stateless:
                found.add("citizen_of")
        return found or {"citizen_of", "stateless"}


# ---- line 4: the law in one world ----------------------------------------------------------------------------


def law(node: Condition, asked: Asked, path: Path) -> Predicate:
    """A condition as a question to one world."""
    parts = [law(part, asked, (*path, number)) for number, part in enumerate(below(node, asked.ruleset.notices))]
    plain = _owed(node, asked) if isinstance(node, UnlessDetermined) else _plain(node, parts, path)
    standing = state(node.standing, asked.day)
    if standing is State.IN_FORCE:
        return plain
    if standing is State.IN_DOUBT:
        return lambda world: world["in doubt", path] and plain(world)
    return lambda world: False


def _owed(node: UnlessDetermined, asked: Asked) -> Predicate:
    """Line 6: no if the part holds in all worlds, else yes; in a world where all is `determined`, no if it may hold."""
    least, most = node.of.least or 0, node.of.most if node.of.most is not None else 10**6
    holds = [least <= age <= most for age in ages([node.of], asked.reader)]
    return lambda world: not (all(holds) or (any(holds) and world.get("determined", False)))


def _plain(node: Condition, parts: Sequence[Predicate], path: Path) -> Predicate:
    if isinstance(node, (AllOf, SameAs)):
        return lambda world: all(part(world) for part in parts)
    if isinstance(node, AnyOf):
        return lambda world: any(part(world) for part in parts)
    if isinstance(node, Not):
        return lambda world: not parts[0](world)
    if isinstance(node, Possibly):
        return lambda world: world["possibly", path] and parts[0](world)
    if isinstance(node, Everyone):
        return lambda world: True
    if isinstance(node, LocatedIn):
        return lambda world: any(name in world["place"] for name in node.names)
    if isinstance(node, ResidentOf):
        return lambda world: any(name in world["residence"] for name in node.names)
    if isinstance(node, CitizenOf):
        return lambda world: any(name in world["nationality"][0] for name in node.names)
    if isinstance(node, Stateless):
        return lambda world: world["nationality"][1] == node.expected
    if isinstance(node, Occupation):
        return lambda world: any(name in world["occupation"] for name in node.names)
    if isinstance(node, Content):
        return lambda world: any(name in world["content"] for name in node.names)
    if isinstance(node, PageLanguage):
        return lambda world: any(speaks(world["page_language"], name) for name in node.names)
    assert isinstance(node, Age), node
    return lambda world: (
        (node.least is None or node.least <= world["age"]) and (node.most is None or world["age"] <= node.most)
    )


# ---- line 7: concerned ---------------------------------------------------------------------------------------


def parents_of(publisher: str, ruleset: RuleSet) -> list[str]:
    """The publishers of which one is a part."""
    line: list[str] = []
    while publisher in ruleset.publishers:
        publisher = ruleset.publishers[publisher].part_of
        if not publisher or publisher in line:
            break
        line.append(publisher)
    return line


def entries(notice: Notice, asked: Asked) -> dict[int, tuple[int, bool]]:
    """The register's entries that name the publisher or may: how surely, and whether the entry is in doubt."""
    found: dict[int, tuple[int, bool]] = {}
    register = asked.ruleset.registers.get(notice.concerns.register)
    for number, entry in enumerate(register.entries if register else ()):
        if notice.concerns.measure and notice.concerns.measure not in entry.measures:
            continue
        standing = state(entry.standing, asked.day)
        if standing not in (State.IN_FORCE, State.IN_DOUBT):
            continue
        us, truth = asked.publisher.id, NO
        if entry.person:
            truth = YES if entry.person in asked.publisher.run_by else NO
        elif entry.publisher == us:
            truth = YES
        elif entry.publisher in parents_of(us, asked.ruleset):
            truth = YES if entry.covers_parts else MAYBE
        elif entry.publisher in asked.ruleset.publishers and us in parents_of(entry.publisher, asked.ruleset):
            truth = MAYBE
        if truth != NO:
            found[number] = (truth, standing is State.IN_DOUBT)
    return found


def concerned(notice: Notice, asked: Asked) -> Predicate:
    """Whether the notice is about the publisher's page, as a question to one world."""
    concern = notice.concerns
    if concern.register:
        named = entries(notice, asked)
        return lambda world: any(
            (truth == YES or world["entry", number]) and (not doubted or world["entry in doubt", number])
            for number, (truth, doubted) in named.items()
        )
    if concern.content:
        return lambda world: any(tag in world["content"] for tag in concern.content)
    if concern.site:
        return lambda world: concern.site in asked.publisher.site
    return lambda world: True


# ---- verdict, doubts, cases, shown ---------------------------------------------------------------------------


def over_all(values: Iterable[bool]) -> int:
    """YES if true in all worlds, NO if in none, else MAYBE."""
    found = set(values)
    return YES if found == {True} else NO if found == {False} else MAYBE


def law_places(node: Condition, notices: Mapping[str, Notice], outside: bool = True) -> set[str]:
    """The places that a condition names outside `not` (twice `not` is outside again, the cautious reading)."""
    if isinstance(node, LocatedIn):
        return set(node.names) if outside else set()
    if isinstance(node, Not):
        outside = not outside
    return {name for part in below(node, notices) for name in law_places(part, notices, outside)}


def truth_of(tree: Condition, asked: Asked) -> int:
    """A condition over all worlds."""
    question = law(tree, asked, (0,))
    return over_all(question(world) for _, world in Facts.of([tree], asked).worlds())


def inside(notice: Notice, asked: Asked) -> bool:
    """Whether a candidate is, or may be, in one of the law's own places."""
    return any(
        membership(name, place, asked) != NO
        for place in (asked.reader.located_in or {"unknown"})
        for name in law_places(notice.applies_when, asked.ruleset.notices)
    )


def answer(notice: Notice, asked: Asked) -> Answer:
    """Everything that line 4, 5 and 8 say of one notice on one day."""
    facts = Facts.of([notice.applies_when], asked, notice)
    question, about = law(notice.applies_when, asked, (0,)), concerned(notice, asked)
    standing = state(notice.standing, asked.day)
    named = {
        node.case: law(node, asked, (0, *path))
        for path, node in nodes(notice.applies_when, asked.ruleset.notices)
        if node.case
    }
    values: dict[Path, bool] = {}
    settled: dict[Path, bool] = {}
    seen: dict[str, set[bool]] = {case: set() for case in named}
    for coordinates, world in facts.worlds():
        in_force = standing is State.IN_FORCE or (standing is State.IN_DOUBT and world["standing"])
        values[coordinates] = about(world) and in_force and question(world)
        settled[coordinates] = about(world) and in_force and question({**world, "determined": True})
        for case, holds in named.items():
            seen[case].add(holds(world))
    truth = over_all(values.values())
    verdict = ("does_not_apply", "may_apply", "applies")[truth]
    cases = {case: over_all(found) for case, found in seen.items()}
    own = asked.publisher.own.get(notice.id)
    speaking = frozenset(
        language
        for language, speeches in (own.texts.items() if own else ())
        for key, speech in speeches.items()
        if key.value == verdict and (not speech.speaks_for or any(cases[case] != NO for case in speech.speaks_for))
    )
    doubts = facts.doubts(values) if truth == MAYBE else frozenset()
    if truth != NO and values != settled:
        doubts |= {"age"}
    return Answer(verdict, shown(notice, asked, verdict), doubts, cases, speaking)


def shown(notice: Notice, asked: Asked, verdict: str) -> str:
    """Line 8, and C16 for a reader of whose place nothing is known (one notice at a time)."""
    publisher = asked.publisher
    if verdict == "does_not_apply":
        return "none"
    if notice.kind is Kind.PUBLISHER_DUTY:
        return "full" if notice.id in publisher.carries else "none"
    if verdict == "applies":
        return "full"
    if (asked.reader.located_in or {"unknown"}) == {"unknown"} and publisher.universal is not None:
        return "full" if notice.id in publisher.universal else "folded"
    unsure = YES if notice.warn_when_unsure is None else truth_of(notice.warn_when_unsure, asked)
    if inside(notice, asked) or unsure != NO:
        return "full"
    return "none" if publisher.hides else "folded"


LOUD = {name: number for number, name in enumerate(("does_not_apply", "may_apply", "applies"))}
SHOWN = {name: number for number, name in enumerate(("none", "folded", "full"))}
