"""Register: a list that an authority keeps, and the dated designations in it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta

from .citation import Citations, Review
from .doubt import Doubt
from .position import NOWHERE, Position
from .prescribed import Fixed
from .publisher import Publisher
from .standing import ALWAYS, Standing, State
from .truth import MAYBE, NO, YES, Truth


@dataclass(frozen=True, slots=True)
class Entry:
    """One designation: of a publisher or of a person, from the earlier of decision and listing to its removal.

    `ordered`: the text that came with the order, where one did, in `language`.
    """

    publisher: str = ""
    person: str = ""
    covers_parts: bool = False
    standing: Standing = ALWAYS
    decided: str = ""
    listed: str = ""
    measures: tuple[str, ...] = ()
    name: str = ""
    ends_when: str = ""
    ordered: Fixed | None = None
    language: str = ""
    because: str = ""
    note: str = ""
    at: Position = NOWHERE

    def names(self, publisher: Publisher, lineage: Collection[str], parts: Collection[str]) -> Truth:
        """Whether the designation is the publisher's, its parent's or a part's.

        A parent whose entry does not say that it covers all parts leaves its parts in doubt, and a part leaves
        its parent in doubt: nobody can tell from outside which of them a page belongs to.
        """
        if self.person:
            return YES if self.person in publisher.run_by else NO
        if self.publisher == publisher.id:
            return YES
        if self.publisher in lineage:
            return YES if self.covers_parts else MAYBE
        return MAYBE if self.publisher in parts else NO


@dataclass(frozen=True, slots=True)
class Register:
    """One authority's list; `stale_after` is how long a check of it holds."""

    id: str
    title: str
    kept_by: str
    checked: date
    stale_after: timedelta | None = None
    entries: tuple[Entry, ...] = ()
    citations: Citations = field(default_factory=Citations)
    review: Review | None = None
    at: Position = NOWHERE

    def stale(self, today: date) -> bool:
        """Whether the list was last checked too long ago; this is reported and changes no verdict."""
        return self.stale_after is not None and today - self.checked > self.stale_after

    def hangs_on(
        self, publisher: Publisher, lineage: Collection[str], parts: Collection[str], measure: str, day: date
    ) -> frozenset[frozenset[Doubt]]:
        """The ways in which a publisher may be listed, each by the doubts that would all have to be so.

        None: it is not listed. One without a doubt: it certainly is.
        """
        found = set[frozenset[Doubt]]()
        for entry in self.entries:
            state, named = entry.standing.at(day), entry.names(publisher, lineage, parts)
            if named is not NO and state.loudness > 0 and (not measure or measure in entry.measures):
                doubts = {Doubt.LAW} if state is State.IN_DOUBT else set[Doubt]()
                found.add(frozenset(doubts | ({Doubt.PUBLISHER} if named is MAYBE else set())))
        return frozenset(way for way in found if not any(other < way for other in found))
