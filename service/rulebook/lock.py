"""Lock: the hash beside a prescribed text, set anew when somebody changed the text on purpose."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from ..law.position import Position
from .node import Node, Pairs, Source, Text, composed


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
        found = _prescribed(path, data) if path.startswith("notices/") else None
        if found is None:
            continue
        text, hash = found
        after = fingerprint_of(text.value)
        if hash.value != after:
            lines = data.decode().splitlines(keepends=True)
            line, start = lines[hash.line - 1], hash.column - 1
            quotes = 2 if hash.style else 0
            lines[hash.line - 1] = line[:start] + after + line[start + len(hash.value) + quotes :]
            changed[path] = "".join(lines).encode()
            locked.append(Locked(hash.at, hash.value, after, text.value.rstrip("\n")))
    return changed, tuple(locked)


def _prescribed(path: str, data: bytes) -> tuple[Text, Text] | None:
    """The prescribed text of a notice and its hash, where both are there and can be read."""
    root = composed(Source(path), data)
    prescribed = _of(root, "prescribed")
    text, hash = _of(prescribed, "text"), _of(prescribed, "hash")
    return (text, hash) if isinstance(text, Text) and isinstance(hash, Text) and text.value else None


def _of(node: Node | None, key: str) -> Node | None:
    return node.pairs[key][1] if isinstance(node, Pairs) and key in node.pairs else None
