"""What our catalogues say in the place of Django's own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import django
import polib
import pytest
from django.utils import translation
from django.utils.translation import gettext

from catalogues.django_words import WORDS
from tests.admin_forms import admin_url
from tests.each_kind import KINDS
from tests.factories import make_editor

if TYPE_CHECKING:
    from django.db.models import Model
    from django.test import Client


def sources() -> set[str]:
    """Each message of Django's own templates and modules."""
    folder = Path(django.__file__).parent
    return {
        entry.msgid
        for app in ("conf", "contrib/admin")
        for path in (folder / app / "locale/en/LC_MESSAGES").glob("*.po")
        for entry in polib.pofile(str(path))
    }


def test_each_word_is_still_one_of_django_s() -> None:
    assert set(WORDS) - sources() == set()


@pytest.mark.parametrize("word", WORDS)
def test_arabic_asks_our_catalogue_first(word: str) -> None:
    ours = polib.pofile("locale/ar/LC_MESSAGES/django.po").find(word)

    with translation.override("ar"):
        assert ours
        assert gettext(word) == ours.msgstr


@pytest.mark.django_db
def test_scripts_of_the_desk_say_the_same(client: Client) -> None:
    client.force_login(make_editor(is_superuser=True))

    read = client.get("/ar/admin/jsi18n/").content.decode()

    with translation.override("ar"):
        months = [json.dumps(gettext(month)) for month in ("January", "June", "December")]
        chosen = json.dumps(gettext("%(sel)s of %(cnt)s selected"))
    assert all(month in read for month in months)
    assert read.count(chosen) == 6


@KINDS
@pytest.mark.django_db
def test_no_kind_of_row_is_another_or_added_as_if_it_were_a_man(
    client: Client, model: type[Model]
) -> None:
    client.force_login(make_editor(is_superuser=True))

    response = client.get(admin_url(model, "add", language="ar"))
    if response.status_code == 403:
        return
    said = [
        json.loads(one.inline_formset_data())["options"]["addText"]
        for one in response.context["inline_admin_formsets"]
    ]

    assert all(one.startswith("إضافة صف آخر: ") for one in said)


@KINDS
@pytest.mark.django_db
def test_no_list_is_headed_by_an_order_to_choose(client: Client, model: type[Model]) -> None:
    client.force_login(make_editor(is_superuser=True))

    listed = client.get(admin_url(model, "changelist", language="ar")).content.decode()

    assert "لتغييره" not in listed
    assert "للاستعراض" not in listed


def test_english_is_spelled_as_the_un_spells_it() -> None:
    with translation.override("ar"):
        assert gettext("English") == "الإنكليزية"
    for po in Path("locale/ar").rglob("*.po"):
        assert "إنجليزي" not in po.read_text()
