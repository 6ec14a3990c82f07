"""Statement: what a notice says of acts and penalties, where one contradicts the other."""

from __future__ import annotations

from collections.abc import Iterator

from ...law.act import Exposure, Exposures, Risk
from ...law.notice import Notice
from ...law.ruleset import RuleSet
from ...rulebook.problem import listed
from .remark import Remark, Severity, place


def statement_remarks(ruleset: RuleSet) -> Iterator[Remark]:
    """Penalties for acts that their notice calls safe, or that it does not state."""
    for notice in ruleset.notices.values():
        yield from _penalties(notice)


def _penalties(notice: Notice) -> Iterator[Remark]:
    for penalty in notice.penalties:
        at = place(penalty.at, f"notices/{notice.id}.yaml")
        threatened = dict.fromkeys(penalty.acts)
        if unstated := [act for act in threatened if act not in notice.acts]:
            what = f"a penalty for {listed(unstated, 'and')}, of which acts: says nothing"
            yield Remark(at, Severity.WARNING, what, "state the risk under acts:, or remove it from the penalty")
        stated = {act: notice.acts[act] for act in threatened if act in notice.acts}
        if safe := [act for act, exposures in stated.items() if all(map(_safe, _said(exposures)))]:
            what = f"a penalty for {listed(safe, 'and')}, which acts: calls safe (risk: none)"
            yield Remark(at, Severity.WARNING, what, "correct one of the two")
        if eased := [act for act, exposures in stated.items() if act not in safe and _safe(_said(exposures)[-1])]:
            since = max(stated[act].days[-1] for act in eased)
            what = f"a penalty for {listed(eased, 'and')}, which acts: calls safe since {since}"
            write = "remove it from the penalty, or say in note: that the penalty is that of earlier days"
            yield Remark(at, Severity.NOTE, what, write)


def _said(exposures: Exposures) -> list[Exposure]:
    """What is stated of an act, in the order of time; before its first date nothing is."""
    return [exposure for exposure in exposures.values if exposure.stated]


def _safe(exposure: Exposure) -> bool:
    return not exposure.see and exposure.risk is Risk.NONE and exposure.repeated in (None, Risk.NONE)
