"""The floor for start-up: the program's own widgets and colours in a bare Textual program.

Three panes of rows that never change. No log, library, session or plan: any start-up time beyond
this is ours.
"""

from __future__ import annotations

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.containers import Horizontal, Vertical
from textual.screen import Screen

import tui.ui
from tui.ui.themes import THEMES
from tui.ui.widgets.header import Status
from tui.ui.widgets.prompt import Prompt
from tui.ui.widgets.strip import Strip
from tui.ui.widgets.styled_text import Line, Lines
from tui.ui.widgets.virtual_list import VirtualList

ROWS = tuple(f"Row {number} of what a pane may show" for number in range(100))
WIDE = 120
ROOMY = 24
STYLES = ("app.tcss", "screens/screens.tcss", "panes/panes.tcss")


def draw(value: object, _width: int) -> Line:
    """One row."""
    return [(str(value), "strong")]


# It has the name of the program's own screen, because the style sheet selects by that name.
class MainScreen(Screen[None]):
    """The same widgets as the program's screen."""

    AUTO_FOCUS = None

    def compose(self) -> ComposeResult:
        """Header, panes, prompt, hints."""
        yield Strip()
        with Horizontal(id="panes"):
            with Vertical(id="library", classes="pane"):
                yield Lines(id="library-title")
                yield VirtualList(draw, id="exercises")
            with Vertical(id="today", classes="pane -current -shown"):
                yield Lines(id="context")
                yield VirtualList(draw, id="items")
                yield Lines(id="field")
            with Vertical(id="history", classes="pane"):
                yield Lines(id="history-title")
                yield VirtualList(draw, id="sessions")
            yield Lines(id="side")
        yield Lines(id="message")
        yield Lines(id="hints")
        yield Prompt(
            lambda _: None, lambda _: None, lambda _: None, lambda _: None, lambda *_: None
        )
        yield Lines(id="too-small")

    def on_mount(self) -> None:
        """Fill the panes."""
        self.query_one(Strip).show("today", "", Status(), self.size.width)
        self.query_one("#hints", Lines).set([[(" enter ", "accent"), ("log set", "dim")]])
        for name in ("context", "library-title", "history-title"):
            self.query_one(f"#{name}", Lines).set([[("Set 1 of 3", "loud")], []])
        self.query_one("#field", Lines).set([[("0:00", "")]] * 8)
        for name, count in (("exercises", 100), ("items", 6), ("sessions", 100)):
            self.query_one(f"#{name}", VirtualList).show(ROWS[:count])
        self.query_one("#items").focus()

    def on_resize(self) -> None:
        """Lay the screen out as the program does."""
        self.set_class(self.size.width >= WIDE, "-wide")
        self.set_class(self.size.height < ROOMY, "-short")


class Bare(App[None]):
    """An app with only that screen."""

    CSS_PATH: ClassVar = [f"{tui.ui.__path__[0]}/{name}" for name in STYLES]
    BINDINGS: ClassVar = []

    def __init__(self) -> None:
        super().__init__()
        self.animation_level = "none"
        self.register_theme(THEMES["auto"])
        self.theme = THEMES["auto"].name

    def get_default_screen(self) -> Screen[None]:
        """Start with the one screen."""
        return MainScreen()

    def key_p(self) -> None:
        """Repaint the whole screen."""
        self.screen.refresh()


if __name__ == "__main__":
    Bare().run()
