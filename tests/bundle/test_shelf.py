"""Shelf: whatever is put into the folder of bundles, what is served is the last good one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.answer.edition import Edition
from service.bundle import Bundle, Reason, Shelf, Trust, file_name
from service.counsel.account import weigh
from service.web.library import Library

from .press import DAY, Press, edited, forged, reworded, rules, softened, with_notice

THIRD = edited(with_notice(rules()), "publishers/gazette.yaml", "A law may forbid", "Laws may forbid")


@pytest.fixture(scope="module")
def third(press: Press, second: Bundle) -> Bundle:
    """It rewords something, and both signed it."""
    return press.both(THIRD, second)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    found = tmp_path / "bundles"
    found.mkdir()
    yield found
    shutil.rmtree(found)


def put(folder: Path, bundle: Bundle | bytes, number: int = 0) -> Path:
    data = bundle.written() if isinstance(bundle, Bundle) else bundle
    path = folder / file_name(number or (bundle.manifest.number if isinstance(bundle, Bundle) else 0))
    path.write_bytes(data)
    return path


def served(shelf: Shelf) -> int:
    return shelf.last.manifest.number if shelf.last else 0


def test_each_bundle_is_taken_as_it_comes(
    press: Press, folder: Path, first: Bundle, second: Bundle, third: Bundle
) -> None:
    shelf = Shelf(press.trust, weigh)
    for bundle in (first, second, third):
        put(folder, bundle)
        found = shelf.load(folder)
        assert found.ruleset is not None
        assert (found.ruleset.fingerprint, found.problems) == (bundle.manifest.ruleset, ())
        assert served(shelf) == bundle.manifest.number
    assert "bundle 3 of 2026-11-23" in shelf.line(DAY)
    again = shelf.load(folder)
    assert again.ruleset is not None
    assert again.problems == ()


def test_several_that_came_together_are_taken_one_after_the_other(
    press: Press, folder: Path, first: Bundle, third: Bundle
) -> None:
    shelf = Shelf(press.trust, weigh)
    put(folder, first)
    shelf.load(folder)
    put(folder, press.made(with_notice(rules()), first, press.anna))
    put(folder, third)
    assert shelf.load(folder).ruleset is not None
    assert served(shelf) == 3


def test_a_start_comes_to_the_same_end_as_a_service_that_was_running(
    press: Press, folder: Path, first: Bundle, second: Bundle
) -> None:
    """The newest is signed by one person, as it only adds; its predecessor is what makes that known."""
    more = press.made(with_notice(with_notice(rules()), "notices/ru/third.yaml"), second, press.boris)
    running = Shelf(press.trust, weigh)
    for bundle in (first, second, more):
        put(folder, bundle)
        running.load(folder)
    started = Shelf(press.trust, weigh)
    started.load(folder)
    assert served(started) == served(running) == 3
    assert started.last == running.last


@pytest.mark.parametrize("kind", ["cut", "empty", "lying", "one key", "stranger", "gap", "fork", "misnamed", "broken"])
def test_what_is_refused_leaves_the_last_good_one(press: Press, folder: Path, first: Bundle, kind: str) -> None:
    softer = press.both(softened(rules()), first)
    later = press.made(reworded(rules()), softer, press.anna, press.boris)
    bad, reason, number = {
        "cut": (softer.written()[:-1024], Reason.CUT, 2),
        "empty": (b"", Reason.NO_BUNDLE, 2),
        "lying": (forged(softer, press.anna, press.boris, removes=[]), Reason.FALSE_MANIFEST, 2),
        "one key": (press.made(softened(rules()), first, press.anna).written(), Reason.TOO_FEW_KEYS, 2),
        "stranger": (press.made(softened(rules()), first, press.mallory).written(), Reason.UNKNOWN_KEY, 2),
        "gap": (later.written(), Reason.GAP, 3),
        "fork": (press.both(rules(), press.both(softened(rules()))).written(), Reason.BROKEN_CHAIN, 2),
        "misnamed": (later.written(), Reason.GAP, 2),
        "broken": (
            forged(softer, press.anna, press.boris, files=dict(softer.files) | {"notices/ru/x.yaml": b"[" * 50}),
            Reason.BAD_RULES,
            2,
        ),
    }[kind]
    shelf = Shelf(press.trust, weigh)
    put(folder, first)
    shelf.load(folder)
    put(folder, bad, number)
    found = shelf.load(folder)
    assert found.ruleset is None
    assert [problem.reason for problem in found.problems] == [reason]
    assert served(shelf) == 1
    started = Shelf(press.trust, weigh)
    begun = started.load(folder)
    if kind not in ("gap", "misnamed"):  # a start may begin anew from what two people signed
        assert begun.ruleset is not None
        assert begun.ruleset.fingerprint == first.manifest.ruleset
        assert [problem.reason for problem in begun.problems] == [reason]


def test_a_start_begins_anew_from_what_two_people_signed(
    press: Press, folder: Path, first: Bundle, third: Bundle
) -> None:
    put(folder, first)
    put(folder, third)
    running = Shelf(press.trust, weigh)
    assert running.load(folder).ruleset is not None
    assert served(running) == 3


def test_a_key_that_is_trusted_no_longer_counts_for_nothing(press: Press, folder: Path, first: Bundle) -> None:
    put(folder, first)
    put(folder, press.made(with_notice(rules()), first, press.mallory))
    shelf = Shelf(press.trust, weigh)
    assert shelf.load(folder).ruleset is not None
    assert served(shelf) == 1


def test_one_person_who_splits_the_line_is_undone_by_trusting_their_key_no_more(
    press: Press, folder: Path, first: Bundle, third: Bundle
) -> None:
    """Whoever has one key can add something under the next number, on which the makers' own next does not follow."""
    more = Trust((*press.trust.keys, press.mallory.public))
    running = Shelf(more, weigh)
    put(folder, first)
    put(folder, press.made(with_notice(rules(), "notices/ru/other.yaml"), first, press.mallory))
    running.load(folder)
    assert served(running) == 2
    put(folder, third)
    assert [problem.reason for problem in running.load(folder).problems] == [Reason.BROKEN_CHAIN]
    assert served(running) == 2
    started = Shelf(press.trust, weigh)
    assert started.load(folder).problems == ()
    assert served(started) == 3


def test_what_has_another_name_is_left_alone(press: Press, folder: Path, first: Bundle) -> None:
    put(folder, first)
    for name in ("bundle-000002.tar.part", ".bundle-000002.tar.123", "README", "bundle.tar", "2.zip"):
        (folder / name).write_bytes(b"half")
    found = Shelf(press.trust, weigh).load(folder)
    assert found.problems == ()


def test_a_name_with_another_number_is_refused(press: Press, folder: Path, first: Bundle, second: Bundle) -> None:
    put(folder, first, 7)
    found = Shelf(press.trust, weigh).load(folder)
    assert found.ruleset is None
    assert [problem.reason for problem in found.problems] == [Reason.BAD_NAME]
    assert "rename it to bundle-000001.tar" in str(found.problems[0])


def test_an_empty_folder_says_what_is_missing(press: Press, folder: Path) -> None:
    shelf = Shelf(press.trust, weigh)
    found = shelf.load(folder)
    assert found.ruleset is None
    assert "there is no bundle" in str(found.problems[0])
    assert shelf.line(DAY) == "no bundle was taken"


def test_bundles_that_go_away_take_nothing_with_them(press: Press, folder: Path, first: Bundle) -> None:
    shelf = Shelf(press.trust, weigh)
    path = put(folder, first)
    shelf.load(folder)
    path.unlink()
    found = shelf.load(folder)
    assert found.ruleset is not None
    assert served(shelf) == 1


def test_one_file_is_taken_and_replaced_by_its_successor_and_never_by_an_older_one(
    press: Press, tmp_path: Path, first: Bundle, second: Bundle
) -> None:
    path = tmp_path / "rules.tar"
    shelf = Shelf(press.trust, weigh)
    for bundle, fingerprint, reasons in (
        (first, first.manifest.ruleset, []),
        (first, first.manifest.ruleset, []),
        (second, second.manifest.ruleset, []),
        (first, None, [Reason.OLD_NUMBER]),
    ):
        path.write_bytes(bundle.written())
        found = shelf.load(path)
        assert (found.ruleset.fingerprint if found.ruleset else None) == fingerprint
        assert [problem.reason for problem in found.problems] == reasons
    assert served(shelf) == 2


def test_a_library_serves_from_a_shelf(press: Press, folder: Path, first: Bundle, second: Bundle) -> None:
    """The wiring of `caveat serve`: a library whose loader is a shelf."""
    told: list[str] = []
    shelf = Shelf(press.trust, weigh)
    put(folder, first)
    library = Library(folder, shelf.load, tell=told.append)
    library.open()
    assert isinstance(library.edition, Edition)
    assert library.edition.fingerprint == first.manifest.ruleset
    put(folder, press.made(softened(rules()), first, press.anna))
    library.settle()
    assert library.edition.fingerprint == first.manifest.ruleset
    assert any("only anna signed it" in line for line in told)
    put(folder, second)
    library.settle()
    assert library.edition.fingerprint == second.manifest.ruleset
