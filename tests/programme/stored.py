"""A small document as values, with one of each node."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

from programme.document.nodes import (
    AgendaItem,
    Break,
    Day,
    Delegation,
    ListEntry,
    Meeting,
    MeetingReference,
    Panel,
    PanelSlot,
    Placement,
    Sitting,
    Speaker,
    SpeakingList,
    Texts,
    Venue,
    Wording,
)
from programme.document.programme import ProgrammeDocument


def document() -> ProgrammeDocument[Texts]:
    """One item with a list of two States, placed in a sitting; one without; a panel; a break."""
    speaker = Speaker(
        id="speaker-1",
        role="opens",
        person=Texts.of(en="Jane Doe"),
        function=Texts.of(en="Director", fr="Directrice"),
        on_behalf_of=Texts(),
        delegation_code="tcd",
    )
    speaking_list = SpeakingList(
        id="list-1",
        invitation=Texts.of(en="States ({delegations}) will speak.[^1]"),
        notes=Texts.of("inferred", en="[^1]: Not known."),
        form="bullet",
        basis="none",
        kind="named",
        open_to=(),
        other_than_named=False,
        order="alphabetical",
        entries=(ListEntry("entry-1", "cyp"), ListEntry("entry-2", "tcd")),
    )
    item = AgendaItem(
        id="item-1",
        slug="1",
        label=Texts.of(en="1", ar="1"),
        title=Texts(
            {
                "en": Wording("Opening"),
                "fr": Wording("Ouverture", "unofficial", behind=True),
            }
        ),
        text=Texts.of(en="Opening of the meeting."),
        lead_in=Texts(),
        notes=Texts(),
        presenters=(speaker,),
        lists=(speaking_list,),
        sub_items=(),
        number=1,
    )
    panel = Panel(
        id="panel-1",
        slug="theme",
        title=Texts(),
        text=Texts.of(en="Why it matters."),
        notes=Texts(),
        date=date(2024, 6, 19),
        start=time(11, 30),
        end=time(13),
        panellists=(),
    )
    sitting = Sitting(
        id="sitting-1",
        part="morning",
        kind="plenary",
        heading=Texts(),
        start=time(10),
        end=time(13),
        entries=(
            Placement("placement-1", "item-1", is_continued=False, start=time(10), end=time(11)),
            PanelSlot("panel-1", start=time(11, 30), end=time(13)),
        ),
    )
    lunch = Break("break-1", Texts.of(en="Lunch break"), start=time(13), end=time(15))
    meeting = Meeting(
        id="meeting",
        slug="sample",
        name=Texts.of(en="Sample meeting", ar="اجتماع"),
        starts_on=date(2024, 6, 18),
        ends_on=date(2024, 6, 20),
        zone="Europe/Zurich",
        venue=Venue("venue-1", Texts.of(en="Headquarters"), Texts.of(en="Geneva")),
        status="announced",
        programme_status="provisional",
        introduction=Texts(),
        practical_information=Texts(),
        notes=Texts(),
        follows=MeetingReference("other", "other", Texts.of(en="Other meeting")),
    )
    return ProgrammeDocument(
        meeting=meeting,
        agenda=(item, second_item()),
        timetable=(Day(date(2024, 6, 19), (sitting, lunch)),),
        panels=(panel,),
        delegations=(
            state("cyp", {"en": "Cyprus", "fr": "Chypre"}),
            state("tcd", {"en": "Chad", "fr": "Tchad"}),
        ),
        words={"agenda": Texts.of(en="Agenda", fr="Ordre du jour"), **BREAKS},
    )


BREAKS = {
    "lunch": Texts.of(
        en="Lunch break", fr="Pause déjeuner", es="Pausa para el almuerzo", ar="استراحة الغداء"
    ),
    "coffee": Texts.of(
        en="Coffee break", fr="Pause café", es="Pausa para el café", ar="استراحة القهوة"
    ),
    "other": Texts.of(en="Break", fr="Pause", es="Pausa", ar="استراحة"),
}
"""What breaks without a name were called before documents knew their kinds."""


def second_item() -> AgendaItem[Texts]:
    """A second item, with a sub-item and without texts."""
    sub_item = AgendaItem(
        "item-2a", "2a", Texts.of(en="2a", ar="2 (أ)"), *(Texts(),) * 4, (), (), (), 1
    )
    return AgendaItem(
        "item-2", "2", Texts.of("inferred", en="2"), *(Texts(),) * 4, (), (), (sub_item,), 2
    )


def with_lists_of_every_kind() -> ProgrammeDocument[Texts]:
    """The same with two lists that name nobody: for all of a kind, and for some of it."""
    stored = document()
    named = stored.agenda[0].lists[0]
    nobody = replace(
        named,
        id="list-2",
        kind="open",
        open_to=("states_parties", "organisations"),
        invitation=Texts.of(en="All will be invited."),
        notes=Texts(),
        entries=(),
    )
    some = replace(
        nobody,
        id="list-3",
        kind="conditional",
        invitation=Texts.of(en="States Parties that have stocks will be invited."),
        open_to=("states_parties",),
    )
    return replace(stored, agenda=(stored.agenda[0], replace(second_item(), lists=(nobody, some))))


def with_what_rows_know() -> ProgrammeDocument[Texts]:
    """The same with an item under a free label and a break without a name."""
    stored = with_lists_of_every_kind()
    label = Texts.of(en="A bis", fr="A bis", es="A bis", ar="A bis")
    free = AgendaItem(
        "item-3", "a-bis", label, *(Texts(),) * 4, (), (), (), number=3, free_label="A bis"
    )
    (day,) = stored.timetable
    coffee = Break("break-2", Texts(), start=time(16), end=None, kind="coffee")
    timetable = (replace(day, entries=(*day.entries, coffee)),)
    return replace(stored, agenda=(*stored.agenda, free), timetable=timetable)


def state(code: str, names: dict[str, str]) -> Delegation[Texts]:
    """A State Party with names in some languages."""
    keys = {one: names.get(one, names["en"]).casefold() for one in ("en", "fr", "es", "ar")}
    return Delegation(code, code, "state", Texts.of(**names), Texts(), keys, "state_party")
