"""Where in the admin a subject of a programme is edited, and where something is added to it."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from django.db import models
from django.urls import reverse

from meetings.models import Break, Delegation, Meeting, Sitting, Venue
from meetings.rows import LANGUAGES, column, translated_fields
from panels.models import Panel, Panellist
from programme.models import AgendaItem, ItemPlacement, Presenter, SpeakingList

MODELS: Mapping[str, type[models.Model]] = {
    "meeting": Meeting,
    "item": AgendaItem,
    "list": SpeakingList,
    "panel": Panel,
    "sitting": Sitting,
    "break": Break,
    "placement": ItemPlacement,
}
"""The rows that subjects are made of; a speaker is a presenter or a panellist."""

BESIDE: Mapping[str, type[models.Model]] = {"venue": Venue, "delegation": Delegation}
"""Rows outside a programme that stand in it."""

ANCHORS: Mapping[str, str] = {
    "label": "id_number",
    "slug": "id_slug",
    "open_to": "id_open_to_states_parties",
    "delegations": "entries-group",
    "entries": "entries-group",
    "delegation_code": "id_delegation",
    "place": "id_parent",
    "sitting": "id_sitting",
    "presenters": "presenters-group",
    "panellists": "panellists-group",
    "lists": "lists-group",
}
"""Fields of a document that stand under another name in the form."""


def model_of(kind: str, parent_kind: str = "") -> type[models.Model]:
    """The rows of a kind of subjects; a speaker's depend on what it stands under."""
    if kind == "speaker":
        return Panellist if parent_kind == "panel" else Presenter
    return MODELS.get(kind) or BESIDE[kind]


def form_address(
    kind: str, row_id: str, *, parent_kind: str = "", field: str = "", language: str = ""
) -> str:
    """The form of a subject; with a field, the place in it where that is written."""
    model = model_of(kind, parent_kind)
    address = reverse(_name(model, "change"), args=[row_id])
    anchor = field_anchor(model, field, language) if field else ""
    return f"{address}#{anchor}" if anchor else address


def field_anchor(model: type[models.Model], field: str, language: str = "") -> str:
    """The id of a field's box in the form; "" where the form has none of that name."""
    if field in ANCHORS:
        return ANCHORS[field]
    if field in translated_fields(model):
        return f"id_{column(field, language if language in LANGUAGES else LANGUAGES[0])}"
    known = {one.name for one in model._meta.get_fields()}
    return f"id_{field}" if field in known else ""


def add_address(kind: str, **values: str) -> str:
    """The form for a new row, filled with what is known of it."""
    return f"{reverse(_name(MODELS[kind], 'add'))}?{urlencode(values)}"


def _name(model: type[models.Model], page: str) -> str:
    return f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}"
