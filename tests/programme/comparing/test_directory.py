"""What becomes public of delegations, whether or not a list names them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from programme.comparing.changes import changes
from programme.comparing.directory import CODES, NAMES, SORTING, STATUSES, recoded
from programme.comparing.grafting import grafted
from programme.comparing.lines.writing import lines_between
from programme.comparing.only_wording import only_wording
from programme.document.nodes import ListEntry, SpeakingList, Texts
from programme.document.programme import ProgrammeDocument
from programme.models import Publication
from programme.publishing.draft import draft_of
from programme.renderers.changes import groups
from tests.admin_forms import fields_of, messages_of
from tests.factories import chad, make_editor, make_item, make_list, make_meeting, make_status, peru
from tests.programme.builders import NIGER, NORWAY, PERU, TUVALU
from tests.programme.edits import EDITS, FIRST, SECOND, one_after_another, public, with_values
from tests.rows import published

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from meetings.models import Delegation, Meeting

Document = ProgrammeDocument[Texts]


def known(code: str, /, **values: Any) -> Callable[[Document], Document]:
    """A directory in which one delegation is otherwise."""

    def edit(old: Document) -> Document:
        return replace(
            old,
            delegations=tuple(
                replace(one, **values) if one.code == code else one for one in old.delegations
            ),
        )

    return edit


def renumbered(old: Document) -> Document:
    """The code of Peru, which a list names, is another."""
    entries = (ListEntry("entry-per", "pe"), ListEntry("entry-tcd", "tcd"))
    anew = with_values(SECOND.lists[0].id, SpeakingList, entries=entries)
    return anew(known("per", code="pe")(old))


NORGE = Texts({**NORWAY.name.wordings, "es": replace(NORWAY.name.wordings["es"], value="Norge")})

WORDING = {
    "the name of a State that nothing names": (known("nor", name=NORGE), NAMES),
    "the name in a sentence of one that a list names": (
        known("per", name_in_text=Texts.of(es="el Perú")),
        NAMES,
    ),
    "the code of a State that nothing names": (known("nor", code="no"), CODES),
    "the code of a State that a list names": (renumbered, CODES),
    "a State sorted as another word": (known("nor", sort_keys=NIGER.sort_keys), SORTING),
}


@pytest.mark.parametrize(("edit", "field"), WORDING.values(), ids=WORDING.keys())
def test_it_can_be_reissued_and_delegates_are_told_nothing(
    edit: Callable[[Document], Document], field: str
) -> None:
    old = public()
    new = edit(old)

    (change,) = changes(old, new)

    assert (change.subject.kind, change.fields) == ("meeting", (field,))
    assert only_wording(old, new)
    assert lines_between(old, new) == []


def test_keys_that_sort_as_before_are_no_change() -> None:
    old = public()
    anew = tuple(
        replace(one, sort_keys={key: f"2 {value}" for key, value in one.sort_keys.items()})
        for one in old.delegations
    )

    assert changes(old, replace(old, delegations=anew)) == []


def test_another_status_is_told_to_the_delegation_that_it_concerns() -> None:
    old = public()
    new = known("tuv", status="state_party")(known("nor", status="")(old))

    (change,) = changes(old, new)
    lines = lines_between(old, new)
    (group,) = groups(lines, "en")

    assert change.fields == (STATUSES,)
    assert not only_wording(old, new)
    assert sorted(one.codes for one in lines) == [(NORWAY.code,), (TUVALU.code,)]
    assert [str(one) for one in group.sentences] == [
        "Status under the Convention changed: Norway and Tuvalu"
    ]


def test_a_name_and_a_status_are_public_with_the_meeting_and_not_with_something_else() -> None:
    edits = known("nor", name=NORGE), known("tuv", status="state_party")
    draft = one_after_another(EDITS["the opening retitled"], *edits)(public())

    def said(document: Document) -> tuple[Texts, str]:
        by_code = {one.code: one for one in document.delegations}
        return by_code["nor"].name, by_code["tuv"].status

    assert said(grafted(public(), draft, [FIRST.id])) == (NORWAY.name, "")
    assert said(grafted(public(), draft, [draft.meeting.id])) == (NORGE, "state_party")


def test_a_name_that_a_list_tells_is_public_with_the_list_and_not_with_the_meeting() -> None:
    lima = Texts.of(en="Republic of Peru")
    draft = known("per", name=lima, name_in_text=lima)(public())

    def said(ids: list[str]) -> tuple[Texts, Texts]:
        result = grafted(public(), draft, ids)
        return next((one.name, one.name_in_text) for one in result.delegations if one.code == "per")

    assert said([draft.meeting.id]) == (PERU.name, lima)
    assert said([SECOND.id]) == (lima, lima)


def test_a_list_names_by_the_new_code_what_is_published_beside_it() -> None:
    draft = one_after_another(renumbered, EDITS["the opening retitled"])(public())

    result = grafted(recoded(public(), draft), draft, [FIRST.id])

    assert result.named_codes() >= {"pe"}
    assert {one.id: one.code for one in result.delegations}[PERU.id] == "pe"


# --- at the desk -----------------------------------------------------------------------------


@pytest.fixture
def states() -> tuple[Delegation, Delegation]:
    """Chad, whom a list names, and Peru, whom none names."""
    return chad(), peru()


@pytest.fixture
def meeting(states: tuple[Delegation, Delegation]) -> Meeting:
    meeting = make_meeting(slug="june")
    make_list(make_item(meeting, number=1), states[0])
    published(meeting)
    return meeting


def pressed(desk: Client, place: str, **values: str) -> Any:
    """Open a page and press its button."""
    return desk.post(place, fields_of(desk.get(place).content.decode()) | values)


def address(meeting: Meeting, page: str) -> str:
    return f"/en/admin/meetings/meeting/{meeting.pk}/{page}"


@pytest.mark.django_db
def test_whoever_may_publish_reissues_the_name_of_a_state_that_no_list_names(
    client: Client, meeting: Meeting, states: tuple[Delegation, Delegation]
) -> None:
    client.force_login(make_editor("programme.add_publication", "meetings.view_meeting"))
    states[1].name_es = "República del Perú"
    states[1].save()
    place = address(meeting, "publish/")

    page = client.get(place)
    (difference,) = page.context["differences"]
    sent = pressed(client, place, no_change_of_meaning="on", warnings_seen="on")

    assert [one.name for one in difference.fields] == ["Names of delegations"]
    (wording,) = difference.fields[0].wordings
    assert [(run.what, run.text) for run in wording.runs] == [
        ("added", "República del "),
        ("same", "Perú"),
    ]
    assert sent.status_code == 302
    now = Publication.objects.of(meeting).current().get()
    assert (now.serial, now.designation, now.is_reissue, now.changes) == (2, "", True, [])
    assert not draft_of(meeting).has_changes


@pytest.mark.django_db
@pytest.mark.parametrize("which", [0, 1], ids=["named in a list", "named nowhere"])
@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
def test_a_renamed_state_stops_no_page_of_the_desk(
    desk: Client, meeting: Meeting, states: tuple[Delegation, Delegation], which: int, language: str
) -> None:
    setattr(states[which], f"name_{language}", "Anew")
    states[which].save()
    subject = draft_of(meeting).pending[0].subject.id

    for page in ("publish/", f"alone/?subject={subject}", "restore/", "draft/"):
        shown = desk.get(f"/{language}/admin/meetings/meeting/{meeting.pk}/{page}")
        assert shown.status_code == 200
        if page.startswith(("publish", "alone")):
            assert "<ins>Anew</ins>" in shown.content.decode()


@pytest.mark.django_db
def test_what_all_meetings_share_is_not_said_to_come_back(
    desk: Client, meeting: Meeting, states: tuple[Delegation, Delegation]
) -> None:
    for state in states:
        state.name_es = "De nuevo"
        state.save()
    alone = desk.get(address(meeting, "restore/"))
    item = meeting.agenda_items.get()
    item.title_en = "Lost"
    item.save()
    place = address(meeting, "restore/")

    page = desk.get(place)
    sent = pressed(desk, place)

    told = "They stay as they are, since all meetings share them."
    assert alone.context["differences"] == []
    assert told in alone.content.decode()
    assert "There is nothing to take back" not in alone.content.decode()
    assert [str(one.name) for one in page.context["differences"]] == ["1. Opening"]
    assert told in page.content.decode()
    assert sent.status_code == 302
    [said] = messages_of(desk.get(sent.url))
    assert said.startswith("The draft says again what is public, but for what all meetings share:")


@pytest.mark.django_db
def test_a_new_status_is_offered_as_a_revision_with_its_reason(
    desk: Client, meeting: Meeting, states: tuple[Delegation, Delegation]
) -> None:
    make_status(states[1])

    page = desk.get(address(meeting, "publish/"))

    (difference,) = page.context["differences"]
    ((field,), (reason,)) = difference.fields, page.context["reasons"]
    assert (field.before, field.after) == ("Peru (unknown)", "Peru (States Parties)")
    assert reason.field == "Status of delegations under the Convention"
    assert pressed(desk, address(meeting, "publish/"), warnings_seen="on").status_code == 302
    assert Publication.objects.of(meeting).current().get().designation == "Rev.1"
