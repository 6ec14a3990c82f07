"""Comparison: every reader who is told something else is in a group, and nobody else is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import combinations, product

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from service.counsel.comparison import chart, front
from service.counsel.comparison.change import Begun, Caution, Change, Ended, Rehung, Retold, Revoiced, What
from service.counsel.comparison.comparison import Comparison, compare
from service.counsel.comparison.telling import NOTHING, Told
from service.counsel.comparison.version import Span
from service.law.condition import AnyOf, CitizenOf, Everyone, LocatedIn, Stateless
from service.law.examination import Finding, UnknownPublisher, Visit, examine
from service.law.moment import Moment, ends, starts
from service.law.place import UNKNOWN
from service.law.publisher import Publisher
from service.law.reader import Reader
from service.law.ruleset import RuleSet
from service.law.standing import between
from service.law.territory import Holding
from service.law.verdict import Shown, Verdict
from tests.law.seed import NOTICE, RULESET, RUSSIA_CONTROLLED, day, entry
from tests.law.strategies import (
    BASE,
    CANDIDATES,
    CONTENTS,
    DAY,
    LAW,
    PAGE_LANGUAGES,
    Country,
    countries,
    plain_country,
    readers,
    times,
)

INSTANTS = st.builds(
    lambda hours: datetime(DAY.year, DAY.month, DAY.day, 12, tzinfo=UTC) + timedelta(hours=hours),
    st.integers(-24 * 6, 24 * 6),
)


@st.composite
def pairs(draw: st.DrawFn) -> tuple[RuleSet, RuleSet]:
    """Two versions: the second has some parts of another country, or lacks a notice or a publisher."""
    one, other = draw(countries()).ruleset, draw(countries()).ruleset
    parts = draw(st.sets(st.sampled_from(["law", "base", "list", "north", "south", "us", "gone", "left"]), min_size=1))
    notices, publishers, territories = dict(one.notices), dict(one.publishers), dict(one.territories)
    for name, id in (("law", LAW), ("base", BASE)):
        if name in parts:
            notices[id] = other.notices[id]
    if "gone" in parts:
        del notices[LAW]
    if "us" in parts:
        publishers["us"] = other.publishers["us"]
    if "left" in parts:
        del publishers["us"]
    for name in ("north", "south"):
        if name in parts:
            territories[name] = other.territories[name]
    registers = other.registers if "list" in parts else one.registers
    two = replace(one, notices=notices, publishers=publishers, territories=territories, registers=registers)
    return (one, two) if draw(st.booleans()) else (two, one)


def findings(ruleset: RuleSet, visit: Visit) -> dict[str, Finding]:
    try:
        return {found.notice.id: found for found in examine(ruleset, visit).findings}
    except UnknownPublisher:
        return {}


def told(found: Finding | None) -> Told:
    if found is None or found.verdict is Verdict.DOES_NOT_APPLY:
        return NOTHING
    return Told(found.verdict, found.shown)


def own(found: Finding | None) -> frozenset[str]:
    """The languages in which the publisher's own words are shown in full."""
    if found is None or found.shown is not Shown.FULL or len(found.wordings) == 1:
        return frozenset()
    return frozenset(found.wordings[0].languages)


def subjects(found: Finding | None) -> frozenset[str]:
    return found.subjects if found is not None and found.verdict is Verdict.MAY_APPLY else frozenset()


def seen(comparison: Comparison, notice: str, visit: Visit, at: datetime) -> list[Change]:
    return [
        change
        for change in comparison.changes
        if change.notice == notice
        and change.holds(visit.publisher, at, visit.reader, visit.page_language, visit.content)
    ]


def retold(whats: list[What], one: Told, two: Told) -> list[What]:
    """What is said of verdicts and what is shown, without that which says exactly this."""
    said = [what for what in whats if isinstance(what, (Retold, Begun, Ended))]
    right = (Retold(one, two), *(what for what in said if _told(what, one, two)))
    assert one == two or len(said) > 0
    return [what for what in said if what not in right or one == two]


def _told(what: What, one: Told, two: Told) -> bool:
    if isinstance(what, Begun):
        return one == NOTHING and two in what.told
    return isinstance(what, Ended) and two == NOTHING and one in what.told


def check(versions: tuple[RuleSet, RuleSet], comparison: Comparison, visit: Visit, at: datetime) -> None:
    """What the comparison says of a reader with one candidate place is what the engine says of them."""
    before, after = (findings(ruleset, visit) for ruleset in versions)
    for notice in (LAW, BASE):
        one, two = before.get(notice), after.get(notice)
        whats = [change.what for change in seen(comparison, notice, visit, at)]
        assert not retold(whats, told(one), told(two))
        if told(one) == told(two):
            voices = {what for what in whats if isinstance(what, Revoiced)}
            assert voices == ({Revoiced(own(two) - own(one), own(one) - own(two))} if own(one) != own(two) else set())
            hung = {what for what in whats if isinstance(what, Rehung)}
            mine, theirs = subjects(one), subjects(two)
            assert hung == ({Rehung(theirs - mine, mine - theirs)} if mine != theirs else set())


@times(0.5)
@given(pairs(), st.data())
def test_every_reader_sees_exactly_the_changes_that_the_engine_says(
    versions: tuple[RuleSet, RuleSet], data: st.DataObject
) -> None:
    comparison = compare(*versions, doubts=True)
    for _ in range(12):
        at, publisher = data.draw(INSTANTS), data.draw(st.sampled_from(["us", "us", "us", "part", "parent", "sister"]))
        reader = replace(data.draw(readers()), located_in=frozenset({data.draw(st.sampled_from(CANDIDATES))}))
        visit = Visit(publisher, Moment.at(at), reader, data.draw(PAGE_LANGUAGES), data.draw(CONTENTS))
        check(versions, comparison, visit, at)


@times(0.5)
@given(pairs(), st.data())
def test_a_change_between_several_places_shows_for_one_or_two_of_them(
    versions: tuple[RuleSet, RuleSet], data: st.DataObject
) -> None:
    comparison = compare(*versions)
    for _ in range(8):
        at, reader = data.draw(INSTANTS), data.draw(readers())
        visit = Visit("us", Moment.at(at), reader, data.draw(PAGE_LANGUAGES), data.draw(CONTENTS))
        before, after = (findings(ruleset, visit) for ruleset in versions)
        for notice in (LAW, BASE):
            one, two = told(before.get(notice)), told(after.get(notice))
            among = [
                each.what
                for size in (1, 2)
                for places in combinations(sorted(reader.candidates), size)
                for each in seen(
                    comparison, notice, replace(visit, reader=replace(reader, located_in=frozenset(places))), at
                )
                if isinstance(each.what, (Retold, Begun, Ended))
            ]
            assert among or one == two
            if len(reader.candidates) == 2 and one == two:
                assert not retold([each.what for each in seen(comparison, notice, visit, at)], one, two)


@times(0.3)
@given(pairs())
def test_the_smallest_reader_of_every_change_sees_it(versions: tuple[RuleSet, RuleSet]) -> None:
    for change in compare(*versions).changes:
        places, case = change.audience.smallest
        for airing in change.airings:
            for publisher, span in product(airing.publishers, airing.spans):
                at = span.start or (span.end or datetime(2026, 1, 1, tzinfo=UTC)) - timedelta(seconds=1)
                visit = Visit(
                    publisher, Moment.at(at), replace(case.status, located_in=places), case.language, case.content
                )
                one, two = (findings(ruleset, visit).get(change.notice) for ruleset in versions)
                assert not retold([change.what], told(one), told(two)) or isinstance(change.what, Revoiced)


@times(0.3)
@given(pairs())
def test_the_example_of_a_change_holds_on_its_day(versions: tuple[RuleSet, RuleSet]) -> None:
    for change in compare(*versions).changes:
        (written,) = yaml.load(change.example, yaml.BaseLoader)
        day = date.fromisoformat(written["on"])
        airing = change.airings[0]
        assert written["publisher"] == airing.publishers[0]
        if "shown" not in written or not any(_whole(day, span) for span in airing.spans):
            continue
        known = written["reader"]
        reader = Reader(
            located_in=_many(known.get("located_in", [])),
            citizen_of=_many(known.get("citizen_of", [])),
            not_citizen_of=_many(known.get("not_citizen_of", [])),
            stateless={"yes": True, "no": False}.get(known.get("stateless", "")),
            resident_of=known.get("resident_of"),
            age=int(known["age"]) if "age" in known else None,
            occupation=_many(known.get("occupation", [])),
        )
        content = _many(written["content"]) if "content" in written else None
        visit = Visit(airing.publishers[0], Moment.on(day), reader, known.get("page_language"), content)
        said = told(findings(versions[1], visit).get(change.notice))
        assert (said.verdict.value, said.shown.value) == (written["expect"], written["shown"])


def _many(names: str | list[str]) -> frozenset[str]:
    return frozenset([names] if isinstance(names, str) else names)


def _whole(day: date, span: Span) -> bool:
    return (span.start is None or span.start <= starts(day)) and (span.end is None or ends(day) <= span.end)


@times(0.3)
@given(pairs())
def test_comparing_backwards_turns_every_sentence_round(versions: tuple[RuleSet, RuleSet]) -> None:
    def outcomes(comparison: Comparison, back: bool) -> set[tuple[object, ...]]:
        return {
            (change.notice, change.readers, change.airings, *_ends(change.what)[:: -1 if back else 1])
            for change in comparison.changes
            if not isinstance(change.what, Revoiced)
        }

    one, two = versions
    assert outcomes(compare(one, two), back=False) == outcomes(compare(two, one), back=True)


def _ends(what: What) -> tuple[object, object]:
    if isinstance(what, Begun):
        return (NOTHING,), what.told
    if isinstance(what, Ended):
        return what.told, (NOTHING,)
    assert isinstance(what, Retold)
    return what.before, what.after


@times(0.3)
@given(countries())
def test_a_rule_set_does_not_differ_from_itself(country: Country) -> None:
    comparison = compare(country.ruleset, replace(country.ruleset))
    assert comparison.empty
    assert (comparison.cases, comparison.unchanged) == (0, 2)


@times(0.3)
@given(pairs())
def test_the_same_two_versions_give_the_same_report(versions: tuple[RuleSet, RuleSet]) -> None:
    def report(comparison: Comparison) -> list[str]:
        return [f"{change.sentence} {list(map(str, change.airings))} {change.example}" for change in comparison.changes]

    assert report(compare(*versions)) == report(compare(*versions))


def many(notices: int, universal: tuple[str, ...] | None = None) -> RuleSet:
    """Laws that concern everybody, each of citizens of a country or of whoever is in it."""
    laws = {}
    for number in range(notices):
        nation = "ABC"[number % 3]
        tree = AnyOf(of=(LocatedIn(names=("B",)), CitizenOf(names=(nation,)), Stateless()))
        id = f"{nation.lower()}/law-{number}"
        laws[id] = replace(plain_country(tree).law, id=id)
    us = Publisher(id="us", name={"en": "Us"}, universal=universal)
    return replace(plain_country(Everyone()).ruleset, notices=laws, publishers={"us": us})


@pytest.mark.parametrize("chosen", [None, ("a/law-0",)])
@pytest.mark.parametrize("sizes", [(6, 5), (3, 5), (6, 6)])
def test_what_comes_first_is_compared_for_readers_of_whose_place_nothing_is_known(
    sizes: tuple[int, int], chosen: tuple[str, ...] | None
) -> None:
    versions = many(sizes[0]), many(sizes[1], chosen)
    comparison = compare(*versions)
    assert not comparison.limits
    at = datetime(2026, 1, 1, tzinfo=UTC)
    for held, denied, stateless in product(
        (*[frozenset(some) for size in range(3) for some in combinations("ABC", size)],),
        (frozenset(), frozenset("A"), frozenset("BC"), frozenset({"other"})),
        (None, True, False),
    ):
        for place in (UNKNOWN, "B", "C"):
            visit = Visit("us", Moment.at(at), Reader(frozenset({place}), held, denied, stateless))
            before, after = (findings(ruleset, visit) for ruleset in versions)
            for notice in before.keys() | after.keys():
                one, two = told(before.get(notice)), told(after.get(notice))
                assert not retold([each.what for each in seen(comparison, notice, visit, at)], one, two)


def test_where_statuses_are_too_many_readers_of_whom_nothing_is_known_are_still_compared_and_it_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(front, "MOST_CASES", 4)
    versions = many(5), many(6)
    comparison = compare(*versions)
    assert len(comparison.limits) == 1
    assert comparison.less_cautious
    at = datetime(2026, 1, 1, tzinfo=UTC)
    visit = Visit("us", Moment.at(at))
    before, after = (findings(ruleset, visit) for ruleset in versions)
    for notice in after:
        one, two = told(before.get(notice)), told(after.get(notice))
        assert not retold([each.what for each in seen(comparison, notice, visit, at)], one, two)


@times(0.1)
@given(pairs(), st.data())
def test_a_law_of_too_many_worlds_is_compared_reader_by_reader(
    versions: tuple[RuleSet, RuleSet], data: st.DataObject
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(chart, "LIMIT", 1)
        comparison = compare(*versions)
    at = data.draw(INSTANTS)
    for _ in range(6):
        reader = replace(data.draw(readers()), located_in=frozenset({data.draw(st.sampled_from(CANDIDATES))}))
        visit = Visit("us", Moment.at(at), reader, data.draw(PAGE_LANGUAGES), data.draw(CONTENTS))
        before, after = (findings(ruleset, visit) for ruleset in versions)
        for notice in (LAW, BASE):
            one, two = told(before.get(notice)), told(after.get(notice))
            whats = [each.what for each in seen(comparison, notice, visit, at)]
            assert not retold(whats, one, two)


# ---- the seed, every reader ----------------------------------------------------------------------------------


def without(place: str) -> RuleSet:
    """The seed with one place fewer in Russia's hands."""
    land = replace(RUSSIA_CONTROLLED, partly=tuple(held for held in RUSSIA_CONTROLLED.partly if held.place != place))
    return replace(RULESET, territories={land.id: land})


def everybody() -> Iterator[tuple[Reader, str | None]]:
    for place, citizen, denied, stateless, home, language in product(
        ("RU-MOW", "UA", "UA-65", "UA-30", "DE", UNKNOWN),
        ((), ("RU",), ("DE",)),
        ((), ("RU",), ("other",)),
        (None, True, False),
        (None, "RU", "UA-65", "DE"),
        (None, "ru", "en"),
    ):
        yield (
            Reader(frozenset({place}), frozenset(citizen), frozenset(denied), stateless, home),
            language,
        )


@pytest.mark.parametrize("publisher", ["rferl", "svaboda"])
def test_of_the_seed_every_reader_is_compared(publisher: str) -> None:
    versions = (without("UA-65"), RULESET)
    comparison = compare(*versions)
    for at in (datetime(2024, 1, 1, tzinfo=UTC), datetime(2026, 11, 23, tzinfo=UTC)):
        for reader, language in everybody():
            visit = Visit(publisher, Moment.at(at), reader, language)
            one, two = (told(findings(ruleset, visit).get(NOTICE)) for ruleset in versions)
            assert not retold([each.what for each in seen(comparison, NOTICE, visit, at)], one, two)


def test_a_place_that_is_lost_is_told_in_a_sentence_with_its_smallest_reader() -> None:
    changes = [change for change in compare(RULESET, without("UA-65")).changes if change.caution is Caution.LESS]
    assert changes[0].sentence == (
        "Readers in UA-65 of pages in another language whose citizenship of Russia is not known: "
        "from may apply, in full to may apply, folded"
    )
    assert changes[0].example.endswith(
        "reader: {located_in: UA-65, page_language: en}, expect: may_apply, shown: folded}"
    )


def test_a_place_that_is_gained_makes_nothing_less_cautious() -> None:
    comparison = compare(without("UA-65"), RULESET)
    assert comparison.changes
    assert not comparison.less_cautious
    assert compare(RULESET, without("UA-65")).less_cautious


def test_a_later_date_changes_only_the_days_between() -> None:
    register = RULESET.registers["ru/undesirable-organizations"]
    later = replace(
        register,
        entries=tuple(
            entry("rferl", "2024-02-20", covers_parts=True) if each.publisher == "rferl" else each
            for each in register.entries
        ),
    )
    comparison = compare(RULESET, replace(RULESET, registers={register.id: later}))
    assert {str(span) for change in comparison.changes for airing in change.airings for span in airing.spans} == {
        "from 2024-02-01 10:00Z until 2024-02-19 10:00Z"
    }
    assert all(isinstance(change.what, Ended) for change in comparison.changes)
    assert {change.readers for change in comparison.changes} >= {"Readers who are or may be citizens of Russia"}


def test_a_publisher_that_is_removed_silences_its_readers() -> None:
    left = {id: each for id, each in RULESET.publishers.items() if id != "rferl"}
    comparison = compare(RULESET, replace(RULESET, publishers=left))
    assert "rferl" in {name for change in comparison.changes for name in change.publishers}
    assert comparison.less_cautious


def test_what_ends_for_one_publisher_and_begins_for_another_is_told_of_each() -> None:
    law = many(1)
    us = law.publishers["us"]
    before = replace(law, publishers={"us": us})
    after = replace(law, publishers={"them": replace(us, id="them")})
    assert {(type(change.what), change.publishers) for change in compare(before, after).changes} == {
        (Ended, frozenset({"us"})),
        (Begun, frozenset({"them"})),
    }


def test_a_date_far_away_does_not_hide_a_change() -> None:
    land = replace(RUSSIA_CONTROLLED, partly=(*RUSSIA_CONTROLLED.partly, Holding("KZ", between(day("2040"), None))))
    comparison = compare(RULESET, replace(RULESET, territories={land.id: land}))
    starts = {span.start for change in comparison.changes for airing in change.airings for span in airing.spans}
    assert starts == {datetime(2039, 12, 31, 10, tzinfo=UTC)}
