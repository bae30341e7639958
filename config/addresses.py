"""Who asks for which address: a question that is answered before any view is found."""

from __future__ import annotations

STAFF = frozenset({"admin", "preview", "shared"})
"""Below a language; what stands there is made from rows, and so needs the database."""

ELSEWHERE = frozenset({"static", "health", "metrics"})


def kind_of(path: str) -> str:
    """Who asks for such an address: the public, staff, or programs."""
    _, first, second, *_ = [*path.split("/", 3), "", ""]
    if first in ELSEWHERE:
        return first
    return "staff" if first in STAFF or second in STAFF else "public"


def is_of_a_version(path: str) -> bool:
    """Whether it is the address of one version of a programme: /en/meetings/<slug>/v/<serial>/."""
    return path.split("/")[4:5] == ["v"]
