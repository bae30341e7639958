"""Logging: layouts of lines, and request ids, by which a line is traced to its request."""

from __future__ import annotations

import json
import logging
import re
import secrets
import time
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any
from wsgiref.types import WSGIEnvironment

Environ = WSGIEnvironment
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

LAYOUTS = ("LINE", "JSON")
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")

request_id: ContextVar[str] = ContextVar("request_id", default="")
"""The id of the request that this thread answers; "" outside of one."""

WELL_FORMED = re.compile(r"[A-Za-z0-9._-]{8,64}", re.ASCII)
"""An id from the proxy is repeated in logs and headers, so that it may hold nothing else."""


class RequestIds:
    """WSGI wrapper: gives each request an id, in every line logged for it and in its answer.

    The proxy's own (X-Request-ID) is kept, so that its log and ours tell of the same request.
    """

    def __init__(self, application: Application) -> None:
        self.application = application

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer the request under its id."""
        given = environ.get("HTTP_X_REQUEST_ID", "")
        known = given if WELL_FORMED.fullmatch(given) else secrets.token_hex(16)
        request_id.set(known)

        def start(status: str, headers: list[tuple[str, str]], *error: object) -> object:
            return start_response(status, [*headers, ("X-Request-ID", known)], *error)

        return self.application(environ, start)


def name_request(record: logging.LogRecord) -> bool:
    """Logging filter: note on each record which request it belongs to."""
    record.request_id = request_id.get()
    return True


def without_strangers_traceback(record: logging.LogRecord) -> bool:
    """Logging filter: tell what cannot be understood (400) in a sentence.

    Whoever asks by another name or for a null byte is at fault, and our code is not.
    """
    if getattr(record, "status_code", None) == HTTPStatus.BAD_REQUEST:
        record.exc_info = record.exc_text = None
    return True


def spelt(word: str) -> str:
    """A pattern for a word in whatever letters an address may have it: %73 is an s, %2573 too."""
    codes = ((one, *(f"{ord(case):x}" for case in {one, one.upper()})) for one in word)
    return "".join(f"(?:{re.escape(one)}|%(?:25)*(?:{'|'.join(more)}))" for one, *more in codes)


TOKEN = re.compile(
    rf"({spelt('/')}{spelt('shared')}{spelt('/')}+)[^/\s\"'?&\\]+"
    rf"|[0-9a-f]{{32}}{spelt('.')}[\w-]{{20,}}",  # as programme/publishing/previews.py makes them
    re.ASCII | re.IGNORECASE,
)


def without_tokens(line: str) -> str:
    """A line in which addresses of shared drafts do not open them: whoever has one may read."""
    return TOKEN.sub(lambda found: f"{found[1] or ''}…", line)


class Lines(logging.Formatter):
    """A line for people, with all that belongs to it below."""

    converter = staticmethod(time.gmtime)  # whatever zone the desk stands in

    def format(self, record: logging.LogRecord) -> str:
        """Say what the layout asks for, a traceback included."""
        return without_tokens(super().format(record))


class JsonLines(logging.Formatter):
    """One JSON object in a line, readable in any script."""

    def format(self, record: logging.LogRecord) -> str:
        """Say when, how grave, where, what, and for which request."""
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "process": record.process,
        }
        if known := getattr(record, "request_id", ""):
            line["request_id"] = known
        if status := getattr(record, "status_code", None):  # Django notes it on bad answers
            line["status"] = status
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return without_tokens(json.dumps(line, ensure_ascii=False))


def logging_settings(layout: str, level: str) -> dict[str, Any]:
    """Settings of logging, for the site and its server alike.

    `layout` is LINE, for people, or JSON, for programs; all goes to standard error.
    """
    others = "INFO" if level == "DEBUG" else level  # Django would tell of each query
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {
            "request": {"()": lambda: name_request},
            "strangers": {"()": lambda: without_strangers_traceback},
        },
        "formatters": {
            "LINE": {
                "()": Lines,
                "format": "{asctime} {levelname} {name}: {message}",
                "style": "{",
            },
            "JSON": {"()": JsonLines},
        },
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "formatter": layout,
                "filters": ["request", "strangers"],
            },
        },
        "root": {"handlers": ["stderr"], "level": level},
        # Others' handlers mail administrators, stay silent without DEBUG, or write lines twice.
        "loggers": {
            name: {"handlers": [], "level": others, "propagate": True}
            for name in ("django", "_granian")
        },
    }
