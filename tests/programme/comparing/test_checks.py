from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import time
from typing import Any

import pytest

from programme.comparing.warning import SENTENCES, ProgrammeWarning, message_of
from programme.comparing.warnings import warnings_of
from programme.document.nodes import (
    LANGUAGES,
    AgendaItem,
    Delegation,
    PanelSlot,
    Placement,
    SpeakingList,
    Texts,
    Wording,
)
from programme.document.programme import ProgrammeDocument
from tests.programme.builders import (
    CHAD,
    FIRST_DAY,
    ICRC,
    INDIA,
    NIGER,
    PERU,
    SECOND_DAY,
    TUVALU,
    UKRAINE,
    day,
    delegation,
    document,
    item,
    named_list,
    open_list,
    panel,
    pause,
    placement,
    sitting,
    slot,
    speaker,
)

Document = ProgrammeDocument[Texts]


def everywhere(value: str) -> Texts:
    """The same words in every language: nothing is missing."""
    return Texts.of(**dict.fromkeys(LANGUAGES, value))


def whole(*agenda: AgendaItem[Texts], **values: Any) -> Document:
    """A programme whose meeting lacks no translation, so that only the agenda is told."""
    texts = {"name": everywhere("Meeting"), "introduction": Texts(), "venue": None}
    return document(*agenda, **{**texts, **values})


def told(document: Document) -> list[tuple[str, str, str]]:
    return [(one.code, one.field, one.language) for one in warnings_of(document)]


# --- lists -----------------------------------------------------------------------------------


def invited(*states: Delegation[Texts], basis: str = "none") -> SpeakingList[Texts]:
    invitation = everywhere("States ({delegations}) will speak.")
    return replace(named_list(*states, invitation=invitation), basis=basis)


def opened() -> SpeakingList[Texts]:
    return open_list("organisations", invitation=everywhere("Others will speak."))


ARTICLE_5 = "article_5_extension_request"


@pytest.mark.parametrize(
    ("lists", "codes"),
    [
        ([invited(PERU, CHAD), invited(NIGER), opened()], []),
        ([invited(PERU, CHAD), invited(CHAD)], ["in_two_lists"]),
        ([invited(), opened()], ["nobody_named"]),
        ([invited(CHAD, TUVALU, basis=ARTICLE_5)], []),
        ([invited(INDIA, basis=ARTICLE_5)], ["not_a_party"]),
        ([invited(INDIA, basis="article_4_missed_deadline")], ["not_a_party"]),
        ([invited(ICRC, basis=ARTICLE_5)], ["not_a_party"]),
        ([invited(INDIA, basis="universalization"), invited(ICRC)], []),
    ],
)
def test_members_of_lists_are_doubted(
    lists: Sequence[SpeakingList[Texts]], codes: list[str]
) -> None:
    assert told(whole(item(1, lists=lists))) == [(code, "delegations", "") for code in codes]


def test_one_list_in_each_of_two_items_may_name_the_same_state() -> None:
    assert told(whole(item(1, lists=[invited(CHAD)]), item(2, lists=[invited(CHAD)]))) == []


# --- footnotes -------------------------------------------------------------------------------

MARKED, UNMARKED = "See the plan.[^1]", "See the plan."
NOTE = "[^1]: Of 2024."


@pytest.mark.parametrize(
    ("text", "notes", "doubts"),
    [
        (everywhere(MARKED), everywhere(NOTE), []),
        (everywhere(f"{MARKED}\n\n{NOTE}"), Texts(), []),
        (everywhere("An escaped \\[^1]"), Texts(), []),
        (
            everywhere(MARKED),
            Texts(),
            [("mark_without_note", "text", one) for one in LANGUAGES],
        ),
        (
            everywhere(UNMARKED),
            everywhere(NOTE),
            [("note_without_mark", "notes", one) for one in LANGUAGES],
        ),
        (
            everywhere(MARKED),
            Texts.of(**dict.fromkeys(LANGUAGES, NOTE) | {"fr": "[^2]: De 2024."}),
            [("mark_without_note", "text", "fr"), ("note_without_mark", "notes", "fr")],
        ),
        (
            Texts.of(**dict.fromkeys(LANGUAGES, MARKED) | {"ar": UNMARKED}),
            everywhere(NOTE),
            [("note_without_mark", "notes", "ar")],
        ),
        (everywhere(MARKED), everywhere(f"{NOTE} See also[^*].\n\n[^*]: Here."), []),
    ],
)
def test_footnote_marks_and_notes_meet_in_each_language(
    text: Texts, notes: Texts, doubts: list[tuple[str, str, str]]
) -> None:
    assert told(whole(item(1, text=text, notes=notes))) == doubts


def test_a_note_of_another_language_stands_in_where_there_is_none() -> None:
    doubts = told(whole(item(1, text=everywhere(MARKED), notes=NOTE)))

    assert doubts == [("missing", "notes", one) for one in ("fr", "es", "ar")]


def test_a_mark_in_a_title_leads_to_the_notes_of_its_item() -> None:
    marked = item(1, title=everywhere("Plan[^*]"), notes=everywhere("[^*]: Of 2024."))

    assert told(whole(marked)) == []


# --- translations ----------------------------------------------------------------------------


def translated(english: str, **values: str) -> Texts:
    """A text whose other languages say the same as the English unless told otherwise."""
    return Texts.of(**{**dict.fromkeys(LANGUAGES, english), **values})


TRANSLATIONS: list[tuple[Texts, list[tuple[str, str]]]] = [
    (everywhere("Article 5"), []),
    (translated("On 18 June 2024", fr="Le 18 juin 2024", ar="١٨ حزيران/يونيه ٢٠٢٤"), []),
    (translated("Article 5 of 1997", fr="De 1997, article 5, voir l’article 5"), []),
    (translated("1,000 mines", fr="1\u00a0000 mines", es="1.000 minas"), []),
    (translated("1. One\n2. Two", ar="١. أولاً\n٢. ثانياً", fr="• Un\n• Deux"), []),
    (translated("Article 5", fr="Article 6"), [("numbers_instead", "fr")]),
    (translated("Article 5", ar="المادة"), [("numbers_lacking", "ar")]),
    (translated("An article", es="El artículo 5"), [("numbers_added", "es")]),
    (translated("See APLC/CONF/2024/1", ar="انظر APLC/CONF/2024/2"), [("symbols_instead", "ar")]),
    (translated("({delegations}) speak", fr="parlent"), [("symbols_lacking", "fr")]),
    (translated("Chad and Peru", fr="Pérou et Tchad", ar="بيرو وتشاد", es="Perú y Chad"), []),
    (translated("Chad", fr="Niger", ar="تشاد"), [("states_instead", "fr")]),
    (translated("Chad", fr="Tchad", es="Nada", ar="تشاد"), [("states_lacking", "es")]),
    (translated("All", ar="أوكرانيا"), [("states_added", "ar")]),
    (Texts.of(en="Opening", fr="Ouverture"), [("missing", "es"), ("missing", "ar")]),
    (Texts.of(fr="Un", es="Uno", ar="واحد"), [("missing", "en")]),
    (
        Texts({**everywhere("5").wordings, "es": Wording("6", "unofficial", behind=True)}),
        [("behind", "es"), ("numbers_instead", "es")],
    ),
]


@pytest.mark.parametrize(("text", "doubts"), TRANSLATIONS)
def test_a_translation_is_there_up_to_date_and_says_the_same(
    text: Texts, doubts: list[tuple[str, str]]
) -> None:
    found = told(whole(item(1, text=text)))

    assert found == [(code, "text", language) for code, language in doubts]


def test_texts_of_every_row_are_read() -> None:
    word = Texts.of(en="A word", fr="Un mot", es="Una palabra")
    of_malta = delegation("mlt", en="Malta", fr="Malte", es="Malta")
    theme = panel(title=word, text=word, panellists=[speaker("panellist", person=word)])
    programme = whole(
        item(1, title=word, presenters=[speaker(function=word)], lists=[named_list(of_malta)]),
        timetable=[
            day(FIRST_DAY, sitting(heading=word), replace(pause(), name=word)),
            day(SECOND_DAY, slot(theme)),
        ],
        panels=[theme],
        delegations=[of_malta],
        practical_information=word,
    )

    arabic = [(one.kind, one.field) for one in warnings_of(programme) if one.language == "ar"]

    assert arabic == [
        ("meeting", "practical_information"),
        ("item", "title"),
        ("speaker", "function"),
        ("list", "invitation"),
        ("sitting", "heading"),
        ("break", "name"),
        ("panel", "title"),
        ("panel", "text"),
        ("speaker", "person"),
        ("delegation", "name"),
    ]


# --- times -----------------------------------------------------------------------------------

ONE, TWO = item(1, title=everywhere("One")), item(2, title=everywhere("Two"))
FOUR = item(4, sub_items=[item(4, 1), item(4, 2)])
NOON_THEME = panel(text=everywhere("Why."), on=FIRST_DAY, start=time(12), end=time(14))


def at(of: AgendaItem[Texts], *hours: float) -> Placement[Texts]:
    """An item from one hour until another; 10.5 is half past ten."""
    start, end = ([time(int(one), int(one % 1 * 60)) for one in hours] + [None, None])[:2]
    return placement(of, start, end)


TIMES: dict[str, tuple[Sequence[Any], list[tuple[str, str, str]]]] = {
    "one after the other": ([sitting(at(ONE, 10, 11), at(TWO, 11, 13))], []),
    "no times": ([sitting(at(ONE), at(TWO), start=None, end=None)], []),
    "no end": ([sitting(at(ONE, 10), at(TWO, 10.5))], []),
    "before its sitting": (
        [sitting(at(ONE, 9.5, 11))],
        [("outside_sitting", "placement-1-09:30:00", "start")],
    ),
    "after its sitting": (
        [sitting(at(ONE, 13))],
        [("outside_sitting", "placement-1-13:00:00", "start")],
    ),
    "past the end of its sitting": (
        [sitting(at(ONE, 12, 13.5))],
        [("outside_sitting", "placement-1-12:00:00", "end")],
    ),
    "a panel past the end of its sitting": (
        [sitting(slot(NOON_THEME))],
        [("outside_sitting", NOON_THEME.id, "end")],
    ),
    "a sitting of unknown end": ([sitting(at(ONE, 12, 15), end=None)], []),
    "at the same hour": (
        [sitting(at(ONE, 10), at(TWO, 10))],
        [("at_the_same_time", "placement-2-10:00:00", "start")],
    ),
    "before another has ended": (
        [sitting(at(ONE, 10, 12), at(TWO, 11, 11.5), at(item(3), 11.75))],
        [
            ("at_the_same_time", "placement-2-11:00:00", "start"),
            ("at_the_same_time", "placement-3-11:45:00", "start"),
        ],
    ),
    "three of which the last is beside the second": (
        [sitting(at(ONE, 10, 11.5), at(TWO, 11, 12.5), at(item(3), 12, 12.5))],
        [
            ("at_the_same_time", "placement-2-11:00:00", "start"),
            ("at_the_same_time", "placement-3-12:00:00", "start"),
        ],
    ),
    "an item and its sub-item": (
        [sitting(at(FOUR, 10, 13), at(FOUR.sub_items[0], 10, 11))],
        [],
    ),
    "two sub-items of an item": (
        [sitting(at(FOUR.sub_items[0], 10, 12), at(FOUR.sub_items[1], 11, 12))],
        [("at_the_same_time", "placement-4b-11:00:00", "start")],
    ),
    "a panel beside a sitting": (
        [sitting(), slot(NOON_THEME)],
        [("at_the_same_time", NOON_THEME.id, "start")],
    ),
    "a panel before a sitting": (
        [slot(NOON_THEME), sitting(part="afternoon", start=time(13), end=time(15))],
        [("at_the_same_time", NOON_THEME.id, "start")],
    ),
    "a break beside its sittings": (
        [sitting(), pause(), sitting(part="afternoon", start=time(15), end=time(18))],
        [],
    ),
    "two sittings": (
        [sitting(), sitting(part="afternoon", start=time(12, 30), end=time(15))],
        [("sitting_at_the_same_time", "sitting-afternoon", "start")],
    ),
}


def test_an_item_without_number_and_title_is_called_an_item() -> None:
    nameless = item()
    day_of_both = day(FIRST_DAY, at(nameless, 12), replace(slot(NOON_THEME), end=None))
    programme = whole(nameless, timetable=[day_of_both], panels=[NOON_THEME])

    (warning,) = [one for one in warnings_of(programme) if one.code == "at_the_same_time"]

    assert "Agenda item" in message_of(warning, "en")


@pytest.mark.parametrize(("entries", "doubts"), TIMES.values(), ids=TIMES.keys())
def test_times_fit_each_other(entries: Sequence[Any], doubts: list[tuple[str, str, str]]) -> None:
    programme = whole(
        *(ONE, TWO, item(3), FOUR),
        timetable=[day(FIRST_DAY, *entries)],
        panels=[NOON_THEME],
    )

    found = [(one.code, one.subject_id, one.field) for one in warnings_of(programme)]

    assert found == doubts


def test_what_takes_part_in_a_doubt_is_named_whichever_of_them_is_asked_for() -> None:
    both, other = invited(CHAD), replace(invited(CHAD), id="other list")
    programme = whole(
        item(1, lists=[both, other, replace(invited(INDIA, basis=ARTICLE_5), id="third")]),
        *(TWO, item(3)),
        timetable=[
            day(
                FIRST_DAY,
                sitting(at(TWO, 10, 12), at(item(3), 11, 14)),
                sitting(part="afternoon", start=time(12), end=time(14)),
                slot(NOON_THEME),
            )
        ],
        panels=[NOON_THEME],
    )

    found = {(one.code, one.subject_id, one.also) for one in warnings_of(programme)}

    assert found == {
        ("in_two_lists", "other list", (both.id,)),
        ("not_a_party", "third", (programme.meeting.id,)),
        ("at_the_same_time", "placement-3-11:00:00", ("placement-2-10:00:00",)),
        ("outside_sitting", "placement-3-11:00:00", ("sitting-morning",)),
        ("sitting_at_the_same_time", "sitting-afternoon", ("sitting-morning",)),
        ("at_the_same_time", NOON_THEME.id, ("sitting-morning", "sitting-afternoon")),
    }
    for one in warnings_of(programme):
        assert all(one.concerns({each}) for each in (one.subject_id, *one.also))
        assert not one.concerns({"elsewhere"})


# --- what is shown otherwise than it was meant -----------------------------------------------


@pytest.mark.parametrize(
    ("text", "doubts"),
    [
        ("- one\n- two", []),
        ("•\tone\n•\ttwo", []),
        ("Before:\n– only one", [("no_list", "– only one")]),
        ("One • two • three", [("no_list", "One • two • three")]),
        ("[site](www.example.org) [us](isu@example.org) [here](/en/) [there](#x)", []),
        ("[plan](plan.pdf)", [("link_within", "plan.pdf")]),
        ("**bold** words", []),
        ("** bold ** words", [("signs_shown", "**")]),
        ("\uf0b7 one\n\uf0a7\ttwo", []),
        ("Fran\ufffdais", [("odd_sign", "U+FFFD REPLACEMENT CHARACTER")]),
        ("\uf0b7 one \uf0b7\n\ue000", [("odd_sign", "U+F0B7"), ("odd_sign", "U+E000")]),
        ("\U00100000", [("odd_sign", "U+100000")]),
    ],
)
def test_what_is_shown_otherwise_than_it_was_meant(
    text: str, doubts: list[tuple[str, str]]
) -> None:
    programme = whole(item(1, text=everywhere(text)))

    found = [(one.code, one.params["words"]) for one in warnings_of(programme)]

    assert found == doubts * len(LANGUAGES)


def test_odd_signs_in_names_are_doubted_too() -> None:
    of_turkey = delegation("tur", en="T\ufffdrkiye", fr="Türkiye", es="Türkiye", ar="تركيا")
    programme = whole(
        item(1, title=everywhere("A\ue000"), lists=[named_list(of_turkey)]), delegations=[of_turkey]
    )

    doubts = [one for one in warnings_of(programme) if one.code == "odd_sign"]

    assert [(one.kind, one.field, one.language) for one in doubts] == [
        *(("item", "title", language) for language in LANGUAGES),
        ("delegation", "name", "en"),
    ]


# --- in words --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("programme", "message"),
    [
        (
            whole(item(1, lists=[invited(UKRAINE), invited(UKRAINE)])),
            "Ukraine stands in another list of this item too.",
        ),
        (
            whole(item(1, text=translated("In 2024 and 2025", fr="En 1997 et 1999"))),
            "The English says 2024, 2025 where this says 1997, 1999.",
        ),
        (
            whole(item(1, text=translated("Chad", fr="Rien", es="Chad", ar="تشاد"))),
            "Only the English names Chad.",
        ),
        (
            whole(ONE, timetable=[day(FIRST_DAY, sitting(placement(ONE, time(14))))]),
            "This is outside the hours of its sitting, 10:00\u00a0–\u00a013:00.",
        ),
        (
            whole(timetable=[day(FIRST_DAY, sitting(), slot(NOON_THEME))], panels=[NOON_THEME]),
            "“Morning” is at the same time.",
        ),
    ],
)
def test_a_warning_is_told_in_a_sentence(programme: Document, message: str) -> None:
    (warning,) = warnings_of(programme)

    assert message_of(warning, "en") == message


def test_names_in_a_warning_are_in_the_language_of_its_reader() -> None:
    (warning,) = warnings_of(whole(item(1, lists=[invited(NIGER), invited(NIGER)])))

    assert message_of(warning, "ar").startswith("النيجر ")


@pytest.mark.parametrize("code", SENTENCES)
def test_every_sentence_is_filled_by_what_its_warning_carries(code: str) -> None:
    names = (
        *("delegation", "mark", "hours", "other", "english", "here", "words", "days", "meeting"),
    )
    warning = ProgrammeWarning(code, "item", "1", "text", params=dict.fromkeys(names, "…"))

    assert "%(" not in message_of(warning, "en")


def test_a_panel_is_known_by_its_own_id() -> None:
    early = sitting(PanelSlot(NOON_THEME.id, time(9), None))

    (warning,) = warnings_of(whole(timetable=[day(FIRST_DAY, early)], panels=[NOON_THEME]))

    assert (warning.kind, warning.subject_id) == ("panel", NOON_THEME.id)
