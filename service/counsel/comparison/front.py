"""Front: which notices stand in full before a reader of whose place nothing is known, where a publisher names none.

The first few that may apply do, so what one notice shows there hangs on the others. All notices of a publisher are
therefore asked together, in one space of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ...law.condition import Content, PageLanguage, ResidentOf, leaves
from ...law.examination import UNIVERSAL_IN_FULL
from ...law.notice import Kind
from .difference import Differences, Group, Sets, collect
from .space import NOWHERE_KNOWN, Space, size
from .telling import Telling, told
from .version import Look, Version

MOST_CASES = 1 << 16
"""Beyond so many cases only readers of whose status nothing is known either are compared."""


@dataclass(frozen=True, slots=True)
class Front:
    """What changes there, by notice; `complete` if every status was asked about."""

    changes: tuple[tuple[str, Group], ...]
    cases: int
    complete: bool


def has_front(version: Version, publisher: str, notices: Sequence[str]) -> bool:
    """Whether a publisher leaves the choice to the service, and has more notices than are shown in full."""
    us = version.ruleset.publishers.get(publisher)
    if us is None or us.universal is not None:
        return False
    risks = [id for id in notices
             if version.concerns(id, publisher) and version.ruleset.notices[id].kind is Kind.READER_RISK]  # fmt: skip
    return len(risks) > UNIVERSAL_IN_FULL


def fronts(differences: Differences, before: Mapping[str, Look], after: Mapping[str, Look],
           chosen_by_us: tuple[bool, bool]) -> Front:  # fmt: skip
    """Two versions of a publisher's front in one span; `chosen_by_us` says which of them leaves the choice to us."""
    laws = list({view.law.shape: view.law for looks in (before, after) for look in looks.values()
                 for view in look.views}.values())  # fmt: skip
    # Which notices come first there is chosen, so whom `warn_when_unsure` would warn does not matter.
    asked = {leaf.question: leaf for law in laws for leaf in leaves(law.tree)}
    homes = [leaf for leaf in asked.values() if isinstance(leaf, ResidentOf)]
    places = differences.parted(laws, homes)
    complete = size(list(asked.values()), len(places.classes)) <= MOST_CASES
    if not complete:
        asked = {key: leaf for key, leaf in asked.items() if isinstance(leaf, (PageLanguage, Content))}
    space = differences.spread(list(asked.values()), places)
    old, new = (
        dict(_front(differences, looks, space, by_us))
        for looks, by_us in zip((before, after), chosen_by_us, strict=True)
    )
    changes = []
    for id in sorted(before.keys() | after.keys()):
        sets: Sets = {}
        collect(sets, NOWHERE_KNOWN, old.get(id, Telling(space)), new.get(id, Telling(space)), space.all)
        silent = id not in old, id not in new
        changes += [(id, group) for group in differences.groups(space, sets, silent)]
    return Front(tuple(changes), len(space.cases) * len(before.keys() | after.keys()), complete)


def _front(
    differences: Differences, looks: Mapping[str, Look], space: Space, by_us: bool
) -> Iterator[tuple[str, Telling]]:
    """What each notice tells, the first few of those that may apply in full."""
    ahead = [space.all, *[0] * UNIVERSAL_IN_FULL]  # ahead[n]: the cases with at least n open risks so far
    for id, look in sorted(looks.items()):
        if not look.views:
            continue
        telling = told(look.views, differences.charts(look, space), look.choices, space, NOWHERE_KNOWN)
        if by_us and look.views[0].law.kind is Kind.READER_RISK:
            telling = telling.chosen(space.all & ~ahead[UNIVERSAL_IN_FULL])
            may = telling.open & ~telling.sure
            for number in range(UNIVERSAL_IN_FULL, 0, -1):
                ahead[number] |= ahead[number - 1] & may
        yield id, telling
