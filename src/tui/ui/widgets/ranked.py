"""Which lines stay when there is no room for all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tui.ui.widgets.styled_text import Line

Ranked = tuple[int, Line]


def ranked(rank: int, lines: Iterable[Line]) -> list[Ranked]:
    """Lines with a rank: if there is no room for all, the highest rank is dropped first; rank 0
    always stays."""
    return [(rank, line) for line in lines]


def kept(lines: Sequence[Ranked], room: int) -> list[bool]:
    """For each line, whether it stays when there is room for ``room`` lines."""
    order = sorted(range(len(lines)), key=lambda n: (lines[n][0], n))
    stay = {n for place, n in enumerate(order) if place < room or lines[n][0] == 0}
    return [n in stay for n in range(len(lines))]
