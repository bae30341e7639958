"""What every request passes besides Django's own middleware."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import BadRequest
from django.http import HttpResponseGone, HttpResponseNotAllowed, HttpResponseServerError

from serving.errors import error_page

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

NEED_A_PAGE = (HttpResponseNotAllowed, HttpResponseGone, HttpResponseServerError)


class RefuseNullBytes:
    """Answer 400 to a NUL in the path or the query.

    No address of ours has one, PostgreSQL refuses it in text and file systems end names at it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on unless it holds a NUL."""
        query = request.META.get("QUERY_STRING", "")
        if "\0" in request.path_info or "\0" in query or "%00" in query:
            raise BadRequest("The address holds a null byte.")
        return self.get_response(request)


class ErrorPages:
    """Give a page to an answer with an empty body.

    Such are a refused method, what is gone, and what stands but cannot be shown.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Replace an empty 405, 410 or 500 by a page; a 405 keeps the list of allowed methods."""
        response = self.get_response(request)
        if not isinstance(response, NEED_A_PAGE) or response.content:
            return response
        page = error_page(request, str(response.status_code))
        if "Allow" in response:
            page["Allow"] = response["Allow"]  # RFC 9110, 15.5.6: a 405 must carry it
        return page
