"""Ledger: every answer of the slider as compact data, from which the script of the page reads one day and place.

`cells`: [notice, publishers, content, line elsewhere, {line: places}]; `lines`: [day, answer, day, answer …] as
numbers of days since `since`, -1 for silence; `answers`: [verdict, shown, doubts, nearby, text].
"""

from __future__ import annotations

import json
from collections.abc import Hashable, Sequence
from datetime import date
from typing import Any, Generic, TypeVar

from ..law.notice import Kind, Notice
from ..law.ruleset import RuleSet
from ..law.truth import NO
from .chapter import SUBJECTS, SURE
from .frame import country, file_of, slug
from .roll import entry_dates, source_of
from .timeline import SINCE, Answer, Cell, Line

Held = TypeVar("Held", bound=Hashable)


class _Shelf(Generic[Held]):
    """Things by number, each once."""

    def __init__(self) -> None:
        self.numbers: dict[Held, int] = {}

    def of(self, thing: Held) -> int:
        """The number of a thing."""
        return self.numbers.setdefault(thing, len(self.numbers))


class _Clerk:
    """Whoever numbers everything."""

    def __init__(self, ruleset: RuleSet) -> None:
        self.notices = _Shelf[str]()
        self.publishers = {id: number for number, id in enumerate(sorted(ruleset.publishers))}
        self.lines = _Shelf[tuple[int, ...]]()
        self.answers = _Shelf[tuple[str, str, str, int, int]]()
        self.texts = _Shelf[str]()

    def line(self, line: Line) -> int:
        """The number of a line."""
        numbers = [number for day, answer in line for number in ((day - SINCE).days, self.answer(answer))]
        return self.lines.of(tuple(numbers))

    def answer(self, answer: Answer | None) -> int:
        """The number of an answer; -1 of silence."""
        if answer is None:
            return -1
        doubts = " ".join(answer.doubts)
        return self.answers.of((answer.verdict, answer.shown, doubts, answer.nearby, self.texts.of(answer.text)))

    def cell(self, cell: Cell) -> list[Any]:
        """A cell as a row."""
        groups = {str(self.line(line)): " ".join(places) for places, line in cell.groups}
        publishers = [self.publishers[id] for id in cell.publishers]
        return [self.notices.of(cell.notice.id), publishers, cell.content, self.line(cell.elsewhere), groups]


def ledger(ruleset: RuleSet, cells: Sequence[Cell], until: date) -> str:
    """The data as JSON that may stand in a script element."""
    clerk = _Clerk(ruleset)
    rows = [clerk.cell(cell) for cell in cells]
    notices = [ruleset.notices[id] for id in clerk.notices.numbers]
    data = {
        "since": SINCE.isoformat(),
        "days": (until - SINCE).days,
        "publishers": [
            [id, publisher.called("en"), publisher.universal] for id, publisher in sorted(ruleset.publishers.items())
        ],
        "notices": [_notice(notice) for notice in notices],
        "entries": [_entries(ruleset, notice) for notice in notices],
        "subjects": SUBJECTS,
        "texts": list(clerk.texts.numbers),
        "answers": list(clerk.answers.numbers),
        "lines": list(clerk.lines.numbers),
        "cells": rows,
    }
    lines = (f"{json.dumps(key)}:{_compact(value)}" for key, value in data.items())
    return "{" + ",\n".join(lines).replace("<", "\\u003c") + "}"


def _compact(value: object) -> str:
    if isinstance(value, list):
        return "[" + ",\n".join(json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in value) + "]"
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _notice(notice: Notice) -> list[Any]:
    """Id, title, country, whether it is a risk for readers, its section, how sure, since when."""
    steps = zip(notice.standing.days, notice.standing.values[1:], strict=True)
    since = "; ".join(f"{state.value} since {day.isoformat()}" for day, state in steps if day.year > 1)
    return [
        notice.id, notice.title["en"], country(notice.jurisdiction), int(notice.kind is Kind.READER_RISK),
        f"{file_of(notice.jurisdiction)}#{slug(notice.id)}", SURE[notice.basis], since,
    ]  # fmt: skip


def _entries(ruleset: RuleSet, notice: Notice) -> dict[str, list[list[str]]]:
    """By the number of a publisher: the entries that name it, each with its dates and source."""
    register = ruleset.registers.get(notice.concerns.register)
    if register is None:
        return {}
    found: dict[str, list[list[str]]] = {}
    for number, (id, publisher) in enumerate(sorted(ruleset.publishers.items())):
        for entry in register.entries:
            if entry.names(publisher, ruleset.lineage(id), ruleset.parts(id)) is not NO:
                listed = ruleset.publishers.get(entry.publisher)
                who = listed.called("en") if listed else entry.person
                found.setdefault(str(number), []).append(
                    [who, register.title, entry_dates(entry), *source_of(register, entry)]
                )
    return found
