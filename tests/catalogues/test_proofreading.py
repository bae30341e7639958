"""What is refused in a translation, and what a translator may do."""

from __future__ import annotations

import polib
import pytest

from catalogues.proofreading import Counting, faults_in, plural_forms

FRENCH = Counting.of("nplurals=2; plural=(n > 1);")
ARABIC = Counting.of(plural_forms("ar"))


def faults(english: str, text: str) -> list[str]:
    return list(faults_in(polib.POEntry(msgid=english, msgstr=text), FRENCH))


@pytest.mark.parametrize(
    ("english", "text"),
    [
        pytest.param("Room", "Salle", id="words"),
        pytest.param("Room", "", id="not translated yet"),
        pytest.param("%(a)s of %(b)s", "%(b)s : %(a)s", id="in another order"),
        pytest.param("%(a)s", "100 %% de %(a)s, %(a)s", id="percent of a filled text"),
        pytest.param("50 %% of it", "50 %% de cela", id="percent as in English"),
        pytest.param("{name} up", "Monter {name}", id="braces"),
        pytest.param("less", "< & >", id="signs that are no markup"),
        pytest.param("<b>%(a)s</b> x", "x <b>%(a)s</b>", id="markup of the English"),
        pytest.param("a", "b\n\tc\u200f\u00a0d", id="line break, tab, direction, no-break"),
    ],
)
def test_sound_translation(english: str, text: str) -> None:
    assert faults(english, text) == []


@pytest.mark.parametrize(
    ("english", "text", "said"),
    [
        pytest.param("All", "100 % de tous", "a % where the English has none", id="percent"),
        pytest.param("%(a)s", "100 % de %(a)s", "a lone %", id="percent that is filled"),
        pytest.param("%(a)s", "%s", "%(a)s is missing", id="no name"),
        pytest.param("%(a)s", "%(a)d", "the English has no %(a)d", id="another kind"),
        pytest.param("%(a)s", "% (a)s", "%(a)s is missing", id="a blank within"),
        pytest.param("%(a)s", "rien", "%(a)s is missing", id="lost"),
        pytest.param("%(a)s", "%(a)s %(b)s", "the English has no %(b)s", id="invented"),
        pytest.param("%(a)s", "%(nom)s", "the English has no %(nom)s", id="translated"),
        pytest.param("{a}", "{b}", "the English has no {b}", id="brace translated"),
        pytest.param("{a}", "{a!r}", "the English has no {a!r}", id="brace converted"),
        pytest.param("{a}", "{a", "a lone { or }", id="brace open"),
        pytest.param("{a}", "{a.__class__}", "the English has no", id="brace that reaches in"),
        pytest.param("All", "Tous }", "a lone { or }", id="brace from nowhere"),
        pytest.param("All", "<script>alert(1)</script>", "its markup", id="script"),
        pytest.param("All", "<IMG src=x onerror=alert(1)", "its markup", id="picture left open"),
        pytest.param("<b>a</b>", "<b onclick=x>a</b>", "its markup", id="handler"),
        pytest.param("<b>a</b>", "<b>a</i>", "its markup", id="other end"),
        pytest.param("<b>a</b>", "a", "its markup", id="markup lost"),
        pytest.param("All", "Tous\x0b", "U+000B", id="control"),
        pytest.param("All", "Tous\ufffe", "U+FFFE", id="no character"),
    ],
)
def test_broken_translation(english: str, text: str, said: str) -> None:
    found = faults(english, text)

    assert found
    assert said in found[0]


def plural(**forms: str) -> polib.POEntry:
    return polib.POEntry(
        msgid="%(n)s State in %(place)s",
        msgid_plural="%(n)s States in %(place)s",
        msgstr_plural={int(name[1:]): text for name, text in forms.items()},
    )


def test_only_a_form_of_one_number_may_leave_the_number_out() -> None:
    full = dict.fromkeys(("_3", "_4", "_5"), "%(n)s %(place)s")
    silent = dict.fromkeys(("_0", "_1", "_2"), "%(place)s")

    assert list(faults_in(plural(**full, **silent), ARABIC)) == []
    assert list(faults_in(plural(**full | {"_3": "%(place)s"}, **silent), ARABIC)) == [
        "form 3: %(n)s is missing"
    ]
    assert list(faults_in(plural(**full, **silent | {"_1": "-"}), ARABIC)) == [
        "form 1: %(n)s, %(place)s is missing"
    ]


@pytest.mark.parametrize(
    ("forms", "filled"),
    [
        ({"_0": "%(n)s %(place)s"}, 1),
        ({"_0": "%(n)s %(place)s", "_1": ""}, 1),
        ({"_0": "%(n)s %(place)s", "_1": "%(n)s %(place)s", "_2": "%(n)s %(place)s"}, 3),
    ],
)
def test_too_few_or_too_many_forms(forms: dict[str, str], filled: int) -> None:
    assert list(faults_in(plural(**forms), FRENCH)) == [
        f"{filled} of its plural forms are filled; the language has 2"
    ]


def test_plural_that_is_not_translated_yet_is_no_fault() -> None:
    assert list(faults_in(plural(_0="", _1=""), FRENCH)) == []


@pytest.mark.parametrize(
    ("rule", "is_like"),
    [
        ("nplurals=2; plural=n>1", True),
        ("nplurals=2; plural=(n != 0 && n != 1);", True),
        ("nplurals=2; plural=(n != 1);", False),
        ("nplurals=3; plural=(n > 1);", False),
        ("nplurals=2; plural=0;", False),
        ("nplurals=2; plural=(n % (n - n));", False),
    ],
)
def test_rules_are_compared_by_what_they_count(rule: str, *, is_like: bool) -> None:
    assert Counting.of(rule).is_like(FRENCH) is is_like


@pytest.mark.parametrize("rule", ["", "nplurals=INTEGER; plural=EXPRESSION;", "nplurals=2;"])
def test_header_without_a_rule(rule: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        Counting.of(rule)
