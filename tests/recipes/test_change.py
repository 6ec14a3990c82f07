"""Change: when the law changes, every page says so within the life that its copy was given.

`MEASURE=1 pytest tests/recipes/test_change.py` waits until the last copy is gone and writes the table of the recipes.
"""

from __future__ import annotations

import os
import re

import pytest

from .change import Sight, watch
from .printed import RECIPES

TABLE = RECIPES / "README.md"
HEADS = "| Cache | Takes the life from | Told, s | Copy used for, s | New text, s after the change |"
HEADERS = {
    "nginx": "`CDN-Cache-Control`",
    "Varnish": "`Surrogate-Control`",
    "Python": "`CDN-Cache-Control`",
    "PHP": "`CDN-Cache-Control`",
    "nginx, untouched": "`Cache-Control`, which forbids it",
    "Varnish, untouched": "its own `default_ttl` and `default_grace`",
}
RECIPE = ("nginx", "Varnish", "Python", "PHP")
MEASURES = bool(os.environ.get("MEASURE"))
SECOND = 1.1
"""nginx counts in whole seconds; and this machine has other things to do."""


@pytest.fixture(scope="module")
def sights(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Sight]:
    found = watch(tmp_path_factory.mktemp("change"), 140.0 if MEASURES else 2.5)
    if MEASURES:
        rows = [HEADS, "|---|---|---:|---:|---:|"]
        for name, sight in found.items():
            kept = f"{sight.kept:.1f}" if sight.lost_old else "none kept"
            printed = "as printed" if name in ("nginx", "Varnish") else "helper" if name in RECIPE else ""
            title = f"{name}, {printed}" if printed == "as printed" else f"{name} {printed}".strip()
            rows.append(f"| {title} | {HEADERS[name]} | {sight.told} | {kept} | {sight.new[0]:.1f} |")
        text = TABLE.read_text(encoding="utf-8")
        begin, end = text.index(HEADS), re.search(r"\n(?!\|)", text[text.index(HEADS) :])
        assert end is not None
        TABLE.write_text(text[:begin] + "\n".join(rows) + text[begin + end.start() :], encoding="utf-8")
    return found


def rows() -> dict[str, tuple[str, ...]]:
    """The printed table, by the name of the cache."""
    lines = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    cells = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines[lines.index(HEADS) + 1 :]]
    return {re.sub(r", as printed| helper", "", first): rest for first, *rest in cells}  # type: ignore[misc]


@pytest.mark.parametrize("name", RECIPE)
def test_the_new_text_stands_in_the_page_as_soon_as_the_law_has_changed(sights: dict[str, Sight], name: str) -> None:
    sight = sights[name]
    assert sight.old, "it was watched before the change"
    assert max(sight.old) < SECOND
    assert -0.05 < sight.new[0] < SECOND


@pytest.mark.parametrize("name", RECIPE)
def test_a_copy_never_outlives_a_change_that_adds_a_risk(sights: dict[str, Sight], name: str) -> None:
    sight = sights[name]
    assert max(sight.lost_old) < SECOND
    assert any(when > SECOND for when in sight.lost_baked)


@pytest.mark.parametrize("name", RECIPE)
def test_a_copy_is_used_for_the_life_that_it_was_given(sights: dict[str, Sight], name: str) -> None:
    sight = sights[name]
    # A cache counts whole seconds, and the age with which it got the copy as well.
    assert sight.told - 1.5 < sight.kept < sight.told + SECOND


def test_nginx_as_it_comes_keeps_nothing(sights: dict[str, Sight]) -> None:
    sight = sights["nginx, untouched"]
    assert sight.lost_old == []
    assert -0.05 < sight.new[0] < SECOND


def test_varnish_as_it_comes_goes_on_saying_what_was_the_law(sights: dict[str, Sight]) -> None:
    sight = sights["Varnish, untouched"]
    assert re.search(r"RFC 120 10 0 .* cacheable", sight.lives)
    assert max(sight.old) > 2
    assert max(sight.lost_old) > 2


def test_the_printed_table_says_what_is_measured(sights: dict[str, Sight]) -> None:
    printed = rows()
    assert list(printed) == list(sights)
    for name, (header, told, kept, new) in printed.items():
        assert header == HEADERS[name]
        if name == "Varnish, untouched":
            assert float(kept) == pytest.approx(120 + 10, abs=2), "its life and its grace"
            assert float(new) == pytest.approx(120 - int(told), abs=3)
        elif name == "nginx, untouched":
            assert kept == "none kept"
            assert float(new) == pytest.approx(sights[name].new[0], abs=SECOND)
        else:
            over = sights[name].kept - sights[name].told
            assert float(kept) - int(told) == pytest.approx(over, abs=SECOND)
            assert float(new) == pytest.approx(sights[name].new[0], abs=SECOND)
