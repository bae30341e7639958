"""The shipped proxy, for all tests of a file."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.deploy.asking import notices, telling
from tools.servers.site import Site, nginx_program

pytest.register_assert_rewrite("tests.deploy.promises")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The proxy and one process behind it; the other is away."""
    if not nginx_program():
        pytest.skip("There is no nginx here: on Debian, apt-get install nginx-light.")
    with Site(tmp_path_factory.mktemp("site"), "") as site:
        site.static.mkdir()
        (site.static / "site.0123456789ab.css").write_text("a{}", encoding="utf-8")
        (site.static / "site.css").write_text("a{}", encoding="utf-8")
        notices(site)
        site.socket("2")
        with telling(site.socket("1")):
            site.start_nginx(refilled_slowly)
            yield site


def refilled_slowly(text: str) -> str:
    """A file in which room for more requests grows by the minute where it would by the second.

    So what passes is what may come at once, however long this machine takes to ask for it.
    """
    text = re.sub(r"rate=(\d+)r/m", lambda one: f"rate={max(1, int(one[1]) // 60)}r/m", text)
    return re.sub(r"rate=(\d+)r/s", r"rate=\1r/m", text)
