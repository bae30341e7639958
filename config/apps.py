"""The site itself as an app: its commands are found, its words translated."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """What holds the other apps together."""

    name = "config"
