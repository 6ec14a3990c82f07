"""Outline: the shapes of countries, drawn once from Natural Earth and kept beside this file.

Run as a module with the folder of the two TopoJSON files, this draws them anew in the Equal Earth projection; the
pages need nothing but what it wrote. Everything is in whole units of a picture `WIDTH` wide.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, TypeAlias

WIDTH: Final = 2000
"""The width of the picture; a unit is some twenty kilometres at the equator."""

DRAWN: Final = Path(__file__).with_name("outline.json")

UNCODED: Final[Mapping[str, str]] = {"-1": "CY", "-2": "XK", "-3": "SO"}
"""Shapes without a numeric code, and the code under which readers there are looked for: what the data draw apart as
Northern Cyprus, Kosovo and Somaliland."""

LEFT_OUT: Final = frozenset({"AQ"})
"""Antarctica: nobody's law, and a fifth of the picture."""

_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
_ROOT = math.sqrt(3) / 2
_EAST = math.pi / (_ROOT * _A1)

Point: TypeAlias = tuple[float, float]
Spot: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Outline:
    """`shapes`: SVG path data by ISO code; `spots`: the middle of countries too small for one; `borders`: all lines
    between two codes, as one path; `top`: the height of the picture's upper edge above the equator, in its units."""

    width: int
    height: int
    top: int
    shapes: Mapping[str, str]
    spots: Mapping[str, Spot]
    borders: str

    def at(self, longitude: float, latitude: float) -> Point:
        """Where a point on earth lies in the picture."""
        across, down = projected(longitude, latitude)
        return across, down - self.top


@cache
def outline() -> Outline:
    """The outline as it was drawn."""
    kept = json.loads(DRAWN.read_text(encoding="utf-8"))
    spots = {code: (x, y) for code, (x, y) in kept["spots"].items()}
    return Outline(kept["width"], kept["height"], kept["top"], kept["shapes"], spots, kept["borders"])


def projected(longitude: float, latitude: float) -> Point:
    """Equal Earth (Šavrič, Patterson and Jenny, 2018), so that areas compare; y grows to the south."""
    theta = math.asin(_ROOT * math.sin(math.radians(latitude)))
    square = theta * theta
    sixth = square**3
    across = math.radians(longitude) * math.cos(theta) / (
        _ROOT * (_A1 + 3 * _A2 * square + sixth * (7 * _A3 + 9 * _A4 * square))
    )  # fmt: skip
    down = -theta * (_A1 + _A2 * square + sixth * (_A3 + _A4 * square))
    return (across + _EAST) * WIDTH / (2 * _EAST), down * WIDTH / (2 * _EAST)


class _Topology:
    """One TopoJSON file: arcs by number, and the arcs of every code."""

    def __init__(self, data: Any, codes: Mapping[str, str]) -> None:
        (across, down), (left, bottom) = data["transform"]["scale"], data["transform"]["translate"]
        self.arcs = [list(_unpacked(arc, across, down, left, bottom)) for arc in data["arcs"]]
        self.rings: dict[str, list[list[int]]] = {}
        for shape in data["objects"]["countries"]["geometries"]:
            code = UNCODED.get(shape["id"]) or codes.get(shape["id"], "")
            polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
            if code and code not in LEFT_OUT:
                self.rings.setdefault(code, []).extend(ring for polygon in polygons for ring in polygon)

    def sides(self, ring: Iterable[int]) -> Iterator[list[Point]]:
        """A ring cut at the date line, which Russia and Fiji lie across."""
        turned = _turned(self.line(ring))
        if all(-180 <= x <= 180 for x, _ in turned):
            yield turned
            return
        for west in (-540.0, -180.0, 180.0):
            part = _cut(_cut(turned, west, 1), west + 360, -1)
            if part:
                yield [(x - west - 180, y) for x, y in part]

    def line(self, ring: Iterable[int]) -> list[Point]:
        """The points of some arcs, one after another; a negative number is an arc backwards."""
        points: list[Point] = []
        for number in ring:
            arc = self.arcs[number] if number >= 0 else self.arcs[~number][::-1]
            points += arc[1:] if points else arc
        return points

    def shared(self) -> Iterator[list[Point]]:
        """The arcs on which two codes meet."""
        sides: dict[int, set[str]] = {}
        for code, rings in self.rings.items():
            for number in (number for ring in rings for number in ring):
                sides.setdefault(number if number >= 0 else ~number, set()).add(code)
        yield from (self.arcs[number] for number in sorted(sides) if len(sides[number]) > 1)


def _turned(points: Iterable[Point]) -> list[Point]:
    """Points of which none jumps from one end of the map to the other; longitudes go past 180 instead."""
    found: list[Point] = []
    for x, y in points:
        whole = round((found[-1][0] - x) / 360) if found else 0
        found.append((x + 360 * whole, y))
    return found


def _cut(points: Sequence[Point], at: float, side: int) -> list[Point]:
    """What of a ring lies east (1) or west (-1) of a meridian."""
    found: list[Point] = []
    for (x1, y1), (x2, y2) in zip(points, [*points[1:], *points[:1]], strict=True):
        one, two = (x1 - at) * side, (x2 - at) * side
        if one >= 0:
            found.append((x1, y1))
        if one * two < 0:
            found.append((at, y1 + (y2 - y1) * one / (one - two)))
    return found


def _unpacked(arc: Iterable[Sequence[int]], across: float, down: float, left: float, bottom: float) -> Iterator[Point]:
    x = y = 0
    for east, north in arc:
        x, y = x + east, y + north
        yield left + x * across, bottom + y * down


def draw(coarse: Any, fine: Any, codes: Mapping[str, str]) -> dict[str, Any]:
    """The outline of a coarse file; of countries that only a finer one has, a spot. `codes`: letters by number."""
    topology, finer = _Topology(coarse, codes), _Topology(fine, codes)
    edges = [projected(*point)[1] for rings in topology.rings.values() for ring in rings
             for point in topology.line(ring)]  # fmt: skip
    top = math.floor(min(edges))
    height = math.ceil(max(edges)) - top

    def path(lines: Iterable[list[Point]], *, closed: bool) -> str:
        return "".join(_path([_unit(point, top) for point in line], closed=closed) for line in lines)

    shapes = {
        code: path((side for ring in topology.rings[code] for side in topology.sides(ring)), closed=True)
        for code in sorted(topology.rings)
    }
    spots = {
        code: _middle([_unit(point, top) for point in max(map(finer.line, finer.rings[code]), key=len)])
        for code in sorted(finer.rings.keys() - shapes.keys())
    }
    return {
        "width": WIDTH, "height": height, "top": top, "shapes": shapes, "spots": spots,
        "borders": path(topology.shared(), closed=False),
    }  # fmt: skip


def _unit(point: Point, top: int) -> Spot:
    across, down = projected(*point)
    return round(across), round(down) - top


def _middle(points: Sequence[Spot]) -> Spot:
    across, down = [x for x, _ in points], [y for _, y in points]
    return (min(across) + max(across)) // 2, (min(down) + max(down)) // 2


def _path(points: Sequence[Spot], *, closed: bool) -> str:
    """Path data with relative steps; islands that shrink to less than a triangle are left out."""
    kept = [point for number, point in enumerate(points) if number == 0 or point != points[number - 1]]
    if closed and kept[0] == kept[-1]:
        kept.pop()
    if len(kept) < (3 if closed else 2):
        return ""
    steps = [f"{x - before_x},{y - before_y}" for (before_x, before_y), (x, y) in pairwise(kept)]
    return f"M{kept[0][0]},{kept[0][1]}l{' '.join(steps)}{'z' if closed else ''}"


def drawing(folder: Path) -> str:
    """The text of `DRAWN`, anew from `110m.json` and `50m.json` in a folder; a line for each shape."""
    import pycountry

    codes = {country.numeric: country.alpha_2 for country in pycountry.countries}
    coarse, fine = (json.loads((folder / f"{scale}.json").read_text(encoding="utf-8")) for scale in ("110m", "50m"))
    drawn = draw(coarse, fine, codes)
    lines = ",\n".join(f"{json.dumps(code)}:{json.dumps(path)}" for code, path in drawn.pop("shapes").items())
    rest = json.dumps(drawn, separators=(",", ":"))[1:]
    return f'{{"shapes":{{\n{lines}\n}},\n{rest}\n'


if __name__ == "__main__":
    DRAWN.write_text(drawing(Path(sys.argv[1])), encoding="utf-8")
