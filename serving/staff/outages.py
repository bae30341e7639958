"""Who is answered while the database is away, or too busy: 503 for staff, pages for the public."""

from __future__ import annotations

import logging
from contextlib import ExitStack
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

from django.conf import settings

from operating.limits import LEFT_TO_KNOWN
from programme.publishing.watcher import watch
from programme.shelf.outage import outage
from programme.shelf.shelf import shelf
from serving.addresses import is_of_a_version, kind_of
from serving.errors import database_fails, desk_is_away, unavailable
from serving.staff.logins import is_known_device

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

logger = logging.getLogger(__name__)


class Outages:
    """Answer 503 at once to what needs the database while it is away, or while it is too busy.

    Whoever waits for the database holds a thread; so only some threads may wait, and the others
    are left to the public, who need no database. Strangers, who may ask for the login and for
    shared drafts, cannot take all of these: one is left to staff. Nor may pages of old versions,
    which are many, take all that is left; those that are kept do not come here.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.places = BoundedSemaphore(settings.STAFF_AT_ONCE)
        self.strangers_places = BoundedSemaphore(max(1, settings.STAFF_AT_ONCE - LEFT_TO_KNOWN))
        self.old_places = BoundedSemaphore(settings.OLD_AT_ONCE)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on unless it would wait in vain."""
        if kind_of(request.path_info) != "staff":
            is_unknown = watch.failures and not shelf.is_filled
            needed = (self.old_places,) if is_of_a_version(request.path_info) else ()
            return unavailable(request) if is_unknown else self._answered(request, *needed)
        if outage.is_on:
            return desk_is_away(request)
        if is_known_device(request):
            return self._answered(request, self.places)
        return self._answered(request, self.strangers_places, self.places)

    def _answered(self, request: HttpRequest, *needed: BoundedSemaphore) -> HttpResponseBase:
        """Pass the request on if it finds a place in each of what it needs."""
        with ExitStack() as held:
            for places in needed:
                if not places.acquire(blocking=False):
                    return unavailable(request)
                held.callback(places.release)
            return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponseBase | None:
        """A request that was caught when the database went away, or by who held it too long."""
        page = database_fails(request, exception)
        if page:
            # In an outage the watcher has told all there is to tell.
            logger.error(
                "A request needed the database in vain",
                exc_info=None if outage.is_on else exception,
            )
        return page
