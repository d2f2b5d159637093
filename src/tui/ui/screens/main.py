"""The main screen: the Library, Today and History panes, side by side or one at a time."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable, Sequence
from typing import Any

from msgspec.structs import replace
from textual import work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.events import Click
from textual.reactive import Reactive
from textual.widget import Widget

from tui.app.session_summary import finish
from tui.app.sync_by_itself import start_sync
from tui.app.write_access import ReadOnly
from tui.domain.model.text import clean
from tui.domain.session.clock import Cue
from tui.store.errors import StoreError
from tui.ui.bells import Bells
from tui.ui.commands import EVERYWHERE, at, bindings
from tui.ui.cues import Cues, Window
from tui.ui.host import Navigator
from tui.ui.keyboard import TakesKeys
from tui.ui.panes.history import HistoryPane
from tui.ui.panes.library import LibraryPane
from tui.ui.panes.pane import Pane
from tui.ui.panes.today import TodayPane
from tui.ui.screens.base_screen import BaseScreen, hint_line, too_small, too_small_lines
from tui.ui.screens.list_screen import ListScreen
from tui.ui.screens.side import Side
from tui.ui.screens.turns import Turns
from tui.ui.syncing import Syncing
from tui.ui.widgets.header import ORDER, damage_line
from tui.ui.widgets.styled_text import Line, Lines
from tui.ui.widgets.virtual_list import VirtualList

WIDE, WIDEST = 120, 160
# How often the screen looks for what someone else wrote, in seconds.
LOOK_S = 1.0


class MainScreen(BaseScreen[None]):
    """Holds the panes, and knows which one has the focus; with prompt and bottom line."""

    BINDINGS = bindings(EVERYWHERE)
    AUTO_FOCUS = None
    # Lists and inputs show the focus themselves, so a change of focus need not repaint the screen.
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)

    def __init__(self, navigator: Navigator) -> None:
        super().__init__(navigator)
        self.current = "today"
        self._read = False
        self._told: set[str] = set()
        self.syncing = Syncing(self.book, self.start_sync, self._say_on_top)
        # Who logs, as it was said last; empty if this window does.
        self._writer = ""
        self.turns = Turns(
            self.book,
            self.own_keys,
            every=self.set_interval,
            top=self._top,
            taken=self._taken_over,
        )

    def compose(self) -> ComposeResult:
        """Strip, damage if there is any, panes, prompt, hints."""
        yield from self.top()
        yield Lines(id="damage")
        with Horizontal(id="panes"):
            yield LibraryPane(self.book, self)
            yield TodayPane(self.book, self)
            yield HistoryPane(self.book, self)
            yield Side(self.navigator)
        yield from self.bottom()
        yield Lines(id="too-small")

    def on_mount(self) -> None:
        """Show what is known already; the log is read after the first paint."""
        assert isinstance(self.app, Window)
        self.cues = Cues(self.app, self._flash)
        self._take_up_cues()
        self.action_pane("today")
        self.library.show()
        self.set_interval(LOOK_S, self.look_around)
        self.call_after_refresh(self.read_log, self._greet)

    def _take_up_cues(self) -> None:
        wanted = self.book.profile.setting("bells", dict[str, bool]())
        self.bells = Bells(self.app, {"change": True, "count": True, **wanted})
        self.cues.take_up(self.book.profile)

    def try_cue(self, name: str) -> str:
        """Give a cue of the clock once, as it will be; the result is why that cannot be, empty if
        it was."""
        if name in self.bells.on:
            self.bells.ring(Cue.COUNT if name == "count" else Cue.CHANGE)
            return ""
        return self.cues.try_out(name)

    def _flash(self) -> None:
        """Flash the strip in sight."""
        top = self.app.screen
        if isinstance(top, BaseScreen):
            top.strip.flash()

    def take_up_settings(self) -> None:
        """Go on with settings that were changed: what sounds, and what the panes show."""
        self._take_up_cues()
        self.show()

    def read_log(self, then: Callable[[], None] = lambda: None) -> None:
        """Read the rest of the log in a task of its own, so that keys and painting do not wait;
        then call ``then``."""
        self._read_log(then)

    def look_around(self) -> None:
        """Show what someone else has written since the last look: the instance that writes, or a
        sync program; let another window log that asks for it. What is being typed stays."""
        self.give_way()
        if not self._read:
            return
        try:
            synced = self.syncing.look(may_say=self._may_say())
            changed = self.book.look_around() or synced
        except (ReadOnly, StoreError) as refused:
            self.say(str(refused), "warn")
            return
        if changed and not self.book.reader.begun:
            # A copy was taken in, which may say something of any year.
            self.read_log()
        elif changed:
            self._show_everywhere()
        elif not self.book.access.granted:
            self.show_trouble()
        if news := self._news():
            self._tell(news)

    def give_way(self) -> None:
        """Let another window log that asks for it; it is looked for before each key, too."""
        try:
            given = self.turns.give_way()
        except StoreError as refused:
            # It is tried again and again, and said once.
            if str(refused) not in self._told:
                self._tell([str(refused)])
            return
        if given:
            self._show_everywhere()
            self._tell(self._news())

    def _taken_over(self, words: str) -> None:
        """Show what is to do, now that this window logs."""
        if self.book.reader.begun:
            self._show_everywhere()
        else:
            self.read_log()
        if not self.prompt.is_open:
            self.today.go_on()
        self._top().say(words, "good")

    def _top(self) -> BaseScreen[Any]:
        """The screen in sight; this one, if that is none of ours."""
        top = self.app.screen
        return top if isinstance(top, BaseScreen) else self

    def _news(self) -> list[str]:
        """What there is to know about the files and was not told yet; and, if that has changed, who
        writes them if we may not."""
        before, self._writer = self._writer, self.turns.writer()
        refusal = [self.turns.looking()] if self._writer not in ("", before) else []
        return [*refusal, *(line for line in self.book.notices() if line not in self._told)]

    def _show_everywhere(self) -> None:
        self.show()
        for over in self.app.screen_stack:
            if isinstance(over, ListScreen) and over.is_mounted:
                over.show()

    def _tell(self, notices: Sequence[str], before: str = "") -> None:
        """Say each of these lines, in the same place as what was said just before."""
        self._told.update(notices)
        self._top().say("  ".join(filter(None, [before, *notices])), "warn")

    def _may_say(self) -> bool:
        """Whether there is room for a line that nobody waits for: no question is asked, and what
        was said last has been read."""
        top = self._top()
        return not top.prompt.is_open and top.has_been_read

    def _say_on_top(self, words: str, role: str) -> None:
        self._top().say(words, role)

    def start_sync(self) -> None:
        """Start a sync in the background."""
        self._start_sync()

    @work(group="sync")
    async def _start_sync(self) -> None:
        # Starting a process takes some milliseconds.
        try:
            await asyncio.to_thread(start_sync, self.book.paths)
        except OSError as error:
            self._say_on_top(f"Sync could not be started: {clean(str(error))}", "warn")

    @work(exclusive=True)
    async def _read_log(self, then: Callable[[], None]) -> None:
        """Read year by year, newest first, letting keys through in between."""
        self._read = False
        while self.book.reader.read_year() is not None:
            if len(self.book.reader.years_read) == 1:
                self._show_panes_and_header()
                if self.today.session.known:
                    self.post_message(TakesKeys())
                # What to do now is on the screen before the years before are read.
                painted = asyncio.Event()
                self.call_after_refresh(painted.set)
                await painted.wait()
            await asyncio.sleep(0)
        # The log stays in memory, so the garbage collector need not scan it again and again.
        gc.freeze()
        gc.enable()
        self._read = True
        self._show_everywhere()
        self.post_message(TakesKeys())
        then()

    def _greet(self) -> None:
        """Say at the start that a session under way is resumed, and what there is to know about
        the files."""
        if self.book.recorder.live is not None:
            self.say(self.today.clock.resume(), "good")
            self.today.rest_if_sore()
        if notices := self._news():
            # Some stay for days, and must not hide the rest.
            self._tell(notices, "" if self.said is None else self.said[0])
        self.syncing.begin()

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
        """The pane that has the focus."""
        return self.query_one(f"#{self.current}", Pane)

    @property
    def rows(self) -> VirtualList:
        """The list of the pane that has the focus."""
        return self.pane().rows

    def show(self) -> None:
        """Redraw everything from the current state of the logbook."""
        self._show_panes_and_header()
        # What is asked for first is painted first.
        self.call_after_refresh(self._show_side)

    def _show_panes_and_header(self) -> None:
        for pane in self.query(Pane):
            pane.show()
        self.show_header()

    def on_pane_changed(self) -> None:
        """Redraw the panes after a step."""
        self.today.show()
        self.history.show()
        self.show_header()
        self._show_side()
        if (away := self.book.recorder.away) and self.said is None:
            self.say(away, "warn")

    @property
    def tab(self) -> str:
        """The pane that has the focus."""
        return self.current

    @property
    def has_clock(self) -> bool:
        """Whether the clock is in sight."""
        return self.today.has_class("-shown")

    def show_strips(self) -> None:
        """Draw the strip, and that of the screen on top: a clock runs on whatever is shown."""
        self.show_strip()
        top = self.app.screen
        if top is not self and isinstance(top, BaseScreen) and top.is_mounted:
            top.show_strip()

    def show_header(self) -> None:
        """Draw the strip, and the bottom line."""
        self.show_trouble()
        self.show_hints()

    def show_trouble(self) -> None:
        """Draw the strip, with that nothing can be written if so, and below it what is damaged for
        as long as it is."""
        self.show_strips()
        key = next(c.shown for c in at(EVERYWHERE, own=self.own_keys) if c.id == "notices")
        damage = damage_line(self.book.damage(), key, self.size.width)
        self.query_one("#damage", Lines).set([damage] if damage else [])

    def hints(self, width: int) -> Line:
        """The keys of the pane that are worth showing now."""
        every = list(at(self.current, EVERYWHERE, own=self.own_keys))
        known = {command.id: command for command in every}
        if words := self.pane().hinted():
            wanted = [replace(known[name], hint=hint) for name, hint in words.items()]
        else:
            wanted = [c for c in every if c.hint and not c.action.startswith("clock(")]
        if self.current != "today":
            # Help comes last; Today has its own order.
            wanted = [*(c for c in wanted if c.id != "help"), known["help"]]
        return hint_line(wanted, width)

    def on_click(self, event: Click) -> None:
        """Focus the pane under a click; an open prompt is closed."""
        for pane in self.query(Pane):
            if event.widget is not None and pane in event.widget.ancestors_with_self:
                self.prompt.close()
                self.action_pane(str(pane.id))

    def on_resize(self) -> None:
        """Lay the panes out for the new size, or show a notice if it is too small."""
        self.set_class(self.size.width >= WIDE, "-wide")
        self.set_class(self.size.width >= WIDEST, "-widest")
        self._show_panes()
        self.set_class(too_small(self.size), "-small")
        self.query_one("#too-small", Lines).set(too_small_lines(self.size))
        self.call_after_refresh(self._show_at_size)

    def _show_at_size(self) -> None:
        """Redraw everything, and restore the focus that was lost while the panes were hidden."""
        if self.focused is None and not self.has_class("-small"):
            (self.prompt.field if self.prompt.is_open else self.rows).focus()
        self.show()

    # -- keys everywhere -----------------------------------------------------------------------

    def action_pane(self, name: str) -> None:
        """Focus a pane, with what someone else has written up to now."""
        self.look_around()
        self._give_keys(name)

    def _give_keys(self, name: str) -> None:
        self.prompt.close()
        self.current = name
        self._show_panes()
        self.set_focus(self.pane().rows)
        self.show_header()
        self.call_after_refresh(self._show_side)

    def _show_panes(self) -> None:
        """Show the pane that has the focus; in the widest terminal the Library is beside it."""
        shown = {self.current}
        if self.has_class("-widest"):
            shown = {"library", "today" if self.current == "library" else self.current}
        for pane in self.query(Pane):
            pane.set_class(pane.id == self.current, "-current")
            pane.set_class(pane.id in shown, "-shown")

    def _show_side(self) -> None:
        """Show at the side what is about the row under the cursor."""
        if self.has_class("-wide"):
            side = self.query_one(Side)
            side.show(self.rows.value, in_history=self.current == "history")

    def on_virtual_list_moved(self) -> None:
        """Another row is under the cursor."""
        self._show_side()

    def action_screen(self, name: str) -> None:
        """Open one of the screens over the panes, by name."""
        self.navigator.open(name)

    def action_help(self) -> None:
        """Show all keys."""
        self.navigator.open_help(self.current)

    def action_next_pane(self, by: int) -> None:
        """Focus the pane to the right (1) or left (-1), going round."""
        self.action_pane(ORDER[(ORDER.index(self.current) + by) % len(ORDER)])

    def action_notices(self) -> None:
        """Show what there is to know about the files."""
        self.navigator.open_notices()

    def action_sync_now(self) -> None:
        """Sync, and say how it went."""
        self.syncing.now()

    def action_clock(self, op: str) -> None:
        """Handle a clock key, from any pane."""
        self.today.clock_key(op)

    def action_bell_setting(self, name: str) -> None:
        """Switch one of the two bells."""
        self.bells.on[name] = not self.bells.on[name]
        with self.today.guarded(quiet=True):
            self.book.profile.set("bells", self.bells.on)
            word = "at changes" if name == "change" else "in the last three seconds"
            self.say(f"Bell {word} {'on' if self.bells.on[name] else 'off'}.")

    def action_quit(self) -> None:
        """Leave; a live session stays and resumes."""
        self.turns.stop()
        self.app.exit()

    # -- what one pane asks of another ---------------------------------------------------------

    def open_in_history(self, session_id: str) -> None:
        """Go to a session in History."""
        # No look_around here: open the session as it was shown.
        self._give_keys("history")
        # Wait until the pane has its size again, or the session's top would be out of sight.
        self.call_after_refresh(self.history.open, session_id)

    def finish(self, reason: str) -> None:
        """End the session and show its summary."""
        with self.today.guarded():
            found = finish(self.book, reason)
            if found is None:
                self.say("Nothing logged, nothing kept.")
            else:
                self.navigator.open_summary("Well done. The session is in your history.", found)
                self.call_after_refresh(self.back_up)

    @work(group="backup")
    async def back_up(self) -> None:
        """Make the backup of the day, if there is none: what belongs in it is read now, as keys
        may change the log; the rest is done in a thread. Leaving waits for it."""
        from tui.app.backups import backup_of_the_day

        told = await asyncio.to_thread(backup_of_the_day(self.book))
        top = self.app.screen
        if told and isinstance(top, BaseScreen):
            # The summary may not be drawn yet.
            top.later(lambda: top.say("  ".join(told), "warn"))
