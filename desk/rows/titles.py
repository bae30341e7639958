"""Titles of the admin's pages: what is on them, instead of Django's "Select … to change"."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from desk.rows.history import apart
from desk.shared.types import Admin, Context


class Titled(Admin):
    """Lists and histories headed by what is in them."""

    def changelist_view(
        self, request: HttpRequest, extra_context: Context | None = None
    ) -> HttpResponse:
        """Head the list by what is in it: that it may be changed or viewed needs no saying."""
        title = capfirst(self.opts.verbose_name_plural)
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Context | None = None
    ) -> HttpResponse:
        """Head the history by whose it is."""
        response = super().history_view(request, object_id, extra_context)
        context = getattr(response, "context_data", None)
        if context:
            context["title"] = _("History of changes: %(row)s") % {"row": apart(context["object"])}
        return response
