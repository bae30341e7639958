from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in


class ServingConfig(AppConfig):
    name = "serving"
    label = "config"  # its table has been called so from the first

    def ready(self) -> None:
        """Let each login know when it began."""
        from serving.staff import sessions  # noqa: PLC0415 -- it needs Django's settings

        user_logged_in.connect(sessions.begin)
