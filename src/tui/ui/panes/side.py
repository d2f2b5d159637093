"""The side of a wide terminal: what the row under the cursor is about, and below it the last
sessions and this week."""

from __future__ import annotations

from collections.abc import Sequence

from tui.app.logbook import Logbook
from tui.present.planned_week import Week
from tui.ui.panes.history_lines import row_line
from tui.ui.widgets.styled_text import Line, Lines, spread

# The last sessions, as many as are shown.
LAST = 5
# What is about the row under the cursor gets at least so many rows.
LEAST_DETAIL = 12


class Side(Lines):
    """The lines at the right of the pane. They change with the cursor and the log, never with the
    clock."""

    def __init__(self, book: Logbook) -> None:
        super().__init__(id="side")
        self.book = book
        self._known: tuple[object, ...] = ()
        self._below: list[list[Line]] = []

    def show(self, detail: Sequence[Line], *, in_history: bool) -> None:
        """Show ``detail``, and below it what there is room for: the last sessions, unless they are
        ``in_history`` right beside it, and the week."""
        self._look()
        width, height = self.content_size
        below = [[], *self._below[in_history:]]
        while len(below) > 1 and height - sum(map(len, below)) < LEAST_DETAIL:
            below.pop()
        room = height - sum(map(len, below)) - 1
        shown = list(detail)
        if len(shown) > room:
            more = f"{len(shown) - room + 1} more ↓"
            shown = [*shown[: max(0, room - 1)], spread([], [(more, "dim")], width)]
        shown += [[]] * (room - len(shown))
        self.set([[], *shown, *(line for block in below for line in block)])

    def _look(self) -> None:
        """Read the last sessions and the week again if they, or the width, have changed."""
        book, width = self.book, self.content_size.width
        sessions, today = book.reader.sessions(), book.now().date()
        known = (sessions, book.profile.setup, book.profile.diary, today, width)
        if self._known == known and book.planner.is_fully_loaded:
            return
        self._known = known
        rule: Line = [("─" * width, "dim")]
        count = f"  {len(sessions)} session{'' if len(sessions) == 1 else 's'}"
        last = [row_line(book, session, width) for session in reversed(sessions[-LAST:])]
        self._below = [[rule, [("History", "loud"), (count, "dim")], [], *last, []]]
        if book.planner.is_fully_loaded:
            from tui.ui.screens.season_lines import day_line  # Only a wide terminal needs it.

            week = Week(
                week=book.planner.ahead(today, 1)[0],
                programme=book.profile.programme,
                diary=book.profile.diary,
                setup=book.profile.setup,
                today=today,
            )
            days = [day_line(week, day, width) for day in week.days]
            self._below.append([rule, [("This week", "loud")], [], *days])
