"""Pasted: an example as a command prints it, read back as a lawyer who pastes it into a rule file would have it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import count
from typing import Any

import yaml

from service.counsel.examples.scene import outcome
from service.counsel.examples.trial import hold_trial
from service.law.citation import Review
from service.law.condition import AllOf, AnyOf, Condition, Not, Possibly
from service.law.examination import Visit
from service.law.example import Example
from service.law.moment import Moment
from service.law.notice import Notice
from service.law.position import Position
from service.law.reader import Reader
from service.law.ruleset import RuleSet
from service.law.verdict import Verdict

TODAY = date(2026, 11, 23)
REVIEW = Review("legal desk", TODAY, TODAY)


def with_examples(ruleset: RuleSet, examples: dict[str, tuple[Example, ...]]) -> RuleSet:
    """The rule set with nothing but these examples, reviewed today, each condition on a line of its own."""
    notices = {
        id: replace(
            notice,
            examples=examples.get(id, ()),
            review=REVIEW,
            applies_when=on_lines(notice.applies_when, f"notices/{id}.yaml"),
        )
        for id, notice in ruleset.notices.items()
    }
    return replace(ruleset, notices=notices)


def on_lines(node: Condition, file: str, numbers: count[int] | None = None) -> Condition:
    """A condition whose nodes stand on lines 1, 2, 3 … of a file."""
    numbers = numbers or count(1)
    placed = replace(node, at=Position(file, next(numbers), 1))
    if isinstance(placed, (AllOf, AnyOf)):
        return replace(placed, of=tuple(on_lines(part, file, numbers) for part in placed.of))
    if isinstance(placed, (Not, Possibly)):
        return replace(placed, of=on_lines(placed.of, file, numbers))
    return placed


def filled_in(ruleset: RuleSet, notice: Notice, text: str) -> Example:
    """A printed example with its blanks filled by what the rules say, as if the lawyer agreed with them."""
    (written,) = yaml.load(text, yaml.BaseLoader)  # every value is text, as in the rulebook
    blank = {key for key, value in written.items() if value == ""}
    assert "expect" in blank
    known = dict(written["reader"])
    language = known.pop("page_language", None)
    reader = Reader(
        many(known.pop("located_in", ())),
        many(known.pop("citizen_of", ())),
        many(known.pop("not_citizen_of", ())),
        {"yes": True, "no": False, None: None}[known.pop("stateless", None)],
        known.pop("resident_of", None),
        int(known["age"]) if "age" in known else None,
        many(known.pop("occupation", ())),
    )
    assert not known.keys() - {"age"}
    content = frozenset(written["content"]) if "content" in written else None
    on = date.fromisoformat(written["on"]) if "on" in written else None
    visit = Visit(written["publisher"], Moment.on(on or TODAY), reader, language, content)
    said = outcome(ruleset, notice.id, visit)
    example = Example(written["name"], visit.publisher, reader, said.verdict, language, content=content, on=on)
    return replace(
        example,
        shown=said.shown if "shown" in blank else None,
        doubts=said.doubts if "doubts" in blank else None,
    )


def many(value: Any) -> frozenset[str]:
    """One name or a list of names."""
    return frozenset([value] if isinstance(value, str) else value)


def reader(place: str = "", *citizen_of: str, **known: Any) -> Reader:
    """A reader in a place with some passports."""
    return Reader(frozenset([place] if place else []), frozenset(citizen_of), **known)


def example(publisher: str, who: Reader, expect: Verdict, **stated: Any) -> Example:
    """An example without a name."""
    return Example("", publisher, who, expect, **stated)


def hold(ruleset: RuleSet) -> RuleSet:
    """The same rule set, once all of its examples hold."""
    assert hold_trial(ruleset).failures == ()
    return ruleset
