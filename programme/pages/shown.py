"""Programmes as they are read: an edition in one language, in one mount and at one moment."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from itertools import dropwhile
from typing import TypeAlias, TypeVar

from django.utils.translation import get_language

from programme.comparing.change_lines import Line, in_order
from programme.document.clock import NO_PHASE, Phase, Span, phase_at, spans
from programme.document.nodes import AgendaItem, Meeting, Panel, Speaker, SpeakingList, Text
from programme.document.programme import ProgrammeDocument
from programme.pages.links import Links
from programme.renderers.changes import Group, Told, count, groups
from programme.renderers.marks import Mark, Marking, says_when
from programme.shelf.edition import Edition, Version
from programme.shelf.releases import Release, lines_since, marked_since, releases
from programme.shelf.shelf import past, shelf, to_come, today_at

WithNotes: TypeAlias = Meeting[Text] | Panel[Text] | AgendaItem[Text] | SpeakingList[Text]
Part: TypeAlias = WithNotes | Speaker[Text]
"""What has texts of its own to stand beside another's."""

N = TypeVar("N")


@dataclass(frozen=True, slots=True)
class Preview:
    """What pages of a draft say beside the programme itself."""

    expires_at: datetime | None = None
    """Until when its link leads somewhere; None for staff, who need no link."""
    desk: str = ""
    """The address of the draft's page; all four are empty for who has no account."""
    public: str = ""
    publish: str = ""
    editable: frozenset[str] = frozenset()
    """The kinds of rows that the reader may edit, as `programme.agendaitem`."""


@dataclass(frozen=True)
class Shown:
    """An edition as it is read: in one language, in one mount and at one moment."""

    edition: Edition
    programme: ProgrammeDocument[Text]
    links: Links
    at: datetime
    phase: Phase = NO_PHASE
    second: ProgrammeDocument[Text] | None = None
    """The programme in a second language that stands beside the first."""
    preview: Preview | None = None
    """What only pages of a draft say; None for what is or was public."""

    @classmethod
    def of(
        cls,
        edition: Edition,
        *,
        at: datetime,
        links: Links | None = None,
        preview: Preview | None = None,
    ) -> Shown:
        """An edition in the language of the request, in the mount of these links."""
        programme = edition.in_language(language())
        links = links or Links(edition.slug)
        second = links.second_language
        return cls(
            edition,
            programme,
            links,
            at,
            phase_at(programme, at),
            edition.in_language(second) if second else None,
            preview,
        )

    @cached_property
    def spans(self) -> dict[str, Span]:
        """From when until when everything that has a start lasts, by id."""
        return {one.id: one for one in spans(self.programme)}

    @cached_property
    def twins(self) -> dict[str, Part]:
        """The parts of the programme in the second language, by id."""
        return {one.id: one for one in parts_of(self.second)} if self.second else {}

    def twin(self, node: N) -> N | None:
        """The same part of the programme in the second language; None without one."""
        is_whole = isinstance(node, ProgrammeDocument)
        twin = self.second if is_whole else self.twins.get(getattr(node, "id", ""))
        return twin if isinstance(twin, type(node)) else None

    @property
    def versions(self) -> tuple[Version | Edition, ...]:
        """All standing versions of the meeting, the latest first; before them a draft."""
        if not self.preview:
            return shelf.versions(self.links.slug) or (self.edition,)
        public = shelf.of_meeting(self.programme.meeting.id)
        return (self.edition, *(shelf.versions(public.slug) if public else ()))

    @cached_property
    def release(self) -> Release:
        """What people call this version, as it was when this edition was published."""
        edition = self.edition
        known = (
            version
            for version in self.versions
            if version.designation == edition.designation and version.serial <= edition.serial
        )
        return Release(tuple(known) or (edition,))

    @property
    def release_before(self) -> Release | None:
        """The version before this one, by its name; None before the first."""
        known = iter(releases(self.versions))
        before = dropwhile(lambda one: one.designation != self.edition.designation, known)
        next(before, None)
        return next(before, None)

    @cached_property
    def marked_since(self) -> int | None:
        """The serial of the version after which changes are marked; None for those of a release.

        Only what is public now is marked by the clock. A version of before, and a draft, marks
        what it changed.
        """
        if self.preview or self.is_old:
            return None
        return marked_since(self.versions, self.release, self.at)

    @cached_property
    def marked_lines(self) -> Sequence[Line]:
        """The changes that are marked where they stand; none for a first version."""
        if not self.edition.designation:
            return ()
        if self.marked_since is None:
            return self.release.lines
        return lines_since(self.versions, self.marked_since)

    @cached_property
    def marks(self) -> Mapping[str, Mark]:
        """What is marked, by id, of what readers of the page meet."""
        return self.marking.everywhere(self.marked_lines)

    @cached_property
    def marked_for(self) -> dict[frozenset[str], list[Line]]:
        """Of these, by the ids of delegations, what is marked on their pages, once it was asked."""
        return {}

    @property
    def marking(self) -> Marking:
        """Says what is marked in the languages of the page."""
        return Marking(language(), tuple(filter(None, (self.links.second_language,))))

    def mark_alone(self, node: Part, lines: Iterable[Line]) -> Mark | None:
        """What some lines mark at an item or panel that stands by itself; None for nothing."""
        goes_with: list[str] = []
        if isinstance(node, AgendaItem):
            placed = {entry.item_id for *_, entry in self.programme.placements()}
            parents = self.programme.parents_of(node)
            goes_with = [] if node.id in placed else [one.id for one in parents]
        return self.marking.alone(lines, node.id, goes_with)

    @property
    def today(self) -> date:
        """The day of reading where the meeting is held."""
        return today_at(self.edition, self.at)

    @property
    def is_over(self) -> bool:
        """Whether the meeting's last day has passed where it is held."""
        return self.programme.meeting.ends_on < self.today

    @property
    def changes_since(self) -> int:
        """How many changes were published after this version."""
        return count(groups(lines_since(self.versions, self.edition.serial), language()))

    @property
    def current(self) -> Edition | None:
        """What is public now, for a reader of one version."""
        return shelf.current(self.links.slug) if self.links.serial else self.edition

    @property
    def is_old(self) -> bool:
        """Whether another version is public now."""
        return self.current is None or self.current.serial != self.edition.serial


def parts_of(programme: ProgrammeDocument[Text]) -> Iterator[Part]:
    """Every part of a programme that has texts of its own to stand beside another's."""
    yield programme.meeting
    for panel in programme.panels:
        yield panel
        yield from panel.panellists
    for item in programme.items():
        yield item
        yield from item.presenters
        yield from item.lists


def language() -> str:
    """The language of the request, which stands in its address."""
    return get_language() or "en"


def next_first(at: datetime) -> list[Edition]:
    """All meetings of the shelf: what is on or to come, then what is over, the nearest first."""
    editions = shelf.current_editions()
    return [*to_come(editions, at), *past(editions, at)]


# --- what is new -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class News:
    """What one version changed, in words."""

    shown: Shown
    release: Release
    groups: list[Group]


@dataclass(frozen=True, slots=True)
class Latest:
    """One thing that changed, and the version that changed it."""

    release: Release
    group: Group
    """What it changed in."""
    told: Told


def latest_changes(shown: Shown) -> Iterator[Latest]:
    """What changed in a programme, a sentence each, the latest version first."""
    for release in releases(shown.versions):
        for group in told(release.lines, shown):
            yield from (Latest(release, group, one) for one in group.sentences)


def told(lines: Iterable[Line], shown: Shown) -> list[Group]:
    """Changes in words, in the order of the programme as it is read."""
    return groups(in_order(lines, shown.programme), language())


def code_in(programme: ProgrammeDocument[Text], ids: Collection[str]) -> str:
    """The code that a programme has for a delegation, given by its ids; "" if it has none."""
    return next((one.code for one in programme.delegations if one.id in ids), "")


def lines_of(ids: Collection[str], shown: Shown, release: Release) -> list[Line]:
    """What a version changed for a delegation, whatever its code was then."""
    return lines_for(ids, shown, release.lines, release.latest.serial)


def mark_for(ids: Collection[str], shown: Shown, node: Part) -> Mark | None:
    """What is marked at a part on the page of a delegation, given by its ids; None for nothing.

    That is what concerns it, and when and whether the part is taken up at all.
    """
    key = frozenset(ids)
    if key not in shown.marked_for:
        lines = shown.marked_lines
        its = {one.key for one in lines_for(ids, shown, lines, shown.edition.serial)}
        shown.marked_for[key] = [one for one in lines if one.key in its or says_when(one)]
    return shown.mark_alone(node, shown.marked_for[key])


def lines_for(ids: Collection[str], shown: Shown, lines: Sequence[Line], last: int) -> list[Line]:
    """Those of some lines, up to the version with the last serial, that concern a delegation."""
    known = [one for one in shown.versions if isinstance(one, Version) and one.serial <= last]
    stays = {
        code: shelf.left.last("delegation", code, known) for line in lines for code in line.codes
    }
    codes = {code for code, stay in stays.items() if stay and stay.id in ids}
    if not known:
        codes = {code_in(shown.programme, ids)}
    return [one for one in lines if codes.intersection(one.codes)]


def news_of(ids: Collection[str], at: datetime) -> Iterator[News]:
    """What versions changed for a delegation, given by its ids: in meetings on or to come.

    Where all are over, in the latest that changed anything for it.
    """
    editions = shelf.current_editions()
    ahead = to_come(editions, at)
    for edition in ahead or past(editions, at):
        news = list(_news_in(Shown.of(edition, at=at), ids))
        yield from news
        if news and not ahead:
            return


def _news_in(shown: Shown, ids: Collection[str]) -> Iterator[News]:
    for release in releases(shown.versions):
        if lines := lines_of(ids, shown, release):
            yield News(shown, release, told(lines, shown))
