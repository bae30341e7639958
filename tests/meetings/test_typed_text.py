"""What a typed text may hold: each kind of sign, in one line and in several."""

from __future__ import annotations

import sys
import unicodedata

import pytest

from meetings.texts.typed_text import (
    FORBIDDEN,
    JOINERS,
    UNSEEN,
    ForbiddenSign,
    ForbiddenSignsError,
    clean,
    fit_for_xml,
    heal,
    heal_all,
    named,
    visible,
)

EVERY_SIGN = list(map(chr, range(sys.maxunicode + 1)))

VISIBLE_FORMATS = {
    *map(chr, (*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD))
}
"""Signs of numbers and the like, which Unicode counts as formats but which are seen."""


@pytest.mark.parametrize(
    ("typed", "in_a_line", "in_lines"),
    [
        ("Opening\x0bof the meeting", "Opening of the meeting", "Opening\nof the meeting"),
        ("A\x0cB\x85C\u2028D\u2029E", "A B C D E", "A\nB\nC\nD\nE"),
        ("A\r\nB\rC\nD", "A B C D", "A\nB\nC\nD"),
        ("-\tone", "- one", "-\tone"),
        ("  A   B  ", "A B", "A   B"),
        ("A \x0b B\u2003C\u3000D", "A B C D", "A \n B\u2003C\u3000D"),
        ("1\u202f000 mines\u00a0: 5", "1\u202f000 mines\u00a0: 5", "1\u202f000 mines\u00a0: 5"),
        ("2027\u00a0\u00a0Meetings", "2027\u00a0Meetings", "2027\u00a0\u00a0Meetings"),
        ("A \u202f\u00a0\tB\u2003\u00a0C", "A\u202fB\u00a0C", "A \u202f\u00a0\tB\u2003\u00a0C"),
        ("É\u00adgypte", "Égypte", "Égypte"),
        ("\u200b", "", ""),
        ("\u3164\u115f\ufeff\u2060\u2800", "", ""),
        (" \u2800 \u2800 a \u2800", "a", "a"),
        ("\u202e12:30\u202c", "12:30", "12:30"),
        ("\u200f\u061c\u2067البحرين\u2069", "البحرين", "البحرين"),
        ("می\u200cخواهم", "می\u200cخواهم", "می\u200cخواهم"),
        ("مِ\u200dي", "مِ\u200dي", "مِ\u200dي"),
        ("م\u200c\u200b\u200dي", "م\u200cي", "م\u200cي"),
        ("Ch\u200cad \u200dم \u200c1", "Chad م 1", "Chad م 1"),
        ("E\u0301gypte", "Égypte", "Égypte"),
        ("E\u034f\u0301gypte", "Égypte", "Égypte"),
    ],
)
def test_a_text_is_stored_as_it_is_read(typed: str, in_a_line: str, in_lines: str) -> None:
    assert (clean(typed), clean(typed, many_lines=True)) == (in_a_line, in_lines)
    assert (heal(typed), heal(typed, many_lines=True)) == (in_a_line, in_lines)


@pytest.mark.parametrize("many_lines", [False, True])
def test_every_sign_is_kept_taken_out_or_refused_once_and_for_all(many_lines: bool) -> None:  # noqa: FBT001 -- a row of the table
    for sign in EVERY_SIGN:
        healed = heal(f"a{sign}b", many_lines=many_lines)

        assert heal(healed, many_lines=many_lines) == healed, named(sign)
        assert not FORBIDDEN.search(healed), named(sign)
        try:
            assert clean(f"a{sign}b", many_lines=many_lines) == healed, named(sign)
        except ForbiddenSignsError:
            assert unicodedata.category(sign) in {"Cc", "Cs", "Cn"}


def test_every_format_of_unicode_is_seen_or_taken_out() -> None:
    formats = {one for one in EVERY_SIGN if unicodedata.category(one) == "Cf"}

    assert {one for one in formats if not (UNSEEN.match(one) or JOINERS.match(one))} == (
        VISIBLE_FORMATS & formats
    )


def test_every_control_is_a_break_or_forbidden_and_called_by_its_name() -> None:
    controls = [one for one in EVERY_SIGN if unicodedata.category(one) == "Cc"]

    assert [one for one in controls if not FORBIDDEN.match(one)] == list("\t\n\x0b\x0c\r\x85")
    assert [unicodedata.lookup(named(one).partition(" ")[2]) for one in controls] == controls


def test_what_is_no_character_is_forbidden() -> None:
    assert FORBIDDEN.findall("\ufffe\uffff\ufdd0\U0001fffe\U0010ffff\ud800\udfff\ufffd") == list(
        "\ufffe\uffff\ufdd0\U0001fffe\U0010ffff\ud800\udfff"
    )


def test_a_refusal_says_which_sign_and_where() -> None:
    with pytest.raises(ForbiddenSignsError) as refused:
        clean("One\r\nTwo\x07 and \ufffethree\x07", many_lines=True)

    assert str(refused.value) == "U+0007 ALERT, U+FFFE NONCHARACTER"
    assert refused.value.signs == (
        ForbiddenSign("\x07", 2, 4, before="Two", after=" and three"),
        ForbiddenSign("\ufffe", 2, 10, before="Two and ", after="three"),
    )


def test_a_text_of_forbidden_signs_alone_is_refused_by_the_first_few() -> None:
    with pytest.raises(ForbiddenSignsError) as refused:
        clean("\x00\x01\x02\x03\x04\x05\x06" * 1_000)

    assert [one.place for one in refused.value.signs] == [1, 2, 3, 4, 5]


def test_unseen_signs_are_written_out_by_name() -> None:
    assert visible("12:30\u202e, \ud800") == (
        "12:30⟨U+202E RIGHT-TO-LEFT OVERRIDE⟩, ⟨U+D800 SURROGATE⟩"
    )
    assert visible("a\u00a0b") == "a\u00a0b"
    assert visible("a\u00a0b", blanks=True) == "a⟨U+00A0 NO-BREAK SPACE⟩b"


def test_stored_data_is_healed_in_depth() -> None:
    assert heal_all({"title": {"en": "A\x0bB"}, "codes": ["tcd"], "number": 1, "when": None}) == {
        "title": {"en": "A B"},
        "codes": ["tcd"],
        "number": 1,
        "when": None,
    }


def test_rendered_text_keeps_its_isolates() -> None:
    assert fit_for_xml("\u2066Rev.1\u2069\x00\x0b\ufffe\ud800") == "\u2066Rev.1\u2069\n"
