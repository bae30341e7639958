"""The site itself as an app: its commands are found, its words translated."""

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in


class SiteConfig(AppConfig):
    """What holds the other apps together."""

    name = "config"

    def ready(self) -> None:
        """Let all words be proofread before they are shown, and each login know when it began."""
        from config import sessions, translating  # noqa: PLC0415 -- they need Django's settings

        translating.install()
        user_logged_in.connect(sessions.begin)
