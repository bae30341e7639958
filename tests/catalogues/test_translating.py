"""No page is lost or changed by a translation: every message of the site, on every page."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING

import polib
import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone, translation
from django.utils.translation import gettext, ngettext

from catalogues import files
from catalogues.proofreading import PLACEHOLDER, TAG, Counting, faults_in, plural_forms
from programme.pages.errors import ERRORS
from programme.publishing.previews import share, token_of
from serving.errors import error_page
from serving.management.commands.write_notices import home_in
from tests.browser.places import every_state, nothing, postponed, revised_and_reissued
from tests.everywhere import desk_pages, draft_pages, public_pages
from tests.factories import make_editor
from tests.programme.builders import intersessionals, version
from tests.programme.walks import edit, office

if TYPE_CHECKING:
    from pytest_django import Settings

    from programme.shelf.edition import Version
    from tests.programme.conftest import Publish

LANGUAGES = ("fr", "es", "ar")
Translate = Callable[[str], str]

every_language = pytest.mark.parametrize("language", LANGUAGES)


# --- catalogues as another program would write them --------------------------------------------


@cache
def ours(language: str) -> polib.POFile:
    """Our own catalogue, only to be read."""
    return polib.pofile(str(files.catalogue_path(language)))


def translated(entry: polib.POEntry, translate: Translate) -> polib.POEntry:
    made = polib.POEntry(msgid=entry.msgid, msgctxt=entry.msgctxt, msgid_plural=entry.msgid_plural)
    if entry.msgid_plural:
        made.msgstr_plural = dict.fromkeys(entry.msgstr_plural, translate(entry.msgid_plural))
    else:
        made.msgstr = translate(entry.msgid)
    return made


def compiled(folder: Path, language: str, translate: Translate, **header: str) -> Path:
    """Write what the site reads, with each message of the site translated in one way."""
    po = polib.POFile()
    po.metadata = {**ours(language).metadata, **header}
    po.extend(translated(one, translate) for one in ours(language))
    path = folder / language / "LC_MESSAGES" / "django.mo"
    path.parent.mkdir(parents=True, exist_ok=True)
    po.save_as_mofile(str(path))
    return path


@pytest.fixture
def words(settings: Settings, tmp_path: Path) -> Callable[..., None]:
    """Let the site read these words in all languages but English."""
    folder = tmp_path / "locale"

    def write(translate: Translate, **header: str) -> None:
        for language in LANGUAGES:
            compiled(folder, language, translate, **header)
        settings.LOCALE_PATHS = [folder]  # Django reads anew

    return write


def with_its_placeholders(text: str) -> Translate:
    """A translation that can be filled, and says this beside the values."""

    def translate(english: str) -> str:
        fields = [f"{{{name}}}" for name in BRACES.findall(english)]
        return " ".join([text, *PLACEHOLDER.findall(english), *fields])

    return translate


BRACES = re.compile(r"\{(\w+)\}")

HOSTILE: dict[str, Translate] = {
    "script": lambda english: f"<script>alert(1)</script>{english}",
    "attribute": lambda english: f'{english}"><img src=x onerror=alert(1)>',
    "percent": lambda english: f"100 % de {english}",
    "percent alone": lambda _english: "100 %",
    "placeholders of Python": lambda _english: "%s %d %(nothing)s",
    "braces": lambda english: f"{{}} {{0}} {{nothing}} {english} {{",
    "other markup": lambda english: TAG.sub("<script>", english) + "<b>",
}
MARKS = ("alert(1)", "100 %", "%(nothing)s", "{nothing}", "<script><")


@every_language
@pytest.mark.parametrize("translate", HOSTILE.values(), ids=HOSTILE)
def test_no_message_can_be_translated_like_this(language: str, translate: Translate) -> None:
    counting = Counting.of(plural_forms(language))

    accepted = [
        one.msgid
        for one in ours(language)
        if not list(faults_in(translated(one, translate), counting))
    ]

    assert accepted == []


# --- every page --------------------------------------------------------------------------------


def hostile() -> Translate:
    """Translate one message after the other in another hostile way."""
    kinds = cycle(HOSTILE.values())

    def translate(english: str) -> str:
        kind = next(kinds)
        return kind(english)

    return translate


@pytest.fixture
def versions(publish: Publish) -> list[Version]:
    """A shelf with a programme in every state, from values."""
    made = [
        version(intersessionals()),
        version(intersessionals(), 2, "Rev.1"),
        every_state(),
        nothing(),
        postponed(),
        *revised_and_reissued(),
    ]
    publish(*made)
    return made


def answers(client: Client, addresses: list[str]) -> Iterator[tuple[str, str]]:
    """The pages of these addresses; those that lead elsewhere say nothing of their own."""
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code in {200, 301, 302, 403, 404, 405, 409}, address
        yield address, answer.content.decode()


def page_of(client: Client, address: str) -> str:
    return str(client.get(address).content.decode())


def error_pages(language: str) -> Iterator[tuple[str, str]]:
    for error in ERRORS:
        yield error, error_page(home_in(language), error).content.decode()


@every_language
def test_public_pages_stand_in_english_where_words_are_broken(
    client: Client, words: Callable[..., None], versions: list[Version], language: str
) -> None:
    words(hostile())

    addresses = [*public_pages(versions, language), f"/{language}/nowhere/"]
    for address, page in [*answers(client, addresses), *error_pages(language)]:
        assert not [mark for mark in MARKS if mark in page], address
    assert "There is no such page" in page_of(client, f"/{language}/nowhere/")


def test_words_are_text_on_public_pages(
    client: Client, words: Callable[..., None], versions: list[Version]
) -> None:
    language = "ar"
    words(with_its_placeholders(SIGNS))

    addresses = [*public_pages(versions, language), f"/{language}/nowhere/"]
    shown = ""
    for address, page in [*answers(client, addresses), *error_pages(language)]:
        is_plain = ".txt" in address
        assert is_plain or SIGNS not in page, address
        shown += "" if is_plain else page
    assert ESCAPED in shown


SIGNS = "a < b & c > \"d\" 'e'"
ESCAPED = "a &lt; b &amp; c &gt; &quot;d&quot; &#x27;e&#x27;"


@pytest.fixture
def staff(client: Client) -> Client:
    """Somebody who may do everything, by name, so that there is a row of each kind."""
    editor: User = make_editor(is_superuser=True)
    client.force_login(editor)
    return client


@pytest.mark.django_db
def test_desk_stands_in_english_where_words_are_broken(
    staff: Client, words: Callable[..., None]
) -> None:
    """Each page in one language: what is broken is broken in all of them."""
    pages = desk_and_draft()
    words(hostile())

    for nth, language in enumerate(LANGUAGES):
        for address, page in answers(staff, pages(language)[nth :: len(LANGUAGES)]):
            assert not [mark for mark in MARKS if mark in page], address


@pytest.mark.django_db
def test_words_are_text_on_the_desk(staff: Client, words: Callable[..., None]) -> None:
    pages = desk_and_draft()
    words(with_its_placeholders(SIGNS))

    shown = ""
    for address, page in answers(staff, pages("ar")):
        assert address.endswith(".txt") or SIGNS not in page, address
        shown += page
    assert ESCAPED in shown


def desk_and_draft() -> Callable[[str], list[str]]:
    """All pages of staff, in a language, for a meeting that is public and has changed since."""
    made = office()
    edit("6", title_en="Status now")(made)
    edit("panel", title_en="Another")(made)
    preview = share(made.meeting, whom="", by=None, at=timezone.now(), days=7)
    token = token_of(preview)
    return lambda language: [*desk_pages(language), *draft_pages(made, token, language)]


# --- what is logged ----------------------------------------------------------------------------


def test_each_fault_is_logged_once(
    client: Client,
    words: Callable[..., None],
    versions: list[Version],
    caplog: pytest.LogCaptureFixture,
) -> None:
    words(lambda english: "100 % de" if english == "Delegations" else "")

    with caplog.at_level(logging.ERROR):
        for _ in range(3):
            assert client.get("/fr/delegations/").status_code == 200

    assert versions
    (told,) = [one.getMessage() for one in caplog.records]
    assert told.startswith("'Delegations' stands in English, its fr is broken: a % where the ")


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "cut": lambda data: data[:1000],
    "empty": lambda _data: b"",
    "text": lambda _data: b"msgid",
    "no UTF-8": lambda data: data.replace("é".encode(), b"\xe9\xe9"),
    "lengths": lambda data: data[:8] + b"\xff\xff\xff\x00" + data[12:],
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_damaged_file_leaves_pages_in_english(
    client: Client,
    settings: Settings,
    tmp_path: Path,
    versions: list[Version],
    caplog: pytest.LogCaptureFixture,
    damage: Callable[[bytes], bytes],
) -> None:
    path = compiled(tmp_path, "fr", lambda english: f"é {english}")
    path.write_bytes(damage(path.read_bytes()))
    settings.LOCALE_PATHS = [tmp_path]

    with caplog.at_level(logging.ERROR):
        pages = [client.get(one).status_code for one in ("/fr/", "/fr/", "/fr/delegations/")]
        missing = client.get("/fr/nowhere/")

    assert versions
    assert pages == [200, 200, 200]
    assert missing.status_code == 404
    assert "There is no such page" in missing.content.decode()
    told = [one.getMessage() for one in caplog.records if one.name == "catalogues.running"]
    assert len(told) == 1
    assert told[0].startswith(f"{path} cannot be read, its texts stand in English: ")


@pytest.mark.parametrize(
    "rule", ["nplurals=INTEGER; plural=EXPRESSION;", "nplurals=2; plural=n/(n-n);", ""]
)
def test_rule_of_a_file_is_that_of_the_site(words: Callable[..., None], rule: str) -> None:
    words(with_its_placeholders("x"), **{"Plural-Forms": rule})

    for language in LANGUAGES:
        with translation.override(language):
            assert gettext("Delegations") == "x"
            said = {
                ngettext("%(number)d delegation", "%(number)d delegations", n) for n in (0, 1, 5)
            }
            assert said == {"x %(number)d"}


@every_language
def test_own_words_are_read_whole(language: str, caplog: pytest.LogCaptureFixture) -> None:
    po = files.read(files.catalogue_path(language))

    with translation.override(language), caplog.at_level(logging.ERROR):
        wrong = [
            one.msgid
            for one in po
            if not (one.msgid_plural or one.msgctxt) and gettext(one.msgid) != one.msgstr
        ]

    assert wrong == []
    assert caplog.records == []
