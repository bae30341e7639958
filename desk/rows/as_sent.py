"""A form shown again with errors: its rows as they were sent, and nothing typed folded away.

Django draws the rows in the order that is stored, and folds boxes that have no error, whatever was
typed into them.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.admin.helpers import AdminForm, InlineAdminForm, InlineAdminFormSet
from django.contrib.admin.utils import flatten
from django.utils.functional import cached_property

from desk.shared.types import ModelForm

FOLDED = "collapse"
"""The class of a box that can be folded."""


class RowsAsSent(InlineAdminFormSet):
    """The rows beneath a form, as its page draws them."""

    @classmethod
    def of(cls, drawn: InlineAdminFormSet) -> RowsAsSent:
        """What Django would draw, as it was sent."""
        rows = cls.__new__(cls)
        vars(rows).update(vars(drawn))
        return rows

    def __iter__(self) -> Iterator[InlineAdminForm]:
        """The rows in the order in which they came back; that which scripts copy is the last."""
        ranks = {name: rank for rank, name in enumerate(self.formset.data)}
        rows = sorted(super().__iter__(), key=lambda row: _rank(row.form, ranks))
        for row in rows:
            unfold(row)
            yield row

    @cached_property
    def is_collapsible(self) -> bool:
        """Whether the rows can be folded away: not while something in them waits to be saved."""
        is_touched = self.formset.is_bound and self.formset.has_changed()
        return bool(super().is_collapsible and not is_touched)


def _rank(form: ModelForm, ranks: dict[str, int]) -> int:
    """The place of a row among all that was sent; after it what was not sent."""
    name = form.add_prefix(form._meta.model._meta.pk.name)
    return ranks.get(name, len(ranks))


def unfold(drawn: AdminForm) -> None:
    """Let boxes stand open in which something waits to be saved, or is to be mended."""
    form = drawn.form
    if not form.is_bound:
        return
    touched = {*form.changed_data, *form.errors}
    drawn.fieldsets = [
        (name, options if touched.isdisjoint(flatten(list(options["fields"]))) else _open(options))
        for name, options in drawn.fieldsets
    ]


def _open(options: dict[str, list[str]]) -> dict[str, list[str]]:
    classes = [name for name in options.get("classes", ()) if name != FOLDED]
    return {**options, "classes": classes}
