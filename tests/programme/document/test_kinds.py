"""Lists of three kinds: what stands on whose page, and what the desk and delegates are told.

A list for those that its invitation describes is nobody's own: only they know whether it is meant
for them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from django.utils.translation import override

from meetings.directory import import_delegations
from meetings.models import Delegation
from programme.comparing.change_lines import Line
from programme.comparing.composed_lines import composed
from programme.comparing.lines.writing import lines_between
from programme.comparing.warning import message_of
from programme.comparing.warnings import warnings_of
from programme.document.delegation_points import points_of
from programme.document.nodes import LANGUAGES, Text, Texts
from programme.document.programme import ProgrammeDocument
from programme.document.stored import digest_of
from programme.language.conditions import condition_in
from programme.publishing.draft import draft_of
from programme.renderers import text
from programme.renderers.changes import groups
from programme.rows.compiling import compile_document
from tests.programme.builders import (
    CHAD,
    ICRC,
    INDIA,
    PERU,
    TUVALU,
    document,
    in_english,
    item,
    named_list,
    open_list,
    version,
    versions_in_turn,
)
from tests.programme.html import Page
from tests.rows import DATA, PROGRAMMES, meeting_from, published

if TYPE_CHECKING:
    from django.test import Client

    from tests.programme.conftest import Publish

Document = ProgrammeDocument[Texts]

ALL = ("states_parties", "states_not_party", "organisations")
SLUG = "2024-intersessional-meetings"

DESCRIBED = {
    "en": (
        "implementing victim assistance commitments",
        "implementing Article 5 will be invited",
        "with alleged or known non-compliance",
        "with outstanding Article 9 commitments",
        "that have discovered previously unknown",
        "that retain anti-personnel mines",
    ),
    "fr": (
        "qui mettent en œuvre des engagements en matière d’assistance aux victimes",
        "qui appliquent l’article 5 seront invités",
        "concernés par des cas présumés ou connus de non-respect",
        "ayant encore des engagements à honorer au titre de l’article 9",
        "qui ont découvert des mines stockées",
        "qui conservent des mines antipersonnel",
    ),
    "es": (
        "que aplican compromisos en materia de asistencia a las víctimas",
        "los demás Estados partes que aplican el artículo 5",
        "con casos presuntos o conocidos de incumplimiento",
        "con compromisos pendientes en virtud del artículo 9",
        "que hayan descubierto minas almacenadas",
        "que retienen minas antipersonal",
    ),
    "ar": (
        "التي تنفذ الالتزامات المتعلقة بمساعدة الضحايا",
        "الدول الأطراف الأخرى التي تنفذ المادة 5",
        "التي توجد بشأنها حالات مزعومة أو معروفة",
        "التي لم تف بعد بالتزاماتها بموجب المادة 9",
        "التي اكتشفت ألغاماً مخزونة",
        "التي تحتفظ بألغام مضادة للأفراد",
    ),
}
"""Words of the six lists of 2024 that are for some States Parties only."""

OPEN = {
    "en": "The Committee will invite States Parties to offer updates on their efforts",
    "fr": "Le Comité invitera les États parties à faire le point sur les efforts",
    "es": "El Comité invitará a los Estados partes a que presenten información actualizada",
    "ar": "ستدعو اللجنة الدول الأطراف إلى تقديم معلومات محدثة عن جهودها",
}
"""Words of a list of 2024 that is open to all States Parties."""

NOTE = {
    "en": (
        "There are also lists for some delegations only, those that their invitations describe: "
        "see item 2, item 3, item 5, and item 6b."
    ),
    "fr": (
        "Il y a aussi des listes réservées à certaines délégations, celles que décrit chaque "
        "invitation : voir point 2, point 3, point 5 et point 6b."
    ),
    "es": (
        "Hay también listas solo para algunas delegaciones, las que describe cada invitación: "
        "véase tema 2, tema 3, tema 5 y tema 6b."
    ),
    "ar": (
        "هناك أيضاً قوائم مقصورة على بعض الوفود، وهي الوفود التي تصفها كل دعوة: "
        "انظر البند 2 والبند 3 والبند 5 والبند 6 (ب)."
    ),
}


def page(client: Client, address: str) -> Page:
    response = client.get(address)
    assert response.status_code == 200
    return Page(response.content.decode())


# --- the programme of 2024 -------------------------------------------------------------------


@pytest.mark.django_db
def test_no_delegation_reads_on_its_page_that_a_list_for_some_is_its_own(
    publish: Publish, client: Client
) -> None:
    import_delegations()
    written = compile_document(meeting_from(PROGRAMMES / f"{SLUG}.yaml"))
    publish(version(written))
    programme = in_english(written)
    described, to_all = (
        {
            each.id
            for one in programme.items()
            for each in one.lists
            if any(some in each.invitation.value for some in words)
        }
        for words in (DESCRIBED["en"], [OPEN["en"]])
    )
    for_some = {address for key, address in lists_of(programme) if key in described}
    for_all = {address for key, address in lists_of(programme) if key in to_all}
    parties = set()

    codes = dict(Delegation.objects.values_list("code", "kind"))
    for code in codes:
        found = points_of(programme, code)
        assert found
        own = {one.list.id for one in (*found.named, *found.open)}
        own |= {one.list.id for entry in (*found.ledger, *found.floor) for one in entry.invitations}
        assert not own & described, code
        parties |= {code} if own & to_all else set()

    assert len(described) == len(for_some) == 6
    assert list(codes.values()).count("state") == 197
    assert len(parties) == 164
    for language, code in product(LANGUAGES, codes):
        read = page(client, f"/{language}/delegations/{code}/")
        assert [one for one in DESCRIBED[language] if one in read.text] == [], code
        ledgers = [*read.all(class_="ledger")]
        own = {
            one.attributes["href"].rpartition("/items/")[2]
            for one in read.all("a")
            if any(ledger in one.parents for ledger in ledgers)
        }
        assert not own & for_some, code
        assert bool(own & for_all) is (code in parties), code


def lists_of(programme: ProgrammeDocument[Text]) -> Iterator[tuple[str, str]]:
    """Each list of a programme by its id, with the end of its address."""
    for one in programme.items():
        for number, each in enumerate(one.lists, start=1):
            yield each.id, f"{one.slug}/#item-{one.slug}-list-{number}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_edition_that_was_published_before_there_were_kinds_renders_so_too(
    publish: Publish, client: Client, language: str
) -> None:
    stored = (DATA / "programme-2024-schema-1.json").read_text(encoding="utf-8")
    old = version(ProgrammeDocument.from_json(stored))
    publish(replace(old, packed=old.pack(stored), digest=digest_of(stored)))

    programme = page(client, f"/{language}/meetings/{SLUG}/")
    switzerland = page(client, f"/{language}/delegations/che/")
    greece = page(client, f"/{language}/delegations/grc/")

    # Under its item each list stands with its invitation, whatever its kind.
    assert [one for one in DESCRIBED[language] if one not in programme.text] == []
    for read in (switzerland, greece):
        assert [one for one in DESCRIBED[language] if one in read.text] == []
        assert read.text.count(NOTE[language]) == 1
        assert f"/{language}/meetings/{SLUG}/items/4/#item-4-list-1" in read.links
    plain = client.get(f"/{language}/meetings/{SLUG}.txt").content.decode()
    assert OPEN[language].split()[0] in plain


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_plain_text_prints_each_list_whatever_its_kind(language: str) -> None:
    some = open_list("states_parties", kind="conditional", invitation="States that have mines.")
    programme = document(item(1, lists=[some]))

    with override(language):
        assert "States that have mines." in text.render(
            programme.in_language(language), designation="", published_at=None
        )


# --- whose points ----------------------------------------------------------------------------


@pytest.mark.parametrize("code", [one.code for one in (PERU, INDIA, ICRC, TUVALU)])
def test_a_list_for_some_is_nobodys_own_and_is_known_to_those_of_its_kind(
    code: str,
) -> None:
    concerned = code == PERU.code
    some = open_list("states_parties", kind="conditional")
    found = points_of(in_english(document(item(2, lists=[some]))), code)

    assert found is not None
    assert (found.named, found.roles, found.open) == ((), (), ())
    assert bool(found.conditional) is concerned
    assert bool(found) is concerned


def test_whoever_is_named_above_is_not_told_of_a_list_for_others() -> None:
    others = open_list("states_parties", kind="conditional", other_than_named=True)
    programme = in_english(document(item(2, lists=[named_list(CHAD), others])))

    assert [
        bool(found.conditional)
        for code in (CHAD.code, PERU.code)
        if (found := points_of(programme, code)) is not None
    ] == [False, True]


def test_a_page_says_where_lists_for_some_are_once_for_each_item(
    publish: Publish, client: Client
) -> None:
    some = open_list("states_parties", kind="conditional", invitation="States that have mines.")
    two = [named_list(CHAD), replace(some, id="a"), replace(some, id="b")]
    untitled = replace(item(9, lists=[some]), label=Texts(), title=Texts.of(en="Other <matters>"))
    publish(version(document(item(4, title="Assistance", lists=two), untitled)))

    read = page(client, "/en/delegations/per/")

    assert "lists for some delegations only" in read.text
    assert "see item 4 and Other <matters>." in read.text
    assert f"/en/meetings/{SLUG}/items/4/#item-4-list-2" in read.links
    assert [level for level, _ in read.headings] == [1, 2]


def test_a_single_list_for_some_is_told_as_one(publish: Publish, client: Client) -> None:
    some = open_list("states_parties", kind="conditional")
    publish(version(document(item(4, lists=[some]))))

    read = page(client, "/en/delegations/per/")

    assert "There is also a list for some delegations only" in read.text


@pytest.mark.parametrize("code", ["per", "ind", "icrc"])
def test_no_feed_of_a_delegation_tells_of_a_list_for_some(
    publish: Publish, client: Client, code: str
) -> None:
    some = open_list(*ALL, kind="conditional")
    lists: Any = ([], [some], [replace(some, open_to=ALL[:1])])
    plain = [document(item(4, lists=one)) for one in lists]
    publish(*versions_in_turn(*plain))

    assert client.get(f"/en/delegations/{code}/feed.atom").content.count(b"<entry>") == 0
    assert client.get(f"/en/meetings/{SLUG}/feed.atom").content.count(b"<entry>") == len(plain)


# --- what delegates read of a change ---------------------------------------------------------


def held(one: Any) -> Document:
    return document(item(3, title="Clearance", lists=[replace(one, id="list")]))


NAMED = held(named_list(CHAD, invitation="All"))
OPENED = held(open_list("states_parties", invitation="All"))
WIDER = held(open_list("states_parties", "organisations", invitation="All"))
SOME = held(open_list("states_parties", invitation="All", kind="conditional"))
MORE = held(open_list("states_parties", "organisations", invitation="All", kind="conditional"))
OTHERS = held(
    open_list("states_parties", invitation="All", kind="conditional", other_than_named=True)
)

DESCRIBED_ONLY = "The list is open only to those {} that its invitation describes"

TURNS: dict[str, tuple[Document, Document, list[str]]] = {
    "named, then open": (
        NAMED,
        OPENED,
        ["Chad removed from the list", "The list is open to States Parties"],
    ),
    "named, then for some": (
        NAMED,
        SOME,
        ["Chad removed from the list", DESCRIBED_ONLY.format("States Parties")],
    ),
    "open, then named": (
        OPENED,
        NAMED,
        ["Chad added to the list", "The list is only for the delegations that it names"],
    ),
    "open, then for some": (
        OPENED,
        SOME,
        ["The list is open only to those that its invitation describes"],
    ),
    "open, then for some of more": (
        OPENED,
        MORE,
        [DESCRIBED_ONLY.format("States Parties and organisations")],
    ),
    "for some, then named": (
        SOME,
        NAMED,
        ["Chad added to the list", "The list is only for the delegations that it names"],
    ),
    "for some, then open": (
        SOME,
        OPENED,
        ["The list is no longer only for those that its invitation describes"],
    ),
    "for some, then open to more": (
        SOME,
        WIDER,
        ["The list is open to States Parties and organisations"],
    ),
    "for some, then for some of more": (
        SOME,
        MORE,
        [DESCRIBED_ONLY.format("States Parties and organisations")],
    ),
    "for some, then for others alone": (
        SOME,
        OTHERS,
        ["The list is not for the delegations named above"],
    ),
    "for others alone, then for some": (
        OTHERS,
        SOME,
        ["The list may be for the delegations named above too"],
    ),
}


@pytest.mark.parametrize(("old", "new", "expected"), TURNS.values(), ids=TURNS)
def test_delegates_read_what_a_list_is_now(
    old: Document, new: Document, expected: list[str]
) -> None:
    (group,) = groups(lines_between(old, new), "en")

    assert sorted(map(str, group.sentences)) == expected


@pytest.mark.parametrize(("was", "now"), [("named", "open"), ("open", "named")])
def test_a_line_that_was_kept_before_there_were_kinds_is_read_as_one_of_today(
    was: str, now: str
) -> None:
    old, new = (OPENED if one == "open" else NAMED for one in (was, now))
    kept = [one.stored() for one in lines_between(old, new)]
    (of_kind,) = (one for one in kept if one.get("field") == "kind")
    of_kind |= {"field": "is_open", "before": was == "open", "after": now == "open"}

    read = [Line.read(one) for one in kept]

    assert read == lines_between(old, new)
    # What was changed back since then is no change.
    assert composed([read, lines_between(new, old)]) == []


# --- doubts of the desk ----------------------------------------------------------------------

CONDITIONS = {
    "States Parties that have missed their deadlines will be invited.": "that have",
    "States Parties which have stocks": "which have",
    "Other States Parties and organisations with outstanding commitments": "with outstanding",
    "States Parties[^1] implementing Article 5 will be invited": "implementing",
    "States Parties ({delegations}), whose plans are late, will be invited": "whose plans",
    "States not party that retain mines": "that retain",
    "**States Parties** that\nhave asked for more time": "that have",
    "Mine-affected States will be invited": "Mine-affected",
    "States Parties without stocks": "without stocks",
    "States Parties requested to submit plans": "requested to",
    "The Committee will invite those to whom the decision applies": "to whom",
}


@pytest.mark.parametrize(("english", "words"), CONDITIONS.items())
def test_an_open_list_that_sets_a_condition_is_doubted(english: str, words: str) -> None:
    everywhere = Texts.of(**dict.fromkeys(LANGUAGES, english))
    found = {
        kind: [
            (one.kind, one.field)
            for one in warnings_of(
                document(item(1, lists=[open_list(*ALL, invitation=everywhere, kind=kind)]))
            )
            if one.code == "not_for_all"
        ]
        for kind in ("open", "conditional")
    }

    assert condition_in(english).startswith(words)
    assert found == {"open": [("list", "kind")], "conditional": []}


NO_CONDITIONS = (
    "Delegations’ updates",
    "All delegations will be invited to take the floor.",
    "States Parties, with respect to Article 5, will be invited.",
    "States with regard to the Convention",
    "States Parties with a view to concluding",
    "organisations that wish to take the floor on matters with which they deal",
    "States that may wish to speak",
    "Delegations who would like to share information with the Committee",
    "States Parties wishing to engage with the Committee’s observations",
    "States not party participating in the meeting",
    "States not party that are present",
    "interested delegations and organisations, in accordance with the Plan",
    "States that have asked for the floor",
)


@pytest.mark.parametrize("english", NO_CONDITIONS)
def test_what_anybody_may_wish_is_no_condition(english: str) -> None:
    assert condition_in(english) == ""


@pytest.mark.django_db
@pytest.mark.parametrize("name", [SLUG, "2024-first-preparatory-meeting"])
def test_the_open_lists_of_2024_raise_no_doubt_and_would_if_those_for_some_were_open(
    name: str,
) -> None:
    import_delegations()
    meeting = meeting_from(PROGRAMMES / f"{SLUG}.yaml")
    if name != SLUG:
        meeting = meeting_from(PROGRAMMES / f"{name}.yaml")
    published(meeting)
    sorted_so = draft_of(meeting).document
    lists = [one for each in sorted_so.items() for one in each.lists]
    for one in meeting.agenda_items.all():
        one.lists.filter(kind="conditional").update(kind="open")
    all_open = draft_of(meeting).document

    assert [one for one in warnings_of(sorted_so) if one.code == "not_for_all"] == []
    doubted = {one.subject_id for one in warnings_of(all_open) if one.code == "not_for_all"}
    assert doubted == {one.id for one in lists if one.kind == "conditional"}
    assert len(doubted) == (6 if name == SLUG else 0)


DOUBTS = {
    "en": (
        "The invitation says “that have”: is this list open to all, or only for those that the "
        "invitation describes?"
    ),
    "fr": (
        "L’invitation dit « that have » : cette liste est-elle ouverte à toutes les délégations, "
        "ou réservée à celles que décrit l’invitation ?"
    ),
    "es": (
        "La invitación dice “that have”: ¿está esta lista abierta a todas las delegaciones o solo "
        "a las que describe la invitación?"
    ),
    "ar": "جاء في الدعوة «that have»: هل هذه القائمة مفتوحة للجميع أم مقصورة على من تصفهم الدعوة؟",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_doubt_is_told_in_the_language_of_staff(language: str) -> None:
    programme = document(item(1, lists=[open_list(*ALL, invitation="States that have mines")]))
    (doubt,) = (one for one in warnings_of(programme) if one.code == "not_for_all")

    with override(language):
        assert message_of(doubt, language).replace("\u00a0", " ") == DOUBTS[language]
