"""Bloc: who is a member of the European Union or the European Economic Area, and since when.

A territory that is called after one of them is compared with its membership day by day. Dates are those on which
the treaties of accession took effect; for the EEA those from which an enlargement was applied, if provisionally.
Parts that have a code of their own (Åland, Réunion, Gibraltar) are left to the author: law by law they differ.

Sources: the treaties of accession of 1972, 1979, 1985, 1994, 2003, 2005 and 2011 and the withdrawal agreement of
2020; for the EEA https://www.efta.int/eea/enlargement-of-the-eea and OJ L 170, 11.6.2014, p. 5 (Croatia).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from ...law.place import Gazetteer
from ...law.ruleset import RuleSet
from ...law.territory import Territory
from ...law.truth import NO, YES
from ...rulebook.problem import listed
from ..examples.scene import territories
from .remark import Remark, Severity, place

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Membership:
    """From the first day to the last, both inclusive; None is still a member."""

    since: date
    until: date | None = None

    def on(self, day: date) -> bool:
        """Whether it lasts on a day."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Bloc:
    """A union of states, by the ISO 3166-1 code of each that is or was a member."""

    name: str
    members: Mapping[str, Membership]


def _joined(*waves: tuple[date, str]) -> dict[str, Membership]:
    return {code: Membership(since) for since, codes in waves for code in codes.split()}


_OUT = date(2020, 1, 31)
"""The last day of the United Kingdom: it left at midnight in Brussels."""
_EAST = "CY CZ EE HU LT LV MT PL SI SK"

EU = Bloc(
    "European Union",
    _joined(
        (date(1958, 1, 1), "BE DE FR IT LU NL"),
        (date(1973, 1, 1), "DK IE"),
        (date(1981, 1, 1), "GR"),
        (date(1986, 1, 1), "ES PT"),
        (date(1995, 1, 1), "AT FI SE"),
        (date(2004, 5, 1), _EAST),
        (date(2007, 1, 1), "BG RO"),
        (date(2013, 7, 1), "HR"),
    )
    | {"GB": Membership(date(1973, 1, 1), _OUT)},
)
EEA = Bloc(
    "European Economic Area",
    _joined(
        (date(1994, 1, 1), "AT BE DE DK ES FI FR GR IE IS IT LU NL NO PT SE"),
        (date(1995, 5, 1), "LI"),
        (date(2004, 5, 1), _EAST),
        (date(2007, 8, 1), "BG RO"),
        (date(2014, 4, 12), "HR"),
    )
    | {"GB": Membership(date(1994, 1, 1), _OUT)},
)

_PARTS = frozenset((
    "AX", "BL", "FO", "GF", "GG", "GI", "GL", "GP", "IM", "JE", "MF", "MQ", "NC", "PF", "PM", "RE", "SJ", "SX", "TF",
    "WF", "YT",
))  # fmt: skip
"""Parts of members with a code of their own."""
_WORDS = frozenset((
    "the", "of", "and", "member", "members", "states", "countries", "european", "union", "economic", "area", "eu",
    "eea",
))  # fmt: skip


def bloc_of(territory: Territory) -> Bloc | None:
    """The bloc that a territory is called after by its name or title; one more word makes it something else."""
    for called in (territory.id.rpartition("/")[2], territory.title):
        words = re.findall(r"[^\W\d_]+", called.lower())
        said = " ".join(words)
        if words and _WORDS.issuperset(words):
            if "eea" in words or "european economic area" in said:
                return EEA
            if "eu" in words or "european union" in said:
                return EU
    return None


def bloc_remarks(ruleset: RuleSet) -> Iterator[Remark]:
    """Members that a bloc lacks, and others that it has, on days on which a law asks about it."""
    for territory in ruleset.territories.values():
        bloc = bloc_of(territory)
        if bloc is not None:
            yield from _compare(territory, bloc, _first_asked(ruleset, territory), ruleset.gazetteer)


def _first_asked(ruleset: RuleSet, territory: Territory) -> date:
    """The first day on which a law asks about a territory; of one that none asks about, that of its last review."""
    standings = [notice.standing for notice in ruleset.notices.values() if territory.id in territories(notice)]
    days = [day for standing in standings for day in standing.days if standing.at(day).loudness > 0]
    if any(standing.values[0].loudness > 0 for standing in standings):
        return min(member.since for member in EU.members.values())
    if territory.review is not None:
        days.append(territory.review.last)
    return min(days, default=_OUT + _DAY)


def _compare(territory: Territory, bloc: Bloc, first: date, gazetteer: Gazetteer) -> Iterator[Remark]:
    file = f"territories/{territory.id}.yaml"
    holdings = (*territory.wholly, *territory.partly)
    days = {first, *(day for held in holdings for day in held.standing.days)}
    days |= {member.since for member in bloc.members.values()} | {_OUT + _DAY}
    asked = sorted(day for day in days if day >= first)
    countries = {held.place: held.at for held in holdings if "-" not in held.place and held.place not in _PARTS}
    lacking: dict[tuple[tuple[date, date | None], ...], list[str]] = {}
    for code in sorted(bloc.members.keys() | countries.keys()):
        member = bloc.members.get(code)
        held = {day: territory.holds(code, day, gazetteer) for day in asked}
        inside = {day: member is not None and member.on(day) for day in asked}
        if spans := _spans(asked, [day for day in asked if inside[day] and held[day] is NO]):
            lacking.setdefault(spans, []).append(code)
        if spans := _spans(asked, [day for day in asked if not inside[day] and held[day] is YES]):
            what = f"{territory.id} has {code} {_when(spans)}, when it is no member of the {bloc.name}"
            at = place(countries.get(code, territory.at), file)
            yield Remark(at, Severity.WARNING, what, f"write {_dates(member)}" if member else f"remove {code}")
    for spans, codes in lacking.items():
        many = "when they are members" if len(codes) > 1 else "when it is a member"
        what = f"{territory.id} lacks {listed(codes, 'and')} {_when(spans)}, {many} of the {bloc.name}"
        dates = dict.fromkeys(f"{{place: {code}, {_dates(bloc.members[code])}}}" for code in codes)
        at = place(territory.at, file)
        yield Remark(at, Severity.WARNING, what, f"write {', '.join(dates)} under wholly:, each with because:")


def _dates(member: Membership) -> str:
    """A membership as it is written in a rule file."""
    return f"from: {member.since}" + (f", until: {member.until}" if member.until else "")


def _spans(asked: list[date], wrong: Iterable[date]) -> tuple[tuple[date, date | None], ...]:
    """The spans that begin on some of the days, each to the day before the next that is not among them."""
    chosen, spans = set(wrong), list[tuple[date, date | None]]()
    since: date | None = None
    for day in asked:
        if day in chosen:
            since = since or day
        elif since is not None:
            spans.append((since, day - _DAY))
            since = None
    return (*spans, (since, None)) if since is not None else tuple(spans)


def _when(spans: Iterable[tuple[date, date | None]]) -> str:
    return " and ".join(f"from {since} to {until}" if until else f"from {since} on" for since, until in spans)
