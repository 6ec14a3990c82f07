"""Coverage: an example list that has not seen both answers, or both sides of a date, is told what is missing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from service.counsel.examples.coverage import Seen, cover
from service.law.condition import AllOf, AnyOf, CitizenOf, Condition, Everyone, LocatedIn, Not, Possibly, SameAs
from service.law.example import Example
from service.law.notice import Concern
from service.law.register import Register
from service.law.ruleset import RuleSet
from service.law.standing import between
from service.law.territory import Holding, Territory
from service.law.verdict import Shown, Verdict
from tests.counsel.pasted import TODAY, example, filled_in, hold, reader, with_examples
from tests.law.seed import NOTICE, RULESET, day, entry
from tests.law.strategies import LAW, plain_country

DOES, MAY, NOT = Verdict.APPLIES, Verdict.MAY_APPLY, Verdict.DOES_NOT_APPLY

HOLLOW = hold(with_examples(RULESET, {NOTICE: (example("rferl", reader("RU-MOW", "RU"), DOES),)}))


def law(tree: Condition, *examples: Example, **changes: Any) -> RuleSet:
    """One law with examples that hold."""
    return hold(with_examples(plain_country(tree, **changes).ruleset, {LAW: examples}))


def seen(ruleset: RuleSet, id: str = LAW) -> Seen:
    """What the examples of one notice have seen."""
    return next(one for one in cover(ruleset).notices if one.notice == id)


def missing(ruleset: RuleSet, id: str = LAW) -> list[str]:
    """What they have not."""
    return [unseen.what for unseen in seen(ruleset, id).unseen]


def test_a_hollow_list_of_examples_is_not_complete() -> None:
    found = seen(HOLLOW, NOTICE)
    assert not found.complete
    assert found.share < 0.6
    assert found.dates == 0


def test_every_suggested_example_filled_in_completes_the_coverage() -> None:
    notice = HOLLOW.notices[NOTICE]
    added = tuple(filled_in(HOLLOW, notice, text) for unseen in cover(HOLLOW).unseen for text in unseen.examples)
    full = hold(replace(HOLLOW, notices={NOTICE: replace(notice, examples=notice.examples + added)}))
    assert cover(full).complete
    assert seen(full, NOTICE).share == 1.0
    assert seen(full, NOTICE).of_answers == seen(HOLLOW, NOTICE).of_answers


def test_what_is_not_seen_is_named_with_its_line_and_a_reader_whose_expectation_is_blank() -> None:
    text = str(next(unseen for unseen in cover(HOLLOW).unseen if unseen.what == "`stateless: yes` true"))
    assert text.startswith(f"notices/{NOTICE}.yaml:")
    assert f"no example of {NOTICE} sees `stateless: yes` true; such as:" in text
    assert text.endswith("reader: {stateless: yes}, expect: }")


def test_a_condition_wants_both_answers() -> None:
    tree = LocatedIn(names=("A",))
    inside, outside = example("us", reader("A"), DOES), example("us", reader("B"), NOT)
    assert missing(law(tree, inside)) == ["`located_in: A` false"]
    assert missing(law(tree, outside)) == ["`located_in: A` true"]
    assert missing(law(tree, inside, outside)) == []


def test_perhaps_is_neither_answer_where_both_can_be_had() -> None:
    tree = LocatedIn(names=("A",))
    assert len(missing(law(tree, example("us", reader(), MAY)))) == 2


def test_perhaps_is_yes_for_what_is_only_possibly_so() -> None:
    tree = Possibly(of=CitizenOf(names=("A",)))
    examples = example("us", reader("", "A"), MAY), example("us", reader(stateless=True), NOT)
    assert missing(law(tree, *examples)) == []
    assert missing(law(tree, examples[1])) == ["`possibly: {citizen_of: A}` true", "`citizen_of: A` true"]


def test_an_answer_that_nobody_can_bring_about_is_not_asked_for() -> None:
    tree = AnyOf(of=(LocatedIn(names=("A",)), Possibly(of=Everyone())))
    examples = example("us", reader("A"), DOES), example("us", reader("B"), MAY)
    found = seen(law(tree, *examples))
    assert found.complete
    assert found.of_answers == 5  # in A or not, and the three others that are never false


def test_what_stands_behind_same_as_is_seen_in_its_own_file() -> None:
    first = plain_country(AllOf(of=(LocatedIn(names=("A",)), CitizenOf(names=("B",))))).ruleset
    second = replace(first.notices[LAW], id="zz/same", applies_when=Not(of=SameAs(notice=LAW)))
    both = replace(first, notices={**first.notices, "zz/same": second}).linked()
    assert seen(with_examples(both, {}), "zz/same").of_answers == 4
    assert seen(with_examples(both, {})).of_answers == 6


def test_nothing_is_seen_of_a_law_on_a_day_when_it_is_not_in_force() -> None:
    tree, term = LocatedIn(names=("A",)), between(day("2025-01-01"), None)
    early = example("us", reader("A"), NOT, on=day("2020-01-01").first())
    assert "`located_in: A` true" in missing(law(tree, early, standing=term))


def test_whom_to_warn_is_seen_only_where_it_decides_what_is_shown() -> None:
    tree = AnyOf(of=(LocatedIn(names=("A",)), Possibly(of=CitizenOf(names=("B",)))))
    unsure = CitizenOf(names=("C",))
    sure = [example("us", reader("A"), DOES), example("us", reader("B", "A", not_citizen_of=frozenset({"B"})), NOT)]
    sure.append(example("us", reader("A", "B", "C"), DOES))
    told = [
        example("us", reader("B", "B", "C"), MAY, shown=Shown.FULL),
        example("us", reader("B", "B", not_citizen_of=frozenset({"C"})), MAY, shown=Shown.FOLDED),
    ]
    assert missing(law(tree, *sure, told[0], warn_when_unsure=unsure)) == ["`citizen_of: C` false"]
    assert missing(law(tree, *sure, told[1], warn_when_unsure=unsure)) == ["`citizen_of: C` true"]
    assert missing(law(tree, *sure, *told, warn_when_unsure=unsure)) == []


def test_a_date_wants_an_example_on_the_day_and_on_the_day_before() -> None:
    tree, term = LocatedIn(names=("A",)), between(day("2025-01-01"), None)
    dated = {
        on: example("us", reader("A"), verdict, on=day(on).first())
        for on, verdict in (("2024-12-30", NOT), ("2024-12-31", NOT), ("2025-01-01", DOES), ("2025-01-02", DOES))
    }
    rest = example("us", reader("B"), NOT)
    far = law(tree, rest, dated["2024-12-30"], dated["2025-01-02"], standing=term)
    assert missing(far) == ["both sides of 2025-01-01, a day of its standing"]
    assert [text.partition(" on: ")[2][:10] for text in seen(far).unseen[0].examples] == ["2024-12-31", "2025-01-01"]
    half = law(tree, rest, dated["2024-12-31"], dated["2025-01-02"], standing=term)
    assert [text.partition(" on: ")[2][:10] for text in seen(half).unseen[0].examples] == ["2025-01-01"]
    assert missing(law(tree, rest, dated["2024-12-31"], dated["2025-01-01"], standing=term)) == []


def test_a_date_is_not_seen_by_a_reader_to_whom_it_makes_no_difference() -> None:
    tree, term = LocatedIn(names=("A",)), between(day("2025-01-01"), None)
    days = [day(on).first() for on in ("2024-12-31", "2025-01-01")]
    nobody = [example("us", reader("B"), NOT, on=on) for on in days]
    assert "both sides of 2025-01-01, a day of its standing" in missing(law(tree, *nobody, standing=term))


def test_a_date_that_no_reader_can_see_is_not_asked_for() -> None:
    # The law is of 2015 and two of its cases of 2021 and 2022; the first publisher was listed after all of them.
    assert [what for what in missing(HOLLOW, NOTICE) if "both sides" in what] == [
        "both sides of 2022-07-15, a day of an entry in ru/undesirable-organizations"
    ]


def test_the_dates_of_cases_and_territories_are_seen_as_well() -> None:
    held = Territory("held", "Held", wholly=(Holding("A", between(day("2024-05"), None)),))
    tree = AnyOf(
        of=(LocatedIn(names=("held",)), CitizenOf(names=("B",), case="citizens", standing=between(None, day("2025"))))
    )
    ruleset = replace(with_examples(plain_country(tree).ruleset, {}), territories={"held": held})
    assert [what for what in missing(ruleset) if "both" in what] == [
        "both sides of 2026-01-01, a day of `case: citizens`",
        "both sides of 2024-05-01, a day of A in held",
    ]


def test_one_entry_of_a_register_is_enough() -> None:
    listed = Register(
        "list", "List", "Somebody", TODAY, entries=(entry("us", "2024-01-01"), entry("them", "2025-01-01"))
    )
    country = plain_country(Everyone(), concerns=Concern(register="list")).ruleset
    both = {**country.publishers, "them": replace(country.publishers["us"], id="them")}
    country = replace(country, registers={"list": listed}, publishers=both)
    assert missing(with_examples(country, {})) == [
        "`everyone: yes` true",
        "both sides of 2024-01-01, a day of an entry in list",
    ]
    examples = (
        example("them", reader(), NOT, on=day("2024-12-31").first()),
        example("them", reader(), DOES, on=day("2025-01-01").first()),
    )
    assert missing(hold(with_examples(country, {LAW: examples}))) == []


def test_the_same_is_said_to_people_and_to_machines() -> None:
    coverage = cover(HOLLOW)
    (found,) = coverage.notices
    assert (
        str(found)
        == f"{NOTICE}: {found.answers} of {found.of_answers} answers of conditions ({found.share:.0%}), 0 of 1 dates"
    )
    data = coverage.as_data()[NOTICE]
    assert isinstance(data, dict)
    assert data["answers"] == {"seen": found.answers, "of": found.of_answers}
    assert len(data["unseen"]) == len(coverage.unseen)
