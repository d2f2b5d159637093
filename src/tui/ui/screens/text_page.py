"""A page of scrolling text: help, how to do an exercise, why a number, a summary."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.widget import Widget

from tui.ui.commands import OVER_PANES, bindings
from tui.ui.host import Navigator
from tui.ui.screens.base_screen import BaseScreen
from tui.ui.widgets.styled_text import Line, Lines, Span

Render = Callable[[int], Sequence[Line]]
HINTS: tuple[Span, ...] = (
    (" q", "accent"), (" back   ", "dim"), ("up down", "accent"), (" scroll", "dim"),
)  # fmt: skip


class TextPage(BaseScreen[None]):
    """A page of text, closed by any of its leaving keys; arrows scroll."""

    BINDINGS = [
        *bindings(OVER_PANES),
        Binding("q,enter,space,escape,left,backspace,d,w,question_mark", "leave", "Back"),
        Binding("j", "scroll(1)", "Down"),
        Binding("k", "scroll(-1)", "Up"),
    ]
    DEFAULT_CSS = """
    TextPage { background: $background; }
    TextPage #page-title { height: 2; padding: 0 1; }
    TextPage.-short #page-title { height: 1; }
    TextPage VerticalScroll { padding: 0 1; scrollbar-size-vertical: 1; }
    """

    def __init__(self, navigator: Navigator, title: str, render: Render) -> None:
        super().__init__(navigator)
        self.heading = title
        self.body = render

    def compose(self) -> ComposeResult:
        """Title, scrolling text, and the hint line."""
        yield from self.top()
        yield Lines(id="page-title")
        with VerticalScroll():
            yield Lines(id="page-body")
        yield from self.bottom()

    def on_mount(self) -> None:
        """Fill in what does not depend on the width."""
        self.query_one("#page-title", Lines).set([[(self.heading, "loud")], []])
        self.show_hints()
        self.query_one(VerticalScroll).focus()

    @property
    def home(self) -> Widget:
        """The text, so that arrows scroll it."""
        return self.query_one(VerticalScroll)

    def hints(self, width: int) -> Line:
        """How to leave."""
        return HINTS

    def on_resize(self) -> None:
        """Wrap the text to the new width."""
        self.query_one("#page-body", Lines).set(self.body(max(20, self.size.width - 4)))

    def action_leave(self) -> None:
        """Close the page."""
        self.dismiss()

    def action_scroll(self, by: int) -> None:
        """Scroll by lines, down (1) or up (-1)."""
        self.query_one(VerticalScroll).scroll_relative(y=by, animate=False)
