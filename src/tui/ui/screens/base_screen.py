"""What all screens share: a line at the bottom for hints and what is said, and a prompt."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.geometry import Size
from textual.screen import Screen, ScreenResultType

from tui.ui.commands import Command
from tui.ui.widgets.prompt import Prompt, Question
from tui.ui.widgets.styled_text import Line, Lines, Span, width_of, wrapped
from tui.ui.widgets.virtual_list import VirtualList

# What can be done while a line is asked for: nothing changes with it.
ALLOWED_WHILE_ASKING = ("quit", "suspend_process")
# The smallest terminal that there is something to see in.
LEAST_WIDTH, LEAST_HEIGHT = 60, 20
# From this height on there is room for blank lines.
ROOMY = 24


class BaseScreen(Screen[ScreenResultType]):
    """A screen with a line ``#hints`` and the ``prompt``. While that asks all keys are its own."""

    def __init__(self) -> None:
        super().__init__()
        self.said: Span | None = None
        self.prompt = Prompt(self._prompt_closed, self._prompt_moved, self._prompt_refused)

    @property
    def rows(self) -> VirtualList:
        """The list that has the keys while nothing is asked."""
        return self.query_one(VirtualList)

    # -- the line at the bottom ----------------------------------------------------------------

    def hints(self, width: int) -> Line:
        """The keys that are worth a hint now."""
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
            shown.set([self.hints(width)])

    def on_key(self) -> None:
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

    def _prompt_closed(self) -> None:
        """The keys go back to the list."""
        self.set_focus(self.rows)
        self.show_hints()

    def _prompt_moved(self, by: int) -> None:
        """The cursor of the list moves while something is typed."""
        self.rows.move(by)

    def _prompt_refused(self, words: str) -> None:
        """What is wrong with an answer stays in sight until it is put right or left."""
        self.said = (words, "warn") if words else None
        self.show_hints()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While it asks, no key that the prompt does not know does anything."""
        if self.prompt.is_open:
            return action in ALLOWED_WHILE_ASKING
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


def too_small(size: Size) -> bool:
    """True where nothing would be clear any more."""
    return size.width < LEAST_WIDTH or size.height < LEAST_HEIGHT


def too_small_lines(size: Size) -> list[Line]:
    """What stands there then."""
    needs = f"{LEAST_WIDTH} by {LEAST_HEIGHT}"
    words = ("Stridelift needs", needs, f"this is {size.width} by {size.height}")
    return [[(word, "strong")] for word in words]
