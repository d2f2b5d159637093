"""The main screen: three panes, side by side where there is room, else one at a time."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable

from textual import work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.events import Click
from textual.reactive import Reactive
from textual.widget import Widget

from tui.app.session_summary import finish
from tui.domain.model.values import Exercise
from tui.ui.bells import Bells
from tui.ui.commands import EVERYWHERE, at, bindings
from tui.ui.host import Navigator
from tui.ui.panes.history import HistoryPane
from tui.ui.panes.library import LibraryPane
from tui.ui.panes.pane import Pane
from tui.ui.panes.today import TodayPane
from tui.ui.screens.base_screen import ROOMY, BaseScreen, hint_line, too_small, too_small_lines
from tui.ui.screens.list_screen import ListScreen
from tui.ui.widgets.header import ORDER, header_line
from tui.ui.widgets.styled_text import Line, Lines
from tui.ui.widgets.virtual_list import VirtualList

WIDE = 110


class MainScreen(BaseScreen[None]):
    """Holds the panes together: which one has the keys, the prompt, the words at the bottom."""

    BINDINGS = bindings(EVERYWHERE)
    AUTO_FOCUS = None
    # Lists and input show themselves who has the keys: no need to paint the whole screen for it.
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)

    def __init__(self, navigator: Navigator) -> None:
        super().__init__()
        self.book = navigator.book
        self.own_keys = navigator.own_keys
        self.navigator = navigator
        self.current = "today"

    def compose(self) -> ComposeResult:
        """Header, panes, prompt, hints."""
        yield Lines(id="header")
        with Horizontal(id="panes"):
            yield LibraryPane(self.book, self)
            yield TodayPane(self.book, self)
            yield HistoryPane(self.book, self)
        yield Lines(id="hints")
        yield self.prompt
        yield Lines(id="too-small")

    def on_mount(self) -> None:
        """Show what is known at once; the log is read after the first paint."""
        wanted = self.book.profile.setting("bells", dict[str, bool]())
        self.bells = Bells(self.app, {"change": True, "count": True, **wanted})
        self.action_pane("today")
        self.library.show()
        self.call_after_refresh(self.read_log, self._greet)

    def read_log(self, then: Callable[[], None] = lambda: None) -> None:
        """Read what is not read of the log, in a task of its own: keys and pictures do not wait."""
        self._read_log(then)

    def look_again(self) -> None:
        """Where this instance only looks: see what the writer did since."""
        if not self.book.access.granted:
            self.book.look_again()
            self.read_log()

    @work(exclusive=True)
    async def _read_log(self, then: Callable[[], None]) -> None:
        """Year by year, newest first, giving keys their turn in between."""
        while self.book.reader.read_year() is not None:
            if len(self.book.reader.years_read) == 1:
                self.show()
            await asyncio.sleep(0)
        # What was read stays: it need not be looked through again and again.
        gc.freeze()
        gc.enable()
        self.show()
        for over in self.app.screen_stack:
            if isinstance(over, ListScreen) and over.is_mounted:
                over.show()
        then()

    def _greet(self) -> None:
        """What there is to say at the start: damage, or a session that goes on."""
        if notices := self.book.notices():
            self.say("  ".join(notices), "warn")
        elif self.book.recorder.live is not None:
            self.say(self.today.clock.resume(), "good")

    # -- panes ---------------------------------------------------------------------------------

    @property
    def library(self) -> LibraryPane:
        return self.query_one(LibraryPane)

    @property
    def today(self) -> TodayPane:
        return self.query_one(TodayPane)

    @property
    def history(self) -> HistoryPane:
        return self.query_one(HistoryPane)

    def pane(self) -> Pane:
        """The pane that has the keys."""
        return self.query_one(f"#{self.current}", Pane)

    @property
    def rows(self) -> VirtualList:
        """The list of that pane."""
        return self.pane().rows

    def show(self) -> None:
        """Show everything as the book stands now."""
        for pane in self.query(Pane):
            pane.show()
        self.show_header()

    def on_pane_changed(self) -> None:
        """A step was taken: the panes show it."""
        self.today.show()
        self.history.show()
        self.show_header()

    def show_header(self) -> None:
        """The line at the top."""
        looking = "" if self.book.access.granted else self.book.access.refusal
        self.query_one("#header", Lines).set([header_line(self.current, looking, self.size.width)])
        self.show_hints()

    def hints(self, width: int) -> Line:
        """The keys of the pane, or while the clock leads a set those of the clock; the way to all
        others last."""
        every = list(at(self.current, EVERYWHERE, own=self.own_keys))
        if self.current == "today" and self.today.clock.leading:
            wanted = [c for c in every if c.id == "log" or c.id.startswith("clock")]
        else:
            wanted = [c for c in every if c.hint and not c.id.startswith("clock-")]
        help_keys = [c for c in every if c.id == "help"]
        return hint_line([*(c for c in wanted if c.id != "help"), *help_keys], width)

    def on_click(self, event: Click) -> None:
        """A click gives the keys to the pane under it; what was being typed is left."""
        for pane in self.query(Pane):
            if event.widget is not None and pane in event.widget.ancestors_with_self:
                self.prompt.close()
                self.action_pane(str(pane.id))

    def on_resize(self) -> None:
        """Side by side where there is room; words where there is none at all."""
        self.set_class(self.size.width >= WIDE, "-wide")
        self.set_class(self.size.height < ROOMY, "-short")
        self.set_class(too_small(self.size), "-small")
        self.query_one("#too-small", Lines).set(too_small_lines(self.size))
        self.call_after_refresh(self._show_at_size)

    def _show_at_size(self) -> None:
        """Show everything; what had the keys before it was hidden has them again."""
        if self.focused is None and not self.has_class("-small"):
            (self.prompt.field if self.prompt.is_open else self.rows).focus()
        self.show()

    # -- keys everywhere -----------------------------------------------------------------------

    def action_pane(self, name: str) -> None:
        """Give a pane the keys. One that only looks shows what the writer did since."""
        self.look_again()
        self._give_keys(name)

    def _give_keys(self, name: str) -> None:
        self.prompt.close()
        self.current = name
        if self.library.adding and name != "library":
            self.library.adding = False
            self.library.show()
        for pane in self.query(Pane):
            pane.set_class(pane.id == name, "-current")
        self.set_focus(self.pane().rows)
        self.show_header()

    def action_screen(self, name: str) -> None:
        """Open one of the screens that lie over the panes."""
        self.navigator.open(name)

    def action_help(self) -> None:
        """All keys."""
        self.navigator.open_help(self.current)

    def action_next_pane(self, by: int) -> None:
        """The pane to the right or left, going round."""
        self.action_pane(ORDER[(ORDER.index(self.current) + by) % len(ORDER)])

    def action_clock(self, op: str) -> None:
        """The clock keys work from every pane."""
        self.today.clock_key(op)

    def action_bell_setting(self, name: str) -> None:
        """Switch one of the two bells."""
        self.bells.on[name] = not self.bells.on[name]
        with self.today.guarded(quiet=True):
            self.book.profile.set("bells", self.bells.on)
            word = "at changes" if name == "change" else "in the last three seconds"
            self.say(f"bell {word} {'on' if self.bells.on[name] else 'off'}")

    def action_quit(self) -> None:
        """Leave; a live session stays and resumes."""
        self.app.exit()

    # -- what one pane asks of another ---------------------------------------------------------

    def choose_exercise(self) -> None:
        """To the library, to find an exercise for today."""
        self.library.adding = True
        self.library.word = ""
        self.library.show()
        self.action_pane("library")
        self.library.action_find()

    def add_exercise(self, exercise: Exercise) -> None:
        """Put an exercise into today's session."""
        self.today.add(exercise)

    def open_in_history(self, session_id: str) -> None:
        """To a session in History."""
        # Without looking again: what is opened is what was seen.
        self._give_keys("history")
        # Once it has its size again: else its top would be out of sight.
        self.call_after_refresh(self.history.open, session_id)

    def finish(self, reason: str) -> None:
        """End the session and show its summary."""
        with self.today.guarded():
            found = finish(self.book, reason)
            if found is None:
                self.say("nothing was logged, so nothing is kept")
            else:
                self.navigator.open_summary("Well done. It is in your history.", found)
