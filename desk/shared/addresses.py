"""Where the forms of rows are."""

from __future__ import annotations

from django.contrib import admin
from django.contrib.admin.utils import quote
from django.db import models
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst


def admin_address(row: models.Model) -> str:
    """The address of a row's form."""
    options = row._meta
    return reverse(f"admin:{options.app_label}_{options.model_name}_change", args=[quote(row.pk)])


def admin_link(row: models.Model) -> SafeString:
    """A row by kind and name, linked to its form if it has one."""
    kind = capfirst(row._meta.verbose_name)
    if not admin.site.is_registered(type(row)):
        return format_html("{}: <bdi>{}</bdi>", kind, row)
    return format_html('{}: <a href="{}"><bdi>{}</bdi></a>', kind, admin_address(row), row)
