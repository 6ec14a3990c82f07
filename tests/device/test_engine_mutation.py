"""A wrong engine fails the cases: each of many copies of the engine with one line of it made wrong is noticed."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from .port import ENGINE, ROOT, node

PORTING = ROOT / "docs" / "porting"

WRONG: dict[str, tuple[str, str]] = {
    "what is not known is no": ("denied(nation) ? NO : MAYBE", "denied(nation) ? NO : NO"),
    "only the first passport counts": (
        "citizenships = list(reader.citizen_of)",
        "citizenships = list(reader.citizen_of).slice(0, 1)",
    ),
    "a passport rules out every other": ("stateless === true || excluded", "citizenships.length > 0 || excluded"),
    "no other passport is not understood": ('excluded.includes("other") || ', ""),
    "a stateless person's passport is dropped": (
        "(citizenships.includes(nation) ? YES : denied(nation)",
        "(denied(nation) ? NO : citizenships.includes(nation) ? YES : denied(nation)",
    ),
    "somebody with a passport may be stateless": ("(citizenships.length ? false : null)", "null"),
    "partly is wholly": ("[partly, MAYBE]", "[partly, YES]"),
    "partly is not at all": ("[partly, MAYBE]", "[partly, NO]"),
    "a place of which nothing is known is nowhere": ("if (!here) return MAYBE;", "if (!here) return NO;"),
    "a country says nothing of its parts": ("Math.max(found, Math.min(stands, MAYBE))", "found"),
    "a part is not in its country": ("const inside = upwards(rules, here);", "const inside = [here];"),
    "a code that is not assigned is unknown": ("[place, country(place)].find(", "[place].find("),
    "only the first candidate counts": (
        "places: places.length ? places :",
        "places: places.length ? places.slice(0, 1) :",
    ),
    "the loudest candidate is believed": (
        "truths.every((one) => one === truths[0]) ? truths[0] : MAYBE",
        "Math.max(...truths)",
    ),
    "possibly is certainly": ("Math.min(part(node.possibly), open(node))", "part(node.possibly)"),
    "possibly is no": ("Math.min(part(node.possibly), open(node))", "NO"),
    "in doubt is in force": ('"in doubt": MAYBE', '"in doubt": YES'),
    "suspended is in doubt": ('"suspended": NO', '"suspended": MAYBE'),
    "the short cut is the whole way": ("short === MAYBE ? exactly(law, known) : [short, []]", "[short, []]"),
    "it is one date on earth": ("[-12, 0, 14]", "[0]"),
    "warnings begin two hours late": ("[-12, 0, 14]", "[-12, 0, 12]"),
    "warnings end at once": ("[-12, 0, 14]", "[0, 14]"),
    "a first day comes a day late": ("first <= day", "first < day"),
    "only the last date is looked at": (".map(({ day }) => day);\n}", ".map(({ day }) => day).slice(-1);\n}"),
    "every date is looked at": ("!all.some((other) => outdoes(other, one))", "true"),
    "silences count as warnings do": ("silencing ? [loudness, -loudness] : [loudness]", "[loudness]"),
    "the doubts are in no order": ("-weights.get(doubt), ", ""),
    "the law is a doubt like others": ('yes(doubt === "law"), ', ""),
    "citizenship and statelessness are one doubt": (
        'one.way === other.way) ? ["stateless"] : []',
        'one.way === other.way) ? ["citizen_of"] : []',
    ),
    "who may be in the law's place is folded": ("nots % 2 === 0 && node.located_in", "false"),
    "a page's language says nothing of its reader": ("nearby === NO && unsure === NO", "nearby === NO"),
    "languages have no kinds": (
        "`${page}-`.toLowerCase().startsWith(`${language}-`.toLowerCase())",
        "page === language",
    ),
    "what may apply is folded for nobody": ("publisher.hides ? NONE : FOLDED", "FULL"),
    "nothing is hidden": ("publisher.hides ? NONE : FOLDED", "FOLDED"),
    "nothing is held back": ("found.shown = universal.includes(found.id) ? FULL : FOLDED", "found.shown = FULL"),
    "a label is printed though nobody carries it": ("(duty && !publisher.carries?.includes(notice.id))", "false"),
    "a parent's entry always covers its parts": ("entry.covers_parts ? YES : MAYBE", "YES"),
    "a parent's entry never covers its parts": ("entry.covers_parts ? YES : MAYBE", "MAYBE"),
    "a part's entry says nothing of its parent": (
        "includes(publisher.id) ? MAYBE : NO",
        "includes(publisher.id) ? NO : NO",
    ),
    "an entry never ends": ("if (named === NO || stands === NO ||", "if (named === NO ||"),
    "measures do not matter": ("(measure && !entry.measures?.includes(measure))", "false"),
    "persons do not matter": ("publisher.run_by?.includes(entry.person) ? YES : NO", "NO"),
    "content that is not declared is none": ("publisher.may_carry?.includes(tag) ? MAYBE : NO", "NO"),
    "the first and last age do not count": ("from <= age && age <= to", "from < age && age < to"),
    "an occupation that is not stated is none": ("trades.includes(trade) ? YES : MAYBE", "yes(trades.includes(trade))"),
    "the act that is asked about does not order": ("-nearby, -risk,", "-nearby, 0,"),
    "the reader's own place does not order": ("shown === NONE ? 0 : -nearby", "0"),
    "the publisher's order is not kept": ("[...universal, id].indexOf(id), ", ""),
    "an act that is not stated is harmless": ('"not stated": 1', '"not stated": 0'),
}

UNUSED = {
    "in doubt is in force",
    "suspended is in doubt",
    "only the last date is looked at",
    "every date is looked at",
    "silences count as warnings do",
    "nothing is hidden",
    "measures do not matter",
    "content that is not declared is none",
    "the first and last age do not count",
    "an occupation that is not stated is none",
}
"""What the rules that ship give no occasion to get wrong; the invented ones do."""


@pytest.fixture(scope="module")
def engines(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("engines")
    (folder / "package.json").write_text('{"type": "module"}')
    return {wrong: _broken(folder / f"{number}.js", *WRONG[wrong]) for number, wrong in enumerate(WRONG)}


def unnoticed(cases: Path, engines: dict[str, Path], folder: Path) -> set[str]:
    """The engines that pass every line; the lines are asked in another order, so that those that fail do so soon."""
    lines = (cases / "cases.jsonl").read_bytes().splitlines(keepends=True)
    shuffled = folder / "cases.jsonl"
    shuffled.write_bytes(b"".join(sorted(lines, key=lambda line: sha256(line).digest())))
    answers: list[Any] = node(cases / "program.json", shuffled, *engines.values())
    return {wrong for wrong, answer in zip(engines, answers, strict=True) if "right" in answer}


def _broken(path: Path, right: str, wrong: str) -> Path:
    source = ENGINE.read_text(encoding="utf-8")
    assert source.count(right) == 1, right
    path.write_text(source.replace(right, wrong), encoding="utf-8")
    return path


def test_the_invented_cases_notice_every_mistake(engines: dict[str, Path], tmp_path: Path) -> None:
    assert unnoticed(PORTING / "invented", engines, tmp_path) == set()


def test_the_cases_of_the_rules_that_ship_notice_what_they_give_occasion_for(
    engines: dict[str, Path], tmp_path: Path
) -> None:
    occasion = {wrong: path for wrong, path in engines.items() if wrong not in UNUSED}
    assert len(occasion) >= 25
    assert unnoticed(PORTING, occasion, tmp_path) == set()
