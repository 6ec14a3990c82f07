"""Path: from an empty file to a correct notice, led by nothing but what `caveat check` says.

Each state of the file stands in `path/` with the words that it draws beside it. The shipped notice of Kyrgyzstan is
written once more, shortened, as the guide in rules/README.md shows it.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from jsonschema import Draft7Validator

from service.cli import main
from service.rulebook.schema import schemas

ROOT = Path(__file__).parents[2]
PATH = Path(__file__).parent / "path"
NOTICE = "notices/kg/extremist-materials.yaml"
NAMES = sorted(path.stem for path in PATH.glob("*.yaml"))
PAIRS = list(pairwise(NAMES))
OF_THIS_LAW = re.compile(r"(?:warning: )?(?:notices|registers)/kg/extremist-materials\.yaml:")
SUGGESTED = re.compile(r"(?:did you mean|write|is) ([^ ;]+?)\??$")


@dataclass(frozen=True)
class Said:
    """What a check printed: of this law, at the end, and the code with which it ended."""

    of_this_law: str
    end: str
    code: int

    @property
    def problems(self) -> list[str]:
        """The messages without their places, but for the warnings."""
        heads = [line for line in self.of_this_law.splitlines() if OF_THIS_LAW.match(line)]
        return [line.partition(": ")[2] for line in heads if not line.startswith("warning: ")]


def check(rules: Path) -> Said:
    """What the command prints; a message takes the lines that are indented below it."""
    result = CliRunner().invoke(main, ["check", str(rules)], catch_exceptions=False)
    *lines, end = result.output.splitlines()
    kept, ours = [], False
    for line in lines:
        ours = bool(OF_THIS_LAW.match(line)) or (ours and line.startswith(" "))
        if ours:
            kept.append(line)
    return Said("".join(f"{line}\n" for line in kept), end, result.exit_code)


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Said]:
    """What is said of every state, with all the other rules as they ship."""
    rules = Path(shutil.copytree(ROOT / "tests/seed", tmp_path_factory.mktemp("path") / "rules"))
    found = {}
    for name in NAMES:
        shutil.copyfile(PATH / f"{name}.yaml", rules / NOTICE)
        found[name] = check(rules)
    return found


def state(name: str) -> str:
    return (PATH / f"{name}.yaml").read_text(encoding="utf-8")


def test_the_path_begins_with_an_empty_file() -> None:
    assert state(NAMES[0]) == ""
    assert [int(name[:2]) for name in NAMES] == list(range(1, len(NAMES) + 1))


@pytest.mark.parametrize("name", NAMES)
def test_a_state_of_the_file_draws_exactly_these_words(name: str, said: Mapping[str, Said]) -> None:
    assert said[name].of_this_law == (PATH / f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES[:-1])
def test_every_state_but_the_last_is_told_what_to_do_next(name: str, said: Mapping[str, Said]) -> None:
    assert said[name].problems


@pytest.mark.parametrize(("before", "after"), PAIRS)
def test_what_one_check_asked_for_is_done_before_the_next(before: str, after: str, said: Mapping[str, Said]) -> None:
    assert set(said[before].problems) & set(said[after].problems) == set()


@pytest.mark.parametrize(("before", "after"), PAIRS)
def test_a_word_that_a_message_suggests_is_the_word_that_helps(
    before: str, after: str, said: Mapping[str, Said]
) -> None:
    for problem in said[before].problems:
        if found := SUGGESTED.search(problem):
            assert found[1] in state(after), problem


def test_a_state_with_a_mistake_is_not_served_and_says_so(said: Mapping[str, Said]) -> None:
    stopped = [name for name in NAMES if "would not be served" in said[name].end]
    assert len(stopped) > 6
    for name in stopped:
        number = len(said[name].problems)
        assert said[name].end.startswith(f"{number} mistake{'' if number == 1 else 's'}; ")
        assert said[name].code == 1


def test_an_example_that_does_not_hold_is_the_only_thing_between_the_text_and_green(said: Mapping[str, Said]) -> None:
    failing = next(name for name in NAMES if "does-not-hold" in name)
    held, of = (int(number) for number in re.findall(r"\d+", said[failing].end)[-2:])
    assert (of - held, said[failing].code) == (1, 1)


def test_the_path_ends_with_no_mistake_and_examples_that_hold_and_see_everything(said: Mapping[str, Said]) -> None:
    last = said[NAMES[-1]]
    assert last.problems == []
    assert last.code == 0
    found = re.fullmatch(r"No mistakes, \d+ warnings?; (\d+) of (\d+) examples hold\.", last.end)
    assert found is not None
    assert found[1] == found[2]


def test_the_last_state_has_every_case_in_its_examples() -> None:
    last = yaml.load(state(NAMES[-1]), Loader=yaml.BaseLoader)
    assert {one["expect"] for one in last["examples"]} == {"applies", "may_apply", "does_not_apply"}
    assert len(last["examples"]) == 8


@pytest.mark.parametrize("number", ["04", "05", "06", "10"])
def test_an_editor_marks_these_mistakes_while_they_are_written(number: str) -> None:
    text = state(next(name for name in NAMES if name.startswith(number)))
    assert not Draft7Validator(schemas()["notice"]).is_valid(yaml.load(text, Loader=yaml.BaseLoader))


def test_an_editor_has_nothing_against_the_last_state() -> None:
    last = yaml.load(state(NAMES[-1]), Loader=yaml.BaseLoader)
    assert list(Draft7Validator(schemas()["notice"]).iter_errors(last)) == []
