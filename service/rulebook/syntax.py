"""Syntax: what libyaml says of a file that is not YAML, in words for its author."""

from __future__ import annotations

import yaml

from ..law.position import Position
from .problem import Mistake

_QUOTES = "put the text in quotes"
_OR_QUOTES = "the second quotation mark, or quotes around a text with a colon"
_SAID: dict[tuple[str, str], tuple[str, Mistake]] = {
    ("mapping values are not allowed", ""): ("at", Mistake(
        "a colon where no key can stand", "put a text that has a colon in quotes, or correct the indentation")),
    ("found unexpected end of stream", "quoted scalar"): ("from", Mistake(
        "a quotation mark that is never closed", "write the second one")),
    ("found unknown escape", ""): ("at", Mistake("a backslash that means nothing", "write it twice, or remove it")),
    ("found invalid Unicode", ""): ("at", Mistake("an escape that is no character", "write the character itself")),
    ("did not find expected hexdecimal", ""): ("at", Mistake("an escape that is cut off", "write the character")),
    ("did not find expected ',' or '}'", ""): ("near", Mistake(
        "a brace { that is not closed as it should be", f"write }}, {_OR_QUOTES}")),
    ("did not find expected ',' or ']'", ""): ("near", Mistake(
        "a bracket [ that is not closed as it should be", f"write ], {_OR_QUOTES}")),
    ("did not find expected '-' indicator", ""): ("at", Mistake(
        "this line does not belong to the list above it", "begin it with -, or correct the indentation")),
    ("did not find expected key", ""): ("at", Mistake(
        "this does not belong to the map above it", "correct the indentation or the quotation marks before it")),
    ("could not find expected ':'", ""): ("from", Mistake("a key without a colon", "write a colon after it")),
    ("block sequence entries are not allowed", ""): ("at", Mistake(
        "a list where no list can begin", "begin it on a line of its own")),
    ("did not find expected node content", ""): ("at", Mistake("a value that cannot be read", _QUOTES)),
    ("found undefined tag handle", ""): ("at", Mistake("a tag", "remove it, or " + _QUOTES)),
    ("did not find expected comment or line break", ""): ("at", Mistake(
        "words on the line of | or >", "begin the text on the next line")),
    ("did not find expected <document start>", ""): ("at", Mistake(
        "a second document in one file", "write one rule in a file, without ... or ---")),
    ("found unknown directive", ""): ("from", Mistake("a directive that begins with %", "remove it, or " + _QUOTES)),
    ("found incompatible YAML document", ""): ("at", Mistake("a directive that begins with %", "remove it")),
    ("found duplicate %YAML directive", ""): ("at", Mistake("a directive that begins with %", "remove it")),
    ("did not find expected alphabetic", ""): ("at", Mistake("an anchor or alias", _QUOTES)),
}  # fmt: skip


def explained(file: str, text: str, error: yaml.MarkedYAMLError) -> tuple[Position, Mistake]:
    """Where a file stops being YAML, and why."""
    problem, context = error.problem or "", error.context or ""
    for (said, about), (which, mistake) in _SAID.items():
        if said in problem and about in context:
            begun, found = error.context_mark, error.problem_mark
            if which == "near" and begun and found and begun.line == found.line:
                begun = None
            return _position(file, text, begun if which != "at" and begun else found), mistake
    mark = error.problem_mark or error.context_mark
    at = _position(file, text, mark)
    letter = text[mark.index : mark.index + 1] if mark else ""
    if "cannot start any token" in problem and letter:
        return at, Mistake(f"a text cannot begin with {letter}", _QUOTES)
    return at, Mistake("this is not YAML", "correct the indentation or the quotation marks near here")


def _position(file: str, text: str, mark: yaml.Mark | None) -> Position:
    if mark is None:
        return Position(file, 1, 1)
    lines = text.split("\n")
    if mark.line < len(lines):
        return Position(file, mark.line + 1, mark.column + 1)
    return Position(file, len(lines), len(lines[-1]) + 1)  # libyaml ends the last line even where nothing does
