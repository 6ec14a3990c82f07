"""Mistakes: every file in tests/mistakes, put into the good set, gives exactly the problems beside it.

A new one is a file `NAME.yaml`, whose first line is a comment with the path that it stands for, and `NAME.txt`
with what is to be said of it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from service.rulebook import Problem, load, read

FOLDER = Path(__file__).parents[1] / "mistakes"
GOOD = FOLDER / "good"
NAMES = sorted(path.stem for path in FOLDER.glob("*.yaml"))
MORE_THAN_ONE = {"language-without-wording"}
"""One cause, and two notices that lack a text because of it."""


def printed(problems: tuple[Problem, ...]) -> str:
    """Problems as the command line prints them."""
    return "".join(f"{'warning: ' if one.severity == 'warning' else ''}{one}\n" for one in problems)


@pytest.fixture(scope="module")
def good() -> dict[str, bytes]:
    """The bytes of the good set, by path."""
    return {path.relative_to(GOOD).as_posix(): path.read_bytes() for path in GOOD.rglob("*.yaml")}


def test_the_good_set_has_no_problem() -> None:
    loaded = load(GOOD)
    assert printed(loaded.problems) == ""
    assert loaded.ruleset is not None


def test_there_are_many_mistakes() -> None:
    assert len(NAMES) > 100


@pytest.mark.parametrize("name", NAMES)
def test_a_mistake_is_told_in_exactly_these_words(name: str, good: dict[str, bytes]) -> None:
    data = (FOLDER / f"{name}.yaml").read_bytes()
    path = data.decode().partition("\n")[0].removeprefix("# ")
    assert path in good
    loaded = read({**good, path: data})
    assert printed(loaded.problems) == (FOLDER / f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_one_mistake_is_one_problem(name: str) -> None:
    said = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    assert len(said) == 1 or name in MORE_THAN_ONE


@pytest.mark.parametrize("name", NAMES)
def test_a_set_with_an_error_is_not_loaded_and_one_with_a_warning_is(name: str, good: dict[str, bytes]) -> None:
    data = (FOLDER / f"{name}.yaml").read_bytes()
    loaded = read({**good, data.decode().partition("\n")[0].removeprefix("# "): data})
    assert (loaded.ruleset is None) is bool(loaded.errors)


def test_every_problem_says_what_to_write() -> None:
    for path in FOLDER.glob("*.txt"):
        for line in path.read_text(encoding="utf-8").splitlines():
            wrong, _, write = line.partition("; ")
            assert wrong, path
            assert write, path


def test_all_problems_of_all_files_are_told_at_once_in_their_order(good: dict[str, bytes]) -> None:
    told = []
    for name in ("unknown-country", "date-with-points", "number-in-words", "unknown-region"):
        data = (FOLDER / f"{name}.yaml").read_bytes()
        path = data.decode().partition("\n")[0].removeprefix("# ")
        good = {**good, path: data}
        told.append((FOLDER / f"{name}.txt").read_text(encoding="utf-8"))
    assert printed(read(good).problems) == "".join(sorted(told))
