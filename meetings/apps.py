from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class MeetingsConfig(AppConfig):
    name = "meetings"
    verbose_name = _("Meetings and delegations")

    def ready(self) -> None:
        """Keep the groups of staff after each migration."""
        from meetings.groups import keep_groups  # noqa: PLC0415 -- rows are not known before

        post_migrate.connect(keep_groups, dispatch_uid="meetings.groups")
