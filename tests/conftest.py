"""What every test has around it."""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.core.management import call_command
from django.db import connection, transaction
from django.template import Context, Engine
from django.utils import translation

from tests.factories import make_editor
from tests.test_project import PUBLIC, manage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client
    from pytest_django import DjangoDbBlocker

DATABASE_FIXTURES = {"db", "transactional_db", "django_db_serialized_rollback"}


def pytest_configure(config: pytest.Config) -> None:
    """Let the tests read the words that the catalogues have now; one process does it for all.

    The hash of a password is as cheap as can be, and still one that a process of the site knows.
    """
    PBKDF2PasswordHasher.iterations = 1
    if not hasattr(config, "workerinput"):
        call_command("compile_messages", verbosity=0)


@pytest.hookimpl(tryfirst=True)  # before `-m django_db` chooses
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what reads rows through a fixture, so that it runs on SQLite too."""
    for item in items:
        if DATABASE_FIXTURES.intersection(getattr(item, "fixturenames", ())):
            item.add_marker("django_db")


def pytest_collection_finish() -> None:
    """Leave what lives as long as the tests do out of every search for garbage."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,  # noqa: ARG001 -- a database for each process
) -> None:
    """Keep SQLite in a file: in memory it locks otherwise than in life."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        database["TEST"]["NAME"] = str(Path(database["NAME"]).with_name("test.sqlite3"))


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None,  # noqa: ARG001 -- made before, dropped after
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[None]:
    """Show out who still looks at the database of the tests, so that it can be dropped.

    A thread that answered the browser may live a little longer than the tests do.
    """
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.fixture(scope="module")
def rows_of_a_module(
    django_db_setup: None,  # noqa: ARG001 -- there is a database
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[None]:
    """Rows that a module's own fixture makes stay for its tests, each of which begins with them.

    Not for modules whose tests commit: those empty the database.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="session")
def static_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The static files of the public site, collected and compressed, to be read by all."""
    folder = tmp_path_factory.mktemp("static")
    assert manage("collectstatic", "--noinput", **PUBLIC, STATIC_ROOT=str(folder)).returncode == 0
    return folder


@pytest.fixture
def desk(client: Client) -> Client:
    """The desk of somebody who may do everything."""
    client.force_login(make_editor(is_superuser=True))
    return client


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Begin in English: the language of a request stays with the thread after it."""
    with translation.override("en"):
        yield


class MissingVariable(str):
    """Fail where a template of ours prints a variable that is not there.

    Django asks whether `string_if_invalid` is true before it uses it. It is false in templates
    that are not ours, so that they get what they count on: an empty text.
    """

    __slots__ = ()

    def __bool__(self) -> bool:
        context = sys._getframe(1).f_locals.get("context")  # noqa: SLF001 -- only the caller knows
        template = context.render_context.template if isinstance(context, Context) else None
        return template is not None and Path(template.origin.name).is_relative_to(
            settings.BASE_DIR / "templates"
        )

    def __contains__(self, part: object) -> bool:
        return part == "%s"

    def __mod__(self, variable: object) -> str:
        raise AssertionError(f"A template prints {{{{ {variable} }}}}, which is not there.")


@pytest.fixture(autouse=True, scope="session")
def _missing_variables_fail() -> None:
    engine = Engine.get_default()
    engine.string_if_invalid = MissingVariable()
