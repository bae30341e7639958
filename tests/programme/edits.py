"""A programme in small, and what staff do to it: edits of documents, one upon the other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import is_dataclass, replace
from datetime import date, time
from typing import Any

from programme.document.nodes import (
    LANGUAGES,
    AgendaItem,
    Day,
    ListEntry,
    Panel,
    PanelSlot,
    Placement,
    Sitting,
    SpeakingList,
    Texts,
    Wording,
)
from programme.document.programme import ProgrammeDocument
from programme.document.stored import stored_fields
from programme.document.timetable import in_time_order
from programme.language.labels import item_label, label_slug
from tests.programme.builders import (
    CAMBODIA,
    CHAD,
    CYPRUS,
    FIRST_DAY,
    GREECE,
    NIGER,
    PERU,
    SECOND_DAY,
    UKRAINE,
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

Document = ProgrammeDocument[Texts]
Edit = Callable[[Document], Document]
THIRD_DAY = date(2024, 6, 20)

# --- a programme, and what staff do to it ------------------------------------------------------

FIRST = item(1, title="Opening", presenters=[speaker("opens", of=CAMBODIA)])
SECOND = item(2, title="Requests", lists=[named_list(PERU, CHAD), named_list(NIGER)])
THIRD = item(3, sub_items=[item(3, 1, title="One"), item(3, 2, lists=[named_list(GREECE)])])
THEME = panel(panellists=[speaker("panellist", of=CYPRUS)])


def public() -> Document:
    """Two days with sittings, an item that stands twice, two without times, a panel, a break."""
    continued = placement(SECOND, is_continued=True)
    other = placement(THIRD.sub_items[0])
    afternoon = sitting(continued, other, part="afternoon", start=time(15), end=time(18))
    return document(
        *(FIRST, SECOND, THIRD),
        timetable=[
            day(
                FIRST_DAY,
                sitting(placement(FIRST, time(10), time(10, 30)), placement(SECOND, time(10, 30))),
                pause(),
                afternoon,
            ),
            day(SECOND_DAY, slot(THEME)),
        ],
        panels=[THEME],
    )


def rewritten(old: Document, change: Callable[[Any], Any]) -> Document:
    """A programme with each node changed, innermost first; None takes a node away."""
    changed: Document = _rewritten(old, change)
    return changed


def _rewritten(value: Any, change: Callable[[Any], Any]) -> Any:
    if isinstance(value, tuple):
        changed = (_rewritten(one, change) for one in value)
        return tuple(one for one in changed if one is not None)
    if isinstance(value, (Texts, Wording)) or not is_dataclass(value):
        return value
    node: Any = value
    parts = {one.name: getattr(node, one.name) for one in stored_fields(node)}
    return change(
        replace(node, **{key: _rewritten(one, change) for key, one in parts.items() if one != ()})
    )


def settled(old: Document) -> Document:
    """A programme in the order that compiling gives it."""
    days = [Day(one.date, in_time_order(one.entries)) for one in old.timetable if one.entries]
    days.sort(key=lambda one: one.date)

    def ordered(node: Any) -> Any:
        is_sitting = isinstance(node, Sitting)
        return replace(node, entries=in_time_order(node.entries)) if is_sitting else node

    return rewritten(replace(old, timetable=tuple(days)), ordered)


def with_values(key: str, kind: type, **values: Any) -> Edit:
    def change(node: Any) -> Any:
        is_it = isinstance(node, kind) and getattr(node, "id", "") == key
        return replace(node, **values) if is_it else node

    return lambda old: settled(rewritten(old, change))


def without(*keys: str) -> Edit:
    def change(node: Any) -> Any:
        gone = getattr(node, "id", "") in keys or getattr(node, "item_id", "") in keys
        return None if gone else node

    return lambda old: settled(rewritten(old, change))


def found(old: Document, key: str) -> Any:
    """A node by its id, or None."""
    nodes: list[Any] = []

    def seen(node: Any) -> Any:
        nodes.append(node)
        return node

    rewritten(old, seen)
    return next((node for node in nodes if getattr(node, "id", "") == key), None)


def placed(entry: Any, into: str | date) -> Edit:
    """An entry put into a sitting or day."""

    def into_sitting(node: Any) -> Any:
        is_it = isinstance(node, Sitting) and node.id == into
        return replace(node, entries=(*node.entries, entry)) if is_it else node

    def edit(old: Document) -> Document:
        if entry.id in {one.id for *_, one in old.entries()}:
            return old
        if isinstance(into, str):
            return settled(rewritten(old, into_sitting))
        days = {one.date: one.entries for one in old.timetable}
        days[into] = (*days.get(into, ()), entry)
        return settled(replace(old, timetable=tuple(Day(*one) for one in days.items())))

    return edit


def moved(key: str, into: str | date, **values: Any) -> Edit:
    """An entry taken out of its place and put into another."""

    def edit(old: Document) -> Document:
        entry = next((one for *_, one in old.entries() if one.id == key), None)
        if entry is None or (isinstance(into, str) and found(old, into) is None):
            return old

        def out(node: Any) -> Any:
            is_entry = isinstance(node, (Sitting, Placement, PanelSlot))
            return None if is_entry and node.id == key else node

        changed = placed(replace(entry, **values), into)(rewritten(old, out))
        on = next(day.date for day, _, one in changed.entries() if one.id == key)
        return with_values(key, Panel, date=on, **values)(changed)

    return edit


def without_sitting(key: str) -> Edit:
    """What stood in a sitting stands in its day, at the hours that it had."""

    def out(node: Any) -> Any:
        if not isinstance(node, Day):
            return node
        kept = [
            one.entries if isinstance(one, Sitting) and one.id == key else (one,)
            for one in node.entries
        ]
        return replace(node, entries=tuple(entry for entries in kept for entry in entries))

    return lambda old: settled(rewritten(old, out))


def under(key: str, **values: Callable[[tuple[Any, ...]], tuple[Any, ...]]) -> Edit:
    """What stands beneath an item, changed."""

    def change(node: Any) -> Any:
        if not isinstance(node, AgendaItem) or node.id != key:
            return node
        beneath: dict[str, Any] = {key: edit(getattr(node, key)) for key, edit in values.items()}
        return replace(node, **beneath)

    return lambda old: rewritten(old, change)


def numbered(key: str, *numbers: int) -> Edit:
    def change(node: Any) -> Any:
        if not isinstance(node, AgendaItem) or node.id != key:
            return node
        label = Texts.of(**{one: item_label(numbers, one) for one in LANGUAGES})
        below = tuple(
            numbered(one.id, *numbers, place)(document(one)).agenda[0]
            for place, one in enumerate(node.sub_items, start=1)
            if len(numbers) < 3
        )
        return replace(node, slug=label_slug(numbers), label=label, sub_items=below)

    return lambda old: rewritten(old, change)


def one_after_another(*edits: Edit) -> Edit:
    def edit(old: Document) -> Document:
        for one in edits:
            old = one(old)
        return old

    return edit


def by_number(old: Document) -> Document:
    return replace(old, agenda=tuple(sorted(old.agenda, key=lambda one: one.slug)))


def with_items(*items: AgendaItem[Texts]) -> Edit:
    def edit(old: Document) -> Document:
        new = tuple(one for one in items if found(old, one.id) is None)
        return by_number(replace(old, agenda=(*old.agenda, *new)))

    return edit


def of_meeting(**values: Any) -> Edit:
    return lambda old: replace(old, meeting=replace(old.meeting, **values))


def moved_beneath(key: str, parent: str, *numbers: int) -> Edit:
    def edit(old: Document) -> Document:
        one = found(old, key)
        if one is None or found(old, parent) is None:
            return old
        out = rewritten(old, lambda node: None if node is one or node == one else node)
        into = under(parent, sub_items=lambda others: (*others, one))(out)
        return numbered(key, *numbers)(into)

    return edit


def renamed(old: Document) -> Document:
    peru = replace(PERU, name=Texts.of(en="Republic of Peru"))
    return replace(old, delegations=tuple(peru if one == PERU else one for one in old.delegations))


MORNING, AFTERNOON, EVENING = "sitting-morning", "sitting-afternoon", "sitting-evening"
AT_TEN, AT_HALF_PAST = f"placement-1-{time(10)}", f"placement-2-{time(10, 30)}"
CONTINUED, OF_SUB_ITEM = "placement-2-None", "placement-3a-None"
NEW = replace(item(4, title="New", lists=[named_list(UKRAINE)]), id="new-item")
MALTA = delegation("mlt", en="Malta")
LATE = sitting(part="evening", start=time(19), end=time(20))
OTHER_THEME = panel("other-theme", on=THIRD_DAY, start=time(9), end=time(10))

EDITS: dict[str, Edit] = {
    "the opening retitled": with_values(FIRST.id, AgendaItem, title=Texts.of(en="Opening of it")),
    "the meeting postponed": of_meeting(status="postponed"),
    "a State left": with_values(
        SECOND.lists[0].id, SpeakingList, entries=(ListEntry("entry-per", "per"),)
    ),
    "a State renamed": renamed,
    "lists swapped": under(SECOND.id, lists=lambda lists: lists[::-1]),
    "a new list": under(SECOND.id, lists=lambda lists: (named_list(CYPRUS), *lists)),
    "a new item": with_items(NEW),
    "a new item with a place": one_after_another(
        with_items(NEW), placed(placement(NEW, time(12)), MORNING)
    ),
    "a new item in a new sitting": one_after_another(
        with_items(NEW), placed(LATE, FIRST_DAY), placed(placement(NEW), EVENING)
    ),
    "a new item between": one_after_another(
        numbered(THIRD.id, 4), numbered(SECOND.id, 3), with_items(replace(item(2), id="between"))
    ),
    "numbers exchanged": one_after_another(
        numbered(FIRST.id, 2), numbered(SECOND.id, 1), by_number
    ),
    "an item with another number": numbered(THIRD.id, 5),
    "an item gone": without(SECOND.id),
    "a new sub-item": under(THIRD.id, sub_items=lambda ones: (*ones, item(3, 3))),
    "a sub-item elsewhere": moved_beneath("item-3b-id", SECOND.id, 2, 1),
    "a sub-item that outlives its item": one_after_another(
        moved_beneath("item-3b-id", SECOND.id, 2, 1), without(THIRD.id, "item-3a-id")
    ),
    "a sub-item under a new item": one_after_another(
        with_items(NEW), moved_beneath("item-3b-id", NEW.id, 4, 1)
    ),
    "a later hour": with_values(AT_TEN, Placement, start=time(11), end=time(12)),
    "an earlier end": with_values(AT_TEN, Placement, end=time(10, 15)),
    "another sitting": moved(AT_HALF_PAST, AFTERNOON),
    "a sitting on another day": moved(AFTERNOON, THIRD_DAY),
    "a sitting gone": one_after_another(
        moved(CONTINUED, MORNING), moved(OF_SUB_ITEM, THIRD_DAY), without(AFTERNOON)
    ),
    "a sitting dissolved": without_sitting(AFTERNOON),
    "a sitting of another part of the day": with_values(AFTERNOON, Sitting, part="evening"),
    "a panel in a sitting that is gone": one_after_another(
        moved(THEME.id, AFTERNOON, start=time(16), end=time(17)), without_sitting(AFTERNOON)
    ),
    "a number in Arabic alone": with_values(
        THIRD.id, AgendaItem, label=Texts.of(en="3", fr="3", es="3", ar="3 مكرر")
    ),
    "a sitting at another hour": moved(AFTERNOON, FIRST_DAY, start=time(8), part="first_half"),
    "untimed ones swapped": moved(CONTINUED, AFTERNOON),
    "no lunch": without(f"break-{time(13)}"),
    "a panel into a sitting": moved(THEME.id, AFTERNOON, start=time(16), end=time(17)),
    "a panel into a new sitting": one_after_another(
        placed(LATE, FIRST_DAY), moved(THEME.id, EVENING)
    ),
    "a panel gone": without(THEME.id),
    "a panel more": one_after_another(
        lambda old: replace(old, panels=(*old.panels, OTHER_THEME)),
        placed(slot(OTHER_THEME), THIRD_DAY),
    ),
    "a day more": one_after_another(
        of_meeting(ends_on=date(2024, 6, 21)), placed(placement(FIRST), date(2024, 6, 21))
    ),
}  # fmt: skip
