"""The engine in JavaScript and that in Python say the same of laws and readers that no file has."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.law.condition import AllOf, AnyOf, CitizenOf, Condition, Not, Occupation, Possibly
from service.law.examination import Visit
from service.law.moment import Moment
from service.law.place import Gazetteer
from service.law.reader import Reader

from ..law import laws, strategies
from .port import Question, disagreements


def test_near_misses_of_ten_laws_are_told_the_same() -> None:
    asked = [Question(laws.RULESET, visit) for _, *visits in laws.sample(Random(20261123), 800) for visit in visits]
    verdicts = Counter(said[1] for question in asked for said in question.expected())
    assert min(verdicts.values()) > 500, verdicts
    assert list(disagreements(asked)) == []


def test_invented_laws_of_every_shape_are_told_the_same() -> None:
    """On a date alone and at an instant, which may be two or three dates."""
    asked: list[Question] = []

    @settings(max_examples=200, database=None)
    @given(strategies.countries(), strategies.visits(), st.integers(-80, 80))
    def draw(country: strategies.Country, visit: Visit, hours: int) -> None:
        at = datetime.combine(strategies.DAY, datetime.min.time(), UTC) + timedelta(hours=hours)
        asked.append(Question(country.ruleset, visit))
        asked.append(Question(country.ruleset, replace(visit, moment=Moment.at(at)), at.isoformat()))

    draw()
    assert len(asked) >= 400
    assert list(disagreements(asked)) == []


def test_acts_order_a_page_alike() -> None:
    asked = [
        Question(laws.RULESET, Visit(publisher, Moment.on(day), Reader(frozenset(places)), act=act))
        for publisher in laws.RULESET.publishers
        for day in laws.DAYS
        for places in ([], ["RU"], ["CN", "HK"])
        for act in ("", "share", "donate", "read")
    ]
    assert list(disagreements(asked)) == []


NATIONS = tuple(f"{first}{second}" for first in "ABCDE" for second in "ABCDE")
WIDE = Gazetteer(dict.fromkeys(NATIONS, ""))


def nations(count: int) -> AllOf:
    """A law that tells two to that power of nationalities apart."""
    return AllOf(
        of=tuple(AnyOf(of=(CitizenOf(names=(name,)), Not(of=CitizenOf(names=(name,))))) for name in NATIONS[:count])
    )


TOO_WIDE: dict[str, tuple[Condition, str]] = {
    "one fact, just not too many": (nations(12), "applies"),
    "one fact, too many": (nations(17), "may_apply"),
    "two facts, too many only together": (
        AllOf(of=(nations(8), *(Possibly(of=Occupation(names=(f"trade-{number}",))) for number in range(5)))),
        "may_apply",
    ),
    "too many, and certain all the same": (
        AnyOf(of=(Not(of=AllOf(of=(nations(17), AnyOf(of=())))), nations(17))),
        "applies",
    ),
}


@pytest.mark.parametrize("law", TOO_WIDE)
def test_a_law_that_tells_too_many_worlds_apart_is_answered_with_the_same_caution(law: str) -> None:
    tree, verdict = TOO_WIDE[law]
    country = strategies.plain_country(tree)
    ruleset = replace(country.ruleset, gazetteer=WIDE)
    asked = [
        Question(ruleset, Visit("us", Moment.on(strategies.DAY), reader))
        for reader in (Reader(), Reader(frozenset({"AA"}), stateless=True))
    ]
    assert asked[0].expected()[0][1] == verdict
    assert list(disagreements(asked)) == []
