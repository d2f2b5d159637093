"""The big field: what the body needs now, as a line of words, a big number with big words beside
it, and a line of what comes next.

It is left-aligned and its words keep their column, so that a second changes as few cells as
possible.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from tui.ui.widgets.big_digits import MIDDLE, SMALL, TALL, WORD_ROWS, big_number, big_word
from tui.ui.widgets.styled_text import Line

INDENT = 2
WORD_GAP = 4
# The columns in which the words begin: behind two digits, and behind minutes and seconds.
WORDS_AT = {SMALL: (12, 18), MIDDLE: (18, 31), TALL: (27, 38)}
# Terminals from these sizes on have room for the tallest digits; below the last only for small.
TALL_FROM = (120, 30)
MIDDLE_FROM = 18


class Field(Struct, frozen=True, kw_only=True):
    """What stands in the big field. ``head`` is the line above the ``number``, ``below`` the one
    under it. Beside the number stands its ``unit``, small, or ``words``, big, the last one the most
    important. ``role`` is that of number and words."""

    head: Line
    number: str
    unit: str = ""
    words: Sequence[str] = ()
    role: str = "strong"
    below: Line = ()


def height_in(columns: int, rows: int) -> int:
    """How high the digits are in a terminal of that size, in rows."""
    if columns >= TALL_FROM[0] and rows >= TALL_FROM[1]:
        return TALL
    return MIDDLE if rows >= MIDDLE_FROM else SMALL


def field_lines(field: Field, height: int, width: int) -> list[Line]:
    """``height`` + 2 lines, and a blank one above and below tall digits. A number too wide for
    ``width`` is drawn small, or if that is too wide as well, left to the words above it; big words
    that do not fit are left out, first ones first."""
    for high in dict.fromkeys((height, SMALL)):
        drawn = _number(field, high, width)
        if drawn:
            break
    rows: list[Line] = [[(row, field.role)] if row else [] for row in drawn]
    rows += [[]] * (height - len(rows))
    if field.unit and drawn:
        rows[len(drawn) - 1] = [*rows[len(drawn) - 1], (f"  {field.unit}", "dim")]
    blank: list[Line] = [[]] if height == TALL else []
    return [field.head, *blank, *rows, *blank, field.below]


def _number(field: Field, height: int, width: int) -> list[str]:
    """The rows of number and words; none if the number does not fit."""
    number = [" " * INDENT + row for row in big_number(field.number, height)]
    room = width - len(number[0]) - (len(field.unit) + 2 if field.unit else 0)
    if room < 0:
        return []
    column = next((at for at in WORDS_AT[height] if len(number[0]) < at), len(number[0]) + 3)
    for first in range(len(field.words)):
        words = _words(field.words[first:], height)
        if column + len(words[0]) <= width:
            return [
                f"{row:{column}}{word}".rstrip() for row, word in zip(number, words, strict=True)
            ]
    return [row.rstrip() if not field.unit else row for row in number]


def _words(words: Sequence[str], height: int) -> list[str]:
    """Big words as rows: side by side in the middle, or one above the other in tall ones."""
    drawn = [big_word(word) for word in words]
    wide = max(len(word[0]) for word in drawn)
    if height == TALL and len(drawn) > 1:
        rows = [f"{row:{wide}}" for row in (*drawn[0], "", *drawn[1])]
    else:
        rows = [(" " * WORD_GAP).join(word[row] for word in drawn) for row in range(WORD_ROWS)]
    above = (height - len(rows)) // 2
    blank = " " * len(rows[0])
    return [*[blank] * above, *rows, *[blank] * (height - len(rows) - above)]
