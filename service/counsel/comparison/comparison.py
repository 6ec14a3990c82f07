"""Comparison: exactly which readers are told something else by one rule set than by another.

Complete by intersection of cases, not by sampling: readers are parted by the questions of both versions, time at every
day on which either changes, and every part is asked about. Compared are, for each reader:

- with one candidate place: the verdict, what is shown, whose words are used and, if asked for, the facts on which the
  answer hangs;
- with two candidate places, because sources disagree: verdict, shown and whose words, where neither place alone
  shows a change already. A verdict on more candidates is made of the verdicts on each, and what is shown and said
  of those on one or two, so three and more add nothing, except where `warn_when_unsure` joins several places by
  `all_of` or `not`, or where three dates of one instant differ from each other.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field

from ...law.cases import Atlas
from ...law.publisher import Publisher
from ...law.ruleset import RuleSet
from .change import Airing, Caution, Change
from .chart import Law
from .difference import Differences, Group
from .front import fronts, has_front
from .record_change import RecordChange, record_changes
from .sentence import example, readers
from .telling import Choices
from .version import Span, Version, spans
from .wording_change import WordingChange, wording_changes


@dataclass(frozen=True, slots=True)
class Comparison:
    """The outcome: changes for readers, then of texts, dates, sources and registers; the same for the same rules.

    `cases`: how many cases were compared, where a notice looks otherwise to a publisher; elsewhere there is nothing to
    compare. `unchanged`: how many of the `notices` tell every reader the same. `limits`: what could not be compared
    completely, in words.
    """

    before: str
    after: str
    changes: tuple[Change, ...]
    wording: tuple[WordingChange, ...] = ()
    records: tuple[RecordChange, ...] = ()
    cases: int = 0
    notices: int = 0
    unchanged: int = 0
    limits: tuple[str, ...] = ()

    @property
    def less_cautious(self) -> bool:
        """Whether any reader is warned less, a text is gone, or that cannot be ruled out."""
        cautions = {change.caution for change in self.changes}
        cautions |= {change.caution for change in self.wording} | {change.caution for change in self.records}
        return bool(self.limits) or Caution.LESS in cautions

    @property
    def empty(self) -> bool:
        """Whether nothing changed."""
        return not (self.changes or self.wording or self.records or self.limits)


@dataclass(slots=True)
class _Tally:
    """What was found so far: for each notice and group of readers, the spans for each publisher."""

    found: dict[str, dict[int, tuple[Group, dict[str, list[Span]]]]] = field(default_factory=dict)
    cases: int = 0
    limits: list[str] = field(default_factory=list)

    def add(self, id: str, publisher: str, span: Span, group: Group) -> None:
        """Count a group in; a span that follows on another of the same group lengthens it."""
        times = self.found.setdefault(id, {}).setdefault(group.number, (group, {}))[1].setdefault(publisher, [])
        if times and times[-1].end == span.start and span.start is not None:
            times[-1] = Span(times[-1].start, span.end)
        else:
            times.append(span)


def compare(before: RuleSet, after: RuleSet, *, doubts: bool = False) -> Comparison:
    """Compare two linked rule sets; `doubts` asks as well on which facts the answers hang."""
    laws: dict[Hashable, Law] = {}
    old, new = Version(before, laws), Version(after, laws)
    ids = sorted(before.notices.keys() | after.notices.keys())
    publishers = sorted(before.publishers.keys() | after.publishers.keys())
    differences, tally = Differences(Atlas(after.gazetteer), doubts), _Tally()
    busy = {id: _publishers(old, new, id, publishers) for id in ids}
    fronted = {
        publisher: [id for id in ids if old.concerns(id, publisher) or new.concerns(id, publisher)]
        for publisher in publishers
        if has_front(old, publisher, ids) or has_front(new, publisher, ids)
    }
    for id in ids:
        for publisher in busy[id]:
            _compare_notice(tally, differences, (old, new), id, publisher, nowhere=publisher not in fronted)
    for publisher, concerned in fronted.items():
        _compare_front(tally, differences, (old, new), publisher, concerned)
    return Comparison(
        before.fingerprint,
        after.fingerprint,
        tuple(sorted(_changes(tally, old, new), key=lambda change: change.key)),
        wording_changes(before, after),
        record_changes(before, after),
        tally.cases,
        len(ids),
        len(ids) - len(tally.found),
        tuple(dict.fromkeys(tally.limits)),
    )


def _publishers(old: Version, new: Version, id: str, publishers: Sequence[str]) -> Sequence[str]:
    """The publishers to whom a notice can look different: all, unless all that it rests on is the same."""
    one, two = old.ruleset.notices.get(id), new.ruleset.notices.get(id)
    if one is None or one != two:
        return publishers
    mine, theirs = old.ruleset, new.ruleset
    register = one.concerns.register
    lands = old.asks_about(one) | new.asks_about(one)
    if (
        mine.registers.get(register) != theirs.registers.get(register)
        or any(mine.territories.get(name) != theirs.territories.get(name) for name in lands)
        or _families(mine) != _families(theirs)
    ):
        return publishers
    return [publisher for publisher in publishers if not _alike(mine, theirs, publisher, id)]


def _families(ruleset: RuleSet) -> dict[str, str]:
    return {publisher.id: publisher.part_of for publisher in ruleset.publishers.values()}


def _alike(mine: RuleSet, theirs: RuleSet, publisher: str, id: str) -> bool:
    one, two = mine.publishers[publisher], theirs.publishers[publisher]
    return one == two or _facts(one, id) == _facts(two, id)


def _facts(publisher: Publisher, id: str) -> Hashable:
    return Choices.of(publisher, id), publisher.run_by, publisher.site


def _compare_notice(
    tally: _Tally,
    differences: Differences,
    versions: tuple[Version, Version],
    id: str,
    publisher: str,
    *,
    nowhere: bool,
) -> None:
    old, new = versions
    if not (old.concerns(id, publisher) or new.concerns(id, publisher)):
        return
    days, zones = old.days_for(id, publisher) | new.days_for(id, publisher), old.zones([id]) | new.zones([id])
    for span, moment in spans(days, zones):
        one, two = (version.look(id, publisher, moment) for version in versions)
        if one.key != two.key:
            difference = differences.between(one, two, nowhere=nowhere)
            tally.cases += difference.cases
            for group in difference.groups:
                tally.add(id, publisher, span, group)


def _compare_front(
    tally: _Tally, differences: Differences, versions: tuple[Version, Version], publisher: str, ids: Sequence[str]
) -> None:
    days = {day for version in versions for id in ids for day in version.days_for(id, publisher)}
    by_us = tuple(
        us is not None and us.universal is None
        for us in (version.ruleset.publishers.get(publisher) for version in versions)
    )
    for span, moment in spans(days, {zone for version in versions for zone in version.zones(ids)}):
        one, two = ({id: version.look(id, publisher, moment) for id in ids} for version in versions)
        if any(one[id].key != two[id].key for id in ids) or by_us[0] != by_us[1]:
            front = fronts(differences, one, two, (by_us[0], by_us[1]))
            tally.cases += front.cases
            for id, group in front.changes:
                tally.add(id, publisher, span, group)
            if not front.complete:
                tally.limits.append(
                    f"{publisher} does not say which notices come first (universal), and has too many to compare every "
                    "reader of whose place nothing is known but something of their status"
                )


def _changes(tally: _Tally, old: Version, new: Version) -> Iterator[Change]:
    for id, groups in tally.found.items():
        notice = new.ruleset.notices.get(id) or old.ruleset.notices[id]
        for group, by_publisher in groups.values():
            together: dict[tuple[Span, ...], list[str]] = {}
            for publisher, times in sorted(by_publisher.items()):
                together.setdefault(tuple(times), []).append(publisher)
            airings = tuple(
                sorted(
                    (Airing(tuple(names), times) for times, names in together.items()), key=lambda one: one.publishers
                )
            )
            yield Change(
                id,
                group.what,
                group.audience,
                readers(group.audience),
                airings,
                example(group.audience, airings[0], notice, group.after),
            )
