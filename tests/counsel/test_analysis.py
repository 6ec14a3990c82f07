"""Analysis: each oddity of a rule set is found, and what only resembles it is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.counsel.analysis.analysis import Remark, Severity, analyse
from service.law.position import Position
from service.law.ruleset import RuleSet
from service.rulebook import load, read

RULES = Path(__file__).parents[1] / "seed"
REVIEW = "review: {by: legal desk, last: 2026-11-23, next: 2027-02-23, approved_by: }"
CITED = 'citations:\n  law: {title: The law, url: "https://law.example.org/", seen: official, checked: 2026-11-23}'
SINCE_2015 = "{from: 2015-01-01, is: in force, because: law}"
SHARE = "  share: {risk: criminal, because: law}"


def notice(
    applies: str = "located_in: RU",
    *steps: str,
    acts: str = SHARE,
    penalties: str = "",
    concerns: str = "{register: ru/list}",
    also: str = "",
) -> str:
    """A notice; `applies` is indented as it is to stand below applies_when, and each step as in standing."""
    standing = "".join(f"  - {step}\n" for step in steps or (SINCE_2015,))
    return (
        f"title: A law\nkind: reader-risk\nbasis: statute\nconcerns: {concerns}\nstanding:\n{standing}"
        f"applies_when:\n  {applies}\n"
        + (f"acts:\n{acts}\n" if acts else "")
        + (f"penalties:\n{penalties}\n" if penalties else "")
        + (f"{also}\n" if also else "")
        + "wording:\n  en:\n    applies: |\n      A law.\n    may_apply: |\n      Perhaps a law.\n"
        + f"{CITED}\n{REVIEW}\n"
    )


def register(*entries: str) -> str:
    rows = "".join(f"  - {{{entry}, because: law}}\n" for entry in entries)
    return f"title: A list\nkept_by: The ministry\nchecked: 2026-11-23\nentries:\n{rows}{CITED}\n{REVIEW}\n"


def publisher(*lines: str) -> str:
    return "\n".join(("name: The Gazette", "languages: [en]", *lines, REVIEW, ""))


def ruleset(notices: dict[str, str], **others: str) -> RuleSet:
    """One register with one publisher in it, some notices, and files named as `registers__ru__other`."""
    files = {
        "registers/ru/list.yaml": register("publisher: gazette, decided: 2016-01-01"),
        "publishers/gazette.yaml": publisher(),
        **{f"notices/{id}.yaml": text for id, text in notices.items()},
        **{f"{name.replace('__', '/').replace('_', '-')}.yaml": text for name, text in others.items()},
    }
    loaded = read({path: text.encode() for path, text in files.items()})
    assert loaded.errors == ()
    assert loaded.ruleset is not None
    return loaded.ruleset


def remarks(*notices: str, **others: str) -> list[str]:
    """What is remarked on some notices, which are called ru/a, ru/b …"""
    named = {f"ru/{letter}": text for letter, text in zip("abc", notices, strict=False)}
    return [f"{remark.severity.value}: {remark}" for remark in analyse(ruleset(named, **others))]


def test_a_sound_set_has_no_remark() -> None:
    assert remarks(notice()) == []


def test_the_rules_that_ship_have_no_warning() -> None:
    shipped = load(RULES).ruleset
    assert shipped is not None
    assert [str(remark) for remark in analyse(shipped) if remark.severity is Severity.WARNING] == []


def test_remarks_come_in_the_order_of_the_files_whatever_the_order_of_the_set() -> None:
    odd = {f"ru/{letter}": notice(penalties="  - {for: individual, acts: [like], arrest: yes, because: law}")
           for letter in "ba"}  # fmt: skip
    found = analyse(ruleset(odd))
    assert len(found) == 3
    assert [remark.at for remark in found] == sorted(remark.at for remark in found)
    assert found == analyse(ruleset(dict(sorted(odd.items()))))


def test_a_remark_is_a_line_for_people_and_data_for_machines() -> None:
    remark = Remark(Position("notices/ru/a.yaml", 3, 5), Severity.NOTE, "odd", "check it")
    assert str(remark) == "notices/ru/a.yaml:3:5: odd; check it"
    assert remark.as_data() == {"file": "notices/ru/a.yaml", "line": 3, "column": 5, "severity": "note",
                                "wrong": "odd", "write": "check it"}  # fmt: skip


# ---- notices that say nothing ----------------------------------------------------------------------------------


def test_a_law_that_contradicts_itself_can_apply_to_nobody() -> None:
    empty = "all_of: [{located_in: RU}, {not: {located_in: RU}}]"
    assert "warning: notices/ru/a.yaml:8:3: ru/a can apply to nobody on any day; check applies_when:" in remarks(
        notice(empty)
    )


def test_a_law_for_two_countries_at_once_is_no_contradiction_where_one_is_a_passport() -> None:
    assert remarks(notice("all_of: [{located_in: RU}, {not: {citizen_of: RU}}]")) == []


def test_a_law_whose_conditions_never_hold_on_a_day_on_which_a_publisher_is_listed_is_found() -> None:
    early = "all_of: [{located_in: RU}, {citizen_of: RU, until: 2015-12-31, because: law}]"
    assert [line for line in remarks(notice(early)) if "can apply to nobody on any day" in line] != []
    assert remarks(notice(early.replace("2015-12-31", "2016-01-01"))) == []


def test_a_law_in_force_on_no_day_is_noted_while_it_waits_and_warned_of_once_it_ended() -> None:
    waiting, ended = "{from: 2027-01-01, is: suspended, because: law}", "{from: 2020-01-01, is: ended, because: law}"
    note = "notices/ru/a.yaml:1:1: ru/a is in force on no day; check its standing:"
    assert f"note: {note}" in remarks(notice("located_in: RU", waiting))
    assert f"warning: {note}" in remarks(notice("located_in: RU", ended))


def test_a_notice_that_concerns_no_publisher_is_found() -> None:
    persons = register("person: ru/nobody, decided: 2016-01-01")
    found = remarks(notice(), registers__ru__list=persons)
    where = "notices/ru/a.yaml:4:11"
    assert f"warning: {where}: ru/a concerns no publisher on any day; check concerns:, or write the publisher" in found


def test_a_notice_that_ended_before_its_publishers_were_listed_is_found() -> None:
    ended = "{from: 2015-12-31, is: ended, because: law}"
    found = remarks(notice("located_in: RU", SINCE_2015, ended))
    assert any("concerns no publisher on any day on which it is in force" in line for line in found)
    later = ended.replace("2015-12-31", "2016-01-02")
    assert remarks(notice("located_in: RU", SINCE_2015, later)) == []


def test_a_notice_about_content_concerns_whatever_page_declares_it() -> None:
    assert remarks(notice(), notice("located_in: RU", concerns="{content: [ru/tag]}", acts="")) == []


# ---- publishers and registers ----------------------------------------------------------------------------------


def test_a_publisher_that_no_notice_concerns_is_noted() -> None:
    found = remarks(notice(), publishers__other=publisher())
    assert found == [
        "note: publishers/other.yaml:1:1: no notice concerns other on any day; check whether it stands in a register"
    ]
    assert remarks(notice(), publishers__other=publisher("part_of: gazette")) == []  # perhaps meant


def test_entries_of_persons_who_run_no_publisher_are_one_note() -> None:
    entries = (
        "publisher: gazette, decided: 2016-01-01",
        "person: ru/one, decided: 2017",
        "person: ru/two, decided: 2018",
    )
    people = register(*entries)
    (found,) = remarks(notice(), registers__ru__list=people)
    assert found.startswith("note: registers/ru/list.yaml:6:5: 2 of 3 entries name a person who runs no publisher here")
    assert "ru/one and ru/two" in found
    run = publisher("run_by: [ru/one, ru/two]")
    assert remarks(notice(), registers__ru__list=people, publishers__gazette=run) == []


def test_a_register_that_no_notice_is_about_is_noted() -> None:
    other = register("publisher: gazette, decided: 2016-01-01")
    (found,) = remarks(notice(), registers__ru__other=other)
    assert found.startswith("note: registers/ru/other.yaml:1:1: no notice is about ru/other;")


# ---- one notice covered by another -----------------------------------------------------------------------------

WIDE = notice("any_of: [{located_in: RU}, {citizen_of: RU}]")


def covered(*notices: str) -> list[str]:
    return [line for line in remarks(*notices) if "at least as much" in line]


def test_a_notice_within_another_is_superfluous() -> None:
    (found,) = covered(notice(), WIDE)
    assert found == (
        "warning: notices/ru/a.yaml:1:1: whoever is told of ru/a is told at least as much by ru/b; "
        "remove it, or say what ru/b does not"
    )


def test_of_two_notices_that_say_the_same_the_later_is_superfluous() -> None:
    (found,) = covered(notice(), notice())
    assert "whoever is told of ru/b is told at least as much by ru/a" in found


@pytest.mark.parametrize(
    "narrow",
    [
        notice(acts="  like: {risk: criminal, because: law}"),
        notice("located_in: [RU, BY]"),
        notice(penalties="  - {for: individual, acts: [share], arrest: yes, because: law}"),
        notice("located_in: RU", "{from: 2015-01-01, is: in force, because: law}",
               acts="  share:\n    - {risk: criminal, from: 2014, because: law}\n  like: {risk: none}"),
        notice("{resident_of: RU}".strip("{}")),
    ],
    ids=["another act", "another place", "a penalty", "a safe act", "residents"],
)  # fmt: skip
def test_a_notice_that_says_something_else_is_not(narrow: str) -> None:
    assert covered(narrow, WIDE) == []


def test_a_quieter_notice_covers_nothing() -> None:
    maybe = notice("possibly: {any_of: [{located_in: RU}, {citizen_of: RU}]}")
    assert covered(notice(), maybe) == []
    administrative = notice(acts="  share: {risk: administrative, because: law}")
    assert len(covered(administrative, WIDE)) == 1
    assert covered(notice(), WIDE.replace("risk: criminal", "risk: administrative")) == []


def test_a_notice_of_another_day_covers_nothing() -> None:
    late = "{from: 2020-01-01, is: in force, because: law}"
    assert covered(notice(), notice("any_of: [{located_in: RU}, {citizen_of: RU}]", late)) == []
    assert len(covered(notice("located_in: RU", late), WIDE)) == 1


def test_a_notice_of_another_country_covers_nothing() -> None:
    found = analyse(ruleset({"ru/a": notice(), "by/b": WIDE}))
    assert [remark for remark in found if "at least as much" in remark.what] == []


def test_a_notice_that_is_folded_covers_none_that_is_shown_in_full() -> None:
    wide = "any_of: [{possibly: {citizen_of: RU}}, {located_in: RU}]"
    folded = notice(wide, also="warn_when_unsure: {page_language: ru}")
    (found,) = covered(notice(wide), folded)
    assert "told of ru/b is told at least as much by ru/a" in found


def test_a_notice_about_other_publishers_covers_nothing() -> None:
    both = register("publisher: gazette, decided: 2016-01-01", "publisher: other, decided: 2016-01-01")
    two = {"publishers__other": publisher(), "registers__ru__all": both}
    everywhere = notice(concerns="{register: ru/all}")
    named = ruleset({"ru/a": everywhere, "ru/b": WIDE}, **two)
    assert [remark for remark in analyse(named) if "at least as much" in remark.what] == []
    named = ruleset({"ru/a": notice(), "ru/b": WIDE.replace("ru/list", "ru/all")}, **two)
    assert len([remark for remark in analyse(named) if "told of ru/a" in remark.what]) == 1


# ---- holes of days ---------------------------------------------------------------------------------------------

ENDS = "{from: 2020-05-01, is: ended, because: law}"


def holes(*notices: str) -> list[str]:
    return [line for line in remarks(*notices) if "is warned" in line or "told less" in line]


def successor(day: str, **changes: str) -> str:
    return notice("located_in: RU", f"{{from: {day}, is: in force, because: law}}", **changes)


def test_days_between_a_law_and_its_successor_are_a_hole() -> None:
    (found,) = holes(notice("located_in: RU", SINCE_2015, ENDS), successor("2020-05-11"))
    assert found == (
        "warning: notices/ru/b.yaml:1:1: nobody is warned from 2020-05-01 to 2020-05-10: ru/a ends, and ru/b begins on "
        "2020-05-11; let one end where the other begins, or write is: suspended for those days"
    )


def test_a_single_day_is_a_hole() -> None:
    (found,) = holes(notice("located_in: RU", SINCE_2015, ENDS), successor("2020-05-02"))
    assert "nobody is warned on 2020-05-01:" in found


def test_a_law_that_meets_its_successor_or_overlaps_it_leaves_no_hole() -> None:
    old = notice("located_in: RU", SINCE_2015, ENDS)
    assert holes(old, successor("2020-05-01")) == []
    assert holes(old, successor("2020-04")) == []


def test_a_hole_that_a_third_notice_fills_is_none() -> None:
    old = notice("located_in: RU", SINCE_2015, ENDS)
    bridge = notice("located_in: RU", "{from: 2020-04-01, is: in force, because: law}",
                    "{from: 2020-06-01, is: ended, because: law}")  # fmt: skip
    assert holes(old, successor("2020-05-11"), bridge) == []


def test_a_law_of_other_acts_or_other_publishers_is_no_successor() -> None:
    old = notice("located_in: RU", SINCE_2015, ENDS)
    assert holes(old, successor("2020-05-11", acts="  donate: {risk: criminal, because: law}")) == []
    assert holes(old, successor("2020-05-11", concerns="{content: [ru/tag]}")) == []


def test_a_declared_pause_is_no_hole() -> None:
    paused = "{from: 2020-05-01, is: suspended, because: law}"
    assert holes(notice("located_in: RU", SINCE_2015, paused), successor("2020-05-11")) == []


def test_a_law_that_begins_anew_after_its_end_has_a_hole() -> None:
    again = "{from: 2021-01-01, is: in force, because: law}"
    (found,) = holes(notice("located_in: RU", SINCE_2015, ENDS, again))
    assert "ru/a ends, and begins again on 2021-01-01" in found


def test_a_hole_before_any_publisher_is_listed_is_seen_by_nobody() -> None:
    early = "{from: 2015-05-01, is: ended, because: law}"
    assert holes(notice("located_in: RU", SINCE_2015, early), successor("2015-06-01")) == []


def cases(until: str, since: str, first: str = "citizen_of: RU", then: str = "citizen_of: RU") -> str:
    return notice(
        f"any_of:\n    - {{case: old, until: {until}, because: law, {first}}}\n"
        f"    - {{case: new, from: {since}, because: law, {then}}}\n    - {{case: inside, located_in: BY}}"
    )


def test_days_between_a_case_and_its_successor_are_a_hole() -> None:
    (found,) = holes(cases("2020-04-30", "2020-05-11"))
    assert found.startswith("warning: notices/ru/a.yaml:10:7: readers are told less from 2020-05-01 to 2020-05-10 than")
    assert "`case: old` ends, and `case: new` begins on 2020-05-11" in found


def test_a_case_that_meets_its_successor_leaves_no_hole() -> None:
    assert holes(cases("2020-04-30", "2020-05-01")) == []


def test_a_case_of_other_people_is_no_successor() -> None:
    assert holes(cases("2020-04-30", "2020-05-11", then="citizen_of: KG")) == []


def test_a_hole_that_another_case_fills_is_none() -> None:
    whole = cases("2020-04-30", "2020-05-11").replace("located_in: BY", "everyone: yes")
    assert holes(whole) == []


# ---- parts of conditions ---------------------------------------------------------------------------------------


def vain(applies: str, **changes: str) -> list[str]:
    return [line for line in remarks(notice(applies, **changes)) if "decides nothing" in line]


def test_a_case_that_another_contains_decides_nothing() -> None:
    (found,) = vain("any_of:\n    - {case: wide, located_in: RU}\n    - {case: narrow, located_in: RU-MOW}")
    assert found.startswith(
        "warning: notices/ru/a.yaml:10:7: `case: narrow` decides nothing: wherever it could, another"
    )
    assert vain("any_of:\n    - {case: one, located_in: RU}\n    - {case: other, located_in: BY-HM}") == []


def test_a_condition_that_the_others_imply_decides_nothing() -> None:
    (found,) = vain("all_of: [{located_in: RU}, {located_in: RU-MOW}]")
    assert "`located_in: RU` decides nothing: wherever it could, the other parts hold as well" in found
    assert "all_of" in found
    assert vain("all_of: [{located_in: RU}, {citizen_of: RU}]") == []


def test_of_equals_only_the_last_decides_nothing() -> None:
    (found,) = vain("any_of: [{citizen_of: RU}, {citizen_of: RU}]")
    assert ":8:30:" in found


def test_a_case_in_doubt_beside_a_certain_one_decides_nothing() -> None:
    (found,) = vain("any_of: [{citizen_of: RU}, {possibly: {citizen_of: RU}}]")
    assert "possibly" in found
    assert vain("any_of: [{citizen_of: RU}, {possibly: {citizen_of: [RU, BY]}}]") == []


def test_a_case_that_decided_once_is_not_in_vain() -> None:
    dated = "any_of:\n    - {case: old, citizen_of: RU}\n    - {case: new, from: 2020, because: law, %s: RU}"
    assert vain(dated % "located_in") == []
    assert len(vain(dated % "citizen_of")) == 1


def test_a_part_of_a_case_for_which_a_publisher_may_speak_is_not_in_vain() -> None:
    assert vain("any_of:\n    - {case: one, located_in: RU}\n"
                "    - case: other\n      any_of: [{citizen_of: RU}, {located_in: RU-MOW}]") == []  # fmt: skip


def test_a_place_that_makes_the_warning_full_is_not_in_vain() -> None:
    law = "possibly: {any_of: [{everyone: yes}, {located_in: RU}]}"
    assert vain(law, also="warn_when_unsure: {page_language: ru}") == []
    assert len(vain(law)) == 1


# ---- whom to warn who is not sure ------------------------------------------------------------------------------


def in_vain(applies: str, unsure: str, **others: str) -> list[str]:
    return [line for line in remarks(notice(applies, also=f"warn_when_unsure: {unsure}"), **others)
            if "never matters" in line]  # fmt: skip


def test_warn_when_unsure_never_matters_where_the_law_is_only_of_a_place() -> None:
    (found,) = in_vain("located_in: RU", "{page_language: ru}")
    assert found.startswith("warning: notices/ru/a.yaml:11:19: warn_when_unsure never matters in ru/a: whoever")
    assert in_vain("any_of: [{located_in: RU}, {citizen_of: RU}]", "{page_language: ru}") == []


def test_warn_when_unsure_for_everyone_is_no_more_than_the_default() -> None:
    assert in_vain("located_in: RU", "everyone") == []


def test_warn_when_unsure_matters_between_two_places_that_the_law_leaves_out() -> None:
    assert in_vain("not: {located_in: RU}", "{page_language: ru}") == []


def test_warn_when_unsure_matters_where_the_publisher_is_in_doubt() -> None:
    part = publisher("part_of: gazette")
    assert len(in_vain("everyone: yes", "{page_language: ru}")) == 1
    assert in_vain("everyone: yes", "{page_language: ru}", publishers__part=part) == []


# ---- acts and penalties ----------------------------------------------------------------------------------------


def penal(acts: str, threatened: str = "[share]", when: str = "") -> list[str]:
    threat = f"  - {{for: individual, acts: {threatened}, {when}arrest: yes, because: law}}"
    return remarks(notice(acts=acts, penalties=threat))


def test_a_penalty_for_a_safe_act_is_found() -> None:
    (found,) = penal("  share: {risk: none}")
    assert found == ("warning: notices/ru/a.yaml:12:5: a penalty for share, which acts: calls safe (risk: none); "
                     "correct one of the two")  # fmt: skip
    assert penal("  share: {risk: unclear}") == []
    assert penal("  share: {risk: none, repeated: criminal, because: law}", when="when: {repeated: yes}, ") == []
    assert penal("  read: {risk: none}\n  share: {risk: criminal, because: law}") == []


def test_a_penalty_for_an_act_that_became_safe_is_noted() -> None:
    dated = (
        "  share:\n    - {from: 2018, risk: criminal, because: law}\n    - {from: 2025-05-14, risk: %s, because: law}"
    )
    (found,) = penal(dated % "none")
    assert found.startswith(
        "note: notices/ru/a.yaml:14:5: a penalty for share, which acts: calls safe since 2025-05-14;"
    )
    assert penal(dated % "unclear") == []


def test_a_penalty_for_an_act_that_is_not_stated_is_found() -> None:
    (found,) = penal(SHARE, "[share, like, comment]")
    assert "a penalty for like and comment, of which acts: says nothing" in found
    assert penal(SHARE) == []
