"""The agenda, who is invited to take the floor, and what was published of it."""

from __future__ import annotations

from datetime import datetime
from typing import Self
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from meetings.held.status import NEW_TIME_IN_ORDER, Held
from meetings.models import (
    Delegation,
    InTimetable,
    Meeting,
    OfMeetingQuerySet,
    Speaker,
    any_text,
    short_title_field,
)
from meetings.rows import (
    TIMES_IN_ORDER,
    OrderedRow,
    Row,
    TranslatedRow,
    days_within_reach,
    wording,
)
from meetings.texts.markdown import markdown_field, notes_field
from programme.language.bases import BASES
from programme.language.invitations import bare
from programme.language.labels import item_label, label_slug
from programme.language.shortening import short

MAX_LEVELS = 3
HIGHEST_NUMBER = 999
"""Letters double beyond the alphabet: a higher number would make a label that nobody reads."""


def item_slug(key: UUID, label: str, numbers: tuple[int, ...], title: str) -> str:
    """How addresses call an item with this free label, or these numbers, or this title."""
    if label:
        return slugify(label) or key.hex[:8]
    if numbers:
        return label_slug(numbers)
    return slugify(bare(title))[:60].strip("-") or key.hex[:8]


class AgendaItemQuerySet(OfMeetingQuerySet):
    """Items in the words of an agenda."""

    def top_level(self) -> Self:
        """Items that are no sub-items."""
        return self.filter(parent=None)

    def in_order(self) -> Self:
        """Each among its siblings, in the order of the agenda."""
        return self.order_by("position", "number", "id")


class AgendaItem(OrderedRow, Held, TranslatedRow):
    """An item of the agenda, or a sub-item of one."""

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="agenda_items", verbose_name=_("meeting")
    )
    parent = models.ForeignKey(
        "self",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="sub_items",
        verbose_name=_("sub-item of"),
    )
    number = models.PositiveSmallIntegerField(
        _("number"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(HIGHEST_NUMBER)],
        help_text=_(
            "Its place on its own level: 6 for item 6; 1 for sub-item 6a, 2 for 6b. "
            "Each language writes the label in its own way."
        ),
    )
    label = models.CharField(
        _("free label"),
        max_length=20,
        blank=True,
        help_text=_("Only where numbers do not fit, such as “A bis”; the same in all languages."),
    )
    title = models.CharField(
        _("title"),
        max_length=300,
        blank=True,
        help_text=_("May stay empty: pages then show the number and who presents."),
    )
    short_title = short_title_field()
    text = markdown_field(_("text"), max_length=20_000, blank=True, help_text=_("Markdown."))
    lead_in = markdown_field(
        _("lead-in to the lists"),
        max_length=5_000,
        blank=True,
        help_text=_("What stands before the speaking lists: “The Committee will invite”."),
    )
    notes = notes_field()

    objects = AgendaItemQuerySet.as_manager()
    siblings_share = ("meeting_id", "parent_id")
    aside = {"number": None, "label": ""}
    came_later = ("status", "new_date", "new_start", "new_end", "short_title")

    class Meta:
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")
        ordering = ["position", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "number"],
                condition=Q(parent__isnull=True),
                name="one_item_per_number",
                violation_error_message=_("Another item of this meeting has this number."),
            ),
            models.UniqueConstraint(
                fields=["parent", "number"],
                name="one_sub_item_per_number",
                violation_error_message=_("Another sub-item of this item has this number."),
            ),
            models.UniqueConstraint(
                fields=["meeting", "label"],
                condition=~Q(label=""),
                name="one_item_per_free_label",
                violation_error_message=_("Another item of this meeting has this label."),
            ),
            models.CheckConstraint(
                condition=Q(number__isnull=True) | Q(number__gte=1),
                name="item_numbers_begin_at_one",
                violation_error_message=_("Numbers begin at 1."),
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=models.F("id")),
                name="item_is_not_its_own_sub_item",
                violation_error_message=_("An item cannot be a sub-item of itself."),
            ),
            models.CheckConstraint(
                condition=NEW_TIME_IN_ORDER, name="item_with_new_time_is_postponed"
            ),
            days_within_reach("new_date", name="item_new_day_within_reach"),
        ]

    def __str__(self) -> str:
        label = self.label_in(get_language() or "en")
        return " ".join(filter(None, (label, self.title))) or str(_("(no title)"))

    def lineage(self) -> list[AgendaItem]:
        """The items above this one and itself, outermost first.

        Reads `parent`, so that items whose parents are loaded cost no query.
        """
        lineage = [self]
        while (parent := lineage[0].parent) and len(lineage) <= MAX_LEVELS:
            lineage.insert(0, parent)
        return lineage

    @property
    def numbers(self) -> tuple[int, ...]:
        """Its numbers from the top, (6, 1) for 6a; empty where a level has none."""
        numbers = tuple(item.number for item in self.lineage() if item.number)
        return numbers if len(numbers) == len(self.lineage()) <= MAX_LEVELS else ()

    def label_in(self, language: str) -> str:
        """The label as a language writes it: 6a, in Arabic 6 (أ); "" where it has none."""
        if self.label:
            return self.label
        return item_label(self.numbers, language) if self.numbers else ""

    @property
    def slug(self) -> str:
        """The label as it stands in addresses; without one, the title or the id."""
        return item_slug(self.id, self.label, self.numbers, wording(self, "title", "en"))

    def clean(self) -> None:
        """Refuse a place in the tree that no agenda has, and a new time as `Held` does."""
        super().clean()
        if not self.parent:
            return
        if self.parent.meeting_id != self.meeting_id:
            raise ValidationError({"parent": _("That item belongs to another meeting.")})
        lineage = self.parent.lineage()
        if self in lineage:
            raise ValidationError({"parent": _("An item cannot be a sub-item of itself.")})
        if len(lineage) >= MAX_LEVELS:
            raise ValidationError({"parent": _("An agenda has three levels at most.")})


class Presenter(Speaker):
    """Somebody who presents, opens, closes or chairs an item."""

    item = models.ForeignKey(
        AgendaItem, models.CASCADE, related_name="presenters", verbose_name=_("agenda item")
    )

    siblings_share = ("item_id",)

    class Meta(Speaker.Meta):
        verbose_name = _("presenter")
        verbose_name_plural = _("presenters")


class ItemPlacement(OrderedRow, InTimetable, Row):
    """An item in a day or sitting, perhaps continued from an earlier one."""

    item = models.ForeignKey(
        AgendaItem, models.CASCADE, related_name="placements", verbose_name=_("agenda item")
    )
    is_continued = models.BooleanField(
        _("continued"), default=False, help_text=_("The item was begun at an earlier placement.")
    )

    siblings_share = ("date", "sitting_id")

    class Meta:
        verbose_name = _("placement")
        verbose_name_plural = _("placements")
        ordering = ["date", "position"]
        constraints = [
            models.CheckConstraint(condition=TIMES_IN_ORDER, name="placement_ends_after_it_starts"),
            days_within_reach("date", name="placement_day_within_reach"),
        ]

    def __str__(self) -> str:
        return f"{self.item} · {self.sitting or self.date}"

    @property
    def meeting(self) -> Meeting:
        """The meeting of the item."""
        return self.item.meeting


class SpeakingListQuerySet(models.QuerySet["SpeakingList"]):
    """Speaking lists in the words of a programme."""

    def of(self, meeting: Meeting) -> Self:
        """Those under the items of one meeting."""
        return self.filter(item__meeting=meeting)

    def in_order(self) -> Self:
        """Each under its item, in the order of the programme."""
        return self.order_by("item", "position", "id")

    def named(self) -> Self:
        """Lists that name their delegations."""
        return self.filter(kind=SpeakingList.Kind.NAMED)


class SpeakingList(OrderedRow, TranslatedRow):
    """A group of delegations invited to take the floor under an item."""

    class Kind(models.TextChoices):
        NAMED = "named", _("named delegations")
        OPEN = "open", _("open list")
        CONDITIONAL = "conditional", _("only for those that the invitation describes")

    class Form(models.TextChoices):
        SENTENCE = "sentence", _("sentence")
        BULLET = "bullet", _("bullet")
        RUN_IN = "run_in", _("run-in: 1) …, 2) … and 3) …")

    class Basis(models.TextChoices):
        NONE = "none", _("none")
        VICTIM_ASSISTANCE = "victim_assistance", BASES["victim_assistance"]
        ARTICLE_5_EXTENSION_REQUEST = (
            "article_5_extension_request",
            BASES["article_5_extension_request"],
        )
        UPDATED_WORK_PLAN = "updated_work_plan", BASES["updated_work_plan"]
        ARTICLE_5_IMPLEMENTATION = "article_5_implementation", BASES["article_5_implementation"]
        ARTICLE_4_MISSED_DEADLINE = "article_4_missed_deadline", BASES["article_4_missed_deadline"]
        ARTICLE_4_DISCOVERED_STOCKPILES = (
            "article_4_discovered_stockpiles",
            BASES["article_4_discovered_stockpiles"],
        )
        ARTICLE_3_RETAINED_MINES = "article_3_retained_mines", BASES["article_3_retained_mines"]
        ARTICLE_1_COMPLIANCE = "article_1_compliance", BASES["article_1_compliance"]
        ARTICLE_9_MEASURES = "article_9_measures", BASES["article_9_measures"]
        PRELIMINARY_OBSERVATIONS = "preliminary_observations", BASES["preliminary_observations"]
        COOPERATION_AND_ASSISTANCE = (
            "cooperation_and_assistance",
            BASES["cooperation_and_assistance"],
        )
        UNIVERSALIZATION = "universalization", BASES["universalization"]

    class Order(models.TextChoices):
        ALPHABETICAL = "alphabetical", _("alphabetical, in each language")
        AS_CALLED = "as_called", _("as called, the same in all languages")

    item = models.ForeignKey(
        AgendaItem, models.CASCADE, related_name="lists", verbose_name=_("agenda item")
    )
    invitation = markdown_field(
        _("invitation"),
        max_length=2_000,
        help_text=_(
            "Put ({delegations}) where the printed programme names the delegations; pages show "
            "them as a list below instead. Without parentheses the names stand in both."
        ),
    )
    notes = notes_field()
    form = models.CharField(_("form"), max_length=8, choices=Form.choices, default=Form.BULLET)
    basis = models.CharField(
        _("basis"),
        max_length=32,
        choices=Basis.choices,
        default=Basis.NONE,
        help_text=_("Why these delegations are invited, in the terms of the Convention."),
    )
    kind = models.CharField(
        _("kind of list"),
        max_length=11,
        choices=Kind.choices,
        default=Kind.NAMED,
        help_text=_(
            "An open list is for all in the groups ticked below. If it is only for those of them "
            "to whom something applies (“States Parties that have …”), choose the last kind: then "
            "it stands on no delegation’s page as its own."
        ),
    )
    open_to_states_parties = models.BooleanField(_("for States Parties"), default=False)
    open_to_states_not_party = models.BooleanField(_("for States not party"), default=False)
    open_to_organisations = models.BooleanField(_("for organisations"), default=False)
    other_than_named = models.BooleanField(
        _("other than those named above"),
        default=False,
        help_text=_("The list is for those that no list above it under the same item names."),
    )
    order = models.CharField(
        _("order"),
        max_length=12,
        choices=Order.choices,
        default=Order.ALPHABETICAL,
        help_text=_("Alphabetical is not the order of speaking, and pages say so."),
    )

    objects = SpeakingListQuerySet.as_manager()
    siblings_share = ("item_id",)

    CATEGORIES = ("states_parties", "states_not_party", "organisations")

    class Meta:
        verbose_name = _("speaking list")
        verbose_name_plural = _("speaking lists")
        ordering = ["item", "position"]
        constraints = [
            models.CheckConstraint(
                condition=any_text("invitation"),
                name="speaking_list_has_an_invitation",
                violation_error_message=_("Write the invitation."),
            ),
            models.CheckConstraint(
                condition=Q(
                    Q(open_to_states_parties=True)
                    | Q(open_to_states_not_party=True)
                    | Q(open_to_organisations=True),
                    kind__in=("open", "conditional"),
                )
                | Q(
                    kind="named",
                    open_to_states_parties=False,
                    open_to_states_not_party=False,
                    open_to_organisations=False,
                    other_than_named=False,
                ),
                name="speaking_list_is_named_or_for_a_group",
                violation_error_message=_(
                    "Tick at least one group for a list that names nobody, and none for one that "
                    "names its delegations."
                ),
            ),
        ]

    def __str__(self) -> str:
        return short(self.invitation)

    @property
    def open_to(self) -> tuple[str, ...]:
        """The categories of delegations that a list which names nobody is for."""
        return tuple(one for one in self.CATEGORIES if getattr(self, f"open_to_{one}"))

    @property
    def is_named(self) -> bool:
        """Whether it is a list of delegations by name."""
        return self.kind == self.Kind.NAMED

    def clean(self) -> None:
        """Refuse a list that names nobody without groups, and a named one with groups."""
        if not self.is_named and not self.open_to:
            raise ValidationError({"kind": _("Tick at least one group that the list is for.")})
        if self.is_named and (self.open_to or self.other_than_named):
            raise ValidationError(
                {
                    "kind": _(
                        "A list of named delegations is for nobody else: choose another kind, or "
                        "tick no group."
                    )
                }
            )

    def check_entries(self, delegations: list[Delegation]) -> None:
        """Refuse names in a list of another kind, and a delegation twice in one list."""
        if not self.is_named and delegations:
            raise ValidationError(_("A list of this kind names nobody; remove the delegations."))
        seen: set[UUID] = set()
        for delegation in delegations:
            if delegation.pk in seen:
                raise ValidationError(
                    _("%(delegation)s stands in this list twice."),
                    code="twice",
                    params={"delegation": delegation.name},
                )
            seen.add(delegation.pk)


class SpeakingListEntry(OrderedRow, TranslatedRow):
    """One delegation in a named list."""

    list = models.ForeignKey(
        SpeakingList, models.CASCADE, related_name="entries", verbose_name=_("speaking list")
    )
    delegation = models.ForeignKey(
        Delegation, models.PROTECT, related_name="entries", verbose_name=_("delegation")
    )
    note = models.CharField(
        _("note"),
        max_length=120,
        blank=True,
        help_text=_("A few words that stand after the name: its deadline, or “informal”."),
    )
    on_behalf_of = models.CharField(
        _("on behalf of"),
        max_length=200,
        blank=True,
        help_text=_("For whom the delegation speaks: the European Union."),
    )

    siblings_share = ("list_id",)
    came_later = ("note", "on_behalf_of")

    class Meta:
        verbose_name = _("named delegation")
        verbose_name_plural = _("named delegations")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["list", "delegation"],
                name="one_entry_per_delegation",
                violation_error_message=_("This delegation stands in this list already."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.delegation)


# --- publications ------------------------------------------------------------------------


class PublicationQuerySet(models.QuerySet["Publication"]):
    """Publications in the words of those who publish."""

    def of(self, meeting: Meeting) -> Self:
        """Those of one meeting."""
        return self.filter(meeting=meeting)

    def standing(self) -> Self:
        """Those that are not withdrawn."""
        return self.filter(withdrawn_at=None)

    def current(self) -> Self:
        """The latest standing publication of each meeting."""
        later = Publication.objects.standing().filter(
            meeting=models.OuterRef("meeting"), serial__gt=models.OuterRef("serial")
        )
        return self.standing().filter(~models.Exists(later))


class Publication(Row):
    """One published version of a meeting's programme; it can be withdrawn, but never changes."""

    meeting = models.ForeignKey(
        Meeting, models.PROTECT, related_name="publications", verbose_name=_("meeting")
    )
    serial = models.PositiveIntegerField(
        _("serial"), help_text=_("Counts the publications of a meeting; stands in addresses.")
    )
    slug = models.SlugField(
        _("address"), max_length=80, help_text=_("The meeting's address in this version.")
    )
    designation = models.CharField(
        _("designation"), max_length=20, blank=True, help_text=_("Empty at first, then Rev.1 …")
    )
    published_at = models.DateTimeField(_("published at"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("published by"),
    )
    note = models.CharField(
        _("note"), max_length=300, blank=True, help_text=_("What delegates should know of it.")
    )
    document = models.TextField(editable=False)
    digest = models.CharField(max_length=64, editable=False)
    changes = models.JSONField(_("changes"), default=list, blank=True, editable=False)
    cancelled = models.JSONField(_("cancelled subjects"), default=list, blank=True, editable=False)
    is_reissue = models.BooleanField(
        _("reissued"),
        default=False,
        help_text=_("The same revision with mended wording: no change of meaning."),
    )
    restored_serial = models.PositiveIntegerField(
        _("serial of the version published again"), null=True, blank=True
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("withdrawn by"),
    )
    withdrawal_reason = models.CharField(_("reason of the withdrawal"), max_length=300, blank=True)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        ordering = ["meeting", "-serial"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "serial"], name="one_publication_per_serial"
            ),
        ]
        permissions = [("withdraw_publication", "Can withdraw a publication")]

    def __str__(self) -> str:
        return f"{self.meeting} · {self.designation or self.serial}"


# --- previews ----------------------------------------------------------------------------


class SharedPreviewQuerySet(models.QuerySet["SharedPreview"]):
    """Links to previews in the words of those who share them."""

    def of(self, meeting: Meeting) -> Self:
        """Those of one meeting."""
        return self.filter(meeting=meeting)

    def open_at(self, at: datetime) -> Self:
        """Those that lead somewhere at a moment."""
        return self.filter(revoked_at=None, expires_at__gt=at)


class SharedPreview(Row):
    """A link by which a colleague without an account reads the draft, for some days."""

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="shared_previews", verbose_name=_("meeting")
    )
    whom = models.CharField(
        _("for whom"), max_length=100, help_text=_("So that you know later which link to revoke.")
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("shared by"),
    )
    created_at = models.DateTimeField(_("shared at"))
    expires_at = models.DateTimeField(_("expires at"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)

    objects = SharedPreviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("shared preview")
        verbose_name_plural = _("shared previews")
        ordering = ["meeting", "-created_at"]

    def __str__(self) -> str:
        return f"{self.meeting} · {self.whom}"

    def is_open_at(self, at: datetime) -> bool:
        """Whether the link leads somewhere at a moment."""
        return self.revoked_at is None and at < self.expires_at
