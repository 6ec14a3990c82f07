"""Law: a small rule set built by hand, with changes ahead, and a service over it whose clock the tests set."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from service.law.act import Basis, Exposure, Risk
from service.law.condition import (
    AllOf,
    AnyOf,
    CitizenOf,
    Content,
    LocatedIn,
    PageLanguage,
    Possibly,
    ResidentOf,
    Stateless,
)
from service.law.notice import Concern, Kind, Notice
from service.law.place import Gazetteer
from service.law.publisher import Publisher
from service.law.register import Entry, Register
from service.law.ruleset import RuleSet
from service.law.standing import PartialDate, Timeline, between
from service.law.territory import Holding, Territory
from service.law.verdict import Verdict
from service.law.wording import Speech, Wording
from service.page.grade import Grade
from service.web.app import create_app
from service.web.counter import Counters
from service.web.library import Library

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
FUTURE = NOW + timedelta(days=3)
RU, BY, GAY = "ru/undesirable", "by/extremist", "ru/content"
CODES = ("RU", "RU-MOW", "UA", "UA-43", "UA-14", "BY", "DE", "DE-BE", "CN", "CN-HK", "HK", "KZ", "US", "FR")
CANARY = "Kanarienvogel"


def speeches(applies: str, may_apply: str, draft: bool = False) -> dict[Verdict, Speech]:
    return {Verdict.APPLIES: Speech(applies, draft=draft), Verdict.MAY_APPLY: Speech(may_apply, draft=draft)}


def on(day: date) -> PartialDate:
    return PartialDate.of(day)


HELD = Territory(
    "held",
    "Held",
    wholly=(Holding("RU"), Holding("UA-43", between(on(date(2014, 3, 1)), None))),
    partly=(Holding("UA-14"), Holding("KZ", between(on(date(2030, 1, 1)), None))),
)

UNDESIRABLE = Notice(
    RU,
    {"en": "Undesirable organization", "ru": "Нежелательная организация"},
    Kind.READER_RISK,
    Basis.STATUTE,
    Concern(register="ru/list"),
    AnyOf(
        of=(
            CitizenOf(names=("RU",)),
            AllOf(of=(Stateless(), ResidentOf(names=("held",)))),
            Possibly(of=LocatedIn(names=("held",))),
        )
    ),
    warn_when_unsure=PageLanguage(names=("ru",)),
    acts={"share": Timeline.always(Exposure(Risk.ADMINISTRATIVE, Risk.CRIMINAL))},
    wording=Wording(
        {
            "en": speeches("You are bound by a law of Russia.", "If you are in Russia or hold its passport…"),
            "ru": speeches("Вас касается закон России.", "Если вы в России или у вас есть её паспорт…", draft=True),
        }
    ),
)

EXTREMIST = Notice(
    BY,
    {"en": "Extremist materials"},
    Kind.READER_RISK,
    Basis.STATUTE,
    Concern(register="by/list"),
    LocatedIn(names=("BY",)),
    wording=Wording({"en": speeches("You are in Belarus.", "If you are in Belarus…")}),
)

TAGGED = Notice(
    GAY,
    {"en": "Certain content"},
    Kind.READER_RISK,
    Basis.STATUTE,
    Concern(content=("lgbt",)),
    AllOf(of=(LocatedIn(names=("RU",)), Content(names=("lgbt",)))),
    wording=Wording({"en": speeches("This page is banned in Russia.", "This page may be banned in Russia.")}),
)


def ruleset(fingerprint: str = "f1", changes_on: date | None = None, gone_on: date | None = None) -> RuleSet:
    """The set; from `changes_on` a Belarusian register lists rferl, from `gone_on` it lists svaboda no more."""
    listed = between(on(changes_on), None) if changes_on else between(None, None)
    left = between(None, on(gone_on - timedelta(days=1))) if gone_on else between(None, None)
    publishers = (
        Publisher("rferl", {"en": "RFE/RL"}, universal=(RU,)),
        Publisher("svaboda", {"en": "Svaboda", "be": "Свабода"}, ("be", "ru", "en"), {"uk": ("en",)}, universal=(BY,)),
        Publisher("quiet", {"en": "Quiet"}),
        Publisher("brazil", {"en": "Brazil"}, ("pt-BR", "en")),
    )
    return RuleSet(
        {notice.id: notice for notice in (UNDESIRABLE, EXTREMIST, TAGGED)},
        {
            "ru/list": Register("ru/list", "R", "K", date(2026, 11, 20), entries=(Entry(publisher="rferl"),)),
            "by/list": Register(
                "by/list",
                "B",
                "K",
                date(2026, 11, 10),
                entries=(Entry(publisher="rferl", standing=listed), Entry(publisher="svaboda", standing=left)),
            ),
        },
        {"held": HELD},
        {publisher.id: publisher for publisher in publishers},
        gazetteer=Gazetteer({code: code.partition("-")[0] if "-" in code else "" for code in CODES}),
        fingerprint=fingerprint,
    ).linked()


@dataclass
class Read:
    """What a folder was read as."""

    ruleset: RuleSet | None
    problems: tuple[str, ...] = ()


@dataclass
class Service:
    """A service in this process; every field may be changed between requests."""

    folder: Path
    rules: RuleSet = field(default_factory=ruleset)
    now: datetime = NOW
    origin: Collection[str] | Exception = ("DE",)
    grade: Grade = Grade.SOURCED
    told: list[str] = field(default_factory=list)
    alarms: list[str] = field(default_factory=list)
    counters: Counters = field(default_factory=Counters)
    admin: tuple[tuple[str, int], ...] = ()

    def __post_init__(self) -> None:
        (self.folder / "rules.yaml").write_text("x")
        self.library = Library(
            self.folder,
            lambda _: Read(self.rules),
            self.grade,
            now=lambda: self.now,
            counters=self.counters,
            tell=self.told.append,
        )
        self.library.open()
        self.app: Flask = create_app(
            self.library,
            self._places,
            attributions="Data\n----\n\nFrom <somebody> & others (https://example.org/?a=1&b=2).\nAnd more.",
            admin=self.admin,
            alarm=self.alarms.append,
        )
        self.client: FlaskClient = self.app.test_client(use_cookies=False)

    def _places(self, peer: str, header: Callable[[str], str | None]) -> Collection[str]:
        if isinstance(self.origin, Exception):
            raise self.origin
        return self.origin

    def replace(self, rules: RuleSet) -> None:
        """Serve another rule set at once."""
        self.rules = rules
        self.library.open()


def without(rules: RuleSet, notice: str) -> RuleSet:
    """The set without one notice."""
    return replace(rules, notices={id: kept for id, kept in rules.notices.items() if id != notice})
