"""Trial: one reader before a page at a time, and what the engine says of them, by which another engine is tried.

In a file of trials every line has one, with what is to be said: docs/porting/README.md describes the format.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeAlias

from ..law.examination import Visit, examine
from ..law.moment import Moment
from ..law.reader import Reader
from ..law.ruleset import RuleSet

Said: TypeAlias = tuple[str, str, str, tuple[str, ...]]
"""What is said of one notice: its id, the verdict, what is shown, the doubts in their order."""

When: TypeAlias = datetime | date


@dataclass(frozen=True, slots=True)
class Trial:
    """Who asks, for which page and when: an instant, or a date alone."""

    publisher: str
    when: When
    reader: Reader = field(default_factory=Reader)
    page_language: str | None = None
    content: frozenset[str] | None = None
    act: str = ""

    @property
    def moment(self) -> Moment:
        """The dates that it is then."""
        return Moment.at(self.when) if isinstance(self.when, datetime) else Moment.on(self.when)

    def said(self, ruleset: RuleSet) -> tuple[Said, ...]:
        """What a rule set says to it, in the order of the page."""
        visit = Visit(self.publisher, self.moment, self.reader, self.page_language, self.content, self.act)
        return tuple(
            (found.notice.id, found.verdict.value, found.shown.value, tuple(doubt.value for doubt in found.doubts))
            for found in examine(ruleset, visit).findings
        )

    def plain(self) -> dict[str, Any]:
        """The trial as JSON values; what is not known is left out."""
        at = {"at": _instant(self.when)} if isinstance(self.when, datetime) else {"on": self.when.isoformat()}
        asked = {"page_language": self.page_language, "content": _listed(self.content), "act": self.act or None}
        known = {
            "located_in": _listed(self.reader.located_in) or None,
            "citizen_of": _listed(self.reader.citizen_of) or None,
            "not_citizen_of": _listed(self.reader.not_citizen_of) or None,
            "stateless": self.reader.stateless,
            "resident_of": self.reader.resident_of,
            "age": self.reader.age,
            "occupation": _listed(self.reader.occupation) or None,
        }
        return {"publisher": self.publisher, **at, "reader": _stated(known), **_stated(asked)}


def read(line: str) -> tuple[Trial, tuple[Said, ...]]:
    """A trial and what is to be said to it, from a line of `cases.jsonl`."""
    plain = json.loads(line)
    facts: dict[str, Any] = plain["reader"]
    lists = {name: frozenset(value) for name, value in facts.items() if isinstance(value, list)}
    when = datetime.fromisoformat(plain["at"]) if "at" in plain else date.fromisoformat(plain["on"])
    content = frozenset(plain["content"]) if "content" in plain else None
    reader = Reader(**(facts | lists))
    trial = Trial(plain["publisher"], when, reader, plain.get("page_language"), content, plain.get("act", ""))
    return trial, tuple((id, verdict, shown, tuple(doubts)) for id, verdict, shown, doubts in plain["expect"])


def written(trials: Iterable[tuple[Trial, tuple[Said, ...]]]) -> str:
    """The lines of `cases.jsonl`."""
    return "".join(_line(trial.plain() | {"expect": said}) for trial, said in trials)


def _line(plain: dict[str, Any]) -> str:
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":")) + "\n"


def _stated(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _listed(names: frozenset[str] | None) -> list[str] | None:
    return None if names is None else sorted(names)


def _instant(when: datetime) -> str:
    return when.isoformat().replace("+00:00", "Z")
