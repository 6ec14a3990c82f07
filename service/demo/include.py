"""Include: what the newspaper's server puts into a page: the live text, its last good copy, or what was baked in.

It is what the recipes do in nginx, Python or PHP, and no more: 200 and a body that is not empty is good.
"""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

from markupsafe import Markup

from ..device import check
from .almanac import ANYWHERE, Almanac
from .choice import Choice


def included(almanac: Almanac, choice: Choice, length: str = "") -> Markup:
    """The fragment for the choice's place and day."""
    return _fragment(almanac, choice, choice.publisher, choice.place, length)


def baked(almanac: Almanac, choice: Choice) -> Markup:
    """What was pasted into the page when it was made: the text for everybody, whose condition stands in it."""
    return _fragment(almanac, choice, choice.publisher, ANYWHERE)


def misspelt(almanac: Almanac, choice: Choice) -> Markup:
    """What comes for a publisher that no file is about."""
    return _fragment(almanac, choice, f"{choice.publisher}-misspelt", choice.place)


def plain(almanac: Almanac, choice: Choice, most: int) -> str:
    """The text without markup, as much of it as fits into `most` UTF-16 code units."""
    path = f"/v1/{choice.publisher}/{choice.place}/{choice.language}/notice.{most}.txt"
    return almanac.ask(choice.day, path).text


def acts(almanac: Almanac, choice: Choice) -> dict[str, Any]:
    """What each act can lead to here, as data."""
    answer = almanac.ask(choice.day, f"/v1/{choice.publisher}/{choice.place}/{choice.language}/acts.json")
    found: dict[str, Any] = json.loads(answer.content)
    return {**found, "attributes": Markup(found["attributes"])}  # noqa: S704 - names and gates, all of them ours


def questions(almanac: Almanac, choice: Choice) -> Markup:
    """The check page as a fragment, with its style."""
    edition, now = almanac.edition(choice.day)
    publisher = edition.ruleset.publishers[choice.publisher]
    return Markup(check.inlined(edition.cases, publisher, choice.language, edition.grade, now))  # noqa: S704 - likewise


def _fragment(almanac: Almanac, choice: Choice, publisher: str, place: str, length: str = "") -> Markup:
    dot = f".{length}" if length else ""
    answer = almanac.ask(choice.day, f"/v1/{publisher}/{place}/{choice.language}/notice{dot}.html")
    if answer.status != HTTPStatus.OK or not answer.content.strip():
        raise LookupError("a fragment is always there")
    return Markup(answer.text)  # noqa: S704 - the service's own fragment, escaped once, there
