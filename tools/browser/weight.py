"""What a first visit weighs: `python -m tools.browser.weight [URL]`.

A browser with an empty cache opens the programme page of 2024 in each language, over a slow
network, and counts every answer as the site sends it, headers included, without a proxy in front.
Fails over a limit.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from playwright.sync_api import sync_playwright

from tools.browser.chromium import DESKTOP, PHONE, launch_options
from tools.browser.shots import MEETING, site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, ViewportSize

LIMITS = {"en": 60_000, "fr": 60_000, "es": 60_000, "ar": 75_000}
"""Bytes of a first visit; Arabic brings a second face."""

MOST_REQUESTS = 8

SLOW = {"offline": False, "latency": 300, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
"""Milliseconds, and bytes in a second: a hall whose network everybody uses."""

HEADINGS = (
    *("language", "bytes", "limit", "of the page"),
    *("requests", "elsewhere", "shift", "script"),
)

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
    page_bytes: int
    """Of them, the page itself with its headers."""
    requests: int
    elsewhere: int
    layout_shift: float
    needs_script: bool

    @property
    def is_within_limits(self) -> bool:
        """Whether a delegate on a bad network would be content."""
        return (
            self.bytes <= LIMITS[self.language]
            and self.requests <= MOST_REQUESTS
            and not self.elsewhere
            and self.layout_shift == 0
            and not self.needs_script
        )


@dataclass
class Traffic:
    """What the network carried, as the browser's own tools tell it."""

    urls: dict[str, str] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)

    def asked(self, event: dict[str, Any]) -> None:
        """A request leaves."""
        self.urls[event["requestId"]] = event["request"]["url"]

    def ended(self, event: dict[str, Any]) -> None:
        """An answer is there whole: bytes of its head and of its body as it was sent."""
        self.sizes[event["requestId"]] = round(event["encodedDataLength"])


def main() -> None:
    """Weigh the site at the URL given, or one started for it."""
    served = nullcontext(sys.argv[1].rstrip("/")) if len(sys.argv) > 1 else site()
    with served as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())
        visits = [visit(browser, url, language) for language in LIMITS]
        browser.close()
    show(*HEADINGS)
    for one in visits:
        show(
            *(one.language, one.bytes, LIMITS[one.language], one.page_bytes),
            *(one.requests, one.elsewhere, f"{one.layout_shift:.3f}"),
            "needed" if one.needs_script else "no",
        )
    if not all(one.is_within_limits for one in visits):
        sys.exit("A first visit is over its limit.")


def show(*cells: object) -> None:
    """A row of the table."""
    print("".join(f"{one!s:>12}" for one in cells))


def visit(browser: Browser, url: str, language: str) -> Visit:
    """Open the programme page with an empty cache, on a phone."""
    address = f"{url}/{language}/{MEETING}/"
    traffic = Traffic()
    with slow_page(browser, PHONE, traffic) as page:
        page.goto(address, wait_until="networkidle")
        shift = float(page.evaluate(LAYOUT_SHIFT))
        text = page.locator("main").inner_text()
    with slow_page(browser, DESKTOP, Traffic()) as page:
        page.goto(address, wait_until="networkidle")
        shift = max(shift, float(page.evaluate(LAYOUT_SHIFT)))
    own = [one for one in traffic.urls.values() if urlsplit(one).netloc == urlsplit(url).netloc]
    sizes = {traffic.urls[one]: size for one, size in traffic.sizes.items()}
    return Visit(
        language=language,
        bytes=sum(sizes.values()),
        page_bytes=sizes[address],
        requests=len(traffic.urls),
        elsewhere=len(traffic.urls) - len(own),
        layout_shift=shift,
        needs_script=text != text_without_script(browser, address),
    )


@contextmanager
def slow_page(browser: Browser, size: ViewportSize, traffic: Traffic) -> Iterator[Page]:
    """A page with an empty cache on a slow network, whose traffic is counted."""
    context = browser.new_context(viewport=size)
    page = context.new_page()
    network = context.new_cdp_session(page)
    network.on("Network.requestWillBeSent", traffic.asked)
    network.on("Network.loadingFinished", traffic.ended)
    network.send("Network.enable")
    network.send("Network.emulateNetworkConditions", SLOW)
    yield page
    context.close()


def text_without_script(browser: Browser, address: str) -> str:
    """What the page says where no script runs."""
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    text = page.locator("main").inner_text()
    context.close()
    return text


if __name__ == "__main__":
    main()
