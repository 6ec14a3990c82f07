"""Text: which characters a rule file may have, and what may stand in a text for readers.

The gate keeps out what looks like something else, or like nothing: control and bidirectional characters,
zero-width and unassigned ones, decomposed letters, and words that mix Latin with Cyrillic letters. Zero-width
joiners are spelling in Arabic-script and Indic languages, and nowhere else.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from .problem import Mistake, closest, listed, quoted

_JOINERS = "\u200c\u200d"
_REFUSED = {
    "Cc": "control", "Cf": "invisible", "Cs": "half", "Co": "private", "Cn": "unassigned", "Zl": "line-breaking",
    "Zp": "line-breaking",
}  # fmt: skip
_INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")
"""Letters and marks that show nothing, which their category does not say."""
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_JOINING_SCRIPTS = (
    "ARABIC", "SYRIAC", "MONGOLIAN", "DEVANAGARI", "BENGALI", "GURMUKHI", "GUJARATI", "ORIYA", "TAMIL", "TELUGU",
    "KANNADA", "MALAYALAM", "SINHALA",
)  # fmt: skip
_LATIN = "A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff"
_CYRILLIC, _MARK = "\u0400-\u052f", "\u0300-\u036f"
_MIXED = re.compile(f"[{_LATIN}][{_MARK}]*[{_CYRILLIC}]|[{_CYRILLIC}][{_MARK}]*[{_LATIN}]")
_WORD_BEFORE, _WORD_AFTER = re.compile(rf"[\w{_MARK}]*\Z"), re.compile(rf"[\w{_MARK}]*")
_LONGEST_WORD = 64
_MOST_MARKS = 30
"""Accents on one letter; no language has more, and to order them takes their number squared (Unicode annex 15)."""
_SLOT = re.compile(r"\{[^{}\n]*\}|[{}]")
_LINK = re.compile(r"\[([^\[\]\n]*)\]|[\[\]]")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|&#?\w+;")


@lru_cache(maxsize=4096)
def _kind(letter: str) -> str:
    """What is wrong with a character wherever it stands, or "": of joiners, that they must be looked at."""
    if letter == "\n":
        return ""
    if letter in _JOINERS:
        return "joiner"
    if letter in _BIDI:
        return "bidirectional"
    return "invisible" if letter in _INVISIBLE else _REFUSED.get(unicodedata.category(letter), "")


def gate(text: str) -> Iterator[tuple[int, Mistake]]:
    """Every character and word that may not stand in a rule file, with its offset; tabs only once."""
    kinds = {letter: kind for letter in set(text) if (kind := _kind(letter))}
    if kinds:
        tab = text.find("\t")
        for found in re.finditer("[" + "".join(map(re.escape, kinds)) + "]", text):
            offset, letter = found.start(), found[0]
            if (letter != "\t" or offset == tab) and not (letter in _JOINERS and _joins(text, offset)):
                yield offset, _refusal(letter, kinds[letter])
    if not text.isascii():
        if pile := _piled(text):
            letter = quoted(text[max(0, pile.start() - 1) : pile.start() + 1])
            yield pile.start(), Mistake(f"more than {_MOST_MARKS} accents on one letter, {letter}", "remove them")
        elif not unicodedata.is_normalized("NFC", text):
            yield from _decomposed(text)
        yield from _mixed(text)


def _piled(text: str) -> re.Match[str] | None:
    """The first letter's accents that are more than any letter has."""
    marks = "".join(re.escape(letter) for letter in set(text) if unicodedata.combining(letter))
    return re.search(f"[{marks}]{{{_MOST_MARKS + 1},}}", text) if marks else None


def _mixed(text: str) -> Iterator[tuple[int, Mistake]]:
    """Every word that mixes two alphabets, once."""
    end = 0
    for found in _MIXED.finditer(text):
        if found.start() < end:
            continue
        before = _WORD_BEFORE.search(text, max(0, found.start() - _LONGEST_WORD), found.start())
        after = _WORD_AFTER.match(text, found.end(), found.end() + _LONGEST_WORD)
        begin, end = before.start() if before else found.start(), after.end() if after else found.end()
        word = text[begin:end]
        wrong = f"the word {quoted(word)} mixes Latin and Cyrillic letters: {_spelled(word)}"
        yield begin, Mistake(wrong, "type it anew in one alphabet")


def plain(text: str) -> str:
    """A text without the characters that the gate refuses, so that they are not also read as something else."""
    if not (bad := {letter for letter in set(text) if _kind(letter) not in ("", "joiner")}):
        return text
    return text.translate({ord(letter): " " if letter in "\t\x0b\x0c\r\x85\u2028\u2029" else None for letter in bad})


def _refusal(letter: str, kind: str) -> Mistake:
    if letter == "\t":
        return Mistake("a tab", "write spaces")
    code = f"U+{ord(letter):04X}"
    name = unicodedata.name(letter, "").lower()
    called = f"{code} ({name})" if name else code
    if kind == "joiner":
        return Mistake(f"{called} where no letters are joined", "remove it")
    if letter == "\ufeff":
        return Mistake(f"a byte order mark, {code}", "save the file as UTF-8 without one")
    article = "an" if kind[0] in "aeiou" else "a"
    return Mistake(f"{article} {kind} character, {called}", "remove it")


def _joins(text: str, offset: int) -> bool:
    """Whether both neighbours of a joiner belong to a script that is spelled with it."""
    around = (text[offset - 1 : offset], text[offset + 1 : offset + 2])
    return all(letter and unicodedata.name(letter, "").startswith(_JOINING_SCRIPTS) for letter in around)


def _decomposed(text: str) -> Iterator[tuple[int, Mistake]]:
    """The first letter of every line that is spelled with separate accents."""
    start = 0
    for line in text.split("\n"):
        composed = unicodedata.normalize("NFC", line)
        if composed != line:
            pairs = zip(line, composed, strict=False)
            same = next((at for at, (one, other) in enumerate(pairs) if one != other), len(composed))
            letters = line[same : same + 2]
            wrong = f"{quoted(letters)} is spelled with separate accents (not in Unicode form NFC)"
            yield start + same, Mistake(wrong, f"type {unicodedata.normalize('NFC', letters)} anew")
        start += len(line) + 1


def _spelled(word: str) -> str:
    """A mixed word with its rarer alphabet named, letter by letter."""
    latin = [letter for letter in word if re.match(f"[{_LATIN}]", letter)]
    cyrillic = [letter for letter in word if re.match(f"[{_CYRILLIC}]", letter)]
    few, script = (latin, "Latin") if len(latin) <= len(cyrillic) else (cyrillic, "Cyrillic")
    return f"{', '.join(dict.fromkeys(few))} {'is' if len(set(few)) == 1 else 'are'} {script}"


def slots(text: str, known: tuple[str, ...]) -> Iterator[tuple[int, Mistake]]:
    """Every slot that is not known, and every brace without its pair, with its offset."""
    names = frozenset(known)
    for found in _SLOT.finditer(text):
        name = found[0][1:-1]
        if len(found[0]) == 1:
            slot = "{" + known[0] + "}, or " if known else ""
            yield found.start(), Mistake("a brace without its pair", f"write {slot}round brackets")
        elif not known:
            yield found.start(), Mistake(f"unknown slot {found[0]}", "say under slots: what stands in it")
            return
        elif name not in names:
            near = closest(name, known)
            every = listed([f"{{{one}}}" for one in known], "and")
            write = f"did you mean {{{near}}}?" if near else f"the slots are {every}"
            yield found.start(), Mistake(f"unknown slot {found[0]}", write)


def brackets(text: str) -> Iterator[tuple[int, str]]:
    """The bracketed words of a text with their offsets; a bracket without its pair has none."""
    return ((found.start(), found[1] or "") for found in _LINK.finditer(text))


def markup(text: str) -> Iterator[tuple[int, Mistake]]:
    """The first thing in a text that looks like HTML; what closes it is no second mistake."""
    if found := _TAG.search(text):
        yield found.start(), Mistake(f"markup, {quoted(found[0])}", "write plain words; [words] and links: make a link")
