"""The models of meetings, their sittings, and who takes part."""

from __future__ import annotations

import uuid
from datetime import date
from functools import cache, reduce
from operator import or_
from typing import TYPE_CHECKING, Any, Self
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from meetings.alphabetical_order import fold, sort_key
from meetings.finding import Fit, fit, searched_names
from meetings.rows import (
    LANGUAGES,
    TIMES_IN_ORDER,
    OrderedRow,
    Row,
    TranslatedRow,
    check_times,
    column,
    day_field,
    days_within_reach,
)
from meetings.texts.markdown import markdown_field, notes_field
from meetings.texts.typed_fields import TypedRow
from meetings.types import Passed

ADDRESS = r"^[a-z0-9_-]+$"
in_lower_case = RegexValidator(
    ADDRESS, _("Use small letters, digits and hyphens alone: it stands in a web address.")
)


@cache
def known_zones() -> frozenset[str]:
    """Names of all IANA time zones that this machine knows; it takes a while to find them."""
    return frozenset(available_timezones())


def is_time_zone(name: str) -> None:
    """Refuse what is not an IANA time zone."""
    if name not in known_zones():
        raise ValidationError(
            _("“%(name)s” is not a time zone; write it like Europe/Zurich."),
            params={"name": name},
        )


# --- meetings ----------------------------------------------------------------------------


class Venue(TranslatedRow):
    """A place where meetings are held."""

    name = models.CharField(_("name"), max_length=200)
    address = models.CharField(
        pgettext_lazy("of a venue", "address"),
        max_length=300,
        blank=True,
        help_text=_("Street and town, on one line."),
    )

    class Meta:
        verbose_name = _("venue")
        verbose_name_plural = _("venues")
        ordering = ["name_en"]

    def __str__(self) -> str:
        return self.name


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Meetings, by what the programme asks for."""

    def in_order(self) -> Self:
        """By date, the latest first."""
        return self.order_by("-starts_on", "-ends_on", "slug")


class Meeting(TranslatedRow):
    """A whole event of several days; its half-days are sittings."""

    class Status(models.TextChoices):
        ANNOUNCED = "announced", _("announced")
        POSTPONED = "postponed", _("postponed")
        CANCELLED = "cancelled", _("cancelled")

    class ProgrammeStatus(models.TextChoices):
        PROVISIONAL = "provisional", _("provisional")
        ADOPTED = "adopted", _("adopted")

    slug = models.SlugField(
        _("address"),
        max_length=80,
        unique=True,
        validators=[in_lower_case],
        help_text=_("Stands in the meeting's web address; do not change it once published."),
    )
    name = models.CharField(_("name"), max_length=200)
    starts_on = day_field(_("first day"))
    ends_on = day_field(_("last day"))
    zone = models.CharField(
        _("time zone"),
        max_length=50,
        default="Europe/Zurich",
        validators=[is_time_zone],
        help_text=_("All times of the programme are meant in this zone."),
    )
    venue = models.ForeignKey(
        Venue,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="meetings",
        verbose_name=_("venue"),
    )
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.ANNOUNCED
    )
    programme_status = models.CharField(
        _("status of the programme"),
        max_length=11,
        choices=ProgrammeStatus.choices,
        default=ProgrammeStatus.PROVISIONAL,
    )
    introduction = markdown_field(
        _("introduction"), max_length=10_000, blank=True, help_text=_("Markdown.")
    )
    practical_information = markdown_field(
        _("practical information"),
        max_length=10_000,
        blank=True,
        help_text=_(
            "Room, interpretation, webcast, speaking time, and where statements and requests "
            "for the list of speakers go. Markdown."
        ),
    )
    notes = notes_field()
    follows = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="followed_by",
        verbose_name=_("follows"),
        help_text=_("The meeting after whose close this one begins."),
    )

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["-starts_on", "slug"]
        permissions = [  # in the rows of all meetings, and in all other rows with texts
            ("translate_en", "Can write English texts"),
            ("translate_fr", "Can write French texts"),
            ("translate_es", "Can write Spanish texts"),
            ("translate_ar", "Can write Arabic texts"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="meeting_ends_on_or_after_its_first_day",
                violation_error_message=_("The last day is before the first day."),
            ),
            models.CheckConstraint(
                condition=models.Q(follows__isnull=True) | ~models.Q(follows=models.F("id")),
                name="meeting_does_not_follow_itself",
                violation_error_message=_("A meeting cannot follow itself."),
            ),
            models.CheckConstraint(
                condition=models.Q(slug__regex=ADDRESS), name="meeting_address_in_lower_case"
            ),
            days_within_reach("starts_on", "ends_on", name="meeting_days_within_reach"),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse a last day before the first."""
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("The last day is before the first day.")})

    def check_date(self, day: date | None) -> None:
        """Refuse a day on which this meeting does not sit; any may be where it ends too early."""
        if not (day and self.starts_on and self.ends_on and self.starts_on <= self.ends_on):
            return
        if not self.starts_on <= day <= self.ends_on:
            raise ValidationError(
                {
                    "date": ValidationError(
                        _("%(date)s is outside the meeting, which runs %(first)s to %(last)s."),
                        code="outside_meeting",
                        params={
                            "date": date_format(day),
                            "first": date_format(self.starts_on),
                            "last": date_format(self.ends_on),
                        },
                    )
                }
            )


class OfMeetingQuerySet(models.QuerySet[Any]):
    """Rows that belong to a meeting."""

    def of(self, meeting: Meeting) -> Self:
        """Those of one meeting."""
        return self.filter(meeting=meeting)

    def in_time_order(self) -> Self:
        """By day and hour; what has no hour comes first."""
        return self.order_by("date", models.F("start").asc(nulls_first=True), "id")


def short_title_field() -> models.CharField[str, str]:
    """A column for a title in few words."""
    return models.CharField(
        _("short title"),
        max_length=80,
        blank=True,
        help_text=_("For lists, where there is little room. Empty: the title stands there too."),
    )


def room_field() -> models.CharField[str, str]:
    """A column for the room in which something is held."""
    return models.CharField(
        _("room"),
        max_length=100,
        blank=True,
        help_text=_("As delegates are to find it: Room XXIII. Empty: where the meeting is held."),
    )


class Sitting(TranslatedRow):
    """A half-day of a meeting."""

    class Part(models.TextChoices):
        MORNING = "morning", _("morning")
        AFTERNOON = "afternoon", _("afternoon")
        EVENING = "evening", _("evening")
        FIRST_HALF = "first_half", _("first half of the day")
        SECOND_HALF = "second_half", _("second half of the day")
        WHOLE_DAY = "whole_day", _("whole day")

    class Kind(models.TextChoices):
        PLENARY = "plenary", _("plenary")
        PANELS = "panels", _("thematic panels")
        CEREMONY = "ceremony", _("ceremony")
        OTHER = "other", _("other")

    came_later = ("room",)
    PARTS_IN_ORDER = ("whole_day", "first_half", "morning", "second_half", "afternoon", "evening")

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="sittings", verbose_name=_("meeting")
    )
    date = day_field(_("date"))
    part = models.CharField(_("part of the day"), max_length=11, choices=Part.choices)
    start = models.TimeField(
        _("start"), null=True, blank=True, help_text=_("Leave it empty if it is not known.")
    )
    end = models.TimeField(_("end"), null=True, blank=True)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices, default=Kind.PLENARY)
    heading = models.CharField(
        _("heading"),
        max_length=200,
        blank=True,
        help_text=_("Only if “Morning”, “Afternoon” … is not enough."),
    )
    room = room_field()

    objects = OfMeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("sitting")
        verbose_name_plural = _("sittings")
        ordering = ["date", "start", "part"]
        constraints = [
            models.CheckConstraint(
                condition=TIMES_IN_ORDER,
                name="sitting_ends_after_it_starts",
                violation_error_message=_("A sitting ends after it starts."),
            ),
            days_within_reach("date", name="sitting_day_within_reach"),
        ]

    def __str__(self) -> str:
        day = date_format(self.date) if self.date else "—"
        hour = [f"{self.start:%H:%M}"] if self.start else []
        return gettext(", ").join((day, self.heading or self.get_part_display(), *hour))

    def clean(self) -> None:
        """Refuse times out of order and a day outside the meeting."""
        check_times(self.start, self.end)
        if self.meeting_id is not None:  # a form says by itself that none was chosen
            self.meeting.check_date(self.date)


class InTimetable(models.Model):
    """A row with a day, perhaps a sitting, and perhaps clock times."""

    sitting = models.ForeignKey(
        Sitting,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="%(class)ss",
        verbose_name=_("sitting"),
    )
    date = day_field(
        _("date"), blank=True, help_text=_("May be left empty if a sitting is chosen.")
    )
    start = models.TimeField(
        _("start"),
        null=True,
        blank=True,
        help_text=_("Leave it empty if it is not known; no time is ever invented."),
    )
    end = models.TimeField(_("end"), null=True, blank=True)

    if TYPE_CHECKING:
        meeting: Any

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Take the day from the sitting; refuse a place outside meeting or sitting."""
        if self.sitting and not self.date:
            self.date = self.sitting.date
        if not self.date:
            raise ValidationError({"date": _("Choose a day or a sitting.")})
        check_times(self.start, self.end)
        meeting = getattr(self, "meeting", None)  # a form says by itself that none was chosen
        if meeting is None:
            return
        meeting.check_date(self.date)
        if self.sitting and self.sitting.meeting_id != meeting.pk:
            raise ValidationError({"sitting": _("This sitting belongs to another meeting.")})
        if self.sitting and self.sitting.date != self.date:
            raise ValidationError({"date": _("The sitting is on another day.")})


class Break(InTimetable, TranslatedRow):
    """A pause between or within sittings."""

    class Kind(models.TextChoices):
        LUNCH = "lunch", _("lunch break")
        COFFEE = "coffee", _("coffee break")
        OTHER = "other", _("break")

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="breaks", verbose_name=_("meeting")
    )
    kind = models.CharField(_("kind"), max_length=6, choices=Kind.choices, default=Kind.LUNCH)
    name = models.CharField(
        _("name"), max_length=200, blank=True, help_text=_("Only if its kind is not enough.")
    )

    objects = OfMeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("break")
        verbose_name_plural = _("breaks")
        ordering = ["date", "start"]
        constraints = [
            models.CheckConstraint(condition=TIMES_IN_ORDER, name="break_ends_after_it_starts"),
            days_within_reach("date", name="break_day_within_reach"),
        ]

    def __str__(self) -> str:
        return self.name or self.get_kind_display()


# --- delegations -------------------------------------------------------------------------


class DelegationQuerySet(models.QuerySet["Delegation"]):
    """Delegations, by status, name and order."""

    def states(self) -> Self:
        """States, party or not."""
        return self.filter(kind=Delegation.Kind.STATE)

    def organisations(self) -> Self:
        """All that are not States."""
        return self.exclude(kind=Delegation.Kind.STATE)

    def with_status_on(self, day: date) -> Self:
        """Annotate `status_on_day`, from the last statement made as of that day or before."""
        latest = TreatyStatus.objects.filter(delegation=models.OuterRef("pk"), as_of__lte=day)
        return self.annotate(
            status_on_day=models.Subquery(latest.order_by("-as_of").values("status")[:1])
        )

    def states_parties(self, on: date) -> Self:
        """States bound by the Convention on a day, as far as stated."""
        return self.with_status_on(on).filter(status_on_day=TreatyStatus.Status.STATE_PARTY)

    def states_not_party(self, on: date) -> Self:
        """States not bound by the Convention on a day, as far as stated."""
        return self.with_status_on(on).filter(status_on_day=TreatyStatus.Status.STATE_NOT_PARTY)

    def matching(self, term: str) -> Self:
        """Whose name in any language holds the term, whatever its accents and case.

        So does a name that people call it by. Each is annotated with its `fit`, a number of
        `meetings.finding.Fit`.
        """
        folded = fold(term)
        found: dict[Fit, list[uuid.UUID]] = {}
        for pk, names in self.order_by().values_list("pk", "search_text"):
            if (how := fit(folded, searched_names(names))) is not None:
                found.setdefault(how, []).append(pk)
        ranks = [models.When(pk__in=pks, then=how.value) for how, pks in found.items()]
        ranked = self.filter(pk__in=[pk for pks in found.values() for pk in pks])
        return ranked.annotate(fit=models.Case(*ranks, output_field=models.SmallIntegerField()))

    def in_order(self, language: str) -> Self:
        """In the alphabetical order of the names in a language."""
        return self.order_by(column("sort_key", language), "code")


class Delegation(TranslatedRow):
    """A State or organisation that takes part in meetings."""

    class Kind(models.TextChoices):
        STATE = "state", _("State")
        REGIONAL_ORGANISATION = "regional_organisation", _("regional organisation")
        INTERNATIONAL_ORGANISATION = (
            "international_organisation",
            _("international organisation"),
        )
        NGO = "ngo", _("non-governmental organisation")
        OTHER = "other", _("other")

    code = models.SlugField(
        _("code"),
        max_length=40,
        unique=True,
        validators=[in_lower_case],
        help_text=_("States: ISO 3166 alpha-3 in lower case; others: a short name."),
    )
    kind = models.CharField(_("kind"), max_length=26, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=200)
    name_in_text = models.CharField(
        _("name inside a sentence"),
        max_length=200,
        blank=True,
        help_text=_("With its article: le Tchad, el Perú. Empty: the name as it is."),
    )
    sort_override = models.CharField(
        _("sorted as"),
        max_length=200,
        blank=True,
        help_text=_("Only if the name is not to be sorted as it is written."),
    )
    sort_key = models.CharField(max_length=400, editable=False, blank=True)
    search_text = models.TextField(editable=False, blank=True)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        verbose_name = _("delegation")
        verbose_name_plural = _("delegations")
        ordering = ["sort_key_en", "code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(code__regex=ADDRESS), name="delegation_code_in_lower_case"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Passed, **kwargs: Passed) -> None:
        """Save, with sort keys and search text made anew from the names."""
        self.refresh_keys()
        super().save(*args, **kwargs)

    def refresh_keys(self) -> None:
        """Make sort keys and search text from the names, a missing one from its fallback."""
        for language in LANGUAGES:
            name = self._first("sort_override", language) or self._first(
                "name", language, *LANGUAGES
            )
            setattr(self, column("sort_key", language), sort_key(name, language))
        names = [self._first("name", language) for language in LANGUAGES]
        # The code last: by it `searched_names` knows what people call the delegation.
        self.search_text = "\n".join(fold(name) for name in (*names, self.code) if name)

    def _first(self, field: str, *languages: str) -> str:
        values = (getattr(self, column(field, language)) for language in languages)
        return next((value for value in values if value), "")

    def status_on(self, day: date) -> str:
        """Status by the last statement as of a day or before; "" where there is none.

        Reads `treaty_statuses.all()`, so that a prefetch serves it.
        """
        known = [one for one in self.treaty_statuses.all() if one.as_of <= day]
        return max(known, key=lambda one: one.as_of).status if known else ""


class TreatyStatus(Row):
    """A dated statement of a State's relation to the Convention, with its source."""

    class Status(models.TextChoices):
        STATE_PARTY = "state_party", _("State Party")
        STATE_NOT_PARTY = "state_not_party", _("State not party")

    delegation = models.ForeignKey(
        Delegation, models.CASCADE, related_name="treaty_statuses", verbose_name=_("delegation")
    )
    status = models.CharField(_("status"), max_length=15, choices=Status.choices)
    as_of = day_field(
        _("as of"), help_text=_("The status holds from this day until the next statement.")
    )
    source = models.CharField(
        _("source"), max_length=300, help_text=_("Where the statement comes from.")
    )

    class Meta:
        verbose_name = _("treaty status")
        verbose_name_plural = _("treaty statuses")
        ordering = ["-as_of"]
        constraints = [
            models.UniqueConstraint(
                fields=["delegation", "as_of"], name="one_status_per_delegation_and_day"
            ),
            days_within_reach("as_of", name="status_day_within_reach"),
        ]

    def __str__(self) -> str:
        return f"{self.get_status_display()} ({date_format(self.as_of)})"


# --- speakers ----------------------------------------------------------------------------


def any_text(*names: str) -> models.Q:
    """At least one of these translated fields says something in at least one language.

    Every language is named, since a constraint on the base column is not checked by forms.
    """
    columns = [column(name, language) for name in names for language in LANGUAGES]
    filled = (models.Q(**{f"{one}__isnull": False}) & ~models.Q(**{one: ""}) for one in columns)
    return reduce(or_, filled)


SOMEBODY = models.Q(delegation__isnull=False) | any_text("person", "function")


class Speaker(OrderedRow, TranslatedRow):
    """A person, delegation or function that has a part in an item or panel, per occurrence."""

    class Role(models.TextChoices):
        PRESENTS = "presents", _("presents")
        CHAIRS = "chairs", _("chairs")
        OPENS = "opens", _("opens")
        CLOSES = "closes", _("closes")
        SPEAKS = "speaks", _("speaks")
        DELIVERS_REMARKS = "delivers_remarks", _("delivers remarks")
        MODERATES = "moderates", _("moderates")
        PANELLIST = "panellist", _("panellist")

    person = models.CharField(
        _("person"), max_length=200, blank=True, help_text=_("With title: H.E. Dr. Ly Thuch.")
    )
    delegation = models.ForeignKey(
        Delegation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="%(class)s_roles",
        verbose_name=_("delegation"),
    )
    function = models.CharField(
        _("function"),
        max_length=300,
        blank=True,
        help_text=_("As it is to be read here: Director of the GICHD, the Committee."),
    )
    role = models.CharField(_("role"), max_length=16, choices=Role.choices)
    on_behalf_of = models.CharField(_("on behalf of"), max_length=300, blank=True)
    has_spoken = models.BooleanField(
        _("has spoken"), default=False, help_text=_("Announced until this is ticked.")
    )
    named_in_text = models.BooleanField(
        _("named in the text"),
        default=False,
        help_text=_("Tick it if the text names the speaker already: no second line is printed."),
    )

    class Meta:
        abstract = True
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(
                condition=SOMEBODY,
                name="%(class)s_is_somebody",
                violation_error_message=_("Name a person, a delegation or a function."),
            ),
        ]

    def __str__(self) -> str:
        return self.person or self.function or str(self.delegation or "")

    def clean(self) -> None:
        """Refuse a speaker who is nobody."""
        names = (
            getattr(self, column(field, language))
            for field in ("person", "function")
            for language in LANGUAGES
        )
        if not (self.delegation_id or any(names)):
            raise ValidationError(_("Name a person, a delegation or a function."))


# --- imports -----------------------------------------------------------------------------


class ImportedRow(TypedRow):
    """What an import last wrote into a row, by which a later change of staff is known."""

    scope = models.CharField(max_length=100)
    """The file's subject: `delegations`, or `meeting/` and a slug."""
    key = models.CharField(max_length=200)
    """What the file calls the row."""
    model = models.CharField(max_length=50)
    object_id = models.UUIDField(unique=True)
    digest = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["scope"])]

    def __str__(self) -> str:
        return f"{self.scope}: {self.model} {self.key}"


# --- forms of the desk -------------------------------------------------------------------


class SentForm(models.Model):
    """A page of the desk that was saved, by which a second click on it is known."""

    key = models.CharField(max_length=64, primary_key=True, editable=False)
    """A digest of the account, the address and the page's own token."""
    content = models.CharField(max_length=64, editable=False)
    object_id = models.CharField(max_length=64, editable=False)
    """The row that was made or changed."""
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.object_id} at {self.at}"
