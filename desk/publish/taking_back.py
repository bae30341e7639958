"""Reverting rows to what is public ("take back"), of some subjects or of a whole meeting."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from desk.draft.status import DraftStatus, status_or_404
from desk.publish.differences import Comparison, DifferenceView
from desk.shared.pages import CONFLICT, frame, may_restore, page_address
from desk.shared.subject_names import subject_name
from desk.shared.types import Admin, Context
from programme.comparing.changes import changes
from programme.comparing.differences import FieldDifference
from programme.comparing.directory import OF_DELEGATIONS
from programme.comparing.grafting import TakenBack, taken_back
from programme.rows.restoring import Restored, restore
from programme.rows.restoring_refusals import CannotRestoreError, RowsMovedError

TEMPLATE = "desk/publish/restore.html"

WHAT_HAPPENS: Mapping[str, Promise | str] = {
    "added": pgettext_lazy("in the draft", "comes back"),
    "changed": pgettext_lazy("in the draft", "changes back"),
    "removed": pgettext_lazy("in the draft", "is lost"),
}
"""What happens to a subject when the public state is taken back."""


@require_http_methods(["GET", "HEAD", "POST"])
def restore_view(request: HttpRequest, meeting_id: uuid.UUID, model_admin: Admin) -> HttpResponse:
    """Show what the draft would lose; a POST takes the public state back.

    The query names subjects (`subject`); none: the whole meeting. Refused (403) to whoever may
    not change, add and delete rows. A draft that changed since is shown again, with 409.
    """
    if not may_restore(request):
        raise PermissionDenied
    draft_status = status_or_404(meeting_id)
    page = _Page(request, model_admin, draft_status, tuple(request.GET.getlist("subject")))
    return page.restore() if request.method == "POST" else page.shown()


@dataclass
class _Page:
    """One request for the page."""

    request: HttpRequest
    model_admin: Admin
    draft_status: DraftStatus
    subjects: tuple[str, ...]

    @cached_property
    def language(self) -> str:
        """The language of the page."""
        return get_language() or "en"

    @cached_property
    def back(self) -> TakenBack:
        """What the draft would say then."""
        public = self.draft_status.draft.public_document or self.draft_status.document
        return taken_back(self.draft_status.document, public, self.subjects or None)

    @cached_property
    def comparison(self) -> Comparison:
        """What would differ: of all that comes back, asked for or not, and of what is lost."""
        return Comparison(self.draft_status.document, self.back.document, self.language)

    @cached_property
    def losses(self) -> list[DifferenceView]:
        """What would change in the draft: what it would lose, and what would come back."""
        views = self.comparison.differences(but=_is_shared)
        return [replace(one, words=WHAT_HAPPENS) for one in views]

    @cached_property
    def is_whole(self) -> bool:
        """Whether all that differs is taken back."""
        public = self.draft_status.draft.public_document
        return self.back.is_whole or not changes(public, self.back.document)

    @property
    def keeps_shared(self) -> bool:
        """Whether something differs that stays as it is, since all meetings share it."""
        return any(_is_shared(field) for one in self.comparison.found for field in one.fields)

    def restore(self) -> HttpResponse:
        """Take the public state back, if the draft still is what was looked at."""
        draft = self.draft_status.draft
        if draft.public_document is None or not self.losses:
            return self.shown(status=CONFLICT)
        try:
            restored = restore(
                self.draft_status.meeting,
                self.subjects or None,
                document=draft.public_document,
                expected_digest=self.request.POST.get("digest") or "-",
            )
        except RowsMovedError:
            anew = replace(self, draft_status=DraftStatus(self.draft_status.meeting.pk))
            return anew.shown(warning=anew.moved_warning(), status=CONFLICT)
        except CannotRestoreError as error:
            return self.refused(error)
        return self.done(restored)

    def moved_warning(self) -> str:
        """Why nothing was changed, of a page that is shown anew."""
        if not self.losses:
            return _("Nothing was changed: somebody saved since you opened this page.")
        return _(
            "Nothing was changed: somebody saved since you opened this page. Look at what "
            "would be lost now, and confirm again."
        )

    def refused(self, error: CannotRestoreError) -> HttpResponse:
        """Say what is in the way, and offer to take that back as well."""
        together = page_address(
            "restore", self.draft_status.meeting.pk, subjects=[*self.subjects, *error.needed]
        )
        return self.shown(
            reasons=error.reasons, together=together if error.needed else "", status=CONFLICT
        )

    def done(self, restored: Restored) -> HttpResponse:
        """Write it into the meeting's log, say what came back as well, and show the draft."""
        names = [str(one.name) for one in self.losses if not one.depth]
        log = _("Took the public state back: %(names)s") % {"names": "; ".join(names)}
        self.model_admin.log_change(self.request, self.draft_status.meeting, log)
        messages.success(self.request, self.said())
        if too := [str(subject_name(one, self.language, {})) for one in restored.too]:
            told = _("These had to come back as well: %(names)s") % {"names": "; ".join(too)}
            messages.info(self.request, told)
        return HttpResponseRedirect(page_address("draft", self.draft_status.meeting.pk))

    def said(self) -> str:
        """What the draft says now: what all meetings share stays as it is, and what else waits."""
        if not self.is_whole:
            return self.said_of_some()
        if self.keeps_shared:
            return _(
                "The draft says again what is public, but for what all meetings share: names or "
                "status of delegations, or texts of the venue."
            )
        return _("The draft says again what is public.")

    def said_of_some(self) -> str:
        """The same where only some of what waits was taken back."""
        if self.keeps_shared:
            return _(
                "Taken back, but for what all meetings share: names or status of delegations, or "
                "texts of the venue. What else is not public yet stays in the draft."
            )
        return _("Taken back. What else is not public yet stays in the draft.")

    def shown(
        self,
        *,
        warning: str = "",
        reasons: Collection[str] = (),
        together: str = "",
        status: int = 200,
    ) -> HttpResponse:
        """The page with what the draft would lose."""
        outer = frame(
            self.request,
            self.model_admin,
            self.draft_status.meeting,
            gettext_lazy("Take the public state back"),
        )
        context: Context = {
            "differences": self.losses,
            "keeps_shared": self.keeps_shared,
            "digest": self.draft_status.draft.digest,
            "public": self.draft_status.public,
            "is_of_some": bool(self.subjects) and not self.is_whole,
            "warning": warning,
            "reasons": reasons,
            "together": together,
        }
        return TemplateResponse(self.request, TEMPLATE, outer | context, status=status)


def _is_shared(field: FieldDifference) -> bool:
    """Whether a field tells of a row that stays: a delegation, or the same venue or meeting."""
    if field.name == "names" or field.name in OF_DELEGATIONS:
        return True
    ids = [getattr(one, "id", None) for one in (field.before, field.after)]
    return ids[0] is not None and ids[0] == ids[1]
