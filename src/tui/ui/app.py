"""The application: wiring between Textual, the main screen and the outside."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import ClassVar

from rich.console import Console
from textual.app import SystemCommand
from textual.constants import COLOR_SYSTEM
from textual.dom import DOMNode
from textual.screen import Screen

from tui.app.logbook import Logbook
from tui.domain.model.text import clip
from tui.ui.asking import STILL, Asking
from tui.ui.commands import COMMANDS, EVERYWHERE, SHEET, SUMMARY, Command, at
from tui.ui.driver import TerminalDriver
from tui.ui.keyboard import OneKeyAtATime
from tui.ui.leaving import EndsCleanly
from tui.ui.screens.list_screen import Sheet
from tui.ui.screens.main import MainScreen
from tui.ui.themes import SIXTEEN, THEME


def has_sixteen() -> bool:
    """True for a terminal of sixteen colours, as Textual itself will find it."""
    found = Console(color_system=COLOR_SYSTEM, force_terminal=True)  # type: ignore[arg-type]  # any word
    return found.color_system == "standard"


class Stridelift(EndsCleanly, OneKeyAtATime):
    """The full screen on one logbook."""

    TITLE = "Stridelift"
    CSS_PATH = "main.tcss"
    ENABLE_COMMAND_PALETTE = True
    BINDINGS: ClassVar = []

    def __init__(self, book: Logbook) -> None:
        few = bool(os.environ.get("NO_COLOR")) or has_sixteen()
        super().__init__(ansi_color=few)
        self.driver_class = TerminalDriver
        self.book = book
        self.own_keys = self._own_keys()
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

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While a screen asks for a line, no key leads past its prompt."""
        top = self.screen_stack[-1] if self.screen_stack else None
        if isinstance(top, Asking) and top.prompt.is_open:
            return action in STILL
        return super().check_action(action, parameters)

    def get_default_screen(self) -> Screen[None]:
        """The one screen; as the default it is painted first, with nothing before it."""
        return MainScreen(self.book, self.own_keys)

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
            commands += [(command, screen) for command in at(SUMMARY, SHEET, own=own)]
        elif isinstance(screen, Sheet):
            commands += [(command, screen) for command in at(screen.place, SHEET, own=own)]
        for command, target in commands:
            if command.id != "palette":

                async def run(action: str = command.action, on: DOMNode = target) -> None:
                    await self.run_action(action, on)

                yield SystemCommand(command.words, f"key: {command.shown}", run)
