"""Sessions of staff: work renews them, and what is sent after their end comes back."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import admin
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from desk.nothing_lost.sent import Sent, what_was_sent
from serving.addresses import kind_of
from serving.http_caching import PRIVATE
from serving.staff.logins import LoginForm

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase

RENEWED = "renewed"
"""In a session: when it began to last as long as it does, in seconds since 1970."""

RENEWED_EVERY = 15 * 60
"""Seconds of work after which a session is written anew, and not at every request."""


class StaffSessions:
    """Let a session last for SESSION_COOKIE_AGE after the last work, and its end lose no word.

    Pages of the public neither ask for a session nor get a cookie.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer; renew the session of whoever works."""
        response = self.get_response(request)
        if kind_of(request.path_info) != "staff":
            return response
        if request.method == "POST" and leads_to_login(response):
            sent = what_was_sent(request)
            return log_in_and_send(request, sent) if sent else response
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            renew(request)
        return response


def begin(request: HttpRequest, **_rest: object) -> None:
    """Note when a session begins to last."""
    request.session[RENEWED] = int(time.time())


def renew(request: HttpRequest) -> None:
    """Let the session last anew, unless it was renewed a moment ago."""
    if time.time() - request.session.get(RENEWED, 0) >= RENEWED_EVERY:
        begin(request)


def leads_to_login(response: HttpResponseBase) -> bool:
    """Whether the desk sends whoever asked to log in first."""
    return isinstance(response, HttpResponseRedirect) and response.url.startswith(
        reverse(settings.LOGIN_URL)
    )


def log_in_and_send(request: HttpRequest, sent: Sent) -> HttpResponse:
    """403: the page of the login, which carries along what was sent."""
    context = {
        **admin.site.each_context(request),
        "title": _("Log in"),
        "subtitle": None,
        "app_path": reverse(settings.LOGIN_URL),
        "username": request.user.get_username(),
        REDIRECT_FIELD_NAME: sent.address,
        "form": LoginForm(request),
        "sent": sent,
    }
    page = render(request, "admin/login.html", context, status=403)
    page["Cache-Control"] = PRIVATE
    return page
