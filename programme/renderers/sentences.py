"""The sentences in which delegates are told what came, went or moved, and what stands in them.

Those of single fields are in `programme.comparing.fields`, where it is said what may stand in all.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from programme.comparing.fields import Sentence

OTHER: Sentence = _("Other details changed")
"""What is said of a field that has no sentence of its own."""

EVENTS: Mapping[tuple[str, str], Sentence] = {
    ("item", "added"): _("Item added"),
    ("item", "removed"): _("Item removed"),
    ("item", "changed"): _("Item changed"),
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
    ("speaker", "added"): _("Speaker added: %(name)s"),
    ("speaker", "removed"): _("Speaker removed: %(name)s"),
    ("speaker", "changed"): _("Speaker changed: %(name)s"),
    ("panel", "added"): _("Thematic panel added: %(when)s"),
    ("panel", "removed"): _("Thematic panel removed: %(when)s"),
    ("panel", "changed"): _("Thematic panel changed"),
    ("side event", "added"): _("Side event added: %(when)s"),
    ("side event", "removed"): _("Side event removed: %(when)s"),
    ("side event", "changed"): _("Side event changed"),
    ("sitting", "added"): _("Sitting added: %(name)s"),
    ("sitting", "removed"): _("Sitting removed: %(name)s"),
    ("sitting", "changed"): _("Sitting changed: %(name)s"),
    ("placement", "added"): _("Added to the timetable: %(when)s"),
    ("placement", "removed"): _("Removed from the timetable: %(when)s"),
    ("placement", "changed"): _("Place in the timetable changed: %(when)s"),
    ("break", "added"): _("Break added: %(name)s"),
    ("break", "removed"): _("Break removed: %(name)s"),
    ("break", "changed"): _("Break changed: %(name)s"),
}
"""What became of a subject as a whole, and of the members of a list."""

ELSEWHERE: Mapping[str, Sentence] = {"label": _("Number changed"), "room": _("Room changed")}
"""What is quoted to readers of other languages only, since theirs is as it was."""

INVITED: Mapping[str, Sentence] = {
    # Translators: States, and why: "Sri Lanka invited (missed Article 4 deadline)".
    "joined": _("%(name)s invited (%(basis)s)"),
    "left": _("%(name)s no longer invited (%(basis)s)"),
}
"""Of a list whose basis in the Convention is known, as it was when the line was written."""

MOVED_ELSEWHERE: Mapping[str, Sentence] = {
    # Translators: %(other)s is "item 6b", or "another item".
    "list": _("Speaking list moved to %(other)s: “%(name)s”"),
    "speaker": _("Speaker moved to %(other)s: %(name)s"),
    "item": _("Sub-item moved to %(other)s: %(name)s"),
    "placement": EVENTS["placement", "removed"],
}
"""At the item that it stood under before."""

ANOTHER_ITEM: Sentence = pgettext_lazy("in a sentence", "another item")
"""What is said in place of an item that lines of before do not name."""

# Translators: a speaking list stands under another item, which is taken up at a time.
WITH_TIME: Sentence = _("%(sentence)s, %(when)s")

# Translators: an item was removed; %(others)s are numbers and titles of its sub-items.
REMOVED_WITH: Sentence = _("Item removed, with %(others)s")

# Translators: %(other)s is the title of another item, which has the number that this one had.
EXCHANGED: Sentence = _("Numbers exchanged with “%(other)s”: %(after)s, before %(before)s")

TAKEN_UP: Mapping[bool, Sentence] = {
    # Translators: %(moved)s and %(beside)s are numbers and titles of items.
    True: _("%(moved)s is taken before %(beside)s"),
    False: _("%(moved)s is taken after %(beside)s"),
}
"""By whether something comes earlier than it did."""

TAKEN_UP_HERE: Mapping[bool, Sentence] = {
    # Translators: in small print at an item; %(beside)s is the number and title of another.
    True: _("Now taken before %(beside)s"),
    False: _("Now taken after %(beside)s"),
}

FIRST_TIMETABLE: Mapping[bool, Sentence] = {
    # Translators: "18 June 2024, 19 June 2024, and 20 June 2024".
    True: _("Days and times are now fixed: %(days)s"),
    False: _("Days are now fixed: %(days)s"),
}
"""By whether an hour is known for each item."""

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

MARKED_MOVES: Mapping[str, Sentence] = {
    # Translators: in small print at an item that stands at its new time: a day, hours, or both.
    "moved": _("Moved, was %(before)s"),
    "other hours": _("Time changed, was %(before)s"),
    "fixed": _("Time now fixed"),
    "open": _("No time is fixed any more, was %(before)s"),
    "other sitting": MOVES["other sitting"],
    "into a sitting": MOVES["into a sitting"],
    "out of a sitting": MOVES["out of a sitting"],
    "other part": _("Time changed, was %(before)s"),
}
"""At an item, panel, sitting or break that stands at its new time."""

DAY_FIXED: Sentence = _("Day now fixed")

# Translators: in small print at an item: the number and title of a sub-item that is gone.
REMOVED_HERE: Sentence = _("Removed: %(name)s")

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
