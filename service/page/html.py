"""Html: a sheet as a fragment that can stand in any page.

One section named by its visible heading, without script, image, form or style; the language and direction of every
part that differs from its surroundings. Rule text is escaped here, once, and is never a template.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import sha256

from markupsafe import Markup, escape

from ..law.notice import Kind
from ..law.publisher import fits_as_prefix
from .language import direction
from .passage import Passage, Run
from .phrases import phrases
from .sheet import Block, Length, Sheet

PREFIX = "rdr"
"""How every class and id begins, unless the publisher wants another. Blockers hide telling names."""


def fragment(sheet: Sheet, length: Length = Length.FULL, *, level: int | None = None, prefix: str | None = None) -> str:
    """The fragment, with the level of heading and the prefix that the publisher's file says, unless others are given.

    It stands between two comments, by which whoever watches a page can tell that all of it arrived and of which rules
    it is. Where nothing is shown it is one comment, because an empty body counts as a failure in page includes.
    """
    level = sheet.publisher.heading_level if level is None else level
    prefix = _name(sheet.publisher.class_prefix if prefix is None else prefix)
    rules = re.sub(r"[^A-Za-z0-9._]", "", sheet.fingerprint)
    if not sheet.items:
        return f"<!-- {prefix}: nothing to say; rules {rules} -->\n"
    written = _label(sheet, prefix) if length is Length.LABEL else _sheet(sheet, length, level, prefix)
    return f"<!-- {prefix}: rules {rules} -->\n{written}<!-- {prefix}: end -->\n"


def section(block: Block, publisher: str = "", *, level: int = 2, prefix: str = PREFIX) -> str:
    """One text alone, as a fragment."""
    return _section([block], (block.heading, block.language), [], block.passages[0].language, publisher, level, prefix)


def _label(sheet: Sheet, prefix: str) -> str:
    language = sheet.language
    words = Markup("<span{}>{}</span>").format(attributes(sheet.words.language, language), _words(sheet.label))
    return str(
        Markup('<div class="{}" lang="{}" dir="{}" data-nosnippet>{}</div>\n').format(
            prefix, language, direction(language), words
        )
    )


def _sheet(sheet: Sheet, length: Length, level: int, prefix: str) -> str:
    """The heading speaks to the publisher's readers and not in the words of a state: only a label that it must carry,
    where nothing else is said, is headed by its own title."""
    heading = (sheet.heading, sheet.words.language)
    blocks = sheet.blocks
    if len(blocks) == 1 and all(item.finding.notice.kind is Kind.PUBLISHER_DUTY for item in sheet.items):
        heading = (blocks[0].heading, blocks[0].language)
    below = [_folded(sheet, length, prefix)] if sheet.line else []
    return _section(blocks, heading, below, sheet.language, sheet.publisher.id, level, prefix)


def _section(
    blocks: Sequence[Block],
    heading: tuple[str, str],
    below: Sequence[Markup],
    language: str,
    publisher: str,
    level: int,
    prefix: str,
) -> str:
    """Several notices are one section with sub-headings: the name of a landmark must be unique."""
    if not 1 <= level <= 6:
        raise ValueError("a heading has a level from 1 to 6")
    name, id = _name(prefix), f"{prefix}-{int(sha256(publisher.encode()).hexdigest(), 16) % 10**8:08}"
    lines = [
        Markup('<section class="{}" aria-labelledby="{}" lang="{}" dir="{}" data-nosnippet>').format(
            name, id, language, direction(language)
        ),
        Markup('<h{} class="{}-title" id="{}"{}>{}</h{}>').format(
            level, name, id, attributes(heading[1], language), _words(heading[0]), level
        ),
    ]
    for block in blocks:
        if len(blocks) > 1:
            inner = min(level + 1, 6)
            lines.append(
                Markup('<h{} class="{}-subtitle"{}>{}</h{}>').format(
                    inner, name, attributes(block.language, language), _words(block.heading), inner
                )
            )
        lines += [written_passage(passage, language, name) for passage in block.passages]
    return "\n".join([*map(str, lines), *map(str, below), "</section>\n"])


def written_passage(passage: Passage, around: str, prefix: str) -> Markup:
    """One text, with its language where that is not the one around it; a draft says that it is one."""
    paragraphs = [Markup("<p>{}</p>").format(_runs(paragraph)) for paragraph in passage.paragraphs]
    kind = "text"
    if passage.draft:
        words, kind = phrases(passage.language), "draft"
        mark = Markup("<p{}><small>{}</small></p>")
        paragraphs.insert(0, mark.format(attributes(words.language, passage.language), _words(words.draft)))
    return Markup('<div class="{}-{}"{}>\n{}\n</div>').format(
        prefix, kind, attributes(passage.language, around), Markup("\n").join(paragraphs)
    )


def _runs(runs: Sequence[Run]) -> Markup:
    return Markup("").join(_run(run) for run in runs)


def _run(run: Run) -> Markup:
    if run.link:
        return Markup('<a href="{}" rel="noreferrer noopener">{}</a>').format(run.link, _words(run.words))
    if run.language:
        return Markup('<bdi lang="{}">{}</bdi>').format(run.language, _words(run.words))
    return _words(run.words)


def _folded(sheet: Sheet, length: Length, prefix: str) -> Markup:
    """One line for all that is held back; behind it, without any request, the titles."""
    language, spoken = sheet.language, sheet.words.language
    if length is Length.SHORT:
        return Markup('<p class="{}-else"{}>{}</p>').format(prefix, attributes(spoken, language), _words(sheet.line))
    titles = dict.fromkeys(finding.notice.called(language) for finding in sheet.folded)
    rows = [Markup("<li{}>{}</li>").format(attributes(tongue, language), _words(title)) for title, tongue in titles]
    return Markup('<details class="{}-else">\n<summary{}>{}</summary>\n<ul>\n{}\n</ul>\n</details>').format(
        prefix, attributes(spoken, language), _words(sheet.line), Markup("\n").join(rows)
    )


def attributes(language: str, around: str) -> Markup:
    """What tells that a part is in another language than its surroundings."""
    if language == around:
        return Markup("")
    return Markup(' lang="{}" dir="{}"').format(language, direction(language))


def _words(words: str) -> Markup:
    """Words between tags: quotation marks stand as they were written."""
    return escape(words).replace("&#34;", Markup('"')).replace("&#39;", Markup("'"))


def _name(prefix: str) -> str:
    if not fits_as_prefix(prefix):
        raise ValueError("a prefix is lower-case letters, digits and hyphens, and no word that blockers hide")
    return prefix
