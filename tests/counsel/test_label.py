"""Labels before counsel: the memo says all that is prescribed, a comparison tells all of it that changed, and an
example may suppose that a publisher carries one."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from service.counsel.account import account
from service.counsel.comparison.wording_change import wording_changes
from service.counsel.examples.coverage import cover
from service.counsel.examples.trial import hold_trial
from service.counsel.memo.memo import memo
from service.counsel.proof.proof import prove
from service.law.ruleset import RuleSet
from service.rulebook import read
from service.rulebook.lock import lock

GOOD = Path(__file__).parents[1] / "mistakes" / "good"
FILES = {path.relative_to(GOOD).as_posix(): path.read_bytes() for path in GOOD.rglob("*.yaml")}
TOBACCO, LINK, ORDER = "notices/in/tobacco.yaml", "notices/eu/advertising.yaml", "registers/sg/orders.yaml"
HERALD = "publishers/herald.yaml"


@cache
def rules(*changes: tuple[str, str, str]) -> RuleSet:
    """The good set with a text of some files replaced, locked again."""
    files = dict(FILES)
    for path, old, new in changes:
        assert files[path].decode().count(old) == 1, (path, old)
        files[path] = files[path].decode().replace(old, new).encode()
    files |= lock(files)[0]
    loaded = read(files)
    assert loaded.ruleset is not None, loaded.errors
    return loaded.ruleset


SAID = {
    "in/tobacco": (
        "One of these texts", "> Tobacco kills, says {ministry}", "> Tobacco causes cancer",
        "SHA-256 e9601854dd1b0d1ded4386c606bc2776177095506aec626dc2614bd804643bd8",
        "It has to be in the language of the material.", "where: at the bottom", "colours: black on white",
        "shown at first use of the day, for 10 seconds, over 25 %, until x", "on every item",
        "for a person to judge: legible", "Companies: fine \\[1\\]", "fine up to 3 percent of worldwide turnover",
        "or a warning", "restricted liberty up to 2 years", "a ban on holding posts or doing certain work from 1 year",
    ),
    "eu/advertising": (
        "From January 1, 2020", "> Who paid for this", "It has to be a link.", "From October 10, 2025",
        "No text is fixed.", "that it is political advertising", "for which vote – only if: there is one",
    ),
    "sg/order": ("The text comes with each order",),
}  # fmt: skip


@pytest.mark.parametrize(("notice", "words"), [(notice, one) for notice, said in SAID.items() for one in said])
def test_a_memo_says_everything_that_is_prescribed(notice: str, words: str) -> None:
    ruleset = rules()
    assert words in memo(ruleset, ruleset.notices[notice]).markdown()


@pytest.mark.parametrize("notice", SAID)
def test_a_memo_says_as_much_in_russian(notice: str) -> None:
    ruleset = rules()
    english, russian = (memo(ruleset, ruleset.notices[notice], language) for language in ("en", "ru"))
    assert [type(block) for block in english.blocks] == [type(block) for block in russian.blocks]


UNLINKED = (HERALD, "    link: https://www.example.org/paid\n", "")
UNTRANSLATED = (HERALD, "    texts:\n      de: |\n        Tabak tötet, sagt {ministry}\n", "")

CHANGES = {
    "a text of several": (TOBACCO, "Tobacco causes cancer", "Tobacco harms", "prescribed 2, en: changed"),
    "the language": (TOBACCO, "  language: same as the material\n  written_in: en", "  language: en",
                     "prescribed language, en: gone"),
    "what an element says": (LINK, "say: who paid", "say: who paid how much",
                             "element sponsor from 2025-10-10, en: changed"),
    "when an element is needed": (LINK, "when: there is one", "when: it matters",
                                  "element process from 2025-10-10, en: changed"),
    "a link": (LINK, "      linked: yes\n", "", "prescribed link from 2020-01-01, en: gone"),
    "a version's day": (LINK, "from: 2025-10-10", "from: 2025-10-11", "element process from 2025-10-11, en: new"),
    "the form": (TOBACCO, "25 %", "75 %", "form video, en: changed"),
    "an order's text": (ORDER, "what is not so", "what is so", "order against herald of 2024-05-01, en: changed"),
    "a publisher's choice": (HERALD, "chooses: Tobacco kills, says {ministry}", "chooses: Tobacco causes cancer",
                             "in/tobacco, chosen text, en: changed"),
    "a publisher's link": (HERALD, "org/paid", "org/who", "eu/advertising, link of the label, en: changed"),
    "a publisher's translation": (HERALD, "Tabak tötet", "Tabak schadet",
                                  "in/tobacco, text of the label, de: changed"),
    "a publisher's element": (HERALD, "Bezahlt von A.", "Bezahlt von C.",
                              "eu/advertising, element sponsor, de: changed"),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_whatever_changes_in_a_label_is_told_and_accounted_for(name: str) -> None:
    path, old, new, sentence = CHANGES[name]
    as_well = {"the language": [UNTRANSLATED], "a link": [UNLINKED]}.get(name, [])
    before, after = rules(), rules((path, old, new), *as_well)
    assert sentence in [change.sentence.partition(" (")[0] for change in wording_changes(before, after)]
    told = account(before, after)
    assert told.removes or told.alters
    assert wording_changes(before, rules()) == ()


def test_an_example_may_suppose_a_fact_of_the_site_and_that_the_label_is_carried() -> None:
    labels = {"in/tobacco", "eu/advertising", "sg/order"}
    assert not {failure.notice for failure in hold_trial(rules()).failures} & labels
    for path, old, new, found in (
        (TOBACCO, "content: [in/tobacco], carries: yes, ", "content: [in/tobacco], ", "shown none"),
        (LINK, "site: [eu/advertises], ", "", "does_not_apply"),
        (LINK, "site: [eu/advertises], expect: applies, shown: none",
         "site: [eu/advertises], carries: yes, expect: applies, shown: none", "shown full"),
    ):  # fmt: skip
        failures = [one for one in hold_trial(rules((path, old, new))).failures if one.notice in labels]
        assert [failure.found for failure in failures] == [found]


def test_the_proof_fails_where_nothing_would_be_printed_of_a_label_that_is_carried() -> None:
    assert prove(rules()).holds
    unworded = rules(
        (ORDER, "publisher: herald", "publisher: gazette"),
        ("notices/sg/order.yaml", "concerns: {register: sg/orders}", "concerns: {register: ru/list}"),
        ("notices/sg/order.yaml", "{from_order: yes, because: rules}",
         "{elements: [{name: one, say: it, when: it is so}], because: rules}"),
        (HERALD, "carries: [in/tobacco, eu/advertising, sg/order]", "carries: [sg/order]"),
        ("registers/ru/list.yaml", "entries:\n",
         "entries:\n  - {publisher: herald, decided: 2024-01-01, because: press}\n"),
    )  # fmt: skip
    assert any("nothing is printed of it" in one.what for one in prove(unworded).missed)


def test_what_an_example_supposes_counts_for_coverage() -> None:
    name, told = "name: a site that advertises", "site: [eu/advertises], expect: applies, shown: none"
    supposed = f"  - {{{name}, publisher: gazette, reader: {{}}, {told}}}\n"

    def seen(ruleset: RuleSet) -> tuple[int, int]:
        (found,) = (one for one in cover(ruleset).notices if one.notice == "eu/advertising")
        return found.answers, found.of_answers

    assert seen(rules()) == (1, 1)
    assert seen(rules((LINK, supposed, ""))) == (0, 1)
