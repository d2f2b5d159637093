"""Text that came from a file or a keyboard, made safe and short enough to show."""

from __future__ import annotations

import unicodedata

# Control, format (bidi overrides, zero width), surrogate, private use, unassigned: a terminal may
# act on them, and none is needed to read a name or a note.
UNSAFE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
# Words that stand between letters as space, so that what they part stays apart.
SPACES = {"\n", "\r", "\t", "\v", "\f", "\x85", "\u2028", "\u2029"}
SHOWN = "·"


def clean(text: str) -> str:
    """``text`` on one line with every character that a terminal could act on shown as ``·``.

    Runs of combining marks are cut to three, so that no line can climb over its neighbours.
    """
    if text.isascii() and text.isprintable():
        return text
    out: list[str] = []
    marks = 0
    for char in text:
        if char in SPACES:
            out.append(" ")
            continue
        category = unicodedata.category(char)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if marks <= 3:
            out.append(SHOWN if category in UNSAFE else char)
    return "".join(out)


def number_of(number: int, thing: str) -> str:
    """A number of things: ``1 day``, ``2 days``."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def clip(text: str, width: int) -> str:
    """``text`` cut to ``width`` characters, with an ellipsis where something was cut."""
    return text if len(text) <= width else f"{text[: width - 1]}…" if width > 0 else ""


def cells(text: str) -> int:
    """How many cells of a terminal a cleaned ``text`` takes: two for a wide character, none for a
    mark on the one before."""
    return len(text) if text.isascii() else sum(map(_cell, text))


def _cell(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def fitting(text: str, width: int) -> str:
    """A cleaned ``text`` cut to ``width`` cells, with an ellipsis where something was cut."""
    if cells(text) <= width:
        return text
    return f"{_head(text, width - 1)}…" if width > 0 else ""


def fold(text: str, width: int, indent: str = "", hanging: str = "") -> list[str]:
    """``text``, cleaned, on lines of at most ``width`` cells: the first behind ``indent``, the
    others behind ``hanging``. It is parted at blanks; a word that no line can hold is cut. Nothing
    for a text of blanks."""
    lines: list[str] = []
    line = before = indent
    for word in clean(text).split():
        if line != before and cells(line) + 1 + cells(word) <= width:
            line = f"{line} {word}"
            continue
        if line != before:
            lines.append(line)
            line = before = hanging
        rest = word
        while cells(before) + cells(rest) > width and (head := _head(rest, width - cells(before))):
            lines.append(f"{before}{head}")
            rest, before = rest[len(head) :], hanging
        line = f"{before}{rest}"
    return [*lines, line] if line != before else lines


def _head(text: str, width: int) -> str:
    """As much of the beginning of ``text`` as goes into ``width`` cells."""
    taken = 0
    for place, char in enumerate(text):
        taken += _cell(char)
        if taken > width:
            return text[:place]
    return text
