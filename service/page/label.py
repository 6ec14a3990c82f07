"""Label: what is printed of a duty that a publisher carries, and in which languages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from ..law.notice import Notice
from ..law.prescribed import Label, Prescribed
from ..law.publisher import Publisher
from ..law.ruleset import RuleSet
from ..law.truth import NO
from .passage import Passage, Run, is_safe, verbatim


def printed(
    notice: Notice, publisher: Publisher, ruleset: RuleSet, days: Sequence[date], languages: Sequence[str]
) -> tuple[Passage, ...]:
    """The label of a notice on some days, for a page in the first of `languages` that it can be had in.

    Empty where neither the law nor the publisher words it.
    """
    if notice.prescribed is None:
        return ()
    version = notice.prescribed.on(max(days))
    if version.from_order:
        return tuple(_ordered(notice, publisher, ruleset, days))
    label = publisher.labels.get(notice.id, Label())
    if version.elements:
        return _said(version, label, languages)
    return _fixed(version, notice.id, label, publisher, languages)


def _fixed(
    version: Prescribed, id: str, label: Label, publisher: Publisher, languages: Sequence[str]
) -> tuple[Passage, ...]:
    """A text letter for letter: the one that the publisher chose, in the language of the page if it has to be."""
    if not version.text:
        return ()
    chosen = next((text for text in version.texts if text.split() == label.chosen.split()), version.text)
    language = version.language
    if version.follows:
        for tag in languages:
            if tag == version.language:
                break
            if tag in label.texts:
                chosen, language = label.texts[tag], tag
                break
    filled = version.filled(publisher.slots.get(id, {}), chosen)
    if version.linked and is_safe(label.link):
        return (Passage(language, ((Run(filled, label.link),),)),)
    return (verbatim(filled, language),)


def _said(version: Prescribed, label: Label, languages: Sequence[str]) -> tuple[Passage, ...]:
    """The publisher's words for the elements, in the order of the law, as one text."""
    first = [version.language] if version.language else []
    for tag in dict.fromkeys([*first, *languages, *label.elements]):
        if words := label.elements.get(tag):
            said = [words[element.name].strip() for element in version.elements if element.name in words]
            return (verbatim(" ".join(said), tag),)
    return ()


def _ordered(notice: Notice, publisher: Publisher, ruleset: RuleSet, days: Sequence[date]) -> Iterator[Passage]:
    """The texts of every order that is in force against the publisher, each once."""
    register = ruleset.registers.get(notice.concerns.register)
    lineage, parts = ruleset.lineage(publisher.id), ruleset.parts(publisher.id)
    told: set[str] = set()
    for entry in register.entries if register else ():
        measure = notice.concerns.measure
        stands = any(entry.standing.at(day).loudness > 0 for day in days)
        named = entry.names(publisher, lineage, parts) is not NO and (not measure or measure in entry.measures)
        if entry.ordered is not None and stands and named and entry.ordered.text not in told:
            told.add(entry.ordered.text)
            yield verbatim(entry.ordered.text, entry.language)
