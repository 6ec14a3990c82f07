"""Lock: the hash of a prescribed text, renewed in its place and with nothing else touched."""

from __future__ import annotations

from hashlib import sha256

import pytest

from service.rulebook.lock import fingerprint_of, lock

NOTICE = """\
title: A label
prescribed:
  text: |
    Words {name}.
    More.
  hash: %s  # of the text
citations: {}
"""
RIGHT = sha256(b"Words {name}.\nMore.").hexdigest()


def test_the_hash_is_over_the_composed_text_without_its_last_line_break() -> None:
    assert fingerprint_of("Words {name}.\nMore.\n\n") == fingerprint_of("Words {name}.\nMore.") == RIGHT
    assert fingerprint_of("e\u0301") == fingerprint_of("é") == sha256("é".encode()).hexdigest()
    assert fingerprint_of(" é") != fingerprint_of("é")


@pytest.mark.parametrize("written", ["0123456789abcdef", '"0123456789abcdef"', "'0123456789abcdef'"])
def test_a_hash_that_is_out_of_date_is_written_anew_where_it_stands(written: str) -> None:
    changed, (told,) = lock({"notices/ru/label.yaml": (NOTICE % written).encode()})
    assert changed == {"notices/ru/label.yaml": (NOTICE % RIGHT).encode()}
    assert (told.before, told.after, told.text) == ("0123456789abcdef", RIGHT, "Words {name}.\nMore.")
    assert str(told) == (
        f"notices/ru/label.yaml:6:9: locked again, 0123456789ab → {RIGHT[:12]}; the text is now:"
    )  # fmt: skip


def test_a_text_without_a_hash_is_locked_for_the_first_time() -> None:
    changed, (told,) = lock({"notices/ru/label.yaml": (NOTICE % '""').encode()})
    assert changed == {"notices/ru/label.yaml": (NOTICE % RIGHT).encode()}
    assert str(told).endswith(f": locked again, no hash → {RIGHT[:12]}; the text is now:")


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("notices/ru/label.yaml", NOTICE % RIGHT),
        ("publishers/label.yaml", NOTICE % "x"),
        ("notices/ru/label.yaml", "title: x\n"),
        ("notices/ru/label.yaml", "prescribed: x\n"),
        ("notices/ru/label.yaml", "prescribed: {text: x}\n"),
        ("notices/ru/label.yaml", "prescribed: {hash: x}\n"),
        ("notices/ru/label.yaml", 'prescribed: {text: "", hash: x}\n'),
        ("notices/ru/label.yaml", "prescribed: {text: [x], hash: x}\n"),
        ("notices/ru/label.yaml", "prescribed: {text: x, hash: [x]}\n"),
        ("notices/ru/label.yaml", "prescribed: {\n"),
    ],
)
def test_what_is_locked_or_cannot_be_stays_byte_for_byte(path: str, text: str) -> None:
    assert lock({path: text.encode()}) == ({}, ())


def test_several_files_are_locked_in_the_order_of_their_paths() -> None:
    files = {f"notices/{name}.yaml": (NOTICE % "x").encode() for name in ("ru/b", "ru/a", "by/c")}
    changed, told = lock(files)
    assert sorted(changed) == [one.at.file for one in told] == sorted(files)
