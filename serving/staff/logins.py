"""Login throttling with device cookies: nobody guesses passwords or shuts a colleague out.

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
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm, AdminPasswordChangeForm
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.views import PasswordChangeView
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.shortcuts import render
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from desk.nothing_lost.onward import ways_on
from desk.nothing_lost.sent import carried
from desk.shared.types import Cleaned, Context
from meetings.types import Passed
from serving.models import LoginFailures

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser
    from django.http import HttpRequest, HttpResponse

WINDOW = timedelta(minutes=15)
"""For so long a failure counts, and for so long at most somebody has to wait."""

CLOCKS_DIFFER = timedelta(minutes=1)
"""Between processes, at most; what was counted later than this was so by a clock that was wrong."""

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
        rows = LoginFailures.objects.filter(counting(at), pk__in=self.limits)
        full = [row.since for row in rows if row.count >= self.limits[row.pk]]
        return min(max(full) + WINDOW - at, WINDOW) if full else timedelta()

    def failed(self, at: datetime) -> None:
        """Count one more failure, and forget those that count no more."""
        LoginFailures.objects.exclude(counting(at)).delete()
        for key in self.limits:
            with transaction.atomic():
                row, is_first = LoginFailures.objects.get_or_create(
                    pk=key, defaults={"count": 1, "since": at}
                )
                if not is_first:
                    LoginFailures.objects.filter(pk=row.pk).update(count=F("count") + 1)

    def succeeded(self) -> None:
        """Forget the failures of this person here; those of others with them still count."""
        LoginFailures.objects.filter(pk=next(iter(self.limits))).delete()


def counting(at: datetime) -> Q:
    """Failures that count at a moment: none of long ago, and none of a day that is to come."""
    return Q(since__gt=at - WINDOW, since__lte=at + CLOCKS_DIFFER)


class Throttled:
    """A form that looks at no password after too many wrong ones."""

    wait = timedelta()
    """How long whoever sent the form has to wait."""

    @contextmanager
    def attempt(self, request: HttpRequest, name: str) -> Iterator[Attempts]:
        """One attempt at an account: a ValidationError in the block is a failure."""
        at = timezone.now()
        attempts = Attempts.of(request, name)
        self.wait = attempts.wait(at)
        if self.wait:
            raise ValidationError(too_many(self.wait), code="too_many_attempts")
        try:
            yield attempts
        except ValidationError:
            attempts.failed(at)
            raise


class LoginForm(Throttled, AdminAuthenticationForm):
    """The admin's own form."""

    def clean(self) -> Cleaned:
        """Log in, unless there were too many failures."""
        name = self.cleaned_data.get("username")
        if not name or self.request is None:
            return super().clean()
        with self.attempt(self.request, name) as attempts:
            cleaned = super().clean()
        if self.user_cache is not None:  # without a password nobody is tried, and nobody succeeds
            attempts.succeeded()
        return cleaned


class NewPasswordForm(Throttled, AdminPasswordChangeForm):
    """The admin's own form for a new password; whoever found an open desk may not guess the old."""

    def __init__(self, *args: Passed, request: HttpRequest, **options: Passed) -> None:
        super().__init__(*args, **options)
        self.request = request

    def clean_old_password(self) -> str:
        """Look whether it is the old one, unless there were too many failures."""
        with self.attempt(self.request, self.user.get_username()) as attempts:
            password: str = super().clean_old_password()
        attempts.succeeded()
        return password


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
    return with_the_wait(response)


class NewPasswordView(PasswordChangeView):
    """The admin's own page for a new password (429 if throttled)."""

    form_class = NewPasswordForm
    success_url = reverse_lazy("admin:password_change_done")

    def get_form_kwargs(self) -> dict[str, Passed]:
        """Tell the form who asks."""
        return {**super().get_form_kwargs(), "request": self.request}

    def get_context_data(self, **more: object) -> Context:
        """What each page of the admin shows."""
        return {**admin.site.each_context(self.request), **super().get_context_data(**more)}

    def form_invalid(self, form: PasswordChangeForm) -> HttpResponse:
        """Show the form again."""
        return with_the_wait(super().form_invalid(form))


new_password = admin.site.admin_view(NewPasswordView.as_view(), cacheable=True)


def with_the_wait(response: HttpResponse) -> HttpResponse:
    """The same answer, which also tells programs how long to wait."""
    form = (getattr(response, "context_data", None) or {}).get("form")
    if isinstance(form, Throttled) and form.wait:
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
        "ways": ways_on(request, address, has_logged_in=True),
    }
    return render(request, "desk/sent.html", context)


# --- devices ---------------------------------------------------------------------------------


def remember_device(response: HttpResponse, user: AbstractBaseUser) -> None:
    """Set the device cookie, by which this person's device is known next time."""
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
