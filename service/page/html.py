"""Html: a sheet as a fragment that can stand in any page.

One section named by its visible heading, without script, image, form or style; the language and direction of every
part that differs from its surroundings. Rule text is escaped here, once, and is never a template.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import sha256

from markupsafe import Markup, escape

from .language import direction
from .passage import Passage, Run
from .phrases import phrases
from .sheet import Block, Length, Sheet

PREFIX = "rdr"
"""How every class and id begins, unless the embedding page wants another. Blockers hide telling names."""

_BLOCKED = re.compile(r"cookie|consent|gdpr|cmp|banner|popup|legal|terms|disclaimer|notice|(^|[-_])ad")
_PREFIX = re.compile(r"[a-z][a-z0-9-]{0,31}")


def fragment(sheet: Sheet, length: Length = Length.FULL, *, level: int = 2, prefix: str = PREFIX) -> str:
    """The fragment; where nothing is shown, a comment, because an empty body counts as a failure in page includes."""
    if not sheet.items:
        rules = re.sub(r"[^A-Za-z0-9._]", "", sheet.fingerprint)
        return f"<!-- {_name(prefix)}: nothing to say; rules {rules} -->\n"
    language = sheet.language
    if length is Length.LABEL:
        words = Markup("<span{}>{}</span>").format(_attributes(sheet.words.language, language), _words(sheet.label))
        return str(
            Markup('<div class="{}" lang="{}" dir="{}" data-nosnippet>{}</div>\n').format(
                _name(prefix), language, direction(language), words
            )
        )
    below = [_folded(sheet, length, prefix)] if sheet.line else []
    return _section(
        sheet.blocks, (sheet.heading, sheet.words.language), below, language, sheet.publisher.id, level, prefix
    )


def section(block: Block, publisher: str = "", *, level: int = 2, prefix: str = PREFIX) -> str:
    """One text alone, as a fragment."""
    return _section([block], (block.heading, block.language), [], block.passages[0].language, publisher, level, prefix)


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
    if len(blocks) == 1:
        heading = (blocks[0].heading, blocks[0].language)
    lines = [
        Markup('<section class="{}" aria-labelledby="{}" lang="{}" dir="{}" data-nosnippet>').format(
            name, id, language, direction(language)
        ),
        Markup('<h{} class="{}-title" id="{}"{}>{}</h{}>').format(
            level, name, id, _attributes(heading[1], language), _words(heading[0]), level
        ),
    ]
    for block in blocks:
        if len(blocks) > 1:
            inner = min(level + 1, 6)
            lines.append(
                Markup('<h{} class="{}-subtitle"{}>{}</h{}>').format(
                    inner, name, _attributes(block.language, language), _words(block.heading), inner
                )
            )
        lines += [_passage(passage, language, name) for passage in block.passages]
    return "\n".join([*map(str, lines), *map(str, below), "</section>\n"])


def _passage(passage: Passage, around: str, prefix: str) -> Markup:
    paragraphs = [Markup("<p>{}</p>").format(_runs(paragraph)) for paragraph in passage.paragraphs]
    kind = "text"
    if passage.draft:
        words, kind = phrases(passage.language), "draft"
        mark = Markup("<p{}><small>{}</small></p>")
        paragraphs.insert(0, mark.format(_attributes(words.language, passage.language), _words(words.draft)))
    return Markup('<div class="{}-{}"{}>\n{}\n</div>').format(
        prefix, kind, _attributes(passage.language, around), Markup("\n").join(paragraphs)
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
        return Markup('<p class="{}-else"{}>{}</p>').format(prefix, _attributes(spoken, language), _words(sheet.line))
    titles = dict.fromkeys(finding.notice.called(language) for finding in sheet.folded)
    rows = [Markup("<li{}>{}</li>").format(_attributes(tongue, language), _words(title)) for title, tongue in titles]
    return Markup('<details class="{}-else">\n<summary{}>{}</summary>\n<ul>\n{}\n</ul>\n</details>').format(
        prefix, _attributes(spoken, language), _words(sheet.line), Markup("\n").join(rows)
    )


def _attributes(language: str, around: str) -> Markup:
    """What tells that a part is in another language than its surroundings."""
    if language == around:
        return Markup("")
    return Markup(' lang="{}" dir="{}"').format(language, direction(language))


def _words(words: str) -> Markup:
    """Words between tags: quotation marks stand as they were written."""
    return escape(words).replace("&#34;", Markup('"')).replace("&#39;", Markup("'"))


def _name(prefix: str) -> str:
    if not _PREFIX.fullmatch(prefix) or _BLOCKED.search(prefix):
        raise ValueError("a prefix is lower-case letters, digits and hyphens, and no word that blockers hide")
    return prefix
