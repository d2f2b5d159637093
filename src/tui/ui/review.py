"""The review: how steadily there was training, the year, the weeks, the plan, left and right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import Struct
from textual.app import ComposeResult

from tui.core.reviewing.week import WeekLook
from tui.core.reviewing.weeks import Overview
from tui.logbook import Logbook
from tui.looks import overview_of, week_of
from tui.ui.commands import REVIEW, bindings
from tui.ui.ink import Line, Lines
from tui.ui.lists import List
from tui.ui.pane import Host
from tui.ui.panes.today_lines import unread
from tui.ui.prompt import Prompt
from tui.ui.review_lines import empty_lines, review_rows
from tui.ui.review_table import Row
from tui.ui.sharing import Shared, Sharing
from tui.ui.sheet import Sheet

# The mark of the cursor, and the scrollbar.
EDGES = 2


class Review(Struct, frozen=True, kw_only=True):
    """All there is to draw, on a day, of a log that is known by its list of sessions (``log``)."""

    seen: Overview
    week: WeekLook
    today: date
    log: object


class ReviewScreen(Sharing, Sheet):
    """All of the review as one list. Enter opens the week or the exercise under the cursor."""

    BINDINGS = bindings(REVIEW)
    place = REVIEW
    DEFAULT_CSS = "ReviewScreen Rows { scrollbar-gutter: stable; }"

    def __init__(self, book: Logbook, own_keys: Mapping[str, str], host: Host) -> None:
        super().__init__(book, own_keys)
        self.host = host
        self.review: Review | None = None

    def compose(self) -> ComposeResult:
        """All of it; the line at the bottom."""
        yield List(self._draw, stops=lambda row: row.stops)
        yield Lines(id="hints")
        yield Prompt(self.prompt_left, self.prompt_moved)

    # -- what is shown -------------------------------------------------------------------------

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
        if not (book.known() and (book.complete or book.gaps)):
            return None
        old, log = self.review, book.sessions()
        if old is not None and old.log is log and old.today == today:
            return old
        return Review(seen=overview_of(book), week=week_of(book, today), today=today, log=log)

    def _rows(self, review: Review | None) -> list[Row]:
        if review is None:
            words: Line = [("Review", "loud"), ("   ", ""), (unread(self.book), "dim")]
            return [Row(words)]
        if not review.seen.year.sets:
            return [Row(line) for line in empty_lines(logged=bool(self.book.sessions()))]
        book, width = self.book, max(1, self.size.width - EDGES)
        return review_rows(review.seen, review.week, book.library, book.unit, width)

    def _draw(self, row: Row, width: int) -> Line:
        return row.line

    # -- keys ----------------------------------------------------------------------------------

    def action_open(self) -> None:
        """Open the week or the exercise under the cursor, or say what its numbers are."""
        row: Row = self.rows.value
        if row.week is not None:
            self.host.open_week(row.week)
        elif row.exercise is not None:
            self.host.open_trend(row.exercise)
        elif row.words:
            self.say(row.words)

    def shared(self) -> Shared | None:
        """The review in words; None where there is nothing to tell."""
        from tui.core.reviewing.words import overview_report  # Only where it is shared.

        review = self.review
        if review is None or not review.seen.year.sets:
            return None
        report = overview_report(review.seen, self.book.library, self.book.unit)
        return Shared(stem=f"review-{review.today}", report=report)


def _first_stop(rows: Sequence[Row]) -> int:
    return next((place for place, row in enumerate(rows) if row.stops), 0)
