from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from django.conf import settings
from django.core.signing import Signer
from django.test import Client

from meetings.models import Meeting, Sitting
from programme.models import AgendaItem, SharedPreview, SpeakingList
from programme.publishing.previews import (
    address_of,
    edition_of_draft,
    id_in,
    revoke,
    share,
    token_of,
)
from programme.publishing.watcher import Watcher
from programme.shelf.shelf import shelf
from tests.admin_forms import admin_url
from tests.factories import (
    chad,
    make_delegation,
    make_editor,
    make_item,
    make_list,
    make_meeting,
    make_panel,
    make_placement,
    make_sitting,
)
from tests.programme.html import Element, Page
from tests.rows import published

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db

LANGUAGES = ("en", "fr", "es", "ar")
NOON = datetime(2024, 6, 3, 12, tzinfo=UTC)
PREVIEW = "/en/preview/june/"
PAGES = ("", "items/3/", "panels/theme/", "delegations/tcd/", "changes/", "programme.txt")

every_language = pytest.mark.parametrize("language", LANGUAGES)
every_page = pytest.mark.parametrize("below", PAGES)


@pytest.fixture
def meeting() -> Meeting:
    """A meeting in June with an item that has a list, in a morning, and a panel."""
    made = make_meeting(slug="june", name_ar="اجتماعات")
    item = make_item(made, number=3, title_en="Opening", title_fr="Ouverture")
    make_list(item, chad(), invitation_en="States ({delegations}) are invited.")
    make_placement(item, sitting=make_sitting(made, start=time(10), end=time(13)))
    make_panel(made, slug="theme")
    return made


@pytest.fixture
def public(meeting: Meeting) -> Iterator[None]:
    """Have the meeting in public as it is."""
    published(meeting)
    Watcher(shelf).look()
    yield
    shelf.replace([])


@pytest.fixture
def staff(client: Client) -> Client:
    """Somebody who may see everything and change nothing."""
    client.force_login(make_editor("meetings.view_meeting"))
    return client


@pytest.fixture
def editor() -> Client:
    """Somebody who may change everything."""
    client = Client()
    client.force_login(make_editor(is_superuser=True))
    return client


@pytest.fixture
def shared(meeting: Meeting) -> Iterator[SharedPreview]:
    """A link made at noon of 3 June for three days; it still is noon."""
    with time_machine.travel(NOON, tick=False):
        yield share(meeting, whom="Ana", by=None, at=NOON, days=3)


def read(response: Any) -> Page:
    assert response.status_code == 200
    return Page(response.content.decode())


def retitle(meeting: Meeting, title: str) -> None:
    AgendaItem.objects.filter(meeting=meeting).update(title=title, title_en=title)


def address(shared: SharedPreview, below: str = "", language: str = "en") -> str:
    return f"/{language}/shared/{token_of(shared)}/{below}"


# The draft for staff -------------------------------------------------------------------------


@pytest.mark.usefixtures("public")
def test_the_preview_shows_what_is_not_public_yet(staff: Client, meeting: Meeting) -> None:
    retitle(meeting, "Opening ceremony")

    draft, public = staff.get(PREVIEW), staff.get("/en/meetings/june/")

    assert "Opening ceremony" in read(draft).text
    assert "Opening ceremony" not in read(public).text


@every_language
@every_page
def test_pages_of_the_draft_are_there_in_every_language(
    staff: Client, meeting: Meeting, below: str, language: str
) -> None:
    response = staff.get(f"/{language}/preview/{meeting.slug}/{below}")

    assert response.status_code == 200
    assert response["Content-Language"] == language


@pytest.mark.usefixtures("meeting")
@pytest.mark.parametrize("below", ["items/9/", "panels/none/", "delegations/xyz/"])
def test_what_the_draft_has_not_is_not_found(staff: Client, below: str) -> None:
    response = staff.get(f"{PREVIEW}{below}")

    assert (response.status_code, response["Cache-Control"]) == (404, "private, no-store")


@pytest.mark.usefixtures("meeting")
def test_a_stranger_is_asked_to_log_in(client: Client) -> None:
    response = client.get(f"{PREVIEW}items/3/")

    assert (response.status_code, response["Location"]) == (
        302,
        f"/en/admin/login/?next={PREVIEW}items/3/",
    )


@pytest.mark.usefixtures("meeting")
@pytest.mark.parametrize(
    ("permissions", "is_staff", "status"),
    [
        ((), True, 403),
        (("programme.change_agendaitem",), True, 403),
        (("meetings.view_meeting",), False, 302),
        (("meetings.view_meeting",), True, 200),
        (("meetings.change_meeting",), True, 200),
    ],
)
def test_only_staff_who_may_see_meetings_see_drafts(
    client: Client, permissions: tuple[str, ...], status: int, *, is_staff: bool
) -> None:
    client.force_login(make_editor(*permissions, is_staff=is_staff))

    assert client.get(PREVIEW).status_code == status


@pytest.mark.usefixtures("public")
@every_page
def test_a_page_of_the_draft_costs_one_compilation(
    staff: Client,
    meeting: Meeting,
    django_assert_num_queries: DjangoAssertNumQueries,
    below: str,
) -> None:
    for number in range(4, 20):
        make_item(meeting, number=number)

    # session, user, two for permissions, the meeting; 13 to compile; designations
    with django_assert_num_queries(19):
        staff.get(f"{PREVIEW}{below}")


def test_a_draft_is_named_after_the_version_that_it_would_be(meeting: Meeting) -> None:
    before = edition_of_draft(meeting, at=NOON)
    published(meeting)
    after = edition_of_draft(meeting, at=NOON)

    assert (before.serial, before.designation) == (0, "")
    assert (after.serial, after.designation) == (0, "Rev.1")


@pytest.mark.usefixtures("public")
def test_a_draft_knows_what_it_would_change(meeting: Meeting) -> None:
    retitle(meeting, "Opening ceremony")

    lines = edition_of_draft(meeting, at=NOON).lines

    assert [(one.what, one.field) for one in lines] == [("changed", "title")]


@pytest.mark.usefixtures("public")
def test_changes_to_come_stand_before_those_of_the_past(staff: Client, meeting: Meeting) -> None:
    retitle(meeting, "Opening ceremony")
    published(meeting)
    Watcher(shelf).look()
    retitle(meeting, "Opening of the meeting")

    shown = read(staff.get(f"{PREVIEW}changes/"))

    text = shown.text
    assert [one for level, one in shown.headings if level == 2] == [
        "Rev.2",
        "Rev.1",
        "First version",
    ]
    assert "Rev.2 Not published yet 3 Opening of the meeting" in text
    assert text.count("Title changed") == 2
    assert f"{PREVIEW}items/3/" in shown.links
    assert "Feed" not in text


@pytest.mark.usefixtures("public")
def test_changes_since_a_version_hold_those_to_come(staff: Client, meeting: Meeting) -> None:
    retitle(meeting, "Opening ceremony")

    since_first = read(staff.get(f"{PREVIEW}changes/?since=1"))
    since_draft = read(staff.get(f"{PREVIEW}changes/?since=0"))

    assert "1 change since the first version" in since_first.text
    assert "since" not in since_draft.one("header", class_="head").text


@pytest.mark.usefixtures("public")
def test_what_is_changed_is_marked_as_it_will_be(staff: Client, meeting: Meeting) -> None:
    retitle(meeting, "Opening ceremony")

    (mark,) = read(staff.get(PREVIEW)).all("p", class_="change")

    assert mark.text == "Title changed (English only)"


@pytest.mark.usefixtures("meeting")
def test_a_delegation_reads_what_the_draft_has_for_it(staff: Client) -> None:
    make_delegation("nor")

    named = read(staff.get(f"{PREVIEW}delegations/tcd/"))
    unnamed = read(staff.get(f"{PREVIEW}delegations/nor/"))

    assert f"{PREVIEW}items/3/#item-3-list-1" in named.links
    assert "Nothing in this draft concerns this delegation." in unnamed.text


# What tells a preview from a public page -----------------------------------------------------


@pytest.mark.usefixtures("public")
def test_every_page_says_that_it_is_a_draft(editor: Client, meeting: Meeting) -> None:
    for below in ("", "items/3/", "panels/theme/", "delegations/tcd/", "changes/"):
        shown = read(editor.get(f"{PREVIEW}{below}"))

        assert shown.one("p", class_="draft-mark").text == "Preview of the draft – not public"
        assert shown.one("title").text.startswith("Draft – ")
        ways = [one for one in shown.all("a") if "draft-ways" in classes_around(one)]
        assert [(one.text, one.attributes["href"]) for one in ways] == [
            ("Back to the desk", admin_url(Meeting, "draft", meeting.pk)),
            ("Public page", "/en/meetings/june/"),
            ("Publish…", admin_url(Meeting, "publish", meeting.pk)),
        ]


def classes_around(element: Element) -> str:
    return " ".join(one.attributes.get("class", "") for one in element.parents)


@pytest.mark.usefixtures("meeting")
def test_the_plain_text_says_that_it_is_a_draft(staff: Client) -> None:
    text = staff.get(f"{PREVIEW}programme.txt").content.decode()

    assert text.startswith("Preview of the draft – not public\n\n2024 Intersessional Meetings\n")
    assert "ublished" not in text


@pytest.mark.usefixtures("public")
def test_public_pages_have_nothing_of_a_preview(editor: Client) -> None:
    for below in ("meetings/june/", "meetings/june/items/3/", "meetings/june/panels/theme/"):
        html = editor.get(f"/en/{below}").content.decode()

        assert [word for word in ("draft", "preview", 'class="edit"') if word in html] == []


@pytest.mark.usefixtures("meeting")
@every_page
def test_drafts_are_neither_kept_nor_indexed(
    staff: Client, shared: SharedPreview, below: str
) -> None:
    for response in (staff.get(f"{PREVIEW}{below}"), Client().get(address(shared, below))):
        assert response["Cache-Control"] == "private, no-store"
        assert response["X-Robots-Tag"] == "noindex, nofollow"
        assert response["Referrer-Policy"] == "no-referrer"


@pytest.mark.usefixtures("meeting")
def test_search_engines_are_told_no_address_of_a_draft(
    staff: Client, shared: SharedPreview
) -> None:
    for response in (staff.get(f"{PREVIEW}items/3/"), Client().get(address(shared, "items/3/"))):
        shown = read(response)

        assert shown.one("meta", name="robots").attributes["content"] == "noindex, nofollow"
        assert shown.all("link", rel="canonical") == shown.all("link", rel="alternate") == []


@pytest.mark.usefixtures("meeting")
def test_a_draft_is_only_read(staff: Client, shared: SharedPreview) -> None:
    for response in (staff.post(PREVIEW), Client(enforce_csrf_checks=True).post(address(shared))):
        assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")


# Links within the mount ----------------------------------------------------------------------


@every_language
def test_links_stay_in_the_mount(staff: Client, shared: SharedPreview, language: str) -> None:
    for mount, reader in (("preview/june/", staff), (address(shared)[4:], Client())):
        shown = read(reader.get(f"/{language}/{mount}"))

        root = f"/{language}/{mount}"
        pages = ("items/3/", "panels/theme/", "delegations/tcd/", "changes/", "programme.txt")
        assert {f"{root}{below}" for below in pages} <= {*shown.links}
        languages = [one.attributes["href"] for one in shown.all("a", hreflang=language)]
        assert languages == [root]
        assert [one for one in shown.links if "/meetings/june/" in one] == []


@pytest.mark.usefixtures("meeting")
def test_the_second_language_stays(staff: Client) -> None:
    shown = read(staff.get(f"{PREVIEW}items/3/?with=fr"))

    assert "Ouverture" in shown.text
    assert f"{PREVIEW}?with=fr#item-3" in shown.links


# Links to the forms --------------------------------------------------------------------------


def edits(page: Page) -> dict[str, str]:
    return {
        one.attributes["aria-label"]: one.attributes["href"] for one in page.all("a", class_="edit")
    }


def test_each_part_leads_to_its_form_by_a_name_of_its_own(editor: Client, meeting: Meeting) -> None:
    item = AgendaItem.objects.get()
    form = admin_url(Meeting, "change", meeting.pk)
    to_item = admin_url(AgendaItem, "change", item.pk)
    to_list = admin_url(SpeakingList, "change", item.lists.get().pk)

    assert edits(read(editor.get(PREVIEW))) == {
        "Edit the meeting": form,
        "Edit the sitting: 18 June 2024, Morning": f"{form}#sittings-group",
        "Edit item 3": to_item,
        "Edit list 1 of item 3": to_list,
        "Edit the panel “Universalization”": admin_url(
            type(meeting.panels.get()), "change", meeting.panels.get().pk
        ),
    }
    assert edits(read(editor.get(f"{PREVIEW}items/3/"))) == {
        "Edit item 3": to_item,
        "Edit list 1 of item 3": to_list,
    }


def test_an_item_without_a_number_is_named_by_its_title(editor: Client) -> None:
    make_list(make_item(make_meeting(slug="june"), title_en="Any other business"))

    assert [*edits(read(editor.get(PREVIEW)))] == [
        "Edit the meeting",
        "Edit the item “Any other business”",
        "Edit list 1 of the item “Any other business”",
    ]


@pytest.mark.usefixtures("meeting")
def test_only_forms_that_the_reader_may_use_are_linked(client: Client) -> None:
    client.force_login(make_editor("meetings.view_meeting", "panels.change_panel"))

    shown = read(client.get(PREVIEW))

    assert [*edits(shown)] == ["Edit the panel “Universalization”"]
    assert "Publish…" not in shown.text


def test_who_came_by_a_link_is_led_to_no_form(editor: Client, shared: SharedPreview) -> None:
    shown = read(editor.get(address(shared)))

    assert edits(shown) == {}
    assert [one for one in shown.links if "/admin/" in one] == []


# A draft that makes no programme -------------------------------------------------------------


@pytest.fixture
def broken(meeting: Meeting) -> Sitting:
    sitting = meeting.sittings.get()
    Sitting.objects.filter(pk=sitting.pk).update(date=datetime(2030, 1, 1, tzinfo=UTC))
    return sitting


@every_language
def test_staff_see_what_must_be_mended_first(
    staff: Client, meeting: Meeting, broken: Sitting, language: str
) -> None:
    response = staff.get(f"/{language}/preview/june/")

    shown = Page(response.content.decode())
    assert response.status_code == 409
    assert response["Cache-Control"] == "private, no-store"
    problems = [one for one in shown.all("a") if "problems" in classes_around(one)]
    assert {one.attributes["href"] for one in problems} == {
        admin_url(type(row), "change", row.pk, language=language)
        for row in (broken, AgendaItem.objects.get().placements.get())
    }
    assert shown.all("p", class_="draft-mark")
    assert admin_url(Meeting, "draft", meeting.pk, language=language) in shown.links


@pytest.mark.usefixtures("broken")
def test_who_came_by_a_link_is_asked_to_come_back(shared: SharedPreview) -> None:
    response = Client().get(address(shared))

    shown = Page(response.content.decode())
    assert response.status_code == 409
    assert "Please come back a little later." in shown.text
    assert [one for one in shown.links if "/admin/" in one] == []


# Links for colleagues without an account -----------------------------------------------------


@every_language
@every_page
def test_a_link_opens_every_page_without_a_cookie(
    shared: SharedPreview, below: str, language: str
) -> None:
    client = Client()

    response = client.get(address(shared, below, language))

    assert response.status_code == 200
    assert not client.cookies
    assert not response.has_header("Vary")


@every_page
def test_a_link_costs_its_row_and_one_compilation(
    shared: SharedPreview, django_assert_num_queries: DjangoAssertNumQueries, below: str
) -> None:
    # the link with its meeting; 13 to compile; designations
    with django_assert_num_queries(15):
        Client().get(address(shared, below))


def test_a_link_opens_in_the_language_of_its_reader(shared: SharedPreview) -> None:
    sent = address_of(shared)

    response = Client().get(sent.removeprefix(settings.SITE_URL), headers={"accept-language": "ar"})

    assert sent.startswith(f"{settings.SITE_URL}/shared/")
    assert (response.status_code, response["Location"]) == (302, address(shared, language="ar"))


def test_a_link_says_until_when_it_is_open(shared: SharedPreview) -> None:
    shown = read(Client().get(address(shared)))

    assert "open until 6 June 2024" in shown.text


@pytest.mark.parametrize(
    ("after", "status"),
    [(timedelta(days=3, seconds=-1), 200), (timedelta(days=3), 410), (timedelta(days=99), 410)],
    ids=["last second", "moment of expiry", "long after"],
)
def test_a_link_is_open_until_its_days_are_over(
    shared: SharedPreview, after: timedelta, status: int
) -> None:
    with time_machine.travel(NOON + after, tick=False):
        assert Client().get(address(shared)).status_code == status


def test_no_clock_in_the_address_opens_a_link_again(shared: SharedPreview) -> None:
    with time_machine.travel(NOON + timedelta(days=4), tick=False):
        assert Client().get(f"{address(shared)}?at=2024-06-03T12:00").status_code == 410


def test_a_revoked_link_leads_nowhere_at_once(shared: SharedPreview) -> None:
    assert revoke(shared, at=NOON)

    assert Client().get(address(shared)).status_code == 410
    assert not revoke(shared, at=NOON + timedelta(hours=1))
    shared.refresh_from_db()
    assert shared.revoked_at == NOON


def test_a_link_whose_row_is_gone_leads_nowhere(shared: SharedPreview) -> None:
    gone = address(shared)
    SharedPreview.objects.all().delete()

    assert Client().get(gone).status_code == 410


def test_a_link_opens_its_own_meeting_alone(shared: SharedPreview) -> None:
    other = make_item(make_meeting(slug="july"), number=8)

    assert Client().get(address(shared, f"items/{other.number}/")).status_code == 404


def tampered(token: str) -> dict[str, str]:
    row, _, signature = token.partition(".")
    return {
        "another row": f"{'0' * 32}.{signature}",
        "another signature": f"{row}.{signature[::-1]}",
        "no signature": row,
        "in lower case": token.lower(),
        "cut short": token[:-1],
        "nothing signed": ".",
        "no token": "admin",
    }


@every_language
def test_a_link_that_we_did_not_make_is_not_found_and_asks_no_database(
    shared: SharedPreview, django_assert_num_queries: DjangoAssertNumQueries, language: str
) -> None:
    for token in tampered(token_of(shared)).values():
        with django_assert_num_queries(0):
            response = Client().get(f"/{language}/shared/{token}/")

        assert response.status_code == 404
        assert Page(response.content.decode()).one("html").attributes["lang"] == language


@every_language
def test_a_closed_link_is_told_in_the_readers_language(
    shared: SharedPreview, language: str
) -> None:
    revoke(shared, at=NOON)

    response = Client().get(address(shared, "items/3/", language))

    shown = Page(response.content.decode())
    assert (response.status_code, shown.one("html").attributes["lang"]) == (410, language)
    assert response["Referrer-Policy"] == "no-referrer"
    assert "Opening" not in shown.text


def test_a_signature_for_something_else_opens_nothing(shared: SharedPreview) -> None:
    assert id_in(token_of(shared)) == shared.pk
    assert id_in(Signer(sep=".", salt="another").sign(shared.pk.hex)) is None
