"""Learning: which cases a reader's case becomes when one more fact about them is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeAlias

from ...law.cases import Cases, Places
from ...law.examination import Visit
from ...law.moment import Moment
from ...law.notice import Notice
from ...law.place import UNKNOWN, Gazetteer
from ...law.publisher import Publisher
from ...law.reader import Reader
from ...law.truth import MAYBE

Key: TypeAlias = tuple[object, ...]


class Learning:
    """The cases of a notice before a publisher at a moment, and the steps from each to those that know one fact more.

    A fact is a place within the place that was known, a citizenship held or not held, whether the reader is
    stateless, a residence or a place within it, an age, one more occupation, the language of the page, and what
    the page carries, as far as the publisher says that it may. What contradicts a known fact is not learnt.
    """

    def __init__(self, cases: Cases, notice: Notice, publisher: Publisher, moment: Moment) -> None:
        self._publisher = publisher
        self.visits = tuple(cases.walk(notice, publisher, moment))
        self._languages = [language for language in cases.languages(notice) if language is not None]
        self._contents = [tags for tags in cases.contents(notice) if tags is not None and tags <= publisher.may_carry]
        statuses = cases.statuses(notice, moment)
        self._nations = sorted({nation for reader in statuses for nation in reader.citizen_of})
        self._denied = sorted({reader.not_citizen_of for reader in statuses if reader.not_citizen_of}, key=sorted)
        self._ages = sorted({reader.age for reader in statuses if reader.age is not None})
        self._trades = sorted({trade for reader in statuses for trade in reader.occupation})
        self._stateless = any(reader.stateless is not None for reader in statuses)
        self._homes = any(reader.resident_of for reader in statuses)
        self._within = _within(cases.places(moment), cases.ruleset.gazetteer)

    def key(self, visit: Visit) -> Key:
        """What tells one case from another, however its facts are written."""
        reader = visit.reader
        told = tuple(reader.citizenship(nation) for nation in self._nations)
        status = told, reader.statelessness, reader.resident_of, reader.age, reader.occupation
        return *reader.located_in, *status, visit.page_language, visit.content

    def steps(self, visit: Visit) -> Iterator[Visit]:
        """The same reader with one more fact known."""
        for reader in self._readers(visit.reader):
            yield replace(visit, reader=reader)
        if visit.page_language is None:
            for language in self._languages:
                yield replace(visit, page_language=language)
        if visit.content is None:
            for content in self._contents:
                yield replace(visit, content=content)

    def _readers(self, reader: Reader) -> Iterator[Reader]:
        (place,) = reader.located_in
        for within in self._within[place]:
            yield replace(reader, located_in=frozenset({within}))
        for within in self._within[reader.resident_of or UNKNOWN] if self._homes else ():
            yield replace(reader, resident_of=within)
        for nation in self._nations:
            if reader.citizenship(nation) is MAYBE:
                yield replace(reader, citizen_of=reader.citizen_of | {nation})
                yield replace(reader, not_citizen_of=reader.not_citizen_of | self._denial(nation))
        if reader.statelessness is MAYBE and self._stateless:
            yield from (replace(reader, stateless=answer) for answer in (True, False))
        if reader.age is None:
            yield from (replace(reader, age=age) for age in self._ages)
        for trade in self._trades:
            if trade not in reader.occupation:
                yield replace(reader, occupation=reader.occupation | {trade})

    def _denial(self, nation: str) -> frozenset[str]:
        """The nations that no rule tells from one, denied together: the smallest set that the cases deny it in."""
        return min((denied for denied in self._denied if nation in denied), key=len)


def _within(places: Places, gazetteer: Gazetteer) -> dict[str, tuple[str, ...]]:
    """For each place class those that a reader in it can turn out to be in; `unknown` may be anywhere."""
    found: dict[str, set[str]] = {kind.place: set() for kind in places.classes}
    for kind in places.classes:
        found[UNKNOWN].add(kind.place)
        for place in kind.members:
            above = gazetteer.above(place) if place != UNKNOWN else ""
            while above:
                found[places.class_of.get(above, places.elsewhere)].add(kind.place)
                above = gazetteer.above(above)
    return {place: tuple(sorted(others - {place})) for place, others in found.items()}
