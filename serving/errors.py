"""Error pages in the reader's language, which need neither database nor session.

A fault may strike before a language is chosen or while the database is away; so each page
finds out the language by itself and takes nothing from context processors.
"""

from __future__ import annotations

import logging
import sys
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from desk.nothing_lost.onward import Way, ways_on
from desk.nothing_lost.sent import Sent, what_was_sent
from operating.databases import is_away, is_busy
from programme.pages.errors import error_html, status_of
from programme.pages.links import Place, translated_pages
from programme.shelf.outage import RETRY_AFTER
from serving.addresses import kind_of
from serving.http_caching import PRIVATE
from serving.last_resort import page_for

logger = logging.getLogger(__name__)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 -- Django hands it over; the reader is not told
    """400: the request cannot be understood (RFC 9110, 15.5.1)."""
    return error_page(request, "400")


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 -- as above
    """403: this reader may not (RFC 9110, 15.5.4)."""
    return error_page(request, "403")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 -- as above
    """403: a form came without the mark that it was ours, often from a page left open."""
    return error_page(request, "403_csrf")


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 -- as above
    """404: nothing stands at this address (RFC 9110, 15.5.5)."""
    return error_page(request, "404")


def server_error(request: HttpRequest) -> HttpResponse:
    """500: the fault is ours (RFC 9110, 15.6.1); 503 where it is that of the database."""
    try:
        page = database_fails(request, sys.exc_info()[1])
        return page or error_page(request, "500")
    except Exception:
        # The fault may be in what every page shares.
        logger.exception("The page for 500 cannot be made")
        ready = page_for(request.META)
        return HttpResponse(ready.content, status=500, headers=dict(ready.items()))


def unavailable(request: HttpRequest, error: str = "503") -> HttpResponse:
    """503: this can be answered in a moment (RFC 9110, 15.6.4)."""
    page = error_page(request, error)
    page["Retry-After"] = str(RETRY_AFTER)
    page["Cache-Control"] = "no-store"
    return page


def database_fails(request: HttpRequest, error: BaseException | None) -> HttpResponse | None:
    """503 where the fault is the database's, or that of who holds it; None for any other."""
    if is_busy(error):
        return unavailable(request, "503_desk_busy")
    return desk_is_away(request) if is_away(error) else None


def desk_is_away(request: HttpRequest) -> HttpResponse:
    """503: the database is away, and with it all that staff do."""
    return unavailable(request, "503_desk")


def error_page(request: HttpRequest, error: str) -> HttpResponse:
    """Make the page of an error, a key of `programme.pages.errors.ERRORS`."""
    status = status_of(error)
    in_path = translation.get_language_from_path(request.path_info)
    language = in_path or translation.get_language_from_request(request)
    with translation.override(language):
        # A request that cannot be read leads home; any other to the same place.
        is_a_place = in_path and status != HTTPStatus.BAD_REQUEST
        languages = Place.of(request).languages if is_a_place else translated_pages()
        sent = sent_by_staff(request, status)
        ways = ways_of_staff(request, status, sent)
        html = error_html(error, languages=languages, sent=sent, ways=ways)
    response = HttpResponse(html, status=status, headers={"Content-Language": language})
    if sent:
        response["Cache-Control"] = PRIVATE
    if not in_path:
        patch_vary_headers(response, ["Accept-Language"])
    return response


def ways_of_staff(request: HttpRequest, status: int, sent: Sent | None) -> tuple[Way, ...]:
    """Where a page of the desk leads on; nowhere while a fault of ours keeps the desk away."""
    if kind_of(request.path_info) != "staff" or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return ()
    return ways_on(request, sent.address if sent else "")


def home_in(language: str) -> HttpRequest:
    """A request of which no more is known than its language, so that all ways lead home."""
    request = HttpRequest()
    request.path = request.path_info = f"/{language}/"
    return request


def sent_by_staff(request: HttpRequest, status: int) -> Sent | None:
    """What staff sent and should not lose; of faults of ours the database is not asked."""
    if kind_of(request.path_info) != "staff":
        return None
    return what_was_sent(request, has_database=status < HTTPStatus.INTERNAL_SERVER_ERROR)
