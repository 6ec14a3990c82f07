"""Small: a law of one condition, alone in its rule set."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from service.law.act import Basis
from service.law.condition import Condition
from service.law.examination import Finding, Visit, examine
from service.law.moment import Moment
from service.law.notice import Concern, Kind, Notice
from service.law.publisher import Publisher
from service.law.reader import NOBODY_IN_PARTICULAR, Reader
from service.law.ruleset import RuleSet
from service.law.verdict import Verdict
from service.law.wording import Speech, Wording

from .seed import GAZETTEER

TODAY = date(2026, 11, 23)
US = Publisher("us", {"en": "Us"})
SPOKEN = Wording({"en": {verdict: Speech("A law.") for verdict in (Verdict.APPLIES, Verdict.MAY_APPLY)}})


def law(tree: Condition, **changes: object) -> Notice:
    plain = Notice("xx/law", {"en": "A law"}, Kind.READER_RISK, Basis.STATUTE, Concern(), tree, wording=SPOKEN)
    return replace(plain, **changes)  # type: ignore[arg-type]


def alone(notice: Notice, publisher: Publisher = US, **more: object) -> RuleSet:
    parts: dict[str, object] = {"notices": {notice.id: notice}, "publishers": {publisher.id: publisher}, **more}
    return RuleSet(gazetteer=GAZETTEER, **parts).linked()  # type: ignore[arg-type]


def only(ruleset: RuleSet, reader: Reader = NOBODY_IN_PARTICULAR, *, explain: bool = False, **visit: object) -> Finding:
    asked = Visit("us", Moment.on(TODAY), reader)
    (found,) = examine(ruleset, replace(asked, **visit), explain=explain).findings  # type: ignore[arg-type]
    return found
