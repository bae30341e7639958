"""Documents made of values, with sensible defaults: a test says only what it is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from functools import cache
from typing import Any

from meetings.alphabetical_order import sort_key
from programme.comparing.change_lines import held_back
from programme.comparing.lines.writing import lines_between
from programme.document.nodes import (
    LANGUAGES,
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
    Text,
    Texts,
    Venue,
)
from programme.document.programme import ProgrammeDocument
from programme.document.stored import digest_of
from programme.document.words import words
from programme.language.labels import item_label, label_slug
from programme.shelf.edition import Edition, Key, Version, key_of
from programme.shelf.proving import proved

FIRST_DAY = date(2024, 6, 18)
SECOND_DAY = date(2024, 6, 19)
NONE = Texts()

TextLike = str | Texts
"""A plain string stands for an official English text."""


def texts(value: TextLike) -> Texts:
    """Texts from what a test wrote."""
    return value if isinstance(value, Texts) else Texts.of(en=value)


# --- who -------------------------------------------------------------------------------------


def delegation(
    code: str,
    *,
    kind: str = "state",
    status: str = "state_party",
    in_text: Texts = NONE,
    **names: str,
) -> Delegation[Texts]:
    """A delegation; a State Party unless said otherwise."""
    names = names or {"en": code.upper()}
    first = next(iter(names.values()))
    return Delegation(
        id=f"delegation-{code}",
        code=code,
        kind=kind,
        name=Texts.of(**names),
        name_in_text=in_text,
        sort_keys={one: sort_key(names.get(one, first), one) for one in LANGUAGES},
        status=status if kind == "state" else "",
    )


CHAD = delegation("tcd", en="Chad", fr="Tchad", es="Chad", ar="تشاد")
CYPRUS = delegation("cyp", en="Cyprus", fr="Chypre", es="Chipre", ar="قبرص")
GREECE = delegation("grc", en="Greece", fr="Grèce", es="Grecia", ar="اليونان")
NIGER = delegation("ner", en="Niger", fr="Niger", es="Níger", ar="النيجر")
PERU = delegation("per", en="Peru", fr="Pérou", es="Perú", ar="بيرو")
UKRAINE = delegation("ukr", en="Ukraine", fr="Ukraine", es="Ucrania", ar="أوكرانيا")
NORWAY = delegation("nor", en="Norway", fr="Norvège", es="Noruega", ar="النرويج")
CAMBODIA = delegation(
    "khm",
    en="Cambodia",
    fr="Cambodge",
    es="Camboya",
    ar="كمبوديا",
    in_text=Texts.of(fr="le Cambodge"),
)
INDIA = delegation("ind", en="India", fr="Inde", es="India", ar="الهند", status="state_not_party")
TUVALU = delegation("tuv", en="Tuvalu", fr="Tuvalu", es="Tuvalu", ar="توفالو", status="")
ICRC = delegation(
    "icrc",
    kind="other",
    en="International Committee of the Red Cross",
    fr="Comité international de la Croix-Rouge",
    es="Comité Internacional de la Cruz Roja",
    ar="اللجنة الدولية للصليب الأحمر",
)
CAST = (CHAD, CYPRUS, GREECE, NIGER, PERU, UKRAINE, NORWAY, CAMBODIA, INDIA, TUVALU, ICRC)


def speaker(
    role: str = "presents",
    *,
    person: TextLike = NONE,
    function: TextLike = NONE,
    of: Delegation[Texts] | None = None,
    on_behalf_of: TextLike = NONE,
    named_in_text: bool = False,
) -> Speaker[Texts]:
    """Somebody with a role in an item or panel."""
    code = of.code if of else ""
    return Speaker(
        id=f"speaker-{role}-{code}",
        role=role,
        person=texts(person),
        function=texts(function),
        on_behalf_of=texts(on_behalf_of),
        delegation_code=code,
        named_in_text=named_in_text,
    )


# --- agenda ----------------------------------------------------------------------------------


def named_list(
    *delegations: Delegation[Texts],
    invitation: TextLike = "States ({delegations}) will be invited to speak.",
    notes: TextLike = NONE,
    order: str = "alphabetical",
    form: str = "bullet",
) -> SpeakingList[Texts]:
    """A list that names its delegations."""
    entries = tuple(ListEntry(f"entry-{one.code}", one.code) for one in delegations)
    return SpeakingList(
        id=f"list-{'-'.join(one.code for one in delegations)}",
        invitation=texts(invitation),
        notes=texts(notes),
        form=form,
        basis="none",
        kind="named",
        open_to=(),
        other_than_named=False,
        order=order,
        entries=entries,
    )


def open_list(
    *categories: str,
    invitation: TextLike = "Others will be invited to speak.",
    other_than_named: bool = False,
    form: str = "bullet",
    kind: str = "open",
) -> SpeakingList[Texts]:
    """A list that is open to categories of delegations, or for some of them."""
    return SpeakingList(
        id=f"list-{'-'.join(categories)}",
        invitation=texts(invitation),
        notes=NONE,
        form=form,
        basis="none",
        kind=kind,
        open_to=categories,
        other_than_named=other_than_named,
        order="alphabetical",
        entries=(),
    )


def item(  # noqa: PLR0913 -- a keyword for each field that a test may set
    *numbers: int,
    title: TextLike = NONE,
    text: TextLike = NONE,
    lead_in: TextLike = NONE,
    notes: TextLike = NONE,
    presenters: Sequence[Speaker[Texts]] = (),
    lists: Sequence[SpeakingList[Texts]] = (),
    sub_items: Sequence[AgendaItem[Texts]] = (),
    number_is: str = "official",
) -> AgendaItem[Texts]:
    """An item by its numbers: `item(6, 1)` is 6a; without numbers it has no label."""
    slug = label_slug(numbers) if numbers else "unnumbered"
    labels = {one: item_label(numbers, one) for one in LANGUAGES} if numbers else {}
    return AgendaItem(
        id=f"item-{slug}-id",
        slug=slug,
        label=Texts.of(number_is, **labels),
        title=texts(title),
        text=texts(text),
        lead_in=texts(lead_in),
        notes=texts(notes),
        presenters=tuple(presenters),
        lists=tuple(lists),
        sub_items=tuple(sub_items),
        number=numbers[-1] if numbers else None,
    )


def panel(  # noqa: PLR0913 -- as above
    slug: str = "victim-assistance",
    *,
    title: TextLike = NONE,
    short_title: TextLike = NONE,
    room: TextLike = NONE,
    text: TextLike = "Why it matters.",
    on: date = SECOND_DAY,
    start: time | None = time(11, 30),
    end: time | None = time(13),
    panellists: Sequence[Speaker[Texts]] = (),
) -> Panel[Texts]:
    """A thematic panel; without a title, as in 2024."""
    return Panel(
        id=f"panel-{slug}-id",
        slug=slug,
        title=texts(title),
        short_title=texts(short_title),
        room=texts(room),
        text=texts(text),
        notes=NONE,
        date=on,
        start=start,
        end=end,
        panellists=tuple(panellists),
    )


# --- timetable -------------------------------------------------------------------------------

Entry = Placement[Texts] | PanelSlot[Texts] | Break[Texts]


def placement(
    of: AgendaItem[Texts],
    start: time | None = None,
    end: time | None = None,
    *,
    is_continued: bool = False,
) -> Placement[Texts]:
    """An item in a day or sitting."""
    return Placement(f"placement-{of.slug}-{start}", of.id, is_continued, start, end)


def slot(of: Panel[Texts]) -> PanelSlot[Texts]:
    """A panel in its day."""
    return PanelSlot(of.id, of.start, of.end)


def pause(start: time = time(13), end: time = time(15)) -> Break[Texts]:
    """A lunch break."""
    name = Texts.of(en="Lunch break", fr="Pause déjeuner", es="Pausa", ar="استراحة الغداء")
    return Break(f"break-{start}", name, start, end)


def sitting(
    *entries: Entry,
    part: str = "morning",
    heading: TextLike = NONE,
    room: TextLike = NONE,
    start: time | None = time(10),
    end: time | None = time(13),
) -> Sitting[Texts]:
    """A half-day."""
    return Sitting(
        id=f"sitting-{part}",
        part=part,
        kind="plenary",
        heading=texts(heading),
        room=texts(room),
        start=start,
        end=end,
        entries=tuple(entries),
    )


def day(on: date, *entries: Sitting[Texts] | Entry) -> Day[Texts]:
    """A day of the timetable."""
    return Day(on, tuple(entries))


# --- the whole -------------------------------------------------------------------------------


def meeting(**values: Any) -> Meeting[Texts]:
    """The 2024 Intersessional Meetings, changed where a test needs it."""
    defaults: dict[str, Any] = {
        "slug": "2024-intersessional-meetings",
        "name": Texts.of(en="2024 Intersessional Meetings", fr="Réunions intersessions de 2024"),
        "starts_on": FIRST_DAY,
        "ends_on": date(2024, 6, 20),
        "zone": "Europe/Zurich",
        "venue": Venue("venue", Texts.of(en="WMO headquarters"), Texts.of(en="Geneva")),
        "status": "announced",
        "programme_status": "provisional",
        "introduction": Texts.of(en="The meetings will take place from 18 to 20 June."),
        "practical_information": NONE,
        "notes": NONE,
        "follows": None,
    }
    merged = {**defaults, **values}
    return Meeting(id=f"meeting-{merged['slug']}", **merged)


def reference(to: Meeting[Texts]) -> MeetingReference[Texts]:
    """A mention of another meeting."""
    return MeetingReference(to.id, to.slug, to.name)


def document(
    *agenda: AgendaItem[Texts],
    timetable: Sequence[Day[Texts]] = (),
    panels: Sequence[Panel[Texts]] = (),
    delegations: Sequence[Delegation[Texts]] = CAST,
    **of_meeting: Any,
) -> ProgrammeDocument[Texts]:
    """A programme; keywords that are not its own are the meeting's."""
    return ProgrammeDocument(
        meeting=meeting(**of_meeting),
        agenda=agenda,
        timetable=tuple(timetable),
        panels=tuple(panels),
        delegations=tuple(sorted(delegations, key=lambda one: one.code)),
        words=words(),
    )


def in_english(written: ProgrammeDocument[Texts]) -> ProgrammeDocument[Text]:
    """A programme as readers of English meet it."""
    return written.in_language("en")


PUBLISHED_AT = datetime(2024, 6, 12, 14, 40, tzinfo=UTC)


def edition(of: ProgrammeDocument[Texts], serial: int = 1, designation: str = "") -> Edition:
    """A programme as it was published."""
    return Edition(of, serial, designation, PUBLISHED_AT, digest_of(of.to_json()))


def version(
    of: ProgrammeDocument[Texts], serial: int = 1, designation: str = "", note: TextLike = NONE
) -> Version:
    """A publication at rest, a day later for each serial."""
    stored = of.to_json()
    return Version(
        meeting_id=of.meeting.id,
        slug=of.meeting.slug,
        serial=serial,
        designation=designation,
        published_at=PUBLISHED_AT.replace(day=11 + serial),
        digest=digest_of(stored),
        note=texts(note),
        lines=(),
        is_reissue=False,
        cancelled=(),
        packed=Version.pack(stored),
    )


MOST_REMEMBERED = 100

_proved: dict[Key, tuple[Version, Edition]] = {}


def proved_once(version: Version) -> Edition:
    """The edition that a version is, proved by the first test that shows it: values never change.

    Raises what keeps it from being shown, each time.
    """
    known, edition = _proved.get(key_of(version), (None, None))
    if edition is None or known != version:
        edition = proved(version)
        if len(_proved) >= MOST_REMEMBERED:
            _proved.clear()
        _proved[key_of(version)] = version, edition
    return edition


def of_meeting(made: Version, meeting_id: str) -> Version:
    """The same version of the meeting with this id, whatever its address."""
    document = ProgrammeDocument.from_json(made.stored)
    stored = replace(document, meeting=replace(document.meeting, id=meeting_id)).to_json()
    return replace(
        made, meeting_id=meeting_id, digest=digest_of(stored), packed=Version.pack(stored)
    )


def versions_in_turn(
    *documents: ProgrammeDocument[Texts], reissued: Sequence[int] = (), hold_back: str = ""
) -> list[Version]:
    """One publication after the other, each with the lines that it changed.

    `reissued` names the serials that are reissues; lines with the key `hold_back` are held back.
    """
    versions: list[Version] = []
    for serial, new in enumerate(documents, start=1):
        is_reissue = serial in reissued
        old = documents[serial - 2] if versions and not is_reissue else None
        revisions = serial - 1 - sum(one <= serial for one in reissued)
        made = version(new, serial, f"Rev.{revisions}" if revisions else "")
        lines = held_back(lines_between(old, new), {hold_back})
        versions.append(replace(made, lines=tuple(lines), is_reissue=is_reissue))
    return versions


# --- two programmes that many tests know ------------------------------------------------------


def intersessionals(**of_meeting: Any) -> ProgrammeDocument[Texts]:
    """The programme of 2024 in small: no times but those of a panel, much that is inferred."""
    opening = item(
        1,
        title=Texts.of("inferred", en="Opening of the Intersessional Meetings"),
        text="H.E. Dr. Ly Thuch will deliver the opening remarks.",
        presenters=[speaker("opens", person="H.E. Dr. Ly Thuch", of=CAMBODIA, named_in_text=True)],
        number_is="inferred",
    )
    article_5 = item(
        3,
        title=Texts.of(
            en="Article 5 Implementation",
            fr="Application de l’article 5",
            es="Aplicación del artículo 5",
            ar="تنفيذ المادة 5",
        ),
        text="The Committee will present its activities.",
        presenters=[speaker(function="the Committee", of=NORWAY)],
        lists=[
            named_list(
                *(PERU, CHAD, NIGER, CYPRUS),
                invitation="States Parties[^1] ({delegations}) will be invited to present.",
                notes=Texts.of("inferred", en="[^1]: Editorial note: the note is lost."),
            ),
            named_list(UKRAINE, invitation="One State ({delegations}) will present its plan."),
            open_list("states_parties", "organisations", other_than_named=True),
        ],
    )
    president = item(
        6,
        title="Matters related to the mandate of the President",
        sub_items=[
            item(6, 1, title="Universalization", lists=[open_list("states_not_party")]),
            item(
                6,
                2,
                title="Stockpile destruction",
                lead_in="The President will invite",
                lists=[
                    named_list(
                        *(UKRAINE, GREECE),
                        form="run_in",
                        invitation="States Parties ({delegations}) to report",
                    ),
                    open_list(
                        *("states_parties", "states_not_party", "organisations"),
                        form="run_in",
                        invitation="all others",
                    ),
                ],
            ),
        ],
    )
    untitled = item(7, sub_items=[item(7, 1, title="Activities and finances of the ISU")])
    theme = panel(panellists=[speaker("panellist", person="Jane Doe", of=NORWAY)])
    return document(
        *(opening, article_5, president, untitled),
        timetable=[day(SECOND_DAY, slot(theme))],
        panels=[theme],
        **of_meeting,
    )


def busy_days(**of_meeting: Any) -> ProgrammeDocument[Texts]:
    """Two days with sittings, exact times, a break, an item continued, one that stands alone."""
    first = item(1, title="Opening", text="Words of welcome.")
    second = item(2, title="General debate", lists=[named_list(PERU, CHAD, order="as_called")])
    third = item(3, sub_items=[item(3, 1, title="First part"), item(3, 2, title="Second part")])
    last = item(title="Any other business")
    values: dict[str, Any] = {
        "slug": "busy-days",
        "name": Texts.of(en="Busy days", ar="أيام حافلة"),
        "practical_information": Texts.of(en="Room A.[^*]"),
        "notes": Texts.of(en="[^*]: On the first floor."),
    }
    return document(
        *(first, second, third, last),
        timetable=[
            day(
                FIRST_DAY,
                sitting(placement(first, time(10), time(10, 30)), placement(second, time(10, 30))),
                pause(),
                sitting(
                    placement(third.sub_items[1]), part="afternoon", start=time(15), end=time(18)
                ),
            ),
            day(SECOND_DAY, placement(second, is_continued=True)),
        ],
        **{**values, **of_meeting},
    )


@cache
def small_meeting() -> Version:
    """`intersessionals` in public, made once: values never change."""
    return version(intersessionals())


@cache
def two_meetings() -> tuple[Version, Version]:
    """`intersessionals` and `busy_days` in public, made once."""
    return small_meeting(), version(busy_days())


NAMES_IN_ORDER: Mapping[str, tuple[str, ...]] = {
    "en": ("Chad", "Cyprus", "Niger", "Peru"),
    "fr": ("Chypre", "Niger", "Pérou", "Tchad"),
    "es": ("Chad", "Chipre", "Níger", "Perú"),
    "ar": ("بيرو", "تشاد", "قبرص", "النيجر"),
}
"""The first list of item 3 of `intersessionals`, as each language orders it."""
