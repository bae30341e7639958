from __future__ import annotations

from datetime import date
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from urllib.parse import urldefrag

import pytest
import time_machine
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext

from programme.document.nodes import Texts
from programme.language.bidi import direction
from tests.programme.builders import (
    CAMBODIA,
    NAMES_IN_ORDER,
    document,
    intersessionals,
    item,
    meeting,
    panel,
    reference,
    speaker,
    two_meetings,
    version,
)
from tests.programme.html import Page

if TYPE_CHECKING:
    from pytest_django import Settings

    from programme.document.programme import ProgrammeDocument
    from tests.programme.conftest import Publish

LANGUAGES = ("en", "fr", "es", "ar")
MEETING = "meetings/2024-intersessional-meetings"
PAGES = {
    "home": "",
    "programme": f"{MEETING}/",
    "item": f"{MEETING}/items/3/",
    "sub-item": f"{MEETING}/items/6b/",
    "untitled item": f"{MEETING}/items/7/",
    "panel": f"{MEETING}/panels/victim-assistance/",
    "changes": f"{MEETING}/changes/",
    "changes since a version": f"{MEETING}/changes/?since=1",
    "version": f"{MEETING}/v/1/",
    "item of a version": f"{MEETING}/v/1/items/6b/",
    "delegations": "delegations/",
    "find": "find/",
    "found": "find/?q=article",
    "delegation": "delegations/ukr/",
    "organisation": "delegations/icrc/",
    "busy days": "meetings/busy-days/",
    "side by side": f"{MEETING}/?with=fr",
    "item side by side": f"{MEETING}/items/3/?with=ar",
    "panel side by side": f"{MEETING}/panels/victim-assistance/?with=en",
}

every_language = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture(autouse=True)
def _two_meetings(publish: Publish) -> None:
    publish(*two_meetings())


@cache
def every_answer() -> dict[str, tuple[Any, Page]]:
    """Each page in each language by its address, asked for and read once for all tests here."""
    asked = (f"/{language}/{path}" for language in LANGUAGES for path in PAGES.values())
    answers = {address: Client().get(address) for address in asked}
    assert {address: one.status_code for address, one in answers.items()} == dict.fromkeys(
        answers, 200
    )
    return {address: (one, Page(one.content.decode())) for address, one in answers.items()}


def page(client: Client, path: str) -> Page:
    response = client.get(path)
    assert response.status_code == 200, path
    return Page(response.content.decode())


def words(language: str, message: str) -> str:
    """A message as `Element.text` gives it: no-break spaces are spaces there."""
    with translation.override(language):
        return " ".join(gettext(message).split())


# --- every page ------------------------------------------------------------------------------


def test_a_page_says_its_language_and_direction() -> None:
    for address, (response, read) in every_answer().items():
        language = address.split("/")[1]
        root = read.one("html").attributes
        assert (root["lang"], root["dir"]) == (language, direction(language)), address
        assert response["Content-Language"] == language, address
        assert response["Content-Type"] == "text/html; charset=utf-8", address


def test_a_page_leaves_no_cookie_and_is_the_same_for_all() -> None:
    for address, (response, _read) in every_answer().items():
        assert not response.cookies, address
        assert not response.has_header("Vary"), address


def test_a_page_is_sound() -> None:
    for address, (_response, read) in every_answer().items():
        levels = [level for level, _ in read.headings]
        assert levels.count(1) == 1, address
        assert levels[0] == 1, address
        assert all(after <= before + 1 for before, after in pairwise(levels)), address
        assert all(text for _, text in read.headings), address
        assert len(read.ids) == len(set(read.ids)), address
        assert read.one("title").text, address
        for one in read.all("a"):
            assert one.text, (address, one.attributes)


def test_references_within_a_page_meet_their_ids() -> None:
    for address, (_response, read) in every_answer().items():
        wanted = {one[1:] for one in read.links if one.startswith("#")}
        wanted |= {
            one.attributes["aria-labelledby"]
            for one in read.elements
            if "aria-labelledby" in one.attributes
        }
        wanted |= {one.attributes["for"] for one in read.all("label")}
        assert wanted <= set(read.ids), address


def test_the_skip_link_comes_first() -> None:
    for address, (_response, read) in every_answer().items():
        assert read.all("a")[0].attributes["href"] == "#content", address
        assert read.one("main").attributes["id"] == "content", address


def test_the_language_switch_keeps_the_place() -> None:
    for path in PAGES.values():
        _response, read = every_answer()[f"/es/{path}"]
        (nav,) = read.all("nav", class_="languages")
        links = [one for one in read.all("a") if nav in one.parents]
        assert [(one.attributes["lang"], one.attributes["href"]) for one in links] == [
            (language, f"/{language}/{path}") for language in LANGUAGES
        ]
        assert [one.attributes["dir"] for one in links] == ["ltr", "ltr", "ltr", "rtl"]
        assert [one.attributes.get("aria-current") for one in links] == [None, None, "true", None]


def test_machines_are_told_of_all_languages(client: Client, settings: Settings) -> None:
    site = settings.SITE_URL = "https://programme.example.org"
    for path in PAGES.values():
        read = page(client, f"/fr/{path}")
        bare = path.partition("?")[0]
        alternates = {
            one.attributes["hreflang"]: one.attributes["href"]
            for one in read.all("link", rel="alternate")
            if "hreflang" in one.attributes
        }
        assert read.one("link", rel="canonical").attributes["href"] == f"{site}/fr/{bare}"
        assert alternates == {
            **{language: f"{site}/{language}/{bare}" for language in LANGUAGES},
            "x-default": f"{site}/en/{bare}",
        }


def test_nothing_is_inline_and_nothing_from_elsewhere() -> None:
    for address, (_response, read) in every_answer().items():
        assert not read.all("style"), address
        for script in read.all("script"):
            assert script.attributes["src"].startswith("/static/"), address
            assert not script.text, address
        assert not [one for one in read.elements if "style" in one.attributes], address
        loaded = [one.attributes["href"] for one in read.all("link", rel="stylesheet")]
        loaded += [one.attributes["href"] for one in read.all("link", rel="icon")]
        assert all(one.startswith("/static/") for one in loaded), address


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_link_from_home_leads_somewhere(client: Client, language: str) -> None:
    ids: dict[str, set[str]] = {}
    ahead = [(f"/{language}/", "")]
    wanted: set[tuple[str, str]] = set()
    while ahead:
        address, _ = ahead.pop()
        if address in ids:
            continue
        response = client.get(address)
        assert response.status_code == 200, address
        if not response["Content-Type"].startswith("text/html"):
            ids[address] = set()
            continue
        read = Page(response.content.decode())
        ids[address] = set(read.ids)
        for link in read.links:
            target, anchor = urldefrag(link)
            wanted.add((target or address, anchor))
            if target.startswith(f"/{language}/"):
                ahead.append((target, anchor))

    assert len(ids) > 25
    assert {
        (target, anchor) for target, anchor in wanted if anchor and anchor not in ids[target]
    } == set()
    assert all(target.startswith("/") for target, _ in wanted)


# --- home ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "first", "says"),
    [
        ("2024-06-17T12:00Z", "2024 Intersessional Meetings", "Next meeting"),
        ("2024-06-17T22:30Z", "2024 Intersessional Meetings", "On now"),
        ("2024-06-20T21:30Z", "2024 Intersessional Meetings", "On now"),
        ("2024-06-20T22:30Z", "Later meeting", "Next meeting"),
        ("2026-11-24T12:00Z", "Later meeting", "Ended 3 March"),
    ],
)
def test_home_opens_with_the_meeting_that_is_on_or_next_where_it_is_held(
    client: Client, publish: Publish, now: str, first: str, says: str
) -> None:
    later = document(
        slug="later",
        name=Texts.of(en="Later meeting"),
        starts_on=date(2025, 3, 3),
        ends_on=date(2025, 3, 3),
    )
    publish(version(intersessionals()), version(later))

    with time_machine.travel(now):
        read = page(client, "/en/")

    (section,) = read.all("section", class_="first-meeting")
    assert section.text.startswith(says)
    assert (2, first) in read.headings[:2]


@time_machine.travel("2024-06-19T12:00Z")
def test_home_keeps_later_and_past_meetings_apart(client: Client, publish: Publish) -> None:
    def on(slug: str, day: date) -> ProgrammeDocument[Texts]:
        return document(slug=slug, name=Texts.of(en=slug.title()), starts_on=day, ends_on=day)

    publish(
        version(intersessionals()),
        *(version(on("second", date(2024, 9, 18))), version(on("third", date(2024, 11, 25)))),
        *(version(on("before", date(2023, 6, 19))), version(on("long-ago", date(2019, 5, 22)))),
    )

    read = page(client, "/en/")

    assert [text for level, text in read.headings if level < 3] == [
        "Meetings and their programmes",
        "2024 Intersessional Meetings",
        "Now and next",
        "At a glance",
        "Later meetings",
        "Past meetings",
        "About this site",
    ]
    later, past = read.all("ul", class_="meetings")
    assert [one.text for one in read.all("a") if later in one.parents] == ["Second", "Third"]
    assert [one.text for one in read.all("a") if past in one.parents] == ["Before", "Long-Ago"]


@every_language
def test_an_empty_site_says_so(client: Client, publish: Publish, language: str) -> None:
    publish()

    home, delegations = page(client, f"/{language}/"), page(client, f"/{language}/delegations/")

    assert (
        words(language, "No programme has been published yet. It will stand here as soon as it is.")
        in home.text
    )
    assert (
        words(
            language,
            "No programme has been published yet. Delegations will stand here as soon as one is.",
        )
        in delegations.text
    )


@every_language
def test_a_site_whose_programmes_were_all_withdrawn_says_so(
    client: Client, publish: Publish, language: str
) -> None:
    publish(withdrawn=frozenset({("june", 1)}))
    told = words(language, "No programme is public now: what was published has been withdrawn.")

    assert told in page(client, f"/{language}/").text
    assert told in page(client, f"/{language}/delegations/").text
    assert client.get(f"/{language}/delegations/tcd/").status_code == 410


# --- the programme ---------------------------------------------------------------------------


def test_the_programme_stands_in_its_order(client: Client) -> None:
    read = page(client, f"/en/{MEETING}/")

    assert read.headings == [
        (1, "2024 Intersessional Meetings"),
        (2, "At a glance"),
        (3, "Agenda"),
        (3, "Wed 19 June"),
        (2, "Agenda"),
        (3, "1 Opening of the Intersessional Meetings † (number and title inferred)"),
        (3, "3 Article 5 Implementation"),
        (3, "6 Matters related to the mandate of the President"),
        (4, "6a Universalization"),
        (4, "6b Stockpile destruction"),
        (3, "7 Item 7"),
        (4, "7a Activities and finances of the ISU"),
        (2, "Wednesday, 19 June 2024"),
        (3, "11:30 – 13:00 Thematic panel"),
        (2, "About the texts of this page"),
    ]


def test_days_hold_sittings_and_sittings_items(client: Client) -> None:
    read = page(client, "/en/meetings/busy-days/")

    assert read.headings == [
        (1, "Busy days"),
        (2, "At a glance"),
        (3, "Tue 18 June"),
        (3, "Not yet scheduled"),
        (3, "Wed 19 June"),
        (2, "Tuesday, 18 June 2024"),
        (3, "10:00 – 13:00 Morning"),
        (4, "10:00 – 10:30 1 Opening"),
        (4, "10:30 2 General debate"),
        (3, "15:00 – 18:00 Afternoon"),
        (4, "3b Second part"),
        (2, "Not yet scheduled"),
        (3, "3 Item 3"),
        (4, "3a First part"),
        (3, "Any other business"),
        (2, "Wednesday, 19 June 2024"),
        (3, "2 General debate (continued)"),
        (2, "Practical information"),
    ]
    (place,) = read.all("section", id="item-2-part-2")
    (way,) = [one for one in read.all("a") if one.attributes["href"] == "#item-2-part-2"]
    assert place.text == way.text == "2 General debate (continued)"
    assert [one.text for one in read.all(class_="break")] == ["13:00 – 15:00 Lunch break"]


def test_a_sub_item_by_itself_names_what_it_belongs_to(client: Client) -> None:
    read = page(client, "/en/meetings/busy-days/")

    (kicker,) = read.all("p", class_="kicker")
    assert kicker.text == "Item 3"
    assert kicker.parents[-1].attributes["id"] == "item-3b"


@every_language
def test_named_states_stand_below_the_sentence_in_the_readers_order(
    client: Client, language: str
) -> None:
    read = page(client, f"/{language}/{MEETING}/")

    (speaking_list,) = read.all(id="item-3-list-1")
    names = [
        one
        for one in read.all("li")
        if speaking_list in one.parents and one.parents[-1].attributes.get("class") == "names"
    ]
    assert tuple(one.text for one in names) == NAMES_IN_ORDER[language]
    assert "States Parties1 will be invited to present." in speaking_list.text


def test_names_are_links_to_delegations(client: Client) -> None:
    read = page(client, f"/fr/{MEETING}/")

    (speaking_list,) = read.all(id="item-6b-list-1")
    names = [one for one in read.all("a") if speaking_list in one.parents]
    assert [(one.text, one.attributes["href"]) for one in names] == [
        ("Lien vers la liste 1 du point 6b", f"/fr/{MEETING}/items/6b/#item-6b-list-1"),
        ("Grèce", "/fr/delegations/grc/"),
        ("Ukraine", "/fr/delegations/ukr/"),
    ]


@pytest.mark.parametrize("path", [f"{MEETING}/", f"{MEETING}/items/6/", "meetings/busy-days/"])
def test_no_two_lists_and_no_two_links_to_lists_are_called_alike(client: Client, path: str) -> None:
    read = page(client, f"/en/{path}")

    names = [one for one in read.elements if "names" in one.attributes.get("class", "").split()]
    called = [one.attributes["aria-label"] for one in names]
    links = [one.text for one in read.all("a", class_="here")]
    assert {one.attributes["role"] for one in names} == {"list"}
    assert len(set(called)) == len(called) >= 1
    assert len(set(links)) == len(links) >= 1
    assert called[0].startswith("Delegations in list 1 of item ")


def test_columns_of_delegations_are_called_by_the_heading_above(client: Client) -> None:
    read = page(client, "/en/delegations/")

    columns = read.all("ul", class_="names")
    headings = {one.attributes["id"]: one.text for one in read.all("h2")}
    assert [headings[one.attributes["aria-labelledby"]] for one in columns] == list(
        headings.values()
    )
    assert {one.attributes["role"] for one in columns} == {"list"}


def test_the_order_of_alphabetical_lists_is_explained_once(client: Client) -> None:
    says = (
        "Delegations named in a list stand in alphabetical order, "
        "which is not the order of speaking."
    )

    assert page(client, f"/en/{MEETING}/").text.count(says) == 1
    assert page(client, f"/en/{MEETING}/items/3/").text.count(says) == 1
    assert page(client, f"/en/{MEETING}/items/7/").text.count(says) == 0
    assert page(client, "/en/meetings/busy-days/").text.count(says) == 0


def test_a_list_as_called_is_numbered_and_keeps_its_order(client: Client) -> None:
    read = page(client, "/es/meetings/busy-days/")

    (names,) = read.all("ol", class_="names")
    assert [one.text for one in read.all("li") if names in one.parents] == ["Perú", "Chad"]


@pytest.mark.parametrize(("language", "numbers"), [("en", ["1)", "2)"]), ("ar", ["(1)", "(2)"])])
def test_run_in_lists_are_numbered(client: Client, language: str, numbers: list[str]) -> None:
    read = page(client, f"/{language}/{MEETING}/items/6b/")

    assert [one.text for one in read.all("span", class_="number")] == numbers


def test_speakers_that_the_text_names_are_not_named_again(client: Client) -> None:
    read = page(client, f"/en/{MEETING}/")

    assert [one.text for one in read.all("ul", class_="speakers")] == [
        "Presented by the Committee, Norway",
        "Panellist: Jane Doe, Norway",
    ]


def test_an_item_without_title_is_called_by_who_presents_it(
    client: Client, publish: Publish
) -> None:
    publish(version(document(item(2, presenters=[speaker(of=CAMBODIA)]))))

    assert (3, "2 Cambodia") in page(client, f"/en/{MEETING}/").headings
    assert (1, "2 le Cambodge") in page(client, f"/fr/{MEETING}/items/2/").headings


@pytest.mark.parametrize(
    ("status", "says"),
    [
        (
            "postponed",
            "This meeting has been postponed; the dates below are those first announced.",
        ),
        ("cancelled", "This meeting has been cancelled."),
    ],
)
def test_a_meeting_that_is_not_held_says_so_everywhere(
    client: Client, publish: Publish, status: str, says: str
) -> None:
    publish(version(intersessionals(status=status)))

    for path in ("/en/", f"/en/{MEETING}/", "/en/delegations/ukr/"):
        assert says in page(client, path).text


def test_notes_of_a_meeting_stand_with_the_text_that_has_their_mark(client: Client) -> None:
    read = page(client, "/en/meetings/busy-days/")

    (note,) = read.all("li", class_="footnote-item")
    assert note.text == "* On the first floor. ↑"
    assert any(one.attributes.get("id") == "practical-information" for one in note.parents)


def test_meetings_name_those_before_and_after_them(client: Client, publish: Publish) -> None:
    follows = reference(meeting())
    after = document(
        slug="after",
        name=Texts.of(en="Meeting after"),
        starts_on=date(2024, 6, 20),
        follows=follows,
    )
    publish(version(intersessionals()), version(after))

    before_page, after_page = page(client, f"/en/{MEETING}/"), page(client, "/en/meetings/after/")

    assert "/en/meetings/after/" in before_page.links
    assert f"/en/{MEETING}/" in after_page.links


def test_a_meeting_before_that_is_not_public_is_named_alone(
    client: Client, publish: Publish
) -> None:
    publish(version(document(slug="after", follows=reference(meeting(slug="secret")))))

    read = page(client, "/en/meetings/after/")

    assert "Held after 2024 Intersessional Meetings" in read.text
    assert "/en/meetings/secret/" not in read.links


# --- an item, a panel ------------------------------------------------------------------------


def test_an_item_leads_back_up_and_on(client: Client) -> None:
    read = page(client, f"/en/{MEETING}/items/6b/")

    assert read.one("title").text == "6b. Stockpile destruction – 2024 Intersessional Meetings"
    assert f"/en/{MEETING}/#item-6b" in read.links
    assert f"/en/{MEETING}/items/6/" in read.links
    (nav,) = read.all("nav", class_="neighbours")
    assert [one.text for one in read.all("a") if nav in one.parents] == [
        "6a Universalization",
        "Item 7",
    ]


def test_an_item_shows_its_sub_items_whole(client: Client) -> None:
    read = page(client, f"/en/{MEETING}/items/6/")

    assert [one for one in read.headings if one[0] == 2][:2] == [
        (2, "6a Universalization"),
        (2, "6b Stockpile destruction"),
    ]
    assert read.all(id="item-6b-list-1")


@pytest.mark.parametrize(
    ("path", "says"),
    [
        (f"{MEETING}/items/3/", "No time is fixed."),
        ("meetings/busy-days/items/1/", "Tuesday, 18 June 2024 10:00 – 10:30"),
        ("meetings/busy-days/items/3b/", "Tuesday, 18 June 2024 Afternoon 15:00 – 18:00"),
        (f"{MEETING}/panels/victim-assistance/", "Wednesday, 19 June 2024 11:30 – 13:00"),
    ],
)
def test_a_page_tells_when(client: Client, path: str, says: str) -> None:
    (occasions,) = page(client, f"/en/{path}").all(class_="occasions")

    assert occasions.text == says


def test_an_item_placed_twice_tells_both(client: Client) -> None:
    read = page(client, "/en/meetings/busy-days/items/2/")

    (occasions,) = read.all("ul", class_="occasions")
    assert [one.text for one in read.all("li") if occasions in one.parents] == [
        "Tuesday, 18 June 2024 10:30",
        "Wednesday, 19 June 2024 (continued)",
    ]


def test_arabic_times_stand_in_an_isolate_from_right_to_left(client: Client) -> None:
    read = page(client, f"/ar/{MEETING}/panels/victim-assistance/")

    (occasions,) = read.all(class_="occasions")
    (times,) = [one for one in read.all("bdi") if occasions in one.parents]
    assert times.attributes == {"dir": "rtl"}
    assert times.text == "11:30 – 13:00"


def test_a_panel_with_a_title_goes_by_it(client: Client, publish: Publish) -> None:
    theme = panel("theme", title="Completing Article 5", start=None, end=None)
    publish(version(document(panels=[theme])))

    read = page(client, f"/en/{MEETING}/panels/theme/")

    assert read.headings[0] == (1, "Completing Article 5")


# --- versions --------------------------------------------------------------------------------


@pytest.fixture
def _three_versions(publish: Publish) -> None:
    changed = intersessionals(name=Texts.of(en="Renamed meetings"))
    publish(
        version(intersessionals()),
        version(intersessionals(), 2, "Rev.1", note=Texts.of(en="A late correction.")),
        version(changed, 3, "Rev.2"),
    )


@pytest.mark.usefixtures("_three_versions")
def test_an_old_version_says_what_it_said_and_that_it_was_replaced(client: Client) -> None:
    old, now = page(client, f"/en/{MEETING}/v/1/"), page(client, f"/en/{MEETING}/")

    assert old.headings[0] == (1, "2024 Intersessional Meetings")
    assert now.headings[0] == (1, "Renamed meetings")
    says = "This version was published on 12 June 2024, 16:40 and has since been replaced."
    assert says in old.text
    assert says not in now.text


@pytest.mark.usefixtures("_three_versions")
@pytest.mark.parametrize("path", ["v/2/", "v/2/items/6b/", "v/2/panels/victim-assistance/"])
def test_an_old_version_links_within_itself_and_is_not_indexed(client: Client, path: str) -> None:
    read = page(client, f"/en/{MEETING}/{path}")

    assert read.one("meta", name="robots").attributes["content"] == "noindex"
    inside = [one for one in read.links if one.startswith(f"/en/{MEETING}/") and "/v/2" not in one]
    shared = {"changes/", "changes/?since=2", "feed.atom"}
    assert set(inside) <= {f"/en/{MEETING}/", *(f"/en/{MEETING}/{one}" for one in shared)}
    assert read.all("div", class_="notice")


@pytest.mark.usefixtures("_three_versions")
def test_the_current_version_has_a_lasting_address_too(client: Client) -> None:
    read = page(client, f"/en/{MEETING}/v/3/")

    assert not read.all("div", class_="notice")
    assert f"/en/{MEETING}/v/3/items/6b/" in read.links
    assert "Rev.2" in read.text


# --- plain text ------------------------------------------------------------------------------


@every_language
def test_plain_text_is_text_in_the_readers_language(client: Client, language: str) -> None:
    response = client.get(f"/{language}/{MEETING}.txt")

    assert response.status_code == 200
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response["Content-Language"] == language
    assert not response.cookies
    assert not response.has_header("X-Robots-Tag")
    text = response.content.decode()
    assert all(name in text for name in NAMES_IN_ORDER[language])


@pytest.mark.usefixtures("_three_versions")
def test_plain_text_of_a_version_is_that_versions(client: Client) -> None:
    first, now = (client.get(f"/en/{MEETING}{end}") for end in ("/v/1.txt", ".txt"))

    assert first.content.decode().startswith("2024 Intersessional Meetings\n")
    assert now.content.decode().startswith("Renamed meetings\n")
    assert first["X-Robots-Tag"] == "noindex"


# --- delegations -----------------------------------------------------------------------------


def group(read: Page, heading: str) -> list[str]:
    """The names under a heading of the list of delegations."""
    (title,) = [one for one in read.all("h2") if one.text == heading]
    following = read.elements[read.elements.index(title) + 1 :]
    names = next(one for one in following if one.tag == "ul")
    return [one.text for one in read.all("li") if names in one.parents]


def test_delegations_named_in_the_nearest_programme_come_first(client: Client) -> None:
    read = page(client, "/en/delegations/")

    named = "Named in the programme of the 2024 Intersessional Meetings"
    assert [text for level, text in read.headings if level == 2] == [
        named,
        "Other States Parties",
        "Other States not party",
        "Other States",
        "Other organisations",
    ]
    assert group(read, named) == ["Chad", "Cyprus", "Greece", "Niger", "Peru", "Ukraine"]
    assert group(read, "Other States Parties") == ["Cambodia", "Norway"]
    assert group(read, "Other States not party") == ["India"]
    assert group(read, "Other States") == ["Tuvalu"]


def test_each_language_has_its_own_order(client: Client) -> None:
    read = page(client, "/fr/delegations/")

    links = [
        one.text for one in read.all("a") if one.attributes["href"].endswith(("/tcd/", "/grc/"))
    ]
    assert links == ["Grèce", "Tchad"]


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        pytest.param("Tchad", ["tcd"], id="another language"),
        pytest.param("PEROU", ["per"], id="case and accents"),
        pytest.param("اليونان", ["grc"], id="Arabic"),
        pytest.param("يونان", ["grc"], id="Arabic without the article"),
        pytest.param("rouge croix", ["icrc"], id="words in any order"),
        pytest.param("khm", ["khm"], id="code"),
        pytest.param("  per ", ["per"], id="beginning of a word"),
        pytest.param("gypte", [], id="nothing"),
        pytest.param("hypr", ["cyp"], id="inside a word where none begins so"),
        pytest.param("%$&", [], id="signs alone"),
        pytest.param("x" * 5000, [], id="overlong"),
    ],
)
def test_a_few_letters_in_any_language_find_a_delegation(
    client: Client, query: str, codes: list[str]
) -> None:
    response = client.get("/en/find/", {"q": query})
    if response.status_code == 303:  # one alone, whose page opens at once
        assert [f"/en/delegations/{one}/" for one in codes] == [response["Location"]]
        return

    read = Page(response.content.decode())
    found = [
        one.attributes["href"].split("/")[-2]
        for one in read.all("a")
        if any(
            parent.tag == "ul" and parent.attributes.get("class") == "names"
            for parent in one.parents
        )
    ]
    assert found == codes
    assert read.one("input").attributes["value"] == query.strip()[:100]


def test_what_was_asked_is_shown_as_text(client: Client) -> None:
    response = client.get("/en/find/", {"q": "<script>alert(1)</script>"})

    read = Page(response.content.decode())

    (ours,) = read.all("script")
    assert ours.attributes["src"] == "/static/js/page.js"
    assert "“<script>alert(1)</script>”" in read.text


def test_a_turn_in_a_list_as_called_is_told(client: Client) -> None:
    read = page(client, "/en/delegations/tcd/")

    assert "Number 2 of 2 in the order in which they are called." in read.text


def test_a_delegation_that_no_programme_concerns_has_a_page(
    client: Client, publish: Publish
) -> None:
    publish(version(document(item(1, title="Opening"))))

    read = page(client, "/en/delegations/per/")

    assert "No published programme concerns this delegation." in read.text


# --- addresses -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("/en/delegations/UKR/", "/en/delegations/ukr/"),
        (f"/ar/{MEETING}/items/6B/", f"/ar/{MEETING}/items/6b/"),
        (f"/en/{MEETING.upper()}/", None),
        ("/fr/meetings/2024-Intersessional-Meetings/", f"/fr/{MEETING}/"),
        (f"/fr/{MEETING}/v/1/items/6B/", f"/fr/{MEETING}/v/1/items/6b/"),
        ("/en/delegations/UKR/?q=Per", "/en/delegations/ukr/?q=Per"),
    ],
)
def test_capitals_in_an_address_lead_to_the_one_in_small_letters(
    client: Client, asked: str, answered: str | None
) -> None:
    response = client.get(asked)

    assert response.status_code == (301 if answered else 404)
    assert response.headers.get("Location") == answered
