"""Seed: the four files of RULES.md section 4, built by hand."""

from __future__ import annotations

from datetime import date

from service.law.act import Basis
from service.law.condition import AllOf, AnyOf, CitizenOf, LocatedIn, PageLanguage, Possibly, ResidentOf, Stateless
from service.law.notice import Concern, Kind, Notice
from service.law.place import Gazetteer
from service.law.publisher import Publisher
from service.law.register import Entry, Register
from service.law.ruleset import RuleSet
from service.law.standing import PartialDate, State, Step, between, standing
from service.law.territory import Holding, Territory
from service.law.verdict import Verdict
from service.law.wording import Speech, Wording

NOTICE = "ru/undesirable-organization"
TODAY = date(2026, 11, 23)

GAZETTEER = Gazetteer(
    {code: code.partition("-")[0] if "-" in code else "" for code in (
        "RU", "RU-MOW", "RU-SPE", "DE", "DE-BE", "KZ", "BY", "BY-HM", "US", "GB", "KR", "TJ",
        "UA", "UA-09", "UA-12", "UA-14", "UA-23", "UA-30", "UA-40", "UA-43", "UA-46", "UA-48", "UA-59", "UA-63",
        "UA-65",
    )}
)  # fmt: skip


def day(text: str) -> PartialDate:
    """A whole or partial date: 2024-02-02, 2024-02 or 2024."""
    return PartialDate(*(int(part) for part in text.split("-")))


MARCH_2014, FEBRUARY_2022 = between(day("2014-03"), None), between(day("2022-02"), None)

RUSSIA_CONTROLLED = Territory(
    "russia-controlled",
    "Russia and the parts of Ukraine that it controls",
    wholly=(Holding("RU"), Holding("UA-43", MARCH_2014), Holding("UA-40", MARCH_2014)),
    partly=tuple(
        Holding(code, FEBRUARY_2022)
        for code in ("UA-09", "UA-14", "UA-23", "UA-65", "UA-63", "UA-59", "UA-12", "UA-48")
    ),
)


def stateless_resident() -> AllOf:
    return AllOf(of=(Stateless(), ResidentOf(names=("russia-controlled",))))


APPLIES_WHEN = AnyOf(
    of=(
        AllOf(
            case="inside",
            of=(
                LocatedIn(names=("russia-controlled",)),
                AnyOf(of=(CitizenOf(names=("RU",)), stateless_resident())),
            ),
        ),
        Possibly(
            case="abroad-administrative",
            standing=between(day("2021-07-12"), None),
            of=AnyOf(of=(CitizenOf(names=("RU",)), stateless_resident())),
        ),
        AnyOf(
            case="abroad",
            standing=between(day("2022-07-14"), None),
            of=(CitizenOf(names=("RU",)), Possibly(of=stateless_resident())),
        ),
        Possibly(case="foreigner-inside", of=LocatedIn(names=("russia-controlled",))),
    )
)

NOTICE_WORDING = Wording(
    {
        "en": {
            Verdict.APPLIES: Speech(
                'Russia has declared {publisher} an "undesirable organization". You could be fined.'
            ),
            Verdict.MAY_APPLY: Speech('Russia has declared {publisher} an "undesirable organization". If you are …'),
        }
    }
)

SEED = Notice(
    id=NOTICE,
    title={"en": 'Taking part in an "undesirable organization"'},
    kind=Kind.READER_RISK,
    basis=Basis.STATUTE,
    concerns=Concern(register="ru/undesirable-organizations"),
    applies_when=APPLIES_WHEN,
    standing=standing([Step(day("2015-05-23"), State.IN_FORCE)]),
    warn_when_unsure=PageLanguage(names=("ru", "tt", "ba", "ce", "crh")),
    wording=NOTICE_WORDING,
)


def entry(publisher: str, from_day: str, covers_parts: bool = False) -> Entry:
    """A designation in force from the earlier of decision and listing."""
    return Entry(publisher=publisher, covers_parts=covers_parts, standing=between(day(from_day), None))


REGISTER = Register(
    id="ru/undesirable-organizations",
    title="List of organizations whose activity is recognized as undesirable in Russia",
    kept_by="Ministry of Justice of the Russian Federation",
    checked=TODAY,
    entries=(
        entry("theins", "2022-07-15"),
        entry("meduza", "2023-01-26"),
        entry("novayagazeta-europe", "2023-06-28"),
        entry("tvrain", "2023-07-25"),
        entry("rferl", "2024-02-02", covers_parts=True),
        entry("moscowtimes", "2024-07-10"),
        entry("belsat", "2024-09-11"),
        entry("dw", "2025-12-01", covers_parts=True),
    ),
)

OWN_WORDING = Wording(
    {
        "en": {
            Verdict.MAY_APPLY: Speech(
                'RFE/RL has been declared an "undesirable organization" by the Russian government.',
                links={"click here": "https://www.rferl.org/"},
                speaks_for=frozenset({"inside"}),
                leaves_out=frozenset({"abroad-administrative", "abroad", "foreigner-inside"}),
                reason="RFE/RL's own footer, word for word",
            )
        }
    }
)

RFERL = Publisher(id="rferl", name={"en": "RFE/RL"}, universal=(NOTICE,), own={NOTICE: OWN_WORDING})
SVABODA = Publisher(id="svaboda", name={"en": "Radio Svaboda"}, languages=("be", "en"), part_of="rferl")
PUBLISHERS = (
    RFERL,
    SVABODA,
    *(Publisher(id=name, name={"en": name}) for name in ("theins", "meduza", "novayagazeta-europe", "tvrain")),
    *(Publisher(id=name, name={"en": name}) for name in ("moscowtimes", "belsat", "dw", "unlisted")),
)

RULESET = RuleSet(
    notices={SEED.id: SEED},
    registers={REGISTER.id: REGISTER},
    territories={RUSSIA_CONTROLLED.id: RUSSIA_CONTROLLED},
    publishers={publisher.id: publisher for publisher in PUBLISHERS},
    gazetteer=GAZETTEER,
).linked()
