"""The proxy keeps what it promises, and whoever breaks a promise in its files is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.deploy.asking import notices, static_headers
from tests.deploy.promises import PROMISES, Check, Slip, hurried
from tools.servers.site import SHIPPED, Site, nginx_program

Start = Callable[..., Site]


@pytest.fixture(scope="module")
def static(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a release brings for nginx."""
    site = Site(tmp_path_factory.mktemp("release"), "")
    site.static.mkdir()
    notices(site)
    return site.static


@pytest.fixture
def start(tmp_path: Path, static: Path) -> Iterator[Start]:
    """Start a proxy with little patience whose processes are away, perhaps with a slip in it."""
    if not nginx_program():
        pytest.skip("There is no nginx here: on Debian, apt-get install nginx-light.")
    with Site(tmp_path, "") as site:
        site.static.symlink_to(static)
        static_headers(site)
        for process in ("1", "2"):
            site.socket(process)

        def started(slip: Slip | None = None) -> Site:
            site.start_nginx(lambda text: hurried(slip.planted(text) if slip else text))
            return site

        yield started


@pytest.mark.parametrize("check", PROMISES, ids=lambda check: check.__name__)
def test_proxy_keeps_its_promise(start: Start, check: Check) -> None:
    check(start())


@pytest.mark.parametrize(
    ("check", "slip"),
    [
        pytest.param(check, slip, id=f"{check.__name__}-{number}")
        for check, slips in PROMISES.items()
        for number, slip in enumerate(slips)
    ],
)
def test_slip_that_breaks_a_promise_is_noticed(start: Start, check: Check, slip: Slip) -> None:
    assert any(slip.words in one.read_text(encoding="utf-8") for one in SHIPPED.glob("*.conf"))
    site = start(slip)

    with pytest.raises(Exception):  # noqa: B017, PT011 -- whatever it meets, it is told
        check(site)
