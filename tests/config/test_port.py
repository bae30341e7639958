from __future__ import annotations

import socket

import pytest

from config.port import complaint


def test_free_port_has_no_complaint() -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]

    assert complaint(str(port)) == ""


def test_taken_port_is_named_with_a_way_out() -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]

        assert complaint(str(port)) == (
            f"Port {port} is taken: stop what uses it, or choose another with PORT=8001."
        )


@pytest.mark.parametrize("port", ["", "0", "65536", "-1", "http", "٨٠٠٠"])
def test_what_is_no_port_is_named(port: str) -> None:
    assert complaint(port) == f"PORT={port} is no port: write a number from 1 to 65535."
