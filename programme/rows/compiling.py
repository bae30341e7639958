"""From rows to a document: the only reader of rows for what delegates see."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date, time
from typing import TypeVar

from django.db import models

from meetings.alphabetical_order import healed_key
from meetings.models import Break, Delegation, Meeting, Sitting, Speaker
from meetings.rows import LANGUAGES, column, healed, wording
from meetings.texts.text_states import text_fields
from meetings.texts.typed_text import heal
from panels.models import Panel
from programme.document import nodes as doc
from programme.document.nodes import DataclassInstance, Texts, Wording
from programme.document.programme import ProgrammeDocument
from programme.document.stored import stored_names
from programme.document.timetable import in_time_order
from programme.document.words import words
from programme.models import (
    AgendaItem,
    ItemPlacement,
    SpeakingList,
)
from programme.rows.meeting_rows import MeetingRows, grouped
from programme.rows.problems import InvalidDraftError, problems_of

N = TypeVar("N", bound="DataclassInstance")


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

    def node(self, kind: type[N], row: models.Model, **others: object) -> N:
        """A node whose fields are columns of its row, by the same names, but for those given."""
        own = {name: self.value(row, name) for name in stored_names(kind) if name not in others}
        return kind(**own, **others)

    def value(self, row: models.Model, name: str) -> object:
        """What a column says, as documents hold it."""
        if name == "id":
            return str(row.pk)
        if name in text_fields(type(row)):
            return self.texts(row, name)
        value = getattr(row, name)
        # Seconds, which somebody may have typed, are neither stored nor read.
        return value.replace(second=0, microsecond=0) if isinstance(value, time) else value

    def meeting(self) -> doc.Meeting[Texts]:
        row = self.rows.meeting
        venue = self.node(doc.Venue, row.venue) if row.venue else None
        follows = self.node(doc.MeetingReference, row.follows) if row.follows else None
        return self.node(doc.Meeting, row, venue=venue, follows=follows)

    def items_under(self, parent_id: uuid.UUID | None) -> tuple[doc.AgendaItem[Texts], ...]:
        return tuple(self.item(row) for row in self.sub_items[parent_id])

    def item(self, row: AgendaItem) -> doc.AgendaItem[Texts]:
        return self.node(
            doc.AgendaItem,
            row,
            label=self.label(row),
            presenters=tuple(self.speaker(one) for one in self.presenters[row.pk]),
            lists=tuple(self.speaking_list(one) for one in self.lists[row.pk]),
            sub_items=self.items_under(row.pk),
            free_label=heal(row.label),
        )

    def label(self, row: AgendaItem) -> Texts:
        """The label in each language; its provenance is that of the number."""
        state = self.rows.states.get((row.pk, "number", ""))
        labels = {language: heal(row.label_in(language)) for language in LANGUAGES}
        return Texts.of(state.provenance if state else "official", **labels)

    def speaker(self, row: Speaker) -> doc.Speaker[Texts]:
        code = row.delegation.code if row.delegation else ""
        return self.node(doc.Speaker, row, delegation_code=code)

    def speaking_list(self, row: SpeakingList) -> doc.SpeakingList[Texts]:
        entries = tuple(
            self.node(doc.ListEntry, entry, delegation_code=entry.delegation.code)
            for entry in self.entries[row.pk]
        )
        return self.node(doc.SpeakingList, row, entries=entries)

    def panel(self, row: Panel) -> doc.Panel[Texts]:
        panellists = tuple(self.speaker(one) for one in self.panellists[row.pk])
        return self.node(doc.Panel, row, panellists=panellists)

    def delegation(self, row: Delegation) -> doc.Delegation[Texts]:
        return self.node(
            doc.Delegation,
            row,
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
        entries = in_time_order(self.standing(row.date, row.pk))
        return self.node(doc.Sitting, row, entries=entries)

    def standing(self, day: date, sitting_id: uuid.UUID | None) -> Iterator[doc.InnerEntry[Texts]]:
        """What stands in a sitting, or straight in a day; placements by their position."""

        def here(row: ItemPlacement | Panel | Break) -> bool:
            return bool(row.date == day and row.sitting_id == sitting_id)

        for placement in filter(here, self.rows.placements):
            yield self.node(doc.Placement, placement, item_id=str(placement.item_id))
        for panel in filter(here, self.rows.panels):
            yield self.node(doc.PanelSlot, panel)
        for pause in filter(here, self.rows.breaks):
            yield self.node(doc.Break, pause)
