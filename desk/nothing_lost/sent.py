"""The POST data of a refused request, given back in a page, so that no word is lost.

Secrets are never given back; the database is asked for names of chosen rows alone, and only for who
may see them. A form can be sent once more only if it came from a page of ours: otherwise somebody
else's page could put words into the mouth of whoever presses the button.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlsplit

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_permission_codename
from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import (
    FieldDoesNotExist,
    RequestDataTooBig,
    SuspiciousOperation,
    ValidationError,
)
from django.db import DatabaseError, models
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.http.request import RawPostDataException
from django.middleware.csrf import CsrfViewMiddleware, get_token
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse
from django.utils.datastructures import MultiValueDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from desk.nothing_lost.lost_updates import FIELD, as_text, read
from desk.nothing_lost.onward import ways_from_gone, ways_on
from desk.shared.types import Admin
from meetings.rows import TextState
from meetings.types import Column

SECRET = re.compile(r"password|csrf", re.IGNORECASE)
"""Names of fields whose values are given back to nobody."""

FOR_MACHINES = re.compile(
    r"(^|-)(TOTAL|INITIAL|MIN_NUM|MAX_NUM)_FORMS$|(^|-)id$|^_|-__prefix__-|"
    r"^(as_opened|sent_once|going|next|action|digest|serial|seen|post|select_across|index|is_warned|"
    r"warnings_seen|how|no_change_of_meaning|hold_back)$"
)
"""Names of fields that nobody writes into: hidden ones, and boxes to be ticked."""

BENEATH = re.compile(r"(?P<prefix>.+)-(?P<number>\d+)-(?P<name>\w+)", re.ASCII)

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)

LONGEST = 6 * 1024 * 1024
"""Bytes that are read of what is too large: what the proxy lets through."""


@dataclass(frozen=True, slots=True)
class Words:
    """One field as whoever sent it knows it."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Sent:
    """The POST data of a form that was refused."""

    address: str
    fields: tuple[tuple[str, str], ...]
    """All that was sent but secrets, to be sent once more."""
    words: tuple[Words, ...]
    """What people filled in or changed, to be copied."""
    token: str
    """The CSRF token that lets it be sent once more; "" where it may not be."""

    @property
    def kept(self) -> str:
        """The fields in one text, which a page can carry along; `carried` reads it."""
        return json.dumps(self.fields, ensure_ascii=False)


def what_was_sent(request: HttpRequest, *, has_database: bool = True) -> Sent | None:
    """What a request brought; None where that was no form, or nothing that anybody wrote."""
    if request.method != "POST" or request.path_info == reverse("admin:login"):
        return None
    data = posted(request)
    pairs = [(name, value) for name, values in data.lists() for value in values]
    asking = request if has_database else None
    return _sent(pairs, request.get_full_path(), asking, token_of(request))


def carried(request: HttpRequest, kept: str, address: str) -> Sent | None:
    """What a page carried along for an address; None where it is nothing of ours."""
    try:
        pairs = [(str(name), str(value)) for name, value in json.loads(kept)]
    except (ValueError, TypeError):
        return None
    return _sent(pairs, address, request, token_of(request))


def _sent(
    pairs: list[tuple[str, str]], address: str, asking: HttpRequest | None, token: str
) -> Sent | None:
    fields = tuple((name, value) for name, value in pairs if not SECRET.search(name))
    words = tuple(Reader(fields, address, asking).words())
    return Sent(address, fields, words, token) if words else None


def given_back(
    request: HttpRequest,
    model_admin: Admin,
    sent: Sent,
    sentence: str,
    *,
    is_gone: bool,
) -> HttpResponse:
    """409 (RFC 9110, 15.5.10): a page of the desk that says why nothing was saved, and what.

    is_gone: whether there is nothing any more that it could be sent to once more.
    """
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Nothing was saved"),
        "sentence": sentence,
        "sent": replace(sent, token="") if is_gone else sent,
        "ways": ways_from_gone(request, model_admin) if is_gone else ways_on(request, sent.address),
    }
    return render(request, "desk/sent.html", context, status=409)


# --- what a request brought --------------------------------------------------------------------


def posted(request: HttpRequest) -> MultiValueDict[str, str]:
    """The fields of a request, of one that is too large as well; none where it cannot be read."""
    with suppress(SuspiciousOperation, MultiPartParserError, OSError):
        if request.POST:
            return request.POST
    data = MultiValueDict[str, str]()
    for name, value in parse_qsl(too_large(request).decode(errors="replace")):
        data.appendlist(name, value)
    return data


def too_large(request: HttpRequest) -> bytes:
    """What Django refuses to read for its length, or for its number of fields."""
    if request.content_type != "application/x-www-form-urlencoded":
        return b""
    try:
        return request.body
    except RequestDataTooBig:
        return request.read(LONGEST)
    except (RawPostDataException, OSError):
        return b""


def token_of(request: HttpRequest) -> str:
    """The CSRF token, for whoever sent a form from a page of ours; "" for others."""
    try:
        asked = f"{request.scheme}://{request.get_host()}"
    except SuspiciousOperation:
        return ""
    # A proxy may tell no port: what Django trusts is ours as well.
    own = {asked, *settings.CSRF_TRUSTED_ORIGINS}
    if request.headers.get("Origin") not in own or settings.CSRF_COOKIE_NAME not in request.COOKIES:
        return ""
    if "CSRF_COOKIE" not in request.META:  # no middleware has looked yet
        CsrfViewMiddleware(lambda _request: HttpResponse()).process_request(request)
    return get_token(request)


# --- in words ----------------------------------------------------------------------------------


class Reader:
    """Tells the fields of a form by their names, as far as its address tells whose they are."""

    def __init__(
        self, fields: tuple[tuple[str, str], ...], address: str, asking: HttpRequest | None
    ) -> None:
        self.fields, self.data = fields, dict(fields)
        self.asking = asking
        self.model, self.pk = _row_at(address)
        self.opened = read(self.data.get(FIELD, ""))
        self._names: dict[type[models.Model], Mapping[str, str]] = {}

    def words(self) -> Iterator[Words]:
        """What people filled in or changed, in the order of the form."""
        for name, value in self.fields:
            if not value.strip() or FOR_MACHINES.search(name):
                continue
            row, model, key, own = self._place(name)
            column = _column(model, own)
            is_above = row and self.model and getattr(column, "related_model", None) is self.model
            if not (is_above or (column is not None and self._is_untouched(key, column, value))):
                yield Words(f"{row}{_label(column, own)}", self._told(column, value))

    def _place(self, name: str) -> tuple[str, type[models.Model] | None, str, str]:
        """In which row a field stands: what to call it, its kind, its key, the field's own name."""
        found = BENEATH.fullmatch(name)
        if not found:
            key = f"{self.model._meta.model_name}/{self.pk}" if self.model else ""
            return "", self.model, key, name
        prefix, number, own = found.groups()
        model = _beneath(self.model, prefix)
        if model is None:
            return f"{prefix} {int(number) + 1} · ", None, "", own
        key = f"{model._meta.model_name}/{self.data.get(f'{prefix}-{number}-id', '')}"
        kind = capfirst(model._meta.verbose_name)
        return f"{kind} {int(number) + 1} · ", model, key, own

    def _is_untouched(self, key: str, column: Column, value: str) -> bool:
        said = self.opened.rows.get(key, {}).get(column.name)
        if isinstance(column, models.BooleanField):
            return said == "True"
        try:
            plain = value.replace("\r\n", "\n")
            return said == as_text(column.to_python(plain))
        except ValidationError:
            return False

    def _told(self, column: Column | None, value: str) -> str:
        if isinstance(column, models.BooleanField):
            return _("yes")
        if column is not None and column.related_model:
            return self._names_of(column.related_model).get(value) or _("(chosen)")
        if UUID.fullmatch(value):
            return _("(chosen)")
        return str(dict(getattr(column, "flatchoices", ())).get(value, value))

    def _names_of(self, model: type[models.Model]) -> Mapping[str, str]:
        """The names of all rows of a kind that the form chose, where they may be asked for."""
        if model not in self._names:
            self._names[model] = self._asked(model)
        return self._names[model]

    def _asked(self, model: type[models.Model]) -> Mapping[str, str]:
        user = getattr(self.asking, "user", None)
        if user is None or not user.is_authenticated or not may_see(user, model):
            return {}
        ids = {one for _name, one in self.fields if is_key(model, one)}
        try:
            return {str(row.pk): str(row) for row in model._default_manager.filter(pk__in=ids)}
        except (DatabaseError, OverflowError):
            return {}


def is_key(model: type[models.Model], value: str) -> bool:
    """Whether a row of a kind could have this as its key."""
    try:
        model._meta.pk.to_python(value)
    except ValidationError:
        return False
    return True


def _row_at(address: str) -> tuple[type[models.Model] | None, str]:
    """The kind of rows whose form stands at an address, and the id of the row."""
    try:
        match = resolve(urlsplit(address).path)
    except Resolver404:
        return None, ""
    model_admin = getattr(match.func, "model_admin", None)
    return (model_admin.model if model_admin else None), match.kwargs.get("object_id", "")


def _beneath(model: type[models.Model] | None, prefix: str) -> type[models.Model] | None:
    """The kind of rows that a form calls by a prefix."""
    related = model._meta.related_objects if model else ()
    named = {relation.get_accessor_name(): relation.related_model for relation in related}
    texts = f"{TextState._meta.app_label}-{TextState._meta.model_name}-"
    return TextState if prefix.startswith(texts) else named.get(prefix)


def _column(model: type[models.Model] | None, name: str) -> Column | None:
    """The column that a field writes; of a page that is no form of a row, any of that name."""
    for kind in (model,) if model else apps.get_models():
        with suppress(FieldDoesNotExist):
            found = kind._meta.get_field(name)
            if isinstance(found, models.Field):
                return found
    return None


def _label(column: Column | None, name: str) -> str:
    """What people call a field; one that is no column may have its name in the catalogues."""
    return str(capfirst(column.verbose_name)) if column else _(capfirst(name.replace("_", " ")))


def may_see(user: User | AnonymousUser, model: type[models.Model]) -> bool:
    """Whether an account may see rows of a kind."""
    return any(
        user.has_perm(f"{model._meta.app_label}.{get_permission_codename(verb, model._meta)}")
        for verb in ("view", "change")
    )
