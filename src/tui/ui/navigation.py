"""Opens every screen and page over the panes; each is imported when it is first opened."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from textual.app import App
from textual.dom import DOMNode

from tui.app.first_setup import SetUp, is_first_time
from tui.app.logbook import Logbook
from tui.app.session_summary import Summary
from tui.domain.calculator import Advice
from tui.domain.model.values import Exercise, Prescription
from tui.domain.planning.today import Plan
from tui.domain.planning.wording import short_day
from tui.domain.session.live import Item
from tui.present.setting_rows import Row
from tui.present.words import session_title
from tui.ui.commands import EVERYWHERE, Command, at
from tui.ui.screens.list_screen import ListScreen
from tui.ui.screens.main import MainScreen
from tui.ui.screens.text_page import TextPage
from tui.ui.texts import help_lines, notices_lines
from tui.ui.themes import AUTO, theme_name
from tui.ui.undo import UndoStep
from tui.ui.why import resting_lines
from tui.ui.widgets.styled_text import Line, Span, wrapped

if TYPE_CHECKING:
    from tui.app.exercise_card import Card
    from tui.domain.planning.own_exercises import Draft

# How many messages can be looked at again.
MOST_SAID = 20


class Navigation:
    """The app's Navigator. Screens are imported where they are opened, for a quick start."""

    def __init__(self, app: App[None], book: Logbook, own_keys: Mapping[str, str]) -> None:
        self.app = app
        self.book = book
        self.own_keys = own_keys
        self.folder = ""
        # The first setup, while u takes it back.
        self.made: SetUp | None = None
        self.said: deque[Span] = deque(maxlen=MOST_SAID)

    @property
    def main(self) -> MainScreen:
        """The screen at the bottom of the stack."""
        main = self.app.screen_stack[0]
        assert isinstance(main, MainScreen)
        return main

    def go(self, name: str) -> None:
        """Close what lies over the panes and go to a pane, the season or the review, by name."""
        self._uncover()
        self.main.show()
        if name in ("season", "review", "settings"):
            self.open(name)
        else:
            self.main.action_pane(name)

    def _uncover(self) -> None:
        """Close every screen over the panes."""
        while self.app.screen is not self.main:
            self.app.pop_screen()

    def apply_theme(self) -> None:
        """Show everything in the colours that are set now."""
        app = self.app
        app.theme = theme_name(
            self.book.profile.setting("theme", AUTO),
            no_color=app.no_color,
            sixteen=app.console.color_system == "standard",
        )

    # -- screens by name -----------------------------------------------------------------------

    def open(self, name: str) -> None:
        """Open a screen by name: season, review, settings, programmes, routines, metrics or
        import."""
        screens = {
            "season": self._open_season,
            "review": self._open_review,
            "settings": self._open_settings,
            "programmes": self._open_programmes,
            "routines": self._open_routines,
            "metrics": self._open_metrics,
            "import": self._open_import,
        }
        screens[name]()

    def _open_season(self) -> None:
        """Open the season; on return the panes show what was changed there."""
        from tui.ui.screens.season import SeasonScreen

        self.main.look_around()
        screen = SeasonScreen(self)
        self.app.push_screen(screen, lambda _: self.main.show())

    def _open_review(self) -> None:
        """Open the review of the last weeks."""
        from tui.ui.screens.review import ReviewScreen

        self.main.look_around()
        self.app.push_screen(ReviewScreen(self))

    def _open_settings(self) -> None:
        """Open the settings; the first time, ask the few questions of the setup instead."""
        if is_first_time(self.book):
            from tui.ui.screens.setup import SetupScreen

            self.app.push_screen(SetupScreen(self))
        else:
            self.open_setting()

    def end_setup(self, made: SetUp | None, words: str, role: str) -> None:
        """Close the first setup, and say ``words`` on Today, where u takes it back."""
        self.made = made
        self.go("today")
        self.take_up_settings()
        self.main.say(words, role)

    def keep_setup(self) -> None:
        """A session is under way: u is about that from now on."""
        self.made = None

    def take_back_setup(self) -> bool:
        """Take the first setup back, if it was the last thing done; whether it was."""
        if self.made is None:
            return False
        with self.main.today.guarded():
            self.made.take_back()
            self.made = None
            self.take_up_settings()
            self.main.say("Undone: the setup. 0 asks it again.", "good")
        return True

    def open_setting(self, row: Row | None = None) -> None:
        """Open the settings, on a row if one is given."""
        from tui.ui.screens.settings import SettingsScreen

        top = self.app.screen
        if isinstance(top, SettingsScreen) and row is not None:
            top.land(row)
        else:
            self.app.push_screen(SettingsScreen(self, row))

    def open_palette(self, offered: Sequence[tuple[Command, DOMNode]]) -> None:
        """Open the palette with these commands, each with what carries it out, and all settings."""
        from tui.app.settings import known_settings
        from tui.ui.palette_entries import Entry, entries
        from tui.ui.screens.palette import PaletteScreen

        targets = {command.id: target for command, target in offered}

        def do(entry: Entry) -> None:
            if entry.does is not None:
                entry.does()
            elif entry.row is not None and entry.row.opens == "import":
                # It has no value, and so nothing to be seen among the settings.
                self.open(entry.row.opens)
            elif entry.row is not None:
                self.open_setting(entry.row)
            elif entry.command is not None:
                action, target = entry.command.action, targets[entry.command.id]
                self.app.call_next(self.app.run_action, action, target)

        [key] = [c.first for c in at(EVERYWHERE, own=self.own_keys) if c.id == "settings"]
        every = entries([c for c, _ in offered], known_settings(self.book), key)
        every.append(Entry(words="What was said", finds="messages said", does=self.open_said))
        self.app.push_screen(PaletteScreen(self, every, do))

    def open_said(self) -> None:
        """Show what the screens said last, the newest first."""
        said = list(reversed(self.said)) or [("Nothing yet.", "")]
        self._show_text(
            "What was said",
            lambda width: [line for words, role in said for line in wrapped(words, width, role)],
        )

    def take_up_settings(self) -> None:
        """Go on with settings that were changed: colours, what sounds, and what the panes show."""
        self.apply_theme()
        self.main.take_up_settings()

    def take_over(self) -> None:
        """Log from this window: the one that does looks from then on."""
        self.main.turns.take()

    def looking(self) -> str:
        """Why nothing can be written here, and which key changes that."""
        return self.main.turns.looking()

    def try_cue(self, name: str) -> str:
        """Give a cue of the clock once, as it will be; the result is why that cannot be, empty if
        it was."""
        return self.main.try_cue(name)

    def read_log(self) -> None:
        """Read the log anew, and show it."""
        self.book.reader.forget()
        self.main.read_log()

    def sync_now(self) -> None:
        """Sync with the other machines in the background, and say how it went."""
        self.main.action_sync_now()

    def _open_programmes(self) -> None:
        """Open the programmes; on return the panes show what was chosen there."""
        from tui.ui.screens.programmes import ProgrammesScreen

        screen = ProgrammesScreen(self)
        self.app.push_screen(screen, lambda _: self.main.show())

    def _open_routines(self) -> None:
        """Open the routines."""
        from tui.ui.screens.routines import RoutinesScreen

        self.main.look_around()
        self.app.push_screen(RoutinesScreen(self))

    def _open_metrics(self) -> None:
        """Open the metrics."""
        from tui.ui.screens.metrics import MetricsScreen

        self.app.push_screen(MetricsScreen(self))

    def _open_import(self) -> None:
        """Open the import; on return the panes show the exercises that came in."""
        from tui.ui.screens.import_screen import ImportScreen

        self._push(ImportScreen(self))

    # -- pages of text -------------------------------------------------------------------------

    def _show_text(self, title: str, render: Callable[[int], Sequence[Line]]) -> None:
        self.app.push_screen(TextPage(self, title, render))

    def open_help(self, place: str) -> None:
        """Show all keys, those of ``place`` first."""
        self._show_text("Keys", lambda width: help_lines(place, self.own_keys, width))

    def open_notices(self) -> None:
        """Show everything there is to know about the files, in full."""
        notices = self.book.notices()
        self._show_text("Notices", lambda width: notices_lines(notices, width))

    def open_resting(self, resting: Sequence[Advice]) -> None:
        """Show why today is a rest day."""
        profile = self.book.profile
        self._show_text(
            "Why: rest today",
            lambda width: resting_lines(resting, profile.library, profile.unit, width),
        )

    # -- one session, one week, one exercise, one programme ------------------------------------

    def card(self, exercise: Exercise, item: Item | None = None) -> Card:
        """What the card of an exercise shows."""
        return self.main.today.session.card(exercise, item)

    def coming(self, exercise: Exercise) -> tuple[str, Prescription] | None:
        """The sets of an exercise that come next, behind the id of what is done for it; None until
        that is known."""
        return self.main.today.session.coming(exercise)

    def open_card(self, exercise: Exercise, item: Item | None = None) -> None:
        """Show the card of an exercise, as it stands in ``item`` of today's session, if there."""
        from tui.ui.screens.card import CardScreen

        self._push(CardScreen(self, exercise, item))

    def open_find(self, word: str = "", *, adding: bool = False) -> None:
        """Find an exercise, to open its card or, when ``adding``, to add it to today's session."""
        from tui.ui.screens.find import FindScreen

        self.main.look_around()
        self._push(FindScreen(self, word, adding=adding))

    def open_form(
        self, draft: Draft | None = None, kept: Callable[[Exercise, UndoStep], None] | None = None
    ) -> None:
        """Ask for an exercise of the runner's own; ``kept`` gets it with the step that undoes it.
        Without it its card is opened."""
        from tui.domain.planning.own_exercises import Draft
        from tui.ui.screens.exercise_form import FormScreen

        self._push(FormScreen(self, draft or Draft(), kept or self._kept))

    def _kept(self, exercise: Exercise, undo: UndoStep) -> None:
        from tui.ui.screens.card import CardScreen

        card = CardScreen(self, exercise, done=[undo])
        self._push(card)
        words = f"Kept: {exercise.name}. u takes it back."
        card.later(lambda: card.say(words, "good"))

    def _push(self, screen: ListScreen) -> None:
        """Open a screen that may change the library; on return the panes show it."""
        before = self.book.profile.library

        def closed(_: object) -> None:
            if self.book.profile.library is not before:
                self.main.show()

        self.app.push_screen(screen, closed)

    def open_session(self, session_id: str) -> None:
        """Show a session's summary, as at its end but without bests and milestones."""
        session = self.book.reader.session(session_id)
        if session is not None:
            name = session_title(session, self.book.profile.library)
            self.open_summary(
                f"{short_day(session.day)} {session.day.year}  {name}", Summary(session, [], [])
            )

    def open_summary(self, title: str, summary: Summary) -> None:
        """Show the summary of a session."""
        from tui.ui.screens.summary_page import SummaryPage

        self.app.push_screen(SummaryPage(self, title, summary))

    def open_in_history(self, session_id: str) -> None:
        """Go to a session in History, from any screen."""
        self._uncover()
        self.main.open_in_history(session_id)

    def open_trend(self, exercise_id: str) -> None:
        """Show the trend of an exercise."""
        from tui.ui.screens.exercise_review import ExerciseScreen

        self.main.look_around()
        self.app.push_screen(ExerciseScreen(self, exercise_id))

    def open_week(self, day: date) -> None:
        """Show the week that ``day`` is in."""
        from tui.ui.screens.week_review import WeekScreen

        self.main.look_around()
        self.app.push_screen(WeekScreen(self, day))

    def open_editor(
        self, programme_id: str, done: list[UndoStep], closed: Callable[[], None]
    ) -> None:
        """Edit one of the runner's own programmes; each change is appended to ``done``."""
        from tui.ui.screens.editor import EditorScreen

        editor = EditorScreen(self, programme_id, done)
        self.app.push_screen(editor, lambda _: closed())

    # -- today's session -----------------------------------------------------------------------

    def begin(self, plan: Plan) -> None:
        """Begin a session and go to it."""
        self.main.today.begin(plan)
        self.go("today")

    def add(self, exercise: Exercise) -> None:
        """Add an exercise to today's session, and go to it."""
        self.go("today")
        self.main.today.add(exercise)

    def insert(self, items: tuple[Item, ...], *, before: bool) -> None:
        """Add exercises before or after those of today's session, and go to it."""
        self.go("today")
        self.main.today.insert(items, before=before)

    # -- a choice ------------------------------------------------------------------------------

    def choose(
        self,
        title: str,
        exercises: Sequence[Exercise],
        answer: Callable[[Exercise], None],
        *,
        finding: bool = False,
    ) -> None:
        """Choose one of these exercises; ``answer`` gets it, unless none is taken."""
        from tui.ui.screens.pick import PickScreen

        pick = PickScreen(self, title, exercises, finding=finding)
        self.app.push_screen(pick, lambda chosen: answer(chosen) if chosen else None)
