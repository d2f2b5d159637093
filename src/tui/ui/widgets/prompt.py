"""The prompt: one line at the bottom of a screen that asks for input."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct, field
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.geometry import Offset
from textual.widgets import Input

from tui.app.refusals import REFUSALS
from tui.domain.model.text import clean, clip
from tui.domain.session.actions import Refused
from tui.ui.widgets.styled_text import Line, Lines, width_of

ROOM_TO_TYPE = 24
ROOM_FOR_KEY = 4
LEAVES = "q"
# Without those of 6 and 8, which are - and _: a slip of the key for less weight would tell of pain.
FRENCH_DIGITS = dict(zip("à&é\"'(èç", "01234579", strict=True))
# Where a list of several lines is pasted, they are joined as sets are in the notation.
BETWEEN_LINES = "; "
# Backspace leaves an empty line only after a pause this long, in seconds: whoever holds it down to
# clear the line would else leave.
PAUSE_S = 0.5


class Question(Struct, frozen=True, kw_only=True):
    """What a prompt asks. ``answer`` gets the line on enter and may raise one of ``REFUSALS``.
    ``typed`` gets every change of the line, to narrow a list. ``empty`` is called for enter on an
    empty line. ``standing`` is the text that right or up puts into the empty line, to be edited.
    With ``options`` (key to word) a single one of these keys is the answer, without enter, and
    ``usual`` the key that enter stands for; they are shown unless ``is_digit``. ``complete`` makes
    more of what was typed, for right at its end. ``why`` is shown with the question as long as it
    is open."""

    answer: Callable[[str], None]
    typed: Callable[[str], None] | None = None
    empty: Callable[[], None] | None = None
    standing: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    usual: str = ""
    is_digit: bool = False
    complete: Callable[[str], str] | None = None
    why: str = ""


class PromptInput(Input):
    """The prompt's input: one clean line. Tab and escape leave it; so does backspace when it is
    empty."""

    BINDINGS = [
        Binding("tab,escape", "leave", "Leave it as it is", show=False),
        Binding("up", "move(-1)", "Up in the list, or edit what stands", show=False),
        Binding("down", "move(1)", "Down in the list", show=False),
        Binding("right", "stand", "Edit what stands", show=False),
    ]

    def __init__(self) -> None:
        super().__init__(id="typed", compact=True, select_on_focus=False)
        self._last_key = 0.0
        self._pause = 0.0

    def validate_value(self, value: str) -> str:
        """The text on one line, without anything that a terminal could act on."""
        return clean(value)

    # Textual calls the handlers of Input after these.
    def on_key(self, event: events.Key) -> None:
        """Note the pause before this key."""
        self._pause, self._last_key = event.time - self._last_key, event.time

    def on_paste(self, event: events.Paste) -> None:
        """Take every line that is pasted, not the first alone."""
        lines = (line.strip() for line in event.text.splitlines())
        event.text = BETWEEN_LINES.join(filter(None, lines))

    def action_leave(self) -> None:
        """Close the prompt without an answer."""
        self.prompt.close()

    def action_delete_left(self) -> None:
        """Delete a character; on an empty line leave, after a pause."""
        if self.value:
            super().action_delete_left()
        elif self._pause >= PAUSE_S:
            self.prompt.close(by_backspace=True)

    def action_move(self, by: int) -> None:
        """Move the cursor of the list that is being narrowed; up on any other empty line edits what
        stands."""
        if not self.prompt.move(by) and by < 0:
            self._stand()

    def action_stand(self) -> None:
        """Put what stands into an empty line, to be edited; in any other go right, at its end to
        what completes it."""
        if self._stand():
            return
        question = self.prompt.question
        if question is not None and question.complete is not None and self.cursor_at_end:
            self.prompt.write(question.complete(self.value))
        else:
            self.action_cursor_right()

    def _stand(self) -> bool:
        standing = "" if self.prompt.question is None else self.prompt.question.standing
        if self.value or not standing:
            return False
        self.prompt.write(standing)
        return True

    async def action_submit(self) -> None:
        """Take the line at once, not through a message, so that a key typed right after enter
        reaches the screen it was meant for."""
        question, line = self.prompt.question, self.value.strip()
        if question is not None and question.options and not question.usual:
            # Enter leaves, also beside a key that was none of the options.
            line = line if line in question.options else ""
        self.prompt.take(line)

    def on_blur(self) -> None:
        """Close the prompt if the focus went elsewhere, as by a click on a row. If nothing has the
        focus, as in a terminal that became too small, keep it."""
        if self.is_attached and self.screen.focused not in (None, self):
            self.prompt.close()

    @property
    def prompt(self) -> Prompt:
        """The prompt it belongs to."""
        assert isinstance(self.parent, Prompt)
        return self.parent


class Prompt(Horizontal):
    """Asks for one line. Enter answers; a refused line stays as typed, with the reason shown, until
    it is corrected or the prompt is left. An empty line or tab changes nothing."""

    DEFAULT_CSS = """
    Prompt { height: 1; display: none; padding: 0 0 0 1; background: $surface; }
    Prompt.-open { display: block; }
    Prompt Lines { width: auto; min-width: 8; color: $accent; text-style: bold; }
    Prompt Input { height: 1; border: none; padding: 0; width: 1fr; background: $surface; }
    Prompt Input:focus { border: none; }
    """

    def __init__(
        self,
        closed: Callable[[bool], None],
        moved: Callable[[int], None],
        refused: Callable[[str], None],
        explained: Callable[[str], None],
        answered: Callable[[Question, str], None],
    ) -> None:
        """``closed`` is called when the prompt closes, with whether backspace did; ``moved`` with
        -1 (up) or 1 (down) while a list is narrowed; ``refused`` with the reason of a refusal, and
        with an empty string once that is over; ``explained`` with the help of the question that
        opens; ``answered`` with a question and the key that was its answer, once it was taken."""
        super().__init__(id="prompt")
        self.closed = closed
        self.moved = moved
        self.refused = refused
        self.explained = explained
        self.answered = answered
        self.question: Question | None = None
        self._wrong = False
        # True while an answer is being taken: refusals are then shown by the prompt.
        self.taking = False

    def compose(self) -> ComposeResult:
        """The label and the input."""
        yield Lines(id="asked")
        field = PromptInput()
        field.cursor_blink = False
        yield field

    def ask(self, label: str, value: str, question: Question) -> None:
        """Open with ``value`` in the input, the cursor at its end."""
        self.question, self._wrong = question, False
        asked = self.query_one("#asked", Lines)
        width = self.app.size.width
        label, explained = clean(label), question.why
        if question.options and not question.is_digit:
            options = option_spans(question.options, question.usual)
            if width_of(options) + width_of([(label, "")]) + ROOM_FOR_KEY > width:
                # Not both in a row: the question goes above, before its reason.
                explained = " ".join(filter(None, [label, question.why]))
                line: Line = options
            else:
                line = [(f"{label}  ", "accent"), *options]
        else:
            room = ROOM_FOR_KEY if question.options else ROOM_TO_TYPE
            if width_of([(label, "")]) > width - room:
                explained = " ".join(filter(None, [label, question.why]))
                label = clip(label, max(0, width - room))
            line = [(f"{label} ", "accent")]
        asked.styles.width = width_of(line) + 1
        asked.set([line])
        self.write(value)
        self.add_class("-open")
        # Not focus(), which is deferred: a key typed right after would overtake it.
        self.screen.set_focus(self.field)
        self.explained(explained)

    def write(self, text: str) -> None:
        """Put ``text`` into the input, the cursor at its end."""
        self.field.value = text
        self.field.cursor_position = len(text)

    @property
    def field(self) -> Input:
        """The input."""
        return self.query_one("#typed", Input)

    @property
    def spot(self) -> Offset:
        """Where on the screen the next character goes."""
        field = self.field
        # At the end of the line Textual's place is a cell too far.
        return field.cursor_screen_offset - Offset(1 if field.cursor_at_end else 0, 0)

    @property
    def is_open(self) -> bool:
        """Whether it is asking."""
        return self.question is not None

    @property
    def takes_keys(self) -> bool:
        """Whether it asks for a single key."""
        return self.question is not None and bool(self.question.options)

    def close(self, *, by_backspace: bool = False) -> None:
        """Close the prompt, if it is open."""
        if self.question is None:
            return
        self.question = None
        self.remove_class("-open")
        self._hush()
        self.closed(by_backspace)

    def _hush(self) -> None:
        """Clear the reason why an answer was refused."""
        if self._wrong:
            self._wrong = False
            self.refused("")

    def move(self, by: int) -> bool:
        """Move the cursor of a list that is being narrowed; False for any other question."""
        if self.question is None or self.question.typed is None:
            return False
        self.moved(by)
        return True

    def take(self, line: str) -> None:
        """Answer with the line and close, unless the answer asked another question. If the answer
        is refused, stay open."""
        question = self.question
        if question is None:
            return
        self._hush()
        if question.options and line[:1].lower() == LEAVES and LEAVES not in question.options:
            self.close()
            return
        self.taking = True
        try:
            rest = _answer(question, line)
        except REFUSALS as problem:
            if self.question is question:
                self._stay(question)
            self.refused(str(problem))
            return
        finally:
            self.taking = False
        if self.question is question:
            self.close()
        if question.options and line:
            self.answered(question, key_of(question, line[0]))
        if rest and self.question is not None and self.question is not question:
            # Several keys arrived at once: the rest answers the next question.
            self.write(rest)

    def _stay(self, question: Question) -> None:
        """Keep what was typed for correction; if one key answers, the next one replaces it."""
        self._wrong = True
        if question.options:
            self.field.select_all()
        else:
            self.field.cursor_position = len(self.field.value)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Pass on a change of the line; one that arrives after a later change is ignored."""
        event.stop()
        question = self.question
        if question is None or event.value != self.field.value:
            return
        if question.options and event.value:
            self.take(event.value)
        elif question.typed is not None:
            question.typed(event.value)


def option_spans(options: Mapping[str, str], usual: str) -> list[tuple[str, str]]:
    """The options of a choice, each key with its word, and at the end the one that enter takes."""
    spans: list[tuple[str, str]] = []
    for key, word in options.items():
        spans += [(key, "accent"), (f" {word}  ", "")]
    return [*spans, (f"[{usual}] " if usual else "", "accent")]


def _answer(question: Question, line: str) -> str:
    """Give the answer. If its first key was enough, the result is the rest of the line. Raises
    ``REFUSALS``."""
    if not line:
        if question.usual:
            question.answer(question.usual)
        elif question.empty is not None:
            question.empty()
        elif question.typed is not None:
            question.typed(line)
        return ""
    if not question.options:
        question.answer(line)
        return ""
    key, rest = key_of(question, line[0]), line[1:]
    if key not in question.options:
        raise Refused(wanted(question))
    question.answer(key)
    return rest


def key_of(question: Question, char: str) -> str:
    """The key that a character stands for in a question: on a French keyboard a digit is what it
    would be with shift."""
    key, digit = char.lower(), FRENCH_DIGITS.get(char, "")
    return digit if digit in question.options and key not in question.options else key


def wanted(question: Question) -> str:
    """What a choice wants, for a key that is none of its own."""
    keys = list(question.options)
    if question.is_digit:
        return f"{keys[0]} to {keys[-1]}, please."
    named = [f"{key} {word}" for key, word in question.options.items()]
    first = ", ".join(named[:-1])
    return f"{first} or {named[-1]}." if first else f"{named[0]}, or tab leaves it."
