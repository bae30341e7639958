"""All addresses: each page under its language, as `/en/…`, so that a link says what it opens."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from config import logins
from config.views import to_readers_language

urlpatterns = [
    path("", to_readers_language),
    *i18n_patterns(
        path("admin/login/", logins.login),  # in the place of the admin's own
        path("admin/", admin.site.urls),
        path("", include("programme.urls")),
        path("", include("programme.preview_urls")),
        prefix_default_language=True,
    ),
]

handler400 = "config.errors.bad_request"
handler403 = "config.errors.permission_denied"
handler404 = "config.errors.page_not_found"
handler500 = "config.errors.server_error"
