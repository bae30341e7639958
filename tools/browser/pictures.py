"""The pictures of README and guides, taken anew: `python -m tools.browser.pictures`.

A site of its own, in a temporary folder, goes through one day of an editor: some changes to the
2024 programme, a look at the desk, a publication. The pictures are written to docs/images/.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import time
from typing import TYPE_CHECKING

import django
from django.core.management import call_command
from playwright.sync_api import Page, ViewportSize, sync_playwright

from tools.browser.chromium import DESKTOP, PHONE, launch_options
from tools.browser.shots import MEETING, manage, wait_for
from tools.servers.site import ROOT, free_port

if TYPE_CHECKING:
    from django.contrib.auth.models import User

FOLDER = ROOT / "docs" / "images"
LOW: ViewportSize = {"width": 1080, "height": 720}


def main() -> None:
    """Take all pictures."""
    with site() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())
        context = browser.new_context(base_url=url)
        page = context.new_page()
        take(page, f"/en/{MEETING}/", "programme", DESKTOP)
        take(page, f"/ar/{MEETING}/", "programme-ar", PHONE)
        log_in(page, edit())
        page.goto("/en/admin/")
        page.get_by_role("link", name="2024 Intersessional Meetings").first.click()
        take(page, page.url, "draft", LOW)
        desk = page.url.replace("/draft/", "/publish/")
        take(page, desk, "publish", {"width": 1080, "height": 1250})
        take(page, desk.replace("/en/", "/ar/"), "publish-ar", {"width": 1080, "height": 1250})
        take(page, f"/en/preview/{MEETING.removeprefix('meetings/')}/items/3/", "preview", LOW)
        publish()
        take(page, f"/en/{MEETING}/changes/", "changes", LOW)
        browser.close()


def take(page: Page, address: str, name: str, size: ViewportSize) -> None:
    """What a screen shows of a page."""
    page.set_viewport_size(size)
    page.goto(address)
    page.evaluate("document.fonts.ready")
    path = FOLDER / f"{name}.png"
    page.screenshot(path=path)
    print(path.relative_to(ROOT))


def log_in(page: Page, user: User) -> None:
    """Go on as somebody of staff."""
    from tools.servers.rows import session_of  # noqa: PLC0415 -- Django is set up by now

    cookie = {"name": "sessionid", "value": session_of(user), "domain": "127.0.0.1", "path": "/"}
    page.context.add_cookies([cookie])  # type: ignore[list-item]  # a plain dictionary


def edit() -> User:
    """Change what editors change on a day like this, and give who did it."""
    from django.contrib.auth.models import User  # noqa: PLC0415 -- as above

    from meetings.models import Delegation, Meeting  # noqa: PLC0415
    from meetings.texts.text_states import Edit, record, wordings  # noqa: PLC0415
    from programme.models import AgendaItem, SpeakingListEntry  # noqa: PLC0415

    meeting = Meeting.objects.get(slug=MEETING.removeprefix("meetings/"))
    items = AgendaItem.objects.of(meeting)
    speaking_list = items.get(number=3, parent=None).lists.named().first()
    angola = Delegation.objects.get(code="ago")
    SpeakingListEntry.objects.create(list=speaking_list, delegation=angola)
    panel = meeting.panels.earliest("start")
    panel.start = time(11, 45)
    panel.save()
    row = items.get(number=8, parent=None)
    before = wordings(row)
    row.title_en = "Closing of the 2024 Intersessional Meetings"
    row.save()
    record([Edit(row, before)])
    return User.objects.create_superuser("Editor")


def publish() -> None:
    """Let delegates read what was edited."""
    from meetings.models import Meeting  # noqa: PLC0415 -- as above
    from tools.servers.rows import published  # noqa: PLC0415

    published(Meeting.objects.get(slug=MEETING.removeprefix("meetings/")))


@contextmanager
def site() -> Iterator[str]:
    """A workshop with the programmes of 2024, whose rows this process can change."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
            "SPOOL_DIR": f"{folder}/spool",
            "DEBUG": "1",
            "DJANGO_ALLOW_ASYNC_UNSAFE": "true",
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        django.setup()
        for command in ("compile_messages", "migrate", "first_run"):
            call_command(command, verbosity=0)
        host = f"127.0.0.1:{free_port()}"
        server = manage(dict(os.environ), "runserver", "--noreload", host)
        try:
            wait_for(f"http://{host}/en/")
            yield f"http://{host}"
        finally:
            server.terminate()
            server.wait()


if __name__ == "__main__":
    main()
