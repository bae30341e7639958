"""The base classes of all admins and inlines: what the forms and lists of rows have in common."""

# ruff: noqa: ARG002, FBT001, FBT002 -- the signatures are Django's

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, ClassVar, TypeVar

from django.contrib import admin, messages
from django.contrib.admin.helpers import AdminErrorList
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin, TranslationStackedInline

from desk.nothing_lost.deleting import FIELD as GOING
from desk.nothing_lost.deleting import DeletesWhatWasShown
from desk.nothing_lost.lost_updates import FIELD, SharedForm, above, as_opened, is_new, opened
from desk.nothing_lost.moved_sittings import go_along, in_moved_sittings
from desk.nothing_lost.once import SavesOnce
from desk.nothing_lost.onward import way_back
from desk.nothing_lost.sent import given_back, what_was_sent
from desk.rows.as_sent import RowsAsSent, unfold
from desk.rows.choices import Known
from desk.rows.fields import RowFields
from desk.rows.filters import MeetingFilter
from desk.rows.forms import HOLD, RowForm, RowFormSet, TextForm, edits_of
from desk.rows.history import TellsHistory
from desk.rows.initial_values import preselected
from desk.rows.texts import TextStateFormSet, TextStateInline, languages_filled
from desk.rows.titles import Titled
from desk.rows.translators import close_to_translators
from desk.shared.problems import warn_of_problems
from desk.shared.types import Context, Fieldset, FormSet, Inline, ModelForm
from meetings.alphabetical_order import fold
from meetings.finding import searched_names
from meetings.held.status import Held
from meetings.models import Sitting
from meetings.rows import SOURCE_LANGUAGE
from meetings.texts.text_states import record
from meetings.types import Column, Passed, Relation, Rows
from meetings.writing import hold

RowT = TypeVar("RowT", bound=models.Model)
ChildT = TypeVar("ChildT", bound=models.Model)

HELD = ("status", Held.NEW_TIME)
"""What is said, in forms, of a row that may be postponed or cancelled."""


def texts_searched(values: Iterable[tuple[str, object]]) -> Iterator[str]:
    """The folded texts of a row by their columns; of a delegation also what people call it by."""
    for name, value in values:
        if value and name.endswith("search_text"):
            yield from searched_names(str(value))
        elif value:
            yield fold(str(value))


# --- forms with lists --------------------------------------------------------------------------


class RowAdmin(
    SavesOnce, DeletesWhatWasShown, TellsHistory, Titled, RowFields, admin.ModelAdmin[RowT]
):
    """The admin of one kind of rows: its form and its list."""

    form = RowForm
    show_full_result_count = False
    view_on_site: Callable[[RowT], str | None] | bool = False
    save_on_top = True
    list_per_page = 200
    searched: ClassVar[tuple[str, ...]] = ()
    """Columns that a search reads, those of translated fields in each language."""

    def get_list_display(self, request: HttpRequest) -> list[str | Callable[[RowT], str | bool]]:
        """Leave out the meeting where the rows of one alone are listed."""
        shown = list(super().get_list_display(request))
        if MeetingFilter.parameter_name not in request.GET:
            return shown
        return [name for name in shown if name != "meeting"]

    def get_prepopulated_fields(
        self, request: HttpRequest, obj: RowT | None = None
    ) -> dict[str, Sequence[str]]:
        """Suggest an address for a new row alone; a published one keeps its address."""
        return {} if obj else super().get_prepopulated_fields(request, obj)

    def get_search_fields(self, request: HttpRequest) -> tuple[str, ...]:
        """Show the search box where there is something to be searched."""
        return self.searched

    def get_search_results(
        self, request: HttpRequest, queryset: Rows, search_term: str
    ) -> tuple[Rows, bool]:
        """Rows that hold all words of the term, in any language, whatever accents and case."""
        words = fold(search_term).split()
        if not words:
            return queryset if not search_term.strip() else queryset.none(), False
        texts: dict[uuid.UUID, list[str]] = defaultdict(list)
        for pk, *values in queryset.order_by().values_list("pk", *self.searched):
            texts[pk] += texts_searched(zip(self.searched, values, strict=True))
        found = [
            pk
            for pk, its in texts.items()
            if all(any(word in one for one in its) for word in words)
        ]
        return queryset.filter(pk__in=found), False

    def get_form(
        self,
        request: HttpRequest,
        obj: models.Model | None = None,
        change: bool = False,
        **kwargs: object,
    ) -> type[ModelForm]:
        """Tell the fields of whose form they are."""
        of = obj if change else preselected(request, self.model, self.to_meeting)
        callback = partial(self.formfield_for_dbfield, request=request, of=of)
        form = super().get_form(
            request, obj, change=change, **{"formfield_callback": callback, **kwargs}
        )
        if change and "meeting" in form.base_fields:
            # What stands under a row is of the same meeting; it cannot stay behind.
            form.base_fields["meeting"].disabled = True
        if change and issubclass(form, SharedForm):
            form.opened = opened(request)
            close_to_translators(form, request)
        return form

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> RowT | None:
        """Find the row of a form; for a save, with the lock that it needs."""
        if request.method == "POST":
            with suppress(ValidationError):  # an address of no row, which Django answers
                hold(self.model._default_manager.filter(pk=object_id))
        return super().get_object(request, object_id, from_field)

    def _get_obj_does_not_exist_redirect(
        self, request: HttpRequest, opts: object, object_id: str
    ) -> HttpResponse:
        """Give back, to whoever saves what somebody deleted, what was typed."""
        if sent := what_was_sent(request):
            sentence = _("Nothing was saved: somebody deleted this row after you opened its form.")
            return given_back(request, self, sent, str(sentence), is_gone=True)
        return super()._get_obj_does_not_exist_redirect(  # type: ignore[misc, no-any-return]  # Django's own
            request, opts, object_id
        )

    def get_inline_formsets(self, *args: Passed, **kwargs: Passed) -> list[RowsAsSent]:
        """The rows beneath, as they were sent."""
        return [RowsAsSent.of(rows) for rows in super().get_inline_formsets(*args, **kwargs)]

    def render_change_form(
        self, request: HttpRequest, context: Context, *args: Passed, **kwargs: Passed
    ) -> HttpResponse:
        """Send along what the rows say now, and say above the form what a colleague did."""
        unfold(context["adminform"])
        form = context["adminform"].form
        formsets = [one.formset for one in context["inline_admin_formsets"]]
        beneath = [row for formset in formsets for row in formset.initial_forms]
        context[FIELD] = as_opened([form, *beneath])
        context[GOING] = " ".join(filter(None, (getattr(one, GOING, "") for one in formsets)))
        if reason := above(form, beneath, request):
            form.add_error(None, reason)
            context["errors"] = AdminErrorList(form, formsets)
        if form.errors and kwargs.get("obj"):
            # The form's row holds what was refused; around the form stands what is stored.
            stored = self.get_queryset(request).get(pk=kwargs["obj"].pk)
            context |= {"original": stored, "subtitle": str(stored)}
            kwargs["obj"] = stored
        return super().render_change_form(request, context, *args, **kwargs)

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, *args: Passed, **kwargs: Passed
    ) -> HttpResponse:
        """Show or save the form. Two who save the same at once get a form error, not a crash."""
        if "_saveasnew" in request.POST:  # no form of ours offers it, but Django obeys
            sent = request.POST.copy()
            del sent["_saveasnew"]
            request.POST = sent  # type: ignore[assignment]  # any QueryDict will do
        for _attempt in range(2):
            try:
                return super().changeform_view(request, object_id, *args, **kwargs)
            except IntegrityError:
                # At the second look the form's own checks see what the other one saved.
                continue
        sentence = _("Somebody saved the same at this moment; yours was not saved.")
        if refused := what_was_sent(request):
            return given_back(request, self, refused, str(sentence), is_gone=False)
        self.message_user(request, sentence, messages.ERROR)
        return HttpResponseRedirect(request.get_full_path())

    def response_post_save_change(self, request: HttpRequest, obj: RowT) -> HttpResponseRedirect:
        """Lead back to where the form was opened from; without that, to the list of its rows."""
        if back := way_back(request):
            return HttpResponseRedirect(back)
        return super().response_post_save_change(request, obj)

    def save_model(self, request: HttpRequest, obj: RowT, form: ModelForm, change: bool) -> None:
        """Save with the English texts in the columns that name no language."""
        with translation.override(SOURCE_LANGUAGE):
            super().save_model(request, obj, form, change)

    def save_formset(
        self, request: HttpRequest, form: ModelForm, formset: FormSet, change: bool
    ) -> None:
        """Save with the English texts in the columns that name no language."""
        with translation.override(SOURCE_LANGUAGE):
            super().save_formset(request, form, formset, change)

    def save_related(
        self, request: HttpRequest, form: SharedForm, formsets: Sequence[FormSet], change: bool
    ) -> None:
        """Save what is beneath the row, then the states of all texts, then look at the whole."""
        states = [formset for formset in formsets if isinstance(formset, TextStateFormSet)]
        others = [formset for formset in formsets if isinstance(formset, RowFormSet)]
        rows = in_moved_sittings([form, *(one for beneath in others for one in beneath.forms)])
        super().save_related(request, form, others, change)
        go_along(request, rows)
        edits = edits_of(form, others, is_new=not change)
        record(edits, translations_hold=bool(form.cleaned_data.get(HOLD)))
        for formset in states:
            formset.taken_over = form.taken_over
            self.save_formset(request, form, formset, change=change)
        self.look_at_meeting(request, form.instance)

    def look_at_meeting(self, request: HttpRequest, row: models.Model) -> None:
        """Say after a save of a row of a meeting what keeps the whole from being published."""
        if meeting := self.meeting_near(row):
            warn_of_problems(request, meeting)


class TextRowAdmin(RowAdmin[RowT], TranslationAdmin[RowT]):
    """The admin of rows with texts in four languages."""

    form = TextForm

    def get_fieldsets(self, request: HttpRequest, obj: RowT | None = None) -> list[Fieldset]:
        """Ask, where there is a row already, whether its translations still hold."""
        fieldsets = list(super().get_fieldsets(request, obj))
        if obj is None:
            return fieldsets
        return [*fieldsets, (_("Translations"), {"fields": [HOLD], "classes": ["translations"]})]

    def get_inlines(self, request: HttpRequest, obj: RowT | None) -> list[type[Inline]]:
        """Show, last of all, where the texts come from."""
        inlines = list(super().get_inlines(request, obj))
        return [*inlines, TextStateInline] if obj else inlines

    @admin.display(description=_("languages"))
    def languages(self, row: RowT) -> SafeString:
        """Which languages the texts of a row have."""
        return languages_filled(row)


# --- rows beneath others -----------------------------------------------------------------------


class RowsBeneath(RowFields):
    """An inline: rows in the form of the row that they belong to."""

    formset: Any = RowFormSet
    form: Any = RowForm
    extra = 0
    show_change_link = True
    most_new: ClassVar[int] = 50
    """Rows that can be added at a time; more need a save in between."""
    named_by: ClassVar[tuple[str, ...]] = ()
    """Relations that a row's name is made of."""

    def get_queryset(self, request: HttpRequest) -> Rows:
        """Rows with what their names are made of."""
        rows = super().get_queryset(request)
        return rows.select_related(*self.named_by) if self.named_by else rows

    def get_formset(
        self, request: HttpRequest, obj: models.Model | None = None, **kwargs: object
    ) -> type[RowFormSet]:
        """Tell the fields beneath which row they stand."""
        of = obj if obj and not is_new(obj) else None
        of = of or preselected(request, self.parent_model, self.to_meeting)  # type: ignore[attr-defined]  # Django's, for inlines
        callback = partial(self.formfield_for_dbfield, request=request, of=of)
        formset: type[RowFormSet] = super().get_formset(  # type: ignore[misc]  # Django's, for inlines
            request, obj, **{"formfield_callback": callback, **kwargs}
        )
        formset.most_new = self.most_new
        formset.may_change = self.has_change_permission(request, obj)
        formset.form.opened = opened(request) if formset.may_change else None
        close_to_translators(formset.form, request)
        return formset

    def known(self, db_field: Relation, of: models.Model | None) -> Known | None:
        """Choose as the row above does; beneath a new meeting there is nothing to choose yet."""
        if of is None and self.to_meeting == "" and db_field.related_model is Sitting:
            return Known(Sitting.objects.none())
        return super().known(db_field, of)


class TableOfRows(RowsBeneath, admin.TabularInline[ChildT, models.Model]):
    """An inline of rows without texts, in a table."""

    most_new = 250  # all States at once
    classes: tuple[str, ...] = ("desk-table",)
    show_change_link = False

    def formfield_for_dbfield(
        self, db_field: Column, request: HttpRequest, **kwargs: Passed
    ) -> Passed:
        """Head a column by the name of its text and language: no heading stands above it."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and hasattr(db_field, "language"):
            field.label = db_field.verbose_name
        return field


class TextRowsBeneath(RowsBeneath, TranslationStackedInline[ChildT, Any]):
    """An inline of rows with texts in four languages, one below the other."""
