"""Reads a page as a browser would, as far as tests ask."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"br", "hr", "img", "input", "link", "meta"}
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


@dataclass
class Element:
    """An element with its attributes, the text in it, and the elements that it stands in."""

    tag: str
    attributes: dict[str, str]
    parents: tuple[Element, ...] = ()
    parts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join("".join(self.parts).split())

    @property
    def language(self) -> str:
        """The language that the element says it is in, or that it inherits."""
        chain = (self, *reversed(self.parents))
        return next((one.attributes["lang"] for one in chain if "lang" in one.attributes), "")


class Page(HTMLParser):
    """All elements of a page, in order. Raises AssertionError where tags do not match."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self.feed(html)
        self.close()
        assert not self._open, f"not closed: {[one.tag for one in self._open]}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"an attribute of {tag} stands there twice: {names}"
        element = Element(tag, {name: value or "" for name, value in attrs}, tuple(self._open))
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self._open, f"</{tag}> closes nothing"
        assert self._open[-1].tag == tag, f"</{tag}> closes <{self._open[-1].tag}>"
        self._open.pop()

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.parts.append(data)

    def all(self, tag: str = "", **attributes: str) -> list[Element]:
        """Elements with this tag and these attributes; `class_` is one of its classes."""
        return [
            one
            for one in self.elements
            if tag in {"", one.tag} and all(_has(one, *pair) for pair in attributes.items())
        ]

    def one(self, tag: str = "", **attributes: str) -> Element:
        """The only such element."""
        (element,) = self.all(tag, **attributes)
        return element

    @property
    def headings(self) -> list[tuple[int, str]]:
        """Level and text of each heading."""
        return [(int(one.tag[1]), one.text) for one in self.elements if one.tag in HEADINGS]

    @property
    def ids(self) -> list[str]:
        return [one.attributes["id"] for one in self.elements if "id" in one.attributes]

    @property
    def links(self) -> list[str]:
        """Where links and forms lead."""
        return [
            one.attributes.get("href") or one.attributes["action"]
            for one in self.elements
            if one.tag in {"a", "form"}
        ]

    @property
    def text(self) -> str:
        return self.one("body").text


def _has(element: Element, name: str, value: str) -> bool:
    if name == "class_":
        return value in element.attributes.get("class", "").split()
    return element.attributes.get(re.sub(r"_$", "", name).replace("_", "-")) == value
