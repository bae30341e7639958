"""What every request passes besides Django's own middleware."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import BadRequest
from django.http import HttpResponseGone, HttpResponseNotAllowed

from config.errors import error_page

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

NEED_A_PAGE = (HttpResponseNotAllowed, HttpResponseGone)


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
    """Give a page to what Django answers with an empty body: a refused method, and what is gone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Replace an empty 405 or 410 by a page; a 405 keeps the list of allowed methods."""
        response = self.get_response(request)
        if not isinstance(response, NEED_A_PAGE) or response.content:
            return response
        page = error_page(request, response.status_code)
        if "Allow" in response:
            page["Allow"] = response["Allow"]  # RFC 9110, 15.5.6: a 405 must carry it
        return page
