"""Publishing some subjects alone: a correction on the day, whatever else is half done."""

from __future__ import annotations

import uuid

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from desk.publish.choice import PublishForm
from desk.publish.release_desk import PublishPage
from desk.shared.pages import CONFLICT, may_publish, page_address
from desk.shared.subject_names import subject_name
from desk.shared.types import Admin
from meetings.models import Meeting
from programme.comparing.changes import Subject
from programme.comparing.grafting import NeedsSubjectError
from programme.document.nodes import Text
from programme.models import Publication
from programme.publishing.draft import Draft, draft_of
from programme.publishing.verbs import publish


class SomeSubjectsPage(PublishPage):
    """One request to publish some subjects and nothing else."""

    template = "desk/publish/some_subjects.html"
    offers_single = False
    asks_for_warnings = False  # the page is short enough to be seen
    title = _("Publish this alone")

    def __init__(self, request: HttpRequest, meeting: Meeting, model_admin: Admin) -> None:
        super().__init__(request, meeting, model_admin)
        self.asked = request.GET.getlist("subject")
        self.subjects = self.asked

    def draft(self) -> Draft:
        """What would be public if these alone were published."""
        return draft_of(self.meeting, self.asked)

    def publish(self, form: PublishForm) -> Publication:
        """Publish these alone."""
        return publish(
            self.meeting,
            expected_digest=form.cleaned_data["digest"],
            subjects=self.asked,
            **self.said(form),
        )

    def answer(self) -> HttpResponse:
        """Answer as the desk does; say what else is needed where it cannot be these alone."""
        try:
            return super().answer()
        except NeedsSubjectError as error:
            return self.needing(error.needed)

    def needing(self, needed: tuple[Subject, ...]) -> HttpResponse:
        """The page that names what else is needed, and offers to publish it together."""
        context = {
            "needed": [self._needed(one) for one in needed],
            "together": page_address(
                "some_subjects",
                self.meeting.pk,
                subjects=[*self.asked, *(subject.id for subject in needed)],
            ),
            "warning": "",
            "problems": "",
        }
        return self.rendered(context, CONFLICT if self.request.method == "POST" else 200)

    def _needed(self, subject: Subject) -> dict[str, Text | str]:
        return {
            "kind": subject.kind,
            "name": subject_name(subject, self.language, {}),
            "address": f"{page_address('publish', self.meeting.pk)}#difference-{subject.id}",
        }


@require_http_methods(["GET", "HEAD", "POST"])
def some_subjects_view(
    request: HttpRequest, meeting_id: uuid.UUID, model_admin: Admin
) -> HttpResponse:
    """Show what would be published of some subjects (`subject` in the query); a POST does it.

    Refused (403) to whoever may not publish. Where nothing is public yet, the whole programme is
    to be published: the answer leads there.
    """
    if not may_publish(request):
        raise PermissionDenied
    meeting = get_object_or_404(Meeting, pk=meeting_id)
    if not Publication.objects.of(meeting).standing().exists() or "subject" not in request.GET:
        return HttpResponseRedirect(page_address("publish", meeting.pk))
    return SomeSubjectsPage(request, meeting, model_admin).answer()
