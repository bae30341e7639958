"""The notice of change: what a publisher writes to delegations, ready to be pasted into an e-mail.

A pure function of an edition: plain text in one language, with its subject line, the lines that
delegates may read, and the public address.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from programme.comparing.change_lines import in_order
from programme.document.nodes import LANGUAGES
from programme.language.bidi import direction
from programme.pages.links import Links
from programme.renderers.changes import groups
from programme.shelf.edition import Edition


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice in one language."""

    code: str
    subject: str
    text: str

    @property
    def name(self) -> str:
        """The language's own name."""
        return str(dict(settings.LANGUAGES)[self.code])

    @property
    def dir(self) -> str:
        """Writing direction of the language."""
        return direction(self.code)


def notices_of(edition: Edition, *, is_back: bool = False) -> list[Notice]:
    """The notice of an edition in every language."""
    return [notice_of(edition, language, is_back=is_back) for language in LANGUAGES]


def notice_of(edition: Edition, language: str, *, is_back: bool = False) -> Notice:
    """The notice of an edition in one language; lines that are held back are left out.

    `is_back`: whether every version before it was withdrawn, so that it changed none.
    """
    with override(language):
        meeting = str(edition.document.meeting.name.in_language(language))
        parts = [
            _opening(edition, is_back=is_back)
            % {"meeting": meeting, "version": edition.designation},
            str(edition.note.in_language(language)),
            _told(edition, language),
            "\n".join((_("The programme:"), _address(edition))),  # on lines of their own: Arabic
        ]
        return Notice(
            language,
            _subject(edition, meeting, is_back=is_back),
            "\n\n".join(filter(None, parts)) + "\n",
        )


def _subject(edition: Edition, meeting: str, *, is_back: bool) -> str:
    if not edition.designation:
        return _("%(meeting)s: programme published") % {"meeting": meeting}
    names = {"meeting": meeting, "version": edition.designation}
    if is_back:
        return _("%(meeting)s: programme public again (%(version)s)") % names
    if edition.is_reissue:
        return _("%(meeting)s: programme reissued (%(version)s)") % names
    return _("%(meeting)s: programme changed (%(version)s)") % names


def _opening(edition: Edition, *, is_back: bool) -> str:
    if is_back:
        return _("The programme of “%(meeting)s” is public again; this version is %(version)s.")
    if edition.is_reissue:
        return _(
            "The programme of “%(meeting)s” has been reissued with mended wording. "
            "What it says has not changed."
        )
    if not edition.designation:
        return _("The programme of “%(meeting)s” is published.")
    return _("The programme of “%(meeting)s” has changed; this version is %(version)s.")


def _told(edition: Edition, language: str) -> str:
    """The changes by item and panel, each as a sentence."""
    public = (one for one in edition.lines if not one.is_held_back)
    lines = in_order(public, edition.document)
    return "\n\n".join(
        "\n".join((group.heading, *(f"– {told}" for told in group.sentences)))
        for group in groups(lines, language)
    )


def _address(edition: Edition) -> str:
    """The public address of the programme in the active language."""
    return f"{settings.SITE_URL}{Links(edition.slug).programme}"
