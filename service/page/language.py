"""Language: tags, the direction of writing, and which language is served for the one asked for.

Never "closest match", which turns Ukrainian and Belarusian into Russian: a language is itself, a shorter tag of
itself, what the publisher declares in its stead, or the publisher's first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from ..law.publisher import Publisher

_TAG = re.compile(r"([A-Za-z]{2,3})(?:-([A-Za-z]{4}))?(?:-([A-Za-z]{2}|[0-9]{3}))?")
_NAMED = frozenset(Locale("en").languages) - {"und", "mul", "zxx", "root"}
_LONGEST_HEADER = 512
NEWER: Mapping[str, str] = MappingProxyType(
    {old: get_global("language_aliases")[old].replace("_", "-") for old in ("cmn", "in", "iw", "ji", "prs", "zsm")}
)
"""Codes that browsers or readers still use → what CLDR has in their stead: prs is fa-AF, iw is he."""

_KNOWN = _NAMED | frozenset(NEWER)

TRADITIONAL = ("HK", "MO", "TW")
"""Where Chinese is written in Traditional characters unless a tag says otherwise; Simplified anywhere else."""

SPELLINGS = (
    "zh",
    "zh-Hans",
    *(f"zh{script}-{region}" for script in ("", "-Hant") for region in TRADITIONAL),
    "zh-Hant",
)
"""Tags for which something else than their shorter forms is looked up as well."""


def normal(tag: str) -> str:
    """A tag of a language that exists, in its usual spelling (RFC 5646 section 2.1.1), or "" for anything else."""
    found = _TAG.fullmatch(tag)
    if found is None or found[1].lower() not in _KNOWN:
        return ""
    language, script, region = found.groups()
    newer = _TAG.fullmatch(NEWER.get(language.lower(), language))
    if newer is not None:
        language, script, region = newer[1], script or newer[2], region or newer[3]
    return "-".join(filter(None, (language.lower(), (script or "").title(), (region or "").upper())))


@lru_cache(maxsize=1024)
def direction(tag: str) -> str:
    """`ltr` or `rtl`, by CLDR."""
    known = normal(tag)
    language, _, rest = known.partition("-")
    script = rest.partition("-")[0]
    for attempt in (f"{language}_{script}" if len(script) == 4 else "", language):
        try:
            if attempt:
                return Locale.parse(attempt).text_direction
        except (UnknownLocaleError, ValueError):
            continue
    return "ltr"


def shorter(tag: str) -> Iterator[str]:
    """A tag and what is left of it as its last parts fall away (RFC 4647 section 3.4)."""
    while tag:
        yield tag
        tag = tag.rpartition("-")[0]
        if len(tag) > 2 and tag[-2] == "-":  # a lone letter only announces what followed it
            tag = tag[:-2]


def lineage(tag: str) -> tuple[str, ...]:
    """A tag and what is looked up in its stead: its shorter forms and, of Chinese, its characters.

    `zh` alone is in Simplified characters (CLDR, likely subtags). Both are looked up, because whoever reads the one
    would rather be warned in the other than not at all.
    """
    found = list(shorter(tag))
    if found[-1:] == ["zh"]:
        found[-1:] = ["zh-Hant", "zh", "zh-Hans"] if _is_traditional(tag) else ["zh", "zh-Hans", "zh-Hant"]
    return tuple(dict.fromkeys(found))


def _is_traditional(tag: str) -> bool:
    """Whether Chinese is in Traditional characters by a tag: by its script, else as it is written in its region."""
    rest = tag.split("-")[1:]
    return bool(rest) and (rest[0] == "Hant" or rest[0] in TRADITIONAL)


def chain(asked: str, publisher: Publisher) -> tuple[str, ...]:
    """The languages to look for a text in, first the one asked for ("" if none was), last English."""
    wanted = list(lineage(asked))
    for tag in list(wanted):
        if tag in publisher.fallback:
            wanted += publisher.fallback[tag]
            break
    return tuple(dict.fromkeys([*wanted, *publisher.languages[:1], "en"]))


def ranges(header: str) -> list[str]:
    """The ranges of an Accept-Language header, most wanted first; what cannot be read is left out."""
    found: list[tuple[float, str]] = []
    for part in header[:_LONGEST_HEADER].split(","):
        wanted, _, rest = part.partition(";")
        name, _, value = rest.partition("=")
        try:
            weight = float(value) if name.strip() == "q" else 1.0
        except ValueError:
            continue
        tag = normal(wanted.strip())
        if tag and 0 < weight <= 1:
            found.append((weight, tag))
    return [tag for _, tag in sorted(found, key=lambda pair: -pair[0])]


def lookup(wanted: Sequence[str], publisher: Publisher) -> str:
    """RFC 4647 lookup over a publisher's languages and the fall-backs that it declares; else its first language."""
    for asked in wanted:
        for tag in lineage(asked):
            if tag in publisher.languages:
                return tag
        for tag in lineage(asked):
            for instead in publisher.fallback.get(tag, ()):
                return instead
    return publisher.languages[0] if publisher.languages else "en"


def one(wanted: Sequence[str]) -> str:
    """The language that a list of ranges asks for, or "" where it asks for several or none.

    Somebody who reads English and Russian may have either before them, so the page's language is then not known.
    """
    return wanted[0] if len({tag.partition("-")[0] for tag in wanted}) == 1 else ""
