"""The ways from the main screen to what lies over it: screens and pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from tui.app.logbook import Logbook
from tui.domain.calculator import Advice
from tui.domain.model.values import Exercise
from tui.domain.review.log_search import session_name
from tui.ui.asking import Asking
from tui.ui.pages import exercise_page, resting_page, why_page
from tui.ui.pane import Host
from tui.ui.screens.summary import Summary
from tui.ui.texts import help_lines
from tui.ui.why import Asked
from tui.ui.widgets.text_page import Page


class Ways(Asking[None]):
    """A screen that opens others over itself, each loaded when it is first asked for; ``host`` is
    the same screen as those know it."""

    host: Host

    def __init__(self, book: Logbook, own_keys: Mapping[str, str]) -> None:
        super().__init__(book, own_keys)
        self.current = "today"

    def uncover(self) -> None:
        """Take away whatever lies over this screen."""
        while self.app.screen is not self:
            self.app.pop_screen()

    def lead(self, name: str) -> None:
        """From whatever lies over the panes to a pane, the season or the review."""
        self.uncover()
        self.host.show()
        screens = {"season": self.action_season, "review": self.action_review}
        screens.get(name, lambda: self.host.action_pane(name))()

    # -- keys ----------------------------------------------------------------------------------

    def action_programmes(self) -> None:
        """All programmes; what was chosen there holds at once."""
        from tui.ui.screens.programmes import Programmes  # Not for every start.

        self.app.push_screen(Programmes(self.book, self.own_keys), lambda _: self.host.show())

    def action_season(self) -> None:
        """The season; what was changed there holds at once."""
        from tui.ui.screens.season import SeasonScreen  # Not for every start.

        self.host.look_again()
        self.app.push_screen(SeasonScreen(self.book, self.own_keys), lambda _: self.host.show())

    def action_review(self) -> None:
        """What came of the last weeks."""
        from tui.ui.screens.review import ReviewScreen  # Not for every start.

        self.host.look_again()
        self.app.push_screen(ReviewScreen(self.book, self.own_keys, self.host))

    def action_help(self) -> None:
        """All keys."""
        here, own = self.current, self.own_keys
        self.app.push_screen(Page("Keys", lambda width: help_lines(here, own, width)))

    def action_metrics(self) -> None:
        """What is measured from time to time."""
        from tui.ui.screens.metrics import MetricsScreen  # Not for every start.

        self.app.push_screen(MetricsScreen(self.book, self.own_keys))

    # -- what panes and screens ask for --------------------------------------------------------

    def choose(
        self, title: str, exercises: Sequence[Exercise], answer: Callable[[Exercise], None]
    ) -> None:
        """Choose one of these."""
        from tui.ui.screens.pick import Pick  # Not for every start.

        pick = Pick(self.book, self.own_keys, title, exercises)
        self.app.push_screen(pick, lambda chosen: answer(chosen) if chosen else None)

    def open_exercise(self, exercise: Exercise) -> None:
        """How to do it."""
        self.app.push_screen(exercise_page(self.book, exercise))

    def open_why(self, asked: Asked) -> None:
        """Where the numbers come from."""
        self.app.push_screen(why_page(self.book, asked))

    def open_resting(self, resting: Sequence[Advice]) -> None:
        """Why nothing is to be done."""
        self.app.push_screen(resting_page(self.book, resting))

    def look_at(self, session_id: str) -> None:
        """A session, as at its end."""
        session = self.book.reader.session(session_id)
        if session is not None:
            name = session_name(self.book.profile.library, session)
            self.show_summary(f"{session.day:%a %d %b %Y}  {name}", Summary(session, [], []))

    def show_summary(self, title: str, found: Summary) -> None:
        """What a session came to."""
        from tui.ui.screens.summary_page import SummaryPage  # Not for every start.

        self.app.push_screen(SummaryPage(self.book, self.own_keys, self.host, title, found))

    def open_trend(self, name: str) -> None:
        """How an exercise goes."""
        from tui.ui.screens.exercise_review import ExerciseScreen  # Not for every start.

        self.host.look_again()
        self.app.push_screen(ExerciseScreen(self.book, self.own_keys, self.host, name))

    def open_week(self, day: date) -> None:
        """The week of a day."""
        from tui.ui.screens.week_review import WeekScreen  # Not for every start.

        self.host.look_again()
        self.app.push_screen(WeekScreen(self.book, self.own_keys, self.host, day))
