"""Connection: which notices, registers and publishers meet, and which never do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ...law.notice import Kind, Notice
from ...law.register import Register
from ...law.ruleset import RuleSet
from ...law.standing import State
from ...law.truth import NO
from ...rulebook.problem import listed
from ..examples.scene import DAY, NOTHING_SAID, Outlook, alone
from .remark import Remark, Severity, place

_MOST = 6
"""How many names a remark lists."""


def connection_remarks(ruleset: RuleSet) -> Iterator[Remark]:
    """Notices without a publisher, publishers without a notice, and entries and registers that meet neither."""
    met = set[str]()
    for notice in ruleset.notices.values():
        cut = alone(ruleset, notice.id)
        here = _met(cut, notice)
        met |= here
        if not here:
            yield _unmet(cut, notice)
    for publisher in ruleset.publishers.values():
        if publisher.id not in met:
            at = place(publisher.at, f"publishers/{publisher.id}.yaml")
            what = f"no notice concerns {publisher.id} on any day"
            yield Remark(at, Severity.NOTE, what, "check whether it stands in a register")
    for register in ruleset.registers.values():
        yield from _register(ruleset, register)


def one_day_of_each(ruleset: RuleSet) -> list[date]:
    """A day of every span between two changes of a rule set, oldest first."""
    changes = ruleset.history.changes
    if not changes:
        return [date(2000, 1, 1)]
    return [changes[0] - DAY, *changes] if changes[0] > date.min else list(changes)


def _met(cut: RuleSet, notice: Notice) -> set[str]:
    """The publishers to whose readers a notice says something on some day."""
    outlook, days = Outlook(cut, notice.id), one_day_of_each(cut)
    return {
        publisher.id
        for publisher in cut.publishers.values()
        if any(outlook.view(publisher, day) != NOTHING_SAID for day in days)
    }


def _unmet(cut: RuleSet, notice: Notice) -> Remark:
    """Why a notice meets no publisher."""
    file = f"notices/{notice.id}.yaml"
    states = notice.standing.values
    if not any(state.loudness for state in states):
        waits = states[-1] in (State.NOT_YET, State.SUSPENDED)
        severity = Severity.NOTE if waits else Severity.WARNING
        return Remark(place(notice.at, file), severity, f"{notice.id} is in force on no day", "check its standing:")
    days = one_day_of_each(cut)
    ever = any(cut.concerned(notice, one, None, day) is not NO for one in cut.publishers.values() for day in days)
    what = f"{notice.id} concerns no publisher on any day" + (" on which it is in force" if ever else "")
    write = "check its standing: and the dates of the entries" if ever else "check concerns:, or write the publisher"
    severity = Severity.NOTE if notice.kind is Kind.PUBLISHER_DUTY else Severity.WARNING  # whoever owes it writes it
    return Remark(place(notice.concerns.at, file), severity, what, write)


def _register(ruleset: RuleSet, register: Register) -> Iterator[Remark]:
    file = f"registers/{register.id}.yaml"
    if all(notice.concerns.register != register.id for notice in ruleset.notices.values()):
        what = f"no notice is about {register.id}"
        yield Remark(place(register.at, file), Severity.NOTE, what, "write the notice, or remove the register")
    run = {person for publisher in ruleset.publishers.values() for person in publisher.run_by}
    strange = [entry for entry in register.entries if entry.person and entry.person not in run]
    if strange:
        names = [entry.person for entry in strange]
        named = listed(names, "and") if len(names) <= _MOST else f"{', '.join(names[:_MOST])} …"
        what = f"{len(names)} of {len(register.entries)} entries name a person who runs no publisher here: {named}"
        write = "nothing, unless one of them runs a publisher: then write run_by: in its file"
        yield Remark(place(strange[0].at, file), Severity.NOTE, what, write)
    for entry in register.entries:
        if not any(state.loudness for state in entry.standing.values):
            what = f"the entry of {entry.publisher or entry.person} is in force on no day"
            yield Remark(place(entry.at, file), Severity.WARNING, what, "check its dates")
