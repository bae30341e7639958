"""The longest and most repetitive texts take time by their length, and not by its square.

Counted in steps, which are the same on every machine. Expressions take no steps of Python: those
that may try a run of signs again from each of its signs are known by their form.
`python -m tools.bench.texts` measures both.
"""

from __future__ import annotations

import re
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest

from programme.document.nodes import LANGUAGES, Text
from programme.language.named_days import other_days
from programme.markdown.pasting import doubtful_points
from programme.renderers.markdown import to_html
from programme.renderers.markdown_parsed import NO_TEXT
from programme.renderers.markdown_plain import to_plain
from tests.programme.steps import steps_of
from tools.bench.texts import expressions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SHORT, LONG = 150, 1_200
"""Characters."""

MOST = 1.5
"""Times the steps that the length alone explains; the square of it would be 8."""


def check(call: Callable[[str], object], signs: str) -> None:
    """Hold that a text of some signs again and again takes steps by its length."""
    short, long = ((signs * length)[:length] for length in (SHORT, LONG))
    few = steps_of(lambda: call(short))
    steps_of(lambda: call(long), most=MOST * LONG / SHORT * few)


# --- Markdown ----------------------------------------------------------------------------------

POINTS = ["- x", "•\tx", "– x", "a) b", "(i) x", "1 - x", "٢. x", "o\tx", "\u0650\n- ", "\n- ]"]
BLOCKS = ["> a", "a\n=", "|a|b|", "|-|-|", "a\n[^1]: ", "[^1]: a", "[a]: /", "\n@", "[^", ""]
MARKS = ["[", "![", "[^", "[^[", "[^1]", "[]", "[a](b)", "[a](", "](", "![[", "(", ")", "((", "{["]
EMPHASIS = ["*", "**", "*[", "**a", "_a", "_#", "و**«x»**", "*a _b ", "`", "``a`", "`[", "~", "\\"]
ADDRESSES = ["www.", "www.a ", "http://", "http://[", "@", "a@b.", "a@b.c ", "http://a((((", "/"]
ADDRESSES += ["www.a.b)))))", "a.b+c-", "AAAA.", "A/"]
OTHERS = [
    "a",
    "ا",
    ".",
    ". . ",
    "-",
    "+",
    "=",
    "#",
    "|",
    "|[",
    ">",
    "<",
    "<a",
    "<a ",
    "&#",
    "&amp;",
]
OTHERS += ["·", "•", "x • ", "1)", "1.", ":", "!", "'", " ", "\t", "\u00a0", "\u200f"]
LINES = [f"{one}\n" for one in (*POINTS, *BLOCKS)]


@pytest.mark.parametrize("signs", [*LINES, *MARKS, *EMPHASIS, *ADDRESSES, *OTHERS])
def test_markdown_takes_steps_by_the_length_of_a_text(signs: str) -> None:
    check(read, signs)


def read(value: str) -> None:
    """Do all that pages, plain text and the release desk do with Markdown."""
    text = Text(value, "ar", asked_for="ar")
    to_html(text, NO_TEXT, "x")
    to_plain(text, text)
    doubtful_points(value)


@pytest.mark.parametrize("signs", ["[", "![", "[a ", "*["])
def test_brackets_take_steps_by_their_number_where_one_ends_at_last(signs: str) -> None:
    check(lambda text: read(f"{text}]"), signs)


@pytest.mark.parametrize("after", ["", "x\n"])
def test_points_within_points_take_steps_by_the_length_of_a_text(after: str) -> None:
    """However deep they seem to be: a margin is a text as well."""
    margins = "\n".join(f"{' ' * depth}• x" for depth in range(LONG))

    check(lambda text: read(f"{margins[: len(text)]}\n{text if after else ''}"), after or " ")


# --- days --------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_days_are_found_in_steps_by_the_length_of_a_text(language: str) -> None:
    def find(text: str) -> None:
        other_days.__wrapped__(text, language, date(2027, 6, 15), date(2027, 6, 17))

    for signs in ("18 ", "18-", "18 de ", "18 to the ", "18 to 20 June ", "18 حزيران ", " "):
        check(find, signs)


# --- expressions ---------------------------------------------------------------------------------

parser: Any = import_module("re._parser")
op: Any = import_module("re._constants")


def tries_again(expression: re.Pattern[str]) -> bool:
    """Whether a search goes through a run of signs again from each of its signs.

    So it is where a run of any length begins the expression, and something must follow it.
    """
    return any(
        _is_repeat(first) and first[1][1] is op.MAXREPEAT and not all(map(_may_be_left_out, rest))
        for first, *rest in _ways(list(parser.parse(expression.pattern, expression.flags)))
    )


def _is_repeat(item: Any) -> bool:
    return item[0] in {op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT}


def _may_be_left_out(item: Any) -> bool:
    return _is_repeat(item) and item[1][0] == 0


def _ways(items: list[Any]) -> Iterator[list[Any]]:
    """The ways to begin an expression: without groups, and one for each alternative."""
    match items:
        case [(op.SUBPATTERN, (*_, inner)), *rest]:
            yield from _ways([*inner, *rest])
        case [(op.BRANCH, (_, alternatives)), *rest]:
            for one in alternatives:
                yield from _ways([*one, *rest])
        case [_, *_]:
            yield items


EXPRESSIONS = dict(expressions())


def test_expressions_are_found_and_their_form_is_understood() -> None:
    assert len(EXPRESSIONS) > 30
    for again in (r"\s*:", r"(a+)b", r"(?:x|(?:\w+\.)+)y", r"[ \t]*(?:-[ \t]*){3,}"):
        assert tries_again(re.compile(again)), again
    for once in (r"\s+", r"\d+(?:,\d)*", r"^\s*:", r"(?<!\s)\s*:", r"\s{0,3}:", r"a|\w+", r"x\s*:"):
        assert not tries_again(re.compile(once)), once


@pytest.mark.parametrize("expression", EXPRESSIONS.values(), ids=EXPRESSIONS)
def test_no_expression_reads_a_run_of_signs_again(expression: re.Pattern[str]) -> None:
    assert not tries_again(expression)
