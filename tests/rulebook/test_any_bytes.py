"""Any bytes: whatever stands in a file, it is read or told, soon, and nothing raises."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.rulebook import Loaded, read
from service.rulebook.condition_forms import CONDITIONS
from service.rulebook.vocabulary import FORMS

GOOD = Path(__file__).parents[1] / "mistakes" / "good"
RULES = Path(__file__).parents[1] / "seed"
FILES = {path.relative_to(GOOD).as_posix(): path.read_bytes() for path in sorted(GOOD.rglob("*.yaml"))}
REAL = {path.relative_to(RULES).as_posix(): path.read_bytes() for path in sorted(RULES.rglob("*.yaml"))}
SLOWEST = 5.0
"""Seconds for a whole set with one hostile file, on a busy machine."""

WORDS = sorted({key for form in FORMS.values() for key in form.keys} | set(CONDITIONS))
LETTERS = "\t :{}[]|>-,'\"&*!%@#?\\\0\r\n~`é\u0301\u202e\u200d\ufeff\u00ad\x85Яa0"


def harmless(files: dict[str, bytes]) -> Loaded:
    """What came of some files; a fault of the program's own is not allowed."""
    start = perf_counter()
    loaded = read(files)
    assert perf_counter() - start < SLOWEST
    assert [str(problem) for problem in loaded.problems if "the program failed" in problem.wrong] == []
    assert (loaded.ruleset is None) is bool(loaded.errors)
    for problem in loaded.problems:
        assert str(problem).isprintable()
        assert problem.position.line >= 1
        assert problem.position.column >= 1
        assert problem.wrong
        assert problem.write
    return loaded


@given(path=st.sampled_from(sorted(FILES)), data=st.binary(max_size=400))
@settings(max_examples=300)
def test_random_bytes_are_refused(path: str, data: bytes) -> None:
    assert harmless({**FILES, path: data}).errors


@given(path=st.sampled_from(sorted(FILES)), text=st.text(max_size=300))
@settings(max_examples=300)
def test_random_text_is_refused(path: str, text: str) -> None:
    assert harmless({**FILES, path: text.encode(errors="replace")}).errors


@given(data=st.data())
@settings(max_examples=400)
def test_one_character_more_or_less_never_raises(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(sorted(FILES)))
    text = FILES[path].decode()
    at = data.draw(st.integers(0, len(text) - 1))
    letter = data.draw(st.sampled_from(["", *LETTERS]))
    kept = data.draw(st.booleans())
    harmless({**FILES, path: (text[:at] + letter + text[at + (not kept) :]).encode()})


@given(data=st.data())
@settings(max_examples=60)
def test_one_character_more_or_less_in_the_rules_that_ship_never_raises(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(sorted(REAL)))
    text = REAL[path].decode()
    at = data.draw(st.integers(0, len(text) - 1))
    letter = data.draw(st.sampled_from(["", *LETTERS]))
    harmless({**REAL, path: (text[:at] + letter + text[at + 1 :]).encode()})


SCALARS = st.one_of(
    st.sampled_from(["yes", "no", "RU", "UA-43", "2026-06-03", "2026", "18", "|", "", "text", "law", "en", "everyone"]),
    st.text(alphabet="ab{}[]: -/0|\n", max_size=6),
)
TREES = st.recursive(
    SCALARS,
    lambda below: st.one_of(
        st.lists(below, max_size=3), st.dictionaries(st.one_of(st.sampled_from(WORDS), SCALARS), below, max_size=4)
    ),
    max_leaves=14,
)


def flow(tree: object) -> str:
    """A tree as YAML in brackets and braces."""
    if isinstance(tree, dict):
        return "{" + ", ".join(f"{flow(key)}: {flow(value)}" for key, value in tree.items()) + "}"
    if isinstance(tree, list):
        return "[" + ", ".join(map(flow, tree)) + "]"
    return '"' + str(tree).replace("\\", "").replace('"', "").replace("\n", "\\n") + '"'


@given(data=st.data())
@settings(max_examples=500)
def test_any_tree_under_any_key_never_raises(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(sorted(FILES)))
    lines = FILES[path].decode().split("\n")
    tops = [number for number, line in enumerate(lines) if line[:1].isalpha()]
    place = data.draw(st.integers(0, len(tops) - 1))
    end = tops[place + 1] if place + 1 < len(tops) else len(lines)
    key = lines[tops[place]].partition(":")[0]
    lines[tops[place] : end] = [f"{key}: {flow(data.draw(TREES))}"]
    harmless({**FILES, path: "\n".join([*lines, ""]).encode()})


@given(paths=st.dictionaries(st.text(min_size=1, max_size=30), st.just(b"title: x\n"), max_size=4))
@settings(max_examples=200)
def test_any_path_never_raises(paths: dict[str, bytes]) -> None:
    start = perf_counter()
    loaded = read({**FILES, **paths})
    assert perf_counter() - start < SLOWEST
    assert [problem for problem in loaded.problems if "the program failed" in problem.wrong] == []


@pytest.mark.parametrize(
    "hostile",
    [
        "[" * 500_000,
        "{" * 500_000,
        "? " * 300_000,
        "- " * 300_000,
        "a: " + "'" * 500_000,
        "a: |\n" + "  x\n" * 200_000,
        "\n".join(f"key-{number}: x" for number in range(60_000)),
        "a: [" + ", ".join("x" for _ in range(90_000)) + "]",
        "applies_when: {occupation: [" + ", ".join(f"trade-{number}" for number in range(30_000)) + "]}",
        "\u200b" * 200_000,
        "\t" * 500_000,
        "Rо " * 100_000,
        "e\u0301" * 200_000,
        "wording: {en: {applies: |\n" + "[" * 500_000,
        '"' + "\\u202e" * 100_000 + '": x',
        "#" * 1_000_000,
    ],
    ids=range(16),
)
def test_a_hostile_file_is_refused_soon(hostile: str) -> None:
    loaded = harmless({**FILES, "notices/by/money.yaml": hostile.encode()})
    assert loaded.errors
    assert len(loaded.problems) < 300


@pytest.mark.parametrize(
    "line",
    [
        "citizen_of: [" + ", ".join(f"Q{number}" for number in range(20_000)) + "]",
        "citizen_of: [" + ", ".join(f"Q{number}" for number in range(20_000)) + "]  # Rо",
        "located_in: [" + ", ".join(f"area-{number}" for number in range(20_000)) + "]",
        "page_language: [" + ", ".join(f"qq-{number}" for number in range(20_000)) + "]",
    ],
    ids=range(4),
)
def test_a_file_with_thousands_of_mistakes_is_told_soon(line: str) -> None:
    path = "notices/by/money.yaml"
    text = FILES[path].decode().replace("age: {from: 18}", line)
    loaded = harmless({**FILES, path: text.encode()})
    assert loaded.errors
    assert len(loaded.problems) <= 101


def test_what_can_be_told_of_a_file_ends_with_how_many_there_are() -> None:
    path = "notices/by/money.yaml"
    lines = "".join(f"  - {{name: reader {number}, publisher: gazette, reader: {{}}}}\n" for number in range(500))
    loaded = harmless({**FILES, path: FILES[path] + lines.encode()})
    assert str(loaded.problems[0]) == (
        f"{path}:1:1: more than 100 mistakes in this file; correct those that are told first"
    )
    assert len(loaded.problems) == 101
