"""Whatever differs between a draft and what is public can be seen, published and told.

By the fields of the document itself: a node or a field that is new is walked too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

import pytest
from django.db import transaction
from django.utils import timezone, translation

from desk.draft.outline import Outline
from desk.draft.status import DraftStatus
from desk.publish.differences import Comparison
from desk.shared.subject_addresses import model_of
from programme.comparing.changes import Change, changes
from programme.comparing.directory import recoded
from programme.comparing.grafting import grafted
from programme.comparing.lines.writing import lines_between
from programme.document.nodes import (
    LANGUAGES,
    Delegation,
    PanelSlot,
    Placement,
    Text,
    Texts,
    Wording,
)
from programme.document.programme import ProgrammeDocument
from programme.document.stored import digest_of, stored_fields
from programme.models import Publication
from programme.publishing.verbs import publish
from programme.renderers.changes import groups
from programme.renderers.sentences import OTHER
from tests.factories import make_delegation, make_meeting, make_status
from tests.programme.builders import versions_in_turn
from tests.programme.walks import office

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoDbBlocker

    from tests.programme.conftest import Publish
    from tests.programme.walks import Office

pytestmark = pytest.mark.django_db

Document = ProgrammeDocument[Texts]

# --- every node and every field ----------------------------------------------------------------


def node_classes() -> frozenset[type]:
    """The classes that a stored document is made of, by the types that its fields declare."""
    found: set[type] = set()
    ahead: list[Any] = [ProgrammeDocument]
    while ahead:
        kind = ahead.pop()
        origin = getattr(kind, "__origin__", kind)
        ahead += get_args(kind)
        if isinstance(origin, type) and is_dataclass(origin) and origin not in found:
            found.add(origin)
            hints = get_type_hints(origin)
            ahead += [hints[one.name] for one in stored_fields(origin)]
    return frozenset(found) - {Texts, Text, Wording}


NODES = sorted(node_classes() - {ProgrammeDocument}, key=lambda one: one.__name__)

UNSEEN = {
    **{(one.__name__, "id"): "it is what makes a node itself" for one in NODES},
    ("AgendaItem", "number"): "its label says it",
    ("AgendaItem", "free_label"): "its label says it",
    ("Break", "kind"): "its name says it",
    ("ProgrammeDocument", "meeting"): "it is never another",
    ("ProgrammeDocument", "words"): "a new word in a catalogue makes nothing pending",
    ("ProgrammeDocument", "schema"): "a newer release makes nothing pending",
    ("ProgrammeDocument", "delegations"): "whom no list names joins with the next version",
    ("Panel", "date"): "its slot in a day says it",
    ("PanelSlot", "start"): "its panel says it",
    ("PanelSlot", "end"): "its panel says it",
}
"""What is not walked, and why."""

KINDS = {
    "AgendaItem": "item",
    "SpeakingList": "list",
    "PanelSlot": "panel",
    "Speaker": "speaker",
}


def others(node: Any, name: str, document: Document) -> Iterator[Any]:
    """Other values that a field may have."""
    value = getattr(node, name)
    if isinstance(value, Texts):
        was = value.wordings.get("es", Wording(""))
        yield Texts({**value.wordings, "es": replace(was, value=f"Otro {was.value}")})
        yield Texts({**value.wordings, "en": Wording("Other", "machine", behind=True)})
        yield Texts() if value else Texts.of(ar="نص")
    elif isinstance(value, bool):
        yield not value
    elif isinstance(value, str):
        yield from other_words(node, name, value, document)
    elif isinstance(value, time):
        yield from (None, value.replace(minute=5))
    elif isinstance(value, date):
        yield value + timedelta(days=-1 if name == "starts_on" else 1)
    elif isinstance(value, Mapping):
        yield {key: f"zz{one}" for key, one in value.items()}
    elif name == "open_to":
        yield from (("states_parties",), value[1:])
    elif isinstance(value, tuple):
        yield from (value[1:], value[::-1])
    elif value is None:
        yield from ([time(9)] if name in {"start", "end"} else [])
    else:
        yield None


def other_words(node: Any, name: str, value: str, document: Document) -> Iterator[str]:
    kind = KINDS.get(type(node).__name__, type(node).__name__.lower())
    if name == "delegation_code":
        yield next(one.code for one in document.delegations if one.code != value)
        return
    if name == "item_id":
        yield next(one.id for one in document.agenda if one.id != value)
        return
    try:
        row = model_of(kind)
    except KeyError:
        row = None
    known = {one.name: one for one in row._meta.get_fields()} if row else {}
    choices = dict(getattr(known.get(name), "flatchoices", ()) or ())
    if name == "zone":
        yield "Asia/Bangkok"
    elif choices:
        yield next(one for one in choices if one != value)
    elif name == "status":
        yield next(one for one in ("state_party", "state_not_party") if one != value)
    else:
        yield f"{value}x"


def with_node(value: Any, node: Any, anew: Any) -> Any:
    """A document in which one node, by its identity, is another; None takes it away."""
    if value is node:
        return anew
    if isinstance(value, tuple):
        parts = [(one, with_node(one, node, anew)) for one in value]
        return tuple(new for old, new in parts if new is not None or old is None)
    if isinstance(value, (Texts, Wording)) or not is_dataclass(value) or isinstance(value, type):
        return value
    held = {one.name: getattr(value, one.name) for one in stored_fields(value)}
    return replace(value, **{name: with_node(one, node, anew) for name, one in held.items()})


def nodes_of(value: Any, kind: type) -> Iterator[Any]:
    """Every node of a class in a document."""
    if isinstance(value, kind):
        yield value
    if isinstance(value, tuple):
        for one in value:
            yield from nodes_of(one, kind)
    elif is_dataclass(value) and not isinstance(value, (Texts, Wording)):
        for one in stored_fields(value):
            yield from nodes_of(getattr(value, one.name), kind)


def edits(document: Document, kind: type) -> Iterator[tuple[str, Document]]:
    """A document for each other value of each field of each node of a class."""
    seen: set[Any] = set()
    for node in nodes_of(document, kind):
        for one in fields(kind):
            if one.metadata.get("derived") or (kind.__name__, one.name) in UNSEEN:
                continue
            for number, other in enumerate(others(node, one.name, document)):
                shape = (one.name, number, bool(getattr(node, one.name)), role_of(node, document))
                if other == getattr(node, one.name) or shape in seen:
                    continue
                seen.add(shape)
                anew = with_node(document, node, replace(node, **{one.name: other}))
                if (kind, one.name) == (Delegation, "code"):
                    anew = recoded(document, anew)
                if (anew := sound(anew)) != document:
                    yield f"{one.name} {number} {role_of(node, document)}", anew


def sound(document: Document) -> Document:
    """A document without places for what is gone."""
    there = {one.id for one in (*document.items(), *document.panels)}
    for kind, name in ((Placement, "item_id"), (PanelSlot, "id")):
        for node in list(nodes_of(document, kind)):
            if getattr(node, name) not in there:
                document = with_node(document, node, None)
    panels = sorted(document.panels, key=lambda one: (one.date, one.start or time.min))
    return replace(document, panels=tuple(panels))


def role_of(node: Any, document: Document) -> str:
    """What tells nodes of one class apart: whether anything names a delegation, for instance."""
    if type(node).__name__ == "Delegation":
        return "named" if node.code in document.named_codes() else "unnamed"
    if type(node).__name__ == "Speaker":
        return "on a panel" if any(node in one.panellists for one in document.panels) else ""
    return ""


# --- one meeting with every node, and what stands at its desk ------------------------------------


@pytest.fixture
def show(publish: Publish) -> Publish:
    """Put versions on the shelf."""
    return publish


@pytest.fixture(scope="module")
def _public_office(
    django_db_setup: None,  # noqa: ARG001 -- asked for, so that it goes first
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Office]:
    """Make the rows once for all tests here."""
    with django_db_blocker.unblock(), transaction.atomic():
        made = office()
        make_delegation("ner", name_en="Niger", name_fr="Niger", name_es="Níger", name_ar="النيجر")
        make_status(made.row("chad"))
        made.meeting.follows = make_meeting(slug="before", name_en="The one before")
        made.meeting.save()
        made.publish()
        yield made
        transaction.set_rollback(True)


@pytest.fixture
def made(_public_office: Office, db: None) -> Office:  # noqa: ARG001 -- as above
    """A public meeting with a node of every class, and a State that it names nowhere."""
    return _public_office


def test_the_meeting_has_a_node_of_every_class(made: Office) -> None:
    assert {kind for kind in NODES if any(nodes_of(made.draft(), kind))} == set(NODES)


# --- several edits at once -----------------------------------------------------------------------


def retold(value: Any, path: str = "") -> Any:
    """A document whose every text is worded anew in Spanish, each in its own way.

    But for numbers, which nobody words: the heading of what is new says them.
    """
    if isinstance(value, Texts) and path.endswith("label"):
        return value
    if isinstance(value, Texts):
        return Texts({**value.wordings, "es": Wording(f"En {path}")})
    if isinstance(value, tuple):
        return tuple(retold(one, f"{path} {n}") for n, one in enumerate(value))
    if not is_dataclass(value) or isinstance(value, type):
        return value
    held = {
        one.name: getattr(value, one.name)
        for one in fields(value)
        if one.init and not one.metadata.get("derived")
    }
    return replace(value, **{k: retold(one, f"{path} {k}") for k, one in held.items()})


def spanish(document: Document) -> set[str]:
    """Everything that stands in a document in Spanish."""
    return {
        one.in_language("es").value
        for kind in NODES
        for node in nodes_of(document, kind)
        for each in stored_fields(kind)
        if each.name != "label"
        if isinstance(one := getattr(node, each.name), Texts)
    }


def shown_in_spanish(public: Document, draft: Document) -> set[str]:
    """The Spanish texts that stand under what changes, as they are worded now."""
    return {
        "".join(run.text for run in wording.runs if run.what != "removed")
        for one in Comparison(public, draft, "en").differences()
        for field in one.fields
        for wording in field.wordings
        if wording.code == "es"
    }


@pytest.mark.parametrize("kind", NODES, ids=lambda one: one.__name__)
def test_every_text_is_shown_whatever_else_changes_with_it(made: Office, kind: type) -> None:
    draft = made.draft()
    wrong = [
        f"{name}: {missing}"
        for name, other in edits(draft, kind)
        for old, new in ((other, retold(draft)), (draft, retold(other)))
        if (missing := spanish(new) - shown_in_spanish(old, new))
    ]

    assert wrong == [], "\n".join(wrong)


def in_public(made: Office, document: Document) -> None:
    """Let this be what delegates read."""
    stored = document.to_json()
    public = Publication.objects.of(made.meeting).current().get()
    public.document, public.digest, public.slug = stored, digest_of(stored), document.meeting.slug
    public.save()


def says_something(field: Any) -> bool:
    """Whether the view of a field shows a difference."""
    reworded = (one.state or any(run.what != "same" for run in one.runs) for one in field.wordings)
    told = field.joined or field.left or field.before != field.after
    return bool(told or any(reworded))


def altogether(document: Document, kind: type) -> Document:
    """A document in which every field of a class has another value at once."""
    other = document
    for name in dict.fromkeys(name for name, _edited in edits(document, kind) if is_first(name)):
        other = dict(edits(other, kind)).get(name, other)
    return other


def is_first(name: str) -> bool:
    """Whether an edit gives a field the first of its other values."""
    return " 0" in name


@pytest.mark.parametrize("kind", [*NODES, ProgrammeDocument], ids=lambda one: one.__name__)
def test_each_other_value_of_each_field_is_shown_published_and_told(
    desk: Client, show: Publish, made: Office, kind: type
) -> None:
    draft = made.draft()
    edited = list(edits(draft, kind))
    wrong: list[str] = []
    for name, public in edited:
        wrong += [f"{name}: {one}" for one in in_what_pages_are_made_of(public, draft)]
        if is_first(name):
            in_public(made, public)
            wrong += [f"{name}: {one}" for one in in_the_draft(made, changes(public, draft))]
    if edited:
        public = altogether(draft, kind)
        in_public(made, public)
        wrong += at_the_desk(desk, made, public, draft)
        wrong += in_the_changes(desk, show, public, draft)

    assert edited or kind is PanelSlot  # whose panel says all that it says
    assert wrong == [], "\n".join(wrong)


def in_what_pages_are_made_of(public: Document, draft: Document) -> Iterator[str]:
    """What is wrong with what the desk shows and publishes, and what delegates are told."""
    pending = changes(public, draft)
    if not pending:
        yield "nobody can publish it"
        return
    yield from in_the_differences(Comparison(public, draft, "en").differences())
    yield from what_is_left(
        grafted(recoded(public, draft), draft, [one.subject.id for one in pending]), draft
    )
    for language in LANGUAGES:
        told = [
            str(one)
            for group in groups(lines_between(public, draft), language)
            for one in group.sentences
        ]
        with translation.override(language):
            if not all(told) or str(OTHER) in told:
                yield f"says in {language}: {told}"


def in_the_differences(differences: Iterable[Any]) -> Iterator[str]:
    """What is wrong with the differences that a page shows."""
    for one in differences:
        if one.what == "changed" and not one.fields:
            yield f"{one.kind} shows no field"
        for field in one.fields:
            if one.what == "changed" and not says_something(field):
                yield f"{one.kind} {field.name} shows no difference"


def what_is_left(sent: Document, draft: Document) -> Iterator[str]:
    """What is not public after all that is pending was sent by itself."""
    if left := changes(ProgrammeDocument.from_json(sent.to_json()), draft):
        yield f"after that {[one.fields for one in left]} is not public"


def in_the_draft(made: Office, pending: Sequence[Change]) -> Iterator[str]:
    """What is wrong with the lines of the draft: each that is marked can be published alone."""
    sections = Outline(DraftStatus(made.meeting.pk), "en").sections()
    links = [
        (entry, [action.address for action in entry.actions if "/alone/" in action.address])
        for section in sections
        for entry in section.entries
        if entry.marks.what
    ]
    yield from (f"{entry.name} cannot be published alone" for entry, found in links if not found)
    offered = " ".join(link for _entry, found in links for link in found)
    for one in pending:
        if not any(key in offered for key in (one.subject.id, one.subject.parent_id)):
            yield f"no line of the draft offers {one.subject.kind}"


def at_the_desk(desk: Client, made: Office, public: Document, draft: Document) -> Iterator[str]:
    """What is wrong with the pages of staff, and with what they publish."""
    place = f"/en/admin/meetings/meeting/{made.meeting.pk}"
    ids = [one.subject.id for one in changes(public, draft)]
    query = "&".join(f"subject={one}" for one in ids)
    for page in ("draft/", "publish/", "restore/", f"alone/?{query}"):
        answer = desk.get(f"{place}/{page}")
        if answer.status_code != 200:
            yield f"{page} answers {answer.status_code}"
        elif page != "draft/":
            shown = answer.context["differences"]
            yield from (f"{page}: {one}" for one in in_the_differences(shown))
    digest = digest_of(grafted(recoded(public, draft), draft, ids).to_json())
    sent = publish(made.meeting, by=None, at=timezone.now(), expected_digest=digest, subjects=ids)
    yield from what_is_left(ProgrammeDocument.from_json(sent.document), draft)


def in_the_changes(
    reader: Client, show: Publish, public: Document, draft: Document
) -> Iterator[str]:
    """What is wrong with the page on which delegates read what changed."""
    show(*versions_in_turn(public, draft))
    answer = reader.get(f"/ar/meetings/{draft.meeting.slug}/changes/")
    if answer.status_code != 200:
        yield f"the changes answer {answer.status_code}"
