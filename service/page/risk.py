"""Risk: what each act on a page can lead to, and how the button for it is to be marked.

An act that no notice states is *not stated*, never safe. Reading is never gated. A gate informs; it only asks for a
confirmation where the law is loud, the notice is shown in full, and the reader's place is known.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from enum import Enum
from types import MappingProxyType
from typing import Any

from ..law.act import Basis, Risk
from ..law.examination import Finding, Visit
from ..law.notice import Kind
from ..law.place import UNKNOWN
from ..law.verdict import Shown, Verdict
from .caution import Caution, caution
from .language import direction
from .sheet import Sheet

READING: tuple[str, ...] = ("read", "read_habitually", "search")
"""The acts that are never gated."""

MARKED: tuple[str, ...] = (
    "follow", "pay_subscribe", "like", "comment", "share", "share_privately", "link", "save", "contact",
    "send_material", "donate",
)  # fmt: skip
"""The acts that pages have something to press for."""

CONTROLS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "share": ("share",),
        "comment": ("comment",),
        "like": ("like",),
        "subscribe": ("follow", "pay_subscribe"),
        "donate": ("donate",),
    }
)
"""The controls that a page marks, by the name in its attributes: `data-rdr-subscribe` stands for two acts."""

NOT_STATED = "not stated"


class Gate(Enum):
    """What stands before a control: words beside it, or words and a box to tick."""

    INFORM = "inform"
    CONFIRM = "confirm"


@dataclass(frozen=True, slots=True)
class Statement:
    """What one shown notice states of an act."""

    finding: Finding
    risk: Risk
    repeated: Risk | None
    basis: Basis

    @property
    def loudness(self) -> tuple[int, int]:
        """First by what the first time can lead to, then the second."""
        return self.risk.loudness, self.repeated.loudness if self.repeated else 0

    @property
    def is_punished(self) -> bool:
        """Whether a penalty is stated, be it for the second time only."""
        return max(self.loudness) >= Risk.ADMINISTRATIVE.loudness


def somewhere(visit: Visit) -> bool:
    """Whether anything is known of the reader's place; `any` and `unknown` in an address are not."""
    return visit.reader.candidates != {UNKNOWN}


def level(findings: Collection[Finding], acts: Collection[str], *, somewhere: bool) -> Gate | None:
    """The loudest gate over some acts, from the findings that a page shows; None where nothing is to be marked."""
    gates = [_gate(findings, act, somewhere) for act in acts]
    return max((gate for gate in gates if gate), key=list(Gate).index, default=None)


def gates(findings: Collection[Finding], *, somewhere: bool) -> dict[str, Gate]:
    """The gate of every control that has one."""
    found = {control: level(findings, acts, somewhere=somewhere) for control, acts in CONTROLS.items()}
    return {control: gate for control, gate in found.items() if gate is not None}


def record(sheet: Sheet, *, somewhere: bool) -> dict[str, Any]:
    """The body of `acts.json`. `somewhere`: whether the reader's place is known; `sheet` does not tell.

    `attributes` are those of `controls`, ready to be printed into a tag; `general` is what a page says of a control
    when it has heard nothing from us.
    """
    findings = [item.finding for item in sheet.items]
    words = caution(sheet.words.language)
    marks = gates(findings, somewhere=somewhere)
    change = sheet.next_change
    acts = {act: _act(sheet, words, findings, act, somewhere) for act in (*READING, *MARKED)}
    return {
        "publisher": sheet.publisher.id,
        "language": words.language,
        "direction": direction(words.language),
        "ruleset": sheet.fingerprint,
        "next_change": change.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if change else None,
        "place": "known" if somewhere else "unknown",
        "attributes": " ".join(f'data-rdr-{control}="{gate.value}"' for control, gate in marks.items()),
        "general": words.general,
        "controls": {
            control: {"gate": gate.value, "text": acts[_loudest(findings, control, gate, somewhere)]["text"]}
            for control, gate in marks.items()
        },
        "acts": acts,
    }


def written(sheet: Sheet, *, somewhere: bool) -> str:
    """The record as JSON."""
    return json.dumps(record(sheet, somewhere=somewhere), ensure_ascii=False, allow_nan=False) + "\n"


def statements(findings: Collection[Finding], act: str) -> list[Statement]:
    """What the shown notices state of an act, loudest first and otherwise in the order of the page."""
    return sorted(_statements(findings, act), key=lambda statement: statement.loudness, reverse=True)


def _statements(findings: Collection[Finding], act: str) -> Iterator[Statement]:
    risks = _risks(findings)
    shown = {finding.notice.id: finding for finding in risks}
    for finding in risks:
        exposure = finding.exposures.get(act)
        if exposure is None or not exposure.stated:
            continue
        basis = exposure.basis or finding.notice.basis
        if not exposure.see:
            repeated = exposure.repeated if exposure.repeated and exposure.repeated is not exposure.risk else None
            yield Statement(finding, exposure.risk, repeated, basis)
        elif exposure.see not in shown or act not in shown[exposure.see].exposures:
            yield Statement(finding, Risk.UNCLEAR, None, basis)  # the notice that it points to is not on this page


def _risks(findings: Collection[Finding]) -> list[Finding]:
    """The warnings among the findings: a label that the publisher owes is no risk of the reader's."""
    return [
        finding for finding in findings if finding.notice.kind is Kind.READER_RISK and finding.shown is not Shown.NONE
    ]


def _gate(findings: Collection[Finding], act: str, somewhere: bool) -> Gate | None:
    risks = _risks(findings)
    if act in READING or not risks:
        return None
    stated = statements(findings, act)
    if not somewhere:
        return Gate.INFORM
    if any(statement.is_punished and statement.finding.shown is Shown.FULL for statement in stated):
        return Gate.CONFIRM
    return None if _is_spared(findings, stated) else Gate.INFORM


def _is_spared(findings: Collection[Finding], stated: Sequence[Statement]) -> bool:
    """Whether every notice of the page says that the act is not punished; one that is silent says no such thing."""
    return len(stated) == len(_risks(findings)) and all(max(statement.loudness) == 0 for statement in stated)


def _loudest(findings: Collection[Finding], control: str, gate: Gate, somewhere: bool) -> str:
    """The act of a control that has its gate and the loudest statement."""
    acts = [act for act in CONTROLS[control] if _gate(findings, act, somewhere) is gate]
    return max(acts, key=lambda act: [statement.loudness for statement in statements(findings, act)])


def _act(sheet: Sheet, words: Caution, findings: Sequence[Finding], act: str, somewhere: bool) -> dict[str, Any]:
    stated = statements(findings, act)
    gate = _gate(findings, act, somewhere)
    found: dict[str, Any] = {"risk": NOT_STATED}
    if stated:
        loudest = [statement for statement in stated if statement.risk is stated[0].risk]
        again = max((said.repeated for said in stated if said.repeated), key=_loudness, default=None)
        found["risk"] = stated[0].risk.value
        if again is not None and again.loudness > stated[0].risk.loudness:
            found["repeated"] = again.value
        verdicts = [statement.finding.verdict for statement in loudest]
        found["verdict"] = max(verdicts, key=lambda verdict: verdict.loudness).value
        found["basis"] = min((statement.basis for statement in loudest), key=list(Basis).index).value
    found["notices"] = [statement.finding.notice.id for statement in stated]
    if gate is not None:
        found |= {"gate": gate.value, "text": _text(sheet, words, findings, act)}
    return found


def _text(sheet: Sheet, words: Caution, findings: Collection[Finding], act: str) -> str:
    """A sentence for each thing that is said, of every country the loudest; laws that say the same stand together.

    What is folded is named only where it is louder than what is shown in full; a law that does not punish the act,
    only where every law does not: it would comfort those whom another punishes.
    """
    stated = statements(findings, act)
    spared = _is_spared(findings, stated)
    full = [statement for statement in stated if statement.finding.shown is Shown.FULL]
    least = max((statement.loudness for statement in full), default=(-1, 0))
    loudest: dict[str, Statement] = {}
    for statement in [*full, *(statement for statement in stated if statement.loudness > least)]:
        if max(statement.loudness) > 0 or spared:
            loudest.setdefault(statement.finding.notice.jurisdiction, statement)
    alike: dict[tuple[Risk, Risk | None, Basis, bool], list[str]] = {}
    for country, said in loudest.items():
        you = said.finding.verdict is Verdict.APPLIES
        alike.setdefault((said.risk, said.repeated, said.basis, you), []).append(country)
    sentences = [
        words.says(*key[:3], sheet.words.countries(codes), len(codes) > 1, key[3]) for key, codes in alike.items()
    ]
    return words.joined.format(act=words.acts[act], said=" ".join(sentences) or words.not_stated)


def _loudness(risk: Risk) -> int:
    return risk.loudness
