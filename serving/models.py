"""The rows of the site itself: what has to be known in all its processes."""

from __future__ import annotations

from django.db import models


class LoginFailures(models.Model):
    """How often logging in failed of late: at an account, from an address, from a device."""

    key = models.CharField(max_length=64, primary_key=True)
    """A keyed hash, so that the table tells neither who tried nor from where."""
    count = models.PositiveIntegerField()
    since = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.count} since {self.since:%Y-%m-%d %H:%M}"
