"""The widget of the strip on the first row of every screen."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal

from tui.ui.widgets.header import Status, strip_line
from tui.ui.widgets.styled_text import Line, Lines, Span, width_of

# The seconds of a clock, and the blank after them.
SECONDS = 3
# How long a flash lasts; none begins while one does, so there are never three in a second, which
# could harm who is sensitive to light.
FLASH_S = 0.5


class Strip(Horizontal):
    """The panes at the left, the clock or what is wrong at the right."""

    DEFAULT_CSS = f"""
    Strip {{ height: 1; background: $surface; }}
    Strip #panes-named {{ width: 1fr; }}
    Strip #seconds {{ width: {SECONDS}; }}
    Strip.-flash {{ text-style: reverse; }}
    """

    def __init__(self) -> None:
        super().__init__(id="strip")
        self._left = Lines(id="panes-named")
        # Textual sends a widget from its first cell to the last that changed. The seconds are a
        # widget of their own, so that one of them costs as little as it should.
        self._seconds = Lines(id="seconds")

    def compose(self) -> ComposeResult:
        """The row in two parts."""
        yield self._left
        yield self._seconds

    def show(self, tab: str, name: str, status: Status, width: int) -> None:
        """Draw it; the arguments are those of :func:`strip_line`."""
        left, seconds = cut_at(strip_line(tab, name, status, width), width - SECONDS)
        self._left.set([left])
        self._seconds.set([seconds])

    def flash(self) -> None:
        """Show the row in reverse for a moment."""
        if not self.has_class("-flash"):
            self.add_class("-flash")
            self.set_timer(FLASH_S, self.steady)

    def steady(self) -> None:
        """The flash is over."""
        self.remove_class("-flash")


def cut_at(line: Line, column: int) -> tuple[Line, Line]:
    """A line in two, cut before a column; its text there is of narrow characters."""
    left: list[Span] = []
    right: list[Span] = []
    start = 0
    for words, role in line:
        keep = max(0, column - start)
        start += width_of([(words, role)])
        left.append((words[:keep], role))
        right.append((words[keep:], role))
    return [span for span in left if span[0]], [span for span in right if span[0]]
