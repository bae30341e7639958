"""What the start page of the desk says: the meeting at hand, and the next thing to do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.contrib.auth.models import AnonymousUser, User
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from desk.draft.status import DraftStatus
from desk.rows.texts import NAMES
from desk.shared.pages import page_address
from meetings.groups import languages_of
from meetings.models import Meeting
from meetings.rows import LANGUAGES, SOURCE_LANGUAGE
from programme.document.nodes import Text
from programme.document.speaker_names import isolated
from programme.language.lists import COMMAS
from programme.models import Publication

OTHERS_SHOWN = 8
"""Meetings that are named beside the one at hand; all stand in their list."""


@dataclass(frozen=True, slots=True)
class NextThing:
    """One thing to do, and where it is done."""

    sentence: str
    action: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class LanguageProgress:
    """How far the draft is translated into a language."""

    code: str
    name: str
    missing: int
    behind: int
    address: str
    is_own: bool
    """Whether the account translates into it."""

    @property
    def number(self) -> int:
        """How many texts there are to write."""
        return self.missing + self.behind


@dataclass(frozen=True, slots=True)
class MeetingInBrief:
    """A meeting by name, with what is public of it."""

    meeting: Meeting
    public: Publication | None
    address: str


def at_hand(meetings: Iterable[Meeting], at: datetime) -> Meeting | None:
    """The meeting that is on at a moment, or the next to come; else the latest."""
    by_day = sorted(meetings, key=lambda one: (one.starts_on, one.ends_on))
    to_come = (one for one in by_day if one.ends_on >= at.astimezone(ZoneInfo(one.zone)).date())
    return next(to_come, by_day[-1] if by_day else None)


class StartPage:
    """The start page for one account at one moment."""

    def __init__(self, user: User | AnonymousUser, at: datetime) -> None:
        self.user = user
        self.meetings = list(Meeting.objects.in_order())
        meeting = at_hand(self.meetings, at)
        self.status = DraftStatus(meeting.pk) if meeting else None

    @cached_property
    def others(self) -> list[MeetingInBrief]:
        """The other meetings, the latest first."""
        public = {
            version.meeting_id: version
            for version in Publication.objects.current().defer("document", "changes", "cancelled")
        }
        own = self.status.meeting.pk if self.status else None
        others = [one for one in self.meetings if one.pk != own]
        return [
            MeetingInBrief(meeting, public.get(meeting.pk), page_address("draft", meeting.pk))
            for meeting in others[:OTHERS_SHOWN]
        ]

    @cached_property
    def languages(self) -> list[LanguageProgress]:
        """How far the meeting at hand is translated; the account's own languages first."""
        if not self.status:
            return []
        languages = [self._progress(code) for code in LANGUAGES]
        shown = [one for one in languages if one.code != SOURCE_LANGUAGE or one.number]
        return sorted(shown, key=lambda one: not one.is_own)

    def _progress(self, code: str) -> LanguageProgress:
        assert self.status  # noqa: S101 -- asked for of a meeting alone
        return LanguageProgress(
            code=code,
            name=NAMES[code],
            missing=self.status.number_untranslated("missing", code),
            behind=self.status.number_untranslated("behind", code),
            address=self._draft("untranslated", language=code),
            is_own=code in self.own_languages,
        )

    @cached_property
    def own_languages(self) -> Sequence[str]:
        """The languages that the account translates into."""
        return languages_of(self.user)

    @cached_property
    def next_thing(self) -> NextThing:
        """The one thing that should be done next, as far as the rows tell."""
        if not self.status:
            return NextThing(_("There is no meeting yet. Add the first one."))
        return next(
            thing
            for thing in (self._mend(), self._translate(), self._publish(), self._nothing())
            if thing is not None
        )

    def _draft(self, show: str, **query: str) -> str:
        assert self.status  # noqa: S101 -- asked for of a meeting alone
        address = page_address("draft", self.status.meeting.pk)
        return f"{address}?{urlencode({'show': show, **query})}"

    def _mend(self) -> NextThing | None:
        number = len(self.status.problems) if self.status else 0
        if not number:
            return None
        sentence = ngettext(
            "%(number)d error keeps the draft from being published.",
            "%(number)d errors keep the draft from being published.",
            number,
        )
        return NextThing(
            sentence % {"number": number}, _("Mend the errors"), self._draft("unfinished")
        )

    def _translate(self) -> NextThing | None:
        """Translate: into the account's own languages, or, where it has none, into any."""
        own = [one for one in self.languages if one.is_own] or self.languages
        number = sum(one.number for one in own)
        if not number:
            return None
        open_ones = [one for one in own if one.number]
        names = {"number": number, "languages": self._names(open_ones)}
        query = {"language": open_ones[0].code} if len(open_ones) == 1 else {}
        address = self._draft("untranslated", **query)
        if query.get("language") == SOURCE_LANGUAGE:
            sentence = ngettext(
                "%(number)d text is missing in %(languages)s.",
                "%(number)d texts are missing in %(languages)s.",
                number,
            )
            return NextThing(sentence % names, _("Write what is missing"), address)
        sentence = ngettext(
            "%(number)d text is missing or behind the English in %(languages)s.",
            "%(number)d texts are missing or behind the English in %(languages)s.",
            number,
        )
        return NextThing(sentence % names, _("Translate"), address)

    def _names(self, languages: Iterable[LanguageProgress]) -> str:
        """Languages by their own names, listed as the reader's language lists."""
        reader = get_language() or "en"
        names = (Text(one.name, one.code, asked_for=one.code) for one in languages)
        return COMMAS[reader].join(isolated(one, reader) for one in names)

    def _publish(self) -> NextThing | None:
        status = self.status
        if not status or not status.draft.has_changes:
            return None
        if status.is_withdrawn:
            sentence = _("Nothing of this meeting is public: every version was withdrawn.")
        elif status.public is None:
            sentence = _("Nothing of this meeting is public yet.")
        else:
            sentence = pending_sentence(status.number_pending)
        if number := status.number_of_warnings:
            look = ngettext(
                "%(number)d warning should be looked at before.",
                "%(number)d warnings should be looked at before.",
                number,
            )
            sentence = f"{sentence} {look % {'number': number}}"
        if not self.user.has_perm("programme.add_publication"):
            return NextThing(sentence, _("See what is not public yet"), self._draft("unpublished"))
        address = page_address("publish", status.meeting.pk)
        return NextThing(sentence, _("Look at the changes and publish"), address)

    def _nothing(self) -> NextThing:
        return NextThing(_("Nothing: all that stands in the draft is public."))


def pending_sentence(number: int) -> str:
    """How many changes the public does not see."""
    sentence = ngettext(
        "%(number)d change is not public yet.", "%(number)d changes are not public yet.", number
    )
    return sentence % {"number": number}
