"""Explanation: a reader's verdicts, what they hang on, and the branch and line that decided each."""

from __future__ import annotations

from collections.abc import Iterator

from ..law.condition import AllOf, AnyOf, SameAs
from ..law.doubt import Doubt
from ..law.examination import Branch, Examination, Finding
from ..law.truth import MAYBE, NO, YES
from .phrase import phrase

ANSWERS = {NO: "no", MAYBE: "perhaps", YES: "yes"}

DOUBTS = {
    Doubt.PLACE: "where the reader is",
    Doubt.NATIONALITY: "the reader's nationality",
    Doubt.CITIZENSHIP: "which citizenships the reader holds",
    Doubt.STATELESS: "whether the reader is stateless",
    Doubt.RESIDENCE: "where the reader lives for good",
    Doubt.AGE: "the reader's age",
    Doubt.OCCUPATION: "the reader's occupation",
    Doubt.CONTENT: "what the page carries",
    Doubt.PAGE_LANGUAGE: "the language of the page",
    Doubt.PUBLISHER: "which part of the publisher is listed",
    Doubt.LAW: "how the law is read",
}


def explain(examination: Examination) -> Iterator[str]:
    """The lines of an explanation, for people. The examination must have been made with `explain=True`."""
    if not examination.findings:
        yield f"No notice concerns {examination.publisher.id}."
    for finding in examination.findings:
        yield from _finding(finding)
        yield ""


def _finding(finding: Finding) -> Iterator[str]:
    notice = finding.notice
    yield f"{notice.id}: {finding.verdict.value}, shown {finding.shown.value}"
    yield f"  {notice.called('en')[0]}"
    if finding.doubts:
        yield "  It hangs on: " + "; ".join(DOUBTS[doubt] for doubt in finding.doubts) + "."
    if deciding := _deciding(finding):
        yield f"  Decided by {deciding.node.at} ({_called(deciding).rstrip(':')})."
    for branch in finding.branches:
        yield f"{branch.node.at.line:>6}  {'  ' * branch.depth}{_called(branch).rstrip(':')} — {ANSWERS[branch.truth]}"


def _called(branch: Branch) -> str:
    name = f"[{branch.node.case}] " if branch.node.case else ""
    return f"{name}{phrase(branch.node)}"


def _deciding(finding: Finding) -> Branch | None:
    """The deepest branch that settles the verdict by itself.

    One true part settles an *any of*, one false part an *all of*; where a node's answer comes from all its parts
    together, the node is what decided.
    """
    branches = list(finding.branches)
    if not branches:
        return None
    current, wanted = 0, branches[0].truth
    while True:
        node = branches[current].node
        single = isinstance(node, (SameAs, AllOf if wanted is NO else AnyOf))
        below = [number for number in _children(branches, current) if branches[number].truth is wanted]
        if not below or not single or (wanted is MAYBE and not isinstance(node, (AnyOf, SameAs))):
            return branches[current]
        current = below[0]


def _children(branches: list[Branch], parent: int) -> Iterator[int]:
    depth = branches[parent].depth
    for number in range(parent + 1, len(branches)):
        if branches[number].depth <= depth:
            return
        if branches[number].depth == depth + 1:
            yield number


def as_data(examination: Examination) -> dict[str, object]:
    """The same explanation for machines."""
    return {
        "publisher": examination.publisher.id,
        "ruleset": examination.fingerprint,
        "notices": [
            {
                "id": finding.notice.id,
                "verdict": finding.verdict.value,
                "shown": finding.shown.value,
                "depends_on": [doubt.value for doubt in finding.doubts],
                "cases": {name: str(truth) for name, truth in finding.cases.items()},
                "decided_by": str(deciding.node.at) if (deciding := _deciding(finding)) else None,
                "branches": [
                    {"at": str(branch.node.at), "depth": branch.depth, "case": branch.node.case or None,
                     "says": phrase(branch.node), "truth": str(branch.truth)}
                    for branch in finding.branches
                ],
            }
            for finding in examination.findings
        ],
    }  # fmt: skip
