"""Account: who has to sign a change, for every kind of change; and that no reader is warned less on one signature."""

from __future__ import annotations

from dataclasses import fields
from itertools import product

import pytest

from service.bundle import Account, Bundle, Reason, Refused, Taken, open_bundle
from service.counsel.account import COMPARED_FOR_READERS, NEVER_TOLD, TOLD_APART, account, weigh
from service.law.examination import Examination, Visit, examine
from service.law.moment import Moment
from service.law.notice import Notice
from service.law.publisher import Publisher
from service.law.reader import Reader
from service.law.ruleset import RuleSet
from service.rulebook import read

from .press import DAY, SEED, Files, Press, edited, reworded, rules, softened, with_notice

LISTED, GAZETTE, MONEY = "notices/ru/listed.yaml", "publishers/gazette.yaml", "notices/by/money.yaml"
SHARE = "  share: {risk: administrative, repeated: criminal, because: fines}\n"
EXAMPLE = "  - {name: in Minsk, publisher: gazette, content: [by/appeal], reader: {located_in: BY-HM, age: 30}, "
EXAMPLE += "expect: may_apply}\n"
FINE = "  - {for: individual, fine: {from: 5000, to: 15000, currency: RUB}, because: fines}\n"
EXCUSE = "  - {what: Reasonable excuse, includes: [journalism, research], because: code, note: Nobody has tried it.}\n"
RUSSIAN = """  ru:
    draft: yes
    applies: |
      Вас могут оштрафовать.
    may_apply: |
      Если вы на севере, вас могут оштрафовать.
"""

CHANGES: dict[str, tuple[str, str, str, str]] = {
    # name: file, what stood there, what stands there now, where the account has it
    "listed later": ("registers/ru/list.yaml", "decided: 2024-02-02, listed: 2024-02-20",
                     "decided: 2025-02-02, listed: 2025-02-20", "removes"),
    "listed earlier": ("registers/ru/list.yaml", "decided: 2024-02-02, listed: 2024-02-20",
                       "decided: 2023-02-02, listed: 2023-02-20", "adds"),
    "fewer passports": (LISTED, "- any_of: [{citizen_of: RU}, {stateless: yes}]", "- citizen_of: RU", "removes"),
    "more passports": (LISTED, "{stateless: yes}]", "{stateless: yes}, {citizen_of: BY}]", "adds"),
    "a place less": ("territories/north.yaml", None, None, "removes"),  # type: ignore[dict-item]
    "no warning where it is not sure": (LISTED, "{page_language: [ru, tt]}", "{page_language: tt}", "removes"),
    "a higher risk": (LISTED, "share: {risk: administrative", "share: {risk: criminal", "adds"),
    "a lower risk": (LISTED, "share: {risk: administrative", "share: {risk: unclear", "removes"),
    "an act no longer said to be safe": (LISTED, "  read: {risk: none}\n", "", "adds"),
    "an act no longer stated": (LISTED, SHARE, "", "removes"),
    "an act newly stated": (LISTED, SHARE, SHARE + "  pay_subscribe: {risk: unclear}\n", "adds"),
    "another source of a risk": (LISTED, "repeated: criminal, because: fines", "repeated: criminal, because: law",
                                 "alters"),
    "a lower fine": (LISTED, "from: 5000, to: 15000", "from: 5, to: 15", "alters"),
    "a penalty less": (LISTED, FINE, "", "alters"),
    "a penalty more": (LISTED, FINE, FINE + FINE.replace("5000", "6000"), "adds"),
    "a defence less": (MONEY, "defences:\n" + EXCUSE, "", "alters"),
    "a defence more": (MONEY, EXCUSE, EXCUSE + "  - {what: Good faith, because: code}\n", "alters"),
    "no longer by statute": (LISTED, "basis: statute", "basis: practice", "alters"),
    "other words": (LISTED, "You can be fined for sharing", "Nothing happens for sharing", "alters"),
    "another link": (LISTED, "https://law.example.org/more", "https://other.example.org/more", "alters"),
    "no draft any more": (LISTED, "    draft: yes\n", "", "alters"),
    "a language less": (LISTED, RUSSIAN, "", "alters"),
    "a language more": (LISTED, RUSSIAN, RUSSIAN + RUSSIAN.replace("  ru:", "  be:", 1), "alters"),
    "another title": (LISTED, "title: Sharing", "title: Passing on", "alters"),
    "approved": (LISTED, "approved_by: }", "approved_by: counsel}", "alters"),
    "another slot": ("notices/ru/label.yaml", '" и (или) "', '" и "', "alters"),
    "a fee worth less": ("units/by/base-unit.yaml", None, None, "alters"),  # type: ignore[dict-item]
    "hidden elsewhere": (GAZETTE, "held_back: fold", "held_back: hide", "removes"),
    "one less in front": (GAZETTE, "universal: [ru/listed, by/money]", "universal: [ru/listed]", "removes"),
    "a label less": (GAZETTE, "carries: [ru/label]", "carries: []", "removes"),
    "content less": (GAZETTE, "may_carry: [by/appeal]", "may_carry: []", "removes"),
    "another publisher's name": (GAZETTE, "ru: Газета", "ru: Другая", "alters"),
    "own words changed": (GAZETTE, "do not share this.", "share this.", "alters"),
    "another universal text": (GAZETTE, "A law may forbid", "No law forbids", "alters"),
    "another value of a slot": (GAZETTE, "name: Газета", "name: Другая", "alters"),
    "languages the other way round": (GAZETTE, "languages: [en, ru]", "languages: [ru, en]", "alters"),
    "another language instead": (GAZETTE, "be: [ru, en]", "be: [en]", "alters"),
    "classes that a style may hide": (GAZETTE, "class_prefix: gz", "class_prefix: hz", "alters"),
    "browsers keep it longer": (GAZETTE, "browsers_keep: 60 seconds", "browsers_keep: 80 seconds", "alters"),
    "another heading": (GAZETTE, "heading_level: 3", "heading_level: 4", "alters"),
    "a list checked again": ("registers/ru/list.yaml", "stale_after: 30 days\nchecked: 2026-11-23",
                             "stale_after: 30 days\nchecked: 2026-11-24", "nothing"),
    "reviewed again": (LISTED, "last: 2026-11-23", "last: 2026-11-24", "nothing"),
    "another source's title": (LISTED, "title: The law", "title: The Law", "nothing"),
    "a note": (LISTED, "kind: reader-risk", "kind: reader-risk  # a note", "nothing"),
    "another example": (MONEY, EXAMPLE, EXAMPLE.replace("in Minsk", "Minsk"), "nothing"),
}  # fmt: skip


def changed(name: str) -> Files:
    path, old, new, _ = CHANGES[name]
    files = rules()
    if old is None:  # these files are edited by their lines
        lines = files[path].decode().splitlines(keepends=True)
        return files | {path: "".join(_worse(name, lines)).encode()}
    return edited(files, path, old, new)


def _worse(name: str, lines: list[str]) -> list[str]:
    if name == "a place less":
        at = next(number for number, line in enumerate(lines) if line.startswith("  - {place: "))
        return lines[:at] + lines[at + 1 :]
    return [line.replace("value: ", "value: 9", 1) if "value: " in line else line for line in lines]


def ruleset(files: Files) -> RuleSet:
    loaded = read(files)
    assert loaded.ruleset is not None, [str(problem) for problem in loaded.errors]
    return loaded.ruleset


def parts(found: Account) -> set[str]:
    return {name for name in ("removes", "alters", "adds") if getattr(found, name)}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_told_as_what_it_is(name: str) -> None:
    found = account(ruleset(rules()), ruleset(changed(name)))
    expected = CHANGES[name][3]
    if expected == "nothing":
        assert parts(found) == set(), list(found.lines)
    elif expected == "adds":
        assert parts(found) == {"adds"}, list(found.lines)
    else:
        assert expected in parts(found), list(found.lines)
    assert found.keys_needed == (1 if expected in ("nothing", "adds") else 2)


def test_a_new_notice_and_a_new_publisher_need_one_signature_and_their_end_needs_two() -> None:
    less = rules()
    more = with_notice(less) | {"publishers/courier.yaml": less[GAZETTE]}
    added, removed = account(ruleset(less), ruleset(more)), account(ruleset(more), ruleset(less))
    assert parts(added) == {"adds"}, list(added.lines)
    assert added.keys_needed == 1
    assert {entry.change for entry in removed.removes} >= {"the notice is removed", "the publisher is removed"}
    assert removed.keys_needed == 2


def test_every_field_is_accounted_for_once() -> None:
    for kind, shape in (("notice", Notice), ("publisher", Publisher)):
        names = {field.name for field in fields(shape)}
        assert COMPARED_FOR_READERS[kind] | TOLD_APART[kind] <= names
        assert not COMPARED_FOR_READERS[kind] & TOLD_APART[kind]
        assert not (COMPARED_FOR_READERS[kind] | TOLD_APART[kind]) & NEVER_TOLD


READERS = [
    Reader(frozenset(places), frozenset(passports), age=age)
    for places, passports, age in product(
        ((), ("RU-MOW",), ("RU", "unknown"), ("BY-HM",), ("DE",)), ((), ("RU",)), (34,)
    )
]
MOMENTS = [Moment.on(DAY.replace(year=year)) for year in (2024, 2026)]


def seen(rules: RuleSet) -> dict[tuple[object, ...], Examination]:
    """What every one of some readers gets, by asking the engine itself."""
    found = {}
    for reader, moment, language in product(READERS, MOMENTS, (None, "ru")):
        found[id(reader), id(moment), language] = examine(rules, Visit("gazette", moment, reader, language))
    return found


def quieter(one: Examination, two: Examination) -> bool:
    later = {finding.notice.id: finding for finding in two.findings}
    return any(
        (there := later.get(finding.notice.id)) is None
        or there.shown.loudness < finding.shown.loudness
        or there.verdict.loudness < finding.verdict.loudness
        for finding in one.findings
    )


def test_whatever_line_is_lost_no_reader_is_warned_less_without_its_being_told() -> None:
    """Every rule file with each of its lines left out: what the engine tells readers is the judge."""
    files = rules()
    old = ruleset(files)
    before = seen(old)
    loaded = told = 0
    for path, content in files.items():
        lines = content.decode().splitlines(keepends=True)
        for number in range(len(lines)):
            after = read(files | {path: "".join(lines[:number] + lines[number + 1 :]).encode()}).ruleset
            if after is None:
                continue
            loaded += 1
            later = seen(after)
            if any(quieter(examination, later[key]) for key, examination in before.items()):
                told += 1
                assert account(old, after).removes, (path, number, lines[number])
    assert loaded > 30
    assert told >= 5


def shipped_without_a_notice() -> Files:
    """The rules that ship, without the notice of Hong Kong's law and where its one publisher names it."""
    files = rules(SEED)
    del files["notices/hk/absconder-funds.yaml"]
    return edited(files, "publishers/nathan-law.yaml", "universal: [hk/absconder-funds]\n", "")


@pytest.fixture(scope="module")
def shipped(press: Press) -> Bundle:
    return press.both({path: content for path, content in rules(SEED).items() if not path.startswith("schema/")})


def opened(press: Press, bundle: Bundle, last: Bundle) -> Taken | Refused:
    return open_bundle(press.saved(bundle), press.trust, press.taken(last), weigh)


def test_a_shipped_warning_is_removed_by_two_people_and_no_less(press: Press, shipped: Bundle) -> None:
    less = press.made(shipped_without_a_notice(), shipped)
    told, gone = less.manifest.account.removes
    assert (told.notice, told.publishers, told.place) == ("hk/absconder-funds", ("nathan-law",), "everywhere")
    assert (told.readers, told.change.endswith(" to nothing")) == ("All readers", True)
    assert gone.change == "the notice is removed"
    refused = opened(press, less.sign(press.anna), shipped)
    assert isinstance(refused, Refused)
    assert refused.reason is Reason.TOO_FEW_KEYS
    assert "hk/absconder-funds" in str(refused)
    assert isinstance(opened(press, less.sign(press.anna).sign(press.boris), shipped), Taken)


def test_a_shipped_warning_is_added_by_one_person(press: Press, shipped: Bundle) -> None:
    less = press.both(shipped_without_a_notice())
    more = press.made(dict(shipped.files), less, press.boris)
    found = opened(press, more, less)
    assert more.manifest.account.alters == ()
    assert isinstance(found, Taken), str(found)
    assert found.signers == ("boris",)


def test_other_words_in_a_shipped_warning_need_two_people(press: Press, shipped: Bundle) -> None:
    path, old = "notices/ru/undesirable-organization.yaml", "Reading is not punished."
    other = press.made(edited(dict(shipped.files), path, old, "Nothing is punished."), shipped, press.anna)
    found = opened(press, other, shipped)
    assert isinstance(found, Refused)
    assert "[-Reading-] {+Nothing+}" in str(found)
    assert isinstance(opened(press, other.sign(press.boris), shipped), Taken)


def test_lists_that_were_only_checked_again_need_one_person(press: Press, shipped: Bundle) -> None:
    path = "registers/ru/undesirable-organizations.yaml"
    checked = edited(dict(shipped.files), path, "checked: 2026-11-23", "checked: 2026-11-24")
    found = opened(press, press.made(checked, shipped, press.anna), shipped)
    assert isinstance(found, Taken), str(found)


def test_a_first_set_needs_two_people_whatever_it_says(press: Press, first: Bundle) -> None:
    alone = press.made(rules(), None, press.anna)
    found = open_bundle(press.saved(alone), press.trust, None, weigh)
    assert isinstance(found, Refused)
    assert found.reason is Reason.TOO_FEW_KEYS
    assert isinstance(open_bundle(press.saved(first), press.trust, None, weigh), Taken)


def test_without_its_predecessor_every_set_needs_two_people(press: Press, first: Bundle, second: Bundle) -> None:
    alone = press.made(with_notice(rules()), first, press.boris)
    assert isinstance(opened(press, alone, first), Taken)
    found = open_bundle(press.saved(alone), press.trust, None, weigh)
    assert isinstance(found, Refused)
    assert found.reason is Reason.TOO_FEW_KEYS
    assert isinstance(open_bundle(press.saved(second), press.trust, None, weigh), Taken)


def test_a_set_that_is_late_is_taken_and_said_to_be_late(press: Press, first: Bundle) -> None:
    found = open_bundle(press.saved(first), press.trust, None, weigh)
    assert isinstance(found, Taken)
    by = first.manifest.renew_by
    assert not found.late(by)
    assert "kept from you" not in found.line(by)
    assert "a day to come" in found.line(first.manifest.created.replace(year=2020))
    assert found.late(by.replace(year=2030))
    assert "kept from you" in found.line(by.replace(year=2030))


def test_softened_and_reworded_do_what_they_are_called() -> None:
    old = ruleset(rules())
    assert parts(account(old, ruleset(softened(rules())))) == {"removes"}
    assert parts(account(old, ruleset(reworded(rules())))) == {"alters"}
    assert parts(account(old, ruleset(with_notice(rules())))) == {"adds"}
