"""Hole: days on which nobody is warned, between a law that has ended and the one that takes its place.

A law that did pause says so with `is: suspended`; a hole is what nobody declared.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ...law.cases import Atlas
from ...law.condition import Age, Condition, During, Naming, leaves
from ...law.examination import Visit, examine
from ...law.moment import Moment
from ...law.notice import Notice
from ...law.ruleset import RuleSet
from ...law.standing import ALWAYS, Standing, State
from ...law.verdict import Verdict
from ..examples.example_text import condition_text
from ..examples.scene import DAY, NOTHING_SAID, Crowd, Outlook, Scene, own_nodes
from .remark import Remark, Severity, place


@dataclass(frozen=True, slots=True)
class Hole:
    """The first day without, and the first day with the law again."""

    first: date
    again: date

    @property
    def days(self) -> str:
        """The days, both inclusive, in words."""
        last = self.again - DAY
        return f"on {self.first}" if last == self.first else f"from {self.first} to {last}"


def hole_remarks(ruleset: RuleSet) -> Iterator[Remark]:
    """Holes between notices of one law, and between the cases of one notice."""
    atlas = Atlas(ruleset.gazetteer)
    for notice in ruleset.notices.values():
        yield from _between_notices(ruleset, notice, atlas)
        yield from _between_cases(ruleset, notice, atlas)


def _between_notices(ruleset: RuleSet, notice: Notice, atlas: Atlas) -> Iterator[Remark]:
    family = [other for other in ruleset.notices.values() if other is notice or _related(notice, other)]
    for first in _ends(notice.standing):
        if any(other.standing.at(first).loudness for other in family):
            continue
        begins = [(day, other) for other in family for day in _begins(other.standing) if day > first]
        if not begins:
            continue
        again, successor = min(begins, key=lambda one: (one[0], one[1].id))
        hole = Hole(first, again)
        declared = any(_paused(other.standing, hole) for other in family)
        if not declared and _seen(ruleset, (notice, successor), hole, atlas):
            whose = "begins again" if successor is notice else f"{successor.id} begins"
            what = f"nobody is warned {hole.days}: {notice.id} ends, and {whose} on {again}"
            write = "let one end where the other begins, or write is: suspended for those days"
            yield Remark(place(successor.at, f"notices/{successor.id}.yaml"), Severity.WARNING, what, write)


def _related(notice: Notice, other: Notice) -> bool:
    """Whether two notices are of one law: about the same publishers, by the same country, and of the same acts."""
    mine, theirs = ((one.concerns.register, one.concerns.measure, frozenset(one.concerns.content), one.concerns.site,
                     one.jurisdiction, one.kind) for one in (notice, other))  # fmt: skip
    return mine == theirs and (not notice.acts or not other.acts or not notice.acts.keys().isdisjoint(other.acts))


def _between_cases(ruleset: RuleSet, notice: Notice, atlas: Atlas) -> Iterator[Remark]:
    dated = [
        node
        for _, node in own_nodes(notice.applies_when)
        if node.standing is not ALWAYS and not isinstance(node, During)
    ]
    for node in dated:
        for first in _ends(node.standing):
            begins = sorted(
                ((day, number) for number, other in enumerate(dated) if other is node or _alike(node, other)
                 for day in _begins(other.standing) if day > first)
            )  # fmt: skip
            for again, number in begins:
                hole, other = Hole(first, again), dated[number]
                if _paused(node.standing, hole) or _paused(other.standing, hole):
                    break
                if _seen(ruleset, (notice,), hole, atlas):
                    named = f"`{condition_text(node)}` ends"
                    then = "begins again" if other is node else f"`{condition_text(other)}` begins"
                    what = f"readers are told less {hole.days} than before and after: {named}, and {then} on {again}"
                    write = "let one end where the other begins, or write is: suspended for those days"
                    yield Remark(place(other.at, f"notices/{notice.id}.yaml"), Severity.WARNING, what, write)
                    break


def _alike(node: Condition, other: Condition) -> bool:
    """Whether two conditions ask about the same thing, so that one can take the other's place."""
    for leaf in leaves(node):
        for theirs in leaves(other):
            if type(leaf) is type(theirs) and (
                isinstance(leaf, Age)
                or leaf.question == theirs.question
                or (isinstance(leaf, Naming) and isinstance(theirs, Naming) and {*leaf.names} & {*theirs.names})
            ):
                return True
    return False


def _ends(standing: Standing) -> list[date]:
    """The days on which a law is no more in force, unless it is said to be suspended."""
    states = zip(standing.days, standing.values, standing.values[1:], strict=False)
    return [day for day, before, state in states if before.loudness and state in (State.ENDED, State.NOT_YET)]


def _begins(standing: Standing) -> list[date]:
    states = zip(standing.days, standing.values, standing.values[1:], strict=False)
    return [day for day, before, state in states if not before.loudness and state.loudness]


def _paused(standing: Standing, hole: Hole) -> bool:
    """Whether a law is said to be suspended on a day of a hole."""
    days = (hole.first, *(day for day in standing.days if hole.first < day < hole.again))
    return any(standing.at(day) is State.SUSPENDED for day in days)


def _seen(ruleset: RuleSet, notices: Sequence[Notice], hole: Hole, atlas: Atlas) -> bool:
    """Whether a reader is told less on every day of a hole than on the days before and after."""
    asked = {notice.id: notice for notice in notices}
    cut = replace(ruleset, notices=asked)
    outlooks = [Outlook(cut, id) for id in asked]
    before = hole.first - DAY
    within = (hole.first, *(day for day in cut.history.changes if hole.first < day < hole.again))
    met = set[object]()
    crowd = Crowd.of(atlas, *((outlook, day) for outlook in outlooks for day in (before, hole.again)))
    for publisher in cut.publishers.values():
        views = tuple(tuple(outlook.view(publisher, day) for outlook in outlooks)
                      for day in (before, *within, hole.again))  # fmt: skip
        said = [any(view != NOTHING_SAID for view in views[side]) for side in (0, -1)]
        if views in met or not all(said):
            continue
        met.add(views)
        for visit in crowd.visits(Scene(publisher, before)):
            around = min(_loudness(cut, visit, before), _loudness(cut, visit, hole.again))
            if around and all(_loudness(cut, visit, day) < around for day in within):
                return True
    return False


def _loudness(cut: RuleSet, visit: Visit, day: date) -> int:
    """How loud the loudest verdict is for a reader on a day."""
    findings = examine(cut, replace(visit, moment=Moment.on(day))).findings
    return max((found.verdict.loudness for found in findings), default=Verdict.DOES_NOT_APPLY.loudness)
