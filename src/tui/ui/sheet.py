"""A screen over the panes with a list of its own: what all such screens share."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from msgspec import Struct
from textual.events import Key as KeyPress
from textual.screen import Screen

from tui.core.actions import Refused
from tui.core.model import Exercise
from tui.core.notation import NotationError
from tui.keeping import ReadOnly
from tui.logbook import Logbook
from tui.store.errors import StoreError
from tui.ui.commands import SHEET, Command, at, bindings
from tui.ui.ink import Line, Lines, Span, width_of
from tui.ui.lists import List
from tui.ui.page import Page, wrapped
from tui.ui.prompt import Prompt
from tui.ui.smallest import small_lines, too_small
from tui.ui.texts import help_lines
from tui.ui.ways import Ways

ROOMY = 24


class Step(Struct, frozen=True, kw_only=True):
    """A change that ``back`` takes back; ``words`` say so then."""

    words: str
    back: Callable[[], None]


class Sheet(Screen[Exercise | None]):
    """A list, a line at the bottom for hints and answers, and a prompt. ``place`` is that of its
    commands. Gives the exercise that was chosen on it, if any."""

    BINDINGS = bindings(SHEET)
    AUTO_FOCUS = None
    place = ""

    def __init__(self, book: Logbook, own_keys: Mapping[str, str]) -> None:
        super().__init__()
        self.book = book
        self.own_keys = own_keys
        self.said: Span | None = None

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
        if small and not self.query("#too-small"):
            self.mount(Lines(id="too-small"))
        self.call_after_refresh(self._show_at_size)

    def _show_at_size(self) -> None:
        # It may have been left meanwhile.
        if not self.is_attached:
            return
        if too_small(self.size):
            self.query_one("#too-small", Lines).set(small_lines(self.size))
            return
        if self.focused is None:
            self.set_focus(self.prompt.field if self.prompt.is_open else self.rows)
        self.show()
        self.show_hints()

    @property
    def rows(self) -> List:
        """The list; it has the keys."""
        return self.query_one(List)

    @property
    def prompt(self) -> Prompt:
        return self.query_one(Prompt)

    # -- the line at the bottom ----------------------------------------------------------------

    def say(self, words: str, role: str = "") -> None:
        """A word at the bottom until the next key."""
        self.said = (words, role)
        self.show_hints()

    def show_hints(self) -> None:
        """What was said last, else the keys that fit."""
        width = self.size.width
        hints = self.query_one("#hints", Lines)
        if self.said is not None:
            hints.set(wrapped(self.said[0], width, self.said[1], indent=" "))
        else:
            wanted = [c for c in at(self.place, own=self.own_keys) if c.hint]
            hints.set([hint_line(wanted, width)])

    def on_key(self, event: KeyPress) -> None:
        """What was said has been read."""
        if self.said is not None and not self.prompt.is_open:
            self.said = None
            self.call_later(self.show_hints)

    # -- asking and doing ----------------------------------------------------------------------

    def ask(
        self,
        label: str,
        value: str,
        answer: Callable[[str], None],
        typed: Callable[[str], None] | None = None,
    ) -> None:
        """Ask for one line; ``typed`` hears every change."""
        self.said = None
        self.add_class("-asking")
        self.prompt.ask(label, value, answer, typed)

    def prompt_left(self) -> None:
        """The keys go back to the list."""
        self.remove_class("-asking")
        self.set_focus(self.rows)
        self.show_hints()

    def prompt_moved(self, by: int) -> None:
        """The cursor of the list moves while something is typed."""
        self.rows.move(by)

    @contextmanager
    def guarded(self) -> Iterator[None]:
        """Say in one line why a change cannot be made; nothing has changed then."""
        try:
            yield
        except (ReadOnly, Refused, NotationError, StoreError) as problem:
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

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool:
        """Where nothing can be seen nothing is done but going elsewhere."""
        if not self.has_class("-small"):
            return True
        return action in ("leave", "go") and not self.prompt.is_open

    def action_leave(self) -> None:
        """Back to where one was."""
        self.dismiss()


def hint_line(commands: Sequence[Command], width: int) -> Line:
    """The keys of some commands with a word each, as many as fit; the last one always."""
    hints: list[list[Span]] = [
        [(command.shown.split()[0], "accent"), (f" {command.hint}  ", "dim")]
        for command in commands
    ]
    last = hints.pop()
    line: list[Span] = [(" ", "")]
    for hint in hints:
        if width_of(line) + width_of(hint) + width_of(last) <= width:
            line += hint
    return [*line, *last]
