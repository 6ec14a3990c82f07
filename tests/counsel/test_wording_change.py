"""Wording changes: word by word, and which translations fell behind."""

from __future__ import annotations

from dataclasses import replace

from service.counsel.comparison.change import Caution
from service.counsel.comparison.wording_change import WordingChange, word_by_word, wording_changes
from service.law.ruleset import RuleSet
from service.law.verdict import Verdict
from service.law.wording import Speech, Wording
from tests.law.seed import NOTICE, RULESET

MAY = Verdict.MAY_APPLY


def written(**texts: str | Speech) -> RuleSet:
    """The seed with these texts, one a language."""
    said = {language: {MAY: Speech(text) if isinstance(text, str) else text} for language, text in texts.items()}
    notice = replace(RULESET.notices[NOTICE], wording=Wording(said))
    return replace(RULESET, notices={NOTICE: notice})


def changes(before: RuleSet, after: RuleSet) -> tuple[WordingChange, ...]:
    return wording_changes(before, after)


def test_only_the_words_that_differ_are_marked() -> None:
    assert word_by_word("You could be fined for it.", "You could be jailed for it.") == (
        "You could be [-fined-] {+jailed+} for it."
    )


def test_long_unchanged_parts_are_left_out() -> None:
    around = " ".join(f"w{number}" for number in range(30))
    assert word_by_word(f"{around} old {around}", f"{around} new {around}") == (
        "… w24 w25 w26 w27 w28 w29 [-old-] {+new+} w0 w1 w2 w3 w4 w5 …"
    )


def test_a_paragraph_that_is_divided_is_a_change() -> None:
    assert word_by_word("one two", "one\n\ntwo") == "one {+¶+} two"


def test_translations_that_did_not_follow_english_are_named() -> None:
    (change,) = changes(
        written(en="fined", ru="штраф", be="штраф", uk="штраф"), written(en="jailed", ru="штраф", be="штраф", uk="в")
    )[:1]
    assert change.behind == ("be", "ru")
    assert change.sentence == "may_apply, en: changed (be, ru were not changed when en was)"


def test_a_translation_that_is_changed_alone_leaves_nobody_behind() -> None:
    (change,) = changes(written(en="fined", ru="штраф"), written(en="fined", ru="тюрьма"))
    assert (change.language, change.behind) == ("ru", ())


def test_a_text_that_is_gone_is_less_cautious_and_one_that_is_new_is_not() -> None:
    (gone,) = changes(written(en="fined", ru="штраф"), written(en="fined"))
    (new,) = changes(written(en="fined"), written(en="fined", ru="штраф"))
    assert (gone.caution, gone.said) == (Caution.LESS, "[-штраф-]")
    assert (new.caution, new.said) == (Caution.OTHER, "{+штраф+}")


def test_where_a_link_leads_and_whether_a_text_is_a_draft_belong_to_it() -> None:
    link = Speech("[here]", {"here": "https://one.example/"})
    (led,) = changes(written(en=link), written(en=replace(link, links={"here": "https://two.example/"})))
    (draft,) = changes(written(en="fined", ru="штраф"), written(en="fined", ru=Speech("штраф", draft=True)))
    assert led.said == "[-[here](https://one.example/)-] {+[here](https://two.example/)+}"
    assert draft.said == "{+(draft)+} штраф"


def test_a_publishers_own_words_are_told_with_the_notice_that_they_stand_for() -> None:
    us = RULESET.publishers["rferl"]
    own = {NOTICE: Wording({"en": {MAY: Speech("something else")}})}
    after = replace(RULESET, publishers={**RULESET.publishers, "rferl": replace(us, own=own)})
    (change,) = changes(RULESET, after)
    assert (change.file, change.notice, change.publisher) == ("publishers/rferl.yaml", NOTICE, "rferl")
    assert change.sentence == f"{NOTICE}, may_apply, en: changed"


def test_the_same_texts_have_no_changes() -> None:
    assert changes(RULESET, written(en="x")) != ()
    assert changes(RULESET, replace(RULESET)) == ()
