"""From rows to a document: the only reader of rows for what delegates see."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date, time
from typing import Any

from django.db import models

from meetings.models import Break, Delegation, Meeting, Sitting, Speaker, Venue
from meetings.ordering import healed_key
from meetings.rows import LANGUAGES, column, healed, wording
from meetings.texts.typed_text import heal
from panels.models import Panel
from programme.document import nodes as doc
from programme.document.nodes import Texts, Wording
from programme.document.programme import ProgrammeDocument
from programme.document.timetable import in_time_order
from programme.document.words import words
from programme.models import (
    AgendaItem,
    ItemPlacement,
    SpeakingList,
)
from programme.rows.meeting_rows import MeetingRows, grouped
from programme.rows.problems import InvalidDraftError, problems_of


def compile_document(meeting: Meeting) -> ProgrammeDocument[Texts]:
    """The programme that a meeting's rows make now, whatever the active language.

    Makes the same number of queries for any number of items. Raises InvalidDraftError.
    """
    rows = MeetingRows(meeting.pk)
    if problems := problems_of(rows):
        raise InvalidDraftError(problems)
    return document_of(rows)


def document_of(rows: MeetingRows) -> ProgrammeDocument[Texts]:
    """The document that rows make, whether or not something is wrong with them."""
    return _Compiler(rows).document()


class _Compiler:
    """Makes the values of one document from tied rows."""

    def __init__(self, rows: MeetingRows) -> None:
        self.rows = rows
        self.sub_items = grouped(rows.items, "parent_id")
        self.presenters = grouped(rows.presenters, "item_id")
        self.panellists = grouped(rows.panellists, "panel_id")
        self.lists = grouped(rows.lists, "item_id")
        self.entries = grouped(rows.entries, "list_id")

    def document(self) -> ProgrammeDocument[Texts]:
        return ProgrammeDocument(
            meeting=self.meeting(),
            agenda=self.items_under(None),
            timetable=self.timetable(),
            panels=tuple(self.panel(row) for row in self.rows.panels),
            delegations=tuple(self.delegation(row) for row in self.rows.delegations),
            words=words(),
        )

    def texts(self, row: models.Model, field: str) -> Texts:
        """A translated field in the languages that it has, each with its state."""
        source = wording(row, field, "en")
        wordings = {}
        for language in LANGUAGES:
            if value := healed(row, column(field, language)):
                state = self.rows.states.get((row.pk, field, language))
                wordings[language] = (
                    Wording(value, state.provenance, behind=state.is_behind(source))
                    if state
                    else Wording(value)
                )
        return Texts(wordings)

    def meeting(self) -> doc.Meeting[Texts]:
        row = self.rows.meeting
        return doc.Meeting(
            id=str(row.pk),
            slug=row.slug,
            name=self.texts(row, "name"),
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            zone=row.zone,
            venue=self.venue(row.venue) if row.venue else None,
            status=row.status,
            programme_status=row.programme_status,
            introduction=self.texts(row, "introduction"),
            practical_information=self.texts(row, "practical_information"),
            notes=self.texts(row, "notes"),
            follows=self.reference(row.follows) if row.follows else None,
        )

    def venue(self, row: Venue) -> doc.Venue[Texts]:
        return doc.Venue(
            id=str(row.pk), name=self.texts(row, "name"), address=self.texts(row, "address")
        )

    def reference(self, row: Meeting) -> doc.MeetingReference[Texts]:
        return doc.MeetingReference(id=str(row.pk), slug=row.slug, name=self.texts(row, "name"))

    def items_under(self, parent_id: uuid.UUID | None) -> tuple[doc.AgendaItem[Texts], ...]:
        return tuple(self.item(row) for row in self.sub_items[parent_id])

    def item(self, row: AgendaItem) -> doc.AgendaItem[Texts]:
        return doc.AgendaItem(
            id=str(row.pk),
            slug=row.slug,
            label=self.label(row),
            title=self.texts(row, "title"),
            text=self.texts(row, "text"),
            lead_in=self.texts(row, "lead_in"),
            notes=self.texts(row, "notes"),
            presenters=tuple(self.speaker(one) for one in self.presenters[row.pk]),
            lists=tuple(self.speaking_list(one) for one in self.lists[row.pk]),
            sub_items=self.items_under(row.pk),
            number=row.number,
            free_label=heal(row.label),
        )

    def label(self, row: AgendaItem) -> Texts:
        """The label in each language; its provenance is that of the number."""
        state = self.rows.states.get((row.pk, "number", ""))
        labels = {language: heal(row.label_in(language)) for language in LANGUAGES}
        return Texts.of(state.provenance if state else "official", **labels)

    def speaker(self, row: Speaker) -> doc.Speaker[Texts]:
        return doc.Speaker(
            id=str(row.pk),
            role=row.role,
            person=self.texts(row, "person"),
            function=self.texts(row, "function"),
            on_behalf_of=self.texts(row, "on_behalf_of"),
            delegation_code=row.delegation.code if row.delegation else "",
            has_spoken=row.has_spoken,
            named_in_text=row.named_in_text,
        )

    def speaking_list(self, row: SpeakingList) -> doc.SpeakingList[Texts]:
        return doc.SpeakingList(
            id=str(row.pk),
            invitation=self.texts(row, "invitation"),
            notes=self.texts(row, "notes"),
            form=row.form,
            basis=row.basis,
            kind=row.kind,
            open_to=row.open_to,
            other_than_named=row.other_than_named,
            order=row.order,
            entries=tuple(
                doc.ListEntry(str(entry.pk), entry.delegation.code)
                for entry in self.entries[row.pk]
            ),
        )

    def panel(self, row: Panel) -> doc.Panel[Texts]:
        return doc.Panel(
            id=str(row.pk),
            slug=row.slug,
            title=self.texts(row, "title"),
            text=self.texts(row, "text"),
            notes=self.texts(row, "notes"),
            date=row.date,
            start=_to_the_minute(row.start),
            end=_to_the_minute(row.end),
            panellists=tuple(self.speaker(one) for one in self.panellists[row.pk]),
        )

    def delegation(self, row: Delegation) -> doc.Delegation[Texts]:
        return doc.Delegation(
            id=str(row.pk),
            code=row.code,
            kind=row.kind,
            name=self.texts(row, "name"),
            name_in_text=self.texts(row, "name_in_text"),
            sort_keys={one: healed_key(wording(row, "sort_key", one), one) for one in LANGUAGES},
            status=row.status_on(self.rows.meeting.starts_on),
        )

    # --- timetable

    def timetable(self) -> tuple[doc.Day[Texts], ...]:
        timed = (*self.rows.breaks, *self.rows.panels, *self.rows.placements)
        days = sorted({row.date for row in (*self.rows.sittings, *timed)})
        return tuple(self.day(day) for day in days)

    def day(self, day: date) -> doc.Day[Texts]:
        sittings = [self.sitting(row) for row in self.rows.sittings if row.date == day]
        return doc.Day(date=day, entries=in_time_order((*sittings, *self.standing(day, None))))

    def sitting(self, row: Sitting) -> doc.Sitting[Texts]:
        return doc.Sitting(
            id=str(row.pk),
            part=row.part,
            kind=row.kind,
            heading=self.texts(row, "heading"),
            start=_to_the_minute(row.start),
            end=_to_the_minute(row.end),
            entries=in_time_order(self.standing(row.date, row.pk)),
        )

    def standing(self, day: date, sitting_id: uuid.UUID | None) -> Iterator[Any]:
        """What stands in a sitting, or straight in a day; placements by their position."""

        def here(row: Any) -> bool:
            return bool(row.date == day and row.sitting_id == sitting_id)

        yield from map(self.placement, filter(here, self.rows.placements))
        yield from map(self.slot, filter(here, self.rows.panels))
        yield from map(self.pause, filter(here, self.rows.breaks))

    def placement(self, row: ItemPlacement) -> doc.Placement[Texts]:
        return doc.Placement(
            id=str(row.pk),
            item_id=str(row.item_id),
            is_continued=row.is_continued,
            start=_to_the_minute(row.start),
            end=_to_the_minute(row.end),
        )

    def slot(self, row: Panel) -> doc.PanelSlot[Texts]:
        return doc.PanelSlot(
            id=str(row.pk), start=_to_the_minute(row.start), end=_to_the_minute(row.end)
        )

    def pause(self, row: Break) -> doc.Break[Texts]:
        return doc.Break(
            id=str(row.pk),
            name=self.texts(row, "name"),
            start=_to_the_minute(row.start),
            end=_to_the_minute(row.end),
            kind=row.kind,
        )


def _to_the_minute(hour: time | None) -> time | None:
    """An hour as documents store it: seconds, which somebody may have typed, are not read."""
    return hour and hour.replace(second=0, microsecond=0)
