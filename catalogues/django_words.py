"""Words of Django's admin that our catalogues say in their own way.

Django's Arabic has "another" and "to change it" for masculine words alone, an object of a verb
without its case, "added" for what was changed, a "date" for a history, quotation marks the wrong
way round, and months as no UN document writes them. A
message that stands here is extracted like one of ours; our catalogue is asked before Django's.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_noop as _
from django.views.i18n import JavaScriptCatalog

WORDS = (
    _("Added {name} “{object}”."),
    _("Added."),
    _("Changed {fields} for {name} “{object}”."),
    _("Changed {fields}."),
    _("Deleted {name} “{object}”."),
    _("English"),
    _("Enter a valid “slug” consisting of letters, numbers, underscores or hyphens."),
    _("%(sel)s of %(cnt)s selected"),
    _("Add %(name)s"),
    _("Add another %(model)s"),
    _("Add another %(verbose_name)s"),
    _("History"),
    _("Successfully deleted %(count)d %(items)s."),
    _("The %(name)s “%(obj)s” was deleted successfully."),
    _("The {name} “{obj}” was added successfully."),
    _("The {name} “{obj}” was added successfully. You may add another {name} below."),
    _("The {name} “{obj}” was changed successfully."),
    _("The {name} “{obj}” was changed successfully. You may add another {name} below."),
    _("The {name} “{obj}” was changed successfully. You may edit it again below."),
    _("January"),
    _("February"),
    _("March"),
    _("April"),
    _("May"),
    _("June"),
    _("July"),
    _("August"),
    _("September"),
    _("October"),
    _("November"),
    _("December"),
)
COUNTED = (ngettext_lazy("entry", "entries"),)
"""Words that are counted; no script says them."""


class ScriptWords(JavaScriptCatalog):
    """The words of Django's own scripts, with ours in the place of those that stand here."""

    packages = ["django.contrib.admin"]

    def get_catalog(self) -> dict[str, Any]:
        """Django's catalogue; a word that it counts is one word in ours, whatever the number."""
        catalog: dict[str, Any] = super().get_catalog()
        for word in WORDS:
            if word in catalog:
                forms = catalog[word]
                ours = gettext(word)
                catalog[word] = [ours] * len(forms) if isinstance(forms, list) else ours
        return catalog


def script_words(request: HttpRequest, extra_context: object = None) -> HttpResponseBase:  # noqa: ARG001 -- the signature is Django's
    """What the admin's scripts say, for `AdminSite.i18n_javascript`."""
    return ScriptWords.as_view()(request)
