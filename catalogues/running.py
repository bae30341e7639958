"""The words of a language as the running site reads them: none that would break a page.

Catalogues are refused when they are compiled (`manage.py compile_messages`), but other programs
write .mo files too, and files are damaged. What cannot be read, counted or filled is left out
here, so that its English sentence stands in the page, and is logged: once, as a process reads the
words of a language once.
"""

from __future__ import annotations

import io
import logging
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

import polib
from django.conf import settings
from django.utils.translation import to_locale, trans_real

from catalogues.proofreading import Counting, faults_in, plural_forms

logger = logging.getLogger(__name__)


class SiteTranslation(trans_real.DjangoTranslation):
    """Django's words of a language and ours, of which only ours can be wrong."""

    def _add_local_translations(self) -> None:
        for folder in reversed(settings.LOCALE_PATHS):
            path = Path(folder) / to_locale(self.language()) / "LC_MESSAGES" / "django.mo"
            self.merge(proofread(path, self.language()))


def install() -> None:
    """Let Django read all words through this module; it has no setting for it."""
    trans_real.DjangoTranslation = SiteTranslation  # type: ignore[misc]  # a class in place of another


def proofread(path: Path, language: str) -> NullTranslations:
    """Read a compiled catalogue without what is wrong in it; nothing where it cannot be read."""
    if not path.exists():
        return NullTranslations()
    try:
        words = polib.mofile(str(path))
        rule = plural_forms(language)
        counting = Counting.of(rule)
        words[:] = [entry for entry in words if _is_sound(entry, counting, language)]
        words.metadata["Plural-Forms"] = rule
        return GNUTranslations(io.BytesIO(words.to_binary()))
    except Exception as error:  # noqa: BLE001 -- a damaged file fails in any way
        logger.error("%s cannot be read, its texts stand in English: %r", path, error)  # noqa: TRY400 -- the reason says all
        return NullTranslations()


def _is_sound(entry: polib.MOEntry, counting: Counting, language: str) -> bool:
    faults = list(faults_in(entry, counting))
    if faults:
        reasons = "; ".join(faults)
        logger.error("%r stands in English, its %s is broken: %s", entry.msgid, language, reasons)
    return not faults
