"""Laws: the seed and nine more of other shapes, and readers who match them or only just do not."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import date
from random import Random

from service.law.act import Basis
from service.law.condition import (
    Age,
    AllOf,
    AnyOf,
    CitizenOf,
    Condition,
    Content,
    Everyone,
    Leaf,
    LocatedIn,
    Naming,
    Not,
    Occupation,
    PageLanguage,
    Possibly,
    ResidentOf,
    Stateless,
)
from service.law.examination import Visit
from service.law.moment import Moment
from service.law.notice import Concern, Kind, Notice
from service.law.place import Gazetteer
from service.law.publisher import Publisher
from service.law.reader import Reader
from service.law.register import Register
from service.law.ruleset import RuleSet
from service.law.standing import ALWAYS, State, Step, Timeline, between, standing
from service.law.territory import Holding, Territory
from service.law.verdict import Verdict
from service.law.wording import Speech, Wording

from .seed import GAZETTEER, RFERL, RUSSIA_CONTROLLED, SEED, day, entry

PLACES = {
    **GAZETTEER.parents,
    "CN": "",
    "CN-50": "CN",
    "CN-11": "CN",
    "HK": "",
    "IR": "",
    "IR-23": "IR",
    "ZW": "",
    "MD": "",
    "MD-SN": "MD",
    "FR": "",
    "FR-IDF": "FR",
    "FR-75": "FR-IDF",
    "FR-75C": "FR-75",
    "KR-11": "KR",
    "US-CA": "US",
}
ATLAS = Gazetteer(PLACES)
DAYS = (date(2021, 7, 12), date(2022, 7, 14), date(2024, 2, 2), date(2026, 2, 13), date(2026, 11, 23))
DOUBTED = Timeline.always(State.IN_DOUBT)

TRANSNISTRIA = Territory(
    "transnistria", "Transnistria", wholly=(Holding("MD-SN"),), partly=(Holding("MD-BD", between(day("2023"), None)),)
)
PARIS = Territory(
    "paris",
    "Paris and perhaps its surroundings",
    wholly=(Holding("FR-75", between(day("2022-01"), None)),),
    partly=(Holding("FR-IDF"), Holding("FR-75", between(None, day("2021")))),
)


def located(*names: str) -> LocatedIn:
    return LocatedIn(names=names)


def citizen(*names: str) -> CitizenOf:
    return CitizenOf(names=names)


TREES: dict[str, Condition] = {
    "cn/mainland": AllOf(
        of=(located("CN"), Not(of=located("CN-50")), AnyOf(of=(citizen("CN"), Possibly(of=Not(of=citizen("CN"))))))
    ),
    "hk/anywhere": AnyOf(
        of=(
            AllOf(case="resident", of=(ResidentOf(names=("HK",)), Not(of=Occupation(names=("lawyer",))))),
            Possibly(case="anyone", of=Everyone(), standing=between(day("2022"), None)),
            AllOf(case="inside", of=(located("HK"),)),
        )
    ),
    "ir/journalists": AllOf(
        of=(
            AnyOf(of=(citizen("IR"), AllOf(of=(ResidentOf(names=("IR",)), Stateless())))),
            AnyOf(of=(Occupation(names=("journalist", "editor")), Age(least=18, most=65))),
        )
    ),
    "zw/patriots": AllOf(
        of=(
            AnyOf(of=(citizen("ZW"), Possibly(of=ResidentOf(names=("ZW",))))),
            Not(of=Possibly(of=Occupation(names=("lawyer",)))),
        )
    ),
    "kr/minors": AllOf(
        of=(located("KR", "KR-11"), Age(most=18, standing=between(None, day("2026-02-13"))), Not(of=Age(most=11)))
    ),
    "gb/doubted": AnyOf(
        of=(
            AllOf(case="inside", of=(located("GB"), Not(of=citizen("GB"))), standing=DOUBTED),
            AllOf(case="citizen", of=(citizen("GB", "US"), Content(names=("named",)))),
        )
    ),
    "md/river": AnyOf(
        of=(
            AllOf(of=(located("transnistria"), PageLanguage(names=("ru",)))),
            AllOf(of=(ResidentOf(names=("transnistria", "MD")), Stateless(), Not(of=located("transnistria", "UA")))),
        )
    ),
    "fr/levels": AllOf(
        of=(
            located("paris", "FR-75"),
            AnyOf(of=(Stateless(expected=False), Not(of=ResidentOf(names=("paris",))))),
            AnyOf(of=(citizen("FR"), citizen("FR", "DE"), Age(least=16))),
        )
    ),
    "tj/tangle": AllOf(
        of=(
            Age(least=14),
            Not(
                of=AllOf(
                    of=(
                        Not(of=AnyOf(of=(citizen("TJ"), AllOf(of=(Stateless(), Not(of=located("US"))))))),
                        Possibly(of=AnyOf(of=(located("TJ"), Occupation(names=("journalist",))))),
                        Not(of=Possibly(of=citizen("RU"))),
                    )
                )
            ),
        )
    ),
}


def _notice(id: str, tree: Condition, number: int) -> Notice:
    texts = {verdict: Speech(f"{id} {verdict.value}") for verdict in (Verdict.APPLIES, Verdict.MAY_APPLY)}
    return Notice(
        id=id,
        title={"en": id},
        kind=Kind.READER_RISK,
        basis=Basis.STATUTE,
        concerns=Concern(register="list") if number % 3 == 0 else Concern(),
        applies_when=tree,
        standing=ALWAYS
        if number % 4
        else standing([Step(day("2021"), State.IN_FORCE), Step(day("2026-02"), State.IN_DOUBT)]),
        warn_when_unsure=None if number % 2 else PageLanguage(names=("ru", "fa")),
        wording=Wording({"en": texts}),
    )


NOTICES = [SEED, *(_notice(id, tree, number) for number, (id, tree) in enumerate(TREES.items()))]
OWN = Wording({"en": {Verdict.MAY_APPLY: Speech("Ours", speaks_for=frozenset({"inside"}))}})
RULESET = RuleSet(
    notices={notice.id: notice for notice in NOTICES},
    registers={
        SEED.concerns.register: Register(
            SEED.concerns.register, "", "", DAYS[-1], entries=(entry("us", "2021-01-01", True),)
        ),
        "list": Register("list", "", "", DAYS[-1], entries=(entry("us", "2021-01-01"),)),
    },
    territories={one.id: one for one in (RUSSIA_CONTROLLED, TRANSNISTRIA, PARIS)},
    publishers={
        "us": replace(
            RFERL, id="us", may_carry=frozenset({"named"}), own={**RFERL.own, "gb/doubted": OWN, "hk/anywhere": OWN}
        ),
        "brand": Publisher(
            id="brand", name={"en": "Brand"}, part_of="us", hides=True, universal=("hk/anywhere", "md/river")
        ),
    },
    gazetteer=ATLAS,
).linked()


# ---- readers -------------------------------------------------------------------------------------------------


@dataclass
class Draft:
    """A reader in the making: the facts that a rule was given."""

    places: set[str] = field(default_factory=set)
    citizen: set[str] = field(default_factory=set)
    denied: set[str] = field(default_factory=set)
    stateless: bool | None = None
    home: str | None = None
    age: int | None = None
    work: set[str] = field(default_factory=set)
    page: str | None = None
    content: set[str] | None = None

    def reader(self) -> Reader:
        places, citizen, denied = frozenset(self.places), frozenset(self.citizen), frozenset(self.denied)
        return Reader(places, citizen, denied, self.stateless, self.home, self.age, frozenset(self.work))


def nobody_concerned() -> Draft:
    """Somebody of whom everything is known, and whom few of the laws are about."""
    return Draft({"DE-BE"}, {"DE"}, {"other"}, False, "DE-BE", 70, set(), "en", set())


def _inside(name: str, random: Random) -> str:
    """A place that a territory holds, or one below it."""
    territory = RULESET.territories.get(name)
    head = random.choice([held.place for held in territory.wholly]) if territory else name
    return random.choice([code for code in PLACES if ATLAS.within(code, head)] or [head])


def satisfy(node: Condition, want: bool, draft: Draft, random: Random) -> None:
    """Give a draft the facts that make a condition true, or false; a later fact may undo an earlier one."""
    if isinstance(node, Not):
        satisfy(node.of, not want, draft, random)
    elif isinstance(node, Possibly):
        satisfy(node.of, want, draft, random)
    elif isinstance(node, (AllOf, AnyOf)):
        every = want is isinstance(node, AllOf)
        for part in node.of if every else [random.choice(node.of)]:
            satisfy(part, want, draft, random)
    elif isinstance(node, Leaf):
        _answer(node, want, draft, random)


def _answer(leaf: Leaf, want: bool, draft: Draft, random: Random) -> None:
    name = random.choice(leaf.names) if isinstance(leaf, Naming) else ""
    if isinstance(leaf, LocatedIn):
        draft.places = {_inside(name, random) if want else random.choice(["US-CA", "KZ", "DE-BE"])}
    elif isinstance(leaf, ResidentOf):
        draft.home = _inside(name, random) if want else random.choice(["KZ", "DE-BE"])
    elif isinstance(leaf, CitizenOf):
        if want:
            draft.citizen.add(name)
            draft.denied.discard(name)
        else:
            draft.denied |= set(leaf.names)
    elif isinstance(leaf, Stateless):
        draft.stateless = leaf.expected is want
    elif isinstance(leaf, Age):
        inside, outside = [leaf.least, leaf.most], [(leaf.least or 0) - 1, (leaf.most or 150) + 1]
        ages = [age for age in (inside if want else outside) if age is not None and age >= 0]
        draft.age = random.choice(ages) if ages else draft.age
    elif isinstance(leaf, Occupation):
        draft.work = draft.work | {name} if want else draft.work - set(leaf.names)
    elif isinstance(leaf, Content):
        draft.content = {name} if want else set()
    elif isinstance(leaf, PageLanguage):
        draft.page = random.choice([name, f"{name}-XX"]) if want else "en"


def flip(draft: Draft, random: Random) -> None:
    """One fact of a draft made another."""
    flips = ["place", "place", "place too", "nationality", "nationality", "stateless", "home", "age", "work", "page"]
    kind = random.choice([*flips, "content"])
    if kind == "place":
        draft.places = {random.choice([*PLACES, "unknown"])}
    elif kind == "place too":
        draft.places = {*draft.places, random.choice([*PLACES, "unknown"])}
    elif kind == "nationality" and draft.citizen:
        lost = random.choice(sorted(draft.citizen))
        draft.citizen.discard(lost)
        draft.denied |= random.choice([set(), {lost}, {"other"}])
    elif kind == "nationality":
        draft.citizen.add(random.choice(["RU", "GB", "DE", "TJ", "CN"]))
    elif kind == "stateless":
        draft.stateless = random.choice([one for one in (None, True, False) if one is not draft.stateless])
    elif kind == "home":
        draft.home = random.choice([None, *PLACES])
    elif kind == "age":
        draft.age = random.choice([None, 11, 12, 17, 18, 19, 65, 66])
    elif kind == "work":
        draft.work = draft.work ^ {random.choice(["lawyer", "journalist", "editor"])}
    elif kind == "page":
        draft.page = random.choice([None, "en", "ru", "fa"])
    else:
        draft.content = random.choice([None, set(), {"named"}])


def leaves(node: Condition) -> list[Leaf]:
    """Every question of a condition."""
    return [node] if isinstance(node, Leaf) else [leaf for part in node.parts for leaf in leaves(part)]


def missed(draft: Draft, notice: Notice, random: Random) -> Draft:
    """The draft with one fact flipped, mostly one that the law asks about."""
    other = draft
    while other == draft:
        other = deepcopy(draft)
        if random.random() < 0.8:
            _answer(random.choice(leaves(notice.applies_when)), random.random() < 0.3, other, random)
        else:
            flip(other, random)
    return other


def sample(random: Random, pairs: int) -> Iterator[tuple[Notice, Visit, Visit]]:
    """A law, a reader built to satisfy it, and the same reader with one fact flipped."""
    for number in range(pairs):
        notice = RULESET.notices[NOTICES[number % len(NOTICES)].id]
        draft = nobody_concerned() if random.random() < 0.6 else Draft()
        satisfy(notice.applies_when, True, draft, random)
        moment, publisher = Moment.on(random.choice(DAYS)), random.choice(["us", "us", "us", "brand"])
        yield (
            notice,
            *(
                Visit(
                    publisher, moment, one.reader(), one.page, None if one.content is None else frozenset(one.content)
                )
                for one in (draft, missed(draft, notice, random))
            ),
        )
