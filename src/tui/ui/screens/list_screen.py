"""A screen over the panes with a list of its own: what all such screens share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tui.domain.model.values import Exercise
from tui.ui.commands import OVER_PANES, at, bindings
from tui.ui.host import Navigator
from tui.ui.screens.base_screen import ROOMY, BaseScreen, hint_line, too_small, too_small_lines
from tui.ui.undo import UndoStep
from tui.ui.widgets.prompt import REFUSALS
from tui.ui.widgets.styled_text import Line, Lines


class ListScreen(BaseScreen[Exercise | None]):
    """A list, a line at the bottom for hints and answers, and a prompt. ``place`` is that of its
    commands. Gives the exercise that was chosen on it, if any."""

    BINDINGS = bindings(OVER_PANES)
    AUTO_FOCUS = None
    place = ""

    def __init__(self, navigator: Navigator) -> None:
        super().__init__()
        self.book = navigator.book
        self.own_keys = navigator.own_keys
        self.navigator = navigator
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
            self.notice.set(too_small_lines(self.size))
            return
        if self.focused is None:
            self.set_focus(self.prompt.field if self.prompt.is_open else self.rows)
        self.show()
        self.show_hints()

    def hints(self, width: int) -> Line:
        """Those keys of the screen that have a hint."""
        return hint_line([c for c in at(self.place, own=self.own_keys) if c.hint], width)

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

    def take_back(self, done: list[UndoStep]) -> None:
        """Take the last of these steps back."""
        with self.guarded():
            step = done[-1]
            step.back()
            done.pop()
            self.show()
            self.say(step.words, "good")

    def action_help(self) -> None:
        """All keys."""
        self.navigator.open_help(self.place)

    def action_go(self, name: str) -> None:
        """To a pane or another screen by its number; its own number leaves a screen."""
        if name == self.place:
            self.action_leave()
        else:
            self.navigator.go(name)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Where nothing can be seen nothing is done but going elsewhere."""
        if self.has_class("-small") and action not in ("leave", "go"):
            return False
        return super().check_action(action, parameters)

    def action_leave(self) -> None:
        """Back to where one was."""
        self.dismiss()
