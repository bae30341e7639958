"""What the desk says before and after something is done is what is done."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib import admin
from django.core.exceptions import ValidationError

from meetings.rows import translated_fields
from meetings.texts.typed_fields import TypedRow, form_class, typed_columns
from programme.models import AgendaItem, ItemPlacement, Publication
from programme.publishing.verbs import draft_of, publish
from tests.admin_forms import admin_url, fields_of, messages_of
from tests.factories import (
    SECOND_DAY,
    chad,
    make_editor,
    make_item,
    make_list,
    make_placement,
    make_sitting,
    rewrite,
)
from tests.programme.html import Page
from tests.rows import published

if TYPE_CHECKING:
    from django.test import Client

    from meetings.models import Meeting

pytestmark = pytest.mark.django_db


def place(meeting: Meeting, page: str, query: str = "") -> str:
    return f"/en/admin/meetings/meeting/{meeting.pk}/{page}/{query}"


def seen(answer: Any) -> str:
    return Page(answer.content.decode()).text


def confirm(desk: Client, address: str, **values: str) -> Any:
    """Open a page and press its button, with the warnings seen."""
    fields = fields_of(desk.get(address).content.decode())
    return desk.post(address, fields | {"warnings_seen": "on"} | values)


# --- taking back -------------------------------------------------------------------------------


def test_what_is_taken_back_alone_promises_nothing_of_the_rest(
    desk: Client, meeting: Meeting, item: AgendaItem
) -> None:
    other = make_item(meeting, number=4, title_en="Closing")
    published(meeting)
    rewrite(item, title_en="Half done")
    rewrite(other, title_en="Well done")
    address = place(meeting, "restore", f"?subject={item.pk}")

    before = seen(desk.get(address))
    after = messages_of(desk.get(confirm(desk, address).headers["Location"]))

    assert "The draft will say again what is public" not in before
    assert "This alone will be again as it is public (first version)" in before
    assert after == ["Taken back. What else is not public yet stays in the draft."]


def test_with_what_all_meetings_share_it_says_so(
    desk: Client, meeting: Meeting, item: AgendaItem
) -> None:
    state = chad()
    made = make_list(item, state)
    other = make_item(meeting, number=4, title_en="Closing")
    published(meeting)
    rewrite(other, title_en="Well done")
    rewrite(state, name_es="República del Chad")
    rewrite(made, invitation_en="Speak.")

    sent = confirm(desk, place(meeting, "restore", f"?subject={made.pk}"))

    (said,) = messages_of(desk.get(sent.headers["Location"]))
    assert said.startswith("Taken back, but for what all meetings share: ")
    assert said.endswith("What else is not public yet stays in the draft.")


@pytest.mark.parametrize("query", ["", "?subject={}"])
def test_where_nothing_else_waits_the_draft_says_again_what_is_public(
    desk: Client, meeting: Meeting, item: AgendaItem, query: str
) -> None:
    published(meeting)
    rewrite(item, title_en="Half done")
    address = place(meeting, "restore", query.format(item.pk))

    before = seen(desk.get(address))
    after = messages_of(desk.get(confirm(desk, address).headers["Location"]))

    assert re.search("draft will say again what is public", before)
    assert after == ["The draft says again what is public."]
    assert draft_of(meeting).pending == []


# --- a colleague was quicker -------------------------------------------------------------------


def test_what_a_colleague_published_whole_leaves_nothing_to_look_at(
    desk: Client, meeting: Meeting, item: AgendaItem
) -> None:
    published(meeting)
    rewrite(item, title_en="Opening ceremony")
    fields = fields_of(desk.get(place(meeting, "publish")).content.decode())
    other = make_editor("programme.add_publication", username="other")
    at = datetime(2024, 6, 1, tzinfo=UTC)
    publish(meeting, by=other, at=at, expected_digest=draft_of(meeting).digest)

    said = seen(desk.post(place(meeting, "publish"), fields | {"warnings_seen": "on"}))

    assert "other published Rev.1" in said
    assert "There is nothing to publish" in said
    assert "stands below" not in said
    assert "confirm again" not in said


@pytest.mark.parametrize("page", ["publish", "restore"])
def test_what_a_colleague_took_back_leaves_nothing_to_look_at(
    desk: Client, meeting: Meeting, item: AgendaItem, page: str
) -> None:
    published(meeting)
    rewrite(item, title_en="Opening ceremony")
    fields = fields_of(desk.get(place(meeting, page)).content.decode())
    rewrite(item, title_en="Opening")

    answer = desk.post(place(meeting, page), fields | {"warnings_seen": "on"})
    said = seen(answer)

    assert answer.status_code == 409
    assert "somebody saved since you opened this page" in said or page == "restore"
    assert "There is nothing to" in said
    for promise in ("below", "confirm again", "would be lost now"):
        assert promise not in said


# --- a reissue -----------------------------------------------------------------------------------


def test_a_reissue_is_called_a_reissue(desk: Client, meeting: Meeting, item: AgendaItem) -> None:
    published(meeting)
    rewrite(item, title_en="Opening ceremony")
    published(meeting)
    rewrite(item, title_en="Opening, ceremony")

    sent = confirm(desk, place(meeting, "publish"), how="reissue", no_change_of_meaning="on")

    (said,) = messages_of(desk.get(sent.headers["Location"]))
    assert Publication.objects.latest("serial").is_reissue
    assert said.startswith("Reissued: Rev.1. ")


# --- the note ------------------------------------------------------------------------------------


def test_a_note_without_english_is_asked_about_before_all_read_it(
    desk: Client, meeting: Meeting, item: AgendaItem
) -> None:
    address = place(meeting, "publish")

    asked = confirm(desk, address, note_ar="تصويب")

    assert not Publication.objects.exists()
    assert (
        "This note has no English text: readers of English, French and Spanish read it in Arabic."
    ) in seen(asked).replace(", and ", " and ")
    again = fields_of(asked.content.decode()) | {"warnings_seen": "on"}
    assert again["note_ar"] == "تصويب"

    desk.post(address, again | {"note_as_it_is": "on"})

    assert Publication.objects.get().note_ar == "تصويب"  # type: ignore[attr-defined]
    assert item.meeting == meeting


@pytest.mark.parametrize("languages", [("en",), ("en", "ar"), ("en", "fr", "es", "ar"), ()])
def test_a_note_with_english_is_asked_nothing(
    desk: Client, meeting: Meeting, item: AgendaItem, languages: tuple[str, ...]
) -> None:
    address = place(meeting, "publish")
    before = desk.get(address)

    confirm(desk, address, **{f"note_{one}": "A note" for one in languages})

    assert "Where a language is left empty, delegates read the English." in seen(before)
    assert "note_as_it_is" not in before.content.decode()
    assert Publication.objects.get().slug == item.meeting.slug


# --- required texts ------------------------------------------------------------------------------


TYPED_ROWS = [one for one in admin.site._registry if issubclass(one, TypedRow)]  # noqa: SLF001
UNSEEN = ["\u00a0\u200b ", "\u2800", "\u200b", "\ufeff\u3000", "\u2060"]


def required_columns(model: Any) -> list[Any]:
    """The columns that people must fill; a translated one in its languages alone."""
    typed, names = typed_columns(model), translated_fields(model)
    return [
        column
        for column in model._meta.concrete_fields
        if column.name in typed and column.name not in names and not column.blank
    ]


def test_english_names_are_among_the_required_columns() -> None:
    found = {
        f"{model.__name__}.{one.name}" for model in TYPED_ROWS for one in required_columns(model)
    }

    assert {"Meeting.name_en", "Delegation.name_en", "SpeakingList.invitation_en"} <= found


@pytest.mark.parametrize("typed", UNSEEN)
@pytest.mark.parametrize("model", TYPED_ROWS, ids=lambda one: one.__name__)
def test_a_required_text_of_nothing_but_unseen_signs_is_empty(model: Any, typed: str) -> None:
    for column in required_columns(model):
        kind = form_class(column)
        assert kind
        with pytest.raises(ValidationError):
            kind(required=True).clean(typed)
        row = model(**{column.name: typed})
        with pytest.raises(ValidationError) as refused:
            row.clean_fields(exclude={one.name for one in model._meta.fields} - {column.name})
        assert list(refused.value.message_dict) == [column.name]


# --- placements -----------------------------------------------------------------------------------


def test_an_item_stands_in_its_places_by_time(desk: Client, meeting: Meeting) -> None:
    item = make_item(meeting, number=7)
    morning = make_sitting(meeting, part="morning", start=None, end=None)
    evening = make_sitting(meeting, part="evening", start=None, end=None)
    places: list[dict[str, Any]] = [
        {"date": SECOND_DAY, "start": time(9)},
        {"sitting": evening},
        {"start": time(15), "end": time(15, 30), "is_continued": True},
        {"start": time(10, 30), "end": time(12)},
        {"sitting": morning},
    ]
    last, untimed, afternoon, first, early = (
        make_placement(item, position=place, **values) for place, values in enumerate(places)
    )
    by_time = [early, first, afternoon, untimed, last]

    listed = desk.get(admin_url(AgendaItem, "changelist")).content.decode()
    placements = desk.get(admin_url(ItemPlacement, "changelist"))
    form = desk.get(admin_url(AgendaItem, "change", item.pk))

    (cell,) = re.findall(r'<td class="field-in_timetable">(.*?)</td>', listed)
    assert re.sub(r"\s", " ", cell) == (
        "18 June 2024 morning, 18 June 2024 10:30 – 12:00, 18 June 2024 15:00 – 15:30,"
        " 18 June 2024 evening, 19 June 2024 09:00"
    )
    assert list(placements.context["cl"].result_list) == by_time
    (rows,) = (
        one.formset.queryset
        for one in form.context["inline_admin_formsets"]
        if one.formset.model is ItemPlacement
    )
    assert list(rows) == by_time
