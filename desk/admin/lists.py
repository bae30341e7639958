"""Speaking lists and whom they name."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from desk.admin.items import LIST_OPTIONS, OfItems, in_agenda_order, item_name
from desk.rows.base import TableOfRows, TextRowAdmin
from desk.rows.choices import Known
from desk.rows.filters import MeetingFilter
from desk.rows.forms import RowFormSet
from desk.rows.texts import columns, fieldset, text_fieldsets
from meetings.models import Delegation
from meetings.types import Relation
from programme.language.shortening import short
from programme.models import SpeakingList, SpeakingListEntry


class EntryFormSet(RowFormSet):
    """The delegations that a list names."""

    def clean(self) -> None:
        """Let the list judge whom it names."""
        if self.may_change:
            self.instance.check_entries(list(self._named()))
        super().clean()

    def _named(self) -> Iterator[Delegation]:
        for form in self.forms:
            if hasattr(form, "cleaned_data") and not self._should_delete_form(form):  # type: ignore[attr-defined]  # Django's
                delegation = form.cleaned_data.get("delegation")
                if delegation:
                    yield delegation


class EntryTable(TableOfRows[SpeakingListEntry]):
    """The delegations that a list names, found by typing."""

    model = SpeakingListEntry
    formset = EntryFormSet
    to_meeting = "item__meeting"
    named_by = ("delegation",)
    fields = ("delegation", "note_en", "on_behalf_of_en", "position")
    show_change_link = True  # to its own form, where the other languages are
    classes = (*TableOfRows.classes, "desk-next-row")
    extra = 1


@admin.register(SpeakingList)
class SpeakingListAdmin(OfItems, TextRowAdmin[SpeakingList]):
    """Speaking lists of all items."""

    to_meeting = "item__meeting"
    fieldsets = (
        (None, {"fields": ["item"]}),
        fieldset(SpeakingList, "invitation"),
        (None, {"fields": LIST_OPTIONS}),
        *text_fieldsets(SpeakingList, collapsed=("notes",), but=("invitation",)),
    )
    inlines = (EntryTable,)
    list_display = ("short_invitation", "of_item", "basis", "whom", "languages")
    list_filter = (MeetingFilter, "kind", "basis")
    list_select_related = ("item__parent__parent",)
    searched = (*columns("invitation", "item__title"), "entries__delegation__search_text")
    ordering = (*in_agenda_order("item__"), "position")

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[SpeakingList]:
        """Each with the number of those it names."""
        lists: models.QuerySet[SpeakingList] = (
            super().get_queryset(request).annotate(named=models.Count("entries"))
        )
        return lists

    @admin.display(description=_("invitation"))
    def short_invitation(self, speaking_list: SpeakingList) -> str:
        """The beginning of the invitation."""
        return short(speaking_list.invitation)

    @admin.display(description=_("agenda item"))
    def of_item(self, speaking_list: SpeakingList) -> str:
        """The item under which the list stands."""
        return item_name(speaking_list.item)

    @admin.display(description=_("whom"))
    def whom(self, speaking_list: SpeakingList) -> str:
        """How many delegations the list names, or of which other kind it is."""
        if not speaking_list.is_named:
            return speaking_list.get_kind_display()
        number = int(getattr(speaking_list, "named", 0))
        return ngettext("%(number)d delegation", "%(number)d delegations", number) % {
            "number": number
        }


@admin.register(SpeakingListEntry)
class SpeakingListEntryAdmin(TextRowAdmin[SpeakingListEntry]):
    """Who is named where: a search shows every list that names a delegation."""

    to_meeting = "list__item__meeting"
    fieldsets = (
        (None, {"fields": ["list", "delegation", "position"]}),
        *text_fieldsets(SpeakingListEntry),
    )
    list_display = ("delegation", "in_list", "of_item", "position", "languages")
    list_filter = (MeetingFilter,)
    list_select_related = ("delegation", "list__item__parent__parent")
    searched = (
        "delegation__search_text",
        *columns("list__invitation", "note", "on_behalf_of"),
    )
    ordering = (*in_agenda_order("list__item__"), "list__position", "list", "position")

    def known(self, db_field: Relation, of: models.Model | None) -> Known | None:
        """Choose among the lists of the same meeting."""
        if db_field.related_model is SpeakingList:
            lists = SpeakingList.objects.order_by(*in_agenda_order("item__"), "position")
            return self.within_meeting(lists, "item__meeting", of)
        return super().known(db_field, of)

    @admin.display(description=_("speaking list"))
    def in_list(self, entry: SpeakingListEntry) -> str:
        """The beginning of the list's invitation."""
        return short(entry.list.invitation)

    @admin.display(description=_("agenda item"))
    def of_item(self, entry: SpeakingListEntry) -> str:
        """The item under which the list stands."""
        return item_name(entry.list.item)
