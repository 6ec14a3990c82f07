"""Message: the words in which an author is told."""

from __future__ import annotations

from service.rulebook.problem import LONGEST, MANY, MOST_LISTED, Mistake, closest, guess, listed, quoted
from service.rulebook.text import brackets, gate, markup, plain, slots


def test_a_row_of_words_is_told_as_people_say_it() -> None:
    assert [listed(words) for words in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a or b", "a, b or c"]
    assert listed(["a", "b"], "and") == "a and b"
    many = [str(number) for number in range(MOST_LISTED + 1)]
    assert listed(many[:-1]).endswith(" or 59")
    assert listed(many).endswith(", 59, …")


def test_a_text_is_repeated_on_one_line_and_not_at_length() -> None:
    assert quoted("a\n b\t c") == '"a b c"'
    assert quoted("a\x1b[31mb") == '"a\\u001b[31mb"'
    assert quoted("x" * 40) == f'"{"x" * 40}"'
    assert quoted("x" * 41) == f'"{"x" * 39}…"'
    assert quoted("x" * 41, 60) == f'"{"x" * 41}"'


def test_a_word_is_guessed_by_its_letters_and_not_where_there_are_too_many() -> None:
    assert closest("RUSIA", ["russia", "prussia"]) == "russia" or closest("rusia", ["russia", "belarus"]) == "russia"
    assert closest("RUSSIA", ["b", "russia"]) == "russia"
    assert closest("x" * LONGEST, ["x" * LONGEST]) == "x" * LONGEST
    assert closest("x" * (LONGEST + 1), ["x" * (LONGEST + 1)]) == ""
    words = [f"w{number}" for number in range(MANY)]
    assert closest("w5", words) == "w5"
    assert closest("w5", [*words, "w"]) == ""
    assert guess("rusia", ["russia"], "nothing") == "did you mean russia?"
    assert guess("zzz", ["russia"], "nothing") == "nothing"


def test_what_stands_in_braces_brackets_and_tags_is_found_where_it_stands() -> None:
    assert list(slots("{a} and {b}", ("a", "b"))) == []
    assert [offset for offset, _ in slots("{a} and {c}", ("a", "b"))] == [8]
    (unknown,) = slots("x {pubisher}", ("publisher",))
    assert unknown == (2, Mistake("unknown slot {pubisher}", "did you mean {publisher}?"))
    (far,) = slots("{zzz}", ("a", "b"))
    assert far == (0, Mistake("unknown slot {zzz}", "the slots are {a} and {b}"))
    (open_brace,) = slots("a { b", ("publisher",))
    assert open_brace == (2, Mistake("a brace without its pair", "write {publisher}, or round brackets"))
    assert list(slots("{a} {b}", ())) == [(0, Mistake("unknown slot {a}", "say under slots: what stands in it"))]
    assert list(brackets("[one] two] [three")) == [(0, "one"), (9, ""), (11, "")]
    assert [offset for offset, _ in markup("a < b & c <b>bold</b>")] == [10]
    assert list(markup("1 < 2 & 3 > 2")) == []


def test_what_the_gate_refuses_is_told_with_its_name() -> None:
    told = {
        letter: next(mistake.wrong for _, mistake in gate(f"a{letter}b")) for letter in "\t\u200b\u202e\ufeff\x07\u200c"
    }
    assert told == {
        "\t": "a tab",
        "\u200b": "an invisible character, U+200B (zero width space)",
        "\u202e": "a bidirectional character, U+202E (right-to-left override)",
        "\ufeff": "a byte order mark, U+FEFF",
        "\x07": "a control character, U+0007",
        "\u200c": "U+200C (zero width non-joiner) where no letters are joined",
    }
    assert list(gate("می\u200cخواهم")) == []
    assert [offset for offset, _ in gate("a\tb\tc")] == [1]
    assert plain("a\tb\u200bc\u202e") == "a bc"
    ((offset, mixed),) = gate("a Pоссия b")
    assert offset == 2
    assert mixed.wrong == 'the word "Pоссия" mixes Latin and Cyrillic letters: P is Latin'
    assert [offset for offset, _ in gate("ok\ne\u0301 fine e\u0301")] == [3]
