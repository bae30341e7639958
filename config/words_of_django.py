"""Words of Django whose translations say something else; `locale/` translates them anew."""

from __future__ import annotations

from django.utils.translation import gettext_noop

TRANSLATED_ANEW = (
    gettext_noop("The {name} “{obj}” was changed successfully."),  # "added" in Arabic
)
