"""Text: nothing that hides or looks like something else can be served, wherever in a rule file it stands.

Analysis does not look for these: a set that has them is not loaded. Here is shown that none can get past.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

from service.rulebook import load, read
from service.rulebook.text import gate

GOOD = Path(__file__).parents[1] / "mistakes" / "good"
RULES = Path(__file__).parents[1] / "seed"
FILES = {path.relative_to(GOOD).as_posix(): path.read_text() for path in GOOD.rglob("*.yaml")}
FILES["publishers/gazette.yaml"] = FILES["publishers/gazette.yaml"].replace(
    "            If you are in the north, do not share this.\n",
    "            If you are in the north, do not share this. [More].\n"
    '          links: {More: "https://gazette.example.org/"}\n',
)
HIDDEN = {
    "right-to-left override": "\u202e", "left-to-right mark": "\u200e", "isolate": "\u2067", "arabic mark": "\u061c",
    "zero-width space": "\u200b", "soft hyphen": "\u00ad", "word joiner": "\u2060", "joiner": "\u200d",
    "non-joiner": "\u200c", "byte order mark": "\ufeff", "hangul filler": "\u3164", "escape": "\x1b",
    "next line": "\x85", "line separator": "\u2028", "tag letter": "\U000e0041", "private": "\ue000",
}  # fmt: skip

SERVED = {
    "title": ("notices/ru/listed.yaml", "Sharing what a listed publisher writes", '"Sharing§ what is listed"'),
    "title in Russian": ("notices/ru/label.yaml", "ru: Указание", 'ru: "Указание§"'),
    "publisher's name": ("publishers/gazette.yaml", "en: The Gazette", 'en: "The Gazette§"'),
    "name as one text": ("publishers/gazette-east.yaml", "The Gazette, east", '"The Gazette§, east"'),
    "slot's value": ("publishers/gazette.yaml", "name: Газета}", 'name: "Газета§"}'),
    "slot's words": ("notices/ru/label.yaml", "of: [произведен", 'of: ["произведен§"'),
    "slot's joint": ("notices/ru/label.yaml", '" и (или) "', '" и§ (или) "'),
    "link's words": ("notices/ru/listed.yaml", "{click here:", '{"click§ here":'),
    "link's address": ("notices/ru/listed.yaml", "example.org/more", "example.org/mo§re"),
    "own link's words": ("publishers/gazette.yaml", "{More:", '{"More§":'),
    "reason": ("publishers/gazette.yaml", "Our own footer", '"Our own§ footer"'),
    "citation's title": ("notices/ru/listed.yaml", "title: The law,", 'title: "The§ law",'),
    "quotation": ("notices/ru/listed.yaml", "quote: Fines were seen.", 'quote: "Fines§ were seen."'),
    "register's title": ("registers/ru/list.yaml", "The list", '"The§ list"'),
    "territory's title": ("territories/north.yaml", "The north", '"The§ north"'),
    "unit's title": ("units/by/base-unit.yaml", "Base unit", '"Base§ unit"'),
}
"""Where something is served: the file, what stands there, and the same in quotation marks with a § for the escape."""


def said(path: str, text: str) -> list[str]:
    """What keeps the good set from being loaded with another text in one file."""
    loaded = read({**{name: other.encode() for name, other in FILES.items()}, path: text.encode()})
    assert (loaded.ruleset is None) == bool(loaded.errors)
    return [str(problem) for problem in loaded.errors]


def test_the_set_that_is_spoilt_here_is_good() -> None:
    assert said("units/by/base-unit.yaml", FILES["units/by/base-unit.yaml"]) == []


@pytest.mark.parametrize("letter", HIDDEN.values(), ids=HIDDEN)
def test_a_hidden_character_is_refused_in_every_line_of_every_file(letter: str) -> None:
    for path, text in FILES.items():
        lines = text.splitlines()
        spoilt = [line[: len(line) - 2] + letter + line[-2:] for line in lines]
        problems = said(path, "\n".join(spoilt))
        told = {int(problem.split(":")[1]) for problem in problems if "U+" in problem or "byte order" in problem}
        broken = letter in "\x85\u2028"  # which begin a line of their own
        assert len(told) >= len(lines) if broken else told == set(range(1, len(lines) + 1)), path


def test_a_file_with_a_nul_is_refused_whole() -> None:
    for path, text in FILES.items():
        assert said(path, text.replace("l", "\x00", 1)) != []


def test_words_of_two_alphabets_are_refused_in_every_line_of_every_file() -> None:
    for path, text in FILES.items():
        lines = text.splitlines()
        spoilt = [re.sub(r"([a-z])([a-z]*\W*)$|([а-я])([^a-zа-я]*)$", _mixed, line) for line in lines]
        told = {int(problem.split(":")[1]) for problem in said(path, "\n".join(spoilt)) if "mixes Latin" in problem}
        changed = {number for number, (old, new) in enumerate(zip(lines, spoilt, strict=True), 1) if old != new}
        assert told == changed
        assert len(changed) >= 0.7 * len(lines), path


def _mixed(found: re.Match[str]) -> str:
    """The last word of a line with one letter of the other alphabet."""
    return f"{found[1]}а{found[2]}" if found[1] else f"{found[3]}a{found[4]}"


@pytest.mark.parametrize("place", SERVED)
@pytest.mark.parametrize("code", ["202E", "200B", "2066", "200D", "00AD"])
def test_a_hidden_character_spelled_by_an_escape_is_refused_wherever_it_would_be_served(place: str, code: str) -> None:
    path, old, new = SERVED[place]
    assert old in FILES[path]
    assert "§" in new
    problems = said(path, FILES[path].replace(old, new.replace("§", f"\\u{code}"), 1))
    assert any(f"U+{code}" in problem for problem in problems), problems


@pytest.mark.parametrize("text", ["रक्‍षा", "رسانه‌ها", "ക്‍"], ids=["Hindi", "Persian", "Malayalam"])
def test_a_joiner_is_allowed_where_the_script_is_spelled_with_it(text: str) -> None:
    assert "\u200c" in text or "\u200d" in text
    found = said("notices/ru/listed.yaml", FILES["notices/ru/listed.yaml"].replace("Вас могут", text, 1))
    assert bool(found) == (text[-1] in "\u200c\u200d")  # at the end of a word it joins nothing


ADDRESS = re.compile(r'"https://[^"]*"')


@pytest.mark.parametrize("other", ["http://law.example.org/", "javascript:alert(1)", "//law.example.org/", "data:,x"])
def test_an_address_that_is_not_https_is_refused_wherever_one_can_stand(other: str) -> None:
    tried = 0
    for path, text in FILES.items():
        for found in ADDRESS.finditer(text):
            line = text.count("\n", 0, found.start()) + 1
            problems = said(path, text[: found.start()] + f'"{other}"' + text[found.end() :])
            assert any(problem.startswith(f"{path}:{line}:") for problem in problems), found[0]
            tried += 1
    assert tried == 4


@pytest.mark.parametrize("folder", [GOOD, RULES], ids=["good", "shipped"])
def test_nothing_in_a_set_that_loads_hides_or_leads_anywhere_but_by_https(folder: Path) -> None:
    ruleset = load(folder).ruleset
    assert ruleset is not None
    texts = list(_texts(ruleset))
    assert len(texts) > 100
    assert [text for text in texts if list(gate(text))] == []
    assert [text for text in texts if re.match(r"\w+://", text) and not text.startswith("https://")] == []


def _texts(value: object) -> Iterator[str]:
    """Every text in a value, and in whatever it holds; the gazetteer is not served from rule files."""
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            if field.name != "gazetteer":
                yield from _texts(getattr(value, field.name))
    elif isinstance(value, Mapping):
        for key, one in value.items():
            yield from (*_texts(key), *_texts(one))
    elif isinstance(value, (tuple, list, set, frozenset)):
        for one in value:
            yield from _texts(one)
