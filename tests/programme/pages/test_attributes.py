"""What programs and ears are told: days, heads of columns, where one is, languages and directions.

Every public page is read, in every language, by the table of addresses.
"""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest

from programme.document.nodes import Text, Texts
from programme.language.bidi import direction
from programme.language.dates import format_date, format_day_in_short
from programme.renderers.markdown_plain import to_plain
from tests.browser.places import every_state, nothing, postponed, revised_and_reissued
from tests.everywhere import LANGUAGES, public_pages
from tests.programme.builders import document, intersessionals, item, version
from tests.programme.html import Element, Page

if TYPE_CHECKING:
    from django.test import Client

    from programme.shelf.edition import Version
    from tests.programme.conftest import Publish

HOUR = re.compile(r"\d\d:\d\d")

SIGNS = "نص **«أ & ب < ج»** و`x` <b>"
"""Arabic with signs of HTML, beside the English that has them too."""


class Read(Page):
    """A page with its address, and each piece of text with the element that it stands in."""

    def __init__(self, address: str, html: str) -> None:
        self.address = address
        self.pieces: list[tuple[str, Element]] = []
        super().__init__(html)

    @property
    def languages(self) -> list[str]:
        """The page's own language, then the one beside it."""
        url = urlsplit(self.address)
        return [url.path.split("/")[1], *parse_qs(url.query).get("with", [])]

    def handle_data(self, data: str) -> None:
        super().handle_data(data)
        # No part of a title, as a window shows it, can say its language.
        if self._open and data.strip() and self._open[-1].tag != "title":
            self.pieces.append((" ".join(data.split()), self._open[-1]))


def direction_of(element: Element) -> str:
    chain = (element, *reversed(element.parents))
    return next((one.attributes["dir"] for one in chain if "dir" in one.attributes), "")


# --- what a page has to hold; each gives its faults ----------------------------------------------


def faults_of_days(page: Read) -> Iterator[str]:
    """A <time> tells programs the day that it shows, and the hour where it shows one."""
    for one in page.all("time"):
        given = one.attributes.get("datetime", "")
        day, _, hour = given.partition("T")
        try:
            at = date.fromisoformat(day)
        except ValueError:
            yield f"no day: {given!r} for {one.text}"
            continue
        known = (form(at, page.languages[0]) for form in (format_date, format_day_in_short))
        if not any(" ".join(shown.split()) in one.text for shown in known):
            yield f"{given} for {one.text}"
        if HOUR.findall(one.text) != ([hour] if hour else []):
            yield f"{given} for {one.text}"


def faults_of_heads(page: Read) -> Iterator[str]:
    """A head of a table says of what it is the head."""
    for one in page.all("th"):
        if one.attributes.get("scope") not in {"col", "row"}:
            yield f"no scope: {one.text}"


def faults_of_places(page: Read) -> Iterator[str]:
    """Of several links to the page's own versions, the one that is shown is said to be."""
    languages = page.languages
    for nav in page.all("nav"):
        links = [one for one in page.all("a") if nav in one.parents]
        marked = [one for one in links if one.attributes.get("aria-current")]
        here = [one for one in links if one.attributes["href"] == page.address]
        if any(one not in marked for one in here):
            yield f"not told where one is: {[one.text for one in here]}"
        if len(marked) > 1:
            yield f"told to be in several places: {[one.text for one in marked]}"
        if "languages" in nav.attributes.get("class", ""):
            told = [one.attributes.get("lang") for one in marked]
            if told != languages[:1]:
                yield f"in {languages[:1]}, told to be in {told}"
    beside = [
        one.attributes.get("lang")
        for one in page.all("a", aria_current="true")
        if one.attributes.get("hreflang") is None
    ]
    if page.all("nav", class_="beside") and beside != languages[1:]:
        yield f"beside {languages[1:]}, told {beside}"


def faults_of_languages(page: Read) -> Iterator[str]:
    """Whoever changes the language says the direction, and no Arabic stands outside of Arabic."""
    for one in page.elements:
        language = one.attributes.get("lang")
        above = one.parents[-1].language if one.parents else ""
        is_new = language and language != above and one.text
        if is_new and one.attributes.get("dir") != direction(language or ""):
            yield f"no direction: {one.tag} {one.attributes} {one.text[:30]}"
    for text, element in page.pieces:
        is_arabic = any(unicodedata.bidirectional(one) == "AL" for one in text)
        if is_arabic and (element.language != "ar" or direction_of(element) != "rtl"):
            yield f"Arabic in {element.language or 'no language'}: {text[:30]}"


def faults_of_texts(page: Read, texts: set[tuple[str, str]]) -> Iterator[str]:
    """A text of the programme stands in its own language; `texts` are words with theirs."""
    for text, element in page.pieces:
        known = {language for words, language in texts if words in text}
        if known and element.language not in known:
            yield f"{sorted(known)} told to be {element.language}: {text[:40]}"


# --- every page ----------------------------------------------------------------------------------


@pytest.fixture
def versions(publish: Publish) -> list[Version]:
    table = "|أ & ب|ج|\n|-|-|\n|1|2|"
    signs = Texts.of(en="Text **“a & b < c”** and `x` <b>", ar=f"{SIGNS}\n\n{table}")
    made = [
        version(intersessionals()),
        version(intersessionals(), 2, "Rev.1"),
        version(
            document(item(1, title=signs, text=signs), slug="signs", name=Texts.of(en="Signs"))
        ),
        every_state(),
        nothing(),
        postponed(),
        *revised_and_reissued(),
    ]
    publish(*made)
    return made


def pages(client: Client, versions: list[Version], language: str) -> Iterator[Read]:
    for address in public_pages(versions, language):
        answer = client.get(address)
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            yield Read(address, answer.content.decode())


def told_texts(versions: list[Version]) -> set[tuple[str, str]]:
    """Texts that only one language has, so that words are enough to know it by."""
    found: dict[str, set[str]] = {}
    for one in versions:
        for texts in _texts_in(one.edition().document):
            for language, wording in texts.wordings.items():
                plain = to_plain(Text(wording.value, language, asked_for=language))
                found.setdefault(plain.split("\n")[0], set()).add(language)
    return {
        (words, next(iter(languages)))
        for words, languages in found.items()
        if len(words) > LONG_ENOUGH and len(languages) == 1
    }


LONG_ENOUGH = 12
"""Characters by which a text is known; "Chad" is a word of two languages."""


def _texts_in(node: Any) -> Iterator[Texts]:
    if isinstance(node, Texts):
        yield node
    elif isinstance(node, tuple | list):
        for one in node:
            yield from _texts_in(one)
    elif dataclasses.is_dataclass(node):
        for one in dataclasses.fields(node):
            yield from _texts_in(getattr(node, one.name))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_tells_programs_and_ears(
    client: Client, versions: list[Version], language: str
) -> None:
    texts = told_texts(versions)
    seen = dict.fromkeys(("time", "th", "nav", "a"), 0)

    for page in pages(client, versions, language):
        faults = [
            *faults_of_days(page),
            *faults_of_heads(page),
            *faults_of_places(page),
            *faults_of_languages(page),
            *faults_of_texts(page, texts),
        ]
        assert faults == [], page.address
        for tag in seen:
            seen[tag] += len(page.all(tag))

    assert all(seen.values()), seen  # each rule had something to judge


@pytest.mark.parametrize(
    ("rule", "html", "planted"),
    [
        (
            faults_of_days,
            '<time datetime="2024-06-18">Tuesday, 18 June 2024</time>',
            ("-18", "-19"),
        ),
        (faults_of_days, '<time datetime="2024-06-18">Tuesday, 18 June 2024</time>', ("06-18", "")),
        (faults_of_heads, '<table><tr><th scope="col">a</th></tr></table>', (' scope="col"', "")),
        (
            faults_of_places,
            '<nav class="languages"><a href="/en/" lang="en" aria-current="true">E</a></nav>',
            (' aria-current="true"', ""),
        ),
        (
            faults_of_places,
            '<nav class="languages"><a href="/en/" lang="en" aria-current="true">E</a></nav>',
            ("</nav>", '<a href="/fr/" lang="fr" aria-current="true">F</a></nav>'),
        ),
        (
            faults_of_places,
            '<nav class="places"><a href="/en/" aria-current="page">E</a></nav>',
            (' aria-current="page"', ""),
        ),
        (faults_of_languages, '<p lang="ar" dir="rtl">نص</p>', (' dir="rtl"', "")),
        (faults_of_languages, '<p lang="ar" dir="rtl">نص</p>', (' lang="ar"', "")),
    ],
)
def test_rule_finds_its_fault(rule: Any, html: str, planted: tuple[str, str]) -> None:
    sound = f'<html lang="en" dir="ltr"><body>{html}</body></html>'

    assert list(rule(Read("/en/", sound))) == []
    assert list(rule(Read("/en/", sound.replace(*planted)))) != []


def test_arabic_with_signs_of_html_is_text(client: Client, versions: list[Version]) -> None:
    html = client.get("/ar/meetings/signs/items/1/").content.decode()

    assert versions
    assert "نص <strong>«أ &amp; ب &lt; ج»</strong> و<code>x</code> &lt;b&gt;" in html
    assert re.search(r'<div class="table"[^>]* aria-label="أ &amp; ب، ج"', html)
    assert Page(html).all("b") == []
