"""Days get bounds. A row with an odd one is brought to the nearest day that may be."""

import logging
from datetime import date, timedelta

from django.db import migrations, models
from django.db.models.functions import Cast

logger = logging.getLogger(__name__)

FIRST_DAY, LAST_DAY = date(1997, 1, 1), date(2100, 12, 31)

DAYS = {
    ("meetings", "Meeting"): (("starts_on", "ends_on"), ()),
    ("meetings", "Sitting"): (("date",), ("meeting_id", "part", "kind")),
    ("meetings", "Break"): (("date",), ()),
    ("meetings", "TreatyStatus"): (("as_of",), ("delegation_id",)),
    ("panels", "Panel"): (("date",), ()),
    ("programme", "ItemPlacement"): (("date",), ()),
}
"""The columns that hold days, by model, and those with which a day is unique."""


def bring_within_reach(apps, schema_editor):
    for (app, name), (columns, unique_with) in DAYS.items():
        for column in columns:
            rows = apps.get_model(app, name).objects
            _bring(rows.filter(**{f"{column}__lt": FIRST_DAY}), column, FIRST_DAY, 1, unique_with)
            _bring(rows.filter(**{f"{column}__gt": LAST_DAY}), column, LAST_DAY, -1, unique_with)


def _bring(odd_rows, column, bound, step, unique_with):
    # As text: what a database holds, "infinity" perhaps, may be no date that Python has.
    odd_rows = odd_rows.annotate(odd=Cast(column, models.CharField()))
    for row in odd_rows.values("pk", "odd", *unique_with).order_by("pk"):
        day = bound
        twins = odd_rows.model.objects.filter(**{one: row[one] for one in unique_with})
        while unique_with and twins.filter(**{column: day}).exists():
            day += timedelta(days=step)
        odd_rows.model.objects.filter(pk=row["pk"]).update(**{column: day})
        logger.warning(
            "%s %s: %s was %s and is %s now",
            odd_rows.model.__name__,
            row["pk"],
            column,
            row["odd"],
            day,
        )


class Migration(migrations.Migration):

    dependencies = [
        ("meetings", "0002_translators"),
        ("panels", "0001_initial"),
        ("programme", "0002_desk"),
    ]

    operations = [migrations.RunPython(bring_within_reach, migrations.RunPython.noop)]
