"""Links and redirects (`?next=`) that lead on whoever saved or was refused, without a query."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from desk.shared.types import Admin


@dataclass(frozen=True, slots=True)
class Way:
    """A link: its address and its text."""

    address: str
    words: str


def with_way_back(address: str, back: str) -> str:
    """The address of a form, from which a save leads back to where its reader came from."""
    if not (address and back):
        return address
    path, sign, anchor = address.partition("#")
    return f"{path}?{urlencode({REDIRECT_FIELD_NAME: back}, safe='/')}{sign}{anchor}"


def way_back(request: HttpRequest) -> str:
    """Where a form was opened from, on this site; "" where it does not tell."""
    back = request.GET.get(REDIRECT_FIELD_NAME, "")
    is_here = back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return back if is_here else ""


def ways_on(
    request: HttpRequest, form: str = "", *, has_logged_in: bool = False
) -> tuple[Way, ...]:
    """To a form of a known address and to the desk; by the login for who has no session.

    Of whoever has logged in by this very request no cookie tells yet.
    """
    has_session = has_logged_in or settings.SESSION_COOKIE_NAME in request.COOKIES
    to_form = _to_form(form, has_session=has_session)
    return (*to_form, Way(reverse("admin:index"), _("Back to the desk")))


def ways_from_gone(request: HttpRequest, model_admin: Admin) -> tuple[Way, ...]:
    """From a row that is gone: to the list of its kind, for who may see it, and to the desk."""
    options = model_admin.opts
    if not model_admin.has_view_or_change_permission(request):
        return ways_on(request)
    rows = reverse(f"admin:{options.app_label}_{options.model_name}_changelist")
    return (Way(rows, str(capfirst(options.verbose_name_plural))), *ways_on(request))


def _to_form(form: str, *, has_session: bool) -> tuple[Way, ...]:
    if not has_session:
        query = f"?{urlencode({REDIRECT_FIELD_NAME: form}, safe='/')}" if form else ""
        return (Way(f"{reverse(settings.LOGIN_URL)}{query}", _("Log in")),)
    return (Way(form, _("Open the form")),) if form else ()
