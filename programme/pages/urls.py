"""Addresses of public pages, each under its language: /en/, /fr/, /es/, /ar/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from programme.pages import converters, feeds, finding, home, views

converters.register()

# meetings/<meeting>/ and meetings/<meeting>/v/<serial>/: the same pages of two editions
programme_urls = [
    path("", views.programme, name="programme"),
    path("items/<slug:label>/", views.item, name="item"),
    path("panels/<slug:panel>/", views.panel, name="panel"),
]

# meetings/
meeting_urls: list[URLPattern | URLResolver] = [
    path("<slug:meeting>.txt", views.text, name="text"),
    path("<slug:meeting>/v/<serial:serial>.txt", views.text, name="version-text"),
    path("<slug:meeting>/changes/", views.changes, name="changes"),
    path("<slug:meeting>/versions/", views.versions, name="versions"),
    path("<slug:meeting>/feed.atom", feeds.meeting, name="feed"),
    path("<slug:meeting>/", include((programme_urls, "programme"), namespace="current")),
    path(
        "<slug:meeting>/v/<serial:serial>/",
        include((programme_urls, "programme"), namespace="version"),
    ),
]

urlpatterns = [
    path("", home.home, name="home"),
    path("meetings/", include(meeting_urls)),
    path("find/", finding.find, name="find"),
    path("delegations/", views.delegations, name="delegations"),
    path("delegations/<slug:code>/", views.delegation, name="delegation"),
    path("delegations/<slug:code>/feed.atom", feeds.delegation, name="delegation-feed"),
]
