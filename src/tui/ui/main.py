"""The main screen: three panes, side by side where there is room, else one at a time."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable, Mapping, Sequence

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.events import Click
from textual.events import Key as KeyPress
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget

from tui.core.model import Exercise
from tui.core.progression import Advice
from tui.logbook import Logbook
from tui.ui.bells import Bells
from tui.ui.commands import EVERYWHERE, Command, at, bindings
from tui.ui.ink import Line, Lines, Span, fitted, spread, width_of
from tui.ui.page import Page, wrapped
from tui.ui.pages import exercise_page, resting_page, summary_page, why_page
from tui.ui.pane import Pane
from tui.ui.panes.history import HistoryPane
from tui.ui.panes.library import LibraryPane
from tui.ui.panes.today import TodayPane
from tui.ui.prompt import Prompt
from tui.ui.sheet import Sheet, hint_line
from tui.ui.summary import finish
from tui.ui.texts import help_lines
from tui.ui.why import Asked

ORDER = ("library", "today", "history")
WIDE = 110
ROOMY = 24
LEAST_WIDTH, LEAST_HEIGHT = 60, 20


class MainScreen(Screen[None]):
    """Holds the panes together: which one has the keys, the prompt, the words at the bottom."""

    BINDINGS = bindings(EVERYWHERE)
    AUTO_FOCUS = None
    # Lists and input show themselves who has the keys: no need to paint the whole screen for it.
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)

    def __init__(self, book: Logbook, own_keys: Mapping[str, str]) -> None:
        super().__init__()
        self.book = book
        self.own_keys = own_keys
        self.current = "today"
        self.said: Span | None = None

    def compose(self) -> ComposeResult:
        """Strip, panes, prompt, hints."""
        yield Lines(id="strip")
        with Horizontal(id="panes"):
            yield LibraryPane(self.book, self)
            yield TodayPane(self.book, self)
            yield HistoryPane(self.book, self)
        yield Lines(id="hints")
        yield Prompt(self.prompt_left, self.prompt_moved)
        yield Lines(id="too-small")

    def on_mount(self) -> None:
        """Show what is known at once; the log is read after the first paint."""
        wanted = self.book.setting("bells", dict[str, bool]())
        self.bells = Bells(self.app, {"change": True, "count": True, **wanted})
        self.action_pane("today")
        self.library.show()
        self.call_after_refresh(self.read_log, self._greet)

    def read_log(self, then: Callable[[], None] = lambda: None) -> None:
        """Read what is not read of the log, in a task of its own: keys and pictures do not wait."""
        self.run_worker(self._read_log(then), exclusive=True)

    async def _read_log(self, then: Callable[[], None]) -> None:
        """Year by year, newest first, giving keys their turn in between."""
        while self.book.read_year() is not None:
            if self.book.years_read == 1:
                self.show()
            await asyncio.sleep(0)
        # What was read stays: it need not be looked through again and again.
        gc.freeze()
        gc.enable()
        self.show()
        if isinstance(over := self.app.screen, Sheet) and over.is_mounted:
            over.show()
        then()

    def _greet(self) -> None:
        """What there is to say at the start: damage, or a session that goes on."""
        if notices := self.book.notices():
            self.say("  ".join(notices), "warn")
        elif self.book.live is not None:
            self.say(self.today.resumed(), "good")

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

    @property
    def prompt(self) -> Prompt:
        return self.query_one(Prompt)

    def pane(self) -> Pane:
        """The pane that has the keys."""
        return self.query_one(f"#{self.current}", Pane)

    def show(self) -> None:
        """Show everything as the book stands now."""
        for pane in self.query(Pane):
            pane.show()
        self.show_strip()

    def on_pane_changed(self) -> None:
        """A step was taken: the panes show it."""
        self.today.show()
        self.history.show()
        self.show_strip()

    def show_strip(self) -> None:
        """The line at the top: the panes, and whether this instance may write."""
        left: list[Span] = []
        for number, name in enumerate(ORDER, start=1):
            here = name == self.current
            shown = name.upper() if here else name.capitalize()
            left += [(f" {number} ", "accent"), (f"{shown}  ", "strong" if here else "dim")]
        left += [(" 4 ", "accent"), ("Season  ", "dim")]
        right: Line = [("stridelift ", "dim")]
        if not self.book.writable:
            room = self.size.width - width_of(left) - 2
            right = [(fitted(self.book.only_looking, room), "warn"), (" ", "")]
        self.query_one("#strip", Lines).set([spread(left, right, self.size.width)])
        self.show_hints()

    def show_hints(self) -> None:
        """The line at the bottom: what was said last, else the keys that fit."""
        width = self.size.width
        shown = self.query_one("#hints", Lines)
        if self.said is not None:
            words, role = self.said
            shown.set(wrapped(words, max(LEAST_WIDTH, width), role, indent=" "))
            return
        shown.set([hint_line(self._hinted(), width)])

    def _hinted(self) -> list[Command]:
        """The commands worth a hint now, the way to all others last: those of the pane, or while
        the clock leads a set those of the clock."""
        every = list(at(self.current, EVERYWHERE, own=self.own_keys))
        if self.current == "today" and self.today.leading:
            wanted = [c for c in every if c.id == "log" or c.id.startswith("clock")]
        else:
            wanted = [c for c in every if c.hint and not c.id.startswith("clock-")]
        way = [c for c in wanted if c.id == "help"] or [c for c in every if c.id == "help"]
        return [*(c for c in wanted if c.id != "help"), *way]

    def say(self, words: str, role: str = "") -> None:
        """A word at the bottom until the next key; a long one takes the lines it needs."""
        self.said = (words, role)
        self.show_hints()

    def on_key(self, event: KeyPress) -> None:
        """What was said has been read."""
        if self.said is not None and not self.prompt.is_open:
            self.said = None
            self.call_later(self.show_hints)

    def on_click(self, event: Click) -> None:
        """A click gives the keys to the pane under it; what was being typed is left."""
        for pane in self.query(Pane):
            if event.widget is not None and pane in event.widget.ancestors_with_self:
                if self.prompt.is_open:
                    self.prompt.close()
                self.action_pane(str(pane.id))

    def on_resize(self) -> None:
        """Side by side where there is room; words where there is none at all."""
        width, height = self.size
        self.set_class(width >= WIDE, "-wide")
        self.set_class(height < ROOMY, "-short")
        small = width < LEAST_WIDTH or height < LEAST_HEIGHT
        self.set_class(small, "-small")
        if small:
            needs = f"{LEAST_WIDTH} by {LEAST_HEIGHT}"
            words = ("Stridelift needs", needs, f"this is {width} by {height}")
            self.query_one("#too-small", Lines).set([[(word, "strong")] for word in words])
        self.call_after_refresh(self._show_at_size)

    def _show_at_size(self) -> None:
        """Show everything; what had the keys before it was hidden has them again."""
        if self.focused is None and not self.has_class("-small"):
            prompt = self.prompt
            (prompt.field if prompt.is_open else self.pane().query_one("List")).focus()
        self.show()

    # -- keys everywhere -----------------------------------------------------------------------

    def action_pane(self, name: str) -> None:
        """Give a pane the keys. One that only looks shows what the writer did since."""
        if not self.book.writable:
            self.book.look_again()
            self.read_log()
        self.current = name
        if self.library.adding and name != "library":
            self.library.adding = False
            self.library.show()
        for pane in self.query(Pane):
            pane.set_class(pane.id == name, "-current")
        self.set_focus(self.pane().rows)
        self.show_strip()

    def action_next_pane(self, by: int) -> None:
        """The pane to the right or left, going round."""
        self.action_pane(ORDER[(ORDER.index(self.current) + by) % len(ORDER)])

    def action_clock(self, op: str) -> None:
        """The clock keys work from every pane."""
        self.today.clock(op)

    def action_bell_setting(self, name: str) -> None:
        """Switch one of the two bells."""
        self.bells.on[name] = not self.bells.on[name]
        with self.today.guarded(quiet=True):
            self.book.set("bells", self.bells.on)
            word = "at changes" if name == "change" else "in the last three seconds"
            self.say(f"bell {word} {'on' if self.bells.on[name] else 'off'}")

    def action_programmes(self) -> None:
        """All programmes; what was chosen there holds at once."""
        from tui.ui.programmes import Programmes  # Not for every start.

        self.app.push_screen(Programmes(self.book, self.own_keys), lambda _: self.show())

    def action_season(self) -> None:
        """The season; what was changed there holds at once. One that only looks sees what the
        writer did since."""
        from tui.ui.season import SeasonScreen  # Not for every start.

        if not self.book.writable:
            self.book.look_again()
            self.read_log()
        season = SeasonScreen(self.book, self.own_keys)

        def back(_: object) -> None:
            if season.to_today:
                self.action_pane("today")
            self.show()

        self.app.push_screen(season, back)

    def action_help(self) -> None:
        """All keys."""
        here, own = self.current, self.own_keys
        self.app.push_screen(Page("Keys", lambda width: help_lines(here, own, width)))

    def action_metrics(self) -> None:
        """What is measured from time to time."""
        from tui.ui.metrics import MetricsScreen  # Not for every start.

        self.app.push_screen(MetricsScreen(self.book, self.own_keys))

    def action_quit(self) -> None:
        """Leave; a live session stays and resumes."""
        self.app.exit()

    # -- prompt --------------------------------------------------------------------------------

    def ask(
        self,
        label: str,
        value: str,
        answer: Callable[[str], None],
        typed: Callable[[str], None] | None = None,
    ) -> None:
        """Ask for one line."""
        self.said = None
        self.add_class("-asking")
        self.prompt.ask(label, value, answer, typed)

    def prompt_left(self) -> None:
        """The keys go back to the pane."""
        self.remove_class("-asking")
        self.set_focus(self.pane().rows)
        self.show_hints()

    def prompt_moved(self, by: int) -> None:
        """The cursor of the pane moves while something is typed."""
        self.pane().rows.move(by)

    # -- what one pane asks of another ---------------------------------------------------------

    def choose_exercise(self) -> None:
        """To the library, to find an exercise for today."""
        self.library.adding = True
        self.library.word = ""
        self.library.show()
        self.action_pane("library")
        self.library.action_find()

    def choose(
        self, title: str, exercises: Sequence[Exercise], answer: Callable[[Exercise], None]
    ) -> None:
        """Choose one of these."""
        from tui.ui.pick import Pick  # Not for every start.

        pick = Pick(self.book, self.own_keys, title, exercises)
        self.app.push_screen(pick, lambda chosen: answer(chosen) if chosen else None)

    def add_exercise(self, exercise: Exercise) -> None:
        """Put an exercise into today's session."""
        self.action_pane("today")
        self.today.add(exercise)

    def open_exercise(self, exercise: Exercise) -> None:
        """How to do it."""
        self.app.push_screen(exercise_page(self.book, exercise))

    def open_why(self, asked: Asked) -> None:
        """Where the numbers come from."""
        self.app.push_screen(why_page(self.book, asked))

    def open_resting(self, resting: Sequence[Advice]) -> None:
        """Why nothing is to be done."""
        self.app.push_screen(resting_page(self.book, resting))

    def finish(self, reason: str) -> None:
        """End the session and show its summary."""
        with self.today.guarded():
            found = finish(self.book, reason)
            if found is None:
                self.say("nothing was logged, so nothing is kept")
            else:
                self.app.push_screen(summary_page(self.book, found))
