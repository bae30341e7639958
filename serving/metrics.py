"""The site's own numbers, in Prometheus' text format (version 0.0.4).

What others know already is read from them when the numbers are asked for; only answers are
counted as they go. One process serves one address, so that nothing has to be summed here.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, Counter, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector

from programme.publishing.watcher import watch
from programme.shelf.outage import outage
from programme.shelf.shelf import shelf
from serving.addresses import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from prometheus_client.core import Metric

    from operating.logs import Application, Environ, StartResponse
    from serving.page_cache import PageCache

    Pages = PageCache[Any, Any]

ANSWERS = Counter(
    "programme_answers",
    "Answers, by kind of page and first digit of the status",
    ["kind", "status"],
)
RENDERING = Histogram(
    "programme_render_seconds",
    "Seconds that it took to make a public page that was not kept",
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5),
)


class CountedAnswers:
    """WSGI wrapper: counts each answer by kind of page and first digit of its status."""

    def __init__(self, application: Application) -> None:
        self.application = application

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer, and count when the status is known."""

        def start(status: str, headers: list[tuple[str, str]], *error: object) -> object:
            counter(kind_of(environ.get("PATH_INFO", "")), status[0]).inc()
            return start_response(status, headers, *error)

        return self.application(environ, start)


@cache
def counter(kind: str, first_digit: str) -> Counter:
    """One of a few counters, looked up once."""
    return ANSWERS.labels(kind, f"{first_digit}xx")


class Vitals(Collector):
    """What the watcher, the shelf and the pages that are kept know of themselves."""

    def __init__(self, pages: Pages) -> None:
        self.pages = pages

    def collect(self) -> Iterable[Metric]:
        """Read them now."""
        if watch.looked_at:
            yield GaugeMetricFamily(
                "programme_shelf_timestamp_seconds",
                "Unix time when the shelf was last known to be what is published",
                watch.looked_at.timestamp(),
            )
        editions = shelf.current_editions()
        yield GaugeMetricFamily("programme_meetings_held", "Meetings on the shelf", len(editions))
        yield GaugeMetricFamily(
            "programme_publications_held",
            "Standing publications on the shelf, old versions included",
            sum(len(shelf.versions(one.slug)) for one in editions),
        )
        yield GaugeMetricFamily(
            "programme_publications_unshowable",
            "Standing publications that are not shown, since no page can be made of them",
            shelf.unshowable,
        )
        yield GaugeMetricFamily("programme_database_away", "1 in an outage", float(outage.is_on))
        yield CounterMetricFamily(
            "programme_watcher_failures",
            "Looks at the database that failed, so that the shelf stayed as it was",
            watch.failures,
        )
        yield CounterMetricFamily(
            "programme_spool_failures",
            "Times that what is public could not be written to this machine",
            watch.watcher.spool.failures if watch.watcher.spool else 0,
        )
        yield from self._collect_pages()

    def _collect_pages(self) -> Iterable[Metric]:
        asked = CounterMetricFamily(
            "programme_page_cache",
            "Public pages asked for, by whether they were ready",
            labels=["found"],
        )
        asked.add_metric(["hit"], self.pages.hits)
        asked.add_metric(["miss"], self.pages.misses)
        yield asked
        yield GaugeMetricFamily("programme_pages_held", "Pages that are ready", len(self.pages))
        yield GaugeMetricFamily(
            "programme_page_cache_bytes", "Bytes that they take", self.pages.bytes
        )


def tell_of(pages: Pages) -> None:
    """Let the numbers tell of the process that keeps these pages; called once in it."""
    REGISTRY.register(Vitals(pages))


def metrics(_request: HttpRequest) -> HttpResponse:
    """Everything that this process counts."""
    return HttpResponse(generate_latest(), content_type=CONTENT_TYPE_LATEST)
