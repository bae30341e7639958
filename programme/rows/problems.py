"""What in a meeting's rows no programme may hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from meetings.unique_keys import twins
from programme.rows.meeting_rows import MeetingRows, grouped


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
        field.name
        for field in row._meta.concrete_fields
        if field.name != "zone" and not isinstance(field, models.DateField)
    }
    row.clean_fields(exclude=others)


def _problems_of_entries(rows: MeetingRows) -> Iterable[Problem]:
    entries = grouped(rows.entries, "list_id")
    for speaking_list in rows.lists:
        try:
            speaking_list.check_entries([one.delegation for one in entries[speaking_list.pk]])
        except ValidationError as error:
            yield from (Problem(speaking_list, message) for message in error.messages)


def _problems_of_addresses(rows: MeetingRows) -> Iterable[Problem]:
    for _first, item in twins(rows.items):
        address = {"address": item.slug}
        yield Problem(item, _("Another item has the same address, %(address)s.") % address)
