"""A screen that looks back: one list, from whose rows enter opens what they are about."""

from __future__ import annotations

from collections.abc import Mapping

from textual.app import ComposeResult

from tui.app.logbook import Logbook
from tui.ui.pane import Host
from tui.ui.panes.today_lines import unread
from tui.ui.review_table import Row
from tui.ui.screens.list_screen import Sheet
from tui.ui.sharing import Sharing
from tui.ui.widgets.lists import List
from tui.ui.widgets.styled_text import Line, Lines

# The mark of the cursor, and the scrollbar.
EDGES = 2


class LookBack(Sharing, Sheet):
    """What the review and the review of one week share; ``host`` opens other screens."""

    DEFAULT_CSS = "LookBack Rows { scrollbar-gutter: stable; }"

    def __init__(self, book: Logbook, own_keys: Mapping[str, str], host: Host) -> None:
        super().__init__(book, own_keys)
        self.host = host

    def compose(self) -> ComposeResult:
        """All of it; the line at the bottom."""
        yield List(self._draw, stops=lambda row: row.stops)
        yield Lines(id="hints")
        yield self.prompt

    def _draw(self, row: Row, width: int) -> Line:
        return row.line

    @property
    def room(self) -> int:
        """The cells that a row has."""
        return max(1, self.size.width - EDGES)

    def unread_row(self, title: str) -> Row:
        """What stands there while the log is not all read."""
        return Row([(title, "loud"), ("   ", ""), (unread(self.book), "dim")])

    def action_open(self) -> None:
        """Open the week, the session or the exercise under the cursor, or say what the
        row rests on."""
        row: Row = self.rows.value
        if row.week is not None:
            self.host.open_week(row.week)
        elif row.session is not None:
            self.host.look_at(row.session)
        elif row.exercise is not None:
            self.host.open_trend(row.exercise)
        elif row.words:
            self.say(row.words)
