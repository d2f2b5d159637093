"""A screen over the panes with a list of its own: what all such screens share."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from msgspec import Struct

from tui.app.logbook import Logbook
from tui.domain.model.values import Exercise
from tui.ui.asking import Asking
from tui.ui.commands import SHEET, Command, at, bindings
from tui.ui.navigation import Ways
from tui.ui.texts import help_lines
from tui.ui.widgets.prompt import REFUSALS
from tui.ui.widgets.smallest import small_lines, too_small
from tui.ui.widgets.styled_text import Lines
from tui.ui.widgets.text_page import Page

ROOMY = 24


class Step(Struct, frozen=True, kw_only=True):
    """A change that ``back`` takes back; ``words`` say so then."""

    words: str
    back: Callable[[], None]


class Sheet(Asking[Exercise | None]):
    """A list, a line at the bottom for hints and answers, and a prompt. ``place`` is that of its
    commands. Gives the exercise that was chosen on it, if any."""

    BINDINGS = bindings(SHEET)
    AUTO_FOCUS = None
    place = ""

    def __init__(self, book: Logbook, own_keys: Mapping[str, str]) -> None:
        super().__init__(book, own_keys)
        self.notice = Lines(id="too-small")

    def show(self) -> None:
        """Show the book as it stands now."""
        raise NotImplementedError(f"{type(self).__name__} shows nothing")

    def on_mount(self) -> None:
        """The list has the keys, and from the first something that they can be for."""
        self.show()
        self.set_focus(self.rows)

    def on_resize(self) -> None:
        """Show it in the width there is; where it is low, with fewer blank lines, and where it is
        too small in words that it is."""
        self.set_class(self.size.height < ROOMY, "-short")
        small = too_small(self.size)
        self.set_class(small, "-small")
        if small and self.notice.parent is None:
            self.mount(self.notice)
        self.call_after_refresh(self._show_at_size)

    def _show_at_size(self) -> None:
        # It may have been left meanwhile.
        if not self.is_attached:
            return
        if too_small(self.size):
            # Held, and not looked up: it may not be mounted yet.
            self.notice.set(small_lines(self.size))
            return
        if self.focused is None:
            self.set_focus(self.prompt.field if self.prompt.is_open else self.rows)
        self.show()
        self.show_hints()

    def hinted(self) -> Sequence[Command]:
        """Those of the screen that have a hint."""
        return [c for c in at(self.place, own=self.own_keys) if c.hint]

    @contextmanager
    def guarded(self) -> Iterator[None]:
        """Say in one line why a change cannot be made; nothing has changed then. Of an answer the
        prompt says it, which keeps what was typed."""
        try:
            yield
        except REFUSALS as problem:
            if self.prompt.taking:
                raise
            self.say(str(problem), "warn")

    def take_back(self, done: list[Step]) -> None:
        """Take the last of these steps back."""
        with self.guarded():
            step = done[-1]
            step.back()
            done.pop()
            self.show()
            self.say(step.words, "good")

    def action_help(self) -> None:
        """All keys."""
        self.app.push_screen(
            Page("Keys", lambda width: help_lines(self.place, self.own_keys, width))
        )

    def action_go(self, name: str) -> None:
        """To a pane or another screen by its number; its own number leaves a screen."""
        if name == self.place:
            self.action_leave()
            return
        main = self.app.screen_stack[0]
        assert isinstance(main, Ways)
        main.lead(name)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Where nothing can be seen nothing is done but going elsewhere."""
        if self.has_class("-small") and action not in ("leave", "go"):
            return False
        return super().check_action(action, parameters)

    def action_leave(self) -> None:
        """Back to where one was."""
        self.dismiss()
