"""The Textual application: it wires the logbook, keys, screens and the palette together."""

from __future__ import annotations

import asyncio
import os
from functools import partial
from typing import Any, ClassVar

from rich.console import RenderableType
from textual import events
from textual.app import App
from textual.binding import Binding
from textual.dom import DOMNode
from textual.screen import Screen
from textual.worker import WorkerFailed

from tui.app.logbook import Logbook
from tui.domain.model.text import clip
from tui.ui.commands import COMMANDS, EVERYWHERE, OVER_PANES, SUMMARY, Command, at, bindings
from tui.ui.driver import TerminalDriver
from tui.ui.keyboard import KeyQueue, Leaving, Settled, Typed
from tui.ui.late_keys import LateKeys
from tui.ui.navigation import Navigation
from tui.ui.screens.base_screen import ALLOWED_WHILE_ASKING, BaseScreen, Said
from tui.ui.screens.list_screen import ListScreen
from tui.ui.screens.main import MainScreen
from tui.ui.shutdown import shut_down_cleanly
from tui.ui.themes import THEMES
from tui.ui.typeahead import NOTHING_TYPED, TypeAhead
from tui.ui.wire import Wire


class Stridelift(App[None]):
    """The full screen on one logbook. ``fault`` is the exception that ended it, or None; the caller
    reports it, so that the runner sees no traceback."""

    TITLE = "Stridelift"
    CSS_PATH = ["app.tcss", "screens/screens.tcss", "panes/panes.tcss"]
    ENABLE_COMMAND_PALETTE = False
    # A drag or a double click would mark text that nobody can copy.
    ALLOW_SELECT = False
    # The one key that works on every screen.
    BINDINGS: ClassVar = [
        one for one in bindings(EVERYWHERE) if isinstance(one, Binding) and one.id == "palette"
    ]

    def __init__(self, book: Logbook, ahead: TypeAhead = NOTHING_TYPED) -> None:
        # With NO_COLOR Textual makes all colours grey, except for the terminal's own.
        super().__init__(ansi_color=True if "NO_COLOR" in os.environ else None)
        self._elsewhere = "TEXTUAL_DRIVER" in os.environ
        if not self._elsewhere:
            self.driver_class = partial(TerminalDriver, ahead=ahead)  # type: ignore[assignment]  # only called
        self.fault: Exception | None = None
        self.book = book
        self._wire = Wire()
        self._displayed: Screen[object] | None = None
        self._reports_focus = False
        self.own_keys = self._own_keys()
        self._key_queue = KeyQueue(self, self._deliver)
        self._leaving = Leaving()
        self.late_keys = LateKeys()
        self.navigation = Navigation(self, book, self.own_keys)
        # Animation costs bytes on a slow line and distracts on any.
        self.animation_level = "none"
        for theme in THEMES.values():
            self.register_theme(theme)
        # Set before mounting: set later, it would paint everything twice.
        self.navigation.apply_theme()

    def on_load(self) -> None:
        """Hear of bugs in tasks that nobody waits for, before asyncio prints them; and of the end,
        if no driver of ours does."""
        asyncio.get_running_loop().set_exception_handler(self._task_failed)
        if self._elsewhere:
            # Nothing to put right: whoever started the program draws, and sees that it has ended.
            shut_down_cleanly(self, lambda _: None)

    def _task_failed(self, _: asyncio.AbstractEventLoop, about: dict[str, Any]) -> None:
        if isinstance(error := about.get("exception"), Exception):
            self._handle_exception(error)

    def on_exit_app(self) -> None:
        """A page that is closed asks to end, perhaps before all is there."""
        if not self._exit:
            self.exit()

    def on_mount(self) -> None:
        """Set the runner's own keys, and repaint after a suspend."""
        self.set_keymap(self.own_keys)
        self.app_resume_signal.subscribe(self, lambda _: self._repaint())

    @property
    def terminal(self) -> TerminalDriver | None:
        """The terminal that it is shown in; None in a browser."""
        return self._driver if isinstance(self._driver, TerminalDriver) else None

    @property
    def in_front(self) -> bool:
        """Whether the terminal has told that it has the focus; some tell nothing."""
        return self._reports_focus and self.app_focus

    def on_app_focus(self) -> None:
        """The terminal has the focus, and tells so."""
        self._reports_focus = True

    def on_app_blur(self) -> None:
        """The terminal has lost the focus, and tells so."""
        self._reports_focus = True

    def _repaint(self) -> None:
        """Send everything: after ctrl+z and fg the terminal still shows what the shell wrote."""
        self._wire.forget()
        self.screen.refresh(layout=True)

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        if screen is not self._displayed:
            # What something else has written over the terminal goes with the old screen.
            self._displayed = screen
            self._wire.forget()
        if isinstance(screen, BaseScreen):
            # Textual moves the cursor there at the end of each frame.
            self.cursor_position = screen.spot
        super()._display(screen, self._wire.lean(renderable))

    async def on_event(self, event: events.Event) -> None:
        """Queue a fresh key; handle any other event as usual."""
        if isinstance(event, events.Resize):
            # A terminal moves or drops what it shows.
            self._wire.forget()
        if isinstance(event, Typed) and not event.is_forwarded:
            await self._key_queue.put(event)
        else:
            await super().on_event(event)

    async def _deliver(self, event: Typed) -> None:
        """Give a key to the screen, unless it is no command but belongs to what was just done. A
        window that waits to log comes first."""
        if isinstance(main := self.screen_stack[0], MainScreen):
            main.give_way()
        if isinstance(event, events.Key) and self._swallows(event):
            return
        await super().on_event(event)

    def _swallows(self, key: events.Key) -> bool:
        top = self.screen
        asking = isinstance(top, BaseScreen) and top.prompt.is_open
        typing = isinstance(top, BaseScreen) and asking and not top.prompt.takes_keys
        if not typing and self._leaving.swallows(key, len(self.screen_stack), asking=asking):
            return True
        late = self.late_keys.swallows(key, asking=asking)
        return late or (isinstance(top, BaseScreen) and top.swallows(key))

    async def on_ready(self) -> None:
        """The first screen is laid out and has the focus."""
        main = self.screen_stack[0]
        known = isinstance(main, MainScreen) and main.today.session.known
        if known or not self._key_queue.waits:
            await self._key_queue.open()

    async def on_takes_keys(self) -> None:
        """Deliver what was typed ahead."""
        await self._key_queue.open()

    async def on_settled(self, event: Settled) -> None:
        """A key has been handled: deliver the next one."""
        top = self.screen
        asking = isinstance(top, BaseScreen) and top.prompt.is_open
        self._leaving.handled(event.key, len(self.screen_stack), asking=asking)
        await self._key_queue.settled(event.key)

    def on_said(self, event: Said) -> None:
        """Remember what was said."""
        self.navigation.said.append((event.words, event.role))

    def _handle_exception(self, error: Exception) -> None:
        # While the app exits, widgets look for others that are gone or never came: not a fault.
        if isinstance(error, BrokenPipeError) and self.is_web:
            self.exit()  # Whoever showed the screen has gone.
        if not self._exit:
            cause = error.error if isinstance(error, WorkerFailed) else error
            if self.fault is None and isinstance(cause, Exception):
                self.fault = cause
            super()._handle_exception(error)

    def _fatal_error(self) -> None:
        self.panic()

    def panic(self, *renderables: RenderableType) -> None:
        """End without printing anything; the caller reports the fault."""
        self._close_messages_no_wait()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Block all but a few actions while a prompt is open."""
        top = self.screen_stack[-1] if self.screen_stack else None
        if isinstance(top, BaseScreen) and top.prompt.is_open:
            return action in ALLOWED_WHILE_ASKING
        return super().check_action(action, parameters)

    def get_default_screen(self) -> Screen[None]:
        """The main screen. As the default screen it is the first thing painted."""
        return MainScreen(self.navigation)

    def _own_keys(self) -> dict[str, str]:
        """The runner's own keys by command id; invalid ones are left out with a notice."""
        known = {command.id for command in COMMANDS}
        own: dict[str, str] = {}
        found = self.book.profile.setting("keys", dict[str, object]())
        file = self.book.profile.store.file_of("keys") if found else ""
        for name, keys in found.items():
            if name not in known:
                self.book.notice(f"{file}: keys: no command is called {clip(name, 30)}")
            elif not isinstance(keys, str) or not all(keys.split(",")):
                self.book.notice(f"{file}: keys: {name} must name a key, such as ctrl+l")
            else:
                own[name] = keys
        return own

    def action_command_palette(self) -> None:
        """Show the palette, unless it is open."""
        from tui.ui.screens.palette import PaletteScreen  # Not needed at every start.

        if not isinstance(self.screen, PaletteScreen):
            self.navigation.open_palette(self._offered(self.screen))

    def _offered(self, screen: Screen[object]) -> list[tuple[Command, DOMNode]]:
        """Every command of the registry that works on ``screen``, and what carries it out."""
        from tui.ui.screens.summary_page import SummaryPage  # Not needed at every start.

        own = self.own_keys
        offered: list[tuple[Command, DOMNode]] = []
        if isinstance(screen, MainScreen):
            offered += [(command, screen.pane()) for command in at(screen.current, own=own)]
            offered += [(command, screen) for command in at(EVERYWHERE, own=own)]
        elif isinstance(screen, SummaryPage):
            offered += [(command, screen) for command in at(SUMMARY, OVER_PANES, own=own)]
        elif isinstance(screen, BaseScreen):
            place = screen.place if isinstance(screen, ListScreen) else ""
            offered += [(command, screen) for command in at(place, OVER_PANES, own=own)]
        # A page has no shell to go to.
        off = ("palette", "suspend") if self.is_web else ("palette",)
        return [(command, target) for command, target in offered if command.id not in off]
