"""Module: a noun of the domain, short, and saying so in its first line."""

from __future__ import annotations

import ast
from pathlib import PurePath

SAYS_NOTHING = {"util", "utils", "helper", "helpers", "manager", "managers", "common", "base", "misc", "core", "lib"}
LONGEST = 320


def first_line(source: str) -> str:
    return (ast.get_docstring(ast.parse(source)) or "").partition("\n")[0]


def test_no_module_has_outgrown_its_room(modules: dict[str, str]) -> None:
    lengths = {name: text.count("\n") for name, text in modules.items()}
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


def test_no_module_or_package_has_a_name_that_says_nothing(modules: dict[str, str]) -> None:
    named = {name: {PurePath(part).stem for part in PurePath(name).parts} for name in modules}
    assert [name for name, parts in named.items() if parts & SAYS_NOTHING] == []


def test_the_first_line_of_a_module_says_its_noun_again(modules: dict[str, str]) -> None:
    wrong = {}
    for name, source in modules.items():
        stem = PurePath(name).stem
        noun, colon, rest = first_line(source).partition(": ")
        if not (colon and rest) or (stem != "__init__" and noun.lower().replace(" ", "_") != stem):
            wrong[name] = first_line(source)
    assert wrong == {}
