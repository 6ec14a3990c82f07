"""Letter: which characters a rule file may have, and by which name the others are refused."""

from __future__ import annotations

import pytest

from service.rulebook.problem import Mistake
from service.rulebook.text import gate, markup, plain


def refused(text: str) -> list[tuple[int, str, str]]:
    return [(offset, mistake.wrong, mistake.write) for offset, mistake in gate(text)]


@pytest.mark.parametrize(
    ("letter", "called"),
    [
        ("\t", "a tab"),
        ("\x07", "a control character, U+0007"),
        ("\x85", "a control character, U+0085"),
        ("\u00ad", "an invisible character, U+00AD (soft hyphen)"),
        ("\u200b", "an invisible character, U+200B (zero width space)"),
        ("\u2060", "an invisible character, U+2060 (word joiner)"),
        ("\ufeff", "a byte order mark, U+FEFF"),
        ("\ud800", "a half character, U+D800"),
        ("\ue000", "a private character, U+E000"),
        ("\u0378", "an unassigned character, U+0378"),
        ("\u2028", "a line-breaking character, U+2028 (line separator)"),
        ("\u2029", "a line-breaking character, U+2029 (paragraph separator)"),
        ("\u034f", "an invisible character, U+034F (combining grapheme joiner)"),
        ("\u115f", "an invisible character, U+115F (hangul choseong filler)"),
        ("\u1160", "an invisible character, U+1160 (hangul jungseong filler)"),
        ("\u17b4", "an invisible character, U+17B4 (khmer vowel inherent aq)"),
        ("\u17b5", "an invisible character, U+17B5 (khmer vowel inherent aa)"),
        ("\u3164", "an invisible character, U+3164 (hangul filler)"),
        ("\uffa0", "an invisible character, U+FFA0 (halfwidth hangul filler)"),
        ("\u061c", "a bidirectional character, U+061C (arabic letter mark)"),
        ("\u200e", "a bidirectional character, U+200E (left-to-right mark)"),
        ("\u200f", "a bidirectional character, U+200F (right-to-left mark)"),
        ("\u202a", "a bidirectional character, U+202A (left-to-right embedding)"),
        ("\u202e", "a bidirectional character, U+202E (right-to-left override)"),
        ("\u2066", "a bidirectional character, U+2066 (left-to-right isolate)"),
        ("\u2069", "a bidirectional character, U+2069 (pop directional isolate)"),
        ("\u200c", "U+200C (zero width non-joiner) where no letters are joined"),
        ("\u200d", "U+200D (zero width joiner) where no letters are joined"),
    ],
)
def test_a_letter_that_looks_like_nothing_or_like_another_is_refused_by_its_name(letter: str, called: str) -> None:
    write = {"\t": "write spaces", "\ufeff": "save the file as UTF-8 without one"}.get(letter, "remove it")
    assert refused(f"ab{letter}c") == [(2, called, write)]


def test_every_letter_that_is_refused_is_refused_every_time_but_a_tab() -> None:
    assert [offset for offset, *_ in refused("a\tb\tc\u200bd\u200be")] == [1, 5, 7]
    assert refused("a\nb\r") == [(3, "a control character, U+000D", "remove it")]
    assert refused("plain words, ё, é, 中 and 🙂.\n") == []


@pytest.mark.parametrize("pair", ["می", "ܐܒ", "ᠠᠡ", "कष", "কষ", "ਕਖ", "કષ", "କଷ", "கஷ", "కష", "ಕಷ", "കഷ", "කෂ"])
def test_a_joiner_is_spelling_between_letters_of_a_script_that_has_it(pair: str) -> None:
    assert refused(f"{pair[0]}\u200c{pair[1]}") == refused(f"{pair[0]}\u200d{pair[1]}") == []
    for text in (f"{pair[0]}\u200ca", f"a\u200c{pair[0]}", f"{pair[0]}\u200c", f"\u200c{pair[0]}"):
        assert len(refused(text)) == 1


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a Pоссия b", [(2, '"Pоссия" mixes Latin and Cyrillic letters: P is Latin')]),
        ("Paypаl", [(0, '"Paypаl" mixes Latin and Cyrillic letters: а is Cyrillic')]),
        ("оаaс d", [(0, '"оаaс" mixes Latin and Cyrillic letters: a is Latin')]),
        ("xаyо", [(0, '"xаyо" mixes Latin and Cyrillic letters: x, y are Latin')]),
        ("aа, bб", [(0, '"aа" mixes Latin and Cyrillic letters: a is Latin'),
                    (4, '"bб" mixes Latin and Cyrillic letters: b is Latin')]),
        ("x" * 70 + "ж", [(5, f'"{"x" * 39}…" mixes Latin and Cyrillic letters: ж is Cyrillic')]),
        ("Россия-Russia Россия/USA", []),
    ],
)  # fmt: skip
def test_a_word_that_mixes_two_alphabets_is_told_once_with_its_rarer_letters(
    text: str, found: list[tuple[int, str]]
) -> None:
    write = "type it anew in one alphabet"
    assert refused(text) == [(offset, f"the word {wrong}", write) for offset, wrong in found]


def test_a_letter_that_is_spelled_with_separate_accents_is_told_once_a_line() -> None:
    wrong = '"e\u0301" is spelled with separate accents (not in Unicode form NFC)'
    assert refused("ok\nfe\u0301 e\u0301\né e\u0301\n") == [
        (4, wrong, "type é anew"), (12, wrong, "type é anew"),
    ]  # fmt: skip


def test_thirty_accents_are_borne_by_a_letter_and_one_more_is_not() -> None:
    def told(number: int) -> list[tuple[int, str, str]]:
        return refused("x" + "\u0323" * number)

    assert told(30) == []
    assert told(31) == [(1, 'more than 30 accents on one letter, "x\u0323"', "remove them")]


def test_what_is_refused_is_not_read_as_something_else() -> None:
    assert plain("a\tb\x0bc\x0cd\re\x85f\u2028g\u2029h") == "a b c d e f g h"
    assert plain("a\u200bb\u202ec\x07d\u200ce") == "abcd\u200ce"
    assert plain("plain\n") == "plain\n"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a < b & c > d", ""), ("a <b>c</b>", "<b>"), ("a</p>", "</p>"), ("x &amp; y", "&amp;"), ("&#160;", "&#160;"),
        ("a <br", ""), ("1<2>3", ""), ("<A HREF='x'>", "<A HREF='x'>"),
    ],
)  # fmt: skip
def test_what_looks_like_html_is_told_once(text: str, found: str) -> None:
    write = "write plain words; [words] and links: make a link"
    assert list(markup(text)) == ([(text.index(found), Mistake(f'markup, "{found}"', write))] if found else [])
