"""A bound on formsets: none claims more rows than are stored and a person adds at a time.

How many rows come back is told by the form itself (`…-TOTAL_FORMS`, `…-INITIAL_FORMS`), so that
a forged one could keep a process at work for ever.
"""

from __future__ import annotations

from typing import ClassVar

from django.forms.formsets import INITIAL_FORM_COUNT, TOTAL_FORM_COUNT, ManagementForm
from django.utils.functional import cached_property  # that of Python 3.11 locks out other threads

from desk.shared.types import Cleaned, FormSet
from meetings.types import Passed


class Counts(ManagementForm):
    """The management form of a formset: how many rows it claims; refused where these cannot be."""

    most = 0

    def clean(self) -> Cleaned:
        """Take none where the numbers cannot be."""
        cleaned: Cleaned = super().clean()
        if not 0 <= cleaned[INITIAL_FORM_COUNT] <= cleaned[TOTAL_FORM_COUNT] <= self.most:
            message = FormSet.default_error_messages["too_many_forms"] % {"num": self.most}
            self.add_error(TOTAL_FORM_COUNT, message)
            cleaned |= {INITIAL_FORM_COUNT: 0, TOTAL_FORM_COUNT: 0}
        return cleaned


class CountedFormSet(FormSet):
    """A formset that claims no more rows than can be."""

    most_new: ClassVar[int] = 0
    """Rows that are added at a time, or that were deleted since the form was opened."""

    def __init__(self, *args: Passed, **kwargs: Passed) -> None:
        """Let the page offer no more rows than are taken."""
        super().__init__(*args, **kwargs)
        if self.max_num and not self.is_bound:
            self.max_num = self.initial_form_count() + self.most_new

    @cached_property
    def management_form(self) -> ManagementForm:
        """The numbers of rows, as they came back or as they are."""
        if not self.is_bound:
            return super().management_form
        counts = Counts(self.data, auto_id=self.auto_id, prefix=self.prefix)
        counts.most = self.number_there() + self.most_new
        counts.full_clean()
        return counts

    def number_there(self) -> int:
        """How many rows there are now."""
        return len(super().get_queryset())
