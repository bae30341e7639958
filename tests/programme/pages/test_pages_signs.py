"""Texts in another state than finished show it, where they stand and at the page's foot."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.utils import translation
from django.utils.translation import gettext

from programme.document.nodes import LANGUAGES, Delegation, Text, Texts, Wording
from programme.renderers.text_signs import (
    orders_of_lists,
    signs_of,
    signs_of_heading,
    text_states_of,
)
from tests.programme.builders import (
    CAMBODIA,
    CHAD,
    NONE,
    PERU,
    SECOND_DAY,
    day,
    document,
    in_english,
    intersessionals,
    item,
    named_list,
    panel,
    slot,
    small_meeting,
    speaker,
    version,
)
from tests.programme.html import HEADINGS, Page

if TYPE_CHECKING:
    from django.test import Client

    from tests.programme.conftest import Publish

MEETING = "meetings/2024-intersessional-meetings"
ENGLISH_IN_ARABIC = Text("Opening", "en", asked_for="ar")
FRENCH = Text("Ouverture", "fr", asked_for="fr")


def words(language: str, message: str) -> str:
    """A message as `Element.text` gives it: no-break spaces are spaces there."""
    with translation.override(language):
        return " ".join(gettext(message).split())


def signs_under(read: Page, id_: str) -> list[str]:
    """The signs in the element with an id."""
    (element,) = read.all(id=id_)
    return [one.text for one in read.all("span", class_="sign") if element in one.parents]


# --- which signs a text has ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "after", "kinds"),
    [
        pytest.param(FRENCH, None, [], id="at home"),
        pytest.param(ENGLISH_IN_ARABIC, None, ["fallback"], id="another language"),
        pytest.param(ENGLISH_IN_ARABIC, ENGLISH_IN_ARABIC, [], id="said just before"),
        pytest.param(
            Text("Apertura", "es", asked_for="ar"), ENGLISH_IN_ARABIC, ["fallback"], id="a third"
        ),
        pytest.param(ENGLISH_IN_ARABIC, Text("", "ar"), ["fallback"], id="after nothing"),
        pytest.param(
            Text("O", "en", "inferred", asked_for="en"), None, ["inferred"], id="inferred"
        ),
        pytest.param(
            Text("O", "en", "inferred", asked_for="ar"), None, ["fallback", "inferred"], id="both"
        ),
        pytest.param(Text("O", "fr", "machine", asked_for="fr"), None, ["machine"], id="machine"),
        pytest.param(Text("O", "fr", "unofficial", asked_for="fr"), None, [], id="unofficial"),
        pytest.param(Text("O", "fr", behind=True, asked_for="fr"), None, ["behind"], id="behind"),
        pytest.param(
            Text("O", "fr", behind=True, asked_for="es"), None, ["fallback"], id="behind elsewhere"
        ),
        pytest.param(Text("", "en", asked_for="ar"), None, [], id="empty"),
    ],
)
def test_a_text_has_the_signs_of_its_state(
    text: Text, after: Text | None, kinds: list[str]
) -> None:
    assert [sign.kind for sign in signs_of(text, after)] == kinds


@pytest.mark.parametrize(
    ("number_is", "title_is", "says"),
    [
        ("official", "official", []),
        ("inferred", "official", ["number inferred"]),
        ("official", "inferred", ["title inferred"]),
        ("inferred", "inferred", ["number and title inferred"]),
    ],
)
def test_a_heading_says_what_of_it_is_inferred(
    number_is: str, title_is: str, says: list[str]
) -> None:
    written = item(1, title=Texts.of(title_is, en="Opening"), number_is=number_is)
    (read,) = in_english(document(written)).items()

    assert [str(sign.words) for sign in signs_of_heading(read)] == says


def test_a_panel_says_that_its_title_is_inferred() -> None:
    theme = panel("theme", title=Texts.of("inferred", en="A theme"))

    (read,) = in_english(document(panels=[theme])).panels

    assert [str(sign.words) for sign in signs_of_heading(read)] == ["title inferred"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_inferred_number_or_title_has_one_dagger_and_no_words_to_see(
    client: Client, publish: Publish, language: str
) -> None:
    theme = panel("theme", title=Texts.of("inferred", en="A theme"))
    untitled = item(2, title=NONE, number_is="inferred")
    written = document(
        item(1, title=Texts.of("inferred", en="Opening"), number_is="inferred"),
        untitled,
        item(3, title="Clearance"),
        timetable=[day(SECOND_DAY, slot(theme))],
        panels=[theme],
        slug="inferred",
    )
    publish(version(written))
    nodes = written.in_language(language)
    signs = [
        *(sign for one in nodes.items() for sign in signs_of_heading(one)),
        *(sign for one in nodes.panels for sign in signs_of_heading(one)),
    ]
    inferred = [sign for sign in signs if sign.kind == "inferred"]

    read = Page(client.get(f"/{language}/meetings/inferred/").content.decode())

    headings = [one for one in read.elements if one.tag in HEADINGS]
    marks = read.all("span", class_="dagger")
    assert len([one for one in marks if any(two in headings for two in one.parents)]) == len(marks)
    assert len(marks) == len(inferred) == 3
    assert {one.text[0] for one in marks} == {"†"}
    (foot,) = read.all("section", class_="states")
    assert foot.text.count("†") == 1


def test_the_states_of_a_page_are_those_of_its_texts() -> None:
    programme = in_english(intersessionals())
    opening, article_5 = programme.item("1"), programme.item("3")

    assert text_states_of(opening).inferred
    assert text_states_of(article_5).inferred
    assert not text_states_of(programme.item("6")).inferred
    assert not text_states_of(programme).fallback
    assert text_states_of(intersessionals().in_language("fr")).fallback


def test_names_of_delegations_are_no_wording_of_a_programme() -> None:
    programme = document(
        item(1, lists=[named_list(CHAD, invitation=Texts.of(ar="x"))]), name=Texts.of(ar="x")
    )

    assert not text_states_of(programme.in_language("ar").agenda).fallback


@pytest.mark.parametrize(
    ("order", "delegations", "is_so"),
    [
        ("alphabetical", (CHAD, PERU), True),
        ("as_called", (CHAD, PERU), False),
        ("alphabetical", (CHAD,), False),
    ],
)
def test_one_name_or_a_called_order_cannot_be_taken_for_another(
    order: str, delegations: tuple[Delegation[Texts], ...], *, is_so: bool
) -> None:
    written = item(1, lists=[named_list(*delegations, order=order)])

    assert ("alphabetical" in orders_of_lists(in_english(document(written)))) is is_so


def test_a_page_with_both_orders_says_so_only_of_the_one(publish: Publish, client: Client) -> None:
    both = [named_list(CHAD, PERU), named_list(PERU, CHAD, order="as_called")]
    publish(version(document(item(3, lists=both), item(4, lists=both[:1]))))

    told = {
        label: Page(client.get(f"/en/{MEETING}/items/{label}/").content.decode()).text
        for label in (3, 4)
    }

    assert "Unless stated otherwise, delegations named" in told[3]
    assert "Delegations named in a list stand in alphabetical order" in told[4]
    assert "Delegations named in a list stand" not in told[3]


# --- how a page shows them -------------------------------------------------------------------


@pytest.mark.parametrize("language", ["fr", "es", "ar"])
def test_a_text_without_translation_stands_in_english_and_says_so_once(
    client: Client, publish: Publish, language: str
) -> None:
    publish(small_meeting())

    read = Page(client.get(f"/{language}/{MEETING}/").content.decode())

    text = next(
        one for one in read.all("p") if one.text == "The Committee will present its activities."
    )
    assert text.language == "en"
    assert text.parents[-1].attributes["dir"] == "ltr"
    says = words(language, "in English")
    assert signs_under(read, "item-6a") == [says]
    assert signs_under(read, "item-7a") == [says]


@pytest.mark.parametrize("language", ["fr", "es", "ar"])
def test_a_translated_title_has_no_sign_but_its_english_text_has(
    client: Client, publish: Publish, language: str
) -> None:
    publish(small_meeting())

    read = Page(client.get(f"/{language}/{MEETING}/").content.decode())

    (heading,) = read.all(id="item-3-heading")
    assert heading.language == language
    (section,) = read.all(id="item-3")
    first_sign = next(one for one in read.all("p", class_="signs") if section in one.parents)
    assert first_sign.parents[-1] is section
    assert first_sign.text == words(language, "in English")


def test_a_page_in_its_own_language_marks_nothing(client: Client, publish: Publish) -> None:
    publish(version(document(item(1, title="Opening", text="Words."))))

    read = Page(client.get(f"/en/{MEETING}/").content.decode())

    main = read.one("main")
    assert not read.all("span", class_="sign")
    assert not read.all("section", class_="states")
    marked = [one for one in read.elements if main in one.parents and "lang" in one.attributes]
    assert {one.text for one in marked} == {"Français", "Español", "العربية"}  # the second language


def test_text_of_each_state_shows_it_and_the_foot_explains(
    client: Client, publish: Publish
) -> None:
    behind = Wording("Débat", "unofficial", behind=True)
    title = Texts({"en": Wording("Debate"), "fr": behind})
    machine = Texts.of("machine", fr="Texte.")
    publish(version(document(item(1, title=title), item(2, title="Other", text=machine))))

    read = Page(client.get(f"/fr/{MEETING}/").content.decode())

    assert signs_under(read, "item-1") == [words("fr", "the English has changed since")]
    assert signs_under(read, "item-2") == [
        words("fr", "in English"),
        words("fr", "machine translation"),
    ]
    (foot,) = read.all("section", class_="states")
    for sentence in (
        "Translations on this page are unofficial.",
        "Texts marked “machine translation” have not been read by a translator.",
        "Texts marked with another language have not been translated yet.",
    ):
        assert words("fr", sentence) in foot.text


def test_inferred_is_explained_where_something_is(client: Client, publish: Publish) -> None:
    publish(small_meeting())
    says = "What is marked with † or as inferred does not stand in the published programme"

    opening = Page(client.get(f"/en/{MEETING}/items/1/").content.decode())
    president = Page(client.get(f"/en/{MEETING}/items/6/").content.decode())

    (heading,) = opening.all("h1")
    (mark,) = opening.all("span", class_="dagger")
    assert heading in mark.parents
    assert mark.text == "† (number and title inferred)"
    assert [one.text for one in opening.all("span", class_="sign")] == []
    assert says in opening.text
    assert says not in president.text


def test_a_name_in_another_language_carries_it(client: Client, publish: Publish) -> None:
    publish(small_meeting())

    read = Page(client.get("/ar/").content.decode())

    (link,) = [
        one for one in read.all("a") if one.parents[-1].attributes.get("id") == "first-meeting"
    ]
    (name,) = [one for one in read.all("span") if link in one.parents]
    assert (name.attributes["lang"], name.attributes["dir"]) == ("en", "ltr")


def test_a_speaker_in_two_languages_keeps_each_in_its_own_direction(
    client: Client, publish: Publish
) -> None:
    opens = speaker("opens", person="H.E. Dr. Ly Thuch", of=CAMBODIA)
    publish(version(document(item(1, title="Opening", presenters=[opens]))))

    read = Page(client.get(f"/ar/{MEETING}/").content.decode())

    (speakers,) = read.all("ul", class_="speakers")
    assert "H.E. Dr. Ly Thuch، كمبوديا" in speakers.text
    (person,) = [one for one in read.all("span") if one.text == "H.E. Dr. Ly Thuch"]
    assert (person.attributes["lang"], person.attributes["dir"]) == ("en", "ltr")
