"""What a programme holds for one delegation: pure functions of a document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from itertools import groupby

from programme.document.nodes import (
    AgendaItem,
    Delegation,
    Panel,
    Placement,
    Sitting,
    Speaker,
    SpeakingList,
    T,
    Text,
)
from programme.document.programme import ProgrammeDocument


@dataclass(frozen=True, slots=True)
class Occasion:
    """When an item is taken up: a day, perhaps a sitting, perhaps clock times."""

    date: date
    sitting: Sitting[Text] | None
    start: time | None
    end: time | None
    is_continued: bool
    id: str = ""
    """Of what stands in the timetable, by which it is told whether it is on."""
    room: Text | None = None


@dataclass(frozen=True, slots=True)
class Invitation:
    """A speaking list that names a delegation, or that is for its kind."""

    item: AgendaItem[Text]
    list: SpeakingList[Text]
    number: int
    """The list's number under its item, from 1."""
    turn: int | None
    """The delegation's turn, from 1, in a list that stands in the order as called."""
    occasions: tuple[Occasion, ...]


@dataclass(frozen=True, slots=True)
class Role:
    """An item that a delegation opens, presents, chairs or closes, or a panel that it sits on."""

    speaker: Speaker[Text]
    item: AgendaItem[Text] | None
    panel: Panel[Text] | None
    occasions: tuple[Occasion, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a ledger: an item or a panel, with all that a delegation does there."""

    item: AgendaItem[Text] | None
    panel: Panel[Text] | None
    invitations: tuple[Invitation, ...]
    """Of one item, in the order of its lists."""
    roles: tuple[Role, ...]
    occasions: tuple[Occasion, ...]

    @property
    def first(self) -> Occasion | None:
        """When it is taken up; None where nothing is fixed."""
        return next(iter(self.occasions), None)

    @property
    def later(self) -> tuple[Occasion, ...]:
        """When it goes on."""
        return self.occasions[1:]


@dataclass(frozen=True, slots=True)
class Points:
    """All that concerns one delegation in one programme."""

    delegation: Delegation[Text]
    named: tuple[Invitation, ...]
    roles: tuple[Role, ...]
    open: tuple[Invitation, ...]
    ledger: tuple[Entry, ...]
    """What names the delegation, lists and roles, in the order of the meeting."""
    floor: tuple[Entry, ...]
    """The open lists, in the order of the meeting."""
    conditional: tuple[Invitation, ...]
    """Lists that are only for those of its kind that the invitation describes: none is its own,
    since nobody but itself knows whether it is meant."""

    def __bool__(self) -> bool:
        return bool(self.named or self.roles or self.open or self.conditional)

    @property
    def category(self) -> str:
        """The category of lists that the delegation belongs to; "" where unknown."""
        return category_of(self.delegation)


def points_of(programme: ProgrammeDocument[Text], code: str) -> Points | None:
    """The points of a delegation; None if the programme does not know it."""
    delegation = programme.delegation(code)
    if delegation is None:
        return None
    named = tuple(_named(programme, code))
    roles = (*_roles_in_items(programme, code), *_roles_in_panels(programme, code))
    is_open = tuple(_for_kind_of(delegation, programme, "open"))
    return Points(
        delegation=delegation,
        named=named,
        roles=roles,
        open=is_open,
        ledger=_ledger(programme, named, roles),
        floor=_ledger(programme, is_open, ()),
        conditional=tuple(_for_kind_of(delegation, programme, "conditional")),
    )


def category_of(delegation: Delegation[T]) -> str:
    """Which open lists are for a delegation: states_parties, states_not_party, organisations.

    "" for a State whose status on the meeting's first day is unknown.
    """
    if delegation.kind != "state":
        return "organisations"
    return {"state_party": "states_parties", "state_not_party": "states_not_party"}.get(
        delegation.status, ""
    )


# --- lists -----------------------------------------------------------------------------------


def _named(programme: ProgrammeDocument[Text], code: str) -> Iterator[Invitation]:
    for item, number, speaking_list in _lists(programme):
        codes = [one.code for one in speaking_list.delegations]
        if code in codes:
            turn = codes.index(code) + 1 if speaking_list.order == "as_called" else None
            yield Invitation(item, speaking_list, number, turn, tuple(occasions(programme, item)))


def _for_kind_of(
    delegation: Delegation[Text], programme: ProgrammeDocument[Text], kind: str
) -> Iterator[Invitation]:
    """Lists of one kind that name nobody and are for the category of a delegation."""
    for item, number, speaking_list in _lists(programme):
        if speaking_list.kind != kind or not _is_for_category(delegation, speaking_list):
            continue
        if speaking_list.other_than_named and _is_named_above(delegation, item, number):
            continue
        yield Invitation(item, speaking_list, number, None, tuple(occasions(programme, item)))


def is_open_to(delegation: Delegation[Text], speaking_list: SpeakingList[Text]) -> bool:
    """Whether an open list fits a delegation's kind and its status on that date.

    A State of unknown status fits what is open to all States, whatever their status.
    """
    return speaking_list.kind == "open" and _is_for_category(delegation, speaking_list)


def _is_for_category(delegation: Delegation[Text], speaking_list: SpeakingList[Text]) -> bool:
    if category := category_of(delegation):
        return category in speaking_list.open_to
    return {"states_parties", "states_not_party"} <= set(speaking_list.open_to)


def _is_named_above(delegation: Delegation[Text], item: AgendaItem[Text], number: int) -> bool:
    above = item.lists[: number - 1]
    return any(delegation.code == one.delegation_code for each in above for one in each.entries)


def _lists(
    programme: ProgrammeDocument[Text],
) -> Iterator[tuple[AgendaItem[Text], int, SpeakingList[Text]]]:
    for item in programme.items():
        for number, speaking_list in enumerate(item.lists, start=1):
            yield item, number, speaking_list


# --- roles -----------------------------------------------------------------------------------


def _roles_in_items(programme: ProgrammeDocument[Text], code: str) -> Iterator[Role]:
    for item in programme.items():
        for speaker in item.presenters:
            if speaker.delegation_code == code:
                yield Role(speaker, item, None, tuple(occasions(programme, item)))


def _roles_in_panels(programme: ProgrammeDocument[Text], code: str) -> Iterator[Role]:
    for panel in programme.panels:
        for speaker in panel.panellists:
            if speaker.delegation_code == code:
                yield Role(speaker, None, panel, (occasion_of(panel),))


# --- the ledger ------------------------------------------------------------------------------


def _ledger(
    programme: ProgrammeDocument[Text],
    invitations: Iterable[Invitation],
    roles: Iterable[Role],
) -> tuple[Entry, ...]:
    """Invitations and roles by item and panel, in the order of the meeting."""
    place = places(programme)

    def place_of(one: Invitation | Role) -> int:
        node = one.item or (one.panel if isinstance(one, Role) else None)
        return place[node.id] if node else len(place)

    parts: list[Invitation | Role] = [*invitations, *roles]
    parts.sort(key=place_of)
    return tuple(_entry(list(group)) for _place, group in groupby(parts, key=place_of))


def _entry(parts: list[Invitation | Role]) -> Entry:
    """All that a delegation does under one item, or on one panel."""
    first = parts[0]
    return Entry(
        item=first.item,
        panel=first.panel if isinstance(first, Role) else None,
        invitations=tuple(one for one in parts if isinstance(one, Invitation)),
        roles=tuple(one for one in parts if isinstance(one, Role)),
        occasions=first.occasions,
    )


def places(programme: ProgrammeDocument[Text]) -> dict[str, int]:
    """Where each item and panel comes in the meeting, counted from 0, by id.

    By its time; what has none comes after the item before it in the agenda.
    """
    taken_up = _taken_up(programme)
    ordered: list[tuple[int, int, str]] = []
    last = -1
    for item in programme.items():
        last = taken_up.get(item.id, last)
        ordered.append((last, len(ordered), item.id))
    for panel in programme.panels:
        ordered.append((taken_up.get(panel.id, last), len(ordered), panel.id))
    return {key: place for place, (*_rank, key) in enumerate(sorted(ordered))}


def _taken_up(programme: ProgrammeDocument[Text]) -> dict[str, int]:
    """Where in the timetable each panel and each item that has a place there comes first, by id."""
    first: dict[str, int] = {}
    for number, (_day, _sitting, entry) in enumerate(programme.entries()):
        first.setdefault(entry.item_id if isinstance(entry, Placement) else entry.id, number)
    return first | dict(_with_their_kin(programme.agenda, None, first))


def _with_their_kin(
    items: Iterable[AgendaItem[Text]], above: int | None, first: Mapping[str, int]
) -> Iterator[tuple[str, int]]:
    """Items go, as in `occasions`, by themselves, by the item above, or by what is beneath."""
    for item in items:
        here = first.get(item.id, above)
        beneath = (first[one.id] for one in item.walk() if one.id in first)
        taken_up = min(beneath, default=None) if here is None else here
        if taken_up is not None:
            yield item.id, taken_up
        yield from _with_their_kin(item.sub_items, here, first)


# --- when ------------------------------------------------------------------------------------


def occasions(programme: ProgrammeDocument[Text], item: AgendaItem[Text]) -> list[Occasion]:
    """When an item is taken up, in order.

    A sub-item without a placement goes with the item above it; an item of which sub-items alone
    have a place is taken up when they are.
    """
    above = [{one.id} for one in (item, *reversed(programme.parents_of(item)))]
    for ids in (*above, {one.id for one in item.walk()}):
        if found := _placed(programme, ids):
            return found
    return []


def _placed(programme: ProgrammeDocument[Text], ids: set[str]) -> list[Occasion]:
    return [
        Occasion(
            day.date,
            sitting,
            entry.start,
            entry.end,
            entry.is_continued,
            entry.id,
            sitting.room if sitting else None,
        )
        for day, sitting, entry in programme.placements()
        if entry.item_id in ids and not entry.is_new_time
    ]


def shown_at(programme: ProgrammeDocument[Text], item: AgendaItem[Text]) -> AgendaItem[Text]:
    """The item that marks another's place in the whole programme: itself, if it stands there.

    An item that only heads sub-items with places of their own does not: the first of them does.
    """
    placed = (entry.item for *_, entry in programme.placements())
    tops = [*programme.unplaced, *(one for one in placed if one)]
    shown = {one.id for top in tops for one in top.walk()}
    return next((one for one in item.walk() if one.id in shown), item)


def occasion_of(panel: Panel[Text]) -> Occasion:
    """When a panel is held."""
    return Occasion(
        panel.date,
        None,
        panel.start,
        panel.end,
        is_continued=False,
        id=panel.id,
        room=panel.room,
    )
