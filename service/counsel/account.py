"""Account: what a set of rules removes, alters and adds, worked out by comparison, as a bundle's manifest tells it.

Whatever is not known to only add, or to leave what readers are told as it is, counts as altered, so that a kind of
change that nobody thought of here needs two people and not one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace

from ..bundle.account import Account, Entry, Files, Unfit, Weighed
from ..law.act import NOT_STATED, Exposure, Exposures
from ..law.calendar import Calendar
from ..law.notice import Notice
from ..law.penalty import Unit
from ..law.publisher import Publisher
from ..law.ruleset import RuleSet
from ..law.wording import Wording
from ..rulebook import read
from .comparison.audience import Audience
from .comparison.change import Caution, Change, Revoiced
from .comparison.comparison import Comparison, compare
from .comparison.record_change import bare
from .comparison.sentence import readers

COMPARED_FOR_READERS = {
    "notice": frozenset({"concerns", "applies_when", "standing", "warn_when_unsure"}),
    "publisher": frozenset({"part_of", "run_by", "universal", "carries", "hides", "may_carry", "site"}),
}
"""What decides who is warned: every effect of it stands in the changes for readers."""

TOLD_APART = {
    "notice": frozenset({"title", "wording", "prescribed", "acts", "penalties"}),
    "publisher": frozenset({"name", "universal_text", "own", "slots"}),
}
"""What has an account of its own, below."""

NEVER_TOLD = frozenset({"id", "at", "citations", "review", "examples"})
"""What no reader is warned by: sources, reviews and examples. An approval counts as part of the wording."""


def weigh(before: RuleSet | None, files: Files) -> Weighed | Unfit:
    """The rule set that some files are, and its account; without a set before, an empty one. See `service.bundle`."""
    loaded = read(files)
    if loaded.ruleset is None:
        return Unfit(tuple(map(str, loaded.errors)))
    return Weighed(loaded.ruleset, account(before, loaded.ruleset) if before else Account())


def account(before: RuleSet | None, after: RuleSet) -> Account:
    """What a rule set removes, alters and adds; without a predecessor it adds all that it says."""
    old = before if before is not None else RuleSet(gazetteer=after.gazetteer)
    comparison = compare(old, after)
    of_change = {caution: list(_changes(comparison, caution)) for caution in Caution}
    gone, other, come = _records(old, after)
    return Account(
        (*of_change[Caution.LESS], *gone, *_limits(comparison)),
        (*of_change[Caution.OTHER], *_texts(old, after, comparison), *other),
        (*of_change[Caution.MORE], *come),
    )


def _changes(comparison: Comparison, caution: Caution) -> Iterator[Entry]:
    for change in comparison.changes:
        if change.caution is caution:
            subject = "whose words" if isinstance(change.what, Revoiced) else "readers"
            for airing in change.airings:
                when = ", ".join(map(str, airing.spans))
                yield Entry(change.notice, f"notices/{change.notice}.yaml", subject, airing.publishers,
                            _place(change), change.readers, str(change.what), when)  # fmt: skip


def _place(change: Change) -> str:
    """Where the readers of a change are, in words."""
    audience = change.audience
    everybody = tuple(frozenset(dimension.values) for dimension in audience.space.dimensions)
    anybody = Audience(audience.space, audience.places, everybody, audience.smallest)
    return "everywhere" if audience.everywhere else readers(anybody).removeprefix("Readers ")


def _texts(old: RuleSet, new: RuleSet, comparison: Comparison) -> Iterator[Entry]:
    """Texts that read otherwise or are gone, and new ones beside those that some readers had until now."""
    for change in comparison.wording:
        stays = [
            (not change.publisher or change.publisher in ruleset.publishers)
            and (not change.notice or change.notice in ruleset.notices)
            for ruleset in (old, new)
        ]
        if all(stays):  # a notice or publisher that is new or gone has one entry, not one for each of its texts
            happened = "changed" if change.before and change.after else "new" if change.after else "gone"
            publishers = (change.publisher,) if change.publisher else ()
            yield Entry(change.notice, change.file, f"{change.what}, {change.language}", publishers, "", "",
                        f"{change.what} ({change.language}) {happened}: {change.said}", "")  # fmt: skip


def _limits(comparison: Comparison) -> Iterator[Entry]:
    for limit in comparison.limits:
        yield Entry("", "", "not compared", (), "", "", f"not compared completely: {limit}", "")


def _records(old: RuleSet, new: RuleSet) -> tuple[list[Entry], list[Entry], list[Entry]]:
    """What is removed, altered and added by entries of files that are no change for readers by themselves."""
    found: dict[Caution, list[Entry]] = {caution: [] for caution in Caution}
    for kind, mine, theirs in (
        ("notice", old.notices, new.notices),
        ("publisher", old.publishers, new.publishers),
        ("unit", old.units, new.units),
        ("calendar", old.calendars, new.calendars),
    ):
        before: Mapping[str, object] = mine
        after: Mapping[str, object] = theirs
        for id in sorted(before.keys() | after.keys()):
            notice = id if kind == "notice" else ""
            publishers = (id,) if kind == "publisher" else ()
            for caution, subject, change in _of_file(kind, before.get(id), after.get(id)):
                entry = Entry(notice, f"{kind}s/{id}.yaml", subject, publishers, "", "", f"{subject} {change}", "")
                found[caution].append(entry)
    return found[Caution.LESS], found[Caution.OTHER], found[Caution.MORE]


def _of_file(kind: str, one: object, two: object) -> Iterator[tuple[Caution, str, str]]:
    if two is None:
        yield Caution.LESS, f"the {kind}", "is removed"
    elif one is None:
        if kind not in ("unit", "calendar"):
            yield Caution.MORE, f"the {kind}", "is new"
    elif isinstance(one, Notice) and isinstance(two, Notice):
        yield from _fields(kind, one, two)
        yield from _acts(one.acts, two.acts)
        yield from _penalties(one, two)
        yield from _approval("wording", one.wording, two.wording)
        if _without_text(one) != _without_text(two):
            yield Caution.OTHER, "prescribed", "is prescribed otherwise"
    elif isinstance(one, Publisher) and isinstance(two, Publisher):
        yield from _fields(kind, one, two)
        for id in sorted(one.own.keys() & two.own.keys()):
            yield from _approval(f"its wording of {id}", one.own[id], two.own[id])
        if any(bare(two.slots.get(id)) != bare(values) for id, values in one.slots.items()):
            yield Caution.OTHER, "slots", "are others"
    elif isinstance(one, Unit) and isinstance(two, Unit) and bare(one.values) != bare(two.values):
        yield Caution.OTHER, "the unit", "is worth something else"
    elif isinstance(one, Calendar) and isinstance(two, Calendar) and _days(one) != _days(two):
        yield Caution.OTHER, "the calendar", "has other days"


def _days(calendar: Calendar) -> object:
    return [one.day for one in calendar.occasions], calendar.known_until


def _fields(kind: str, one: Notice | Publisher, two: Notice | Publisher) -> Iterator[tuple[Caution, str, str]]:
    told = COMPARED_FOR_READERS[kind] | TOLD_APART[kind] | NEVER_TOLD
    for each in fields(one):
        if each.name not in told and bare(getattr(one, each.name)) != bare(getattr(two, each.name)):
            yield Caution.OTHER, each.name, "is another"


def _acts(old: Mapping[str, Exposures], new: Mapping[str, Exposures]) -> Iterator[tuple[Caution, str, str]]:
    nothing = Exposures.always(NOT_STATED)
    for act in sorted(old.keys() | new.keys()):
        one, two = old.get(act, nothing), new.get(act, nothing)
        if bare(one) == bare(two):
            continue
        pairs = [(one.values[0], two.values[0])]
        pairs += [(one.at(day), two.at(day)) for day in sorted({*one.days, *two.days})]
        steps = [after.loudness - before.loudness for before, after in pairs if bare(before) != bare(after)]
        if not steps:
            continue
        if any(step < 0 for step in steps):
            yield Caution.LESS, act, f"was {_risks(one)} and is {_risks(two)}"
        elif all(steps):
            yield Caution.MORE, act, f"was {_risks(one)} and is {_risks(two)}"
        else:
            yield Caution.OTHER, act, "is stated otherwise"


def _risks(exposures: Exposures) -> str:
    return ", then ".join(map(_risk, exposures.values))


def _risk(exposure: Exposure) -> str:
    if exposure.see or not exposure.stated:
        return f"as in {exposure.see}" if exposure.see else "not stated"
    return exposure.risk.value + (f" ({exposure.repeated.value} if repeated)" if exposure.repeated else "")


def _penalties(one: Notice, two: Notice) -> Iterator[tuple[Caution, str, str]]:
    mine, theirs = ([bare(penalty) for penalty in notice.penalties] for notice in (one, two))
    if any(theirs.count(penalty) < mine.count(penalty) for penalty in mine):
        yield Caution.OTHER, "a penalty", "is another or is gone"
    elif len(theirs) > len(mine):
        yield Caution.MORE, "a penalty", "is new"


def _approval(what: str, one: Wording, two: Wording) -> Iterator[tuple[Caution, str, str]]:
    """Where only approved texts are served, an approval decides what is read."""
    if one.approved is not two.approved:
        yield Caution.OTHER, what, "is now approved" if two.approved else "is no longer approved"


def _without_text(notice: Notice) -> object:
    return bare(replace(notice.prescribed, text="") if notice.prescribed else None)
