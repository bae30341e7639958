"""Optimistic locking of deletions: none takes along what a colleague wrote meanwhile.

The confirmation carries a digest of all that would go. At the answer, with the rows locked, a
deletion of anything else is refused, and the page is shown anew. Rows that are deleted in the form
above them have no such page: where they do not go alone, the first save asks by the form itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, ClassVar

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import NestedObjects
from django.core.exceptions import ValidationError
from django.db import models, router, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from desk.shared.addresses import admin_link
from desk.shared.types import Admin, Context
from meetings.rows import TextState
from meetings.types import Column, Passed, Rows
from meetings.writing import hold, losing

FIELD = "going"
"""The hidden field of a confirmation that tells what was to go when the page was made."""

ASK_AGAIN = _(
    "Nothing was changed: somebody saved since you opened this page. Look at what would be lost "
    "now, and confirm again."
)


class GoingMovedError(ValueError):
    """Optimistic locking: something else would go than what the confirmation showed."""


class Cascade(NestedObjects):
    """All that a deletion takes along, each beneath what it goes with; states of texts unnamed."""

    def add_edge(self, source: models.Model | None, target: models.Model) -> None:
        """Note down what goes with what."""
        if not isinstance(target, TextState):
            super().add_edge(source, target)

    def named(self) -> list[Any]:
        """Links to all rows, in lists within lists."""
        self._tie()
        links: list[Any] = self.nested(admin_link)
        return links

    def _tie(self) -> None:
        """Let rows know what they point at, which their names are made of, in few queries."""
        there: dict[object, models.Model] = {
            (kind, row.pk): row for kind, rows in self.data.items() for row in rows
        }
        for kind, rows in self.data.items():
            relations = [one for one in kind._meta.concrete_fields if one.many_to_one]
            for row in rows:
                for one in relations:
                    if found := there.get((one.related_model, getattr(row, one.attname))):
                        setattr(row, one.name, found)
            models.prefetch_related_objects(list(rows), *(one.name for one in relations))


class Going(list[str]):
    """Links to rows that are to be deleted and to what goes with each, in lists within lists.

    `digest` is one of all that would go. `bereft` are links to rows that stay, each with the name
    of what it loses.
    """

    def __init__(
        self,
        links: Collection[Any],
        digest: str,
        bereft: Collection[tuple[SafeString, str]],
    ) -> None:
        super().__init__(links)
        self.digest, self.bereft = digest, bereft


class ChoosesById(Admin):
    """A changelist whose actions ignore what is no valid id, at which Django would fail."""

    def response_action(
        self, request: HttpRequest, *args: Passed, **kwargs: Passed
    ) -> HttpResponse | None:
        """Do what is chosen for rows of the list."""
        sent = request.POST.copy()
        sent.setlist(ACTION_CHECKBOX_NAME, self._ids_in(sent.getlist(ACTION_CHECKBOX_NAME)))
        request.POST = sent  # type: ignore[assignment]  # any QueryDict will do
        return super().response_action(request, *args, **kwargs)

    def _ids_in(self, sent: list[str]) -> list[str]:
        """What may be the id of a row."""
        found = []
        for row_id in sent:
            with suppress(ValidationError):
                self.model._meta.pk.to_python(row_id)
                found.append(row_id)
        return found


class DeletesWhatWasShown(ChoosesById):
    """Deletes, after a confirmation, no more than that showed: one row, or several of the list."""

    delete_confirmation_template: ClassVar[str] = "desk/delete_row.html"
    delete_selected_confirmation_template: ClassVar[str] = "desk/delete_rows.html"

    def get_deleted_objects(
        self, objs: Sequence[models.Model] | Rows, request: HttpRequest
    ) -> tuple[list[str], dict[str, int], set[str], list[str]]:
        """What a deletion takes along, named and counted; what protects a row, by name."""
        is_confirmed = _is_confirmed(request)
        collector = _collected(objs, self.model)
        if is_confirmed:
            _hold(collector)
            collector = _collected(objs, self.model)
        taken = {kind: len(rows) for kind, rows in _by_kind(collector) if kind is not TextState}
        refused = {str(kind._meta.verbose_name) for kind in taken if not self._may(request, kind)}
        digest = _digest(collector)
        is_shown = request.POST.get(FIELD) == digest
        if is_confirmed and not (is_shown or refused or collector.protected):
            raise GoingMovedError
        return (
            Going(collector.named(), digest, list(_bereft(collector))),
            {str(kind._meta.verbose_name_plural): number for kind, number in taken.items()},
            refused,
            [admin_link(one) for one in collector.protected],
        )

    def _may(self, request: HttpRequest, model: type[models.Model]) -> bool:
        """Whether the account may delete rows of a kind."""
        if not self.admin_site.is_registered(model):
            return True
        return bool(self.admin_site.get_model_admin(model).has_delete_permission(request))

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: Context | None = None
    ) -> HttpResponse:
        """Ask, or delete what was asked for; ask again where something else would go by now."""
        try:
            return super().delete_view(request, object_id, extra_context)
        except GoingMovedError:
            self.message_user(request, ASK_AGAIN, messages.WARNING)
            return HttpResponseRedirect(request.get_full_path())

    def response_action(
        self, request: HttpRequest, *args: Passed, **kwargs: Passed
    ) -> HttpResponse | None:
        """Do what is chosen for rows of the list; ask again as for one row."""
        try:
            with transaction.atomic():
                return super().response_action(request, *args, **kwargs)
        except GoingMovedError:
            self.message_user(request, ASK_AGAIN, messages.WARNING)
            sent = request.POST.copy()
            del sent["post"]
            request.POST = sent  # type: ignore[assignment]  # any QueryDict will do
            return super().response_action(request, *args, **kwargs)


@dataclass(frozen=True, slots=True)
class GoingAlong:
    """The cascade of rows that are deleted in the form above them: what goes or loses them."""

    digest: str
    """Of all that would go; sent along with the form that was shown this."""
    told: list[SafeString]
    """Sentences that say it."""


def going_along(rows: Sequence[models.Model]) -> GoingAlong | None:
    """The cascade of a deletion of rows of one kind, locked; None where they go alone."""
    if not rows:
        return None
    model = type(rows[0])
    _hold(_collected(rows, model))
    collector = _collected(rows, model)
    kinds = [(kind, found) for kind, found in _by_kind(collector) if kind is not TextState]
    bereft = list(_bereft(collector))
    told = []
    if any(kind is not model for kind, _rows in kinds):
        links = ((link,) for link in _flat(collector.named()))
        told.append(_said(_("All this will be deleted:"), "{}", links))
    if bereft:
        sentence = _("This stays, but loses what is named in brackets:")
        told.append(_said(sentence, "{} ({})", bereft))
    return GoingAlong(_digest(collector), told) if told else None


def _said(sentence: str | Promise, each: str, parts: Iterable[tuple[object, ...]]) -> SafeString:
    """A sentence with what it announces."""
    return format_html("{} {}", sentence, format_html_join(" · ", each, parts))


def _is_confirmed(request: HttpRequest) -> bool:
    """Whether a deletion is confirmed; the list's first request only asks for it."""
    return bool(request.POST) and ("action" not in request.POST or "post" in request.POST)


def _flat(links: Iterable[object]) -> Iterator[object]:
    """Lists within lists as one."""
    for one in links:
        if isinstance(one, list):
            yield from _flat(one)
        else:
            yield one


def _collected(objs: Sequence[models.Model] | Rows, model: type[models.Model]) -> Cascade:
    """All that a deletion takes along."""
    collector = Cascade(using=router.db_for_write(model), origin=objs)
    collector.collect(objs)
    return collector


def _by_kind(
    collector: NestedObjects,
) -> Iterator[tuple[type[models.Model], list[models.Model]]]:
    """What goes, by kind, in one order for all who lock it."""
    for kind in sorted(collector.data, key=lambda kind: str(kind._meta.label)):
        yield kind, sorted(collector.data[kind], key=lambda row: str(row.pk))


def _staying(
    collector: NestedObjects,
) -> Iterator[tuple[models.Model, Column]]:
    """Rows that stay and lose a relation to what goes, each with that relation."""
    going = {row for rows in collector.data.values() for row in rows}
    return ((row, relation) for row, relation in losing(collector) if row not in going)


def _bereft(collector: NestedObjects) -> Iterator[tuple[SafeString, str]]:
    """Links to rows that lose something, with the name of what they lose."""
    for row, relation in sorted(_staying(collector), key=lambda one: str(one[0]._meta.label)):
        yield admin_link(row), str(relation.verbose_name)


def _hold(collector: NestedObjects) -> None:
    """Lock all that goes, so that nobody puts anything beneath it either."""
    for kind, rows in _by_kind(collector):
        pks = [row.pk for row in rows]
        hold(kind._default_manager.filter(pk__in=pks), lets_rows_beneath=False)


def _digest(collector: NestedObjects) -> str:
    """A digest of all that goes, as the database has it."""
    said = [
        # Not by attribute: that of a translated text depends on the reader's language.
        [kind._meta.label, *([vars(row).get(name) for name in _columns(kind)] for row in rows)]
        for kind, rows in _by_kind(collector)
    ]
    said += sorted([str(row.pk), relation.name] for row, relation in _staying(collector))
    return hashlib.sha256(repr(said).encode()).hexdigest()


def _columns(kind: type[models.Model]) -> list[str]:
    return [one.attname for one in kind._meta.concrete_fields]
