"""What stood at an address in an older version, and where it is by now."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from programme.document.nodes import AgendaItem, Delegation, Panel, Text
from programme.document.programme import ProgrammeDocument
from programme.pages.links import Links
from programme.pages.shown import Shown, language
from programme.shelf.edition import Version
from programme.shelf.left_addresses import Kind, Stay
from programme.shelf.shelf import shelf

Node = AgendaItem[Text] | Panel[Text] | Delegation[Text]


@dataclass(frozen=True, slots=True)
class Past:
    """Something that stood at an address up to some version."""

    kind: Kind
    node: Node
    """As it was then."""
    shown: Shown
    """The last version in which it stood there."""
    now: Node | None = None
    """The same by now; None where it is gone."""
    now_at: str = ""

    @property
    def then_at(self) -> str:
        """Its page in that version; of a delegation, which has none there, the programme."""
        if self.kind == "delegation":
            return self.shown.links.programme
        return address_of(self.node, self.shown.links)


def nodes_of(kind: Kind, programme: ProgrammeDocument[Text]) -> Iterable[Node]:
    """All of a kind that have a page of their own."""
    if kind == "item":
        return programme.items()
    return programme.panels if kind == "panel" else programme.delegations


def address_of(node: Node, links: Links) -> str:
    """The page of an item, a panel or a delegation."""
    match node:
        case AgendaItem():
            return links.item(node)
        case Panel():
            return links.panel(node)
        case Delegation():
            return links.delegation(node)


def by_id(nodes: Iterable[Node], key: str) -> Node | None:
    """The one of several nodes that has an id."""
    return next((one for one in nodes if one.id == key), None)


def name_of(node: Node) -> str:
    """What a reader knows a node by; "" for an item or panel without a title."""
    return str(node.name if isinstance(node, Delegation) else node.title)


def past_of(kind: Kind, stay: Stay, *, at: datetime, second_language: str = "") -> Past | None:
    """What stood somewhere, read in the version in which it did; None where that cannot be."""
    public = shelf.of_meeting(stay.version.meeting_id)
    edition = public and shelf.version(public.slug, stay.version.serial)
    if not public or not edition:
        return None
    shown = Shown.of(edition, at=at, links=Links(public.slug, edition.serial, second_language))
    node = by_id(nodes_of(kind, shown.programme), stay.id)
    return Past(kind, node, shown) if node else None


# --- parts of a programme ------------------------------------------------------------------------


def public_versions(shown: Shown) -> tuple[Version, ...]:
    """All versions of a meeting that are public, the latest first, in whatever mount it is read."""
    public = shelf.of_meeting(shown.programme.meeting.id)
    return shelf.versions(public.slug) if public else ()


def stay_at(kind: Kind, address: str, shown: Shown) -> Stay | None:
    """What stood last at an address as of what is read; else what came to stand there first."""
    serial, versions = shown.edition.serial, public_versions(shown)
    known = [one for one in versions if not serial or one.serial <= serial]
    later = [one for one in reversed(versions) if one not in known]
    return shelf.left.last(kind, address, [*known, *later])


def stood_before(kind: Kind, node: Node, shown: Shown) -> Past | None:
    """What stood last where another item or panel stands today; None in all but today's pages."""
    if shown.links.serial or shown.preview is not None or isinstance(node, Delegation):
        return None
    stay = shelf.left.last(kind, node.slug, public_versions(shown), but=(node.id,))
    second_language = shown.links.second_language
    past = stay and past_of(kind, stay, at=shown.at, second_language=second_language)
    if not past or name_of(past.node) == name_of(node):
        return None  # the same to readers, such as an item that was entered anew
    now = by_id(nodes_of(kind, shown.programme), past.node.id)
    return Past(kind, past.node, past.shown, now, address_of(now, shown.links) if now else "")


# --- delegations ---------------------------------------------------------------------------------


def known_as(code: str) -> Delegation[Text] | None:
    """The delegation that has a code in what is public now."""
    return next((one for one in shelf.delegations(language()) if one.code == code), None)


def present(key: str) -> Delegation[Text] | None:
    """A delegation by its id, as it is known now."""
    return next((one for one in shelf.delegations(language()) if one.id == key), None)


def ids_of(delegation: Delegation[Text]) -> frozenset[str]:
    """Ids under which editions know a delegation: its own, and one of the same code and name.

    That is left by a row that staff deleted and entered anew.
    """
    programmes = (one.in_language(language()) for one in shelf.current_editions())
    others = (one.delegation(delegation.code) for one in programmes)
    same = {one.id for one in others if one and name_of(one) == name_of(delegation)}
    return frozenset({delegation.id} | same)


def had_code_before(
    delegation: Delegation[Text], ids: Collection[str], *, at: datetime
) -> Past | None:
    """Which delegation had, in any meeting, the code that another has today."""
    stay = shelf.left.last("delegation", delegation.code, shelf.all_versions(), but=ids)
    past = stay and past_of("delegation", stay, at=at)
    if not past or name_of(past.node) == name_of(delegation):
        return None
    now = present(past.node.id)
    now_at = address_of(now, past.shown.links) if now else ""
    return Past("delegation", past.node, past.shown, now, now_at)
