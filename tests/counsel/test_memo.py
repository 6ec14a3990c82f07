"""The memo: what counsel reads is what the engine runs."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest

from service.counsel.memo.document import Document, Heading, Item, Items, Paragraph
from service.counsel.memo.memo import memo
from service.counsel.phrase import LANGUAGES, Phrases
from service.law.cases import Cases
from service.law.citation import Citation, Citations, Seen
from service.law.condition import AllOf, AnyOf, CitizenOf, LocatedIn, Not, Possibly, ResidentOf
from service.law.defence import Defence
from service.law.moment import Moment
from service.law.reader import Reader
from service.law.situation import Situation, quick
from service.law.truth import MAYBE, Truth, all_of, any_of
from tests.law.seed import NOTICE, RULESET, TODAY

SEED = RULESET.notices[NOTICE]


def conditions(document: Document) -> Item:
    """The list of conditions: the one that stands right before the ladder."""
    lists = [block for block in document.blocks if isinstance(block, Items)]
    return lists[1].items[0]


def codes(text: str) -> list[str]:
    """The codes that a phrase names: each stands in brackets after the name that people know."""
    return re.findall(r"\(([a-z-]+|[A-Z]{2}(?:-[A-Z0-9]+)?)\)", text)


def reading(words: Phrases, situation: Situation) -> Callable[[Item], Truth]:
    """What a person who takes the memo at its word would answer of a reader."""

    def read(item: Item) -> Truth:
        text = re.sub(r"^\[[a-z-]+\] ", "", item.text)
        below = [read(part) for part in item.below]
        for kind, opening in words.groups.items():
            if text.startswith(opening):
                combine = {AllOf: all_of, AnyOf: any_of, Not: lambda parts: ~parts[0],
                           Possibly: lambda parts: min(MAYBE, parts[0])}[kind]  # fmt: skip
                return combine(below)
        reader = situation.reader
        for leaf, answer in (
            (LocatedIn, situation.located_in),
            (ResidentOf, situation.resident_of),
            (CitizenOf, reader.citizenship),
        ):
            if text.startswith(words.naming[leaf].partition("{}")[0]):
                return any_of(answer(code) for code in codes(text))
        assert text.startswith(words.stateless[0])
        return reader.statelessness

    return read


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_conditions_as_written_mean_what_the_engine_answers_in_every_case(language: str) -> None:
    written = conditions(memo(RULESET, SEED, language))
    met = set()
    moment = Moment.on(TODAY)
    for visit in Cases(RULESET).walk(SEED, RULESET.publishers["rferl"], moment):
        situation = Situation(RULESET.ground(TODAY), visit.reader, visit.page_language)
        answer = quick(SEED.applies_when, situation)
        assert reading(LANGUAGES[language], situation)(written) == answer
        met.add(answer)
    assert met == set(Truth)


def test_a_memo_that_swaps_and_for_or_would_be_noticed() -> None:
    written = conditions(memo(RULESET, SEED))
    words = LANGUAGES["en"]
    swapped = Item(written.text.replace(words.groups[AnyOf], words.groups[AllOf]), written.below)
    reader = Reader(frozenset({"DE"}), frozenset({"RU"}))
    situation = Situation(RULESET.ground(TODAY), reader)
    assert reading(words, situation)(swapped) != reading(words, situation)(written)


class Page(HTMLParser):
    """Collects the tags and addresses of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.addresses: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("src", "href", "xlink:href", "data")]


def test_the_printable_memo_needs_nothing_from_elsewhere() -> None:
    page = Page(memo(RULESET, SEED).html())
    assert not page.tags & {"script", "link", "img", "iframe", "object", "use", "image"}
    assert page.addresses == []


def test_the_memo_says_every_text_every_source_and_asks_for_a_signature() -> None:
    text = memo(RULESET, SEED).markdown().replace("\\", "")
    for texts in SEED.wording.texts.values():
        for speech in texts.values():
            assert all(line in text for line in speech.text.splitlines())
    assert all(citation.url in text for citation in SEED.citations)
    assert "Not approved by counsel." in text
    assert "Signature: ____" in text


@pytest.mark.parametrize(("language", "between"), [("en", "including"), ("ru", "в том числе")])
def test_a_defence_stands_in_the_memo_with_its_source_and_its_note(language: str, between: str) -> None:
    law = Citation("law", "The law", "https://law.example/", Seen.PRESS, date(2026, 1, 1))
    cited = replace(SEED, citations=Citations({"law": law}))
    excuse = Defence("Reasonable excuse", ("journalism", "research"), "law", "Never tried.")
    without, document = (memo(RULESET, each, language) for each in (cited, replace(cited, defences=(excuse,))))
    line = f"Reasonable excuse, {between}: journalism, research [1] — Never tried."
    new = [block for block in document.blocks if block not in without.blocks]
    assert [type(block) for block in new] == [Heading, Items, Paragraph]
    assert new[1] == Items((Item(line),))


def test_words_that_look_like_markup_stay_words() -> None:
    hostile = Document("en", (Items((Item("<b>*bold*</b> [x](y)"),)),))
    assert "&lt;b&gt;" in hostile.html()
    assert r"\<b\>\*bold\*" in hostile.markdown()


def test_every_closed_list_of_the_law_has_its_words_in_every_language() -> None:
    from service.counsel.memo.words import WORDS
    from service.law.act import Basis, Mind, Risk
    from service.law.citation import Seen
    from service.law.notice import Kind
    from service.law.penalty import KINDS, Whom
    from service.law.standing import State

    for words in WORDS.values():
        for listed, said in (
            (Basis, words.bases), (Mind, words.minds), (Risk, words.risks), (Seen, words.seen),
            (Kind, words.kinds), (Whom, words.whom), (State, words.states),
        ):  # fmt: skip
            assert {each.value for each in listed} == set(said)
        assert set(KINDS) == set(words.kinds_of_penalty)
