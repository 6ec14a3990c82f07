"""Accept: the languages that a browser asks for, as far as nginx's patterns can read them.

A header is read if its weights have at most one decimal and fall from left to right, as every browser writes them,
and then up to its sixth language. Of any other the publisher's first language is served: never a neighbour's, which
would turn Ukrainian and Belarusian into Russian.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..law.publisher import Publisher
from ..page.language import NEWER, SPELLINGS, lineage, lookup, normal
from .directive import SUBTAGS, any_of, chosen
from .voice import NONE, Tongues

READ = 6
"""How many languages of a header are looked at."""

LONGEST = 512
"""Characters of a header that the service reads."""


def maps(tongues: Tongues, publishers: tuple[Publisher, ...]) -> list[str]:
    """Blocks for `$caveat_header_tongue`, what to answer in, and `$caveat_header_told`, a tag to tell the law or ""."""
    profiles: dict[tuple[tuple[str, str], ...], list[str]] = {}
    for publisher in publishers:
        profiles.setdefault(tuple(_found(tongues, publisher).items()), []).append(publisher.id)
    found = [
        chosen(
            "list", "$http_accept_language",
            {f"~.{{{LONGEST + 1}}}": "", f"~*^{_falling()}$": "$http_accept_language"},
        ),
        chosen(
            "profile", "$caveat_publisher",
            {f"~^(?:{any_of(ids)})$": str(number) for number, ids in enumerate(profiles.values())},
        ),
    ]  # fmt: skip
    rest = "$caveat_list"
    for number in range(1, READ + 1):
        found.append(chosen(f"range{number}", rest, {f"~^\\s*(?<caveat_a{number}>[^,;\\s]+)": f"$caveat_a{number}"}))
        found.append(chosen(f"rest{number}", rest, {f"~^[^,]*,(?<caveat_b{number}>.*)$": f"$caveat_b{number}"}))
        rest = f"$caveat_rest{number}"
        instead = f"$caveat_found{number + 1}" if number < READ else NONE
        values = {
            f"~*^{profile} {pattern}$": tongue for profile, kinds in enumerate(profiles) for pattern, tongue in kinds
        }
        found.append(chosen(f"found{number}", f"$caveat_profile $caveat_range{number}", values, instead))
    found.append(chosen("header_tongue", "$caveat_found1", {}, "$caveat_found1"))
    one = "(?<caveat_p>[a-z]{2,3})(?:-[a-z0-9-]*)?"
    more = r"(?:\s*,\s*(?:\k<caveat_p>(?:-[a-z0-9-]*)?|\*)\s*(?:;[^,]*)?)*"
    found.append(chosen("header_told", "$caveat_list", {rf"~*^\s*{one}\s*(?:;[^,]*)?{more}$": "$caveat_range1"}))
    return found


def _found(tongues: Tongues, publisher: Publisher) -> Mapping[str, str]:
    """Pattern → the tongue that a publisher has for the ranges that fit it, the most exact patterns first."""
    kinds: dict[str, str] = {}
    named = {*publisher.languages, *publisher.fallback}
    named |= {
        tag for tag in tongues.names if tag in (*SPELLINGS, *NEWER) and not named.isdisjoint(lineage(normal(tag)))
    }
    for tag in sorted(named, key=lambda tag: (-tag.count("-"), tag)):
        tongue = lookup([normal(tag)], publisher)
        if tongue in tongues.names:
            kinds[tag if "-" in tag else tag + SUBTAGS] = tongue
    return kinds


def _falling() -> str:
    """Ranges whose weights do not rise."""
    tag = r"\s*[a-z0-9*-]{1,35}\s*"
    parts = [rf"(?:{tag}(?:;\s*q\s*=\s*1(?:\.0{{0,3}})?\s*)?(?:,|$))*"]
    parts += [rf"(?:{tag};\s*q\s*=\s*0?\.{tenth}0{{0,2}}\s*(?:,|$))*" for tenth in range(9, 0, -1)]
    return "".join(parts)
