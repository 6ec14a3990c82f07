"""Document: headings, paragraphs, lists, tables and figures, as Markdown and as a page to print."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from markupsafe import Markup, escape

STYLE = Markup(
    "body{font:11pt/1.45 Georgia,serif;max-width:46em;margin:2em auto;padding:0 1em;color:#111;background:#fff}"
    "h1,h2,h3{font-family:system-ui,sans-serif;line-height:1.2}table{border-collapse:collapse;width:100%}"
    "th,td{border:1px solid #999;padding:.25em .5em;text-align:start;vertical-align:top;overflow-wrap:anywhere}"
    "blockquote{margin:.5em 0;padding-inline-start:1em;border-inline-start:3px solid #999}"
    "figure{margin:1em 0;overflow-x:auto}svg{max-width:100%;height:auto}"
    "@media print{body{max-width:none;margin:0}h2,h3{break-after:avoid}tr,blockquote,figure{break-inside:avoid}}"
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; the title of the document is of level 1."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    text: str


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list, and the list below it."""

    text: str
    below: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Items:
    """A numbered list, nested as deep as it needs to be."""

    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a header."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that are served to readers, in their language."""

    text: str
    language: str
    direction: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture as SVG, and what it shows in words."""

    svg: Markup
    caption: str


Block: TypeAlias = Heading | Paragraph | Items | Table | Quote | Figure


@dataclass(frozen=True, slots=True)
class Document:
    """Blocks in a language, of which the first is the title."""

    language: str
    blocks: tuple[Block, ...]

    def markdown(self) -> str:
        """CommonMark with tables; a figure is its own line of HTML, which Markdown allows."""
        return "\n\n".join(_markdown(block) for block in self.blocks) + "\n"

    def html(self) -> str:
        """One page that needs nothing else: no script, no image, no font from elsewhere."""
        title = next((block.text for block in self.blocks if isinstance(block, Heading)), "")
        body = Markup("\n").join(_html(block) for block in self.blocks)
        return Markup(
            '<!doctype html>\n<html lang="{}">\n<meta charset="utf-8">\n'
            '<meta name="viewport" content="width=device-width">\n<title>{}</title>\n<style>{}</style>\n'
            "<body>\n{}\n</body>\n</html>\n"
        ).format(self.language, title, STYLE, body)


def _plain(text: str) -> str:
    """Text that Markdown leaves alone."""
    for mark in "\\`*_[]<>#|":
        text = text.replace(mark, "\\" + mark)
    return text


def _markdown(block: Block) -> str:
    if isinstance(block, Heading):
        return "#" * block.level + " " + _plain(block.text)
    if isinstance(block, Paragraph):
        return _plain(block.text)
    if isinstance(block, Items):
        return "\n".join(_listed(block.items, ""))
    if isinstance(block, Quote):
        return "\n".join("> " + _plain(line) if line else ">" for line in block.text.splitlines())
    if isinstance(block, Figure):
        return f"{block.svg}\n\n*{_plain(block.caption)}*"
    rows = [block.header, ("---",) * len(block.header), *block.rows]
    cells = [[cell if cell == "---" else _plain(cell).replace("\n", " ") for cell in row] for row in rows]
    return "\n".join("| " + " | ".join(row) + " |" for row in cells)


def _listed(items: Sequence[Item], indent: str) -> Iterator[str]:
    for number, item in enumerate(items, 1):
        yield f"{indent}{number}. {_plain(item.text)}"
        yield from _listed(item.below, indent + "   ")


def _html(block: Block) -> Markup:
    if isinstance(block, Heading):
        return Markup("<h{0}>{1}</h{0}>").format(block.level, block.text)
    if isinstance(block, Paragraph):
        return Markup("<p>{}</p>").format(block.text)
    if isinstance(block, Items):
        return _list(block.items)
    if isinstance(block, Quote):
        paragraphs = Markup("").join(Markup("<p>{}</p>").format(part) for part in block.text.split("\n\n"))
        return Markup('<blockquote lang="{}" dir="{}">{}</blockquote>').format(
            block.language, block.direction, paragraphs
        )
    if isinstance(block, Figure):
        return Markup("<figure>{}<figcaption>{}</figcaption></figure>").format(block.svg, block.caption)
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(cell) for cell in block.header)
    rows = Markup("").join(
        Markup("<tr>{}</tr>").format(Markup("").join(Markup("<td>{}</td>").format(cell) for cell in row))
        for row in block.rows
    )
    return Markup("<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table>").format(head, rows)


def _list(items: Sequence[Item]) -> Markup:
    rows = (Markup("<li>{}{}</li>").format(escape(item.text), _list(item.below)) for item in items)
    return Markup("<ol>{}</ol>").format(Markup("").join(rows)) if items else Markup("")
