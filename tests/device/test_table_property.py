"""Table: over random laws of a small world, each place and each clock finds the engine's own answer in it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.device import table
from service.law.cases import Cases
from service.law.examination import Visit, examine
from service.law.moment import Moment
from service.law.place import UNKNOWN
from service.law.reader import Reader
from service.law.verdict import Shown
from service.page.grade import Grade

from ..law.strategies import CANDIDATES, GAZETTEER, Country, countries, times
from .test_table import Table, answer, class_of, merged, says

INSTANT = datetime(2026, 6, 15, 12, tzinfo=UTC)
CLOCKS = {
    "Of/A": frozenset({"A"}),
    "Of/A-1": frozenset({"A-1"}),
    "Of/A-1X": frozenset({"A-1X"}),
    "Of/Two": frozenset({"A-2", "B-1"}),
    "Of/C": frozenset({"C"}),
}


@pytest.fixture(autouse=True, scope="module")
def _clocks() -> object:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(table, "zones", lambda: CLOCKS)
        yield


@times(0.7)
@given(countries(), st.sampled_from(["", "en", "ru"]))
def test_every_place_and_every_clock_finds_what_the_engine_says(country: Country, language: str) -> None:
    cases = Cases(country.ruleset)
    found: Table = json.loads(table.written(cases, country.us, language, Grade.SOURCED, INSTANT))

    def told(*places: str) -> list[list[str]]:
        normal = frozenset(map(GAZETTEER.normal, places))
        visit = Visit("us", Moment.at(INSTANT), Reader(normal), language or None)
        return says(found, examine(country.ruleset, visit))

    for place, (zone, named) in product(CANDIDATES, [("Etc/UTC", frozenset[str]()), *CLOCKS.items()]):
        counted = [code for code in named if class_of(found, code) > 1]
        chosen = answer(found, place.upper() if place != UNKNOWN else "", zone)["says"]
        if place != UNKNOWN or not counted:
            assert chosen == told(place, *counted), (place, zone)
        else:
            assert chosen == [*map(merged, told(UNKNOWN), told(*counted))], zone
        for (_, was), (_, now) in zip(told(place), chosen, strict=True):
            assert Shown(now).loudness >= Shown(was).loudness
