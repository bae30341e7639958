"""Optimistic locking by a three-way merge of fields: no save undoes what a colleague saved.

A form carries, signed, what its rows said when it was opened. At the save, with the rows locked,
a field that was not touched here keeps what the database says now; one that was touched here
alone is saved; one that was touched in both places, differently, is refused with both values.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import ClassVar, TypeAlias

from django import forms
from django.contrib.admin.models import LogEntry
from django.core import signing
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.choices import flatten_choices
from django.utils.formats import date_format, localize
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desk.shared.types import ModelForm
from meetings.texts.typed_fields import LineField
from meetings.texts.typed_text import heal
from meetings.types import Column, Passed

FIELD = "as_opened"
"""The hidden field of a form that tells what its rows said when it was opened."""

LONG = 200
"""Characters from which a value within a message has a box of its own."""

SALT = "meetings.admin.lost_updates"

Said: TypeAlias = "dict[str, str]"
"""Values of a row by column, as text; empty where there is none."""


# --- what was there when the form was opened -----------------------------------------------


@dataclass(frozen=True, slots=True)
class Opened:
    """The base of the merge: what the rows of a form said when it was opened, and when that was."""

    at: datetime | None
    rows: Mapping[str, Said]

    def said(self, row: models.Model) -> Said | None:
        """What a row said; None where the form did not tell."""
        return self.rows.get(key_of(row))


UNKNOWN = Opened(None, {})
"""A form that does not tell: made before forms told it, cut short, or forged."""


def opened(request: HttpRequest) -> Opened | None:
    """The base of the merge, as the form that comes back tells it; None where none comes back."""
    return read(request.POST.get(FIELD, "")) if request.method == "POST" else None


def read(signed: str) -> Opened:
    """What a form was made from, as it was sent along; `UNKNOWN` where that is not ours."""
    try:
        told = signing.loads(signed, salt=SALT)
    except signing.BadSignature:
        return UNKNOWN
    return Opened(datetime.fromisoformat(told["at"]), told["rows"])


def as_opened(edited: Iterable[ModelForm]) -> str:
    """What the rows of forms say in the database, signed, to be sent along."""
    rows = {
        key_of(form.instance): {
            name: as_text(form.initial.get(name)) for name, _field, _column in columns_of(form)
        }
        for form in edited
        if not is_new(form.instance)
    }
    told = {"at": timezone.now().isoformat(), "rows": rows}
    return signing.dumps(told, salt=SALT, compress=True)


def key_of(row: models.Model) -> str:
    """A name that no other row has."""
    return f"{row._meta.model_name}/{row.pk}"


def is_new(row: models.Model) -> bool:
    """Whether a row is not in the database; its id does not tell, it has one from the start."""
    return row._state.adding  # noqa: SLF001 -- Django documents it


def columns_of(form: ModelForm) -> Iterator[tuple[str, forms.Field, Column]]:
    """The fields of a form that may be written, with the columns that they write."""
    for name, field in form.fields.items():
        try:
            column = form._meta.model._meta.get_field(name)
        except FieldDoesNotExist:
            continue
        if isinstance(column, models.Field) and not (column.primary_key or field.disabled):
            yield name, field, column


def as_text(value: object) -> str:
    """A value in the form that its column reads back; nothing and an empty text are the same."""
    if isinstance(value, date | time):
        return value.isoformat()
    return "" if value is None else str(value)


# --- what comes back -----------------------------------------------------------------------


class SharedForm(ModelForm):
    """A form that merges what colleagues saved in its row since it was opened."""

    opened: ClassVar[Opened | None] = None
    """What the form was made from; None where it is not being saved."""
    saved_before: ClassVar[str] = ""
    """Why a page that was saved already makes no other row unasked."""

    def __init__(self, *args: Passed, **kwargs: Passed) -> None:
        """Take over what colleagues wrote into fields that were not touched here."""
        super().__init__(*args, **kwargs)
        self.stored: Said = {}
        """What columns hold of texts that the form shows healed."""
        self._heal()
        self.refused: dict[str, SafeString] = {}
        self.moved: Said = {}
        """What a colleague changed since, with what it said before."""
        self.taken_over: Said = {}
        """Of these, what was not touched here."""
        if self.is_bound and self.opened and not is_new(self.instance):
            self._compare(self.opened.said(self.instance))

    def _heal(self) -> None:
        """Show texts as the rule has them, so that nobody's saving is stopped by an older one."""
        for name, field, _column in columns_of(self):
            stored = self.initial.get(name)
            if isinstance(field, LineField) and isinstance(stored, str):
                self.initial[name] = heal(stored, many_lines=field.many_lines)
                if self.initial[name] != stored:
                    self.stored[name] = stored

    def _compare(self, said: Said | None) -> None:
        for name, field, column in columns_of(self):
            now = self.get_initial_for_field(field, name)
            sent = field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
            if said is None or name not in said:
                if field.has_changed(now, sent):
                    self.moved[name] = ""
                    self.refused[name] = unknown_before(field, column, now)
            elif said[name] != as_text(now):
                self.moved[name] = said[name]
                then = column.to_python(said[name]) if said[name] else None
                self._settle(name, then, now, sent)

    def _settle(self, name: str, then: object, now: object, sent: object) -> None:
        field = self.fields[name]
        if not field.has_changed(then, sent):
            self.taken_over[name] = as_text(then)
            self.data = copy(self.data)
            self.data[self.add_prefix(name)] = now  # type: ignore[index]  # a copy may be written
        elif field.has_changed(now, sent):
            column = self._meta.model._meta.get_field(name)
            self.refused[name] = both(field, column, then, now)

    def full_clean(self) -> None:
        """Refuse what was touched in both places."""
        super().full_clean()
        for name, message in self.refused.items():
            self.add_error(name, message)


def both(field: forms.Field, column: Column, then: object, now: object) -> SafeString:
    """Tell what a colleague wrote meanwhile, and what stood there before."""
    return format_html(
        escape(
            _(
                "Somebody changed this after you opened the form. What you entered stands here: "
                "save again to keep it, or enter theirs. Now it says: {now} Before: {then}"
            )
        ),
        now=quoted(field, column, now),
        then=quoted(field, column, then),
    )


def unknown_before(field: forms.Field, column: Column, now: object) -> SafeString:
    """Tell what the database says, where the form does not tell what it was made from."""
    return format_html(
        escape(_("What you entered stands here: save again to keep it. Now it says: {now}")),
        now=quoted(field, column, now),
    )


def changed_before_they_go(edited: Iterable[SharedForm]) -> list[SafeString]:
    """Tell what colleagues changed in rows that are to be deleted, or may have put beneath them."""
    edited = list(edited)
    saved = _saved_since([one.instance for one in edited], [one.opened for one in edited])
    told = []
    for form in edited:
        columns = {name: (field, column) for name, field, column in columns_of(form)}
        changes: list[tuple[str, str]] = [
            (str(columns[name][1].verbose_name), quoted(*columns[name], form.initial.get(name)))
            for name in form.moved
        ]
        if str(form.instance.pk) in saved:
            changes += _beneath(form.instance)
        if changes:
            told.append(_changed_before_it_goes(form.instance, changes))
    return told


def _saved_since(rows: list[models.Model], forms: list[Opened | None]) -> frozenset[str]:
    """The ids of rows that were saved in a form of their own since another was opened."""
    moments = [one.at for one in forms if one and one.at]
    if not moments:
        return frozenset()
    entries = LogEntry.objects.filter(
        object_id__in=[str(one.pk) for one in rows], action_time__gt=min(moments)
    )
    return frozenset(filter(None, entries.values_list("object_id", flat=True)))


def _beneath(row: models.Model) -> Iterator[tuple[str, str]]:
    """What would go with a row, by kind."""
    for relation in row._meta.related_objects:
        if relation.on_delete is models.CASCADE:
            column, model = relation.field, relation.related_model
            related = [one.name for one in model._meta.fields if one.many_to_one]
            rows = model._default_manager.filter(**{column.name: row}).select_related(*related)
            if names := [str(one) for one in rows]:
                yield str(model._meta.verbose_name_plural), " · ".join(names)


def _changed_before_it_goes(row: models.Model, changes: list[tuple[str, str]]) -> SafeString:
    return format_html(
        escape(
            _(
                "Somebody changed “{row}” after you opened the form: {changes}. Save again to "
                "delete it all the same."
            )
        ),
        row=row,
        changes=format_html_join("; ", "{}: {}", changes),
    )


def quoted(field: forms.Field, column: Column, value: object) -> SafeString:
    """A value as people read it, set apart from the sentence around it."""
    language = getattr(column, "language", None)
    said = str(value) if language and value else in_words(field, value)
    classes = "desk-value desk-long" if len(said) > LONG or "\n" in said else "desk-value"
    lang = format_html(' lang="{}"', language) if language and value else ""
    return format_html('<q class="{}"{} dir="auto">{}</q>', classes, lang, said)


def in_words(field: forms.Field, value: object) -> str:
    """A value as people read it."""
    if value in {None, ""}:
        return _("(empty)")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    choices: Iterable[tuple[object, object]] = flatten_choices(getattr(field, "choices", ()))
    named = (str(label) for key, label in choices if str(key) == str(value))
    return next(named, None) or str(localize(value))


# --- what is said above the form -----------------------------------------------------------

MADE_BEFORE = gettext_lazy(
    "Nothing was saved. This page does not tell what the form said when it was opened. "
    "Compare what is marked below, or open the form again."
)


def above(form: SharedForm, beneath: Iterable[SharedForm], request: HttpRequest) -> str:
    """What to say above a form that was refused; "" where no colleague is the reason."""
    told = form.opened
    rows = [one.instance for one in (form, *beneath) if one.refused]
    if told is None or not rows:
        return ""
    if told.at is None:
        return str(MADE_BEFORE)
    entry = last_save(rows, told.at, request)
    if entry is None:
        return _("Nothing was saved: somebody else saved since you opened the form.")
    return _("Nothing was saved: %(who)s saved on %(when)s, after you opened the form.") % {
        "who": entry.user.get_full_name() or entry.user.get_username(),
        "when": date_format(timezone.localtime(entry.action_time), "DATETIME_FORMAT"),
    }


def last_save(
    rows: Iterable[models.Model], since: datetime, request: HttpRequest
) -> LogEntry | None:
    """The last save by another account of one of the rows, or of a row that it stands beneath."""
    ids = {str(one) for row in rows for one in (row.pk, *above_it(row))}
    entries = LogEntry.objects.filter(object_id__in=ids, action_time__gt=since)
    others = entries.exclude(user=request.user.pk).select_related("user")
    return others.order_by("-action_time").first()


def above_it(row: models.Model) -> Iterator[object]:
    """The ids of the rows that a row goes with."""
    for column in row._meta.concrete_fields:
        if column.remote_field and column.remote_field.on_delete is models.CASCADE:
            yield getattr(row, column.attname)
