"""Schema: the files that editors read are the vocabulary, and refuse nothing that the service accepts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from service.rulebook import read, schema
from service.rulebook.problem import Mistake
from service.rulebook.scalar import SCALARS
from service.rulebook.shape import Choice, Of, Open, Shape
from service.rulebook.vocabulary import FOLDERS, FORMS

ROOT = Path(__file__).parents[2]
RULES = ROOT / "rules"
MISTAKES = ROOT / "tests" / "mistakes"
FILES = sorted(path for folder in (RULES, MISTAKES / "good") for path in folder.rglob("*.yaml"))
DRAWN = schema.schemas()

SEEN_BY_AN_EDITOR = [
    "blank-expect",
    "condition-as-a-list",
    "condition-without-a-question",
    "date-with-points",
    "empty-any-of",
    "flag-as-true",
    "missing-key",
    "missing-standing",
    "no-source-for-a-dated-case",
    "no-source-for-a-penalty",
    "region-by-name",
    "term-without-unit",
    "two-conditions-in-one-map",
    "unknown-act",
    "unknown-country",
    "unknown-key",
    "unknown-key-for-a-missing-one",
    "unknown-penalty",
    "yes-as-true",
]


class Editor(yaml.SafeLoader):
    """YAML 1.2 as editors read it: `NO`, `yes` and a date are texts, `18` and `2021` are numbers."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - PyYAML's own way to say it


for tag, pattern, first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", "-+.0123456789"),
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
):
    Editor.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), list(first))


def as_an_editor_reads(text: str) -> object:
    return yaml.load(text, Loader=Editor)


def kind_of(path: str) -> str:
    return FOLDERS[path.partition("/")[0]]


def name_of(path: Path) -> str:
    return path.relative_to(RULES if path.is_relative_to(RULES) else MISTAKES / "good").as_posix()


def refusals(kind: str, text: str) -> list[str]:
    return [error.message for error in Draft7Validator(DRAWN[kind]).iter_errors(as_an_editor_reads(text))]


def maps(node: object) -> Iterator[dict[str, Any]]:
    """Every map within a schema."""
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from maps(value)
    elif isinstance(node, list):
        for item in node:
            yield from maps(item)


def test_an_editor_reads_no_word_and_no_date_as_anything_but_text() -> None:
    read_so = as_an_editor_reads("[NO, yes, on, 2026-06-03, 2026-06, 2021, 18, 0.5, true, null, 'no']")
    assert read_so == ["NO", "yes", "on", "2026-06-03", "2026-06", 2021, 18, 0.5, True, None, "no"]


@pytest.mark.parametrize("kind", DRAWN)
def test_the_files_that_ship_are_the_ones_that_the_vocabulary_gives(kind: str) -> None:
    said = (RULES / "schema" / f"{kind}.json").read_text(encoding="utf-8")
    assert said == schema.written(DRAWN[kind]), "run make schema"


def test_there_is_one_schema_for_each_folder_and_no_other_file_beside_them(tmp_path: Path) -> None:
    schema.write(tmp_path / "schema")
    expected = {f"{kind}.json" for kind in FOLDERS.values()}
    assert {path.name for path in (tmp_path / "schema").iterdir()} == expected
    assert {path.name for path in (RULES / "schema").iterdir()} == expected


@pytest.mark.parametrize("kind", DRAWN)
def test_a_schema_is_valid_draft_07_and_refers_only_to_what_it_has(kind: str) -> None:
    Draft7Validator.check_schema(DRAWN[kind])
    assert DRAWN[kind]["$schema"] == schema.DRAFT
    named = {one["$ref"] for one in maps(DRAWN[kind]) if "$ref" in one}
    assert named == {f"#/definitions/{name}" for name in DRAWN[kind]["definitions"]}
    assert [one for one in maps(DRAWN[kind]) if "$ref" in one and len(one) > 1] == []


def forms_in(kind: str) -> dict[str, dict[str, Any]]:
    """The closed maps of a kind of file, by their name in the vocabulary."""
    names = {name.replace(" ", "-"): name for name in FORMS}
    within = {names[name]: one for name, one in DRAWN[kind]["definitions"].items() if name in names}
    return within | {kind: DRAWN[kind]}


def test_every_key_of_the_vocabulary_is_completed_and_says_what_it_is_for() -> None:
    for kind in DRAWN:
        for name, one in forms_in(kind).items():
            assert list(one["properties"]) == list(FORMS[name].keys)
            assert one["additionalProperties"] is False
            for key, known in FORMS[name].keys.items():
                assert known.about
                assert one["properties"][key]["description"].startswith(known.about), (name, key)


def test_every_closed_map_of_the_vocabulary_stands_in_some_schema() -> None:
    assert {name for kind in DRAWN for name in forms_in(kind)} == set(FORMS)


def closed_lists(shape: Shape) -> Iterator[tuple[str, ...]]:
    """The closed lists within a value that are written in it and not in a map of its own."""
    if isinstance(shape, Choice):
        yield shape.options
    elif not isinstance(shape, Of):
        parts = ("key", "value") if isinstance(shape, Open) else ("item", "text", "row", "map")
        for part in parts:
            if isinstance(inner := getattr(shape, part, None), Shape):
                yield from closed_lists(inner)


def test_every_word_of_a_closed_list_is_offered() -> None:
    seen = 0
    for kind in DRAWN:
        for name, one in forms_in(kind).items():
            for key, known in FORMS[name].keys.items():
                offered = {word for part in maps(one["properties"][key]) for word in part.get("enum", ())}
                offered |= {word for part in maps(one["properties"][key]) for word in part.get("properties", ())}
                for options in closed_lists(known.shape):
                    assert set(options) <= offered, (name, key)
                    seen += 1
    assert seen > 25


def test_every_country_is_offered_with_its_name() -> None:
    country = DRAWN["notice"]["definitions"]["country"]
    called = dict(zip(country["enum"], country["enumDescriptions"], strict=True))
    assert len(called) > 240
    assert (called["NO"], called["KG"], called["XK"]) == ("Norway", "Kyrgyzstan", "Kosovo")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_file_that_ships_is_what_its_schema_asks_for(path: Path) -> None:
    assert refusals(kind_of(name_of(path)), path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("name", SEEN_BY_AN_EDITOR)
def test_a_mistake_in_a_key_or_a_closed_list_is_seen_by_an_editor_as_well(name: str) -> None:
    text = (MISTAKES / f"{name}.yaml").read_text(encoding="utf-8")
    kind = kind_of(text.partition("\n")[0].removeprefix("# "))
    assert refusals(kind, text) != []


def test_an_editor_refuses_nothing_that_only_warns() -> None:
    warned = 0
    for path in MISTAKES.glob("*.txt"):
        if path.read_text(encoding="utf-8").startswith("warning: "):
            text = path.with_suffix(".yaml").read_text(encoding="utf-8")
            assert refusals(kind_of(text.partition("\n")[0].removeprefix("# ")), text) == [], path.stem
            warned += 1
    assert warned > 3


WRITTEN = """
yes no 0 1 17 18 007 0.5 5000 5000.25 2018 2021-03 2026-06-03 1799 2200 2026-6-3 2026-13 2026-02-30 1e3 0x1F 1_000
RU NO ru UA-43 FR-IDF CN-HK XK EU unknown other any russia-controlled ru/federal-list Latn sr-Latn pt-BR en-US de-at
"30 days" "1 year" "15 day" "2 weeks" "6 hours" days "3 fortnights" "60 seconds" RUB BYN rub https://example.org http://example.org
https://user@example.org human-reviewed Human a--b -a a/ "a text" "18" "2021" "" " and "
"90 days before" "1 day after" "election day" "day before" Asia/Seoul Asia/Soul Europe
"""


@pytest.mark.parametrize("type", SCALARS)
def test_no_value_is_refused_by_an_editor_that_the_service_reads(type: str) -> None:
    shape = schema.Scalar(type)
    drawn: dict[str, Any] = {}
    value = schema._value(shape, drawn)
    asked = Draft7Validator({**value, "definitions": drawn})
    taken = 0
    for word in re.findall(r'"[^"]*"|\S+', WRITTEN):
        if not isinstance(SCALARS[type](word.strip('"')), Mistake):
            assert asked.is_valid(as_an_editor_reads(word)), word
            taken += 1
    assert taken


def test_the_settings_of_the_repository_send_every_rule_to_its_schema() -> None:
    settings = json.loads((ROOT / ".vscode" / "settings.json").read_text(encoding="utf-8"))
    sent = {name: kind for kind, where in settings["yaml.schemas"].items() for name in ROOT.glob(where)}
    for path in RULES.rglob("*.yaml"):
        assert sent[path] == f"./rules/schema/{kind_of(name_of(path))}.json"


def test_the_schemas_are_no_rules() -> None:
    files = {path.relative_to(RULES).as_posix(): path.read_bytes() for path in RULES.rglob("*") if path.is_file()}
    assert any(path.startswith("schema/") for path in files)
    assert read(files).errors == ()
