"""Edge: the place that a CDN states in its headers, believed only from trusted proxies."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from types import MappingProxyType

from service.law.place import UNKNOWN
from service.locate import codes
from service.locate.origin import Network, from_trusted

Header = Callable[[str], str | None]
"""Looks up one request header by its name in any case; several of one name are joined by commas."""

ADDRESS = "address"
OWN_HEADER = "header:"

PRESETS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "cloudflare": ("CF-IPCountry", "cf-region-code"),
        "cloudfront": ("CloudFront-Viewer-Country", "CloudFront-Viewer-Country-Region"),
        "fastly": ("Fastly-Geo-Country", "Fastly-Geo-Region"),
        "akamai": ("X-Akamai-Edgescape",),
        "appengine": ("X-Appengine-Country", "X-Appengine-Region"),
        "vercel": ("X-Vercel-IP-Country", "X-Vercel-IP-Country-Region"),
    }
)
"""CDN → the headers that are read, country first. Fastly sets none by itself: our recipe sets these from
`client.geo.country_code` and `client.geo.region`. City, coordinates and post code are never read."""

_LONGEST = 1024


@dataclass(frozen=True, slots=True)
class Edge:
    """One configured CDN: a preset, or one header of the operator's own."""

    name: str
    headers: tuple[str, ...]

    def candidates(self, peer: str, header: Header, trusted: Sequence[Network]) -> frozenset[str]:
        """The candidate places, never empty; `unknown` from any peer that is not a trusted proxy."""
        if not from_trusted(peer, trusted):
            return frozenset({UNKNOWN})
        values = tuple(header(name) for name in self.headers)
        if any(value is not None and (len(value) > _LONGEST or not value.isascii()) for value in values):
            return frozenset({UNKNOWN})
        if self.name.startswith(OWN_HEADER):
            return frozenset({_one(values[0] or "")})
        if self.name == "akamai":
            return _edgescape(values[0] or "")
        return frozenset({codes.place(values[0], values[1])})


def _one(value: str) -> str:
    """The place in a header that holds one code; of two, the first could be the client's own."""
    return codes.spelled(value) if len(value.replace(",", " ").replace(";", " ").split()) == 1 else UNKNOWN


def _edgescape(value: str) -> frozenset[str]:
    pieces = [piece.strip() for piece in value.split(",")]
    pairs = [piece.partition("=")[::2] for piece in pieces]
    said = {key: text for key, text in pairs if key in ("country_code", "region_code")}
    # Said twice, or with a piece that is no pair, something in between has added its own.
    if sum(key in said for key, _ in pairs) != len(said) or any(piece and "=" not in piece for piece in pieces):
        return frozenset({UNKNOWN})
    found = codes.place(said.get("country_code"), said.get("region_code"))
    if found.startswith("UA-") and said["region_code"].strip() < "28":
        # FIPS 10-4 numbers Ukraine's regions 01 to 27, and otherwise (05 is Donetsk, in ISO Vinnytsia).
        # Which of the two Akamai sends we could not learn: the country stays a candidate too.
        return frozenset({found, "UA"})
    return frozenset({found})


def edge(setting: str) -> Edge | None:
    """What CAVEAT_PLACE_FROM names: None for `address`, else a CDN; ValueError with a suggestion."""
    if setting == ADDRESS:
        return None
    if setting in PRESETS:
        return Edge(setting, PRESETS[setting])
    name = setting.removeprefix(OWN_HEADER)
    if name != setting and name.isascii() and name.replace("-", "").isalnum():
        if name.lower() == "fly-region":
            raise ValueError("Fly-Region is the city of Fly.io's edge, not the reader's place")
        return Edge(setting, (name,))
    near = get_close_matches(setting, [ADDRESS, *PRESETS], 1)
    hint = f"did you mean {near[0]}?" if near else f"one of {', '.join([ADDRESS, *PRESETS])}, header:NAME"
    raise ValueError(f"no way to find a place is called {setting!r}: {hint}")
