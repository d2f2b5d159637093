"""The list used by the review and by one week's review, and what enter does on its rows."""

from __future__ import annotations

from collections.abc import Callable

from tui.app.logbook import Logbook
from tui.ui.host import Navigator
from tui.ui.panes.today_lines import unread
from tui.ui.screens.review_table import Row
from tui.ui.widgets.virtual_list import VirtualList

# Cells taken by the cursor mark and the scrollbar.
EDGES = 2


class ReviewList(VirtualList):
    """A list of :class:`Row`, whose lines are made already."""

    DEFAULT_CSS = "ReviewList { scrollbar-gutter: stable; }"

    def __init__(self) -> None:
        super().__init__(lambda row, _: row.line, stops=lambda row: row.stops)


def room(screen_width: int) -> int:
    """The width of a row, in cells."""
    return max(1, screen_width - EDGES)


def unread_row(book: Logbook, title: str) -> Row:
    """The row shown until the whole log is read."""
    return Row([(title, "loud"), ("   ", ""), (unread(book), "dim")])


def open_row(row: Row, navigator: Navigator, say: Callable[[str], None]) -> None:
    """Open the week, session or exercise that a row is about, or say its explanation."""
    if row.week is not None:
        navigator.open_week(row.week)
    elif row.session is not None:
        navigator.open_session(row.session)
    elif row.exercise is not None:
        navigator.open_trend(row.exercise)
    elif row.words:
        say(row.words)
