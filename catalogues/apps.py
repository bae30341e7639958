from django.apps import AppConfig


class CataloguesConfig(AppConfig):
    name = "catalogues"

    def ready(self) -> None:
        """Let all words be proofread before they are shown."""
        from catalogues import running  # noqa: PLC0415 -- it needs Django's settings

        running.install()
