"""Risk: the loudest of what is stated of each act, what stands before a control, and the words beside it."""

from __future__ import annotations

import json
import re
import string
from collections.abc import Mapping
from dataclasses import fields, replace
from itertools import product

import pytest

from service.law.act import ACTS, Basis, Exposure, Risk
from service.law.examination import Finding, Visit
from service.law.moment import Moment
from service.law.notice import Kind
from service.law.reader import Reader
from service.law.standing import Timeline
from service.law.verdict import Shown, Verdict
from service.page import risk
from service.page.caution import CAUTIONS, Caution
from service.page.phrases import PHRASES
from service.page.risk import CONTROLS, MARKED, READING, Gate
from service.page.sheet import Sheet

from .law import BY, LABELLED, NOW, RU, RULESET, UNDESIRABLE, sheet

NONE, UNCLEAR, FINE, CRIME = Risk.NONE, Risk.UNCLEAR, Risk.ADMINISTRATIVE, Risk.CRIMINAL
FULL, FOLDED = Shown.FULL, Shown.FOLDED


def found(
    id: str,
    shown: Shown = FULL,
    verdict: Verdict = Verdict.MAY_APPLY,
    basis: Basis = Basis.STATUTE,
    kind: Kind = Kind.READER_RISK,
    **acts: Exposure,
) -> Finding:
    notice = replace(UNDESIRABLE, id=id, kind=kind, basis=basis, acts={})
    return Finding(notice, verdict, shown, exposures=acts)


def of(*findings: Finding, language: str = "en", somewhere: bool = True) -> dict[str, object]:
    """The record of a page with these findings."""
    return risk.record(with_findings(sheet("plain", "RU", language), *findings), somewhere=somewhere)


def with_findings(page: Sheet, *findings: Finding) -> Sheet:
    template = page.items[0]
    return replace(page, items=tuple(replace(template, finding=finding) for finding in findings))


def act(name: str, *findings: Finding, somewhere: bool = True) -> Mapping[str, object]:
    acts = of(*findings, somewhere=somewhere)["acts"]
    assert isinstance(acts, dict)
    return acts[name]


@pytest.mark.parametrize(
    ("stated", "shown", "somewhere", "gate"),
    [
        (CRIME, FULL, True, "confirm"), (FINE, FULL, True, "confirm"), (UNCLEAR, FULL, True, "inform"),
        (NONE, FULL, True, None), (CRIME, FOLDED, True, "inform"), (FINE, FOLDED, True, "inform"),
        (UNCLEAR, FOLDED, True, "inform"), (NONE, FOLDED, True, None), (CRIME, FULL, False, "inform"),
        (FINE, FULL, False, "inform"), (UNCLEAR, FULL, False, "inform"), (NONE, FULL, False, "inform"),
        (CRIME, FOLDED, False, "inform"), (NONE, FOLDED, False, "inform"),
    ],
)  # fmt: skip
def test_a_gate_asks_only_where_a_penalty_is_stated_in_full_at_a_known_place(
    stated: Risk, shown: Shown, somewhere: bool, gate: str | None
) -> None:
    for name in MARKED:
        finding = found(RU, shown, **{name: Exposure(stated)})
        assert act(name, finding, somewhere=somewhere).get("gate") == gate


@pytest.mark.parametrize("name", READING)
@pytest.mark.parametrize(("stated", "shown", "somewhere"), [*product(Risk, (FULL, FOLDED), (True, False))])
def test_reading_is_never_gated_and_nothing_stands_beside_it(
    name: str, stated: Risk, shown: Shown, somewhere: bool
) -> None:
    said = act(name, found(RU, shown, verdict=Verdict.APPLIES, **{name: Exposure(stated)}), somewhere=somewhere)
    assert said["risk"] == stated.value
    assert not {"gate", "text"} & said.keys()
    assert not any(name in acts for acts in CONTROLS.values())


def test_a_penalty_for_the_second_time_alone_asks_too() -> None:
    said = act("share", found(RU, share=Exposure(UNCLEAR, CRIME)))
    assert (said["risk"], said["repeated"], said["gate"]) == ("unclear", "criminal", "confirm")


def test_what_no_notice_states_is_not_stated_and_never_safe() -> None:
    said = act("like", found(RU, share=Exposure(CRIME)))
    assert said == {
        "risk": "not stated",
        "notices": [],
        "gate": "inform",
        "text": "Liking. We do not say whether this is punished. That does not make it safe.",
    }
    assert act("search", found(RU, share=Exposure(CRIME))) == {"risk": "not stated", "notices": []}


def test_one_law_that_spares_an_act_does_not_make_it_safe_under_another_that_is_silent() -> None:
    assert act("like", found(RU, like=Exposure(NONE))).get("gate") is None
    assert act("like", found(RU, like=Exposure(NONE)), found(BY))["gate"] == "inform"


def test_the_loudest_risk_counts_and_every_notice_that_says_something_is_named_loudest_first() -> None:
    said = act(
        "share",
        found("ru/a", share=Exposure(UNCLEAR, basis=Basis.PUBLISHER)),
        found("by/b", FOLDED, share=Exposure(FINE, CRIME)),
        found("kg/c", verdict=Verdict.APPLIES, share=Exposure(FINE, basis=Basis.PRACTICE)),
        found("hk/d"),
    )
    assert {**said, "text": ""} == {
        "risk": "administrative",
        "repeated": "criminal",
        "verdict": "applies",
        "basis": "statute",
        "notices": ["by/b", "kg/c", "ru/a"],
        "gate": "confirm",
        "text": "",
    }


def test_what_is_repeated_is_told_only_where_it_is_louder_than_the_first_time() -> None:
    said = act("share", found("ru/a", share=Exposure(FINE, CRIME)), found("by/b", share=Exposure(CRIME)))
    assert said["risk"] == "criminal"
    assert "repeated" not in said


def test_a_reference_counts_once_and_is_unclear_where_its_notice_is_not_on_the_page() -> None:
    pointing = found(RU, donate=Exposure(see="ru/funding"))
    there = found("ru/funding", donate=Exposure(CRIME, basis=Basis.PRACTICE))
    assert act("donate", pointing, there)["notices"] == ["ru/funding"]
    assert act("donate", pointing, there)["risk"] == "criminal"
    assert (act("donate", pointing)["risk"], act("donate", pointing)["gate"]) == ("unclear", "inform")
    silent = found("ru/funding", share=Exposure(CRIME))
    assert act("donate", pointing, silent)["risk"] == "unclear"


def test_a_label_that_the_publisher_owes_is_no_risk_of_the_readers() -> None:
    assert LABELLED.kind is Kind.PUBLISHER_DUTY
    owed = found(LABELLED.id, kind=Kind.PUBLISHER_DUTY, share=Exposure(CRIME))
    record = of(owed)
    assert record["controls"] == {}
    assert record["attributes"] == ""
    assert act("share", owed) == {"risk": "not stated", "notices": []}


def test_a_page_that_shows_nothing_marks_nothing() -> None:
    record = risk.record(sheet("quiet", "DE", "en"), somewhere=True)
    assert (record["attributes"], record["controls"]) == ("", {})
    assert all(said == {"risk": "not stated", "notices": []} for said in record["acts"].values())


def test_a_control_of_two_acts_has_the_louder_gate_and_its_words() -> None:
    record = of(found(RU, follow=Exposure(UNCLEAR), pay_subscribe=Exposure(CRIME)))
    assert record["controls"]["subscribe"] == {
        "gate": "confirm",
        "text": "Paying for a subscription. Under the law of Russia, some readers can face criminal prosecution.",
    }


def test_the_attributes_are_those_of_the_controls_in_the_order_of_the_contract() -> None:
    record = of(found(RU, share=Exposure(FINE), donate=Exposure(UNCLEAR)))
    assert record["attributes"] == (
        'data-rdr-share="confirm" data-rdr-comment="inform" data-rdr-like="inform" '
        'data-rdr-subscribe="inform" data-rdr-donate="inform"'
    )
    marks = risk.gates([found(RU, share=Exposure(FINE))], somewhere=False)
    assert marks == dict.fromkeys(CONTROLS, Gate.INFORM)


def test_every_act_of_a_page_is_one_of_the_laws_and_stands_in_the_record() -> None:
    acts = of(found(RU))["acts"]
    assert isinstance(acts, dict)
    assert tuple(acts) == (*READING, *MARKED)
    assert set(acts) <= set(ACTS)
    assert {name for names in CONTROLS.values() for name in names} <= set(MARKED)


@pytest.mark.parametrize(
    ("finding", "text"),
    [
        (
            found(RU, share=Exposure(FINE, CRIME)),
            (
                "Sharing. Under the law of Russia, some readers can face a fine or another penalty and, the second "
                "time, criminal prosecution."
            ),
        ),
        (
            found(RU, verdict=Verdict.APPLIES, share=Exposure(CRIME)),
            "Sharing. Under the law of Russia, you can face criminal prosecution.",
        ),
        (
            found(RU, share=Exposure(CRIME, basis=Basis.OFFICIAL_WARNING)),
            "Sharing. The authorities of Russia have warned that some readers can face criminal prosecution.",
        ),
        (
            found(RU, share=Exposure(FINE, basis=Basis.PRACTICE)),
            "Sharing. As the law of Russia is applied, some readers can face a fine or another penalty.",
        ),
        (
            found(RU, share=Exposure(FINE, basis=Basis.PUBLISHER)),
            "Sharing. The publisher warns (Russia): some readers can face a fine or another penalty.",
        ),
        (found(RU, share=Exposure(UNCLEAR)), "Sharing. It is not clear whether the law of Russia punishes this."),
        (
            found("ir/x", share=Exposure(UNCLEAR, basis=Basis.OFFICIAL_WARNING)),
            "Sharing. The authorities of Iran have warned against this; it is not clear whether the law punishes it.",
        ),
    ],
)
def test_the_words_say_what_the_data_say_and_no_more(finding: Finding, text: str) -> None:
    assert act("share", finding)["text"] == text


def test_what_the_authorities_warn_of_is_never_worded_as_law() -> None:
    for stated, words in product(Risk, CAUTIONS.values()):
        said = words.says(stated, None, Basis.OFFICIAL_WARNING, "X", False, True)
        assert said != words.says(stated, None, Basis.STATUTE, "X", False, True) or stated is NONE


def test_laws_that_say_the_same_stand_together_and_a_country_is_named_once() -> None:
    same = [found(f"{code}/x", share=Exposure(FINE)) for code in ("ru", "by")]
    assert act("share", *same)["text"] == (
        "Sharing. Under the laws of Russia and Belarus, some readers can face a fine or another penalty."
    )
    two = (found("by/a", share=Exposure(FINE)), found("by/b", share=Exposure(CRIME)))
    assert act("share", *two)["text"] == (
        "Sharing. Under the law of Belarus, some readers can face criminal prosecution."
    )


def test_what_is_folded_is_named_only_where_it_is_louder_and_after_what_stands_in_full() -> None:
    full, folded = found("by/a", share=Exposure(FINE)), found("ru/b", FOLDED, share=Exposure(FINE, CRIME))
    text = str(act("share", folded, full)["text"])
    assert text.index("Belarus") < text.index("Russia")
    louder = found("by/a", share=Exposure(CRIME))
    assert "Russia" not in str(act("share", louder, folded)["text"])
    assert act("share", louder, folded)["notices"] == ["by/a", "ru/b"]


def test_a_law_that_spares_an_act_is_not_named_beside_one_that_punishes_it() -> None:
    spared = found("kg/a", like=Exposure(NONE))
    assert "Kyrgyzstan" not in str(act("like", spared, found(RU, FOLDED, like=Exposure(FINE)))["text"])
    assert "do not say" in str(act("like", spared, found(RU))["text"])
    assert act("like", spared, somewhere=False)["text"] == (
        "Liking. As far as is known, the law of Kyrgyzstan does not punish this."
    )


@pytest.mark.parametrize("words", CAUTIONS.values(), ids=lambda words: words.language)
def test_every_language_has_every_sentence_with_the_same_slots(words: Caution) -> None:
    english = CAUTIONS["en"]
    assert set(CAUTIONS) == set(PHRASES)
    for field in fields(Caution):
        for mine, other in zip(_texts(getattr(words, field.name)), _texts(getattr(english, field.name)), strict=True):
            assert mine.strip() == mine != ""
            slots = [sorted(name for _, name, _, _ in string.Formatter().parse(text) if name) for text in (mine, other)]
            assert slots[0] == slots[1], field.name
            assert len(mine) <= 2 * len(other) + 20, field.name
            if words is not english and field.name not in ("language", "joined"):
                assert mine != other
    assert tuple(words.acts) == tuple(english.acts)
    assert set(words.acts) == {*READING, *MARKED}


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    values = value.values() if isinstance(value, Mapping) else value
    return [text for part in values for text in _texts(part)]  # type: ignore[attr-defined]


@pytest.mark.parametrize("words", CAUTIONS.values(), ids=lambda words: words.language)
def test_a_sentence_is_filled_for_every_risk_basis_and_number(words: Caution) -> None:
    for first, again, basis, several, you in product(Risk, (None, *Risk), Basis, (False, True), (False, True)):
        said = words.says(first, again, basis, "<X>", several, you)
        assert re.fullmatch(r"[^{}]*<X>[^{}]*[.。।۔]", said)


def test_the_record_is_json_in_the_language_of_its_words() -> None:
    data = json.loads(risk.written(sheet("svaboda", "RU", "be"), somewhere=True))
    assert list(data) == [
        "publisher", "language", "direction", "ruleset", "next_change", "place", "attributes", "general", "controls",
        "acts",
    ]  # fmt: skip
    assert (data["publisher"], data["language"], data["direction"], data["place"]) == ("svaboda", "be", "ltr", "known")
    assert data["acts"]["share"]["text"].startswith("Распаўсюджванне. Паводле закона гэтай краіны (Расія)")
    persian = json.loads(risk.written(sheet("plain", "RU", "fa"), somewhere=False))
    assert (persian["language"], persian["direction"], persian["place"]) == ("fa", "rtl", "unknown")
    assert json.loads(risk.written(sheet("plain", "RU", "kk"), somewhere=True))["language"] == "en"


def test_a_dated_act_counts_only_from_its_date() -> None:
    later = Timeline.always(replace(Exposure(), stated=False))
    silent = replace(UNDESIRABLE, acts={"share": later})
    rules = replace(RULESET, notices={**RULESET.notices, RU: silent})
    record = risk.record(sheet("plain", "RU", "en", ruleset=rules), somewhere=True)
    assert record["acts"]["share"]["risk"] == "not stated"


@pytest.mark.parametrize(
    ("places", "known"), [((), False), (("unknown",), False), (("RU",), True), (("RU", "unknown"), True)]
)
def test_a_place_is_known_where_there_is_a_candidate(places: tuple[str, ...], known: bool) -> None:
    assert risk.somewhere(Visit("plain", Moment.at(NOW), Reader(frozenset(places)))) is known
