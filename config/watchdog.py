"""A liveness watchdog (systemd's WatchdogSec=): tells again and again that this process answers.

A process whose threads all hang is alive for whoever looks at it from outside, while its readers
wait. So each process asks itself over its own socket, as a reader would, and says so only when it
has got an answer; after WatchdogSec= without a word the service manager starts it anew. The words
are those of sd_notify(3), the variables those of sd_watchdog_enabled(3).
"""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPException
from threading import Thread
from typing import Self

from config.ready import Connection

SERVED_AT = "PROGRAMME_SERVED_AT"
"""The variable by which `config.serve` tells its worker where it listens (a socket or a port)."""

IN_TIME = 6
"""So many questions fit into the time after which silence counts as hanging."""


@dataclass(frozen=True, slots=True)
class Watchdog:
    """One process: where it listens, where to tell of it, and how often, in seconds."""

    served_at: str
    manager: str
    interval: float

    @classmethod
    def of(cls, variables: Mapping[str, str]) -> Self | None:
        """The one that the service manager asks for; None where nobody asks."""
        served_at, manager = variables.get(SERVED_AT), variables.get("NOTIFY_SOCKET")
        microseconds = variables.get("WATCHDOG_USEC", "")
        if not (served_at and manager and microseconds.isdigit()):
            return None
        return cls(served_at, manager, int(microseconds) / 1_000_000 / IN_TIME)

    def run(self) -> None:
        """Ask and tell, as long as the process lives."""
        while True:
            if self.answers():
                self.tell("WATCHDOG=1")
            time.sleep(self.interval)

    def answers(self) -> bool:
        """Whether the process answers before the next question is due."""
        connection = Connection(self.served_at, self.interval)
        try:
            connection.request("GET", "/health/live")
            return connection.getresponse().status == HTTPStatus.OK
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()

    def tell(self, word: str) -> None:
        """Send the service manager a word; one that is lost is followed by the next."""
        # "@" stands for the NUL of an abstract socket's name (unix(7)).
        name = f"\0{self.manager[1:]}" if self.manager.startswith("@") else self.manager
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as sender:
            sender.settimeout(self.interval)
            try:
                sender.sendto(word.encode("ascii"), name)
            except OSError:
                return


def start() -> None:
    """Begin, if the service manager asks for it."""
    watchdog = Watchdog.of(os.environ)
    if watchdog:
        Thread(target=watchdog.run, name="watchdog", daemon=True).start()
