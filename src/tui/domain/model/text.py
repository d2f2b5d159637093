"""Sanitise text from a file or the keyboard so that it is safe to show in a terminal.

For its width on the screen see :mod:`tui.domain.model.cells`.
"""

from __future__ import annotations

import unicodedata

# Control, format (bidi overrides, zero width), surrogate, private use and unassigned characters: a
# terminal may act on them, and no name or note needs them.
UNSAFE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
# Line breaks and tabs become a blank, so that the words around them stay apart.
SPACES = {"\n", "\r", "\t", "\v", "\f", "\x85", "\u2028", "\u2029"}
SHOWN = "·"


def clean(text: str) -> str:
    """``text`` on one line, with every character a terminal could act on replaced by ``·``.

    Runs of combining marks are cut to three, so that no line can grow into its neighbours.
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
    """A number with its noun in the singular or plural: ``1 day``, ``2 days``."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def as_sentence(words: str) -> str:
    """``words`` as a sentence: with a capital letter and a full stop."""
    return f"{words[:1].upper()}{words[1:]}."


def clip(text: str, width: int) -> str:
    """``text`` cut to ``width`` characters, ending in an ellipsis if it was cut."""
    return text if len(text) <= width else f"{text[: width - 1]}…" if width > 0 else ""
