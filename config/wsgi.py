"""The site as a WSGI application (PEP 3333)."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

_django = get_wsgi_application()

# Models can be read only after the set-up above.
from django.db import connection  # noqa: E402

from config import watchdog  # noqa: E402
from operating.databases import bound_waits  # noqa: E402
from operating.logs import RequestIds  # noqa: E402
from programme.publishing.watcher import watch  # noqa: E402
from programme.shelf.shelf import shelf  # noqa: E402
from serving.front import Front, pages  # noqa: E402
from serving.metrics import CountedAnswers, tell_of  # noqa: E402

bound_waits(connection.settings_dict)  # of all threads, as none has connected yet
front = Front(_django, shelf=shelf, pages=pages)
application = CountedAnswers(RequestIds(front))
tell_of(pages)

# Here and not in AppConfig.ready(): each process that serves pages watches, and no command does.
watch.watcher.renew = front.renew
watch.start()
watchdog.start()
