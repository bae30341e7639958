"""How far down the answers stand: `make heights`, or `python -m tools.browser.heights`.

A delegate on a phone asks when their State speaks and what comes next. A browser opens the pages of
a meeting in its second day, and on another site those of the one of 2024, which has no times. It
measures in CSS pixels how far from the top the answer begins and ends, and on how many sheets of A4
the page is printed.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from tools.bench.places import LANGUAGES
from tools.browser.chromium import PHONE, launch_options
from tools.browser.shots import manage, wait_for
from tools.servers.site import free_port

if TYPE_CHECKING:
    from playwright.sync_api import Browser

AT = "?at=2024-06-19T11:45"
"""The clock of the meeting, which a workshop may set."""

SHEET = re.compile(rb"/Type\s*/Page\b")
"""A page of a PDF as Chromium writes it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a reader looks for: its page, what shows it, and how far down it may begin or end."""

    question: str
    path: str
    selector: str = ""
    begins: int | None = None
    ends: int | None = None
    sheets: int | None = None


FIRST_RUN = ("first_run",)
THREE_DAYS = ("shell", "-c", "from tools.servers.three_days import three_days; three_days()")

OF_DELEGATIONS = (
    Answer("when Ukraine speaks", "delegations/ukr/", ".ledger li", begins=300),
    Answer("all that concerns Ukraine", "delegations/ukr/", ".ledger:visible", ends=1300, sheets=1),
    Answer("Switzerland on paper", "delegations/che/", sheets=1),
)
SITES = {
    THREE_DAYS: (
        *OF_DELEGATIONS,
        Answer("what is on, at home", "", ".glance li", begins=420),
        Answer("what is on", "meetings/three-days/", ".glance li", begins=420),
        Answer("item 6b on paper", "meetings/three-days/items/6b/", sheets=1),
    ),
    FIRST_RUN: (
        *OF_DELEGATIONS,
        Answer("the agenda", "meetings/2024-intersessional-meetings/", ".glance li", begins=420),
    ),
}
"""What is asked of the site that a command fills."""


def main() -> None:
    """Print each figure; one over its limit has a mark."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())
        for filling, answers in SITES.items():
            print(f"\n{'question':28}{'language':10}{'from':>8}{'to':>8}{'sheets':>8}")
            with workshop(filling) as url:
                for answer, language in product(answers, LANGUAGES):
                    figures = measured(browser, url, language, answer)
                    print(f"{answer.question:28}{language:10}{figures}")
        browser.close()


def measured(browser: Browser, url: str, language: str, answer: Answer) -> str:
    """Where an answer begins and ends, and its sheets; what is over its limit is marked."""
    page = browser.new_page(viewport=PHONE)
    page.goto(f"{url}/{language}/{answer.path}{AT}")
    page.evaluate("document.fonts.ready")
    top = bottom = None
    if answer.selector and (parts := page.locator(answer.selector)).count():
        box, last = parts.first.bounding_box(), parts.last.bounding_box()
        top, bottom = box and box["y"], last and last["y"] + last["height"]
    sheets = len(SHEET.findall(page.pdf(format="A4", prefer_css_page_size=True)))
    page.close()
    return "".join(
        figure(found, limit)
        for found, limit in (
            (top if answer.begins else None, answer.begins),
            (bottom if answer.ends else None, answer.ends),
            (sheets if answer.sheets else None, answer.sheets),
        )
    )


def figure(found: float | None, limit: int | None) -> str:
    """A figure in its column, with a mark where it is over its limit, or where there is none."""
    if limit is None:
        return f"{'':>8}"
    return f"{'none':>7}!" if found is None else f"{found:>7.0f}{'!' if found > limit else ' '}"


@contextmanager
def workshop(filling: tuple[str, ...]) -> Iterator[str]:
    """A site on this machine whose clock can be set, filled by a command of its own."""
    with tempfile.TemporaryDirectory() as folder:
        rows = {
            "DEBUG": "1",
            "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
            "SPOOL_DIR": f"{folder}/spool",
        }
        for command in (("compile_messages",), ("migrate",), ("import_delegations",), filling):
            if manage(rows, *command).wait():
                raise RuntimeError(f"{command[0]} failed.")
        host = f"127.0.0.1:{free_port()}"
        server = manage(rows, "runserver", "--noreload", host)
        try:
            wait_for(f"http://{host}/en/")
            yield f"http://{host}"
        finally:
            server.terminate()
            server.wait()


if __name__ == "__main__":
    main()
