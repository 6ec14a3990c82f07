"""Shelf: the answers of one period as they stand ready: for a place class and a language, the bytes and every header.

What stands here is public law, the same for everybody. Its keys are made of the rules: an address, or a language that
only a reader would name, is never one of them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import MappingProxyType

from ..law.moment import Moment
from ..law.place import UNKNOWN
from ..page.sheet import Length
from . import address, reply
from .body import Body, Form
from .edition import KEPT, Edition, Voice

Pairs = list[tuple[str, str]]
"""Headers in the order in which they are sent."""

NAMES: Mapping[str, tuple[Form, Length]] = MappingProxyType(
    {
        f"notice{'' if length is Length.FULL else f'.{length.value}'}.{form.value}": (form, length)
        for form in Form
        for length in Length
    }
)
"""How the address of a notice ends → its form and length."""

_NEVER = datetime.max.replace(tzinfo=UTC)
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Ready:
    """An answer with its headers; `passing` if nobody may keep it, else `lasting`, which are right until `steady`.

    `unchanged` are those that go with 304.
    """

    body: Body
    state: reply.State
    passing: Pairs
    lasting: Pairs
    unchanged: Pairs
    steady: datetime


class Shelf:
    """The ready answers of an edition from an instant to the next change."""

    def __init__(self, edition: Edition, instant: datetime) -> None:
        self.edition = edition
        self.period = edition.cases.period(instant)
        self._places = edition.cases.places(self.period.moment)
        self._classes = self._usual_places(instant)
        self._voices = self._usual_voices()
        self._ready: dict[tuple[object, ...], Ready] = {}

    def serves(self, edition: Edition, instant: datetime) -> bool:
        """Whether this is the shelf of an edition at an instant."""
        start, end = self.period.start, self.period.end
        return edition is self.edition and (start is None or start <= instant) and (end is None or instant < end)

    def standing(self, publisher: str, place: str, language: str, name: str, now: datetime) -> Ready | None:
        """What stands ready for everybody at an address that is spelt in the one way, else None."""
        where = self._classes.get(place)
        if where is None or name not in NAMES:
            return None
        voice = self._voices.get((publisher, language)) or self._voice(publisher, language)
        if voice is None:
            return None
        key = (publisher, where, voice, name)
        found = self._ready.get(key)
        if found is None:
            found = self._make(key, publisher, where, name, now, language, language)
        if now > found.steady:
            return self._written(found.body, publisher, NAMES[name][0], now)
        return found

    def negotiated(
        self, publisher: str, candidates: Collection[str], asked: str, told: str | None, name: str, now: datetime
    ) -> Ready | None:
        """What stands ready for whoever may be in some places and has a language, else None.

        `asked` chooses the text, `told` is what the law is told of the page's language.
        """
        if publisher not in self.edition.ruleset.publishers or name not in NAMES:
            return None
        where = self._places.of(candidates)
        key = (publisher, where, self.edition.voice(publisher, asked, told), name)
        found = self._ready.get(key)
        return found or self._make(key, publisher, where, name, now, asked, told)

    def _make(
        self, key: tuple[object, ...], publisher: str, where: Collection[str], name: str, now: datetime, asked: str,
        told: str | None,
    ) -> Ready:  # fmt: skip
        form, length = NAMES[name]
        body = self.edition.body(publisher, where, now, form, length, language=asked, page_language=told)
        made = self._written(body, publisher, form, now)
        if len(self._ready) >= KEPT:
            self._ready.clear()
        self._ready[key] = made
        return made

    def _written(self, body: Body, publisher: str, form: Form, now: datetime) -> Ready:
        owner, fingerprint = self.edition.ruleset.publishers[publisher], self.edition.fingerprint
        state = reply.State.LIVE if body.said else reply.State.NONE
        kept = reply.stated(reply.lasting(body, publisher, fingerprint, now, owner.browsers_keep), state)
        about = {
            "Content-Type": reply.TYPES[form],
            "Content-Length": str(len(body.content)),
            "Content-Language": body.language,
        }
        every = {**reply.ALWAYS, "Notice-Ruleset": reply.token(fingerprint), "Access-Control-Allow-Origin": "*"}
        passing = {**reply.stated(reply.FLEETING, state), **about, **every}
        return Ready(
            body,
            state,
            [*passing.items(), ("Vary", reply.UNKEPT)],
            [*{**kept, **about, **every}.items()],
            [*{**kept, **every}.items()],
            steady if now <= (steady := _steady(body)) else _LONG_AGO,
        )

    def _usual_places(self, instant: datetime) -> Mapping[str, frozenset[str]]:
        """Every spelling of a place that may be stored → the classes in which it is."""
        ruleset, moment = self.edition.ruleset, Moment.at(instant)
        found = {code: self._places.of((code,)) for code in ruleset.gazetteer.parents if address.one_code(code) == code}
        for name in (address.ANYWHERE, UNKNOWN, *(ruleset.territories.keys() - found.keys())):
            found[name] = self._places.of(address.place(name, ruleset, moment).candidates)
        same = {classes: classes for classes in found.values()}
        return {text: same[classes] for text, classes in found.items()}

    def _usual_voices(self) -> Mapping[tuple[str, str], Voice]:
        """Every publisher with every language in which something can be said → its voice."""
        asked = ((publisher, tag) for publisher in self.edition.ruleset.publishers for tag in self.edition.languages)
        return {each: voice for each in asked if (voice := self._voice(*each)) is not None}

    def _voice(self, publisher: str, language: str) -> Voice | None:
        """The voice of a language that is spelt in the one way that may be stored, else None."""
        ruleset = self.edition.ruleset
        if publisher not in ruleset.publishers or address.language(language, ruleset) != (language, True):
            return None
        return self.edition.voice(publisher, language, language)


def _steady(body: Body) -> datetime:
    """Until when a public answer may live as long as any: so long its headers stay as they are."""
    changes = []
    if body.next_change is not None:
        changes.append(body.next_change - timedelta(seconds=reply.MOST))
    if body.louder_at is not None:
        changes.append(body.louder_at - timedelta(seconds=reply.MOST + reply.WEEK))
    return min(changes, default=_NEVER)
