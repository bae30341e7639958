"""Public pages: functions of the shelf and the time. They never touch the database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from datetime import MAXYEAR, MINYEAR, datetime, time
from functools import wraps
from itertools import islice
from typing import TypeVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseGone,
    HttpResponseServerError,
    QueryDict,
)
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from programme.document.delegation_points import Points, category_of, occasion_of, points_of
from programme.document.nodes import LANGUAGES, Delegation, MeetingReference, Text
from programme.document.part_names import in_short
from programme.language.bases import basis_phrase
from programme.pages.gone import no_delegation, not_here, sent_on
from programme.pages.links import Links, Place
from programme.pages.shown import (
    News,
    Shown,
    code_in,
    language,
    news_of,
    next_first,
    told,
)
from programme.pages.whereabouts import had_code_before, ids_of, known_as, stood_before
from programme.renderers import text as plain_text
from programme.renderers.changes import count
from programme.renderers.text_signs import orders_of_lists, text_states_of
from programme.shelf.edition import Edition, Version
from programme.shelf.mending import Mender
from programme.shelf.releases import lines_since, releases
from programme.shelf.shelf import shelf

MOST_NEWS = 3
"""Versions of which a delegation's page tells what they changed; the feed has all."""

mender = Mender(shelf)
"""Of the pages that are made of the shelf of this process."""

View = Callable[..., HttpResponse]

N = TypeVar("N")


# --- what the views share --------------------------------------------------------------------


def second_language(request: HttpRequest) -> str:
    """The language asked for beside that of the page (`?with=fr`); "" for none or an odd one."""
    asked = request.GET.get("with", "")
    return asked if asked in LANGUAGES and asked != language() else ""


def moment(request: HttpRequest, zone: str = "Europe/Zurich") -> datetime:
    """The time of the request; in a workshop `?at=2024-06-19T11:45` sets the meeting's clock."""
    if settings.DEBUG and (asked := request.GET.get("at")):
        try:
            at = datetime.fromisoformat(asked)
        except ValueError:
            return timezone.now()
        if MINYEAR < at.year < MAXYEAR:  # at either end of the calendar other zones have no date
            return at if at.tzinfo else at.replace(tzinfo=ZoneInfo(zone))
    return timezone.now()


def public_page(view: View) -> View:
    """Let a page be read only, at its address in lower case only, whatever one edition holds."""

    @csrf_exempt  # a refused method is told as such, not as a form without its mark
    @require_safe
    @wraps(view)
    def page(request: HttpRequest, **parts: object) -> HttpResponse:
        lower = request.path.lower()
        if request.path != lower:
            return sent_on(request, lower)
        return mender.made(
            lower,
            lambda: view(request, **parts),
            lambda: view(without_query(request), **parts),
        )

    return page


def without_query(request: HttpRequest) -> HttpRequest:
    """The same request as of a reader who asks for the page alone."""
    plain = copy(request)
    plain.META, plain.GET = {**request.META, "QUERY_STRING": ""}, QueryDict()
    return plain


def of_edition(view: View) -> View:
    """Turn an address into what is read there, as the mount that it stands in knows how to."""

    @csrf_exempt  # as above
    @wraps(view)
    def page(request: HttpRequest, *, mount: View | None = None, **parts: object) -> HttpResponse:
        return (mount or from_shelf)(request, view=view, **parts)

    return page


@public_page
def from_shelf(
    request: HttpRequest, *, view: View, meeting: str, serial: int | None = None, **parts: object
) -> HttpResponse:
    """A page of what is public of a meeting, or of one of its versions.

    301 if the meeting has another address by now, 404 if there is none, 410 if there was one and
    it has been withdrawn, 500 if there is one of which no page can be made.
    """
    edition = shelf.version(meeting, serial) if serial else shelf.current(meeting)
    if edition is None:
        if shelf.is_withdrawn(meeting, serial):
            return HttpResponseGone()
        if (present := shelf.present_address(meeting)) != meeting:
            before, _, after = request.path.partition(f"/meetings/{meeting}")
            return sent_on(request, f"{before}/meetings/{present}{after}")
        if shelf.is_unshowable(meeting, serial):
            return HttpResponseServerError()
        raise Http404
    shown = Shown.of(
        edition,
        at=moment(request, edition.document.meeting.zone),
        # An old version may have had another address; the one that was asked for holds today.
        links=Links(meeting, serial, second_language(request)),
    )
    return view(request, shown, **parts)


def rendered(
    request: HttpRequest,
    template: str,
    context: Mapping[str, object],
    *,
    is_indexed: bool = True,
    is_private: bool = False,
) -> HttpResponse:
    """A page from values alone: no context processor, so nothing that could ask a database."""
    place = Place.of(request, is_indexed=is_indexed, is_private=is_private)
    return HttpResponse(render_to_string(template, {"place": place, **context}))


def rendered_part(
    request: HttpRequest, template: str, shown: Shown, part: object, **context: object
) -> HttpResponse:
    """A page of a programme; `part` is that of the document whose texts it holds."""
    return rendered(
        request,
        template,
        {
            "shown": shown,
            "programme": shown.programme,
            "links": shown.links,
            "text_states": text_states_of(shown.programme.meeting.name, part, shown.twin(part)),
            **context,
        },
        is_indexed=shown.links.serial is None,
        is_private=shown.preview is not None,
    )


# --- pages of the site -----------------------------------------------------------------------


@public_page
def delegations(request: HttpRequest) -> HttpResponse:
    """All delegations, those first that the next meeting names.

    301 for a search, which once stood here.
    """
    if request.GET.get("q", "").strip():
        return sent_on(request, reverse("find"))
    at = moment(request)
    known = shelf.delegations(language())
    naming = next((one for one in next_first(at) if one.document.named_codes()), None)
    named = naming.document.named_ids() if naming else frozenset()
    return rendered(
        request,
        "programme/delegations.html",
        {
            "is_all_withdrawn": shelf.is_all_withdrawn,
            "known": known,
            "naming": naming and Shown.of(naming, at=at),
            "named": [one for one in known if one.id in named],
            "others": by_category(one for one in known if one.id not in named),
        },
    )


def by_category(known: Iterable[Delegation[Text]]) -> dict[str, list[Delegation[Text]]]:
    """Delegations by category; States of unknown status stand under "states"."""
    categories = ("states_parties", "states_not_party", "states", "organisations")
    groups: dict[str, list[Delegation[Text]]] = {category: [] for category in categories}
    for delegation in known:
        groups[category_of(delegation) or "states"].append(delegation)
    return groups


@public_page
def delegation(request: HttpRequest, code: str) -> HttpResponse:
    """One delegation: every point that concerns it, in every meeting, the next first.

    301 or 410 if it has another code by now, or none.
    """
    known = known_as(code)
    if known is None:
        return no_delegation(request, code, "delegation")
    at, ids = moment(request), ids_of(known)
    meetings = [
        (shown, points)
        for shown in (Shown.of(edition, at=at) for edition in next_first(at))
        if (points := points_of(shown.programme, code_in(shown.programme, ids)))
    ]
    whole = told_whole(meetings)
    return rendered(
        request,
        "programme/delegation.html",
        {
            "delegation": known,
            "past": had_code_before(known, ids, at=at),
            "whole": whole,
            "others": [one for one in meetings if one not in whole],
            "news": list(islice(news_of(ids, at), MOST_NEWS)),
            "feed": reverse("delegation-feed", kwargs={"code": code}),
            "text_states": text_states_of(
                [(shown.programme.meeting.name, titles_of(points)) for shown, points in meetings]
            ),
        },
    )


def told_whole(meetings: list[tuple[Shown, Points]]) -> list[tuple[Shown, Points]]:
    """Of the meetings that concern a delegation, the next first, those that it came to read of.

    What is on or to come and names it; where nothing does, the next; where all are over, the latest
    that names it, or the latest.
    """
    ahead = [one for one in meetings if not one[0].is_over]
    naming = [one for one in ahead or meetings if one[1].ledger]
    return (naming if ahead else naming[:1]) or (ahead or meetings)[:1]


def titles_of(points: Points) -> list[object]:
    """What a delegation's page shows of a programme's texts."""
    entries = [*points.ledger, *points.floor]
    return [
        [(one.item.label, one.item.title, in_short(one.item)) for one in entries if one.item],
        [(one.panel.title, in_short(one.panel)) for one in entries if one.panel],
        [
            each.list.invitation
            for one in entries
            for each in one.invitations
            if not basis_phrase(each.list.basis)
        ],
    ]


# --- pages of a programme --------------------------------------------------------------------


@of_edition
def programme(request: HttpRequest, shown: Shown) -> HttpResponse:
    """The whole programme of a meeting."""
    follows = shown.programme.meeting.follows
    return rendered_part(
        request,
        "programme/programme.html",
        shown,
        shown.programme,
        orders=orders_of_lists(shown.programme),
        follows=follows and related(follows, at=shown.at),
        following=[Shown.of(one, at=shown.at) for one in shelf.following(shown.edition)],
    )


def related(reference: MeetingReference[Text], *, at: datetime) -> Shown | MeetingReference[Text]:
    """Another meeting's programme, or its bare name where none is public."""
    edition = shelf.of_meeting(reference.id)
    return Shown.of(edition, at=at) if edition else reference


@of_edition
def item(request: HttpRequest, shown: Shown, label: str) -> HttpResponse:
    """One item with its sub-items, to be sent to a colleague; 301 or 410 if it left the address."""
    part = shown.programme.item(label)
    if part is None:
        return not_here(request, shown, "item", label)
    previous, following = beside(part, list(shown.programme.items()))
    return rendered_part(
        request,
        "programme/item.html",
        shown,
        part,
        item=part,
        past=stood_before("item", part, shown),
        parents=shown.programme.parents_of(part),
        previous=previous,
        following=following,
        orders=orders_of_lists(part),
    )


@of_edition
def panel(request: HttpRequest, shown: Shown, panel: str) -> HttpResponse:
    """One thematic panel; 301 or 410 if it left the address."""
    part = shown.programme.panel(panel)
    if part is None:
        return not_here(request, shown, "panel", panel)
    in_order = sorted(shown.programme.panels, key=lambda one: (one.date, one.start or time.max))
    previous, following = beside(part, in_order)
    return rendered_part(
        request,
        "programme/panel.html",
        shown,
        part,
        panel=part,
        past=stood_before("panel", part, shown),
        occasions=(occasion_of(part),),
        previous=previous,
        following=following,
    )


def beside(one: N, others: Sequence[N]) -> tuple[N | None, N | None]:
    """What stands before something in a list, and what after it; None where there is nothing."""
    place = others.index(one)
    return others[place - 1] if place else None, next(iter(others[place + 1 :]), None)


@of_edition
def changes(request: HttpRequest, shown: Shown) -> HttpResponse:
    """All versions of a programme and what each changed; `?since=3`: all after v3 as one."""
    since = version_asked_for(request, shown)
    lines = lines_since(shown.versions, since.serial) if since else []
    groups = told(lines, shown)
    all_releases = [] if since else releases(shown.versions)
    return rendered_part(
        request,
        "programme/changes.html",
        shown,
        (),
        since=since,
        groups=groups,
        count=count(groups),
        news=[News(shown, one, told(one.lines, shown)) for one in all_releases],
    )


def version_asked_for(request: HttpRequest, shown: Shown) -> Version | Edition | None:
    """The version after which changes are asked for; None without one that stands."""
    asked = request.GET.get("since", "")
    standing = (one for one in shown.versions if one.serial)
    return next((one for one in standing if str(one.serial) == asked), None)


@of_edition
def versions(request: HttpRequest, shown: Shown) -> HttpResponse:
    """Send on from where the versions once stood by themselves."""
    return sent_on(request, shown.links.changes)


@of_edition
def text(_request: HttpRequest, shown: Shown) -> HttpResponse:
    """The whole programme as plain text."""
    edition, release = shown.edition, shown.release
    zone = ZoneInfo(shown.programme.meeting.zone)
    written = plain_text.render(
        shown.programme,
        designation=edition.designation,
        published_at=None if shown.preview else release.published_at.astimezone(zone),
        reissued_at=release.reissued_at and release.reissued_at.astimezone(zone),
    )
    if shown.preview:
        notice = gettext("Preview of the draft – not public")
        written = f"{notice}\n\n{written}"
    response = HttpResponse(written, content_type="text/plain; charset=utf-8")
    if shown.links.serial:
        response["X-Robots-Tag"] = "noindex"
    return response
