"""The screen of one week: done against planned, its sessions, the sets of each exercise."""

from __future__ import annotations

from datetime import date, timedelta

from textual.app import ComposeResult

from tui.app.review_queries import MOST_AHEAD, week_of
from tui.domain.model.dates import monday
from tui.domain.model.validation import BadDocument
from tui.domain.review.annotations import week_annotations
from tui.ui.commands import WEEK, bindings
from tui.ui.host import Navigator
from tui.ui.screens.list_screen import ListScreen
from tui.ui.screens.review_list import ReviewList, open_row, room, unread_row
from tui.ui.screens.review_table import Row
from tui.ui.screens.week_lines import OneWeek, week_rows
from tui.ui.sharing import Shared, Sharing, SharingKeys


class WeekScreen(SharingKeys, ListScreen):
    """The week that ``day`` is in. Enter opens what is under the cursor, or says why it is
    there."""

    BINDINGS = bindings(WEEK)
    place = WEEK

    def __init__(self, navigator: Navigator, day: date) -> None:
        super().__init__(navigator)
        self.sharing = Sharing(self)
        self.monday = monday(day)
        self.week: OneWeek | None = None
        self._log: object = None

    def compose(self) -> ComposeResult:
        """The list, and the bottom line."""
        yield from self.top()
        yield ReviewList()
        yield from self.bottom()

    def show(self) -> None:
        """Redraw from the current log and plan, at the current width."""
        before = self.week
        try:
            self.week = week = self._read()
        except BadDocument as bad:
            self.week = None
            self.rows.show([Row([(f"Week of {bad}", "")])])
            return
        if week is None:
            self.rows.show([unread_row(self.book, "Week")])
            return
        same = before is not None and before.look.monday == self.monday
        self.rows.show(week_rows(week, room(self.size.width)), None if same else 0)

    def _read(self) -> OneWeek | None:
        """The data to draw, put together once per log; None until the whole log is read."""
        book, today = self.book, self.book.now().date()
        if not book.planner.is_fully_loaded:
            return None
        log, old = book.reader.sessions(), self.week
        if old and (old.look.monday, old.today) == (self.monday, today) and self._log is log:
            return old
        look = week_of(book, self.monday)
        self._log = log
        return OneWeek(
            look=look,
            marks=week_annotations(book.profile.setup, book.planner.state(today), [self.monday])[
                self.monday
            ],
            library=book.profile.library,
            unit=book.profile.unit,
            today=today,
            hours=book.profile.hours,
        )

    def action_week(self, by: int) -> None:
        """Go a week on (1) or back (-1), between the first of the log and the last that can be
        planned."""
        wanted, today = self.monday + timedelta(weeks=by), self.book.now().date()
        first = monday(min((one.day for one in self.book.reader.sessions()), default=today))
        last = monday(today) + timedelta(weeks=MOST_AHEAD)
        if by < 0 and wanted < first:
            self.say("Your log begins with this week.")
        elif by > 0 and wanted > last:
            self.say("Weeks are planned for a year ahead at most.")
        else:
            self.monday = wanted
            self.show()

    def open_row(self) -> None:
        """Open what is under the cursor."""
        self.action_open()

    def action_open(self) -> None:
        """Open what is under the cursor, or explain the row."""
        open_row(self.rows.value, self.navigator, self.say)

    # -- sharing -------------------------------------------------------------------------------

    def shared(self) -> Shared | None:
        """The week in words; None if there is nothing in it."""
        from tui.present.week import week_report  # Only needed for sharing.

        week = self.week
        if week is None or not (week.look.done or week.look.planned):
            return None
        report = week_report(week.look, week.library, week.unit, week.hours)
        return Shared(stem=f"week-{self.monday}", report=report)
