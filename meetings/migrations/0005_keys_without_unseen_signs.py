"""Sort keys and search texts of names that were stored with unseen signs, made anew."""

from django.db import migrations

from meetings.alphabetical_order import fold, healed_key
from meetings.texts.typed_text import heal

LANGUAGES = ("en", "fr", "es", "ar")


def make_anew(apps, schema_editor):
    delegations = apps.get_model("meetings", "Delegation")._base_manager
    for row in delegations.using(schema_editor.connection.alias):
        names = [name for one in LANGUAGES if (name := getattr(row, f"name_{one}"))]
        if all(name == heal(name) for name in names):
            continue
        for one in LANGUAGES:
            key = healed_key(getattr(row, f"sort_key_{one}") or "", one)
            setattr(row, f"sort_key_{one}", key)
        row.search_text = "\n".join(fold(name) for name in (*names, row.code))
        row.save()


class Migration(migrations.Migration):
    dependencies = [("meetings", "0004_days_have_bounds")]

    operations = [migrations.RunPython(make_anew, migrations.RunPython.noop)]
