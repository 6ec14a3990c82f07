"""Vocabulary: the rule language as data is whole, and it is what the files are read by."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from service.law.penalty import KINDS
from service.rulebook import read
from service.rulebook.reading import _wanted
from service.rulebook.scalar import SCALARS
from service.rulebook.shape import Either, Name, Of, Open, Row, Scalar, Several, Shape
from service.rulebook.vocabulary import FOLDERS, FORMS

GOOD = Path(__file__).parents[1] / "mistakes" / "good"
EVERY = [(form, key) for form, one in FORMS.items() for key in one.keys]


def shapes(shape: Shape) -> Iterator[Shape]:
    """A shape and all within it."""
    yield shape
    if isinstance(shape, (Row, Several)):
        yield from shapes(shape.item)
    elif isinstance(shape, Open):
        yield from shapes(shape.key)
        yield from shapes(shape.value)
    elif isinstance(shape, Either):
        for part in (shape.text, shape.row, shape.map):
            if part is not None:
                yield from shapes(part)


@pytest.mark.parametrize(("form", "key"), EVERY)
def test_every_key_says_in_a_line_what_it_is_for(form: str, key: str) -> None:
    about = FORMS[form].keys[key].about
    assert about.endswith(".")
    assert "\n" not in about
    assert len(about) < 120


@pytest.mark.parametrize(("form", "key"), EVERY)
def test_every_shape_can_be_read(form: str, key: str) -> None:
    for shape in shapes(FORMS[form].keys[key].shape):
        if isinstance(shape, Of):
            assert shape.form in FORMS
        if isinstance(shape, Scalar):
            assert shape.type in SCALARS
        if isinstance(shape, Name):
            assert shape.of in {*FOLDERS.values(), "citation", "content", "person", "site"} - {"territory"}


def test_what_a_form_says_of_its_keys_names_its_keys() -> None:
    for form in FORMS.values():
        assert {*form.one, *form.some} <= set(form.keys)
        for key in form.keys.values():
            assert {*key.needed_with, *([key.beside] if key.beside else [])} <= set(form.keys)


def test_every_form_is_used_and_every_folder_has_one() -> None:
    used = {shape.form for form, key in EVERY for shape in shapes(FORMS[form].keys[key].shape) if isinstance(shape, Of)}
    assert used | set(FOLDERS.values()) == set(FORMS)


def test_every_kind_of_penalty_has_a_key() -> None:
    assert set(KINDS) <= set(FORMS["penalty"].keys)


@pytest.mark.parametrize(("folder", "form"), FOLDERS.items())
def test_a_key_that_must_stand_in_a_file_is_told_where_it_does_not(folder: str, form: str) -> None:
    path = min(path for path in (GOOD / folder).rglob("*.yaml"))
    name = path.relative_to(GOOD).as_posix()
    files = {one.relative_to(GOOD).as_posix(): one.read_bytes() for one in GOOD.rglob("*.yaml")}
    lines = files[name].decode().split("\n")
    for key in (key for key, one in FORMS[form].keys.items() if one.must):
        start = next(number for number, line in enumerate(lines) if line.startswith(f"{key}:"))
        end = next(number for number in range(start + 1, len(lines)) if not lines[number].startswith((" ", "-")))
        without = "\n".join(lines[:start] + lines[end:])
        said = [str(problem) for problem in read({**files, name: without.encode()}).errors]
        assert any(f"{name}:1:1: {key} is missing; write {key}: and " in one for one in said), key


def test_every_key_asks_for_what_the_list_says() -> None:
    """What an author is told where something else stands after a key, or nothing."""
    asked = [f"{name}.{key}: {_wanted(one.shape)}" for name, form in FORMS.items() for key, one in form.keys.items()]
    assert asked == Path(__file__).with_name("wanted.txt").read_text(encoding="utf-8").splitlines()
