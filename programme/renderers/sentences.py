"""The sentences in which changes are told to delegates, by kind of subject and field.

Whole sentences, so that each language orders and inflects them its own way. What stands in them:
%(name)s, the subject; %(list)s, one of `LISTS`; %(before)s and %(after)s; %(when)s, day and hours.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from programme.comparing.changes import ORDER
from programme.comparing.directory import STATUSES

Sentence = Promise | str

OTHER: Sentence = _("Other details changed")
"""What is said of a field that has no sentence of its own."""

SENTENCES: Mapping[tuple[str, str], Sentence] = {
    ("meeting", "name"): _("Name of the meeting changed"),
    ("meeting", "starts_on"): _("The meeting begins on %(after)s (before: %(before)s)"),
    ("meeting", "ends_on"): _("The meeting ends on %(after)s (before: %(before)s)"),
    # Translators: two cities: the programme's times are meant as in the first.
    ("meeting", "zone"): _("Time zone of all times changed: %(after)s (before: %(before)s)"),
    ("meeting", "venue"): _("Venue changed"),
    ("meeting", "introduction"): _("Introduction changed"),
    ("meeting", "practical_information"): _("Practical information changed"),
    ("meeting", "notes"): _("Notes changed"),
    ("meeting", "follows"): _("Relation to another meeting changed"),
    ("meeting", ORDER): _("Order of the programme changed"),
    # Translators: of States, which become party to the Convention: names of delegations.
    ("meeting", STATUSES): _("Status under the Convention changed: %(name)s"),
    ("item", "added"): _("Item added"),
    ("item", "removed"): _("Item removed"),
    ("item", "changed"): _("Item changed"),
    ("item", "label"): _("Number changed: %(after)s, before %(before)s"),
    ("item", "title"): _("Title changed"),
    ("item", "text"): _("Text changed"),
    # Translators: "The Committee will invite", before the speaking lists of an item.
    ("item", "lead_in"): _("Words before the speaking lists changed"),
    ("item", "notes"): _("Notes changed"),
    ("item", "place"): _("Moved to another place in the agenda"),
    ("item", ORDER): _("Order changed"),
    ("sub-item", "added"): _("Sub-item added"),
    ("sub-item", "removed"): _("Sub-item removed"),
    ("sub-item", "changed"): _("Sub-item changed"),
    ("list", "added"): _("Speaking list added: “%(name)s”"),
    ("list", "removed"): _("Speaking list removed: “%(name)s”"),
    ("list", "changed"): _("Speaking list changed: “%(name)s”"),
    # Translators: names of delegations, and "the first list": "Chad and Peru added to the list".
    ("list", "joined"): _("%(name)s added to %(list)s"),
    # Translators: names of delegations, and "the first list".
    ("list", "left"): _("%(name)s removed from %(list)s"),
    # Translators: %(list)s is "the first list"; at the head of a sentence it gets a capital.
    ("list", "open_to"): _("%(list)s is open to %(after)s"),
    # Translators: the same of a list for some only: "those States Parties that have …".
    ("conditional list", "open_to"): _(
        "%(list)s is open only to those %(after)s that its invitation describes"
    ),
    ("list", "invitation"): _("Invitation changed in %(list)s"),
    ("list", "notes"): _("Notes changed in %(list)s"),
    ("list", ORDER): _("Order changed in %(list)s"),
    # Translators: the name of a State or organisation, and "the first list".
    ("list", "names"): _("Name of a delegation changed in %(list)s: %(name)s"),
    ("list", "place"): _("Speaking list moved here from another item: “%(name)s”"),
    ("speaker", "added"): _("Speaker added: %(name)s"),
    ("speaker", "removed"): _("Speaker removed: %(name)s"),
    ("speaker", "changed"): _("Speaker changed: %(name)s"),
    ("speaker", "role"): _("Role changed: %(name)s"),
    ("speaker", "person"): _("Speaker changed: %(name)s"),
    ("speaker", "function"): _("Function changed: %(name)s"),
    # Translators: for whom a speaker speaks ("on behalf of the Committee").
    ("speaker", "on_behalf_of"): _("On whose behalf changed: %(name)s"),
    ("speaker", "delegation_code"): _("Delegation changed: %(name)s"),
    ("speaker", "names"): _("Name of a delegation changed: %(name)s"),
    ("speaker", "place"): _("Speaker moved here from another item: %(name)s"),
    ("panel", "added"): _("Thematic panel added: %(when)s"),
    ("panel", "removed"): _("Thematic panel removed: %(when)s"),
    ("panel", "changed"): _("Thematic panel changed"),
    ("panel", "title"): _("Title changed"),
    ("panel", "text"): _("Text changed"),
    ("panel", "notes"): _("Notes changed"),
    ("panel", ORDER): _("Order of the speakers changed"),
    ("sitting", "added"): _("Sitting added: %(name)s"),
    ("sitting", "removed"): _("Sitting removed: %(name)s"),
    ("sitting", "changed"): _("Sitting changed: %(name)s"),
    ("sitting", "kind"): _("Kind of sitting changed: %(name)s"),
    ("sitting", "heading"): _("Heading of a sitting changed: %(name)s"),
    ("sitting", ORDER): _("Order changed in a sitting: %(name)s"),
    ("placement", "added"): _("Added to the timetable: %(when)s"),
    ("placement", "removed"): _("Removed from the timetable: %(when)s"),
    ("placement", "changed"): _("Place in the timetable changed: %(when)s"),
    ("placement", "place"): _("Added to the timetable: %(when)s"),
    ("break", "added"): _("Break added: %(name)s"),
    ("break", "removed"): _("Break removed: %(name)s"),
    ("break", "changed"): _("Break changed: %(name)s"),
    ("break", "name"): _("Name of a break changed: %(name)s"),
}

OF_VALUES: Mapping[tuple[str, str, str], Sentence] = {
    ("meeting", "status", "announced"): _("The meeting will be held"),
    ("meeting", "status", "postponed"): _("The meeting has been postponed"),
    ("meeting", "status", "cancelled"): _("The meeting has been cancelled"),
    ("meeting", "programme_status", "provisional"): _("The programme is provisional again"),
    ("meeting", "programme_status", "adopted"): _("The programme has been adopted"),
    ("list", "kind", "named"): _("%(list)s is only for the delegations that it names"),
    ("list", "kind", "open"): _(
        "%(list)s is no longer only for those that its invitation describes"
    ),
    ("list", "kind", "conditional"): _(
        "%(list)s is open only to those that its invitation describes"
    ),
    ("list", "other_than_named", "True"): _(
        "%(list)s is open to delegations other than those named above"
    ),
    ("list", "other_than_named", "False"): _("%(list)s is open to the delegations named above too"),
    ("conditional list", "other_than_named", "True"): _(
        "%(list)s is not for the delegations named above"
    ),
    ("conditional list", "other_than_named", "False"): _(
        "%(list)s may be for the delegations named above too"
    ),
    ("list", "order", "alphabetical"): _("%(list)s stands in alphabetical order"),
    ("list", "order", "as_called"): _("%(list)s stands in the order in which they are called"),
    ("speaker", "has_spoken", "True"): _("Has taken the floor: %(name)s"),
    ("speaker", "has_spoken", "False"): _("Has not taken the floor: %(name)s"),
    ("placement", "is_continued", "True"): _("Marked as continued: %(when)s"),
    ("placement", "is_continued", "False"): _("No longer marked as continued: %(when)s"),
}
"""Sentences that depend on what holds now, as (kind, field, value)."""

CAME: Mapping[tuple[str, str], Sentence] = {
    ("meeting", "name"): _("Name of the meeting added"),
    ("meeting", "venue"): _("Venue added"),
    ("meeting", "introduction"): _("Introduction added"),
    ("meeting", "practical_information"): _("Practical information added"),
    ("meeting", "notes"): _("Notes added"),
    ("meeting", "follows"): _("Relation to another meeting added"),
    ("item", "label"): _("Number added: %(after)s"),
    ("item", "title"): _("Title added"),
    ("item", "text"): _("Text added"),
    ("item", "lead_in"): _("Words before the speaking lists added"),
    ("item", "notes"): _("Notes added"),
    ("list", "invitation"): _("Invitation added in %(list)s"),
    ("list", "notes"): _("Notes added in %(list)s"),
    # Translators: the speaker was known by a function alone, or in another language.
    ("speaker", "person"): _("Name of a speaker added: %(name)s"),
    ("speaker", "function"): _("Function added: %(name)s"),
    ("speaker", "on_behalf_of"): _("On whose behalf added: %(name)s"),
    ("panel", "title"): _("Title added"),
    ("panel", "text"): _("Text added"),
    ("panel", "notes"): _("Notes added"),
    ("sitting", "heading"): _("Heading of a sitting added: %(name)s"),
    ("break", "name"): _("Name of a break added: %(name)s"),
}
"""A text where there was none, perhaps in some languages alone."""

WENT: Mapping[tuple[str, str], Sentence] = {
    ("meeting", "name"): _("Name of the meeting removed"),
    ("meeting", "venue"): _("Venue removed"),
    ("meeting", "introduction"): _("Introduction removed"),
    ("meeting", "practical_information"): _("Practical information removed"),
    ("meeting", "notes"): _("Notes removed"),
    ("meeting", "follows"): _("Relation to another meeting removed"),
    ("item", "label"): _("Number removed: %(before)s"),
    ("item", "title"): _("Title removed"),
    ("item", "text"): _("Text removed"),
    ("item", "lead_in"): _("Words before the speaking lists removed"),
    ("item", "notes"): _("Notes removed"),
    ("list", "invitation"): _("Invitation removed in %(list)s"),
    ("list", "notes"): _("Notes removed in %(list)s"),
    ("speaker", "person"): _("Name of a speaker removed: %(name)s"),
    ("speaker", "function"): _("Function removed: %(name)s"),
    ("speaker", "on_behalf_of"): _("On whose behalf removed: %(name)s"),
    ("panel", "title"): _("Title removed"),
    ("panel", "text"): _("Text removed"),
    ("panel", "notes"): _("Notes removed"),
    ("sitting", "heading"): _("Heading of a sitting removed: %(name)s"),
    ("break", "name"): _("Name of a break removed: %(name)s"),
}

OTHER_LABEL: Sentence = _("Number changed")
"""A number that is another in other languages than the reader's."""

MOVES: Mapping[str, Sentence] = {
    "moved": _("Moved to %(after)s (before: %(before)s)"),
    "other hours": _("Time changed to %(after)s (before: %(before)s)"),
    "fixed": _("Time fixed: %(after)s"),
    "open": _("No time is fixed any more (before: %(before)s)"),
    "other sitting": _("Moved to another sitting"),
    # Translators: its day and its hours are as before.
    "into a sitting": _("Now part of a sitting"),
    "out of a sitting": _("No longer part of a sitting"),
}
"""Where the heading says what moved: an item or a panel."""

MOVES_BY_NAME: Mapping[str, Sentence] = {
    "moved": _("%(name)s: moved to %(after)s (before: %(before)s)"),
    "other hours": _("%(name)s: time changed to %(after)s (before: %(before)s)"),
    "fixed": _("%(name)s: time fixed, %(after)s"),
    "open": _("%(name)s: no time is fixed any more (before: %(before)s)"),
    "other sitting": _("%(name)s: moved to another sitting"),
    "into a sitting": _("%(name)s: now part of a sitting"),
    "out of a sitting": _("%(name)s: no longer part of a sitting"),
    # Translators: day, part of the day and hours: "Sitting: now 18 June 2024, evening, 19:00".
    "other part": _("%(name)s: now %(after)s (before: %(before)s)"),
}
"""Where it does not: a sitting or a break."""

# Translators: inside a sentence: "Peru added to the list".
LISTS: tuple[Sentence, ...] = (
    _("the list"),
    _("the first list"),
    _("the second list"),
    _("the third list"),
    _("the fourth list"),
    _("the fifth list"),
    _("the sixth list"),
    _("the seventh list"),
    _("the eighth list"),
)
"""By a list's number under its item; 0 where it is the only one."""

# Translators: inside a sentence: "Peru added to list 9".
LIST_BEYOND: Sentence = _("list %(number)s")

CATEGORIES: Mapping[str, Sentence] = {
    "states_parties": pgettext_lazy("in a sentence", "States Parties"),
    "states_not_party": pgettext_lazy("in a sentence", "States not party"),
    "organisations": pgettext_lazy("in a sentence", "organisations"),
}
NOBODY_IN_PARTICULAR: Sentence = pgettext_lazy("in a sentence: open to", "all")

# Translators: between two sentences, the second without a capital: "Title changed (French only);
# title added (Arabic only)".
AND_ALSO: Sentence = _("%(first)s; %(second)s")
# Translators: "Title changed (French only)".
IN_ONE_LANGUAGE: Sentence = _("%(sentence)s (%(languages)s only)")
# Translators: "Title changed (French and Arabic)".
IN_LANGUAGES: Sentence = _("%(sentence)s (%(languages)s)")
