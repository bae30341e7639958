"""What stood at which address of a version: read from its stored form, without the whole of it."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from typing import Any

logger = logging.getLogger(__name__)

Address = tuple[str, str]
"""The kind of what stands there, item or panel, and how addresses call it."""


def addresses_in(stored: str) -> dict[Address, str]:
    """Ids of what has a page of its own, by address; nothing for what cannot be read."""
    try:
        document = json.loads(stored)
        items = {("item", one["slug"]): one["id"] for one in _items(document["agenda"])}
        panels = {("panel", one["slug"]): one["id"] for one in document["panels"]}
    except (ValueError, LookupError, TypeError, RecursionError):
        logger.exception("Addresses of a version cannot be read")
        return {}
    return items | panels


def _items(beneath: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for item in beneath:
        yield item
        yield from _items(item["sub_items"])
