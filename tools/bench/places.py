"""What readers open."""

from __future__ import annotations

MEETING = "2024-intersessional-meetings"
LANGUAGES = ("en", "fr", "es", "ar")
PAGES = (
    "",
    f"meetings/{MEETING}/",
    f"meetings/{MEETING}/items/3/",
    f"meetings/{MEETING}/items/6/",
    f"meetings/{MEETING}/items/6b/",
    f"meetings/{MEETING}/panels/victim-assistance/",
    f"meetings/{MEETING}/changes/",
    "delegations/",
    "delegations/ukr/",
    "delegations/tcd/",
)
ADDRESSES = [f"/{language}/{page}" for page in PAGES for language in LANGUAGES]
"""Ten pages in four languages."""
