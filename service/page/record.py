"""Record: a sheet as data, for programs (DESIGN.md section 3)."""

from __future__ import annotations

import json
from datetime import UTC
from typing import Any

from ..law.act import Exposure
from ..law.citation import Citation
from ..law.defence import Defence
from ..law.prescribed import Look, Prescribed
from .html import fragment
from .plain import said, text
from .sheet import Item, Length, Sheet


def record(sheet: Sheet, length: Length = Length.FULL) -> dict[str, Any]:
    """What is said as lists and words; `html` and `text` are the same content in those forms."""
    change, checked = sheet.next_change, sheet.lists_checked
    return {
        "publisher": sheet.publisher.id,
        "language": sheet.language,
        "ruleset": sheet.fingerprint,
        "next_change": change.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if change else None,
        "lists_checked": checked.isoformat() if checked else None,
        "notices": [_notice(item) for item in sheet.items],
        "html": fragment(sheet, length),
        "text": text(sheet, length),
    }


def written(sheet: Sheet, length: Length = Length.FULL) -> str:
    """The record as JSON."""
    return json.dumps(record(sheet, length), ensure_ascii=False, allow_nan=False) + "\n"


def _notice(item: Item) -> dict[str, Any]:
    finding, notice = item.finding, item.finding.notice
    found: dict[str, Any] = {
        "id": notice.id,
        "kind": notice.kind.value,
        "basis": notice.basis.value,
        "verdict": finding.verdict.value,
        "shown": finding.shown.value,
        "depends_on": [doubt.value for doubt in finding.doubts],
        "grade": item.grade,
    }
    if not item.folded:
        found["text"] = "\n\n".join(said(passage) for passage in item.passages)
        if item.prescribed is not None:
            found |= label_record(item.prescribed)
    found["acts"] = {act: exposure_record(exposure) for act, exposure in finding.exposures.items()}
    if notice.defences:
        found["defences"] = [_defence(defence) for defence in notice.defences]
    found["citations"] = [_citation(citation) for citation in notice.citations]
    return found


def label_record(prescribed: Prescribed) -> dict[str, Any]:
    """What a label has to say and how it has to look, for whoever lays it out; none of it is computed here."""
    found: dict[str, Any] = {}
    if prescribed.elements:
        found["elements"] = [
            {name: value for name, value in (("name", one.name), ("say", one.say), ("when", one.when)) if value}
            for one in prescribed.elements
        ]
    if prescribed.looks:
        found["form"] = {look.medium: look_record(look) for look in prescribed.looks}
    return found


def look_record(look: Look) -> dict[str, Any]:
    """What is prescribed of one medium, by the keys of a rule file."""
    found: dict[str, Any] = dict(look.manners)
    if look.shows:
        found["shows"] = [
            {key: value
             for key, value in (("at", one.at), ("for", one.lasts), ("covers", one.covers), ("dismiss", one.dismiss))
             if value}
            for one in look.shows
        ]  # fmt: skip
    if look.every_item:
        found["every_item"] = True
    if look.judged:
        found["judged_by_hand"] = list(look.judged)
    return found


def exposure_record(exposure: Exposure) -> dict[str, str]:
    """What the law says of an act; an act that is left out is not stated, never safe."""
    if exposure.see:
        return {"see": exposure.see}
    found = {"risk": exposure.risk.value}
    for name, value in (("repeated", exposure.repeated), ("basis", exposure.basis), ("mind", exposure.mind)):
        if value is not None:
            found[name] = value.value
    if exposure.because:
        found["because"] = exposure.because
    return found


def _defence(defence: Defence) -> dict[str, Any]:
    """What the law lets one answer with, in the words of the rule file; nothing of it is decided here."""
    found: dict[str, Any] = {"what": defence.what, "because": defence.because}
    if defence.includes:
        found["includes"] = list(defence.includes)
    return found


def _citation(citation: Citation) -> dict[str, str]:
    found = {"key": citation.key, "title": citation.title, "seen": citation.seen.value}
    if citation.url:
        found["url"] = citation.url
    return found | {"checked": citation.checked.isoformat()}
