"""Text that came from a file or a keyboard, made safe and short enough to show.

How much room it takes on a screen is for :mod:`tui.domain.model.cells`.
"""

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
