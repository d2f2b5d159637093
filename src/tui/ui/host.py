"""What panes and screens may ask of each other. They know these protocols, never one another."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Protocol

from tui.app.logbook import Logbook
from tui.app.session_summary import Summary
from tui.domain.calculator import Advice
from tui.domain.model.values import Exercise
from tui.ui.bells import Bells
from tui.ui.undo import UndoStep
from tui.ui.why import Asked
from tui.ui.widgets.prompt import Prompt


class Navigator(Protocol):
    """Opens screens over the panes, and leads from them back to a pane. What it opens is on top
    when the call returns, so that the next key meets it. Screens are made with it: they show its
    ``book``, under the runner's ``own_keys`` (by the id of a command)."""

    book: Logbook
    own_keys: Mapping[str, str]

    def open(self, name: str) -> None:
        """Open the season, the review, the programmes or the metrics by name."""

    def go(self, name: str) -> None:
        """From whatever lies over the panes to a pane, the season or the review."""

    def open_help(self, place: str) -> None:
        """Show all keys, those of ``place`` first."""

    def open_exercise(self, exercise: Exercise, *, advised: bool = True) -> None:
        """Show how to do it; where it is ``advised`` also what is next of it."""

    def open_why(self, asked: Asked) -> None:
        """Show where its numbers come from."""

    def open_resting(self, resting: Sequence[Advice]) -> None:
        """Show why nothing is to be done."""

    def open_trend(self, exercise_id: str) -> None:
        """Show how an exercise goes."""

    def open_week(self, day: date) -> None:
        """Show the week of a day, done and planned."""

    def open_session(self, session_id: str) -> None:
        """Show a session over where one is."""

    def open_summary(self, title: str, summary: Summary) -> None:
        """Show what a session came to."""

    def open_in_history(self, session_id: str) -> None:
        """To a session in History, from wherever one is."""

    def open_editor(
        self, programme_id: str, done: list[UndoStep], closed: Callable[[], None]
    ) -> None:
        """Edit a programme of the runner's own; each change goes on ``done``."""

    def choose(
        self,
        title: str,
        exercises: Sequence[Exercise],
        answer: Callable[[Exercise], None],
        *,
        finding: bool = False,
    ) -> None:
        """Choose one of these; ``answer`` gets it, unless none is taken. With ``finding`` one
        begins to type at once."""


class Host(Protocol):
    """What a pane may ask of the screen it stands on."""

    bells: Bells
    prompt: Prompt
    navigator: Navigator

    def say(self, words: str, role: str = "") -> None:
        """One line at the bottom until the next key."""

    def ask(
        self,
        label: str,
        value: str,
        answer: Callable[[str], None],
        typed: Callable[[str], None] | None = None,
        *,
        empty: Callable[[], None] | None = None,
        keys: str = "",
    ) -> None:
        """Ask for one line, as a Question has it."""

    def choose_exercise(self) -> None:
        """Find an exercise for today in the library."""

    def add_exercise(self, exercise: Exercise) -> None:
        """Put an exercise into today's session."""

    def finish(self, reason: str) -> None:
        """End the session."""

    def read_log(self) -> None:
        """Read what is not read of the log, and show it."""

    def action_pane(self, name: str) -> None:
        """Give a pane the keys."""
