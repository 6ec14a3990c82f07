"""Selection: a few trials of a rule set, such that an engine that passes them all has been asked everything once.

Of all the readers that a rule set can tell apart it keeps a cover: every finding of every notice, every fact whose
change alone changes a finding (both readers, the match and the near miss), every kind of place, of home and of doubt
between two places, both sides of every instant and day at which an answer changes, every act that reorders a page.
The same rules give the same trials.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import chain, combinations, product
from typing import Final

from ..law.cases import Cases, alike, languages, questions
from ..law.condition import Age, CitizenOf, Leaf, LocatedIn, Occupation, ResidentOf, walk
from ..law.moment import Moment
from ..law.notice import Notice
from ..law.place import UNKNOWN
from ..law.reader import OTHER, Reader
from ..law.ruleset import RuleSet
from ..law.truth import NO
from ..law.world import age_marks
from .trial import Said, Trial, When
from .variation import Facts, change, drawn, sides, spellings, varied

SOME: Final = 3
"""How many readers of one kind are looked at more closely."""

_SINGLE: Final = ("stateless", "resident_of", "age", "occupation")


def trials(ruleset: RuleSet) -> list[tuple[Trial, tuple[Said, ...]]]:
    """The cover of a rule set, each trial once."""
    cover = _Cover(ruleset)
    for publisher in sorted(ruleset.publishers):
        cover.publisher(publisher)
    for notice in ruleset.notices.values():
        cover.readers(notice)
        cover.places(notice)
    for publisher in sorted(ruleset.publishers):
        cover.times(publisher)
    return list(cover.kept.items())


class _Cover:
    """The trials that are kept, and everything that they show already."""

    def __init__(self, ruleset: RuleSet) -> None:
        self.ruleset = ruleset
        self.cases = Cases(ruleset)
        self.kept: dict[Trial, tuple[Said, ...]] = {}
        self._said: dict[Trial, tuple[Said, ...]] = {}
        self._about: dict[str, RuleSet] = {}
        self._shown = set[Hashable]()
        self._told = set[frozenset[str]]()
        self._only = {id: replace(ruleset, notices={id: notice}) for id, notice in ruleset.notices.items()}
        self._alone: dict[tuple[str, Trial], Said | None] = {}

    def said(self, trial: Trial) -> tuple[Said, ...]:
        """What is said to a trial; asked once."""
        if trial not in self._said:
            self._said[trial] = trial.said(self.ruleset if trial.content else self._near(trial.publisher))
        return self._said[trial]

    def _near(self, publisher: str) -> RuleSet:
        """The rules that can speak of a publisher's page on which nothing is declared; the others say nothing of it."""
        if publisher not in self._about:
            rules, own, days = (
                self.ruleset,
                self.ruleset.publishers[publisher],
                (date.min, *self.ruleset.history.changes),
            )
            near = {
                id: notice
                for id, notice in rules.notices.items()
                if any(rules.concerned(notice, own, None, day) is not NO for day in days)
            }
            self._about[publisher] = replace(self.ruleset, notices=near)
        return self._about[publisher]

    def offer(self, what: Hashable, *group: Trial) -> None:
        """Keep a group of trials if what it shows has not been shown yet."""
        if what not in self._shown:
            self._shown.add(what)
            self.kept.update((trial, self.said(trial)) for trial in group)

    def of(self, notice: Notice, trial: Trial) -> Said | None:
        """What is said of one notice, as if there were no other."""
        key = (notice.id, trial)
        if key not in self._alone:
            self._alone[key] = next(iter(trial.said(self._only[notice.id])), None)
        return self._alone[key]

    # ---- what is asked ---------------------------------------------------------------------------------------

    def fullest(self, publisher: str) -> When:
        """The last instant of a change since which the most is said of a publisher, and the least of it for certain."""

        def full(at: datetime) -> tuple[int, int, datetime]:
            verdicts = [verdict for _, verdict, _, _ in self.said(Trial(publisher, at))]
            return len(verdicts) - verdicts.count("does_not_apply"), verdicts.count("may_apply"), at

        return max(self.ruleset.history.transitions or (_NEVER,), key=full)

    def speaker(self, notice: Notice) -> Trial:
        """Somebody of whom nothing is known, before the page that says this notice most surely and least beside it."""

        def fit(trial: Trial) -> tuple[int, int]:
            said = self.of(notice, trial)
            return (
                ("may_apply", "applies").index(said[1]) if said and said[1] != "does_not_apply" else 2,
                len(self.said(trial)),
            )

        return min((Trial(id, self.fullest(id)) for id in sorted(self.ruleset.publishers)), key=fit)

    def codes(self) -> list[str]:
        """Every code that a rule or a territory names, one inside and one beside each, and some that are none."""
        gazetteer = self.ruleset.gazetteer
        named = set(self.cases.named_places)
        for territory in self.ruleset.territories.values():
            named |= {held.place for held in (*territory.wholly, *territory.partly)}
        named = {code for code in named if gazetteer.knows(code)}
        found = set(named)
        for code in named:
            inside = sorted(part for part, above in gazetteer.parents.items() if above == code and part not in named)
            found |= {gazetteer.country(code), *inside[:1], f"{gazetteer.country(code)}-ZZZ"}
        return [*sorted(found), self.plain_nation(), "ZZ", UNKNOWN]

    def plain_nation(self) -> str:
        """A country that no rule names."""
        named = self.countries(self.leaves())
        return min(code for code, above in self.ruleset.gazetteer.parents.items() if not above and code not in named)

    def countries(self, asked: Iterable[Leaf]) -> set[str]:
        """The countries of every place, home and passport that questions name."""
        gazetteer, territories = self.ruleset.gazetteer, self.ruleset.territories
        found = set[str]()
        for name in (name for leaf in asked for name in getattr(leaf, "names", ())):
            held = territories.get(name)
            found |= {place.place for place in (*held.wholly, *held.partly)} if held else {name}
        return {gazetteer.country(code) for code in found}

    def leaves(self) -> list[Leaf]:
        """Every question of the rule set."""
        return list(chain.from_iterable(map(questions, self.ruleset.notices.values())))

    def people(self, leaves: Sequence[Leaf]) -> list[Reader]:
        """Readers whom these questions are about, and those who only just are not."""
        foreign = self.plain_nation()
        alien = Reader(citizen_of=frozenset({foreign}), not_citizen_of=frozenset({OTHER}))
        found = [Reader(), alien, Reader(citizen_of=frozenset({foreign}))]
        found += [Reader(stateless=True), Reader(stateless=False)]
        for group in alike(leaves, CitizenOf):
            held = frozenset(group[:1])
            found += [
                Reader(citizen_of=held),
                Reader(citizen_of=held | {foreign}),
                Reader(not_citizen_of=frozenset(group)),
                Reader(citizen_of=held, stateless=True),
                Reader(citizen_of=held, not_citizen_of=held),
            ]
        ages = age_marks([leaf for leaf in leaves if isinstance(leaf, Age)])[1:]
        found += [Reader(age=years) for mark in ages for years in (mark - 1, mark)]
        found += [Reader(occupation=frozenset(group[:1])) for group in alike(leaves, Occupation)]
        return found

    # ---- what is shown ---------------------------------------------------------------------------------------

    def publisher(self, id: str) -> None:
        """Everything that a publisher's page says at its fullest, and every order in which it says it."""
        start = Trial(id, self.fullest(id))
        self.offer(("publisher", id), start)
        leaves = self.leaves()
        acts = sorted({act for notice in self.ruleset.notices.values() for act in notice.acts})
        kinds = self.cases.places(start.moment).classes
        told = frozenset(one[0] for one in self.said(start))
        again = told in self._told  # another publisher of whom the same laws speak has been asked for already
        self._told.add(told)
        for number, kind in enumerate(kinds):
            for who in self.people(leaves)[: None if number % SOME == 0 and not again else 1]:
                self._findings(id, replace(start, reader=replace(who, located_in=frozenset({kind.place}))))
            for act in acts if not again else ():
                self._findings(id, replace(start, reader=Reader(frozenset({kind.place})), act=act))
        if again:
            return
        # Of each notice its own: all tags of a library together have more sets than can ever be asked.
        for content in dict.fromkeys(chain.from_iterable(map(self.cases.contents, self.ruleset.notices.values()))):
            self._findings(id, replace(start, content=content))
        for language in spellings(languages(leaves)):
            self._findings(id, replace(start, page_language=language))
            self._findings(id, replace(start, page_language=language, reader=Reader(frozenset({self.plain_nation()}))))

    def _findings(self, id: str, trial: Trial) -> None:
        said = self.said(trial)
        self.offer(("order", tuple(one[:1] for one in said)), trial)
        for one in said:
            self.offer(("publisher", id, one[:3]), trial)

    def readers(self, notice: Notice) -> None:
        """Every finding of a notice, and every fact that changes one when it changes alone."""
        start = self.speaker(notice)
        facts = self.facts(notice, start.moment)
        told: dict[Said | None, list[Trial]] = {}
        for trial in drawn(start, facts):
            told.setdefault(self.of(notice, trial), []).append(trial)
        for number, (said, same) in enumerate(told.items()):
            self.offer(("finding", said), same[0])
            for trial, fact in product(same[:SOME], facts):
                for value in facts[fact]:
                    self._apart(notice, fact, trial, varied(trial, fact, value))
            for before, after in sides(self.days(notice)) if number < SOME else ():
                self._apart(notice, after, replace(same[0], when=before), replace(same[0], when=after))

    def _apart(self, notice: Notice, what: Hashable, one: Trial, other: Trial) -> None:
        """Keep two readers who differ in one thing if they are told something else."""
        told = self.of(notice, one), self.of(notice, other)
        if told[0] != told[1]:
            self.offer((what, change(*told)), one, other)

    def days(self, notice: Notice) -> set[date]:
        """The first days of all states of a notice, its cases and the territories that it names."""
        days = {*notice.standing.days}
        for node in chain.from_iterable(map(walk, filter(None, (notice.applies_when, notice.warn_when_unsure)))):
            days |= {*node.standing.days}
            if isinstance(node, (LocatedIn, ResidentOf)):
                for territory in filter(None, map(self.ruleset.territories.get, node.names)):
                    days |= {day for held in (*territory.wholly, *territory.partly) for day in held.standing.days}
        return days

    def facts(self, notice: Notice, moment: Moment) -> Facts:
        """All that can be known of a reader and a page and that a notice can tell apart, a fact at a time."""
        known = self.cases.statuses(notice, moment)
        return {
            "located_in": [frozenset({kind.place}) for kind in self.cases.places(moment).classes],
            "nation": list(dict.fromkeys((one.citizen_of, one.not_citizen_of) for one in known)),
            **{name: list(dict.fromkeys(getattr(one, name) for one in known)) for name in _SINGLE},
            "page_language": spellings(self.cases.languages(notice)),
            "content": list(self.cases.contents(notice)),
        }

    def places(self, notice: Notice) -> None:
        """Every code that matters as a place and as a home, and two places between which a reader may be."""
        start, asked = self.speaker(notice), list(questions(notice))
        people = self.people(asked)
        settles = any(isinstance(leaf, ResidentOf) for leaf in asked)
        days = sides(self.days(notice))
        for code, who in product(self.codes(), people[:SOME]):
            there = replace(start, reader=replace(who, located_in=frozenset({code}), resident_of=code))
            for before, after in days:
                self._apart(notice, after, replace(there, when=before), replace(there, when=after))
            self._code(notice, code, "place", replace(start, reader=replace(who, located_in=frozenset({code}))))
            if settles:
                home = Reader(stateless=True, resident_of=code, located_in=who.citizen_of)
                self._code(notice, code, "home", replace(start, reader=home))
        for one, other in combinations(self.apart(notice, start), 2):
            for who in people[:SOME]:
                trials = [
                    replace(start, reader=replace(who, located_in=frozenset(places)))
                    for places in ((one,), (other,), (one, other))
                ]
                self.offer(("two", *(self.of(notice, trial) for trial in trials)), trials[-1])

    def _code(self, notice: Notice, code: str, use: str, trial: Trial) -> None:
        """A code of a country of which the notice speaks is asked about it; any other once, about some notice."""
        own = self.ruleset.gazetteer.country(code) in self.countries(questions(notice))
        self.offer((use, notice.id, code, self.of(notice, trial)) if own else (use, code), trial)

    def apart(self, notice: Notice, start: Trial) -> list[str]:
        """Of the places of which the notice says the same, some."""
        told: dict[Said | None, list[str]] = {}
        for place in self.kinds(start.moment):
            told.setdefault(self.of(notice, replace(start, reader=Reader(frozenset({place})))), []).append(place)
        return [place for same in told.values() for place in same[:SOME]]

    def kinds(self, moment: Moment) -> list[str]:
        """Of every kind of place the one that speaks for it, and another."""
        places, others = self.cases.places(moment), self.codes()
        found = [kind.place for kind in places.classes]
        found += [code for kind in places.classes for code in sorted(kind.members & {*others} - {kind.place})[:1]]
        return found

    def times(self, publisher: str) -> None:
        """Both sides of every instant and every day at which something else is said."""
        nations = frozenset(group[0] for group in alike(self.leaves(), CitizenOf))
        abroad = frozenset({self.plain_nation()})
        zones = {notice.zone for notice in self.ruleset.notices.values() if notice.zone}
        for before, after in sides(self.ruleset.history.changes, zones):
            for who in (Reader(), Reader(located_in=abroad, citizen_of=nations), Reader(located_in=abroad)):
                one, other = Trial(publisher, before, who), Trial(publisher, after, who)
                for changed in {*self.said(one)} ^ {*self.said(other)}:
                    self.offer(("time", publisher, after, changed[:3]), one, other)
        for act, timeline in chain.from_iterable(notice.acts.items() for notice in self.ruleset.notices.values()):
            for before, after in sides(timeline.days):
                one, other = Trial(publisher, before, act=act), Trial(publisher, after, act=act)
                if [said[0] for said in self.said(one)] != [said[0] for said in self.said(other)]:
                    self.offer(("act", publisher, act, after), one, other)


_NEVER: Final = datetime.fromisoformat("2000-01-01T12:00:00+00:00")
"""An instant for rules of which none is dated."""
