"""The prompt: one line at the bottom of a screen that asks for input."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.widgets import Input

from tui.app.write_access import ReadOnly
from tui.domain.model.notation import NotationError
from tui.domain.model.text import clean, clip
from tui.domain.model.validation import BadDocument
from tui.domain.session.actions import Refused
from tui.store.errors import StoreError
from tui.ui.widgets.styled_text import Lines, width_of

ROOM_TO_TYPE = 24
ROOM_FOR_KEY = 4
# The exceptions that refuse a step: bad notation or value, a rule of the session, another writer,
# the disk.
REFUSALS = (NotationError, BadDocument, Refused, ReadOnly, StoreError)


class Question(Struct, frozen=True, kw_only=True):
    """What a prompt asks. ``answer`` gets the line on enter and may raise one of ``REFUSALS``.
    ``typed`` gets every change of the line, to narrow a list. ``empty`` is called for enter on an
    empty line. With ``keys`` a single one of these keys is the answer, without enter. ``why`` is
    shown with the question as long as it is open."""

    answer: Callable[[str], None]
    typed: Callable[[str], None] | None = None
    empty: Callable[[], None] | None = None
    keys: str = ""
    why: str = ""


class PromptInput(Input):
    """The prompt's input: one clean line; tab and escape leave it."""

    BINDINGS = [
        Binding("tab,escape", "leave", "Leave it as it is", show=False),
        Binding("up", "move(-1)", "Up in the list", show=False),
        Binding("down", "move(1)", "Down in the list", show=False),
    ]

    def validate_value(self, value: str) -> str:
        """The text on one line, without anything that a terminal could act on."""
        return clean(value)

    def action_leave(self) -> None:
        """Close the prompt without an answer."""
        self.prompt.close()

    def action_move(self, by: int) -> None:
        """Move the cursor of the list that is being narrowed."""
        self.prompt.move(by)

    async def action_submit(self) -> None:
        """Take the line at once, not through a message, so that a key typed right after enter
        reaches the screen it was meant for."""
        self.prompt.take(self.value.strip())

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
    Prompt { height: 1; display: none; background: $surface; }
    Prompt.-open { display: block; }
    Prompt Lines { width: auto; min-width: 8; color: $accent; text-style: bold; }
    Prompt Input { height: 1; border: none; padding: 0; width: 1fr; background: $surface; }
    Prompt Input:focus { border: none; }
    """

    def __init__(
        self,
        closed: Callable[[], None],
        moved: Callable[[int], None],
        refused: Callable[[str], None],
    ) -> None:
        """``closed`` is called when the prompt closes; ``moved`` with -1 (up) or 1 (down) while a
        list is narrowed; ``refused`` with the reason of a refusal or of a question, and with an
        empty string once that is over."""
        super().__init__(id="prompt")
        self.closed = closed
        self.moved = moved
        self.refused = refused
        self.question: Question | None = None
        self._wrong = False
        # True while an answer is being taken: refusals are then shown by the prompt.
        self.taking = False

    def compose(self) -> ComposeResult:
        """The label and the input."""
        yield Lines(id="asked")
        field = PromptInput(id="typed", compact=True, select_on_focus=False)
        field.cursor_blink = False
        yield field

    def ask(self, label: str, value: str, question: Question) -> None:
        """Open with ``value`` in the input, the cursor at its end."""
        self.question, self._wrong = question, bool(question.why)
        asked = self.query_one("#asked", Lines)
        room = ROOM_FOR_KEY if question.keys else ROOM_TO_TYPE
        label = clip(clean(label), max(0, self.app.size.width - room))
        asked.styles.width = width_of([(label, "")]) + 2
        asked.set([[(f"{label} ", "accent")]])
        field = self.field
        field.value = value
        field.cursor_position = len(value)
        self.add_class("-open")
        # Not focus(), which is deferred: a key typed right after would overtake it.
        self.screen.set_focus(field)
        if question.why:
            self.refused(question.why)

    @property
    def field(self) -> Input:
        """The input."""
        return self.query_one("#typed", Input)

    @property
    def is_open(self) -> bool:
        """Whether it is asking."""
        return self.question is not None

    def close(self) -> None:
        """Close the prompt, if it is open."""
        if self.question is None:
            return
        self.question = None
        self.remove_class("-open")
        self._hush()
        self.closed()

    def _hush(self) -> None:
        """Clear the reason why an answer was refused, or why a question is asked."""
        if self._wrong:
            self._wrong = False
            self.refused("")

    def move(self, by: int) -> None:
        """Move the cursor of a list that is being narrowed; ignored for any other question."""
        if self.question is not None and self.question.typed is not None:
            self.moved(by)

    def take(self, line: str) -> None:
        """Answer with the line and close, unless the answer asked another question. If the answer
        is refused, stay open."""
        question = self.question
        if question is None:
            return
        self._hush()
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
        elif rest and self.question is not None:
            # Several keys arrived at once: the rest answers the next question.
            self.field.value = rest
            self.field.cursor_position = len(rest)

    def _stay(self, question: Question) -> None:
        """Keep what was typed for correction; if one key answers, the next one replaces it."""
        self._wrong = True
        if question.keys:
            self.field.select_all()
        else:
            self.field.cursor_position = len(self.field.value)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Pass on a change of the line; one that arrives after a later change is ignored."""
        event.stop()
        question = self.question
        if question is None or event.value != self.field.value:
            return
        if question.keys and event.value:
            self.take(event.value)
        elif question.typed is not None:
            question.typed(event.value)


def _answer(question: Question, line: str) -> str:
    """Give the answer. If its first key was enough, the result is the rest of the line. Raises
    ``REFUSALS``."""
    if not line:
        if question.empty is not None:
            question.empty()
        elif question.typed is not None:
            question.typed(line)
        return ""
    if not question.keys:
        question.answer(line)
        return ""
    key, rest = line[0].lower(), line[1:]
    if key not in question.keys:
        most, last = question.keys[:-1], question.keys[-1]
        raise Refused(f"one of these keys: {', '.join(most)} or {last}")
    question.answer(key)
    return rest
