"""One set of cases, two engines: the files of the porting guide are fresh, and both engines pass them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from service.device import program, selection, trial, variation
from service.law.condition import walk
from service.law.ruleset import RuleSet
from service.rulebook import load

from .port import ENGINE, ROOT, node

PORTING = ROOT / "docs" / "porting"
RULES = {PORTING: ROOT / "rules", PORTING / "invented": PORTING / "invented" / "rules"}
FOLDERS = pytest.mark.parametrize("folder", list(RULES), ids=["shipped", "invented"])


@pytest.fixture(scope="module")
def loaded() -> dict[Path, RuleSet]:
    found = {folder: load(rules) for folder, rules in RULES.items()}
    assert {folder: one.errors for folder, one in found.items()} == dict.fromkeys(RULES, ())
    return {folder: one.ruleset for folder, one in found.items() if one.ruleset is not None}


def lines(folder: Path) -> Iterator[tuple[trial.Trial, tuple[trial.Said, ...]]]:
    return map(trial.read, (folder / "cases.jsonl").read_text(encoding="utf-8").splitlines())


@FOLDERS
def test_python_passes_every_line(folder: Path, loaded: dict[Path, RuleSet]) -> None:
    wrong = [found for found, expected in lines(folder) if found.said(loaded[folder]) != expected]
    assert wrong == []


@FOLDERS
def test_javascript_passes_every_line(folder: Path) -> None:
    (found,) = node(folder / "program.json", folder / "cases.jsonl", ENGINE)
    assert found == {"right": sum(1 for _ in lines(folder))}


@FOLDERS
def test_the_program_is_that_of_the_rules(folder: Path, loaded: dict[Path, RuleSet]) -> None:
    kept = (folder / "program.json").read_text(encoding="utf-8")
    assert kept == program.written(program.program(loaded[folder])), REGENERATE
    assert json.loads(kept) == program.program(loaded[folder])


@FOLDERS
def test_the_cases_are_those_of_the_rules(
    folder: Path, loaded: dict[Path, RuleSet], amount: Callable[[int, int], int]
) -> None:
    """Of a whole library the choice takes a minute; whether each kept case still holds is asked every time."""
    if len(loaded[folder].notices) > amount(30, 10_000):
        pytest.skip("chosen anew by make soak")
    kept = (folder / "cases.jsonl").read_text(encoding="utf-8")
    assert kept == trial.written(selection.trials(loaded[folder])), REGENERATE


REGENERATE = "the rules have changed; run: python -m service.device.program docs/porting"


@FOLDERS
def test_the_cases_are_many_and_small(folder: Path, loaded: dict[Path, RuleSet]) -> None:
    path = folder / "cases.jsonl"
    assert sum(1 for _ in lines(folder)) > 1_000
    assert path.stat().st_size < 700_000 + 30_000 * len(loaded[folder].notices)


def test_every_notice_is_said_of_a_reader_in_every_way_that_it_can_be(loaded: dict[Path, RuleSet]) -> None:
    for folder, ruleset in loaded.items():
        told = {(id, verdict) for _, said in lines(folder) for id, verdict, _, _ in said}
        assert can_be(ruleset) - told == set(), folder


def can_be(ruleset: RuleSet) -> set[tuple[str, str]]:
    """Every verdict; of a notice with examples those that they expect, of publishers as their files are."""
    found = {(id, verdict) for id in ruleset.notices for verdict in ("does_not_apply", "may_apply", "applies")}
    for notice in ruleset.notices.values():
        if notice.examples:
            plain = [one for one in notice.examples if one.site is None and not one.carries]
            expected = {(notice.id, str(one.expect)) for one in plain}
            found -= {pair for pair in found if pair[0] == notice.id and pair not in expected}
    return found - NEVER


NEVER = {("nz/echo", "applies")}
"""A law that is in doubt, of which no example is written."""


def test_every_publisher_has_its_lines(loaded: dict[Path, RuleSet]) -> None:
    for folder, ruleset in loaded.items():
        counted = Counter(found.publisher for found, _ in lines(folder))
        assert set(counted) == set(ruleset.publishers)
        assert min(counted.values()) >= 5, counted


@FOLDERS
def test_both_sides_of_every_change_that_a_reader_can_see_are_there(
    folder: Path, loaded: dict[Path, RuleSet], amount: Callable[[int, int], int]
) -> None:
    """Of each publisher (in short, of some) and instant at which what is said to somebody unknown changes."""
    there = {(found.publisher, found.when) for found, _ in lines(folder)}
    ruleset = loaded[folder]
    for publisher in [*ruleset.publishers][: amount(4, 10_000)]:
        for at in ruleset.history.boundaries:
            sides = trial.Trial(publisher, at - variation.SECOND), trial.Trial(publisher, at)
            if {*sides[0].said(ruleset)} != {*sides[1].said(ruleset)}:
                assert {(publisher, side.when) for side in sides} <= there, (publisher, at)


def test_the_invented_rules_have_every_word_of_the_language(loaded: dict[Path, RuleSet]) -> None:
    plain = program.program(loaded[PORTING / "invented"])
    words = set(json.dumps(plain).replace('"', " ").split())
    expected = {"all_of", "any_of", "not", "possibly", "everyone", "stateless", "age", *program.NAMING.values()}
    expected |= {"wholly", "partly", "covers_parts", "measures", "person", "register", "measure", "content", "site"}
    expected |= {"zone", "unless_determined"}
    expected |= {"part_of", "run_by", "universal", "carries", "hides", "may_carry", "warn_when_unsure", "acts"}
    assert expected <= words
    states = {state for one in _standings(plain) for _, state in one}
    assert states == {"not yet", "in force", "in doubt", "suspended", "ended"}
    kinds = {
        type(node).__name__ for one in loaded[PORTING / "invented"].notices.values() for node in walk(one.applies_when)
    }
    assert "SameAs" in kinds, "and one that stands for another's condition, which a program writes out"


def _standings(plain: object) -> Iterator[list[list[str]]]:
    if isinstance(plain, dict):
        if isinstance(plain.get("standing"), list):
            yield plain["standing"]
        for below in plain.values():
            yield from _standings(below)
    elif isinstance(plain, list):
        for below in plain:
            yield from _standings(below)


def test_the_order_of_time_is_the_order_of_the_texts(loaded: dict[Path, RuleSet]) -> None:
    """A port compares dates as texts: the beginning of time is the empty one."""
    for ruleset in loaded.values():
        for one in _standings(program.program(ruleset)):
            assert one[0][0] == ""
            assert all(first < later for (first, _), (later, _) in pairwise(one))


def test_a_program_says_nothing_that_is_read_by_people(loaded: dict[Path, RuleSet]) -> None:
    """No texts, titles, sources, names or penalties: it is data for deciding, and small."""
    text = program.written(program.program(loaded[PORTING]))
    for words in ("undesirable organization", "http", "RFE/RL", "Ministry", "fine", "quote"):
        assert words not in text
    assert len(text.encode()) < 25_000 + 800 * len(loaded[PORTING].notices)


def test_an_unknown_publisher_and_fact_and_time_are_refused_by_the_port() -> None:
    script = f"""
      import {{ readFileSync }} from "node:fs";
      import {{ load, examine }} from {json.dumps(ENGINE.as_uri())};
      const program = JSON.parse(readFileSync({json.dumps(str(PORTING / "program.json"))}));
      const rules = load(program), on = "2026-11-23";
      const tried = (what) => {{
        try {{ what(); return "answered"; }} catch (error) {{ return error.constructor.name; }}
      }};
      console.log(JSON.stringify([
        tried(() => examine(rules, {{ publisher: "nobody", on }})),
        tried(() => examine(rules, {{ publisher: "toString", on }})),
        tried(() => examine(rules, {{ publisher: "rferl", on, reader: {{ citizenhip: ["RU"] }} }})),
        tried(() => examine(rules, {{ publisher: "rferl" }})),
        tried(() => examine(rules, {{ publisher: "rferl", instant: "2026-11-23T12:00:00" }})),
        tried(() => load({{ ...program, format: 3 }})),
        tried(() => examine(rules, {{ publisher: "rferl", on, act: "toString" }})),
        tried(() => examine(rules, {{ publisher: "rferl", instant: new Date("2026-11-23T12:00:00Z"), reader: null }})),
      ]));
    """
    assert node(given=script, runner="--input-type=module") == [
        ["RangeError", "RangeError", "TypeError", "TypeError", "TypeError", "TypeError", "answered", "answered"]
    ]
