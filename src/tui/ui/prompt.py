"""The one line at the bottom where something is typed."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.widgets import Input

from tui.core.text import clean, clip
from tui.ui.ink import Lines, width_of

ROOM_TO_TYPE = 24


class Typing(Input):
    """An input that does not blink and that the tab key leaves."""

    BINDINGS = [
        Binding("tab,escape", "leave", "Leave it as it is", show=False),
        Binding("up", "move(-1)", "Up in the list", show=False),
        Binding("down", "move(1)", "Down in the list", show=False),
    ]

    def validate_value(self, value: str) -> str:
        """What is typed, pasted or corrected, on one line and harmless to the terminal."""
        return clean(value)

    def action_leave(self) -> None:
        """Give up; whoever asked hears nothing."""
        self.prompt.close()

    def action_move(self, by: int) -> None:
        """The list below the prompt moves while one types."""
        self.prompt.moved(by)

    async def action_submit(self) -> None:
        """Enter: at once, and not by a message, so that a key typed right behind it finds the
        screen that it was meant for."""
        self.prompt.take(self.value.strip())

    @property
    def prompt(self) -> Prompt:
        """What this is the input of."""
        assert isinstance(self.parent, Prompt)
        return self.parent


class Prompt(Horizontal):
    """Asks for one line. Enter gives it, an empty line or tab leaves things as they are."""

    DEFAULT_CSS = """
    Prompt { height: 1; display: none; background: $surface; }
    Prompt.-open { display: block; }
    Prompt Lines { width: auto; min-width: 8; color: $accent; text-style: bold; }
    Prompt Input { height: 1; border: none; padding: 0; width: 1fr; background: $surface; }
    Prompt Input:focus { border: none; }
    """

    def __init__(self, left: Callable[[], None], moved: Callable[[int], None]) -> None:
        """``left`` is called when it asks no more, before any answer is given; ``moved`` when up
        (-1) or down (1) is pressed in it."""
        super().__init__(id="prompt")
        self.left = left
        self.moved = moved
        self.answer: Callable[[str], None] | None = None
        self.typed: Callable[[str], None] | None = None

    def compose(self) -> ComposeResult:
        """The label and the input."""
        yield Lines(id="asked")
        field = Typing(id="typed", compact=True, select_on_focus=False)
        field.cursor_blink = False
        yield field

    def ask(
        self,
        label: str,
        value: str,
        answer: Callable[[str], None],
        typed: Callable[[str], None] | None = None,
    ) -> None:
        """Open with ``value``; ``typed`` hears every change, ``answer`` the line on enter."""
        self.answer, self.typed = answer, None
        asked = self.query_one("#asked", Lines)
        label = clip(clean(label), max(0, self.app.size.width - ROOM_TO_TYPE))
        asked.styles.width = width_of([(label, "")]) + 2
        asked.set([[(f"{label} ", "accent")]])
        field = self.field
        field.value = value
        field.cursor_position = len(value)
        self.typed = typed
        self.add_class("-open")
        # At once: focus() alone waits its turn, and a key typed right behind would get ahead of it.
        self.screen.set_focus(field)

    @property
    def field(self) -> Input:
        """Where the line is typed."""
        return self.query_one("#typed", Input)

    @property
    def is_open(self) -> bool:
        """True while it asks."""
        return self.has_class("-open")

    def close(self) -> None:
        """Ask no more."""
        self.remove_class("-open")
        self.answer = self.typed = None
        self.left()

    def take(self, line: str) -> None:
        """Close, then answer with the line, so that an answer can ask again; an empty one answers
        only where every change is heard."""
        answer = self.answer if line else self.typed
        self.close()
        if answer is not None:
            answer(line)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Tell of every change."""
        event.stop()
        if self.typed is not None:
            self.typed(event.value)
