"""What templates of the admin need beyond Django's own tags."""

from __future__ import annotations

from dataclasses import dataclass

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.urls import get_script_prefix
from django.utils.translation import get_language

from desk.nothing_lost.sent import Sent, what_was_sent

register = template.Library()


@dataclass(frozen=True, slots=True)
class TranslatedPage:
    """The page in one of the languages of the admin."""

    code: str
    name: str
    """The language's own name."""
    path: str
    is_shown: bool

    @property
    def dir(self) -> str:
        """Writing direction of the name."""
        return "rtl" if self.code == "ar" else "ltr"


@register.simple_tag
def sent_to(request: HttpRequest) -> Sent | None:
    """What a page was sent that shows no form which would keep it."""
    return what_was_sent(request)


@register.simple_tag
def page_in_languages(request: HttpRequest) -> tuple[TranslatedPage, ...]:
    """The same place of the admin in each language, with what was searched and filtered."""
    below_language = request.path_info.lstrip("/").partition("/")[2]
    query = request.META.get("QUERY_STRING", "")
    place = f"{below_language}?{query}" if query else below_language
    return tuple(
        TranslatedPage(code, str(name), f"{get_script_prefix()}{code}/{place}", is_shown)
        for code, name in settings.LANGUAGES
        for is_shown in (code == get_language(),)
    )
