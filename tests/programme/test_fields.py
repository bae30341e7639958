"""Whoever adds a field that delegates see has thought of every place: each test names one.

By the registries: models, the admin, the nodes of the document. The recipe is in
`docs/architecture.md`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import is_dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.db import models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import AddField
from ruamel.yaml import YAML

from desk.rows.base import TextRowsBeneath
from desk.shared.subject_addresses import model_of
from meetings.models import Break, Delegation, Meeting, Sitting, Venue
from meetings.rows import base_of, column, translated_fields
from meetings.texts.text_states import text_fields
from meetings.writing import managed_columns
from panels.models import Panel, Panellist
from programme.comparing.changes import NODES, own_names, subjects
from programme.comparing.fields import FIELDS, field_of
from programme.comparing.lines.standing import TIMES
from programme.document import nodes as doc
from programme.document.nodes import Texts, Wording
from programme.document.programme import ProgrammeDocument
from programme.document.stored import stored_fields
from programme.models import AgendaItem, ItemPlacement, Presenter, SpeakingList, SpeakingListEntry
from programme.renderers.text import render
from programme.rows.importing import import_programme
from programme.rows.yaml_file import InvalidFileError
from tests.admin_filling import registered
from tests.everywhere import public_pages
from tests.factories import make_delegation, make_meeting
from tests.programme.builders import busy_days, intersessionals, meeting, reference, version
from tests.rows import DATA

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.test import Client, RequestFactory

    from tests.programme.conftest import Publish

Model = type[models.Model]

NODE_OF: Mapping[Model, type] = {
    Meeting: doc.Meeting,
    Venue: doc.Venue,
    Sitting: doc.Sitting,
    Break: doc.Break,
    Panel: doc.Panel,
    Panellist: doc.Speaker,
    AgendaItem: doc.AgendaItem,
    Presenter: doc.Speaker,
    SpeakingList: doc.SpeakingList,
    SpeakingListEntry: doc.ListEntry,
    ItemPlacement: doc.Placement,
    Delegation: doc.Delegation,
}
"""What rows are in a document."""

SPOKEN_OF = pytest.mark.parametrize("model", NODE_OF, ids=lambda one: one.__name__)

ELSEWHERE = {
    "date": "the day in which it stands says it",
    "label": "stored as free_label; the label has the number too",
    "position": "its order says it",
    "open_to_states_parties": "stored as open_to",
    "open_to_states_not_party": "stored as open_to",
    "open_to_organisations": "stored as open_to",
    "sort_override": "the order that is made of it is stored",
}
"""Columns that stand in a document otherwise than by their name, and how."""


def plain_columns(model: Model) -> list[str]:
    """What people say of a row beside its texts and what it belongs to."""
    columns = [model._meta.get_field(name) for name in managed_columns(model)]
    texts = set(text_columns(model))
    own = (one for one in columns if one.name not in texts and not one.is_relation)
    return [one.name for one in own if one.editable]


def text_columns(model: Model) -> list[str]:
    """The columns of what exists in each language."""
    return [column(one, lang) for one in translated_fields(model) for lang in doc.LANGUAGES]


def is_text(one: Any) -> bool:
    """Whether people write words in a column, and do not choose."""
    return isinstance(one, models.CharField | models.TextField) and not one.choices


@SPOKEN_OF
def test_what_people_write_is_in_the_document(model: Model) -> None:
    node = NODE_OF[model]
    known = {one.name for one in stored_fields(node)}

    for name in {*text_fields(model), *plain_columns(model)} - ELSEWHERE.keys():
        assert name in known, (
            f"programme/document/nodes.py: {node.__name__} has no {name}, which "
            f"{model._meta.label} has; or say in ELSEWHERE of this test where it stands."
        )


ONE_FOR_ALL = {"label", "code", "slug", "zone"}
"""Texts that are the same in all languages."""


@SPOKEN_OF
def test_texts_are_written_in_each_language(model: Model) -> None:
    translated = {*text_columns(model), *translated_fields(model)}
    for one in model._meta.concrete_fields:
        if is_text(one) and one.editable and one.name not in ONE_FOR_ALL | translated:
            pytest.fail(
                f"{model._meta.app_label}/translation.py: {model.__name__}.{one.name} is in one "
                "language; or name it in ONE_FOR_ALL of this test."
            )


# --- forms -------------------------------------------------------------------------------------


def forms() -> Iterator[tuple[Any, Model]]:
    """The forms of rows of a programme: their own, and those beneath other rows."""
    for model in registered():
        own = admin.site.get_model_admin(model)
        if model in NODE_OF:
            yield own, model
        for inline in own.inlines:
            if issubclass(inline, TextRowsBeneath):
                yield inline(model, admin.site), inline.model


def test_every_field_stands_in_every_form_of_its_row(rf: RequestFactory, admin_user: User) -> None:
    request = rf.get("/")
    request.user = admin_user
    for form, model in forms():
        boxes = set(flatten_fieldsets(form.get_fieldsets(request)))
        texts = [column(one, lang) for one in text_fields(model) for lang in doc.LANGUAGES]
        for name in (*texts, *plain_columns(model)):
            assert name in boxes, (
                f"{type(form).__module__.replace('.', '/')}.py: "
                f"{type(form).__name__}.fieldsets has no box for {name}."
            )


# --- what is said of it --------------------------------------------------------------------------


def told_fields() -> list[tuple[str, str]]:
    """Each kind of subject with each field in which subjects of it may differ."""
    found = {(kind, name) for kind, node in NODES.items() for name in own_names(node)}
    for programme in (intersessionals(), busy_days()):
        found |= {(one.kind, name) for one in subjects(programme).values() for name in one.own}
    return sorted(found - {("sitting", "sitting")})  # none stands in another


@pytest.mark.parametrize(("kind", "name"), told_fields())
def test_it_is_decided_what_another_value_means(kind: str, name: str) -> None:
    assert name in FIELDS[kind] or name in TIMES, (
        f"programme/comparing/fields.py: FIELDS[{kind!r}] has no row for {name}: is it a fact or "
        "wording (prose), are delegates told, and in which sentence?"
    )


@pytest.mark.parametrize(("kind", "name"), told_fields())
def test_staff_have_a_name_for_it(kind: str, name: str) -> None:
    columns = {one.name for one in model_of(kind)._meta.get_fields()}

    assert field_of(kind, name).called or name in columns, (
        f"programme/comparing/fields.py: FIELDS[{kind!r}][{name!r}] has no column of its name; "
        "say what it is `called`."
    )


# --- documents of before -------------------------------------------------------------------------


@pytest.mark.parametrize("sample", sorted(DATA.glob("document-schema-*.json")), ids=str)
def test_documents_of_before_are_read_without_it(sample: Path) -> None:
    stored = sample.read_text(encoding="utf-8").strip()

    try:
        ProgrammeDocument.from_json(stored)
    except KeyError as error:
        pytest.fail(
            f"programme/document/nodes.py: {sample.name} has no {error}; let it be "
            "`later(…)` with what they mean, or raise SCHEMA with an upgrade and a sample."
        )


RELEASED = {"meetings": "0006_sent_form", "panels": "0003_bounds", "programme": "0005_bounds"}
"""The last migration of each app whose columns every import that is remembered knows."""


def test_an_import_of_before_is_known_without_it() -> None:
    """Else the next import would take the row for one that staff changed."""
    disk = MigrationLoader(None).disk_migrations
    for model in NODE_OF:
        app = model._meta.app_label
        since = (one for (label, name), one in disk.items() if (label, name[:4]) > _released(app))
        operations = [each for one in since if one.app_label == app for each in one.operations]
        for each in operations:
            if isinstance(each, AddField) and each.model_name == model._meta.model_name:
                assert base_of(model, each.name) in getattr(model, "came_later", ()), (
                    f"{model._meta.label}.came_later lacks {each.name}: files that were imported "
                    "before it could not be imported again."
                )


def _released(app: str) -> tuple[str, str]:
    return app, RELEASED[app][:4]


# --- what delegates read -------------------------------------------------------------------------


WRITTEN_ONCE = {
    (node, name)
    for model, node in NODE_OF.items()
    for name in plain_columns(model)
    if is_text(model._meta.get_field(name)) and name not in ONE_FOR_ALL
}
"""Fields of nodes that hold a text which is the same in all languages and no part of an address."""


def marked(value: Any, path: str = "") -> Any:
    """A document with a mark of its own in every text, so that it is found where it stands."""
    if isinstance(value, Texts):
        return Texts({"en": Wording(f"Mark{path}.")})
    if isinstance(value, tuple):
        return tuple(marked(one, f"{path}-{n}") for n, one in enumerate(value))
    if not is_dataclass(value) or isinstance(value, type):
        return value
    held = {one.name: getattr(value, one.name) for one in stored_fields(value)}
    return replace(
        value,
        **{
            name: f"Mark{path}-{name}."
            if (type(value), name) in WRITTEN_ONCE
            else marked(one, f"{path}-{name}")
            for name, one in held.items()
        },
    )


def marks_in(value: Any) -> Iterator[tuple[str, str, str]]:
    """Each text of a document as its class, its field, and its mark."""
    if isinstance(value, tuple):
        for one in value:
            yield from marks_in(one)
    elif is_dataclass(value) and not isinstance(value, Texts):
        for one in stored_fields(value):
            held = getattr(value, one.name)
            if isinstance(held, Texts):
                yield type(value).__name__, one.name, held.wordings["en"].value
            elif (type(value), one.name) in WRITTEN_ONCE:
                yield type(value).__name__, one.name, held
            yield from marks_in(held)


def whole() -> ProgrammeDocument[Texts]:
    """A programme with a text in every field that can hold one."""
    made: ProgrammeDocument[Texts] = marked(
        intersessionals(follows=replace(reference(meeting()), id="before"))
    )
    return made


IN_SENTENCES = {("Delegation", "name_in_text")}
"""What is read only where a sentence has no other name to say."""


def unsaid(read: str) -> list[str]:
    """The fields of classes of which no text is read."""
    found: dict[tuple[str, str], bool] = defaultdict(bool)
    for kind, name, mark in marks_in(whole()):
        found[kind, name] |= mark in read or (kind, name) in IN_SENTENCES
    return sorted(f"{name} of {kind}" for (kind, name), is_read in found.items() if not is_read)


def test_plain_text_says_it() -> None:
    read = render(whole().in_language("en"), designation="", published_at=None)

    in_lists = {"short_title of AgendaItem", "short_title of Panel"}  # text says titles in full
    assert set(unsaid(read)) <= in_lists, (
        "programme/renderers/text.py: plain text does not say this."
    )


def test_a_page_says_it(client: Client, publish: Publish) -> None:
    made = version(whole())
    publish(made)
    answers = [client.get(one) for one in public_pages([made], "en") if "?" not in one]
    pages = [one for one in answers if one.headers.get("Content-Type", "").startswith("text/html")]
    read = " ".join(one.content.decode() for one in pages)

    assert unsaid(read) == [], "templates/programme/: no page says this."


# --- the programme file and its guide -----------------------------------------------------------

GUIDE = "docs/programme-file.md"

STANDS_IN: Mapping[Model, tuple[str, ...]] = {
    Meeting: ("meeting",),
    Venue: ("venue",),
    Sitting: ("sittings",),
    Break: ("breaks",),
    AgendaItem: ("agenda", "sub_items"),
    Presenter: ("presenters",),
    SpeakingList: ("lists",),
    SpeakingListEntry: ("details",),
    ItemPlacement: ("placements",),
    Panel: ("panels",),
    Panellist: ("panellists", "presenters"),
}
"""Under which keys of a file rows stand."""

CALLED = {
    "is_continued": "continued",
    **{f"open_to_{one}": "open_to" for one in SpeakingList.CATEGORIES},
}
"""What a file calls a column, where it has another name for it."""


def example() -> str:
    """The programme file that the guide shows."""
    (shown,) = re.findall(r"```yaml\n(.*?)```", Path(GUIDE).read_text("utf-8"), re.DOTALL)
    return str(shown)


def keys_under(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Each key of a file with that under which it stands."""
    if isinstance(value, list):
        for one in value:
            yield from keys_under(one, name)
    elif isinstance(value, dict):
        for key, one in value.items():
            yield name, key
            yield from keys_under(one, key)


@pytest.mark.parametrize("model", STANDS_IN, ids=lambda one: one.__name__)
def test_the_guide_shows_it_in_a_file(model: Model) -> None:
    shown = set(keys_under(YAML(typ="safe").load(example())))

    for name in {*text_fields(model), *plain_columns(model)} - {"position"}:
        key = CALLED.get(name, name)
        assert any((under, key) in shown for under in STANDS_IN[model]), (
            f"{GUIDE}: the example has no {key} under {STANDS_IN[model][0]}."
        )


@pytest.mark.django_db
def test_the_file_of_the_guide_is_imported(tmp_path: Path) -> None:
    for code in ("afg", "tcd", "cyp"):
        make_delegation(code)
    make_meeting(slug="slug-of-another-meeting")
    file = tmp_path / "guide.yaml"
    file.write_text(example(), encoding="utf-8")

    try:
        import_programme(file)
    except InvalidFileError as error:
        pytest.fail(f"programme/rows/programme_file.py does not read the guide's example: {error}")
