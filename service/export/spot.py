"""Spot: where a reader may be, as far as any rule can tell: one or several place classes.

The spots of a rule set are few, and those that one publisher's notices tell apart, its *groups*, are fewer still.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from ..answer.address import place
from ..law.cases import Cases, Period, Places, named_places, questions
from ..law.notice import Notice
from ..law.place import TWINS, UNKNOWN

Spot = frozenset[str]
"""Places that speak for their classes."""

ELSEWHERE = "elsewhere"
"""How the class is called in which no law is."""


class Map:
    """The place classes that rules tell apart in some periods."""

    def __init__(self, cases: Cases, periods: Collection[Period], notices: Iterable[Notice]) -> None:
        names = named_places(leaf for notice in notices for leaf in questions(notice))
        ruleset = cases.ruleset
        days = sorted({day for period in periods for day in _days(cases, period)})
        self.places: Places = cases.atlas.places([(ruleset.ground(day), names) for day in days])

    def of(self, candidates: Collection[str]) -> Spot:
        """The classes in which some places are."""
        return self.places.of(candidates)

    def name(self, spot: Spot) -> str:
        """The name of a spot, of letters, digits, `-` and `+`."""
        return "+".join(sorted(map(self._called, spot)))

    def speakers(self, name: str) -> Spot:
        """The places that speak for the classes of a spot, by its name."""
        return frozenset(self.places.elsewhere if part == ELSEWHERE else part for part in name.split("+"))

    def _called(self, speaker: str) -> str:
        return ELSEWHERE if speaker == self.places.elsewhere and speaker != UNKNOWN else speaker


def codes(map: Map) -> Mapping[str, str]:
    """Code, also one of those that are another's twin → the name of its spot."""
    gazetteer = map.places.gazetteer
    return {code: map.name(map.of([TWINS.get(code, code)])) for code in sorted({*gazetteer.parents, *TWINS})}


def held(name: str) -> str:
    """The name of the spot that a territory is; which places it holds may differ from period to period."""
    return f"@{name}"


def territories(cases: Cases, period: Period) -> Mapping[str, Collection[str]]:
    """The spots of all territories → the places that one may be in of whom no more is known."""
    ruleset = cases.ruleset
    return {held(name): place(name, ruleset, period.moment).candidates for name in sorted(ruleset.territories)}


def _days(cases: Cases, period: Period) -> Collection[date]:
    return cases.ruleset.history.dates(period.moment)
