"""The header of the main screen: the panes, and what is wrong."""

from __future__ import annotations

from tui.domain.model.cells import fitted
from tui.ui.widgets.styled_text import Line, Span, spread, width_of

ORDER = ("library", "today", "history")
BEYOND = ("season", "review")


def header_line(current: str, trouble: str, width: int) -> Line:
    """The panes and screens by number, the focused pane in capitals. ``trouble`` says why this
    instance is read-only, or that the folder is gone; it takes precedence over the screens."""
    line: list[Span] = []
    for number, name in enumerate((*ORDER, *BEYOND), start=1):
        here = name == current
        shown = name.upper() if here else name.capitalize()
        entry = [(f" {number} ", "accent"), (f"{shown}  ", "strong" if here else "dim")]
        if name in ORDER or not trouble or width_of([*line, *entry, (trouble, "")]) < width - 1:
            line += entry
    right: Line = [("stridelift ", "dim")]
    if trouble:
        right = [(fitted(trouble, width - width_of(line) - 2), "warn"), (" ", "")]
    return spread(line, right, width)


def damage_line(damage: str, key: str, width: int) -> Line:
    """What is damaged, and the ``key`` that tells more if there is room; empty if nothing is."""
    if not damage:
        return []
    left: Line = [(f" {damage}", "warn")]
    return spread(left, [(key, "accent"), (" tells more ", "dim")], width)
