"""Lines for the room there is: text cut to so many, and which of all are given up first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tui.domain.model.cells import fitted, folded
from tui.ui.widgets.styled_text import Line

Ranked = tuple[int, Line]


def cut(words: str, width: int, most: int) -> list[str]:
    """Running text in at most ``most`` lines, with an ellipsis where something was cut."""
    lines = folded(words, max(1, width))
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], fitted(" ".join(lines[most - 1 :]), width)]


def ranked(rank: int, lines: Iterable[Line]) -> list[Ranked]:
    """Lines that go by their rank where there is no room for all: 0 stays, the highest goes
    first."""
    return [(rank, line) for line in lines]


def kept(lines: Sequence[Ranked], room: int) -> list[bool]:
    """Which of the lines stay where there is room for so many."""
    order = sorted(range(len(lines)), key=lambda n: (lines[n][0], n))
    stay = {n for place, n in enumerate(order) if place < room or lines[n][0] == 0}
    return [n in stay for n in range(len(lines))]
