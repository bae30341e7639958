"""Items of which no day is fixed, in templates."""

from __future__ import annotations

from collections.abc import Mapping

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from programme.document.nodes import Text
from programme.document.timetable import Unscheduled, parts_in_order
from programme.renderers.standing import NOT_SCHEDULED
from programme.templatetags.pages import inline

register = template.Library()

register.filter(parts_in_order)


@register.filter
def unscheduled_name(part: Unscheduled, words: Mapping[str, Text]) -> SafeString:
    """What stands above items that stand in no day: the agenda, where none does."""
    return conditional_escape(str(NOT_SCHEDULED)) if part.number else inline(words["agenda"])
