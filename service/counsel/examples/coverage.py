"""Coverage: what the examples of a rule set have seen: both answers of every condition, both sides of every date.

A condition is seen true by an example under which it is as true as it can ever be (under `possibly` that is
"perhaps"), and seen false by one under which it is not true. What no reader at all can bring about is not asked
for. A date is seen by examples on the day itself and on the day before, whose readers are told something else on
the other side. A notice's own dates are asked for one by one, of a register at least one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from ...law.cases import Atlas
from ...law.condition import Condition, fold
from ...law.examination import Visit
from ...law.moment import Moment
from ...law.notice import Notice
from ...law.position import Position
from ...law.ruleset import RuleSet
from ...law.situation import Kleene, Situation
from ...law.truth import MAYBE, NO, YES, Truth
from ...law.verdict import Verdict
from .example_text import as_the_author_writes, condition_text, example_text
from .scene import DAY, Crowd, Outlook, Scene, alone, find, outcome, own_nodes, publishers, scenes, size, stated, visits

ANSWERS = {NO: "false", MAYBE: "true", YES: "true"}


@dataclass(frozen=True, slots=True)
class Unseen:
    """Something that no example sees: what, where it stands, and readers who would see it, as examples to paste."""

    notice: str
    at: Position
    what: str
    examples: tuple[str, ...]

    def __str__(self) -> str:
        lines = [f"{self.at}: no example of {self.notice} sees {self.what}; such as:", *self.examples]
        return "\n  ".join(lines)


@dataclass(frozen=True, slots=True)
class Seen:
    """One notice: how many answers of conditions and how many dates are seen, of how many; and those that are not."""

    notice: str
    answers: int
    of_answers: int
    dates: int
    of_dates: int
    unseen: tuple[Unseen, ...]

    @property
    def share(self) -> float:
        """The share of answers of conditions that are seen, from 0 to 1."""
        return self.answers / self.of_answers if self.of_answers else 1.0

    @property
    def complete(self) -> bool:
        """Whether nothing is left to see."""
        return not self.unseen

    def __str__(self) -> str:
        return (
            f"{self.notice}: {self.answers} of {self.of_answers} answers of conditions ({self.share:.0%}), "
            f"{self.dates} of {self.of_dates} dates"
        )


@dataclass(frozen=True, slots=True)
class Coverage:
    """The outcome for a rule set, notice by notice."""

    notices: tuple[Seen, ...]

    @property
    def complete(self) -> bool:
        """Whether every notice is wholly seen."""
        return all(seen.complete for seen in self.notices)

    @property
    def unseen(self) -> tuple[Unseen, ...]:
        """All that is not seen, notice by notice."""
        return tuple(unseen for seen in self.notices for unseen in seen.unseen)

    def lines(self) -> Iterator[str]:
        """What is not seen, what each notice's examples have seen, and the sum, for people."""
        yield from map(str, (*self.unseen, *self.notices, self))

    def __str__(self) -> str:
        answers, of_answers = sum(one.answers for one in self.notices), sum(one.of_answers for one in self.notices)
        dates, of_dates = sum(one.dates for one in self.notices), sum(one.of_dates for one in self.notices)
        return f"{answers} of {of_answers} answers of conditions and {dates} of {of_dates} dates seen"

    def as_data(self) -> dict[str, object]:
        """The same for machines."""
        return {
            seen.notice: {
                "answers": {"seen": seen.answers, "of": seen.of_answers},
                "dates": {"seen": seen.dates, "of": seen.of_dates},
                "unseen": [
                    {"at": str(unseen.at), "what": unseen.what, "examples": list(unseen.examples)}
                    for unseen in seen.unseen
                ],
            }
            for seen in self.notices
        }


def cover(ruleset: RuleSet) -> Coverage:
    """What the examples of every notice of a linked rule set have seen."""
    atlas = Atlas(ruleset.gazetteer)
    return Coverage(tuple(_cover(ruleset, notice, atlas) for _, notice in sorted(ruleset.notices.items())))


def _cover(ruleset: RuleSet, notice: Notice, atlas: Atlas) -> Seen:
    cut = alone(ruleset, notice.id)
    asked = _Asked(cut, notice, Outlook(cut, notice.id), atlas)
    answers, of_answers, unseen_answers = asked.conditions()
    dates, of_dates, unseen_dates = asked.dates()
    return Seen(notice.id, answers, of_answers, dates, of_dates, (*unseen_answers, *unseen_dates))


@dataclass(slots=True)
class _Asked:
    """One notice of a rule set cut down to it, asked about its examples and about everybody."""

    ruleset: RuleSet
    notice: Notice
    outlook: Outlook
    atlas: Atlas

    def conditions(self) -> tuple[int, int, list[Unseen]]:
        """How many answers are seen, of how many that can be brought about, and those that are not seen."""
        reachable: dict[tuple[int, Truth], tuple[Visit, Crowd]] = {}
        for scene in scenes(self.outlook).values():
            crowd = Crowd.of(self.atlas, (self.outlook, scene.day))
            for visit in crowd.visits(scene):
                for key in self._truths(visit):
                    if key not in reachable or self._rank(visit) < self._rank(reachable[key][0]):
                        reachable[key] = visit, crowd
        seen = {key for _, visit in visits(self.ruleset, self.notice) for key in self._truths(visit)}
        wanted = list(self._wanted(reachable))
        missing = [(node, key) for node, key in wanted if key not in seen]
        return (
            len(wanted) - len(missing),
            len(wanted),
            [self._unseen_answer(node, key[1], *reachable[key]) for node, key in missing],
        )

    def _wanted(self, reachable: Iterable[tuple[int, Truth]]) -> Iterator[tuple[Condition, tuple[int, Truth]]]:
        """Of every condition, the truest answer that it can have, and *no* if it can have that."""
        possible = set(reachable)
        for number, node in self._nodes():
            truest = max((truth for truth in Truth if (number, truth) in possible), default=NO)
            for truth in sorted({truest, NO}, reverse=True):
                if (number, truth) in possible:
                    yield node, (number, truth)

    def _nodes(self) -> Iterator[tuple[int, Condition]]:
        yield from own_nodes(self.notice.applies_when)
        if self.notice.warn_when_unsure is not None:
            yield from ((~number, node) for number, node in own_nodes(self.notice.warn_when_unsure))

    def _truths(self, visit: Visit) -> Iterator[tuple[int, Truth]]:
        """The truth of every condition on a visit; of the editor's only where it decides what is shown.

        The conditions of `applies_when` are numbered from 0 up, those of `warn_when_unsure` from -1 down.
        """
        (day,) = visit.moment.dates
        if self.notice.standing.at(day).loudness == 0:
            return
        found = find(self.ruleset, self.notice.id, visit, explain=True)
        if found is None:
            return
        yield from ((number, branch.truth) for number, branch in enumerate(found.branches))
        tree = self.notice.warn_when_unsure
        if tree is not None and found.verdict is Verdict.MAY_APPLY and found.nearby is NO:
            ground = self.ruleset.ground(day)
            carried = self.ruleset.publishers[visit.publisher].may_carry
            told: dict[int, Truth] = {}
            situation = Situation(ground, visit.reader, visit.page_language, visit.content, carried)
            fold(tree, Kleene(situation), told)
            yield from ((~number, told[id(node)]) for number, node in own_nodes(tree))

    def _rank(self, visit: Visit) -> tuple[bool, int]:
        return self._on(visit) is not None, size(visit)

    def _on(self, visit: Visit) -> date | None:
        """The date that an example of a visit has to give, or None if it is the day of the last review."""
        (day,) = visit.moment.dates
        return None if self.notice.review is not None and day == self.notice.review.last else day

    def _unseen_answer(self, node: Condition, truth: Truth, visit: Visit, crowd: Crowd) -> Unseen:
        plain = as_the_author_writes(visit, self.notice, crowd.places, crowd.asked)
        shown = set(self._truths(plain)) == set(self._truths(visit))
        text = example_text(plain if shown else visit, self._on(visit))
        return Unseen(self.notice.id, node.at, f"`{condition_text(node)}` {ANSWERS[truth]}", (text,))

    def dates(self) -> tuple[int, int, list[Unseen]]:
        """How many dates are seen, of how many that readers can see, and those that are not."""
        seen, unseen = 0, list[Unseen]()
        for at, whose, days in _dates(self.ruleset, self.notice):
            visible = [(day, visit) for day in days if (visit := self._across(day)) is not None]
            missing = [self._missing(day) for day, _ in visible]
            if visible and all(missing):
                day, visit = visible[0]
                what = f"both sides of {day}, {whose}"
                moved = [_on_day(visit, side) for side in missing[0]]
                examples = tuple(example_text(one, self._on(one)) for one in moved)
                unseen.append(Unseen(self.notice.id, at, what, examples))
            elif visible:
                seen += 1
        return seen, seen + len(unseen), unseen

    def _told_apart(self, visit: Visit, day: date) -> tuple[str, ...]:
        """By what keys of an example a day and the one before it differ for a visit's reader."""
        before, after = (outcome(self.ruleset, self.notice.id, _on_day(visit, side)) for side in (day - DAY, day))
        return before.differing(after)

    def _across(self, day: date) -> Visit | None:
        """The smallest reader who is told something else on a day than on the day before, if there is one."""
        met, best = set[object](), list[Visit]()
        for publisher in publishers(self.ruleset, self.notice):
            views = self.outlook.view(publisher, day - DAY), self.outlook.view(publisher, day)
            if views[0] == views[1] or views in met:
                continue
            met.add(views)
            crowd = Crowd.of(self.atlas, (self.outlook, day - DAY), (self.outlook, day))
            for visit in crowd.visits(Scene(publisher, day)):
                if (not best or size(visit) < size(best[0])) and self._told_apart(visit, day):
                    best = [visit]
        return best[0] if best else None

    def _missing(self, day: date) -> list[date]:
        """The sides of a date on which no example stands whose reader is told something else on the other."""
        sides = [day - DAY, day]
        for example, visit in visits(self.ruleset, self.notice):
            if visit.moment.dates[0] in sides and not stated(example).isdisjoint(self._told_apart(visit, day)):
                sides.remove(visit.moment.dates[0])
        return sides


def _on_day(visit: Visit, day: date) -> Visit:
    return replace(visit, moment=Moment.on(day))


def _dates(ruleset: RuleSet, notice: Notice) -> Iterator[tuple[Position, str, tuple[date, ...]]]:
    """Every date of a notice with its position and what it is; those of a register together."""
    for day in notice.standing.days:
        yield notice.at, "a day of its standing", (day,)
    nodes = [node for tree in (notice.applies_when, notice.warn_when_unsure) if tree for _, node in own_nodes(tree)]
    for node in nodes:
        for day in node.standing.days:
            yield node.at, f"a day of `{condition_text(node)}`", (day,)
    for territory in ruleset.territories.values():
        for holding in (*territory.wholly, *territory.partly):
            for day in holding.standing.days:
                yield holding.at, f"a day of {holding.place} in {territory.id}", (day,)
    for register in ruleset.registers.values():
        measure = notice.concerns.measure
        entries = [entry for entry in register.entries if not measure or measure in entry.measures]
        days = tuple(dict.fromkeys(day for entry in entries for day in entry.standing.days))
        yield register.at, f"a day of an entry in {register.id}", days
