"""What renderers take: a published document with what was said when it was published."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from programme.comparing.change_lines import Line
from programme.document.clock import boundaries
from programme.document.nodes import Text, Texts
from programme.document.programme import ProgrammeDocument

Key = tuple[str, int, str]
"""What tells one publication from all others: meeting, serial and digest."""


@dataclass(frozen=True)
class Edition:
    """One publication of a meeting's programme, ready to be rendered."""

    document: ProgrammeDocument[Texts]
    serial: int
    designation: str
    """"" for the first, then Rev.1, Rev.2 …"""
    published_at: datetime
    digest: str
    note: Texts = field(default_factory=Texts)
    lines: tuple[Line, ...] = ()
    """What it changed; those that are held back too."""
    is_reissue: bool = False
    """Whether it mends the wording of a version with the same designation."""
    cancelled: tuple[str, ...] = ()
    _read: dict[str, ProgrammeDocument[Text]] = field(
        default_factory=dict, compare=False, repr=False
    )

    @property
    def slug(self) -> str:
        """The meeting's address."""
        return self.document.meeting.slug

    @cached_property
    def turns(self) -> tuple[float, ...]:
        """The moments at which its pages change by themselves, in order, as POSIX seconds."""
        return tuple(one.timestamp() for one in boundaries(self.document))

    def in_language(self, language: str) -> ProgrammeDocument[Text]:
        """The programme for a reader of one language; read once, then kept."""
        if language not in self._read:
            self._read[language] = self.document.in_language(language)
        return self._read[language]


@dataclass(frozen=True, slots=True)
class Version:
    """A publication at rest: what lists of versions show, and the document, compressed.

    A document of 200 delegations takes about 150 kB as text and a tenth of that at rest, so
    that every version of every meeting can be held in memory.
    """

    meeting_id: str
    slug: str
    serial: int
    designation: str
    published_at: datetime
    digest: str
    note: Texts
    lines: tuple[Line, ...]
    is_reissue: bool
    cancelled: tuple[str, ...]
    packed: bytes

    def __post_init__(self) -> None:
        """Heal the note, which may be older than the rule of typed texts."""
        object.__setattr__(self, "note", self.note.healed())

    @staticmethod
    def pack(stored: str) -> bytes:
        """The stored form of a document, compressed."""
        return zlib.compress(stored.encode())

    @property
    def stored(self) -> str:
        """The stored form of the document."""
        return zlib.decompress(self.packed).decode()

    def edition(self) -> Edition:
        """The edition that this publication is.

        Raises UnknownSchemaError if a newer release wrote it.
        """
        return Edition(
            document=ProgrammeDocument.from_json(self.stored),
            serial=self.serial,
            designation=self.designation,
            published_at=self.published_at,
            digest=self.digest,
            note=self.note,
            lines=self.lines,
            is_reissue=self.is_reissue,
            cancelled=self.cancelled,
        )


def key_of(version: Version) -> Key:
    """What tells a version from all others."""
    return version.meeting_id, version.serial, version.digest
