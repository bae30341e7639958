"""Visits as a browser sees them: it must find nothing to complain about on any page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from tools.browser.chromium import PHONE

if TYPE_CHECKING:
    from playwright.sync_api import (
        Browser,
        BrowserContext,
        ConsoleMessage,
        Page,
        Request,
    )

ERROR_PAGE = "Failed to load resource: the server responded with a status of"
"""What the browser says of the answer 404, whose page may be as good as any."""

TYPED_EARLY = "Autofocus processing was blocked because a document already has a focused element."
"""What it says where somebody types into a form before a busy machine has drawn it whole."""

USED_LATE = "was preloaded using link preload but not used within a few seconds"
"""What it says where a busy machine draws a page too late for the face that it brings."""


@contextmanager
def visitor(browser: Browser, site: str, **options: Any) -> Iterator[Page]:
    """A page, on a phone unless said otherwise, in a browser that has been nowhere before.

    Fails for what `without_complaint` fails for, and for a cookie.
    """
    context = browser.new_context(**{"viewport": PHONE, "base_url": site, **options})
    try:
        with without_complaint(context, site) as page:
            yield page
        assert not context.cookies(), context.cookies()
    finally:
        context.close()


@contextmanager
def without_complaint(context: BrowserContext, site: str) -> Iterator[Page]:
    """A page that fails for whatever the console tells, and for a request to another origin.

    Missing files and broken rules of the content security policy are told in the console.
    """
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.extend(told(message)))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: complaints.extend(gone_elsewhere(request, site)))
    page.on("requestfailed", lambda request: complaints.extend(refusal(request)))
    yield page
    assert not complaints, complaints


def told(message: ConsoleMessage) -> list[str]:
    """What the console says, but for an error page's status, and for the clock."""
    is_of_the_page = message.page and message.location["url"] == message.page.url
    if is_of_the_page and message.text.startswith(ERROR_PAGE):
        return []
    if USED_LATE in message.text or message.text == TYPED_EARLY:
        return []
    return [message.text]


def gone_elsewhere(request: Request, site: str) -> list[str]:
    """The address of a request to somebody else."""
    return [] if request.url.startswith(f"{site}/") else [f"Asked elsewhere: {request.url}"]


def refusal(request: Request) -> list[str]:
    """Why a request failed; nothing if a reader who walked on left it behind."""
    return [] if request.failure == "net::ERR_ABORTED" else [f"{request.url}: {request.failure}"]


def unfold(page: Page) -> None:
    """Open whatever opens on demand."""
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
