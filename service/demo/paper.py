"""Paper: a page of the newspaper, with the desk beside it at which another way, place or day is chosen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from babel import Locale
from babel.dates import format_date
from flask import render_template

from ..device.check import digest
from ..device.element import INTEGRITY
from ..page.language import direction
from ..page.phrases import phrases
from ..page.plain import units
from . import include
from .almanac import ANYWHERE, Almanac
from .article import ARTICLES
from .choice import PLACES, USUAL, Choice
from .way import BY_NAME, Way, groups

_POLICY = (
    "default-src 'none'",
    "img-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
)
_LOCALES = {"en": "en_GB"}
_PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
LIMITS = (("A message in Telegram", 4096), ("A caption under a picture in Telegram", 1024), ("Hardly any room", 280))


@dataclass(frozen=True, slots=True)
class Page:
    """A page, and its Content-Security-Policy: what its way needs, and nothing else."""

    text: str
    policy: str


class Paper:
    """Sets the pages."""

    def __init__(self, almanac: Almanac) -> None:
        self._almanac = almanac

    def page(self, choice: Choice, origin: str) -> Page:
        """A whole page. `origin` is the address of the demonstration, as it stands in lines to copy."""
        way, article = BY_NAME[choice.way], ARTICLES[choice.language]
        publisher = self._almanac.ruleset.publishers[choice.publisher]
        words = phrases(choice.language)
        day = choice.day or self._almanac.today()
        notice = self._notice(choice, way)
        acts = include.acts(self._almanac, choice)
        questions = include.questions(self._almanac, choice) if way.shape == "check-inside" else ""
        allowed = list(way.policy)
        if way.sheet:
            allowed.insert(0, " ".join(filter(None, ("style-src 'self'", digest(questions)))))
        text = render_template(
            "page.html",
            choice=choice,
            way=way,
            article=article,
            direction=direction(choice.language),
            date=_printed(day, choice.language),
            day=day,
            notice=notice,
            questions=questions,
            acts=acts,
            said=_said(acts, article.acts, way),
            heading=words.heading.format(publisher=publisher.called(words.language)),
            integrity=INTEGRITY,
            baked=include.baked(self._almanac, choice),
            groups=groups(),
            lines=_filled(way.lines, choice, origin),
            allowed=allowed,
            published_by=publisher.called("en"),
            publishers={
                id: found.called("en")
                for id, found in sorted(
                    self._almanac.ruleset.publishers.items(), key=lambda pair: pair[1].called("en").casefold()
                )
            },
            places={**PLACES, **({} if choice.place in PLACES else {choice.place: choice.place})},
            languages={tag: Locale(tag).get_display_name(tag) for tag in USUAL},
            usual=USUAL,
            changes=self._changes(choice),
            messages=self._messages(choice) if way.shape == "text" else (),
        )
        return Page(text, "; ".join((*_POLICY, *allowed)))

    def _notice(self, choice: Choice, way: Way) -> str:
        if way.shape == "baked":
            return include.baked(self._almanac, choice)
        if way.shape == "misspelt":
            return include.misspelt(self._almanac, choice)
        return include.included(self._almanac, choice, way.length)

    def _changes(self, choice: Choice) -> dict[str, date | None]:
        """The days before and after this one on which the notice changes here."""
        day = choice.day or self._almanac.today()
        days = self._almanac.changes(choice.publisher, choice.place, choice.language)
        before = max((one for one in days if one <= day), default=None)
        return {
            "before": before,
            "eve": before - timedelta(days=1) if before else None,
            "after": min((one for one in days if one > day), default=None),
        }

    def _messages(self, choice: Choice) -> list[dict[str, object]]:
        """The plain text as it fits into a message of each kind."""
        found = []
        for title, most in LIMITS:
            text = include.plain(self._almanac, choice, most)
            found.append({"title": title, "most": most, "text": text, "units": units(text)})
        return found


def _printed(day: date, language: str) -> str:
    """A date as the newspaper prints it."""
    text = format_date(day, "full", locale=_LOCALES.get(language, language))
    return text.translate(_PERSIAN_DIGITS) if language == "fa" else text


def _said(acts: Mapping[str, Any], controls: Iterable[str], way: Way) -> dict[str, str]:
    """What stands beside each control: what is known of its act here, else the general text.

    The element marks the controls, and leaves the words to the page, which here has only the general ones.
    """
    known = acts["controls"] if way.shape == "acts" else {}
    return {control: known[control]["text"] if control in known else acts["general"] for control in controls}


def _filled(lines: str, choice: Choice, origin: str) -> str:
    """Lines to copy, with the choice in them; a place that is not known is not written into a page."""
    if choice.place == ANYWHERE:
        lines = lines.replace(' place="{place}"', "")
    slots = {"publisher": choice.publisher, "place": choice.place, "language": choice.language, "origin": origin}
    for name, value in slots.items():
        lines = lines.replace("{" + name + "}", value)
    return lines
