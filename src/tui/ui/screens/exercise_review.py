"""How one exercise goes: what comes next and why, a chart of each measure, sessions and bests."""

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
from tui.ui.sharing import Shared, Sharing
from tui.ui.why import Asked
from tui.ui.widgets.plot import plot
from tui.ui.widgets.styled_text import Line, Lines
from tui.ui.widgets.virtual_list import VirtualList

PERIODS = tuple(Period)
LARGE = 30
LEAST_WIDTH = 20
# Of the rows that chart and list share, the chart has three in five.
LOWEST, HIGHEST = 4, 18
SAID = 2


class ExerciseScreen(ListScreen):
    """One exercise by its id ``name``; which chart is shown, and of what time, is the screen's
    own."""

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
        # What was chosen, even where the time that is shown has nothing of it.
        self.wanted = ""
        self._charts: dict[Period, list[Chart]] = {}
        self._listed: list[object] = []
        self._of: tuple[object, ...] = ()

    def compose(self) -> ComposeResult:
        """What comes next, the chart and its words, sessions and bests; the line at the bottom."""
        yield Lines(id="trend-top")
        yield Lines(id="trend-chart")
        yield VirtualList(self._draw, stops=lambda value: isinstance(value, Trained | Held))
        yield Lines(id="hints")
        yield self.prompt

    # -- what is shown -------------------------------------------------------------------------

    def show(self) -> None:
        """Show the log as it stands; at another size only draw it anew."""
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
        """All but the list: what a key that looks elsewhere changes."""
        width, height = max(LEAST_WIDTH, self.size.width), self.size.height
        roomy = height >= ROOMY
        trouble = unread(self.book) if self.book.reader.gaps else ""
        gap: list[Line] = [[]] if height >= LARGE else []
        top = [title_line(seen, trouble, width), *gap, *next_lines(seen, width, 1 + roomy), *gap]
        chart, every = self.chart, self.charts
        below = said_lines(seen, chart, self.period, width, SAID)
        if seen.found:
            top.append(tabs_line(every, chart, self.period, width))
            room = height - len(top) - len(below) - 1
            rows = max(LOWEST, min(HIGHEST, room * 3 // 5))
            # A time that has nothing takes as much room: the list stays where it is.
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
        """The charts of the time that is shown."""
        return self._within(self.period)

    def _within(self, period: Period) -> list[Chart]:
        if self.seen is None:
            return []
        if period not in self._charts:
            self._charts[period] = charts(self.seen, period)
        return self._charts[period]

    @property
    def chart(self) -> Chart | None:
        """The chart that is shown: the one chosen last, else the first; None where there is
        none."""
        every = self.charts
        chosen = (chart for chart in every if chart.measure == self.wanted)
        return next(chosen, every[0] if every else None)

    # -- looking -------------------------------------------------------------------------------

    def action_measure(self, by: int) -> None:
        """The next chart (1) or the one before (-1), going round."""
        if self.seen is not None and self.chart is not None:
            every = self.charts
            self.wanted = every[(every.index(self.chart) + by) % len(every)].measure
            self._show_lines(self.seen)

    def action_period(self, by: int) -> None:
        """A longer time (1) or a shorter one (-1)."""
        if self.seen is None or not self.seen.found:
            return
        place = PERIODS.index(self.period) + by
        if not 0 <= place < len(PERIODS):
            self.say(
                "that is the whole log" if by > 0 else f"no time is shorter than {self.period}"
            )
            return
        self.period = PERIODS[place]
        self._show_lines(self.seen)
        self.say(self.period.value)

    def action_sides(self) -> None:
        """Left against right; where that takes a longer time, of that."""
        if self.seen is None:
            return
        exercise = self.seen.exercise
        if exercise is None:
            self.say(GONE)
            return
        if exercise.sides is Sides.BOTH:
            self.say("it is done with both sides at once: there is no left and right")
            return
        for period in PERIODS[PERIODS.index(self.period) :]:
            if any(chart.measure == SIDES for chart in self._within(period)):
                self.period, self.wanted = period, SIDES
                self._show_lines(self.seen)
                return
        self.say("left against right takes two sessions in which both did the same work")

    # -- going ---------------------------------------------------------------------------------

    def action_open(self) -> None:
        """The session under the cursor, or the one of the best there."""
        session_id = None if self.seen is None else session_of(self.seen, self.rows.value)
        if session_id is not None:
            self.navigator.open_session(session_id)

    def action_why(self) -> None:
        """Why that comes next, in full."""
        seen = self.seen
        if seen is None:
            return
        if seen.exercise is None:
            self.say(GONE)
        else:
            self.navigator.open_why(Asked(exercise=seen.exercise, said=seen.advice))

    def action_how(self) -> None:
        """How to do it."""
        exercise = self.book.profile.library.exercises.get(self.exercise)
        if exercise is None:
            self.say(GONE)
        else:
            self.navigator.open_exercise(exercise)

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
        """The review in words, and the chart that is shown."""
        if self.seen is None or not self.seen.found:
            return None
        stem = f"{self.exercise}-{self.seen.today}"
        return Shared(stem=stem, report=exercise_report(self.seen), chart=self.chart)
