"""The site itself as an app: its commands are found, its words translated."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """What holds the other apps together."""

    name = "config"

    def ready(self) -> None:
        """Let all words be proofread before they are shown."""
        from config import translating  # noqa: PLC0415 -- Django's translations need its settings

        translating.install()
