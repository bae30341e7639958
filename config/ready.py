"""A readiness probe that waits for a process: `python -m config.ready SOCKET` or `… PORT`.

Exits with 0 as soon as /health/ready answers 200, and with 1 if it does not within a minute, or if
the process is gone that the service manager names in MAINPID (systemd.exec(5)). Service managers
and containers ask it; it needs nothing but the standard library.
"""

from __future__ import annotations

import os
import socket
import sys
import time
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path

PATIENCE = 55.0
"""Seconds; a little less than what the service manager waits (deploy/systemd)."""

PAUSE = 0.1
LONGEST_ANSWER = 2.0


class Connection(HTTPConnection):
    """A connection to a socket of this machine, by its path or its port."""

    def __init__(self, where: str, timeout: float = LONGEST_ANSWER) -> None:
        super().__init__("127.0.0.1", int(where) if where.isdigit() else 80, timeout)
        self.where = where

    def connect(self) -> None:
        """Connect to the path, or as HTTP does to the port."""
        if self.where.isdigit():
            super().connect()
            return
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.where)


def is_ready(where: str) -> bool:
    """Whether the process answers and has something to show."""
    connection = Connection(where)
    try:
        connection.request("GET", "/health/ready")
        return connection.getresponse().status == HTTPStatus.OK
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def is_gone(process: str) -> bool:
    """Whether a process has ended; "" names none."""
    return bool(process) and not Path("/proc", process).exists()


def wait(where: str, patience: float = PATIENCE, process: str = "") -> bool:
    """Ask until the process is ready; False once `patience` seconds have passed or it is gone."""
    deadline = time.monotonic() + patience
    while not is_ready(where):
        if time.monotonic() > deadline or is_gone(process):
            return False
        time.sleep(PAUSE)
    return True


if __name__ == "__main__":
    place, seconds, *_ = (*sys.argv[1:], PATIENCE)
    sys.exit(0 if wait(str(place), float(seconds), os.environ.get("MAINPID", "")) else 1)
