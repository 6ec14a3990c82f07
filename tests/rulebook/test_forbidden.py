"""Forbidden word: it is found wherever a reader would meet it, whole and in whatever case, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.law.forbidden import ForbiddenWord
from service.rulebook import read

GOOD = Path(__file__).parents[1] / "mistakes" / "good"
MONEY, LISTED, LABEL = "notices/by/money.yaml", "notices/ru/listed.yaml", "notices/ru/label.yaml"
GAZETTE, LIST, NORTH = "publishers/gazette.yaml", "registers/ru/list.yaml", "territories/north.yaml"
WORD = ForbiddenWord("Old Land", ("Oldlander", "Старая земля", "Élan"), "New Land")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("In Old Land.", ["Old Land"]),
        ("OLD  LAND's law, old\nland", ["OLD  LAND", "old\nland"]),
        ("«старая земля» and oldlander_2", ["старая земля", "oldlander"]),
        ("ÉLAN, élan", ["ÉLAN", "élan"]),
        ("Oldlanders, an Old Landing, Bold Land, Old Land2, élan\u0323", []),
        ("Old, Land; oldland; elan", []),
    ],
)
def test_a_word_is_found_whole_in_whatever_case_and_nothing_longer_is(text: str, found: list[str]) -> None:
    assert [form for _, form in WORD.spots(text)] == found
    assert all(text[offset:].startswith(form) for offset, form in WORD.spots(text))


def told(path: str, old: str, new: str) -> list[str]:
    """What is told of the good set with one change."""
    files = {one.relative_to(GOOD).as_posix(): one.read_bytes() for one in GOOD.rglob("*.yaml")}
    text = files[path].decode()
    assert old in text
    return [str(problem) for problem in read({**files, path: text.replace(old, new, 1).encode()}).errors]


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (LISTED, "You can be fined for sharing", "In Byelorussia you can be fined for sharing"),
        (LISTED, "title: Sharing", "title: Byelorussia and sharing"),
        (LISTED, "  law: {title: The law", "  law: {title: The law of Byelorussia"),
        (LISTED, "https://law.example.org/more", "https://law.example.org/byelorussia"),
        (LISTED, "[click here].\n    links: {click here", "[Byelorussia].\n    links: {Byelorussia"),
        (MONEY, "Giving money", "Giving money to Byelorussians or a Byelorussian"),
        (GAZETTE, "ru: Газета}", "ru: Газета Белоруссия}"),
        (GAZETTE, "A law may forbid", "A law of Byelorussia may forbid"),
        (GAZETTE, "do not share this", "do not share this in Byelorussia"),
        (GAZETTE, "направлен], name: Газета", "направлен], name: Белоруссия"),
    ],
)
def test_a_word_that_a_law_forbids_is_told_wherever_a_reader_may_be_served_it(path: str, old: str, new: str) -> None:
    (one,) = told(path, old, new)
    assert one.startswith(f"{path}:")
    assert one.endswith("may be read where by/money forbids to say it; write Belarus")


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (LISTED, "quote: Fines were seen.", "quote: Fines were seen in Byelorussia."),
        (LISTED, "name: a Russian in the north", "name: a Byelorussian in the north"),
        (GAZETTE, "reason: Our own footer", "reason: Our own footer in Byelorussia"),
        (LIST, "title: ", "title: Byelorussia and "),
        (NORTH, "title: ", "title: Byelorussia and "),
        (LISTED, "You can be fined", "You can, belarusian or Byelorussians, be fined"),
    ],
)
def test_it_is_not_told_of_what_is_not_served_nor_of_other_words(path: str, old: str, new: str) -> None:
    assert told(path, old, new) == []


def test_the_word_may_be_said_again_once_the_law_has_ended() -> None:
    files = {one.relative_to(GOOD).as_posix(): one.read_bytes() for one in GOOD.rglob("*.yaml")}
    files[LISTED] = files[LISTED].replace(b"title: Sharing", b"title: Byelorussia and sharing")
    assert len(read(files).errors) == 1
    files[MONEY] = files[MONEY].replace(b"from: 2026-02-13, is: in doubt", b"from: 2026-02-13, is: ended")
    assert read(files).errors == ()


def test_a_label_may_say_it_while_no_publisher_carries_it() -> None:
    files = {one.relative_to(GOOD).as_posix(): one.read_bytes() for one in GOOD.rglob("*.yaml")}
    files[LABEL] = files[LABEL].replace("ru: Указание".encode(), "ru: Белоруссия".encode())
    assert len(read(files).errors) == 1
    files[GAZETTE] = files[GAZETTE].replace(b"carries: [ru/label]\n", b"carries: []\n")
    assert read(files).errors == ()
