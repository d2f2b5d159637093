"""The side of a wide terminal: what the row under the cursor is about, and below it the last
sessions and this week."""

from __future__ import annotations

from collections.abc import Sequence

from tui.domain.calculator import Advice
from tui.domain.model.values import Entry, Exercise, Session
from tui.domain.session.live import Item
from tui.present.planned_week import Week
from tui.ui.host import Navigator
from tui.ui.panes.history_lines import row_line, session_lines, session_rows
from tui.ui.widgets.styled_text import Line, Lines, spread

# The last sessions, as many as are shown.
LAST = 5
# What is about the row under the cursor gets at least so many rows.
LEAST_DETAIL = 12


class Side(Lines):
    """The lines at the right of the pane. They change with the cursor and the log, never with the
    clock."""

    def __init__(self, navigator: Navigator) -> None:
        super().__init__(id="side")
        self.book = navigator.book
        self.navigator = navigator
        self._known: tuple[object, ...] = ()
        self._below: list[list[Line]] = []

    def show(self, value: object, *, in_history: bool) -> None:
        """Show what is about the ``value`` under the cursor, and below it what there is room for:
        the last sessions, unless they are ``in_history`` right beside it, and the week."""
        self._look()
        width, height = self.content_size
        below = [[], *self._below[in_history:]]
        while len(below) > 1 and height - sum(map(len, below)) < LEAST_DETAIL:
            below.pop()
        room = height - sum(map(len, below)) - 1
        shown = list(self._detail(value, width))
        if len(shown) > room:
            more = f"{len(shown) - room + 1} more ↓"
            shown = [*shown[: max(0, room - 1)], spread([], [(more, "dim")], width)]
        shown += [[]] * (room - len(shown))
        self.set([[], *shown, *(line for block in below for line in block)])

    def _detail(self, value: object, width: int) -> Sequence[Line]:
        """The card of an exercise, as it stands in the session if it is there; a session."""
        if isinstance(value, Session):
            rows = session_rows(value, width)
            told = [row_line(self.book, row, width) for row in rows]
            return [*session_lines(self.book, value, width), *told]
        exercise, item = value, None
        if isinstance(value, Item | Advice | Entry):
            exercise = self.book.profile.library.exercises.get(value.exercise)
            item = value if isinstance(value, Item) else None
        if not isinstance(exercise, Exercise):
            return []
        from tui.ui.screens.card_lines import card_lines  # Only a wide terminal needs it so soon.

        return card_lines(self.navigator.card(exercise, item), width)

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
        last = last or [[(" No sessions yet.", "dim")]]
        self._below = [[rule, [("History", "loud"), (count, "dim")], [], *last, []]]
        if book.planner.is_fully_loaded:
            from tui.ui.screens.season_lines import day_line  # As above.

            week = Week(
                week=book.planner.ahead(today, 1)[0],
                programme=book.profile.programme,
                diary=book.profile.diary,
                setup=book.profile.setup,
                today=today,
            )
            days = [day_line(week, day, width) for day in week.days]
            self._below.append([rule, [("This week", "loud")], [], *days])
