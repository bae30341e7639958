"""Requests as a server hands them over, without a server."""

from __future__ import annotations

import gzip
import io
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import brotli

Environ = dict[str, Any]

DECODE: dict[str, Callable[[bytes], bytes]] = {
    "br": brotli.decompress,
    "gzip": gzip.decompress,
    "": bytes,
}


@dataclass(frozen=True)
class Answered:
    """What a WSGI application answered."""

    status: int
    headers: dict[str, str]
    """By name in lower case."""
    body: bytes
    expires: str = field(default="", compare=False)
    """What nginx alone is told, which is another thing each second."""

    @property
    def decoded(self) -> bytes:
        """The body before it was coded."""
        return DECODE[self.headers.get("content-encoding", "")](self.body)

    @property
    def text(self) -> str:
        """The body as text."""
        return self.decoded.decode()

    def without(self, names: Iterable[str]) -> dict[str, str]:
        """The other headers."""
        return {name: one for name, one in self.headers.items() if name not in names}


def ask(
    application: Callable[..., Iterable[bytes]],
    address: str,
    **asked: Any,
) -> Answered:
    """Ask for an address, as `request` has it."""
    told: list[Any] = []
    environ = request(address, **asked)
    answer = application(environ, lambda status, given, _error=None: told.append((status, given)))
    body = b"".join(answer)
    if close := getattr(answer, "close", None):
        close()
    ((status, given),) = told
    by_name = {name.lower(): one for name, one in given}
    assert len(by_name) == len(given), "a header is there twice"
    expires = by_name.pop("x-accel-expires", "")
    return Answered(int(status[:3]), by_name, body, expires)


def request(
    address: str,
    *,
    method: str = "GET",
    host: str = "testserver",
    is_secure: bool = False,
    **headers: str,
) -> Environ:
    """The environment of a request (PEP 3333); a header is named as in `accept_encoding="br"`."""
    path, _, query = address.partition("?")
    return {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "443" if is_secure else "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": host,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "https" if is_secure else "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        **{f"HTTP_{name.upper()}": one for name, one in headers.items()},
    }
