"""Permissions: the groups of staff, and the languages that a translator may write in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from django.apps import AppConfig
from django.apps import apps as all_apps
from django.apps.registry import Apps
from django.contrib.auth import get_permission_codename
from django.db import models

from meetings.rows import LANGUAGES, Row

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

EDITORS = "Editors"
PUBLISHERS = "Publishers"
TRANSLATORS = "Translators"
TRANSLATORS_INTO = {
    "en": "Translators (English)",
    "fr": "Translators (French)",
    "es": "Translators (Spanish)",
    "ar": "Translators (Arabic)",
}
"""For who writes one language alone; *Translators* write all but the English."""

APPS = ("meetings", "panels", "programme")
FOR_GOOD = ("publication",)
"""Rows that nobody may change: publications are made by publishing."""


# --- accounts ------------------------------------------------------------------------------


def languages_of(user: User | AnonymousUser) -> tuple[str, ...]:
    """The languages whose texts an account may write in all rows, whatever else it may not."""
    return tuple(one for one in LANGUAGES if user.has_perm(f"meetings.translate_{one}"))


def may_change(user: User | AnonymousUser, model: type[models.Model]) -> bool:
    """Whether an account may change all of a row, and not only its texts in some languages."""
    return user.has_perm(f"{model._meta.app_label}.{codename('change', model)}")


def codename(verb: str, model: type[models.Model]) -> str:
    """The name of a permission, such as `change_venue`."""
    return get_permission_codename(verb, model._meta)


# --- groups --------------------------------------------------------------------------------


def keep_groups(app_config: AppConfig, using: str, apps: Apps = all_apps, **_: object) -> None:
    """Make the groups after a migration, and give them what they lack.

    What an administrator gave them stays. Whoever should have less than a group gives belongs in
    a group of another name.
    """
    if app_config.label not in APPS:
        return
    try:
        accounts: list[Any] = [apps.get_model("auth", name) for name in ("Group", "Permission")]
    except LookupError:  # accounts are not migrated yet; another signal follows
        return
    group_model, permission_model = accounts
    known = permission_model.objects.using(using).filter(content_type__app_label=app_config.label)
    by_codename = {one.codename: one for one in known}
    for name, codenames in rights(list(app_config.get_models())).items():
        group, _made = group_model.objects.using(using).get_or_create(name=name)
        group.permissions.add(*(by_codename[one] for one in codenames if one in by_codename))


def rights(models_of_app: Iterable[type[models.Model]]) -> dict[str, list[str]]:
    """Codenames of what each group may do with the rows of an app."""
    editing: list[str] = []
    looking: list[str] = []
    publishing: list[str] = []
    for model in models_of_app:
        if not issubclass(model, Row):
            continue
        looking.append(codename("view", model))
        if model._meta.model_name in FOR_GOOD:
            publishing.append(codename("add", model))
        else:
            editing += (codename(verb, model) for verb in ("add", "change", "delete"))
    return {
        EDITORS: looking + editing,
        PUBLISHERS: looking + editing + publishing,
        TRANSLATORS: [*looking, *translating(*LANGUAGES[1:])],
        **{name: [*looking, *translating(one)] for one, name in TRANSLATORS_INTO.items()},
    }


def translating(*languages: str) -> Iterator[str]:
    """Codenames of the permissions to write languages."""
    return (f"translate_{one}" for one in languages)
