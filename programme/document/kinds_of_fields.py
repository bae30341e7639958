"""Kinds of fields that nodes of a document have: what is stored, what is read, what came later."""

from __future__ import annotations

from dataclasses import field
from typing import Any


def derived(default: object = None) -> Any:
    """A field that `in_language` fills for renderers; it is never stored."""
    return field(default=default, compare=False, metadata={"derived": True})


def unread(default: object) -> Any:
    """A field that delegates read nothing of: stored for the rows, it makes no change."""
    return field(default=default, metadata={"unread": True})


def later(default: object) -> Any:
    """A field that came later: documents of before are read as if they had this value.

    Where it has that value it is not stored, so that nothing changes where nobody uses it. It is
    given by name, so that it may stand among fields without a default.
    """
    return field(default=default, kw_only=True, metadata={"later": True})
