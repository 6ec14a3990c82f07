"""Table: what is chosen on the device is what the engine would have said, for every place and every clock."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from service.device import table
from service.device.zone import zones
from service.law.cases import Cases
from service.law.examination import Examination, Visit, examine
from service.law.moment import Moment
from service.law.place import TWINS, UNKNOWN
from service.law.publisher import Publisher
from service.law.reader import Reader
from service.law.verdict import Shown, Verdict
from service.page.grade import Grade
from service.page.risk import gates
from service.rulebook import load

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
RULES = load(ROOT / "tests/seed").ruleset
assert RULES is not None
CASES = Cases(RULES)
SHIPPED = [(publisher, language) for publisher in RULES.publishers.values() for language in publisher.languages]
EVERY_PLACE = [*RULES.gazetteer.parents, *TWINS, UNKNOWN]

PARTITION = CASES.places(Moment.at(NOW))
KINDS = {place: PARTITION.of([TWINS.get(place, place)]) for place in EVERY_PLACE}

Table = dict[str, Any]


@cache
def text(publisher: str, language: str = "en", instant: datetime = NOW) -> str:
    return table.written(CASES, RULES.publishers[publisher], language, Grade.SOURCED, instant)


@cache
def written(publisher: str, language: str = "en", instant: datetime = NOW) -> Table:
    found: Table = json.loads(text(publisher, language, instant))
    return found


@pytest.fixture(scope="module", params=SHIPPED, ids=lambda pair: f"{pair[0].id}-{pair[1]}")
def shipped(request: pytest.FixtureRequest) -> tuple[Publisher, str, Table]:
    """Every table that ships."""
    publisher, language = request.param
    return publisher, language, written(publisher.id, language)


def class_of(found: Table, place: str) -> int:
    """As the element does it."""
    code = place.strip().upper()
    country = code.partition("-")[0]
    if f" {country} " not in f" {found['countries']} " or not country:
        return 0
    return int(found["classes"].get(code, found["classes"].get(country, 1)))


def clock_of(found: Table, zone: str) -> int:
    """As the element does it."""
    return next((at for at, names in enumerate(found["zones"]) if zone in names.split()), 0)


def answer(found: Table, place: str, zone: str) -> Table:
    """As the element does it."""
    chosen: Table = found["answers"][found["cases"][class_of(found, place)][clock_of(found, zone)]]
    return chosen


def examined(publisher: Publisher, language: str, *candidates: str) -> Examination:
    return of_classes(publisher.id, language, frozenset().union(*(KINDS[code] for code in candidates)))


@cache
def of_classes(publisher: str, language: str, places: frozenset[str]) -> Examination:
    return examine(RULES, Visit(publisher, Moment.at(NOW), Reader(places), language))


def says(found: Table, examination: Examination) -> list[list[str]]:
    said = {finding.notice.id: [finding.verdict.value, finding.shown.value] for finding in examination.findings}
    return [said[id] for id in found["notices"]]


def speakers(found: Table) -> dict[int, str]:
    """A place of every class."""
    return {class_of(found, place): place for place in reversed(EVERY_PLACE)}


def clocks(found: Table) -> list[str]:
    """A zone of every group, the first of none."""
    return ["Etc/UTC", *(names.split()[0] for names in found["zones"][1:])]


def counted(found: Table, zone: str) -> frozenset[str]:
    """The places of a zone that the table tells from elsewhere."""
    return frozenset(code for code in zones().get(zone, ()) if class_of(found, code) > 1)


def merged(one: list[str], other: list[str]) -> list[str]:
    """The rule: the verdict on which both agree, else `may_apply`; the louder of what is shown."""
    verdict = one[0] if one[0] == other[0] else Verdict.MAY_APPLY.value
    return [verdict, max(one[1], other[1], key=lambda shown: Shown(shown).loudness)]


def test_every_place_is_told_what_the_engine_says_of_it(shipped: tuple[Publisher, str, Table]) -> None:
    publisher, language, found = shipped
    told = {kind: says(found, of_classes(publisher.id, language, kind)) for kind in set(KINDS.values())}
    for place, kind in KINDS.items():
        assert answer(found, place, "Etc/UTC")["says"] == told[kind], place


@pytest.mark.parametrize(
    "place", ["", "any", "unknown", "XX", "T1", "ZZ", "**", "?", "reserved", "EU", "UK", "RUS", "-"]
)
def test_what_is_no_country_is_a_place_that_is_not_known(place: str) -> None:
    found = written("rferl")
    assert class_of(found, place) == 0
    assert answer(found, place, "")["says"] == says(found, examined(RULES.publishers["rferl"], "en", UNKNOWN))


@pytest.mark.parametrize(
    ("odd", "plain"),
    [("ru", "RU"), (" Ru ", "RU"), ("RU-XYZ", "RU"), ("ua-43", "UA-43"), ("UA-99", "UA"), ("DE-XX", "DE")],
)
def test_a_code_in_another_spelling_is_that_code_and_an_unassigned_part_its_country(odd: str, plain: str) -> None:
    found = written("rferl")
    assert class_of(found, odd) == class_of(found, plain)


def test_a_place_with_two_codes_is_one_place() -> None:
    found = written("nathan-law")
    assert class_of(found, "CN-HK") == class_of(found, "HK") != class_of(found, "CN")


def test_the_clock_and_the_edge_together_are_the_engine_on_both_places(shipped: tuple[Publisher, str, Table]) -> None:
    publisher, language, found = shipped
    for (number, place), zone in product(speakers(found).items(), clocks(found)):
        if number == 0:
            continue
        both = examined(publisher, language, place, *counted(found, zone))
        assert answer(found, place, zone)["says"] == says(found, both), (place, zone)
        assert answer(found, place, zone)["acts"] == named(gates(both.findings, somewhere=True)), (place, zone)


def test_the_engine_on_two_places_is_the_rule_that_merges_their_answers(shipped: tuple[Publisher, str, Table]) -> None:
    publisher, language, found = shipped
    places = [place for number, place in speakers(found).items() if number]
    for one, other in product(places, places):
        apart = [says(found, examined(publisher, language, place)) for place in (one, other)]
        assert says(found, examined(publisher, language, one, other)) == [*map(merged, *apart)], (one, other)


def test_where_only_the_clock_speaks_nothing_is_quieter_than_for_everyone_or_for_the_clock_s_place(
    shipped: tuple[Publisher, str, Table],
) -> None:
    publisher, language, found = shipped
    everyone = answer(found, "", "Etc/UTC")
    for zone in clocks(found)[1:]:
        there = says(found, examined(publisher, language, *counted(found, zone)))
        chosen = answer(found, "", zone)
        assert chosen["says"] == [*map(merged, everyone["says"], there)], zone
        sure = named(gates(examined(publisher, language, *counted(found, zone)).findings, somewhere=True))
        for control, level in {**everyone["acts"], **sure}.items():
            assert chosen["acts"][control] in {level, "confirm"}, (zone, control)


def test_a_clock_never_makes_a_notice_quieter(shipped: tuple[Publisher, str, Table]) -> None:
    _, _, found = shipped
    for place, zone in product(speakers(found).values(), clocks(found)):
        before, after = answer(found, place, "Etc/UTC"), answer(found, place, zone)
        for (_, was), (_, now) in zip(before["says"], after["says"], strict=True):
            assert Shown(now).loudness >= Shown(was).loudness, (place, zone)
        for control, level in before["acts"].items():
            assert after["acts"].get(control) in {level, "confirm"}, (place, zone, control)


@pytest.mark.parametrize("zone", ["Europe/Moscow", "W-SU", "Asia/Vladivostok", "Europe/Simferopol", "Europe/Volgograd"])
def test_a_clock_of_russia_or_crimea_behind_a_german_address_is_warned_in_full(zone: str) -> None:
    found = written("rferl")
    at = found["notices"].index("ru/undesirable-organization")
    assert answer(found, "DE", "Europe/Berlin")["says"][at] == ["may_apply", "folded"]
    assert answer(found, "DE", zone)["says"][at] == ["may_apply", "full"]
    assert answer(found, "DE", zone)["acts"]["share"] == "confirm"


def test_a_place_that_is_not_known_never_asks_for_more_than_to_inform() -> None:
    for publisher, language in SHIPPED:
        acts = answer(written(publisher.id, language), "", "Etc/UTC")["acts"]
        assert set(acts.values()) == {"inform"}, publisher.id
        assert set(acts) == {"share", "comment", "like", "subscribe", "donate"}


def test_every_table_that_ships_is_within_its_budget(shipped: tuple[Publisher, str, Table]) -> None:
    publisher, language, _ = shipped
    assert table.compressed(text(publisher.id, language)) <= table.BUDGET <= 16 * 1024


def test_a_table_over_its_budget_is_not_built(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "BUDGET", 1000)
    with pytest.raises(table.TooLarge, match="rferl in en"):
        table.written(CASES, RULES.publishers["rferl"], "en", Grade.SOURCED, NOW)


def test_a_table_is_the_same_bytes_for_the_whole_of_its_period() -> None:
    period = CASES.period(NOW)
    assert period.end is not None
    first = table.written(CASES, RULES.publishers["rferl"], "en", Grade.SOURCED, NOW)
    last = table.written(CASES, RULES.publishers["rferl"], "en", Grade.SOURCED, period.end - timedelta(seconds=1))
    assert first == last
    assert json.loads(first)["until"] == period.end.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert json.loads(first)["ruleset"] == RULES.fingerprint


def test_in_every_period_of_the_rules_each_place_is_told_what_the_engine_says() -> None:
    publisher = RULES.publishers["rferl"]
    for period in CASES.periods:
        instant = period.start or (period.end or NOW) - timedelta(days=1)
        found = written("rferl", "ru", instant)
        for place in ("RU", "UA-43", "UA", "UA-14", "BY", "DE", UNKNOWN):
            visit = Visit(publisher.id, Moment.at(instant), Reader(frozenset({place})), "ru")
            assert answer(found, place, "")["says"] == says(found, examine(RULES, visit)), (instant, place)


def test_a_label_that_the_publisher_does_not_carry_is_not_in_its_table() -> None:
    assert not any("foreign-agent-label" in notice for notice in written("rferl")["notices"])


def named(found: dict[str, Any]) -> dict[str, str]:
    return {control: gate.value for control, gate in found.items()}
