"""Strategies: random laws, publishers and readers over a small world of three countries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count

from hypothesis import settings
from hypothesis import strategies as st

from service.law.act import Basis
from service.law.condition import (
    Age,
    AllOf,
    AnyOf,
    CitizenOf,
    Condition,
    Content,
    Everyone,
    LocatedIn,
    Not,
    Occupation,
    PageLanguage,
    Possibly,
    ResidentOf,
    SameAs,
    Stateless,
)
from service.law.examination import Visit
from service.law.moment import Moment
from service.law.notice import Concern, Kind, Notice
from service.law.place import Gazetteer
from service.law.publisher import Publisher
from service.law.reader import Reader
from service.law.register import Entry, Register
from service.law.ruleset import RuleSet
from service.law.standing import ALWAYS, PartialDate, Standing, State, Step, Timeline, between, standing
from service.law.territory import Holding, Territory
from service.law.verdict import Verdict
from service.law.wording import Speech, Wording

DAY = date(2026, 6, 15)
GAZETTEER = Gazetteer(
    {"A": "", "A-1": "A", "A-1X": "A-1", "A-1Y": "A-1", "A-2": "A", "B": "", "B-1": "B", "B-2": "B", "C": ""}
)
CODES = sorted(GAZETTEER.parents)
CANDIDATES = (*CODES, "A-9", "unknown")  # A-9 is not assigned and lies in A
COUNTRIES = ("A", "B", "C")
TRADES = ("journalist", "lawyer")
TAGS = ("x", "y")
LANGUAGES = ("ru", "ru-RU", "tt")
LAW, BASE = "a/law", "b/base"


def times(share: float) -> settings:
    """So many times the examples that the profile asks for."""
    return settings(max_examples=max(10, int(settings().max_examples * share)))


def some(things: tuple[str, ...] | list[str], least: int = 0, most: int = 3) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(things), min_size=least, max_size=most)


# ---- time ----------------------------------------------------------------------------------------------------


@st.composite
def partial_dates(draw: st.DrawFn) -> PartialDate:
    """A day near DAY, sometimes known only by its month."""
    day = DAY + timedelta(days=draw(st.integers(-3, 3)))
    return PartialDate(day.year, day.month) if draw(st.integers(0, 7)) == 0 else PartialDate.of(day)


@st.composite
def standings(draw: st.DrawFn, doubted: bool = True) -> Standing:
    """Mostly in force for ever; else in doubt, ended, a span, or a list of steps."""
    kind = draw(st.integers(0, 9))
    if kind <= 4:
        return ALWAYS
    if kind == 5:
        return Timeline.always(State.IN_DOUBT) if doubted else ALWAYS
    if kind == 6:
        return between(draw(partial_dates()), None)
    if kind == 7:
        return between(None, draw(partial_dates()))
    if kind == 8:
        return between(draw(partial_dates()), draw(partial_dates()))
    states = [state for state in State if doubted or state is not State.IN_DOUBT]
    steps = draw(st.lists(st.tuples(partial_dates(), st.sampled_from(states)), min_size=1, max_size=3))
    return standing([Step(since, state) for since, state in sorted(steps, key=lambda step: step[0].first())])


# ---- law -----------------------------------------------------------------------------------------------------

TERRITORIES = ("north", "south")
PLACES = st.sampled_from((*TERRITORIES, *TERRITORIES, *CODES))


def named(kind: type[Condition], names: st.SearchStrategy[str]) -> st.SearchStrategy[Condition]:
    return st.lists(names, min_size=1, max_size=2, unique=True).map(lambda found: kind(names=tuple(found)))


LEAVES = st.one_of(
    named(LocatedIn, PLACES),
    named(LocatedIn, PLACES),
    named(ResidentOf, PLACES),
    named(CitizenOf, st.sampled_from(COUNTRIES)),
    named(CitizenOf, st.sampled_from(COUNTRIES)),
    st.builds(Stateless, st.booleans()),
    named(Occupation, st.sampled_from(TRADES)),
    named(Content, st.sampled_from(TAGS)),
    named(PageLanguage, st.sampled_from(LANGUAGES)),
    st.sampled_from([Age(least=18), Age(most=17), Age(least=18, most=65)]),
    st.just(Everyone()),
)


@st.composite
def trees(draw: st.DrawFn, same_as: bool = True, depth: int = 3) -> Condition:
    """A condition: every kind of leaf, nested, with cases and standings on any node."""
    kind = draw(st.integers(0, 10)) if depth else 0
    node: Condition
    if kind <= 3:
        node = draw(LEAVES)
    elif kind <= 7:
        parts = draw(st.lists(trees(same_as, depth - 1), min_size=0 if kind == 4 else 1, max_size=3))
        node = draw(st.sampled_from([AllOf, AnyOf]))(of=tuple(parts))
    elif kind == 8:
        node = Not(of=draw(trees(same_as, depth - 1)))
    elif kind == 9:
        node = Possibly(of=draw(trees(same_as, depth - 1)))
    else:
        node = SameAs(notice=BASE) if same_as else draw(LEAVES)
    return replace(node, standing=draw(standings()), case=draw(st.sampled_from(["", "", "case"])))


def numbered(node: Condition, numbers: Iterator[int]) -> Condition:
    """The tree with a different name for each case, as a file must have."""
    if node.case:
        node = replace(node, case=f"case-{next(numbers)}")
    if isinstance(node, (AllOf, AnyOf)):
        return replace(node, of=tuple(numbered(part, numbers) for part in node.of))
    if isinstance(node, (Not, Possibly)):
        return replace(node, of=numbered(node.of, numbers))
    return node


def case_names(node: Condition) -> list[str]:
    return [name for name in [node.case] if name] + [name for part in node.parts for name in case_names(part)]


@st.composite
def territories(draw: st.DrawFn, id: str) -> Territory:
    """Places held wholly and partly, with dates; a place may stand in both lists, or lie in another."""
    holdings = st.builds(Holding, st.sampled_from(CODES), standings(doubted=False))
    return Territory(id, id, tuple(draw(st.lists(holdings, max_size=2))), tuple(draw(st.lists(holdings, max_size=2))))


ENTRIES = st.one_of(
    st.builds(
        Entry,
        publisher=st.sampled_from(["us", "parent", "part", "sister", "stranger"]),
        covers_parts=st.booleans(),
        standing=standings(),
        measures=st.sampled_from([(), ("funds",), ("funds", "travel")]),
    ),
    st.builds(Entry, person=st.sampled_from(["editor", "nobody"]), standing=standings()),
)

CONCERNS = st.one_of(
    st.just(Concern()),
    st.just(Concern()),
    st.just(Concern()),
    st.builds(Concern, register=st.just("list"), measure=st.sampled_from(["", "", "funds"])),
    st.builds(Concern, content=st.sampled_from([("z",), ("z", "w"), ("x",), ("x", "z")])),
    st.builds(Concern, site=st.sampled_from(["foreign", "paid"])),
)

# One leaf, or any of several: where the short cut that decides what is shown is exact.
UNSURE = st.one_of(st.none(), named(PageLanguage, st.sampled_from(LANGUAGES)), LEAVES)


@st.composite
def notices(draw: st.DrawFn, id: str, tree: Condition, concerns: st.SearchStrategy[Concern] = CONCERNS) -> Notice:
    texts = {verdict: Speech(f"{id} {verdict.value}") for verdict in (Verdict.APPLIES, Verdict.MAY_APPLY)}
    return Notice(
        id=id,
        title={"en": id},
        kind=draw(st.sampled_from([Kind.READER_RISK, Kind.READER_RISK, Kind.READER_RISK, Kind.PUBLISHER_DUTY])),
        basis=Basis.STATUTE,
        concerns=draw(concerns),
        applies_when=tree,
        standing=draw(st.one_of(st.just(ALWAYS), st.just(ALWAYS), standings())),
        warn_when_unsure=draw(UNSURE),
        wording=Wording({"en": texts}),
    )


@st.composite
def own_wordings(draw: st.DrawFn, cases: list[str]) -> Wording:
    """A publisher's texts, each for some of the cases."""
    texts: dict[str, dict[Verdict, Speech]] = {}
    for language in draw(some(["en", "ru"], 1, 2)):
        for verdict in draw(st.sets(st.sampled_from([Verdict.APPLIES, Verdict.MAY_APPLY]), min_size=1)):
            speaks_for = draw(some(cases)) if cases else frozenset()
            texts.setdefault(language, {})[verdict] = Speech("our own", speaks_for=speaks_for)
    return Wording(texts)


@st.composite
def publishers(draw: st.DrawFn, cases: list[str]) -> Publisher:
    """`us`: its facts and its choices."""
    return Publisher(
        id="us",
        name={"en": "Us"},
        part_of=draw(st.sampled_from(["", "parent"])),
        run_by=draw(st.sampled_from([(), ("editor",)])),
        may_carry=draw(some([*TAGS, "z"])),
        site=draw(some(["foreign"])),
        universal=draw(st.sampled_from([None, (), (LAW,), (BASE, LAW)])),
        hides=draw(st.booleans()),
        carries=draw(some([LAW])),
        own={LAW: draw(own_wordings(cases))} if draw(st.booleans()) else {},
    )


@dataclass(frozen=True)
class Country:
    """A linked rule set of two notices, of which `law` is the one to look at."""

    ruleset: RuleSet

    @property
    def law(self) -> Notice:
        return self.ruleset.notices[LAW]

    @property
    def us(self) -> Publisher:
        return self.ruleset.publishers["us"]

    def with_law(self, **changes: object) -> Country:
        """The same country with another law."""
        law = replace(self.law, **changes)
        return Country(replace(self.ruleset, notices={**self.ruleset.notices, LAW: law}))

    def with_us(self, publisher: Publisher) -> Country:
        """The same country with another publisher."""
        return Country(replace(self.ruleset, publishers={**self.ruleset.publishers, "us": publisher}))


@st.composite
def countries(draw: st.DrawFn, concerns: st.SearchStrategy[Concern] = CONCERNS) -> Country:
    numbers = count()
    base = numbered(draw(trees(same_as=False, depth=1)), numbers)
    law = numbered(draw(trees()), numbers)
    if sum(isinstance(node, SameAs) for node in every_node(law)) > 1:  # it would name its cases twice
        law = AllOf(of=(LocatedIn(names=("north",)),))
    people = {
        "parent": Publisher(id="parent", name={"en": "Parent"}),
        "part": Publisher(id="part", name={"en": "Part"}, part_of="us"),
        "sister": Publisher(id="sister", name={"en": "Sister"}, part_of="parent"),
        "stranger": Publisher(id="stranger", name={"en": "Stranger"}),
    }
    ruleset = RuleSet(
        notices={LAW: draw(notices(LAW, law, concerns)), BASE: draw(notices(BASE, base, concerns))},
        registers={
            "list": Register("list", "List", "Somebody", DAY, entries=tuple(draw(st.lists(ENTRIES, max_size=2))))
        },
        territories={id: draw(territories(id)) for id in TERRITORIES},
        publishers=people,
        gazetteer=GAZETTEER,
    )
    linked = replace(ruleset, publishers=people | {"us": Publisher(id="us", name={})}).linked()
    return Country(linked).with_us(draw(publishers(case_names(linked.notices[LAW].applies_when))))


def every_node(node: Condition) -> Iterator[Condition]:
    yield node
    for part in node.parts:
        yield from every_node(part)


# ---- readers -------------------------------------------------------------------------------------------------


@st.composite
def readers(draw: st.DrawFn) -> Reader:
    """Anything that can be known of somebody, contradictions included."""
    return Reader(
        located_in=draw(some(list(CANDIDATES))),
        citizen_of=draw(st.one_of(st.just(frozenset()), some(list(COUNTRIES)))),
        not_citizen_of=draw(st.one_of(st.just(frozenset()), some(["A", "B", "other"]))),
        stateless=draw(st.sampled_from([None, None, True, False])),
        resident_of=draw(st.one_of(st.none(), st.sampled_from(CODES))),
        age=draw(st.sampled_from([None, None, 0, 17, 18, 65, 66])),
        occupation=draw(some(list(TRADES), 0, 1)),
    )


PAGE_LANGUAGES = st.sampled_from([None, None, "ru", "RU-ru", "tt", "en", ""])
CONTENTS = st.one_of(st.none(), some(["x", "y", "z", "w"]))


@st.composite
def visits(draw: st.DrawFn, moment: Moment | None = None) -> Visit:
    return Visit(
        "us",
        moment or Moment.on(DAY + timedelta(days=draw(st.integers(-2, 2)))),
        draw(readers()),
        draw(PAGE_LANGUAGES),
        draw(CONTENTS),
    )


def plain_country(tree: Condition, **changes: object) -> Country:
    """One law about everybody, in force for ever, and a publisher of no choices."""
    law = Notice(LAW, {"en": LAW}, Kind.READER_RISK, Basis.STATUTE, Concern(), tree)
    ruleset = RuleSet(
        notices={LAW: replace(law, **changes)},
        publishers={"us": Publisher(id="us", name={"en": "Us"})},
        gazetteer=GAZETTEER,
    )
    return Country(ruleset.linked())
