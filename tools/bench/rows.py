"""Rows for a site under load; imported once the settings are known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from django.conf import settings
from django.contrib.auth.models import User

from meetings.directory import import_delegations
from meetings.models import Delegation, Meeting
from programme.document.programme import ProgrammeDocument
from programme.document.stored import digest_of
from programme.models import AgendaItem, Presenter, Publication
from programme.publishing.watcher import version_of
from programme.rows.compiling import compile_document
from tools.bench.places import LANGUAGES, MEETING
from tools.bench.speed import timed
from tools.servers.rows import PROGRAMMES, meeting_from, published, session_of


def fill() -> Meeting:
    """Publish the programmes of 2024; give the Intersessional Meetings."""
    import_delegations()
    for name in (MEETING, "2024-first-preparatory-meeting"):
        published(meeting_from(PROGRAMMES / f"{name}.yaml"))
    return Meeting.objects.get(slug=MEETING)


def meeting_of(items: int) -> Meeting:
    """A meeting of so many items in four languages, each with a presenter and a list of six."""
    meeting = _meeting(f"meeting-of-{items}")
    states = list(Delegation.objects.filter(kind=Delegation.Kind.STATE).order_by("code"))
    for number in range(1, items + 1):
        item = AgendaItem.objects.create(
            meeting=meeting,
            number=number,
            position=number,
            title_en=f"Implementation of part {number} of the action plan",
            title_fr=f"Mise en œuvre de la partie {number} du plan d’action",
            title_es=f"Aplicación de la parte {number} del plan de acción",
            title_ar=f"تنفيذ الجزء {number} من خطة العمل",
            text_en="The Committee will present its activities and preliminary observations.",
            text_fr="Le Comité présentera ses activités et ses observations préliminaires.",
        )
        item.presenters.create(role=Presenter.Role.PRESENTS, function_en="the Committee")
        item.placements.create(date=meeting.starts_on)
        named = item.lists.create(invitation_en="The following States ({delegations}) are invited.")
        first = number * 6 % (len(states) - 6)
        for state in states[first : first + 6]:
            named.entries.create(delegation=state)
    return meeting


def _meeting(slug: str) -> Meeting:
    days = {"starts_on": date(2024, 6, 18), "ends_on": date(2024, 6, 20)}
    return Meeting.objects.create(slug=slug, name_en="2024 Intersessional Meetings", **days)


def publish_many(count: int) -> None:
    """Have so many meetings public, each with the programme of 2024 under an address of its own."""
    model = Publication.objects.of(Meeting.objects.get(slug=MEETING)).current().get()
    read = ProgrammeDocument.from_json(model.document)
    for number in range(count):
        meeting = _meeting(f"another-{number}")
        own = replace(read.meeting, id=str(meeting.pk), slug=meeting.slug)
        document = replace(read, meeting=own).to_json()
        Publication.objects.create(
            meeting=meeting,
            serial=1,
            slug=meeting.slug,
            published_at=model.published_at - timedelta(days=number),
            document=document,
            digest=digest_of(document),
        )


def every_programme() -> list[str]:
    """The programme page of every published meeting in every language."""
    slugs = Publication.objects.current().values_list("slug", flat=True)
    return [f"/{language}/meetings/{slug}/" for slug in slugs for language in LANGUAGES]


def publish_correction(meeting: Meeting, number: int) -> str:
    """Change a title and publish; give the words that pages say from now on."""
    item = AgendaItem.objects.of(meeting).filter(parent=None).exclude(title_en="")[0]
    words = f"Correction {number} of the day"
    item.title_en = words
    item.save(update_fields=["title_en"])
    published(meeting)
    return words


def staff_cookie() -> str:
    """A cookie of somebody who is logged in to the admin."""
    user = User.objects.create_superuser("administrator", password="not-used-to-log-in")  # noqa: S106
    return f"{settings.SESSION_COOKIE_NAME}={session_of(user)}"


def costs_of(meeting: Meeting) -> str:
    """Compile its rows, publish them, and load what was published, in milliseconds."""
    compiling = timed(lambda: compile_document(meeting))
    publications = []
    publishing = timed(lambda: publications.append(published(meeting)), times=1)
    version = version_of(publications[0])
    loading = timed(version.edition)
    return f"compile {compiling:.0f}, publish {publishing:.0f}, load {loading:.0f}"
