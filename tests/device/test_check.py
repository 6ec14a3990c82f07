"""Check page: what it shows after every combination of answers is what the engine says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from itertools import product
from pathlib import Path

import pytest

from service.device import check
from service.law.cases import Cases
from service.law.examination import Visit, examine
from service.law.moment import Moment
from service.law.notice import Kind
from service.law.reader import OTHER, Reader
from service.law.ruleset import RuleSet
from service.law.verdict import Shown, Verdict
from service.page.grade import Grade
from service.page.sheet import compose
from service.rulebook import load

from .form import Choice, Form, ids

NOW = datetime(2026, 11, 23, 22, tzinfo=UTC)
MOMENT = Moment.at(NOW)

LOADED = load(Path(__file__).parents[1] / "seed").ruleset
assert LOADED is not None
RULESET: RuleSet = LOADED
CASES = Cases(RULESET)
PUBLISHERS = sorted(RULESET.publishers)

PLACE, HOME = "Where are you now?", "Where do you live permanently?"
PASSPORT, SECOND = "Which passport do you have?", "Do you have another passport or citizenship as well?"
PARTLY = (
    "Ukraine: Dnipropetrovsk region, Donetsk region, Kharkiv region, Kherson region, Luhansk region, Mykolaiv region, "
    "Sumy region, or Zaporizhzhia region"
)
# By hand, and not the code that the page was made from: somebody who truly is there.
THERE = {
    "I would rather not say": None,
    "Belarus": "BY-HO",
    "Hong Kong": "HK",
    "Iran": "IR-23",
    "Kyrgyzstan": "KG-GB",
    "Russia": "RU-MOW",
    "Ukraine: Crimea or Sevastopol": "UA-40",
    PARTLY: "UA-48",
    "Ukraine: elsewhere": "UA-51",
    "Another country or territory": "KZ",
}
NATIONS = {"Belarus": "BY", "Iran": "IR", "Kyrgyzstan": "KG", "Russia": "RU"}
DECLINED, STATELESS, NO_OTHER = "I would rather not say", "None: I am stateless", "No"
STRANGER, ONLY_STRANGERS = "Of another country", "Yes, but only of countries that are not named here"


@cache
def page(publisher: str) -> str:
    return check.written(CASES, RULESET.publishers[publisher], "en", Grade.SOURCED, NOW)


@pytest.fixture(scope="module")
def forms() -> dict[str, Form]:
    return {publisher: Form(page(publisher)) for publisher in PUBLISHERS}


def described(answers: dict[str, str]) -> Reader:
    """The reader whom answers describe, worked out again from the words on the page."""
    first, second = answers.get(PASSPORT, DECLINED), answers.get(SECOND, DECLINED)
    held = set()
    if first in NATIONS:
        held.add(NATIONS[first])
    if first == STRANGER:
        held.add("FR")
    if second.startswith("Yes: "):
        held.add(NATIONS[second.removeprefix("Yes: ")])
    if second == ONLY_STRANGERS:
        held.add("DE")
    has_passport = first in NATIONS or first == STRANGER
    place, home = THERE[answers.get(PLACE, DECLINED)], THERE[answers.get(HOME, DECLINED)]
    return Reader(
        located_in=frozenset({place} if place else ()),
        citizen_of=frozenset(held),
        not_citizen_of=frozenset({OTHER} if has_passport and second in (NO_OTHER, ONLY_STRANGERS) else ()),
        stateless=True if first == STATELESS else None,
        resident_of=home,
    )


class Engine:
    """What the engine says of a reader of one publisher, text included."""

    def __init__(self, publisher: str, language: str = "en") -> None:
        self.publisher, self.language = publisher, language
        self.memory: dict[Reader, dict[str, tuple[Verdict, tuple[str, ...]]]] = {}

    def says(self, reader: Reader) -> dict[str, tuple[Verdict, tuple[str, ...]]]:
        if reader not in self.memory:
            found = examine(RULESET, Visit(self.publisher, MOMENT, reader))
            risks = [finding for finding in found.findings if finding.notice.kind is Kind.READER_RISK]
            shown = tuple(
                replace(finding, shown=Shown.FULL) for finding in risks if finding.verdict is not Verdict.DOES_NOT_APPLY
            )
            sheet = compose(RULESET, replace(found, findings=shown), self.language, Grade.SOURCED)
            texts = {
                item.finding.notice.id: tuple(
                    "".join(run.words for run in paragraph)
                    for passage in item.passages
                    for paragraph in passage.paragraphs
                )
                for item in sheet.items
            }
            self.memory[reader] = {
                finding.notice.id: (finding.verdict, texts.get(finding.notice.id, ())) for finding in risks
            }
        return self.memory[reader]


def completions(form: Form, answers: dict[str, str]) -> Iterator[dict[str, str]]:
    """The answers, and all that they become when the questions of passports that are declined are answered."""
    open_ones = [legend for legend in (PASSPORT, SECOND) if answers.get(legend) == DECLINED]
    for told in product(*([choice.label for choice in form.questions[legend]] for legend in open_ones)):
        yield {**answers, **dict(zip(open_ones, told, strict=True))}


@cache
def engine_of(publisher: str) -> Engine:
    return Engine(publisher)


VERDICTS = {
    "By your answers, this applies to you.": Verdict.APPLIES,
    "By your answers, this may apply to you.": Verdict.MAY_APPLY,
}


def differences(publisher: str, form: Form) -> Iterator[str]:
    """Every combination of answers after which a page says another thing than the engine."""
    engine = engine_of(publisher)
    order = list(engine.says(Reader()))
    for chosen in form.combinations():
        answers = {legend: choice.label for legend, choice in zip(form.questions, chosen, strict=True)}
        told = [engine.says(described(completed)) for completed in completions(form, answers)]
        standing = form.standing(ids(chosen))
        if len(standing) != len(order):
            yield f"{answers}: {standing}"
            continue
        for notice, name in zip(order, standing, strict=True):
            first, *texts = form.results[name]
            verdict = VERDICTS.get(first, Verdict.DOES_NOT_APPLY)
            expected, said = engine.says(described(answers))[notice]
            if any(other[notice][0] is not expected for other in told):
                expected, said = Verdict.MAY_APPLY, tuple(texts)
            if verdict is not expected or tuple(texts) != said:
                yield f"{answers}: {notice} {verdict}"


@pytest.mark.parametrize("publisher", PUBLISHERS)
def test_after_every_combination_of_answers_exactly_what_the_engine_says_stands(
    publisher: str, forms: dict[str, Form]
) -> None:
    assert list(differences(publisher, forms[publisher])) == []


def test_every_question_is_one_that_the_hand_written_readers_know(forms: dict[str, Form]) -> None:
    for form in forms.values():
        assert form.questions.keys() <= {PLACE, PASSPORT, SECOND, HOME}
        for legend in form.questions.keys() & {PLACE, HOME}:
            assert {choice.label for choice in form.questions[legend]} <= THERE.keys()


@pytest.mark.parametrize("publisher", ["kloop", "nathan-law", "novayagazeta-europe"])
def test_a_selector_that_says_less_or_another_thing_is_noticed(publisher: str) -> None:
    text = page(publisher)
    parts = list(re.finditer(r":has\([^{}]*?:checked\)", text))
    for part in parts:
        other = re.sub(r"\d+", lambda digits: "0" if int(digits[0]) else "1", part[0])
        for instead in ("", other):
            wrong = Form(text[: part.start()] + instead + text[part.end() :])
            assert next(differences(publisher, wrong), None) is not None, (part[0], instead)
    assert parts


@pytest.mark.parametrize("publisher", PUBLISHERS)
def test_declining_is_never_quieter_than_any_answer(publisher: str, forms: dict[str, Form]) -> None:
    form = forms[publisher]
    said = {}
    for chosen in form.combinations():
        said[_names(chosen)] = [
            VERDICTS.get(form.results[name][0], Verdict.DOES_NOT_APPLY) for name in form.standing(ids(chosen))
        ]
    first = {choice.id: choices[0].id for choices in form.questions.values() for choice in choices}
    for answered, verdicts in said.items():
        for place, choice in enumerate(answered):
            declined = said[(*answered[:place], first[choice], *answered[place + 1 :])]
            for after, before in zip(verdicts, declined, strict=True):
                assert before in (after, Verdict.MAY_APPLY)


def _names(chosen: tuple[Choice, ...]) -> tuple[str, ...]:
    return tuple(choice.id for choice in chosen)
