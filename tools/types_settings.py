"""Settings for mypy's Django plugin alone, which starts Django to learn about the rows.

django-modeltranslation adds columns and replaces managers while Django starts. The plugin
understands the columns, but not managers that no module declares; so here they stay.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import AppConfig

from config.settings import *  # noqa: F403 -- everything but the line at the end
from config.settings import INSTALLED_APPS as ALL_APPS

if TYPE_CHECKING:
    from django.db.models import Model


class ManagersAsDeclared(AppConfig):
    """Keeps modeltranslation, which is ready after it, from replacing managers."""

    name = "tools"

    def ready(self) -> None:
        """Do nothing where a manager would be replaced."""
        from modeltranslation import translator  # noqa: PLC0415 -- it needs the settings

        translator.add_manager = keep_managers


def keep_managers(model: type[Model]) -> None:
    """Stand for the function that would replace the managers of a model."""


INSTALLED_APPS = [f"{__name__}.{ManagersAsDeclared.__name__}", *ALL_APPS]
