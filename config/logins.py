"""Logging in to the desk, so that nobody guesses passwords, and nobody shuts a colleague out.

Failures are counted for a quarter of an hour: for an account at one address, for an account and
for an address as a whole. A device on which somebody has logged in before is known by a signed
cookie and counted by itself, so that strangers who fail on purpose, even from the same hall,
cannot keep that person out.
"""

from __future__ import annotations

import ipaddress
import math
import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.shortcuts import render
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.models import LoginFailures
from meetings.admin.sent import carried

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser
    from django.http import HttpRequest, HttpResponse

WINDOW = timedelta(minutes=15)
"""For so long a failure counts, and for so long at most somebody has to wait."""

AT_ONE_ADDRESS = 5
ON_KNOWN_DEVICE = 10
OF_AN_ACCOUNT = 50
FROM_AN_ADDRESS = 100
"""Failures that are allowed. A whole conference may share one address."""

COOKIE = "known_device"
COOKIE_AGE = timedelta(days=180)
SALT = "config.logins"


@dataclass(frozen=True)
class Attempts:
    """Attempts to log in to an account from one place: what they count towards, and its limit."""

    limits: Mapping[str, int]

    @classmethod
    def of(cls, request: HttpRequest, name: str) -> Attempts:
        """Those that this request is one of."""
        account = key("account", folded(name))
        device = known_device(request, account)
        if device:
            return cls({key("device", account, device): ON_KNOWN_DEVICE})
        address = network(client_address(request))
        return cls(
            {
                key("place", account, address): AT_ONE_ADDRESS,
                account: OF_AN_ACCOUNT,
                key("address", address): FROM_AN_ADDRESS,
            }
        )

    def wait(self, at: datetime) -> timedelta:
        """How long to wait before the next attempt; nothing where it may be made now."""
        rows = LoginFailures.objects.filter(pk__in=self.limits, since__gt=at - WINDOW)
        full = [row.since for row in rows if row.count >= self.limits[row.pk]]
        return max(full) + WINDOW - at if full else timedelta()

    def failed(self, at: datetime) -> None:
        """Count one more failure, and forget those that count no more."""
        LoginFailures.objects.filter(since__lte=at - WINDOW).delete()
        for one in self.limits:
            with transaction.atomic():
                row, is_first = LoginFailures.objects.get_or_create(
                    pk=one, defaults={"count": 1, "since": at}
                )
                if not is_first:
                    LoginFailures.objects.filter(pk=row.pk).update(count=F("count") + 1)

    def succeeded(self) -> None:
        """Forget the failures of this person here; those of others with them still count."""
        LoginFailures.objects.filter(pk=next(iter(self.limits))).delete()


class LoginForm(AdminAuthenticationForm):
    """The admin's own form, which refuses to look at passwords after too many wrong ones."""

    wait = timedelta()
    """How long whoever sent the form has to wait."""

    def clean(self) -> dict[str, Any]:
        """Log in, unless there were too many failures."""
        name = self.cleaned_data.get("username")
        if not name or self.request is None:
            return super().clean()
        at = timezone.now()
        attempts = Attempts.of(self.request, name)
        self.wait = attempts.wait(at)
        if self.wait:
            raise ValidationError(too_many(self.wait), code="too_many_attempts")
        try:
            cleaned = super().clean()
        except ValidationError:
            attempts.failed(at)
            raise
        if self.get_user():  # without a password nobody is tried, and nobody succeeds
            attempts.succeeded()
        return cleaned


def too_many(wait: timedelta) -> str:
    """What somebody reads who has to wait."""
    minutes = math.ceil(wait / timedelta(minutes=1))
    return ngettext(
        "There were too many attempts to log in. Please try again in %(minutes)s minute.",
        "There were too many attempts to log in. Please try again in %(minutes)s minutes.",
        minutes,
    ) % {"minutes": minutes}


admin.site.login_form = LoginForm


@login_not_required
def login(request: HttpRequest) -> HttpResponse:
    """The admin's own page, which remembers the device of whoever succeeds (429 if throttled)."""
    address = request.POST.get(REDIRECT_FIELD_NAME, "")
    sent = carried(request, request.POST.get("sent", ""), address)
    response = admin.site.login(request, {"sent": sent})
    has_succeeded = request.method == "POST" and response.status_code == HTTPStatus.FOUND
    if has_succeeded and request.user.is_authenticated:
        if sent and response["Location"] == address:  # Django has judged where it leads
            response = send_once_more(request, address)
        remember_device(response, request.user)
    form = getattr(response, "context_data", None) and response.context_data.get("form")  # type: ignore[attr-defined]
    if isinstance(form, LoginForm) and form.wait:
        response.status_code = HTTPStatus.TOO_MANY_REQUESTS
        response["Retry-After"] = str(math.ceil(form.wait.total_seconds()))
    return response


def send_once_more(request: HttpRequest, address: str) -> HttpResponse:
    """The page that sends what a login carried along; what was chosen has names by now."""
    context = {
        **admin.site.each_context(request),
        "title": _("You are logged in again"),
        "sentence": _("You are logged in again. Nothing was saved yet."),
        "sent": carried(request, request.POST["sent"], address),
    }
    return render(request, "admin/sent.html", context)


# --- devices ---------------------------------------------------------------------------------


def remember_device(response: HttpResponse, user: AbstractBaseUser) -> None:
    """Leave the cookie by which this person's device is known next time."""
    account = key("account", folded(user.get_username()))
    response.set_signed_cookie(
        COOKIE,
        f"{account}.{secrets.token_hex(8)}",
        salt=SALT,
        max_age=COOKIE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def known_device(request: HttpRequest, account: str) -> str:
    """The mark of a device on which this account has logged in before; "" for any other."""
    whose, _, mark = device_cookie(request).partition(".")
    return mark if whose == account else ""


def is_known_device(request: HttpRequest) -> bool:
    """Whether anybody has logged in on this device before; asks no database."""
    return bool(device_cookie(request))


def device_cookie(request: HttpRequest) -> str:
    """What we signed and the device kept; "" without it."""
    return request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=COOKIE_AGE) or ""


# --- who and from where ----------------------------------------------------------------------


def key(kind: str, *parts: str) -> str:
    """What failures are counted under."""
    return salted_hmac(f"{SALT}.{kind}", "\0".join(parts), algorithm="sha256").hexdigest()


def folded(name: str) -> str:
    """A name as whoever guesses it may write it."""
    return unicodedata.normalize("NFKC", name).casefold().strip()


def client_address(request: HttpRequest) -> str:
    """The address that a request came from, as the proxy tells it where one is named."""
    name = settings.CLIENT_ADDRESS_HEADER
    told: str = request.META.get(name, "") if name else ""
    return told or request.META.get("REMOTE_ADDR", "")


def network(address: str) -> str:
    """What one person may choose addresses from: all of IPv4's one, or /64 (RFC 4291, 2.5.4)."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    if known.version == 4:  # noqa: PLR2004 -- the name of a protocol
        return str(known)
    return str(ipaddress.ip_network((known, 64), strict=False))
