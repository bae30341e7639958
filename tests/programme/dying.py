"""Does one thing again and again, killed each time one SQL statement later: `python -m … VERB`.

Prints, as a line of JSON for each death, how many statements had run and whether the database
then held what it held before. The last run is killed after it was done. A process of its own,
since what is killed leaves nothing behind that a test could tidy up.
"""

from __future__ import annotations

import hashlib
import json
import os
import signal
import sys
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import django
from django.conf import settings

DONE = b"done"
AT = datetime(2024, 6, 1, 12, tzinfo=UTC)
APPS = ("meetings", "panels", "programme")


def main() -> None:
    """Let the verb die after one statement, after two, and so on."""
    verb = VERBS[sys.argv[1]]
    before = contents()
    for statements in count(1):
        is_done = was_done_when_killed(verb, statements)
        told = {"statements": statements, "is_done": is_done, "is_old": contents() == before}
        print(json.dumps(told), flush=True)  # noqa: T201 -- a program that is run for what it tells
        if is_done:
            return


def was_done_when_killed(verb: Callable[[], object], statements: int) -> bool:
    """Run the verb in a process that is killed after so many statements, or when it is done."""
    from django.db import connection  # noqa: PLC0415 -- Django is set up by now

    connection.close()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            with connection.execute_wrapper(Death(statements)):
                verb()
            os.write(writing, DONE)
            os.kill(os.getpid(), signal.SIGKILL)
        except BaseException:  # noqa: BLE001 -- a fault of its own is no death that was asked for
            traceback.print_exc()
            os._exit(1)
    os.close(writing)
    with os.fdopen(reading, "rb") as told:
        was_done = told.read() == DONE
    _pid, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL
    return was_done


class Death:
    """Kills the process once so many statements have run."""

    def __init__(self, statements: int) -> None:
        self.left = statements

    def __call__(self, execute: Callable[..., Any], *arguments: Any) -> Any:
        """Run a statement, and perhaps die of it."""
        result = execute(*arguments)
        self.left -= 1
        if not self.left:
            os.kill(os.getpid(), signal.SIGKILL)
        return result


def contents() -> str:
    """A digest of all rows of ours; of publications without their random ids."""
    from django.apps import apps  # noqa: PLC0415 -- as above

    digest = hashlib.sha256()
    for model in (one for app in APPS for one in apps.get_app_config(app).get_models()):
        names = [one.attname for one in model._meta.concrete_fields if one.attname != "id"]
        rows = sorted(map(repr, model._default_manager.values_list(*names)))
        digest.update(repr((model.__name__, rows)).encode())
    return digest.hexdigest()


def publish_anew() -> None:
    """Publish the one meeting."""
    from meetings.models import Meeting  # noqa: PLC0415 -- as above
    from programme.publishing.draft import draft_of  # noqa: PLC0415
    from programme.publishing.verbs import publish  # noqa: PLC0415

    meeting = Meeting.objects.get()
    publish(meeting, by=None, at=AT, expected_digest=draft_of(meeting).digest)


def import_anew() -> None:
    """Import the file of the second argument."""
    from programme.rows.importing import import_programme  # noqa: PLC0415 -- as above

    import_programme(Path(sys.argv[2]))


VERBS: dict[str, Callable[[], object]] = {"publish": publish_anew, "import": import_anew}

if __name__ == "__main__":
    database = settings.DATABASES["default"]
    database["NAME"] = os.environ["DATABASE_NAME"]
    django.setup()
    main()
