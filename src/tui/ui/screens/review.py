"""The review: how steadily there was training, the year, the weeks, the plan, left and right."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct
from textual.app import ComposeResult

from tui.app.review_queries import overview_of, week_of
from tui.domain.review.week import WeekReview
from tui.domain.review.weeks import Overview
from tui.ui.commands import REVIEW, bindings
from tui.ui.host import Navigator
from tui.ui.screens.list_screen import ListScreen
from tui.ui.screens.review_lines import empty_lines, review_rows
from tui.ui.screens.review_list import ReviewList, open_row, room, unread_row
from tui.ui.screens.review_table import Row
from tui.ui.sharing import Shared, Sharing
from tui.ui.widgets.styled_text import Lines


class Review(Struct, frozen=True, kw_only=True):
    """All there is to draw, on a day, of a log that is known by its list of sessions (``log``)."""

    seen: Overview
    week: WeekReview
    today: date
    log: object


class ReviewScreen(ListScreen):
    """All of the review as one list. Enter opens the week or the exercise under the cursor."""

    BINDINGS = bindings(REVIEW)
    place = REVIEW

    def __init__(self, navigator: Navigator) -> None:
        super().__init__(navigator)
        self.sharing = Sharing(self)
        self.review: Review | None = None

    def compose(self) -> ComposeResult:
        """All of it; the line at the bottom."""
        yield ReviewList()
        yield Lines(id="hints")
        yield self.prompt

    def show(self) -> None:
        """Show the log as it stands now, in the width there is; the cursor begins on this week."""
        known = self.review is not None
        self.review = review = self._read()
        rows = self._rows(review)
        # By how far it is from this week: what stands above that may take a line more or less.
        down = self.rows.cursor - _first_stop(self.rows.values) if known else 0
        self.rows.show(rows, _first_stop(rows) + down)

    def _read(self) -> Review | None:
        """What there is to draw, summed up once for a log; None while it is not all read."""
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
            review.seen, review.week, book.profile.library, book.profile.unit, room(self.size.width)
        )

    def action_open(self) -> None:
        """Open what is under the cursor, or say what it rests on."""
        open_row(self.rows.value, self.navigator, self.say)

    # -- sharing -------------------------------------------------------------------------------

    def on_key(self) -> None:
        """Only the very next key can be the copy key again."""
        self.sharing.key_pressed()

    def action_copy(self) -> None:
        """Copy it to the terminal's clipboard."""
        self.sharing.copy()

    def action_save(self) -> None:
        """Save it as a file."""
        self.sharing.save()

    def shared(self) -> Shared | None:
        """The review in words; None where there is nothing to tell."""
        from tui.present.overview import overview_report  # Only where it is shared.

        review = self.review
        if review is None or not review.seen.year.sets:
            return None
        report = overview_report(review.seen, self.book.profile.library, self.book.profile.unit)
        return Shared(stem=f"review-{review.today}", report=report)


def _first_stop(rows: Sequence[Row]) -> int:
    return next((place for place, row in enumerate(rows) if row.stops), 0)
