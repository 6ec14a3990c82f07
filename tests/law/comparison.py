"""Comparison: the engine and the oracle asked the same, and where they differ."""

from __future__ import annotations

from service.law.examination import Finding, Visit, examine
from service.law.moment import Moment
from service.law.notice import Notice
from service.law.ruleset import RuleSet
from service.law.verdict import Shown, Verdict

from . import oracle
from .strategies import DAY, LAW, Country

VISIT = Visit("us", Moment.on(DAY))
"""Somebody of whom nothing is known."""


def asked(ruleset: RuleSet, visit: Visit) -> oracle.Asked:
    """A visit on one day, as the oracle is asked."""
    (day,) = visit.moment.dates
    publisher = ruleset.publishers[visit.publisher]
    return oracle.Asked(ruleset, publisher, day, visit.reader, visit.page_language, visit.content)


def finding(ruleset: RuleSet, visit: Visit, notice: str) -> Finding | None:
    """What the engine says of one notice, or None where it does not concern the publisher."""
    found = [found for found in examine(ruleset, visit).findings if found.notice.id == notice]
    return found[0] if found else None


def own_languages(found: Finding) -> frozenset[str]:
    """The languages in which the publisher's own text may be used."""
    return frozenset(
        language
        for wording in found.wordings
        if wording is not found.notice.wording
        for language in wording.texts
        if found.verdict in wording.texts[language]
    )


def nowhere(visit: Visit) -> bool:
    """Whether nothing at all is known of the reader's place."""
    return (visit.reader.located_in or {"unknown"}) == {"unknown"}


def differences(ruleset: RuleSet, visit: Visit, notice: Notice) -> list[str]:
    """What the engine says otherwise than RULES.md section 2, in words; nothing if they agree."""
    expected = oracle.answer(notice, asked(ruleset, visit))
    found = finding(ruleset, visit, notice.id)
    if found is None:
        return [] if expected.verdict == "does_not_apply" else [f"no finding, expected {expected.verdict}"]
    said = {
        "verdict": (found.verdict.value, expected.verdict),
        "shown": (found.shown.value, expected.shown),
        "doubts": (sorted(doubt.value for doubt in found.doubts), sorted(expected.doubts)),
        "own text": (sorted(own_languages(found)), sorted(expected.speaks)),
    }
    if found.verdict.value == "does_not_apply":
        del said["own text"]
    if nowhere(visit) and not oracle.inside(notice, asked(ruleset, visit)):
        del said["shown"]  # line 8 says folded and C16 says full; tests of their own say what must hold
    if found.cases:
        said["cases"] = ({case: int(truth) for case, truth in found.cases.items()}, dict(expected.cases))
    return [f"{what}: engine {mine}, oracle {theirs}" for what, (mine, theirs) in said.items() if mine != theirs]


def found(country: Country, visit: Visit, explain: bool = False) -> Finding | None:
    of_law = [one for one in examine(country.ruleset, visit, explain=explain).findings if one.notice.id == LAW]
    return of_law[0] if of_law else None


def told(country: Country, visit: Visit) -> object:
    """Everything that an examination says, without the objects that say it."""
    return [
        (one.notice.id, one.verdict, one.shown, frozenset(one.doubts), one.nearby, len(one.wordings))
        for one in examine(country.ruleset, visit).findings
    ]


def verdict(country: Country, visit: Visit) -> Verdict:
    one = found(country, visit)
    return one.verdict if one else Verdict.DOES_NOT_APPLY


def shown(country: Country, visit: Visit) -> Shown:
    one = found(country, visit)
    return one.shown if one else Shown.NONE
