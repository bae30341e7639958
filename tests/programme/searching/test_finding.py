"""What is sought: the page, its form, and that its cost does not grow with the archive."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date, time
from functools import cache
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from meetings.finding import FILE, everyday_names
from programme.document.nodes import Texts
from programme.document.programme import ProgrammeDocument
from programme.searching.index import Indexes
from programme.searching.search import MOST_HITS, Known, Rank, is_slip, mended, search
from tests.programme.builders import (
    CHAD,
    SECOND_DAY,
    day,
    delegation,
    document,
    edition,
    intersessionals,
    item,
    named_list,
    panel,
    placement,
    sitting,
    slot,
    version,
)
from tests.programme.html import Element, Page

if TYPE_CHECKING:
    from programme.document.nodes import Delegation
    from programme.shelf.edition import Edition
    from tests.programme.conftest import Publish

LANGUAGES = ("en", "fr", "es", "ar")

# --- the page ----------------------------------------------------------------------------------


def sought(address: str) -> Page:
    response = Client().get(address)
    assert response.status_code == 200
    return Page(response.content.decode())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("below", ["find/", "delegations/"])
def test_where_people_choose_browsers_suggest_names_and_what_people_call_them(
    publish: Publish, language: str, below: str
) -> None:
    publish(version(intersessionals()))

    read = sought(f"/{language}/{below}")

    (box,) = read.all("input", name="q")
    (names,) = read.all("datalist", id=box.attributes["list"])
    offered = [one.attributes["value"] for one in read.all("option") if names in one.parents]
    known = intersessionals().in_language(language).delegations
    codes = {one.code for one in known}
    called = {
        one.name
        for one in everyday_names()
        if one.code in codes and one.language == language and one.kind != "spelling"
    }
    assert sorted(offered) == sorted([*(str(one.name) for one in known), *called])
    assert called


def test_a_whole_programme_is_not_burdened_with_names_to_suggest(publish: Publish) -> None:
    publish(version(intersessionals()))

    read = sought("/en/meetings/2024-intersessional-meetings/")

    assert {one.attributes["action"] for one in read.all("form")} == {"/en/find/"}
    assert read.all("datalist") == []


def test_what_was_sought_among_delegations_is_sought_where_all_is_found() -> None:
    led = Client().get("/fr/delegations/?q=p%C3%A9rou")

    assert (led.status_code, led["Location"]) == (301, "/fr/find/?q=p%C3%A9rou")
    assert Client().get("/fr/delegations/?q=+").status_code == 200


def test_what_is_found_is_no_page_for_search_engines(publish: Publish) -> None:
    publish(version(intersessionals()))

    for address in ("/en/find/", "/en/find/?q=article"):
        (robots,) = sought(address).all("meta", name="robots")
        assert robots.attributes["content"] == "noindex"


# --- what is sought ------------------------------------------------------------------------------


@cache
def directory() -> tuple[Delegation[Texts], ...]:
    """All States and organisations of our files."""
    found = []
    for name in ("states.csv", "organisations.csv"):
        with (FILE.parent / name).open(encoding="utf-8", newline="") as file:
            for line in csv.DictReader(file):
                en, fr, es, ar = (line[f"name_{one}"] for one in LANGUAGES)
                kind = line.get("kind", "state")
                found.append(delegation(line["code"], kind=kind, en=en, fr=fr, es=es, ar=ar))
    return tuple(found)


@cache
def everything() -> Edition:
    """The small programme of 2024, with the whole directory."""
    return edition(replace(intersessionals(), delegations=directory()))


def known_of(*editions: Edition, language: str = "en") -> Known:
    return Known.of(editions, editions[0].in_language(language).delegations)


def codes(query: str, *, language: str = "en") -> list[str]:
    """Codes of the delegations found in our whole directory, the best first."""
    known = known_of(everything(), language=language)
    return [one.code for one in search(known, query).delegations]


def opened(query: str) -> str:
    """The code of the delegation whose page opens at once; "" where none does."""
    alone = search(known_of(everything()), query).alone
    return alone.code if alone else ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_everyday_name_finds_its_state_first(language: str) -> None:
    known = known_of(everything(), language=language)
    missed = []
    for one in everyday_names():
        best = next(iter(search(known, one.name).ranked.items()))
        if best[0] is not Rank.WHOLE or one.code not in {each.code for each in best[1]}:
            missed.append(one)

    assert missed == []


@pytest.mark.parametrize(
    ("query", "code"),
    [
        *(("uk", "gbr"), ("USA", "usa"), ("turkey", "tur"), ("ivory coast", "civ")),
        *(("cote d'ivoire", "civ"), ("Laos", "lao"), ("south korea", "kor"), ("russia", "rus")),
        *(("north korea", "prk"), ("syria", "syr"), ("iran", "irn"), ("holland", "nld")),
        *(("RDC", "cod"), ("angleterre", "gbr"), ("birmanie", "mmr"), ("corée du sud", "kor")),
        *(("cap vert", "cpv"), ("Vatican", "vat"), ("EE.UU.", "usa"), ("ee uu", "usa")),
        *(("reino unido", "gbr"), ("costa de marfil", "civ"), ("turquia", "tur"), ("EAU", "are")),
        *(("أمريكا", "usa"), ("بريطانيا", "gbr"), ("سوريا", "syr"), ("فلسطين", "pse")),
        *(("الإمارات", "are"), ("هولندا", "nld"), ("ukr", "ukr"), ("UKRA", "ukr")),
        *(("niger", "ner"), ("oman", "omn"), ("romania", "rou"), ("EU", "eu"), ("icrc", "icrc")),
    ],
)
def test_one_that_alone_is_meant_opens_at_once(query: str, code: str) -> None:
    assert opened(query) == code


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("congo", ["cog", "cod"]),
        ("korea", ["prk", "kor"]),
        ("corée", ["prk", "kor"]),
        ("guinea", ["gin", "gnq", "gnb", "png"]),
        ("DRC", ["cod", "drc"]),
        ("ireland", ["irl", "gbr"]),
        ("sudan", ["sdn", "ssd"]),
    ],
)
def test_all_that_may_be_meant_are_listed(query: str, first: list[str]) -> None:
    assert codes(query) == first
    assert opened(query) == ""


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("gypt", ["egy"]),
        ("ypt", []),
        ("mali", ["mli"]),
        ("rouge croix", ["icrc"]),
        ("cotedivoire", ["civ"]),
        ("Côte-d’Ivoire", ["civ"]),
        ("كوريا الشمالية", ["prk"]),
        ("%$&", []),
        ("\u202e", []),
    ],
)
def test_beginnings_go_before_insides_of_four_letters(query: str, found: list[str]) -> None:
    assert codes(query) == found


def test_names_are_found_as_each_edition_has_them() -> None:
    other = delegation("tcd", en="Tchad Republic")
    renamed = edition(document(slug="other", delegations=(other,)))
    known = known_of(edition(document(delegations=(CHAD,))), renamed)

    assert [one.code for one in search(known, "tchad republic").delegations] == ["tcd"]
    assert not search(known_of(edition(document(delegations=()))), "chad")


def test_a_state_that_was_entered_anew_is_still_alone(publish: Publish) -> None:
    anew = replace(CHAD, id="another")
    publish(
        version(document(delegations=(CHAD,))), version(document(slug="b", delegations=(anew,)))
    )

    assert Client().get("/en/find/?q=chad").status_code == 303


# --- a slip of one letter ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("Ukrane", ["Ukraine"]),
        ("Ukriane", ["Ukraine"]),
        ("Ukrainne", ["Ukraine"]),
        ("Nigar", ["Niger"]),
        ("Untied States", ["United States of America"]),
        ("اكرانيا", ["Ukraine"]),
        ("Irad", ["Iran (Islamic Republic of)", "Iraq"]),
        ("Openng meetings", ["Opening meetings"]),
        ("Ukxxne", []),
        ("Omn", []),
        ("%$&", []),
    ],
)
def test_one_letter_may_be_wrong(query: str, meant: list[str]) -> None:
    assert mended(known_of(everything()), query) == meant


@pytest.mark.parametrize(
    ("one", "other", "is_so"),
    [
        *(("abcd", "abcd", False), ("abcd", "abxd", True), ("abcd", "abd", True)),
        *(("abcd", "abccd", True), ("abcd", "abdc", True), ("abcd", "bacd", True)),
        *(("abcd", "badc", False), ("abcd", "axcx", False), ("abcd", "ab", False)),
        *(("abcd", "xabcd", True), ("abcd", "abcdx", True), ("", "", False)),
    ],
)
def test_a_slip_is_one_letter(one: str, other: str, *, is_so: bool) -> None:
    assert is_slip(one, other) is is_so
    assert is_slip(other, one) is is_so


# --- what it costs -----------------------------------------------------------------------------


def test_an_index_is_made_once_for_each_edition() -> None:
    first, second, third = (edition(document(slug=one)) for one in ("a", "b", "c"))
    held = Indexes()

    before, after = held.of([first, second]), held.of([second, third])

    assert held.of([second, third])[1] is after[1]
    assert after[0] is before[1]
    assert {one.edition.slug for one in after} == {"b", "c"}


def test_no_page_names_more_than_anybody_reads() -> None:
    many = [edition(intersessionals(slug=f"m{one}")) for one in range(20)]

    found = search(known_of(*many), "the")

    assert len(found.hits) == MOST_HITS
    assert found.more > MOST_HITS
    assert {one.edition.slug for one in found.hits[:3]} == {"m0"}


# --- what a reader sees ------------------------------------------------------------------------


def timed() -> ProgrammeDocument[Texts]:
    """A meeting with an item and a panel that have hours and rooms."""
    plans = item(
        3,
        title=Texts.of(en="Clearance", fr="Déminage", es="Desminado", ar="إزالة الألغام"),
        text=Texts.of(
            en="It begins early. States will speak of **quicksand** there. It ends.",
            ar="تتحدث الدول عن الرمال المتحركة هنا.",
        ),
    )
    theme = panel(
        "theme",
        title="Mines and roads",
        text="Of quicksand too.",
        room=Texts.of(en="Room 3", fr="Salle 3", es="Sala 3", ar="القاعة 3"),
        start=time(11, 30),
        end=time(13),
    )
    morning = sitting(placement(plans, start=time(10), end=time(11)), room="Room A")
    return document(plans, timetable=[day(SECOND_DAY, morning, slot(theme))], panels=[theme])


def results(read: Page) -> list[Element]:
    (first, *_others) = read.all("ol", class_="results")
    return [one for one in read.all("li") if one.parents[-1] is first]


def test_a_result_says_kind_number_time_room_and_the_sentence(publish: Publish) -> None:
    publish(version(timed()))

    read = sought("/en/find/?q=quicks")

    on, there = "Wednesday, 19 June 2024", "States will speak of quicksand there."

    assert [one.text for one in results(read)] == [
        f"Agenda item 3. Clearance {on} 10:00 – 11:00 Room A {there}",
        f"Thematic panel Mines and roads {on} 11:30 – 13:00 Room 3 Of quicksand too.",
    ]
    assert [one.text for one in read.all("mark")] == ["quicksand", "quicksand"]
    assert "/en/meetings/2024-intersessional-meetings/items/3/" in read.links


def test_a_sentence_in_another_language_says_so_in_its_own_direction(publish: Publish) -> None:
    publish(version(timed()))

    in_arabic, in_english = sought("/ar/find/?q=quicksand"), sought("/en/find/?q=الرمال")

    assert [(one.language, one.parents[-1].attributes["dir"]) for one in in_arabic.all("mark")] == [
        ("en", "ltr")
    ] * 2
    (mark,) = in_english.all("mark")
    assert (mark.text, mark.language, mark.parents[-1].attributes["dir"]) == ("الرمال", "ar", "rtl")


def test_a_page_is_called_by_what_was_sought(publish: Publish) -> None:
    publish(version(timed()))

    titles = [sought(f"/es/find/{query}").one("title").text for query in ("", "?q=desminado")]

    assert titles[1] == f"desminado – {titles[0]}"


def test_a_title_that_says_it_is_marked_itself(publish: Publish) -> None:
    publish(version(timed()))

    read = sought("/fr/find/?q=deminage")

    assert [one.text for one in read.all("mark")] == ["Déminage"]
    assert read.all("p", class_="sentence") == []


def test_the_meeting_at_hand_comes_before_others(publish: Publish) -> None:
    ahead = document(
        item(1, title="Clearance"),
        slug="ahead",
        name=Texts.of(en="Meeting ahead"),
        starts_on=date(2099, 6, 1),
        ends_on=date(2099, 6, 2),
    )
    publish(version(timed()), version(ahead))

    read = sought("/en/find/?q=clearance")

    assert [one for one in read.links if "/items/" in one] == [
        "/en/meetings/ahead/items/1/",
        "/en/meetings/2024-intersessional-meetings/items/3/",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("query", ["chad", "Tchad", "tcd", "تشاد"])
def test_a_state_alone_is_led_to(publish: Publish, language: str, query: str) -> None:
    publish(version(intersessionals()))

    answer = Client().get(f"/{language}/find/", {"q": query})

    assert (answer.status_code, answer["Location"]) == (303, f"/{language}/delegations/tcd/")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_slip_is_forgiven_and_said(publish: Publish, language: str) -> None:
    publish(version(intersessionals()))
    names = {"en": "Ukraine", "fr": "Ukraine", "es": "Ucrania", "ar": "أوكرانيا"}

    read = sought(f"/{language}/find/?q=Ukrane")

    (said,) = read.all("p", class_="lead")
    assert [one.text for one in read.all("bdi") if said in one.parents] == [
        "Ukrane",
        names[language],
    ]
    assert f"/{language}/delegations/ukr/" in read.links
    assert read.one("input", name="q").attributes["value"] == "Ukrane"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "query", ["atlantis", "%25%24%26", "x" * 5000, "%E2%80%8F%01zq%01", "zz%0Azz"]
)
def test_nothing_found_says_what_one_can_do(publish: Publish, language: str, query: str) -> None:
    publish(version(intersessionals()))

    read = sought(f"/{language}/find/?q={query}")

    assert read.all("ul", class_="names") == read.all("ol", class_="results") == []
    assert len(read.all("p", class_="lead")) == 1
    assert len(read.one("input", name="q").attributes["value"]) <= 100
    assert f"/{language}/delegations/" in read.links


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_found_where_nothing_is_public(publish: Publish, language: str) -> None:
    publish()

    assert len(sought(f"/{language}/find/?q=chad").all("p", class_="lead")) == 1
    assert sought(f"/{language}/find/").all("datalist") == []


@pytest.mark.parametrize("query", ["", "+++", "%E2%80%8F%E2%80%8E", "%E2%80%AE", "%09"])
def test_blanks_and_unseen_signs_seek_nothing(publish: Publish, query: str) -> None:
    publish(version(intersessionals()))

    assert sought(f"/ar/find/?q={query}").all("p", class_="lead") == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_shows_where_names_stand_in_an_invitation(
    publish: Publish, language: str
) -> None:
    listed = named_list(CHAD, invitation="Invited are States ({delegations}), and {delegations}.")
    publish(version(document(item(3, title=Texts.of(en="Matters"), lists=[listed]))))

    text = sought(f"/{language}/find/?q=invited").text

    assert "Invited are States, and …." in text
    assert "{delegations}" not in text


@pytest.mark.parametrize(("language", "kind"), [("en", "Side event"), ("ar", "حدث جانبي")])
def test_a_side_event_is_called_one(publish: Publish, language: str, kind: str) -> None:
    beside = replace(panel("beside", title="New detectors"), kind="side_event")
    publish(version(document(timetable=[day(SECOND_DAY, slot(beside))], panels=[beside])))

    assert sought(f"/{language}/find/?q=detectors").one("p", class_="kind").text == kind
