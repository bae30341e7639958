"""The page that answers what a reader seeks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from itertools import groupby
from typing import Literal

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from meetings.texts.typed_text import heal
from programme.document.delegation_points import Occasion, occasion_of, occasions
from programme.document.nodes import AgendaItem, Meeting, Panel, Text
from programme.document.part_names import UNNAMED, item_in_full, panel_name
from programme.pages.links import Links
from programme.pages.shown import Shown, language, next_first
from programme.pages.views import moment, public_page, rendered
from programme.searching.index import texts_of, titles_of
from programme.searching.marking import Marked, marked, sentence_of
from programme.searching.search import LONGEST_QUERY, Found, Hit, Known, mended, search
from programme.shelf.shelf import shelf

Kind = Literal["item", "panel", "meeting"]


@dataclass(frozen=True, slots=True)
class Result:
    """An item, a panel or a meeting as a line of what was found."""

    kind: Kind
    node: AgendaItem[Text] | Panel[Text] | Meeting[Text]
    name: Marked
    address: str
    occasions: Sequence[Occasion]
    sentence: Marked | None
    """Where it says what was sought; None where its name does."""


class SeeOther(HttpResponseRedirect):
    """303: the answer stands at another address (RFC 9110, 15.4.4)."""

    status_code = HTTPStatus.SEE_OTHER


@public_page
def find(request: HttpRequest) -> HttpResponse:
    """What a few letters find, in any of the languages; without any, the form alone.

    303 to the page of a delegation that alone can be meant.
    """
    query = heal(request.GET.get("q", "")).strip()[:LONGEST_QUERY]
    at = moment(request)
    known = Known.of(next_first(at), shelf.delegations(language()))
    found = search(known, query)
    if found.alone:
        return SeeOther(reverse("delegation", kwargs={"code": found.alone.code}))
    instead = [] if found or not query else mended(known, query)
    if instead:
        found = Found.together([search(known, one) for one in instead])
    return rendered(
        request,
        "programme/find.html",
        {
            "query": query,
            "instead": instead,
            "known": known.delegations,
            "found": found,
            "meetings": list(by_meeting(found, at)),
        },
        is_indexed=False,
    )


def by_meeting(found: Found, at: datetime) -> Iterator[tuple[Shown, list[Result]]]:
    """What was found in each meeting, as it is shown."""
    for edition, hits in groupby(found.hits, key=lambda one: one.edition):
        shown = Shown.of(edition, at=at)
        yield shown, [result(one, shown, found.words) for one in hits]


def result(hit: Hit, shown: Shown, words: Sequence[str]) -> Result:
    """One line of what was found."""
    kind, node, name, address, when = _of(hit, shown, shown.links)
    title = marked(name, words)
    is_said = {word for word, is_marked in title.pieces if is_marked}
    texts = [*titles_of(hit.place), *texts_of(hit.place)]
    sentence = None if is_said else sentence_of(texts, words, language())
    return Result(kind, node, title, address, when, sentence)


def _of(
    hit: Hit, shown: Shown, links: Links
) -> tuple[Kind, AgendaItem[Text] | Panel[Text] | Meeting[Text], Text, str, Sequence[Occasion]]:
    programme = shown.programme
    match hit.place:
        case AgendaItem(id=key):
            item = next(one for one in programme.items() if one.id == key)
            name = item_in_full(item.label, item.title, language())
            return "item", item, name, links.item(item), occasions(programme, item)
        case Panel(id=key):
            panel = next(one for one in programme.panels if one.id == key)
            name = panel_name(panel, programme.words)
            return "panel", panel, name, links.panel(panel), [occasion_of(panel)]
        case _:
            name = Text.own(UNNAMED["meeting"], language())
            return "meeting", programme.meeting, name, links.programme, []
