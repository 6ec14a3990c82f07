"""Files: which are read, what their paths name, and what is said of those that are no text."""

from __future__ import annotations

import gc
import os
from hashlib import sha256
from pathlib import Path

import pytest

from service.law.position import Position
from service.rulebook import fingerprint, load, read
from service.rulebook.folder import _shown, gathered, meant, named
from service.rulebook.node import SIZE
from service.rulebook.problem import Mistake
from service.rulebook.rulebook import _fault

GOOD = Path(__file__).parents[1] / "mistakes" / "good"

PLACES = ("notices/", "registers/", "publishers/", "units/", "calendars/", "territories/")


@pytest.fixture
def good() -> dict[str, bytes]:
    """The bytes of the good set, by path."""
    return {path.relative_to(GOOD).as_posix(): path.read_bytes() for path in GOOD.rglob("*.yaml")}


def said(files: dict[str, bytes]) -> list[str]:
    """What is said of some files."""
    return [str(problem) for problem in read(files).problems]


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("publishers/gazette.yml", "the file ends in .yml; rename it to .yaml"),
        ("publishers/gazette", "the file has no ending; rules end in .yaml; move it out of the rules"),
        ("publishers/Gazette.yaml", "a file's name has small letters, digits and hyphens; rename it to gazette.yaml"),
        ("publishers/news/gazette.yaml", "a folder below publishers/; move the file to publishers/"),
        ("publisher/gazette.yaml", "unknown folder publisher/; did you mean publishers/?"),
        ("registers/gazette.yaml", "this is a publisher, not a register; move it to publishers/"),
    ],
)
def test_a_file_under_a_wrong_name_is_told_once_and_not_missed_elsewhere(
    good: dict[str, bytes], path: str, problem: str
) -> None:
    good[path] = good.pop("publishers/gazette.yaml")
    if path == "publishers/news/gazette.yaml":
        good["publishers/gazette.yaml"] = good[path]
    where = "publisher/" if path.startswith("publisher/") else path
    assert said(good) == [f"{where}:1:1: {problem}"]


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        (
            "rule.yaml",
            f"a file outside the folders; move it to {', '.join(PLACES[:-1])} or {PLACES[-1]}",
        ),
        ("notices/law.yaml", "a notice outside its country's folder; move it to a folder such as notices/ru/"),
        ("notices/zz/law.yaml", '"zz" is no country\'s code; move it to a folder such as notices/ru/'),
        ("territories/any.yaml", "any is a word of the service's own; give the territory another name"),
        ("registers/ru/list.txt", "the file ends in .txt; rules end in .yaml; move it out of the rules"),
    ],
)
def test_a_file_in_no_place_for_rules_is_told(good: dict[str, bytes], path: str, problem: str) -> None:
    assert said({**good, path: b"title: x\n"}) == [f"{path}:1:1: {problem}"]


def test_an_unknown_folder_is_told_once_however_many_files_it_has(good: dict[str, bytes]) -> None:
    more = {f"verdicts/kr/{number}.yaml": b"x: y\n" for number in range(5)}
    folders = f"{', '.join(PLACES[:-1])} and {PLACES[-1]}"
    assert said({**good, **more}) == [f"verdicts/:1:1: unknown folder verdicts/; the folders are {folders}"]


@pytest.mark.parametrize(
    "path",
    ["README.md", "LICENSE", "schema/notice.json", "notices/ru/README.md", ".git/config", "notices/ru/.listed.yaml.swp",
     "notices/ru/listed.yaml~", "notices/ru/#listed.yaml#", "notices/ru/.#listed.yaml"],
)  # fmt: skip
def test_words_about_the_rules_and_what_editors_leave_behind_are_no_rules(good: dict[str, bytes], path: str) -> None:
    loaded = read({**good, path: b"\x00 not a rule"})
    assert loaded.problems == ()
    assert path not in loaded.sources
    assert loaded.ruleset is not None
    assert loaded.ruleset.fingerprint == fingerprint(good)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "1:1: the file is empty; write the rule, or remove the file"),
        (b" \n\n", "1:1: the file is empty; write the rule, or remove the file"),
        (b"# only this\n", "1:1: the file has only comments; write the rule, or remove the file"),
        (b"---\n", "1:1: the file has only comments; write the rule, or remove the file"),
        (b"title: x\nnote: \xff\n", "2:7: the byte 0xff is not UTF-8; save the file as UTF-8"),
        (b"\xff\xfet\x00", "1:1: the file is in UTF-16; save it as UTF-8"),
        (b"title: a\x00b\n", "1:9: a NUL character; save the file as UTF-8 text"),
        (b"title: x\n" + b"# " + b"x" * SIZE, "1:1: the file is larger than 1024 KiB; split it"),
        (b"[" * 100_000, "1:17: more than 16 lists and maps inside each other; write it flatter"),
        (b"{a: " * 100_000, "1:65: more than 16 lists and maps inside each other; write it flatter"),
        (b"- " * 100_000, "1:33: more than 16 lists and maps inside each other; write it flatter"),
        (b"a: [" + b"x," * 120_000 + b"]", "1:199999: more than 100000 values in one file; split it"),
        (b"a: b\n...\nc: d\n", "3:1: a second document in one file; write one rule in a file, without ... or ---"),
    ],
)  # fmt: skip
def test_what_is_no_rule_is_told_by_name(good: dict[str, bytes], data: bytes, problem: str) -> None:
    path = "units/by/base-unit.yaml"
    assert said({**good, path: data}) == [f"{path}:{problem}"]


def test_a_byte_order_mark_is_told_and_hides_nothing_else(good: dict[str, bytes]) -> None:
    path = "units/by/base-unit.yaml"
    good[path] = b"\xef\xbb\xbf" + good[path].replace(b"BYN", b"BYR", 1)
    assert said(good) == [
        f"{path}:1:1: a byte order mark, U+FEFF; save the file as UTF-8 without one",
        f'{path}:3:45: unknown currency "BYR"; did you mean BYN?',
    ]


def test_an_alias_bomb_is_refused_at_its_first_anchor(good: dict[str, bytes]) -> None:
    path = "units/by/base-unit.yaml"
    lines = ["a0: &a0 [x, y]"] + [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40)]
    problems = said({**good, path: "\n".join(lines).encode()})
    assert f"{path}:1:5: an anchor, &a0; remove it, or put the text in quotes" in problems
    assert len(problems) < 200


def test_line_ends_of_windows_change_nothing(good: dict[str, bytes]) -> None:
    loaded = read({path: data.replace(b"\n", b"\r\n") for path, data in good.items()})
    assert loaded.problems == ()
    assert loaded.ruleset is not None
    assert loaded.ruleset.notices == getattr(read(good).ruleset, "notices", None)


def test_persian_is_spelled_with_a_joiner(good: dict[str, bytes]) -> None:
    path = "notices/ru/listed.yaml"
    good[path] = good[path].replace("Вас могут оштрафовать".encode(), "رسانه\u200cها".encode())
    assert said(good) == []


def test_an_empty_folder_is_told_by_name(tmp_path: Path) -> None:
    write = "write one, such as notices/ru/undesirable-organization.yaml"
    assert list(map(str, load(tmp_path).problems)) == [f"notices/:1:1: the folder of the rules is empty; {write}"]
    assert load(tmp_path).ruleset is None


def test_a_set_without_a_notice_is_told_by_name(good: dict[str, bytes]) -> None:
    path = "units/by/base-unit.yaml"
    write = "write one, such as notices/ru/undesirable-organization.yaml"
    assert said({path: good[path]}) == [f"notices/:1:1: there is no notice; {write}"]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    loaded = load(tmp_path / "rulse")
    assert list(map(str, loaded.problems)) == ["rulse:1:1: there is no such folder; name the folder of the rules"]


def test_a_linked_folder_is_read_and_a_link_that_leads_back_is_told(tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    rules.mkdir()
    for folder in GOOD.iterdir():
        (rules / folder.name).symlink_to(folder)
    assert load(rules).ruleset == load(GOOD).ruleset
    (rules / "registers").unlink()
    (rules / "registers").mkdir()
    for country in ("ru", "sg"):
        (rules / "registers" / country).symlink_to(GOOD / "registers" / country)
    (rules / "registers" / "back").symlink_to(rules)
    assert [str(problem) for problem in load(rules).problems] == [
        "registers/back/:1:1: this link leads back to a folder above it; remove it"
    ]


def test_what_is_no_plain_file_is_told_and_never_waited_for(tmp_path: Path) -> None:
    (tmp_path / "notices" / "ru").mkdir(parents=True)
    os.mkfifo(tmp_path / "notices" / "ru" / "law.yaml")
    (tmp_path / "notices" / "ru" / "gone.yaml").symlink_to(tmp_path / "nowhere")
    assert [str(problem) for problem in load(tmp_path).problems] == [
        (
            "notices/ru/gone.yaml:1:1: this cannot be read (no such file or directory); "
            "let the service read it, or remove it"
        ),
        "notices/ru/law.yaml:1:1: this is no plain file; move it out of the rules",
    ]


def test_the_fingerprint_hangs_on_every_byte_and_every_name(good: dict[str, bytes]) -> None:
    path = "units/by/base-unit.yaml"
    found = {fingerprint(good), fingerprint({**good, path: good[path] + b"\n"})}
    moved = {**good, "units/by/base.yaml": good[path]}
    del moved[path]
    found.add(fingerprint(moved))
    assert len(found) == 3
    assert all(len(one) == 16 for one in found)
    assert fingerprint(dict(reversed(good.items()))) == fingerprint(good)


@pytest.mark.parametrize(
    ("path", "named_so"),
    [
        ("notices/ru/law.yaml", ("notice", "ru/law")),
        ("notices/ru/money/law.yaml", ("notice", "ru/money/law")),
        ("registers/list.yaml", ("register", "list")),
        ("units/by/base-unit.yaml", ("unit", "by/base-unit")),
        ("territories/north.yaml", ("territory", "north")),
        ("publishers/site.yaml", ("publisher", "site")),
        ("territories/unknown.yaml", "unknown is a word of the service's own; give the territory another name"),
        ("territories/a/b.yaml", "a folder below territories/; move the file to territories/"),
        ("notices/ru-mow/law.yaml", '"ru-mow" is no country\'s code; move it to a folder such as notices/ru/'),
        ("notices/ru/law.YAML", "the file ends in .YAML; rename it to .yaml"),
        ("notices/ru/law.yml", "the file ends in .yml; rename it to .yaml"),
        ("notices/ru/law.v2.yaml", "a file's name has small letters, digits and hyphens; rename it to ru/law-v2.yaml"),
        ("registers/-List of 2024-.yaml",
         "a file's name has small letters, digits and hyphens; rename it to list-of-2024.yaml"),
        ("registers/\u0441\u043f\u0438\u0441\u043e\u043a.yaml",
         "a file's name has small letters, digits and hyphens; rename it"),
        ("notice/ru/law.yaml", "unknown folder notice/; did you mean notices/?"),
    ],
)  # fmt: skip
def test_a_path_names_a_rule_or_says_what_it_should_be(path: str, named_so: tuple[str, str] | str) -> None:
    found = named(path)
    assert (f"{found.wrong}; {found.write}" if isinstance(found, Mistake) else found) == named_so


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("notice/ru/law.yaml", ("notice", "ru/law")),
        ("publishers/The Site.yml", ("publisher", "the-site")),
        ("registers/-A--B-.yaml", ("register", "a-b")),
        ("registers/\u0441.yaml", None),
        ("nothing/like/it.yaml", None),
        ("notices", None),
    ],
)
def test_a_misnamed_file_is_known_by_the_name_that_was_meant(path: str, form: tuple[str, str] | None) -> None:
    assert meant(path) == form


def test_only_errors_keep_a_set_without_a_notice_from_being_told_so(good: dict[str, bytes]) -> None:
    path = "units/by/base-unit.yaml"
    assert said({path: b"title: The unit\n"}) == [
        f"{path}:1:1: values is missing; write values: and a list",
        f"{path}:1:1: review is missing; write review: and a map with by:, last: and next:",
    ][::-1]  # fmt: skip


def test_a_fault_of_the_program_is_told_as_one() -> None:
    assert str(_fault(Position("a.yaml", 1, 1), KeyError("x"))) == (
        "a.yaml:1:1: the program failed on this (KeyError); report it, with this file"
    )


def test_a_path_is_shown_in_letters_that_can_be_printed() -> None:
    assert _shown("a\udcffb\x1b\u202ec") == "a\\xffb\\u001b\\u202ec"


def test_a_fingerprint_is_of_every_path_and_every_byte() -> None:
    files = {"a": b"b", "c": b"d"}
    others = [{"a": b"b"}, {"a": b"b", "c": b"e"}, {"a": b"bc", "": b"d"}, {"ab": b"", "c": b"d"}]
    assert len({fingerprint(one) for one in (files, {"c": b"b", "a": b"d"}, *others)}) == 6
    told = b"".join(len(part).to_bytes(8, "big") + part for part in (b"a", b"b", b"c", b"d"))
    assert fingerprint(files) == fingerprint({"c": b"d", "a": b"b"}) == sha256(told).hexdigest()[:16]
    assert fingerprint({"a\udcff": b"x"}) != fingerprint({"a": b"x"})


def test_a_folder_that_cannot_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "notices").mkdir()
    plain = os.scandir

    def refuse(folder: Path) -> object:
        if folder.name == "notices":
            raise PermissionError(13, "refused")
        return plain(folder)

    monkeypatch.setattr(os, "scandir", refuse)
    assert [str(problem) for problem in gathered(tmp_path)[1]] == [
        "notices/:1:1: this cannot be read (permission denied); let the service read it, or remove it"
    ]


def test_of_one_file_a_hundred_mistakes_are_told(good: dict[str, bytes]) -> None:
    path = "registers/ru/list.yaml"
    entries = b"\nentries:\n" + b"  - {publisher: gazette, listed: 2024}\n" * 101
    told = said({**good, path: good[path].replace(b"\nentries:\n", entries)})
    assert told[0] == f"{path}:1:1: more than 100 mistakes in this file; correct those that are told first"
    assert len(told) == 101
    fewer = said(
        {**good, path: good[path].replace(b"\nentries:\n", entries.replace(b"2024}", b"2024, because: x}", 2))}
    )
    assert len([one for one in fewer if "more than" in one]) == 0


def test_of_what_one_file_says_of_others_a_hundred_mistakes_are_told(good: dict[str, bytes]) -> None:
    path = "publishers/gazette-east.yaml"
    names = ", ".join(f"ru/law-{number}" for number in range(101))
    more = f"universal: [{names}]\nsite: [newspaper]\nreview:".encode()
    assert len(said({**good, path: good[path].replace(b"review:", more)})) == 100


@pytest.mark.parametrize(
    ("part", "where"), [("composed", "notices/by/money.yaml"), ("refer", "notices/"), ("look_ahead", "notices/")]
)
def test_a_fault_of_the_program_in_one_part_stops_the_set_and_nothing_else(
    good: dict[str, bytes], monkeypatch: pytest.MonkeyPatch, part: str, where: str
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(f"service.rulebook.rulebook.{part}", fail)
    loaded = read(good)
    assert loaded.ruleset is None
    told = f"{where}:1:1: the program failed on this (ZeroDivisionError); report it, with this file"
    assert told in [str(problem) for problem in loaded.errors]


def test_the_collector_of_garbage_is_left_as_it_was_found(good: dict[str, bytes]) -> None:
    try:
        for collects in (True, False):
            (gc.enable if collects else gc.disable)()
            read(good)
            assert gc.isenabled() is collects
    finally:
        gc.enable()
