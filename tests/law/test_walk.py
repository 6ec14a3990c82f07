"""Walk: the readers that a law tells apart, each met once."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from service.law.cases import OTHER_LANGUAGE, Atlas, Cases, Period, alike, tongues
from service.law.condition import (
    Age,
    AllOf,
    AnyOf,
    CitizenOf,
    Content,
    Everyone,
    LocatedIn,
    Occupation,
    PageLanguage,
    ResidentOf,
    Stateless,
)
from service.law.moment import Moment
from service.law.notice import Concern
from service.law.place import UNKNOWN, Gazetteer
from service.law.reader import Reader
from service.law.standing import PartialDate, between
from service.law.territory import Holding, Territory
from service.law.truth import MAYBE, NO, YES

from .seed import day
from .small import TODAY, US, alone, law


def test_every_age_trade_tag_and_language_that_a_law_tells_apart_is_met_on_the_walk() -> None:
    tree = AllOf(
        (
            Age(least=18, most=65),
            CitizenOf(names=("KZ", "RU")),
            AnyOf((Occupation(names=("teacher",)), Occupation(names=("editor", "lawyer")))),
            Content(names=("list",)),
            PageLanguage(names=("ru", "tt")),
        )
    )
    notice = law(tree)
    met = list(Cases(alone(notice)).walk(notice, US, Moment.on(TODAY)))
    assert {visit.reader.age for visit in met} == {None, 0, 18, 66}
    assert {visit.reader.occupation for visit in met} == {
        frozenset(), frozenset({"teacher"}), frozenset({"editor"}), frozenset({"editor", "teacher"}),
    }  # fmt: skip
    assert {visit.content for visit in met} == {None, frozenset(), frozenset({"list"})}
    assert {visit.page_language for visit in met} == {None, "ru", OTHER_LANGUAGE}
    held = {(visit.reader.citizenship("KZ"), visit.reader.citizenship("RU")) for visit in met}
    assert held == {(MAYBE, MAYBE), (YES, MAYBE), (YES, NO), (NO, NO)}


def test_what_a_law_names_is_grouped_in_the_order_of_its_names() -> None:
    names = ("RU", "BY", "KZ", "UA", "DE", "FR", "US", "GB")
    assert alike([CitizenOf(names=names), CitizenOf(names=names[:3])], CitizenOf) == [
        ("BY", "KZ", "RU"), ("DE", "FR", "GB", "UA", "US"),
    ]  # fmt: skip


def test_a_language_and_its_kinds_are_told_apart_where_a_question_names_only_the_kind() -> None:
    asked = [PageLanguage(names=("ru",)), PageLanguage(names=("ru-RU", "tt"))]
    assert tongues(asked) == [("ru",), ("ru-RU",), ("tt",)]
    assert tongues(asked[:1]) == [("ru",)]


def test_what_a_law_is_about_is_declared_or_not_on_the_walk() -> None:
    about = law(Everyone(), concerns=Concern(content=("list",)))
    assert Cases(alone(about)).contents(about) == (None, frozenset(), frozenset({"list"}))
    of_all = law(Everyone())
    assert Cases(alone(of_all)).contents(of_all) == (None,)


def test_one_date_of_every_edition_is_looked_at_and_the_oldest_first() -> None:
    before, after = date(2024, 5, 1), date(2024, 5, 2)
    changing = alone(law(Everyone(), standing=between(PartialDate.of(after), None))).history
    assert changing.dates(Moment((before, after))) == (before, after)
    assert changing.dates(Moment((before - timedelta(1), before))) == (before - timedelta(1),)
    assert [changing.edition(one) for one in (before, after)] == [0, 1]


HELD = Territory("held", "Held", (Holding("RU"), Holding("UA-43", between(day("2014-03"), None))), (Holding("UA-14"),))
EITHER = law(
    AnyOf(
        (
            AllOf((LocatedIn(names=("held",)), CitizenOf(names=("RU", "KZ")))),
            AllOf((ResidentOf(names=("BY-HM",)), Stateless())),
        )
    )
)
PARTED = Cases(alone(EITHER, territories={"held": HELD}))
BEFORE, SINCE = date(2014, 2, 28), date(2014, 3, 1)


def test_places_that_no_question_tells_apart_are_one_class_and_the_plainest_speaks_for_it() -> None:
    assert PARTED.named_places == ("BY-HM", "held")
    now = PARTED.places(Moment.on(SINCE))
    assert [(one.place, one.truths, len(one.members)) for one in now.classes] == [
        ("BY", (MAYBE, NO), 1), ("DE", (NO, NO), 17), ("RU", (NO, YES), 4), ("UA", (NO, MAYBE), 2),
        ("BY-HM", (YES, NO), 1), (UNKNOWN, (MAYBE, MAYBE), 1),
    ]  # fmt: skip
    assert now.classes[2].members == {"RU", "RU-MOW", "RU-SPE", "UA-43"}
    assert now.elsewhere == "DE"
    assert now.class_of == {
        "RU": "RU", "RU-MOW": "RU", "RU-SPE": "RU", "UA-43": "RU", "UA": "UA", "UA-14": "UA", "BY": "BY",
        "BY-HM": "BY-HM", UNKNOWN: UNKNOWN,
    }  # fmt: skip
    assert now.of({"UA-43", "DE-BE", "RU-99", "XX"}) == {"RU", "DE", UNKNOWN}
    assert now.of(()) == {UNKNOWN}
    assert "class_of" not in repr(now)
    assert "gazetteer" not in repr(now), "a message is not to hold the codes of the world"


def test_while_a_place_changes_hands_it_is_a_class_of_its_own() -> None:
    classes = {one.place: one.truths for one in PARTED.places(Moment((BEFORE, SINCE))).classes}
    assert classes["UA-43"] == (NO, NO, NO, YES)
    assert classes["RU"] == (NO, YES, NO, YES)
    assert "UA-43" not in [one.place for one in PARTED.places(Moment.on(BEFORE)).classes]


def test_what_is_known_of_a_status_is_every_answer_once_with_the_open_ones_first() -> None:
    known = PARTED.statuses(EITHER, Moment.on(SINCE))
    assert len(known) == len(set(known)) == 42
    assert known[0] == Reader()
    homes = [None, "BY", "DE", "RU", "UA", "BY-HM"]
    assert [reader.resident_of for reader in known[:6]] == homes
    passports = {("KZ" in reader.citizen_of, "KZ" in reader.not_citizen_of, reader.stateless) for reader in known}
    assert passports == {
        (False, False, None), (False, False, True), (False, False, False), (True, False, None), (True, False, True),
        (False, True, None), (False, True, False),
    }  # fmt: skip


def test_the_periods_of_a_law_lie_between_its_changes() -> None:
    at, eve = datetime(2014, 2, 28, 10, tzinfo=UTC), date(2014, 2, 27)
    spans = [(period.start, period.end, period.moment.dates) for period in PARTED.periods]
    assert spans == [(None, at, (eve, BEFORE)), (at, None, (eve, BEFORE, SINCE))]
    assert PARTED.period(at) == PARTED.periods[1]
    assert PARTED.period(at - timedelta(hours=1)).end == at
    never = Cases(alone(law(Everyone())))
    assert never.periods == (Period(None, None, Moment.on(date(2000, 1, 1))),)


def test_the_plainest_place_of_which_nothing_is_asked_speaks_for_all_such_places() -> None:
    nothing = Atlas(Gazetteer({"KZ-10": "KZ", "KZ": "", "DE": "", "DE-BE": "DE"})).places([])
    assert (nothing.elsewhere, nothing.of({"KZ-10", "DE"})) == ("DE", {"DE"})
