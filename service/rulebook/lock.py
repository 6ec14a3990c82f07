"""Lock: the hash beside a prescribed text, set anew when somebody changed the text on purpose."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

from ..law.position import Position
from .node import Items, Node, Pairs, Source, Text, composed


@dataclass(frozen=True, slots=True)
class Locked:
    """A prescribed text that was locked again: where its hash stands, and the hashes before and after."""

    at: Position
    before: str
    after: str
    text: str

    def __str__(self) -> str:
        return f"{self.at}: locked again, {self.before[:12] or 'no hash'} → {self.after[:12]}; the text is now:"


def fingerprint_of(text: str) -> str:
    """SHA-256, in hexadecimal, over the text in Unicode's composed form, slot names in place, no newline at its end."""
    return sha256(unicodedata.normalize("NFC", text.rstrip("\n")).encode()).hexdigest()


def lock(files: Mapping[str, bytes]) -> tuple[dict[str, bytes], tuple[Locked, ...]]:
    """The files whose locks are out of date, with new ones; everything else in them stays byte for byte."""
    changed: dict[str, bytes] = {}
    locked: list[Locked] = []
    for path, data in sorted(files.items()):
        if not path.startswith(("notices/", "registers/")):
            continue
        lines = data.decode(errors="surrogateescape").splitlines(keepends=True)
        for text, hash in _texts(composed(Source(path), data)):
            after = fingerprint_of(text.value)
            if hash.value != after:
                line, start = lines[hash.line - 1], hash.column - 1
                quotes = 2 if hash.style else 0
                lines[hash.line - 1] = line[:start] + after + line[start + len(hash.value) + quotes :]
                changed[path] = "".join(lines).encode()
                locked.append(Locked(hash.at, hash.value, after, text.value.rstrip("\n")))
    return changed, tuple(locked)


def _texts(node: Node | None) -> Iterator[tuple[Text, Text]]:
    """The texts of a file and their hashes, where both are there and can be read."""
    if isinstance(node, Items):
        for item in node.items:
            yield from _texts(item)
    elif isinstance(node, Pairs):
        text, hash = (node.pairs[key][1] if key in node.pairs else None for key in ("text", "hash"))
        if isinstance(text, Text) and isinstance(hash, Text) and text.value:
            yield text, hash
        for _, value in node.pairs.values():
            yield from _texts(value)
