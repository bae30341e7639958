"""A small meeting in public, and the steps by which staff walk away from it."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date, time
from typing import TYPE_CHECKING, Any

from meetings.models import Meeting
from meetings.texts.text_states import Edit, record, wordings
from programme.document.nodes import Texts
from programme.document.programme import ProgrammeDocument
from programme.models import AgendaItem
from programme.publishing.draft import compiled
from programme.rows.meeting_rows import MeetingRows
from tests.factories import (
    SECOND_DAY,
    chad,
    make_break,
    make_delegation,
    make_item,
    make_list,
    make_meeting,
    make_panel,
    make_panellist,
    make_placement,
    make_presenter,
    make_sitting,
    make_state,
    make_venue,
    peru,
)
from tests.rows import published

if TYPE_CHECKING:
    from django.db.models import Model

FRIDAY = date(2024, 6, 21)


@dataclass
class Office:
    """The rows of a meeting by the names that its staff call them by."""

    meeting: Meeting
    names: dict[str, tuple[type[Model], uuid.UUID]] = field(default_factory=dict)
    publications: list[ProgrammeDocument[Texts]] = field(default_factory=list)

    @property
    def public(self) -> ProgrammeDocument[Texts]:
        """What was public at first."""
        return self.publications[0]

    def draft(self, judged: Collection[str] | None = None) -> ProgrammeDocument[Texts]:
        """What the rows say now; whether all of it is sound, or only the subjects `judged`."""
        return compiled(self.meeting, judged)

    def know(self, name: str, row: Model) -> Any:
        """Remember a row under a name, even when it is deleted."""
        self.names[name] = (type(row), row.pk)
        return row

    def row(self, name: str) -> Any:
        """A row as it is now."""
        model, key = self.names[name]
        return model._default_manager.get(pk=key)

    def key(self, name: str) -> str:
        """The id of a row that is, was or will be there."""
        return str(self.names[name][1])

    def publish(self) -> None:
        """Make the draft public."""
        publication = published(Meeting.objects.get(pk=self.meeting.pk))
        self.publications.append(ProgrammeDocument.from_json(publication.document))

    def rows(self) -> MeetingRows:
        """All rows of the meeting as they are now."""
        return MeetingRows(self.meeting.pk)


def office() -> Office:
    """Two mornings, a tree of items, lists, panels and breaks, all in public."""
    states = {"chad": chad(), "peru": peru(), "mali": make_delegation("mli", name_en="Mali")}
    venue = make_venue()
    meeting = make_meeting(venue=venue, introduction_en="Three days.")
    made = Office(meeting)
    know = made.know
    know("meeting", meeting)
    know("venue", venue)
    for name, state in states.items():
        know(name, state)
    know("monday", make_sitting(meeting, start=time(10), end=time(13)))
    know("tuesday", make_sitting(meeting, date=SECOND_DAY))
    _agenda(made)
    _timetable(made)
    made.publish()
    return made


def _agenda(made: Office) -> None:
    meeting, know = made.meeting, made.know
    chad_, peru_ = made.row("chad"), made.row("peru")
    know("1", make_item(meeting, number=1))
    six = know(
        "6", make_item(meeting, number=6, title_en="Status", title_fr="État", text_en="Text")
    )
    make_state(six, "title", "fr", provenance="machine", source_digest="of another text")
    make_state(six, "number", "", provenance="inferred")
    a = know("6a", make_item(meeting, number=1, parent=six, title_en="Universalization"))
    know("6b", make_item(meeting, number=2, parent=six, title_en="Clearance"))
    know("6a.i", make_item(meeting, number=1, parent=a, title_en="Details"))
    know("7", make_item(meeting, number=7, title_en="Matters"))
    know("A bis", make_item(meeting, label="A bis", title_en="Other business"))
    know("unnumbered", make_item(meeting, title_en="Without a number"))
    know("another", make_item(meeting, title_en="Without one too"))
    know("presenter", make_presenter(six, delegation=chad_))
    know("chair", make_presenter(six, role="chairs"))
    know("list", make_list(a, chad_, peru_, order="as_called"))
    know("open", make_list(a, kind="open", open_to_organisations=True))


def _timetable(made: Office) -> None:
    meeting, know, row = made.meeting, made.know, made.row
    monday, tuesday = row("monday"), row("tuesday")
    know("6a on monday", make_placement(row("6a"), sitting=monday, start=time(10)))
    know("6b on monday", make_placement(row("6b"), sitting=monday))
    know("7 on monday", make_placement(row("7"), sitting=monday))
    know("7 again", make_placement(row("7"), date=SECOND_DAY, is_continued=True))
    know("coffee", make_break(meeting, sitting=monday, kind="coffee", start=time(11)))
    know("lunch", make_break(meeting, name_en="Lunch with a film", start=time(13)))
    panel = know("panel", make_panel(meeting, slug="one", sitting=tuesday, start=time(10)))
    know("other panel", make_panel(meeting, slug="two", title_en="Clearance"))
    know("panellist", make_panellist(panel))


# --- steps -----------------------------------------------------------------------------------

Step = Callable[[Office], Any]


def edit(name: str, **values: Any) -> Step:
    """Change columns as a form does; `<relation>="name"` points at another row."""

    def step(made: Office) -> None:
        row = made.row(name)
        before = wordings(row)
        for column, value in values.items():
            is_relation = row._meta.get_field(column).is_relation
            setattr(row, column, made.row(value) if is_relation and value else value)
        if isinstance(row, AgendaItem):
            row.clean()  # a form never lets an item stand beneath itself
        row.save()
        if hasattr(row, "text_states"):
            record([Edit(row, before)])

    return step


def delete(*names: str) -> Step:
    """Delete rows with all that lies beneath them."""

    def step(made: Office) -> None:
        for name in names:
            made.row(name).delete()

    return step


def exchange(first: str, second: str, column: str, aside: Any) -> Step:
    """Let two rows change places by way of a third value, as staff have to."""

    def step(made: Office) -> None:
        one, other = made.row(first), made.row(second)
        was, becomes = getattr(one, column), getattr(other, column)
        for row, value in ((one, aside), (other, was), (one, becomes)):
            setattr(row, column, value)
            row.save()

    return step


def add_item(name: str, *, parent: str = "", **values: Any) -> Step:
    """Type a new item."""

    def step(made: Office) -> None:
        above = made.row(parent) if parent else None
        made.know(name, make_item(made.meeting, parent=above, **{"title_en": name} | values))

    return step


def add_list(name: str, item: str, *states: str) -> Step:
    """Type a new list under an item."""
    return lambda made: made.know(name, make_list(made.row(item), *map(made.row, states)))


def add_placement(name: str, item: str, *, sitting: str = "", **values: Any) -> Step:
    """Put an item into the timetable."""

    def step(made: Office) -> None:
        place = {"sitting": made.row(sitting)} if sitting else {}
        made.know(name, make_placement(made.row(item), **place, **values))

    return step


def add_presenter(name: str, item: str) -> Step:
    """Name somebody who presents an item."""
    return lambda made: made.know(name, make_presenter(made.row(item)))


def add_sitting(name: str, **values: Any) -> Step:
    """Add a sitting, on the first morning unless the values say otherwise."""
    return lambda made: made.know(name, make_sitting(made.meeting, **values))


def add_panel(name: str, **values: Any) -> Step:
    """Add a panel."""
    return lambda made: made.know(name, make_panel(made.meeting, **values))


def reorder_entries(name: str) -> Step:
    """Call the delegations of a list the other way round."""

    def step(made: Office) -> None:
        entries = list(made.row(name).entries.all())
        for position, entry in enumerate(reversed(entries), start=1):
            entry.position = position
            entry.save()

    return step


def rename_entries(name: str) -> Step:
    """Let the two delegations of a list change their lines, as its form can."""

    def step(made: Office) -> None:
        first, second = made.row(name).entries.all()
        ours, theirs = first.delegation, second.delegation
        for entry, delegation in ((first, made.row("mali")), (second, ours), (first, theirs)):
            entry.delegation = delegation
            entry.save()

    return step


def retype_list(name: str, *states: str) -> Step:
    """Empty a list and name these States anew."""

    def step(made: Office) -> None:
        speaking_list = made.row(name)
        speaking_list.entries.all().delete()
        for state in states:
            speaking_list.entries.create(delegation=made.row(state))

    return step


def publish(made: Office) -> None:
    """Publish what the rows say now."""
    made.publish()
