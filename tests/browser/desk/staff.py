"""Staff at the admin, in a real browser: logged in, and with nothing to complain about."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.conf import settings

from tests.browser.visiting import without_complaint
from tools.browser.chromium import DESKTOP
from tools.servers.rows import session_of

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from playwright.sync_api import Browser, Page


@contextmanager
def desk(browser: Browser, site: str, user: User, **options: Any) -> Iterator[Page]:
    """A page, on a desktop unless said otherwise, of somebody who has logged in.

    The server must see the rows that the test made: take `site` from the fixture `desk_site`.
    """
    context = browser.new_context(**{"viewport": DESKTOP, "base_url": site, **options})
    try:
        context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session_of(user), "url": site}]
        )
        with without_complaint(context, site) as page:
            yield page
    finally:
        context.close()
