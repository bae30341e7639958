"""Pictures of every kind of page, to be looked at: `python -m tools.browser.shots [URL]`.

Without the URL of a running site it starts one of its own with the programmes of 2024, in a
temporary folder. The pictures are written to shots/.
"""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from playwright.sync_api import Browser, sync_playwright

from tools.browser.chromium import DESKTOP, PHONE, launch_options
from tools.servers.site import ROOT, free_port

FOLDER = ROOT / "shots"
SECONDS_TO_START = 60

MEETING = "meetings/2024-intersessional-meetings"
PAGES = {
    "home": "",
    "programme": f"{MEETING}/",
    "item": f"{MEETING}/items/6b/",
    "panel": f"{MEETING}/panels/victim-assistance/",
    "delegations": "delegations/",
    "delegation": "delegations/ukr/",
    "found": "find/?q=clearance",
    "changes": f"{MEETING}/changes/",
    "beside": f"{MEETING}/items/3/?with=fr",
    "error": "no-such-page/",
}
LANGUAGES = {"en": PAGES, "ar": PAGES, "fr": {"programme"}, "es": {"programme"}}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def main() -> None:
    """Take all pictures, of the site at the URL given or of one started for it."""
    FOLDER.mkdir(exist_ok=True)
    if len(sys.argv) > 1:
        take_all(sys.argv[1].rstrip("/"))
        return
    with site() as url:
        take_all(url)


def take_all(url: str) -> None:
    """Every page in each language, width and colour scheme."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())
        for language, pages in LANGUAGES.items():
            for page in pages:
                take(browser, f"{url}/{language}/{PAGES[page]}", f"{page}-{language}")
            print_out(browser, f"{url}/{language}/{MEETING}/", f"programme-{language}")
        browser.close()


def print_out(browser: Browser, address: str, name: str) -> None:
    """The pages that a printer would print, as PDF and, where poppler is, as pictures."""
    page = browser.new_page()
    page.goto(address)
    path = FOLDER / f"{name}-print.pdf"
    page.pdf(path=path, format="A4", prefer_css_page_size=True)
    page.close()
    if program := shutil.which("pdftoppm"):
        subprocess.run([program, "-png", "-r", "60", path, path.with_suffix("")], check=True)
    print(path.relative_to(ROOT))


def take(browser: Browser, address: str, name: str) -> None:
    """One page in each width and colour scheme."""
    page = browser.new_page()
    for size in (PHONE, DESKTOP):
        page.set_viewport_size(size)
        page.goto(address)  # anew: what is open on demand depends on the width
        page.evaluate("document.fonts.ready")
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            path = FOLDER / f"{name}-{size['width']}-{scheme}.png"
            page.screenshot(path=path, full_page=True)
            print(path.relative_to(ROOT))
    page.close()


@contextmanager
def site() -> Iterator[str]:
    """A site with the programmes of 2024, set up as for the public so that errors have pages."""
    with tempfile.TemporaryDirectory() as folder:
        host = f"127.0.0.1:{free_port()}"
        rows = {"DATABASE_URL": f"sqlite:///{folder}/db.sqlite3", "STATIC_ROOT": f"{folder}/static"}
        for command in ("compile_messages", "migrate", "first_run"):
            manage({**rows, "DEBUG": "1"}, command).wait()
        public = {
            **rows,
            "SECRET_KEY": secrets.token_urlsafe(50),
            "ALLOWED_HOSTS": "127.0.0.1",
            "SITE_URL": f"http://{host}",
            "SSL_REDIRECT": "0",
        }
        manage(public, "collectstatic", "--no-input").wait()
        server = manage(public, "runserver", "--noreload", host)
        try:
            wait_for(f"http://{host}/en/")
            yield f"http://{host}"
        finally:
            server.terminate()
            server.wait()


def manage(variables: dict[str, str], *command: str) -> subprocess.Popen[bytes]:
    """Start one of the site's commands with these settings."""
    return subprocess.Popen(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env={**os.environ, "DEBUG": "", **variables},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def wait_for(url: str) -> None:
    """Wait until the site answers. Raises TimeoutError."""
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url, timeout=5):  # noqa: S310 -- our own address
                return
        except urllib.error.URLError:
            time.sleep(0.2)
    raise TimeoutError(f"{url} does not answer.")


if __name__ == "__main__":
    main()
