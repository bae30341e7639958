"""All that is said about a field in which subjects differ: one row for each kind and field.

Whether another value is another fact or other words, whether delegates are told, in which sentence,
and what staff call it. A field without a row is a fact; tests name every row that is missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from programme.comparing.changes import ORDER
from programme.comparing.directory import CODES, NAMES, SORTING, STATUSES

Sentence = Promise | str
Says = Literal["fact", "wording", "nothing"]

WORDING: Says = "wording"
NOTHING: Says = "nothing"


@dataclass(frozen=True, slots=True)
class Field:
    """What subjects of a kind can differ in, and how that is told.

    Sentences are whole, so that each language orders and inflects them its own way. What stands in
    them: %(name)s, the subject; %(list)s, one of `LISTS`; %(before)s and %(after)s; %(when)s, day
    and hours.
    """

    changed: Sentence = ""
    came: Sentence = ""
    """Where there was none; of a text, perhaps in some languages alone."""
    went: Sentence = ""
    says: Says = "fact"
    """fact: another value asks for a revision, even another word. wording: so do other facts in a
    text, its numbers and names of States (`only_wording`). nothing: it is no reason for one."""
    is_told: bool = True
    """Whether delegates are told; not of how something is printed or filed, nor of what goes with
    another field."""
    values: Mapping[str, Sentence] = field(default_factory=dict)
    """Sentences that depend on what holds now."""
    called: Sentence = ""
    """What staff call it, where no column has its name."""

    def all(self) -> Iterator[Sentence]:
        """Every sentence that delegates may read."""
        yield from filter(None, (self.changed, self.came, self.went, *self.values.values()))

    def told(self, after: object) -> Sentence:
        """The sentence for another value; "" where there is none."""
        return self.changed or self.values.get(str(after), "")


def prose(changed: Sentence, came: Sentence, went: Sentence) -> Field:
    """A text of which other words may say the same."""
    return Field(changed, came, went, says=WORDING)


TITLE = _("Title changed"), _("Title added"), _("Title removed")
SHORT_TITLE = Field(says=WORDING, is_told=False)
TEXT = _("Text changed"), _("Text added"), _("Text removed")
NOTES = _("Notes changed"), _("Notes added"), _("Notes removed")

NEW_TIME = "new_date"
"""The field that a new day and its hours make together."""

NEW_TIMES = (NEW_TIME, "new_start", "new_end")

POSTPONED_TO: dict[str, Field] = {
    NEW_TIME: Field(
        _("New time: %(after)s (before: %(before)s)"),
        _("New time: %(after)s"),
        _("The new time no longer holds (before: %(before)s)"),
    ),
    **{one: Field(is_told=False) for one in NEW_TIMES[1:]},
}
"""Of an item or panel that is postponed."""

NAME_OF_A_DELEGATION = _("name of a delegation")
UNDER_ANOTHER_ITEM = _("stands under another item")
IN_ANOTHER_ORDER = _("order of what stands beneath")

FIELDS: dict[str, Mapping[str, Field]] = {
    "meeting": {
        "slug": Field(is_told=False),
        "name": prose(
            _("Name of the meeting changed"),
            _("Name of the meeting added"),
            _("Name of the meeting removed"),
        ),
        "starts_on": Field(_("The meeting begins on %(after)s (before: %(before)s)")),
        "ends_on": Field(_("The meeting ends on %(after)s (before: %(before)s)")),
        "zone": Field(
            # Translators: two cities: the programme's times are meant as in the first.
            _("Time zone of all times changed: %(after)s (before: %(before)s)")
        ),
        "venue": prose(_("Venue changed"), _("Venue added"), _("Venue removed")),
        "status": Field(
            values={
                "announced": _("The meeting will be held"),
                "postponed": _("The meeting has been postponed"),
                "cancelled": _("The meeting has been cancelled"),
            }
        ),
        "programme_status": Field(
            values={
                "provisional": _("The programme is provisional again"),
                "adopted": _("The programme has been adopted"),
            }
        ),
        "introduction": prose(
            _("Introduction changed"), _("Introduction added"), _("Introduction removed")
        ),
        "practical_information": prose(
            _("Practical information changed"),
            _("Practical information added"),
            _("Practical information removed"),
        ),
        "notes": prose(*NOTES),
        "follows": prose(
            _("Relation to another meeting changed"),
            _("Relation to another meeting added"),
            _("Relation to another meeting removed"),
        ),
        ORDER: Field(_("Order of the programme changed"), called=IN_ANOTHER_ORDER),
        NAMES: Field(says=NOTHING, is_told=False, called=_("names of delegations")),
        CODES: Field(
            says=NOTHING, is_told=False, called=_("addresses of the pages of delegations")
        ),
        SORTING: Field(says=NOTHING, is_told=False, called=_("alphabetical order of delegations")),
        STATUSES: Field(
            # Translators: of States, which become party to the Convention: names of delegations.
            _("Status under the Convention changed: %(name)s"),
            called=_("status of delegations under the Convention"),
        ),
    },
    "item": {
        "slug": Field(is_told=False, called=_("address")),
        "label": Field(
            _("Number changed: %(after)s, before %(before)s"),
            _("Number added: %(after)s"),
            _("Number removed: %(before)s"),
            called=_("number"),
        ),
        "title": prose(*TITLE),
        "short_title": SHORT_TITLE,
        "text": prose(*TEXT),
        "lead_in": prose(
            # Translators: "The Committee will invite", before the speaking lists of an item.
            _("Words before the speaking lists changed"),
            _("Words before the speaking lists added"),
            _("Words before the speaking lists removed"),
        ),
        "notes": prose(*NOTES),
        "status": Field(
            values={
                "planned": _("The item will be taken up after all"),
                "postponed": _("The item has been postponed"),
                "cancelled": _("The item has been cancelled"),
            }
        ),
        **POSTPONED_TO,
        "place": Field(_("Moved to another place in the agenda"), called=UNDER_ANOTHER_ITEM),
        ORDER: Field(_("Order changed"), called=IN_ANOTHER_ORDER),
    },
    "list": {
        "invitation": prose(
            _("Invitation changed in %(list)s"),
            _("Invitation added in %(list)s"),
            _("Invitation removed in %(list)s"),
        ),
        "notes": prose(
            _("Notes changed in %(list)s"),
            _("Notes added in %(list)s"),
            _("Notes removed in %(list)s"),
        ),
        "form": Field(is_told=False),
        "basis": Field(says=NOTHING, is_told=False),
        "kind": Field(
            values={
                "named": _("%(list)s is only for the delegations that it names"),
                "open": _("%(list)s is no longer only for those that its invitation describes"),
                "conditional": _("%(list)s is open only to those that its invitation describes"),
            }
        ),
        "open_to": Field(
            # Translators: %(list)s is "the first list"; at the head of a sentence with a capital.
            _("%(list)s is open to %(after)s"),
            called=_("for which groups"),
        ),
        "other_than_named": Field(
            values={
                "True": _("%(list)s is open to delegations other than those named above"),
                "False": _("%(list)s is open to the delegations named above too"),
            }
        ),
        "order": Field(
            values={
                "alphabetical": _("%(list)s stands in alphabetical order"),
                "as_called": _("%(list)s stands in the order in which they are called"),
            }
        ),
        "delegations": Field(called=_("named delegations")),
        "member_notes": Field(
            # Translators: a few words after the name of a State in a list, such as its deadline.
            _("Note changed in %(list)s: %(name)s"),
            _("Note added in %(list)s: %(name)s"),
            _("Note removed in %(list)s: %(name)s"),
            called=_("notes on delegations"),
        ),
        "member_behalves": Field(
            # Translators: for whom a State in a list speaks, such as the European Union.
            _("On whose behalf changed in %(list)s: %(name)s"),
            _("On whose behalf added in %(list)s: %(name)s"),
            _("On whose behalf removed in %(list)s: %(name)s"),
            called=_("on whose behalf delegations speak"),
        ),
        ORDER: Field(_("Order changed in %(list)s"), called=IN_ANOTHER_ORDER),
        "names": Field(
            # Translators: the name of a State or organisation, and "the first list".
            _("Name of a delegation changed in %(list)s: %(name)s"),
            says=NOTHING,
            called=NAME_OF_A_DELEGATION,
        ),
        "place": Field(
            # Translators: %(other)s is "item 6b", or "another item".
            _("Speaking list moved here from %(other)s: “%(name)s”"),
            called=UNDER_ANOTHER_ITEM,
        ),
    },
    "conditional list": {
        "open_to": Field(
            # Translators: the same of a list for some only: "those States Parties that have …".
            _("%(list)s is open only to those %(after)s that its invitation describes")
        ),
        "other_than_named": Field(
            values={
                "True": _("%(list)s is not for the delegations named above"),
                "False": _("%(list)s may be for the delegations named above too"),
            }
        ),
    },
    "speaker": {
        "role": Field(_("Role changed: %(name)s")),
        "person": Field(
            _("Speaker changed: %(name)s"),
            # Translators: the speaker was known by a function alone, or in another language.
            _("Name of a speaker added: %(name)s"),
            _("Name of a speaker removed: %(name)s"),
        ),
        "function": prose(
            _("Function changed: %(name)s"),
            _("Function added: %(name)s"),
            _("Function removed: %(name)s"),
        ),
        "on_behalf_of": prose(
            # Translators: for whom a speaker speaks ("on behalf of the Committee").
            _("On whose behalf changed: %(name)s"),
            _("On whose behalf added: %(name)s"),
            _("On whose behalf removed: %(name)s"),
        ),
        "delegation_code": Field(_("Delegation changed: %(name)s"), called=_("delegation")),
        "has_spoken": Field(
            values={
                "True": _("Has taken the floor: %(name)s"),
                "False": _("Has not taken the floor: %(name)s"),
            }
        ),
        "named_in_text": Field(is_told=False),
        "names": Field(
            _("Name of a delegation changed: %(name)s"), says=NOTHING, called=NAME_OF_A_DELEGATION
        ),
        "place": Field(
            # Translators: %(other)s is "item 6b", or "another item".
            _("Speaker moved here from %(other)s: %(name)s"),
            called=UNDER_ANOTHER_ITEM,
        ),
    },
    "panel": {
        "slug": Field(is_told=False),
        "title": prose(*TITLE),
        "short_title": SHORT_TITLE,
        "room": Field(
            _("Room changed: %(after)s (before: %(before)s)"),
            _("Room: %(after)s"),
            _("Room no longer given (before: %(before)s)"),
        ),
        "text": prose(*TEXT),
        "notes": prose(*NOTES),
        "status": Field(
            values={
                "planned": _("The thematic panel will take place after all"),
                "postponed": _("The thematic panel has been postponed"),
                "cancelled": _("The thematic panel has been cancelled"),
            }
        ),
        "kind": Field(
            values={
                "thematic": _("Now a thematic panel"),
                "side_event": _("Now a side event"),
            }
        ),
        "host": prose(_("Host changed"), _("Host added"), _("Host removed")),
        **POSTPONED_TO,
        ORDER: Field(_("Order of the speakers changed"), called=IN_ANOTHER_ORDER),
    },
    "side event": {
        "status": Field(
            values={
                "planned": _("The side event will take place after all"),
                "postponed": _("The side event has been postponed"),
                "cancelled": _("The side event has been cancelled"),
            }
        ),
    },
    "sitting": {
        "kind": Field(_("Kind of sitting changed: %(name)s")),
        "heading": prose(
            _("Heading of a sitting changed: %(name)s"),
            _("Heading of a sitting added: %(name)s"),
            _("Heading of a sitting removed: %(name)s"),
        ),
        "room": Field(
            # Translators: %(name)s is a day and a half-day: "18 June 2024, morning".
            _("Room changed, %(name)s: %(after)s (before: %(before)s)"),
            _("Room, %(name)s: %(after)s"),
            _("Room no longer given, %(name)s (before: %(before)s)"),
        ),
        ORDER: Field(_("Order changed in a sitting: %(name)s"), called=IN_ANOTHER_ORDER),
    },
    "placement": {
        "item_id": Field(is_told=False, called=_("item")),
        "is_continued": Field(
            values={
                "True": _("Marked as continued: %(when)s"),
                "False": _("No longer marked as continued: %(when)s"),
            }
        ),
        "place": Field(_("Added to the timetable: %(when)s"), called=UNDER_ANOTHER_ITEM),
    },
    "break": {
        "name": prose(
            _("Name of a break changed: %(name)s"),
            _("Name of a break added: %(name)s"),
            _("Name of a break removed: %(name)s"),
        ),
    },
}
"""By kind of subject and field."""


def field_of(kind: str, name: str) -> Field:
    """What is said of a field; of one without a row, that it is a fact to be told."""
    return FIELDS.get(kind, {}).get(name) or Field()
