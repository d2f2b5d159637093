"""Base class of all screens: a bottom line for hints and messages, and a prompt."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.geometry import Size
from textual.screen import Screen, ScreenResultType

from tui.ui.commands import Command
from tui.ui.widgets.prompt import Prompt, Question
from tui.ui.widgets.styled_text import Line, Lines, Span, width_of, wrapped
from tui.ui.widgets.virtual_list import VirtualList

# The only actions allowed while a prompt is open; they change no data.
ALLOWED_WHILE_ASKING = ("quit", "suspend_process")
# The smallest terminal in which the screens can be read, in cells.
LEAST_WIDTH, LEAST_HEIGHT = 60, 20
# From this height there is room for blank lines.
ROOMY = 24


class BaseScreen(Screen[ScreenResultType]):
    """A screen with a ``#hints`` line and a ``prompt``. While the prompt is open it takes all
    keys."""

    def __init__(self) -> None:
        super().__init__()
        self.said: Span | None = None
        self.prompt = Prompt(self._prompt_closed, self._prompt_moved, self._prompt_refused)

    @property
    def rows(self) -> VirtualList:
        """The list that has the focus while no prompt is open."""
        return self.query_one(VirtualList)

    # -- the line at the bottom ----------------------------------------------------------------

    def hints(self, width: int) -> Line:
        """The hint line: the keys worth showing now."""
        raise NotImplementedError(f"{type(self).__name__} hints at nothing")

    def say(self, words: str, role: str = "") -> None:
        """Show a message at the bottom until the next key, or above an open prompt until that
        closes. A long message takes as many lines as it needs."""
        self.said = (words, role)
        self.show_hints()

    def show_hints(self) -> None:
        """Draw the bottom line: the last message, else the keys that fit, which an open prompt
        replaces."""
        self.set_class(self.prompt.is_open and self.said is None, "-asking")
        shown, width = self.query_one("#hints", Lines), self.size.width
        if self.said is not None:
            words, role = self.said
            shown.set(wrapped(words, max(LEAST_WIDTH, width), role, indent=" "))
        else:
            shown.set([self.hints(width)])

    def on_key(self) -> None:
        """Clear the message: a key means it has been read."""
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
        why: str = "",
    ) -> None:
        """Ask for one line, starting from ``value``; the other arguments are those of a
        Question."""
        self.said = None
        question = Question(answer=answer, typed=typed, empty=empty, keys=keys, why=why)
        self.prompt.ask(label, value, question)
        self.show_hints()

    def _prompt_closed(self) -> None:
        """Give the focus back to the list."""
        self.set_focus(self.rows)
        self.show_hints()

    def _prompt_moved(self, by: int) -> None:
        """Move the list's cursor while the runner types."""
        self.rows.move(by)

    def _prompt_refused(self, words: str) -> None:
        """Keep what is wrong with an answer in sight until it is corrected or the prompt left."""
        self.said = (words, "warn") if words else None
        self.show_hints()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Block all but a few actions while the prompt is open."""
        if self.prompt.is_open:
            return action in ALLOWED_WHILE_ASKING
        return super().check_action(action, parameters)


def hint_line(commands: Sequence[Command], width: int) -> Line:
    """The keys of these commands with a word each, as many as fit; help and the last one always."""
    hints: list[Line] = [
        [(command.shown.split()[0], "accent"), (f" {command.hint}  ", "dim")]
        for command in commands
    ]
    always = [one.action == "help" or one is commands[-1] for one in commands]
    line: list[Span] = [(" ", "")]
    room = (
        width
        - width_of(line)
        - sum(width_of(hint) for hint, stays in zip(hints, always, strict=True) if stays)
    )
    for hint, stays in zip(hints, always, strict=True):
        if not stays and width_of(hint) > room:
            continue
        room -= 0 if stays else width_of(hint)
        line += hint
    return line


def too_small(size: Size) -> bool:
    """Whether the terminal is too small for the screens to be read."""
    return size.width < LEAST_WIDTH or size.height < LEAST_HEIGHT


def too_small_lines(size: Size) -> list[Line]:
    """The notice shown in a terminal that is too small."""
    needs = f"{LEAST_WIDTH} by {LEAST_HEIGHT}"
    words = ("Stridelift needs", needs, f"this is {size.width} by {size.height}")
    return [[(word, "strong")] for word in words]
