"""The screen of one exercise: what comes next and why, charts, past sessions, bests."""

from __future__ import annotations

from textual.app import ComposeResult

from tui.app.review_queries import exercise_of
from tui.domain.model.library.catalog import exercise_name
from tui.domain.model.values import Sides
from tui.domain.review.exercise_history import Trained
from tui.domain.review.exercise_review import ExerciseReview
from tui.present.chart.values import Chart
from tui.present.exercise import exercise_report
from tui.present.exercise_charts import Period, charts, first_period
from tui.ui.commands import TREND, bindings
from tui.ui.host import Navigator
from tui.ui.panes.today_lines import unread
from tui.ui.screens.base_screen import ROOMY
from tui.ui.screens.exercise_review_lines import (
    GONE,
    SIDES,
    Held,
    apart,
    next_lines,
    row_line,
    rows_of,
    said_lines,
    session_of,
    tabs_line,
    title_line,
)
from tui.ui.screens.list_screen import ListScreen
from tui.ui.sharing import Shared, Sharing, SharingKeys
from tui.ui.widgets.plot import plot
from tui.ui.widgets.styled_text import Line, Lines
from tui.ui.widgets.virtual_list import VirtualList

PERIODS = tuple(Period)
LARGE = 30
LEAST_WIDTH = 20
# The fewest and most rows of the chart; it gets three fifths of what it shares with the list.
LOWEST, HIGHEST = 4, 18
SAID = 2


class ExerciseScreen(SharingKeys, ListScreen):
    """The exercise with the id ``name``; the screen remembers which chart is shown and for what
    period."""

    BINDINGS = bindings(TREND)
    place = TREND
    DEFAULT_CSS = """
    ExerciseScreen #trend-top, ExerciseScreen #trend-chart { height: auto; }
    ExerciseScreen VirtualList { height: 1fr; }
    """

    def __init__(self, navigator: Navigator, name: str) -> None:
        super().__init__(navigator)
        self.sharing = Sharing(self)
        self.exercise = name
        self.seen: ExerciseReview | None = None
        self.period = Period.QUARTER
        # The measure chosen last, kept even if the period shown has no chart of it.
        self.wanted = ""
        self._charts: dict[Period, list[Chart]] = {}
        self._listed: list[object] = []
        self._of: tuple[object, ...] = ()

    def compose(self) -> ComposeResult:
        """What comes next, the chart and its summary, sessions and bests, the bottom line."""
        yield from self.top()
        yield Lines(id="trend-top")
        yield Lines(id="trend-chart")
        yield VirtualList(self._draw, stops=lambda value: isinstance(value, Trained | Held))
        yield from self.bottom()

    # -- what is shown -------------------------------------------------------------------------

    def show(self) -> None:
        """Redraw from the log; the review is recomputed only if the log has changed."""
        book = self.book
        if not book.planner.is_fully_loaded:
            name = exercise_name(book.profile.library, self.exercise)
            self.query_one("#trend-top", Lines).set(
                [[(" ", ""), (name, "loud")], [], [(" ", ""), (unread(book), "dim")]]
            )
            return
        state = (book.reader.sessions(), book.profile.library, book.now().date())
        if self.seen is None or self._of != state:
            first = self.seen is None
            self.seen, self._of = exercise_of(book, self.exercise), state
            self._charts.clear()
            self._listed = rows_of(self.seen)
            self.period = first_period(self.seen) if first else self.period
        self.rows.show(apart(self._listed) if self.size.height >= LARGE else self._listed)
        self._show_lines(self.seen)

    def _show_lines(self, seen: ExerciseReview) -> None:
        """Draw everything but the list: the part that changes with chart and period."""
        width, height = max(LEAST_WIDTH, self.size.width), self.size.height
        roomy = height >= ROOMY
        trouble = unread(self.book) if self.book.reader.gaps else ""
        gap: list[Line] = [[]] if height >= LARGE else []
        top = [title_line(seen, trouble, width), *gap, *next_lines(seen, width, 1 + roomy), *gap]
        chart, every = self.chart, self.charts
        below = said_lines(seen, chart, self.period, width, SAID)
        if seen.found:
            top.append(tabs_line(every, chart, self.period, width))
            room = self.body_rows - len(top) - len(below)
            # Where both do not fit, the list tells more than the chart.
            rows = 0 if room < 2 * LOWEST else max(LOWEST, min(HIGHEST, room // 2))
            # A period with nothing to draw takes as much room, so that the list does not jump.
            below = [*(plot(chart, width, rows) if chart is not None else [[]] * rows), *below]
        else:
            top.append([])
        self.query_one("#trend-top", Lines).set(top)
        self.query_one("#trend-chart", Lines).set(below)

    def _draw(self, value: object, width: int) -> Line:
        assert self.seen is not None
        return row_line(self.seen, value, width)

    @property
    def charts(self) -> list[Chart]:
        """The charts of the period shown."""
        return self._within(self.period)

    def _within(self, period: Period) -> list[Chart]:
        if self.seen is None:
            return []
        if period not in self._charts:
            self._charts[period] = charts(self.seen, period)
        return self._charts[period]

    @property
    def chart(self) -> Chart | None:
        """The chart shown: of the measure chosen last, else the first, or None."""
        every = self.charts
        chosen = (chart for chart in every if chart.measure == self.wanted)
        return next(chosen, every[0] if every else None)

    # -- looking -------------------------------------------------------------------------------

    def action_measure(self, by: int) -> None:
        """Show the next chart (1) or the one before (-1), going round."""
        if self.seen is not None and self.chart is not None:
            every = self.charts
            self.wanted = every[(every.index(self.chart) + by) % len(every)].measure
            self._show_lines(self.seen)

    def action_period(self, by: int) -> None:
        """Show a longer period (1) or a shorter one (-1)."""
        if self.seen is None or not self.seen.found:
            return
        place = PERIODS.index(self.period) + by
        if not 0 <= place < len(PERIODS):
            self.say(
                "That is the whole log." if by > 0 else f"No time is shorter than {self.period}."
            )
            return
        self.period = PERIODS[place]
        self._show_lines(self.seen)
        self.say(self.period.value)

    def action_sides(self) -> None:
        """Show left against right, over a longer period if this one has no comparison."""
        if self.seen is None:
            return
        exercise = self.seen.exercise
        if exercise is None:
            self.say(GONE)
            return
        if exercise.sides is Sides.BOTH:
            self.say("Both sides work at once here: there is no left and right.")
            return
        for period in PERIODS[PERIODS.index(self.period) :]:
            if any(chart.measure == SIDES for chart in self._within(period)):
                self.period, self.wanted = period, SIDES
                self._show_lines(self.seen)
                return
        self.say("Left against right takes two sessions in which both did the same work.")

    # -- going ---------------------------------------------------------------------------------

    def open_row(self) -> None:
        """Open what is under the cursor."""
        self.action_open()

    def action_open(self) -> None:
        """Open the session under the cursor, or the one in which that best was set."""
        session_id = None if self.seen is None else session_of(self.seen, self.rows.value)
        if session_id is not None:
            self.navigator.open_session(session_id)

    def action_how(self) -> None:
        """Show its card: how to do it, what comes next, and why."""
        exercise = self.book.profile.library.exercises.get(self.exercise)
        if exercise is None:
            self.say(GONE)
        else:
            self.navigator.open_card(exercise)

    # -- sharing -------------------------------------------------------------------------------

    def shared(self) -> Shared | None:
        """The review in words and the chart shown; None if the exercise was never done."""
        if self.seen is None or not self.seen.found:
            return None
        stem = f"{self.exercise}-{self.seen.today}"
        return Shared(stem=stem, report=exercise_report(self.seen), chart=self.chart)
