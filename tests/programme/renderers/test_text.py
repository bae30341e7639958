"""The programme as plain text, from documents made of values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time
from typing import Any

import pytest
from django.utils import translation
from django.utils.translation import gettext

from programme.document.nodes import (
    AgendaItem,
    Delegation,
    MeetingReference,
    SpeakingList,
    Texts,
    Venue,
    Wording,
)
from programme.document.programme import ProgrammeDocument
from programme.renderers.text import render
from tests.programme import builders
from tests.programme.builders import (
    FIRST_DAY,
    NONE,
    SECOND_DAY,
    TextLike,
    day,
    delegation,
    document,
    item,
    named_list,
    panel,
    pause,
    placement,
    sitting,
    slot,
    speaker,
)

AT = datetime(2024, 6, 3, 11, 12)  # noqa: DTZ001 -- of the meeting, as its zone has it
LRI, RLI, PDI, RLM = "\u2066", "\u2067", "\u2069", "\u200f"
DASH = "\u00a0–\u00a0"

WORDS = {
    "agenda": Texts.of(en="Agenda", fr="Ordre du jour", es="Programa", ar="جدول الأعمال"),
    "timetable": Texts.of(en="Timetable", fr="Horaire", es="Horario", ar="الجدول الزمني"),
    "panels": Texts.of(en="Thematic panels", ar="حلقات النقاش المواضيعية"),
    "panel": Texts.of(en="Thematic panel", ar="حلقة نقاش مواضيعية"),
    "continued": Texts.of(en="continued", fr="suite", es="continuación", ar="تابع"),
    "morning": Texts.of(en="Morning", fr="Matin", es="Mañana", ar="صباحا"),
    "afternoon": Texts.of(en="Afternoon", ar="بعد الظهر"),
    "presents": Texts.of(
        en="Presented by %(name)s", fr="Présenté par %(name)s", ar="يعرضه %(name)s"
    ),
    "moderates": Texts.of(en="Moderator: %(name)s", fr="Modérateur : %(name)s"),
    "panellist": Texts.of(en="Panellist: %(name)s"),
    "on_behalf_of": Texts.of(en="on behalf of %(name)s", fr="au nom de %(name)s"),
    "notes": Texts.of(en="Notes", fr="Notes", es="Notas", ar="الحواشي"),
}


TCHAD = replace(builders.CHAD, name_in_text=Texts.of(fr="le Tchad"))
NIGER = replace(builders.NIGER, name_in_text=Texts.of(fr="le Niger"))
IRAN = delegation("irn", in_text=Texts.of(fr="l’Iran"), en="Iran", fr="Iran", es="Irán", ar="إيران")


def invited(
    invitation: TextLike, *named: Delegation[Texts], form: str = "sentence", notes: TextLike = NONE
) -> SpeakingList[Texts]:
    made = named_list(*named, invitation=invitation, form=form, notes=notes)
    return made if named else replace(made, kind="open")


def programme(
    *agenda: AgendaItem[Texts], meeting: Mapping[str, Any] | None = None, **parts: Any
) -> ProgrammeDocument[Texts]:
    """A programme of a meeting that has a name alone, in words of our own."""
    made = document(*agenda, delegations=(TCHAD, IRAN, NIGER), **parts)
    name = Texts.of(en="Meeting", fr="Réunion", es="Reunión", ar="الاجتماع")
    bare = {"name": name, "venue": None, "programme_status": "adopted", "introduction": NONE}
    return replace(made, meeting=replace(made.meeting, **bare | dict(meeting or {})), words=WORDS)


def plain(written: ProgrammeDocument[Texts], language: str = "en") -> str:
    return render(written.in_language(language), designation="", published_at=None)


def agenda_of(written: ProgrammeDocument[Texts], language: str = "en") -> str:
    """What stands beneath the heading of the agenda, without the head of the programme."""
    heading = WORDS["agenda"].in_language(language).value
    return plain(written, language).partition(f"{heading}\n")[2].partition("\n\n")[2]


def in_frame(sentence: str, language: str) -> str:
    with translation.override(language):
        return gettext(sentence)


# --- the head ----------------------------------------------------------------------------


def test_the_head_says_which_programme_this_is() -> None:
    written = programme(
        meeting={
            "name": Texts.of(en="2024 Intersessional Meetings"),
            "programme_status": "provisional",
            "venue": Venue("wmo", Texts.of(en="WMO headquarters"), Texts.of(en="Geneva")),
            "follows": MeetingReference("other", "other", Texts.of(en="Another Meeting")),
            "introduction": Texts.of(en="The meetings *will* take place.\n\nThen[^*] more."),
            "practical_information": Texts.of(en="- Room A\n- Webcast"),
            "notes": Texts.of(en="[^*]: After lunch."),
        }
    )

    text = render(written.in_language("en"), designation="Rev.1", published_at=AT)

    assert text == (
        "2024 Intersessional Meetings\n"
        "============================\n"
        "\n"
        "Rev.1, published on 3 June 2024, 11:12\n"
        "Provisional programme\n"
        "18–20 June 2024\n"
        "WMO headquarters, Geneva\n"
        "All times: Geneva (UTC+2)\n"
        "Follows: Another Meeting\n"
        "\n"
        "The meetings will take place.\n"
        "\n"
        "Then[*] more.\n"
        "\n"
        "Practical information\n"
        "---------------------\n"
        "\n"
        "• Room A\n"
        "• Webcast\n"
        "\n"
        "Notes\n"
        "-----\n"
        "\n"
        "[*] After lunch.\n"
    )


@pytest.mark.parametrize(
    ("designation", "published_at", "line"),
    [
        pytest.param("Rev.2", AT, "Rev.2, published on 3 June 2024, 11:12\n", id="both"),
        pytest.param("", AT, "Published on 3 June 2024, 11:12\n", id="first-version"),
        pytest.param("Rev.2", None, "Rev.2\n", id="designation-alone"),
        pytest.param("", None, "", id="preview"),
    ],
)
def test_the_head_names_the_version_and_whose_hours_it_shows(
    designation: str, published_at: datetime | None, line: str
) -> None:
    text = render(programme().in_language("en"), designation=designation, published_at=published_at)

    zone = "All times: Geneva (UTC+2)\n" if line else ""
    assert text == f"Meeting\n=======\n\n{line}18–20 June 2024\n{zone}"


@pytest.mark.parametrize(
    ("status", "line"),
    [
        ("announced", ""),
        ("postponed", "This meeting is postponed.\n"),
        ("cancelled", "This meeting is cancelled.\n"),
    ],
)
def test_the_head_says_when_a_meeting_does_not_take_place(status: str, line: str) -> None:
    text = plain(programme(meeting={"status": status}))

    assert text == f"Meeting\n=======\n\n{line}18–20 June 2024\n"


def test_the_head_calls_an_unofficial_translation_by_its_name() -> None:
    translated = item(1, title=Texts({"en": Wording("A"), "fr": Wording("B", "unofficial")}))
    sign = in_frame("Unofficial translation", "fr")

    assert f"\n{sign}\n" in plain(programme(translated), "fr")
    assert "Unofficial translation" not in plain(programme(translated), "en")


# --- the agenda --------------------------------------------------------------------------


def test_items_have_label_title_presenters_text_lists_and_notes_in_this_order() -> None:
    written = programme(
        item(
            6,
            title="Mandate of the President",
            sub_items=(
                item(
                    6,
                    1,
                    title="Universalization",
                    text="The President will present[^1].",
                    notes="[^1]: Of the item.",
                    presenters=(
                        speaker(function="the President", named_in_text=True),
                        speaker(
                            person="A. B.",
                            function="Director",
                            of=TCHAD,
                            on_behalf_of="the African Group",
                        ),
                    ),
                    lead_in="The floor will be granted as follows:",
                    lists=(
                        invited(
                            "States ({delegations})[^2] will speak.",
                            NIGER,
                            IRAN,
                            TCHAD,
                            form="bullet",
                            notes="[^2]: Of the list.",
                        ),
                        invited("Others will speak.", form="bullet"),
                        invited(
                            "Then the floor is open.",
                        ),
                    ),
                ),
            ),
        ),
    )

    assert agenda_of(written) == (
        "6. Mandate of the President\n"
        "\n"
        "6a. Universalization\n"
        "\n"
        "Presented by A. B., Director, Chad, on behalf of the African Group\n"
        "\n"
        "The President will present[1].\n"
        "\n"
        "The floor will be granted as follows:\n"
        "\n"
        "• States (Chad, Iran, and Niger)[2] will speak.\n"
        "• Others will speak.\n"
        "\n"
        "Then the floor is open.\n"
        "\n"
        "[1] Of the item.\n"
        "\n"
        "[2] Of the list.\n"
    )


@pytest.mark.parametrize(
    ("language", "invitation", "line"),
    [
        ("en", "States ({delegations}) speak.", "States (Chad, Iran, and Niger) speak."),
        (
            "fr",
            "États ({delegations}) interviennent.",
            "États (Iran, Niger et Tchad) interviennent.",
        ),
        ("es", "Estados ({delegations}) hablan.", "Estados (Chad, Irán y Níger) hablan."),
        ("ar", "الدول ({delegations}) تتكلم.", "الدول (إيران وتشاد والنيجر) تتكلم."),
        ("fr", "{delegations} interviennent.", "L’Iran, le Niger et le Tchad interviennent."),
    ],
)
def test_states_are_named_in_the_order_and_the_way_of_the_language(
    language: str, invitation: str, line: str
) -> None:
    group = invited(Texts.of(**{language: invitation}), TCHAD, IRAN, NIGER)

    text = agenda_of(programme(item(3, title=WORDS["agenda"], lists=(group,))), language)

    assert text.splitlines()[-1] == line


CLAUSES = {
    "en": ("The Committee will invite", "States A to report", "States B to reply", "others."),
    "fr": (
        "Le Comité invitera",
        "les États A à rendre compte",
        "les États B à répondre",
        "d’autres.",
    ),
    "es": (
        "El Comité invitará",
        "a los Estados A a informar",
        "a los Estados B a responder",
        "a otros.",
    ),
    "ar": ("ستدعو اللجنة", "الدول ألف إلى الإبلاغ", "الدول باء إلى الرد", "غيرها."),
}


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            "en",
            "The Committee will invite 1) States A to report, 2) States B to reply, and 3) others.",
        ),
        (
            "fr",
            (
                "Le Comité invitera 1) les États A à rendre compte, 2) les États B à répondre "
                "et 3) d’autres."
            ),
        ),
        (
            "es",
            (
                "El Comité invitará 1) a los Estados A a informar, 2) a los Estados B a responder "
                "y 3) a otros."
            ),
        ),
        (
            "ar",
            "ستدعو اللجنة (1) الدول ألف إلى الإبلاغ، (2) الدول باء إلى الرد، و(3) غيرها.",
        ),
    ],
)
def test_run_in_lists_make_one_sentence_with_their_lead_in(language: str, sentence: str) -> None:
    lead_in, *clauses = (Texts.of(**{language: part}) for part in CLAUSES[language])
    lists = tuple(invited(clause, form="run_in") for clause in clauses)

    text = agenda_of(
        programme(item(5, title=WORDS["agenda"], lead_in=lead_in, lists=lists)), language
    )

    assert text.splitlines()[1:] == ["", sentence]


def test_a_single_run_in_list_needs_no_number() -> None:
    lists = (invited("delegations to take the floor", form="run_in"),)
    written = programme(item(5, title="A", lead_in="He will invite", lists=lists))

    assert agenda_of(written) == "5. A\n\nHe will invite delegations to take the floor.\n"


def test_a_lead_in_without_lists_is_not_lost() -> None:
    written = programme(item(5, title="A", lead_in="As follows:"))

    assert agenda_of(written) == "5. A\n\nAs follows:\n"


def test_an_item_without_title_shows_number_and_presenter() -> None:
    presented = item(7, presenters=(speaker(function="the President"),))

    assert agenda_of(programme(presented)) == "7. Presented by the President\n"
    assert agenda_of(programme(item(7))) == "7\n"
    assert agenda_of(programme(item(title="Logistics"))) == "Logistics\n"


def test_a_state_that_presents_has_its_article_but_not_after_a_colon() -> None:
    written = programme(
        item(
            1,
            title=Texts.of(fr="Point"),
            presenters=(speaker(of=TCHAD), speaker("moderates", of=TCHAD)),
        )
    )

    assert agenda_of(written, "fr") == ("1. Point\n\nPrésenté par le Tchad\nModérateur : Tchad\n")


# --- the timetable -----------------------------------------------------------------------


PANEL = replace(
    panel(text="One.\n\nTwo[^1].", panellists=(speaker("panellist", person="C. D."),)),
    notes=Texts.of(en="[^1]: Note."),
)


def test_the_timetable_has_days_sittings_items_breaks_and_panels() -> None:
    universalization = item(6, 1, title="Universalization")
    stockpiles = item(6, 2, title="Stockpile destruction")
    president = item(6, title="President", sub_items=(universalization, stockpiles))
    morning = sitting(placement(president, time(10), time(11)), placement(stockpiles))
    afternoon = sitting(
        placement(president, is_continued=True),
        part="afternoon",
        heading="Afternoon of reports",
        start=None,
        end=None,
    )
    timetable = (day(FIRST_DAY, morning, pause(), afternoon), day(SECOND_DAY, slot(PANEL)))
    written = programme(president, timetable=timetable, panels=(PANEL,))

    assert agenda_of(written).partition("\n\nTimetable\n---------\n\n")[2] == (
        "Tuesday, 18 June 2024\n"
        "\n"
        f"10:00{DASH}13:00  Morning\n"
        "\n"
        f"10:00{DASH}11:00  6. President\n"
        "  6a. Universalization\n"
        "6b. Stockpile destruction\n"
        "\n"
        f"13:00{DASH}15:00  Lunch break\n"
        "\n"
        "Afternoon of reports\n"
        "\n"
        "6. President (continued)\n"
        "\n"
        "Wednesday, 19 June 2024\n"
        "Thematic panels\n"
        "\n"
        f"11:30{DASH}13:00  Thematic panel\n"
        "\n"
        "Panellist: C. D.\n"
        "\n"
        "One.\n"
        "\n"
        "Two[1].\n"
        "\n"
        "[1] Note.\n"
    )


def test_a_panel_inside_a_sitting_stands_there_alone() -> None:
    morning = sitting(slot(replace(PANEL, start=None, end=None)), start=None, end=None)

    text = plain(programme(timetable=(day(SECOND_DAY, morning),), panels=(PANEL,)))

    assert text.count("Thematic panel") == 1
    assert "\nWednesday, 19 June 2024\n\nMorning\n\nThematic panel\n" in text


# --- languages ---------------------------------------------------------------------------


def test_a_text_in_another_language_has_a_sign() -> None:
    untranslated = item(1, title="Opening", text="One.\n\nTwo.")
    sign = f"[{in_frame('in English', 'fr')}]"

    assert agenda_of(programme(untranslated), "fr") == f"1. Opening {sign}\n\n{sign} One.\n\nTwo.\n"
    assert agenda_of(programme(untranslated), "en") == "1. Opening\n\nOne.\n\nTwo.\n"


def test_the_language_is_that_of_the_document_whatever_is_active() -> None:
    written = programme(meeting={"status": "cancelled"})

    with translation.override("es"):
        text = plain(written, "en")

    assert text == "Meeting\n=======\n\nThis meeting is cancelled.\n18–20 June 2024\n"


def test_a_text_that_is_behind_has_a_sign() -> None:
    behind = Texts({"en": Wording("New"), "fr": Wording("Ancien", behind=True)})
    sign = f"[{in_frame('the English has changed since', 'fr')}]"

    assert agenda_of(programme(item(1, text=behind)), "fr") == f"1\n\n{sign} Ancien\n"


def test_arabic_is_set_from_right_to_left_with_codes_and_foreign_texts_isolated() -> None:
    universalization = item(
        6,
        1,
        title=Texts.of(ar="عالمية الاتفاقية"),
        text=Texts.of(ar="الوثيقة APLC/MSP.21/2023/1.\n\n21MSP هو الاجتماع[^1]."),
        notes=Texts.of(ar="[^1]: حاشية."),
        presenters=(speaker(person="Ly Thuch", of=TCHAD),),
        lists=(
            invited(Texts.of(ar="الدول ({delegations}) مدعوة."), NIGER, TCHAD, form="bullet"),
            invited("Others (if any).", form="bullet"),
        ),
    )
    continued = placement(universalization, time(10), time(11, 30), is_continued=True)
    title = Texts.of(ar="المسائل المتصلة بولاية الرئيس")
    written = programme(
        item(6, title=title, sub_items=(universalization,)),
        meeting={"venue": Venue("wmo", Texts.of(ar="المقر"), Texts.of(en="Geneva"))},
        timetable=(day(SECOND_DAY, continued, slot(PANEL)),),
        panels=(replace(PANEL, text=NONE, notes=NONE, panellists=()),),
    )
    sign = f"[{in_frame('in English', 'ar')}]"
    # A catalogue's Arabic needs no mark; English, where the catalogue has none, does.
    mark = "" if sign != "[in English]" else RLM
    published = in_frame("%(designation)s, published on %(date)s", "ar") % {
        "designation": f"{LRI}Rev.1{PDI}",
        "date": "3 حزيران/يونيه 2024، 11:12",
    }

    text = render(written.in_language("ar"), designation="Rev.1", published_at=AT)

    assert text.replace(f"{RLM}{published}", published) == (
        "الاجتماع\n"
        f"{RLM}========\n"
        "\n"
        f"{published}\n"
        f"{RLM}{RLI}18–20 حزيران/يونيه 2024{PDI}\n"
        f"المقر، {LRI}Geneva{PDI}\n"
        f"جميع الأوقات: جنيف ({LRI}UTC+2{PDI})\n"
        "\n"
        "جدول الأعمال\n"
        f"{RLM}------------\n"
        "\n"
        "6 - المسائل المتصلة بولاية الرئيس\n"
        "\n"
        "6 (أ) - عالمية الاتفاقية\n"
        "\n"
        f"يعرضه {LRI}Ly Thuch{PDI}، تشاد\n"
        "\n"
        f"الوثيقة {LRI}APLC/MSP.21/2023/1{PDI}.\n"
        "\n"
        f"{RLM}21MSP هو الاجتماع[1].\n"
        "\n"
        "• الدول (تشاد والنيجر) مدعوة.\n"
        f"{mark}• {sign} {LRI}Others (if any).{PDI}\n"
        "\n"
        "[1] حاشية.\n"
        "\n"
        "الجدول الزمني\n"
        f"{RLM}-------------\n"
        "\n"
        "الأربعاء 19 حزيران/يونيه 2024\n"
        "\n"
        f"{RLI}10:00{DASH}11:30{PDI}  6 (أ) - عالمية الاتفاقية (تابع)\n"
        "\n"
        f"{RLI}11:30{DASH}13:00{PDI}  حلقة نقاش مواضيعية\n"
    )


def test_what_is_inferred_says_so() -> None:
    inferred = item(
        1, title=Texts.of("inferred", en="Opening"), text=Texts.of("inferred", en="One.")
    )

    assert agenda_of(programme(inferred)) == (
        "1. Opening [title inferred]\n\n[inferred wording] One.\n"
    )


def test_an_item_without_label_and_title_is_not_lost() -> None:
    bare = item(text="Any other business.")

    assert agenda_of(programme(bare)) == "Agenda item\n\nAny other business.\n"


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", f"10:00{DASH}13:00  Morning, Room A"),
        ("fr", f"10:00{DASH}13:00  Matin, salle A"),
    ],
)
def test_room_stands_beside_what_is_held_there(language: str, line: str) -> None:
    room = Texts.of(en="Room A", fr="salle A")
    theme = panel(title=Texts.of(en="Victims", fr="Victimes"), room=room, on=FIRST_DAY)
    timetable = [day(FIRST_DAY, sitting(slot(theme), room=room))]
    made = replace(document(timetable=timetable, panels=[theme]), words=WORDS)

    written = render(made.in_language(language), designation="", published_at=None)

    assert line in written.split("\n")
    name = {"en": "Victims, Room A", "fr": "Victimes, salle A"}[language]
    assert f"11:30{DASH}13:00  {name}" in written
