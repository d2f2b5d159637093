"""The list of the review and of the review of a week: from its rows enter opens what they are
about."""

from __future__ import annotations

from collections.abc import Callable

from tui.app.logbook import Logbook
from tui.ui.host import Navigator
from tui.ui.panes.today_lines import unread
from tui.ui.screens.review_table import Row
from tui.ui.widgets.virtual_list import VirtualList

# The mark of the cursor, and the scrollbar.
EDGES = 2


class ReviewList(VirtualList):
    """Rows that are lines already."""

    DEFAULT_CSS = "ReviewList { scrollbar-gutter: stable; }"

    def __init__(self) -> None:
        super().__init__(lambda row, _: row.line, stops=lambda row: row.stops)


def room(screen_width: int) -> int:
    """The cells that a row has."""
    return max(1, screen_width - EDGES)


def unread_row(book: Logbook, title: str) -> Row:
    """What stands there while the log is not all read."""
    return Row([(title, "loud"), ("   ", ""), (unread(book), "dim")])


def open_row(row: Row, navigator: Navigator, say: Callable[[str], None]) -> None:
    """Open the week, the session or the exercise that a row is about, or say what it rests on."""
    if row.week is not None:
        navigator.open_week(row.week)
    elif row.session is not None:
        navigator.open_session(row.session)
    elif row.exercise is not None:
        navigator.open_trend(row.exercise)
    elif row.words:
        say(row.words)
