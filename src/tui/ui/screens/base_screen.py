"""Base class of all screens: the strip on the first row, a message row and a hint row at the
bottom, and a prompt."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec.structs import replace
from textual import events
from textual._time import get_time
from textual.css.query import NoMatches
from textual.geometry import Offset, Size
from textual.message import Message
from textual.screen import Screen, ScreenResultType
from textual.widget import Widget

from tui.ui.clicks import BY_KEY_ALONE, key_of, label_at
from tui.ui.commands import Command
from tui.ui.host import Navigator
from tui.ui.late_keys import LATE_S, Given, HasLateKeys
from tui.ui.widgets.header import NARROW, PANES, status_of
from tui.ui.widgets.prompt import Prompt, Question
from tui.ui.widgets.strip import Strip
from tui.ui.widgets.styled_text import Line, Lines, Span, width_of, wrapped
from tui.ui.widgets.virtual_list import VirtualList

# The only actions allowed while a prompt is open; they change no data.
ALLOWED_WHILE_ASKING = ("quit", "suspend_process", "take_over")
# The smallest terminal in which the screens can be read, in cells.
LEAST_WIDTH, LEAST_HEIGHT = 30, 10
# From this height there is room for blank lines.
ROOMY = 24
# Below this height a phone's keyboard is up: what is needed now, and no more.
LOW = 18
# The strip, the message, the hints.
EDGE_ROWS = 3
# How long a message takes to read, in seconds: the first key after that clears it.
READ_S, READ_WARNING_S = 2.0, 4.0
# How long after backspace has left a prompt it does nothing else: it may still be held down.
RELEASE_S = 0.6


class Said(Message):
    """A message was shown."""

    def __init__(self, words: str, role: str) -> None:
        super().__init__()
        self.words = words
        self.role = role


class BaseScreen(Screen[ScreenResultType]):
    """A screen with a ``strip`` at the top, and a ``#message`` row, a ``#hints`` row and a
    ``prompt`` at the bottom. While the prompt is open it takes all keys.

    ``called`` is what the strip calls a screen that is no pane; it may be empty.
    """

    called = ""

    def __init__(self, navigator: Navigator) -> None:
        super().__init__()
        self.book = navigator.book
        self.own_keys = navigator.own_keys
        self.navigator = navigator
        self.strip = Strip()
        self.said: Span | None = None
        self._help: Span | None = None
        # The time of the last key, by the clock of events.
        self.key_time = 0.0
        self._said_at = 0.0
        self._undo: Callable[[], None] | None = None
        self._left_at = -RELEASE_S
        self.prompt = Prompt(
            self._prompt_closed, self._prompt_moved, self._refused, self._explained, self._answered
        )

    @property
    def is_current(self) -> bool:
        """Whether it is in sight. Each of our screens fills the terminal, so one below another is
        not: Textual would send the whole screen on top for each second of a clock beneath it."""
        top = self.app.screen if super().is_current else None
        return top is self or (top is not None and not isinstance(top, BaseScreen))

    def later(self, callback: Callable[[], None]) -> None:
        """Call back once it has been drawn, unless it has been closed by then."""

        def call() -> None:
            # A screen that is being closed is attached until it has lost all its widgets.
            if self.is_attached and self in self.app.screen_stack:
                callback()

        self.call_after_refresh(call)

    def top(self) -> Iterator[Widget]:
        """The row at the top: the strip."""
        yield self.strip

    def bottom(self) -> Iterator[Widget]:
        """The rows at the bottom: message, hints, prompt."""
        yield Lines(id="message")
        yield Lines(id="hints")
        yield self.prompt

    @property
    def rows(self) -> VirtualList:
        """The list that has the focus while no prompt is open."""
        return self.query_one(VirtualList)

    @property
    def home(self) -> Widget:
        """What has the focus while no prompt is open."""
        return self.rows

    @property
    def spot(self) -> Offset:
        """Where the terminal's cursor belongs: where typed text goes, else at the selected row,
        else at the top of what has the focus. Who cannot see the marks follows it."""
        try:
            # Not what has the focus: while another window has it, nothing here does.
            here = self.prompt if self.prompt.is_open else self.home
            return here.spot if isinstance(here, Prompt | VirtualList) else here.region.offset
        except NoMatches:  # The screen is being closed.
            return Offset()

    # -- the row at the top --------------------------------------------------------------------

    @property
    def tab(self) -> str:
        """The pane that it is; empty for what lies over one."""
        return ""

    @property
    def has_clock(self) -> bool:
        """Whether the screen shows the running clock itself."""
        return False

    def show_strip(self) -> None:
        """Draw the strip as things are now."""
        status = status_of(self.book)
        if self.has_clock:
            status = replace(status, clock="")
        self.strip.show(self._lies_over(), self.called, status, self.size.width)

    def _lies_over(self) -> str:
        """The pane that this screen is, or that it was opened from."""
        stack = self.app.screen_stack
        below = stack[: stack.index(self) + 1] if self in stack else stack
        screens = (screen for screen in reversed(below) if isinstance(screen, BaseScreen))
        return next((screen.tab for screen in screens if screen.tab), "")

    @property
    def body_rows(self) -> int:
        """How many rows there are between the strip and the message."""
        blank = self.size.height >= ROOMY
        return max(0, self.size.height - EDGE_ROWS - blank)

    def on_resize(self) -> None:
        """Draw the strip at the new width; leave out blank rows in a low terminal, and all but the
        most needed in one that a keyboard on the glass has halved."""
        self.set_class(self.size.height < ROOMY, "-short")
        self.set_class(self.size.height < LOW, "-low")
        self.set_class(self.size.width < NARROW, "-narrow")
        self.show_strip()

    def on_screen_resume(self) -> None:
        """What lay over this screen has been closed: things have changed meanwhile."""
        self.show_strip()

    def action_go(self, name: str) -> None:
        """Go to a pane or another screen by its number."""
        self.navigator.go(name)

    def action_find_exercise(self) -> None:
        """Find an exercise."""
        self.navigator.open_find()

    def action_take_over(self) -> None:
        """Log from this window: the one that does looks from then on."""
        self.navigator.take_over()

    # -- the mouse -----------------------------------------------------------------------------

    def on_click(self, event: events.Click) -> None:
        """A click on a pane's number leads there, one on a key that is shown presses it, unless the
        key changes the log by itself."""
        if not isinstance(event.widget, Lines):
            return
        label = label_at(event.widget.line(event.y), event.x)
        if not label:
            return
        if event.widget.parent is self.strip:
            self.prompt.close()
            pane = PANES[int(label) - 1]
            if pane != self.tab:
                self.navigator.go(pane)
        elif self._may_press(event.widget, key := key_of(label)):
            # As from the terminal: a key that a screen has sent would not bubble above it.
            self.app.post_message(key.set_sender(self.app))

    def _may_press(self, line: Lines, key: events.Key) -> bool:
        if self.prompt.is_open:
            return line.parent is self.prompt
        found = self.active_bindings.get(key.key)
        return found is not None and found.binding.action.partition("(")[0] not in BY_KEY_ALONE

    # -- the rows at the bottom ----------------------------------------------------------------

    def hints(self, width: int) -> Line:
        """The hint line: the keys worth showing now."""
        raise NotImplementedError(f"{type(self).__name__} hints at nothing")

    def say(self, words: str, role: str = "") -> None:
        """Show a message above the hints until the first key after the time it takes to read. A
        long one takes as many lines as it needs."""
        self.said = (words, role)
        self._said_at = max(get_time(), self.key_time)
        self.post_message(Said(words, role))
        self.show_message()

    @property
    def has_been_read(self) -> bool:
        """Whether nothing is said, or it has been in sight for the time it takes to read."""
        return self.said is None or get_time() - self._said_at >= self._reading_s

    @property
    def _reading_s(self) -> float:
        return READ_WARNING_S if self.said is not None and self.said[1] == "warn" else READ_S

    def hush(self) -> None:
        """Take back what was said, unless it is said of an open question."""
        if self.said is not None and not self.prompt.is_open:
            self.said = None
            self.show_message()

    def show_message(self) -> None:
        """Draw the message row."""
        words, role = self.said or ("", "")
        width = max(LEAST_WIDTH, self.size.width)
        self.query_one("#message", Lines).set(wrapped(words, width, role, indent=" ") or [[]])

    def show_hints(self) -> None:
        """Draw the bottom rows: the message, and the keys that fit, which an open prompt
        replaces."""
        self.show_message()
        hints = self.query_one("#hints", Lines)
        # Of its own: a class of the screen would have every widget styled anew.
        hints.set_class(self.prompt.is_open, "-asking")
        hints.set([self.hints(self.size.width)])

    # -- keys that are no commands -------------------------------------------------------------

    def swallows(self, key: events.Key) -> bool:
        """Whether a key that was just pressed is no command: a backspace that is still held down
        after it left a prompt. A message that has been read is cleared."""
        self.key_time = key.time
        if self.prompt.is_open:
            return False
        if key.key == "backspace" and key.time - self._left_at < RELEASE_S:
            self._left_at = key.time
            return True
        if self.said is not None and key.time - self._said_at >= self._reading_s:
            self.said = None
            self.show_message()
        return False

    # -- asking --------------------------------------------------------------------------------

    def ask(
        self,
        label: str,
        answer: Callable[[str], None],
        *,
        value: str = "",
        standing: str = "",
        typed: Callable[[str], None] | None = None,
        empty: Callable[[], None] | None = None,
        complete: Callable[[str], str] | None = None,
        why: str = "",
    ) -> None:
        """Ask for one line, starting from ``value``; the other arguments are those of a
        Question."""
        question = Question(
            answer=answer,
            standing=standing,
            typed=typed,
            empty=empty,
            complete=complete,
            why=why,
        )
        self._open(label, value, question)

    def ask_key(
        self,
        label: str,
        options: Mapping[str, str],
        answer: Callable[[str], None],
        *,
        usual: str = "",
        why: str = "",
    ) -> None:
        """Ask for one of ``options`` (key to word), which answers without enter; enter takes the
        ``usual`` key, or leaves."""
        question = Question(answer=answer, options=options, usual=usual, why=why)
        self._open(label, "", question)

    def ask_digit(
        self,
        label: str,
        most: int,
        answer: Callable[[str], None],
        *,
        usual: str = "",
        why: str = "",
        least: int = 0,
        undo: Callable[[], None] | None = None,
    ) -> None:
        """Ask for a number from ``least`` to ``most`` (at most 10) by one digit, which answers
        without enter. A digit that follows soon corrects it; ``undo`` first takes the answer before
        it back. Enter takes the ``usual`` one, or leaves."""
        options = {str(number): "" for number in range(least, most + 1)}
        question = Question(answer=answer, options=options, usual=usual, is_digit=True, why=why)
        self._open(label, "", question)
        self._undo = undo

    def _open(self, label: str, value: str, question: Question) -> None:
        self.said, self._undo = None, None
        self.prompt.ask(label, value, question)
        self.show_hints()

    def _answered(self, question: Question, key: str) -> None:
        """A single key was the answer: for a moment more keys may belong to it."""
        app = self.app
        if self.prompt.is_open or not isinstance(app, HasLateKeys):
            return
        word = question.options[key].lower()
        app.late_keys.given = Given(
            question=question,
            key=key,
            rest=word[1:] if word.startswith(key) else "",
            until=self.key_time + LATE_S,
            undo=self._undo,
            refused=self._refused,
        )

    def _prompt_closed(self, by_backspace: bool) -> None:
        """Give the focus back to the list; the help of the question is over with it."""
        if by_backspace:
            self._left_at = self.key_time
        if self.said is self._help:
            self.said = None
        self.set_focus(self.home)
        self.show_hints()

    def _prompt_moved(self, by: int) -> None:
        """Move the list's cursor while the runner types."""
        self.rows.move(by)

    def _refused(self, words: str) -> None:
        """Keep what is wrong with an answer in sight until it is corrected or the prompt left."""
        self.said = None
        if words:
            self.say(f"! {words}", "warn")
        else:
            self.show_message()

    def _explained(self, words: str) -> None:
        """Show the help of a question."""
        self.said = self._help = (words, "") if words else None
        self.show_message()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Block all but a few actions while the prompt is open."""
        if self.prompt.is_open:
            return action in ALLOWED_WHILE_ASKING
        return super().check_action(action, parameters)


def hint_line(commands: Sequence[Command], width: int) -> Line:
    """The keys of these commands with a word each, as many as fit; help and the last one always."""
    hints: list[Line] = [
        [(command.first, "accent"), (f" {command.hint}  ", "dim")] for command in commands
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
    words = f"Too small: {LEAST_WIDTH} by {LEAST_HEIGHT} at least."
    return wrapped(words, max(1, size.width), "strong")
