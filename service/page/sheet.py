"""Sheet: what a page says, chosen and ordered, before it has a form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from ..law.doubt import Doubt
from ..law.examination import Examination, Finding
from ..law.prescribed import Prescribed
from ..law.publisher import Publisher
from ..law.ruleset import RuleSet
from ..law.verdict import Shown
from .grade import Grade, grade_of, stand_in
from .label import printed
from .language import chain
from .passage import Passage, Run, spoken
from .phrases import Phrases, phrases

UNIVERSAL = "universal"
"""The grade that is told where a publisher's universal text stands in for a notice's own."""


class Length(Enum):
    """How much is said: everything, without what is folded away, or one line."""

    FULL = "full"
    SHORT = "short"
    LABEL = "label"


@dataclass(frozen=True, slots=True)
class Item:
    """One notice that is shown, and its text: in the language served or, above a draft of that, in English.

    `prescribed`: of a label, what the law prescribes on the day.
    """

    finding: Finding
    passages: tuple[Passage, ...] = ()
    grade: str = ""
    prescribed: Prescribed | None = None

    @property
    def folded(self) -> bool:
        """Whether it is only a line."""
        return self.finding.shown is Shown.FOLDED


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, the language that it is in, and the text under it."""

    heading: str
    language: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that the forms print. `language` is the main one; `words` are the page's own, maybe in English."""

    publisher: Publisher
    fingerprint: str
    language: str
    words: Phrases
    items: tuple[Item, ...] = ()
    next_change: datetime | None = None
    lists_checked: date | None = None

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The texts in full; a universal text that stands in for several notices is printed once."""
        found: dict[Block, None] = {}
        for item in self.items:
            if not item.folded:
                heading = item.finding.notice.called(self.language)
                if item.grade == UNIVERSAL:
                    heading = (self.heading, self.words.language)
                found[Block(*heading, item.passages)] = None
        return tuple(found)

    @property
    def heading(self) -> str:
        """The heading over several notices."""
        return self.words.heading.format(publisher=self.publisher.called(self.words.language))

    @property
    def folded(self) -> tuple[Finding, ...]:
        """What is held back."""
        return tuple(item.finding for item in self.items if item.folded)

    @property
    def line(self) -> str:
        """The one line for all that is held back, or ""."""
        if not self.folded:
            return ""
        return self.words.folded(
            _countries(self.folded),
            place=any(Doubt.PLACE in finding.doubts for finding in self.folded),
            passport=any("nationality" in finding.subjects for finding in self.folded),
        )

    @property
    def label(self) -> str:
        """The one line for everything, or ""."""
        return self.words.short_label(_countries([item.finding for item in self.items])) if self.items else ""


def compose(
    ruleset: RuleSet,
    examination: Examination,
    asked: str = "",
    grade: Grade = Grade.SOURCED,
    next_change: datetime | None = None,
) -> Sheet:
    """The sheet for an examination, in the language asked for ("" if none was) or what the publisher has instead."""
    publisher = examination.publisher
    languages = chain(asked, publisher)
    items = tuple(_item(finding, ruleset, examination, languages, grade) for finding in examination.shown)
    language = _served(examination.shown, publisher, languages, grade)
    registers = {finding.notice.concerns.register for finding in examination.findings}
    checked = [ruleset.registers[id].checked for id in registers if id in ruleset.registers]
    return Sheet(
        publisher, examination.fingerprint, language, phrases(language), items, next_change, min(checked, default=None)
    )


def universal(publisher: Publisher, fingerprint: str, asked: str = "") -> tuple[Sheet, Block] | None:
    """The publisher's universal text alone, for when nothing better can be served."""
    found = stand_in(publisher, chain(asked, publisher))
    if found is None:
        return None
    language, speech = found
    sheet = Sheet(publisher, fingerprint, language, phrases(language))
    return sheet, Block(sheet.heading, sheet.words.language, (spoken(speech, language, publisher),))


def anonymous(asked: str = "") -> Block:
    """A conditional text that names no one, for a publisher that is not known."""
    words = phrases(asked)
    paragraphs = tuple((Run(part),) for part in words.anonymous.split("\n\n"))
    return Block(words.anonymous_heading, words.language, (Passage(words.language, paragraphs),))


def _item(finding: Finding, ruleset: RuleSet, examination: Examination, languages: Sequence[str], grade: Grade) -> Item:
    publisher = examination.publisher
    if finding.notice.prescribed is not None:
        dates = examination.visit.moment.within(finding.notice.zone).dates
        label = printed(finding.notice, publisher, ruleset, dates, languages)
        return Item(finding, label, Grade.SOURCED.value, finding.notice.prescribed.on(max(dates)))
    found = _texts(finding, publisher, languages, grade)
    if found:
        passages = [passage for passage, _ in found]
        lowest = Grade.APPROVED if all(given is Grade.APPROVED for _, given in found) else Grade.SOURCED
        return Item(finding, tuple(passages), lowest.value)
    instead = stand_in(publisher, languages)
    text = (spoken(instead[1], instead[0], publisher),) if instead else anonymous(languages[0]).passages
    return Item(finding, text, UNIVERSAL)


def _texts(
    finding: Finding, publisher: Publisher, languages: Sequence[str], grade: Grade
) -> list[tuple[Passage, Grade]]:
    """The first text in the order of languages, then of authors; a draft only below an English text."""
    for language in languages:
        found = _text(finding, publisher, language, grade)
        if found is None:
            continue
        if not found[0].draft:
            return [found]
        english = _text(finding, publisher, "en", grade)
        if english is not None and not english[0].draft:
            return [english, found]
    return []


def _text(finding: Finding, publisher: Publisher, language: str, grade: Grade) -> tuple[Passage, Grade] | None:
    for wording in finding.wordings:
        speech = wording.speech(language, finding.verdict)
        if speech is not None and grade.admits(wording):
            return spoken(speech, language, publisher), grade_of(wording)
    return None


def _served(findings: Sequence[Finding], publisher: Publisher, languages: Sequence[str], grade: Grade) -> str:
    """The main language: the first that the publisher has or in which something that is shown is said."""
    for language in languages:
        if language in publisher.languages:
            return language
        if any(_text(finding, publisher, language, grade) is not None for finding in findings):
            return language
    return "en"


def _countries(findings: Sequence[Finding]) -> list[str]:
    return list(dict.fromkeys(finding.notice.jurisdiction for finding in findings))
