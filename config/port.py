"""Checks whether a port is free: run with its number, before anything is installed."""

import errno
import socket
import sys

LAST_PORT = 65_535  # RFC 793: sixteen bits


def complaint(port: str) -> str:
    """Say in a line why the site cannot listen on this port of 127.0.0.1; '' if it can."""
    if not (port.isascii() and port.isdigit() and 0 < int(port) <= LAST_PORT):
        return f"PORT={port} is no port: write a number from 1 to {LAST_PORT}."
    with socket.socket() as listener:
        # As the server does it: a port that was closed a moment ago is free.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", int(port)))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return f"Port {port} is taken: stop what uses it, or choose another with PORT=8001."
            return f"Port {port} cannot be used: {error.strerror}. Choose another with PORT=8001."
    return ""


if __name__ == "__main__":
    sys.exit(complaint(sys.argv[1]) or 0)
