"""What the forms of presenters and of panellists have in common."""

from __future__ import annotations

from django.db import models

from desk.rows.base import ChildT, TextRowsBeneath
from desk.rows.texts import text_fieldsets
from desk.shared.types import Fieldset


def speaker_fieldsets(model: type[models.Model], *above: str) -> tuple[Fieldset, ...]:
    """All that is said of a speaker; `above` are relations that its form asks for first."""
    roles = (("role", "delegation", "position"), ("has_spoken", "named_in_text"))
    return (
        (None, {"fields": (*above, *roles)}),
        *text_fieldsets(model, collapsed=() if above else ("on_behalf_of",)),
    )


class SpeakerForms(TextRowsBeneath[ChildT]):
    """An inline of those who have a part in an item or a panel."""

    to_meeting = "meeting"
    named_by = ("delegation",)
