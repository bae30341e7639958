"""Why delegations stand in a speaking list, in few words, in the terms of the Convention."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

BASES: Mapping[str, Promise | str] = {
    # Translators: all of these stand alone, as the reason why a State is invited to speak.
    "victim_assistance": _("victim assistance commitments"),
    "article_5_extension_request": _("Article 5 extension request"),
    "updated_work_plan": _("updated work plan"),
    "article_5_implementation": _("Article 5 implementation"),
    "article_4_missed_deadline": _("missed Article 4 deadline"),
    "article_4_discovered_stockpiles": _("previously unknown stockpiles (Article 4)"),
    "article_3_retained_mines": _("mines retained (Article 3)"),
    "article_1_compliance": _("compliance with Article 1"),
    "article_9_measures": _("national measures (Article 9)"),
    "preliminary_observations": _("preliminary observations"),
    "cooperation_and_assistance": _("cooperation and assistance"),
    "universalization": _("universalization"),
}
"""By the code that rows and documents hold."""


def basis_phrase(code: str) -> str:
    """Say a basis in the active language, as inside a sentence; "" for none and for one unknown."""
    return str(BASES.get(code, ""))
