"""Message catalogues without the gettext programs: Babel extracts and merges, polib proves.

A catalogue (`locale/<language>/LC_MESSAGES/django.po`) follows the sources: their order, their
messages and no others. Nothing is guessed: a changed English sentence is a new message.

What cannot be read, counted or filled is refused by file, line and reason, and the file that the
site reads its words from stays as it was.
"""

from __future__ import annotations

import codecs
import io
import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import polib
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_file, extract_python
from babel.messages.frontend import parse_keywords
from babel.messages.pofile import read_po, write_po
from django.apps import apps
from django.conf import settings
from django.utils.translation import templatize

from catalogues.proofreading import Counting, faults_in, plural_forms

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from typing import IO

    from babel.messages.extract import _ExtractionMethod, _ExtractionResult, _FileObj, _Keyword

KEYWORDS = DEFAULT_KEYWORDS | parse_keywords(
    [
        *("gettext_noop", "gettext_lazy", "ngettext_lazy:1,2"),
        *("pgettext_lazy:1c,2", "npgettext_lazy:1c,2,3"),
    ]
)
"""What marks a text that is to be translated, and which of its arguments is what."""

COMMENT_TAG = "Translators:"
TEMPLATE_SUFFIXES = {".html", ".txt", ".xml"}
WIDTH = 100


class BrokenCatalogueError(Exception):
    """A catalogue that cannot be used, with each of its faults as `file:line: reason`."""

    def __init__(self, path: Path, faults: Iterable[tuple[int, str]]) -> None:
        name = path.relative_to(settings.BASE_DIR)
        self.path = path
        super().__init__("\n".join(f"{name}:{line}: {reason}" for line, reason in faults))


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


def messages_in(paths: Iterable[Path]) -> Catalog:
    """Give each message of the files once, in the order of its first appearance."""
    found = Catalog()
    for path in paths:
        method: _ExtractionMethod = in_templates if path.suffix in TEMPLATE_SUFFIXES else "python"
        name = path.relative_to(settings.BASE_DIR).as_posix()
        for line, texts, comments, context in extract_from_file(
            method, path, KEYWORDS, [COMMENT_TAG], {"encoding": "utf-8"}
        ):
            found.add(texts, locations=[(name, line)], auto_comments=comments, context=context)
    return found


def in_templates(
    file: _FileObj | IO[bytes],
    keywords: Mapping[str, _Keyword],
    comment_tags: Collection[str],
    options: Mapping[str, str],
) -> Iterator[_ExtractionResult]:
    """Extract from a template as Babel does from Python."""
    # Django turns what surrounds the messages into X's; their indentation means nothing.
    lines = templatize(file.read().decode(options["encoding"])).splitlines()
    unindented = io.BytesIO("\n".join(map(str.lstrip, lines)).encode())
    return extract_python(unindented, keywords, comment_tags, {"encoding": "utf-8"})


def update(language: str, messages: Catalog) -> Update:
    """Bring a language's catalogue in line with the sources, without writing it.

    Raises BrokenCatalogueError for one that cannot be read.
    """
    path = catalogue_path(language)
    before = text_of(path) if path.exists() else ""
    old = parse(path, before)
    old.metadata |= _metadata(language)
    catalogue = read_po(f"{old}\n".splitlines(keepends=True), locale=language)
    known = {_key(one) for one in catalogue}
    for message in [*catalogue]:
        asked = messages.get(message.id, message.context)
        if asked and asked.id != message.id:  # another plural is another message
            catalogue.delete(message.id, message.context)
    catalogue.update(messages, no_fuzzy_matching=True)
    entries = io.BytesIO()
    write_po(
        entries, catalogue, WIDTH, omit_header=True, ignore_obsolete=True, include_lineno=False
    )
    del old[:]
    text = f"{old}\n{entries.getvalue().decode()}".rstrip() + "\n"
    return Update(
        path=path,
        text=text,
        new=[_singular(one) for one in messages if one.id and _key(one) not in known],
        vanished=[_singular(one) for one in catalogue.obsolete.values()],
        is_needed=text != before,
    )


def _key(message: Message) -> tuple[str | None, str]:
    """What makes two messages the same one, as in gettext."""
    return message.context, _singular(message)


def _singular(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _metadata(language: str) -> dict[str, str]:
    return {
        "Project-Id-Version": "programme",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": plural_forms(language),
    }


# --- reading, and what is refused --------------------------------------------------------------

STRING = r'"(?:[^"\\]|\\[\\"abfnrtv])*"'
KEYWORD = r"(?:msgctxt|msgid|msgid_plural|msgstr|msgstr\[\d\])\s+"
LINE = re.compile(rf"#.*|\s*|(?:{KEYWORD})?{STRING}\s*")
"""What a line of a catalogue may be; the parser takes an open quotation mark for an empty text."""


def text_of(path: Path) -> str:
    """Read a file of UTF-8. Raises BrokenCatalogueError for any other."""
    data = path.read_bytes()
    reason = "the file is not UTF-8 without a byte order mark: save it as such"
    if data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise BrokenCatalogueError(path, [(1, reason)])
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BrokenCatalogueError(path, [(line, reason)]) from error


def parse(path: Path, text: str) -> polib.POFile:
    """Read what stands in a catalogue. Raises BrokenCatalogueError where its form is broken."""
    lines = text.split("\n")
    if faults := [
        (number, "this is neither a comment nor a keyword with a text between quotation marks")
        for number, line in enumerate(lines, start=1)
        if not LINE.fullmatch(line)
    ]:
        raise BrokenCatalogueError(path, faults)
    try:
        return polib.pofile(text, wrapwidth=WIDTH) if text else polib.POFile(wrapwidth=WIDTH)
    except OSError as error:  # polib's word for a syntax error, which ends with the line
        found = re.search(r"line (\d+)", str(error))
        line = int(found[1]) if found else 1
        reason = "this line does not belong here: a keyword is missing, or stands there twice"
        raise BrokenCatalogueError(path, [(line, reason)]) from error


def read(path: Path) -> polib.POFile:
    """Read a catalogue that the site can use. Raises BrokenCatalogueError with all its faults."""
    text = text_of(path)
    po = parse(path, text)
    language = path.parent.parent.name
    counting = Counting.of(plural_forms(language))
    places = _Places(text)
    entries = [entry for entry in po if not entry.obsolete]
    faults = [
        *((places.of_header, reason) for reason in _faults_of_header(po, language, counting)),
        *((places.of(entry), reason) for entry, reason in _repeated(entries)),
        *(
            (places.of(entry), f"{_quoted(entry)}: {reason}")
            for entry in entries
            if "fuzzy" not in entry.flags
            for reason in faults_in(entry, counting)
        ),
    ]
    if faults:
        raise BrokenCatalogueError(path, sorted(faults, key=lambda fault: fault[0]))
    return po


class _Places:
    """On which lines the messages of a catalogue stand."""

    def __init__(self, text: str) -> None:
        lines = enumerate(text.split("\n"), start=1)
        self.lines = [number for number, line in lines if line.startswith("msgid ")]
        self.of_header = next(iter(self.lines), 1)

    def of(self, entry: polib.POEntry) -> int:
        """The line of a message, which may begin with comments above it."""
        begins = entry.linenum or 0
        return next((line for line in self.lines if line >= begins), self.of_header)


def _faults_of_header(po: polib.POFile, language: str, counting: Counting) -> Iterator[str]:
    header = po.metadata
    if not re.search(r"charset=utf-?8\s*$", header.get("Content-Type", ""), re.IGNORECASE):
        yield "the header has no Content-Type: text/plain; charset=UTF-8"
    if header.get("Language", language) != language:
        yield f"the header says that the language is {header['Language']}, not {language}"
    rule = header.get("Plural-Forms", "")
    with suppress(ValueError, ArithmeticError):
        if Counting.of(rule).is_like(counting):
            return
    yield (
        f"the header’s Plural-Forms ({rule or 'none'}) is not how the site counts: "
        f"write {plural_forms(language)}"
    )


def _repeated(entries: list[polib.POEntry]) -> Iterator[tuple[polib.POEntry, str]]:
    known = set()
    for entry in entries:
        key = entry.msgctxt, entry.msgid
        if not entry.msgid:
            yield entry, "a second header, or a message without a text"
        elif key in known:
            yield entry, f"{_quoted(entry)} stands there twice"
        known.add(key)


def _quoted(entry: polib.POEntry) -> str:
    return f"“{entry.msgid if len(entry.msgid) <= QUOTED else entry.msgid[:QUOTED] + '…'}”"


QUOTED = 60


# --- what the running site reads ----------------------------------------------------------------


def compile_catalogue(path: Path) -> bool:
    """Write the .mo beside a .po, unless there is one that says the same; say whether it did.

    Its date means nothing: files come from archives, from copies and from other clocks. Raises
    BrokenCatalogueError for a catalogue that cannot be used, whose last good .mo stays.
    """
    data = read(path).to_binary()
    compiled = path.with_suffix(".mo")
    if compiled.exists() and compiled.read_bytes() == data:
        return False
    beside = compiled.with_suffix(".mo.new")  # so that nobody reads half of it
    beside.write_bytes(data)
    beside.replace(compiled)
    return True
