"""What staff do at the desk with a long programme; imported once the settings are known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from meetings.directory import import_delegations
from programme.models import AgendaItem, Publication
from programme.publishing.draft import draft_of
from programme.publishing.verbs import publish
from programme.rows.compiling import compile_document
from tools.bench.rows import meeting_of
from tools.servers.rows import published


class Staff:
    """Somebody who may do everything, and a meeting of which a part is changed."""

    def __init__(self, items: int, *, every: int) -> None:
        import_delegations()
        self.meeting = meeting_of(items)
        self.numbers = range(1, items + 1, every)
        self.revision = 0
        published(self.meeting)
        self.change()
        self.client = Client()
        self.client.force_login(User.objects.create_superuser("editor"))

    def change(self) -> None:
        """Give one item in so many another title."""
        self.revision += 1
        for item in AgendaItem.objects.of(self.meeting).filter(number__in=self.numbers):
            item.title_en = f"Part {item.number}, in its wording {self.revision}"
            item.save()
        self.digest = draft_of(self.meeting).digest

    def actions(self) -> Mapping[str, Callable[[], object]]:
        """What is measured, by name; publishing comes last, since it changes what is shown."""
        item = AgendaItem.objects.of(self.meeting).earliest("number")
        pending = reverse("admin:meetings_meeting_pending", args=[self.meeting.pk])
        pages = {
            "start page": "/en/admin/",
            "draft page": reverse("admin:meetings_meeting_draft", args=[self.meeting.pk]),
            "release desk": reverse("admin:meetings_meeting_publish", args=[self.meeting.pk]),
            "form of an item": reverse("admin:programme_agendaitem_change", args=[item.pk]),
            "what is pending of it": f"{pending}?subject={item.pk}",
        }
        return {
            "compile": partial(compile_document, self.meeting),
            **{name: partial(self.open, address) for name, address in pages.items()},
        }

    def publish(self) -> Publication:
        """Publish the draft that somebody looked at, as the desk does."""
        return publish(self.meeting, by=None, at=timezone.now(), expected_digest=self.digest)

    def open(self, address: str) -> None:
        """Ask for a page. Raises ValueError where it does not come."""
        answer = self.client.get(address)
        if answer.status_code != 200:
            raise ValueError(f"{address} answers {answer.status_code}.")
