"""All rows of one meeting in memory, in a bounded number of queries."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from typing import TypeVar

from django.db import models

from meetings.models import Break, Delegation, Meeting, Sitting
from meetings.rows import TextState
from panels.models import Panel, Panellist
from programme.models import (
    AgendaItem,
    ItemPlacement,
    Presenter,
    SpeakingList,
    SpeakingListEntry,
)

RowT = TypeVar("RowT", bound=models.Model)


def grouped(rows: Iterable[RowT], attribute: str) -> dict[object, list[RowT]]:
    """Rows by the value of one attribute."""
    groups: dict[object, list[RowT]] = defaultdict(list)
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

    def _tie_items(self, items: Mapping[uuid.UUID, AgendaItem]) -> None:
        for item in self.items:
            if item.parent_id in items:
                item.parent = items[item.parent_id]
        of_items: list[ItemPlacement | SpeakingList | Presenter] = [
            *self.placements,
            *self.lists,
            *self.presenters,
        ]
        for of_item in of_items:
            of_item.item = items[of_item.item_id]

    def _leave_out_newer_rows(
        self, items: Container[uuid.UUID], lists: Container[uuid.UUID], panels: Container[uuid.UUID]
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
