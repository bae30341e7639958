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


def in_small_letters(path: str) -> str:
    """An address with its language in small letters; all of it, where nothing in it is a secret."""
    _, language, below = path.split("/", 2)
    is_staffs = below.partition("/")[0].lower() in STAFF
    return f"/{language.lower()}/{below if is_staffs else below.lower()}"


def either_case(word: str) -> str:
    """A pattern of a word in small letters, capitals or both, as resolvers can turn back."""
    return "".join(f"[{one}{one.upper()}]" for one in word)
