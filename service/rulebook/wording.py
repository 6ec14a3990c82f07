"""Wording: the texts that readers see."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain, islice

from ..law.position import Position
from ..law.verdict import Verdict
from ..law.wording import Speech, Wording
from .node import MOST, Source
from .problem import closest, listed
from .reading import Reading
from .record import Record, Said
from .text import brackets, markup, slots

VERDICTS = (Verdict.APPLIES, Verdict.MAY_APPLY)
ENGLISH = "en"


def wording(written: Record | None, reading: Reading, *, approved: bool) -> Wording:
    """A notice's texts."""
    texts: dict[str, dict[Verdict, Speech]] = {}
    for language in written or ():
        record = written.record(language) if written else None
        if record is None:
            continue
        draft = _draft(language, record, reading)
        said = {verdict: text for verdict in VERDICTS if (text := record.said(verdict.value))}
        links = _links(record, list(said.values()), reading)
        texts[language] = {
            verdict: Speech(str(text), links, draft, at=text.at) for verdict, text in said.items()
        }  # fmt: skip
        if len(said) == 1 and language != ENGLISH and not record.broken:
            missing = next(verdict for verdict in VERDICTS if verdict not in said)
            reading.source.warn(record.at, f"{language} has no text for {missing.value}", f"write {missing.value}: |")
    return Wording(texts, approved)


def english(written: Record | None, record: Record, reading: Reading) -> None:
    """Tell what is missing of the English texts, which everything else is shown below."""
    if "wording" in record.broken or (written is not None and "" in written.broken):
        return
    if written is None:
        reading.source.tell(record.at, "wording is missing", "write wording: with en:, applies: | and may_apply: |")
    elif ENGLISH not in written:
        reading.source.tell(written.at, "the English wording is missing", "write en: with applies: | and may_apply: |")
    elif text := written.record(ENGLISH):
        for verdict in VERDICTS:
            if verdict.value not in text and not text.broken.intersection({"", *(one.value for one in VERDICTS)}):
                wrong = f"the English wording has no {verdict.value}"
                reading.source.tell(text.at, wrong, f"write {verdict.value}: | and the text below it")


def own_wording(written: Record | None, reading: Reading, *, approved: bool) -> Wording:
    """A publisher's own texts of a notice, with the cases for which they were written."""
    texts: dict[str, dict[Verdict, Speech]] = {}
    for language in written or ():
        record = written.record(language) if written else None
        if record is None:
            continue
        draft = _draft(language, record, reading)
        for verdict in VERDICTS:
            one = record.record(verdict.value)
            if one and (text := one.said("text")):
                if one.names("leaves_out") and "reason" not in one:
                    wrong = "cases are left out without a reason"
                    reading.source.tell(one.place("leaves_out"), wrong, "write reason: and why")
                texts.setdefault(language, {})[verdict] = Speech(
                    text=str(text),
                    links=_links(one, [text], reading),
                    draft=draft,
                    speaks_for=frozenset(one.plain("speaks_for")),
                    leaves_out=frozenset(one.plain("leaves_out")),
                    reason=one.text("reason"),
                    at=text.at,
                )
    return Wording(texts, approved)


def speeches(written: Record | None, reading: Reading) -> Mapping[str, Speech]:
    """Texts by language, each with its links if it has some."""
    found: dict[str, Speech] = {}
    for language in written or ():
        if written and (text := written.said(language)):
            found[language] = Speech(str(text), _links(Record(text.at), [text], reading), at=text.at)
        elif written and (record := written.record(language)) and (text := record.said("text")):
            draft = _draft(language, record, reading)
            found[language] = Speech(str(text), _links(record, [text], reading), draft, at=text.at)
    return found


def _draft(language: str, record: Record, reading: Reading) -> bool:
    draft = record.flag("draft")
    if draft and language == ENGLISH:
        reading.source.tell(
            record.place("draft"), "the English text is marked as a draft", "check it, and remove draft:"
        )
    return draft


def _links(record: Record, texts: list[Said], reading: Reading) -> dict[str, str]:
    """The links of some texts; everything else that may not stand in a text for readers is told here as well."""
    source, written = reading.source, record.record("links")
    known = dict(written.where) if written else {}
    asked: dict[str, tuple[Said, int]] = {}
    for text in texts:
        for offset, mistake in chain(slots(text, ("publisher",)), markup(text)):
            source.tell(spot(source, text, offset), mistake.wrong, mistake.write)
        for offset, words in brackets(text):
            if words.strip():
                asked.setdefault(words, (text, offset))
            else:
                source.tell(spot(source, text, offset), "a bracket without its pair or without words", "write [words]")
    unused = [words for words in known if words not in asked]
    for words, (text, offset) in asked.items():
        if words not in known and "links" not in record.broken and not (written and "" in written.broken):
            meant = closest(words, unused)
            write = f"did you mean [{meant}]?" if meant else "write it under links: with its address"
            source.tell(spot(source, text, offset), f"[{words}] leads nowhere", write)
            if meant:
                unused.remove(meant)
    if unused and len(texts) and not record.broken - {"links"}:
        for words in unused:
            write = f"write [{words}] in the text, or remove the link"
            source.tell(known[words], f"no text has the link [{words}]", write)
    return {str(words): written.text(words) for words in written} if written else {}


def spot(source: Source, text: Said, offset: int) -> Position:
    """Where a character of a text after `|` stands in the file."""
    number = text.count("\n", 0, offset)
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", start)
    line = text[start : end if end >= 0 else len(text)]
    lines = source.text.split("\n")
    at = text.at.line + number
    written = lines[at] if at < len(lines) else ""
    return Position(source.file, at + 1, max(written.find(line), 0) + offset - start + 1)


def cases_spoken_for(record: Record, cases: list[str], notice: str, reading: Reading) -> None:
    """Tell a publisher's text that does not say of every case of a notice whether it speaks for it."""
    source = reading.source
    spoken, left = record.names("speaks_for"), record.names("leaves_out")
    named, known, said = {*spoken, *left}, set(cases), set(spoken)
    missing = [case for case in cases if case not in named]
    for name in islice((name for name in (*spoken, *left) if name not in known), MOST):
        meant = closest(name, missing) or closest(name, cases)
        write = f"did you mean {meant}?" if meant else f"its cases are {listed(cases, 'and')}" if cases else "remove it"
        source.tell(name.at, f"{notice} has no case {name}", write)
        missing = [case for case in missing if case != (meant if meant in missing else missing[0])]
    for name in left:
        if name in said:
            source.tell(name.at, f"the case {name} is spoken for and left out", "remove it from one of the two lists")
    if missing and not record.broken & {"speaks_for", "leaves_out"}:
        many = "cases" if len(missing) > 1 else "case"
        wrong = f"nothing says whether this speaks for the {many} {listed(missing, 'and')}"
        at = record.place("leaves_out" if "leaves_out" in record else "speaks_for")
        source.tell(at, f"{wrong} of {notice}", "write each under speaks_for: or leaves_out:")
