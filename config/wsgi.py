"""The site as a WSGI application (PEP 3333)."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from config.logs import RequestIds

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = RequestIds(get_wsgi_application())

# Here and not in AppConfig.ready(): each process that serves pages watches, and no command does.
from programme import watching  # noqa: E402 -- models can be read only after the set-up above

watching.watch.start()
