"""Scene: a publisher on a day, which stands for all those on which a notice says the same to every reader.

Coverage, mutation and the proof all ask what a notice says to everybody. Most publishers and days are alike to
it, so one of each kind is asked, and the rule set is cut down to what the notice uses.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import product
from typing import TypeAlias

from ...law.cases import Atlas, Places, contents, languages, named_places, questions, statuses
from ...law.condition import Condition, Leaf, LocatedIn, ResidentOf, SameAs, walk
from ...law.examination import Finding, Visit, examine
from ...law.example import Example
from ...law.moment import Moment
from ...law.notice import Notice
from ...law.place import UNKNOWN
from ...law.publisher import Publisher
from ...law.ruleset import RuleSet
from ...law.territory import Territory
from ...law.truth import NO
from ...law.verdict import Shown, Verdict

View: TypeAlias = tuple[object, ...]
NOTHING_SAID: View = ()
"""How a notice looks where it says nothing: it is not about the publisher, or not in force."""

KEYS = ("expect", "shown", "doubts")
"""What an example can state of an outcome, the weightiest first."""

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an example can state of a notice: verdict, shown, and the subjects of its doubts."""

    verdict: Verdict = Verdict.DOES_NOT_APPLY
    shown: Shown = Shown.NONE
    doubts: frozenset[str] = frozenset()

    @classmethod
    def of(cls, finding: Finding | None) -> Outcome:
        """The outcome of a finding; a notice that does not concern the publisher does not apply."""
        return cls() if finding is None else cls(finding.verdict, finding.shown, finding.subjects)

    def differing(self, other: Outcome) -> tuple[str, ...]:
        """The keys of an example that tell two outcomes apart, the weightiest first."""
        differ = (self.verdict is not other.verdict, self.shown is not other.shown, self.doubts != other.doubts)
        return tuple(key for key, differs in zip(KEYS, differ, strict=True) if differs)


@dataclass(frozen=True, slots=True)
class Scene:
    """A publisher on a day."""

    publisher: Publisher
    day: date


def outcome(ruleset: RuleSet, id: str, visit: Visit) -> Outcome:
    """What one notice says on a visit."""
    return Outcome.of(find(ruleset, id, visit))


def find(ruleset: RuleSet, id: str, visit: Visit, *, explain: bool = False) -> Finding | None:
    """The finding of one notice, or None where it does not concern the publisher."""
    findings = examine(supposed(ruleset, id, visit), visit, explain=explain).findings
    return next((found for found in findings if found.notice.id == id), None)


@dataclass(frozen=True, slots=True)
class Supposition(Visit):
    """A visit for which an example supposes what no publisher's file says: facts of the site, a label printed."""

    site: frozenset[str] | None = None
    carries: bool = False


def visited(example: Example, day: date) -> Visit:
    """An example's reader on a day, before the publisher as it is or as the example supposes it."""
    told = (example.publisher, Moment.on(day), example.reader, example.page_language, example.content)
    if example.site is None and not example.carries:
        return Visit(*told)
    return Supposition(*told, site=example.site, carries=example.carries)


def supposed(ruleset: RuleSet, id: str, visit: Visit) -> RuleSet:
    """The rule set as a visit supposes it for one notice; where it supposes nothing, as it is."""
    publisher = ruleset.publishers.get(visit.publisher)
    if publisher is None or not isinstance(visit, Supposition):
        return ruleset
    site = publisher.site if visit.site is None else visit.site
    carries = publisher.carries | {id} if visit.carries else publisher.carries
    publishers = {**ruleset.publishers, publisher.id: replace(publisher, site=site, carries=carries)}
    return replace(alone(ruleset, id), publishers=publishers)


def alone(ruleset: RuleSet, id: str) -> RuleSet:
    """The rule set with one notice, and of registers and territories only those that it uses."""
    notice = ruleset.notices[id]
    named = territories(notice)
    return replace(
        ruleset,
        notices={id: notice},
        registers={key: found for key, found in ruleset.registers.items() if key == notice.concerns.register},
        territories={key: found for key, found in ruleset.territories.items() if key in named},
    )


def territories(notice: Notice) -> frozenset[str]:
    """Every territory and code that a notice asks about."""
    return frozenset(
        name for leaf in questions(notice) if isinstance(leaf, (LocatedIn, ResidentOf)) for name in leaf.names
    )


def trees(notice: Notice) -> tuple[Condition, ...]:
    """The conditions of a notice: when it applies, and whom to warn who is not sure."""
    return (notice.applies_when,) if notice.warn_when_unsure is None else (notice.applies_when, notice.warn_when_unsure)


def own_nodes(tree: Condition) -> Iterator[tuple[int, Condition]]:
    """The nodes that stand in the notice's own file, with their number in `walk`; those behind `same_as` do not."""
    behind = 0
    for number, node in enumerate(walk(tree)):
        if behind:
            behind -= 1
            continue
        yield number, node
        if isinstance(node, SameAs):
            behind = sum(1 for _ in walk(node)) - 1


class Outlook:
    """How one notice of a rule set looks to a publisher on a day: all on which it can depend what readers are told.

    Two views that are equal say the same to everybody, whichever rule sets they are taken from.
    """

    def __init__(self, ruleset: RuleSet, id: str) -> None:
        self.ruleset = ruleset
        self.notice = ruleset.notices[id]
        self._laws: dict[int, View] = {}

    def view(self, publisher: Publisher, day: date) -> View:
        """The notice as it looks to a publisher on a day."""
        notice = self.notice
        concerned = self._concerned(publisher, day)
        law = self._law(day)
        if not concerned or law == NOTHING_SAID:
            return NOTHING_SAID
        universal = publisher.universal is None or notice.id in publisher.universal
        return law, concerned, publisher.may_carry, publisher.hides, notice.id in publisher.carries, universal

    def _concerned(self, publisher: Publisher, day: date) -> Collection[object]:
        """The ways in which the notice is about the publisher, none if it is not."""
        concern = self.notice.concerns
        if concern.register:
            return self.ruleset.listed(self.notice, publisher, day)
        if concern.content:
            return concern.content
        return () if self.ruleset.concerned(self.notice, publisher, None, day) is NO else ("site",)

    def _law(self, day: date) -> View:
        edition = self.ruleset.history.edition(day)
        if edition not in self._laws:
            self._laws[edition] = self._stands(day)
        return self._laws[edition]

    def _stands(self, day: date) -> View:
        state = self.notice.standing.at(day)
        if state.loudness == 0:
            return NOTHING_SAID
        named = sorted(territories(self.notice) & self.ruleset.territories.keys())
        held = tuple(_held(self.ruleset.territories[name], day) for name in named)
        return state, tuple(_shape(tree, day) for tree in trees(self.notice)), held


def _held(land: Territory, day: date) -> View:
    """A territory as it is held on a day."""
    wholly, partly = (
        tuple((holding.place, holding.standing.at(day)) for holding in kind) for kind in (land.wholly, land.partly)
    )
    return land.id, wholly, partly


def _shape(node: Condition, day: date) -> View:
    """A condition as it stands on a day, without what only people read."""
    asks = node.question if isinstance(node, Leaf) else type(node).__name__
    return asks, node.standing.at(day), *(_shape(part, day) for part in node.parts)


def scenes(*outlooks: Outlook) -> dict[tuple[View, ...], Scene]:
    """One scene of every kind that any of several versions of a notice tells apart, by how each of them sees it.

    The publishers of the notice's examples and the day of its last review come first. Scenes in which no version
    says anything are left out.
    """
    notice = outlooks[0].notice
    days = sorted({day for outlook in outlooks for day in outlook.ruleset.history.changes}, reverse=True)
    if days and days[-1] > date.min:
        days.append(days[-1] - DAY)
    if notice.review is not None:
        days.insert(0, notice.review.last)
    found: dict[tuple[View, ...], Scene] = {}
    for day in days or [date(2000, 1, 1)]:
        for publisher in publishers(outlooks[0].ruleset, notice):
            views = tuple(outlook.view(publisher, day) for outlook in outlooks)
            if any(seen != NOTHING_SAID for seen in views):
                found.setdefault(views, Scene(publisher, day))
    return found


def publishers(ruleset: RuleSet, notice: Notice) -> list[Publisher]:
    """All publishers, those first that the notice's examples speak of most."""
    used = Counter(example.publisher for example in notice.examples)
    return sorted(ruleset.publishers.values(), key=lambda found: (-used[found.id], found.id))


def visits(ruleset: RuleSet, notice: Notice) -> Iterator[tuple[Example, Visit]]:
    """The examples of a notice that can be run, each as a visit on its day."""
    for example in notice.examples:
        day = example.on or (notice.review.last if notice.review else None)
        if day is not None and example.publisher in ruleset.publishers:
            yield example, visited(example, day)


def stated(example: Example) -> frozenset[str]:
    """Which keys of an outcome an example states."""
    values = (example.expect, example.shown, example.doubts)
    return frozenset(key for key, value in zip(KEYS, values, strict=True) if value is not None)


@dataclass(frozen=True, slots=True)
class Crowd:
    """Everybody whom one or several versions of a notice, each on a day of its own, tell apart."""

    asked: tuple[Leaf, ...]
    tags: tuple[tuple[str, ...], ...]
    places: Places

    @classmethod
    def of(cls, atlas: Atlas, *seen: tuple[Outlook, date]) -> Crowd:
        """The common refinement of what the versions can tell apart."""
        asked = tuple(leaf for outlook, _ in seen for leaf in questions(outlook.notice))
        names = named_places(asked)
        tags = tuple(outlook.notice.concerns.content for outlook, _ in seen if outlook.notice.concerns.content)
        return cls(asked, tags, atlas.places([(outlook.ruleset.ground(day), names) for outlook, day in seen]))

    def visits(self, scene: Scene) -> Iterator[Visit]:
        """Each of them once, with one candidate place each."""
        moment = Moment.on(scene.day)
        known = statuses(self.asked, self.places)
        pages = list(product(languages(self.asked), contents(self.asked, self.tags)))
        for kind, reader in product(self.places.classes, known):
            placed = replace(reader, located_in=frozenset({kind.place}))
            yield from (Visit(scene.publisher.id, moment, placed, *page) for page in pages)


def size(visit: Visit) -> int:
    """How many facts are known on a visit: the fewer, the easier it is to judge."""
    reader = visit.reader
    return (
        (reader.candidates != {UNKNOWN})
        + len(reader.citizen_of)
        + bool(reader.not_citizen_of)
        + (reader.stateless is not None)
        + (reader.resident_of is not None)
        + (reader.age is not None)
        + len(reader.occupation)
        + (visit.page_language is not None)
        + (visit.content is not None)
    )
