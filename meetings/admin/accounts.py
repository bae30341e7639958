"""The accounts of staff and their groups, as Django's admin has them, but for forged ids."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User

from meetings.admin.deleting import ChoosesById

if TYPE_CHECKING:
    Accounts: TypeAlias = UserAdmin[User]
else:
    Accounts = UserAdmin

admin.site.unregister([User, Group])


@admin.register(User)
class AccountAdmin(ChoosesById, Accounts):
    """Accounts of staff."""


@admin.register(Group)
class RightsAdmin(ChoosesById, GroupAdmin):
    """Groups, and what their members may do."""
