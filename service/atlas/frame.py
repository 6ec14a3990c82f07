"""Frame: what every page has around what it says, and the few forms in which it says it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache

from babel.dates import format_date
from markupsafe import Markup, escape

from ..counsel.memo.document import Block, Item, Items, Paragraph, Table
from ..page.phrases import phrases

NOT_APPROVED = (
    "No counsel has approved any of this, and none of it is legal advice. An act that is not named here is not thereby "
    "safe."
)

_PAGE = Markup(
    '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    '<meta name="referrer" content="no-referrer">\n<meta name="color-scheme" content="light dark">\n'
    '<title>{title}</title>\n<link rel="icon" href="data:,">\n<link rel="stylesheet" href="law.css">\n{head}</head>\n'
    "<body>\n{above}<main>\n<h1>{heading}</h1>\n{body}\n</main>\n<footer>\n<p>{foot}</p>\n</footer>\n</body>\n</html>\n"
)
_NOTHING = Markup("")
_SOURCE = re.compile(r"\[(\d+)\]")


def page(heading: str, body: Markup, day: date, *, script: bool = False, above: Markup = _NOTHING) -> str:
    """One page in English."""
    title = heading if script else f"{heading} – the law of the world"
    head = Markup('<script src="law.js" defer></script>\n') if script else Markup("")
    foot = Markup("{} The rules were last reviewed on {}.").format(NOT_APPROVED, words_of(day))
    return str(_PAGE.format(title=title, head=head, above=above, heading=heading, body=body, foot=foot))


def words_of(day: date) -> str:
    """A day in words."""
    return format_date(day, "d MMMM y", "en")


def joined(parts: Iterable[Markup | str], between: str = "\n") -> Markup:
    """Parts one after another; what is not markup is escaped."""
    return Markup(between).join(parts)  # noqa: S704 - a constant of ours


def table(caption: Markup | str, header: Sequence[str], rows: Iterable[Sequence[Markup | str]]) -> Markup:
    """A table of which the first column heads the rows."""
    heads = joined((Markup('<th scope="col">{}</th>').format(cell) for cell in header), "")
    lines = joined(
        Markup('<tr><th scope="row">{}</th>{}</tr>').format(
            first, joined((Markup("<td>{}</td>").format(cell) for cell in rest), "")
        )
        for first, *rest in rows
    )
    return Markup("<table>\n<caption>{}</caption>\n<thead><tr>{}</tr></thead>\n<tbody>\n{}\n</tbody>\n</table>").format(
        caption, heads, lines
    )


def link(words: str, url: str) -> Markup:
    """A link that tells the other side nothing."""
    return Markup('<a href="{}" rel="noreferrer noopener">{}</a>').format(url, words)


def folded(summary: Markup | str, body: Markup) -> Markup:
    """What opens on demand, without script."""
    return Markup("<details>\n<summary>{}</summary>\n{}\n</details>").format(summary, body)


def written(block: Block, anchor: str) -> Markup:
    """A block of a memo; the numbers of sources lead to the list of sources of the notice with this anchor."""
    if isinstance(block, Paragraph):
        return Markup("<p>{}</p>").format(sourced(block.text, anchor))
    if isinstance(block, Items):
        return _list(block.items, anchor)
    if isinstance(block, Table):
        rows = [[sourced(cell.strip(), anchor) for cell in row] for row in block.rows]
        return table("", block.header, rows)
    return Markup("")


def sourced(text: str, anchor: str) -> Markup:
    """Words in which the numbers of sources are links."""
    return Markup(_SOURCE.sub(rf'<a href="#{anchor}-\1">[\1]</a>', str(escape(text))))  # noqa: S704 - escaped before


def _list(items: Sequence[Item], anchor: str) -> Markup:
    rows = (
        Markup("<li>{}{}</li>").format(sourced(item.text, anchor), _list(item.below, anchor) if item.below else "")
        for item in items
    )
    return Markup("<ul>{}</ul>").format(joined(rows, ""))


@cache
def country(code: str) -> str:
    """The English name of a country."""
    return phrases("en").country(code)


@cache
def _parts() -> Mapping[str, str]:
    import pycountry

    return {part.code: part.name for part in pycountry.subdivisions}


def place_name(code: str) -> str:
    """The English name of a place, with its country where it is a part of one."""
    if code == "unknown":
        return "Place not known"
    if "-" not in code:
        return country(code)
    return f"{country(code.partition('-')[0])}: {_parts().get(code, code)}"


def slug(id: str) -> str:
    """The anchor of a notice or register on its page."""
    return id.partition("/")[2].replace("/", "-")


def file_of(jurisdiction: str) -> str:
    """The page of a jurisdiction."""
    return f"{jurisdiction.lower()}.html"
