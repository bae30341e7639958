"""What is not held as planned: with all beneath it, and at the time to which it was postponed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time

from meetings.hours import is_past_midnight
from programme.document.nodes import (
    AgendaItem,
    Day,
    Held,
    Panel,
    PanelSlot,
    Placement,
    Sitting,
    T,
    Text,
    TimetableEntry,
)
from programme.document.stored import stored_names
from programme.document.timetable import in_time_order

PLANNED = "planned"
SAID = stored_names(Held)


def handed_down(item: AgendaItem[T]) -> AgendaItem[T]:
    """An item whose sub-items are held as it is, but for those of which something else is said."""
    own = {} if item.status == PLANNED else {name: getattr(item, name) for name in SAID}
    sub_items = (
        handed_down(replace(one, **own) if one.status == PLANNED else one) for one in item.sub_items
    )
    return replace(item, sub_items=tuple(sub_items))


def not_as_planned(
    agenda: tuple[AgendaItem[T], ...], panels: tuple[Panel[T], ...]
) -> frozenset[str]:
    """Ids of the items and panels that are postponed or cancelled, or beneath such an item."""
    of_items = {one.id for top in agenda for one in handed_down(top).walk() if _is_off(one)}
    return frozenset(of_items | {one.id for one in panels if _is_off(one)})


def _is_off(held: Held) -> bool:
    return held.status != PLANNED


def subject_of(entry: TimetableEntry[T]) -> str:
    """The id of the item or panel that stands in a day, or of what else does."""
    return entry.item_id if isinstance(entry, Placement) else entry.id


def with_new_times(
    timetable: tuple[Day[Text], ...],
    items: Iterator[AgendaItem[Text]],
    panels: tuple[Panel[Text], ...],
) -> tuple[Day[Text], ...]:
    """The days, with a line for each of these at its new time: in a sitting of that hour, if any.

    What is postponed stands whole where it was planned.
    """
    days = {day.date: day for day in timetable}
    for day, entry in _new_places(items, panels):
        days[day] = _with(days.get(day, Day(day, ())), entry)
    return tuple(days[day] for day in sorted(days))


def _new_places(
    items: Iterator[AgendaItem[Text]], panels: tuple[Panel[Text], ...]
) -> Iterator[tuple[date, Placement[Text] | PanelSlot[Text]]]:
    for item in items:
        if item.new_date:
            yield (
                item.new_date,
                Placement(
                    f"{item.id}-new",
                    item.id,
                    is_continued=False,
                    start=item.new_start,
                    end=item.new_end,
                    item=item,
                    in_full=False,
                    is_new_time=True,
                ),
            )
    for panel in panels:
        if panel.new_date:
            yield (
                panel.new_date,
                PanelSlot(
                    f"{panel.id}-new",
                    panel.new_start,
                    panel.new_end,
                    panel=panel,
                    in_full=False,
                    is_new_time=True,
                ),
            )


def _with(day: Day[Text], entry: Placement[Text] | PanelSlot[Text]) -> Day[Text]:
    for number, outer in enumerate(day.entries):
        if isinstance(outer, Sitting) and _is_within(entry.start, outer):
            inner = replace(outer, entries=in_time_order((*outer.entries, entry)))
            return replace(day, entries=(*day.entries[:number], inner, *day.entries[number + 1 :]))
    entries: tuple[TimetableEntry[Text], ...] = (*day.entries, entry)
    return replace(day, entries=in_time_order(entries))


def _is_within(start: time | None, sitting: Sitting[Text]) -> bool:
    if not (start and sitting.start and sitting.end):
        return False
    is_open = is_past_midnight(sitting.start, sitting.end) or start < sitting.end
    return sitting.start <= start and is_open
