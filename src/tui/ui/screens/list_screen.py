"""Base class of the screens that open over the panes, each with one list."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from textual.events import Click

from tui.app.refusals import REFUSALS
from tui.app.write_access import ReadOnly
from tui.domain.model.values import Exercise
from tui.domain.session.actions import Refused
from tui.store.errors import NotSynced
from tui.ui.commands import OVER_PANES, at, bindings
from tui.ui.host import Navigator
from tui.ui.screens.base_screen import BaseScreen, hint_line, too_small, too_small_lines
from tui.ui.undo import NOTHING_AGAIN, UndoStep, again_words, undone_words
from tui.ui.widgets.styled_text import Line, Lines


class ListScreen(BaseScreen[Exercise | None]):
    """A screen of a list, a bottom line and a prompt. ``place`` names its commands in the registry.
    It returns the exercise chosen on it, or None."""

    BINDINGS = bindings(OVER_PANES)
    AUTO_FOCUS = None
    place = ""

    def __init__(self, navigator: Navigator) -> None:
        super().__init__(navigator)
        self.notice = Lines(id="too-small")
        self.undone: list[UndoStep] = []

    def show(self) -> None:
        """Redraw from the current state of the logbook."""
        raise NotImplementedError(f"{type(self).__name__} shows nothing")

    def on_mount(self) -> None:
        """Fill the list and focus it, so that the first key has something to act on, unless the
        screen asks something already."""
        self.show()
        if not self.prompt.is_open:
            self.set_focus(self.rows)

    def on_resize(self) -> None:
        """Redraw at the new size: with fewer blank lines in a low terminal, and with a notice in
        one that is too small."""
        small = too_small(self.size)
        self.set_class(small, "-small")
        if small and self.notice.parent is None:
            self.mount(self.notice)
        self.later(self._show_at_size)

    def _show_at_size(self) -> None:
        if too_small(self.size):
            # Kept as an attribute, not queried: it may not be mounted yet.
            self.notice.set(too_small_lines(self.size))
            return
        if self.focused is None:
            self.set_focus(self.prompt.field if self.prompt.is_open else self.rows)
        self.show()
        self.show_hints()

    def hints(self, width: int) -> Line:
        """The screen's keys that have a hint."""
        return hint_line([c for c in at(self.place, own=self.own_keys) if c.hint], width)

    @contextmanager
    def guarded(self) -> Iterator[None]:
        """If a change is refused, say why in one line; nothing has changed then. While an answer is
        being taken the refusal is passed on to the prompt, which keeps what was typed. After
        NotSynced show what is now, and say it."""
        try:
            yield
        except NotSynced as late:
            # It has happened: a prompt that kept what was typed would have it done twice.
            self.show()
            self.say(str(late), "warn")
        except REFUSALS as problem:
            looks = isinstance(problem, ReadOnly)
            words = self.navigator.looking() if looks else str(problem)
            if self.prompt.taking:
                raise Refused(words) from problem
            self.say(words, "warn")

    def note_step(self, done: list[UndoStep], step: UndoStep) -> None:
        """Note a step that was just done; what was undone before it cannot be done again."""
        done.append(step)
        self.undone.clear()

    def take_back(self, done: list[UndoStep]) -> None:
        """Undo the last of these steps."""
        with self.guarded():
            step = done[-1]
            step.back()
            done.pop()
            if step.again is not None:
                self.undone.append(step)
            self.show()
            self.say(undone_words(step.words, can_redo=step.again is not None), "good")

    def bring_back(self, done: list[UndoStep]) -> None:
        """Do again what was undone last."""
        if not self.undone:
            self.say(NOTHING_AGAIN)
            return
        with self.guarded():
            step = self.undone[-1]
            assert step.again is not None, "only what can be done again is kept"
            step.again()
            done.append(self.undone.pop())
            self.show()
            self.say(again_words(step.words), "good")

    def on_click(self, event: Click) -> None:
        """Open the row under the cursor if it is clicked."""
        if event.widget is self.rows and self.rows.hit_again and not self.prompt.is_open:
            self.open_row()

    def open_row(self) -> None:
        """Open what is under the cursor, if that can be opened."""

    def action_help(self) -> None:
        """Show all keys."""
        self.navigator.open_help(self.place)

    def action_go(self, name: str) -> None:
        """Go to a pane or another screen by its number; its own number leaves this one."""
        if name == self.place:
            self.action_leave()
        else:
            self.navigator.go(name)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """In a terminal that is too small, allow only leaving."""
        if self.has_class("-small") and action not in ("leave", "go"):
            return False
        return super().check_action(action, parameters)

    def action_leave(self) -> None:
        """Close the screen."""
        self.dismiss()
