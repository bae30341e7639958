"""Lists as people paste them, as the lists of Markdown that they plainly are.

Word processors and PDF files give points as "•", "–" or "o" and a tab, as "-" and a no-break space,
as "١." or "(a)". The stored text stays as it was typed; renderers read it through `as_markdown`.
What looks like a point and is not plainly one stays as it is, and `doubtful_points` names it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

Kind = Literal["markdown", "bullet", "dash", "sign", "number", "numeral", "label", "text", "blank"]

BLANKS = "[ \\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]"
UNSEEN = "[\u200b\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]"
BULLETS = "•‣⁃▪▫●○◦■□◆➢➤✓✔\uf0a7\uf0b7\uf0d8\uf0fc"
DASHES = "‐‑–—―−ـ·"
SIGNS = "o§Øüv"
"""Bullets of symbol fonts, as letters; only a tab tells them from words."""
DIGITS = "0-9٠-٩۰-۹"
ABJAD = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"
LATIN = "abcdefghijklmnopqrstuvwxyz"
ROMAN = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"]
DEEPEST = 6
"""Lists within lists, so that no text grows by its margins."""

POINT = re.compile(
    rf"""^(?P<before>(?:{BLANKS}|{UNSEEN})*)
    (?:
        (?P<markdown>[-*+]){BLANKS}+
      | (?P<bullet>[{BULLETS}]){BLANKS}*
      | (?P<dash>[{DASHES}]){BLANKS}+
      | (?P<sign>[{SIGNS}])\t{BLANKS}*
      | (?P<number>[{DIGITS}]{{1,9}})[.)]{BLANKS}+
      | (?P<numeral>[{DIGITS}]{{1,3}}){BLANKS}?[-–]{BLANKS}+
      | (?P<label>\((?:[{DIGITS}]{{1,2}}|[A-Za-z]{{1,5}}|[{ABJAD}]ـ?)\)
          | (?:[A-Za-z]{{1,5}}|[{ABJAD}]ـ?)(?:[.)]|{BLANKS}?[-–](?={BLANKS}))){BLANKS}+
    )
    (?P<rest>\S.*)""",
    re.VERBOSE,
)
RULE = re.compile(r"^[ \t]*(?:[-*_–—][ \t]*){3,}")
ORDINARY = re.compile(r"^[ \t]*(?:[-*+]|[0-9]{1,9}[.)])[ \t]+\S.*")
"""A point as Markdown itself has it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a text: a point of a list, or what stands between points."""

    kind: Kind
    source: str
    indent: int = 0
    mark: str = ""
    """What stands for the point: a bullet, a number, a label with its parentheses."""
    text: str = ""
    order: str = ""
    """Of a label, the sequence that it belongs to."""

    @property
    def is_point(self) -> bool:
        """Whether it begins a point."""
        return self.kind not in {"text", "blank"}

    @property
    def style(self) -> Style:
        """What points of one list have in common."""
        look = re.sub(r"\w+", "1", self.mark) if self.kind in COUNTED else self.mark
        return self.indent, self.kind, self.order, look

    @property
    def written(self) -> str:
        """The mark that Markdown knows; a label stays in the text."""
        return f"{int(self.mark)}." if self.kind in {"number", "numeral"} else "-"


Style = tuple[int, str, str, str]
COUNTED = frozenset({"number", "numeral", "label"})


def as_markdown(text: str) -> str:
    """Give a text with its pasted lists as Markdown; one that has none is given as it is."""
    lines = text.split("\n")
    if all(ORDINARY.match(one) for one in lines if POINT.match(one)):
        return text
    out: list[str] = []
    for run in _runs(_read(lines)):
        out += _rewritten(run) if _is_pasted(run) else [one.source for one in run]
    return "\n".join(out)


def doubtful_points(text: str) -> list[str]:
    """Lines that begin as a point does and are none for lack of others, or that hold several."""
    if not LIKE_POINTS.search(text):
        return []
    return [
        line.source.strip()
        for line in _read(text.split("\n"))
        if line.kind == "text" and LIKE_POINTS.search(line.source)
    ]


def are_labelled(points: Sequence[str]) -> bool:
    """Whether points begin with letters or numbers that follow each other."""
    run = list(_ordered([_line(one.partition("\n")[0]) for one in points]))
    styles = {one.style for one in run}
    return len(styles) == 1 and run[0].kind == "label" and _are_sure(run, beside=False)


LIKE_POINTS = re.compile(rf"^(?:{BLANKS}|{UNSEEN})*[{DASHES}]{BLANKS}|[{BULLETS}]", re.MULTILINE)


def _read(lines: Sequence[str]) -> list[Line]:
    return [one for run in _runs([_line(one) for one in lines]) for one in _sure(_ordered(run))]


def _line(source: str) -> Line:
    if not source.strip():
        return Line("blank", source)
    found = None if RULE.fullmatch(source) else POINT.match(source)
    if not found:
        return Line("text", source)
    kind = next(one for one in POINTS if found[one])
    indent = len(re.sub(UNSEEN, "", found["before"]).expandtabs(4))
    return Line(kind, source, indent, found[kind], found["rest"].strip())


POINTS: tuple[Kind, ...] = ("markdown", "bullet", "dash", "sign", "number", "numeral", "label")


def _runs(lines: list[Line]) -> Iterator[list[Line]]:
    """Points with what stands between them, and what stands between such runs."""
    run: list[Line] = []
    has_points = after_blank = False
    for line in lines:
        is_text = line.kind == "text"
        ends = has_points and is_text and after_blank and not line.source[:1].isspace()
        begins = not has_points and line.is_point
        if run and (ends or begins):
            yield run
            run = []
        has_points = line.is_point or (has_points and not ends)
        after_blank = line.kind == "blank"
        run.append(line)
    if run:
        yield run


# --- which lines are points ---------------------------------------------------------------------


def _ordered(run: list[Line]) -> Iterator[Line]:
    """Tell letters from Roman numbers, by the letter before."""
    before = ""
    for line in run:
        if line.kind != "label":
            yield line
            continue
        label = _label(line)
        is_next_letter = before in LATIN and LATIN.find(before) + 1 == LATIN.find(label.lower()) > 0
        fitting = (name for name, order in ORDERS.items() if label in order)
        order = next(fitting, "")
        if order.startswith("roman") and is_next_letter:
            order = order.replace("roman", "latin")
        if order.startswith("latin"):
            before = label.lower()
        yield replace(line, order=order)


def _label(line: Line) -> str:
    return re.sub(r"[^\w]|ـ", "", line.mark)


TO_ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
ORDERS: Mapping[str, Sequence[str]] = {
    "roman": ROMAN,
    "roman capitals": [one.upper() for one in ROMAN],
    "latin": list(LATIN),
    "latin capitals": list(LATIN.upper()),
    "abjad": list(ABJAD),
    "numbers": [str(number) for number in range(1, 100)],
    "Arabic numbers": [
        str(n).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")) for n in range(1, 100)
    ],
}


def _sure(lines: Iterable[Line]) -> list[Line]:
    """A run in which a dash, a letter or a number counts as a point only among others like it."""
    run = list(lines)
    styles: dict[Style, list[Line]] = {}
    for line in run:
        if line.is_point:
            styles.setdefault(line.style, []).append(line)
    beside = any(line.kind in {"markdown", "bullet", "number"} for line in run)
    sure = {style for style, alike in styles.items() if _are_sure(alike, beside=beside)}
    return [
        replace(line, kind="text") if line.is_point and line.style not in sure else line
        for line in run
    ]


def _are_sure(alike: list[Line], *, beside: bool) -> bool:
    """Whether lines of one style are points; `beside` there are some that certainly are."""
    first = alike[0]
    match first.kind:
        case "dash" | "sign":
            return beside or len(alike) > 1
        case "numeral":
            return _is_sequence([int(one.mark) for one in alike])
        case "label":
            order = ORDERS.get(first.order, ())
            return bool(order) and _is_sequence([order.index(_label(one)) + 1 for one in alike])
        case _:
            return True


def _is_sequence(numbers: list[int]) -> bool:
    """Whether numbers follow each other; a list within each point begins anew."""
    return len(numbers) > 1 and all(b in {a + 1, 1} for a, b in pairwise(numbers))


# --- writing ------------------------------------------------------------------------------------


def _is_pasted(run: list[Line]) -> bool:
    return any(line.is_point and not ORDINARY.fullmatch(line.source) for line in run)


def _rewritten(run: list[Line]) -> list[str]:
    """The lines of a run, each point beneath the one that it belongs to."""
    above: list[tuple[Style, int]] = []
    """The open lists: how their points look, and where the text of the last one begins."""
    out: list[str] = []
    for line in run:
        if line.is_point:
            _close(above, line.style)
            margin = above[-1][1] if above else 0
            label = f"{line.mark} " if line.kind == "label" else ""
            out.append(f"{' ' * margin}{line.written} {label}{line.text}")
            above.append((line.style, margin + len(line.written) + 1))
        else:
            margin = above[-1][1] if above and line.kind == "text" else 0
            out.append(" " * margin + line.source.strip())
    return out


def _close(above: list[tuple[Style, int]], style: Style) -> None:
    """Close the lists that a point does not stand beneath."""
    while above and (style[0] < above[-1][0][0] or len(above) >= DEEPEST):
        above.pop()
    styles = [one for one, _ in above]
    if style in styles:
        del above[styles.index(style) :]
