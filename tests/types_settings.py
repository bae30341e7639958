"""Settings for mypy's Django plugin alone, which starts Django to learn about the rows.

django-modeltranslation replaces managers while Django starts, and the plugin does not know
what it puts there. Without it the plugin sees the managers that the rows declare.
"""

from __future__ import annotations

from config.settings import *  # noqa: F403 -- everything but the line below
from config.settings import INSTALLED_APPS as ALL_APPS

# The admin registers translated rows, which needs what is left out; so it is not asked to.
INSTALLED_APPS = [
    app.replace("django.contrib.admin", "django.contrib.admin.apps.SimpleAdminConfig")
    for app in ALL_APPS
    if app != "modeltranslation"
]
