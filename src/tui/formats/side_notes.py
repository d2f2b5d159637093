"""The side of a set, told in its note: some formats have no other room for it."""

from __future__ import annotations

from tui.domain.model.values import Side

BETWEEN = " · "
MARKS = {Side.LEFT: "Left side", Side.RIGHT: "Right side", Side.BOTH: "Both sides"}


def told(side: Side, note: str) -> str:
    """A note that begins with the side. Both sides are told only where the note would be read as
    telling another. :func:`heard` is the inverse."""
    if side is Side.BOTH and heard(note) == (Side.BOTH, note):
        return note
    return BETWEEN.join(filter(None, [MARKS[side], note]))


def heard(text: str) -> tuple[Side, str]:
    """The side that a note begins with, and the rest of it. A note that only speaks of a side tells
    none: both sides."""
    if not text:
        return Side.BOTH, text
    for side, mark in MARKS.items():
        if text == mark or text.startswith(mark + BETWEEN):
            return side, text[len(mark + BETWEEN) :]
    return Side.BOTH, text
