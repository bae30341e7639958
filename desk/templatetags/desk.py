"""What templates of the admin need beyond Django's own tags."""

from __future__ import annotations

from django import template
from django.http import HttpRequest

from desk.nothing_lost.sent import Sent, what_was_sent
from programme.pages.links import TranslatedPage, translated_pages

register = template.Library()


@register.simple_tag
def sent_to(request: HttpRequest) -> Sent | None:
    """What a page was sent that shows no form which would keep it."""
    return what_was_sent(request)


@register.simple_tag
def page_in_languages(request: HttpRequest) -> tuple[TranslatedPage, ...]:
    """The same place of the admin in each language, with what was searched and filtered."""
    below_language = request.path_info.lstrip("/").partition("/")[2]
    query = request.META.get("QUERY_STRING", "")
    return translated_pages(f"{below_language}?{query}" if query else below_language)
