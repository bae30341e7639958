"""Serve the site in one process: `python -m config.serve --socket FILE` or `--port NUMBER`.

Two of these behind the proxy (deploy/) use two processors, and one can be restarted while the
other serves. `docs/operators.md` says why the server is granian.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server import Server

from config import watchdog
from operating.environment import Environment
from operating.limits import THREADS
from operating.logs import LAYOUTS, logging_settings

FOR_PROXY_ALONE = 0o660
"""The socket may be used by the site's user and its group, to which the proxy belongs."""

HEADER_SECONDS = 10
"""For the head of a request, and for the next one on a connection that is kept open: the proxy
closes an idle one earlier (`keepalive_timeout` in deploy/nginx), so that none breaks in its hands.
"""

LONGEST_HEADERS = 64 * 1024
WAITING = 1024
"""Connections that may wait for a thread, as the kernel holds them."""

STOP_SECONDS = 10
"""For answers that are under way when the server is told to stop."""


def main(target: str = "config.wsgi:application") -> None:
    """Serve a WSGI application until told to stop (SIGTERM), then end what is under way."""
    asked = arguments()
    if asked.socket:
        asked.socket.unlink(missing_ok=True)  # what a killed server left would refuse the new one
    os.environ[watchdog.SERVED_AT] = str(asked.socket or asked.port)
    env = Environment(os.environ)
    layout = env.choice("LOG_FORMAT", LAYOUTS, LAYOUTS[0])
    env.stop_if_bad()
    Server(
        target,
        address=asked.address,
        port=asked.port or 8000,
        uds=asked.socket,
        uds_permissions=FOR_PROXY_ALONE if asked.socket else None,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(
            header_read_timeout=HEADER_SECONDS * 1000, max_buffer_size=LONGEST_HEADERS
        ),
        websockets=False,
        blocking_threads=THREADS,
        backlog=WAITING,
        workers_kill_timeout=STOP_SECONDS,
        respawn_failed_workers=True,
        respawn_interval=1,
        log_level=LogLevels.warning,
        log_dictconfig=logging_settings(layout, "INFO"),
    ).serve()


def arguments() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(prog="python -m config.serve", description=__doc__)
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--socket", type=Path, help="a socket for a proxy on this machine")
    where.add_argument("--port", type=int, help="a port")
    parser.add_argument("--address", default="127.0.0.1", help="with --port: on which address")
    return parser.parse_args()


if __name__ == "__main__":
    main()
