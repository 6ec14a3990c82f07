"""Address: what a path or a query asks for. One spelling each; any other is answered, and never stored by a cache."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..law.moment import Moment
from ..law.place import TWINS, UNKNOWN
from ..law.publisher import Publisher
from ..law.ruleset import RuleSet
from ..page.language import lookup, normal, one, ranges

ANYWHERE = "any"
"""In an address the same as `unknown`."""

STEMS = (
    "citizen", "citiz", "national", "passport", "stateless", "resid", "occupation", "profession", "job", "birth",
    "born", "reader", "status", "permit", "visa",
)  # fmt: skip
"""Parts of names in a query that tell something about the reader."""

WORDS = frozenset({"age", "ages", "dob", "work"})
"""Whole names that do."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reader may be; `usual` if it was spelt in the one way that may be stored."""

    candidates: frozenset[str]
    usual: bool


def place(text: str, ruleset: RuleSet, moment: Moment) -> Place:
    """The place that a text names.

    A territory that has no code stands for all of its places at once, those held partly too: a reader of whom only
    that is known may be in any of them. A code in another case means the code; what names no place is `unknown`.
    """
    gazetteer = ruleset.gazetteer
    if text in (ANYWHERE, UNKNOWN):
        return Place(frozenset({UNKNOWN}), True)
    if gazetteer.knows(text):
        code = one_code(text)
        return Place(frozenset({gazetteer.normal(code)}), code == text)
    if text in ruleset.territories:
        return Place(_held(text, ruleset, moment), True)
    code = one_code(text.upper())
    return Place(frozenset({gazetteer.normal(code)}), False)


def one_code(code: str) -> str:
    """The code that is used of a place that has two: CN-HK is HK."""
    return TWINS.get(code, code)


def _held(name: str, ruleset: RuleSet, moment: Moment) -> frozenset[str]:
    territory = ruleset.territories[name]
    held = {
        holding.place
        for holding in (*territory.wholly, *territory.partly)
        if any(holding.standing.at(day).loudness > 0 for day in moment.dates)
    }
    return frozenset(held) or frozenset({UNKNOWN})


def language(text: str, ruleset: RuleSet) -> tuple[str, bool]:
    """The language that a text names, "" if none does, and whether it was spelt in the one way that may be stored.

    That is a bare language, or a longer tag that a publisher declares: there are too many of the others to keep.
    """
    tag = normal(text)
    if tag != text or not tag:
        return tag, False
    declared = any(tag in publisher.languages or tag in publisher.fallback for publisher in ruleset.publishers.values())
    return tag, "-" not in tag or declared


def wish(named: str | None, accepted: str, publisher: Publisher | None) -> tuple[str, str | None]:
    """The language that chooses the text ("" for none) and the one that the law is told of (None for not known).

    `named` is what the query says, None if it says nothing; `accepted` is the header Accept-Language.
    """
    asked = normal(named or "")
    if asked:
        return asked, asked
    wanted = ranges(accepted)
    told = one(wanted) if named is None else ""
    return (lookup(wanted, publisher) if publisher and wanted else ""), told or None


def tells_status(names: Iterable[str]) -> bool:
    """Whether the names of a query tell, or are meant to tell, something about the reader."""
    return any(
        any(stem in name for stem in STEMS) or name in WORDS
        for name in ("".join(filter(str.isalpha, name.lower())) for name in names)
    )
