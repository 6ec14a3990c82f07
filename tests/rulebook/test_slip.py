"""Slip: what is told of one slip of the pen, and where.

Each file in `slips` names a file of the whole set, or of the good one, and then what stands there (-), what an author
may write in its stead (+), and the place and the words of what is told of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from service.rulebook import read

from .whole import FILES

GOOD = Path(__file__).parents[1] / "mistakes" / "good"
SETS = [FILES, {path.relative_to(GOOD).as_posix(): path.read_bytes() for path in GOOD.rglob("*.yaml")}]


@dataclass(frozen=True)
class Slip:
    """One change of one file, and what is told of it."""

    file: str
    old: bytes
    new: bytes
    told: frozenset[str]

    def made(self) -> dict[str, bytes]:
        """The set that has the file, with the slip in it."""
        (files,) = (files for files in SETS if self.file in files)
        assert files[self.file].count(self.old) == 1, self.old
        return {**files, self.file: files[self.file].replace(self.old, self.new)}


def slips(path: Path) -> dict[str, Slip]:
    """The slips of one part of the rules, numbered."""
    file, *blocks = path.read_text(encoding="utf-8").rstrip("\n").split("\n\n")
    found: dict[str, Slip] = {}
    for number, block in enumerate(blocks, 1):
        lines = block.split("\n")
        old, new = ("\n".join(line[2:] for line in lines if line.startswith(sign)).encode() for sign in ("- ", "+ "))
        told = [line for line in lines if line[:2] not in ("- ", "+ ")]
        said = frozenset(line if line.startswith("publishers/") else f"{file}:{line}" for line in told)
        found[f"{path.stem}-{number}"] = Slip(file, old, new, said)
    return found


SLIPS = {
    name: slip for path in sorted((Path(__file__).parent / "slips").glob("*.txt")) for name, slip in slips(path).items()
}


def said(files: dict[str, bytes]) -> list[str]:
    return [str(problem) for problem in read(files).problems]


USUAL = frozenset(said(FILES))


@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_is_told_in_its_place_and_in_these_words(name: str) -> None:
    slip = SLIPS[name]
    assert frozenset(said(slip.made())) - USUAL == slip.told


def test_there_are_many_slips_and_each_is_told() -> None:
    assert len(SLIPS) > 150
    assert all(slip.told for slip in SLIPS.values())


def test_an_end_on_the_day_of_its_beginning_is_no_slip() -> None:
    path = "notices/ru/law.yaml"
    for end in (b"2021-02", b"2021", b"2021-02-01"):
        assert said({**FILES, path: FILES[path].replace(b"until: 2030-03", b"until: " + end)}) == said(FILES)


def test_a_publisher_may_list_a_source_on_which_nothing_rests() -> None:
    more = b"citations: {law: {title: A law, seen: weak, checked: 2026-11-23}}\npage:"
    path = "publishers/site.yaml"
    assert said({**FILES, path: FILES[path].replace(b"page:", more)}) == said(FILES)


def test_a_word_may_stand_on_a_line_of_its_own() -> None:
    path = "notices/ru/law.yaml"
    for style in (b"|", b">"):
        other = FILES[path].replace(b"basis: practice", b"basis: " + style + b"\n  practice")
        assert said({**FILES, path: other}) == said(FILES)


def test_a_label_without_a_prescribed_text_has_one_of_its_own() -> None:
    path = "notices/ru/label.yaml"
    text = SETS[1][path].decode()
    begin, end = text.index("prescribed:"), text.index("citations:")
    told = said({**SETS[1], path: (text[:begin] + text[end:]).encode()})
    assert f"{path}:1:1: wording is missing; write wording: with en:, applies: | and may_apply: |" in told


def test_a_name_that_is_not_there_is_told_where_it_stands_first() -> None:
    path = "notices/ru/law.yaml"
    twice = FILES[path].replace(b"{stateless: no}", b"{same_as: ru/low}\n    - {same_as: ru/low}")
    told = f'{path}:10:17: unknown notice "ru/low" (2 times); did you mean ru/law?'
    assert [one for one in said({**FILES, path: twice}) if "unknown" in one] == [told]


def test_what_a_law_prescribes_arrives() -> None:
    loaded = read(SETS[1])
    assert loaded.ruleset is not None
    text = loaded.ruleset.notices["ru/label"].prescribed
    assert text is not None
    assert (text.language, text.text, text.because) == ("ru", "Материал {verb} агентом {name}", "rules")
    assert text.hash == "3968946b6230dc3691f3c9268d8dceea214e09ead0d8067969289612066633d0"
    verb, name = text.slots["verb"], text.slots["name"]
    assert (verb.name, verb.join, verb.list) == ("verb", " и (или) ", ", ")
    assert verb.of == ("произведен", "распространен", "направлен")
    assert (name.name, name.of, name.join, name.list) == ("name", (), "", "")
    assert str(text.at) == "notices/ru/label.yaml:14:3"
