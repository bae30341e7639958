"""Addresses of the draft, each under its language; they hold the pages of a programme."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from desk.preview import mounts
from programme.pages import views
from programme.pages.urls import programme_urls

# preview/<meeting>/ and shared/<token>/: the same pages of the draft
draft_urls: list[URLPattern | URLResolver] = [
    *programme_urls,
    path("delegations/<slug:code>/", mounts.delegation, name="delegation"),
    path("changes/", views.changes, name="changes"),
    path("programme.txt", views.text, name="text"),
]

urlpatterns = [
    path(
        "preview/<slug:meeting>/",
        include((draft_urls, "programme"), namespace="preview"),
        {"mount": mounts.for_staff},
    ),
    path(
        "shared/<token>/",
        include((draft_urls, "programme"), namespace="shared"),
        {"mount": mounts.by_link},
    ),
]
