"""What stands in a sitting goes along to its new day, whichever form moves the sitting."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.contrib import messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.http import HttpRequest
from django.utils.translation import ngettext

from desk.nothing_lost.lost_updates import SharedForm
from meetings.models import InTimetable, Sitting
from meetings.types import Rows
from meetings.writing import by_model, hold


def in_moved_sittings(forms: Iterable[SharedForm]) -> list[InTimetable]:
    """Rows on the day that their sitting leaves by one of these valid forms; they are locked."""
    moving = [
        one for one in forms if isinstance(one.instance, Sitting) and "date" in one.changed_data
    ]
    kinds = [relation.related_model for relation in Sitting._meta.related_objects]
    rows: list[InTimetable] = []
    for form in moving:
        for kind in kinds:
            if issubclass(kind, InTimetable):
                place = {"sitting": form.instance.pk, "date": form.initial.get("date")}
                found = kind._default_manager.filter(**place)
                hold(found)
                rows += found
    return rows


def go_along(request: HttpRequest, rows: Sequence[InTimetable]) -> None:
    """Give rows, unless they left it meanwhile, their sitting's day; note it down and say it."""
    went: list[InTimetable] = []
    was_in = {one.pk: one.sitting_id for one in rows}
    for kind, its_rows in by_model(rows).items():
        named_by = [one.name for one in kind._meta.fields if one.many_to_one]
        found: Rows = kind._default_manager.filter(
            pk__in=[one.pk for one in its_rows]
        ).select_related(*named_by)
        there = [one for one in found if one.sitting_id == was_in[one.pk]]
        for one in there:
            one.date = one.sitting.date
        kind._default_manager.bulk_update(there, ["date"])
        went += there
    if not went:
        return
    changed = [{"changed": {"fields": ["date"]}}]
    LogEntry.objects.log_actions(request.user.pk, went, CHANGE, changed)  # type: ignore[arg-type]  # any rows will do
    told = ngettext(
        "%(number)s row that stands in a moved sitting went along to its new day.",
        "%(number)s rows that stand in moved sittings went along to their new days.",
        len(went),
    )
    messages.info(request, told % {"number": len(went)})
