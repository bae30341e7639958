"""Addresses for the programs that watch over the site; the proxy keeps them from the public."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from programme.publishing.watcher import watch
from programme.shelf.outage import outage
from programme.shelf.shelf import shelf
from serving.metrics import metrics

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http.response import HttpResponseBase


def live(_request: HttpRequest) -> HttpResponse:
    """200: this process answers, whatever it knows."""
    return JsonResponse({"status": "live"})


def ready(_request: HttpRequest) -> HttpResponse:
    """200 once the shelf was filled, from the database or the spool; 503 before.

    A database that is away does not make the site unready: delegates go on reading. Nothing is
    asked of it here; what the watcher saw last is told. Nor does a spool that cannot be written:
    it would only be missed by a process that starts while the database is away.
    """
    meetings = len(shelf.current_editions())
    is_filled = bool(meetings or watch.looked_at)  # it may be that nothing is published yet
    state = {
        "status": "ready" if is_filled else "empty",
        "database": "away" if outage.is_on else "there",
        "shelf": {
            "age_seconds": age(watch.looked_at),
            "meetings": meetings,
        },
        "spool": spool_state(),
    }
    status = HTTPStatus.OK if is_filled else HTTPStatus.SERVICE_UNAVAILABLE
    return JsonResponse(state, status=status)


def spool_state() -> dict[str, str | int]:
    """Whether what is public was written to this machine, and how often that failed."""
    spool = watch.watcher.spool
    if spool is None:
        return {"status": "none", "failures": 0}
    return {"status": "failing" if spool.is_failing else "kept", "failures": spool.failures}


def age(looked_at: datetime | None) -> float | None:
    """Seconds since the shelf was last known to be what is published; None if it never was."""
    return round((timezone.now() - looked_at).total_seconds(), 1) if looked_at else None


ADDRESSES = {"/health/live": live, "/health/ready": ready, "/metrics": metrics}


class ForOperators:
    """Middleware, the first: answers programs, which know neither our name nor https."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer at the few addresses for programs; pass on all else."""
        view = ADDRESSES.get(request.path_info)
        if view is None:
            return self.get_response(request)
        response = view(request)
        response["Cache-Control"] = "no-store"
        response["Content-Length"] = str(len(response.content))
        return response
