"""Memo: one rule in plain language, for counsel to read, correct and sign.

Everything is read off the same notice that the engine runs; nothing is written twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from babel import Locale
from babel.dates import format_date

from ...law.act import Exposure
from ...law.condition import Condition
from ...law.defence import Defence
from ...law.forbidden import ForbiddenWord
from ...law.notice import Kind, Notice
from ...law.penalty import Amount, Penalty
from ...law.ruleset import RuleSet
from ...law.standing import ALWAYS, Standing, State
from ..phrase import LANGUAGES, named_by_cldr, phrase
from .document import Block, Document, Figure, Heading, Item, Items, Paragraph, Table
from .label import prescribed_label, quote
from .ladder import ladder
from .words import WORDS, Words


@dataclass(frozen=True, slots=True)
class _Desk:
    """What every part of a memo needs: the rule, the language, and the numbers of its sources."""

    ruleset: RuleSet
    notice: Notice
    words: Words
    numbers: Mapping[str, int]

    def of(self, node: Condition) -> str:
        """One node of a condition in words."""
        titles = {id: territory.title for id, territory in self.ruleset.territories.items()}
        return phrase(node, LANGUAGES[self.words.language], named_by_cldr(self.words.language, titles))

    def day(self, day: date) -> str:
        """A date as the language writes it."""
        return format_date(day, "long", self.words.language)

    def source(self, because: str) -> str:
        """The number of a source in brackets, or nothing."""
        return f" [{self.numbers[because]}]" if because in self.numbers else ""


def memo(ruleset: RuleSet, notice: Notice, language: str = "en") -> Document:
    """The memo of a notice, in a language of `words.WORDS`."""
    numbers = {key: number for number, key in enumerate(notice.citations.entries, 1)}
    desk = _Desk(ruleset, notice, WORDS[language], numbers)
    return Document(language, tuple(_blocks(desk)))


def _blocks(desk: _Desk) -> Iterator[Block]:
    words, notice = desk.words, desk.notice
    title, _ = notice.called(words.language)
    yield Heading(1, title)
    yield Paragraph(f"{notice.id} · {words.kinds[notice.kind.value]} · {words.bases[notice.basis.value]}")
    yield Paragraph(words.not_advice.format(desk.ruleset.fingerprint))
    yield Heading(2, words.concerns)
    yield from _concerned(desk)
    yield Heading(2, words.standing)
    yield Items(tuple(Item(line) for line in _standing(desk, notice.standing)))
    yield Heading(2, words.applies)
    yield Items((_condition(desk, notice.applies_when),))
    yield Figure(ladder(notice.applies_when, desk.of, title), words.ladder)
    if notice.kind is Kind.READER_RISK:
        yield Heading(2, words.elsewhere)
        yield Paragraph(words.inside_always)
        unsure = notice.warn_when_unsure
        yield Items((_condition(desk, unsure),)) if unsure is not None else Paragraph(words.elsewhere_always)
    if notice.acts:
        yield Heading(2, words.acts)
        yield Table(words.act_header, tuple(_acts(desk)))
        yield Paragraph(words.not_stated)
    if notice.penalties:
        yield Heading(2, words.penalties)
        yield Items(tuple(Item(_penalty(desk, penalty)) for penalty in notice.penalties))
    if notice.defences:
        yield Heading(2, words.defences)
        yield Items(tuple(Item(_defence(desk, defence)) for defence in notice.defences))
        yield Paragraph(words.not_decided)
    if notice.must_not_say:
        yield Heading(2, words.must_not_say)
        yield Items(tuple(Item(_forbidden(desk, word)) for word in notice.must_not_say))
    yield Heading(2, words.wording)
    yield from _wording(desk)
    yield Heading(2, words.sources)
    yield Table(
        words.source_header,
        tuple(
            (str(desk.numbers[one.key]), one.title, one.url, words.seen[one.seen.value], desk.day(one.checked))
            for one in notice.citations
        ),
    )
    yield from _review(desk)


def _concerned(desk: _Desk) -> Iterator[Block]:
    concern, words = desk.notice.concerns, desk.words
    if concern.content:
        yield Paragraph(words.by_content.format(", ".join(concern.content)))
    elif concern.site:
        yield Paragraph(words.by_site.format(concern.site))
    elif not concern.register:
        yield Paragraph(words.by_nothing)
    elif register := desk.ruleset.registers.get(concern.register):
        listed = words.by_register.format(register.title, register.kept_by, desk.day(register.checked))
        yield Paragraph(listed.replace("..", "."))
        rows = [
            (entry.publisher or entry.person, entry.decided or "–", entry.listed or "–",
             words.yes if entry.covers_parts else "–")
            for entry in register.entries
        ]  # fmt: skip
        yield Table(words.entry_header, tuple(rows))


def _standing(desk: _Desk, standing: Standing) -> Iterator[str]:
    words = desk.words
    if standing.values[0] is not State.NOT_YET:
        yield words.always.format(words.states[standing.values[0].value])
    for day, state in zip(standing.days, standing.values[1:], strict=True):
        yield words.since.format(desk.day(day), words.states[state.value])


def _condition(desk: _Desk, node: Condition) -> Item:
    """A node and those below it, with its case, dates, source and note."""
    text = desk.of(node)
    if node.case:
        text = f"[{node.case}] {text}"
    if node.standing is not ALWAYS:
        text += " (" + "; ".join(_standing(desk, node.standing)) + ")"
    text += desk.source(node.because)
    if node.note:
        text += f" — {node.note}"
    return Item(text, tuple(_condition(desk, part) for part in node.parts))


def _acts(desk: _Desk) -> Iterator[tuple[str, ...]]:
    words = desk.words
    for act, timeline in desk.notice.acts.items():
        for day, exposure in zip([None, *timeline.days], timeline.values, strict=True):
            if exposure.stated:
                since = desk.day(day) if day else "–"
                yield words.acts_named.get(act, act), _risk(desk, exposure), since, _remark(desk, exposure)


def _risk(desk: _Desk, exposure: Exposure) -> str:
    if exposure.see:
        return desk.words.see.format(exposure.see)
    risk = desk.words.risks[exposure.risk.value]
    if exposure.repeated is not None:
        risk += desk.words.repeated.format(desk.words.risks[exposure.repeated.value])
    return risk


def _remark(desk: _Desk, exposure: Exposure) -> str:
    basis = desk.words.bases[exposure.basis.value] if exposure.basis else ""
    mind = desk.words.minds[exposure.mind.value] if exposure.mind else ""
    return ". ".join(filter(None, (basis, mind, exposure.note))) + desk.source(exposure.because)


def _penalty(desk: _Desk, penalty: Penalty) -> str:
    words = desk.words
    parts = [_kind(desk, kind, amount) for kind, amount in penalty.kinds.items()]
    for choices, joint in ((penalty.choices, words.either), (penalty.together, words.both)):
        if choices:
            sets = (words.both.join(_kind(desk, kind, amount) for kind, amount in one.items()) for one in choices)
            parts.append(joint.join(sets))
    text = f"{words.whom[penalty.whom.value]}: " + words.both.join(parts)
    if penalty.acts:
        text += words.for_acts.format(", ".join(words.acts_named.get(act, act) for act in penalty.acts))
    if penalty.repeated:
        text += words.if_repeated
    if penalty.followers_over is not None:
        text += words.if_followers.format(penalty.followers_over)
    if penalty.when is not None:
        text += words.if_condition.format(desk.of(penalty.when))
    if penalty.sources_differ:
        text += words.sources_differ
    return text + desk.source(penalty.because) + (f" — {penalty.note}" if penalty.note else "")


def _kind(desk: _Desk, kind: str, amount: Amount) -> str:
    words = desk.words
    ends = (
        words.least.format(amount.least) if amount.least else "",
        words.most.format(amount.most) if amount.most else "",
    )
    unit = amount.currency
    if amount.percent_of:
        unit = words.percent_of.format(amount.percent_of)
    if amount.unit:
        known = desk.ruleset.units.get(amount.unit)
        unit = known.title if known else amount.unit
    return " ".join(filter(None, (words.kinds_of_penalty[kind], *ends, unit)))


def _defence(desk: _Desk, defence: Defence) -> str:
    named = desk.words.including.format(", ".join(defence.includes)) if defence.includes else ""
    return defence.what + named + desk.source(defence.because) + (f" — {defence.note}" if defence.note else "")


def _forbidden(desk: _Desk, word: ForbiddenWord) -> str:
    instead = desk.words.say_instead.format(word.say) if word.say else ""
    return ", ".join((word.word, *word.also)) + instead + desk.source(word.because)


def _wording(desk: _Desk) -> Iterator[Block]:
    words, notice = desk.words, desk.notice
    if notice.prescribed:
        yield from prescribed_label(notice.prescribed, words.language, desk.source, words.prescribed)
    for language, texts in notice.wording.texts.items():
        for verdict, speech in texts.items():
            name = Locale.parse(words.language).languages.get(language, language)
            heading = f"{name} ({language}): {words.verdicts[verdict.value]}"
            yield Heading(3, heading + (words.draft if speech.draft else ""))
            yield quote(speech.text, language)


def _review(desk: _Desk) -> Iterator[Block]:
    words, review = desk.words, desk.notice.review
    yield Heading(2, words.review)
    if review is not None:
        yield Paragraph(words.reviewed.format(review.by, desk.day(review.last), desk.day(review.next)))
        if review.note:
            yield Paragraph(review.note)
    approved = review is not None and review.approved
    yield Paragraph(words.approved.format(review.approved_by) if review and approved else words.not_approved)
    yield Paragraph(words.signature)
