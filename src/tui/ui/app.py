"""The application: wiring between Textual, the main screen and the outside."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import ClassVar

from rich.console import Console, RenderableType
from textual import events
from textual.app import App, SystemCommand
from textual.constants import COLOR_SYSTEM
from textual.dom import DOMNode
from textual.screen import Screen
from textual.worker import WorkerFailed

from tui.app.logbook import Logbook
from tui.domain.model.text import clip
from tui.ui.commands import COMMANDS, EVERYWHERE, OVER_PANES, SUMMARY, Command, at
from tui.ui.driver import TerminalDriver
from tui.ui.keyboard import KeyQueue, Settled, Typed
from tui.ui.navigation import Navigation
from tui.ui.screens.base_screen import ALLOWED_WHILE_ASKING, BaseScreen
from tui.ui.screens.list_screen import ListScreen
from tui.ui.screens.main import MainScreen
from tui.ui.themes import SIXTEEN, THEME


def has_sixteen() -> bool:
    """True for a terminal of sixteen colours, as Textual itself will find it."""
    found = Console(color_system=COLOR_SYSTEM, force_terminal=True)  # type: ignore[arg-type]  # any word
    return found.color_system == "standard"


class Stridelift(App[None]):
    """The full screen on one logbook. ``fault`` is what it ended by, if by a fault: whoever started
    it tells of that, and nobody is shown a traceback."""

    TITLE = "Stridelift"
    CSS_PATH = ["app.tcss", "screens/screens.tcss", "panes/panes.tcss"]
    ENABLE_COMMAND_PALETTE = True
    BINDINGS: ClassVar = []

    def __init__(self, book: Logbook) -> None:
        few = bool(os.environ.get("NO_COLOR")) or has_sixteen()
        super().__init__(ansi_color=few)
        self.driver_class = TerminalDriver
        self.fault: Exception | None = None
        self.book = book
        self.own_keys = self._own_keys()
        self._key_queue = KeyQueue(self, super().on_event)
        self.navigation = Navigation(self, book, self.own_keys)
        # A moving thing costs bytes on a slow line and calm anywhere.
        self.animation_level = "none"
        # Now, and not once mounted: else everything would be painted twice.
        theme = SIXTEEN if few else THEME
        self.register_theme(theme)
        self.theme = theme.name

    def on_mount(self) -> None:
        """The runner's own keys, and a fresh picture after a stop."""
        self.set_keymap(self.own_keys)
        # After ctrl+z and fg the terminal shows what the shell wrote.
        self.app_resume_signal.subscribe(self, lambda _: self.screen.refresh(layout=True))

    async def on_event(self, event: events.Event) -> None:
        """Queue a fresh key; all else goes its usual way."""
        if isinstance(event, Typed) and not event.is_forwarded:
            await self._key_queue.put(event)
        else:
            await super().on_event(event)

    async def on_settled(self, event: Settled) -> None:
        """A key was dealt with: the next one."""
        await self._key_queue.settled(event.key)

    def _handle_exception(self, error: Exception) -> None:
        # On the way out widgets find that others have gone, or never came: that is no fault.
        if not self._exit:
            cause = error.error if isinstance(error, WorkerFailed) else error
            if self.fault is None and isinstance(cause, Exception):
                self.fault = cause
            super()._handle_exception(error)

    def _fatal_error(self) -> None:
        self.panic()

    def panic(self, *renderables: RenderableType) -> None:
        """End; what there is to say of it is said by whoever started the app."""
        self._close_messages_no_wait()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While a screen asks for a line, no key leads past its prompt."""
        top = self.screen_stack[-1] if self.screen_stack else None
        if isinstance(top, BaseScreen) and top.prompt.is_open:
            return action in ALLOWED_WHILE_ASKING
        return super().check_action(action, parameters)

    def get_default_screen(self) -> Screen[None]:
        """The one screen; as the default it is painted first, with nothing before it."""
        return MainScreen(self.navigation)

    def _own_keys(self) -> dict[str, str]:
        """The runner's own keys by command; what makes no sense is told of and left out."""
        known = {command.id for command in COMMANDS}
        own: dict[str, str] = {}
        for name, keys in self.book.profile.setting("keys", dict[str, object]()).items():
            if name not in known:
                self.book.notice(f"profile.json: keys: no command is called {clip(name, 30)}")
            elif not isinstance(keys, str) or not all(keys.split(",")):
                self.book.notice(f"profile.json: keys: {name} must name a key, such as ctrl+l")
            else:
                own[name] = keys
        return own

    def action_command_palette(self) -> None:
        """Show the palette, once."""
        from tui.ui.palette import Palette  # Not for every start.

        if not isinstance(self.screen, Palette):
            self.push_screen(Palette())

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The palette: every command of the registry that can be done from where one is."""
        from tui.ui.screens.summary_page import SummaryPage  # Not for every start.

        own = self.own_keys
        commands: list[tuple[Command, DOMNode]] = []
        if isinstance(screen, MainScreen):
            commands += [(command, screen) for command in at(EVERYWHERE, own=own)]
            commands += [(command, screen.pane()) for command in at(screen.current, own=own)]
        elif isinstance(screen, SummaryPage):
            commands += [(command, screen) for command in at(SUMMARY, OVER_PANES, own=own)]
        elif isinstance(screen, ListScreen):
            commands += [(command, screen) for command in at(screen.place, OVER_PANES, own=own)]
        for command, target in commands:
            if command.id != "palette":

                async def run(action: str = command.action, on: DOMNode = target) -> None:
                    await self.run_action(action, on)

                yield SystemCommand(command.words, f"key: {command.shown}", run)
