"""A site that tells what it was asked, and how to ask it through the shipped proxy."""

from __future__ import annotations

import json
import re
import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.test import override_settings

from tests.bench.site import HOST, Site

CURRENT = "public, max-age=0, s-maxage=60"

STATUSES = {"/nowhere/": 404, "/moved/": 302}
"""What is answered where an address has such a part."""


class Teller(BaseHTTPRequestHandler):
    """Answers with the headers it was sent, and how often it was asked."""

    protocol_version = "HTTP/1.1"
    asked = 0

    def do_GET(self) -> None:
        """Answer."""
        Teller.asked += 1
        if "/slow/" in self.path:
            time.sleep(0.3)
        process = Path(str(self.server.server_address)).parent.name
        told = {"asked": Teller.asked, "path": self.path, "process": process}
        body = json.dumps({**told, **dict(self.headers.items())}).encode()
        staff = any(f"/{name}/" in self.path for name in ("admin", "preview", "shared"))
        statuses = (status for part, status in STATUSES.items() if part in self.path)
        self.send_response(next(statuses, 200))
        self.send_header("Location", self.path)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Vary", "Accept-Encoding")
        self.send_header("X-Request-ID", "of-the-first-request")
        self.send_header("Cache-Control", "private, no-store" if staff else CURRENT)
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET  # noqa: N815 -- as above

    def log_message(self, *_: object) -> None:
        """Stay silent."""

    def address_string(self) -> str:
        """Nobody has an address on a socket of this machine."""
        return ""


@contextmanager
def telling(where: Path) -> Iterator[None]:
    """A process that tells, on this socket, for as long as the block lasts."""
    with socketserver.ThreadingUnixStreamServer(str(where), Teller) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield
        server.shutdown()
    where.unlink()


def get(site: Site, path: str, method: str = "GET", **headers: str) -> tuple[int, Any, Any]:
    """Status, headers and what the site told."""
    connection = HTTPConnection("127.0.0.1", site.port, timeout=10)
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, headers={"Host": HOST, **names})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    told = json.loads(body) if body.startswith(b'{"asked"') else body
    return answer.status, answer.headers, told


def notices(site: Site) -> None:
    """Put the pages of the proxy's own where a release has them."""
    with override_settings(STATIC_ROOT=site.static):
        call_command("write_notices")


def language_of(page: bytes) -> str:
    """The language that a page says it is in; "" for what is no page of ours."""
    found = re.search(rb'<html lang="(\w+)"', page)
    return found[1].decode() if found else ""
