"""All addresses: each page under its language, as `/en/…`, so that a link says what it opens."""

from __future__ import annotations

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path, re_path

from catalogues.django_words import script_words
from config.views import in_capitals, to_readers_language
from serving.addresses import either_case
from serving.staff import logins

LANGUAGES = [code for code, _name in settings.LANGUAGES]
IN_CAPITALS = rf"^(?!{'|'.join(LANGUAGES)})({'|'.join(map(either_case, LANGUAGES))})/"

admin.site.i18n_javascript = script_words  # type: ignore[assignment]  # Django has no setting for it

urlpatterns = [
    path("", to_readers_language),
    *i18n_patterns(
        # in the place of the admin's own
        path("admin/login/", logins.login),
        path("admin/password_change/", logins.new_password),
        path("admin/", admin.site.urls),
        path("", include("programme.pages.urls")),
        path("", include("desk.preview.urls")),
        prefix_default_language=True,
    ),
    re_path(IN_CAPITALS, in_capitals),
]

handler400 = "serving.errors.bad_request"
handler403 = "serving.errors.permission_denied"
handler404 = "serving.errors.page_not_found"
handler500 = "serving.errors.server_error"
