"""What was published: to be read, never to be changed."""

# ruff: noqa: ARG002, FBT001, FBT002 -- the signatures are Django's

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, reverse
from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin

from desk.publish.undoing import MAY_WITHDRAW, again_view, withdraw_view
from desk.rows.filters import MeetingFilter
from desk.rows.texts import fieldset
from desk.rows.titles import Titled
from desk.shared.moments import in_zone
from desk.shared.pages import may_publish, pages_beside
from desk.shared.subject_names import version_name
from desk.shared.types import Context, ModelForm
from meetings.types import Passed
from programme.comparing.change_lines import Line
from programme.comparing.lines.covering import worth_telling
from programme.models import Publication
from programme.renderers.changes import Group, Told, groups


@admin.register(Publication)
class PublicationAdmin(Titled, TranslationAdmin[Publication]):
    """All publications, the latest meeting and the latest version first."""

    to_meeting = "meeting"
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("meeting", "slug"),
                    ("serial", "version"),
                    ("when_published", "who_published"),
                    ("is_reissue", "restored_serial"),
                    ("when_withdrawn", "who_withdrew"),
                    "withdrawal_reason",
                )
            },
        ),
        fieldset(Publication, "note"),
        (_("Changes against the version before"), {"fields": ("told",)}),
    )
    readonly_fields = (
        *("version", "when_published", "who_published", "when_withdrawn", "who_withdrew", "told"),
    )
    list_display = (
        "version",
        "meeting",
        "serial",
        "when_published",
        "published_by",
        "change_count",
        "when_withdrawn",
    )
    list_filter = (MeetingFilter,)
    list_select_related = ("meeting", "published_by", "withdrawn_by")
    ordering = ("-meeting__starts_on", "meeting", "-serial")
    show_full_result_count = False

    def get_urls(self) -> list[URLPattern]:
        """Add the pages that undo what is public."""
        pages = {"again": again_view, "withdraw": withdraw_view}
        return [*pages_beside(self, "publication_id", pages), *super().get_urls()]

    def render_change_form(
        self, request: HttpRequest, context: Context, *args: Passed, **kwargs: Passed
    ) -> HttpResponse:
        """Offer, beside what was published, its notice and ways to undo it."""
        context["may_publish"] = may_publish(request)
        context["may_withdraw"] = request.user.has_perm(MAY_WITHDRAW)
        return super().render_change_form(request, context, *args, **kwargs)

    def get_form(
        self,
        request: HttpRequest,
        obj: Publication | None = None,
        change: bool = False,
        **kwargs: object,
    ) -> type[ModelForm]:
        """Explain fields in text: Django takes what explains them for markup."""
        explained = {one.name: escape(one.help_text) for one in self.opts.fields if one.help_text}
        return super().get_form(request, obj, change=change, **{"help_texts": explained, **kwargs})

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuse: a meeting is published from its own form."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Publication | None = None) -> bool:
        """Refuse: what was published stays as it was."""
        return False

    has_delete_permission = has_change_permission

    def view_on_site(self, publication: Publication) -> str | None:
        """The version's public page, unless it is withdrawn."""
        if publication.withdrawn_at:
            return None
        parts = {"meeting": publication.slug, "serial": publication.serial}
        return reverse("version:programme", kwargs=parts)

    @admin.display(description=_("version"), ordering="designation")
    def version(self, publication: Publication) -> str:
        """The designation as people read it."""
        return version_name(publication)

    @admin.display(description=_("published at"), ordering="published_at")
    def when_published(self, publication: Publication) -> str:
        """By the clocks of the meeting."""
        return in_zone(publication.published_at, publication.meeting.zone)

    @admin.display(description=_("withdrawn at"), ordering="withdrawn_at")
    def when_withdrawn(self, publication: Publication) -> str:
        """By the clocks of the meeting; "" where it stands."""
        at = publication.withdrawn_at
        return in_zone(at, publication.meeting.zone) if at else ""

    @admin.display(description=_("published by"))
    def who_published(self, publication: Publication) -> str:
        """The account by name: few may see its form, to which Django would lead everybody."""
        return str(publication.published_by or "–")

    @admin.display(description=_("withdrawn by"))
    def who_withdrew(self, publication: Publication) -> str:
        """The account by name."""
        return str(publication.withdrawn_by or "–")

    @admin.display(description=_("changes"))
    def change_count(self, publication: Publication) -> int:
        """How many subjects changed against the version before."""
        return len(worth_telling(Line.read(one) for one in publication.changes))

    @admin.display(description=_("changes"))
    def told(self, publication: Publication) -> SafeString | str:
        """The changes in words; those that delegates do not see are marked."""
        lines = [Line.read(one) for one in publication.changes]
        if lines:
            return groups_as_html(groups(lines, get_language() or "en"))
        if publication.is_reissue:
            return str(_("No change of meaning."))
        if publication.designation:
            return str(_("No changes are listed for this version."))
        return str(_("The first version."))


def groups_as_html(told: list[Group]) -> SafeString:
    """Changes by subject."""
    return format_html_join(
        "",
        "<h3>{}</h3><ul>{}</ul>",
        (
            (group.heading, format_html_join("", "<li>{}{}</li>", map(_sentence, group.sentences)))
            for group in told
        ),
    )


def _sentence(told: Told) -> tuple[str, str]:
    is_held_back = any(one.is_held_back for one in told.lines)
    mark = _("held back")
    return str(told), f" ({mark})" if is_held_back else ""
