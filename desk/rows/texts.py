"""Translated texts in forms and lists: four languages side by side, and where each comes from."""

# ruff: noqa: ARG002, FBT001, FBT002 -- the signatures are Django's

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from typing import TYPE_CHECKING, TypeAlias

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.contrib.contenttypes.admin import GenericTabularInline
from django.contrib.contenttypes.forms import BaseGenericInlineFormSet
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.http import HttpRequest
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from desk.nothing_lost.lost_updates import SharedForm, is_new, opened
from desk.rows.counting import CountedFormSet
from desk.shared.types import Fieldset, Files, InlineFormSet
from meetings.groups import languages_of, may_change
from meetings.rows import (
    LANGUAGES,
    SOURCE_LANGUAGE,
    TextState,
    column,
    text_digest,
    translated_fields,
    wording,
)
from meetings.texts.text_states import source_in_view, text_fields
from meetings.types import Column, Values

if TYPE_CHECKING:
    StateForm: TypeAlias = forms.ModelForm[TextState]
    StateFormSet: TypeAlias = BaseGenericInlineFormSet[TextState, StateForm]
else:
    StateForm = forms.ModelForm
    StateFormSet = BaseGenericInlineFormSet

NAMES = dict(settings.LANGUAGES)
"""Each language by its own name, so that whoever writes it finds it in any admin language."""

LONG = 5_000
"""Characters from which a text gets a high box."""


# --- forms -------------------------------------------------------------------------------


class TextBox(AdminTextareaWidget):
    """A textarea that normalises line ends: browsers send two characters, rows have one."""

    def value_from_datadict(self, data: Values, files: Files, name: str) -> object:
        """Give the text with its line ends as rows have them, so that an untouched one is equal."""
        value = super().value_from_datadict(data, files, name)
        return value.replace("\r\n", "\n") if isinstance(value, str) else value


def fieldset(model: type[models.Model], name: str, *classes: str) -> Fieldset:
    """A translated field with its languages side by side, named and explained once."""
    field = next(field for field in model._meta.fields if field.name == name)
    return (
        capfirst(field.verbose_name),
        {"fields": [name], "classes": ["texts", *classes], "description": escape(field.help_text)},
    )


def text_fieldsets(
    model: type[models.Model], *, collapsed: Container[str] = (), but: Container[str] = ()
) -> tuple[Fieldset, ...]:
    """All translated fields of a model, in the order of the model, but for some."""
    return tuple(
        fieldset(model, name, *(("collapse",) if name in collapsed else ()))
        for name in text_fields(model)
        if name not in but
    )


def write_in(language: str, field: forms.Field, db_field: Column) -> None:
    """Let a form's field be written in a language: its direction, and its name as the label."""
    field.label = NAMES[language]
    field.help_text = ""  # stands above the languages, once
    field.widget.attrs |= {"lang": language, "dir": "rtl" if language == "ar" else "ltr"}
    if isinstance(db_field, models.TextField):
        field.widget.attrs["rows"] = 8 if (db_field.max_length or LONG) > LONG else 3


def label_in_full(form: forms.BaseForm) -> None:
    """Name fields as a row's history needs it, where no heading stands above: “title [fr]”."""
    model = form._meta.model  # type: ignore[attr-defined]  # forms of rows have it
    for name, field in form.fields.items():
        try:
            db_field = model._meta.get_field(name)
        except FieldDoesNotExist:
            continue
        if hasattr(db_field, "language"):
            field.label = db_field.verbose_name


# --- lists -------------------------------------------------------------------------------


def languages_filled(row: models.Model) -> SafeString:
    """Which languages a row's texts have: `en`, or `fr 1/3` where some are missing.

    Each says in words what it means to whoever points at it or listens.
    """
    fields = [
        name
        for name in text_fields(type(row))
        if any(wording(row, name, language) for language in LANGUAGES)
    ]
    if not fields:
        return SafeString()
    return format_html(
        '<bdi dir="ltr" class="languages">{}</bdi>',
        format_html_join(" ", '<abbr title="{}"{}>{}</abbr>', map(_filled(row, fields), LANGUAGES)),
    )


def _filled(row: models.Model, fields: list[str]) -> Callable[[str], tuple[str, SafeString, str]]:
    def told(language: str) -> tuple[str, SafeString, str]:
        filled = sum(bool(wording(row, name, language)) for name in fields)
        parts = {"language": NAMES[language], "filled": filled, "all": len(fields)}
        if filled == len(fields):
            return gettext("%(language)s: all texts") % parts, SafeString(), language
        lacking = SafeString(' class="desk-lacking"')
        in_words = gettext("%(language)s: texts that are there: %(filled)s of %(all)s") % parts
        return in_words, lacking, f"{language}\u00a0{filled}/{len(fields)}"

    return told


# --- where a row's texts come from -------------------------------------------------------


class TextStateForm(SharedForm):
    """Where one text comes from, and whether it follows its English."""

    follows_english = forms.BooleanField(
        label=_("follows the present English"),
        required=False,
        help_text=escape(
            _(
                "Not ticked: the English has changed since, and pages say so. Tick it if the "
                "translation still holds."
            )
        ),
    )

    class Meta:
        model = TextState
        fields = ("provenance",)

    @property
    def is_lost(self) -> bool:
        """Whether the text, and its state with it, went since the form was opened."""
        return is_new(self.instance)

    def of_row(self, row: models.Model) -> None:
        """Know the row whose text this is."""
        self.instance.row = row
        is_text = self.instance.field in translated_fields(type(row))  # or an inferred number
        source = wording(row, self.instance.field, SOURCE_LANGUAGE) if is_text else ""
        is_behind = self.instance.is_behind(source)
        self.fields["follows_english"].disabled = not is_behind
        self.initial["follows_english"] = not is_behind

    def has_changed(self) -> bool:
        """Say that nothing is to be saved of a text that is no more."""
        return not self.is_lost and super().has_changed()

    def full_clean(self) -> None:
        """Find no fault with a text that is no more."""
        super().full_clean()
        if self.is_bound and self.is_lost:
            self._errors = forms.utils.ErrorDict()


class TextStateFormSet(CountedFormSet, StateFormSet):
    """The states of all texts of one row."""

    most_new = 50  # none is added, but texts may have been emptied since
    taken_over: Mapping[str, str] = {}
    """Texts of the row as the form showed them, where a colleague wrote newer ones meanwhile."""

    def add_fields(self, form: StateForm, index: int | None) -> None:
        """Tie each state to the row of the form, so that none asks the database for it."""
        super().add_fields(form, index)
        if index is not None and isinstance(form, TextStateForm) and not form.is_lost:
            form.of_row(self.instance)

    def save_existing(self, form: StateForm, obj: TextState, commit: bool = True) -> TextState:
        """Write what the form changed alone: the save of the text writes into the same state."""
        changed: dict[str, str] = {}
        if "provenance" in form.changed_data:
            changed["provenance"] = obj.provenance
        if form.cleaned_data.get("follows_english") and "follows_english" in form.changed_data:
            source = source_in_view(self.instance, obj.field, self.taken_over)
            changed["source_digest"] = text_digest(source)
        if commit and changed:
            TextState.objects.filter(pk=obj.pk).update(**changed)
        return obj


class TextStateInline(GenericTabularInline):
    """Where the texts of a row come from; texts get their states when they are saved."""

    model = TextState
    form = TextStateForm
    formset = TextStateFormSet  # type: ignore[assignment]  # Django's stubs know no generic ones
    fields = ("which", "provenance", "follows_english")
    readonly_fields = ("which",)
    classes = ("collapse", "desk-table")
    verbose_name = _("origin of a text")
    verbose_name_plural = _("Where the texts come from")
    can_delete = False
    extra = 0

    def has_add_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Refuse: a text gets its state when it is saved."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Allow it to whoever may change the row."""
        return True

    has_view_permission = has_change_permission

    def get_formset(
        self, request: HttpRequest, obj: models.Model | None = None, **kwargs: object
    ) -> type[InlineFormSet]:
        """Tell the forms what they were made from."""
        formset: type[InlineFormSet] = super().get_formset(request, obj, **kwargs)
        formset.form.opened = opened(request)
        return formset

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[TextState]:
        """In the order of the form, by field and language; a translator's languages alone."""
        states = super().get_queryset(request)
        own = languages_of(request.user)
        if own and not may_change(request.user, self.parent_model):
            states = states.filter(language__in=own)
        names = translated_fields(self.parent_model)
        return states.order_by(_rank("field", names), _rank("language"))

    @admin.display(description=_("text"))
    def which(self, state: TextState) -> str:
        """The field and the language of a text, as people call them."""
        field = self.parent_model._meta.get_field(state.field) if state.field else None
        name = capfirst(getattr(field, "verbose_name", state.field))
        return f"{name} · {NAMES[state.language]}" if state.language else str(name)


def _rank(name: str, values: tuple[str, ...] = LANGUAGES) -> models.Case:
    ranks = [models.When(**{name: value}, then=models.Value(i)) for i, value in enumerate(values)]
    return models.Case(*ranks, default=models.Value(len(values)))


def columns(*names: str) -> tuple[str, ...]:
    """The columns of translated fields in all languages, as a search must name them."""
    return tuple(column(name, language) for name in names for language in LANGUAGES)
