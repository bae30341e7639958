"""Feeds are valid Atom (RFC 4287), say what changed, and say nothing new of a reissue."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from programme.document.nodes import Texts
from tests.programme.builders import CHAD, INDIA, PERU, document, item, named_list, versions_in_turn
from tests.programme.changes.test_pages_changes import STEPS
from tests.programme.html import Page

if TYPE_CHECKING:
    from pytest_django import Settings

    from programme.shelf.edition import Version
    from tests.programme.conftest import Publish

ATOM = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
SITE = "https://programme.example.org"
PUBLISHER = {
    "en": "Implementation Support Unit of the Anti-Personnel Mine Ban Convention",
    "fr": (
        "Unité d’appui à l’application de la Convention sur l’interdiction des mines antipersonnel"
    ),
    "es": (
        "Dependencia de Apoyo para la Aplicación de la Convención sobre la Prohibición de Minas "
        "Antipersonal"
    ),
    "ar": "وحدة دعم تنفيذ اتفاقية حظر الألغام المضادة للأفراد",
}
FEED = "meetings/2024-intersessional-meetings/feed.atom"
CHADS = "delegations/tcd/feed.atom"

every_feed = pytest.mark.parametrize("path", [FEED, CHADS], ids=["meeting", "delegation"])
every_language = pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])


@pytest.fixture(autouse=True)
def _three_versions(publish: Publish, settings: Settings) -> None:
    settings.SITE_URL = SITE
    publish(*versions_in_turn(*STEPS))


def feed(path: str) -> ET.Element:
    response = Client().get(f"/{path}")
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert not response.cookies
    return ET.fromstring(response.content)  # noqa: S314 -- the document is our own


def entries(read: ET.Element) -> dict[str, str]:
    """Titles with the text of their contents."""
    return {value(one, "title"): Page(value(one, "content")).one("div").text for one in of(read)}


def of(read: ET.Element) -> list[ET.Element]:
    return read.findall(f"{ATOM}entry")


def value(node: ET.Element, name: str) -> str:
    return node.findtext(f"{ATOM}{name}", "")


@every_language
@every_feed
def test_a_feed_has_what_the_standard_asks_for(path: str, language: str) -> None:
    read = feed(f"{language}/{path}")

    links = {one.attrib["rel"]: one.attrib["href"] for one in read.findall(f"{ATOM}link")}
    assert read.tag == f"{ATOM}feed"
    assert read.attrib[LANG] == language
    assert links["self"] == f"{SITE}/{language}/{path}"
    assert links["alternate"].startswith(f"{SITE}/{language}/")
    assert read.findtext(f"{ATOM}author/{ATOM}name") == PUBLISHER[language]
    for node in (read, *of(read)):
        assert all(value(node, name) for name in ("id", "title", "updated"))
    for one in of(read):
        (link,) = one.findall(f"{ATOM}link")
        assert link.attrib["rel"] == "alternate"
        assert link.attrib["href"].startswith(f"{SITE}/{language}/")
        (content,) = one.findall(f"{ATOM}content")
        assert content.attrib == {"type": "html"}
        assert Page(content.text or "").one("div").text


@every_feed
def test_ids_stay_and_differ(path: str) -> None:
    ids = [value(one, "id") for language in ("en", "fr") for one in of(feed(f"{language}/{path}"))]

    assert len(set(ids)) == len(ids) > 0
    assert all(one.startswith("urn:uuid:") for one in ids)
    assert [value(one, "id") for one in of(feed(f"en/{path}"))] == ids[: len(ids) // 2]


def test_an_entry_stands_for_each_version_the_latest_first() -> None:
    assert list(entries(feed(f"en/{FEED}")).items()) == [
        (
            "2024 Intersessional Meetings, \u2066Rev.2\u2069",
            "3. Mine clearance Niger added to the first list Title changed",
        ),
        (
            "2024 Intersessional Meetings, \u2066Rev.1\u2069",
            "3. Clearance Peru added to the first list",
        ),
        ("2024 Intersessional Meetings, First version", "The first version."),
    ]


CONTENTS = {
    "en": [
        "3. Mine clearance Niger added to the first list Title changed",
        "3. Clearance Peru added to the first list",
        "The first version.",
        "This version of the programme names Chad.",
    ],
    "fr": [
        "3. Mine clearance Ajout à la première liste : Niger Titre modifié",
        "3. Clearance Ajout à la première liste : Pérou",
        "La première version.",
        "Cette version du programme nomme la délégation suivante : Tchad.",
    ],
    "es": [
        "3. Mine clearance Inclusión en la primera lista: Níger Título modificado",
        "3. Clearance Inclusión en la primera lista: Perú",
        "Es la primera versión.",
        "Delegación mencionada en esta versión del programa de trabajo: Chad.",
    ],
    "ar": [
        "3 - \u2066Mine clearance\u2069 إضافة النيجر إلى القائمة الأولى تغيير العنوان",
        "3 - \u2066Clearance\u2069 إضافة بيرو إلى القائمة الأولى",
        "النسخة الأولى.",
        "يرد في هذه النسخة من البرنامج اسم تشاد.",
    ],
}


@every_language
def test_entries_say_what_changed_in_their_language(language: str) -> None:
    contents = [*entries(feed(f"{language}/{FEED}")).values()]
    contents += entries(feed(f"{language}/{CHADS}")).values()

    assert contents == CONTENTS[language]


def test_a_reissue_says_nothing_new(publish: Publish) -> None:
    publish(*versions_in_turn(*STEPS[:2]))
    before = Client().get(f"/en/{FEED}").content

    publish(*versions_in_turn(*STEPS[:2], STEPS[1], reissued=[3]))

    assert Client().get(f"/en/{FEED}").content == before


def test_a_delegation_hears_of_its_own_changes_and_where_it_is_first_named() -> None:
    assert list(entries(feed("en/delegations/per/feed.atom")).values()) == [
        "3. Clearance Peru added to the first list"
    ]
    assert list(entries(feed(f"en/{CHADS}")).values()) == [
        "This version of the programme names Chad."
    ]


def test_a_feed_without_entries_has_a_date_that_stands_still(publish: Publish) -> None:
    publish(*versions_in_turn(document(item(1, title="Opening"), delegations=[INDIA])))

    read = feed("en/delegations/ind/feed.atom")

    assert of(read) == []
    assert value(read, "updated") == "2024-06-12T14:40:00+00:00"


def test_a_delegation_follows_all_meetings(publish: Publish) -> None:
    other = document(item(1, lists=[named_list(CHAD)]), slug="other", name=Texts.of(en="Other"))
    publish(*versions_in_turn(*STEPS), *versions_in_turn(other))

    assert set(entries(feed(f"en/{CHADS}"))) == {
        "Other, First version",
        "2024 Intersessional Meetings, First version",
    }


def test_what_a_text_holds_is_no_markup(publish: Publish) -> None:
    speaking = named_list(PERU, invitation="<script>alert(1)</script> & more")
    publish(*versions_in_turn(document(item(1)), document(item(1, lists=[speaking]))))

    (first, _last) = of(feed(f"en/{FEED}"))
    html = value(first, "content")

    assert "<script" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more" in html


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("meetings/2024-intersessional-meetings/", f"/en/{FEED}"),
        ("meetings/2024-intersessional-meetings/items/3/", f"/en/{FEED}"),
        ("delegations/tcd/", f"/en/{CHADS}"),
    ],
)
def test_pages_tell_readers_of_feeds_where_to_find_them(path: str, address: str) -> None:
    read = Page(Client().get(f"/en/{path}").content.decode())

    assert read.one("link", type="application/atom+xml").attributes["href"] == address


def test_an_old_version_names_no_feed() -> None:
    read = Page(Client().get("/en/meetings/2024-intersessional-meetings/v/1/").content.decode())

    assert not read.all("link", type="application/atom+xml")


@pytest.mark.parametrize("path", ["meetings/none/feed.atom", "delegations/none/feed.atom"])
def test_what_never_was_has_no_feed(path: str) -> None:
    assert Client().get(f"/en/{path}").status_code == 404


@every_feed
def test_entries_go_by_serial_where_the_clock_went_back(publish: Publish, path: str) -> None:
    ahead, *rest = versions_in_turn(*STEPS)
    wrong = replace(ahead, published_at=rest[-1].published_at + timedelta(days=30))
    publish(wrong, *rest[:1])
    before = value(feed(f"en/{path}"), "updated")

    publish(wrong, *rest)

    read = feed(f"en/{path}")
    titles = [value(one, "title") for one in of(read)]
    moments = [datetime.fromisoformat(value(one, "updated")) for one in of(read)]
    assert titles == [value(one, "title") for one in of(in_true_time(publish, path, ahead, *rest))]
    assert moments == sorted(set(moments), reverse=True)
    assert datetime.fromisoformat(value(read, "updated")) == moments[0]
    assert value(read, "updated") >= before
    assert value(read, "updated") > before or len(moments) < len(STEPS)


def in_true_time(publish: Publish, path: str, *versions: Version) -> ET.Element:
    publish(*versions)
    return feed(f"en/{path}")
