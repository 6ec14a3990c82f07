"""Ten thousand readers, half of them near misses, before ten laws; and the proof that the comparison can fail.

Random readers match nothing: a thousand near misses have found what a thousand random readers had passed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random

import pytest

from service.law import examination, situation, standing, world
from service.law.condition import Possibly
from service.law.doubt import Doubt
from service.law.examination import Visit
from service.law.reader import Reader
from service.law.situation import Situation
from service.law.territory import Territory
from service.law.truth import MAYBE, NO, YES, Truth
from service.law.world import Table

from . import oracle
from .comparison import asked, differences
from .laws import NOTICES, RULESET, sample


def test_ten_thousand_readers_are_told_what_the_truth_table_says() -> None:
    verdicts: Counter[tuple[str, str]] = Counter()
    flipped = 0
    for notice, match, near in sample(Random(20261123), 5_000):
        told = []
        for role, visit in (("match", match), ("near miss", near)):
            assert differences(RULESET, visit, notice) == [], (notice.id, visit)
            told.append(oracle.answer(notice, asked(RULESET, visit)).verdict)
            verdicts[role, told[-1]] += 1
        flipped += told[0] != told[1]
    matches = verdicts["match", "applies"] + verdicts["match", "may_apply"]
    assert verdicts.total() == 10_000
    assert verdicts["match", "applies"] > 1_000
    assert matches > 4_000
    assert verdicts["near miss", "does_not_apply"] > 1_000
    assert flipped > 1_000, "a flipped fact often changes the verdict"


def test_every_law_is_matched_and_missed() -> None:
    seen: dict[str, set[str]] = {notice.id: set() for notice in NOTICES}
    for notice, *visits in sample(Random(7), 1_000):
        for visit in visits:
            seen[notice.id].add(oracle.answer(notice, asked(RULESET, visit)).verdict)
    assert {
        id: verdicts for id, verdicts in seen.items() if len(verdicts) < 2 or "does_not_apply" not in verdicts
    } == {}


# ---- control -------------------------------------------------------------------------------------------------


def first_mismatch(pairs: int = 1_000) -> tuple[str, Visit, list[str]] | None:
    """The first of many readers whom the engine tells something else than the oracle."""
    ruleset = replace(RULESET)  # nothing that another engine found out is kept
    for notice, *visits in sample(Random(5), pairs):
        for visit in visits:
            if found := differences(ruleset, visit, notice):
                return notice.id, visit, found
    return None


def unknown_citizenship_is_no(self: Reader, country: str) -> Truth:
    return YES if country in self.citizen_of else NO


def partly_held_is_held(plain: Callable[..., Truth]) -> Callable[..., Truth]:
    def holds(self: Territory, place: str, *rest: object) -> Truth:
        truth = plain(self, place, *rest)
        return YES if truth is MAYBE and place != "unknown" else truth

    return holds


def possibly_is_certainly(self: Table, node: Possibly, part: int) -> int:
    return part


def sure_possibly(self: object, node: Possibly, part: Truth) -> Truth:
    return part


def last_candidate_only(self: Reader) -> frozenset[str]:
    return frozenset([max(self.located_in)]) if self.located_in else frozenset({"unknown"})


def without(doubt: Doubt, plain: Callable[..., Sequence[Doubt]]) -> Callable[..., tuple[Doubt, ...]]:
    return lambda self, value: tuple(one for one in plain(self, value) if one is not doubt)


def invert_nothing(self: Table, part: int) -> int:
    return part


def no_law_places(*_: object) -> tuple[str, ...]:
    return ()


def everything_stands(self: standing.Timeline[object], day: object) -> object:
    return self.values[-1]


def open_content(self: Situation, tag: str) -> Truth:
    return MAYBE


WRONG: dict[str, tuple[object, str, object]] = {
    "unknown is no": (Reader, "citizenship", unknown_citizenship_is_no),
    "and for or": (Table, "any_of", Table.all_of),
    "or for and": (Table, "all_of", Table.any_of),
    "not does nothing": (Table, "invert", invert_nothing),
    "possibly is certainly, in the table": (Table, "possibly", possibly_is_certainly),
    "possibly is certainly, in the short cut": (situation.Kleene, "possibly", sure_possibly),
    "partly held is held": (Territory, "holds", partly_held_is_held(Territory.holds)),
    "only one candidate counts": (Reader, "candidates", property(last_candidate_only)),
    "dates are ignored": (standing.Timeline, "at", everything_stands),
    "what a page may carry is all there is": (Situation, "carries", open_content),
    "doubts of the law are dropped": (Table, "doubts", without(Doubt.LAW, Table.doubts)),
    "doubts of the place are dropped": (Table, "doubts", without(Doubt.PLACE, Table.doubts)),
    "stateless people may be citizens": (Reader, "statelessness", property(lambda self: NO)),
    "the law's own places are forgotten": (examination, "affirmed_places", no_law_places),
    "a list of thirty countries is one leaf of none": (
        world,
        "vectors",
        lambda groups, truth: {(False,) * len(groups)},
    ),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_engine_is_found(wrong: str, monkeypatch: pytest.MonkeyPatch) -> None:
    where, name, behaviour = WRONG[wrong]
    monkeypatch.setattr(where, name, behaviour)
    assert first_mismatch() is not None


def test_the_right_engine_passes_where_the_wrong_ones_fail() -> None:
    assert first_mismatch() is None


def test_the_oracle_is_not_the_engine() -> None:
    """No evaluation is shared: what is wrong in one cannot be wrong in the other for the same reason."""
    borrowed = {getattr(thing, "__module__", "") for thing in vars(oracle).values()}
    assert not borrowed & {"service.law.world", "service.law.situation", "service.law.examination"}
