"""Mutants: the rule sets that differ from one in a single slip of the pen.

A condition dropped, *and* written for *or*, a day too early or too late, a country left out, a place held wholly
written as held partly. Each is law that nobody meant, and each should be noticed by an example.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import TypeVar

from ...law.condition import Age, AllOf, AnyOf, Condition, Naming, Not, Possibly, SameAs, UnlessDetermined, walk
from ...law.notice import Notice
from ...law.position import Position
from ...law.register import Entry, Register
from ...law.ruleset import RuleSet
from ...law.standing import Timeline
from ...law.territory import Holding, Territory
from .example_text import condition_text
from .scene import DAY, territories, trees

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Mutant:
    """One changed rule set: what was changed ("`citizen_of: RU` were removed"), where, and whose readers may see it.

    `file` is the rule file that was changed, without its ending.
    """

    what: str
    file: str
    at: Position
    notices: tuple[str, ...]
    ruleset: RuleSet


def mutants(ruleset: RuleSet) -> Iterator[Mutant]:
    """Every mutant of a linked rule set, file by file."""
    for _, notice in sorted(ruleset.notices.items()):
        yield from _of_notice(ruleset, notice)
    for id, register in sorted(ruleset.registers.items()):
        concerned = tuple(sorted(key for key, notice in ruleset.notices.items() if notice.concerns.register == id))
        for what, at, entries in _listings(register):
            registers = {**ruleset.registers, id: replace(register, entries=entries)}
            yield Mutant(what, f"registers/{id}", at, concerned, replace(ruleset, registers=registers))
    for id, territory in sorted(ruleset.territories.items()):
        asking = tuple(sorted(key for key, notice in ruleset.notices.items() if id in territories(notice)))
        for what, at, land in _lands(territory):
            lands = {**ruleset.territories, id: land}
            yield Mutant(what, f"territories/{id}", at, asking, replace(ruleset, territories=lands))


def _of_notice(ruleset: RuleSet, notice: Notice) -> Iterator[Mutant]:
    same = tuple(sorted(id for id, other in ruleset.notices.items() if _repeats(other, notice.id)))
    for what, at, changed in _notices(notice):
        whole = replace(ruleset, notices={**ruleset.notices, notice.id: changed})
        yield Mutant(what, f"notices/{notice.id}", at, (notice.id, *same), whole.linked() if same else whole)


def _repeats(notice: Notice, id: str) -> bool:
    return any(isinstance(node, SameAs) and node.notice == id for tree in trees(notice) for node in walk(tree))


def _notices(notice: Notice) -> Iterator[tuple[str, Position, Notice]]:
    for what, at, tree in _trees(notice.applies_when):
        yield what, at, replace(notice, applies_when=tree)
    if notice.warn_when_unsure is not None:
        yield "`warn_when_unsure` were removed", notice.warn_when_unsure.at, replace(notice, warn_when_unsure=None)
        for what, at, tree in _trees(notice.warn_when_unsure):
            yield f"in `warn_when_unsure` {what}", at, replace(notice, warn_when_unsure=tree)
    for what, standing in _shifted(notice.standing, "its standing"):
        yield what, notice.at, replace(notice, standing=standing)
    concern = notice.concerns
    for tag in concern.content if len(concern.content) > 1 else ():
        left = replace(concern, content=tuple(other for other in concern.content if other != tag))
        yield f"`{tag}` were removed from `concerns`", concern.at, replace(notice, concerns=left)


def _trees(node: Condition) -> Iterator[tuple[str, Position, Condition]]:
    """Every tree that differs from this one in one place; what stands behind `same_as` is another file's."""
    yield from _nodes(node)
    if isinstance(node, (AllOf, AnyOf)):
        for number, part in enumerate(node.of):
            for what, at, changed in _trees(part):
                yield what, at, replace(node, of=(*node.of[:number], changed, *node.of[number + 1 :]))
    elif isinstance(node, UnlessDetermined):
        for what, at, changed in _trees(node.of):
            if isinstance(changed, Age):
                yield what, at, replace(node, of=changed)
    elif isinstance(node, (Not, Possibly)):
        for what, at, changed in _trees(node.of):
            yield what, at, replace(node, of=changed)


def _nodes(node: Condition) -> Iterator[tuple[str, Position, Condition]]:
    if isinstance(node, (AllOf, AnyOf)) and len(node.of) > 1:
        for number, part in enumerate(node.of):
            left = (*node.of[:number], *node.of[number + 1 :])
            yield f"`{condition_text(part)}` were removed", part.at, replace(node, of=left)
        yield _swapped(node)
    elif isinstance(node, (Not, Possibly)):
        word = type(node).__name__.lower()
        yield f"the word `{word}` before `{condition_text(node.of)}` were removed", node.at, _bare(node)
    elif isinstance(node, UnlessDetermined):
        plain = Not(of=node.of, case=node.case, standing=node.standing, because=node.because, at=node.at)
        yield f"the word `unless_determined` before `{condition_text(node.of)}` were `not`", node.at, plain
    elif isinstance(node, Naming) and len(node.names) > 1:
        for name in node.names:
            left_over = tuple(other for other in node.names if other != name)
            yield f"`{name}` were removed from `{condition_text(node)}`", node.at, replace(node, names=left_over)
    elif isinstance(node, Age):
        for step, word in ((-1, "a year lower"), (1, "a year higher")):
            if node.least is not None:
                yield f"the age {node.least} were {word}", node.at, replace(node, least=node.least + step)
            if node.most is not None:
                yield f"the age {node.most} were {word}", node.at, replace(node, most=node.most + step)
    for what, standing in _shifted(node.standing, f"`{condition_text(node)}`"):
        yield what, node.at, replace(node, standing=standing)


def _swapped(node: AllOf | AnyOf) -> tuple[str, Position, Condition]:
    other, words = (AnyOf, "`all_of` were `any_of`") if isinstance(node, AllOf) else (AllOf, "`any_of` were `all_of`")
    within = f"case {node.case}: " if node.case else ""
    swapped = other(of=node.of, case=node.case, standing=node.standing, because=node.because, at=node.at)
    return f"{within}{words} over `{condition_text(node.of[0])}` and what follows", node.at, swapped


def _bare(node: Not | Possibly) -> Condition:
    """The part without the word before it, under the case and the dates that stood there."""
    return AllOf(of=(node.of,), case=node.case, standing=node.standing, because=node.because, at=node.at)


def _listings(register: Register) -> Iterator[tuple[str, Position, tuple[Entry, ...]]]:
    for number, entry in enumerate(register.entries):
        before, after = register.entries[:number], register.entries[number + 1 :]
        listed = f"the entry of {entry.publisher or entry.person}"
        yield f"{listed} were removed", entry.at, (*before, *after)
        if entry.covers_parts:
            yield f"{listed} did not cover all parts", entry.at, (*before, replace(entry, covers_parts=False), *after)
        for what, standing in _shifted(entry.standing, listed):
            yield what, entry.at, (*before, replace(entry, standing=standing), *after)


def _lands(territory: Territory) -> Iterator[tuple[str, Position, Territory]]:
    for number, held in enumerate(territory.wholly):
        rest = (*territory.wholly[:number], *territory.wholly[number + 1 :])
        weaker = replace(territory, wholly=rest, partly=(*territory.partly, held))
        yield f"{held.place} stood under `partly` and not under `wholly`", held.at, weaker
        for what, at, holdings in _holdings(territory, territory.wholly, number):
            yield what, at, replace(territory, wholly=holdings)
    for number in range(len(territory.partly)):
        for what, at, holdings in _holdings(territory, territory.partly, number):
            yield what, at, replace(territory, partly=holdings)


def _holdings(
    territory: Territory, held: tuple[Holding, ...], number: int
) -> Iterator[tuple[str, Position, tuple[Holding, ...]]]:
    before, holding, after = held[:number], held[number], held[number + 1 :]
    yield f"{holding.place} were removed from {territory.id}", holding.at, (*before, *after)
    for what, standing in _shifted(holding.standing, holding.place):
        yield what, holding.at, (*before, replace(holding, standing=standing), *after)


def _shifted(timeline: Timeline[T], whose: str) -> Iterator[tuple[str, Timeline[T]]]:
    """The timeline with one of its days a day earlier or later, where that leaves their order."""
    for number, day in enumerate(timeline.days):
        for step, word in ((-DAY, "earlier"), (DAY, "later")):
            if not date.min < day < date.max:
                continue
            days = (*timeline.days[:number], day + step, *timeline.days[number + 1 :])
            if all(one < other for one, other in pairwise(days)):
                yield f"the day {day} of {whose} were a day {word}", replace(timeline, days=days)
