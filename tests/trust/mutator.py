"""Mutator: rule files with the slips of a tired hand, with what an enemy of parsers writes, and with noise."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

Files = Mapping[str, bytes]

ROOT = Path(__file__).resolve().parents[2]
SMALL, SEED = ROOT / "tests/mistakes/good", ROOT / "tests/seed"


def files(folder: Path) -> dict[str, bytes]:
    """The rule files of a folder, by path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*.yaml"))}


@dataclass(frozen=True, slots=True)
class Mutant:
    """What is changed in a rule set, and how that came about."""

    kind: str
    changes: Mapping[str, bytes]


# ---- slips of the pen ----------------------------------------------------------------------------------------

LETTERS = "\t :{}[]|>-,'\"&*!%@#?\\\0\r\n~`é\u0301\u202e\u200d\ufeff\u00ad\x85Яaо0"
_SWAPS: Sequence[tuple[str, str]] = (
    ("yes", "no"), ("YES", "NO"), ("true", "false"), ("any_of", "all_of"), ("applies", "may_apply"),
    ("criminal", "administrative"), ("none", "criminal"), ("in force", "in doubt"), ("in force", "ended"),
    ("in force", "suspended"), ("citizen_of", "resident_of"), ("located_in", "resident_of"), ("wholly", "partly"),
    ("from", "to"), ("from", "until"), ("decided", "removed"), ("listed", "removed"), ("official", "weak"),
    ("statute", "practice"), ("full", "folded"), ("fold", "hide"), ("year", "month"), ("years", "months"),
    ("individual", "official"), ("share", "like"), ("donate", "share"), ("reader-risk", "publisher-duty"),
    ("prison", "arrest"), ("RUB", "BYN"), ("speaks_for", "leaves_out"), ("can", "cannot"), ("not", ""), ("не", ""),
)  # fmt: skip
_CODES = ("RU", "BY", "UA", "UA-43", "UA-14", "KZ", "KG", "IR", "HK", "CN", "NO", "DE", "XX", "UK", "ru", "RU-MOW")
_TONGUES = ("en", "ru", "be", "uk", "fa", "ky", "zh", "xx", "zh-Hant")
_CODE = re.compile(r"(?<![\w-])[A-Z]{2}(?:-[A-Z0-9]{1,3})?(?![\w-])")
_TONGUE = re.compile(r"(?<![\w-])(?:en|ru|be|uk|fa|ky|tt|kk)(?![\w-])")
_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
_NUMBER = re.compile(r"(?<![\w-])\d+(?:\.\d+)?(?![\w-])")
_NAME = re.compile(r"(?<=[:\[,] )[a-z][a-z0-9-]*(?:/[a-z0-9-]+)*")


def _spot(chance: Random, text: str) -> int:
    return chance.randrange(len(text)) if text else 0


def _delete(chance: Random, text: str) -> str:
    at = _spot(chance, text)
    return text[:at] + text[at + 1 :]


def _insert(chance: Random, text: str) -> str:
    at = _spot(chance, text)
    return text[:at] + chance.choice(LETTERS + text[at : at + 1]) + text[at:]


def _replace(chance: Random, text: str) -> str:
    at = _spot(chance, text)
    return text[:at] + chance.choice(LETTERS + chance.choice(text or " ")) + text[at + 1 :]


def _transpose(chance: Random, text: str) -> str:
    at = _spot(chance, text)
    return text[:at] + text[at : at + 2][::-1] + text[at + 2 :]


def _drop_line(chance: Random, text: str) -> str:
    lines = text.split("\n")
    del lines[chance.randrange(len(lines))]
    return "\n".join(lines)


def _double_line(chance: Random, text: str) -> str:
    lines = text.split("\n")
    at = chance.randrange(len(lines))
    return "\n".join([*lines[: at + 1], *lines[at:]])


def _swap_lines(chance: Random, text: str) -> str:
    lines = text.split("\n")
    at = chance.randrange(len(lines))
    lines[at : at + 2] = lines[at : at + 2][::-1]
    return "\n".join(lines)


def _move_line(chance: Random, text: str) -> str:
    lines = text.split("\n")
    line = lines.pop(chance.randrange(len(lines)))
    lines.insert(chance.randrange(len(lines) + 1), line)
    return "\n".join(lines)


def _indent(chance: Random, text: str) -> str:
    lines = text.split("\n")
    at = chance.randrange(len(lines))
    lines[at] = chance.choice((" ", "  ", "\t")) + lines[at] if chance.random() < 0.5 else lines[at][1:]
    return "\n".join(lines)


def _join_lines(chance: Random, text: str) -> str:
    breaks = [found.start() for found in re.finditer("\n", text)] or [0]
    at = chance.choice(breaks)
    return text[:at] + " " + text[at + 1 :].lstrip(" ")


def _cut(chance: Random, text: str) -> str:
    return text[: _spot(chance, text)]


def _paste(chance: Random, text: str) -> str:
    """A part of the file once more, somewhere else."""
    start, at = _spot(chance, text), _spot(chance, text)
    return text[:at] + text[start : start + chance.randrange(1, 200)] + text[at:]


def _one_of(pattern: re.Pattern[str], other: Callable[[Random, str], str]) -> Callable[[Random, str], str]:
    """Another value in the place of one that a pattern finds."""

    def change(chance: Random, text: str) -> str:
        spots = list(pattern.finditer(text))
        if not spots:
            return _delete(chance, text)
        found = chance.choice(spots)
        return text[: found.start()] + other(chance, found[0]) + text[found.end() :]

    return change


def _swap_word(chance: Random, text: str) -> str:
    there = [pair for pair in _SWAPS if re.search(rf"\b{pair[0]}\b|\b{pair[1]}\b" if pair[1] else pair[0], text)]
    if not there:
        return _delete(chance, text)
    one, other = chance.choice(there)
    if other and chance.random() < 0.5:
        one, other = other, one
    return _one_of(re.compile(rf"\b{one}\b"), lambda _, found: other)(chance, text)


def _other_name(chance: Random, text: str) -> str:
    names = _NAME.findall(text) or ["name"]
    return _one_of(_NAME, lambda chance, _: chance.choice(names))(chance, text)


def _next_day(chance: Random, found: str) -> str:
    try:
        day = date.fromisoformat(found)
    except ValueError:
        return found[:4]
    return chance.choice([str(day + timedelta(days=1)), str(day - timedelta(days=1)), found[:7], found[:4], found[:-1]])


def _next_number(chance: Random, found: str) -> str:
    near = [str(int(found) + 1), str(max(int(found) - 1, 0))] if found.isdecimal() else []
    return chance.choice([*near, found + "0", found[:-1], "-" + found, "0" + found, "1e9", "0x1F", "1_000", "12:30"])


SLIPS: Mapping[str, Callable[[Random, str], str]] = {
    "a character deleted": _delete, "a character inserted": _insert, "a character replaced": _replace,
    "two characters swapped": _transpose, "a line dropped": _drop_line, "a line doubled": _double_line,
    "two lines swapped": _swap_lines, "a line moved": _move_line, "a line indented": _indent,
    "two lines joined": _join_lines, "cut off": _cut, "pasted": _paste, "another word": _swap_word,
    "another name": _other_name, "another code": _one_of(_CODE, lambda chance, _: chance.choice(_CODES)),
    "another language": _one_of(_TONGUE, lambda chance, _: chance.choice(_TONGUES)),
    "another day": _one_of(_DAY, _next_day), "another number": _one_of(_NUMBER, _next_number),
}  # fmt: skip
"""What happens to those who type, by name."""


def slips(base: Files, number: int, chance: Random) -> Iterator[Mutant]:
    """Sets with one slip in one file, at times two; every kind in turn."""
    paths, kinds = sorted(base), list(SLIPS)
    for count in range(number):
        kind, path = kinds[count % len(kinds)], chance.choice(paths)
        text = SLIPS[kind](chance, base[path].decode())
        if chance.random() < 0.1:
            text = SLIPS[chance.choice(kinds)](chance, text)
        yield Mutant(kind, {path: text.encode(errors="surrogatepass")})


# ---- what an enemy of parsers writes -------------------------------------------------------------------------

_TRICKS = (
    "&a ", "*a", "!!python/object/apply:os.system [id]", "!!binary aGk=", "!<tag:x>", "<<: *a", "{a: b}", "[[[[",
    "]]]]", "{{{{", "? ", "- - - -", "| ", "> ", "|2-\n", "%YAML 1.2\n---\n", "---\n", "...\n", "\0", "\x85", "\u2028",
    "\ufeff", "\u202e", "\u2066", "\u200b", "\u00ad", "\ud800", "\U000e0041", "R\u043e", "e\u0301", "\u0301" * 40,
    "12:30:45",
    "0o17", "0x1F", ".inf", ".NaN", "2026-02-30", "2026-11-23T00:00:00Z", "~", "null", "=", "NO", "y", "{publisher}",
    "{publisher.__class__}", "{{7*7}}", "<script>", "&colon;", "[x](javascript:alert(1))", "http://e.org", "//e.org",
    "https://a@e.org", "https://e.org:99999", "https://[::1]/", "99999999999999999999", "-1", "1e999", "\\u202e",
    '"\\x41"', "'", '"', "#", ": ", "\t", "\r",
)  # fmt: skip


def tricks(base: Files, number: int, chance: Random) -> Iterator[Mutant]:
    """Sets in one file of which something stands that parsers stumble over: before, behind or instead of a value."""
    paths = sorted(base)
    for count in range(number):
        path, trick = chance.choice(paths), _TRICKS[count % len(_TRICKS)]
        text = base[path].decode()
        start = chance.choice([found.end() for found in re.finditer(r"(?<=[:\[{,-]) ", text)])
        end = start + (chance.randrange(12) if chance.random() < 0.5 else 0)
        end = min([end, *(at for at in [text.find("\n", start)] if at >= 0)])
        text = text[:start] + trick + text[end:]
        yield Mutant(f"{ascii(trick)[:24]} in a value", {path: text.encode(errors="surrogatepass")})


def noise(base: Files, number: int, chance: Random) -> Iterator[Mutant]:
    """Sets one file of which is random bytes, whole or in part, or has some bits turned over."""
    paths = sorted(base)
    for count in range(number):
        path = chance.choice(paths)
        data = bytearray(base[path])
        if count % 3 == 0:
            data = bytearray(chance.randbytes(chance.randrange(2000)))
        elif count % 3 == 1:
            at = chance.randrange(len(data))
            data[at : at + chance.randrange(20)] = chance.randbytes(chance.randrange(1, 20))
        else:
            for _ in range(chance.randrange(1, 4)):
                data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        yield Mutant("noise", {path: bytes(data)})


MONEY, LISTED, LABEL = "notices/by/money.yaml", "notices/ru/listed.yaml", "notices/ru/label.yaml"
LIST, GAZETTE, NORTH = "registers/ru/list.yaml", "publishers/gazette.yaml", "territories/north.yaml"


def _many(number: int, form: str, between: str = ", ") -> str:
    return between.join(form.format(count) for count in range(number))


def hostile() -> Iterator[Mutant]:
    """Changes of the small set that are big, deep or crooked; first those that once took long."""
    small = files(SMALL)

    def within(path: str, *pairs: tuple[str, str]) -> dict[str, bytes]:
        text = small[path].decode()
        for old, new in pairs:
            assert old in text
            text = text.replace(old, new, 1)
        return {path: text.encode(errors="surrogatepass")[: 1 << 20]}

    words = "You can be fined for giving money."
    cases = "speaks_for: [inside]\n          leaves_out: [abroad]"
    slots = "агентом {name}\n  slots:\n"
    own_slots = "verb: [произведен, направлен]"
    trees = "- age: {from: 18}"
    many: dict[str, Mapping[str, bytes]] = {
        "100,000 words in brackets": within(MONEY, (words, "[a] " * 100_000)),
        "15,000 links": within(MONEY, (words, _many(15_000, "[a{}]", " ")), (
            "  ru:\n    draft", "    links: {" + _many(15_000, 'a{}: "https://e.org/"') + "}\n  ru:\n    draft")),
        "300,000 accents on a letter": within(MONEY, (words, "a" + "\u0301\u0323" * 150_000)),
        "50,000 declared tags": {MONEY: _many(50_000, "%TAG !e{}! tag:x", "\n").encode() + b"\n--- x"},
        "20,000 slots that are not there": within(
            LABEL, (slots, "агентом {name} " + _many(20_000, "{{s{}}}", " ") + "\n  slots:\n"
                    + _many(20_000, "    t{}: text\n", ""))),
        "40,000 words for a slot, and others in it": {
            **within(LABEL, ("of: [произведен, распространен, направлен]", f"of: [{_many(40_000, 'n{}')}]")),
            **within(GAZETTE, (own_slots, f"verb: [{_many(40_000, 'm{}')}]"))},
        "20,000 cases spoken for and left out": within(
            GAZETTE, (cases, f"speaks_for: [{_many(20_000, 'n{}')}]\n          leaves_out: [{_many(20_000, 'n{}')}]")),
        "49,000 languages that are none": {MONEY: b"wording:\n" + _many(49_000, "  k{}: x\n", "").encode()},
        "60,000 occupations": within(MONEY, ("occupation: diplomat", f"occupation: [{_many(60_000, 'n{}')}]")),
        "15,000 notices that are not there": within(
            GAZETTE, ("notices:\n", "notices:\n" + _many(15_000, "  ru/n{}: {{slots: {{a: b}}}}\n", ""))),
        "200,000 keys": {MONEY: _many(200_000, "key-{}: x", "\n").encode()[: 1 << 20]},
        "an alias bomb": {MONEY: ("a0: &a0 [x, y]\n" + "\n".join(
            f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40))).encode()},
        # from here on for as long as it takes
        "a merge key, often": {MONEY: b"a: &a {x: y}\n" + b"b: {<<: *a}\n" * 40_000},
        "an alias of itself": {MONEY: b"a: &a [*a]\n"},
        "500,000 brackets": {MONEY: b"[" * 500_000},
        "500,000 braces": {MONEY: b"{" * 500_000},
        "300,000 question marks": {MONEY: b"? " * 300_000},
        "1,400 levels": {MONEY: "\n".join(" " * n + "a:" for n in range(1400)).encode()},
        "a title of a megabyte": {MONEY: b"title: " + b"x" * 1_000_000},
        "a title of escapes": {MONEY: b'title: "' + b"\\u0041" * 170_000 + b'"'},
        "a quotation without an end": {MONEY: b"title: '" + b"x\n " * 300_000},
        "a million colons": {MONEY: b":" * 1_000_000},
        "a million tabs": {MONEY: b"\t" * 1_000_000},
        "250,000 documents": {MONEY: b"---\n" * 250_000},
        "250,000 comments": {MONEY: b"title: x\n" + b"# x\n" * 250_000},
        "100,000 directives": {MONEY: b"%YAML 1.1\n" * 100_000},
        "more than a megabyte": {MONEY: b"title: x\n" + b"#" * (1 << 20)},
        "NUL": {MONEY: b"title: a\0b\n"},
        "UTF-16": {MONEY: "title: x".encode("utf-16")},
        "halves of characters": {MONEY: b"title: \xed\xa0\x80\xed\xb0\x80\n"},
        "300,000 marks of direction": {MONEY: ("title: " + "\u202e" * 300_000).encode()},
        "300,000 byte order marks": {MONEY: ("\ufeff" * 300_000).encode()},
        "200,000 words in two alphabets": within(MONEY, (words, "Rо " * 200_000)),
        "300,000 letters with their accents apart": within(MONEY, (words, "e\u0301" * 300_000)),
        "a number of 900,000 digits": {MONEY: b"values: [{value: " + b"9" * 900_000 + b"}]"},
        "an age beyond counting": within(MONEY, ("from: 18", "from: " + "9" * 5000)),
        "a date that is none": within(MONEY, ("from: 2021", "from: 2026-02-30")),
        "a year beyond counting": within(MONEY, ("from: 2021", "from: 99999-01-01")),
        "a term beyond counting": within(LIST, ("30 days", "9" * 30 + " days")),
        "a host of 400,000 labels": within(LIST, ("press.example.org", "a." * 400_000 + "org")),
        "300,000 braces in a text": within(MONEY, (words, "{a" * 300_000)),
        "300,000 open brackets in a text": within(MONEY, (words, "[a" * 300_000)),
        "300,000 tags in a text": within(MONEY, (words, "<a" * 300_000)),
        "100,000 paragraphs": within(MONEY, (words, words + "\n\n      a" * 100_000)),
        "a text of 25,000 sentences": within(MONEY, (words, words * 25_000)),
        "20,000 parts of a condition": within(MONEY, (trees, f"- any_of: [{_many(20_000, '{{citizen_of: RU}}')}]")),
        "15,000 cases": within(MONEY, (trees, f"- any_of: [{_many(15_000, '{{case: c{}, citizen_of: RU}}')}]")),
        "60,000 times one place": within(MONEY, ("[BY, PL-14]", "[BY" + ", BY-HM" * 60_000 + "]")),
        "60,000 countries that are none": within(MONEY, ("[BY, PL-14]", f"[{_many(60_000, 'Q{}')}]")),
        "9,000 examples": {MONEY: small[MONEY] + _many(
            9000, "  - {{name: n{}, publisher: gazette, reader: {{}}, expect: may_apply}}\n", "").encode()},
        "6,000 penalties": within(MONEY, ("penalties:\n", "penalties:\n" + "  - {for: individual, acts: [donate], "
                                          "fine: {from: 10, to: 30, unit: by/base-unit}, because: code}\n" * 6000)),
        "10,000 sources": within(MONEY, ("citations:\n", "citations:\n" + _many(
            10_000, "  c{}: {{title: x, seen: weak, checked: 2026-11-23}}\n", ""))),
        "15,000 entries": within(LIST, ("  - {person", "  - {publisher: gazette, because: press}\n" * 15_000
                                        + "  - {person")),
        "15,000 holdings": within(NORTH, ("  - {place: UA-43", "  - {place: RU-MOW, because: general}\n" * 15_000
                                          + "  - {place: UA-43")),
        "60,000 measures": within(LIST, ("[funds]", f"[{_many(60_000, 'n{}')}]")),
        "40,000 persons": within(GAZETTE, ("run_by: [ru/editor]", f"run_by: [{_many(40_000, 'n{}')}]")),
        "300 notices in a circle": {f"notices/ru/n{n}.yaml": small[LISTED].replace(
            b"  any_of:\n", b"  any_of:\n    - same_as: ru/n%d\n" % ((n + 1) % 300), 1) for n in range(300)},
        "a condition that doubles sixty times": {f"notices/ru/n{n}.yaml": small[LISTED].replace(
            b"  any_of:\n", b"  any_of:\n    - same_as: ru/n%d\n    - same_as: ru/n%d\n" % (n + 1, n + 1) if n < 60
            else b"  any_of:\n", 1) for n in range(61)},
        "500 publishers in a circle": {f"publishers/p{n}.yaml": small["publishers/gazette-east.yaml"].replace(
            b"part_of: gazette", b"part_of: p%d" % ((n + 1) % 500)) for n in range(500)},
        "a name that is no name": {"notices/ru/..\\x.yaml": b"title: x\n", "publishers/\u202e.yaml": b"title: x\n"},
    }  # fmt: skip
    for kind, changes in many.items():
        yield Mutant(kind, changes)


FIRST = 9
"""How many of the hostile ones are looked at whenever anything changes."""
