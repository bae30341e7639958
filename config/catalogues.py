"""Message catalogues without the gettext programs: Babel extracts, polib reads and writes.

A catalogue (`locale/<language>/LC_MESSAGES/django.po`) follows the sources: their order, their
messages and no others. Nothing is guessed: a changed English sentence is a new message.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import django
import polib
from babel.messages.extract import extract
from django.apps import apps
from django.conf import settings
from django.utils.translation import templatize

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    # What stands where in a call: a number is the position of a text, (1, "c") of its context.
    Positions = tuple[int | tuple[int, str], ...]

# Each function has a lazy twin, but for `_` and gettext_noop, which Babel does not mind.
_FUNCTIONS: dict[str, Positions | None] = {
    "_": None,
    "gettext": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
KEYWORDS = _FUNCTIONS | {f"{name}_lazy": places for name, places in _FUNCTIONS.items()}
COMMENT_TAG = "Translators:"
TEMPLATE_SUFFIXES = {".html", ".txt", ".xml"}
WIDTH = 100

# Placeholders of Python: `%(name)s`. What they name must stand in the translation too.
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]")


@dataclass(slots=True)
class Message:
    """One text of the sources that is to be translated."""

    singular: str
    plural: str = ""
    context: str | None = None
    comments: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)

    @property
    def key(self) -> tuple[str | None, str]:
        """What makes two messages the same one, as in gettext."""
        return self.context, self.singular


@dataclass(frozen=True, slots=True)
class Update:
    """How a catalogue differs from the sources, and its text when it no longer does."""

    path: Path
    text: str
    new: list[str]
    vanished: list[str]
    is_needed: bool


def languages() -> list[str]:
    """Give the languages that have a catalogue: all but that of the sources."""
    return [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


def catalogue_path(language: str) -> Path:
    """Give the place of a language's catalogue."""
    return Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.po"


def source_files() -> Iterator[Path]:
    """Give our own modules and templates, in an order that is the same everywhere."""
    base: Path = settings.BASE_DIR
    for app in sorted(apps.get_app_configs(), key=lambda app: app.label):
        folder = Path(app.path)
        if folder.parent == base:
            yield from (p for p in sorted(folder.rglob("*.py")) if "migrations" not in p.parts)
    templates = (base / "templates").rglob("*")
    yield from sorted(p for p in templates if p.suffix in TEMPLATE_SUFFIXES)


def messages_in(paths: Iterable[Path]) -> list[Message]:
    """Give each message of the files once, in the order of its first appearance."""
    found: dict[tuple[str | None, str], Message] = {}
    for path in paths:
        name = path.relative_to(settings.BASE_DIR).as_posix()
        for message in _messages_of(path):
            known = found.setdefault(message.key, message)
            known.plural = known.plural or message.plural
            known.comments += [c for c in message.comments if c not in known.comments]
            if name not in known.files:
                known.files.append(name)
    return list(found.values())


def _messages_of(path: Path) -> Iterator[Message]:
    source = path.read_text(encoding="utf-8")
    if path.suffix in TEMPLATE_SUFFIXES:
        # Django turns what surrounds the messages into X's; their indentation means nothing.
        lines = templatize(source, origin=str(path)).splitlines()
        source = "\n".join(line.lstrip() for line in lines)
    stream = io.BytesIO(source.encode())
    options = {"encoding": "utf-8"}
    calls = extract("python", stream, KEYWORDS, [COMMENT_TAG], options)
    for _line, texts, comments, context in calls:
        singular, plural = texts[:2] if isinstance(texts, tuple) else (texts, "")
        yield Message(singular, plural, context, list(comments))


def update(language: str, messages: list[Message]) -> Update:
    """Bring a language's catalogue in line with the sources, without writing it."""
    path = catalogue_path(language)
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    old = polib.pofile(before, wrapwidth=WIDTH) if before else polib.POFile(wrapwidth=WIDTH)
    old_entries: dict[tuple[str | None, str], polib.POEntry] = {
        (entry.msgctxt, entry.msgid): entry for entry in old if not entry.obsolete
    }
    merged = polib.POFile(wrapwidth=WIDTH)
    merged.header = old.header
    merged.metadata = _metadata(language)
    forms = _number_of_forms(merged.metadata["Plural-Forms"])
    merged.extend(_entry(message, old_entries.get(message.key), forms) for message in messages)
    text = f"{merged}\n".replace("\n\n\n", "\n\n")
    keys = {message.key for message in messages}
    return Update(
        path=path,
        text=text,
        new=[message.singular for message in messages if message.key not in old_entries],
        vanished=[entry.msgid for entry in old if (entry.msgctxt, entry.msgid) not in keys],
        is_needed=text != before,
    )


def _entry(message: Message, old: polib.POEntry | None, forms: int) -> polib.POEntry:
    entry = polib.POEntry(
        msgid=message.singular,
        msgid_plural=message.plural,
        msgctxt=message.context,
        comment="\n".join(message.comments),
        occurrences=[(name, "") for name in message.files],
        flags=["python-format"] if PLACEHOLDER.search(message.singular + message.plural) else [],
    )
    if message.plural:
        entry.msgstr_plural = dict.fromkeys(range(forms), "")
    if old and old.msgid_plural == message.plural:
        entry.tcomment = old.tcomment
        entry.msgstr = old.msgstr
        entry.msgstr_plural |= {
            form: old.msgstr_plural.get(form, "") for form in entry.msgstr_plural
        }
        entry.flags += [flag for flag in old.flags if flag == "fuzzy"]
    return entry


def _metadata(language: str) -> dict[str, str]:
    # No dates: they would change with every run.
    return {
        "Project-Id-Version": "programme",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": plural_forms(language),
    }


def plural_forms(language: str) -> str:
    """Give the header of Django's own catalogue.

    Django joins its catalogue and ours by form, and Babel's rules number the forms otherwise.
    """
    folder = Path(django.__file__).parent / "conf" / "locale" / language / "LC_MESSAGES"
    return polib.pofile(str(folder / "django.po")).metadata["Plural-Forms"]


def _number_of_forms(header: str) -> int:
    found = re.match(r"nplurals=(\d+)", header)
    if not found:
        raise ValueError(f"No number of plural forms in {header!r}.")
    return int(found[1])


def compile_catalogue(path: Path) -> bool:
    """Write the .mo beside a .po, unless there is one that is not older; say whether it did."""
    compiled = path.with_suffix(".mo")
    if compiled.exists() and compiled.stat().st_mtime_ns >= path.stat().st_mtime_ns:
        return False
    polib.pofile(str(path)).save_as_mofile(str(compiled))
    return True
