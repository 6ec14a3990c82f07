"""Place: an ISO 3166 code or `unknown`, and which code lies in which."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

UNKNOWN = "unknown"
"""The candidate that may be anywhere; `any` in an address means the same."""


TWINS: Mapping[str, str] = MappingProxyType(
    {
        "CN-HK": "HK",
        "CN-MO": "MO",
        "CN-TW": "TW",
        "FI-01": "AX",
        "FR-971": "GP",
        "FR-972": "MQ",
        "FR-973": "GF",
        "FR-974": "RE",
        "FR-976": "YT",
        "FR-BL": "BL",
        "FR-GF": "GF",
        "FR-GP": "GP",
        "FR-MF": "MF",
        "FR-MQ": "MQ",
        "FR-NC": "NC",
        "FR-PF": "PF",
        "FR-PM": "PM",
        "FR-RE": "RE",
        "FR-TF": "TF",
        "FR-WF": "WF",
        "FR-YT": "YT",
        "NL-AW": "AW",
        "NL-BQ1": "BQ-BO",
        "NL-BQ2": "BQ-SA",
        "NL-BQ3": "BQ-SE",
        "NL-CW": "CW",
        "NL-SX": "SX",
        "NO-21": "SJ",
        "NO-22": "SJ",
        "US-AS": "AS",
        "US-GU": "GU",
        "US-MP": "MP",
        "US-PR": "PR",
        "US-UM": "UM",
        "US-VI": "VI",
    }
)
"""Places with two codes, and the one under which readers are looked for. Written out: most subdivisions that spell
like a country (US-CA) are not it.

FR-GF, FR-GP, FR-MQ, FR-RE and FR-YT are withdrawn, and still sent by sources that follow older editions.
"""


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Every assigned code and the code that it lies in.

    `parents` maps ISO 3166-1 codes to "" and ISO 3166-2 codes to the code above them: a country, or a larger
    subdivision where the standard has two levels (FR-75 lies in FR-IDF).
    """

    parents: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def knows(self, code: str) -> bool:
        """Whether the code is assigned."""
        return code in self.parents

    def normal(self, code: str) -> str:
        """The code if it is assigned, else its country, else `unknown`: a wrong code must not silence a warning."""
        if code in self.parents:
            return code
        country = code.partition("-")[0]
        return country if country in self.parents else UNKNOWN

    def above(self, code: str) -> str:
        """The code in which a code directly lies, or "". A code that is not assigned lies in its country."""
        if code in self.parents:
            return self.parents[code]
        return code.partition("-")[0] if "-" in code else ""

    def within(self, inner: str, outer: str) -> bool:
        """Whether `inner` is `outer` or a subdivision of it, at any depth."""
        while inner and inner != outer:
            inner = self.above(inner)
        return inner == outer

    def country(self, code: str) -> str:
        """The country in which a code lies; of `unknown`, `unknown`."""
        return code.partition("-")[0]
