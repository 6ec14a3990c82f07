"""Reach: whom a notice says something to, and whether another says as much to all of them.

Found by asking the engine about everybody whom the notices tell apart, for one publisher and day of every kind.
Two candidate places are asked about as well as one, because a reader between two places is warned more fully.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import combinations

from ...law.act import Exposure, Risk
from ...law.cases import Atlas
from ...law.condition import Everyone, Not
from ...law.examination import Visit, examine
from ...law.notice import Kind, Notice
from ...law.penalty import Penalty
from ...law.place import UNKNOWN
from ...law.position import NOWHERE
from ...law.ruleset import RuleSet
from ...law.verdict import Verdict
from ..examples.example_text import condition_text
from ..examples.scene import Crowd, Outcome, Outlook, Scene, alone, outcome, scenes
from .remark import Remark, Severity, place

MOST = 4_000
"""Readers beyond which a law is not walked: a remark must be certain, and soon; without one nothing is claimed."""

_BEFORE = date.min
"""A day before all others: what is dated later is not stated on it."""


def reach_remarks(ruleset: RuleSet) -> Iterator[Remark]:
    """Notices that apply to nobody, that another covers, or whose `warn_when_unsure` changes nothing."""
    atlas = Atlas(ruleset.gazetteer)
    live: list[Notice] = []
    for id, notice in sorted(ruleset.notices.items()):
        outlook = Outlook(alone(ruleset, id), id)
        if not (found := list(scenes(outlook).values())):
            continue  # it meets no publisher, which is another remark
        if not _reaches(outlook, found, atlas):
            at = place(notice.applies_when.at, f"notices/{id}.yaml")
            yield Remark(at, Severity.WARNING, f"{id} can apply to nobody on any day", "check applies_when:")
            continue
        live.append(notice)
        if _unsure_in_vain(outlook, found, atlas):
            tree = notice.warn_when_unsure
            at = place(tree.at if tree else NOWHERE, f"notices/{id}.yaml")
            what = f"warn_when_unsure never matters in {id}: whoever may be meant is warned in full anyway"
            yield Remark(at, Severity.WARNING, what, "remove it, or check applies_when:")
    for notice in live:
        by = next((other for other in live if _superfluous(ruleset, notice, other, atlas)), None)
        if by is not None:
            at = place(notice.at, f"notices/{notice.id}.yaml")
            what = f"whoever is told of {notice.id} is told at least as much by {by.id}"
            yield Remark(at, Severity.WARNING, what, f"remove it, or say what {by.id} does not")


class TooMany(Exception):
    """More readers than are walked."""


def counted(visits: Iterator[Visit]) -> Iterator[Visit]:
    """The same visits. Raises `TooMany` past the limit."""
    for number, visit in enumerate(visits):
        if number == MOST:
            raise TooMany
        yield visit


def everybody(crowd: Crowd, scene: Scene, *, settled: bool = True) -> Iterator[Visit]:
    """Each reader of a crowd with one candidate place, if `settled`, then with two."""
    if settled:
        yield from crowd.visits(scene)
    first = frozenset({crowd.places.classes[0].place})
    somewhere = [visit for visit in crowd.visits(scene) if visit.reader.located_in == first]
    for one, other in combinations(crowd.places.classes, 2):
        between = frozenset({one.place, other.place})
        yield from (replace(visit, reader=replace(visit.reader, located_in=between)) for visit in somewhere)


def _reaches(outlook: Outlook, found: list[Scene], atlas: Atlas) -> bool:
    """Whether a notice applies or may apply to anybody; of two places it says no more than of each."""
    try:
        return any(
            outcome(outlook.ruleset, outlook.notice.id, visit).verdict is not Verdict.DOES_NOT_APPLY
            for scene in found
            for visit in counted(Crowd.of(atlas, (outlook, scene.day)).visits(scene))
        )
    except TooMany:
        return True


def _unsure_in_vain(outlook: Outlook, found: list[Scene], atlas: Atlas) -> bool:
    """Whether it is all the same if everybody elsewhere is warned in full, or nobody."""
    notice, ruleset = outlook.notice, outlook.ruleset
    if notice.warn_when_unsure is None or isinstance(notice.warn_when_unsure, Everyone):
        return False
    loud, quiet = (
        replace(ruleset, notices={notice.id: replace(notice, warn_when_unsure=tree)})
        for tree in (None, Not(of=Everyone()))
    )
    try:
        return all(
            outcome(loud, notice.id, visit) == outcome(quiet, notice.id, visit)
            for scene in found
            for visit in counted(everybody(Crowd.of(atlas, (outlook, scene.day)), scene))
        )
    except TooMany:
        return False


def _superfluous(ruleset: RuleSet, one: Notice, by: Notice, atlas: Atlas) -> bool:
    """Whether a notice adds nothing to another; of two that say the same, the one whose name comes later."""
    return _covers(ruleset, one, by, atlas) and (by.id < one.id or not _covers(ruleset, by, one, atlas))


def _covers(ruleset: RuleSet, one: Notice, by: Notice, atlas: Atlas) -> bool:
    same_law = one.id != by.id and one.jurisdiction == by.jurisdiction and one.kind is by.kind is Kind.READER_RISK
    alike = _states_all(one, by) and _threatens_all(one, by) and _excuses_alike(one, by)
    return same_law and alike and _tells_all(ruleset, one, by, atlas)


def _states_all(one: Notice, by: Notice) -> bool:
    """Whether every act that one notice states is stated in another on the same days, and as loudly."""
    days = {_BEFORE, *(day for notice in (one, by) for acts in notice.acts.values() for day in acts.days)}
    for act, exposures in one.acts.items():
        for day in days:
            said = exposures.at(day)
            if said.stated and not (act in by.acts and _as_loud(by.acts[act].at(day), said, by.id)):
                return False
    return True


def _as_loud(other: Exposure, said: Exposure, by: str) -> bool:
    if not other.stated:
        return False
    if said.see or other.see:
        return bool(said.see) and said.see in (by, other.see)
    pairs = ((other.risk, said.risk), (other.repeated or Risk.NONE, said.repeated or Risk.NONE))
    return all(theirs.loudness >= mine.loudness for theirs, mine in pairs)


def _threatens_all(one: Notice, by: Notice) -> bool:
    threats = [_threat(penalty) for penalty in by.penalties]
    return all(_threat(penalty) in threats for penalty in one.penalties)


def _excuses_alike(one: Notice, by: Notice) -> bool:
    mine, theirs = ({(each.what, each.includes) for each in notice.defences} for notice in (one, by))
    return mine == theirs


def _threat(penalty: Penalty) -> tuple[object, str]:
    """A penalty without where it stands and why."""
    plain = replace(penalty, when=None, because="", note="", sources_differ=False, at=NOWHERE)
    return plain, condition_text(penalty.when) if penalty.when else ""


def _tells_all(ruleset: RuleSet, one: Notice, by: Notice, atlas: Atlas) -> bool:
    """Whether whoever is told of one notice is told of another, by a verdict and a text at least as loud."""
    try:
        return _walk(ruleset, one, by, atlas)
    except TooMany:
        return False


def _walk(ruleset: RuleSet, one: Notice, by: Notice, atlas: Atlas) -> bool:
    both = replace(ruleset, notices={one.id: one, by.id: by})
    outlooks = Outlook(both, one.id), Outlook(both, by.id)
    for scene in scenes(*outlooks).values():
        crowd = Crowd.of(atlas, *((outlook, scene.day) for outlook in outlooks))
        for visit in counted(everybody(crowd, scene)):
            # of a reader of whom nothing is known, what is shown depends on every other notice too
            asked = ruleset if visit.reader.candidates == {UNKNOWN} else both
            found = {finding.notice.id: Outcome.of(finding) for finding in examine(asked, visit).findings}
            mine, theirs = found.get(one.id, Outcome()), found.get(by.id, Outcome())
            if mine.verdict is not Verdict.DOES_NOT_APPLY and (
                theirs.verdict.loudness < mine.verdict.loudness or theirs.shown.loudness < mine.shown.loudness
            ):
                return False
    return True
