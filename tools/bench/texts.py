"""How long texts keep the site busy: `python -m tools.bench.texts`, without a database.

Every expression and every function of ours that takes nothing but texts is given the longest text
that a field holds, in as many lines, made of one or two signs again and again. Of each the worst is
told, and how many times longer it takes than ordinary prose of that length.
"""

from __future__ import annotations

import importlib
import inspect
import os
import pkgutil
import re
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import product
from types import ModuleType

import django

from meetings.texts.typed_text import MOST_LINES

FOLDERS = ("meetings", "panels", "programme")
LANGUAGES = ("en", "fr", "es", "ar")
NOT_FOR_TEXTS = re.compile(r"\.(management|migrations|admin)\b")

LONGEST = 20_000
"""Characters of the longest field."""

LONGEST_NOTES = 5_000
"""Characters of the longest notes that stand beneath a text."""

SHORT = 1_000
"""Characters by which the worst texts are found."""

TRIED = 5
"""So many of the worst are tried at full length."""

AGAIN = 3
"""So often each of those is read: what a busy machine adds is not the text's."""

LIMIT = 0.2
"""Seconds that are meant to be enough."""

TOLD = 0.02
"""Seconds below which a function is not worth a line."""

SIGNS = [
    *"aA1.,:;-_*[](){}|<>/\\^~`'@#+= \n",
    *(
        "[^",
        "](",
        "[a](",
        "![",
        "http://",
        "www.",
        "A/",
        "&#",
        "1)",
        "\n- ",
        "\n| ",
        "\n[^1]: ",
        "a\n[^1]: ",
        "_#",
    ),
    *(
        "• ",
        "**",
        "ا",
        "و",
        "\u0650",
        "\u00a0",
        "{d",
        "18 ",
        "June ",
        "يونيه",
        "Chad ",
        "\r\n",
        "\u200b",
    ),
]
PROSE = (
    "The Committee will invite States Parties (Chad, Peru) to present item 6(a) on 18 June 2024. "
)

OfText = Callable[[str], object]


def main() -> None:
    """Print each function that takes long, the slowest first."""
    os.environ |= {"DJANGO_SETTINGS_MODULE": "config.settings", "DEBUG": "1"}
    django.setup()
    found = {name: _searching(one) for name, one in expressions()} | dict(_functions())
    worst = {name: _worst(call) for name, call in found.items()}
    print(f"{len(found)} expressions and functions, {LONGEST} characters:")
    for name, (seconds, signs) in sorted(worst.items(), key=lambda one: -one[1][0]):
        if seconds >= TOLD:
            times = seconds / max(_taken(found[name], PROSE, LONGEST), 1e-4)
            slow = "" if seconds < LIMIT else f": TOO SLOW, meant to be under {LIMIT} s"
            print(f"{seconds:8.3f} s, {times:6.1f} × prose  {name}  {signs!r}{slow}")


def _modules() -> Iterator[ModuleType]:
    for folder in FOLDERS:
        package = importlib.import_module(folder)
        for known in pkgutil.walk_packages(package.__path__, f"{folder}."):
            if not NOT_FOR_TEXTS.search(known.name):
                yield importlib.import_module(known.name)


def expressions() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Every expression of our modules, by its name: as a constant, or made for a language."""
    for module in _modules():
        for name, value in vars(module).items():
            if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                yield f"{module.__name__}.{name}", value
            elif (made := _own_function(module, value)) and _returns_expression(made):
                languages = (
                    [(one,) for one in LANGUAGES] if inspect.signature(made).parameters else [()]
                )
                yield from ((f"{module.__name__}.{name}{one}", value(*one)) for one in languages)


def _returns_expression(function: Callable[..., object]) -> bool:
    returned: object = inspect.signature(function).return_annotation
    return returned == "re.Pattern[str]"


def _own_function(module: ModuleType, value: object) -> Callable[..., object] | None:
    function = inspect.unwrap(value) if callable(value) else None
    is_own = inspect.isfunction(function) and function.__module__ == module.__name__
    return function if is_own else None


def _searching(expression: re.Pattern[str]) -> OfText:
    return lambda text: [None for _found in expression.finditer(text)]


def _functions() -> Iterator[tuple[str, OfText]]:
    """Functions whose every parameter is a text or a language."""
    for module in _modules():
        for name, value in vars(module).items():
            function = _own_function(module, value)
            if function and (call := _of_text(function)):
                yield f"{module.__name__}.{name}", call


def _of_text(function: Callable[..., object]) -> OfText | None:
    from programme.document.nodes import Text  # noqa: PLC0415 -- once Django is set up

    needed = [
        one
        for one in inspect.signature(function).parameters.values()
        if one.default is one.empty and one.kind is not one.VAR_KEYWORD
    ]
    if not needed or any(one.annotation not in {"str", "Text"} for one in needed):
        return None

    def call(text: str) -> None:
        other = f"{text[: len(text) // 2]}x {text[len(text) // 3 :]}"[: len(text)]
        known = {"language": "ar", "towards": "ar", "doc_id": "x", "notes": text[:LONGEST_NOTES]}
        texts = [text, *(other for _second in needed[1:])]  # differs in its middle
        given: dict[str, object] = {
            one.name: known.get(one.name, value) for one, value in zip(needed, texts, strict=True)
        }
        for one in needed:
            if one.annotation == "Text":
                given[one.name] = Text(str(given[one.name]), "ar", asked_for="ar")
        with suppress(Exception):  # a text that is refused was read as well
            function(**given)

    return call


def _worst(call: OfText) -> tuple[float, str]:
    """The longest time, in seconds, and the signs that take it."""
    texts = {*SIGNS, *(one + other for one, other in product(SIGNS, SIGNS))}
    slowest = sorted(texts, key=lambda signs: -_taken(call, signs, SHORT))[:TRIED]
    return max((_least(call, signs), signs) for signs in slowest)


def _least(call: OfText, signs: str) -> float:
    """What a text of full length takes where nothing else keeps the machine busy, in seconds.

    No text is read twice: some functions remember what they have read.
    """
    return min(_taken(call, signs, LONGEST - shorter) for shorter in range(AGAIN))


def _taken(call: OfText, signs: str, length: int) -> float:
    text = _text(signs, length)
    start = time.process_time()
    call(text)
    return time.process_time() - start


def _text(signs: str, length: int) -> str:
    """Signs again and again, with no more lines than a field holds."""
    *lines, rest = (signs * length)[:length].split("\n", MOST_LINES - 1)
    return "\n".join([*lines, rest.replace("\n", "")])


if __name__ == "__main__":
    main()
