"""Reading YAML as people write it: every error with its line, all of them at once.

Scalars are taken as they are written (`NO` stays a word, `10:00` a time); who asks says what
was expected.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, time
from functools import partial
from pathlib import Path
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from meetings.texts.typed_fields import cleaned

V = TypeVar("V")

MAX_BYTES = 2_000_000


@dataclass(frozen=True, slots=True, order=True)
class FileError:
    """One thing wrong in a file: where, what was found, what was expected."""

    line: int
    message: str

    def __str__(self) -> str:
        return _("Line %(line)s: %(message)s") % {"line": self.line, "message": self.message}


class InvalidFileError(ValueError):
    """A file that cannot be imported; `errors` lists all that is wrong with it."""

    def __init__(self, errors: Iterable[FileError]) -> None:
        self.errors = sorted(set(errors))
        super().__init__("\n".join(str(error) for error in self.errors))


def load(path: Path, errors: list[FileError]) -> Mapping | None:
    """The mapping that a file holds; None, with errors added, where it holds none."""
    try:
        content = path.read_bytes()
        if len(content) > MAX_BYTES:
            errors.append(
                FileError(1, _("The file is larger than %(limit)s bytes.") % {"limit": MAX_BYTES})
            )
            return None
        node = YAML(typ="safe", pure=True).compose(content.decode())
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        errors.append(FileError(line, _("The file is not UTF-8 text.")))
        return None
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        errors.append(
            FileError(line, _("This is not YAML: %(problem)s.") % {"problem": error.problem})
        )
        return None
    except RecursionError:
        errors.append(FileError(1, _("The file is nested too deeply.")))
        return None
    except YAMLError as error:
        errors.append(FileError(1, _("This is not YAML: %(problem)s.") % {"problem": error}))
        return None
    if node is None:
        errors.append(FileError(1, _("The file is empty.")))
        return None
    _refuse_aliases(node, errors)
    return None if errors else Mapping.read(node, errors)


def _refuse_aliases(top: Node, errors: list[FileError]) -> None:
    """Refuse a part that is used twice by reference (YAML's *): it may even hold itself."""
    seen: set[int] = set()
    nodes = [top]
    while nodes:
        node = nodes.pop()
        if isinstance(node, ScalarNode):
            continue
        if id(node) in seen:
            message = _("This part is used again by reference (*); write it out there.")
            errors.append(FileError(line_of(node), message))
            return
        seen.add(id(node))
        pairs = node.value if isinstance(node, MappingNode) else [(one,) for one in node.value]
        nodes += [part for pair in pairs for part in pair]


def line_of(node: Node) -> int:
    """The line on which a node begins, counted from 1."""
    return int(node.start_mark.line) + 1


def found(node: Node) -> str:
    """What stands there, in words."""
    if isinstance(node, ScalarNode):
        return f"“{node.value[:60]}”" if node.value else _("nothing")
    return _("a list") if isinstance(node, SequenceNode) else _("a mapping")


class Mapping:
    """A YAML mapping whose keys are asked for one by one.

    Whoever has asked for all calls `finish`, which reports the keys that nobody knows.
    """

    def __init__(self, node: MappingNode, errors: list[FileError]) -> None:
        self.node, self.errors = node, errors
        self.line = line_of(node)
        self.nodes: dict[str, Node] = {}
        self._keys: dict[str, Node] = {}
        self._asked: list[str] = []
        for key, value in node.value:
            name = key.value if isinstance(key, ScalarNode) else ""
            if name in self.nodes:
                self.error(_("The key “%(key)s” stands here twice.") % {"key": name}, key)
            self.nodes[name], self._keys[name] = value, key

    @classmethod
    def read(cls, node: Node, errors: list[FileError]) -> Mapping | None:
        """The mapping at a node, or None with an error."""
        if isinstance(node, MappingNode):
            return cls(node, errors)
        errors.append(
            FileError(
                line_of(node), _("Found %(found)s, expected a mapping.") % {"found": found(node)}
            )
        )
        return None

    def error(self, message: str, at: Node | str | None = None) -> None:
        """Report something wrong at a node or key, else where the mapping begins."""
        node = self.nodes.get(at) if isinstance(at, str) else at
        self.errors.append(FileError(line_of(node) if node else self.line, message))

    def expected(self, key: str, what: str) -> None:
        """Report that a key holds something else than expected."""
        node = self.nodes[key]
        self.error(
            _("%(key)s: found %(found)s, expected %(expected)s.")
            % {"key": key, "found": found(node), "expected": what},
            node,
        )

    def has(self, key: str) -> bool:
        """Whether the key is there."""
        self._asked.append(key)
        return key in self.nodes

    def finish(self) -> None:
        """Report every key that was never asked for, with the nearest that is known."""
        for name, node in self._keys.items():
            if name in self._asked:
                continue
            near = difflib.get_close_matches(name, self._asked, n=1)
            known = near or sorted(set(self._asked))
            self.error(
                _("Unknown key “%(key)s”; expected %(known)s.")
                % {"key": name, "known": _(", ").join(known)},
                node,
            )

    # --- values

    def text(
        self, key: str, default: str = "", *, required: bool = False, many_lines: bool = False
    ) -> str:
        """A text as rows store it."""
        read = partial(self._cleaned, key, many_lines=many_lines)
        return self._scalar(key, read, _("a text"), default, required=required)

    def _cleaned(self, key: str, value: str, *, many_lines: bool = False) -> str:
        try:
            return cleaned(value, many_lines=many_lines)
        except ValidationError as error:
            for message in error.messages:
                self.error(f"{key}: {message}", key)
            return ""

    def whole(self, key: str) -> int | None:
        """A whole number of one or more, or None."""
        return self._scalar(key, _whole, _("a whole number such as 6"), None)

    def date(self, key: str, *, required: bool = False) -> date | None:
        """A date, or None."""
        return self._scalar(
            key, date.fromisoformat, _("a date such as 2024-06-18"), None, required=required
        )

    def end(self, key: str) -> time | None:
        """An hour at which something ends, which may be 24:00, or None."""
        return self._scalar(key, _end, _("a time such as 10:00"), None)

    def time(self, key: str) -> time | None:
        """An hour, or None."""
        return self._scalar(key, _hour, _("a time such as 10:00"), None)

    def flag(self, key: str) -> bool:
        """True or false; false where the key is missing."""
        return self._scalar(key, lambda value: FLAGS[value], _("true or false"), False)

    def choice(self, key: str, choices: Iterable[str], default: str = "") -> str:
        """One of the given words."""
        known = list(choices)
        value = self.text(key, default, required=not default)
        if value and value not in known:
            self.expected(key, _("one of %(choices)s") % {"choices": _(", ").join(known)})
            return default or known[0]
        return value

    def _scalar(
        self,
        key: str,
        read: Callable[[str], V],
        expected: str,
        default: V,
        *,
        required: bool = False,
    ) -> V:
        if not self.has(key):
            if required:
                self.error(
                    _("%(key)s is missing; expected %(expected)s.")
                    % {"key": key, "expected": expected}
                )
            return default
        node = self.nodes[key]
        if isinstance(node, ScalarNode) and node.value == "" and not required:
            return default
        try:
            if not isinstance(node, ScalarNode) or not node.value.strip():
                raise ValueError(key)  # noqa: TRY301 -- one place that reports
            return read(node.value)
        except (ValueError, KeyError):
            self.expected(key, expected)
            return default

    # --- nested

    def mapping(self, key: str, *, required: bool = False) -> Mapping | None:
        """A mapping under a key, or None."""
        if not self.has(key):
            if required:
                self.error(_("%(key)s is missing; expected a mapping.") % {"key": key})
            return None
        return Mapping.read(self.nodes[key], self.errors)

    def mappings(self, key: str) -> list[Mapping]:
        """The mappings of a list."""
        read = (Mapping.read(node, self.errors) for node in self._sequence(key))
        return [one for one in read if one]

    def words(self, key: str) -> list[tuple[str, Node]]:
        """The words of a list, each with its node."""
        words: list[tuple[str, Node]] = []
        for node in self._sequence(key):
            if isinstance(node, ScalarNode) and node.value:
                words.append((self._cleaned(key, node.value), node))
            else:
                self.error(
                    _("%(key)s: found %(found)s, expected a word.")
                    % {"key": key, "found": found(node)},
                    node,
                )
        return words

    def _sequence(self, key: str) -> list[Node]:
        if not self.has(key):
            return []
        node = self.nodes[key]
        if isinstance(node, SequenceNode):
            return list(node.value)
        if not (isinstance(node, ScalarNode) and node.value == ""):
            self.expected(key, _("a list"))
        return []


FLAGS = {"true": True, "false": False, "True": True, "False": False}


def _whole(value: str) -> int:
    number = int(value)
    if not 1 <= number <= 32_767:  # noqa: PLR2004 -- what a small integer column holds
        raise ValueError(value)
    return number


def _end(value: str) -> time:
    return time(0) if value == "24:00" else _hour(value)


def _hour(value: str) -> time:
    hour, minute = value.split(":")
    return time(int(hour), int(minute))
