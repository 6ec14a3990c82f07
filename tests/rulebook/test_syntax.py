"""Syntax: what is told of a file that is not YAML, and where."""

from __future__ import annotations

import pytest
import yaml

from service.rulebook.node import Source, composed
from service.rulebook.problem import Mistake
from service.rulebook.syntax import explained

INDENT = "put a text that has a colon in quotes, or correct the indentation"
CLOSED = "the second quotation mark, or quotes around a text with a colon"
QUOTES = "put the text in quotes"
BEFORE = "correct the indentation or the quotation marks before it"
NEAR = "correct the indentation or the quotation marks near here"

BROKEN = [
    ("a: b: c", "1:5: a colon where no key can stand", INDENT),
    ("a: b\n c: d", "2:3: a colon where no key can stand", INDENT),
    ('a: "b\nc: d', "1:4: a quotation mark that is never closed", "write the second one"),
    ("a: 'b", "1:4: a quotation mark that is never closed", "write the second one"),
    ('a: "\\q"', "1:5: a backslash that means nothing", "write it twice, or remove it"),
    ('a: "\\ud800"', "1:7: an escape that is no character", "write the character itself"),
    ('a: "\\x4"', "1:7: an escape that is cut off", "write the character"),
    ("a: {b: c\nd: e", "1:4: a brace { that is not closed as it should be", f"write }}, {CLOSED}"),
    ("a: {b: c ]", "1:10: a brace { that is not closed as it should be", f"write }}, {CLOSED}"),
    ("a: [b, c\nd: e", "1:4: a bracket [ that is not closed as it should be", f"write ], {CLOSED}"),
    ("a: [b }", "1:7: a bracket [ that is not closed as it should be", f"write ], {CLOSED}"),
    ("a:\n  - b\n  c: d", "3:3: this line does not belong to the list above it",
     "begin it with -, or correct the indentation"),
    ('a: "b" c', "1:8: this does not belong to the map above it", BEFORE),
    ("a: |\n  b\n c", "3:2: this does not belong to the map above it", BEFORE),
    ("a: b\nc", "2:1: a key without a colon", "write a colon after it"),
    ("a: - b", "1:4: a list where no list can begin", "begin it on a line of its own"),
    ("a: ]", "1:4: a value that cannot be read", QUOTES),
    ("a: [b\n  , c: {", "3:1: a value that cannot be read", QUOTES),
    ("a: !x!y b", "1:4: a tag", f"remove it, or {QUOTES}"),
    ("a: | b\n  c", "1:6: words on the line of | or >", "begin the text on the next line"),
    ("a: b\n...\nc: d", "3:1: a second document in one file", "write one rule in a file, without ... or ---"),
    ("a: b\n---\nc: d", "2:1: a second document in one file", "write one rule in a file, without ---"),
    ("%FOO bar\na: b", "1:1: a directive that begins with %", f"remove it, or {QUOTES}"),
    ("%YAML 2.0\n---\na: b", "1:1: a directive that begins with %", "remove it"),
    ("%YAML 1.1\n%YAML 1.1\n---\na: b", "2:1: a directive that begins with %", "remove it"),
    ("%TAG ! tag:x,2000:\n---\na: !y b", "1:1: a directive that begins with %", "remove it"),
    ("%YAML 1.1\n---\na: b", "1:1: a directive that begins with %", "remove it"),
    ("a: &", "1:5: an anchor or alias", QUOTES),
    ("a: *x*", "1:6: an anchor or alias", QUOTES),
    ("a: @b", "1:4: a text cannot begin with @", QUOTES),
    ("a: `b", "1:4: a text cannot begin with `", QUOTES),
    ("a: !<x", "1:7: this is not YAML", NEAR),
    ("a: ![]", "1:5: this is not YAML", NEAR),
    ("a:\tb", "1:3: a tab", "write spaces"),
    ("a: {\tb: [c}", "1:5: a tab", "write spaces"),
    ("[a]: b", "1:1: a list or a map where a key should be", "put the key in quotes"),
    ("b: c\n? {a: d}\n: b", "2:3: a list or a map where a key should be", "put the key in quotes"),
]  # fmt: skip


def told(data: bytes) -> list[str]:
    source = Source("f")
    composed(source, data)
    return [str(problem) for problem in source.problems]


@pytest.mark.parametrize(("text", "wrong", "write"), BROKEN)
def test_what_ends_a_file_is_told_where_it_stands_and_in_an_authors_words(text: str, wrong: str, write: str) -> None:
    assert told(text.encode() + b"\n") == [f"f:{wrong}; {write}"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "f:1:1: the file is empty; write the rule, or remove the file"),
        (b" \n\n", "f:1:1: the file is empty; write the rule, or remove the file"),
        (b"# words\n", "f:1:1: the file has only comments; write the rule, or remove the file"),
        (b"words\n", "f:1:1: the file is a text; begin with a key, such as title:"),
        (b"# a list\n- a\n", "f:2:1: the file is a list; begin with a key, such as title:"),
        (b"a: b\xff\n", "f:1:5: the byte 0xff is not UTF-8; save the file as UTF-8"),
        (b"a: b\nc\x01\x80\n", "f:2:3: the byte 0x80 is not UTF-8; save the file as UTF-8"),
        (b"\xff\xfea\0", "f:1:1: the file is in UTF-16; save it as UTF-8"),
        (b"\xfe\xff\0a", "f:1:1: the file is in UTF-16; save it as UTF-8"),
        (b"a: b\n\0", "f:2:1: a NUL character; save the file as UTF-8 text"),
        (b"\xef\xbb\xbfa: b\n", "f:1:1: a byte order mark, U+FEFF; save the file as UTF-8 without one"),
        (b"a: b\r\nc: d: e\r\n", f"f:2:5: a colon where no key can stand; {INDENT}"),
    ],
)
def test_a_file_that_is_no_map_of_keys_says_what_it_is(data: bytes, said: str) -> None:
    assert told(data) == [said]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: &x b", "f:1:4: an anchor, &x; remove it, or put the text in quotes"),
        ("a: *x", "f:1:4: an alias, *x; write the value itself, or put the text in quotes"),
        ("a: !x b", 'f:1:4: a tag, "!x"; remove it, or put the text in quotes'),
        ("a: !x [b]", 'f:1:4: a tag, "!x"; remove it, or put the text in quotes'),
        ("a: b\nc: d\na: e", 'f:3:1: "a" stands here twice, first in line 1; remove one of the two'),
        ('a: "\\u200b"', "f:1:4: an escape that spells an invisible character, U+200B (zero width space); remove it"),
    ],
)
def test_what_yaml_allows_and_a_rule_does_not_is_refused(text: str, said: str) -> None:
    assert told(text.encode() + b"\n") == [said]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"a: " + b"x" * ((1 << 20) - 3), ""),
        (b"a: " + b"x" * ((1 << 20) - 2), "f:1:1: the file is larger than 1024 KiB; split it"),
        (b"a: " + b"[" * 15 + b"]" * 15, ""),
        (b"a: " + b"[" * 16 + b"]" * 16, "f:1:19: more than 16 lists and maps inside each other; write it flatter"),
        (b"a: [" + b"x," * 99_997 + b"]", ""),
        (b"a: [" + b"x," * 99_998 + b"]", "f:1:199999: more than 100000 values in one file; split it"),
        (b"%A\n" * 99 + b"a: b", "f:1:1: a directive that begins with %; remove it, or put the text in quotes"),
        (b"\n" + b"%A\n" * 100 + b"a: b", "f:2:1: a directive that begins with %; remove it"),
    ],
    ids=["largest", "larger", "deepest", "deeper", "most", "more", "directives", "too many directives"],
)
def test_a_file_has_a_largest_size_depth_and_number_of_values(data: bytes, said: str) -> None:
    assert told(data) == ([said] if said else [])


def test_a_break_without_a_place_is_told_at_the_beginning() -> None:
    at, mistake = explained("f", "a: b", yaml.MarkedYAMLError())
    assert (str(at), mistake) == ("f:1:1", Mistake("this is not YAML", NEAR))
