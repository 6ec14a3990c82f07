"""Tally: what several sources say of every address, counted, and what is measured by the counts."""

from __future__ import annotations

import pytest

from service.locate.audit import MOST_LOST, Agreement, Coverage, Loss, agreements, coverage, losses, miss, moved_crimea
from service.locate.reference import stretches
from service.locate.tally import NOTHING, Stretch, Tally, joined, tally

from .conftest import Write, city

RU, UA, DE, CRIMEA = (frozenset({place}) for place in ("RU", "UA", "DE", "UA-43"))
BOTH = RU | CRIMEA


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([], []),
        ([(0, 1, RU)], [(0, 1, RU)]),
        ([(0, 1, RU), (2, 3, RU)], [(0, 3, RU)]),
        ([(0, 1, RU), (2, 3, RU), (4, 4, RU), (5, 5, UA)], [(0, 4, RU), (5, 5, UA)]),
        ([(0, 1, RU), (2, 3, UA)], [(0, 1, RU), (2, 3, UA)]),
        ([(0, 1, RU), (3, 4, RU)], [(0, 1, RU), (3, 4, RU)]),
        ([(0, 2, RU), (1, 2, RU)], [(0, 2, RU), (1, 2, RU)]),
    ],
)
def test_neighbours_of_which_the_same_is_said_become_one(given: list[Stretch], expected: list[Stretch]) -> None:
    assert list(joined(given)) == expected


def test_every_address_is_counted_under_what_each_source_says_of_it() -> None:
    one: list[Stretch] = [(0, 9, RU), (20, 29, UA)]
    other: list[Stretch] = [(5, 24, RU)]
    assert tally([one, other]) == {
        (RU, NOTHING): 5, (RU, RU): 5, (NOTHING, RU): 10, (UA, RU): 5, (UA, NOTHING): 5,
    }  # fmt: skip
    assert tally([[(7, 7, RU)]]) == {(RU,): 1}
    assert tally([]) == {}


COUNTED = Tally({
    (RU, RU, NOTHING): 60, (RU, UA, RU): 20, (UA, NOTHING, RU): 10, (BOTH, UA, UA): 10, (DE, DE, DE): 100,
})  # fmt: skip


def test_sources_agree_where_both_name_one_country_of_all_that_both_list() -> None:
    assert agreements(COUNTED, ["a", "b", "c"]) == [
        Agreement("a", "b", 170 / 190), Agreement("a", "c", 130 / 140), Agreement("b", "c", 110 / 130),
    ]  # fmt: skip
    assert agreements(Tally({(RU, NOTHING): 1}), ["a", "b"]) == [Agreement("a", "b", 0.0)]


def test_a_country_is_divided_among_the_sources_that_place_addresses_in_it() -> None:
    assert coverage(COUNTED, 3, "RU") == Coverage("RU", 100, (0.9, 0.6, 0.3), 0.0, 0.2)
    assert coverage(COUNTED, 3, "UA") == Coverage("UA", 40, (0.5, 0.75, 0.25), 0.25, 0.75)
    assert coverage(COUNTED, 3, "DE") == Coverage("DE", 100, (1.0, 1.0, 1.0), 1.0, 0.0)
    assert coverage(COUNTED, 3, "BY") == Coverage("BY", 0, (0.0, 0.0, 0.0), 0.0, 0.0)


def test_a_policy_of_two_sources_misses_what_neither_of_them_says() -> None:
    found = miss(COUNTED, ["a", "b", "c"], 2, [0, 1], "RU")
    assert (found.country, found.truth, found.policy) == ("RU", "c", ("a", "b"))
    assert (found.addresses, found.missed, found.needless) == (30, 10 / 30, 1e6 * 10 / 110)
    alone = miss(COUNTED, ["a", "b", "c"], 1, [0], "UA")
    assert (alone.addresses, alone.missed, alone.needless) == (30, 20 / 30, 0.0)
    nowhere = miss(Tally({(RU, RU): 3}), ["a", "b"], 1, [0], "RU")
    assert (nowhere.missed, nowhere.needless) == (0.0, 0.0)


def test_a_country_is_lost_by_the_share_of_its_addresses_that_no_new_source_places_in_it() -> None:
    counted = Tally({(RU, UA, RU, NOTHING): 90, (NOTHING, RU, UA, DE): 10, (DE, DE, RU, RU): 500})
    assert losses(counted, 2, ["RU", "UA", "BY"]) == [Loss("RU", 100, 0.1), Loss("UA", 90, 1.0), Loss("BY", 0, 0.0)]
    assert [Loss("RU", 1000, lost).is_too_much for lost in (MOST_LOST, MOST_LOST + 0.001)] == [False, True]
    assert MOST_LOST == 0.01


def test_only_what_was_in_crimea_can_move() -> None:
    counted = Tally({(BOTH, NOTHING, BOTH): 5, (RU, CRIMEA, RU): 7, (RU, UA, DE): 11, (DE, DE, CRIMEA): 13})
    assert moved_crimea(counted, 2) == (12, 7)


def test_a_reference_is_read_in_either_packing_and_says_nothing_of_what_is_no_country(write: Write) -> None:
    path = write(
        {
            "95.24.0.0/24": {"country_code": "RU"},
            "95.24.1.0/24": city("RU"),
            "95.24.2.0/24": {"country_code": "XX"},
            "95.24.3.0/24": {"country_code": 7},
            "95.24.4.0/24": ["RU"],
            "95.24.5.0/24": {"country": "RU", "country_code": "UA"},
            "2a00:1148::/32": {"country_code": "RU"},
        },
        "country",
    )
    first = 95 << 24 | 24 << 16
    assert list(stretches(path, 4)) == [
        (first, first + 0x1FF, RU), (first + 0x200, first + 0x4FF, NOTHING), (first + 0x500, first + 0x5FF, UA),
    ]  # fmt: skip
    ((begin, end, places),) = stretches(path, 6)
    assert (begin >> 96, end >> 96, end - begin + 1, places) == (0x2A001148, 0x2A001148, 1 << 96, RU)
