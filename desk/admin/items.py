"""Agenda items, who presents them, and where they stand in the timetable."""

# ruff: noqa: ARG002 -- the signatures are Django's

from __future__ import annotations

from datetime import time

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Coalesce
from django.forms.models import construct_instance
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from desk.admin.speakers import SpeakerForms, speaker_fieldsets
from desk.rows.base import HELD, ChildT, RowAdmin, TableOfRows, TextRowAdmin, TextRowsBeneath
from desk.rows.choices import Known
from desk.rows.fields import RowFields
from desk.rows.filters import MeetingFilter
from desk.rows.forms import RowForm
from desk.rows.texts import columns, fieldset, text_fieldsets
from desk.shared.addresses import admin_address
from desk.shared.public import public_item
from desk.shared.types import Cleaned
from meetings.alphabetical_order import fold
from meetings.types import Relation, Rows
from programme.document.timetable import NOMINAL_HOURS
from programme.language.dates import format_date, format_time_range
from programme.language.labels import heading
from programme.language.lists import COMMAS
from programme.models import AgendaItem, ItemPlacement, Presenter, SpeakingList

INDENT = "\u2003"
"""A space as wide as letters are high, for each level below the first."""


# --- the order of an agenda ----------------------------------------------------------------

LEVELS = ({3: "parent__parent__", 2: "parent__", 1: ""}, {3: "parent__", 2: ""}, {3: ""})
"""For each level, where an item of a depth finds what stands there on its path."""


def in_agenda_order(to_item: str = "") -> tuple[str | models.OrderBy, ...]:
    """The latest meeting first; its items as an agenda prints them, each before its sub-items.

    `to_item` leads from a row to its item, as `list__item__`.
    """
    levels = (_on_level(paths, name, to_item) for paths in LEVELS for name in AMONG_SIBLINGS)
    return (f"-{to_item}meeting__starts_on", f"{to_item}meeting", *levels)


AMONG_SIBLINGS = ("position", "number", "id")


def _on_level(paths: dict[int, str], name: str, to_item: str) -> models.OrderBy:
    """Order by what stands on a level; an item that ends above it comes first."""
    depths = {
        3: models.Q(**{f"{to_item}parent__parent__isnull": False}),
        2: models.Q(**{f"{to_item}parent__isnull": False}),
        1: models.Q(**{f"{to_item}pk__isnull": False}),
    }
    whens = [
        models.When(depths[depth], then=models.F(f"{to_item}{path}{name}"))
        for depth, path in paths.items()
    ]
    return models.Case(*whens).asc(nulls_first=True)


def item_name(item: AgendaItem) -> str:
    """An item by label and title, in the language of the reader."""
    language = get_language() or "en"
    return heading(item.label_in(language), item.title, language) or str(item)


def indented(item: AgendaItem) -> str:
    """An item's name, moved in by its level."""
    return INDENT * (len(item.lineage()) - 1) + item_name(item)


class OfItems(RowFields):
    """Rows that choose among items."""

    def known(self, db_field: Relation, of: models.Model | None) -> Known | None:
        """Choose among the items of the same meeting; never an item as its own sub-item."""
        if db_field.related_model is not AgendaItem:
            return super().known(db_field, of)
        items = AgendaItem.objects.select_related("parent__parent").order_by(*in_agenda_order())
        if isinstance(of, AgendaItem):
            beneath = models.Q(pk=of.pk) | models.Q(parent=of.pk) | models.Q(parent__parent=of.pk)
            items = items.exclude(beneath)
        return self.within_meeting(items, "meeting", of, label=indented)


# --- beneath an item -----------------------------------------------------------------------


class PresenterForms(SpeakerForms[Presenter]):
    """Who presents, opens, closes or chairs an item."""

    model = Presenter
    fieldsets = speaker_fieldsets(Presenter)


LIST_OPTIONS = (
    ("form", "basis", "order", "position"),
    ("kind", "open_to_states_parties", "open_to_states_not_party", "open_to_organisations"),
    "other_than_named",
)
"""What is said of a speaking list besides texts and names."""


class ListForm(RowForm):
    """A list beneath its item, where the names that it has are not in the form."""

    def clean(self) -> Cleaned | None:
        """Refuse another kind for a list that names somebody."""
        cleaned = super().clean()
        if "kind" in self.changed_data and (kind := self.cleaned_data.get("kind")):
            entries = self.instance.entries.select_related("delegation")
            try:
                self.instance.kind = kind
                self.instance.check_entries([one.delegation for one in entries])
            except ValidationError as error:
                self.add_error("kind", error)
        return cleaned


class SpeakingListForms(TextRowsBeneath[SpeakingList]):
    """The lists under an item; whom they name is edited in a list's own form."""

    model = SpeakingList
    form = ListForm
    to_meeting = "meeting"
    fieldsets = (
        fieldset(SpeakingList, "invitation"),
        (None, {"fields": LIST_OPTIONS}),
        *text_fieldsets(SpeakingList, collapsed=("notes",), but=("invitation",)),
    )


_IN_HALF_DAYS = (
    models.When(sitting__part=part, then=models.Value(at)) for part, at in NOMINAL_HOURS.items()
)
_HOUR = models.Case(*_IN_HALF_DAYS, default=time.max, output_field=models.TimeField())
BY_TIME = ("date", Coalesce("start", "sitting__start", _HOUR), "position", "id")
"""The order of placements: what has no time of its own stands where its half-day does."""


class PlacementTable(TableOfRows[ItemPlacement]):
    """Where an item stands in the timetable."""

    model = ItemPlacement
    to_meeting = "meeting"
    named_by = ("sitting",)
    fields = ("sitting", "date", "start", "end", "is_continued", "position")

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[ItemPlacement]:
        """By time."""
        return super().get_queryset(request).order_by(*BY_TIME)


# --- in order beneath a meeting, an item or a sitting ------------------------------------------


class PlaceForm(RowForm):
    """The place of a row among others; all else is judged in the row's own form."""

    def _post_clean(self) -> None:
        construct_instance(self, self.instance, self._meta.fields, self._meta.exclude)


class RowsInOrder(TableOfRows[ChildT]):
    """Rows that are made and edited elsewhere; here they get their places among each other."""

    form = PlaceForm
    fields = ("named", "position")
    readonly_fields = ("named",)
    can_delete = False
    extra = 0

    def has_add_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Refuse: rows are added in a form of their own."""
        return False


class ItemsInOrder(RowsInOrder[AgendaItem]):
    """The items of a meeting that stand beneath no other."""

    model = AgendaItem
    to_meeting = "meeting"
    fk_name = "meeting"
    verbose_name_plural = _("Agenda items in order")

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[AgendaItem]:
        """In the order of the agenda."""
        return super().get_queryset(request).filter(parent=None).order_by(*AMONG_SIBLINGS)

    @admin.display(description=_("agenda item"))
    def named(self, item: AgendaItem) -> SafeString:
        """The item by label and title, linked to its form."""
        return format_html('<a href="{}">{}</a>', admin_address(item), item_name(item))


class SubItemsInOrder(ItemsInOrder):
    """The items beneath an item."""

    fk_name = "parent"
    verbose_name_plural = _("Sub-items in order")

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[AgendaItem]:
        """In the order of the agenda."""
        return super(ItemsInOrder, self).get_queryset(request).order_by(*AMONG_SIBLINGS)


class PlacementsInOrder(RowsInOrder[ItemPlacement]):
    """What is placed in a sitting."""

    model = ItemPlacement
    to_meeting = "item__meeting"
    named_by = ("item__parent__parent",)
    verbose_name_plural = _("Items in this sitting in order")

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[ItemPlacement]:
        """In the order of the day."""
        return super().get_queryset(request).order_by("position", "id")

    @admin.display(description=_("agenda item"))
    def named(self, placement: ItemPlacement) -> SafeString:
        """The item that is placed, with its hours, linked to its form."""
        return format_html(
            '<a href="{}">{}</a> {}',
            admin_address(placement.item),
            item_name(placement.item),
            format_time_range(placement.start, placement.end, get_language() or "en"),
        )


# --- items ---------------------------------------------------------------------------------


@admin.register(AgendaItem)
class AgendaItemAdmin(OfItems, TextRowAdmin[AgendaItem]):
    """The agendas of all meetings."""

    to_meeting = "meeting"
    fieldsets = (
        (None, {"fields": ["meeting", "parent", ("number", "label", "position"), *HELD]}),
        *text_fieldsets(AgendaItem, collapsed=("short_title", "notes")),
    )
    inlines = (PresenterForms, SpeakingListForms, SubItemsInOrder, PlacementTable)
    list_display = ("in_agenda", "meeting", "in_timetable", "status", "list_count", "languages")
    list_display_links = ("in_agenda",)
    list_filter = (MeetingFilter, "status")
    list_select_related = ("meeting", "parent__parent")
    searched = columns("title", "text", "lead_in")
    ordering = in_agenda_order()

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[AgendaItem]:
        """Each with the number of its lists and what is needed to name it."""
        items: models.QuerySet[AgendaItem] = (
            super()
            .get_queryset(request)
            .select_related("meeting", "parent__parent")
            .prefetch_related(
                models.Prefetch("placements", ItemPlacement.objects.order_by(*BY_TIME)),
                "placements__sitting",
            )
            .annotate(lists_beneath=models.Count("lists"))
        )
        return items

    def get_search_results(
        self, request: HttpRequest, queryset: Rows, search_term: str
    ) -> tuple[Rows, bool]:
        """Find an item by its label too, as any of the languages writes it."""
        found, _may_repeat = super().get_search_results(request, queryset, search_term)
        label = fold(search_term).replace(" ", "")
        if not label or len(label) > LONGEST_LABEL:
            return found, False
        items = queryset.prefetch_related(None)
        labelled = [one.pk for one in items if label in _labels(one)]
        return (queryset.filter(models.Q(pk__in=labelled) | models.Q(pk__in=found)), False)

    def view_on_site(self, item: AgendaItem) -> str | None:
        """The item's public page."""
        return public_item(item)

    @admin.display(description=_("agenda item"))
    def in_agenda(self, item: AgendaItem) -> SafeString:
        """The item's label and title, moved in by its level."""
        return format_html('<span class="depth-{}">{}</span>', len(item.lineage()), item_name(item))

    @admin.display(description=_("in the timetable"))
    def in_timetable(self, item: AgendaItem) -> str:
        """Where the item is placed; nothing where it only stands in the agenda."""
        language = get_language() or "en"
        return COMMAS[language].join(map(placement_name, item.placements.all()))

    @admin.display(description=_("lists"), ordering="lists_beneath")
    def list_count(self, item: AgendaItem) -> int:
        """How many speaking lists stand under the item."""
        return int(getattr(item, "lists_beneath", 0))


LONGEST_LABEL = 12
"""Letters that a label may have, spaces aside; anything longer is no label."""


def _labels(item: AgendaItem) -> set[str]:
    return {fold(item.label_in(one)).replace(" ", "") for one in ("en", "ar")}


def placement_name(placement: ItemPlacement) -> str:
    """A place in the timetable: day, and hours or part of the day."""
    language = get_language() or "en"
    hours = format_time_range(placement.start, placement.end, language)
    sitting = placement.sitting
    part = sitting.get_part_display() if sitting and not hours else hours
    return " ".join(filter(None, (format_date(placement.date, language), part)))


@admin.register(Presenter)
class PresenterAdmin(OfItems, TextRowAdmin[Presenter]):
    """Presenters of all items."""

    to_meeting = "item__meeting"
    fieldsets = speaker_fieldsets(Presenter, "item")
    list_display = ("__str__", "role", "of_item", "named_in_text", "has_spoken", "languages")
    list_filter = (MeetingFilter, "role")
    list_select_related = ("item__parent__parent", "delegation")
    searched = (*columns("person", "function", "item__title"), "delegation__search_text")
    ordering = (*in_agenda_order("item__"), "position")

    @admin.display(description=_("agenda item"))
    def of_item(self, presenter: Presenter) -> str:
        """The item that the presenter has a part in."""
        return item_name(presenter.item)


@admin.register(ItemPlacement)
class ItemPlacementAdmin(OfItems, RowAdmin[ItemPlacement]):
    """Items in the timetable."""

    to_meeting = "item__meeting"
    fieldsets = (
        (
            None,
            {
                "fields": [
                    "item",
                    "sitting",
                    ("date", "start", "end"),
                    ("position", "is_continued"),
                ]
            },
        ),
    )
    list_display = ("of_item", "date", "start", "end", "sitting", "is_continued", "position")
    list_filter = (MeetingFilter,)
    list_select_related = ("item__parent__parent", "sitting")
    searched = columns("item__title")
    ordering = ("-item__meeting__starts_on", "item__meeting", *BY_TIME)

    @admin.display(description=_("agenda item"))
    def of_item(self, placement: ItemPlacement) -> str:
        """The item that is placed."""
        return item_name(placement.item)
