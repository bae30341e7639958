"""A site that tells what it was asked, and how to ask it through the shipped proxy."""

from __future__ import annotations

import json
import re
import socket
import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from email.message import Message
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.test import override_settings

from tools.servers.site import HOST, Site

CURRENT = "public, max-age=0, s-maxage=60"
SOON_OLD = "public, max-age=0, s-maxage=1, stale-while-revalidate=0"
OF_A_SECOND = "public, max-age=0, s-maxage=60, stale-while-revalidate=1, stale-if-error=60"
"""With which the page says that it is fresh until the second ends (X-Accel-Expires)."""

STATUSES = {"/nowhere/": 404, "/moved/": 302}
"""What is answered where an address has such a part."""

SECONDS = {"/slow/": 0.3, "/slower/": 0.6, "/endless/": 8.0}
"""How long an answer takes where an address has such a part."""

LARGE = 8_000_000
"""Bytes of the answer where an address has the part /large/: more than sockets hold."""


class Teller(BaseHTTPRequestHandler):
    """Answers with the headers it was sent, and how often it was asked."""

    protocol_version = "HTTP/1.1"
    asked = 0
    at_once = 0
    """How many requests are being answered now."""

    def do_GET(self) -> None:
        """Answer."""
        Teller.asked += 1
        Teller.at_once += 1
        try:
            self.tell(self.rfile.read(int(self.headers.get("Content-Length", 0))))
        finally:
            Teller.at_once -= 1

    do_POST = do_GET  # noqa: N815 -- as above

    def tell(self, sent: bytes) -> None:
        """Say what was asked, and how much was sent along."""
        time.sleep(sum(seconds for part, seconds in SECONDS.items() if part in self.path))
        process = Path(str(self.server.server_address)).parent.name
        told = {"asked": Teller.asked, "path": self.path, "process": process, "sent": len(sent)}
        body = json.dumps({**told, **dict(self.headers.items())}).encode()
        body += b" " * (LARGE if "/large/" in self.path else 0)
        staff = any(f"/{name}/" in self.path for name in ("admin", "preview", "shared"))
        public = SOON_OLD if "/soon-old/" in self.path else CURRENT
        public = OF_A_SECOND if "/of-a-second/" in self.path else public
        statuses = (status for part, status in STATUSES.items() if part in self.path)
        self.send_response(next(statuses, 200))
        self.send_header("Location", self.path)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Vary", "Accept-Encoding")
        self.send_header("X-Request-ID", "of-the-first-request")
        self.send_header("Cache-Control", "private, no-store" if staff else public)
        if public == OF_A_SECOND:
            self.send_header("X-Accel-Expires", f"@{int(time.time())}")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Stay silent."""

    def address_string(self) -> str:
        """Nobody has an address on a socket of this machine."""
        return ""


class Process(socketserver.ThreadingUnixStreamServer):
    """A process that tells; when it ends, so do the connections that nginx keeps open to it."""

    daemon_threads = True

    def __init__(self, where: Path) -> None:
        super().__init__(str(where), Teller)
        self.connections: list[socket.socket] = []

    def process_request(self, request: Any, client_address: Any) -> None:
        """Answer on a connection."""
        self.connections.append(request)
        super().process_request(request, client_address)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of whoever did not wait for the answer."""

    def server_close(self) -> None:
        """End."""
        super().server_close()
        for one in self.connections:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)


@contextmanager
def telling(where: Path) -> Iterator[None]:
    """A process that tells, on this socket, for as long as the block lasts."""
    with Process(where) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield
        server.shutdown()
    where.unlink()


def get(
    site: Site, path: str, method: str = "GET", *, body: str | None = None, **headers: str
) -> tuple[int, Any, Any]:
    """Status, headers and what the site told."""
    return ask(site.port, path, method, body=body, **headers)


def ask(
    port: int, path: str, method: str = "GET", *, body: str | None = None, **headers: str
) -> tuple[int, Any, Any]:
    """The same of any port."""
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    with closing(HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
        connection.request(method, path, body, headers={"Host": HOST, **names})
        answer = connection.getresponse()
        answered = answer.read()
    told = json.loads(answered) if answered.startswith(b'{"asked"') else answered
    return answer.status, answer.headers, told


def logged_for(site: Site, answer: Message) -> dict[str, object]:
    """The line of the access log for an answer, which is written after it was sent."""
    log = site.folder / "nginx/access.log"
    for _ in range(500):
        for line in log.read_text(encoding="utf-8").splitlines()[::-1]:
            logged: dict[str, object] = json.loads(line)
            if logged["request_id"] == answer["X-Request-ID"]:
                return logged
        time.sleep(0.02)
    raise AssertionError("nginx wrote no line.")


HSTS = 5000
"""Seconds for which browsers are to ask by https alone."""


def notices(site: Site) -> None:
    """Put the pages of the proxy's own where a release has them."""
    with override_settings(STATIC_ROOT=site.static):
        call_command("write_notices")


def static_headers(site: Site) -> None:
    """Put what is said with static files where a restart puts it."""
    with (
        override_settings(SECURE_HSTS_SECONDS=HSTS),
        (site.folder / "static-headers.conf").open("w", encoding="utf-8") as file,
    ):
        call_command("static_headers", stdout=file)


def language_of(page: bytes) -> str:
    """The language that a page says it is in; "" for what is no page of ours."""
    found = re.search(rb'<html lang="(\w+)"', page)
    return found[1].decode() if found else ""
