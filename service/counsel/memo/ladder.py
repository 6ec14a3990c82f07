"""Ladder: a condition as a picture, in which every way from left to right is a way to be concerned.

Parts that must all be true stand one after another; parts of which one is enough stand one below another. A dashed
frame is a reading of the law that is open, a double frame is a *not*. SVG, without script.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from textwrap import wrap

from markupsafe import Markup

from ...law.condition import AllOf, AnyOf, Condition, Leaf, Not, Possibly, SameAs, UnlessDetermined

GAP, PAD, LINE, CHARACTER, WIDE = 24, 10, 17, 7.4, 26
"""Pixels between boxes, inside them, of a line and of a character; and the characters of a line."""


@dataclass(slots=True)
class _Piece:
    """A drawn part: its size, the height at which the line enters and leaves it, and its shapes."""

    width: float
    height: float
    entry: float
    shapes: list[Markup] = field(default_factory=list)


def ladder(condition: Condition, words: Callable[[Condition], str], label: str) -> Markup:
    """The picture of a tree; `words` gives the phrase of a node, `label` says what the picture is of."""
    piece = _draw(condition, words)
    width, height = piece.width + 2 * GAP, piece.height + 2 * PAD
    rails = [
        _line(0, piece.entry + PAD, GAP, piece.entry + PAD),
        _line(GAP + piece.width, piece.entry + PAD, width, piece.entry + PAD),
    ]
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{}" viewBox="0 0 {:.0f} {:.0f}" '
        'width="{:.0f}" font-family="sans-serif" font-size="13">{}{}</svg>'
    ).format(label, width, height, width, Markup("").join(rails), _moved(piece.shapes, GAP, PAD))


def _draw(node: Condition, words: Callable[[Condition], str]) -> _Piece:
    if isinstance(node, Leaf):
        return _box(words(node), node.case)
    parts = [_draw(part, words) for part in node.parts]
    if isinstance(node, AnyOf):
        piece = _below(parts)
    elif isinstance(node, AllOf):
        piece = _after(parts)
    else:
        piece = parts[0] if parts else _box(words(node), "")
    if isinstance(node, (Not, Possibly, SameAs, UnlessDetermined)) or node.case:
        plain = isinstance(node, (AllOf, AnyOf))
        return _frame(piece, node.case if plain else " ".join(filter(None, (node.case, words(node)))), node)
    return piece


def _box(text: str, case: str) -> _Piece:
    lines = wrap(text, WIDE) or [""]
    if case:
        lines.insert(0, f"[{case}]")
    width = max(len(line) for line in lines) * CHARACTER + 2 * PAD
    height = len(lines) * LINE + 2 * PAD
    shapes = [Markup('<rect width="{:.0f}" height="{:.0f}" rx="4" fill="none" stroke="#333"/>').format(width, height)]
    shapes += [_text(PAD, PAD + LINE * (number + 0.75), line) for number, line in enumerate(lines)]
    return _Piece(width, height, height / 2, shapes)


def _after(parts: list[_Piece]) -> _Piece:
    entry = max(part.entry for part in parts)
    shapes: list[Markup] = []
    across = 0.0
    for number, part in enumerate(parts):
        if number:
            shapes.append(_line(across, entry, across + GAP, entry))
            across += GAP
        shapes.append(_moved(part.shapes, across, entry - part.entry))
        across += part.width
    return _Piece(across, entry + max(part.height - part.entry for part in parts), entry, shapes)


def _below(parts: list[_Piece]) -> _Piece:
    inner = max(part.width for part in parts)
    width, down = inner + 2 * GAP, 0.0
    shapes: list[Markup] = []
    levels: list[float] = []
    for part in parts:
        level = down + part.entry
        levels.append(level)
        shapes.append(_moved(part.shapes, GAP, down))
        shapes += [_line(0, level, GAP, level), _line(GAP + part.width, level, width, level)]
        down += part.height + PAD
    shapes += [_line(0, levels[0], 0, levels[-1]), _line(width, levels[0], width, levels[-1])]
    return _Piece(width, down - PAD, (levels[0] + levels[-1]) / 2, shapes)


def _frame(piece: _Piece, title: str, node: Condition) -> _Piece:
    """A frame around a part, with a title above it."""
    lines = wrap(title, WIDE + 20) or [""]
    top = len(lines) * LINE + PAD
    width = max(piece.width + 2 * PAD, max(len(line) for line in lines) * CHARACTER + 2 * PAD)
    height = piece.height + top + PAD
    dash = Markup(' stroke-dasharray="5 4"') if isinstance(node, Possibly) else Markup("")
    stroke = "4" if isinstance(node, Not) else "1"
    shapes = [
        Markup('<rect width="{:.0f}" height="{:.0f}" rx="6" fill="none" stroke="#777" stroke-width="{}"{}/>').format(
            width, height, stroke, dash
        )
    ]
    shapes += [_text(PAD, LINE * (number + 1), line, quiet=True) for number, line in enumerate(lines)]
    entry = top + piece.entry
    shapes += [_line(0, entry, PAD, entry), _line(PAD + piece.width, entry, width, entry)]
    return _Piece(width, height, entry, [*shapes, _moved(piece.shapes, PAD, top)])


def _text(across: float, down: float, text: str, *, quiet: bool = False) -> Markup:
    return Markup('<text x="{:.0f}" y="{:.0f}" fill="{}">{}</text>').format(
        across, down, "#555" if quiet else "#111", text
    )


def _line(x1: float, y1: float, x2: float, y2: float) -> Markup:
    return Markup('<path d="M{:.1f} {:.1f}L{:.1f} {:.1f}" stroke="#333" fill="none"/>').format(x1, y1, x2, y2)


def _moved(shapes: list[Markup], across: float, down: float) -> Markup:
    return Markup('<g transform="translate({:.1f} {:.1f})">{}</g>').format(across, down, Markup("").join(shapes))
