"""Every address of the site, by the table of its addresses rather than by a list of pages.

An address with an argument that is not known here fails: whoever adds a kind of page says what
stands in it, and each test that walks goes there too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import product
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib import admin
from django.urls import URLResolver, reverse
from django.utils import translation

from desk.preview import urls as preview_urls
from programme.document.programme import ProgrammeDocument
from programme.pages import links, urls

if TYPE_CHECKING:
    from programme.shelf.edition import Version
    from tests.programme.walks import Office

LANGUAGES = ("en", "fr", "es", "ar")
SEARCHED = "ra"
"""Finds some delegations in each language, or none; both are pages."""

Named = tuple[str, tuple[str, ...]]


def named(patterns: Iterable[Any], space: str = "") -> Iterator[Named]:
    """Each name of a table of addresses, with the arguments that it asks for."""
    for one in patterns:
        arguments = tuple(one.pattern.regex.groupindex)
        if not isinstance(one, URLResolver):
            if one.name:
                yield f"{space}{one.name}", arguments
        else:
            inner = f"{space}{one.namespace}:" if one.namespace else space
            for name, more in named(one.url_patterns, inner):
                yield name, (*arguments, *more)


def public_pages(versions: Iterable[Version], language: str) -> list[str]:
    """Addresses of what is public, each page of each version and with each parameter."""
    versions = list(versions)
    with translation.override(language):
        return sorted(
            f"{address}{query}"
            for name, arguments in named(urls.urlpatterns)
            for address in _filled(name, arguments, versions)
            for query in _queries(name.rpartition(":")[2], language)
        )


def _filled(name: str, arguments: tuple[str, ...], versions: list[Version]) -> set[str]:
    latest = {one.slug: one for one in sorted(versions, key=lambda one: one.serial)}
    shown = versions if "serial" in arguments else latest.values()
    return {
        address for version in shown for address in _reversed(name, arguments, _values(version))
    }


def _values(version: Version) -> dict[str, list[Any]]:
    document = version.edition().document
    return {"meeting": [version.slug], "serial": [version.serial], **_of_document(document)}


def _of_document(document: ProgrammeDocument[Any]) -> dict[str, list[Any]]:
    return {
        "label": [one.slug for one in document.items() if one.slug],
        "panel": [one.slug for one in document.panels],
        "code": [one.code for one in document.delegations],
    }


def _reversed(
    name: str, arguments: tuple[str, ...], known: Mapping[str, list[Any]]
) -> Iterator[str]:
    for values in product(*(known[one] for one in arguments)):
        yield reverse(name, kwargs=dict(zip(arguments, values, strict=True)))


VALUES: Mapping[str, Callable[[str], list[str]]] = {
    "with": lambda language: [one for one in LANGUAGES if one != language],
    "since": lambda _language: ["1"],
    "q": lambda _language: [SEARCHED],
}
"""What each parameter of a public page may say."""


def _queries(name: str, language: str) -> list[str]:
    known = links.KNOWN_PARAMETERS.get(name, ())
    return ["", *(f"?{one}={value}" for one in known for value in VALUES[one](language))]


def draft_pages(made: Office, token: str, language: str) -> list[str]:
    """Addresses of a draft, as staff and as others see it."""
    known = {"meeting": [made.meeting.slug], "token": [token], **_of_document(made.draft())}
    with translation.override(language):
        return sorted(
            address
            for name, arguments in named(preview_urls.urlpatterns)
            for address in _reversed(name, arguments, known)
        )


def desk_pages(language: str) -> list[str]:
    """Addresses of the desk: each list, and each page of one row of each kind that has any."""
    with translation.override(language):
        return sorted({*_desk_pages()})


def _desk_pages() -> Iterator[str]:
    for name, arguments in named(admin.site.get_urls()):
        for values in product(*(_rows(name, one) for one in arguments)):
            yield reverse(f"admin:{name}", args=values)


def _rows(name: str, argument: str) -> list[Any]:
    """A value for each argument of an address of the desk; none where nothing can stand there."""
    match argument:
        case "app_label":
            return ["meetings", "panels", "programme", "auth"]
        case "serial":
            return [1]
    if name == "view_on_site":  # of rows with an address of their own, which ours have not
        return []
    app, model, _page = name.split("_", 2)
    row = apps.get_model(app, model)._default_manager.first()
    return [] if row is None else [row.pk]
