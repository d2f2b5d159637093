"""One week: what was done beside what is planned, its sessions, the sets of each exercise."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from textual.app import ComposeResult

from tui.core.checked import BadDocument
from tui.core.review import monday
from tui.core.reviewing.marks import marks
from tui.logbook import Logbook
from tui.looks import MOST_AHEAD, week_of
from tui.ui.commands import WEEK, bindings
from tui.ui.ink import Line, Lines
from tui.ui.lists import List
from tui.ui.pane import Host
from tui.ui.panes.today_lines import unread
from tui.ui.prompt import Prompt
from tui.ui.review import EDGES
from tui.ui.review_table import Row
from tui.ui.sharing import Shared, Sharing
from tui.ui.sheet import Sheet
from tui.ui.week_lines import OneWeek, week_rows


class WeekScreen(Sharing, Sheet):
    """The week of a day. Enter opens what is under the cursor, or says why it is there."""

    BINDINGS = bindings(WEEK)
    place = WEEK
    DEFAULT_CSS = "WeekScreen Rows { scrollbar-gutter: stable; }"

    def __init__(self, book: Logbook, own_keys: Mapping[str, str], host: Host, day: date) -> None:
        super().__init__(book, own_keys)
        self.host = host
        self.monday = monday(day)
        self.week: OneWeek | None = None
        self._log: object = None

    def compose(self) -> ComposeResult:
        """All of it; the line at the bottom."""
        yield List(self._draw, stops=lambda row: row.stops)
        yield Lines(id="hints")
        yield Prompt(self.prompt_left, self.prompt_moved)

    # -- what is shown -------------------------------------------------------------------------

    def show(self) -> None:
        """Show the week as log and plan stand now, in the width there is."""
        before = self.week
        try:
            self.week = week = self._read()
        except BadDocument as bad:
            self.week = None
            self.rows.show([Row([(f"Week of {bad}", "")])])
            return
        if week is None:
            words: Line = [("Week", "loud"), ("   ", ""), (unread(self.book), "dim")]
            self.rows.show([Row(words)])
            return
        same = before is not None and before.look.monday == self.monday
        rows = week_rows(week, max(1, self.size.width - EDGES))
        self.rows.show(rows, None if same else 0)

    def _read(self) -> OneWeek | None:
        """What there is to draw, put together once; None while the log is not all read."""
        book, today = self.book, self.book.now().date()
        if not (book.known() and (book.complete or book.gaps)):
            return None
        log, old = book.sessions(), self.week
        if old and (old.look.monday, old.today) == (self.monday, today) and self._log is log:
            return old
        look = week_of(book, self.monday)
        self._log = log
        return OneWeek(
            look=look,
            marks=tuple(marks(book.setup, self.monday)),
            library=book.library,
            unit=book.unit,
            today=today,
        )

    def _draw(self, row: Row, width: int) -> Line:
        return row.line

    # -- keys ----------------------------------------------------------------------------------

    def action_open(self) -> None:
        """Open the session in History or the exercise, or say why a session is planned there."""
        row: Row = self.rows.value
        if row.session is not None:
            self.host.open_session(row.session)
        elif row.exercise is not None:
            self.host.open_trend(row.exercise)
        elif row.words:
            self.say(row.words)

    def action_week(self, by: int) -> None:
        """A week on or back, from the first of the log to the last that can be planned."""
        wanted, today = self.monday + timedelta(weeks=by), self.book.now().date()
        first = monday(min((one.day for one in self.book.sessions()), default=today))
        last = monday(today) + timedelta(weeks=MOST_AHEAD)
        if by < 0 and wanted < first:
            self.say("your log begins here; there is no week before it")
        elif by > 0 and wanted > last:
            self.say("weeks are planned for a year ahead at most")
        else:
            self.monday = wanted
            self.show()

    def shared(self) -> Shared | None:
        """The week in words; None where there is nothing to tell."""
        from tui.core.reviewing.week_text import week_report  # Only where it is shared.

        week = self.week
        if week is None or not (week.look.done or week.look.planned):
            return None
        report = week_report(week.look, week.library, week.unit)
        return Shared(stem=f"week-{self.monday}", report=report)
