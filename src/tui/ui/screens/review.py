"""The review screen: consistency, the year, the weeks, done against plan, left against right."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct
from textual.app import ComposeResult

from tui.app.review_queries import overview_of, week_of
from tui.app.weekly_tip import put_away, tip_of
from tui.domain.review.week import WeekReview
from tui.domain.review.weeks import Overview
from tui.ui.commands import REVIEW, at, bindings
from tui.ui.host import Navigator
from tui.ui.screens.base_screen import ROOMY, hint_line
from tui.ui.screens.list_screen import ListScreen
from tui.ui.screens.review_lines import empty_lines, review_rows
from tui.ui.screens.review_list import ReviewList, open_row, room, unread_row
from tui.ui.screens.review_table import Row
from tui.ui.sharing import Shared, Sharing, SharingKeys
from tui.ui.widgets.styled_text import Line


class Review(Struct, frozen=True, kw_only=True):
    """The data of the review on the day ``today``. ``log`` is the list of sessions it was made
    from, by which it is known to be current."""

    seen: Overview
    week: WeekReview
    today: date
    log: object


class ReviewScreen(SharingKeys, ListScreen):
    """The review as one list. Enter opens the week or the exercise under the cursor."""

    BINDINGS = bindings(REVIEW)
    place = tab = REVIEW

    def __init__(self, navigator: Navigator) -> None:
        super().__init__(navigator)
        self.sharing = Sharing(self)
        self.review: Review | None = None

    def compose(self) -> ComposeResult:
        """The list, and the bottom line."""
        yield from self.top()
        yield ReviewList()
        yield from self.bottom()

    def show(self) -> None:
        """Redraw from the log at the current width; at first the cursor is on this week."""
        known = self.review is not None
        self.review = review = self._read()
        rows = self._rows(review)
        # Keep the cursor's distance from this week: the part above may grow or shrink by a line.
        down = self.rows.cursor - _first_stop(self.rows.values) if known else 0
        self.rows.show(rows, _first_stop(rows) + down)

    def _read(self) -> Review | None:
        """The data to draw, summed up once per log; None until the whole log is read."""
        book, today = self.book, self.book.now().date()
        if not book.planner.is_fully_loaded:
            return None
        old, log = self.review, book.reader.sessions()
        if old is not None and old.log is log and old.today == today:
            return old
        return Review(seen=overview_of(book), week=week_of(book, today), today=today, log=log)

    def _rows(self, review: Review | None) -> list[Row]:
        if review is None:
            return [unread_row(self.book, "Review")]
        if not review.seen.year.sets:
            return [Row(line) for line in empty_lines(logged=bool(self.book.reader.sessions()))]
        book = self.book
        return review_rows(
            review.seen,
            review.week,
            book.profile.library,
            book.profile.unit,
            room(self.size.width),
            tip_of(book),
            low=self.size.height < ROOMY,
        )

    def open_row(self) -> None:
        """Open what is under the cursor."""
        self.action_open()

    def hints(self, width: int) -> Line:
        """The screen's keys that have a hint; that for the tip only while there is one."""
        none = self.review is None or tip_of(self.book) is None
        every = [c for c in at(self.place, own=self.own_keys) if c.hint]
        return hint_line([c for c in every if not (none and c.id == "tip-away")], width)

    def action_open(self) -> None:
        """Open what is under the cursor, or explain the row."""
        open_row(self.rows.value, self.navigator, self.say)

    def action_tip_away(self) -> None:
        """Put the tip of the week away; the next one comes with the next week."""
        if self.review is None or not self.review.seen.year.sets or tip_of(self.book) is None:
            self.say("There is no tip to put away.")
            return
        with self.guarded():
            put_away(self.book)
            self.show()
            self.show_hints()
            self.say("Away until next week. No tips at all? 0, Tip of the week.", "good")

    # -- sharing -------------------------------------------------------------------------------

    def shared(self) -> Shared | None:
        """The review in words; None if there is nothing in it."""
        from tui.present.overview import overview_report  # Only needed for sharing.

        review = self.review
        if review is None or not review.seen.year.sets:
            return None
        report = overview_report(review.seen, self.book.profile.library, self.book.profile.unit)
        return Shared(stem=f"review-{review.today}", report=report)


def _first_stop(rows: Sequence[Row]) -> int:
    return next((place for place, row in enumerate(rows) if row.stops), 0)
