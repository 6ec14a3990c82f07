"""Chapter: one jurisdiction: what may happen to a reader for which act, since when, on what source, and how sure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from babel import Locale
from markupsafe import Markup

from ..counsel.memo import memo as memos
from ..counsel.memo.document import Block, Heading, Quote, Table
from ..counsel.memo.words import WORDS
from ..law.act import Basis
from ..law.citation import Seen
from ..law.notice import Kind, Notice
from ..law.place import UNKNOWN
from ..law.ruleset import RuleSet
from ..law.standing import State
from ..law.verdict import Verdict
from .frame import (
    NOT_APPROVED,
    country,
    folded,
    joined,
    link,
    page,
    place_name,
    slug,
    table,
    words_of,
    written,
)
from .timeline import Answer, Cell, spans

SURE: Mapping[Basis, str] = {
    Basis.STATUTE: "A statute says so.",
    Basis.OFFICIAL_WARNING: "The authorities have warned of it; no statute that says so was seen.",
    Basis.PRACTICE: "It is done in practice; no norm that says so was seen.",
    Basis.PUBLISHER: "A publisher says so.",
}

TOLD: Mapping[str, str] = {"full": "in full", "folded": "in one line with other countries' laws"}
VERDICTS: Mapping[str, str] = {"applies": "it applies", "may_apply": "it may apply"}
SUBJECTS: Mapping[str, str] = {
    "place": "where the reader is", "nationality": "passports", "residence": "where the reader lives", "age": "age",
    "occupation": "occupation", "content": "what the page carries", "page_language": "the language of the page",
    "publisher": "whom the entry covers", "law": "how the law is read",
}  # fmt: skip
_WORDS = WORDS["en"]
_OPEN = (
    _WORDS.concerns, _WORDS.standing, _WORDS.acts, _WORDS.penalties, _WORDS.defences, _WORDS.must_not_say,
)  # fmt: skip
"""The parts of a memo that stand open on the page."""
_SEEN = {Seen.OFFICIAL: "official", Seen.PRESS: "press", Seen.WEAK: "weak"}


def chapter(ruleset: RuleSet, code: str, cells: Sequence[Cell], day: date) -> str:
    """The page of a jurisdiction; `cells`: what readers were told of its notices."""
    notices = [notice for _, notice in sorted(ruleset.notices.items()) if notice.jurisdiction == code]
    notices.sort(key=lambda notice: notice.kind is Kind.PUBLISHER_DUTY)
    contents = joined(
        (Markup('<li><a href="#{}">{}</a>{}</li>').format(slug(one.id), one.title["en"], _of_kind(one))
         for one in notices), "",
    )  # fmt: skip
    parts = [
        Markup('<p class="caution"><strong>{}</strong></p>').format(NOT_APPROVED)
        if not all(one.review and one.review.approved for one in notices)
        else Markup(""),
        Markup('<nav aria-label="On this page">\n<ul>{}</ul>\n</nav>').format(contents),
    ]
    for notice in notices:
        mine = [cell for cell in cells if cell.notice.id == notice.id]
        parts.append(joined(_notice(ruleset, notice, mine, day)))
    above = Markup('<header><a href="index.html">The law of the world</a></header>\n')
    return page(country(code), joined(parts), day, above=above)


def _of_kind(notice: Notice) -> str:
    return "" if notice.kind is Kind.READER_RISK else " (a label that a publisher may owe)"


def _notice(ruleset: RuleSet, notice: Notice, cells: Sequence[Cell], day: date) -> Iterator[Markup]:
    anchor = slug(notice.id)
    sections = _sections(memos.memo(ruleset, notice).blocks)
    yield Markup('<section id="{}" aria-labelledby="{}-title">\n<h2 id="{}-title">{}</h2>').format(
        anchor, anchor, anchor, notice.title["en"]
    )
    yield from _sure(notice, day)
    for heading, blocks in sections.items():
        if heading in _OPEN:
            yield Markup("<h3>{}</h3>").format(heading)
            yield from (_block(ruleset, block, anchor, heading) for block in blocks)
    detail = [Markup("<h3>{}</h3>\n{}").format(heading, joined(written(block, anchor) for block in sections[heading]))
              for heading in (_WORDS.applies, _WORDS.elsewhere) if heading in sections]  # fmt: skip
    yield folded("For whom it holds, condition by condition", joined(detail))
    yield folded(*_texts(notice))
    if cells:
        yield folded("What readers of whom only the place is known were told, by day", _told(ruleset, cells, day))
    yield Markup("<h3>{}</h3>").format(_WORDS.sources)
    yield _sources(notice, anchor)
    yield Markup("</section>")


def _sections(blocks: Sequence[Block]) -> dict[str, list[Block]]:
    """The blocks of a memo below its headings of level 2."""
    found: dict[str, list[Block]] = {}
    heading = ""
    for block in blocks:
        if isinstance(block, Heading) and block.level == 2:
            heading = block.text
        elif heading:
            found.setdefault(heading, []).append(block)
    return found


def _block(ruleset: RuleSet, block: Block, anchor: str, heading: str) -> Markup:
    if isinstance(block, Quote):
        return _quoted(block)
    if isinstance(block, Table) and heading == _WORDS.concerns:
        rows = [
            ((found.called("en") if (found := ruleset.publishers.get(who)) else who), *rest)
            for who, *rest in block.rows
        ]
        return folded(f"The entries ({len(rows)})", table("", block.header, rows)) if rows else Markup("")
    if isinstance(block, Table) and heading == _WORDS.acts:
        acts = ((act, risk, "the law" if since == "–" else since, said) for act, risk, since, said in block.rows)
        return written(Table(block.header, tuple(acts)), anchor)
    if isinstance(block, Heading):
        return Markup("<h4>{}</h4>").format(block.text)
    return written(block, anchor)


def _sure(notice: Notice, day: date) -> Iterator[Markup]:
    """How sure it is, before anything else is said."""
    lines = [SURE[notice.basis]]
    state = notice.standing.at(day)
    if state is not State.IN_FORCE:
        lines.append(f"On {words_of(day)} it is {state.value}.")
    best = [citation.seen for citation in notice.citations]
    if best:
        counted = (f"{best.count(seen)} {_SEEN[seen]}" for seen in Seen if seen in best)
        lines.append(f"Sources seen: {', '.join(counted)}.")
    review = notice.review
    if review is not None:
        lines.append(f"Last reviewed on {words_of(review.last)} by the {review.by.removeprefix('the ')}.")
        lines.append("Approved by counsel." if review.approved else "Not approved by counsel.")
    yield Markup('<p class="sure"><strong>How sure:</strong> {}</p>').format(" ".join(lines))
    if review is not None and review.note:
        yield Markup('<p class="open"><strong>Still to be checked:</strong> {}</p>').format(review.note)


def _texts(notice: Notice) -> tuple[str, Markup]:
    """What the library has readers told, in English; and the languages in which it stands."""
    quotes = [
        Markup("<h3>{}</h3>\n{}").format(f"Where {VERDICTS[verdict.value]}", _quoted(Quote(speech.text, "en", "ltr")))
        for verdict in (Verdict.APPLIES, Verdict.MAY_APPLY)
        if (speech := notice.wording.speech("en", verdict)) is not None
    ]
    if notice.prescribed is not None and notice.prescribed.text:
        text = notice.prescribed
        quotes.append(_quoted(Quote(text.text, text.language, Locale.parse(text.language).text_direction)))
    others = [language for language in notice.wording.languages if language != "en"]
    if others:
        names = ", ".join(str(Locale("en").languages.get(language, language)) for language in others)
        drafts = all(speech.draft for tongue in others for speech in notice.wording.texts[tongue].values())
        awaiting = ", drafts that no native editor has read" if drafts else ""
        quotes.append(Markup("<p>Also in {}{}.</p>").format(names, awaiting))
    return "What the text says", joined(quotes) or Markup("<p>No text is fixed; the publisher words it.</p>")


def _quoted(quote: Quote) -> Markup:
    text = quote.text.strip().replace("{publisher}", "…")
    paragraphs = joined((Markup("<p>{}</p>").format(part) for part in text.split("\n\n")), "")
    spoken = Markup("") if quote.language == "en" else Markup(' lang="{}" dir="{}"').format(
        quote.language, quote.direction
    )  # fmt: skip
    return Markup("<blockquote{}>{}</blockquote>").format(spoken, paragraphs)


def _sources(notice: Notice, anchor: str) -> Markup:
    rows = (
        Markup('<li id="{}-{}">{} ({}, seen {}){}</li>').format(
            anchor, number, link(one.title, one.url) if one.url else one.title, _SEEN[one.seen],
            words_of(one.checked), Markup(": <q>{}</q>").format(one.quote) if one.quote else "",
        )
        for number, one in enumerate(notice.citations, 1)
    )  # fmt: skip
    return Markup('<ol class="sources">{}</ol>').format(joined(rows))


def _told(ruleset: RuleSet, cells: Sequence[Cell], day: date) -> Markup:
    """The answers of the slider as a table: who, which page, where, when, what."""
    rows: dict[tuple[str, ...], list[str]] = {}
    for cell in cells:
        publishers = _publishers(ruleset, cell.publishers)
        for places, line in ((None, cell.elsewhere), *cell.groups):
            rest = "everywhere else" if cell.groups else "everywhere"
            where = rest if places is None else _where(places)
            for first, last, answer in spans(line, day):
                when = f"from {first.isoformat()}" if last == day else f"{first.isoformat()} to {last.isoformat()}"
                rows.setdefault((publishers, where, when, _said(answer)), []).append(cell.content)
    note = Markup(
        "<p>A reader of whom nothing but the place is known, on a page in the publisher's first language, as the rules "
        "stand today; from 2015 on. Where a place is not known at all, the publisher chooses which notices stand in "
        "full.</p>"
    )
    lines = [
        (publishers, _pages(contents), where, when, said) for (publishers, where, when, said), contents in rows.items()
    ]
    return note + table("", ("pages of", "that carry", "reader's place", "when", "what was told"), lines)


def _publishers(ruleset: RuleSet, ids: Sequence[str]) -> str:
    if len(ids) == len(ruleset.publishers):
        return "every publisher"
    missing = sorted(ruleset.publishers.keys() - set(ids))
    if len(missing) * 3 < len(ids):
        return "every publisher but " + _names(ruleset, missing)
    return _names(ruleset, ids)


def _names(ruleset: RuleSet, ids: Iterable[str]) -> str:
    return ", ".join(sorted(ruleset.publishers[id].called("en") for id in ids))


def _pages(contents: Sequence[str]) -> str:
    names = {"": "not declared", "*": "anything else"}
    return ", ".join(names.get(content, content) for content in sorted(set(contents)))


def _where(places: Sequence[str]) -> str:
    if places == (UNKNOWN,):
        return "not known"
    return ", ".join(sorted("not known" if place == UNKNOWN else place_name(place) for place in places))


def _said(answer: Answer) -> str:
    hangs = "; it hangs on: " + ", ".join(SUBJECTS[doubt] for doubt in answer.doubts) if answer.doubts else ""
    return f"{VERDICTS[answer.verdict]}, {TOLD[answer.shown]}{hangs}"
