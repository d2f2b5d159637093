"""The smallest terminal that there is something to see in."""

from __future__ import annotations

from textual.geometry import Size

from tui.ui.widgets.styled_text import Line

LEAST_WIDTH, LEAST_HEIGHT = 60, 20


def too_small(size: Size) -> bool:
    """True where nothing would be clear any more."""
    return size.width < LEAST_WIDTH or size.height < LEAST_HEIGHT


def small_lines(size: Size) -> list[Line]:
    """What stands there then."""
    needs = f"{LEAST_WIDTH} by {LEAST_HEIGHT}"
    words = ("Stridelift needs", needs, f"this is {size.width} by {size.height}")
    return [[(word, "strong")] for word in words]
