"""Rows for tests, with sensible defaults: a test says only what it is about.

Texts are always given by column: `title_en="Opening"`.
"""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import Permission, User

from meetings.models import Break, Delegation, Meeting, Sitting, TreatyStatus, Venue
from meetings.rows import Provenance, TextState, column, text_digest
from panels.models import Panel, Panellist
from programme.models import (
    AgendaItem,
    ItemPlacement,
    Presenter,
    SpeakingList,
    SpeakingListEntry,
)

if TYPE_CHECKING:
    from django.db.models import Model

FIRST_DAY = date(2024, 6, 18)
SECOND_DAY = date(2024, 6, 19)
LAST_DAY = date(2024, 6, 20)

_numbers = count(1)


# --- meetings --------------------------------------------------------------------------------


def make_venue(**values: Any) -> Venue:
    """A place in Geneva."""
    return Venue.objects.create(**{"name_en": "Palais des Nations"} | values)


def make_meeting(**values: Any) -> Meeting:
    """Three days of June 2024."""
    defaults = {
        "slug": f"meeting-{next(_numbers)}",
        "name_en": "2024 Intersessional Meetings",
        "starts_on": FIRST_DAY,
        "ends_on": LAST_DAY,
    }
    return Meeting.objects.create(**defaults | values)


def make_sitting(meeting: Meeting, **values: Any) -> Sitting:
    """The first morning, without times."""
    defaults = {"date": meeting.starts_on, "part": Sitting.Part.MORNING}
    return Sitting.objects.create(meeting=meeting, **defaults | values)


def make_break(meeting: Meeting, **values: Any) -> Break:
    """A lunch break on the first day."""
    return Break.objects.create(meeting=meeting, **{"date": meeting.starts_on} | values)


# --- who -------------------------------------------------------------------------------------


def make_delegation(code: str, **values: Any) -> Delegation:
    """A State named by its code unless the test gives names."""
    defaults: dict[str, Any] = {"kind": Delegation.Kind.STATE}
    if not any(name.startswith("name_") for name in values):
        defaults["name_en"] = code.capitalize()
    return Delegation.objects.create(code=code, **defaults | values)


def make_status(delegation: Delegation, **values: Any) -> TreatyStatus:
    """A State Party as of June 2024."""
    defaults = {
        "status": TreatyStatus.Status.STATE_PARTY,
        "as_of": date(2024, 6, 1),
        "source": "List of States Parties",
    }
    return TreatyStatus.objects.create(delegation=delegation, **defaults | values)


def chad() -> Delegation:
    """Chad, with its names in all four languages."""
    return make_delegation("tcd", name_en="Chad", name_fr="Tchad", name_es="Chad", name_ar="تشاد")


def peru() -> Delegation:
    """Peru, whose names have accents."""
    return make_delegation("per", name_en="Peru", name_fr="Pérou", name_es="Perú", name_ar="بيرو")


# --- agenda ----------------------------------------------------------------------------------


def make_item(meeting: Meeting, **values: Any) -> AgendaItem:
    """An item without a number; give `number`, and `parent` for a sub-item."""
    return AgendaItem.objects.create(meeting=meeting, **{"title_en": "Opening"} | values)


def make_presenter(item: AgendaItem, **values: Any) -> Presenter:
    """The Committee."""
    defaults: dict[str, Any] = {"role": Presenter.Role.PRESENTS}
    if not {"delegation", "person_en", "function_en"} & values.keys():
        defaults["function_en"] = "the Committee"
    return Presenter.objects.create(item=item, **defaults | values)


def make_placement(item: AgendaItem, **values: Any) -> ItemPlacement:
    """The item on the first day of its meeting."""
    return ItemPlacement.objects.create(item=item, **{"date": item.meeting.starts_on} | values)


def make_list(item: AgendaItem, *delegations: Delegation, **values: Any) -> SpeakingList:
    """A list that names these delegations."""
    defaults = {"invitation_en": "The following States ({delegations}) are invited."}
    made = SpeakingList.objects.create(item=item, **defaults | values)
    for delegation in delegations:
        make_entry(made, delegation)
    return made


def make_entry(speaking_list: SpeakingList, delegation: Delegation, **values: Any) -> Any:
    """A delegation in a list."""
    return SpeakingListEntry.objects.create(list=speaking_list, delegation=delegation, **values)


# --- panels ----------------------------------------------------------------------------------


def make_panel(meeting: Meeting, **values: Any) -> Panel:
    """A panel on the second day."""
    defaults = {"slug": f"panel-{next(_numbers)}", "title_en": "Universalization"}
    return Panel.objects.create(meeting=meeting, **defaults | {"date": SECOND_DAY} | values)


def make_panellist(panel: Panel, **values: Any) -> Panellist:
    """Somebody on a panel."""
    defaults = {"role": Panellist.Role.PANELLIST, "person_en": "Ms. Chan"}
    return Panellist.objects.create(panel=panel, **defaults | values)


# --- what was made -----------------------------------------------------------------------------


def rewrite(row: Any, **values: Any) -> None:
    """Give a row other values, as somebody does who edits it."""
    for name, value in values.items():
        setattr(row, name, value)
    row.save()


# --- texts -----------------------------------------------------------------------------------


def make_state(row: Model, field: str, language: str, **values: Any) -> TextState:
    """What is known of a text; unofficial and made from the present English by default."""
    source = getattr(row, column(field, "en")) if language else ""
    defaults = {"provenance": Provenance.UNOFFICIAL, "source_digest": text_digest(source or "")}
    return TextState.objects.create(row=row, field=field, language=language, **defaults | values)


# --- people ----------------------------------------------------------------------------------


def make_editor(*permissions: str, **values: Any) -> User:
    """Somebody who may enter the admin, and do what these permissions (`app.codename`) say."""
    defaults: dict[str, Any] = {"username": f"editor-{next(_numbers)}", "is_staff": True}
    user = User.objects.create_user(**defaults | values)
    for permission in permissions:
        app, codename = permission.split(".")
        user.user_permissions.add(
            Permission.objects.get(content_type__app_label=app, codename=codename)
        )
    return user
