"""Part: a part of a condition that decides nothing, because the others say as much.

The law is asked as if it concerned everybody, on every day: registers change, and a part that decides for a
publisher that is not listed yet is not in vain. A part is in vain if without it every reader is told the same, with
the same doubts and by the same of the cases that are left: each named case is a law of its own, for which a publisher
may speak.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import TypeAlias

from ...law.cases import Atlas
from ...law.condition import AllOf, AnyOf, Condition, Content, Leaf, Not, Possibly, SameAs, UnlessDetermined, leaves
from ...law.examination import Visit
from ...law.notice import Concern, Notice
from ...law.publisher import Publisher
from ...law.ruleset import RuleSet
from ...law.truth import Truth
from ..examples.example_text import condition_text
from ..examples.scene import Crowd, Outcome, Outlook, Scene, alone, find, outcome
from .connection import one_day_of_each
from .reach import TooMany, counted, everybody
from .remark import Remark, Severity, place

Path: TypeAlias = tuple[int, ...]
"""The way to a node: which part of which part."""

_ANYBODY = "anybody"


def part_remarks(ruleset: RuleSet) -> Iterator[Remark]:
    """Parts of conditions that never decide alone."""
    atlas = Atlas(ruleset.gazetteer)
    for notice in ruleset.notices.values():
        pruning = Pruning(ruleset, notice, atlas)
        for node, within in pruning.vain():
            at = place(node.at, f"notices/{notice.id}.yaml")
            instead = "another part holds" if within == "any_of" else "the other parts hold"
            what = f"`{condition_text(node)}` decides nothing: wherever it could, {instead} as well"
            yield Remark(at, Severity.WARNING, what, f"remove it from {within}:, or check what was meant")


class Pruning:
    """One law, asked as it is written and with parts left out; `tree` is what is left."""

    def __init__(self, ruleset: RuleSet, notice: Notice, atlas: Atlas) -> None:
        self.id, self.tree = notice.id, notice.applies_when
        law = replace(notice, concerns=Concern())
        tags = frozenset(name for leaf in leaves(self.tree) if isinstance(leaf, Content) for name in leaf.names)
        anybody = Publisher(_ANYBODY, {"en": _ANYBODY}, universal=(self.id,), may_carry=tags,
                            carries=frozenset({self.id}))  # fmt: skip
        cut = replace(alone(ruleset, self.id), notices={self.id: law}, publishers={_ANYBODY: anybody}, registers={})
        self.ruleset, self.law = cut, law
        self.told: list[tuple[Visit, Outcome]] = []
        self.crowds: list[tuple[Crowd, Scene]] = []
        outlook = Outlook(cut, self.id)
        try:
            self._ask(atlas, outlook, anybody)
        except TooMany:
            self.told.clear()

    def _ask(self, atlas: Atlas, outlook: Outlook, anybody: Publisher) -> None:
        """What everybody is told by the law as it is written."""
        cut, law = self.ruleset, self.law
        for day in one_day_of_each(cut):
            if law.standing.at(day).loudness:
                crowd, scene = Crowd.of(atlas, (outlook, day)), Scene(anybody, day)
                self.told += [(visit, outcome(cut, self.id, visit)) for visit in counted(crowd.visits(scene))]
                self.crowds.append((crowd, scene))

    def vain(self) -> list[tuple[Condition, str]]:
        """The parts that can be left out, all at once, and of what each is a part; of equals the last."""
        found: list[tuple[Condition, str]] = []
        if self.told:
            self._below((), found)
        return found

    def _below(self, path: Path, found: list[tuple[Condition, str]]) -> None:
        node = _at(self.tree, path)
        if isinstance(node, (SameAs, Leaf, UnlessDetermined)):
            return
        for number in reversed(range(len(node.parts))):
            here = _at(self.tree, path)
            if isinstance(here, (AllOf, AnyOf)) and len(here.of) > 1:
                without = _changed(self.tree, path, lambda one: _dropped(one, number))  # noqa: B023
                if self._same(without):
                    found.append((here.of[number], "any_of" if isinstance(here, AnyOf) else "all_of"))
                    self.tree = without
                    continue
            self._below((*path, number), found)

    def _same(self, tree: Condition) -> bool:
        changed = replace(self.ruleset, notices={self.id: replace(self.law, applies_when=tree)})
        if any(outcome(changed, self.id, visit) != said for visit, said in self.told):
            return False
        for visit, _ in self.told:
            before, after = (self._cases(ruleset, visit) for ruleset in (self.ruleset, changed))
            if any(before[case] is not truth for case, truth in after.items()):
                return False
        # between two places a reader can be told more than in either, so those are asked about last
        try:
            return all(
                outcome(changed, self.id, visit) == outcome(self.ruleset, self.id, visit)
                for crowd, scene in self.crowds
                for visit in counted(everybody(crowd, scene, settled=False))
            )
        except TooMany:
            return False

    def _cases(self, ruleset: RuleSet, visit: Visit) -> Mapping[str, Truth]:
        """The truth of each case of the law on a visit."""
        finding = find(ruleset, self.id, visit, explain=True)
        return finding.cases if finding else {}


def _at(tree: Condition, path: Path) -> Condition:
    for number in path:
        tree = tree.parts[number]
    return tree


def _changed(tree: Condition, path: Path, change: Callable[[Condition], Condition]) -> Condition:
    """A tree with one node changed."""
    if not path:
        return change(tree)
    part = _changed(tree.parts[path[0]], path[1:], change)
    if isinstance(tree, (AllOf, AnyOf)):
        return replace(tree, of=(*tree.of[: path[0]], part, *tree.of[path[0] + 1 :]))
    return replace(tree, of=part) if isinstance(tree, (Not, Possibly)) else tree


def _dropped(node: Condition, number: int) -> Condition:
    if isinstance(node, (AllOf, AnyOf)):
        return replace(node, of=(*node.of[:number], *node.of[number + 1 :]))
    return node
