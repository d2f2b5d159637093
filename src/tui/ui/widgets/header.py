"""The line at the top of the main screen, and the keys that are worth a word at its bottom."""

from __future__ import annotations

from collections.abc import Mapping

from tui.domain.model.cells import fitted
from tui.ui.commands import EVERYWHERE, Command, at
from tui.ui.widgets.styled_text import Line, Span, spread, width_of

ORDER = ("library", "today", "history")
BEYOND = ("season", "review")


def strip_line(current: str, looking: str, width: int) -> Line:
    """The panes and screens by number, the pane that has the keys in capitals; ``looking`` says
    that this instance may not write, and then goes before the screens."""
    line: list[Span] = []
    for number, name in enumerate((*ORDER, *BEYOND), start=1):
        here = name == current
        shown = name.upper() if here else name.capitalize()
        entry = [(f" {number} ", "accent"), (f"{shown}  ", "strong" if here else "dim")]
        if name in ORDER or not looking or width_of([*line, *entry, (looking, "")]) < width - 1:
            line += entry
    right: Line = [("stridelift ", "dim")]
    if looking:
        right = [(fitted(looking, width - width_of(line) - 2), "warn"), (" ", "")]
    return spread(line, right, width)


def hinted(current: str, own_keys: Mapping[str, str], *, leading: bool) -> list[Command]:
    """The commands worth a hint now, the way to all others last: those of the pane, or while the
    clock leads a set (``leading``) those of the clock."""
    every = list(at(current, EVERYWHERE, own=own_keys))
    if leading:
        wanted = [c for c in every if c.id == "log" or c.id.startswith("clock")]
    else:
        wanted = [c for c in every if c.hint and not c.id.startswith("clock-")]
    way = [c for c in wanted if c.id == "help"] or [c for c in every if c.id == "help"]
    return [*(c for c in wanted if c.id != "help"), *way]
