from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.utils import timezone

from desk.shared.pages import MAY_RESTORE
from meetings.groups import EDITORS, PUBLISHERS
from programme.models import AgendaItem, Publication
from programme.publishing.draft import draft_of
from programme.publishing.verbs import publish, publish_again, withdraw
from tests.admin_forms import admin_url, fields_of, messages_of, send
from tests.factories import chad, make_editor, make_item, make_list, make_meeting, rewrite
from tests.rows import published

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from meetings.models import Meeting

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(make_editor(is_superuser=True, username="amina"))
    return client


# Publishing an old version again -------------------------------------------------------------


def again(publication: Publication) -> str:
    return f"/en/admin/programme/publication/{publication.pk}/again/"


def test_an_old_version_becomes_public_again_and_the_rows_stay(
    desk: Client, meeting: Meeting, item: AgendaItem
) -> None:
    first = published(meeting)
    rewrite(item, title_en="Opening at 10")
    published(meeting)

    page = desk.get(again(first))
    sent = send(desk, again(first), note_en="Back to the first")

    assert '<p lang="en" dir="ltr">Opening<del> at 10</del></p>' in page.content.decode()
    latest = Publication.objects.latest("serial")
    assert (latest.serial, latest.designation, latest.restored_serial) == (3, "Rev.2", 1)
    assert (latest.digest, latest.note_en) == (first.digest, "Back to the first")  # type: ignore[attr-defined]
    assert sent.headers["Location"].endswith(f"/{meeting.pk}/notice/3/")
    item.refresh_from_db()
    assert item.title_en == "Opening at 10"  # type: ignore[attr-defined]
    draft = desk.get(f"/en/admin/meetings/meeting/{meeting.pk}/draft/").content.decode()
    assert "1 change is not public yet." in draft


def test_an_old_wording_may_come_back_as_a_reissue(
    desk: Client, meeting: Meeting, item: AgendaItem
) -> None:
    first = published(meeting)
    rewrite(item, title_en="Opening ceremony")
    published(meeting)

    send(desk, again(first), how="reissue", no_change_of_meaning="on")

    latest = Publication.objects.latest("serial")
    assert (latest.designation, latest.is_reissue) == ("Rev.1", True)


def test_what_was_published_meanwhile_is_shown_first(
    desk: Client, meeting: Meeting, item: AgendaItem
) -> None:
    first = published(meeting)
    rewrite(item, title_en="Opening ceremony")
    published(meeting)
    fields = fields_of(desk.get(again(first)).content.decode())
    rewrite(item, title_en="Opening of the meetings")
    published(meeting)

    refused = desk.post(again(first), fields)

    assert refused.status_code == 409
    assert "Nothing was published: somebody published Rev.2" in refused.content.decode()
    assert Publication.objects.count() == 3


def test_the_public_version_cannot_be_published_again(
    desk: Client, meeting: Meeting, item: AgendaItem
) -> None:
    current = published(meeting)

    assert "There is nothing to publish" in desk.get(again(current)).content.decode()
    assert item.meeting == meeting


def test_a_revision_that_lists_no_change_does_not_say_that_its_meaning_stayed(
    desk: Client, meeting: Meeting, item: AgendaItem
) -> None:
    speaking_list = make_list(item, chad())
    published(meeting)
    rewrite(speaking_list, basis="updated_work_plan")

    page = desk.get(admin_url(Publication, "change", published(meeting).pk)).content.decode()

    assert "No changes are listed for this version." in page
    assert "No change of meaning" not in page


# Withdrawing ---------------------------------------------------------------------------------


def withdrawal(publication: Publication) -> str:
    return f"/en/admin/programme/publication/{publication.pk}/withdraw/"


def test_no_version_comes_back_under_the_address_of_another_meeting(
    desk: Client, meeting: Meeting
) -> None:
    first = published(meeting)
    rewrite(meeting, slug="july")
    second = published(meeting)
    published(make_meeting(slug="june", name_en="Another meeting"))

    refused = desk.post(withdrawal(second), {"reason": "Published by mistake"})

    assert refused.status_code == 409
    assert "“Another meeting” is public under the same address, june." in refused.content.decode()
    assert not Publication.objects.filter(withdrawn_at__isnull=False).exists()
    for each in (first, second):  # the way out: nothing of it is public then
        assert desk.post(withdrawal(each), {"reason": "By mistake"}).status_code == 302


def test_a_version_is_withdrawn_with_a_reason_that_is_kept(
    desk: Client, meeting: Meeting, item: AgendaItem
) -> None:
    published(meeting)
    rewrite(item, title_en="Wrong title")
    wrong = published(meeting)

    page = desk.get(withdrawal(wrong)).content.decode()
    sent = send(desk, withdrawal(wrong), reason="Published by mistake")
    after = desk.get(sent.headers["Location"])

    assert "Rev.1 will be gone for the public. Delegates will read first version" in page
    wrong.refresh_from_db()
    assert wrong.withdrawn_at is not None
    assert (str(wrong.withdrawn_by), wrong.withdrawal_reason) == ("amina", "Published by mistake")
    assert Publication.objects.current().get().serial == 1
    assert messages_of(after) == ["Withdrawn: Rev.1."]
    log = LogEntry.objects.get(object_id=str(wrong.pk))
    assert log.get_change_message() == "Withdrawn: Published by mistake"
    assert "Published by mistake" in after.content.decode()
    assert withdrawal(wrong) not in after.content.decode()


def test_the_page_says_what_will_be_public_then(
    desk: Client, meeting: Meeting, item: AgendaItem
) -> None:
    first = published(meeting)
    alone = desk.get(withdrawal(first)).content.decode()
    rewrite(item, title_en="Opening ceremony")
    published(meeting)
    older = desk.get(withdrawal(first)).content.decode()

    assert "Nothing of this meeting will be public then" in alone
    assert "What delegates read now stays as it is." in older


def test_a_reissue_that_is_withdrawn_is_told_from_what_comes_back(
    desk: Client, meeting: Meeting, item: AgendaItem
) -> None:
    published(meeting)
    rewrite(item, title_en="Opening ceremony")
    draft = draft_of(meeting)
    reissue = publish(
        meeting, by=None, at=timezone.now(), expected_digest=draft.digest, reissue=True
    )

    page = desk.get(withdrawal(reissue)).content.decode()

    assert "Delegates will read it as published" in page
    assert "Delegates will read first version" not in page


def test_after_every_version_was_withdrawn_the_desk_says_what_it_publishes(
    desk: Client, meeting: Meeting
) -> None:
    place = f"/en/admin/meetings/meeting/{meeting.pk}/"
    first = published(meeting)
    withdraw(first, by=None, at=timezone.now(), reason="Wrong.")

    withdrawn = "Nothing of this meeting is public: every version was withdrawn."
    assert withdrawn in desk.get(f"{place}draft/").content.decode()
    assert withdrawn in desk.get("/en/admin/").content.decode()
    page = desk.get(f"{place}publish/").content.decode()
    assert "for the first time" not in page
    assert "You publish the whole programme again, as Rev.1." in page
    sent = desk.post(f"{place}publish/", fields_of(page) | {"warnings_seen": "on"}, follow=True)
    [notice, *_others] = sent.context["notices"]
    assert "programme public again (Rev.1)" in notice.subject
    assert "is public again; this version is Rev.1." in notice.text


@pytest.mark.parametrize("reason", ["", "   ", "x" * 301])
def test_without_a_reason_nothing_is_withdrawn(
    desk: Client, meeting: Meeting, item: AgendaItem, reason: str
) -> None:
    publication = published(meeting)

    refused = send(desk, withdrawal(publication), reason=reason)

    assert refused.status_code == 200
    assert refused.context["form"].errors["reason"]
    publication.refresh_from_db()
    assert publication.withdrawn_at is None
    assert item.meeting == meeting


def test_a_withdrawn_version_stays_so_and_is_not_published_again(
    desk: Client, meeting: Meeting, item: AgendaItem
) -> None:
    publication = published(meeting)
    withdraw(publication, by=None, at=timezone.now(), reason="First reason")

    assert "withdrawn already" in desk.get(withdrawal(publication)).content.decode()
    assert desk.post(withdrawal(publication), {"reason": "Second"}).status_code == 409
    publication.refresh_from_db()
    assert publication.withdrawal_reason == "First reason"
    assert desk.get(again(publication)).status_code == 404
    assert item.meeting == meeting


def test_a_version_that_is_withdrawn_at_the_same_moment_is_not_published_again(
    desk: Client, meeting: Meeting, item: AgendaItem, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = published(meeting)
    rewrite(item, title_en="Closing")
    published(meeting)

    def after_a_withdrawal(old: Publication, **said: Any) -> Publication:
        withdraw(Publication.objects.get(pk=old.pk), by=None, at=timezone.now(), reason="Mistake")
        return publish_again(old, **said)

    monkeypatch.setattr("desk.publish.undoing.publish_again", after_a_withdrawal)
    fields = fields_of(desk.get(again(first)).content.decode())

    refused = desk.post(again(first), fields, follow=True)

    assert messages_of(refused) == ["This version is withdrawn already."]
    assert Publication.objects.count() == 2


def test_undoing_is_for_those_who_may(client: Client, meeting: Meeting, item: AgendaItem) -> None:
    first = published(meeting)
    client.force_login(make_editor("programme.add_publication", "programme.view_publication"))
    form = client.get(admin_url(Publication, "change", first.pk)).content.decode()

    assert again(first) in form
    assert withdrawal(first) not in form
    assert client.get(withdrawal(first)).status_code == 403
    assert client.post(withdrawal(first), {"reason": "x"}).status_code == 403

    client.force_login(make_editor("programme.view_publication", "programme.withdraw_publication"))
    assert client.get(again(first)).status_code == 403
    assert client.post(again(first)).status_code == 403
    assert item.meeting == meeting


# Taking the public state back ----------------------------------------------------------------


def restoring(meeting: Meeting, *subjects: str) -> str:
    query = "&".join(f"subject={one}" for one in subjects)
    address = f"/en/admin/meetings/meeting/{meeting.pk}/restore/"
    return f"{address}?{query}" if query else address


def test_the_whole_public_state_is_taken_back(
    desk: Client, meeting: Meeting, item: AgendaItem
) -> None:
    speaking_list = make_list(item, chad())
    published(meeting)
    rewrite(item, title_en="Half done")
    list_id = speaking_list.pk
    speaking_list.delete()
    make_item(meeting, number=4, title_en="New item")

    page = desk.get(restoring(meeting))
    sent = send(desk, restoring(meeting))
    after = desk.get(sent.headers["Location"])

    losses = {f"{one.kind} {one.name}": one.what for one in page.context["differences"]}
    assert losses == {
        "item 3. Opening": "changed",
        "list The following States are invited.": "added",
        "item 4. New item": "removed",
    }
    assert draft_of(meeting).pending == []
    item.refresh_from_db()
    assert item.title_en == "Opening"  # type: ignore[attr-defined]
    assert item.lists.get().pk == list_id
    assert messages_of(after)[0] == "The draft says again what is public."
    log = LogEntry.objects.get(object_id=str(meeting.pk))
    assert log.get_change_message().startswith("Took the public state back: 3. ")


def test_one_subject_is_taken_back_and_the_others_stay(
    desk: Client, meeting: Meeting, item: AgendaItem
) -> None:
    other = make_item(meeting, number=4, title_en="Closing")
    published(meeting)
    rewrite(item, title_en="Half done")
    rewrite(other, title_en="Well done")

    page = desk.get(restoring(meeting, str(item.pk)))
    send(desk, restoring(meeting, str(item.pk)))

    assert [str(one.name) for one in page.context["differences"]] == ["3. Opening"]
    assert [one.subject.id for one in draft_of(meeting).pending] == [str(other.pk)]


def test_the_question_names_all_that_comes_back_and_all_that_is_lost(
    desk: Client, meeting: Meeting, item: AgendaItem
) -> None:
    speaking_list = make_list(item, chad())
    published(meeting)
    item.delete()
    new = make_item(meeting, number=3, title_en="Typed again")
    place = restoring(meeting, str(speaking_list.pk))

    page = desk.get(place)
    refused = send(desk, place)
    sent = send(desk, refused.context["together"])

    named = {f"{one.kind} {one.name}": one.what for one in page.context["differences"]}
    assert named == {
        "item 3. Opening": "added",
        "list The following States are invited.": "added",
        "item 3. Typed again": "removed",
    }
    assert refused.context["reasons"] == [
        "agenda item “3 Typed again” has its number or address now: take that back as well."
    ]
    assert messages_of(desk.get(sent.headers["Location"])) == [
        "The draft says again what is public.",
        "These had to come back as well: 3. Opening",
    ]
    assert not AgendaItem.objects.filter(pk=new.pk).exists()


def test_a_deleted_item_comes_back_as_itself(
    desk: Client, meeting: Meeting, item: AgendaItem
) -> None:
    published(meeting)
    item_id = item.pk
    item.delete()

    send(desk, restoring(meeting, str(item_id)))

    assert AgendaItem.objects.get().pk == item_id


def test_what_is_taken_back_says_what_happens_to_each(
    desk: Client, meeting: Meeting, item: AgendaItem
) -> None:
    state = chad()
    named = make_list(item, state)
    published(meeting)
    make_item(meeting, number=4, title_en="Closing")
    rewrite(state, name_es="República del Chad")
    named.delete()

    page = desk.get(restoring(meeting))
    sent = send(desk, restoring(meeting))

    assert {one.told for one in page.context["differences"]} == {"comes back", "is lost"}
    assert "What changes in the draft" in page.content.decode()
    told = messages_of(desk.get(sent.url))[0]
    assert told.startswith("The draft says again what is public, but for what all meetings share")


def test_a_draft_that_moved_is_shown_before_it_is_lost(
    desk: Client, meeting: Meeting, item: AgendaItem
) -> None:
    published(meeting)
    rewrite(item, title_en="Half done")
    fields = fields_of(desk.get(restoring(meeting)).content.decode())
    rewrite(item, title_en="Nearly done")

    refused = desk.post(restoring(meeting), fields)

    assert refused.status_code == 409
    assert "Nothing was changed: somebody saved" in refused.content.decode()
    item.refresh_from_db()
    assert item.title_en == "Nearly done"  # type: ignore[attr-defined]


def test_what_is_in_the_way_is_named(desk: Client, meeting: Meeting, item: AgendaItem) -> None:
    state = chad()
    speaking_list = make_list(item, state)
    published(meeting)
    speaking_list.entries.all().delete()
    state.delete()

    refused = send(desk, restoring(meeting))

    assert refused.status_code == 409
    assert "Nothing was changed, since something is in the way" in refused.content.decode()
    assert "Chad" in " ".join(refused.context["reasons"])


def test_there_is_nothing_to_take_back_where_nothing_differs(
    desk: Client, meeting: Meeting, item: AgendaItem
) -> None:
    unpublished = desk.get(restoring(meeting))
    published(meeting)
    unchanged = desk.get(restoring(meeting))

    for page in (unpublished, unchanged):
        assert "There is nothing to take back" in page.content.decode()
    assert desk.post(restoring(meeting)).status_code == 409
    assert item.meeting == meeting


@pytest.mark.parametrize(
    "lacking", ["meetings.change_meeting", "panels.delete_panel", "programme.add_speakinglistentry"]
)
def test_taking_back_is_for_those_who_may_do_to_rows_all_that_it_may(
    client: Client, meeting: Meeting, item: AgendaItem, lacking: str
) -> None:
    published(meeting)
    client.force_login(make_editor(*(one for one in MAY_RESTORE if one != lacking)))

    assert client.get(restoring(meeting)).status_code == 403
    assert client.post(restoring(meeting)).status_code == 403
    assert item.meeting == meeting


@pytest.mark.parametrize("group", [EDITORS, PUBLISHERS])
def test_editors_and_publishers_may_take_back(client: Client, meeting: Meeting, group: str) -> None:
    published(meeting)
    account = make_editor()
    account.groups.add(Group.objects.get(name=group))
    client.force_login(account)

    assert client.get(restoring(meeting)).status_code == 200


# Cost ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [8, 24])
def test_the_pages_cost_the_same_for_few_and_many_rows(
    desk: Client,
    meeting: Meeting,
    django_assert_num_queries: DjangoAssertNumQueries,
    number: int,
) -> None:
    state = chad()
    items = [make_item(meeting, number=n + 1) for n in range(number)]
    for one in items:
        make_list(one, state)
    first = published(meeting)
    for one in items:
        rewrite(one, title_en="Opening ceremony")
    published(meeting)
    rewrite(items[0], title_en="Closing")

    def cost(queries: int, address: str) -> None:
        desk.get(address)
        with django_assert_num_queries(queries):
            assert desk.get(address).status_code == 200

    # session and account; 13 of the rows; the public version
    cost(16, restoring(meeting))
    # session and account; the old version; the public one, the designations used
    cost(5, again(first))
    # session and account; the version; what stands
    cost(4, withdrawal(first))
    cost(4, admin_url(Publication, "change", first.pk))
