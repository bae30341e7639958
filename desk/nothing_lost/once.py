"""Idempotency tokens: a form that is sent twice, by two clicks on a slow line, is saved once.

Each page carries a token of its own. The save remembers it in the same transaction; a second use
with the same content is answered as the first was, and one with other content is refused with
what was typed, since it may be meant for another row.
"""

# ruff: noqa: FBT001, FBT002 -- the signatures are Django's

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import timedelta

from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from desk.nothing_lost.lost_updates import SharedForm
from desk.shared.addresses import admin_link
from desk.shared.types import Admin, AdminOrInline, Context, FormSet, ModelForm
from meetings.models import SentForm
from meetings.types import Passed

FIELD = "sent_once"
"""The hidden field of a page that holds its token."""

KEPT = timedelta(days=30)
"""How long a saved form is remembered."""


def new_token() -> str:
    """A random idempotency token, for one showing of a page."""
    return secrets.token_urlsafe(16)


def key_of(request: HttpRequest) -> str:
    """The idempotency key of a form that comes back; "" where its page had no token."""
    token = request.POST.get(FIELD, "")
    return _digest(request.user.pk, request.path, token) if token else ""


def content_of(request: HttpRequest) -> str:
    """A digest of what was sent, whichever button sent it."""
    own = {"csrfmiddlewaretoken", FIELD}
    sent = {k: v for k, v in request.POST.lists() if k not in own and not k.startswith("_")}
    return _digest(*sorted(sent.items()))


def _digest(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def saved_before(request: HttpRequest) -> SentForm | None:
    """What was saved from the page that a form comes from; None for the first time."""
    key = key_of(request)
    return SentForm.objects.filter(key=key).first() if key else None


def remember(request: HttpRequest, row: models.Model, *, again: bool = False) -> None:
    """Remember, in the transaction of the save, that a form made or changed a row.

    Raises IntegrityError where another request has remembered it meanwhile, unless a page may be
    used `again`.
    """
    key = key_of(request)
    if not key:
        return
    now = timezone.now()
    said = {"content": content_of(request), "object_id": str(row.pk), "at": now}
    if not (again and SentForm.objects.filter(key=key).update(**said)):
        SentForm.objects.create(key=key, **said)
    old = SentForm.objects.filter(at__lt=now - KEPT)
    transaction.on_commit(old.delete)


class SavesOnce(Admin):
    """An admin whose forms carry an idempotency token: what two clicks send is saved once."""

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, *args: Passed, **kwargs: Passed
    ) -> HttpResponse:
        """Show or save the form; answer a second click as the first one was."""
        before = saved_before(request) if request.method == "POST" else None
        row = before and self.get_queryset(request).filter(pk=before.object_id).first()
        if before and row is None:
            before.delete()  # what was made is gone again
        elif before and before.content == content_of(request):
            is_new = object_id is None
            return (self.response_add if is_new else self.response_change)(request, row)
        setattr(request, SAVED_AS, row)
        return super().changeform_view(request, object_id, *args, **kwargs)

    def get_form(
        self,
        request: HttpRequest,
        obj: models.Model | None = None,
        change: bool = False,
        **kwargs: object,
    ) -> type[ModelForm]:
        """Let the form of a new row refuse what would make another one unasked."""
        form = super().get_form(request, obj, change=change, **kwargs)
        row = getattr(request, SAVED_AS, None)
        if row and not change and issubclass(form, SharedForm):
            form.saved_before = made_already(row)
        return form

    def _create_formsets(
        self, request: HttpRequest, obj: models.Model, change: bool
    ) -> tuple[list[FormSet], list[AdminOrInline]]:
        """Let the rows beneath one that is there refuse the same."""
        formsets, inlines = super()._create_formsets(request, obj, change)  # type: ignore[misc]  # Django's own
        if change and getattr(request, SAVED_AS, None):
            for formset in formsets:
                formset.saved_before = added_already()
        return formsets, inlines

    def save_related(
        self, request: HttpRequest, form: SharedForm, formsets: Sequence[FormSet], change: bool
    ) -> None:
        """Save what is beneath the row, and remember the page."""
        super().save_related(request, form, formsets, change)
        has_new = not change or any(one.new_objects for one in formsets)
        remember(request, form.instance, again=not has_new)

    def render_change_form(
        self, request: HttpRequest, context: Context, *args: Passed, **kwargs: Passed
    ) -> HttpResponse:
        """Give each page a token."""
        context[FIELD] = new_token()
        return super().render_change_form(request, context, *args, **kwargs)


SAVED_AS = "saved_as"
"""The attribute of a request that has the row which its page was saved as before."""


def made_already(row: models.Model) -> SafeString:
    """Say what the page has made, to whoever sends it with other content."""
    text = _(
        "Nothing was saved: this page was saved before, as {row}. Save again to make another one."
    )
    return format_html(text, row=admin_link(row))


def added_already() -> str:
    """Say that new rows of the page were added, to whoever sends it with other content."""
    return _(
        "Nothing was saved: this page was saved before, with its new rows. Open it anew to see "
        "them, or save again to add what stands here as well."
    )
