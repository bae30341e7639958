"""From rows to a document: the only reader of rows for what delegates see."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from meetings.models import Break, Delegation, Meeting, Sitting, Speaker, Venue
from meetings.ordering import healed_key
from meetings.rows import LANGUAGES, TextState, column, healed, wording
from meetings.typed_text import heal
from panels.models import Panel, Panellist
from programme.comparing.changes import subjects, with_those_beneath
from programme.document import nodes as doc
from programme.document.nodes import Texts, Wording
from programme.document.programme import ProgrammeDocument
from programme.document.timetable import LAST, NOMINAL_HOURS
from programme.document.words import BREAKS, in_all_languages, words
from programme.models import (
    AgendaItem,
    ItemPlacement,
    Presenter,
    SpeakingList,
    SpeakingListEntry,
)

RowT = TypeVar("RowT", bound=models.Model)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the rows that no programme may hold."""

    row: models.Model
    message: str

    def __str__(self) -> str:
        return _("%(kind)s “%(row)s”: %(message)s") % {
            "kind": self.row._meta.verbose_name,
            "row": self.row,
            "message": self.message,
        }


class InvalidDraftError(ValueError):
    """The rows do not make a programme; `problems` says why, all at once."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(str(problem) for problem in problems))
        self.problems = problems


def compile_document(
    meeting: Meeting, *, judged: Collection[str] | None = None
) -> ProgrammeDocument[Texts]:
    """The programme that a meeting's rows make now, whatever the active language.

    Makes the same number of queries for any number of items. Raises InvalidDraftError; with
    `judged`, ids of subjects, only for what is wrong with these and what lies beneath them.
    """
    rows = MeetingRows(meeting.pk)
    problems = problems_of(rows)
    if problems and judged is None:
        raise InvalidDraftError(problems)
    document = document_of(rows)
    if judged is not None:
        ids = with_those_beneath(judged, subjects(document))
        if problems := [one for one in problems if not ids.isdisjoint(_standing_ids(one.row))]:
            raise InvalidDraftError(problems)
    return document


def _standing_ids(row: models.Model) -> Iterable[str]:
    """A row's own id, and those of what it stands under: what is wrong may stand nowhere else."""
    above = ("pk", "item_id", "panel_id", "parent_id")
    return (str(getattr(row, name)) for name in above if getattr(row, name, None))


# --- rows --------------------------------------------------------------------------------


def _grouped(rows: Iterable[RowT], attribute: str) -> dict[Any, list[RowT]]:
    groups: dict[Any, list[RowT]] = defaultdict(list)
    for row in rows:
        groups[getattr(row, attribute)].append(row)
    return groups


class MeetingRows:
    """All rows of one meeting, tied together in memory: 13 queries, no more."""

    def __init__(self, meeting_id: uuid.UUID, *, for_update: bool = False) -> None:
        """Load them; `for_update` keeps others from changing them until the transaction ends."""

        def loaded(rows: models.QuerySet[RowT]) -> list[RowT]:
            return list(rows.select_for_update(of=("self",), no_key=True) if for_update else rows)

        self.meeting = Meeting.objects.select_related("venue", "follows").get(pk=meeting_id)
        self.sittings = loaded(Sitting.objects.of(self.meeting))
        self.breaks = loaded(Break.objects.of(self.meeting).in_time_order())
        self.panels = loaded(Panel.objects.of(self.meeting).in_time_order())
        self.items = loaded(AgendaItem.objects.of(self.meeting).in_order().select_related("parent"))
        self.placements = loaded(
            ItemPlacement.objects.filter(item__meeting=self.meeting).order_by("position", "id")
        )
        self.lists = loaded(SpeakingList.objects.of(self.meeting).in_order())
        self.entries = list(  # whoever changes them has locked their list
            SpeakingListEntry.objects.filter(list__item__meeting=self.meeting).order_by(
                "position", "id"
            )
        )
        self.presenters = loaded(
            Presenter.objects.filter(item__meeting=self.meeting).order_by("position", "id")
        )
        self.panellists = loaded(
            Panellist.objects.filter(panel__meeting=self.meeting).order_by("position", "id")
        )
        self.delegations = list(
            Delegation.objects.order_by("code").prefetch_related("treaty_statuses")
        )
        self._tie()
        self.states = self._states()

    def _tie(self) -> None:
        """Point every relation at the row loaded above, so that following it costs nothing."""
        sittings = {row.pk: row for row in self.sittings}
        items = {row.pk: row for row in self.items}
        lists = {row.pk: row for row in self.lists}
        panels = {row.pk: row for row in self.panels}
        delegations = {row.pk: row for row in self.delegations}
        self._leave_out_newer_rows(items, lists, panels)
        for row in (*self.sittings, *self.breaks, *self.panels, *self.items):
            row.meeting = self.meeting
        # A sitting or parent that is not here is another meeting's, which is refused.
        for timed in (*self.breaks, *self.panels, *self.placements):
            if timed.sitting_id in sittings:
                timed.sitting = sittings[timed.sitting_id]
        self._tie_items(items)
        for panellist in self.panellists:
            panellist.panel = panels[panellist.panel_id]
        for entry in self.entries:
            entry.list = lists[entry.list_id]
            entry.delegation = delegations[entry.delegation_id]
        for speaker in (*self.presenters, *self.panellists):
            if speaker.delegation_id:
                speaker.delegation = delegations[speaker.delegation_id]

    def _tie_items(self, items: Mapping[Any, AgendaItem]) -> None:
        for item in self.items:
            if item.parent_id in items:
                item.parent = items[item.parent_id]
        of_items: list[Any] = [*self.placements, *self.lists, *self.presenters]
        for of_item in of_items:
            of_item.item = items[of_item.item_id]

    def _leave_out_newer_rows(
        self, items: Container[Any], lists: Container[Any], panels: Container[Any]
    ) -> None:
        """Leave out rows whose owner a colleague saved while the queries above were running."""
        self.placements = [one for one in self.placements if one.item_id in items]
        self.lists = [one for one in self.lists if one.item_id in items]
        self.presenters = [one for one in self.presenters if one.item_id in items]
        self.entries = [one for one in self.entries if one.list_id in lists]
        self.panellists = [one for one in self.panellists if one.panel_id in panels]

    def all(self) -> Iterable[models.Model]:
        """Every row that belongs to the meeting alone."""
        yield self.meeting
        yield from (*self.sittings, *self.breaks, *self.items, *self.placements)
        yield from (*self.lists, *self.entries, *self.presenters)
        yield from (*self.panels, *self.panellists)

    def _states(self) -> dict[tuple[uuid.UUID, str, str], TextState]:
        ids = {row.pk for row in self.all()} | {row.pk for row in self.delegations}
        for related in (self.meeting.venue, self.meeting.follows):
            if related:
                ids.add(related.pk)
        states = TextState.objects.of_rows(ids)
        return {(one.object_id, one.field, one.language): one for one in states}


def problems_of(rows: MeetingRows) -> list[Problem]:
    """Everything in a meeting's rows that no programme may hold."""
    problems = []
    for row in rows.all():
        for check in (lambda row=row: _check_clock(row), row.clean):
            try:
                check()
            except ValidationError as error:
                problems += [Problem(row, message) for message in error.messages]
    problems += _problems_of_entries(rows)
    problems += _problems_of_addresses(rows)
    return problems


def _check_clock(row: models.Model) -> None:
    """Ask the columns that the clock goes by; a zone may be gone since it was saved."""
    others = {
        one.name
        for one in row._meta.concrete_fields
        if one.name != "zone" and not isinstance(one, models.DateField)
    }
    row.clean_fields(exclude=others)


def _problems_of_entries(rows: MeetingRows) -> Iterable[Problem]:
    entries = _grouped(rows.entries, "list_id")
    for speaking_list in rows.lists:
        try:
            speaking_list.check_entries([one.delegation for one in entries[speaking_list.pk]])
        except ValidationError as error:
            yield from (Problem(speaking_list, message) for message in error.messages)


def _problems_of_addresses(rows: MeetingRows) -> Iterable[Problem]:
    seen: set[str] = set()
    for item in rows.items:
        if item.slug in seen:
            address = {"address": item.slug}
            yield Problem(item, _("Another item has the same address, %(address)s.") % address)
        seen.add(item.slug)


# --- document ----------------------------------------------------------------------------


def document_of(rows: MeetingRows) -> ProgrammeDocument[Texts]:
    """The document that rows make, whether or not something is wrong with them."""
    return _Compiler(rows).document()


class _Compiler:
    """Makes the values of one document from tied rows."""

    def __init__(self, rows: MeetingRows) -> None:
        self.rows = rows
        self.sub_items = _grouped(rows.items, "parent_id")
        self.presenters = _grouped(rows.presenters, "item_id")
        self.panellists = _grouped(rows.panellists, "panel_id")
        self.lists = _grouped(rows.lists, "item_id")
        self.entries = _grouped(rows.entries, "list_id")

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
            start=row.start,
            end=row.end,
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
        sittings = [
            (row.start or NOMINAL_HOURS[row.part], self.sitting(row))
            for row in self.rows.sittings
            if row.date == day
        ]
        return doc.Day(date=day, entries=_in_time_order(sittings, self.timed(day, None)))

    def sitting(self, row: Sitting) -> doc.Sitting[Texts]:
        return doc.Sitting(
            id=str(row.pk),
            part=row.part,
            kind=row.kind,
            heading=self.texts(row, "heading"),
            start=row.start,
            end=row.end,
            entries=_in_time_order(self.timed(row.date, row.pk)),
        )

    def timed(self, day: date, sitting_id: uuid.UUID | None) -> list[tuple[time, Any]]:
        """What stands in a sitting, or straight in a day, each with an hour to sort by."""

        def here(row: Any) -> bool:
            return bool(row.date == day and row.sitting_id == sitting_id)

        hour = time.min
        timed: list[tuple[time, Any]] = []
        for placement in filter(here, self.rows.placements):
            # Without a time of its own, a placement stands after the one before it.
            hour = placement.start or hour
            timed.append((hour, self.placement(placement)))
        timed += [(row.start or LAST, self.slot(row)) for row in filter(here, self.rows.panels)]
        timed += [(row.start or LAST, self.pause(row)) for row in filter(here, self.rows.breaks)]
        return timed

    def placement(self, row: ItemPlacement) -> doc.Placement[Texts]:
        return doc.Placement(
            id=str(row.pk),
            item_id=str(row.item_id),
            is_continued=row.is_continued,
            start=row.start,
            end=row.end,
        )

    def slot(self, row: Panel) -> doc.PanelSlot[Texts]:
        return doc.PanelSlot(panel_id=str(row.pk), start=row.start, end=row.end)

    def pause(self, row: Break) -> doc.Break[Texts]:
        return doc.Break(
            id=str(row.pk),
            name=self.texts(row, "name") or in_all_languages(BREAKS[row.kind]),
            start=row.start,
            end=row.end,
        )


def _in_time_order(*groups: list[tuple[time, Any]]) -> tuple[Any, ...]:
    """Entries by hour, at the same hour first those that really have it."""
    timed = [entry for group in groups for entry in group]
    timed.sort(key=lambda pair: (pair[0], pair[1].start is None))
    return tuple(entry for _hour, entry in timed)
