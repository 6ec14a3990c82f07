"""The partition: complete, without repeats, and every reader is told what their case is told."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from service.law.act import Basis
from service.law.cases import OTHER_LANGUAGE, Cases
from service.law.condition import AllOf, AnyOf, CitizenOf, LocatedIn, Not, PageLanguage, Possibly, ResidentOf, Stateless
from service.law.examination import Examination, Visit, examine
from service.law.moment import Moment
from service.law.notice import Concern, Kind, Notice
from service.law.place import UNKNOWN, Gazetteer
from service.law.publisher import Publisher
from service.law.reader import Reader
from service.law.ruleset import RuleSet
from service.law.standing import PartialDate, State, Step, between, standing
from service.law.territory import Holding, Territory

TODAY = Moment.on(date(2026, 11, 23))

GAZETTEER = Gazetteer(
    {"RU": "", "RU-MOW": "RU", "UA": "", "UA-43": "UA", "UA-14": "UA", "UA-30": "UA", "DE": "", "DE-BE": "DE", "KZ": ""}
)

HELD = Territory(
    "held",
    "Held",
    wholly=(Holding("RU"), Holding("UA-43", between(PartialDate(2014, 3), None))),
    partly=(Holding("UA-14", between(PartialDate(2022, 2), None)),),
)


def notice(id: str, tree: AllOf | AnyOf, unsure: PageLanguage | None = None) -> Notice:
    return Notice(
        id,
        {"en": id},
        Kind.READER_RISK,
        Basis.STATUTE,
        Concern(),
        tree,
        standing([Step(PartialDate(2015, 5, 23), State.IN_FORCE), Step(PartialDate(2027, 1, 1), State.IN_DOUBT)]),
        unsure,
    )


RULES = RuleSet(
    {
        found.id: found
        for found in (
            notice(
                "ru/one",
                AnyOf(
                    (
                        AllOf((LocatedIn(names=("held",)), CitizenOf(names=("RU", "KZ")))),
                        Possibly(AllOf((Stateless(), ResidentOf(names=("held",))))),
                        CitizenOf(names=("RU",), standing=between(PartialDate(2022, 7, 14), None)),
                    )
                ),
                PageLanguage(names=("ru", "tt")),
            ),
            notice("de/two", AllOf((LocatedIn(names=("DE",)), Not(LocatedIn(names=("DE-BE",)))))),
        )
    },
    {},
    {"held": HELD},
    {"site": Publisher("site", {"en": "Site"})},
    {},
    gazetteer=GAZETTEER,
).linked()

CASES = Cases(RULES)


def said(examination: Examination) -> list[tuple[object, ...]]:
    return [(found.notice.id, found.verdict, found.shown, found.doubts) for found in examination.findings]


def test_every_code_and_unknown_lies_in_exactly_one_place_class() -> None:
    members = Counter(place for kind in CASES.places(TODAY).classes for place in kind.members)
    assert set(members) == {*GAZETTEER.parents, UNKNOWN}
    assert set(members.values()) == {1}


def test_places_that_rules_tell_apart_lie_in_different_classes() -> None:
    classes = {place: kind.place for kind in CASES.places(TODAY).classes for place in kind.members}
    assert classes["RU-MOW"] == classes["RU"] == classes["UA-43"]
    assert len({classes[place] for place in ("RU", "UA-14", "UA-30", "DE", "DE-BE", UNKNOWN)}) == 6
    assert classes["UA-30"] == classes["KZ"]


def test_a_code_that_is_not_assigned_is_its_country_or_unknown_and_so_is_no_candidate() -> None:
    places = CASES.places(TODAY)
    assert places.of(["ZZ"]) == places.of([]) == {UNKNOWN}
    assert places.of(["RU-ZZZ"]) == places.of(["RU"])
    for code in ("ZZ", "RU-ZZZ", "UA-99"):
        visits = [Visit("site", TODAY, Reader(found)) for found in (frozenset({code}), places.of([code]))]
        assert said(examine(RULES, visits[0])) == said(examine(RULES, visits[1]))


def test_candidates_and_their_classes_are_told_the_same() -> None:
    chance = random.Random(20261123)
    codes = [*GAZETTEER.parents, UNKNOWN]
    for _ in range(400):
        candidates = frozenset(chance.sample(codes, chance.randint(0, 3)))
        moment = Moment.at(datetime(2014, 2, 1, tzinfo=UTC) + timedelta(hours=chance.randrange(120_000)))
        reader = Reader(candidates, frozenset(chance.sample(["RU", "DE"], chance.randint(0, 1))))
        classed = Reader(CASES.places(moment).of(candidates), reader.citizen_of)
        language = chance.choice([None, "ru", "en"])
        assert said(examine(RULES, Visit("site", moment, reader, language))) == said(
            examine(RULES, Visit("site", moment, classed, language))
        )


def test_every_reader_is_told_what_their_case_is_told() -> None:
    one = RULES.notices["ru/one"]
    told = {
        (
            visit.reader.located_in,
            visit.page_language,
            visit.reader.citizenship("RU"),
            visit.reader.citizenship("KZ"),
            visit.reader.statelessness,
            visit.reader.resident_of,
        ): said(examine(RULES, visit))
        for visit in CASES.walk(one, RULES.publishers["site"], TODAY)
    }
    chance, places = random.Random(7), CASES.places(TODAY)
    for _ in range(600):
        home = chance.choice([None, *GAZETTEER.parents])
        reader = Reader(
            frozenset({chance.choice([*GAZETTEER.parents, UNKNOWN])}),
            frozenset(chance.sample(["RU", "KZ", "DE"], chance.randint(0, 2))),
            frozenset(chance.sample(["RU", "other"], chance.randint(0, 1))),
            chance.choice([None, None, True, False]),
            home,
        )
        language = chance.choice([None, "ru", "tt", "de"])
        case = (
            places.of(reader.located_in),
            None if language is None else "ru" if language in ("ru", "tt") else OTHER_LANGUAGE,
            reader.citizenship("RU"),
            reader.citizenship("KZ"),
            reader.statelessness,
            None if home is None else min(places.of({home})),
        )
        assert said(examine(RULES, Visit("site", TODAY, reader, language))) == told[case]


def test_walking_meets_no_case_twice() -> None:
    met = Counter(CASES.walk(RULES.notices["ru/one"], RULES.publishers["site"], TODAY))
    assert len(met) > 300
    assert set(met.values()) == {1}


def test_the_periods_are_all_of_time_without_a_gap() -> None:
    periods = CASES.periods
    assert periods[0].start is None
    assert periods[-1].end is None
    assert all(before.end == after.start for before, after in pairwise(periods))
    assert [period.start.isoformat() for period in periods if period.start] == [
        "2014-02-28T10:00:00+00:00",  # Crimea, held from the first day that "2014-03" allows
        "2015-05-22T10:00:00+00:00",
        "2022-01-31T10:00:00+00:00",
        "2022-07-13T10:00:00+00:00",
        "2027-01-01T12:00:00+00:00",  # a step down waits until the old day is over everywhere
    ]


def test_an_instant_finds_its_period_without_building_the_others() -> None:
    for period in CASES.periods:
        for instant in (period.start, period.end and period.end - timedelta(microseconds=1)):
            if instant is not None:
                found = CASES.period(instant)
                assert (found.start, found.end) == (period.start, period.end)


def test_nothing_changes_within_a_period() -> None:
    readers = [Reader(frozenset({place}), held) for place in ("UA-43", "UA-14", "DE") for held in (frozenset(), {"RU"})]
    for period in CASES.periods:
        start = period.start or datetime(2014, 1, 1, tzinfo=UTC)
        end = period.end or datetime(2028, 1, 1, tzinfo=UTC)
        instants = [start + (end - start) * step / 9 for step in range(9)]
        for reader in readers:
            told = [said(examine(RULES, Visit("site", Moment.at(at), reader))) for at in instants]
            assert all(other == told[0] for other in told)
