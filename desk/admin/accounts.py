"""Accounts of staff and their groups, as Django has them, but for forged ids and odd texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User

from desk.nothing_lost.deleting import ChoosesById
from desk.rows.titles import Titled
from desk.rows.typed import TypedForms

if TYPE_CHECKING:
    Accounts: TypeAlias = UserAdmin[User]
else:
    Accounts = UserAdmin

admin.site.unregister([User, Group])


@admin.register(User)
class AccountAdmin(ChoosesById, Titled, TypedForms, Accounts):
    """Accounts of staff, whose names stand at what they published."""


@admin.register(Group)
class RightsAdmin(ChoosesById, Titled, TypedForms, GroupAdmin):
    """Groups, and what their members may do."""
