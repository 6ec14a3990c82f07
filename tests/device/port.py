"""Port: the engine in JavaScript, run under node, and what the two engines say otherwise."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from service.device.program import program
from service.law.examination import Visit, examine
from service.law.ruleset import RuleSet

ROOT = Path(__file__).resolve().parents[2]
PORT = Path(__file__).with_name("port.mjs")
ENGINE = ROOT / "service" / "device" / "engine" / "engine.js"


def node(*arguments: str | Path, given: str = "", runner: str | Path = PORT) -> list[Any]:
    """What the runner of the ports prints, a value a line; or what a script does that is given instead."""
    command = ["node", str(runner), *map(str, arguments)]
    done = subprocess.run(command, input=given, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@dataclass(frozen=True)
class Question:
    """One visit on one date before one rule set."""

    ruleset: RuleSet
    visit: Visit
    at: str = ""

    def plain(self) -> dict[str, Any]:
        visit, reader = self.visit, self.visit.reader
        known = {
            "located_in": sorted(reader.located_in),
            "citizen_of": sorted(reader.citizen_of),
            "not_citizen_of": sorted(reader.not_citizen_of),
            "stateless": reader.stateless,
            "resident_of": reader.resident_of,
            "age": reader.age,
            "occupation": sorted(reader.occupation),
        }
        return {
            "publisher": visit.publisher,
            **({"at": self.at} if self.at else {"on": visit.moment.dates[0].isoformat()}),
            "reader": known,
            "page_language": visit.page_language,
            "content": None if visit.content is None else sorted(visit.content),
            "act": visit.act,
        }

    def expected(self) -> list[list[Any]]:
        return [
            [found.notice.id, found.verdict.value, found.shown.value, [doubt.value for doubt in found.doubts]]
            for found in examine(self.ruleset, self.visit).findings
        ]


def disagreements(questions: Sequence[Question]) -> Iterable[tuple[Question, Any, Any]]:
    """The questions that the two engines answer differently, with Python's answer and JavaScript's."""
    lines: list[str] = []
    ruleset: RuleSet | None = None
    for question in questions:
        if question.ruleset is not ruleset:
            ruleset = question.ruleset
            lines.append(json.dumps({"program": program(ruleset)}))
        lines.append(json.dumps(question.plain()))
    answers = node("-", "-", ENGINE, given="\n".join(lines))
    assert len(answers) == len(questions)
    for question, theirs in zip(questions, answers, strict=True):
        ours = question.expected()
        if ours != theirs:
            yield question, ours, theirs
