"""Press: every answer of some periods, written once for each distinct content, and what is said beside it.

Answers lie in *homes*: a folder for a period, a publisher, a group of places and a voice. What a server must say of
the files in a home is kept as its `Facts`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from pathlib import Path

from ..answer.body import Body, Form, of_acts, of_frame, of_sheet
from ..answer.edition import Edition
from ..answer.reply import State
from ..device import check, table
from ..law.cases import Cases, Period
from ..law.examination import Visit, examine
from ..law.notice import Notice
from ..law.publisher import Publisher
from ..page import frame
from ..page.grade import Grade
from ..page.sheet import Length, Sheet
from ..page.style import style
from .spot import Map, territories
from .store import Store
from .voice import Tongues, Voice

ANYBODY = "-"
"""Where the answers are for publishers that are not known."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is said of the files in a home; `louder` is the next change that adds a risk to them."""

    language: str
    state: str = State.LIVE.value
    louder: datetime | None = None
    acts_language: str = ""
    frame_policy: str = ""
    check_policy: str = ""
    inside_style: str = ""


@dataclass
class Press:
    """What is being written, true from `at` on; `spots` are the places of every spot that is no territory."""

    edition: Edition
    at: datetime
    periods: tuple[Period, ...]
    map: Map
    spots: Mapping[str, Collection[str]]
    store: Store
    folder: Path
    publishers: tuple[Publisher, ...]
    files: dict[str, str] = field(default_factory=dict)
    facts: dict[str, Facts] = field(default_factory=dict)
    groups: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)
    voices: dict[str, Mapping[tuple[str, str], Voice]] = field(default_factory=dict)
    hands: dict[str, Mapping[str, str]] = field(default_factory=dict)
    refusals: dict[str, dict[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.cases: Cases = self.edition.cases
        self.tongues = Tongues(self.edition.languages, self.edition.ruleset.notices.values())
        self._serial = count()

    def print(self) -> Iterator[float]:
        """Write everything; yields how much of it is done, from 0 to 1."""
        work = [(str(number), period) for number, period in enumerate(self.periods)]
        for done, (number, period) in enumerate(work):
            self.edition.warm(self._instant(period))
            self._refusals(number, None)
            for at, publisher in enumerate(self.publishers):
                share = 1 / len(work) / len(self.publishers)
                start = done / len(work) + at * share
                for part in self._publisher(number, period, publisher):
                    yield start + part * share
        yield 1.0

    def notices(self, publisher: Publisher) -> list[Notice]:
        """The notices that are about a publisher's pages in any of the periods."""
        found: dict[str, Notice] = {}
        for period in self.periods:
            seen = examine(self.edition.ruleset, Visit(publisher.id, period.moment))
            found |= {finding.notice.id: finding.notice for finding in seen.findings}
        return list(found.values())

    def _publisher(self, number: str, period: Period, publisher: Publisher) -> Iterator[float]:
        concerned = self.notices(publisher)
        map = Map(self.cases, [period], concerned)
        spots = {**self.spots, **territories(self.cases, period)}
        spoken: dict[str, Collection[str]] = {}
        groups = self.groups[number, publisher.id] = {}
        for spot, candidates in spots.items():
            groups[spot] = map.name(map.of(candidates))
            spoken.setdefault(groups[spot], candidates)
        self.voices[publisher.id] = self.tongues.voices(publisher, concerned)
        voices = {voice.name: voice for voice in self.voices[publisher.id].values()}
        self._refusals(number, publisher)
        self._handouts(number, period, publisher)
        total, done = len(spoken) * len(voices), 0
        for group, candidates in spoken.items():
            for voice in voices.values():
                self._home(f"{number}/{publisher.id}/{group}/{voice.name}", period, publisher, candidates, voice)
                done += 1
                yield done / total

    def _home(self, home: str, period: Period, publisher: Publisher, candidates: Collection[str], voice: Voice) -> None:
        """All forms of one answer: it is found out once, and written down in every way."""
        found: dict[str, Body] = {}

        def make(sheet: Sheet, visit: Visit, louder: datetime | None) -> Body:
            for form in Form:
                for length in Length:
                    found[leaf(form, length)] = of_sheet(sheet, form, length, louder)
            found["acts.json"] = of_acts(sheet, visit, louder)
            found["frame.html"] = of_frame(sheet, visit, louder)
            return found["notice.html"]

        main = self.edition.made(
            make, publisher.id, candidates, self._instant(period), (next(self._serial),),
            language=voice.language, page_language=voice.told,
        )  # fmt: skip
        for name, body in found.items():
            self._write(f"{home}/{name}", body)
        self.facts[home] = Facts(
            main.language,
            (State.LIVE if main.said else State.NONE).value,
            main.louder_at,
            found["acts.json"].language,
            frame.policy(found["frame.html"].content.decode()),
        )

    def _refusals(self, number: str, publisher: Publisher | None) -> None:
        """What stands where nothing can be answered: for every tongue the text that the service has."""
        name = publisher.id if publisher else ANYBODY
        tags = self.refusals[name] = {}
        seen: dict[tuple[bytes, ...], str] = {}
        for tongue in self.tongues.all:
            tag = self.tongues.tag(tongue)
            bodies: list[Body] = []
            for form in (Form.HTML, Form.TEXT):
                made = (
                    self.edition.fallback(publisher.id, tag, form) if publisher else self.edition.anonymous(tag, form)
                )
                bodies.append(made)
            key = tuple(body.content for body in bodies)
            if key not in seen:
                seen[key] = tongue
                home = f"{number}/{name}/refused/{tongue}"
                self.facts[home] = Facts(bodies[0].language, State.REFUSED.value)
                for form, body in zip((Form.HTML, Form.TEXT), bodies, strict=True):
                    self._write(f"{home}/notice.{form.value}", body)
            tags[tongue] = seen[key]

    def _handouts(self, number: str, period: Period, publisher: Publisher) -> None:
        hands = self.hands[publisher.id] = self.tongues.hands(publisher)
        for tag in dict.fromkeys([*hands.values(), "en"]):
            home = f"{number}/{publisher.id}/hand/{tag}"
            pages: dict[str, str] = {}
            for name, make in _HANDOUTS.items():
                body = self.edition.handout(make, publisher.id, self._instant(period), tag)
                self._write(f"{home}/{name}", body)
                pages[name] = body.content.decode()
            self.facts[home] = Facts(
                tag,
                louder=period.end,
                check_policy=check.policy(pages["check.html"]),
                inside_style=check.digest(pages["inside.html"]),
            )

    def _instant(self, period: Period) -> datetime:
        """An instant of a period: that of the order, or the first of a later one."""
        return self.at if period.start is None or period.start <= self.at else period.start

    def _write(self, address: str, body: Body) -> None:
        self.add(address, body.content)

    def add(self, address: str, content: bytes) -> None:
        """Let a content be found at an address."""
        name = self.store.keep(content)
        self.files[address] = name
        self.store.link(name, self.folder / address)


def leaf(form: Form, length: Length) -> str:
    """How a file of a home is called."""
    dot = "" if length is Length.FULL else f".{length.value}"
    return f"notice{dot}.{form.value}"


def _style(_cases: Cases, publisher: Publisher, _language: str, _grade: Grade, _instant: datetime) -> str:
    return style(publisher.class_prefix)


_HANDOUTS: Mapping[str, Callable[[Cases, Publisher, str, Grade, datetime], str]] = {
    "table.json": table.written,
    "check.html": check.written,
    "inside.html": check.inlined,
    "reader.css": _style,
}
