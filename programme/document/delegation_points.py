"""What a programme holds for one delegation: pure functions of a document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time

from programme.document.nodes import (
    AgendaItem,
    Delegation,
    Panel,
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
class Points:
    """All that concerns one delegation in one programme."""

    delegation: Delegation[Text]
    named: tuple[Invitation, ...]
    roles: tuple[Role, ...]
    open: tuple[Invitation, ...]
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
    return Points(
        delegation=delegation,
        named=tuple(_named(programme, code)),
        roles=(*_roles_in_items(programme, code), *_roles_in_panels(programme, code)),
        open=tuple(_for_kind_of(delegation, programme, "open")),
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
        Occasion(day.date, sitting, entry.start, entry.end, entry.is_continued)
        for day, sitting, entry in programme.placements()
        if entry.item_id in ids
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
    return Occasion(panel.date, None, panel.start, panel.end, is_continued=False)
