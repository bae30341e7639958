"""Texts as people paste them: lists, bare addresses, bold next to letters, wide tables."""

from __future__ import annotations

import pytest

from programme.document.nodes import Text
from programme.markdown.pasting import as_markdown, doubtful_points
from programme.renderers.markdown import to_html
from programme.renderers.markdown_plain import to_plain

LRI, PDI = "\u2066", "\u2069"


def text(value: str, language: str = "en") -> Text:
    return Text(value, language, asked_for=language)


def html(value: str, language: str = "en") -> str:
    return to_html(text(value, language), text("", language), "x").strip()


def points(*texts: str) -> str:
    return "<ul>\n" + "".join(f"<li>{one}</li>\n" for one in texts) + "</ul>"


# --- lists -------------------------------------------------------------------------------------

TWO = points("one", "two")
NUMBERED = TWO.replace("ul>", "ol>")
LETTERED = '<ul class="labelled">\n<li>{} one</li>\n<li>{} two</li>\n</ul>'

LISTS = {
    "bullet and tab": ("•\tone\n•\ttwo", TWO),
    "bullet and blank": ("• one\n• two", TWO),
    "bullet alone": ("•one\n•two", TWO),
    "bullet and no-break space": ("•\u00a0one\n•\u00a0two", TWO),
    "bullet after blanks": ("  •\tone\n  •\ttwo", TWO),
    "bullet after a mark of direction": ("\u200f• one\n\u200f• two", TWO),
    "bullet of a symbol font": ("\uf0b7\tone\n\uf0b7\ttwo", TWO),
    "letter of a symbol font": ("o\tone\no\ttwo", TWO),
    "middle dot": ("·\tone\n·\ttwo", TWO),
    "en dash": ("– one\n– two", TWO),
    "em dash": ("— one\n— two", TWO),
    "hyphen and no-break space": ("-\u00a0one\n-\u00a0two", TWO),
    "asterisk and thin space": ("*\u202fone\n*\u202ftwo", TWO),
    "one hyphen with a no-break space": ("-\u00a0one", points("one")),
    "Arabic digits": ("١. one\n٢. two", NUMBERED),
    "Arabic digits in parenthesis": ("١) one\n٢) two", NUMBERED),
    "Arabic digits with a dash": ("١ - one\n٢ - two", NUMBERED),
    "digits with a dash": ("1- one\n2- two", NUMBERED),
    "Persian digits": ("۱. one\n۲. two", NUMBERED),
    "number and no-break space": ("1)\u00a0one\n2)\u00a0two", NUMBERED),
    "number in parenthesis": ("1) one\n2) two", NUMBERED),
    "letters": ("a) one\nb) two", LETTERED.format("a)", "b)")),
    "letters in parentheses": ("(a) one\n(b) two", LETTERED.format("(a)", "(b)")),
    "capitals with a point": ("A. one\nB. two", LETTERED.format("A.", "B.")),
    "Roman numbers": ("(i) one\n(ii) two", LETTERED.format("(i)", "(ii)")),
    "letters around i": ("h) one\ni) two", LETTERED.format("h)", "i)")),
    "Arabic letters": ("(أ) one\n(ب) two", LETTERED.format("(أ)", "(ب)")),
    "numbers in two parentheses": ("(1) one\n(2) two", LETTERED.format("(1)", "(2)")),
}


@pytest.mark.parametrize(("pasted", "shown"), LISTS.values(), ids=LISTS)
def test_pasted_list_is_a_list(pasted: str, shown: str) -> None:
    assert html(pasted) == shown
    assert html(f"Before:\n{pasted}") == f"<p>Before:</p>\n{shown}"
    assert html(f"{pasted}\n\nAfter.") == f"{shown}\n<p>After.</p>"
    assert doubtful_points(pasted) == []


@pytest.mark.parametrize(("pasted", "shown"), LISTS.values(), ids=LISTS)
def test_pasted_list_is_a_list_in_plain_text(pasted: str, shown: str) -> None:
    plain = to_plain(text(pasted))

    lines = plain.split("\n")
    assert [line.split(" ")[-1] for line in lines] == ["one", "two"][: len(lines)]
    assert plain.startswith(("• ", "1. ") if "labelled" not in shown else pasted[:2].strip())


def test_lists_stand_within_lists() -> None:
    word = as_markdown("•\ta\no\tb\no\tc\n•\td")
    united_nations = as_markdown("(a) a\n(i) b\n(ii) c\n(b) d\n(i) e\n(ii) f")
    numbered = as_markdown("1. a\n– b\n– c\n2. d")
    by_blanks = as_markdown("• a\n    • b\n• c")

    assert word == "- a\n  - b\n  - c\n- d"
    assert united_nations == "- (a) a\n  - (i) b\n  - (ii) c\n- (b) d\n  - (i) e\n  - (ii) f"
    assert numbered == "1. a\n   - b\n   - c\n2. d"
    assert by_blanks == "- a\n  - b\n- c"


def test_lines_that_go_on_and_empty_lines_stay_with_their_point() -> None:
    assert html("• one\ngoes on\n• two") == points("one\ngoes on", "two")
    assert html("• one\n\n• two") == points("\n<p>one</p>\n", "\n<p>two</p>\n")


@pytest.mark.parametrize(
    "value",
    [
        "- a\n- b\n  - c\n\n    more",
        "* a\n* b",
        "1. a\n2. b\n   1. c",
        "3) a",
        "Mr. Smith spoke\n– as he said – at noon.",
        "2024 - the year\nof the Summit",
        "A. Smith\nspoke",
        "(see below) one\n(see above) two",
        "Mr. A\nDr. B",
        "* * *",
        "– – –",
        "|a|b|\n|-|-|\n|– 1|2|",
        "[^1]: – one",
        "\\• one",
        "",
    ],
)
def test_what_is_no_pasted_list_is_left_alone(value: str) -> None:
    assert as_markdown(value) == value


# --- addresses ---------------------------------------------------------------------------------


def link(address: str, words: str) -> str:
    away = "" if address.startswith("mailto:") else ' rel="noopener noreferrer"'
    return f'<a href="{address}"{away}>{words}</a>'


SITE = "https://www.example.org"


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("[site](www.example.org)", link(SITE, "site")),
        ("[site](example.org/a?b=c)", link("https://example.org/a?b=c", "site")),
        ("[us](isu@example.org)", link("mailto:isu@example.org", "us")),
        ("[plan](plan.pdf)", '<a href="plan.pdf">plan</a>'),
        ("[here](/en/)", '<a href="/en/">here</a>'),
        ("[site]\n\n[site]: www.example.org", link(SITE, "site")),
        ("See www.example.org.", f"See {link(SITE, 'www.example.org')}."),
        (
            "(https://example.org/a_b)",
            f"({link('https://example.org/a_b', 'https://example.org/a_b')})",
        ),
        (
            "https://example.org/a_(b),",
            f"{link('https://example.org/a_(b)', 'https://example.org/a_(b)')},",
        ),
        ("https://www.example.org", link(SITE, SITE)),
        ("isu@example.org;", f"{link('mailto:isu@example.org', 'isu@example.org')};"),
        ("**www.example.org**", f"<strong>{link(SITE, 'www.example.org')}</strong>"),
        ("[www.example.org](https://a.org)", link("https://a.org", "www.example.org")),
        ("`www.example.org`", "<code>www.example.org</code>"),
        ("anti-personnel.mines, 10.30 and e.g. this", "anti-personnel.mines, 10.30 and e.g. this"),
        ("www.", "www."),
    ],
)
def test_address_is_a_link_to_where_it_was_meant(source: str, shown: str) -> None:
    assert html(source) == f"<p>{shown}</p>"


def test_address_in_arabic_is_a_link_that_runs_from_left_to_right() -> None:
    shown = html("انظر www.example.org/a، وشكرا", "ar")

    words = '<bdi dir="ltr">www.example.org/a</bdi>'
    assert shown == f"<p>انظر {link('https://www.example.org/a', words)}، وشكرا</p>"


def test_address_stands_once_in_plain_text() -> None:
    assert to_plain(text("See www.example.org or isu@example.org.")) == (
        "See www.example.org or isu@example.org."
    )
    assert to_plain(text("[site](www.example.org)")) == f"site ({SITE})"
    assert to_plain(text("انظر www.example.org", "ar")) == f"انظر {LRI}www.example.org{PDI}"


# --- bold --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("و**«نص»**", "و<strong>«نص»</strong>"),
        ("**«نص»**و", "<strong>«نص»</strong>و"),
        ("بـ**(نص)**،", "بـ<strong>(نص)</strong>،"),
        ("كتابٌ**«نص»**", "كتابٌ<strong>«نص»</strong>"),
        ("و*«نص»*", "و<em>«نص»</em>"),
        ("**Note:**text", "<strong>Note:</strong>text"),
        ("l’État**(a)**b", "l’État<strong>(a)</strong>b"),
        ("**a**b**c**", "<strong>a</strong>b<strong>c</strong>"),
        ("2*(3*4)", "2*(3*4)"),
        ("a ** b ** c", "a ** b ** c"),
        ("\\*\\*a\\*\\*", "**a**"),
    ],
)
def test_bold_touches_letters_and_signs(source: str, shown: str) -> None:
    assert html(source, "ar") == f"<p>{shown}</p>"


# --- tables ------------------------------------------------------------------------------------


def test_table_is_named_by_its_head_and_reached_by_keys() -> None:
    shown = html('|a & "b"|*c*|\n|-|-|\n|1|2|', "ar")

    assert (
        '<div class="table" role="region" tabindex="0" aria-label="a &amp; &quot;b&quot;، c">'
        in shown
    )
    assert shown.count('<th scope="col">') == 2


def test_table_without_words_in_its_head_has_no_name_and_is_no_place() -> None:
    assert html("|||\n|-|-|\n|1|2|").startswith('<div class="table"><table>')
