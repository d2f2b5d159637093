"""A screen that asks for a line at its bottom, and says there what is to be said."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from textual.events import Key as KeyPress
from textual.screen import Screen, ScreenResultType

from tui.app.logbook import Logbook
from tui.ui.commands import Command
from tui.ui.widgets.lists import List
from tui.ui.widgets.prompt import Prompt, Question
from tui.ui.widgets.smallest import LEAST_WIDTH
from tui.ui.widgets.styled_text import Line, Lines, Span, width_of
from tui.ui.widgets.text_page import wrapped

# What can be done while a line is asked for: nothing changes with it.
STILL = ("quit", "suspend_process")


class Asking(Screen[ScreenResultType]):
    """A list, a line at the bottom for hints and what is said, and below it the ``prompt``. While
    that asks all keys are its own."""

    def __init__(self, book: Logbook, own_keys: Mapping[str, str]) -> None:
        super().__init__()
        self.book = book
        self.own_keys = own_keys
        self.said: Span | None = None
        self.prompt = Prompt(self._prompt_left, self._prompt_moved, self._prompt_told)

    @property
    def rows(self) -> List:
        """The list that has the keys while nothing is asked."""
        return self.query_one(List)

    # -- the line at the bottom ----------------------------------------------------------------

    def hinted(self) -> Sequence[Command]:
        """The commands whose keys are worth a hint now, the last one always."""
        raise NotImplementedError(f"{type(self).__name__} hints at nothing")

    def say(self, words: str, role: str = "") -> None:
        """A word at the bottom until the next key, over the prompt until that closes; a long one
        takes the lines it needs."""
        self.said = (words, role)
        self.show_hints()

    def show_hints(self) -> None:
        """The line at the bottom: what was said last, else the keys that fit; the prompt takes
        the place of these."""
        self.set_class(self.prompt.is_open and self.said is None, "-asking")
        shown, width = self.query_one("#hints", Lines), self.size.width
        if self.said is not None:
            words, role = self.said
            shown.set(wrapped(words, max(LEAST_WIDTH, width), role, indent=" "))
        else:
            shown.set([hint_line(self.hinted(), width)])

    def on_key(self, event: KeyPress) -> None:
        """What was said has been read."""
        if self.said is not None and not self.prompt.is_open:
            self.said = None
            self.call_later(self.show_hints)

    # -- asking --------------------------------------------------------------------------------

    def ask(
        self,
        label: str,
        value: str,
        answer: Callable[[str], None],
        typed: Callable[[str], None] | None = None,
        *,
        empty: Callable[[], None] | None = None,
        keys: str = "",
    ) -> None:
        """Ask for one line, offering ``value``; the rest is that of a Question."""
        self.said = None
        self.prompt.ask(label, value, Question(answer=answer, typed=typed, empty=empty, keys=keys))
        self.show_hints()

    def _prompt_left(self) -> None:
        """The keys go back to the list."""
        self.set_focus(self.rows)
        self.show_hints()

    def _prompt_moved(self, by: int) -> None:
        """The cursor of the list moves while something is typed."""
        self.rows.move(by)

    def _prompt_told(self, words: str) -> None:
        """What is wrong with an answer stays in sight until it is put right or left."""
        self.said = (words, "warn") if words else None
        self.show_hints()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While it asks, no key that the prompt does not know does anything."""
        if self.prompt.is_open:
            return action in STILL
        return super().check_action(action, parameters)


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
