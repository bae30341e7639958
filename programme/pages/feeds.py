"""Feeds of publications, in Atom (RFC 4287): one for each meeting and one for each delegation.

An entry is a version as people call it: a reissue tells nobody anything new, and so changes
nothing here. Ids are made of ids and serials, so that they stay when names and addresses change.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext
from django.utils.xmlutils import SimplerXMLGenerator

from meetings.texts.typed_text import fit_for_xml
from programme.document.nodes import Delegation, Text
from programme.document.speaker_names import isolated
from programme.language.bidi import isolate
from programme.language.lists import COMMAS
from programme.pages.gone import no_delegation
from programme.pages.links import absolute
from programme.pages.shown import News, Shown, language, lines_of, next_first, told
from programme.pages.views import moment, of_edition, public_page
from programme.pages.whereabouts import ids_of, known_as
from programme.shelf.releases import Release, moments_told, releases
from programme.shelf.shelf import shelf

IDS = UUID("365f18c6-09c1-4335-9287-36f936e34c70")
"""Ours alone: what the ids of feeds and entries are made from."""


class Feed(Atom1Feed):
    """Atom whose entries hold their content, and whose date stands still while it has none."""

    begun_at: datetime
    """Its date before it has any entry."""

    def latest_post_date(self) -> datetime:
        """When the feed last said anything new."""
        dates: list[datetime] = [one["updateddate"] for one in self.items]
        return max(dates, default=self.begun_at)

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        """Add the content of an entry, as HTML (RFC 4287, 3.1.1.2)."""
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["content"], {"type": "html"})


@of_edition
def meeting(_request: HttpRequest, shown: Shown) -> HttpResponse:
    """What each version of a meeting's programme changed."""
    about = shown.programme.meeting
    news = [News(shown, one, told(one.lines, shown)) for one in releases(shown.versions)]
    name = isolated(about.name, language())
    return response(
        feed(
            gettext("%(meeting)s: changes of the programme") % {"meeting": name},
            urn(about.id),
            page=shown.links.programme,
            own=shown.links.feed,
            begun_at=news[-1].release.published_at,
        ),
        [(one, urn(about.id, one.release.first.serial)) for one in news],
    )


@public_page
def delegation(request: HttpRequest, code: str) -> HttpResponse:
    """What versions of any programme changed for one delegation, or who first named it."""
    known = known_as(code)
    if known is None:
        return no_delegation(request, code, "delegation-feed")
    ids = ids_of(known)
    lasting = lasting_name(known, ids)
    at = moment(request)
    meetings = [Shown.of(edition, at=at) for edition in next_first(at)]
    entries = [
        (news, urn(news.shown.edition.document.meeting.id, news.release.first.serial, lasting))
        for shown in meetings
        for news in concerning(ids, shown)
    ]
    name = isolated(known.name, language())
    return response(
        feed(
            gettext("%(delegation)s: changes of programmes") % {"delegation": name},
            urn("delegation", lasting),
            page=reverse("delegation", kwargs={"code": code}),
            own=reverse("delegation-feed", kwargs={"code": code}),
            begun_at=min(shown.release.published_at for shown in meetings),
        ),
        entries,
        known.name,
    )


def lasting_name(delegation: Delegation[Text], ids: Collection[str]) -> str:
    """What ids of its feed are made from: the first code that it had, if nobody had that before."""
    first_first = shelf.all_versions()[::-1]
    code = shelf.left.called(ids, first_first) or delegation.code
    stay = shelf.left.last("delegation", code, first_first)
    return code if stay is None or stay.id in ids else delegation.id


def concerning(ids: Collection[str], shown: Shown) -> Iterable[News]:
    """The versions that changed something for a delegation, and the first if it names it."""
    every = releases(shown.versions)
    slug = shown.edition.slug
    first_code = shelf.left.called(ids, shelf.versions(slug)[-1:])
    for release in every:
        lines = lines_of(ids, shown, release)
        is_named = release is every[-1] and first_code in shelf.named_at_first(slug)
        if lines or is_named:
            yield News(shown, release, told(lines, shown))


# --- how a feed is written -------------------------------------------------------------------


def feed(title: str, guid: str, *, page: str, own: str, begun_at: datetime) -> Feed:
    """An empty feed in the active language; `begun_at` is its date while it stays empty."""
    empty = Feed(
        title=fit_for_xml(title),
        link=absolute(page),
        description="",
        language=language(),
        author_name=gettext(
            "Implementation Support Unit of the Anti-Personnel Mine Ban Convention"
        ),
        author_link=f"{settings.SITE_URL}/",
        feed_url=absolute(own),
        feed_guid=guid,
    )
    empty.begun_at = begun_at
    return empty


def response(
    empty: Feed, entries: Iterable[tuple[News, str]], named: Text | None = None
) -> HttpResponse:
    """A feed with these entries; `named` is the delegation whose feed it is."""
    dated = [(told_at(news), news, guid) for news, guid in entries]
    for at, news, guid in sorted(dated, key=lambda one: one[0], reverse=True):
        empty.add_item(
            title=fit_for_xml(title_of(news.shown, news.release)),
            link=absolute(news.shown.links.changes_in(news.release)),
            description=None,  # type: ignore[arg-type]  # the content says it all
            unique_id=guid,
            pubdate=at,
            updateddate=at,
            content=fit_for_xml(
                render_to_string("programme/_feed_entry.html", {"news": news, "named": named})
            ).strip(),
        )
    return HttpResponse(empty.writeString("utf-8"), content_type=f"{Feed.content_type}")


def told_at(news: News) -> datetime:
    """The moment by which readers order a version: later than that of the one before it."""
    return moments_told(news.shown.versions)[news.release.first.serial]


def title_of(shown: Shown, release: Release) -> str:
    """What an entry is called: the meeting and the version."""
    name = isolated(shown.programme.meeting.name, language())
    symbol = release.designation and isolate(release.designation, "ltr")
    return COMMAS[language()].join((name, symbol or gettext("First version")))


def urn(*parts: object) -> str:
    """An id that is the same for ever, one for each language (RFC 4122, 4.3)."""
    return uuid5(IDS, " ".join(map(str, (*parts, language())))).urn
