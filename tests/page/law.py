"""Law: a small rule set built by hand, with everything that a page can be asked to print."""

from __future__ import annotations

from datetime import UTC, date, datetime
from hashlib import sha256

from service.law.act import Basis, Exposure, Risk
from service.law.citation import Citation, Citations, Seen
from service.law.condition import AnyOf, CitizenOf, Everyone, LocatedIn, PageLanguage, Possibly
from service.law.examination import Visit, examine
from service.law.moment import Moment
from service.law.notice import Concern, Kind, Notice
from service.law.place import Gazetteer
from service.law.prescribed import Prescribed, Slot
from service.law.publisher import Publisher
from service.law.reader import Reader
from service.law.register import Entry, Register
from service.law.ruleset import RuleSet
from service.law.standing import PartialDate, Timeline
from service.law.verdict import Verdict
from service.law.wording import Speech, Wording
from service.page.grade import Grade
from service.page.sheet import Sheet, compose

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
RU, BY, LABEL = "ru/undesirable-organization", "by/extremist-materials", "ru/foreign-agent-label"
PRESCRIBED = "МАТЕРИАЛ {verb} <АГЕНТОМ> {name}"


def speeches(applies: str, may_apply: str, draft: bool = False) -> dict[Verdict, Speech]:
    return {Verdict.APPLIES: Speech(applies, draft=draft), Verdict.MAY_APPLY: Speech(may_apply, draft=draft)}


RU_WORDING = Wording(
    {
        "en": speeches("You are bound, reader of {publisher}.\n", "If you are in Russia…\n\nReading is free.\n"),
        "ru": speeches("Вас касается.", "Если вы в России и читаете «{publisher}»…", draft=True),
        "uk": speeches("Вас стосується.", "Якщо ви в Росії…", draft=True),
        "fa": speeches("شامل شماست.", "اگر در روسیه هستید و {publisher} می‌خوانید…", draft=True),
    }
)

UNDESIRABLE = Notice(
    id=RU,
    title={"en": 'Taking part in an "undesirable organization"', "ru": "Участие в «нежелательной организации»"},
    kind=Kind.READER_RISK,
    basis=Basis.STATUTE,
    concerns=Concern(register="ru/register"),
    applies_when=AnyOf(of=(CitizenOf(names=("RU",)), Possibly(of=LocatedIn(names=("RU",))))),
    warn_when_unsure=PageLanguage(names=("ru",)),
    acts={
        "share": Timeline.always(Exposure(Risk.ADMINISTRATIVE, Risk.CRIMINAL, because="fines")),
        "read": Timeline.always(Exposure(Risk.NONE, basis=Basis.PRACTICE)),
        "donate": Timeline.always(Exposure(see="ru/funding")),
    },
    wording=RU_WORDING,
    citations=Citations(
        {"fines": Citation("fines", 'A "source" <b>', "https://example.org/?a=1&b=2", Seen.PRESS, date(2026, 11, 1))}
    ),
)

EXTREMIST = Notice(
    id=BY,
    title={"en": "Sharing extremist materials"},
    kind=Kind.READER_RISK,
    basis=Basis.STATUTE,
    concerns=Concern(register="by/register"),
    applies_when=LocatedIn(names=("BY",)),
    wording=Wording({"en": speeches("You are in Belarus.", "If you are in Belarus <i>now</i> & share…")}),
)

LABELLED = Notice(
    id=LABEL,
    title={"en": "Label of a foreign agent"},
    kind=Kind.PUBLISHER_DUTY,
    basis=Basis.STATUTE,
    concerns=Concern(register="ru/register"),
    applies_when=Everyone(),
    prescribed=Prescribed(
        "ru",
        PRESCRIBED + "\n",
        sha256(PRESCRIBED.encode()).hexdigest(),
        {"verb": Slot("verb", ("СОЗДАН", "ДАН"), " И (ИЛИ) "), "name": Slot("name")},
    ),
)

OWN = Wording(
    {
        "en": {
            Verdict.MAY_APPLY: Speech(
                "{publisher} was declared undesirable.\n\nTo find out more, [click here] or [there].\n",
                {"click here": "https://www.example.org/why?a=1&b=2", "there": "http://example.org/"},
            )
        }
    }
)

PUBLISHERS = (
    Publisher("plain", {"en": "Plain & Co"}, universal=(RU, BY)),
    Publisher("own", {"en": "RFE/RL"}, universal=(RU,), own={RU: OWN}),
    Publisher("svaboda", {"en": "Svaboda", "be": "Свабода"}, ("be", "ru", "en"), {"uk": ("en",)}, universal=(RU, BY)),
    Publisher("meduza", {"en": "Meduza", "ru": "Медуза"}, ("ru", "en")),
    Publisher(
        "agent",
        {"en": "Agent"},
        carries=frozenset({LABEL}),
        slots={LABEL: {"verb": ("СОЗДАН", "ДАН"), "name": "ООО «А»"}},
    ),
    Publisher("spoken", {"en": "Spoken"}, universal_text={"en": Speech("Our own words for {publisher}.\n")}),
    Publisher("quiet", {"en": "Quiet"}),
)
LISTED = tuple(Entry(publisher=publisher.id) for publisher in PUBLISHERS if publisher.id != "quiet")

RULESET = RuleSet(
    notices={notice.id: notice for notice in (UNDESIRABLE, EXTREMIST, LABELLED)},
    registers={
        "ru/register": Register("ru/register", "R", "K", date(2026, 11, 20), entries=LISTED),
        "by/register": Register("by/register", "B", "K", date(2026, 11, 10), entries=LISTED),
    },
    publishers={publisher.id: publisher for publisher in PUBLISHERS},
    gazetteer=Gazetteer(dict.fromkeys(("RU", "BY", "DE", "UA", "HK"), "")),
    fingerprint="f1",
).linked()


def day(text: str) -> PartialDate:
    return PartialDate(*(int(part) for part in text.split("-")))


def sheet(
    publisher: str,
    place: str = "unknown",
    asked: str = "",
    *,
    grade: Grade = Grade.SOURCED,
    ruleset: RuleSet = RULESET,
    **facts: frozenset[str],
) -> Sheet:
    """What a reader in a place gets who asks in a language."""
    reader = Reader(frozenset({place}), **facts)  # type: ignore[arg-type]
    visit = Visit(publisher, Moment.at(NOW), reader, asked or None)
    return compose(ruleset, examine(ruleset, visit), asked, grade, ruleset.next_change(NOW))
