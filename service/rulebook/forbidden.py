"""Forbidden: words from a notice's file, and every text of the rule set that would say it to a reader.

A reader of whom nothing is known may be anywhere, and is served any warning and any label that a publisher carries.
So what may not be said in one place is looked for in all that can be served, wherever its own law holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from ..law.forbidden import ForbiddenWord
from ..law.notice import Kind, Notice
from ..law.position import Position
from ..law.publisher import Publisher
from ..law.standing import State
from .node import MOST
from .problem import quoted
from .reading import Reading
from .record import Record, Said
from .shelf import Shelf, Volume
from .wording import spot

_SERVED_OF_NOTICE = ("title", "wording", "prescribed", "defences", "citations")
"""What a page, its JSON or a label shows of a notice. Remarks, conditions, penalties and examples are shown nowhere."""
_SERVED_OF_PUBLISHER = ("name", "universal_text", "notices")
_NAMED = frozenset({"citations"})
"""Maps of which a reader is served the keys; those of links stand in the text as well."""
_KEPT = frozenset({"quote", "reason", "because", "note"})
"""What stands beside a text that is served and is not served itself."""


def forbidden(record: Record, reading: Reading) -> tuple[ForbiddenWord, ...]:
    """The words that a notice's file forbids."""
    found: list[ForbiddenWord] = []
    for one in record.records("must_not_say"):
        word = ForbiddenWord(one.text("word"), one.plain("also"), one.text("say"), one.text("because"), one.at)
        found.append(word)
        for form in one.names("also"):
            if form.casefold() == word.word.casefold():
                reading.source.tell(form.at, f"{quoted(form)} is the word itself", "remove it")
    for one in record.records("must_not_say"):
        said = one.said("say")
        if said and any(True for word in found if word.word for _ in word.spots(said)):
            reading.source.tell(said.at, f"{quoted(said)} is forbidden here itself", "write another")
    return tuple(found)


def say_nothing_forbidden(shelf: Shelf) -> None:
    """Tell every text that says a word which some notice forbids."""
    notices = shelf.made("notice", Notice)
    words = [
        (id, word)
        for id, notice in notices.items()
        if notice.standing.values[-1] is not State.ENDED
        for word in notice.must_not_say
        if word.word
    ]
    if not words:
        return
    carried = frozenset(id for one in shelf.made("publisher", Publisher).values() for id in one.carries)
    for volume, record, notice in list(shelf.sound("notice", Notice)):
        if notice.kind is Kind.READER_RISK or notice.id in carried:
            _look(volume, record, _SERVED_OF_NOTICE, words)
    for volume, record, _ in list(shelf.sound("publisher", Publisher)):
        _look(volume, record, _SERVED_OF_PUBLISHER, words)


def _look(volume: Volume, record: Record, served: tuple[str, ...], words: list[tuple[str, ForbiddenWord]]) -> None:
    """Every forbidden word in a file's name and in what is served of it, each once a text."""
    told = 0
    for text, at in (volume.id, Position(volume.source.file, 1, 1)), *_texts(record, served):
        for law, word in words:
            found = list(word.spots(text))
            if not found and "%" in text:  # an address may spell it in bytes
                found = [(0, form) for _, form in word.spots(unquote(text))]
            if found and told < MOST:
                told += 1
                offset, form = found[0]
                times = f" ({len(found)} times)" if len(found) > 1 else ""
                wrong = f"{quoted(form)}{times} may be read where {law} forbids to say it"
                write = f"write {word.say}" if word.say else "say it in other words"
                volume.source.tell(_place(volume, text, at, offset), wrong, write)


def _texts(record: Record, keys: Iterable[str], *, named: bool = False) -> Iterator[tuple[str, Position]]:
    """Every text below some keys of a record, with its place; where keys are names, these as well."""
    for key in keys:
        if key in record.values and key not in _KEPT:
            if named:
                yield key, record.place(key)
            yield from _within(record.values[key], named=key in _NAMED)


def _within(value: object, *, named: bool = False) -> Iterator[tuple[str, Position]]:
    if isinstance(value, Said):
        yield value, value.at
    elif isinstance(value, Record):
        yield from _texts(value, value, named=named)
    elif isinstance(value, tuple):
        for item in value:
            yield from _within(item)


def _place(volume: Volume, text: str, at: Position, offset: int) -> Position:
    """Where a character of a text stands: on the lines below a bar, else on the line of the text itself."""
    if not isinstance(text, Said):
        return at
    written = volume.source.text.split("\n")[at.line - 1][at.column - 1 :]
    if written.startswith("|"):
        return spot(volume.source, text, offset)
    return Position(at.file, at.line, at.column + offset + written.startswith(("'", '"')))
