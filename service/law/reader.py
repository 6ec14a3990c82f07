"""Reader: the facts that are known of somebody, and nothing else about them.

A reader is a partial assignment: what is absent is not known, and never "no". Facts that contradict each other
are both kept, so that the louder one counts.
"""

from __future__ import annotations

from dataclasses import dataclass

from .place import UNKNOWN
from .truth import MAYBE, NO, YES, Truth, known

OTHER = "other"
"""In `not_citizen_of`: every citizenship that `citizen_of` does not list."""


@dataclass(frozen=True, slots=True)
class Reader:
    """What is known of a reader.

    `located_in`: candidate places, ISO codes or `unknown`; none means `unknown`. `citizen_of`: at least these.
    `not_citizen_of`: not these; `other` stands for all else. `resident_of`: lives there for good or holds a
    permit to. `occupation`: at least these. `None` is "not known" everywhere.
    """

    located_in: frozenset[str] = frozenset()
    citizen_of: frozenset[str] = frozenset()
    not_citizen_of: frozenset[str] = frozenset()
    stateless: bool | None = None
    resident_of: str | None = None
    age: int | None = None
    occupation: frozenset[str] = frozenset()

    @property
    def candidates(self) -> frozenset[str]:
        """The places where the reader may be, never empty."""
        return self.located_in or frozenset({UNKNOWN})

    @property
    def residences(self) -> frozenset[str]:
        """The places where the reader may live, never empty."""
        return frozenset({self.resident_of or UNKNOWN})

    def citizenship(self, country: str) -> Truth:
        """Whether the reader holds a country's citizenship, as far as is known."""
        if country in self.citizen_of:
            return YES
        if country in self.not_citizen_of or OTHER in self.not_citizen_of or self.stateless is True:
            return NO
        return MAYBE

    @property
    def statelessness(self) -> Truth:
        """Whether the reader is stateless: any citizenship makes an unstated one NO."""
        if self.stateless is not None:
            return known(self.stateless)
        return NO if self.citizen_of else MAYBE

    def works_as(self, occupation: str) -> Truth:
        """Whether the reader has an occupation: those that are not listed are not known."""
        return YES if occupation in self.occupation else MAYBE


NOBODY_IN_PARTICULAR = Reader()
"""The reader of whom nothing is known."""
