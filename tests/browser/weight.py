"""What a first visit weighs: `python -m tests.browser.weight [URL]`.

A browser with an empty cache opens the programme page of 2024 in each language and says what it
asks for; each answer is then weighed as brotli, headers included. Pages themselves are
compressed by the proxy in front (quality 5, as for pages made on demand). Fails over a limit.
"""

from __future__ import annotations

import sys
import urllib.request
from contextlib import nullcontext
from dataclasses import dataclass
from urllib.parse import urlsplit

import brotli
from playwright.sync_api import Browser, sync_playwright

from tests.browser.chromium import launch_options
from tests.browser.shots import MEETING, site

LIMITS = {"en": 60_000, "fr": 60_000, "es": 60_000, "ar": 75_000}
"""Bytes of a first visit; Arabic brings a second face."""

MOST_REQUESTS = 8

LAYOUT_SHIFT = """() => new Promise((resolve) => {
  let sum = 0;
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) sum += one.value;
  }).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => resolve(sum), 500);
})"""


@dataclass(frozen=True, slots=True)
class Visit:
    """What one first visit asked for, and what it weighs."""

    language: str
    bytes: int
    requests: int
    elsewhere: int
    layout_shift: float

    @property
    def is_within_limits(self) -> bool:
        """Whether a delegate on a bad network would be content."""
        return (
            self.bytes <= LIMITS[self.language]
            and self.requests <= MOST_REQUESTS
            and not self.elsewhere
            and self.layout_shift == 0
        )


def main() -> None:
    """Weigh the site at the URL given, or one started for it."""
    served = nullcontext(sys.argv[1].rstrip("/")) if len(sys.argv) > 1 else site()
    with served as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())
        visits = [visit(browser, url, language) for language in LIMITS]
        browser.close()
    print("language   bytes   limit  requests  elsewhere  layout shift")  # noqa: T201 -- a table
    for one in visits:
        print(  # noqa: T201 -- a command tells what it found
            f"{one.language:8}  {one.bytes:6}  {LIMITS[one.language]:6}  {one.requests:8}"
            f"  {one.elsewhere:9}  {one.layout_shift:12.3f}"
        )
    if not all(one.is_within_limits for one in visits):
        sys.exit("A first visit is over its limit.")


def visit(browser: Browser, url: str, language: str) -> Visit:
    """Open the programme page with an empty cache."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{url}/{language}/{MEETING}/", wait_until="networkidle")
    shift = float(page.evaluate(LAYOUT_SHIFT))
    context.close()
    own = [one for one in asked if urlsplit(one).netloc == urlsplit(url).netloc]
    return Visit(
        language, sum(weight(one) for one in own), len(asked), len(asked) - len(own), shift
    )


def weight(address: str) -> int:
    """Bytes of an answer as brotli, with its headers."""
    request = urllib.request.Request(address, headers={"Accept-Encoding": "br"})  # noqa: S310 -- our own site
    with urllib.request.urlopen(request, timeout=10) as response:  # noqa: S310 -- our own site
        body = response.read()
        headers = sum(len(name) + len(value) + 4 for name, value in response.headers.items())
        if response.headers.get_content_type() == "text/html":
            body = brotli.compress(body, quality=5)
    return len(body) + headers


if __name__ == "__main__":
    main()
