"""Outcome: what the check page says of one notice, for every combination of answers that it can tell apart.

Every verdict is the engine's, for the reader that the answers describe. One thing is added, for caution alone: a
question of passports that is declined is never taken as answered by the other. "I am stateless" beside a second
passport that is not told stays open, because the engine keeps contradictions and lets the louder fact win.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product

from ..law.cases import Cases
from ..law.condition import Age, CitizenOf, Leaf, LocatedIn, Occupation, ResidentOf, leaves
from ..law.examination import Examination, Finding, Visit, examine
from ..law.moment import Moment
from ..law.notice import Kind, Notice
from ..law.publisher import Publisher
from ..law.reader import Reader
from ..law.verdict import Shown, Verdict
from ..page.grade import Grade
from ..page.passage import Passage
from ..page.sheet import Sheet, compose
from .question import Answers, Fact, Question, Topic, questions, reader, stranger, topics
from .words import Words, words_in


@dataclass(frozen=True, slots=True)
class Outcome:
    """One result: the verdict and the text that goes with it; there is none for what does not apply."""

    verdict: Verdict
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """The results of one notice. `cells` has a number of an outcome for every combination of the options of
    `questions`, the last question running fastest; outcome 0 is that of a reader who declines everything."""

    notice: Notice
    questions: tuple[Question, ...]
    outcomes: tuple[Outcome, ...]
    cells: tuple[int, ...]


class Inquest:
    """What is asked of the readers of a publisher at a moment, and what they are told."""

    def __init__(self, cases: Cases, publisher: Publisher, language: str, grade: Grade, moment: Moment) -> None:
        self.cases, self.ruleset, self.publisher = cases, cases.ruleset, publisher
        self.asked_in, self.grade, self.moment = language, grade, moment
        self._memory: dict[tuple[str, object], Outcome] = {}
        self._grounds = [self.ruleset.ground(day) for day in self.ruleset.history.dates(moment)]

    @cached_property
    def notices(self) -> tuple[Notice, ...]:
        """The warnings that some reader may be told, in the order of the page."""
        found = examine(self.ruleset, Visit(self.publisher.id, self.moment)).findings
        return tuple(finding.notice for finding in found
                     if finding.notice.kind is Kind.READER_RISK
                     and finding.verdict is not Verdict.DOES_NOT_APPLY)  # fmt: skip

    @cached_property
    def sheet(self) -> Sheet:
        """All of it on one page, for a reader of whom nothing is known."""
        found = examine(self.ruleset, Visit(self.publisher.id, self.moment))
        told = [finding for finding in found.findings if finding.notice in self.notices]
        return self._composed(found, told)

    @cached_property
    def words(self) -> Words:
        """The page's own words, in the language that the publisher's fragment would have."""
        return words_in(self.sheet.language)

    @cached_property
    def asked(self) -> tuple[Leaf, ...]:
        """Every question that decides whether one of the notices applies."""
        return tuple(leaf for notice in self.notices for leaf in leaves(notice.applies_when))

    @cached_property
    def _distinct(self) -> dict[str, tuple[Leaf, ...]]:
        """What each notice asks, every question once."""
        return {notice.id: tuple({leaf.question: leaf for leaf in leaves(notice.applies_when)}.values())
                for notice in self.notices}  # fmt: skip

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """What is asked, in the order of the page."""
        return questions(self.asked, self.cases.atlas, self._grounds, self.words)

    @cached_property
    def stranger(self) -> str:
        """A country that no notice names."""
        return stranger(self.asked, self.ruleset.gazetteer)

    @cached_property
    def charts(self) -> tuple[Chart, ...]:
        """The results of every notice."""
        return tuple(self._chart(notice) for notice in self.notices)

    def outcome(self, notice: Notice, answers: Answers) -> Outcome:
        """What a notice says after some answers; what is left out is declined."""
        found = self._judged(notice, reader(answers, self.stranger))
        if found.verdict is Verdict.MAY_APPLY:
            return found
        if any(self._judged(notice, other).verdict is not found.verdict for other in self._completed(answers)):
            return self._cautious(notice)
        return found

    def _chart(self, notice: Notice) -> Chart:
        needed = topics(tuple(leaves(notice.applies_when)))
        own = tuple(question for question in self.questions if question.topic in needed)
        numbers: dict[Outcome, int] = {}
        cells: list[int] = []
        for chosen in product(*(question.options for question in own)):
            answers = {question.topic: option.fact for question, option in zip(own, chosen, strict=True)}
            cells.append(numbers.setdefault(self.outcome(notice, answers), len(numbers)))
        return Chart(notice, own, tuple(numbers), tuple(cells))

    def _completed(self, answers: Answers) -> Iterator[Reader]:
        """The readers that remain once those of the two questions of passports that are declined are answered."""
        facts = {question.topic: [option.fact for option in question.options[1:]] for question in self.questions}
        left = [topic for topic in (Topic.PASSPORT, Topic.SECOND) if answers.get(topic) is None and topic in facts]
        if len(left) == 0:
            return
        for told in product(*(facts[topic] for topic in left)):
            completed: dict[Topic, Fact] = {**answers, **dict(zip(left, told, strict=True))}
            yield reader(completed, self.stranger)

    def _judged(self, notice: Notice, known: Reader) -> Outcome:
        key = (notice.id, self._seen(notice, known))
        if key not in self._memory:
            found = examine(self.ruleset, Visit(self.publisher.id, self.moment, known))
            finding = next(finding for finding in found.findings if finding.notice.id == notice.id)
            self._memory[key] = self._told(found, finding)
        return self._memory[key]

    def _cautious(self, notice: Notice) -> Outcome:
        """Perhaps, in the words of the notice, which leave out nobody."""
        found = examine(self.ruleset, Visit(self.publisher.id, self.moment))
        finding = next(finding for finding in found.findings if finding.notice.id == notice.id)
        return self._told(found, replace(finding, verdict=Verdict.MAY_APPLY, wordings=(notice.wording,)))

    def _told(self, found: Examination, finding: Finding) -> Outcome:
        if finding.verdict is Verdict.DOES_NOT_APPLY:
            return Outcome(finding.verdict)
        return Outcome(finding.verdict, self._composed(found, [finding]).items[0].passages)

    def _composed(self, found: Examination, told: Sequence[Finding]) -> Sheet:
        """Whoever asks is told of everything in full, whatever a page would have folded or hidden."""
        full = tuple(replace(finding, shown=Shown.FULL) for finding in told)
        return compose(self.ruleset, replace(found, findings=full), self.asked_in, self.grade)

    def _seen(self, notice: Notice, known: Reader) -> object:
        """All that a notice sees of a reader: readers who look alike to it are judged once."""
        seen: list[object] = [known.statelessness]
        for leaf in self._distinct[notice.id]:
            if isinstance(leaf, (LocatedIn, ResidentOf)):
                where = known.candidates if isinstance(leaf, LocatedIn) else known.residences
                seen += [
                    ground.holds(name, place) for ground in self._grounds for name in leaf.names for place in where
                ]
            elif isinstance(leaf, CitizenOf):
                seen += [known.citizenship(name) for name in leaf.names]
            elif isinstance(leaf, Occupation):
                seen += [known.works_as(name) for name in leaf.names]
            elif isinstance(leaf, Age):
                seen.append(known.age is not None and leaf.holds(known.age))
        return known.age is None, tuple(seen)
