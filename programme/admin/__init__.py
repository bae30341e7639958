"""The desk where staff edit and publish the programme of a meeting."""

from meetings.admin import SittingAdmin
from meetings.admin.base import after_save
from programme.admin import items, lists, meeting, publications
from programme.admin.checking import warn_of_problems

__all__ = ["items", "lists", "meeting", "publications"]

# The ground floor knows no placements.
SittingAdmin.inlines = (items.PlacementsInOrder,)
after_save.append(warn_of_problems)
