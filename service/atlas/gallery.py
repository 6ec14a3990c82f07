"""Gallery: what readers in some places see of some publishers, in their language, as a printed table in Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from ..law.examination import Finding, Visit, examine
from ..law.moment import Moment
from ..law.place import UNKNOWN
from ..law.reader import Reader
from ..law.ruleset import RuleSet
from ..page.language import direction
from ..page.passage import Passage
from ..page.phrases import phrases
from ..page.sheet import Sheet, compose
from .chapter import VERDICTS
from .frame import NOT_APPROVED, country, words_of


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a reader sits, and the language of the page before them; of one of whom nothing is known, neither."""

    name: str
    place: str
    language: str


SEATS: Final = (
    Seat("Moscow", "RU-MOW", "ru"), Seat("Minsk", "BY-HM", "be"), Seat("Bishkek", "KG-GB", "ky"),
    Seat("Tehran", "IR-23", "fa"), Seat("Hong Kong", "HK", "zh"), Seat("Donetsk", "UA-14", "uk"),
    Seat("Berlin", "DE-BE", "de"), Seat("unknown", UNKNOWN, ""),
)  # fmt: skip

PUBLISHERS: Final = ("rferl", "svaboda", "meduza", "dw", "kloop", "iran-international")

_LEAD: Final = (
    "On {}, of whom nothing is known but the place, on pages asked for in the language that is named; where the place "
    "is not known, in none. Where a publisher has nothing in a reader's language, an arrow leads to the language that "
    "is served instead, and a draft stands only below the English text. What the pages carry was not declared. {}"
)

_SENTENCE = re.compile(r"(?<=[.!?؟。！？])[”»\"]?(?:\s+|(?<=[。！？]))")
_MARKS = re.compile(r"([\\`*_\[\]#|~])")


def gallery(ruleset: RuleSet, day: date, publishers: Sequence[str] = PUBLISHERS) -> str:
    """The table, one section for each publisher that the rule set has, and the full texts folded below it."""
    lines = [
        "# What readers see",
        "",
        _LEAD.format(words_of(day), NOT_APPROVED),
        "",
        "Written by `make law` from `rules/`. The laws, with their sources, stand in [the pages](index.html).",
    ]
    for id in publishers:
        if id in ruleset.publishers:
            lines += ["", f"## {_plain(ruleset.publishers[id].called('en'))}", "", *_section(ruleset, id, day)]
    return "\n".join(lines) + "\n"


def _section(ruleset: RuleSet, publisher: str, day: date) -> Iterator[str]:
    sheets = [(seat, _sheet(ruleset, publisher, seat, day)) for seat in SEATS]
    yield "| reader in | page in | shown | notice | verdict | the text begins |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for seat, sheet in sheets:
        yield from _rows(seat, sheet)
    texts: dict[tuple[str, ...], list[str]] = {}
    for seat, sheet in sheets:
        if sheet.items:
            texts.setdefault(tuple(_whole(sheet)), []).append(seat.name)
    for whole, names in texts.items():
        yield from ("", f"<details><summary>{', '.join(names)}: the whole text</summary>", "", *whole, "</details>")


def _whole(sheet: Sheet) -> Iterator[str]:
    for block in sheet.blocks:
        yield from (f"<p><b>{_spoken(block.heading, block.language)}</b></p>", "")
        for passage in block.passages:
            words = phrases(passage.language)
            mark = [_spoken(words.draft, words.language)] if passage.draft else []
            for paragraph in (*mark, *(_spoken(part, passage.language) for part in passage.plain.split("\n\n"))):
                yield from (paragraph, "")
    if sheet.line:
        yield from (_spoken(sheet.line, sheet.words.language), "")
        for title, language in dict.fromkeys(finding.notice.called(sheet.language) for finding in sheet.folded):
            yield f"- {_spoken(title, language)}"
        yield ""


def _sheet(ruleset: RuleSet, publisher: str, seat: Seat, day: date) -> Sheet:
    visit = Visit(publisher, Moment.on(day), Reader(frozenset({seat.place})), seat.language or None)
    return compose(ruleset, examine(ruleset, visit), seat.language)


def _rows(seat: Seat, sheet: Sheet) -> Iterator[str]:
    where = f"{seat.name}" + (f" ({seat.place})" if seat.place != UNKNOWN else "")
    tongue = " → ".join(dict.fromkeys((seat.language or "–", sheet.language)))
    if not sheet.items:
        yield f"| {where} | {tongue} | nothing | – | nothing here applies | – |"
    for item in sheet.items:
        if not item.folded:
            begins = "<br>".join(_spoken(_first(passage), passage.language) + (" (draft)" if passage.draft else "")
                                 for passage in item.passages)  # fmt: skip
            verdict = VERDICTS[item.finding.verdict.value]
            yield f"| {where} | {tongue} | in full | {_title(item.finding)} | {verdict} | {begins} |"
            where = tongue = ""
    if sheet.folded:
        titles = "<br>".join(map(_title, sheet.folded))
        verdicts = "<br>".join(dict.fromkeys(VERDICTS[finding.verdict.value] for finding in sheet.folded))
        line = _spoken(sheet.line, sheet.words.language)
        yield f"| {where} | {tongue} | one line for all | {titles} | {verdicts} | {line} |"


def _title(finding: Finding) -> str:
    return f"{country(finding.notice.jurisdiction)}: {_plain(finding.notice.title['en'])}"


def _first(passage: Passage) -> str:
    """The first two sentences."""
    return " ".join(_SENTENCE.split(passage.plain.split("\n\n")[0].strip())[:2])


def _spoken(words: str, language: str) -> str:
    return f'<span lang="{language}" dir="{direction(language)}">{_plain(words)}</span>'


def _plain(words: str) -> str:
    """Words that Markdown leaves alone."""
    return _MARKS.sub(r"\\\1", words.replace("&", "&amp;").replace("<", "&lt;"))
