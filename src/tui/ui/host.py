"""Protocols by which panes and screens call each other without importing each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Protocol

from tui.app.first_setup import SetUp
from tui.app.logbook import Logbook
from tui.app.session_summary import Summary
from tui.domain.calculator import Advice
from tui.domain.model.values import Exercise, Prescription
from tui.domain.planning.today import Plan
from tui.domain.session.live import Item
from tui.present.setting_rows import Row
from tui.ui.bells import Bells
from tui.ui.cues import Cues
from tui.ui.undo import UndoStep
from tui.ui.widgets.prompt import Prompt

if TYPE_CHECKING:
    from tui.app.exercise_card import Card
    from tui.domain.planning.own_exercises import Draft


class Navigator(Protocol):
    """Opens screens over the panes and returns from them to a pane. A screen it opens is on top
    when the call returns, so the next key goes to it. Every screen is given a navigator: it shows
    the navigator's ``book``, with the runner's ``own_keys`` (by command id). ``folder`` is the one
    that a file was last imported from, as it was typed, with its slash."""

    book: Logbook
    own_keys: Mapping[str, str]
    folder: str

    def open(self, name: str) -> None:
        """Open a screen by name: season, review, settings, programmes, routines, metrics or
        import."""

    def open_setting(self, row: Row) -> None:
        """Open the settings on a row."""

    def end_setup(self, made: SetUp | None, words: str, role: str) -> None:
        """Close the first setup, and say ``words`` on Today, where u takes it back."""

    def keep_setup(self) -> None:
        """A session is under way: u is about that from now on."""

    def take_back_setup(self) -> bool:
        """Take the first setup back, if it was the last thing done; whether it was."""

    def take_up_settings(self) -> None:
        """Go on with settings that were changed: what sounds, and what the panes show."""

    def try_cue(self, name: str) -> str:
        """Give a cue of the clock once, as it will be; the result is why that cannot be, empty if
        it was."""

    def read_log(self) -> None:
        """Read the log anew, and show it."""

    def sync_now(self) -> None:
        """Sync with the other machines in the background, and say how it went."""

    def take_over(self) -> None:
        """Log from this window: the one that does looks from then on."""

    def looking(self) -> str:
        """Why nothing can be written here, and which key changes that."""

    def go(self, name: str) -> None:
        """Close what lies over the panes and go to a pane, the season or the review, by name."""

    def open_help(self, place: str) -> None:
        """Show all keys, those of ``place`` first."""

    def open_notices(self) -> None:
        """Show everything there is to know about the files, in full."""

    def card(self, exercise: Exercise, item: Item | None = None) -> Card:
        """What the card of an exercise shows."""

    def open_card(self, exercise: Exercise, item: Item | None = None) -> None:
        """Show the card of an exercise, as it stands in ``item`` of today's session, if there."""

    def coming(self, exercise: Exercise) -> tuple[str, Prescription] | None:
        """The sets of an exercise that come next, behind the id of what is done for it; None until
        that is known."""

    def open_find(self, word: str = "", *, adding: bool = False) -> None:
        """Find an exercise, to open its card or, when ``adding``, to add it to today's session."""

    def open_form(
        self, draft: Draft | None = None, kept: Callable[[Exercise, UndoStep], None] | None = None
    ) -> None:
        """Ask for an exercise of the runner's own, beginning from ``draft``; ``kept`` gets it with
        the step that undoes it. Without it its card is opened."""

    def open_resting(self, resting: Sequence[Advice]) -> None:
        """Show why today is a rest day."""

    def open_trend(self, exercise_id: str) -> None:
        """Show the trend of an exercise."""

    def open_week(self, day: date) -> None:
        """Show the week that ``day`` is in, done and planned."""

    def open_session(self, session_id: str) -> None:
        """Show a session's summary on top of the current screen."""

    def open_summary(self, title: str, summary: Summary) -> None:
        """Show the summary of a session."""

    def open_in_history(self, session_id: str) -> None:
        """Go to a session in History, from any screen."""

    def open_editor(
        self, programme_id: str, done: list[UndoStep], closed: Callable[[], None]
    ) -> None:
        """Edit one of the runner's own programmes; each change is appended to ``done``."""

    def begin(self, plan: Plan) -> None:
        """Begin a session and go to it. Raises ReadOnly or StoreError."""

    def add(self, exercise: Exercise) -> None:
        """Add an exercise to today's session, and go to it."""

    def insert(self, items: tuple[Item, ...], *, before: bool) -> None:
        """Add exercises before or after those of today's session, and go to it."""

    def choose(
        self,
        title: str,
        exercises: Sequence[Exercise],
        answer: Callable[[Exercise], None],
        *,
        finding: bool = False,
    ) -> None:
        """Choose one of these exercises; ``answer`` gets it, and is not called if none is taken.
        With ``finding`` the search prompt is open from the start."""


class Host(Protocol):
    """What a pane may ask of the screen it stands on."""

    bells: Bells
    cues: Cues
    prompt: Prompt
    navigator: Navigator

    def show_strips(self) -> None:
        """Draw the strips in sight as things are now."""

    def hush(self) -> None:
        """Take back what was said."""

    def say(self, words: str, role: str = "") -> None:
        """Show a line at the bottom until the next key."""

    @property
    def key_time(self) -> float:
        """The time of the last key, in seconds of a clock that never goes back."""

    def ask(
        self,
        label: str,
        answer: Callable[[str], None],
        *,
        value: str = "",
        standing: str = "",
        typed: Callable[[str], None] | None = None,
        empty: Callable[[], None] | None = None,
        why: str = "",
    ) -> None:
        """Ask for one line, starting from ``value``; the arguments are those of a Question."""

    def ask_key(
        self,
        label: str,
        options: Mapping[str, str],
        answer: Callable[[str], None],
        *,
        usual: str = "",
        why: str = "",
    ) -> None:
        """Ask for one of ``options`` (key to word), which answers without enter; enter takes the
        ``usual`` key, or leaves."""

    def ask_digit(
        self,
        label: str,
        most: int,
        answer: Callable[[str], None],
        *,
        usual: str = "",
        why: str = "",
        least: int = 0,
        undo: Callable[[], None] | None = None,
    ) -> None:
        """Ask for a number by one digit, which answers without enter; one that follows soon
        corrects it, after ``undo``."""

    def show_hints(self) -> None:
        """Draw the bottom rows again: other keys are worth showing now."""

    def finish(self, reason: str) -> None:
        """End the session."""

    def read_log(self) -> None:
        """Read the rest of the log, and show it."""

    def action_pane(self, name: str) -> None:
        """Give a pane the keyboard focus."""
