"""Addresses of public pages, so that a page links within the mount that it stands in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from django.conf import settings
from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language

from programme.language.bidi import direction
from programme.language.language_names import initials

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest

    from programme.document.nodes import AgendaItem, Day, Delegation, Panel, Text
    from programme.document.timetable import Unscheduled
    from programme.shelf.releases import Release

PARAMETERS = {"q": "", "with": "[a-z]{2}", "since": "[0-9]{1,6}"}
"""What a query may hold, the same in every language, and its form where nginx keeps a page for it;
else ""."""

KNOWN_PARAMETERS = {
    **dict.fromkeys(("programme", "item", "panel"), ("with",)),
    **dict.fromkeys(("changes", "versions"), ("since", "with")),
    **dict.fromkeys(("find", "delegations"), ("q",)),
}
"""Which of them each page reads, by its name; anything else changes nothing."""


# --- anchors: the same in every language and version -----------------------------------------


def item_anchor(item: AgendaItem[Text]) -> str:
    """The id of an item on a page: item-6a."""
    return f"item-{item.slug}"


def item_part_anchor(item: AgendaItem[Text], number: int) -> str:
    """The id of a place of an item in the timetable, counted from 1: item-3-part-2."""
    return f"{item_anchor(item)}-part-{number}"


def list_anchor(item: AgendaItem[Text], number: int) -> str:
    """The id of an item's speaking list, counted from 1: item-6a-list-1."""
    return f"{item_anchor(item)}-list-{number}"


def panel_anchor(panel: Panel[Text]) -> str:
    """The id of a panel on a page: panel-universalization."""
    return f"panel-{panel.slug}"


def day_anchor(day: Day[Text]) -> str:
    """The id of a day on a page: day-2024-06-19."""
    return f"day-{day.date.isoformat()}"


def unscheduled_anchor(part: Unscheduled) -> str:
    """The id of items that stand in no day: agenda; not-scheduled-1 where others have a day."""
    return f"not-scheduled-{part.number}" if part.number else "agenda"


def release_anchor(release: Release) -> str:
    """The id of a version in the list of changes: v4."""
    return f"v{release.first.serial}"


# --- addresses -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses in one mount of a meeting, in the active language.

    Without a serial they lead to the current edition, with one to that version of it, and in a
    preview to the draft.
    """

    slug: str
    serial: int | None = None
    second_language: str = ""
    """The language that stands beside that of the page, on every page of the mount."""
    preview: str | None = None
    """The signed token of a shared preview; "" in that of staff; None outside previews."""

    @property
    def programme(self) -> str:
        """The whole programme."""
        return self._page("programme")

    def item(self, item: AgendaItem[Text]) -> str:
        """An item's own page."""
        return self._page("item", label=item.slug)

    def item_in_programme(self, item: AgendaItem[Text]) -> str:
        """An item's place in the whole programme."""
        return f"{self.programme}#{item_anchor(item)}"

    def beside(self, address: str, language: str) -> str:
        """A page of the mount with another second language; without one for ""."""
        path = address.partition("?")[0]
        return f"{path}?with={language}" if language else path

    def speaking_list(self, item: AgendaItem[Text], number: int) -> str:
        """A speaking list on its item's page, counted from 1."""
        return f"{self.item(item)}#{list_anchor(item, number)}"

    def panel(self, panel: Panel[Text]) -> str:
        """A panel's own page."""
        return self._page("panel", panel=panel.slug)

    @property
    def changes(self) -> str:
        """All versions of the programme and what each of them changed, the draft's too."""
        if self.preview is not None:
            return self._path("changes")
        return reverse("changes", kwargs={"meeting": self.slug})

    def changes_in(self, release: Release) -> str:
        """What one version changed, in the list of all."""
        return f"{self.changes}#{release_anchor(release)}"

    def changes_since(self, serial: int) -> str:
        """What changed after a version."""
        return f"{self.changes}?since={serial}"

    @property
    def feed(self) -> str:
        """The feed of the meeting's publications."""
        return reverse("feed", kwargs={"meeting": self.slug})

    @property
    def text(self) -> str:
        """The programme as plain text."""
        if self.preview is not None:
            return self._path("text")
        if self.serial is None:
            return reverse("text", kwargs={"meeting": self.slug})
        return reverse("version-text", kwargs={"meeting": self.slug, "serial": self.serial})

    @property
    def delegations(self) -> str:
        """All delegations."""
        return reverse("delegations")

    def delegation(self, delegation: Delegation[Text]) -> str:
        """A delegation's page; it outlives meetings, and so stands outside mounts but a draft's."""
        if self.preview is not None:
            return self._path("delegation", code=delegation.code)
        return reverse("delegation", kwargs={"code": delegation.code})

    def of_version(self, serial: int) -> Links:
        """The same meeting's mount of another version."""
        return Links(self.slug, serial)

    @property
    def of_current(self) -> Links:
        """The same meeting's mount of what is public now."""
        return Links(self.slug)

    def _page(self, page: str, **parts: str) -> str:
        return self.beside(self._path(page, **parts), self.second_language)

    def _path(self, page: str, **parts: str) -> str:
        namespace, address = self._mount()
        return reverse(f"{namespace}:{page}", kwargs={**address, **parts})

    def _mount(self) -> tuple[str, dict[str, str | int]]:
        if self.preview:
            return "shared", {"token": self.preview}
        if self.preview is not None:
            return "preview", {"meeting": self.slug}
        if self.serial is None:
            return "current", {"meeting": self.slug}
        return "version", {"meeting": self.slug, "serial": self.serial}


# --- the same place in another language ------------------------------------------------------


def absolute(path: str) -> str:
    """The whole address of a page of this site."""
    return f"{settings.SITE_URL}{path}"


@dataclass(frozen=True, slots=True)
class TranslatedPage:
    """A page in one of the languages."""

    code: str
    name: str
    """The language's own name."""
    path: str
    is_shown: bool

    @property
    def initials(self) -> str:
        """What stands for the name where there is no room for all of it: "EN"."""
        return initials(self.code)

    @property
    def dir(self) -> str:
        """Writing direction of the name."""
        return direction(self.code)

    @property
    def address(self) -> str:
        """The whole address, as other sites should name it."""
        return absolute(self.path.partition("?")[0])


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reader is: the page in all languages, and what search engines are told of it."""

    languages: tuple[TranslatedPage, ...]
    is_indexed: bool = True
    """Old versions are not: a search should find what holds today."""
    is_private: bool = False
    """Nobody but its reader is told of the address of a preview."""
    clock_is_set: bool = False
    """Whether the address sets the meeting's clock, so that no script may go by another."""

    @classmethod
    def of(
        cls, request: HttpRequest, *, is_indexed: bool = True, is_private: bool = False
    ) -> Place:
        """The page that was asked for, with the parameters that hold in any language."""
        below_language = quote(request.path_info.lstrip("/").partition("/")[2])
        names = (*PARAMETERS, *(["at"] if settings.DEBUG else []))
        kept = {one: request.GET[one] for one in names if request.GET.get(one)}
        languages = translated_pages(below_language, kept)
        return cls(languages, is_indexed, is_private, clock_is_set="at" in kept)

    @property
    def path(self) -> str:
        """The path of the page as it is shown."""
        return next(one.path for one in self.languages if one.is_shown)

    @property
    def canonical(self) -> str:
        """The one address of this page in this language."""
        return next(one.address for one in self.languages if one.is_shown)

    @property
    def default(self) -> str:
        """Where a reader of another language should be sent: English."""
        return self.languages[0].address


def translated_pages(
    below_language: str = "", parameters: Mapping[str, str] | None = None
) -> tuple[TranslatedPage, ...]:
    """A page, given by its path below the language (none: home), in each language."""
    query = f"?{urlencode(parameters)}" if parameters else ""
    return tuple(
        TranslatedPage(
            code=code,
            name=str(name),
            path=f"{get_script_prefix()}{code}/{below_language}{query}",
            is_shown=code == get_language(),
        )
        for code, name in settings.LANGUAGES
    )
