"""Markdown of texts: what a page shows, what plain text shows, and what neither lets through."""

from __future__ import annotations

import pytest
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from programme.document.nodes import Text
from programme.renderers.markdown import inline_html, to_html
from programme.renderers.markdown_plain import inline_plain, to_plain

LRI, PDI = "\u2066", "\u2069"
NO_NOTES = Text("", "en", asked_for="en")


def text(value: str, language: str = "en", asked_for: str = "") -> Text:
    return Text(value, language, asked_for=asked_for or language)


def html(value: str, language: str = "en") -> str:
    return to_html(text(value, language), NO_NOTES, "item-3").strip()


# --- pages -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        pytest.param("One.\n\nTwo.", "<p>One.</p>\n<p>Two.</p>", id="paragraphs"),
        pytest.param("**a** *b*", "<p><strong>a</strong> <em>b</em></p>", id="emphasis"),
        pytest.param("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>", id="bullets"),
        pytest.param("3. a\n4. b", '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>', id="numbers"),
        pytest.param(
            "# Title\n\n### Deep\n\nText.",
            "<p><strong>Title</strong></p>\n<p><strong>Deep</strong></p>\n<p>Text.</p>",
            id="headings-leave-the-outline-alone",
        ),
        pytest.param("    indented", "<p>indented</p>", id="indented-text-is-no-code"),
        pytest.param(
            "|a|b|\n|:-|-:|\n|1|2|",
            '<div class="table" role="region" tabindex="0" aria-label="a, b"><table>\n'
            "<thead>\n<tr>\n"
            '<th scope="col">a</th>\n<th scope="col">b</th>\n</tr>\n</thead>\n'
            "<tbody>\n<tr>\n<td>1</td>\n<td>2</td>\n</tr>\n</tbody>\n</table></div>",
            id="tables-that-can-be-moved-within-their-place",
        ),
        pytest.param(
            "[us](https://example.org)",
            '<p><a href="https://example.org" rel="noopener noreferrer">us</a></p>',
            id="external-link",
        ),
        pytest.param(
            "[us](//example.org)",
            '<p><a href="//example.org" rel="noopener noreferrer">us</a></p>',
            id="external-link-without-scheme",
        ),
        pytest.param("[here](/en/)", '<p><a href="/en/">here</a></p>', id="link-within"),
        pytest.param(
            "[us](mailto:isu@example.org)",
            '<p><a href="mailto:isu@example.org">us</a></p>',
            id="mail",
        ),
        pytest.param("![a *map*](https://example.org/a.png)", "<p>a map</p>", id="picture"),
    ],
)
def test_markdown_becomes_html(source: str, shown: str) -> None:
    assert html(source) == shown


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        pytest.param(
            "<script>alert(1)</script>",
            "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>",
            id="script",
        ),
        pytest.param(
            'a <b onclick="x()">b</b>', '<p>a &lt;b onclick="x()"&gt;b&lt;/b&gt;</p>', id="handler"
        ),
        pytest.param("<!-- a -->", "<p>&lt;!-- a --&gt;</p>", id="comment"),
        pytest.param(
            "[a](javascript:alert(1))", "<p>[a](javascript:alert(1))</p>", id="javascript"
        ),
        pytest.param(
            "[a](JaVaScRiPt&colon;alert(1))",
            "<p>[a](JaVaScRiPt:alert(1))</p>",
            id="javascript-in-disguise",
        ),
        pytest.param(
            "[a](data:text/html,x)", "<p>[a](data:text/html,x)</p>", id="data-is-no-address"
        ),
        pytest.param("[a](ftp://example.org)", "<p><a>a</a></p>", id="other-schemes"),
        pytest.param('[a](/ "title")', '<p><a href="/">a</a></p>', id="attributes-not-listed"),
    ],
)
def test_nothing_but_markdown_gets_through(source: str, shown: str) -> None:
    assert html(source) == shown


def test_html_is_safe_to_print_in_a_template() -> None:
    assert isinstance(to_html(text("a"), NO_NOTES, "x"), SafeString)
    assert isinstance(inline_html(text("a")), SafeString)


def test_codes_in_arabic_are_kept_from_left_to_right() -> None:
    shown = html('الهاتف +41 22 730 93 50، الوثيقة "APLC/MSP.21/2023/1".', "ar")

    assert shown == (
        '<p>الهاتف <bdi dir="ltr">+41 22 730 93 50</bdi>، '
        'الوثيقة "<bdi dir="ltr">APLC/MSP.21/2023/1</bdi>".</p>'
    )


def test_codes_in_other_languages_are_left_alone() -> None:
    assert html("Tél. +41 22 730 93 50", "fr") == "<p>Tél. +41 22 730 93 50</p>"


# --- footnotes on pages ------------------------------------------------------------------


def test_notes_that_hold_none_make_no_section() -> None:
    shown = to_html(text("One."), text("A word beside the notes."), "item-3")

    assert "<section" not in shown
    assert "<ul" not in shown
    assert "<p>A word beside the notes.</p>" in shown


def test_a_note_stands_beneath_its_text_and_leads_back() -> None:
    shown = to_html(text("Commitments[^7] now."), text("[^7]: A *note*."), "item-2")

    assert shown == (
        '<p>Commitments<sup class="footnote-ref"><a href="#fn-item-2-1" id="fnref-item-2-1" '
        'role="doc-noteref">7</a></sup> now.</p>\n'
        '<section class="footnotes">\n<ul class="footnotes-list">\n'
        '<li id="fn-item-2-1" class="footnote-item"><p><span class="footnote-mark">7</span> '
        'A <em>note</em>. <a href="#fnref-item-2-1" class="footnote-backref" '
        'role="doc-backlink" aria-label="Back to mark 7 in the text">↑</a></p></li>\n'
        "</ul>\n</section>\n"
    )


def marks(shown: str) -> list[str]:
    return [part.partition("</a>")[0] for part in shown.split('role="doc-noteref">')[1:]]


def test_marks_are_printed_as_written() -> None:
    shown = to_html(text("a[^*] b[^7] c[^*]"), text("[^*]: One.\n[^7]: Two."), "x")

    assert marks(shown) == ["*", "7", "*"]
    assert shown.count('<span class="footnote-mark">*</span>') == 1
    assert shown.count('<span class="footnote-mark">7</span>') == 1


def test_each_use_of_a_mark_has_an_id_and_a_way_back() -> None:
    shown = to_html(text("a[^1] b[^1]"), text("[^1]: Note."), "x")

    assert shown.count('id="fnref-x-1"') == shown.count('href="#fnref-x-1"') == 1
    assert shown.count('id="fnref-x-1-2"') == shown.count('href="#fnref-x-1-2"') == 1


def test_a_mark_without_a_note_stays_and_leads_nowhere() -> None:
    assert html("Commitments[^1] now.") == (
        '<p>Commitments<sup class="footnote-ref">1</sup> now.</p>'
    )


def test_a_note_whose_mark_stands_elsewhere_is_printed() -> None:
    notes = text("[^1]: Of the title.")

    title = inline_html(text("Title[^1]"), notes, "item-2")
    below = to_html(text("Text."), notes, "item-2")

    assert title == (
        'Title<sup class="footnote-ref"><a href="#fn-item-2-1" role="doc-noteref">1</a></sup>'
    )
    assert '<li id="fn-item-2-1" class="footnote-item">' in below
    assert "footnote-backref" not in below


def test_a_title_without_its_notes_shows_plain_marks() -> None:
    assert inline_html(text("A *b* <i>[^1]")) == (
        'A <em>b</em> &lt;i&gt;<sup class="footnote-ref">1</sup>'
    )


def test_an_inferred_note_has_a_class_of_its_own() -> None:
    notes = Text("[^1]: Editorial note.", "en", provenance="inferred", asked_for="en")

    shown = to_html(text("a[^1]"), notes, "x")

    assert '<li id="fn-x-1" class="footnote-item inferred">' in shown


def test_notes_in_another_language_than_their_text_say_so() -> None:
    with translation.override("fr"):
        shown = to_html(text("Engagements[^1]", "fr"), text("[^1]: A note.", "en", "fr"), "x")
        label = gettext("Back to mark %(mark)s in the text") % {"mark": "1"}

    assert '<section class="footnotes" lang="en" dir="ltr">' in shown
    assert f'aria-label="{label}" lang="fr" dir="ltr">' in shown


def test_ids_begin_with_the_document_id() -> None:
    first = to_html(text("a[^1]"), text("[^1]: n"), "item-2")
    second = to_html(text("a[^1]"), text("[^1]: n"), "item-3")

    assert 'id="fn-item-2-1"' in first
    assert 'id="fn-item-3-1"' in second
    assert "item-2" not in second


def test_an_open_end_in_a_text_does_not_swallow_its_notes() -> None:
    shown = to_html(text("```\ncode[^1]"), text("[^1]: Note."), "x")

    assert '<span class="footnote-mark">1</span> Note.' in shown


def test_notes_defined_in_the_text_itself_stand_beneath_it_too() -> None:
    shown = to_html(text("a[^1]\n\n[^1]: Note.\n"), NO_NOTES, "x")

    assert shown.startswith('<p>a<sup class="footnote-ref"><a href="#fn-x-1"')
    assert '<span class="footnote-mark">1</span> Note.' in shown


# --- plain text --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "plain"),
    [
        pytest.param("One\nline.\n\nTwo.", "One line.\n\nTwo.", id="paragraphs"),
        pytest.param("One  \ntwo", "One\ntwo", id="line-break"),
        pytest.param("# Head\n\n**a** *b* `c`", "Head\n\na b c", id="no-signs-left"),
        pytest.param("- a\n- b\n  - c", "• a\n• b\n  • c", id="bullets"),
        pytest.param("- a\n\n  b\n- c", "• a\n  b\n• c", id="bullet-of-two-paragraphs"),
        pytest.param("3. a\n4. b", "3. a\n4. b", id="numbers"),
        pytest.param("> a\n>\n> b", "a\n\nb", id="quotation"),
        pytest.param("|a|b|\n|-|-|\n|1|2|", "a | b\n1 | 2", id="table"),
        pytest.param("a\n\n---\n\nb", "a\n\n* * *\n\nb", id="rule"),
        pytest.param("[us](https://example.org)", "us (https://example.org)", id="link"),
        pytest.param("<isu@example.org>", "isu@example.org", id="mail"),
        pytest.param("![a map](/a.png)", "a map", id="picture"),
        pytest.param("a <b> & c", "a <b> & c", id="signs-of-html"),
        pytest.param("", "", id="empty"),
    ],
)
def test_markdown_becomes_plain_text(source: str, plain: str) -> None:
    assert to_plain(text(source)) == plain


def test_plain_marks_stand_right_after_their_word_and_notes_at_the_end() -> None:
    plain = to_plain(
        text("Commitments[^*] now.\n\nThen[^7]."), text("[^*]: One\n    line.\n[^7]: Two.")
    )

    assert plain == "Commitments[*] now.\n\nThen[7].\n\n[*] One line.\n\n[7] Two."


def test_a_plain_mark_without_a_note_stays() -> None:
    assert to_plain(text("Commitments[^1] now.")) == "Commitments[1] now."


def test_plain_arabic_has_its_numbers_and_codes_in_order() -> None:
    plain = to_plain(text("1. الوثيقة APLC/MSP.21/2023/1\n2. [الموقع](https://example.org)", "ar"))

    assert plain == (
        f"1 - الوثيقة {LRI}APLC/MSP.21/2023/1{PDI}\n2 - الموقع ({LRI}https://example.org{PDI})"
    )


def test_a_title_is_one_plain_line() -> None:
    assert inline_plain(text("A *b*[^1]  \nc")) == "A b[1] c"
    assert inline_plain(text("1. Opening")) == "1. Opening"
